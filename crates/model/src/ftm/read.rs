//! The wire to entities, designations, documents, addresses and links.

use super::is_latin;
use super::wire::{FtmEntity, FtmValue};
use crate::{
    Address, Country, CountryRole, DateRole, Designation, Direction, Entity, EntityId, Identifier, Issue,
    IssueKind, Measure, Name, NameKind, NamePart, NamePartKind, PartialDate, Relation, RelationKind, Schema,
    Scheme,
};

/// The issues of one record while it is read.
struct Reader<'a> {
    record: &'a str,
    issues: Vec<Issue>,
}

impl Reader<'_> {
    fn issue(&mut self, property: &str, kind: IssueKind, value: &str, message: &str) {
        self.issues.push(Issue::new(self.record, property, kind, value, message));
    }

    fn date(&mut self, property: &str, text: &str) -> Option<PartialDate> {
        let read = PartialDate::parse(text);
        if let Err(error) = &read {
            self.issue(property, IssueKind::Unparsed, text, &error.to_string());
        }
        read.ok()
    }

    fn country(&mut self, property: &str, text: &str) -> Option<Country> {
        let read = Country::parse(text);
        if let Err(error) = &read {
            self.issue(property, IssueKind::UnknownValue, text, &error.to_string());
        }
        read.ok()
    }

    /// Every date of a property, oldest first.
    fn dates(&mut self, wire: &FtmEntity, property: &str) -> Vec<PartialDate> {
        let mut dates: Vec<PartialDate> =
            wire.texts(property).filter_map(|text| self.date(property, text)).collect();
        dates.sort_unstable();
        dates.dedup();
        dates
    }

    /// An issue for each property that is neither read nor passed over on purpose.
    fn unknown(&mut self, wire: &FtmEntity, read: &[&str], passed_over: &[&str]) {
        for (property, values) in &wire.properties {
            if !read.contains(&property.as_str()) && !passed_over.contains(&property.as_str()) {
                let value = values.first().map(FtmValue::text).unwrap_or_default();
                let message = format!("not a property of a {} we know", wire.schema);
                self.issue(property, IssueKind::UnknownField, value, &message);
            }
        }
    }
}

/// Properties of designations, documents and links that tell of the record and not of the party.
const ABOUT_THE_RECORD: [&str; 11] = [
    "publisher",
    "publisherUrl",
    "retrievedAt",
    "alephUrl",
    "indexUpdatedAt",
    "indexText",
    "proof",
    "namesMentioned",
    "createdAt",
    "recordId",
    "country",
];

/// Reads the names, dates, countries, identifiers and other texts of one entity, under the id given.
///
/// Nested entities are passed over. Values that are not understood are kept as properties and reported. `None` with
/// an issue when the schema is not one of a party or thing.
pub fn read_thing(wire: &FtmEntity, id: EntityId) -> (Option<Entity>, Vec<Issue>) {
    let mut reader = Reader { record: &wire.id, issues: Vec::new() };
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

/// Properties of a `Sanction` that are read, and those told in the reason.
const SANCTION: [&str; 18] = [
    "entity",
    "authority",
    "program",
    "programId",
    "programUrl",
    "authorityId",
    "unscId",
    "listingDate",
    "startDate",
    "date",
    "endDate",
    "modifiedAt",
    "provisions",
    "reason",
    "sourceUrl",
    "status",
    "duration",
    "summary",
];

/// Words for measures in the provisions of published sanctions, as far as they are not our own.
const PROVISIONS: [(&str, Measure); 20] = [
    ("freez", Measure::AssetFreeze),
    ("block", Measure::AssetFreeze),
    ("gel des avoirs", Measure::AssetFreeze),
    ("блокування активів", Measure::AssetFreeze),
    ("targeted financial sanction", Measure::AssetFreeze),
    ("travel", Measure::TravelBan),
    ("entry", Measure::TravelBan),
    ("visa", Measure::TravelBan),
    ("arms", Measure::ArmsEmbargo),
    ("export", Measure::ExportControl),
    ("trust services", Measure::TrustServices),
    ("director disqualification", Measure::DirectorDisqualification),
    ("debarment", Measure::Debarment),
    ("procurement", Measure::Debarment),
    ("investment", Measure::InvestmentBan),
    ("transport", Measure::TransportRestriction),
    ("aircraft ban", Measure::TransportRestriction),
    ("ship ban", Measure::TransportRestriction),
    ("securities", Measure::FinancialRestriction),
    ("policy of denial", Measure::ExportControl),
];

/// Reads a `Sanction` entity.
///
/// Of several listing dates the first is the day of listing, the others count as amendments. Provisions that are not
/// understood, status and duration are told in the reason.
pub fn read_designation(wire: &FtmEntity) -> (Designation, Vec<Issue>) {
    let mut reader = Reader { record: &wire.id, issues: Vec::new() };
    reader.unknown(wire, &SANCTION, &ABOUT_THE_RECORD);
    let mut listings = ["listingDate", "startDate", "date"]
        .into_iter()
        .map(|property| reader.dates(wire, property))
        .find(|dates| !dates.is_empty())
        .unwrap_or_default();
    let listed = (!listings.is_empty()).then(|| listings.remove(0));
    let mut amended = reader.dates(wire, "modifiedAt");
    amended.extend(listings);
    amended.sort_unstable();
    amended.dedup();
    let first = |properties: &[&str]| {
        let found = properties.iter().map(|property| wire.first(property)).find(|text| !text.is_empty());
        found.unwrap_or_default().to_owned()
    };
    let program = first(&["programId", "program"]);
    let title = wire.first("program").to_owned();
    let mut reason: Vec<String> =
        wire.texts("reason").chain(wire.texts("summary")).map(str::to_owned).collect();
    let (measures, unclear) = measures(wire);
    for text in unclear {
        let message = "a provision we do not know; told in the reason";
        reader.issue("provisions", IssueKind::UnknownValue, text, message);
        reason.push(format!("Provisions: {text}"));
    }
    for (property, label) in [("status", "Status"), ("duration", "Duration")] {
        reason.extend(wire.texts(property).map(|text| format!("{label}: {text}")));
    }
    let designation = Designation {
        authority: wire.first("authority").to_owned(),
        title: if title == program { String::new() } else { title },
        program,
        reference: first(&["authorityId", "unscId", "recordId"]),
        measures,
        listed,
        amended,
        ended: reader.dates(wire, "endDate").pop(),
        reason: reason.join("\n"),
        url: first(&["sourceUrl", "programUrl"]),
    };
    (designation, reader.issues)
}

/// The measures of the provisions, in the order of the vocabulary, and provisions that name none.
fn measures(wire: &FtmEntity) -> (Vec<Measure>, Vec<&str>) {
    let (mut found, mut unclear) = (Vec::new(), Vec::new());
    for text in wire.texts("provisions") {
        let lower = text.to_lowercase();
        let named: Vec<Measure> = match Measure::from_label(&lower) {
            Some(measure) => vec![measure],
            None => PROVISIONS.iter().filter(|row| lower.contains(row.0)).map(|row| row.1).collect(),
        };
        if named.is_empty() {
            unclear.push(text);
            found.push(Measure::Other);
        }
        found.extend(named);
    }
    found.sort_unstable();
    found.dedup();
    (found, unclear)
}

/// Reads an `Address` entity; the whole address stands for the street where nothing but it is known.
pub fn read_address(wire: &FtmEntity) -> (Address, Vec<Issue>) {
    const READ: [&str; 12] = [
        "full",
        "name",
        "remarks",
        "postOfficeBox",
        "street",
        "street2",
        "street3",
        "city",
        "postalCode",
        "region",
        "state",
        "country",
    ];
    const PLACE: [&str; 6] = ["latitude", "longitude", "osmId", "googlePlaceId", "summary", "keywords"];
    let mut reader = Reader { record: &wire.id, issues: Vec::new() };
    reader.unknown(wire, &READ, &[&PLACE[..], &ABOUT_THE_RECORD[..]].concat());
    let joined = |properties: &[&str]| {
        let texts: Vec<&str> = properties.iter().flat_map(|property| wire.texts(property)).collect();
        texts.join(", ")
    };
    let country = wire.first("country");
    let country = if country.is_empty() { None } else { reader.country("country", country) };
    let mut address = Address {
        street: joined(&["postOfficeBox", "street", "street2", "street3"]),
        city: joined(&["city"]),
        region: joined(&["region", "state"]),
        postal_code: joined(&["postalCode"]),
        country,
        note: joined(&["remarks"]),
    };
    let bare = [&address.street, &address.city, &address.region, &address.postal_code];
    if bare.iter().all(|part| part.is_empty()) {
        let full = [wire.first("full"), wire.first("name")].into_iter().find(|text| !text.is_empty());
        let full = full.unwrap_or_default();
        if country.is_none_or(|country| country.name() != full) {
            full.clone_into(&mut address.street);
        }
    }
    (address, reader.issues)
}

/// Reads an `Identification`, `Passport` or `CryptoWallet` into its holder: a number the holder has already gains what
/// the document says of it, another is added.
pub fn read_identification(wire: &FtmEntity, holder: &mut Entity) -> Vec<Issue> {
    const READ: [&str; 12] = [
        "holder",
        "number",
        "publicKey",
        "passportNumber",
        "type",
        "currency",
        "authority",
        "startDate",
        "endDate",
        "date",
        "summary",
        "description",
    ];
    const PERSON: [&str; 8] =
        ["name", "topics", "birthDate", "birthPlace", "gender", "surname", "givenName", "personalNumber"];
    let mut reader = Reader { record: &wire.id, issues: Vec::new() };
    reader.unknown(wire, &READ, &[&PERSON[..], &ABOUT_THE_RECORD[..]].concat());
    let number = ["number", "publicKey", "passportNumber"].map(|property| wire.first(property));
    let number = number.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let kinds: Vec<&str> = wire.texts("currency").chain(wire.texts("type")).collect();
    let note: Vec<&str> = ["authority", "summary", "description"]
        .into_iter()
        .flat_map(|property| wire.texts(property))
        .collect();
    let note = note.join("; ");
    if number.is_empty() {
        let said = kinds.iter().copied().chain([note.as_str()]).filter(|text| !text.is_empty());
        let said = said.collect::<Vec<_>>().join("; ");
        if !said.is_empty() {
            reader.issue("number", IssueKind::Missing, &said, "a document without a number");
            holder.add("notes", &format!("Document without a number: {said}"));
        }
        return reader.issues;
    }
    let scheme = document_scheme(wire, &kinds, number, holder);
    let mut read = match Identifier::parse(scheme, number) {
        Ok(read) => read,
        Err(error) => {
            reader.issue("number", IssueKind::Unparsed, number, &error.to_string());
            return reader.issues;
        }
    };
    if let Some(kind) = kinds.into_iter().find(|kind| *kind != scheme.label()) {
        read = if scheme == Scheme::Crypto {
            Identifier::crypto(kind, number).unwrap_or(read)
        } else {
            read.with_kind(kind)
        };
    }
    let country = wire.first("country");
    read.country = if country.is_empty() { None } else { reader.country("country", country) };
    read.issued = reader.dates(wire, "startDate").into_iter().next();
    read.issued = read.issued.or_else(|| reader.dates(wire, "date").into_iter().next());
    read.expires = reader.dates(wire, "endDate").pop();
    read.note = note;
    let bare = |held: &Identifier| {
        let same = held.scheme == read.scheme && held.value == read.value;
        same && held.kind.is_empty() && held.note.is_empty() && held.country.is_none()
    };
    match holder.identifiers.iter().position(bare) {
        Some(at) => holder.identifiers[at] = read,
        None if holder.identifiers.contains(&read) => {}
        None => holder.identifiers.push(read),
    }
    reader.issues
}

/// The scheme of a document's number: that of the holder's own number of the same letters and digits, else what
/// schema and kind say.
fn document_scheme(wire: &FtmEntity, kinds: &[&str], number: &str, holder: &Entity) -> Scheme {
    match wire.schema.as_str() {
        "Passport" => return Scheme::Passport,
        "CryptoWallet" => return Scheme::Crypto,
        _ => {}
    }
    let labelled = Scheme::all().find(|scheme| kinds.contains(&scheme.label()));
    let held = |held: &&Identifier| {
        let read = Identifier::parse(held.scheme, number);
        held.scheme != Scheme::Passport
            && read.is_ok_and(|read| (read.scheme, &read.value) == (held.scheme, &held.value))
    };
    labelled.or_else(|| holder.identifiers.iter().find(held).map(|held| held.scheme)).unwrap_or(Scheme::Other)
}

/// A schema of links, with the properties of its two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkSchema {
    /// The kind of link it is read as.
    pub kind: RelationKind,
    /// Property of the source: owner, director, agent.
    pub source: &'static str,
    /// Property of the target: asset, organisation, client.
    pub target: &'static str,
}

/// Links that have no kind of their own here; their schema is their role.
const OTHER_LINKS: [(&str, &str, &str); 4] = [
    ("Debt", "debtor", "creditor"),
    ("ProjectParticipant", "participant", "project"),
    ("CourtCaseParty", "party", "case"),
    ("EconomicActivity", "declarant", "receiver"),
];

/// The link schema of this name.
pub fn link_schema(schema: &str) -> Option<LinkSchema> {
    if let Some(kind) = RelationKind::from_ftm(schema) {
        let (_, source, target) = kind.ftm();
        return Some(LinkSchema { kind, source, target });
    }
    let (_, source, target) = OTHER_LINKS.iter().find(|row| row.0 == schema)?;
    Some(LinkSchema { kind: RelationKind::Unknown, source, target })
}

/// Reads what a link says beside its ends: an outgoing relation to nobody yet.
pub fn read_link(wire: &FtmEntity, link: LinkSchema) -> (Relation, Vec<Issue>) {
    const READ: [&str; 11] = [
        "role",
        "relationship",
        "percentage",
        "sharesCount",
        "startDate",
        "endDate",
        "date",
        "status",
        "summary",
        "description",
        "ownershipType",
    ];
    const PASSED_OVER: [&str; 8] = [
        "sourceUrl",
        "modifiedAt",
        "sharesValue",
        "sharesCurrency",
        "sharesType",
        "legalBasis",
        "secretary",
        "amount",
    ];
    let mut reader = Reader { record: &wire.id, issues: Vec::new() };
    reader.unknown(
        wire,
        &READ,
        &[&[link.source, link.target], &PASSED_OVER[..], &ABOUT_THE_RECORD[..]].concat(),
    );
    let mut kind = link.kind;
    let mut roles: Vec<&str> = wire.texts("role").chain(wire.texts("relationship")).collect();
    roles.extend(wire.texts("ownershipType"));
    if RelationKind::from_ftm(&wire.schema).is_none() {
        roles.insert(0, &wire.schema);
    }
    if kind == RelationKind::Unknown && roles.iter().any(|role| role.to_lowercase().contains("support")) {
        kind = RelationKind::Support;
        let labels = [Direction::Outgoing, Direction::Incoming]
            .map(|direction| Relation::to_name(kind, direction, "", "").label());
        roles.retain(|role| !labels.contains(role));
    }
    let mut relation = Relation::to_name(kind, Direction::Outgoing, "", &roles.join("; "));
    wire.first("percentage").clone_into(&mut relation.share);
    if relation.share.is_empty() && !wire.first("sharesCount").is_empty() {
        relation.share = format!("{} shares", wire.first("sharesCount"));
    }
    relation.start = reader.dates(wire, "startDate").into_iter().next();
    relation.start = relation.start.or_else(|| reader.dates(wire, "date").into_iter().next());
    relation.end = reader.dates(wire, "endDate").pop();
    let said = ["status", "summary", "description"].into_iter().flat_map(|property| wire.texts(property));
    relation.quality = said.collect::<Vec<_>>().join("; ");
    (relation, reader.issues)
}

#[cfg(test)]
mod tests {
    use super::super::to_ftm;
    use super::*;

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

    #[test]
    fn provisions_as_published() {
        for (text, expected, unclear) in [
            ("Asset freeze, Trust Services Sanctions", vec![Measure::AssetFreeze, Measure::TrustServices], 0),
            ("Targeted financial sanction", vec![Measure::AssetFreeze], 0),
            ("travel ban", vec![Measure::TravelBan], 0),
            ("frowning", vec![Measure::Other], 1),
        ] {
            let mut wire = FtmEntity { schema: "Sanction".to_owned(), ..FtmEntity::default() };
            wire.push("provisions", text);
            let (designation, issues) = read_designation(&wire);
            assert_eq!((designation.measures, issues.len()), (expected, unclear), "{text}");
            assert_eq!(designation.reason.is_empty(), unclear == 0, "{text}");
        }
    }
}
