//! Khmer.
//!
//! In: a word. Out: one position. Source: the UNGEGN system of 1972 without marks, shortened as names on passports are
//! (`Hun Manet`). Consonants belong to one of two series, which decides how a vowel sounds.

use super::{Position, full};

/// Consonants from U+1780 with whether they belong to the second series.
const CONSONANTS: &[(&str, bool)] = &[
    ("k", false),
    ("kh", false),
    ("k", true),
    ("kh", true),
    ("ng", true),
    ("ch", false),
    ("chh", false),
    ("ch", true),
    ("chh", true),
    ("nh", true),
    ("d", false),
    ("th", false),
    ("d", true),
    ("th", true),
    ("n", false),
    ("t", false),
    ("th", false),
    ("t", true),
    ("th", true),
    ("n", true),
    ("b", false),
    ("ph", false),
    ("p", true),
    ("ph", true),
    ("m", true),
    ("y", true),
    ("r", true),
    ("l", true),
    ("v", true),
    ("sh", false),
    ("ss", false),
    ("s", false),
    ("h", false),
    ("l", false),
    ("", false),
];
/// Independent vowels from U+17A3.
const LETTERS: &[&str] =
    &["a", "a", "e", "ei", "u", "u", "u", "au", "rue", "rue", "lue", "lue", "e", "ai", "ao", "ao", "au"];
/// Vowel signs from U+17B6 after consonants of the first and of the second series.
const SIGNS: &[(&str, &str)] = &[
    ("a", "ea"),
    ("e", "i"),
    ("ei", "i"),
    ("oe", "ue"),
    ("eu", "eu"),
    ("o", "u"),
    ("o", "ou"),
    ("uo", "uo"),
    ("aeu", "eu"),
    ("oea", "oea"),
    ("ie", "ie"),
    ("e", "e"),
    ("e", "e"),
    ("ai", "ei"),
    ("ao", "o"),
    ("au", "ov"),
    ("am", "um"),
    ("ah", "eah"),
    ("ak", "eak"),
];
/// Makes the next consonant a subscript.
const COENG: char = '\u{17D2}';

/// The word with its vowels by series, and with all vowels as in the first series.
pub(super) fn read(word: &str) -> Vec<Position> {
    vec![full([spell(word, false), spell(word, true)])]
}

fn spell(word: &str, one_series: bool) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut out = String::new();
    let mut second = false;
    for (at, letter) in letters.iter().enumerate() {
        let code = *letter as usize;
        if let Some((text, series)) = code.checked_sub(0x1780).and_then(|index| CONSONANTS.get(index)) {
            let below = at > 0 && letters[at - 1] == COENG;
            // A weak subscript does not change the series.
            second = if below && !series { second } else { *series };
            out.push_str(text);
            if needs_vowel(&letters, at) {
                out.push_str(if second && !one_series { "o" } else { "a" });
            }
        } else if let Some(text) = code.checked_sub(0x17A3).and_then(|index| LETTERS.get(index)) {
            out.push_str(text);
        } else if let Some((one, two)) = code.checked_sub(0x17B6).and_then(|index| SIGNS.get(index)) {
            out.push_str(if second && !one_series { two } else { one });
        } else {
            // The marks that move a consonant to the other series.
            match letter {
                '\u{17C9}' => second = false,
                '\u{17CA}' => second = true,
                _ => out.extend(Some(*letter).filter(char::is_ascii_digit)),
            }
        }
    }
    out
}

/// Whether a consonant sounds with a vowel that is not written: none follows it, and the syllable has none yet.
fn needs_vowel(letters: &[char], at: usize) -> bool {
    let mut next = letters[at + 1..].iter().filter(|letter| !matches!(letter, '\u{17C9}' | '\u{17CA}'));
    let consonant = |letter: &char| ('\u{1780}'..='\u{17A2}').contains(letter);
    // Consonants close a syllable when a vowel stands before them.
    let open = at > 0 && !consonant(&letters[at - 1]) && letters[at - 1] != COENG;
    match next.next() {
        Some(next) => consonant(next) && !open,
        None => false,
    }
}
