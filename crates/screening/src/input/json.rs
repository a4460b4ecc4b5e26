//! JSON Lines records to queries: `FollowTheMoney` entities, or flat objects whose keys are column names.

use super::build::{Builder, Built, missing};
use super::lines::{Line, NOT_UTF_8, decode};
use super::{LONGEST_NAME, LONGEST_RECORD, Row};
use cordon_model::columns::{Column, Meaning, recognise};
use cordon_model::ftm::{FtmEntity, read_thing};
use cordon_model::{Address, Entity, Schema};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::fmt;
use std::marker::PhantomData;

/// Keys of a `FollowTheMoney` entity beside `properties`; none of them is carried.
const FTM_KEYS: &[&str] = &[
    "id",
    "caption",
    "schema",
    "properties",
    "datasets",
    "referents",
    "target",
    "first_seen",
    "last_seen",
    "last_change",
];

/// Most keys of flat records that are remembered to be reported.
const MOST_COLUMNS: usize = 500;

/// The keys and values of an object in the order written.
pub(crate) struct Object<V = Value>(pub(crate) Vec<(String, V)>);

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Object<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Keys<V> {
            type Value = Object<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<V>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Object(entries))
            }
        }
        deserializer.deserialize_map(Keys(PhantomData))
    }
}

impl Object {
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(name, _)| name == key).map(|entry| &entry.1)
    }

    /// The object of a value, if it is one.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        let entries = value.as_object()?;
        Some(Self(entries.iter().map(|(key, value)| (key.clone(), value.clone())).collect()))
    }

    fn is_entity(&self) -> bool {
        self.get("properties").is_some_and(Value::is_object)
    }
}

/// Reads a line as an object; notes on its encoding are added to `notes`.
pub(crate) fn object(line: &Line, notes: &mut Vec<String>) -> Result<Object, String> {
    if line.cut {
        return Err(format!("the line is longer than {LONGEST_RECORD} bytes"));
    }
    let (text, recoded) = decode(&line.bytes);
    if recoded {
        notes.push(NOT_UTF_8.to_owned());
    }
    serde_json::from_str(&text).map_err(|error| format!("not a JSON object: {error}"))
}

/// Keys and values of a line as written; none when it is not an object.
pub(crate) fn raw_object(line: &Line) -> Vec<(String, Box<RawValue>)> {
    serde_json::from_str(&decode(&line.bytes).0).map(|Object(entries)| entries).unwrap_or_default()
}

/// Makes the row of one line. Keys of flat records are added to `columns`.
pub(super) fn row(mut row: Row, line: Line, columns: &mut Vec<Column>) -> Row {
    let object = match object(&line, &mut row.notes) {
        Ok(object) => object,
        Err(error) => {
            row.error = Some(error);
            return row;
        }
    };
    drop(line);
    let built = if object.is_entity() {
        row.carried.extend(
            object
                .0
                .iter()
                .filter(|(key, _)| !FTM_KEYS.contains(&key.as_str()))
                .map(|(key, value)| (key.clone(), value_text(value))),
        );
        entity(&object)
    } else {
        Ok(flat(&object, &mut row.carried, columns))
    };
    match built {
        Ok(built) => {
            row.id = built.id;
            row.query = built.query;
            row.notes.extend(built.notes);
            row.error = built.error;
        }
        Err(error) => row.error = Some(error),
    }
    row
}

/// A query of an object of either kind; what is not understood in a flat one is passed over.
pub(crate) fn query_of(object: &Object) -> Result<Built, String> {
    if object.is_entity() { entity(object) } else { Ok(flat(object, &mut Vec::new(), &mut Vec::new())) }
}

/// A query of a `FollowTheMoney` entity.
fn entity(object: &Object) -> Result<Built, String> {
    let mut notes = Vec::new();
    let known: Map<String, Value> =
        object.0.iter().filter(|(key, _)| matches!(key.as_str(), "schema" | "properties")).cloned().collect();
    let mut wire = FtmEntity { schema: Schema::Thing.as_str().to_owned(), ..FtmEntity::default() };
    let id = object.get("id").map(value_text).filter(|id| !id.is_empty());
    let mut value = Value::Object(known);
    let schema = value.get("schema").map(value_text).unwrap_or_default();
    match Schema::from_ftm(&schema).or_else(|| Schema::from_word(&schema)) {
        Some(found) => found.as_str().clone_into(&mut wire.schema),
        None if schema.is_empty() => {}
        None => notes.push(format!(
            "schema: `{}` is not a kind of party we know; ignored",
            super::build::short(&schema)
        )),
    }
    value["schema"] = Value::String(wire.schema);
    wire = serde_json::from_value(value).map_err(|error| format!("not a FollowTheMoney entity: {error}"))?;
    wire.id = id.clone().unwrap_or_default();
    if let Some(caption) = object.get("caption").and_then(Value::as_str) {
        caption.clone_into(&mut wire.caption);
    }
    let built = of_entity(&wire);
    notes.extend(built.notes);
    Ok(Built { id, notes, ..built })
}

/// A query of a `FollowTheMoney` entity that has been read.
fn of_entity(wire: &FtmEntity) -> Built {
    let (query, issues) = read_thing(wire, wire.id.clone().into());
    let mut notes: Vec<String> =
        issues.iter().map(|issue| format!("{}: {}; ignored", issue.field, issue.message)).collect();
    let mut query = query.unwrap_or_else(|| Entity::new(wire.id.clone().into(), Schema::Thing));
    tidy(&mut query, &mut notes);
    let error = missing(&query, &mut notes);
    Built { id: Some(wire.id.clone()).filter(|id| !id.is_empty()), query, notes, error }
}

/// The row that asks for a `FollowTheMoney` entity, by the same rules as a line of a file.
pub fn row_of(wire: &FtmEntity) -> Row {
    let Built { id, query, notes, error } = of_entity(wire);
    Row { id, notes, error, ..Row::asking(query) }
}

/// Addresses as addresses, and names in the limits of all queries.
fn tidy(query: &mut Entity, notes: &mut Vec<String>) {
    for street in query.properties.remove("address").unwrap_or_default() {
        query.addresses.push(Address { street, ..Address::default() });
    }
    query.names.retain(|name| name.text.chars().any(char::is_alphanumeric));
    for name in &mut query.names {
        let length = name.text.chars().count();
        if length > LONGEST_NAME {
            notes.push(format!("name: {length} characters; only the first {LONGEST_NAME} are screened"));
            name.text = name.text.chars().take(LONGEST_NAME).collect();
        } else if length > super::SHOWN_NAME {
            let shown = super::SHOWN_NAME;
            notes.push(format!("name: {length} characters; all are screened, {shown} are shown in reports"));
        }
    }
}

fn flat(object: &Object, carried: &mut Vec<(String, String)>, columns: &mut Vec<Column>) -> Built {
    let mut builder = Builder::default();
    for (key, value) in &object.0 {
        let meaning = take(&mut builder, key, value);
        if meaning.is_none() {
            carried.push((key.clone(), value_text(value)));
        }
        if columns.len() < MOST_COLUMNS && !columns.iter().any(|column| column.name == *key) {
            columns.push(Column { name: key.clone(), meaning });
        }
    }
    builder.finish()
}

/// Takes a value under a key for what the key's name says.
fn take(builder: &mut Builder, key: &str, value: &Value) -> Option<Meaning> {
    let meaning = recognise(key)?;
    for value in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
        builder.take(meaning, key, &value_text(value));
    }
    Some(meaning)
}

/// A value as a text: nothing for null, JSON for lists and objects.
fn value_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
