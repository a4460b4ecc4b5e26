//! What could not be understood in a list record, so that nothing is lost silently.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why an issue was raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueKind {
    /// An element, column or property the format does not know.
    UnknownField,
    /// A code, country, identifier type or programme missing from our tables.
    UnknownValue,
    /// Text that does not follow the field's grammar.
    Unparsed,
    /// A required field is missing or empty.
    Missing,
    /// A reference to a record that is not in the file.
    Orphan,
    /// A name or number that could mean more than one record.
    Ambiguous,
    /// A check digit or format rule fails.
    CheckFailed,
    /// The record could not be kept at all.
    Dropped,
}

/// One thing in one record of a list that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Issue {
    /// The publisher's key of the record, or `line N` / `file` when it has none.
    pub record: String,
    /// The field, column or element.
    pub field: String,
    /// Why it was raised.
    pub kind: IssueKind,
    /// The published text, cut at 200 characters.
    pub value: String,
    /// What was expected, in one phrase without a full stop.
    pub message: String,
}

impl Issue {
    /// An issue about `value` in `field` of `record`.
    pub fn new(record: &str, field: &str, kind: IssueKind, value: &str, message: &str) -> Self {
        Self {
            record: record.to_owned(),
            field: field.to_owned(),
            kind,
            value: value.chars().take(200).collect(),
            message: message.to_owned(),
        }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "record {}, field {}: {} (`{}`)", self.record, self.field, self.message, self.value)
    }
}
