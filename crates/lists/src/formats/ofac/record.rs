//! Helpers of the XML formats: what is left of elements, and the snapshot at the end.

use super::party::Party;
use super::{links, ties};
use crate::formats::xml::Element;
use cordon_model::{Issue, IssueKind, NameKind, Snapshot};
use jiff::civil::Date;

/// An issue for each element or attribute that was not taken out.
pub(in crate::formats) fn unknown(record: &str, leftovers: Vec<(String, String)>, issues: &mut Vec<Issue>) {
    for (path, value) in leftovers.into_iter().filter(|(_, value)| !value.is_empty()) {
        let message = "an element or attribute the format does not know, or one repeated";
        issues.push(Issue::new(record, &path, IssueKind::UnknownField, &value, message));
    }
}

/// The texts of the children `item` of the list `list`; what else they hold is an issue.
pub(in crate::formats) fn texts(
    record: &str,
    element: &mut Element,
    [list, item]: [&str; 2],
    issues: &mut Vec<Issue>,
) -> Vec<String> {
    let mut found = Vec::new();
    for mut child in element.take_items(list, item) {
        found.push(std::mem::take(&mut child.text));
        unknown(record, child.leftovers(), issues);
    }
    found.retain(|text| !text.is_empty());
    found
}

/// Whether a party can be kept: it has a name. One without is an issue; one whose names are all aliases is kept, and is
/// an issue.
pub(in crate::formats) fn has_name(party: &Party, issues: &mut Vec<Issue>) -> bool {
    let key = party.entity.id.key();
    if party.entity.names.is_empty() {
        let message = "a party without a name cannot be kept";
        issues.push(Issue::new(key, "name", IssueKind::Dropped, "", message));
        return false;
    }
    if party.entity.names.iter().all(|name| name.kind != NameKind::Primary) {
        let message = "no name is marked as the primary one";
        issues.push(Issue::new(key, "name", IssueKind::Missing, party.entity.caption(), message));
    }
    true
}

/// The whole list, published on a day; without the day it is an issue about `field`, which holds `text`.
pub(in crate::formats) fn finish(
    list: &str,
    (field, text): (&str, &str),
    day: Option<Date>,
    mut parties: Vec<Party>,
    mut issues: Vec<Issue>,
) -> Snapshot {
    if day.is_none() {
        let kind = if text.is_empty() { IssueKind::Missing } else { IssueKind::Unparsed };
        issues.push(Issue::new("file", field, kind, text, "a day was expected"));
    }
    ties::resolve(&mut parties, &mut issues);
    links::resolve(&mut parties, &mut issues);
    let entities = parties.into_iter().map(|party| party.entity).collect();
    Snapshot::new(list, day, entities, issues)
}
