//! Tables with a header: delimited text in, records with named cells out.
//!
//! Cells lose outer blanks and have their white space folded. A file that ends inside a row is cut off; a row that does
//! not fit its header is an issue and is kept as far as it fits. Absent: files without a header, and what the columns
//! mean.

use super::reading::pick;
use super::xml::fold_white_space;
use super::{SourceFile, describe};
use crate::ListError;
use cordon_model::{Issue, IssueKind};
use csv::{ByteRecord, ReaderBuilder};
use std::rc::Rc;

/// What is known about a kind of delimited file before it is read.
pub(super) struct Shape {
    /// What people call the format, for messages.
    pub(super) title: &'static str,
    /// What separates cells.
    pub(super) delimiter: u8,
    /// Columns without which a file is something else, as [`column_key`] writes them.
    pub(super) required: &'static [&'static str],
}

/// One row: cells by the names of their columns.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// Where it stands: `line 12`.
    pub(super) place: String,
    columns: Rc<[String]>,
    cells: Vec<String>,
}

impl Record {
    /// A row of a table with these columns.
    pub(super) fn new(place: String, columns: &Rc<[String]>, cells: Vec<String>) -> Self {
        Self { place, columns: Rc::clone(columns), cells }
    }

    /// A cell that stays where it is; empty when there is no such column.
    pub(super) fn get(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }

    /// Takes out a cell; empty when there is no such column or nothing in it.
    pub(super) fn take(&mut self, column: &str) -> String {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get_mut(at)).map(std::mem::take).unwrap_or_default()
    }

    /// The cells that were not taken and are not empty, with their columns.
    pub(super) fn leftovers(self) -> impl Iterator<Item = (String, String)> {
        let columns = self.columns;
        let named = move |(at, cell)| (columns.get(at).cloned().unwrap_or_default(), cell);
        self.cells.into_iter().enumerate().filter(|(_, cell)| !cell.is_empty()).map(named)
    }
}

/// A column's name in lower case, with `_` for everything between its words: `Street_Address` and `Street address`
/// are one.
pub(super) fn column_key(name: &str) -> String {
    let letters = name.trim_matches(|letter: char| !letter.is_alphanumeric());
    let mut key = String::with_capacity(letters.len());
    for letter in letters.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            key.push(letter);
        } else if !key.ends_with('_') {
            key.push('_');
        }
    }
    key
}

impl Shape {
    /// Whether the first line names all required columns.
    pub(super) fn fits(&self, bytes: &[u8]) -> bool {
        self.columns(without_bom(bytes)).is_some()
    }

    /// The file that fits, else the first one; an error without any, which names the usual file.
    pub(super) fn pick<'a, 'b>(
        &self,
        files: &'b [SourceFile<'a>],
        usual: &str,
    ) -> Result<&'b SourceFile<'a>, ListError> {
        pick(files, |file| self.fits(file.bytes), usual)
    }

    /// The columns of the first line, if the required ones are among them.
    fn columns(&self, bytes: &[u8]) -> Option<Vec<String>> {
        let columns: Vec<String> =
            header(bytes, self.delimiter)?.iter().map(|cell| column_key(cell)).collect();
        self.required.iter().all(|name| columns.iter().any(|column| column == name)).then_some(columns)
    }
}

/// The cells of the first line that is not blank, as they stand; `None` when there is none.
pub(super) fn header(bytes: &[u8], delimiter: u8) -> Option<Vec<String>> {
    let line = without_bom(bytes).split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty())?;
    let mut cells = ByteRecord::new();
    reader(line, delimiter).read_byte_record(&mut cells).ok()?;
    Some(cells.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect())
}

/// The bytes after a byte order mark.
pub(super) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes)
}

/// Reads every row below the header. Columns that are not `known` are named in one issue each.
pub(super) fn read(
    file: &SourceFile<'_>,
    shape: &Shape,
    known: &[&str],
    issues: &mut Vec<Issue>,
) -> Result<Vec<Record>, ListError> {
    if file.bytes.is_empty() {
        return Err(ListError::Empty { file: file.name.to_owned() });
    }
    let bytes = without_bom(file.bytes);
    let columns = shape.columns(bytes).ok_or_else(|| ListError::NotThisFormat {
        file: file.name.to_owned(),
        expected: shape.title.to_owned(),
        found: describe(file.bytes),
    })?;
    for column in columns.iter().filter(|column| !known.contains(&column.as_str())) {
        let message = "a column the format does not know; its cells are kept as notes";
        issues.push(Issue::new("file", column, IssueKind::UnknownField, column, message));
    }
    rows(file, bytes, shape.delimiter, &columns.into(), issues)
}

/// The rows below the first one.
pub(super) fn rows(
    file: &SourceFile<'_>,
    bytes: &[u8],
    delimiter: u8,
    columns: &Rc<[String]>,
    issues: &mut Vec<Issue>,
) -> Result<Vec<Record>, ListError> {
    let mut records = Vec::new();
    let mut csv = reader(bytes, delimiter);
    let mut row = ByteRecord::new();
    let mut last = Last { start: 0, line: 1, cells: columns.len() };
    let mut is_header = true;
    let (mut line, mut counted) = (1u64, 0);
    loop {
        let from = csv.position().byte() as usize;
        let blank = bytes[from..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let start = from + blank;
        line += bytes[counted..start].iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        counted = start;
        let more = csv.read_byte_record(&mut row).map_err(|error| ListError::Malformed {
            file: file.name.to_owned(),
            at: format!("line {line}"),
            reason: error.to_string(),
        })?;
        if !more {
            break;
        }
        last = Last { start, line, cells: row.len() };
        if !std::mem::take(&mut is_header) {
            records.extend(record(&row, line, columns, issues));
        }
    }
    check_end(file, bytes, delimiter, columns.len(), &last, issues)?;
    Ok(records)
}

/// One row as a record; none when all its cells are empty.
fn record(row: &ByteRecord, line: u64, columns: &Rc<[String]>, issues: &mut Vec<Issue>) -> Option<Record> {
    let place = format!("line {line}");
    let mut say = |field: &str, kind, value: &str, message: &str| {
        issues.push(Issue::new(&place, field, kind, value, message));
    };
    let mut cells: Vec<String> = Vec::with_capacity(columns.len());
    for (at, cell) in row.iter().enumerate() {
        let text = String::from_utf8_lossy(cell);
        let text = fold_white_space(&text);
        let column = columns.get(at).map_or("row", String::as_str);
        if std::str::from_utf8(cell).is_err() {
            let message = "the cell is not UTF-8; what could not be read stands as U+FFFD";
            say(column, IssueKind::Unparsed, &text, message);
        }
        if at < columns.len() {
            cells.push(text);
        } else if !text.is_empty() {
            say("row", IssueKind::Dropped, &text, "a cell beyond the last column");
        }
    }
    if cells.iter().all(String::is_empty) {
        return None;
    }
    if cells.len() < columns.len() {
        let message = format!("a row of {} cells, expected {}", cells.len(), columns.len());
        say("row", IssueKind::Missing, &cells.join(","), &message);
        cells.resize(columns.len(), String::new());
    }
    Some(Record::new(place, columns, cells))
}

/// Where the last row stands.
struct Last {
    start: usize,
    line: u64,
    cells: usize,
}

/// Refuses a file that ends inside a quoted cell or before the last column, and reports one whose last row is whole
/// but not closed.
fn check_end(
    file: &SourceFile<'_>,
    bytes: &[u8],
    delimiter: u8,
    columns: usize,
    last: &Last,
    issues: &mut Vec<Issue>,
) -> Result<(), ListError> {
    let row = bytes.get(last.start..).unwrap_or_default();
    let body = row.trim_ascii_end();
    let open = row.iter().fold(false, |open, byte| open ^ (*byte == b'"'));
    let closed = row.ends_with(b"\n") || row.ends_with(b"\r");
    if open || (last.cells < columns && !closed) {
        return Err(ListError::CutOff { file: file.name.to_owned(), at: format!("line {}", last.line) });
    }
    if !closed && !body.ends_with(b"\"") && !body.ends_with(&[delimiter]) {
        let message = "the file does not end with the end of a line; its last cell may be cut";
        issues.push(Issue::new(&format!("line {}", last.line), "row", IssueKind::Missing, "", message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    static SHAPE: Shape =
        Shape { title: "a test table", delimiter: b',', required: &["name", "date_of_birth"] };

    fn check(bytes: &[u8]) -> (Result<Vec<String>, String>, Vec<String>) {
        let mut issues = Vec::new();
        let file = SourceFile { name: "t.csv", bytes };
        let records = read(&file, &SHAPE, &["name", "date_of_birth"], &mut issues);
        let shown = records.map(|records| {
            let line = |record: Record| {
                let place = record.place.clone();
                record.leftovers().fold(place, |line, (column, cell)| format!("{line} {column}={cell}"))
            };
            records.into_iter().map(line).collect()
        });
        (shown.map_err(|error| error.to_string()), issues.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn rows_by_columns() {
        for (bytes, expected, issues) in [
            (&b"Name,Date of Birth\nA  B,1962\n"[..], Ok(&["line 2 name=A B date_of_birth=1962"][..]), 0),
            (b"\xef\xbb\xbfname,date_of_birth\r\nA,\r\n\r\n,\r\n", Ok(&["line 2 name=A"]), 0),
            (b"name,date-of-birth,x\nA,1962,y\n", Ok(&["line 2 name=A date_of_birth=1962 x=y"]), 1),
            (
                b"name,date_of_birth\n\"A\nB\",1\nC,2\n",
                Ok(&["line 2 name=A B date_of_birth=1", "line 4 name=C date_of_birth=2"]),
                0,
            ),
            (b"name,date_of_birth\nA,1962,,\n", Ok(&["line 2 name=A date_of_birth=1962"]), 0),
            (b"name,date_of_birth\nA,1962,z\n", Ok(&["line 2 name=A date_of_birth=1962"]), 1),
            (b"name,date_of_birth\nA\nB,1\n", Ok(&["line 2 name=A", "line 3 name=B date_of_birth=1"]), 1),
            (b"name,date_of_birth\ncaf\xe9,1\n", Ok(&["line 2 name=caf\u{fffd} date_of_birth=1"]), 1),
            (b"name,date_of_birth\nA,19", Ok(&["line 2 name=A date_of_birth=19"]), 1),
            (b"name,date_of_birth\nA,\"19\"", Ok(&["line 2 name=A date_of_birth=19"]), 0),
        ] {
            let (found, said) = check(bytes);
            let expected = expected.map(|lines: &[&str]| lines.iter().map(ToString::to_string).collect());
            assert_eq!(
                (found, said.len()),
                (expected, issues),
                "{} {said:?}",
                String::from_utf8_lossy(bytes)
            );
        }
    }

    #[test]
    fn other_files_and_cut_ones_are_refused() {
        let other = |found: &str| Err(format!("t.csv: expected a test table, found {found}"));
        let cut = |line| Err(format!("t.csv: the file is cut off (line {line})"));
        for (bytes, expected) in [
            (&b""[..], Err("t.csv: the file is empty".to_owned())),
            (b"<!DOCTYPE html><html></html>", other("an HTML page")),
            (b"name,x\nA,1\n", other("text beginning `name,x`")),
            (b"name,date_of_birth\nA,\"19", cut(2)),
            (b"name,date_of_birth\nA,1\nB", cut(3)),
        ] {
            assert_eq!(check(bytes).0, expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
