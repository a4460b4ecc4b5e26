//! Changes of entities in words: what each field lost and gained.

use crate::shown::{cut, one_line};
use crate::view;
use cordon_model::{Address, CountryFact, DateFact, Designation, FieldChange, Identifier, Name, Relation};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A field's change in words: a mark, the field, and each value that went or came.
pub fn lines_of(change: &FieldChange) -> Vec<(&'static str, String, String)> {
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
