//! One `SanctionsEntry`: on which list a profile stands since when, under which programmes, and what that forbids.

use super::{Reading, dates};
use crate::formats::ofac::record::unknown;
use crate::formats::xml::Element;
use cordon_model::{Issue, IssueKind, PartialDate};

/// The kind of measure whose comment is the code of a programme.
const PROGRAM: &str = "Program";
/// An event that puts a party on a list.
const CREATED: &str = "Created";
/// A legal basis that says nothing.
const NO_BASIS: &str = "Unknown";

/// Reads an entry into the standing of its party.
pub(super) fn read(reading: &mut Reading<'_>, mut entry: Element) {
    let [profile, list] = ["ProfileID", "ListID"].map(|name| entry.take_attribute(name));
    entry.take_attribute("ID");
    let Some(at) = reading.party_of("SanctionsEntry", &profile) else { return };
    let key = reading.parties[at].entity.id.key().to_owned();
    let list = reading.code(&key, "List", &list);
    reading.standings[at].add_list(&list, None);
    for event in entry.take_all("EntryEvent") {
        read_event(reading, at, &key, &list, event);
    }
    for measure in entry.take_all("SanctionsMeasure") {
        read_measure(reading, at, &key, measure);
    }
    unknown(&key, entry.leftovers(), &mut reading.issues);
}

fn read_event(reading: &mut Reading<'_>, at: usize, key: &str, list: &str, mut event: Element) {
    let [kind, basis] = ["EntryEventTypeID", "LegalBasisID"].map(|name| event.take_attribute(name));
    event.take_attribute("ID");
    let kind = reading.code(key, "EntryEventType", &kind);
    let basis = reading.code(key, "LegalBasis", &basis);
    let comment = event.take_text("Comment");
    let mut day = None;
    for mut date in event.take_all("Date") {
        dates::without_flags(&mut date);
        let read = dates::point(&mut date);
        day = read.and_then(|(year, month, day)| PartialDate::point(year, Some(month), Some(day)));
        unknown(key, date.leftovers(), &mut reading.issues);
    }
    unknown(key, event.leftovers(), &mut reading.issues);
    if day.is_none() {
        let message = "the day of the event was expected";
        reading.issues.push(Issue::new(key, "EntryEvent", IssueKind::Missing, &kind, message));
    }
    if kind == CREATED {
        reading.standings[at].add_list(list, day);
    } else {
        let shown = day.map(|day| day.to_string()).unwrap_or_default();
        reading.parties[at].note(&format!("{list}: {kind} {shown}"));
        let message = "not an event we know; kept as a note";
        reading.issues.push(Issue::new(key, "EntryEventType", IssueKind::UnknownValue, &kind, message));
    }
    if basis != NO_BASIS && !basis.is_empty() {
        reading.standings[at].add_authority(&basis);
    }
    reading.parties[at].note(&comment);
}

fn read_measure(reading: &mut Reading<'_>, at: usize, key: &str, mut measure: Element) {
    measure.take_attribute("ID");
    let kind = reading.code(key, "SanctionsType", &measure.take_attribute("SanctionsTypeID"));
    let comment = measure.take_text("Comment");
    for mut period in measure.take_all("DatePeriod") {
        dates::without_flags(&mut period);
        unknown(key, period.leftovers(), &mut reading.issues);
    }
    unknown(key, measure.leftovers(), &mut reading.issues);
    let party = &mut reading.parties[at];
    if kind != PROGRAM {
        reading.standings[at].add_kind(&kind);
        party.note(&comment);
    } else if comment.is_empty() {
        reading.issues.push(party.without_program("SanctionsMeasure"));
    } else if !party.entity.designations.iter().any(|one| one.program == comment) {
        party.add_program("SanctionsMeasure", &comment, &mut reading.issues);
    }
}
