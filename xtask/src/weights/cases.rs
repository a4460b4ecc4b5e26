//! The data folder to cases. Only sets whose licence allows that weights are made from them:
//!
//! | file | licence |
//! |---|---|
//! | UN Security Council Consolidated List | reuse with attribution |
//! | OFAC SDN list | US Government work, public domain |
//! | labelled pairs and checks, spellings of one name (nomenklatura) | MIT |
//! | made-up people of many cultures who are on no list (yente) | MIT |

use super::bench::Bench;
use super::figures::Figure;
use super::random::Random;
use super::slips::SLIPS;
use crate::{Error, list};
use cordon_lists::unpack;
use cordon_model::{Entity, EntityId, Name, NameKind, Schema, Snapshot};
use cordon_screening::pairs::{Original, Pair, Pairs};
use cordon_text::Script;
use std::path::Path;

const UN: &str = "un/2026-02-27/consolidated.xml.gz";
const OFAC: &str = "ofac/sdn-csv/2021-07-07";
const PEOPLE: [&str; 2] = ["matching/unlisted_people_global.csv.gz", "matching/unlisted_people_us.csv.gz"];
/// One in so many of the people is asked; the others are left to check the weights on.
const EVERY: usize = 2;
const PAIRS: &str = "matching/name_pairs.shared.csv";
const CHECKS: &str = "matching/entity_checks.shared.jsonl";
const SPELLINGS: &str = "matching/putin_names.txt";
/// The name they spell.
const SPELT: &str = "Vladimir Vladimirovich PUTIN";
/// How many altered names are made of each listed one.
const ALTERED: usize = 2;
const SEED: u64 = 88_172_645_463_325_252;

/// Reads all cases.
pub(super) fn read(data: &Path) -> Result<Bench, Error> {
    let mut bench = Bench::default();
    labelled(&mut bench, data, PAIRS, "is_match", Figure::Pairs)?;
    labelled(&mut bench, data, CHECKS, "match", Figure::Checks)?;
    spellings(&mut bench, data)?;
    let un = list::read("un_sc_sanctions", &data.join(UN))?;
    let ofac = list::read("us_ofac_sdn", &data.join(OFAC))?;
    altered(&mut bench, &un)?;
    original_script(&mut bench, &un)?;
    let people = people(data)?;
    for (figure, list) in [(Figure::UnlistedUn, &un), (Figure::UnlistedOfac, &ofac)] {
        let list = bench.list(list)?;
        for name in &people {
            bench.case(figure, person(name), list, false);
        }
    }
    Ok(bench)
}

fn text(data: &Path, file: &str) -> Result<String, Error> {
    let bytes = std::fs::read(data.join(file)).map_err(|error| format!("`{file}`: {error}"))?;
    let mut files = unpack(file, bytes, 1 << 30)?;
    Ok(String::from_utf8(files.swap_remove(0).bytes).map_err(|error| format!("`{file}`: {error}"))?)
}

fn person(name: &str) -> Entity {
    let mut entity = Entity::new(EntityId::new("query", "person"), Schema::Person);
    entity.add_name(Name::new(NameKind::Primary, name));
    entity
}

/// A list of this entity alone. It scores as it does in its list, only faster.
fn alone(bench: &mut Bench, mut entity: Entity) -> Result<usize, Error> {
    if entity.id.as_str().is_empty() {
        entity.id = EntityId::new("pair", "candidate");
    }
    bench.list(&Snapshot::new(entity.id.list(), None, vec![entity.clone()], Vec::new()))
}

/// Pairs that are, or are not, the same; those labelled with certainty count twice.
fn labelled(bench: &mut Bench, data: &Path, file: &str, key: &str, figure: Figure) -> Result<(), Error> {
    let text = text(data, file)?;
    let pairs = Pairs::open(text.as_bytes(), None).map_err(|error| format!("`{file}`: {error}"))?;
    let header = pairs.header().to_vec();
    for pair in pairs {
        let pair = pair?;
        let fail = |what: &str| format!("`{file}`, record {}: {what}", pair.number);
        if let Some(error) = &pair.error {
            return Err(fail(error).into());
        }
        let wanted = match value(&pair, &header, key) {
            Some("true") => true,
            Some("false") => false,
            other => return Err(fail(&format!("`{key}` is `{}`", other.unwrap_or_default())).into()),
        };
        let sure = value(&pair, &header, "quality") == Some("STRONG");
        let list = alone(bench, pair.right.clone())?;
        bench.case(figure, pair.left.clone(), list, wanted);
        if sure {
            bench.case(Figure::SurePairs, pair.left.clone(), list, wanted);
        }
    }
    Ok(())
}

/// A cell of the record by its column, or a value by its key, as written.
fn value<'a>(pair: &'a Pair, header: &[String], key: &str) -> Option<&'a str> {
    match &pair.original {
        Original::Cells(cells) => Some(cells.get(header.iter().position(|name| name == key)?)?),
        Original::Object(values) => values.iter().find(|row| row.0 == key).map(|row| row.1.get()),
    }
}

fn spellings(bench: &mut Bench, data: &Path) -> Result<(), Error> {
    let list = alone(bench, person(SPELT))?;
    for spelling in text(data, SPELLINGS)?.lines() {
        bench.case(Figure::Spellings, person(spelling), list, true);
    }
    Ok(())
}

/// Names of listed persons with slips.
fn altered(bench: &mut Bench, un: &Snapshot) -> Result<(), Error> {
    let mut random = Random::new(SEED);
    for listed in un.entities().iter().filter(|entity| entity.schema == Schema::Person) {
        let list = alone(bench, listed.clone())?;
        for _ in 0..ALTERED {
            let slip = random.of(&SLIPS);
            let figure = if slip.swaps > 1 { Figure::TwoSlips } else { Figure::OneSlip };
            if let Some(name) = listed.names.first().and_then(|name| slip.in_name(&name.text, &mut random)) {
                bench.case(figure, person(&name), list, true);
            }
        }
    }
    Ok(())
}

/// Names of listed persons in their own script, against their Latin names alone.
fn original_script(bench: &mut Bench, un: &Snapshot) -> Result<(), Error> {
    for listed in un.entities().iter().filter(|entity| entity.schema == Schema::Person) {
        let (original, mut names): (Vec<_>, Vec<_>) =
            listed.names.iter().cloned().partition(|name| name.kind == NameKind::OriginalScript);
        names.retain(|name| Script::of_text(&name.text) == Script::Latin);
        if names.is_empty() || original.is_empty() {
            continue;
        }
        let list = alone(bench, Entity { names, ..listed.clone() })?;
        for name in original {
            bench.case(Figure::OriginalScript, person(&name.text), list, true);
        }
    }
    Ok(())
}

/// Names of people who are on no list.
fn people(data: &Path) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for file in PEOPLE {
        let text = text(data, file)?;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for row in reader.records() {
            names.push(row?.get(0).unwrap_or_default().to_owned());
        }
    }
    Ok(names.into_iter().step_by(EVERY).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_file(lines: &str, key: &str) -> Result<Bench, Error> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("pairs"), lines)?;
        let mut bench = Bench::default();
        labelled(&mut bench, folder.path(), "pairs", key, Figure::Pairs)?;
        Ok(bench)
    }

    #[test]
    fn labelled_pairs_of_both_forms() {
        let table = "schema,name1,name2,is_match,quality\n\
            Person,Igor Sechin,Igor Setchin,true,MEDIUM\n\
            Person,Igor Sechin,Mary Miller,false,STRONG\n";
        let bench = with_file(table, "is_match").unwrap();
        assert_eq!(bench.sizes(), [(Figure::Pairs, 2), (Figure::SurePairs, 1)]);
        let line = r#"{"query": {"name": "A Corp"}, "candidate": {"name": "A Co"}, "schema": "Company", "match": true}"#;
        assert_eq!(with_file(line, "match").unwrap().sizes(), [(Figure::Pairs, 1)]);
    }

    #[test]
    fn labels_must_be_there() {
        let error = with_file("name1,name2,is_match\nIgor,Igor,perhaps\n", "is_match").err().unwrap();
        assert_eq!(error.to_string(), "`pairs`, record 1: `is_match` is `perhaps`");
    }

    #[test]
    fn original_script_is_asked_of_latin_names() {
        let mut listed = person("Vladimir Putin");
        listed.id = EntityId::new("un", "1");
        listed.add_name(Name::new(NameKind::OriginalScript, "Владимир Путин"));
        let un = Snapshot::new("un", None, vec![listed], Vec::new());
        let mut bench = Bench::default();
        original_script(&mut bench, &un).unwrap();
        altered(&mut bench, &un).unwrap();
        let altered: usize =
            bench.sizes().iter().filter(|row| row.0 != Figure::OriginalScript).map(|row| row.1).sum();
        assert_eq!(altered, ALTERED);
        assert!(bench.sizes().contains(&(Figure::OriginalScript, 1)));
    }
}
