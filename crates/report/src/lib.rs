//! Answers for people: entities and evidence in words, and reports on many rows as page, spreadsheet and JSON Lines.
//!
//! In: screened rows, what was checked, a writer. Out: the report, written as rows come, holding one row at a time.
//! Deliberately absent: where a report goes (writers are passed in), the clock, terminals, servers.

mod change;
mod lines;
mod page;
pub mod past;
pub mod picture;
mod sheet;
pub mod shown;
pub mod view;

pub use change::lines_of;
pub use lines::{jsonl, line};
pub use page::page;
pub use sheet::{explanation, guarded, sheet, written};

use cordon_model::Digest;
use cordon_screening::batch::Screened;
use cordon_screening::input::{Column, Form, Input};
use cordon_screening::wire::{Checked, Summary};
use jiff::Timestamp;
use std::io;

/// The style sheet of reports, for other pages that are to look alike.
pub const STYLE: &str = include_str!("../templates/report/style.css");

/// What a report says before its rows.
#[derive(Debug, Clone)]
pub struct Heading {
    /// What was screened: a file's name, or the name asked for.
    pub subject: String,
    /// Whether the subject is a file, which is digested.
    pub is_file: bool,
    /// When it was begun.
    pub started: Timestamp,
    /// What the answers rest on.
    pub checked: Checked,
    /// Digest of `checked`.
    pub digest: Digest,
    /// Least score of a match, 0 to 1.
    pub threshold: f64,
    /// What people must know of the lists.
    pub warnings: Vec<String>,
    /// What was found of the file: encoding, columns.
    pub remarks: Vec<String>,
    /// Columns of a CSV file; empty for others.
    pub columns: Vec<String>,
    /// Day the lists were asked for, if not today's.
    pub as_of: Option<String>,
}

impl Heading {
    /// The same with what was found of the file.
    #[must_use]
    pub fn with_file<R: io::Read>(self, rows: &Input<R>) -> Self {
        let mut remarks = rows.remarks().to_vec();
        remarks.extend(rows.columns().iter().map(column_line));
        let columns = match rows.form() {
            Form::Delimited => rows.columns().iter().map(|column| column.name.clone()).collect(),
            Form::JsonLines => Vec::new(),
        };
        Self { is_file: true, remarks, columns, ..self }
    }
}

/// What a column was taken for, in words.
pub fn column_line(column: &Column) -> String {
    match column.meaning {
        Some(meaning) => format!("took column `{}` as {}", column.name, meaning.label()),
        None => format!("carried column `{}` through", column.name),
    }
}

/// What a report says after its rows.
#[derive(Debug, Clone)]
pub struct Closing {
    /// Counts.
    pub summary: Summary,
    /// SHA-256 of the file.
    pub sha256: Option<String>,
}

/// A report being written to a `W`.
pub trait Report<W> {
    /// Writes the answer to one row.
    fn row(&mut self, screened: &Screened) -> io::Result<()>;

    /// Writes the end and gives the writer back.
    fn end(self: Box<Self>, closing: &Closing) -> io::Result<W>;
}

/// A time to the minute: `2026-02-27 14:03 UTC`.
pub fn moment(time: &str) -> String {
    time.parse::<Timestamp>()
        .map_or_else(|_| time.to_owned(), |time| time.strftime("%Y-%m-%d %H:%M UTC").to_string())
}
