//! Ethiopic, whose block is a grid of consonants by eight vowels.
//!
//! In: a word of Amharic or Tigrinya. Out: one position. Source: BGN/PCGN 2007 without marks, the sixth order read as
//! names are spoken: no vowel at the end of a syllable, `i` elsewhere.

use super::{Position, full};

/// Consonants from U+1200, one for each eight code points.
const CONSONANTS: &[&str] = &[
    "h", "l", "h", "m", "s", "r", "s", "sh", "q", "qw", "q", "qw", "b", "v", "t", "ch", "h", "hw", "n", "ny",
    "", "k", "kw", "kh", "kw", "w", "", "z", "zh", "y", "d", "d", "j", "g", "gw", "g", "t", "ch", "p", "ts",
    "ts", "f", "p",
];
const VOWELS: [&str; 8] = ["e", "u", "i", "a", "e", "", "o", "wa"];
/// The sixth order, which is a consonant without vowel or with a short one.
const BARE: usize = 5;
/// Rows of laryngeals, whose first order sounds like a.
const LARYNGEALS: [usize; 5] = [0, 2, 16, 20, 26];

/// The word syllable by syllable.
pub(super) fn read(word: &str) -> Vec<Position> {
    let mut out = String::new();
    let mut open = false;
    let mut rest = word.chars().peekable();
    while let Some(letter) = rest.next() {
        let Some(index) = (letter as usize).checked_sub(0x1200).filter(|index| *index < CONSONANTS.len() * 8)
        else {
            out.extend(Some(letter).filter(char::is_ascii_digit));
            continue;
        };
        let (row, order) = (index / 8, index % 8);
        out.push_str(CONSONANTS[row]);
        if order == BARE {
            let last = rest.peek().is_none();
            if !open && !last {
                out.push('i');
            }
            open = !open && !last;
            continue;
        }
        out.push_str(if order == 0 && LARYNGEALS.contains(&row) { "a" } else { VOWELS[order] });
        open = true;
    }
    vec![full([out])]
}
