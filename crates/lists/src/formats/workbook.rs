//! Spreadsheets: the first sheet of a workbook in, records with named cells out.
//!
//! Numbers are written without a fraction when they have none; days stay the numbers they are stored as, see [`day`].
//! Absent: formulas, styles, further sheets.

use super::table::{Record, column_key};
use super::xml::fold_white_space;
use super::{SourceFile, describe};
use crate::ListError;
use calamine::{DataRef, Reader as _, Xlsx};
use cordon_model::PartialDate;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::rc::Rc;

/// Most bytes the parts of a workbook may unpack to: the largest published one has 10 MB.
const LARGEST: u64 = 256 << 20;
/// Most columns of a sheet: the widest published one has 13.
const MOST_COLUMNS: u32 = 256;

/// What is known about a kind of workbook before it is read.
pub(super) struct Shape {
    /// What people call the format, for messages.
    pub(super) title: &'static str,
    /// Columns without which a workbook is something else, as [`column_key`] writes them.
    pub(super) required: &'static [&'static str],
}

/// A sheet taken apart.
pub(super) struct Sheet {
    /// Names of the columns as [`column_key`] writes them; empty where the heading is.
    pub(super) columns: Rc<[String]>,
    pub(super) records: Vec<Record>,
}

impl Shape {
    /// Whether the file is a workbook whose first row has the required columns.
    pub(super) fn fits(&self, bytes: &[u8]) -> bool {
        let file = SourceFile { name: "", bytes };
        bytes.starts_with(b"PK\x03\x04") && self.rows(&file).is_ok()
    }

    /// The rows of the first sheet and the names of its columns.
    pub(super) fn read(&self, file: &SourceFile<'_>) -> Result<Sheet, ListError> {
        let (mut columns, rows) = self.rows(file)?;
        let widest = rows.values().map(Vec::len).max().unwrap_or_default();
        columns.resize(widest.max(columns.len()), String::new());
        let columns: Rc<[String]> = columns.into();
        let records = rows.into_iter().skip(1).filter_map(|(at, mut cells)| {
            cells.resize(columns.len(), String::new());
            let empty = cells.iter().all(String::is_empty);
            (!empty).then(|| Record::new(format!("row {}", at + 1), &columns, cells))
        });
        Ok(Sheet { records: records.collect(), columns: Rc::clone(&columns) })
    }

    fn rows(&self, file: &SourceFile<'_>) -> Result<(Vec<String>, Rows), ListError> {
        if file.bytes.is_empty() {
            return Err(ListError::Empty { file: file.name.to_owned() });
        }
        let not_this = |found: String| ListError::NotThisFormat {
            file: file.name.to_owned(),
            expected: self.title.to_owned(),
            found,
        };
        if !file.bytes.starts_with(b"PK\x03\x04") {
            return Err(not_this(describe(file.bytes)));
        }
        let rows =
            cells(file.bytes).map_err(|reason| ListError::Archive { file: file.name.to_owned(), reason })?;
        let columns: Vec<String> =
            rows.values().next().into_iter().flatten().map(|name| column_key(name)).collect();
        if self.required.iter().all(|name| columns.iter().any(|column| column == name)) {
            Ok((columns, rows))
        } else {
            Err(not_this("a workbook or archive with other columns".to_owned()))
        }
    }
}

/// Row number, from 0 → texts of its cells.
type Rows = BTreeMap<u32, Vec<String>>;

/// The texts of all cells of the first sheet.
fn cells(bytes: &[u8]) -> Result<Rows, String> {
    let cut = |error: &dyn std::fmt::Display| format!("the workbook is broken or cut off: {error}");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| cut(&error))?;
    let mut size = 0u64;
    for at in 0..archive.len() {
        size = size.saturating_add(archive.by_index_raw(at).map_err(|error| cut(&error))?.size());
    }
    if size > LARGEST {
        return Err(format!("unpacks to more than {LARGEST} bytes"));
    }
    let mut workbook: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| cut(&error))?;
    let name = workbook.sheet_names().first().cloned().ok_or("a workbook without a sheet")?;
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(|error| cut(&error))?;
    // Rows are kept as they come: where a sheet says it ends may be far beyond its last cell.
    let mut rows = Rows::new();
    while let Some(cell) = cells.next_cell().map_err(|error| cut(&error))? {
        let (row, column) = cell.get_position();
        if column >= MOST_COLUMNS {
            return Err(format!("a cell in column {}, at most {MOST_COLUMNS} expected", column + 1));
        }
        let texts = rows.entry(row).or_default();
        texts.resize(texts.len().max(column as usize + 1), String::new());
        texts[column as usize] = text(cell.get_value());
    }
    Ok(rows)
}

fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::SharedString(text) => fold_white_space(text),
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            fold_white_space(text)
        }
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// Day 0 of spreadsheets, whose day 60 is a 29 February 1900 that never was.
const DAY_0: Date = date(1899, 12, 30);
/// Day numbers in use: from March 1900 to the year 2099.
const DAYS: std::ops::RangeInclusive<i32> = 61..=73_050;
/// Numbers that are years; as days they would lie in the years 1902 to 1905.
const YEARS: std::ops::RangeInclusive<i16> = 1_850..=2_099;

/// The day, or the year, that a number stands for.
pub(super) fn day(cell: &str) -> Option<PartialDate> {
    let whole = cell.split('.').next()?;
    if let Ok(year) = whole.parse::<i16>()
        && YEARS.contains(&year)
    {
        return PartialDate::point(year, None, None);
    }
    let days = whole.parse::<i32>().ok().filter(|days| DAYS.contains(days))?;
    let day = DAY_0.checked_add(days.days()).ok()?;
    PartialDate::point(day.year(), Some(day.month() as u8), Some(day.day() as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_days() {
        for (cell, expected) in [
            ("41988", Some("2014-12-15")),
            ("22637", Some("1961-12-22")),
            ("45082.5", Some("2023-06-05")),
            ("1962", Some("1962")),
            ("61", Some("1900-03-01")),
            ("12", None),
            ("99999", None),
            ("-3", None),
            ("15 Dec. 2014", None),
            ("", None),
        ] {
            assert_eq!(day(cell).map(|day| day.to_string()).as_deref(), expected, "{cell}");
        }
    }
}
