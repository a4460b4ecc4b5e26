//! One `Feature` of a party: a date, a text, a word of a table, a country or a place.

use super::{Reading, dates};
use crate::formats::ofac::dates::shown;
use crate::formats::ofac::facts;
use crate::formats::ofac::party::Party;
use crate::formats::ofac::places::Postal;
use crate::formats::ofac::record::unknown;
use crate::formats::xml::Element;
use cordon_model::{Issue, IssueKind};

/// OFAC's words for an address.
const ADDRESS: &str = "Location";
/// A reliability of facts that are not true.
const FALSE: &str = "False";

/// Reads a feature, in every version of it.
pub(super) fn read(reading: &mut Reading<'_>, party: &mut Party, mut feature: Element) {
    let key = party.entity.id.key().to_owned();
    feature.take_attribute("ID");
    let words = reading.code(&key, "FeatureType", &feature.take_attribute("FeatureTypeID"));
    feature.take_all("IdentityReference");
    for version in feature.take_all("FeatureVersion") {
        read_version(reading, party, &words, version);
    }
    unknown(&key, feature.leftovers(), &mut reading.issues);
}

fn read_version(reading: &mut Reading<'_>, party: &mut Party, words: &str, mut version: Element) {
    let key = party.entity.id.key().to_owned();
    version.take_attribute("ID");
    let reliability = reading.code(&key, "Reliability", &version.take_attribute("ReliabilityID"));
    let comment = version.take_text("Comment");
    let mut texts = Vec::new();
    for period in version.take_all("DatePeriod") {
        texts.extend(dates::period(&key, period, &mut reading.issues).map(shown));
    }
    for mut detail in version.take_all("VersionDetail") {
        detail.take_attribute("DetailTypeID");
        let reference = detail.take_attribute("DetailReferenceID");
        texts.push(std::mem::take(&mut detail.text));
        texts.push(reading.code(&key, "DetailReference", &reference));
        unknown(&key, detail.leftovers(), &mut reading.issues);
    }
    for mut location in version.take_all("VersionLocation") {
        let number = location.take_attribute("LocationID");
        unknown(&key, location.leftovers(), &mut reading.issues);
        let Some(place) = reading.places.get(&number).cloned() else {
            let message = "no place of this file has the number";
            reading.issues.push(Issue::new(&key, "LocationID", IssueKind::Orphan, &number, message));
            continue;
        };
        if words == ADDRESS && reliability != FALSE {
            let addresses = place.iter().filter_map(|postal| postal.address(&key, &mut reading.issues));
            addresses.for_each(|address| party.add_address(address));
            continue;
        }
        texts.push(
            place.first().map(|postal| in_words(postal, &key, &mut reading.issues)).unwrap_or_default(),
        );
    }
    unknown(&key, version.leftovers(), &mut reading.issues);
    let mut told = texts.iter().filter(|text| !text.is_empty());
    let text = told.next().cloned().unwrap_or_default();
    let more: Vec<&String> = told.collect();
    if reliability == FALSE {
        party.note(&format!("Reported as false: {words} {text}"));
        return;
    }
    match (text.as_str(), words) {
        ("", ADDRESS) => {}
        ("", _) => {
            let message = "a feature without a value";
            reading.issues.push(Issue::new(&key, "FeatureVersion", IssueKind::Missing, words, message));
        }
        (text, _) => facts::read_fact(party, words, text, &mut reading.issues),
    }
    for more in more {
        party.note(&format!("{words} {text}: {more}"));
    }
    if !comment.is_empty() {
        party.note(&format!("{words} {text}: {comment}"));
    }
}

/// A place as a text: the name of a country, or all of its parts.
fn in_words(postal: &Postal, key: &str, issues: &mut Vec<Issue>) -> String {
    if postal.is_country() {
        return postal.country.clone();
    }
    postal.address(key, issues).map(|address| address.line()).unwrap_or_default()
}
