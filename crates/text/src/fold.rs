//! Clean-up that does not change what a name says.
//!
//! In: one word as written. Out: the word in one form: compatibility forms resolved, lower case, Latin letters without
//! marks in ASCII, no invisible characters, look-alike letters of another script replaced. What had to be replaced is
//! reported, because people do not type such things by accident.

use crate::Script;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word in one form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// Lower case; ASCII if the word was Latin. Letters, digits and the marks of scripts that need them; may be empty.
    pub text: String,
    /// Whether invisible characters (zero-width, direction marks, soft hyphens) stood inside the word.
    pub hidden: bool,
    /// Whether letters of another script stood among letters they look like.
    pub lookalike: bool,
}

/// Characters that are never seen: zero-width, joiners, direction marks, soft hyphen, variation selectors.
pub fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Apostrophes and the marks used for them in romanisation: they join what stands around them.
pub fn is_apostrophe(letter: char) -> bool {
    matches!(letter,
        '\'' | '`' | '´' | '\u{02B0}'..='\u{02BF}' | '\u{02C8}' | '\u{02CA}' | '\u{02CB}' | '\u{2018}'..='\u{201B}'
        | '\u{2032}' | '\u{A78B}' | '\u{A78C}' | '\u{FF07}' | '\u{055A}' | '\u{05F3}' | '\u{2035}')
}

/// Latin letters that Unicode does not take apart into a base letter and marks, with their usual ASCII spelling.
const LATIN: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('ð', "d"),
    ('ø', "o"),
    ('þ', "th"),
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ĸ', "k"),
    ('ł', "l"),
    ('ŉ', "n"),
    ('ŋ', "ng"),
    ('œ', "oe"),
    ('ŧ', "t"),
    ('ſ', "s"),
    ('ƀ', "b"),
    ('ɓ', "b"),
    ('ƈ', "c"),
    ('ɖ', "d"),
    ('ɗ', "d"),
    ('ƌ', "d"),
    ('ǝ', "e"),
    ('ə', "a"),
    ('ɛ', "e"),
    ('ƒ', "f"),
    ('ɠ', "g"),
    ('ɣ', "gh"),
    ('ɩ', "i"),
    ('ɨ', "i"),
    ('ƙ', "k"),
    ('ƛ', "l"),
    ('ɯ', "m"),
    ('ɲ', "n"),
    ('ɵ', "o"),
    ('ƥ', "p"),
    ('ƭ', "t"),
    ('ʊ', "u"),
    ('ʋ', "v"),
    ('ƴ', "y"),
    ('ƶ', "z"),
    ('ʒ', "zh"),
    ('ǥ', "g"),
    ('ɔ', "o"),
    ('ɑ', "a"),
    ('ⱥ', "a"),
    ('ɇ', "e"),
    ('ɉ', "j"),
    ('ɍ', "r"),
    ('ɏ', "y"),
    ('ƚ', "l"),
    ('ȼ', "c"),
    ('ʉ', "u"),
    ('ꞑ', "n"),
    ('ʼ', ""),
    ('ʻ', ""),
    ('ʾ', ""),
    ('ʿ', ""),
    ('ª', "a"),
    ('º', "o"),
    ('ʹ', ""),
    ('ʺ', ""),
];

/// Cyrillic and Greek letters that look like a Latin one, in lower case; where only the capital looks alike the Latin
/// letter is that capital's.
const LOOKALIKES: &[(char, char)] = &[
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('ѐ', 'e'),
    ('ё', 'e'),
    ('һ', 'h'),
    ('н', 'h'),
    ('і', 'i'),
    ('ї', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('ӏ', 'l'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('ѕ', 's'),
    ('т', 't'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('у', 'y'),
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('η', 'h'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('μ', 'm'),
    ('ν', 'n'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'y'),
    ('χ', 'x'),
    ('ζ', 'z'),
    ('ϲ', 'c'),
    ('ϳ', 'j'),
];

/// Folds one word.
pub fn fold(word: &str) -> Folded {
    if word.is_ascii() {
        let text =
            word.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase() as char);
        return Folded { text: text.collect(), hidden: false, lookalike: false };
    }
    let mut folded = Folded { hidden: word.chars().any(is_invisible), ..Folded::default() };
    let visible = word.chars().filter(|letter| !is_invisible(*letter) && !is_apostrophe(*letter));
    for letter in visible.nfkc().flat_map(char::to_lowercase) {
        push(&mut folded.text, letter);
    }
    if !folded.text.is_ascii() {
        // What was left out may have stood between marks that have an order of their own.
        folded.text = folded.text.nfkc().collect();
    }
    if let Some(replaced) = unmask(&folded.text) {
        folded.text = replaced;
        folded.lookalike = true;
    }
    folded
}

/// Replaces look-alikes in a word that mixes Latin with Cyrillic or Greek, if all the others can be read as Latin, or
/// all its Latin letters as Cyrillic.
fn unmask(word: &str) -> Option<String> {
    let (mut latin, mut other) = (0, 0);
    for letter in word.chars() {
        match Script::of(letter) {
            Script::Latin => latin += 1,
            Script::Cyrillic | Script::Greek => other += 1,
            _ => {}
        }
    }
    if latin == 0 || other == 0 {
        return None;
    }
    let to_latin = |letter: char| LOOKALIKES.iter().find(|row| row.0 == letter).map(|row| row.1);
    let to_cyrillic = |letter: char| {
        LOOKALIKES
            .iter()
            .find(|row| row.1 == letter && Script::of(row.0) == Script::Cyrillic)
            .map(|row| row.0)
    };
    let read = |keep: Script, replace: &dyn Fn(char) -> Option<char>| -> Option<String> {
        word.chars()
            .map(|letter| match Script::of(letter) {
                script if script == keep || script == Script::Common => Some(letter),
                _ => replace(letter),
            })
            .collect()
    };
    if latin >= other {
        read(Script::Latin, &to_latin).or_else(|| read(Script::Cyrillic, &to_cyrillic))
    } else {
        read(Script::Cyrillic, &to_cyrillic).or_else(|| read(Script::Latin, &to_latin))
    }
}

fn push(out: &mut String, letter: char) {
    if letter.is_ascii() {
        if letter.is_ascii_alphanumeric() {
            out.push(letter);
        }
        return;
    }
    match Script::of(letter) {
        Script::Latin => push_latin(out, letter),
        Script::Greek => {
            // Accents carry no sound that a name is told apart by.
            out.extend(std::iter::once(letter).nfd().filter(|part| !is_combining_mark(*part)));
        }
        Script::Common if is_combining_mark(letter) => {}
        Script::Common => out.extend(letter.to_digit(10).and_then(|digit| char::from_digit(digit, 10))),
        Script::Cyrillic if is_combining_mark(letter) => {}
        _ => out.push(letter),
    }
}

fn push_latin(out: &mut String, letter: char) {
    if let Some((_, ascii)) = LATIN.iter().find(|row| row.0 == letter) {
        out.push_str(ascii);
        return;
    }
    for part in std::iter::once(letter).nfkd() {
        if part.is_ascii_alphanumeric() {
            out.push(part.to_ascii_lowercase());
        } else if let Some((_, ascii)) = LATIN.iter().find(|row| row.0 == part) {
            out.push_str(ascii);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_in_one_form() {
        for (word, text, hidden, lookalike) in [
            ("Müller", "muller", false, false),
            ("Løgstrup", "logstrup", false, false),
            ("ŁÓDŹ", "lodz", false, false),
            ("Nguyễn", "nguyen", false, false),
            ("Straße", "strasse", false, false),
            ("Əliyev", "aliyev", false, false),
            ("İSTANBUL", "istanbul", false, false),
            ("Qa’ida", "qaida", false, false),
            ("Myo'ng", "myong", false, false),
            ("P\u{200B}utin", "putin", true, false),
            ("\u{0441}ompany", "company", false, true),
            ("Рutin", "putin", false, true),
            ("Пyтин", "путин", false, true),
            ("Путин", "путин", false, false),
            ("Йотова", "йотова", false, false),
            ("ΑΛΈΞΗΣ", "αλεξησ", false, false),
            ("ＡＢＣ１２", "abc12", false, false),
            ("д'Артаньян", "дартаньян", false, false),
        ] {
            let folded = fold(word);
            assert_eq!(
                (folded.text.as_str(), folded.hidden, folded.lookalike),
                (text, hidden, lookalike),
                "{word}"
            );
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(word in "\\PC{0,24}") {
            let once = fold(&word);
            let twice = fold(&once.text);
            prop_assert_eq!(&once.text, &twice.text);
            prop_assert!(!twice.hidden);
        }
    }
}
