//! Customer files to queries: CSV and JSON Lines, one [`Row`] per record, in constant memory.
//!
//! In: a reader. Out: an iterator that gives a row for every record, whatever is wrong with it: what was not
//! understood is in the row's notes, what cannot be screened has an error. Blank lines are no records.
//! Deliberately absent: opening files, compressed files, scores.

mod build;
mod delimited;
mod json;
mod lines;
mod source;

pub(crate) use build::{Builder, Built};
pub(crate) use delimited::{Cells, Record};
pub(crate) use json::{Object, object, query_of, raw_object};
pub(crate) use lines::{Line, Lines};
pub(crate) use source::Source;

pub use cordon_model::columns::{Column, Meaning, header_key, recognise};
pub use json::row_of;
pub use source::{Form, whole_text};

use cordon_model::{Entity, columns};
use std::fmt;
use std::io::{self, Read};

/// Longest record that is read, in bytes. A longer one is an error row: memory stays bounded.
pub const LONGEST_RECORD: usize = 8 << 20;

/// Longest name that is screened, in characters; the rest is cut off and noted. The longest published name of a
/// listed party has fewer than 500.
pub const LONGEST_NAME: usize = 20_000;

/// Longest name that people are shown whole, in characters.
pub const SHOWN_NAME: usize = 200;

/// One record of a customer file.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Number of the record, from 1; the header and blank lines are not counted.
    pub number: u64,
    /// The customer's own key of the record, if it has one.
    pub id: Option<String>,
    /// What is asked.
    pub query: Entity,
    /// Columns that were not taken for anything: name and text, in the order of the file.
    pub carried: Vec<(String, String)>,
    /// The cells of a CSV record as decoded, one per column of the header; empty for JSON Lines.
    pub cells: Vec<String>,
    /// What was not understood and how it was dealt with.
    pub notes: Vec<String>,
    /// Why the record cannot be screened.
    pub error: Option<String>,
}

impl Row {
    /// A row that asks this and nothing else.
    pub fn asking(query: Entity) -> Self {
        Self { query, ..Self::new(1) }
    }

    pub(crate) fn new(number: u64) -> Self {
        Self {
            number,
            id: None,
            query: Entity::new(String::new().into(), cordon_model::Schema::Thing),
            carried: Vec::new(),
            cells: Vec::new(),
            notes: Vec::new(),
            error: None,
        }
    }
}

/// Why a file as a whole cannot be read as rows.
#[derive(Debug)]
pub enum InputError {
    /// Nothing in it, not even a header.
    Empty,
    /// It is not a text file.
    NotText {
        /// What its first bytes look like, and what to do.
        found: &'static str,
    },
    /// No column is known to hold a name or an identifier.
    NoName {
        /// The columns there are.
        columns: Vec<String>,
    },
    /// The pairs of a pair file cannot be told apart.
    NoPair {
        /// The columns there are.
        columns: Vec<String>,
    },
    /// The reader failed.
    Io(io::Error),
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty, not even a header is there"),
            Self::NotText { found } => f.write_str(found),
            Self::NoName { columns } => write!(
                f,
                "no column of names or identifiers found among {}; call one `name`, or `first_name` and `last_name`",
                listed(columns)
            ),
            Self::NoPair { columns } => write!(
                f,
                "no two columns to compare found among {}; call them `name1` and `name2`, or `left` and `right` in JSON Lines",
                listed(columns)
            ),
            Self::Io(error) => write!(f, "reading failed: {error}"),
        }
    }
}

impl std::error::Error for InputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for InputError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn listed(columns: &[String]) -> String {
    let shown = columns.iter().take(20).map(|name| {
        let short: String = name.chars().take(40).collect();
        format!("`{short}`")
    });
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if columns.len() > 20 {
        text.push_str(", …");
    }
    text
}

/// An open customer file: iterate to get its rows. An item is an error only when the reader itself fails.
pub struct Input<R> {
    records: Records<R>,
    columns: Vec<Column>,
    remarks: Vec<String>,
    number: u64,
    failed: bool,
}

enum Records<R> {
    Cells(Cells<R>),
    Objects(Lines<R>),
}

impl<R: Read> Input<R> {
    /// Opens a file whose form is known (by its name) or told by its first bytes.
    pub fn open(reader: R, form: Option<Form>) -> Result<Self, InputError> {
        let source = Source::open(reader, form)?;
        let mut remarks = source.remarks.clone();
        let (records, columns) = match source.form {
            Form::JsonLines => (Records::Objects(source.lines()), Vec::new()),
            Form::Delimited => {
                let mut cells = Cells::open(source)?;
                let columns = columns::layout(cells.header());
                if columns::is_bare_list(&columns) {
                    remarks.push("no header found: every line is taken for a name".to_owned());
                    cells.header_is_a_record();
                    (Records::Cells(cells), vec![Column::bare_name()])
                } else if columns.iter().any(Column::asks) {
                    (Records::Cells(cells), columns)
                } else {
                    let columns = columns.into_iter().map(|column| column.name).collect();
                    return Err(InputError::NoName { columns });
                }
            }
        };
        Ok(Self { records, columns, remarks, number: 0, failed: false })
    }

    /// The form that was found.
    pub fn form(&self) -> Form {
        match self.records {
            Records::Cells(_) => Form::Delimited,
            Records::Objects(_) => Form::JsonLines,
        }
    }

    /// What each column was taken for: those of the header of a CSV file, or the keys met so far in JSON Lines
    /// records that are not `FollowTheMoney` entities.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// What was found of the file as a whole: encoding, separator, a missing header.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    fn read(&mut self) -> io::Result<Option<Row>> {
        let row = Row::new(self.number + 1);
        let row = match &mut self.records {
            Records::Cells(cells) => {
                cells.next()?.map(|record| build::from_cells(row, record, &self.columns))
            }
            Records::Objects(lines) => lines.next()?.map(|line| json::row(row, line, &mut self.columns)),
        };
        self.number += u64::from(row.is_some());
        Ok(row)
    }
}

impl<R: Read> Iterator for Input<R> {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let row = self.read().transpose();
        self.failed = matches!(row, Some(Err(_)));
        row
    }
}

#[cfg(test)]
mod tests;
