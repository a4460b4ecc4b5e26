//! One `INDIVIDUAL` or `ENTITY` to an entity: every field is taken out of the record, what is left is an issue.

use super::aliases::read_alias;
use super::cells;
use super::dates::{read_birth_date, without_zone};
use super::documents::read_document;
use super::places::{read_address, read_birth_place, read_country};
use super::{Draft, regimes};
use crate::formats::prose::enumerated;
use crate::formats::xml::Element;
use crate::formats::{mentions, prose};
use crate::programs::authority;
use cordon_model::{
    CountryRole, Designation, Direction, Entity, EntityId, Issue, IssueKind, Name, NameKind, PartialDate,
    Relation, RelationKind, Schema,
};

/// Fields that serve the publisher's display and version control.
const PASSED_OVER: [&str; 3] = ["VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD"];

/// Reads a record; `None` with an issue when it has no name or nothing to identify it by.
pub(super) fn read(list: &str, mut record: Element, issues: &mut Vec<Issue>) -> Option<Entity> {
    let person = record.name == "INDIVIDUAL";
    let reference = record.take_text("REFERENCE_NUMBER");
    let data_id = record.take_text("DATAID");
    let key = if reference.is_empty() { &data_id } else { &reference };
    if key.is_empty() {
        let name = record.take_text("FIRST_NAME");
        let message = "a record without reference number and data id";
        issues.push(Issue::new("file", &record.name, IssueKind::Dropped, &name, message));
        return None;
    }
    let schema = if person { Schema::Person } else { Schema::Organization };
    let entity = Entity::new(EntityId::new(list, key), schema);
    let mut draft = Draft { entity, list, key: key.clone(), issues };
    if reference.is_empty() {
        draft.issue("REFERENCE_NUMBER", IssueKind::Missing, "", "the data id is used in its place");
    }
    if !reference.is_empty() && !data_id.is_empty() {
        draft.entity.referents.push(format!("{list}:{data_id}"));
    }
    for field in PASSED_OVER {
        record.take_text(field);
    }
    let comments = record.take_text("COMMENTS1");
    read_comments(&mut draft, &comments, person);
    read_names(&mut draft, &mut record, person);
    read_facts(&mut draft, &mut record);
    read_designation(&mut draft, &mut record, &reference, &comments, person);
    draft.entity.add("topics", "sanction");
    record.text.clear();
    for child in &record.children {
        draft.leftovers(child);
    }
    let attributes = Element { children: Vec::new(), ..record };
    draft.leftovers(&attributes);
    if draft.entity.names.is_empty() {
        draft.issue("FIRST_NAME", IssueKind::Dropped, "", "a record without any name");
        return None;
    }
    Some(draft.entity)
}

fn read_names(draft: &mut Draft<'_>, record: &mut Element, person: bool) {
    let parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"].map(|part| record.take_text(part));
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let whole = parts.join(" ");
    if whole.is_empty() {
        draft.issue(
            "FIRST_NAME",
            IssueKind::Missing,
            "",
            "the primary name is missing; an alias takes its place",
        );
    }
    read_cell(draft, "FIRST_NAME", &whole, !person, NameKind::Primary, NameKind::Alias);
    let original = record.take_text("NAME_ORIGINAL_SCRIPT");
    let kind = NameKind::OriginalScript;
    read_cell(draft, "NAME_ORIGINAL_SCRIPT", &original, !person, kind, kind);
    for alias in record.take_all(if person { "INDIVIDUAL_ALIAS" } else { "ENTITY_ALIAS" }) {
        read_alias(draft, alias, !person);
    }
}

/// Adds the first name of a cell as one kind and the others as another.
fn read_cell(
    draft: &mut Draft<'_>,
    field: &str,
    cell: &str,
    organisation: bool,
    first: NameKind,
    rest: NameKind,
) {
    if cell.contains(char::REPLACEMENT_CHARACTER) {
        draft.issue(field, IssueKind::CheckFailed, cell, "letters of this name were lost before publication");
    }
    let found = cells::split(cell, organisation);
    for (index, name) in found.names.iter().enumerate() {
        let kind = if index == 0 { first } else { rest };
        let mut read = Name::new(kind, &name.text).from_cell(cell);
        read.language = name.language.map(str::to_owned);
        draft.entity.add_name(read);
    }
    for remark in &found.remarks {
        draft.note(&format!("{cell}: {remark}"));
    }
    for bracket in &found.unclear {
        draft.issue(field, IssueKind::Unparsed, bracket, "a bracket we do not understand; kept in the name");
    }
}

fn read_facts(draft: &mut Draft<'_>, record: &mut Element) {
    for element in record.take_all("INDIVIDUAL_DATE_OF_BIRTH") {
        read_birth_date(draft, element);
    }
    for element in record.take_all("INDIVIDUAL_PLACE_OF_BIRTH") {
        read_birth_place(draft, element);
    }
    for cell in values(draft, record, "NATIONALITY").into_iter().chain([record.take_text("NATIONALITY2")]) {
        read_country(draft, CountryRole::Nationality, "NATIONALITY", "Nationality", &cell);
    }
    for element in record.take_all("INDIVIDUAL_DOCUMENT") {
        read_document(draft, element);
    }
    for field in ["INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS"] {
        for element in record.take_all(field) {
            read_address(draft, element);
        }
    }
    for title in values(draft, record, "TITLE") {
        draft.entity.add("title", &title);
    }
    for position in values(draft, record, "DESIGNATION") {
        for item in enumerated(&position).iter().flat_map(|item| item.split(';')) {
            draft.entity.add("position", item);
        }
    }
    read_gender(draft, &record.take_text("GENDER"));
    for (field, label) in [("SUBMITTED_BY", "Submitted by"), ("SUBMITTED_ON", "Submitted on")] {
        let said = record.take_text(field);
        if !said.is_empty() {
            draft.note(&format!("{label} {said}"));
        }
    }
}

/// The values of a field that holds `VALUE` elements, or one text.
fn values(draft: &mut Draft<'_>, record: &mut Element, field: &str) -> Vec<String> {
    let mut found = Vec::new();
    for mut element in record.take_all(field) {
        found.push(std::mem::take(&mut element.text));
        for mut value in element.take_all("VALUE") {
            found.push(std::mem::take(&mut value.text));
            draft.leftovers(&value);
        }
        draft.leftovers(&element);
    }
    found.retain(|text| !text.is_empty());
    found
}

fn read_gender(draft: &mut Draft<'_>, said: &str) {
    match said.to_lowercase().as_str() {
        "" | "unknown" => {}
        gender @ ("male" | "female") => draft.entity.add("gender", gender),
        _ => draft.issue("GENDER", IssueKind::UnknownValue, said, "`Male` or `Female` was expected"),
    }
}

/// The comments are kept whole; what can be taken from them for sure becomes facts.
fn read_comments(draft: &mut Draft<'_>, comments: &str, person: bool) {
    draft.note(comments);
    for identifier in prose::identifiers(comments, !person) {
        draft.add_identifier(identifier);
    }
    for (property, value) in mentions::contacts(comments) {
        draft.entity.add(property, &value);
    }
    for link in mentions::notices(comments) {
        draft.entity.add("sourceUrl", link);
    }
    for reference in mentions::old_references(comments) {
        draft.entity.referents.push(format!("{}:{reference}", draft.list));
    }
    if person {
        if let Some(gender) = mentions::gender(comments) {
            draft.entity.add("gender", gender);
        }
        for (property, name) in mentions::parents(comments) {
            draft.entity.add(property, &name);
        }
    }
    for reference in mentions::references(comments).into_iter().filter(|reference| *reference != draft.key) {
        let mut link =
            Relation::to_name(RelationKind::Unknown, Direction::Outgoing, "", "named in the comments");
        link.other = Some(EntityId::new(draft.list, &reference).as_str().to_owned());
        draft.entity.relations.push(link);
    }
}

fn read_designation(
    draft: &mut Draft<'_>,
    record: &mut Element,
    reference: &str,
    comments: &str,
    person: bool,
) {
    let list_type = record.take_text("UN_LIST_TYPE");
    let program = regimes::of_list_type(&list_type);
    if list_type.is_empty() {
        draft.issue("UN_LIST_TYPE", IssueKind::Missing, "", "the regime is missing");
    } else if program.is_none() {
        draft.issue("UN_LIST_TYPE", IssueKind::UnknownValue, &list_type, "not a regime we know");
    }
    for kind in values(draft, record, "LIST_TYPE").iter().filter(|kind| *kind != "UN List") {
        draft.issue("LIST_TYPE", IssueKind::UnknownValue, kind, "`UN List` was expected");
    }
    let mut amended: Vec<PartialDate> = values(draft, record, "LAST_DAY_UPDATED")
        .iter()
        .filter_map(|text| day(draft, "LAST_DAY_UPDATED", text))
        .collect();
    amended.sort_unstable();
    amended.dedup();
    let (listed, ended) = (record.take_text("LISTED_ON"), record.take_text("DELISTED_ON"));
    if listed.is_empty() {
        draft.issue("LISTED_ON", IssueKind::Missing, "", "the day of listing is missing");
    }
    let designation = Designation {
        authority: authority::UN.to_owned(),
        program: program.map_or(list_type, |program| program.code.to_owned()),
        title: program.map(|program| program.title.to_owned()).unwrap_or_default(),
        reference: reference.to_owned(),
        measures: regimes::measures(program, comments, person),
        listed: day(draft, "LISTED_ON", &listed),
        amended,
        ended: day(draft, "DELISTED_ON", &ended),
        ..Designation::default()
    };
    draft.entity.designations.push(designation);
}

fn day(draft: &mut Draft<'_>, field: &str, text: &str) -> Option<PartialDate> {
    if text.is_empty() {
        return None;
    }
    let read = PartialDate::parse(without_zone(text));
    if let Err(error) = &read {
        draft.issue(field, IssueKind::Unparsed, text, &error.to_string());
    }
    read.ok()
}
