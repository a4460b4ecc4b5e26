//! `cordon diff`: what changed in a list between two versions.

use super::{Answer, Run};
use crate::arguments::To;
use crate::fault::{Fault, Outcome};
use crate::output::{Format, format_of, line};
use crate::shown::{counted, cut, one_line};
use crate::target::Target;
use crate::view;
use crate::wiring::World;
use clap::Args;
use cordon_model::{
    Address, Change, CountryFact, DateFact, Delta, Designation, Entity, FieldChange, Identifier, Name,
    Relation, Snapshot,
};
use cordon_screening::change::WireChange;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::io::{self, Write as _};

/// Show what changed in a list between two versions, field by field
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The list
    list: String,

    /// The older version: a day (2024-01-08) or the beginning of a snapshot's id
    from: String,

    /// The newer version
    to: String,

    #[command(flatten)]
    out: To,
}

impl Run for Diff {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let format = format_of(&self.out, &[Format::Table, Format::Jsonl])?;
        let (older, newer) = (world.snapshot(&self.list, &self.from)?, world.snapshot(&self.list, &self.to)?);
        let delta = Delta::between(&older, &newer);
        let mut target = Target::open(self.out.output.as_deref())?;
        match format {
            Format::Table => show(&mut target, &older, &newer, &delta),
            _ => delta.changes.iter().try_for_each(|change| line(&mut target, &WireChange::new(change))),
        }
        .map_err(|error| Fault::writing(&error))?;
        target.finish()?;
        Ok(Answer::Clear)
    }
}

/// The sections of the readable form: title, and the operation whose changes stand in it.
const SECTIONS: [(&str, &str); 3] = [("Added", "ADD"), ("Removed", "DEL"), ("Changed", "MOD")];

fn show(out: &mut Target, older: &Snapshot, newer: &Snapshot, delta: &Delta) -> io::Result<()> {
    let (added, modified, removed) = delta.counts();
    writeln!(
        out,
        "{}: {} to {}\n{} before, {} after: {added} added, {removed} removed, {modified} changed",
        newer.list(),
        older.id(),
        newer.id(),
        counted(older.entities().len() as u64, "entity"),
        newer.entities().len()
    )?;
    for (title, op) in SECTIONS {
        let changes: Vec<&Change> = delta.changes.iter().filter(|change| change.op() == op).collect();
        if !changes.is_empty() {
            writeln!(out, "\n{title} ({})", changes.len())?;
        }
        for change in changes {
            match change {
                Change::Added(entity) => {
                    writeln!(out, "  + {}", caption(entity))?;
                    for designation in &entity.designations {
                        writeln!(out, "      {}", view::act(designation).line())?;
                    }
                }
                Change::Removed(entity) => writeln!(out, "  − {}", caption(entity))?,
                Change::Modified { entity, fields } => {
                    writeln!(out, "  ~ {}", caption(entity))?;
                    for field in fields {
                        show_field(out, field)?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn caption(entity: &Entity) -> String {
    format!("{} · {} · {}", view::name(entity.caption()), one_line(entity.id.as_str()), entity.schema)
}

fn show_field(out: &mut Target, change: &FieldChange) -> io::Result<()> {
    for (mark, field, value) in lines_of(change) {
        writeln!(out, "      {mark} {field}: {value}")?;
    }
    Ok(())
}

/// A field's change in words: a mark, the field, and each value that went or came.
pub(super) fn lines_of(change: &FieldChange) -> Vec<(&'static str, String, String)> {
    let field = one_line(change.field.strip_prefix("properties.").unwrap_or(&change.field));
    let words = |values: &[Value]| values.iter().map(|value| readable(&change.field, value)).collect();
    let (mut removed, mut added): (Vec<String>, Vec<String>) = (words(&change.removed), words(&change.added));
    if let ([old], [new]) = (removed.as_mut_slice(), added.as_mut_slice()) {
        leave_out_beginning(old, new);
    }
    let line = |mark, value: &String| (mark, field.clone(), cut(value, 400));
    let gone = removed.iter().map(|value| line("−", value));
    gone.chain(added.iter().map(|value| line("+", value))).collect()
}

/// Letters shown before those in which two long texts differ.
const BEFORE: usize = 30;

/// Leaves out what two long texts begin with, so that what differs is seen though they are cut.
fn leave_out_beginning(old: &mut String, new: &mut String) {
    let alike = old.chars().zip(new.chars()).take_while(|(one, two)| one == two).count();
    if alike > 3 * BEFORE {
        let rest = |text: &str| format!("…{}", text.chars().skip(alike - BEFORE).collect::<String>());
        (*old, *new) = (rest(old), rest(new));
    }
}

/// How values of a field are put in words.
type Words = fn(&Value) -> Option<String>;

const WORDS: &[(&str, Words)] = &[
    ("names", |value| read(value, |name: Name| view::named(&name))),
    ("dates", |value| {
        read(value, |fact: DateFact| format!("{} {}", view::date_word(fact.role), view::date(fact.date)))
    }),
    ("countries", |value| {
        read(value, |fact: CountryFact| format!("{} {}", view::country_word(fact.role), fact.country.name()))
    }),
    ("identifiers", |value| {
        read(value, |known: Identifier| format!("{} {}", known.label(), view::identifier(&known)))
    }),
    ("addresses", |value| read(value, |address: Address| address.line())),
    ("designations", |value| {
        read(value, |designation: Designation| {
            let act = view::act(&designation);
            let parts = [act.line(), act.measures, act.reference, act.reason];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        })
    }),
    ("relations", |value| read(value, |link: Relation| view::relation(&link, None))),
];

fn read<T: DeserializeOwned>(value: &Value, words: impl Fn(T) -> String) -> Option<String> {
    serde_json::from_value(value.clone()).ok().map(words)
}

fn readable(field: &str, value: &Value) -> String {
    let words = WORDS.iter().find(|(name, _)| *name == field).and_then(|(_, words)| words(value));
    words.unwrap_or_else(|| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_shown_where_they_differ() {
        let long = "word ".repeat(100);
        let values = |end: &str| vec![Value::from(format!("{long}{end}"))];
        let change = FieldChange {
            field: "properties.notes".to_owned(),
            removed: values("old"),
            added: values("new and more"),
        };
        let lines = lines_of(&change);
        assert!(lines[0].2.starts_with('…') && lines[0].2.ends_with("word old"), "{lines:?}");
        assert_eq!((lines[1].0, lines[1].1.as_str()), ("+", "notes"));
        assert!(lines[1].2.len() < 60 && lines[1].2.ends_with("new and more"), "{lines:?}");
    }
}
