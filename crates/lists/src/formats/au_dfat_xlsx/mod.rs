//! Australia's Consolidated List as a workbook: one row for each name of an entry.
//!
//! In: the one workbook. Out: a snapshot. Rows whose references differ in the letters at their end alone are one entry,
//! whose key is the number: `2`, `2a` and `2b`. What the rows of one entry say differently (another date of birth under
//! another name) is added up. The file carries no date.

mod committees;
mod dates;
mod record;

use super::table::Record;
use super::workbook::Shape;
use super::{ListFormat, SourceFile};
use crate::ListError;
use cordon_model::{Issue, IssueKind, Snapshot};
use std::collections::BTreeMap;

/// The format.
pub(super) struct AuDfatXlsx;

static SHAPE: Shape = Shape {
    title: "Australia DFAT workbook",
    required: &["reference", "name_of_individual_or_entity", "name_type", "committees"],
};

/// Every column that is read.
const COLUMNS: [&str; 12] = [
    "reference",
    "name_of_individual_or_entity",
    "type",
    "name_type",
    "date_of_birth",
    "place_of_birth",
    "citizenship",
    "address",
    "additional_information",
    "listing_information",
    "committees",
    "control_date",
];

impl ListFormat for AuDfatXlsx {
    fn id(&self) -> &'static str {
        "au_dfat_xlsx"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        // A workbook is unpacked whole to see what it is, which is spared where there is no choice.
        let fitting = match files {
            [file] => Some(file),
            _ => files.iter().find(|file| SHAPE.fits(file.bytes)).or_else(|| files.first()),
        };
        let file = fitting.ok_or_else(|| ListError::MissingFile {
            file: "Australian_Sanctions_Consolidated_List.xlsx".to_owned(),
            given: "none".to_owned(),
        })?;
        let sheet = SHAPE.read(file)?;
        let mut issues = Vec::new();
        for column in
            sheet.columns.iter().filter(|name| !name.is_empty() && !COLUMNS.contains(&name.as_str()))
        {
            let message = "a column the format does not know; its cells are kept as notes";
            issues.push(Issue::new("file", column, IssueKind::UnknownField, column, message));
        }
        let entries = group(sheet.records, &mut issues);
        let read = |(key, rows): (String, Vec<Record>)| record::read(list, &key, rows, &mut issues);
        let entities = entries.into_iter().filter_map(read).collect();
        Ok(Snapshot::new(list, None, entities, issues))
    }
}

/// The rows of each entry, by its number.
fn group(records: Vec<Record>, issues: &mut Vec<Issue>) -> BTreeMap<String, Vec<Record>> {
    let mut entries: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for record in records {
        let reference = record.get("reference");
        let number: String = reference.chars().take_while(char::is_ascii_digit).collect();
        if number.is_empty() {
            let name = record.get("name_of_individual_or_entity");
            let message = "a row whose reference does not begin with a number";
            let value = if name.is_empty() { reference } else { name };
            issues.push(Issue::new(&record.place, "reference", IssueKind::Dropped, value, message));
        } else {
            entries.entry(number).or_default().push(record);
        }
    }
    entries
}
