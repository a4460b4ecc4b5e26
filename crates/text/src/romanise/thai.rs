//! Thai and Lao.
//!
//! In: a word. Out: one position. Sources: the Royal Thai General System (RTGS 1999) without tones, BGN/PCGN 1966 for
//! Lao. Thai writes some vowels before their consonant and others not at all; which consonants end a syllable is
//! guessed from what follows, since there is no dictionary here. The second reading spells ends of syllables by letter
//! (`-rn`, `-l`, `-j`), as many passports do.

use super::{Position, full};

/// A consonant: letter, sound at the beginning and at the end of a syllable, value by letter.
type Consonant = (char, &'static str, &'static str, &'static str);

/// Lao letters are read as the Thai ones 0x80 below them where they correspond.
const CONSONANTS: &[Consonant] = &[
    ('ก', "k", "k", "k"),
    ('ข', "kh", "k", "kh"),
    ('ฃ', "kh", "k", "kh"),
    ('ค', "kh", "k", "kh"),
    ('ฅ', "kh", "k", "kh"),
    ('ฆ', "kh", "k", "kh"),
    ('ง', "ng", "ng", "ng"),
    ('จ', "ch", "t", "j"),
    ('ฉ', "ch", "t", "ch"),
    ('ช', "ch", "t", "ch"),
    ('ซ', "s", "t", "s"),
    ('ฌ', "ch", "t", "ch"),
    ('ญ', "y", "n", "y"),
    ('ฎ', "d", "t", "d"),
    ('ฏ', "t", "t", "t"),
    ('ฐ', "th", "t", "th"),
    ('ฑ', "th", "t", "th"),
    ('ฒ', "th", "t", "th"),
    ('ณ', "n", "n", "n"),
    ('ด', "d", "t", "d"),
    ('ต', "t", "t", "t"),
    ('ถ', "th", "t", "th"),
    ('ท', "th", "t", "th"),
    ('ธ', "th", "t", "th"),
    ('น', "n", "n", "n"),
    ('บ', "b", "p", "b"),
    ('ป', "p", "p", "p"),
    ('ผ', "ph", "p", "p"),
    ('ฝ', "f", "p", "f"),
    ('พ', "ph", "p", "p"),
    ('ฟ', "f", "p", "f"),
    ('ภ', "ph", "p", "bh"),
    ('ม', "m", "m", "m"),
    ('ย', "y", "i", "y"),
    ('ร', "r", "n", "r"),
    ('ล', "l", "n", "l"),
    ('ว', "w", "o", "v"),
    ('ศ', "s", "t", "s"),
    ('ษ', "s", "t", "s"),
    ('ส', "s", "t", "s"),
    ('ห', "h", "", "h"),
    ('ฬ', "l", "n", "l"),
    ('อ', "", "", ""),
    ('ฮ', "h", "", "h"),
];

/// Vowels: sign before the consonant (or `_`), signs after it, whether a last consonant follows, text. Longest first;
/// `อ` in a pattern is that letter as a vowel.
const VOWELS: &[(char, &str, &str)] = &[
    ('เ', "ียะ", "ia"),
    ('เ', "ือะ", "uea"),
    ('เ', "ีย", "ia"),
    ('เ', "ือ", "uea"),
    ('เ', "าะ", "o"),
    ('เ', "อะ", "oe"),
    ('เ', "อ", "oe"),
    ('เ', "ิ", "oe"),
    ('เ', "็", "e"),
    ('เ', "า", "ao"),
    ('เ', "ะ", "e"),
    ('เ', "ย", "oei"),
    ('เ', "", "e"),
    ('แ', "ะ", "ae"),
    ('แ', "็", "ae"),
    ('แ', "", "ae"),
    ('โ', "ะ", "o"),
    ('โ', "", "o"),
    ('ไ', "ย", "ai"),
    ('ไ', "", "ai"),
    ('ใ', "", "ai"),
    ('_', "ัวะ", "ua"),
    ('_', "ัว", "ua"),
    ('_', "ัย", "ai"),
    ('_', "ั", "a"),
    ('_', "ะ", "a"),
    ('_', "า", "a"),
    ('_', "ำ", "am"),
    ('_', "ิ", "i"),
    ('_', "ี", "i"),
    ('_', "ึ", "ue"),
    ('_', "ือ", "ue"),
    ('_', "ื", "ue"),
    ('_', "ุ", "u"),
    ('_', "ู", "u"),
    ('_', "ฤ", "rue"),
    ('_', "็อ", "o"),
    ('_', "รร", "a"),
];

/// The word with last consonants by sound, and by letter.
pub(super) fn read(word: &str) -> Vec<Position> {
    let letters = clean(word);
    vec![full([spell(&letters, false), spell(&letters, true)])]
}

/// Thai letters without tone marks and cancelled consonants; Lao letters as Thai ones.
fn clean(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = Vec::new();
    for letter in word.chars() {
        match letter {
            // The cancelling mark takes the consonant, and a vowel sign on it, away.
            '\u{0E4C}' | '\u{0ECC}' => {
                let cancelled = std::iter::from_fn(|| letters.pop()).find(|last| consonant(*last).is_some());
                // ท, ต and ด before a cancelled ร are silent after another consonant (จันทร์).
                if let (Some('ร'), [.., 'น' | 'ส', 'ท' | 'ต' | 'ด']) = (cancelled, letters.as_slice())
                {
                    letters.pop();
                }
            }
            '\u{0E47}' => letters.push(letter),
            '\u{0E48}'..='\u{0E4B}' | '\u{0EC8}'..='\u{0ECB}' | '\u{0E4E}' | '\u{0E3A}' => {}
            'ຽ' => letters.extend(['เ', 'ี', 'ย']),
            'ົ' => letters.push('โ'),
            'ໜ' => letters.push('น'),
            'ໝ' => letters.push('ม'),
            'ຼ' => letters.push('ล'),
            'ຢ' => letters.push('ย'),
            'ຊ' => letters.push('ซ'),
            'ຮ' => letters.push('ฮ'),
            '\u{0E80}'..='\u{0EFF}' => letters.extend(char::from_u32(letter as u32 - 0x80)),
            _ => letters.push(letter),
        }
    }
    // NFKC takes sara am apart.
    let text: String = letters.into_iter().collect();
    text.replace("\u{0E4D}\u{0E32}", "\u{0E33}").replace('\u{0E4D}', "อ").chars().collect()
}

fn consonant(letter: char) -> Option<&'static Consonant> {
    CONSONANTS.iter().find(|row| row.0 == letter)
}

fn is_before(letter: char) -> bool {
    matches!(letter, 'เ' | 'แ' | 'โ' | 'ไ' | 'ใ')
}

/// Whether the letter at `at` begins a syllable with a vowel of its own: a vowel sign stands before or after it.
fn has_vowel(letters: &[char], at: usize) -> bool {
    let after = letters.get(at + 1);
    after.is_some_and(|next| consonant(*next).is_none() && !is_before(*next))
        || letters.get(at + 1..at + 3).is_some_and(|next| next == ['ร', 'ร'])
        // อ after a consonant is the vowel o, unless it carries one itself.
        || after == Some(&'อ') && !has_vowel(letters, at + 1)
}

/// Consonants that make one sound with the one before.
fn is_cluster(letters: &[char], at: usize) -> bool {
    let pair = (letters.get(at), letters.get(at + 1));
    matches!(pair, (Some('ก' | 'ข' | 'ค' | 'ต' | 'ป' | 'ผ' | 'พ' | 'ท' | 'ศ' | 'ส' | 'บ'), Some('ร' | 'ล')))
        || matches!(pair, (Some('ก' | 'ข' | 'ค'), Some('ว')))
        || matches!(pair, (Some('ห'), Some('ง' | 'ญ' | 'น' | 'ม' | 'ย' | 'ร' | 'ล' | 'ว')))
}

fn spell(letters: &[char], by_letter: bool) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < letters.len() {
        at = syllable(letters, at, by_letter, &mut out).max(at + 1);
    }
    out
}

/// Writes the syllable that begins at `at`; returns where the next begins.
fn syllable(letters: &[char], at: usize, by_letter: bool, out: &mut String) -> usize {
    let first = letters[at];
    out.extend(Some(first).filter(char::is_ascii_digit));
    let before = if is_before(first) { first } else { '_' };
    let onset = if before == '_' { at } else { at + 1 };
    if first == 'ฤ' {
        out.push_str("rue");
        return at + 1;
    }
    if letters.get(onset).is_none_or(|letter| consonant(*letter).is_none()) {
        return at + 1;
    }
    let double = is_cluster(letters, onset) && (before != '_' || has_vowel(letters, onset + 1));
    let end = onset + 1 + usize::from(double);
    push_onset(&letters[onset..end], by_letter, out);
    // เ before two consonants and ิ: the first has a vowel of its own (เจริญ).
    if before == 'เ'
        && let Some([second, 'ิ']) = letters.get(end..end + 2)
        && consonant(*second).is_some()
    {
        out.push('a');
        push_onset(&[*second], by_letter, out);
        out.push_str("oe");
        return coda(letters, end + 2, by_letter, out);
    }
    if before == '_' && !has_vowel(letters, end - 1) {
        return bare(letters, end, by_letter, out);
    }
    if before == '_' && letters.get(end) == Some(&'อ') {
        out.push('o');
        return coda(letters, end + 1, by_letter, out);
    }
    let rest = &letters[end..];
    let pattern = VOWELS.iter().find(|row| {
        row.0 == before
            && row.1.chars().count() <= rest.len()
            && row.1.chars().zip(rest).all(|(one, two)| one == *two)
    });
    let Some((_, signs, text)) = pattern else {
        return end;
    };
    out.push_str(text);
    let end = end + signs.chars().count();
    if *signs == "รร"
        && letters.get(end).is_none_or(|next| has_vowel(letters, end) || consonant(*next).is_none())
    {
        out.push('n');
        return end;
    }
    let closed = matches!(*text, "ai" | "ao" | "am") || signs.ends_with('ะ');
    if closed || (*signs != "ั" && two_bare(letters, end)) {
        end
    } else {
        coda(letters, end, by_letter, out)
    }
}

/// Whether the word ends in two consonants without vowel sign from `at` on, which are a syllable (พิมล).
fn two_bare(letters: &[char], at: usize) -> bool {
    letters.len() == at + 2
        && letters[at..].iter().all(|letter| consonant(*letter).is_some())
        && !is_cluster(letters, at)
}

fn push_onset(onset: &[char], by_letter: bool, out: &mut String) {
    let silent = usize::from(onset.len() == 2 && onset[0] == 'ห');
    for (_, first, _, letter) in onset[silent..].iter().filter_map(|letter| consonant(*letter)) {
        out.push_str(if by_letter { letter } else { first });
    }
}

/// A syllable without written vowel: `o` if a last consonant follows that has no vowel itself, else `a`.
fn bare(letters: &[char], end: usize, by_letter: bool, out: &mut String) -> usize {
    let closes = |at: usize| {
        letters.get(at).is_some_and(|letter| consonant(*letter).is_some()) && !has_vowel(letters, at)
    };
    if !closes(end) {
        if letters.get(end).is_some() {
            out.push('a');
        }
        return end;
    }
    // Of an even number of bare consonants every second ends a syllable; an odd one makes `a`.
    // ง begins no syllable of a name.
    let run = (end..letters.len()).take_while(|at| closes(*at)).count();
    if run % 2 == 0 && letters.get(end) != Some(&'ง') {
        out.push('a');
        return end;
    }
    out.push('o');
    coda(letters, end, by_letter, out)
}

/// Writes the last consonant of a syllable, if the one at `at` is; returns where the next syllable begins.
fn coda(letters: &[char], at: usize, by_letter: bool, out: &mut String) -> usize {
    let Some((letter, _, last, value)) = letters.get(at).and_then(|letter| consonant(*letter)) else {
        return at;
    };
    let next = letters.get(at + 1).copied();
    if has_vowel(letters, at) || (is_cluster(letters, at) && has_vowel(letters, at + 1)) {
        return at;
    }
    // ง begins no syllable, so this consonant does.
    if next == Some('ง') && !has_vowel(letters, at + 1) {
        return at;
    }
    out.push_str(if by_letter { value } else { last });
    // ร after a last stop is silent.
    let silent =
        !by_letter && next == Some('ร') && matches!(letter, 'ต' | 'ท' | 'ก') && !has_vowel(letters, at + 1);
    at + 1 + usize::from(silent)
}
