//! The table of Chinese characters, from Unihan.

use super::Error;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Rows of character, Pinyin, Hong Kong spelling, Korean syllable, and `s` for characters that only simplified writing
/// has: those of the core set that all regions use (`kIICore`), from the unpacked Unihan text files in a folder.
pub(super) fn table(unihan: &Path) -> Result<String, Error> {
    let read =
        |file: &str| std::fs::read_to_string(unihan.join(file)).map_err(|error| format!("{file}: {error}"));
    let readings = fields(&read("Unihan_Readings.txt")?, &["kMandarin", "kCantonese", "kHangul"]);
    let sources = fields(&read("Unihan_IRGSources.txt")?, &["kIICore"]);
    let variants = fields(&read("Unihan_Variants.txt")?, &["kTraditionalVariant"]);
    let core: BTreeSet<char> = sources.keys().map(|key| key.0).collect();
    let get = |letter: char, field: &'static str| readings.get(&(letter, field)).map_or("", String::as_str);
    let mut table = String::new();
    for letter in core {
        let traditional: Vec<char> = variants
            .get(&(letter, "kTraditionalVariant"))
            .map_or("", String::as_str)
            .split(' ')
            .filter_map(code)
            .collect();
        let simplified = !traditional.is_empty() && !traditional.contains(&letter);
        let mandarin = plain(get(letter, "kMandarin").split(' ').next().unwrap_or_default());
        let jyutping = get(letter, "kCantonese").split(' ').next().unwrap_or_default();
        let hangul = traditional.first().map_or("", |first| get(*first, "kHangul"));
        let hangul = if get(letter, "kHangul").is_empty() { hangul } else { get(letter, "kHangul") };
        if mandarin.is_empty() {
            continue;
        }
        let mark = if simplified { "\ts" } else { "" };
        let _ = writeln!(table, "{letter}\t{mandarin}\t{}\t{}{mark}", hong_kong(jyutping), korean(hangul));
    }
    Ok(table)
}

/// Values of fields by character.
fn fields(text: &str, names: &[&'static str]) -> BTreeMap<(char, &'static str), String> {
    let mut found = BTreeMap::new();
    for line in text.lines() {
        let mut columns = line.split('\t');
        let (Some(letter), Some(field), Some(value)) =
            (columns.next().and_then(code), columns.next(), columns.next())
        else {
            continue;
        };
        if let Some(name) = names.iter().find(|name| **name == field) {
            found.insert((letter, *name), value.to_owned());
        }
    }
    found
}

fn code(text: &str) -> Option<char> {
    u32::from_str_radix(text.strip_prefix("U+")?, 16).ok().and_then(char::from_u32)
}

/// Pinyin without marks; ü is u, as in names.
fn plain(pinyin: &str) -> String {
    cordon_text::fold::fold(pinyin).text
}

/// The Korean syllable that names use, if marked so, else the first.
fn korean(values: &str) -> String {
    let named = values.split(' ').find(|value| value.contains('N')).or_else(|| values.split(' ').next());
    named.and_then(|value| value.split(':').next()).unwrap_or_default().to_owned()
}

/// Initials and finals of Jyutping with their spelling in Hong Kong's names.
const INITIALS: &[(&str, &str)] = &[
    ("gw", "kw"),
    ("kw", "kw"),
    ("ng", "ng"),
    ("b", "p"),
    ("d", "t"),
    ("g", "k"),
    ("z", "ch"),
    ("c", "ch"),
    ("j", "y"),
];
const FINALS: &[(&str, &str)] = &[
    ("aa", "a"),
    ("aai", "ai"),
    ("aau", "au"),
    ("aam", "am"),
    ("aan", "an"),
    ("aang", "ang"),
    ("aap", "ap"),
    ("aat", "at"),
    ("aak", "ak"),
    ("ou", "o"),
    ("oe", "eu"),
    ("oeng", "eung"),
    ("oek", "euk"),
    ("eoi", "ui"),
    ("eon", "un"),
    ("eot", "ut"),
    ("yu", "u"),
    ("yun", "uen"),
    ("yut", "ut"),
];

fn hong_kong(jyutping: &str) -> String {
    let text = jyutping.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if matches!(text, "m" | "ng") {
        return "ng".to_owned();
    }
    let (initial, spelt) =
        INITIALS.iter().find(|row| text.starts_with(row.0)).copied().unwrap_or_else(|| {
            let first = text
                .get(..1)
                .filter(|first| !matches!(*first, "a" | "e" | "i" | "o" | "u" | "y"))
                .unwrap_or("");
            (first, first)
        });
    let rest = &text[initial.len()..];
    // z and c are ts before most broad vowels.
    let spelt = match (initial, rest) {
        ("z" | "c", "o" | "i" | "ang" | "e" | "eoi" | "ung" | "oi") => "ts",
        _ => spelt,
    };
    let end = match (spelt, rest) {
        ("ts" | "s", "i") => "z",
        _ => FINALS.iter().find(|row| row.0 == rest).map_or(rest, |row| row.1),
    };
    format!("{spelt}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_hong_kong_spells_them() {
        for (jyutping, expected) in [
            ("can4", "chan"),
            ("lam4", "lam"),
            ("wong4", "wong"),
            ("gwok3", "kwok"),
            ("ng5", "ng"),
            ("zoeng1", "cheung"),
            ("zang1", "tsang"),
            ("loeng4", "leung"),
            ("jyun4", "yuen"),
            ("zi2", "tsz"),
            ("ou1", "o"),
            ("gaa1", "ka"),
            ("", ""),
        ] {
            assert_eq!(hong_kong(jyutping), expected, "{jyutping}");
        }
    }
}
