//! Writing systems by code point.

/// The writing system of a letter, as far as names need to be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// Digits, punctuation, symbols, blanks: no script of their own.
    Common,
    /// Latin.
    Latin,
    /// Greek.
    Greek,
    /// Cyrillic.
    Cyrillic,
    /// Armenian.
    Armenian,
    /// Hebrew.
    Hebrew,
    /// Arabic, with the letters of Persian, Urdu, Pashto and others.
    Arabic,
    /// Devanagari.
    Devanagari,
    /// Bengali.
    Bengali,
    /// Gurmukhi.
    Gurmukhi,
    /// Gujarati.
    Gujarati,
    /// Odia.
    Oriya,
    /// Tamil.
    Tamil,
    /// Telugu.
    Telugu,
    /// Kannada.
    Kannada,
    /// Malayalam.
    Malayalam,
    /// Sinhala.
    Sinhala,
    /// Thai.
    Thai,
    /// Lao.
    Lao,
    /// Tibetan.
    Tibetan,
    /// Burmese.
    Myanmar,
    /// Georgian.
    Georgian,
    /// Hangul.
    Hangul,
    /// Ethiopic.
    Ethiopic,
    /// Khmer.
    Khmer,
    /// Mongolian.
    Mongolian,
    /// Hiragana.
    Hiragana,
    /// Katakana.
    Katakana,
    /// Chinese characters.
    Han,
    /// Any other script.
    Other,
}

/// First and last code point of a block, with its script; ascending. From the Unicode 16 `Scripts.txt`, blocks that
/// belong to one script joined.
const RANGES: &[(u32, u32, Script)] = &[
    (0x0041, 0x005A, Script::Latin),
    (0x0061, 0x007A, Script::Latin),
    (0x00AA, 0x00AA, Script::Latin),
    (0x00BA, 0x00BA, Script::Latin),
    (0x00C0, 0x00D6, Script::Latin),
    (0x00D8, 0x00F6, Script::Latin),
    (0x00F8, 0x02B8, Script::Latin),
    (0x0370, 0x0373, Script::Greek),
    (0x0376, 0x037D, Script::Greek),
    (0x037F, 0x03E1, Script::Greek),
    (0x0400, 0x052F, Script::Cyrillic),
    (0x0531, 0x058A, Script::Armenian),
    (0x0591, 0x05F4, Script::Hebrew),
    (0x0600, 0x0604, Script::Arabic),
    (0x0606, 0x060B, Script::Arabic),
    (0x060D, 0x061A, Script::Arabic),
    (0x061C, 0x061E, Script::Arabic),
    (0x0620, 0x06FF, Script::Arabic),
    (0x0750, 0x077F, Script::Arabic),
    (0x0870, 0x08FF, Script::Arabic),
    (0x0900, 0x0950, Script::Devanagari),
    (0x0955, 0x0963, Script::Devanagari),
    (0x0966, 0x097F, Script::Devanagari),
    (0x0980, 0x09FE, Script::Bengali),
    (0x0A01, 0x0A76, Script::Gurmukhi),
    (0x0A81, 0x0AFF, Script::Gujarati),
    (0x0B01, 0x0B77, Script::Oriya),
    (0x0B82, 0x0BFA, Script::Tamil),
    (0x0C00, 0x0C7F, Script::Telugu),
    (0x0C80, 0x0CF3, Script::Kannada),
    (0x0D00, 0x0D7F, Script::Malayalam),
    (0x0D81, 0x0DF4, Script::Sinhala),
    (0x0E01, 0x0E3A, Script::Thai),
    (0x0E40, 0x0E5B, Script::Thai),
    (0x0E81, 0x0EDF, Script::Lao),
    (0x0F00, 0x0FDA, Script::Tibetan),
    (0x1000, 0x109F, Script::Myanmar),
    (0x10A0, 0x10FF, Script::Georgian),
    (0x1100, 0x11FF, Script::Hangul),
    (0x1200, 0x139F, Script::Ethiopic),
    (0x1780, 0x17F9, Script::Khmer),
    (0x1800, 0x18AA, Script::Mongolian),
    (0x19E0, 0x19FF, Script::Khmer),
    (0x1C80, 0x1C8F, Script::Cyrillic),
    (0x1C90, 0x1CBF, Script::Georgian),
    (0x1D00, 0x1D25, Script::Latin),
    (0x1E00, 0x1EFF, Script::Latin),
    (0x1F00, 0x1FFE, Script::Greek),
    (0x2C60, 0x2C7F, Script::Latin),
    (0x2D00, 0x2D2D, Script::Georgian),
    (0x2D80, 0x2DDE, Script::Ethiopic),
    (0x2DE0, 0x2DFF, Script::Cyrillic),
    (0x2E80, 0x2FD5, Script::Han),
    (0x3005, 0x3007, Script::Han),
    (0x3041, 0x309F, Script::Hiragana),
    (0x30A1, 0x30FA, Script::Katakana),
    (0x30FC, 0x30FF, Script::Katakana),
    (0x3131, 0x318E, Script::Hangul),
    (0x31F0, 0x31FF, Script::Katakana),
    (0x3400, 0x4DBF, Script::Han),
    (0x4E00, 0x9FFF, Script::Han),
    (0xA640, 0xA69F, Script::Cyrillic),
    (0xA720, 0xA7FF, Script::Latin),
    (0xA960, 0xA97C, Script::Hangul),
    (0xAB01, 0xAB2E, Script::Ethiopic),
    (0xAC00, 0xD7A3, Script::Hangul),
    (0xD7B0, 0xD7FB, Script::Hangul),
    (0xF900, 0xFAFF, Script::Han),
    (0xFB00, 0xFB06, Script::Latin),
    (0xFB13, 0xFB17, Script::Armenian),
    (0xFB1D, 0xFB4F, Script::Hebrew),
    (0xFB50, 0xFDFF, Script::Arabic),
    (0xFE70, 0xFEFC, Script::Arabic),
    (0xFF21, 0xFF3A, Script::Latin),
    (0xFF41, 0xFF5A, Script::Latin),
    (0xFF66, 0xFF9F, Script::Katakana),
    (0x20000, 0x323AF, Script::Han),
];

impl Script {
    /// The script of one character; `Common` for digits, punctuation and blanks, `Other` for letters of scripts not
    /// named here.
    pub fn of(letter: char) -> Self {
        let code = letter as u32;
        if code < 0x80 {
            return if letter.is_ascii_alphabetic() { Self::Latin } else { Self::Common };
        }
        let at = RANGES.partition_point(|range| range.1 < code);
        match RANGES.get(at) {
            Some(&(first, _, script)) if first <= code => script,
            _ if letter.is_alphabetic() => Self::Other,
            _ => Self::Common,
        }
    }

    /// The script of most letters of a text; `Common` if it has none. Ties go to the script that comes first.
    pub fn of_text(text: &str) -> Self {
        let mut counts: [(Self, usize); 6] = [(Self::Common, 0); 6];
        for letter in text.chars() {
            let script = Self::of(letter);
            if script == Self::Common {
                continue;
            }
            if let Some(slot) = counts.iter_mut().find(|slot| slot.0 == script || slot.1 == 0) {
                *slot = (script, slot.1 + 1);
            }
        }
        let mut best = counts[0];
        for slot in counts {
            if slot.1 > best.1 {
                best = slot;
            }
        }
        best.0
    }

    /// Whether the script writes consonants and leaves most vowels to the reader.
    pub fn is_abjad(self) -> bool {
        matches!(self, Self::Arabic | Self::Hebrew)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_ascend() {
        for pair in RANGES.windows(2) {
            assert!(pair[0].0 <= pair[0].1 && pair[0].1 < pair[1].0, "{:x}", pair[1].0);
        }
    }

    #[test]
    fn scripts_of_names() {
        for (text, script) in [
            ("Müller", Script::Latin),
            ("Путин", Script::Cyrillic),
            ("김정은", Script::Hangul),
            ("محمد", Script::Arabic),
            ("习近平", Script::Han),
            ("Երևան", Script::Armenian),
            ("თბილისი", Script::Georgian),
            ("バラク・オバマ", Script::Katakana),
            ("123 - ", Script::Common),
            ("นายก", Script::Thai),
        ] {
            assert_eq!(Script::of_text(text), script, "{text}");
        }
    }
}
