//! What reading every kind of record has in common: values of a kind, and issues about the others.

use super::wire::{FtmEntity, FtmValue};
use crate::{Country, Issue, IssueKind, PartialDate};

/// The issues of one record while it is read.
pub(super) struct Reader<'a> {
    record: &'a str,
    pub(super) issues: Vec<Issue>,
}

impl<'a> Reader<'a> {
    pub(super) fn of(wire: &'a FtmEntity) -> Self {
        Self { record: &wire.id, issues: Vec::new() }
    }

    pub(super) fn issue(&mut self, property: &str, kind: IssueKind, value: &str, message: &str) {
        self.issues.push(Issue::new(self.record, property, kind, value, message));
    }

    pub(super) fn date(&mut self, property: &str, text: &str) -> Option<PartialDate> {
        let read = PartialDate::parse(text);
        if let Err(error) = &read {
            self.issue(property, IssueKind::Unparsed, text, &error.to_string());
        }
        read.ok()
    }

    pub(super) fn country(&mut self, property: &str, text: &str) -> Option<Country> {
        let read = Country::parse(text);
        if let Err(error) = &read {
            self.issue(property, IssueKind::UnknownValue, text, &error.to_string());
        }
        read.ok()
    }

    /// Every date of a property, oldest first.
    pub(super) fn dates(&mut self, wire: &FtmEntity, property: &str) -> Vec<PartialDate> {
        let mut dates: Vec<PartialDate> =
            wire.texts(property).filter_map(|text| self.date(property, text)).collect();
        dates.sort_unstable();
        dates.dedup();
        dates
    }

    /// An issue for each property that is neither read nor passed over on purpose.
    pub(super) fn unknown(&mut self, wire: &FtmEntity, read: &[&str], passed_over: &[&str]) {
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
pub(super) const ABOUT_THE_RECORD: [&str; 11] = [
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
