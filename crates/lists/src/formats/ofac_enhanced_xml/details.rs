//! The features and identity documents of one entity.

use super::record::Record;
use super::{is_true, referenced};
use crate::formats::ofac::dates::{between, day, shown};
use crate::formats::ofac::facts;
use crate::formats::ofac::identifiers::Given;
use crate::formats::xml::Element;
use cordon_model::{Country, IssueKind, NameKind, PartialDate};

/// A reliability of facts that are not true.
const FALSE: &str = "False";

/// Reads every feature; of those of one type the primary ones come first.
pub(super) fn features(record: &mut Record<'_>, entity: &mut Element) {
    let mut features = entity.take_items("features", "feature");
    let types: Vec<String> = features.iter().map(|feature| text_of(feature, "type")).collect();
    let first = |name: &String| types.iter().position(|other| other == name);
    let mut order: Vec<usize> = (0..features.len()).collect();
    order.sort_by_key(|at| (first(&types[*at]), !is_true(&text_of(&features[*at], "isPrimary"))));
    for at in order {
        features[at].take_text("isPrimary");
        read_feature(record, &mut features[at]);
    }
}

fn text_of(element: &Element, name: &str) -> String {
    element
        .children
        .iter()
        .find(|child| child.name == name)
        .map(|child| child.text.clone())
        .unwrap_or_default()
}

fn read_feature(record: &mut Record<'_>, feature: &mut Element) {
    feature.take_attribute("id");
    feature.take_text("versionId");
    feature.take_text("valueRefId");
    let words = referenced(feature, "type");
    let [value, comment] = ["value", "comments"].map(|field| feature.take_text(field));
    let reliability = referenced(feature, "reliability");
    let dates = feature.take_all("valueDate");
    let date = dates.into_iter().find_map(|element| date(record, element));
    record.unknown(feature);
    let text = date.map_or(value, shown);
    if reliability == FALSE {
        record.party.note(&format!("Reported as false: {words} {text} {comment}"));
        return;
    }
    if text.is_empty() {
        let message = "a feature without a value";
        record.issue("feature", IssueKind::Missing, &words, message);
        return;
    }
    facts::read_fact(record.party, &words, &text, record.issues);
    if !comment.is_empty() {
        record.party.note(&format!("{words} {text}: {comment}"));
    }
}

/// The date of a feature, from its first day to its last.
fn date(record: &mut Record<'_>, mut element: Element) -> Option<PartialDate> {
    element.take_attribute("id");
    element.take_text("isDateRange");
    let circa = is_true(&element.take_text("isApproximate"));
    let days =
        ["fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd"].map(|field| element.take_text(field));
    record.unknown(&element);
    let first = days.iter().find_map(|text| day(text));
    let last = days.iter().rev().find_map(|text| day(text));
    let date = first.zip(last).and_then(|(first, last)| between(first, last, circa));
    if date.is_none() {
        let message = "four days were expected, the first before the last";
        record.issue("valueDate", IssueKind::Unparsed, &days.join(" "), message);
    }
    date
}

/// Reads every identity document.
pub(super) fn documents(record: &mut Record<'_>, entity: &mut Element) {
    for mut document in entity.take_items("identityDocuments", "identityDocument") {
        document.take_attribute("id");
        let words = referenced(&mut document, "type");
        let [number, valid, authority, place, comment, issued, expires] = [
            "documentNumber",
            "isValid",
            "issuingAuthority",
            "issuingLocation",
            "comments",
            "issueDate",
            "expirationDate",
        ]
        .map(|field| document.take_text(field));
        let country = referenced(&mut document, "issuingCountry");
        let holder = holder(record, &mut document);
        record.unknown(&document);
        let mut given = Given {
            country: Country::parse(&country).ok(),
            issued: read_date(record, "issueDate", &issued),
            expires: read_date(record, "expirationDate", &expires),
            notes: Vec::new(),
        };
        if given.country.is_none() && !country.is_empty() {
            given.notes.push(country.clone());
            let message = "not a country we know; kept as a remark";
            record.issue("issuingCountry", IssueKind::UnknownValue, &country, message);
        }
        let fraudulent = if valid.eq_ignore_ascii_case("false") { "fraudulent" } else { "" };
        let place = if place == country { String::new() } else { place };
        let notes = [authority, place, comment, holder, fraudulent.to_owned()];
        given.notes.extend(notes.into_iter().filter(|note| !note.is_empty()));
        if number.is_empty() {
            record.party.note(&format!("{words} {}", given.notes.join("; ")));
            record.issue(
                "documentNumber",
                IssueKind::Missing,
                &words,
                "a document without a number; kept as a note",
            );
            continue;
        }
        facts::read_document(record.party, &words, &number, &given, record.issues);
    }
}

/// Says whose name a document bears, if it is not the name the party is listed under.
fn holder(record: &Record<'_>, document: &mut Element) -> String {
    let mut holder = String::new();
    for mut name in document.take_all("name") {
        name.drop_attributes(&["nameId", "nameTranslationId"]);
        let text = std::mem::take(&mut name.text);
        let listed =
            record.party.entity.names.iter().any(|name| name.kind == NameKind::Primary && name.text == text);
        if !listed && !text.is_empty() {
            holder = format!("in the name of {text}");
        }
        if !name.attributes.is_empty() || !name.children.is_empty() {
            document.children.push(name);
        }
    }
    holder
}

fn read_date(record: &mut Record<'_>, field: &str, text: &str) -> Option<PartialDate> {
    if text.is_empty() {
        return None;
    }
    let read = PartialDate::parse(text);
    if let Err(error) = &read {
        record.issue(field, IssueKind::Unparsed, text, &error.to_string());
    }
    read.ok()
}
