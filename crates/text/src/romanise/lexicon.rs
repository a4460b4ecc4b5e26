//! Names whose spelling the rules of their script cannot tell.
//!
//! In: a word in normal form ([`super::normal`]). Out: its usual Latin spellings. The tables stand beside this file,
//! sorted by byte so that they are searched in place; `cargo xtask lexicon` makes them, and their heads say from what.

use memchr::{memchr, memrchr};

/// Arabic-script names.
pub(super) const ARABIC: &str = include_str!("names_arabic.tsv");
/// Hebrew names.
pub(super) const HEBREW: &str = include_str!("names_hebrew.tsv");
/// Foreign names in Katakana.
pub(super) const KATAKANA: &str = include_str!("names_katakana.tsv");
/// Foreign names in Hangul.
pub(super) const HANGUL: &str = include_str!("names_hangul.tsv");
/// Foreign names in Chinese characters.
pub(super) const HAN: &str = include_str!("names_han.tsv");
/// Japanese family and given names in Chinese characters.
pub(super) const JAPANESE: &str = include_str!("names_japanese.tsv");
/// Foreign names in Cyrillic that letter tables leave far from their own spelling.
pub(super) const CYRILLIC: &str = include_str!("names_cyrillic.tsv");

/// Names of all scripts that are kept by hand; they come before the others.
const KEPT: &str = include_str!("names_kept.tsv");

/// The spellings of a word: rows are `word`, tab, spellings with blanks between, the most usual first.
pub(super) fn find(table: &'static str, word: &str) -> Vec<&'static str> {
    row(KEPT, word).or_else(|| row(table, word)).map(|row| row.split(' ').collect()).unwrap_or_default()
}

/// The part of a row after the tab, by binary search over the bytes of the table.
pub(super) fn row(table: &'static str, word: &str) -> Option<&'static str> {
    let bytes = table.as_bytes();
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = memrchr(b'\n', &bytes[..middle]).map_or(0, |at| at + 1);
        let end = memchr(b'\n', &bytes[middle..]).map_or(table.len(), |at| middle + at);
        let (key, rest) = table[start..end].split_once('\t').unwrap_or((&table[start..end], ""));
        match key.cmp(word) {
            std::cmp::Ordering::Equal => return (!key.starts_with('#')).then_some(rest),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: [&str; 8] = [ARABIC, HEBREW, KATAKANA, HANGUL, HAN, JAPANESE, CYRILLIC, KEPT];

    #[test]
    fn tables_are_sorted_and_plain() {
        for table in TABLES {
            let rows = || table.lines().filter(|line| !line.starts_with('#'));
            let words: Vec<&str> = rows().filter_map(|line| line.split('\t').next()).collect();
            for pair in words.windows(2) {
                assert!(pair[0] < pair[1], "{pair:?}");
            }
            for line in rows() {
                let (_, spellings) = line.split_once('\t').unwrap();
                assert!(spellings.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' '), "{line}");
            }
        }
    }

    #[test]
    fn every_row_is_found() {
        for table in TABLES {
            for line in table.lines().filter(|line| !line.starts_with('#')) {
                let (word, spellings) = line.split_once('\t').unwrap();
                assert_eq!(row(table, word), Some(spellings));
            }
            assert_eq!(row(table, "# Names"), None);
            assert_eq!(row(table, ""), None);
            assert_eq!(row(table, "\u{10FFFF}"), None);
        }
    }
}
