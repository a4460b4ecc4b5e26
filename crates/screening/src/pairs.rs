//! Files of pairs to compare: `name1`, `name2` in CSV, `left` and `right` in JSON Lines.
//!
//! In: a reader. Out: one [`Pair`] per record with both sides as entities, and the record as it was, to be written
//! back beside its score.

use crate::input::{
    Builder, Built, Cells, Form, InputError, Line, Lines, Meaning, Object, Record, Source, header_key,
    object, query_of, raw_object, recognise,
};
use crate::wire::Explanations;
use cordon_matching::Match;
#[cfg(test)]
use cordon_model::Schema;
use cordon_model::{Entity, NameKind};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::io::{self, Read};

/// The record a pair was read from.
#[derive(Debug, Clone)]
pub enum Original {
    /// The cells of a CSV record, one per column of the header.
    Cells(Vec<String>),
    /// Keys and values of a JSON object, as written; empty when the line is not an object.
    Object(Vec<(String, Box<RawValue>)>),
}

/// Two entities to compare.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Number of the record, from 1.
    pub number: u64,
    /// The query's side.
    pub left: Entity,
    /// The list entry's side.
    pub right: Entity,
    /// The record as read.
    pub original: Original,
    /// What was not understood.
    pub notes: Vec<String>,
    /// Why the pair cannot be compared.
    pub error: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Both,
}

/// Words that say which side a column or key belongs to, before or after its name.
const SIDES: &[(Side, &str)] = &[
    (Side::Left, "left"),
    (Side::Left, "query"),
    (Side::Left, "1"),
    (Side::Right, "right"),
    (Side::Right, "candidate"),
    (Side::Right, "result"),
    (Side::Right, "2"),
];

/// The same as single letters, which must stand apart: `name_a`.
const LETTERS: &[(Side, &str)] = &[(Side::Left, "a"), (Side::Right, "b")];

/// The side and meaning of a column of a pair file.
fn sided(name: &str) -> Option<(Side, Meaning)> {
    let key = header_key(name);
    let whole = Meaning::Name(NameKind::Primary);
    let meaning = |rest: &str| if rest.is_empty() { Some(whole) } else { recognise(rest) };
    let word = SIDES.iter().find_map(|(side, word)| {
        let rest = key.strip_suffix(word).or_else(|| key.strip_prefix(word))?;
        Some((*side, meaning(rest)?))
    });
    let letter = || {
        let (rest, last) = name.trim().rsplit_once(['_', ' ', '-', '.'])?;
        let (side, _) = LETTERS.iter().find(|(_, letter)| last.eq_ignore_ascii_case(letter))?;
        Some((*side, meaning(&header_key(rest))?))
    };
    let both =
        || recognise(name).filter(|meaning| *meaning == Meaning::Schema).map(|meaning| (Side::Both, meaning));
    word.or_else(letter).or_else(both)
}

enum Records<R> {
    Cells { cells: Cells<R>, columns: Vec<Option<(Side, Meaning)>> },
    Objects(Lines<R>),
}

/// An open file of pairs: iterate to get them. An item is an error only when the reader itself fails.
pub struct Pairs<R> {
    records: Records<R>,
    header: Vec<String>,
    number: u64,
    failed: bool,
}

impl<R: Read> Pairs<R> {
    /// Opens a file whose form is known (by its name) or told by its first bytes.
    pub fn open(reader: R, form: Option<Form>) -> Result<Self, InputError> {
        let source = Source::open(reader, form)?;
        if source.form() == Form::JsonLines {
            let records = Records::Objects(source.lines());
            return Ok(Self { records, header: Vec::new(), number: 0, failed: false });
        }
        let cells = Cells::open(source)?;
        let header = cells.header().to_vec();
        let columns: Vec<Option<(Side, Meaning)>> = header.iter().map(|name| sided(name)).collect();
        let asks = |wanted| columns.iter().flatten().any(|(side, meaning)| *side == wanted && meaning.asks());
        if !(asks(Side::Left) && asks(Side::Right)) {
            return Err(InputError::NoPair { columns: header });
        }
        Ok(Self { records: Records::Cells { cells, columns }, header, number: 0, failed: false })
    }

    /// The header of a CSV file; empty for JSON Lines.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The form that was found.
    pub fn form(&self) -> Form {
        match self.records {
            Records::Cells { .. } => Form::Delimited,
            Records::Objects(_) => Form::JsonLines,
        }
    }

    fn read(&mut self) -> io::Result<Option<Pair>> {
        let pair = match &mut self.records {
            Records::Cells { cells, columns } => {
                cells.next()?.map(|record| from_cells(record, columns, &self.header))
            }
            Records::Objects(lines) => lines.next()?.map(|line| from_line(&line)),
        };
        self.number += u64::from(pair.is_some());
        Ok(pair.map(|pair| Pair { number: self.number, ..pair }))
    }
}

impl<R: Read> Iterator for Pairs<R> {
    type Item = io::Result<Pair>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let pair = self.read().transpose();
        self.failed = matches!(pair, Some(Err(_)));
        pair
    }
}

fn from_cells(record: Record, columns: &[Option<(Side, Meaning)>], header: &[String]) -> Pair {
    let Record { mut cells, mut notes, error } = record;
    let (mut left, mut right) = (Builder::default(), Builder::default());
    for ((column, name), text) in columns.iter().zip(header).zip(&cells) {
        let Some((side, meaning)) = column else { continue };
        if *side != Side::Right {
            left.take(*meaning, name, text);
        }
        if *side != Side::Left {
            right.take(*meaning, name, text);
        }
    }
    if cells.len() != header.len() {
        notes.push(format!("{} cells where the header has {}", cells.len(), header.len()));
        cells.resize(header.len(), String::new());
    }
    let pair = pair(left.finish(), right.finish(), Original::Cells(cells), notes);
    Pair { error: error.or(pair.error), ..pair }
}

/// A pair of two sides; what is wrong with them is said with the side's name.
fn pair(left: Built, right: Built, original: Original, mut notes: Vec<String>) -> Pair {
    notes.extend(left.notes.into_iter().map(|note| format!("left {note}")));
    notes.extend(right.notes.into_iter().map(|note| format!("right {note}")));
    let error = [("left", left.error), ("right", right.error)]
        .into_iter()
        .find_map(|(side, error)| error.map(|error| format!("{side}: {error}")));
    Pair { number: 0, left: left.query, right: right.query, original, notes, error }
}

fn from_line(line: &Line) -> Pair {
    let mut notes = Vec::new();
    let original = Original::Object(raw_object(line));
    let sides = object(line, &mut notes).and_then(|record| {
        let schema = record.get("schema");
        Ok((side(&record, &["left", "query"], schema)?, side(&record, &["right", "candidate"], schema)?))
    });
    match sides {
        Ok((left, right)) => pair(left, right, original, notes),
        Err(error) => {
            let nothing = || Builder::default().finish();
            Pair { error: Some(error), ..pair(nothing(), nothing(), original, Vec::new()) }
        }
    }
}

/// One side of a JSON record: an entity, a flat object, or just a name. `schema` is the record's own, for sides
/// without one.
fn side(record: &Object, keys: &[&str], schema: Option<&Value>) -> Result<Built, String> {
    let found = keys.iter().find_map(|key| Some((*key, record.get(key)?)));
    let (key, value) = found.ok_or_else(|| format!("no `{}` in the record", keys.join("` or `")))?;
    let mut object = match value {
        Value::String(name) => Object(vec![("name".to_owned(), Value::String(name.clone()))]),
        value => Object::of(value).ok_or_else(|| format!("`{key}` is not an object or a name"))?,
    };
    if let (None, Some(schema)) = (object.get("schema"), schema) {
        object.0.push(("schema".to_owned(), schema.clone()));
    }
    query_of(&object)
}

/// A pair written back: its own keys as they were, then ours.
#[derive(Debug, Clone, Copy)]
pub struct WirePair<'a> {
    /// The pair.
    pub pair: &'a Pair,
    /// How its sides compare; `None` if they cannot be compared.
    pub scored: Option<&'a Match>,
    /// The header of a CSV file.
    pub header: &'a [String],
}

/// Our keys; those of the input that are called alike are replaced.
const OURS: [&str; 4] = ["score", "explanation", "error", "notes"];

impl Serialize for WirePair<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.pair.original {
            Original::Object(entries) => {
                for (key, value) in entries.iter().filter(|(key, _)| !OURS.contains(&key.as_str())) {
                    map.serialize_entry(key, value)?;
                }
            }
            Original::Cells(cells) => {
                for (key, value) in
                    self.header.iter().zip(cells).filter(|(key, _)| !OURS.contains(&key.as_str()))
                {
                    map.serialize_entry(key, value)?;
                }
            }
        }
        map.serialize_entry("score", &self.scored.map(|scored| scored.score))?;
        map.serialize_entry("explanation", &self.scored.map(|scored| Explanations(&scored.evidence)))?;
        if let Some(error) = &self.pair.error {
            map.serialize_entry("error", error)?;
        }
        if !self.pair.notes.is_empty() {
            map.serialize_entry("notes", &self.pair.notes)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Pair> {
        Pairs::open(text.as_bytes(), None).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn sides_of_columns() {
        let name = Meaning::Name(NameKind::Primary);
        for (column, expected) in [
            ("name1", Some((Side::Left, name))),
            ("Name 2", Some((Side::Right, name))),
            ("query_name", Some((Side::Left, name))),
            ("result_name", Some((Side::Right, name))),
            ("left", Some((Side::Left, name))),
            ("name_a", Some((Side::Left, name))),
            ("full name B", Some((Side::Right, name))),
            ("schema", Some((Side::Both, Meaning::Schema))),
            ("schema2", Some((Side::Right, Meaning::Schema))),
            ("name", None),
            ("is_match", None),
            ("quality", None),
            ("schema_id", None),
        ] {
            assert_eq!(sided(column), expected, "{column}");
        }
        assert!(matches!(sided("left_dob"), Some((Side::Left, Meaning::Date(_)))));
        assert!(matches!(sided("birth_date_2"), Some((Side::Right, Meaning::Date(_)))));
    }

    #[test]
    fn every_record_is_a_pair() {
        let csv = read("label,name1,name2,schema\nx,A B,C D,Person\ny,,E,\nz\n");
        let seen: Vec<(u64, &str, &str, bool)> = csv
            .iter()
            .map(|pair| (pair.number, pair.left.caption(), pair.right.caption(), pair.error.is_some()))
            .collect();
        assert_eq!(seen, [(1, "A B", "C D", false), (2, "", "E", true), (3, "", "", true)]);
        assert_eq!((csv[0].left.schema, csv[0].right.schema), (Schema::Person, Schema::Person));

        let lines = read(
            "{\"left\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"A\"]}},\"right\":{\"name\":\"B\"},\"n\":1.50}\n\
             {\"left\":\"A\",\"right\":\"B\",\"schema\":\"Company\"}\n{\"left\":\"A\"}\n[]\nnonsense\n",
        );
        let seen: Vec<(Schema, Schema, bool)> =
            lines.iter().map(|pair| (pair.left.schema, pair.right.schema, pair.error.is_some())).collect();
        assert_eq!(
            seen,
            [
                (Schema::Person, Schema::Thing, false),
                (Schema::Company, Schema::Company, false),
                (Schema::Thing, Schema::Thing, true),
                (Schema::Thing, Schema::Thing, true),
                (Schema::Thing, Schema::Thing, true),
            ]
        );
        let Original::Object(entries) = &lines[0].original else { panic!() };
        assert_eq!(entries[2].1.get(), "1.50");
    }

    #[test]
    fn a_file_without_two_sides_is_refused() {
        assert!(matches!(Pairs::open(&b"name,dob\n"[..], None), Err(InputError::NoPair { .. })));
    }
}
