//! The snapshot being made of one file whose records come one by one.
//!
//! In: records, and what stands beside them. Out: a snapshot whose links are resolved. Absent: what the records mean.

use super::SourceFile;
use super::links::{self, Party};
use super::xml::Element;
use crate::ListError;
use cordon_model::{Issue, IssueKind, PartialDate, Snapshot};
use std::collections::BTreeMap;

/// The file that fits, else the first one; an error without any, which names the usual file.
pub(super) fn pick<'a, 'b>(
    files: &'b [SourceFile<'a>],
    fits: impl Fn(&SourceFile<'a>) -> bool,
    usual: &str,
) -> Result<&'b SourceFile<'a>, ListError> {
    files
        .iter()
        .find(|file| fits(file))
        .or_else(|| files.first())
        .ok_or_else(|| ListError::MissingFile { file: usual.to_owned(), given: "none".to_owned() })
}

/// Records that are spread over several rows, by key, in the order of their first rows.
#[derive(Default)]
pub(super) struct Groups {
    elements: Vec<Element>,
    places: BTreeMap<String, usize>,
}

impl Groups {
    /// The record of a key, made when it is not there yet.
    pub(super) fn of(&mut self, key: &str, make: impl FnOnce(&str) -> Element) -> &mut Element {
        let at = *self.places.entry(key.to_owned()).or_insert_with(|| {
            self.elements.push(make(key));
            self.elements.len() - 1
        });
        &mut self.elements[at]
    }

    pub(super) fn into_elements(self) -> Vec<Element> {
        self.elements
    }
}

/// A list while it is being read.
pub(super) struct Reading<'a> {
    list: &'a str,
    parties: Vec<Party>,
    pub(super) issues: Vec<Issue>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(list: &'a str) -> Self {
        Self { list, parties: Vec::new(), issues: Vec::new() }
    }

    /// Reads one record; one that cannot be kept leaves an issue.
    pub(super) fn record(
        &mut self,
        element: Element,
        read: impl FnOnce(&str, Element, &mut Vec<Issue>) -> Option<Party>,
    ) {
        let party = read(self.list, element, &mut self.issues);
        self.parties.extend(party);
    }

    /// An issue for each element or attribute outside the records that is left over.
    pub(super) fn unknown(&mut self, leftovers: Vec<(String, String)>) {
        for (path, value) in leftovers {
            let message = "an element or attribute the format does not know";
            self.issues.push(Issue::new("file", &path, IssueKind::UnknownField, &value, message));
        }
    }

    /// The whole list, published on the day a field holds.
    pub(super) fn finish(mut self, field: &str, published: &str) -> Snapshot {
        let day = PartialDate::parse(published).ok().and_then(PartialDate::exact_day);
        let date =
            day.and_then(|(year, month, day)| jiff::civil::Date::new(year, month as i8, day as i8).ok());
        if date.is_none() {
            let kind = if published.is_empty() { IssueKind::Missing } else { IssueKind::Unparsed };
            self.issues.push(Issue::new("file", field, kind, published, "a day was expected"));
        }
        Snapshot::new(self.list, date, links::resolve(self.parties), self.issues)
    }
}
