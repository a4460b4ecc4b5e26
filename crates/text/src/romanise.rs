//! Names of any script to Latin letters, in every reading the script really has.
//!
//! In: one word in one script, cleaned by [`crate::fold`]. Out: positions of lower-case ASCII readings. Scripts that
//! write syllables without blanks between names give one position per syllable or name part; all others give one.

use crate::Script;

/// One way to read a word or syllable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading {
    /// Lower-case ASCII letters; digits only where the word had them.
    pub text: String,
    /// Whether short vowels are missing because the script does not write them: the text is a string of consonants
    /// and long vowels that has to be compared with vowels thought in between.
    pub unvowelled: bool,
}

impl Reading {
    /// A reading with all its vowels.
    pub fn full(text: impl Into<String>) -> Self {
        Self { text: text.into(), unvowelled: false }
    }

    /// A reading of which only consonants and long vowels are written.
    pub fn unvowelled(text: impl Into<String>) -> Self {
        Self { text: text.into(), unvowelled: true }
    }
}

/// The alternative readings at one place of a name, the most usual first; never empty.
pub type Position = Vec<Reading>;

/// Romanises one word of `script`.
///
/// A word of Latin or no script gives itself. Letters the script's table does not know are left out; a word of which
/// nothing is left gives no position.
pub fn romanise(word: &str, script: Script) -> Vec<Position> {
    match script {
        Script::Latin | Script::Common => vec![vec![Reading::full(word)]],
        _ => Vec::new(),
    }
}
