//! How much a word of a name tells: its information content in a shipped, versioned table.
//!
//! In: romanised words. Out: half bits, the negative base-2 logarithm of the share of names that hold the word, so that
//! a common given name tells little and a rare surname much. Spellings that sound the same are counted together. The
//! table is made by `cargo xtask frequencies`; its head says from what.

use crate::sound::Sound;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Whose names a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Population {
    /// Names of persons.
    People,
    /// Names of organisations, ships and other things.
    Organisations,
}

/// Information of a word that is in no table: seen in fewer than one name of 100,000.
pub const RAREST: u8 = 34;

const TABLES: [&str; 2] = [include_str!("frequency/people.tsv"), include_str!("frequency/organisations.tsv")];

static WORDS: LazyLock<[FxHashMap<Sound, u8>; 2]> = LazyLock::new(|| TABLES.map(read));

/// Rows: half bits, tab, words separated by blanks.
fn read(table: &str) -> FxHashMap<Sound, u8> {
    let mut words = FxHashMap::default();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let Some((bits, row)) = line.split_once('\t') else { continue };
        let Ok(bits) = bits.parse::<u8>() else { continue };
        for word in row.split(' ') {
            let known = words.entry(Sound::of(word)).or_insert(bits);
            *known = bits.min(*known);
        }
    }
    words
}

/// Half bits of information in a word of a name, 2 to [`RAREST`].
///
/// Short words that are in no table tell less than long ones: there are fewer of them.
pub fn half_bits(word: &Sound, population: Population) -> u8 {
    let known = WORDS[population as usize].get(word).copied();
    let length = match word.as_bytes().len() {
        0 | 1 => 8,
        2 => 16,
        3 => 22,
        4 => 28,
        _ => RAREST,
    };
    known.unwrap_or(RAREST).min(length)
}

/// The words of both tables, in no particular order; a word may come twice.
pub fn common_words() -> impl Iterator<Item = &'static str> {
    TABLES
        .into_iter()
        .flat_map(|table| table.lines().filter(|line| !line.starts_with('#')))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(_, row)| row.split(' '))
}

/// Whether a word is in the table.
pub fn is_known(word: &Sound, population: Population) -> bool {
    WORDS[population as usize].contains_key(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_tell_less() {
        let bits = |word: &str, population| half_bits(&Sound::of(word), population);
        assert!(bits("mohammed", Population::People) < 16);
        assert_eq!(bits("mohammed", Population::People), bits("mohamed", Population::People));
        assert!(bits("company", Population::Organisations) < 12);
        assert_eq!(bits("mkrtychev", Population::People), RAREST);
        assert!(bits("li", Population::People) <= 16);
    }
}
