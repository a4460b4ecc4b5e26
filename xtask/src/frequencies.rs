//! `cargo xtask frequencies`: how much each word of a name tells.
//!
//! In: official list files (OFAC SDN 2024-01-08, UN 2026-02-27, US CSL 2022-04) and the name files of the US Census of
//! 1990 (public domain). Out: `crates/text/src/frequency/{people,organisations}.tsv`, the same bytes for the same data.
//!
//! A word's share is its greatest share in any one source: a name common anywhere proves little. Words that sound
//! the same are counted together.

use crate::{Error, Outcome, list};
use cordon_lists::unpack;
use cordon_model::Schema;
use cordon_text::fold::fold;
use cordon_text::romanise::romanise;
use cordon_text::sound::Sound;
use cordon_text::{Script, words};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Half bits of information of words rarer than this are not worth a row.
const LEAST_COMMON: u8 = 33;
/// A word seen fewer times than this in a source says nothing about its share.
const LEAST_COUNT: f64 = 3.0;

/// One source: number of names, and for each word the names that hold it.
#[derive(Default)]
struct Source {
    names: f64,
    words: BTreeMap<String, f64>,
}

impl Source {
    fn add(&mut self, names: &BTreeSet<String>) {
        self.names += 1.0;
        for word in names {
            *self.words.entry(word.clone()).or_default() += 1.0;
        }
    }
}

pub(crate) fn run(root: &Path, data: &Path, census: &Path) -> Outcome {
    let mut people = vec![
        census_source(census, &["dist.male.first", "dist.female.first"])?,
        census_source(census, &["dist.all.last"])?,
    ];
    let mut organisations = Vec::new();
    for path in ["ofac/sdn-csv/2024-01-08", "un/2026-02-27/consolidated.xml.gz"] {
        let (persons, others) = list_source(&data.join(path))?;
        people.push(persons);
        organisations.push(others);
    }
    organisations.push(csl_source(&data.join("ofac/csl/2022-04/consolidated.csv.gz"))?);
    let folder = root.join("crates/text/src/frequency");
    write(&folder.join("people.tsv"), "persons", &people)?;
    write(&folder.join("organisations.tsv"), "organisations, ships and other things", &organisations)
}

/// Lines of name, percent of the population, running percent, rank.
fn census_source(folder: &Path, files: &[&str]) -> Result<Source, Error> {
    let mut source = Source { names: 100_000.0 * files.len() as f64, words: BTreeMap::new() };
    for file in files {
        for line in std::fs::read_to_string(folder.join(file))?.lines() {
            let mut cells = line.split_whitespace();
            if let (Some(name), Some(Ok(percent))) = (cells.next(), cells.next().map(str::parse::<f64>)) {
                *source.words.entry(name.to_lowercase()).or_default() += percent * 1000.0;
            }
        }
    }
    Ok(source)
}

/// The words of an entity's names, each once.
fn words_of<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for name in names {
        // Dotted letters are initials, not a word.
        for word in words(name).into_iter().filter(|word| !word.text.contains('.')) {
            let folded = fold(word.text).text;
            let script = Script::of_text(&folded);
            if script == Script::Latin {
                found.insert(folded);
            } else {
                let first =
                    romanise(&folded, script).into_iter().filter_map(|position| position.into_iter().next());
                found.extend(first.filter(|reading| !reading.unvowelled).map(|reading| reading.text));
            }
        }
    }
    found
}

fn list_source(path: &Path) -> Result<(Source, Source), Error> {
    let snapshot = list::read("list", path)?;
    let (mut persons, mut others) = (Source::default(), Source::default());
    for entity in snapshot.entities() {
        let words = words_of(entity.names.iter().map(|name| name.text.as_str()));
        if entity.schema == Schema::Person { persons.add(&words) } else { others.add(&words) }
    }
    Ok((persons, others))
}

/// The organisations of the Consolidated Screening List that are not OFAC's.
fn csl_source(path: &Path) -> Result<Source, Error> {
    let file = unpack("consolidated.csv.gz", std::fs::read(path)?, 1 << 30)?;
    let mut source = Source::default();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file[0].bytes.as_slice());
    let headers = reader.headers()?.clone();
    let column =
        |name: &str| headers.iter().position(|header| header == name).ok_or(format!("no column {name}"));
    let (list, kind, name) = (column("source")?, column("type")?, column("name")?);
    for row in reader.records() {
        let row = row?;
        let ofac = row.get(list).is_some_and(|list| list.contains("Treasury"));
        if !ofac && row.get(kind) != Some("Individual") {
            source.add(&words_of(row.get(name).into_iter()));
        }
    }
    Ok(source)
}

fn write(path: &Path, whose: &str, sources: &[Source]) -> Outcome {
    let mut shares: BTreeMap<Vec<u8>, (f64, String, f64)> = BTreeMap::new();
    for source in sources {
        let mut by_sound: BTreeMap<Vec<u8>, (f64, &str, f64)> = BTreeMap::new();
        for (word, &count) in &source.words {
            if word.len() < 2 || word.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let entry = by_sound.entry(Sound::of(word).as_bytes().to_vec()).or_insert((0.0, word, 0.0));
            entry.0 += count;
            if count > entry.2 {
                (entry.1, entry.2) = (word, count);
            }
        }
        for (sound, (count, word, most)) in by_sound {
            if count < LEAST_COUNT {
                continue;
            }
            let share = count / source.names;
            let known = shares.entry(sound).or_insert((0.0, word.to_owned(), 0.0));
            if most / source.names > known.2 {
                (known.1, known.2) = (word.to_owned(), most / source.names);
            }
            known.0 = known.0.max(share);
        }
    }
    let mut rows: BTreeMap<u8, Vec<&str>> = BTreeMap::new();
    for (share, word, _) in shares.values() {
        let half_bits = (-share.log2() * 2.0).round().clamp(4.0, 255.0) as u8;
        if half_bits <= LEAST_COMMON {
            rows.entry(half_bits).or_default().push(word);
        }
    }
    let mut text = format!(
        "# Half bits of information, tab, words of names of {whose} that hold so much, one for all that sound like it\n\
         # Made by `cargo xtask frequencies` from OFAC SDN 2024-01-08, UN 2026-02-27{}\n",
        if whose == "persons" {
            " and the US Census of 1990"
        } else {
            " and the US Consolidated Screening List 2022-04"
        }
    );
    for (half_bits, mut words) in rows {
        words.sort_unstable();
        writeln!(text, "{half_bits}\t{}", words.join(" "))?;
    }
    std::fs::write(path, text)?;
    Ok(())
}
