//! How a listed name may be presented: one function per kind of alteration.
//!
//! In: a [`Listed`] name and [`Dice`]. Out: the text presented, or nothing if the kind does not apply to the name. Which
//! kinds there are and what is expected of each stands in [`crate::taxonomy`].

pub(crate) mod accents;
pub(crate) mod east;
pub(crate) mod facts;
pub(crate) mod layout;
pub(crate) mod letters;
pub(crate) mod organisations;
pub(crate) mod parts;
pub(crate) mod respelling;
pub(crate) mod scripts;
pub(crate) mod traps;

use crate::dice::Dice;

/// A word written as another was: all capitals, capital first, or small.
pub(crate) fn recased(word: &str, like: &str) -> String {
    let letters: Vec<char> = like.chars().filter(|letter| letter.is_alphabetic()).collect();
    let capitals = letters.iter().filter(|letter| letter.is_uppercase()).count();
    if capitals == letters.len() && capitals > 1 {
        return word.to_uppercase();
    }
    if capitals > 0 { capitalised(word) } else { word.to_lowercase() }
}

/// A word with its first letter large and the others small.
pub(crate) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}

/// Rows of a table of words that mean the same: the first row that holds the word, and another word of it.
pub(crate) fn another(rows: &[&[&'static str]], word: &str, dice: &mut Dice) -> Option<&'static str> {
    let row = rows.iter().find(|row| row.contains(&word))?;
    let others: Vec<&'static str> = row.iter().copied().filter(|other| *other != word).collect();
    dice.pick(&others).copied()
}

/// Places of a text's words for which `test` holds.
pub(crate) fn places(words: &[&str], test: impl Fn(&str) -> bool) -> Vec<usize> {
    words.iter().enumerate().filter(|(_, word)| test(word)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_kept() {
        for (word, like, expected) in [
            ("lawrow", "LAVROV", "LAWROW"),
            ("lawrow", "Lavrov", "Lawrow"),
            ("LAWROW", "lavrov", "lawrow"),
            ("x", "A", "X"),
        ] {
            assert_eq!(recased(word, like), expected);
        }
    }
}
