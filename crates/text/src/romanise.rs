//! Names of any script to Latin letters, in every reading the script really has.
//!
//! In: one word in one script, cleaned by [`crate::fold`]. Out: positions of lower-case ASCII readings. Scripts that
//! write syllables without blanks between names give one position per syllable or name part; all others give one.
//! Deliberately absent: spellings that differ only in ways [`crate::sound`] forgives.

mod abjad;
mod alphabet;
mod cyrillic;
mod eastern;
mod ethiopic;
mod han;
mod hangul;
mod indic;
mod kana;
mod khmer;
mod lexicon;
mod myanmar;
pub mod sounds;
mod thai;

use crate::Script;
use crate::sound::Sound;

/// Greatest number of readings of a position.
pub const MAX_READINGS: usize = 8;
/// Greatest number of positions of a word; what stands beyond them is left out.
pub const MAX_POSITIONS: usize = 64;

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

/// A position of readings with all their vowels.
fn full<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Position {
    texts.into_iter().map(Reading::full).collect()
}

/// Romanises one word of `script`.
///
/// The first reading is the one most usual on sanctions lists and in passports; the others are different enough in
/// sound to need a place of their own. A word of Latin or no script gives itself. Letters the script's table does not
/// know are left out; a word of which nothing is left gives no position. There are at most [`MAX_POSITIONS`] positions
/// of at most [`MAX_READINGS`] readings.
///
/// | script | positions | readings |
/// |---|---|---|
/// | Cyrillic, Greek, Armenian, Georgian, Ethiopic, Indic, Thai, Lao, Khmer, Burmese | 1 | by letter table |
/// | Arabic | article, parts of compounds, rest | from names known, one guess, consonants (`unvowelled`) |
/// | Hebrew | 1 | as Arabic |
/// | Hangul | a syllable each; foreign names 1 | North and South Korean practice; guesses |
/// | Chinese characters | a character each; Japanese name parts, foreign names 1 | Pinyin, others by region |
/// | Kana | 1 | from names known, guesses, Hepburn |
/// | others | 1 | nearest ASCII |
pub fn romanise(word: &str, script: Script) -> Vec<Position> {
    let normal = normal(word, script);
    let word = normal.as_str();
    let positions = match script {
        Script::Latin | Script::Common => vec![full([word])],
        Script::Cyrillic => cyrillic::read(word),
        Script::Greek | Script::Armenian | Script::Georgian => alphabet::read(word, script),
        Script::Arabic | Script::Hebrew => abjad::read(word, script),
        Script::Hangul => hangul::read(word),
        Script::Han => han::read(word),
        Script::Hiragana | Script::Katakana => kana::read(word, script),
        Script::Thai | Script::Lao => thai::read(word),
        Script::Khmer => khmer::read(word),
        Script::Myanmar => myanmar::read(word),
        Script::Ethiopic => ethiopic::read(word),
        Script::Devanagari | Script::Bengali | Script::Gurmukhi | Script::Gujarati | Script::Oriya => {
            indic::read(word, script)
        }
        Script::Tamil | Script::Telugu | Script::Kannada | Script::Malayalam | Script::Sinhala => {
            indic::read(word, script)
        }
        Script::Tibetan | Script::Mongolian | Script::Other => vec![full([any_ascii::any_ascii(word)])],
    };
    positions.into_iter().filter_map(tidy).take(MAX_POSITIONS).collect()
}

/// The form of a word in which the tables of names hold it: marks of vowels that are seldom written are gone, letters
/// that writers exchange for each other (alif with and without hamza, Arabic and Persian yeh) are one, digits are ASCII.
pub fn normal(word: &str, script: Script) -> String {
    if script.is_abjad() { abjad::normal(word) } else { word.to_owned() }
}

/// The word by letter tables alone, without names known or guessed, as one word in one or more readings; empty for
/// scripts that are not read so. Tables of names leave out what this finds.
pub fn by_letters(word: &str, script: Script) -> Vec<String> {
    match script {
        Script::Cyrillic => cyrillic::letters(word),
        Script::Hangul => hangul::letters(word),
        Script::Han => han::letters(word),
        _ => Vec::new(),
    }
}

/// Keeps lower-case ASCII letters and digits; drops empty readings and those that sound like one before them.
fn tidy(position: Position) -> Option<Position> {
    let mut kept: Position = Vec::with_capacity(position.len());
    let mut heard: Vec<(Sound, bool)> = Vec::with_capacity(position.len());
    for mut reading in position {
        reading.text.retain(|letter| letter.is_ascii_alphanumeric());
        reading.text.make_ascii_lowercase();
        let sound =
            if reading.unvowelled { Sound::of_unvowelled(&reading.text) } else { Sound::of(&reading.text) };
        let new = kept.iter().all(|known| *known != reading) && !heard.contains(&(sound, reading.unvowelled));
        if !reading.text.is_empty() && new && kept.len() < MAX_READINGS {
            heard.push((sound, reading.unvowelled));
            kept.push(reading);
        }
    }
    (!kept.is_empty()).then_some(kept)
}
