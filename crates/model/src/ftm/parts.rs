//! Addresses and documents: records that are parts of the entity they name.

use super::reader::{ABOUT_THE_RECORD, Reader};
use super::wire::FtmEntity;
use crate::{Address, Entity, Identifier, Issue, IssueKind, Scheme};

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
    let mut reader = Reader::of(wire);
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
    let mut reader = Reader::of(wire);
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
