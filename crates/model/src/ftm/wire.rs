//! The wire types, lenient to how values are written and strict about what a record is.

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One value of a property: a text, or a nested entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum FtmValue {
    /// A text.
    Text(String),
    /// A nested entity.
    Entity(Box<FtmEntity>),
}

impl FtmValue {
    /// The text, or the nested entity's id.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Entity(entity) => &entity.id,
        }
    }
}

/// A FollowTheMoney entity on the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FtmEntity {
    /// Id; may be missing in queries.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Name to show.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// Schema name.
    pub schema: String,
    /// Values by property.
    pub properties: BTreeMap<String, Vec<FtmValue>>,
    /// Ids of the lists it is on.
    pub datasets: Vec<String>,
    /// Ids it was merged from.
    pub referents: Vec<String>,
    /// Whether it is itself listed, rather than only linked to a listed party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<bool>,
    /// Time it was first seen, ISO 8601 without zone, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<String>,
    /// Time it was last seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
    /// Time it last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_change: Option<String>,
    /// Names of the fields beside these, which are not read and never written.
    #[serde(skip)]
    pub unknown: Vec<String>,
}

impl FtmEntity {
    /// The texts of a property; nested entities give their ids.
    pub fn texts(&self, property: &str) -> impl Iterator<Item = &str> {
        self.properties.get(property).into_iter().flatten().map(FtmValue::text)
    }

    /// The first text of a property, or an empty one.
    pub fn first(&self, property: &str) -> &str {
        self.texts(property).next().unwrap_or_default()
    }

    /// Adds a text to a property unless it is empty or already there.
    pub fn push(&mut self, property: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let values = self.properties.entry(property.to_owned()).or_default();
        if !values.iter().any(|value| matches!(value, FtmValue::Text(present) if present == text)) {
            values.push(FtmValue::Text(text.to_owned()));
        }
    }

    /// Adds a nested entity to a property.
    pub fn nest(&mut self, property: &str, entity: Self) {
        self.properties.entry(property.to_owned()).or_default().push(FtmValue::Entity(Box::new(entity)));
    }
}

impl<'de> Deserialize<'de> for FtmEntity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntityVisitor)
    }
}

struct EntityVisitor;

impl<'de> Visitor<'de> for EntityVisitor {
    type Value = FtmEntity;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an entity with `schema` and `properties`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FtmEntity, A::Error> {
        let mut entity = FtmEntity::default();
        let mut schema = None;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "id" => entity.id = text(map.next_value()?),
                "caption" => entity.caption = text(map.next_value()?),
                "schema" => schema = map.next_value::<Option<String>>()?,
                "properties" => {
                    let properties = map.next_value::<Option<BTreeMap<String, Values>>>()?;
                    entity.properties = properties
                        .unwrap_or_default()
                        .into_iter()
                        .map(|(key, values)| (key, values.0))
                        .collect();
                }
                "datasets" => entity.datasets = texts(map.next_value()?),
                "referents" => entity.referents = texts(map.next_value()?),
                "target" => entity.target = map.next_value()?,
                "first_seen" => entity.first_seen = map.next_value()?,
                "last_seen" => entity.last_seen = map.next_value()?,
                "last_change" => entity.last_change = map.next_value()?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    entity.unknown.push(key);
                }
            }
        }
        entity.schema = schema.ok_or_else(|| A::Error::missing_field("schema"))?;
        Ok(entity)
    }
}

/// The only text of a field.
fn text(values: Values) -> String {
    texts(values).into_iter().next().unwrap_or_default()
}

fn texts(values: Values) -> Vec<String> {
    let only_texts = |value| match value {
        FtmValue::Text(text) => Some(text),
        FtmValue::Entity(_) => None,
    };
    values.0.into_iter().filter_map(only_texts).collect()
}

impl<'de> Deserialize<'de> for FtmValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = deserializer.deserialize_any(ValuesVisitor { lists: false })?;
        values.0.into_iter().next().ok_or_else(|| D::Error::custom("a value was expected, not null"))
    }
}

/// The values of a property, which may be one value or a list of values; numbers and booleans are read as texts, null
/// as no value.
struct Values(Vec<FtmValue>);

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValuesVisitor { lists: true })
    }
}

struct ValuesVisitor {
    /// Whether a list may stand here; a list of lists may not.
    lists: bool,
}

impl ValuesVisitor {
    #[expect(clippy::unnecessary_wraps, reason = "every visitor method returns a result")]
    fn one<E>(text: String) -> Result<Values, E> {
        Ok(Values(vec![FtmValue::Text(text)]))
    }
}

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Values;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, an entity or a list of them")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Values, E> {
        Self::one(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Values, E> {
        Self::one(text)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Values, E> {
        Self::one(flag.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Values, E> {
        Self::one(number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Values, E> {
        Self::one(number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Values, E> {
        Self::one(number.to_string())
    }

    fn visit_unit<E: Error>(self) -> Result<Values, E> {
        Ok(Values(Vec::new()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Values, A::Error> {
        let entity = FtmEntity::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Values(vec![FtmValue::Entity(Box::new(entity))]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Values, A::Error> {
        if !self.lists {
            return Err(A::Error::custom("a list inside a list of values"));
        }
        let mut values = Vec::new();
        while let Some(value) = list.next_element::<Option<FtmValue>>()? {
            values.extend(value);
        }
        Ok(Values(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_may_be_written_in_several_ways() {
        let wire: FtmEntity = serde_json::from_str(
            r#"{"id":7,"caption":null,"schema":"Person","origin":"x","datasets":"a","referents":null,
                "properties":{"name":"A B","birthDate":1975,"x":null,"y":[null,true,2.5,{"schema":"Thing"}]}}"#,
        )
        .unwrap();
        assert_eq!((wire.first("name"), wire.first("birthDate"), wire.first("x")), ("A B", "1975", ""));
        assert_eq!(
            (wire.id.as_str(), wire.datasets.len(), wire.unknown.as_slice()),
            ("7", 1, &["origin".to_owned()][..])
        );
        assert_eq!(wire.texts("y").collect::<Vec<_>>(), ["true", "2.5", ""]);
    }

    #[test]
    fn what_is_no_entity() {
        for text in [
            r#"{"id":"1","properties":{}}"#,
            r#"{"schema":"Person","properties":{"name":[["A"]]}}"#,
            r#"{"schema":"Person","properties":{"name":[{"first":"A"}]}}"#,
            r#"{"schema":"Person","properties":["name"]}"#,
            "[]",
            "7",
        ] {
            assert!(serde_json::from_str::<FtmEntity>(text).is_err(), "{text}");
        }
    }
}
