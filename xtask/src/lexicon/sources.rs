//! Paired names from the data folder.

use super::align::Model;
use super::{Error, normal};
use cordon_text::{Script, fold, words};
use flate2::read::MultiGzDecoder;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

/// A word of some script with one of its Latin spellings.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    pub(super) word: String,
    pub(super) latin: String,
    /// How often, or by how many sources, the two stand together.
    pub(super) weight: f64,
}

const BENCHMARK: &[(&str, Script)] = &[
    ("arabic", Script::Arabic),
    ("chinese", Script::Han),
    ("hebrew", Script::Hebrew),
    ("japanese", Script::Katakana),
    ("katakana", Script::Katakana),
    ("korean", Script::Hangul),
    ("russian", Script::Cyrillic),
];
const VARIANTS: &str = "matching/given-name-variants.txt.gz";
const UN: &str = "un/2026-02-27/consolidated.xml.gz";
/// Files with the place of the name among the pieces between quotation marks.
const OFAC: &[(&str, usize)] =
    &[("ofac/sdn-csv/2024-01-08/sdn.csv.gz", 1), ("ofac/sdn-csv/2026-02-25/alt.csv.gz", 3)];
const LATIN_FIELDS: &[&str] = &["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "ALIAS_NAME"];
const ARTICLE: &str = "ال";
/// Weight of a pair on the UN list: it is what the tables are for.
const OFFICIAL: f64 = 3.0;

fn read(data: &Path, file: &str) -> Result<String, Error> {
    let bytes = std::fs::read(data.join(file)).map_err(|error| format!("{file}: {error}"))?;
    let mut raw = Vec::new();
    MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut raw)?;
    Ok(String::from_utf8_lossy(&raw).into_owned())
}

fn folded(text: &str) -> String {
    fold::fold(text).text
}

fn is_latin(word: &str) -> bool {
    (1..=20).contains(&word.len()) && word.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// All pairs of one word each, by script.
pub(super) fn pairs(data: &Path) -> Result<BTreeMap<Script, Vec<Pair>>, Error> {
    let mut found: BTreeMap<Script, BTreeMap<(String, String), f64>> = BTreeMap::new();
    let mut add = |script: Script, word: &str, latin: String, weight: f64| {
        let whole = word.chars().all(|letter| Script::of(letter) == script || letter == 'ー');
        let word = normal(word, script);
        if whole && word.chars().count() > 1 && is_latin(&latin) && keeps_article(script, &word, &latin) {
            *found.entry(script).or_default().entry((word, latin)).or_default() += weight;
        }
    };
    for (name, script) in BENCHMARK {
        for line in read(data, &format!("matching/transliteration/wd_{name}_20.shared.tsv.gz"))?.lines() {
            let mut columns = line.split('\t');
            let (Some(latin), Some(word), Some(count)) = (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            add(*script, &folded(&word.replace(' ', "")), folded(latin), count.parse::<f64>()?.min(20.0));
        }
    }
    for set in variants(data)? {
        // Names with a reading in Hiragana are Japanese, and their Chinese characters no transliteration.
        let japanese = set.contains_key(&Script::Hiragana);
        let Some(latin) = set.get(&Script::Latin) else { continue };
        for (script, others) in &set {
            if *script == Script::Han && japanese || *script == Script::Latin {
                continue;
            }
            for word in others {
                for spelling in latin {
                    add(*script, word, spelling.clone(), 1.0 / (latin.len() as f64).sqrt());
                }
            }
        }
    }
    let flat = |rows: BTreeMap<(String, String), f64>| {
        rows.into_iter().map(|((word, latin), weight)| Pair { word, latin, weight }).collect()
    };
    Ok(found.into_iter().map(|(script, rows)| (script, flat(rows))).collect())
}

/// Whether the Latin word has the Arabic article if the other seems to: the romanisation reads articles by itself.
fn keeps_article(script: Script, word: &str, latin: &str) -> bool {
    let latin = latin.as_bytes();
    script != Script::Arabic
        || !word.starts_with(ARTICLE)
        || matches!(latin.first(), Some(b'a' | b'e' | b'i' | b'u' | b'o')) && latin.get(1) == Some(&b'l')
}

/// The sets of name parts: words of each script that are one name. Names of several words are left out.
fn variants(data: &Path) -> Result<Vec<BTreeMap<Script, BTreeSet<String>>>, Error> {
    let mut sets = Vec::new();
    for line in read(data, VARIANTS)?.lines() {
        let Some((names, _)) = line.rsplit_once(" => ") else { continue };
        let mut set: BTreeMap<Script, BTreeSet<String>> = BTreeMap::new();
        for name in names.split(", ").filter(|name| !name.contains([' ', '-', '・', '·', '＝'])) {
            let word = folded(name);
            set.entry(Script::of_text(&word)).or_default().insert(word);
        }
        sets.push(set);
    }
    Ok(sets)
}

/// Words in Chinese characters with a reading in kana and the Latin spellings beside them.
pub(super) fn kanji(data: &Path) -> Result<Vec<(String, String, Vec<String>)>, Error> {
    let mut found = Vec::new();
    for set in variants(data)? {
        let Some(latin) = set.get(&Script::Latin) else { continue };
        let kana = set.get(&Script::Hiragana).or_else(|| set.get(&Script::Katakana));
        for kanji in set.get(&Script::Han).into_iter().flatten().filter(|word| word.chars().count() <= 4) {
            for kana in kana.into_iter().flatten() {
                found.push((kanji.clone(), kana.clone(), latin.iter().cloned().collect()));
            }
        }
    }
    Ok(found)
}

/// Number of names of persons on the UN and OFAC lists that hold each word.
pub(super) fn list_words(data: &Path) -> Result<BTreeMap<String, f64>, Error> {
    let mut found = Vec::new();
    for entry in read(data, UN)?.split("</INDIVIDUAL>") {
        found.extend(fields(entry, LATIN_FIELDS));
    }
    for (file, column) in OFAC {
        let text = read(data, file)?;
        // Quoted fields; a comma stands between the names of persons alone.
        let names =
            text.lines().filter_map(|line| line.split('"').nth(*column)).filter(|name| name.contains(", "));
        found.extend(names.flat_map(words).map(|word| folded(word.text)));
    }
    let mut counts: BTreeMap<String, f64> = BTreeMap::new();
    for word in found.into_iter().filter(|word| is_latin(word)) {
        *counts.entry(word).or_default() += 1.0;
    }
    Ok(counts)
}

/// Words in original script, and all words of the Latin names.
pub(super) type Entry = (Vec<String>, Vec<String>);

/// Entries of the UN list: words in original script, and all words of their Latin names.
pub(super) fn original_script(data: &Path) -> Result<Vec<Entry>, Error> {
    let text = read(data, UN)?;
    let mut found = Vec::new();
    for entry in text.split("</INDIVIDUAL>") {
        let original: Vec<String> = fields(entry, &["NAME_ORIGINAL_SCRIPT"]);
        let latin = fields(entry, LATIN_FIELDS);
        if !original.is_empty() {
            found.push((original, latin));
        }
    }
    Ok(found)
}

fn fields(entry: &str, names: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for name in names {
        for part in entry.split(&format!("<{name}>")).skip(1) {
            let value = part.split('<').next().unwrap_or_default();
            found.extend(words(value).iter().map(|word| folded(word.text)));
        }
    }
    found
}

/// Each original word of a script with the Latin word of the same entry that the model likes best.
pub(super) fn align_names(script: Script, entries: &[Entry], model: &Model, plausible: f64) -> Vec<Pair> {
    let mut found = Vec::new();
    for (original, latin) in entries {
        for word in original.iter().filter(|word| Script::of_text(word) == script && word.chars().count() > 1)
        {
            let word = normal(word, script);
            let word = match word.strip_prefix(ARTICLE) {
                Some(rest) if rest.chars().count() > 2 => rest.to_owned(),
                _ => word,
            };
            let best = latin
                .iter()
                .filter(|latin| is_latin(latin))
                .map(|latin| (model.score_of(&word, latin), latin))
                .max_by(|one, two| one.0.total_cmp(&two.0).then_with(|| two.1.cmp(one.1)));
            if let Some((_, latin)) = best.filter(|row| row.0 >= plausible) {
                found.push(Pair { word, latin: latin.clone(), weight: OFFICIAL });
            }
        }
    }
    found
}
