//! Parties and things: names, dates, countries, numbers, and all other texts as properties.

use super::is_latin;
use super::reader::Reader;
use super::wire::{FtmEntity, FtmValue};
use crate::{
    CountryRole, DateRole, Entity, EntityId, Identifier, Issue, IssueKind, Name, NameKind, NamePart,
    NamePartKind, Schema, Scheme,
};

/// Reads the names, dates, countries, identifiers and other texts of one entity, under the id given.
///
/// Nested entities are passed over. Values that are not understood are kept as properties and reported. `None` with
/// an issue when the schema is not one of a party or thing.
pub fn read_thing(wire: &FtmEntity, id: EntityId) -> (Option<Entity>, Vec<Issue>) {
    let mut reader = Reader::of(wire);
    let Some(schema) = Schema::from_ftm(&wire.schema) else {
        let message = "not a schema of a party or thing";
        reader.issue("schema", IssueKind::UnknownValue, &wire.schema, message);
        return (None, reader.issues);
    };
    let mut entity = Entity::new(id, schema);
    entity.referents.clone_from(&wire.referents);
    read_names(wire, &mut entity);
    for (property, values) in &wire.properties {
        for value in values {
            if let FtmValue::Text(text) = value {
                read_value(&mut entity, &mut reader, property, text);
            }
        }
    }
    read_currencies(wire, &mut entity);
    (Some(entity), reader.issues)
}

/// Properties of name parts, as they are read.
const PARTS: [(&str, NamePartKind); 6] = [
    ("firstName", NamePartKind::Given),
    ("middleName", NamePartKind::Middle),
    ("secondName", NamePartKind::Middle),
    ("fatherName", NamePartKind::Patronymic),
    ("motherName", NamePartKind::Matronymic),
    ("lastName", NamePartKind::Family),
];

/// The caption, if it is one of the names, else the first name, is the primary one. Other names beside it are its
/// original script where it is in Latin letters and they are not.
fn read_names(wire: &FtmEntity, entity: &mut Entity) {
    let names: Vec<&str> = wire.texts("name").map(str::trim).filter(|name| !name.is_empty()).collect();
    let caption = names.iter().copied().find(|name| *name == wire.caption.trim());
    let first = caption.or_else(|| names.first().copied());
    for name in first.into_iter().chain(names) {
        if entity.names.iter().any(|present| present.text == name) {
            continue;
        }
        let own_script = first.is_some_and(|first| is_latin(first) && !is_latin(name));
        entity
            .add_name(Name::new(if own_script { NameKind::OriginalScript } else { NameKind::Primary }, name));
    }
    for kind in [NameKind::Alias, NameKind::WeakAlias, NameKind::Former] {
        for text in wire.texts(kind.property()) {
            entity.add_name(Name::new(kind, text));
        }
    }
    let parts =
        || PARTS.iter().flat_map(|(property, kind)| wire.texts(property).map(|text| (*kind, text.trim())));
    if entity.names.is_empty() {
        let whole: Vec<&str> = parts().map(|(_, text)| text).filter(|text| !text.is_empty()).collect();
        if !whole.is_empty() {
            entity.add_name(Name::new(NameKind::Primary, &whole.join(" ")).with_parts(parts()));
        }
    } else if let Some(primary) = entity.names.first_mut().filter(|name| name.kind == NameKind::Primary) {
        primary.parts = parts_of(&primary.text, parts());
    }
}

/// The parts that stand in a name as whole words, in the order of the name; of two that overlap the longer.
fn parts_of<'a>(name: &str, parts: impl Iterator<Item = (NamePartKind, &'a str)>) -> Vec<NamePart> {
    let lower = name.to_lowercase();
    let mut found: Vec<(std::ops::Range<usize>, NamePart)> = Vec::new();
    let mut parts: Vec<(NamePartKind, &str)> = parts.filter(|(_, text)| !text.is_empty()).collect();
    parts.sort_by_key(|(_, text)| std::cmp::Reverse(text.len()));
    for (kind, text) in parts {
        let part = text.to_lowercase();
        let free = lower.match_indices(&part).map(|(at, _)| at..at + part.len()).find(|range| {
            let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
            edge(lower[..range.start].chars().next_back())
                && edge(lower[range.end..].chars().next())
                && !found.iter().any(|(other, _)| range.start < other.end && other.start < range.end)
        });
        if let Some(range) = free {
            found.push((range, NamePart { kind, text: text.to_owned() }));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found.into_iter().map(|(_, part)| part).collect()
}

fn read_value(entity: &mut Entity, reader: &mut Reader<'_>, property: &str, text: &str) {
    let is_name = NameKind::TABLE.iter().any(|row| row.1 == property);
    let is_part = PARTS.iter().any(|(part, kind)| {
        let held = |name: &Name| name.parts.iter().any(|part| part.kind == *kind && part.text == text.trim());
        *part == property && entity.names.first().is_some_and(held)
    });
    if is_name || is_part {
        return;
    }
    if let Some((role, _)) = DateRole::TABLE.iter().find(|row| row.1 == property) {
        match reader.date(property, text) {
            Some(date) => entity.add_date(*role, date),
            None => entity.add(property, text),
        }
    } else if let Some((role, _)) = CountryRole::TABLE.iter().find(|row| row.1 == property) {
        match reader.country(property, text) {
            Some(country) => entity.add_country(*role, country),
            None => entity.add(property, text),
        }
    } else if let Some(scheme) = scheme_on_wire(property, entity.schema, text) {
        match Identifier::parse(scheme, text) {
            Ok(identifier) => entity.add_identifier(identifier),
            Err(error) => {
                reader.issue(property, IssueKind::Unparsed, text, &error.to_string());
                entity.add(property, text);
            }
        }
    } else {
        entity.add(property, text);
    }
}

/// The scheme a number has that stands in a flat property of an entity of this schema.
///
/// Properties shared by several schemes are told apart by the schema: the IMO number of an organisation is a company's
/// where its check digit allows, the registration number of an aircraft is its mark.
pub(super) fn scheme_on_wire(property: &str, schema: Schema, value: &str) -> Option<Scheme> {
    let first = Scheme::from_property(property)?;
    let company = || {
        let read = Identifier::parse(Scheme::ImoCompany, value);
        read.is_ok_and(|read| read.scheme == Scheme::ImoCompany && read.check == crate::Check::Passed)
    };
    Some(match (first, schema) {
        (Scheme::ImoShip, schema) if !schema.is_craft() && company() => Scheme::ImoCompany,
        (Scheme::ImoShip, _) => Identifier::parse(first, value).map_or(first, |read| read.scheme),
        (Scheme::Registration, Schema::Airplane) => Scheme::AircraftTail,
        _ => first,
    })
}

/// Gives ledger addresses their currency where it is clear: one currency for all, or one for each in the same order.
/// A wallet's own currency is used up by that, else it stays a property.
fn read_currencies(wire: &FtmEntity, entity: &mut Entity) {
    let currencies: Vec<&str> =
        wire.texts("currency").map(str::trim).filter(|text| !text.is_empty()).collect();
    let keys: Vec<&str> = wire.texts("publicKey").collect();
    if keys.is_empty() || !(currencies.len() == 1 || currencies.len() == keys.len()) {
        return;
    }
    for (at, key) in keys.into_iter().enumerate() {
        let currency = currencies.get(at).or(currencies.first());
        let read = currency.and_then(|currency| Identifier::crypto(currency, key).ok());
        let Some(read) = read else { continue };
        let wallet = |held: &&mut Identifier| held.scheme == Scheme::Crypto && held.value == read.value;
        if let Some(held) = entity.identifiers.iter_mut().find(wallet) {
            held.kind = read.kind;
        }
    }
    entity.properties.remove("currency");
}

#[cfg(test)]
mod tests {
    use super::super::{read_designation, to_ftm};
    use super::*;
    use crate::{Country, Designation, Direction, Measure, PartialDate, Relation, RelationKind};

    fn sample() -> Entity {
        let mut entity = Entity::new(EntityId::new("starter", "mkrtychev"), Schema::Person);
        entity.add_name(
            Name::new(NameKind::Primary, "Ashot MKRTYCHEV")
                .with_parts([(NamePartKind::Given, "Ashot"), (NamePartKind::Family, "MKRTYCHEV")]),
        );
        entity.add_name(Name::new(NameKind::OriginalScript, "Ашот Мкртычев"));
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
        assert_eq!(read.names, entity.names);
        assert_eq!(read.countries, entity.countries);
        assert_eq!(read.identifiers[0].value, "AB123");
        // A range is written as its two ends: FollowTheMoney has no ranges.
        assert_eq!(read.dates.len(), 2);
        let Some(FtmValue::Entity(sanction)) = wire.properties["sanctions"].first() else {
            panic!("no sanction")
        };
        assert_eq!(read_designation(sanction), (entity.designations[0].clone(), vec![]));
    }

    #[test]
    fn name_parts_are_those_that_stand_in_the_name() {
        for (name, parts, expected) in [
            ("Kim Jong Un", r#""lastName":["Kim"],"firstName":["Jong Un"]"#, "Family Kim|Given Jong Un"),
            ("Saad Hariri", r#""lastName":["Hariri"],"firstName":["Sa'd al-Din"]"#, "Family Hariri"),
            ("Ann Annan", r#""firstName":["Ann"],"lastName":["Annan"]"#, "Given Ann|Family Annan"),
            ("Ivan Petrov", r#""fatherName":["Sergey"],"lastName":["PETROV"]"#, "Family PETROV"),
            ("Lee Lee", r#""firstName":["Lee"],"lastName":["Lee"]"#, "Given Lee|Family Lee"),
        ] {
            let text =
                format!(r#"{{"id":"1","schema":"Person","properties":{{"name":["{name}"],{parts}}}}}"#);
            let wire: FtmEntity = serde_json::from_str(&text).unwrap();
            let entity = read_thing(&wire, EntityId::new("l", "1")).0.unwrap();
            let found: Vec<String> =
                entity.names[0].parts.iter().map(|part| format!("{:?} {}", part.kind, part.text)).collect();
            assert_eq!(found.join("|"), expected, "{name}");
            // Whatever is no part is still a property.
            let values: usize = wire.properties.values().map(Vec::len).sum();
            let kept: usize = entity.properties.values().map(Vec::len).sum();
            assert_eq!(1 + found.len() + kept, values, "{name}");
        }
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

    #[test]
    fn numbers_of_shared_properties() {
        for (property, schema, value, scheme) in [
            ("imoNumber", Schema::Vessel, "9161003", Scheme::ImoShip),
            ("imoNumber", Schema::Company, "1790183", Scheme::ImoCompany),
            ("imoNumber", Schema::Vessel, "1790183", Scheme::ImoShip),
            ("imoNumber", Schema::Company, "5145892", Scheme::ImoCompany),
            ("registrationNumber", Schema::Airplane, "P-632", Scheme::AircraftTail),
            ("registrationNumber", Schema::Company, "P-632", Scheme::Registration),
            ("idNumber", Schema::Person, "12", Scheme::NationalId),
        ] {
            assert_eq!(scheme_on_wire(property, schema, value), Some(scheme), "{property} {value}");
        }
        assert_eq!(scheme_on_wire("name", Schema::Person, "A"), None);
    }
}
