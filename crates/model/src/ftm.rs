//! Entities as FollowTheMoney JSON.
//!
//! Out: [`to_ftm`] writes one entity with its designations and links nested under `sanctions` and the link's own
//! property, as OpenSanctions' nested exports do. In: [`read_thing`] reads the flat part of one entity; joining
//! the records of a file is the business of the list format.

use crate::{Country, Measure};
use crate::{
    CountryRole, DateRole, Designation, Direction, Entity, EntityId, Identifier, Issue, IssueKind, Name,
    NameKind, NamePartKind, PartialDate, Relation, Schema, Scheme,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One value of a property: a text, or a nested entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FtmEntity {
    /// Id; may be missing in queries.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Name to show.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// Schema name.
    pub schema: String,
    /// Values by property.
    #[serde(default, deserialize_with = "read_properties")]
    pub properties: BTreeMap<String, Vec<FtmValue>>,
    /// Ids of the lists it is on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub datasets: Vec<String>,
    /// Ids it was merged from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub referents: Vec<String>,
    /// Whether it is itself listed, rather than only linked to a listed party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<bool>,
    /// Time it was first seen, ISO 8601 without zone, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<String>,
    /// Time it was last seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
    /// Time it last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_change: Option<String>,
}

/// Properties whose values may be one value or a list of values; numbers and booleans are read as texts.
fn read_properties<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Vec<FtmValue>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Scalar {
        Value(FtmValue),
        Number(serde_json::Number),
        Flag(bool),
        Null(()),
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        Many(Vec<Scalar>),
        One(Scalar),
    }
    let value = |scalar| match scalar {
        Scalar::Value(value) => Some(value),
        Scalar::Number(number) => Some(FtmValue::Text(number.to_string())),
        Scalar::Flag(flag) => Some(FtmValue::Text(flag.to_string())),
        Scalar::Null(()) => None,
    };
    let raw = BTreeMap::<String, OneOrMany>::deserialize(deserializer)?;
    Ok(raw
        .into_iter()
        .map(|(property, values)| {
            let values = match values {
                OneOrMany::Many(values) => values.into_iter().filter_map(value).collect(),
                OneOrMany::One(one) => value(one).into_iter().collect(),
            };
            (property, values)
        })
        .collect())
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
}

/// Writes an entity with its designations nested under `sanctions` and each link under the property its end has.
pub fn to_ftm(entity: &Entity) -> FtmEntity {
    let mut out = FtmEntity {
        id: entity.id.as_str().to_owned(),
        caption: entity.caption().to_owned(),
        schema: entity.schema.as_str().to_owned(),
        datasets: vec![entity.id.list().to_owned()],
        referents: entity.referents.clone(),
        target: Some(true),
        ..FtmEntity::default()
    };
    write_facts(entity, &mut out);
    let sanctions = entity.designations.iter().enumerate().map(|(index, designation)| {
        FtmValue::Entity(Box::new(write_designation(&entity.id, index, designation)))
    });
    let sanctions: Vec<FtmValue> = sanctions.collect();
    if !sanctions.is_empty() {
        out.properties.insert("sanctions".to_owned(), sanctions);
    }
    for (index, relation) in entity.relations.iter().enumerate() {
        let (property, link) = write_relation(&entity.id, index, relation);
        out.properties.entry(property).or_default().push(FtmValue::Entity(Box::new(link)));
    }
    out
}

fn write_facts(entity: &Entity, out: &mut FtmEntity) {
    for name in &entity.names {
        out.push(name.kind.property(), &name.text);
        for part in &name.parts {
            out.push(part.kind.property(), &part.text);
        }
    }
    for fact in &entity.dates {
        out.push(fact.role.property(), &fact.date.from().to_string());
        out.push(fact.role.property(), &fact.date.to().to_string());
    }
    for fact in &entity.countries {
        out.push(fact.role.property(), fact.country.code());
    }
    for identifier in &entity.identifiers {
        out.push(identifier.scheme.property(), &identifier.value);
        if identifier.scheme == Scheme::Crypto {
            out.push("currency", &identifier.kind);
        }
    }
    for address in &entity.addresses {
        out.push("address", &address.line());
        if let Some(country) = address.country {
            out.push("country", country.code());
        }
    }
    for designation in &entity.designations {
        out.push("programId", &designation.program);
    }
    for (property, values) in &entity.properties {
        for value in values {
            out.push(property, value);
        }
    }
}

fn write_designation(id: &EntityId, index: usize, designation: &Designation) -> FtmEntity {
    let caption = if designation.title.is_empty() { &designation.program } else { &designation.title };
    let mut out = FtmEntity {
        id: format!("{id}#sanction-{}", index + 1),
        caption: caption.clone(),
        schema: "Sanction".to_owned(),
        ..FtmEntity::default()
    };
    let date = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
    out.push("authority", &designation.authority);
    out.push("program", caption);
    out.push("programId", &designation.program);
    out.push("authorityId", &designation.reference);
    out.push("listingDate", &date(designation.listed));
    out.push("endDate", &date(designation.ended));
    for amended in &designation.amended {
        out.push("modifiedAt", &amended.to_string());
    }
    for measure in &designation.measures {
        out.push("provisions", measure.label());
    }
    out.push("reason", &designation.reason);
    out.push("sourceUrl", &designation.url);
    out
}

/// The property of the holder that carries the link, and the link itself.
fn write_relation(id: &EntityId, index: usize, relation: &Relation) -> (String, FtmEntity) {
    let (schema, source, target) = relation.kind.ftm();
    let mut out = FtmEntity {
        id: format!("{id}#link-{}", index + 1),
        caption: relation.label().to_owned(),
        schema: schema.to_owned(),
        ..FtmEntity::default()
    };
    let other = relation.other.as_deref().unwrap_or_default();
    let (holder_end, other_end) = match relation.direction {
        Direction::Outgoing => (source, target),
        Direction::Incoming => (target, source),
    };
    out.push(holder_end, id.as_str());
    if other.is_empty() {
        let stub = FtmEntity {
            caption: relation.name.clone(),
            schema: Schema::Thing.as_str().to_owned(),
            properties: BTreeMap::from([("name".to_owned(), vec![FtmValue::Text(relation.name.clone())])]),
            ..FtmEntity::default()
        };
        out.properties.insert(other_end.to_owned(), vec![FtmValue::Entity(Box::new(stub))]);
    } else {
        out.push(other_end, other);
        out.push("summary", &relation.name);
    }
    let date = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
    out.push("role", &relation.role);
    out.push("percentage", &relation.share);
    out.push("startDate", &date(relation.start));
    out.push("endDate", &date(relation.end));
    out.push("status", &relation.quality);
    let property = match (schema, relation.direction) {
        ("Ownership", Direction::Outgoing) => "ownershipOwner",
        ("Ownership", Direction::Incoming) => "ownershipAsset",
        ("Directorship", Direction::Outgoing) => "directorshipDirector",
        ("Directorship", Direction::Incoming) => "directorshipOrganization",
        ("Membership", Direction::Outgoing) => "membershipMember",
        ("Membership", Direction::Incoming) => "membershipOrganization",
        ("Employment", Direction::Outgoing) => "employers",
        ("Employment", Direction::Incoming) => "employees",
        ("Representation", Direction::Outgoing) => "agencyClient",
        ("Representation", Direction::Incoming) => "agentRepresentation",
        ("Family", Direction::Outgoing) => "familyPerson",
        ("Family", Direction::Incoming) => "familyRelative",
        ("Associate", Direction::Outgoing) => "associates",
        ("Associate", Direction::Incoming) => "associations",
        ("Succession", Direction::Outgoing) => "predecessors",
        ("Succession", Direction::Incoming) => "successors",
        (_, Direction::Outgoing) => "unknownLinkTo",
        (_, Direction::Incoming) => "unknownLinkFrom",
    };
    (property.to_owned(), out)
}

/// Reads the names, dates, countries, identifiers and other texts of one entity, under the id given.
///
/// Nested entities are passed over. Values that are not understood are kept as properties and reported. `None` with
/// an issue when the schema is not one of a party or thing.
pub fn read_thing(wire: &FtmEntity, id: EntityId) -> (Option<Entity>, Vec<Issue>) {
    let mut issues = Vec::new();
    let Some(schema) = Schema::from_ftm(&wire.schema) else {
        issues.push(Issue::new(
            &wire.id,
            "schema",
            IssueKind::UnknownValue,
            &wire.schema,
            "not a schema of a party or thing",
        ));
        return (None, issues);
    };
    let mut entity = Entity::new(id, schema);
    entity.referents.clone_from(&wire.referents);
    read_names(wire, &mut entity);
    for (property, values) in &wire.properties {
        for value in values {
            if let FtmValue::Text(text) = value {
                read_value(&mut entity, &wire.id, property, text, &mut issues);
            }
        }
    }
    (Some(entity), issues)
}

fn read_names(wire: &FtmEntity, entity: &mut Entity) {
    let kinds = [NameKind::Primary, NameKind::Alias, NameKind::WeakAlias, NameKind::Former];
    let caption = wire.texts("name").find(|name| *name == wire.caption);
    for kind in kinds {
        let property = kind.property();
        let caption = caption.filter(|_| kind == NameKind::Primary);
        for text in caption.into_iter().chain(wire.texts(property)) {
            entity.add_name(Name::new(kind, text));
        }
    }
    if entity.names.is_empty() {
        let parts: Vec<(NamePartKind, &str)> = NamePartKind::TABLE
            .iter()
            .filter(|(kind, _)| *kind != NamePartKind::Maiden && *kind != NamePartKind::Nickname)
            .flat_map(|(kind, property)| wire.texts(property).map(|text| (*kind, text)))
            .collect();
        let whole: Vec<&str> =
            parts.iter().map(|(_, text)| text.trim()).filter(|text| !text.is_empty()).collect();
        if !whole.is_empty() {
            entity.add_name(Name::new(NameKind::Primary, &whole.join(" ")).with_parts(parts));
        }
    }
}

fn read_value(entity: &mut Entity, record: &str, property: &str, text: &str, issues: &mut Vec<Issue>) {
    let is_name = NameKind::TABLE.iter().any(|row| row.1 == property);
    if is_name {
        return;
    }
    if let Some((role, _)) = DateRole::TABLE.iter().find(|row| row.1 == property) {
        match PartialDate::parse(text) {
            Ok(date) => entity.add_date(*role, date),
            Err(error) => {
                issues.push(Issue::new(record, property, IssueKind::Unparsed, text, &error.to_string()));
                entity.add(property, text);
            }
        }
    } else if let Some((role, _)) = CountryRole::TABLE.iter().find(|row| row.1 == property) {
        match Country::parse(text) {
            Ok(country) => entity.add_country(*role, country),
            Err(error) => {
                issues.push(Issue::new(record, property, IssueKind::UnknownValue, text, &error.to_string()));
                entity.add(property, text);
            }
        }
    } else if let Some(scheme) = Scheme::from_property(property) {
        match Identifier::parse(scheme, text) {
            Ok(identifier) => entity.add_identifier(identifier),
            Err(error) => {
                issues.push(Issue::new(record, property, IssueKind::Unparsed, text, &error.to_string()));
                entity.add(property, text);
            }
        }
    } else {
        entity.add(property, text);
    }
}

/// Reads a `Sanction` entity.
pub fn read_designation(wire: &FtmEntity) -> Designation {
    let date = |property| PartialDate::parse(wire.first(property)).ok();
    let listed = ["listingDate", "startDate", "date"].into_iter().find_map(date);
    Designation {
        authority: wire.first("authority").to_owned(),
        program: [wire.first("programId"), wire.first("program")]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
            .to_owned(),
        title: wire.first("program").to_owned(),
        reference: [wire.first("authorityId"), wire.first("unscId")]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
            .to_owned(),
        measures: wire
            .texts("provisions")
            .map(|text| Measure::from_label(&text.to_lowercase()).unwrap_or(Measure::Other))
            .collect(),
        listed,
        amended: wire.texts("modifiedAt").filter_map(|text| PartialDate::parse(text).ok()).collect(),
        ended: date("endDate"),
        reason: wire.texts("reason").chain(wire.texts("summary")).collect::<Vec<_>>().join("\n"),
        url: wire.first("sourceUrl").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RelationKind;

    fn sample() -> Entity {
        let mut entity = Entity::new(EntityId::new("starter", "mkrtychev"), Schema::Person);
        entity.add_name(
            Name::new(NameKind::Primary, "Ashot MKRTYCHEV")
                .with_parts([(NamePartKind::Given, "Ashot"), (NamePartKind::Family, "MKRTYCHEV")]),
        );
        entity.add_name(Name::new(NameKind::WeakAlias, "Ash"));
        entity.add_date(DateRole::Birth, PartialDate::parse("1966 to 1967").unwrap());
        entity.add_country(CountryRole::Nationality, Country::from_code("sk").unwrap());
        entity.add_identifier(Identifier::parse(Scheme::Passport, "AB-123").unwrap());
        entity.add("gender", "male");
        entity.designations.push(Designation {
            authority: "OFAC".to_owned(),
            program: "DPRK".to_owned(),
            measures: vec![Measure::AssetFreeze],
            listed: PartialDate::parse("2023-03-30").ok(),
            ..Designation::default()
        });
        entity.relations.push(Relation::to_name(
            RelationKind::Ownership,
            Direction::Outgoing,
            "VERSOR S.R.O.",
            "Owner",
        ));
        entity
    }

    #[test]
    fn facts_survive_the_wire() {
        let entity = sample();
        let text = serde_json::to_string(&to_ftm(&entity)).unwrap();
        let wire: FtmEntity = serde_json::from_str(&text).unwrap();
        assert_eq!(wire, to_ftm(&entity));
        let (read, issues) = read_thing(&wire, entity.id.clone());
        let read = read.unwrap();
        assert_eq!(issues, vec![]);
        assert_eq!(read.names.len(), 2);
        assert_eq!(read.countries, entity.countries);
        assert_eq!(read.identifiers[0].value, "AB123");
        // A range is written as its two ends: FollowTheMoney has no ranges.
        assert_eq!(read.dates.len(), 2);
        let Some(FtmValue::Entity(sanction)) = wire.properties["sanctions"].first() else {
            panic!("no sanction")
        };
        let designation = read_designation(sanction);
        assert_eq!(designation.measures, vec![Measure::AssetFreeze]);
        assert_eq!(designation.listed, PartialDate::parse("2023-03-30").ok());
    }

    #[test]
    fn one_value_may_stand_without_a_list() {
        let wire: FtmEntity = serde_json::from_str(
            r#"{"schema":"Person","properties":{"name":"A B","birthDate":1975,"x":null}}"#,
        )
        .unwrap();
        assert_eq!((wire.first("name"), wire.first("birthDate"), wire.first("x")), ("A B", "1975", ""));
    }

    #[test]
    fn what_is_not_understood_is_kept_and_reported() {
        let wire: FtmEntity = serde_json::from_str(
            r#"{"id":"1","schema":"Person","properties":{"firstName":["A"],"lastName":["B"],"birthDate":["soon"],"nationality":["zz"]}}"#,
        )
        .unwrap();
        let (entity, issues) = read_thing(&wire, EntityId::new("l", "1"));
        let entity = entity.unwrap();
        assert_eq!(entity.caption(), "A B");
        assert_eq!(issues.len(), 2);
        assert_eq!(entity.values("birthDate"), ["soon"]);
        let wire = FtmEntity { schema: "Ownership".to_owned(), ..FtmEntity::default() };
        assert_eq!(read_thing(&wire, EntityId::new("l", "1")).0, None);
    }
}
