//! One `Designation` to an entity: every field is taken out of the record, what is left is an issue.

use super::{OFSI_LIST, UK_LIST, facts, measures, names, numbers, regimes};
use crate::formats::draft::Draft;
use crate::formats::links::{self, Party, UN_LIST};
use crate::formats::mentions;
use crate::formats::xml::Element;
use crate::programs::authority;
use cordon_model::{Designation, Issue, IssueKind, PartialDate, Schema};

/// Words for the links to parties that texts mention.
const OTHER_INFORMATION: &str = "named in the other information";
const REASONS: &str = "named in the statement of reasons";

/// `IndividualEntityShip` → kind of party.
const KINDS: &[(&str, Schema)] =
    &[("Individual", Schema::Person), ("Entity", Schema::Organization), ("Ship", Schema::Vessel)];

/// `DesignationSource`: who decided first.
const SOURCES: [&str; 3] = ["UK", "UN", "UK and UN"];

/// The field that names a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    /// The unique id of the UK Sanctions List; a record without one goes by its group id.
    Unique,
    /// The group id of the Treasury's list.
    Group,
}

/// Reads a record of the UK Sanctions List; `None` with an issue when it has no name or nothing to identify it by.
pub(super) fn read(list: &str, element: Element, issues: &mut Vec<Issue>) -> Option<Party> {
    read_keyed(list, element, issues, Key::Unique)
}

/// Reads a record of the Treasury's list.
pub(super) fn read_group(list: &str, element: Element, issues: &mut Vec<Issue>) -> Option<Party> {
    read_keyed(list, element, issues, Key::Group)
}

fn read_keyed(list: &str, mut element: Element, issues: &mut Vec<Issue>, by: Key) -> Option<Party> {
    let [unique, group] = ["UniqueID", "OFSIGroupID"].map(|field| element.take_text(field));
    let key = if by == Key::Group || unique.is_empty() { &group } else { &unique };
    if key.is_empty() {
        let message = "a record without unique id and group id";
        let value = element.leftovers().into_iter().next().map(|(_, value)| value).unwrap_or_default();
        issues.push(Issue::new("file", "UniqueID", IssueKind::Dropped, &value, message));
        return None;
    }
    let mut draft = Draft::new(list, key, Schema::LegalEntity, issues);
    if by == Key::Unique && unique.is_empty() {
        draft.issue("UniqueID", IssueKind::Missing, "", "the group id is used in its place");
    }
    draft.entity.schema = schema(&mut draft, &element.take_text("IndividualEntityShip"));
    let (other_list, other_key) = if by == Key::Group { (UK_LIST, &unique) } else { (OFSI_LIST, &group) };
    draft.refer(other_list, other_key);
    let un_references = read_un_references(&mut draft, &element.take_text("UNReferenceNumber"));
    names::read(&mut draft, &mut element);
    facts::read(&mut draft, &mut element);
    // Rows of one party may say different things.
    let [other, reasons] =
        ["OtherInformation", "UKStatementofReasons"].map(|field| texts(&mut element, field).join(" "));
    draft.read_prose("OtherInformation", &other);
    names::read_remark(&mut draft, &other);
    numbers::read_ledgers(&mut draft, "OtherInformation", &other);
    draft.entity.relations.extend(links::relatives(&other));
    let reference = if unique.is_empty() { &group } else { &unique };
    read_designations(&mut draft, &mut element, reference, &reasons);
    draft.leftovers(&element);
    let texts = vec![(other, OTHER_INFORMATION), (reasons, REASONS)];
    let entity = draft.finish("Names")?;
    Some(Party { entity, un_references, texts })
}

fn schema(draft: &mut Draft<'_>, said: &str) -> Schema {
    let found = KINDS.iter().find(|row| row.0.eq_ignore_ascii_case(said)).map(|row| row.1);
    found.unwrap_or_else(|| {
        let kind = if said.is_empty() { IssueKind::Missing } else { IssueKind::UnknownValue };
        draft.issue("IndividualEntityShip", kind, said, "an individual, an entity or a ship was expected");
        Schema::LegalEntity
    })
}

/// The party's reference numbers on the UN list; a number of another form is a remark.
fn read_un_references(draft: &mut Draft<'_>, said: &str) -> Vec<String> {
    let found = mentions::references(said);
    for reference in &found {
        draft.refer(UN_LIST, reference);
    }
    if found.is_empty() && !said.is_empty() {
        draft.note(&format!("UN reference: {said}"));
    }
    found
}

/// One designation for each regime. As many days as regimes belong to one each, otherwise the first to all.
fn read_designations(draft: &mut Draft<'_>, element: &mut Element, reference: &str, reasons: &str) {
    let mut regimes = texts(element, "RegimeName");
    if regimes.is_empty() {
        draft.issue("RegimeName", IssueKind::Missing, "", "the regime is missing");
        regimes.push(String::new());
    }
    let days = texts(element, "DateDesignated");
    if days.is_empty() {
        draft.issue("DateDesignated", IssueKind::Missing, "", "the day of designation is missing");
    }
    let days: Vec<Option<PartialDate>> =
        days.iter().map(|day| draft.read_date("DateDesignated", day)).collect();
    let updated = texts(element, "LastUpdated");
    let updated: Vec<PartialDate> =
        updated.iter().filter_map(|day| draft.read_date("LastUpdated", day)).collect();
    read_source(draft, &element.take_text("DesignationSource"));
    let mut named = measures::named(draft, element);
    for (at, regime) in regimes.iter().enumerate() {
        let program = regimes::of_name(regime);
        if program.is_none() && !regime.is_empty() {
            draft.issue("RegimeName", IssueKind::UnknownValue, regime, "not a regime we know");
        }
        if named.is_empty() {
            named = measures::of_program(draft, program);
        }
        let listed = if days.len() == regimes.len() { days[at] } else { days.first().copied().flatten() };
        let mut amended: Vec<PartialDate> =
            updated.iter().copied().filter(|day| Some(*day) != listed).collect();
        amended.sort_unstable();
        draft.entity.designations.push(Designation {
            authority: authority::UK.to_owned(),
            title: program.map(|program| program.title.to_owned()).unwrap_or_default(),
            program: program.map_or(regime.clone(), |program| program.code.to_owned()),
            reference: reference.to_owned(),
            measures: named.clone(),
            listed,
            amended,
            reason: reasons.to_owned(),
            ..Designation::default()
        });
    }
}

/// The texts of all children of this name, each once.
fn texts(element: &mut Element, name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    loop {
        let text = element.take_text(name);
        if text.is_empty() {
            return found;
        }
        if !found.contains(&text) {
            found.push(text);
        }
    }
}

fn read_source(draft: &mut Draft<'_>, source: &str) {
    if !source.is_empty() && !SOURCES.contains(&source) {
        draft.issue("DesignationSource", IssueKind::UnknownValue, source, "`UK` or `UN` was expected");
    }
    if source.contains("UN") {
        draft.note(&format!("Designation source: {source}"));
    }
}
