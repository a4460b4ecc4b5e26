//! Places and identity documents, which stand before the parties they belong to.

use super::{Reading, dates};
use crate::formats::ofac::identifiers::Given;
use crate::formats::ofac::places::Postal;
use crate::formats::ofac::record::unknown;
use crate::formats::xml::Element;
use cordon_model::{Country, Issue, IssueKind};

/// A place: its address, and the same in other writings.
pub(super) type Place = Vec<Postal>;

/// A document of an identity.
#[derive(Debug)]
pub(super) struct Document {
    /// OFAC's words for its kind.
    pub(super) words: String,
    pub(super) number: String,
    pub(super) given: Given,
    /// Number of the name it bears.
    pub(super) name: String,
}

/// The type of parts without a type.
const UNTYPED: &str = "Unknown";

/// Reads a place.
pub(super) fn read_place(reading: &mut Reading<'_>, mut element: Element) {
    let number = element.take_attribute("ID");
    let record = format!("place {number}");
    let mut base = Postal::default();
    for mut area in element.take_all("LocationAreaCode") {
        let code = area.take_attribute("AreaCodeID");
        let tables = &reading.tables;
        tables.attribute("AreaCode", &code, "Description").unwrap_or_default().clone_into(&mut base.country);
        tables.text("AreaCode", &code).unwrap_or_default().clone_into(&mut base.code);
        unknown(&record, area.leftovers(), &mut reading.issues);
    }
    for mut country in element.take_all("LocationCountry") {
        country.take_attribute("CountryRelevanceID");
        (base.country, base.code) = self::country(reading, &record, &country.take_attribute("CountryID"));
        unknown(&record, country.leftovers(), &mut reading.issues);
    }
    let mut place = vec![base.clone()];
    for mut part in element.take_all("LocationPart") {
        let words = reading.code(&record, "LocPartType", &part.take_attribute("LocPartTypeID"));
        for (at, mut value) in part.take_all("LocationPartValue").into_iter().enumerate() {
            value.drop_attributes(&["Primary", "LocPartValueTypeID", "LocPartValueStatusID"]);
            let text = value.take_text("Value");
            value.take_text("Comment");
            unknown(&record, value.leftovers(), &mut reading.issues);
            if place.len() <= at {
                place.push(base.clone());
            }
            if text.is_empty() || place[at].put(&words, &text) || text == base.country {
                continue;
            }
            place[at].lines.push(text.clone());
            // Parts of an unknown type hold a place in one text.
            if words != UNTYPED {
                let message = format!("`{words}` is not a part of an address we know; kept in the street");
                let kind = IssueKind::UnknownValue;
                reading.issues.push(Issue::new(&record, "LocPartType", kind, &text, &message));
            }
        }
        unknown(&record, part.leftovers(), &mut reading.issues);
    }
    for reference in ["FeatureVersionReference", "IDRegDocumentReference"] {
        element.take_all(reference);
    }
    unknown(&record, element.leftovers(), &mut reading.issues);
    reading.places.insert(number, place);
}

/// Name and code of a country by its number.
fn country(reading: &mut Reading<'_>, record: &str, number: &str) -> (String, String) {
    let name = reading.code(record, "Country", number);
    let code = reading.tables.attribute("Country", number, "ISO2").unwrap_or_default();
    (name, code.to_owned())
}

/// Reads a document.
pub(super) fn read_document(reading: &mut Reading<'_>, mut element: Element) {
    let record = format!("document {}", element.take_attribute("ID"));
    let [words, identity, country, place, validity] =
        ["IDRegDocTypeID", "IdentityID", "IssuedBy-CountryID", "IssuedIn-LocationID", "ValidityID"]
            .map(|name| element.take_attribute(name));
    let [number, authority, comment] =
        ["IDRegistrationNo", "IssuingAuthority", "Comment"].map(|name| element.take_text(name));
    let words = reading.code(&record, "IDRegDocType", &words);
    let mut given = Given::default();
    let mut notes = vec![authority, comment];
    if !country.is_empty() {
        let (name, code) = self::country(reading, &record, &country);
        given.country = Country::parse(&name).ok().or_else(|| Country::from_code(&code));
        if given.country.is_none() {
            let message = "not a country we know; kept as a remark";
            reading.issues.push(Issue::new(
                &record,
                "IssuedBy-CountryID",
                IssueKind::UnknownValue,
                &name,
                message,
            ));
            notes.push(name);
        }
    }
    if let Some(place) = reading.places.get(&place).and_then(|place| place.first()).cloned() {
        let address = place.address(&record, &mut reading.issues);
        let told = place.is_country() && address.as_ref().is_some_and(|one| one.country == given.country);
        notes.extend(address.filter(|_| !told).map(|address| address.line()));
    }
    if reading.code(&record, "Validity", &validity) == "Fraudulent" {
        notes.push("fraudulent".to_owned());
    }
    for mut date in element.take_all("DocumentDate") {
        let words = reading.code(&record, "IDRegDocDateType", &date.take_attribute("IDRegDocDateTypeID"));
        let period = date.take_all("DatePeriod").into_iter().next();
        let read = period.and_then(|period| dates::period(&record, period, &mut reading.issues));
        unknown(&record, date.leftovers(), &mut reading.issues);
        match (words.as_str(), read) {
            ("Issue Date", read) => given.issued = read,
            ("Expiration Date", read) => given.expires = read,
            (_, read) => notes.extend(read.map(|date| format!("{words} {date}"))),
        }
    }
    let mut name = String::new();
    for mut reference in element.take_all("DocumentedNameReference") {
        name = reference.take_attribute("DocumentedNameID");
        unknown(&record, reference.leftovers(), &mut reading.issues);
    }
    unknown(&record, element.leftovers(), &mut reading.issues);
    given.notes = notes.into_iter().filter(|note| !note.is_empty()).collect();
    reading.documents.entry(identity).or_default().push(Document { words, number, given, name });
}
