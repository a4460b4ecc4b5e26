//! A list of one's own as a table: one row a party, columns told by their names.
//!
//! In: text separated by commas, semicolons or tabs with a header, in UTF-8. What a column is called is read as in
//! customer files ([`cordon_model::columns`]), beside words of lists: programme, day of listing, last day, reason.
//! Rows of one key are one party, so that aliases may have rows of their own; without a column of keys the key is a
//! digest of name and date of birth. Out: a snapshot without a date. A column that is not understood is an issue, and
//! its cells are kept as notes. Recognised only where no other format is.

mod columns;
mod reading;
mod row;

use super::table::{self, Record};
use super::{FORMATS, ListFormat, SourceFile, describe};
use crate::ListError;
use columns::Layout;
use cordon_model::{Issue, IssueKind, Snapshot};
pub use reading::Reading;
use row::Party;
use std::collections::BTreeMap;

/// The format.
pub(super) struct PlainCsv;

/// The format, for a table whose owner says how it is read.
#[derive(Debug)]
pub struct OwnTable(pub Reading);

const TITLE: &str = "a table with a column of names";

impl ListFormat for PlainCsv {
    fn id(&self) -> &'static str {
        "plain_csv"
    }

    fn title(&self) -> &'static str {
        TITLE
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        let others = || FORMATS.iter().filter(|format| format.id() != self.id());
        matches!(files, [file] if Layout::of(file.bytes, &Reading::default()).is_some())
            && !others().any(|format| format.recognises(files))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        read(list, files, &Reading::default())
    }
}

impl ListFormat for OwnTable {
    fn id(&self) -> &'static str {
        PlainCsv.id()
    }

    fn title(&self) -> &'static str {
        TITLE
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        matches!(files, [file] if Layout::of(file.bytes, &self.0).is_some())
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        read(list, files, &self.0)
    }
}

fn read(list: &str, files: &[SourceFile<'_>], reading: &Reading) -> Result<Snapshot, ListError> {
    let file = files
        .first()
        .ok_or_else(|| ListError::MissingFile { file: "list.csv".to_owned(), given: "none".to_owned() })?;
    if file.bytes.is_empty() {
        return Err(ListError::Empty { file: file.name.to_owned() });
    }
    let wrong = |expected: String, found: String| ListError::NotThisFormat {
        file: file.name.to_owned(),
        expected,
        found,
    };
    let layout =
        Layout::of(file.bytes, reading).ok_or_else(|| wrong(TITLE.to_owned(), describe(file.bytes)))?;
    let names = layout.names();
    if let Some(missing) = reading.named().find(|column| !names.iter().any(|name| name == column)) {
        return Err(wrong(format!("a column `{missing}`"), format!("columns {}", names.join(", "))));
    }
    let mut issues = Vec::new();
    for name in layout.unknown() {
        let message = "a column we do not understand; its cells are kept as notes";
        issues.push(Issue::new("file", name, IssueKind::UnknownField, name, message));
    }
    let names = names.into();
    let records = table::rows(file, table::without_bom(file.bytes), layout.delimiter, &names, &mut issues)?;
    let mut parties: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for record in records {
        parties.entry(layout.key(&record)).or_default().push(record);
    }
    let mut entities = Vec::new();
    for (key, records) in parties {
        let mut party = Party::new(list, &key, reading.act(), &mut issues);
        for record in records {
            party.read(record, &layout);
        }
        entities.extend(party.finish());
    }
    Ok(Snapshot::new(list, None, entities, issues))
}
