//! Bytes of one of OFAC's headerless files to its rows.
//!
//! Rows end in CRLF or LF and the file in a line of its own with the byte 0x1A; every value is a number, a quoted text
//! or the null mark `-0- `. A row with other columns than its file has is an issue; an end inside a row is an error.

use super::files::{Part, not_this};
use crate::ListError;
use crate::formats::SourceFile;
use cordon_model::{Issue, IssueKind};
use csv::{ByteRecord, ReaderBuilder, StringRecord};

/// One row, read as UTF-8.
pub(super) struct Row {
    cells: StringRecord,
}

impl Row {
    /// The publisher's key of the party.
    pub(super) fn key(&self) -> &str {
        self.raw(0).trim()
    }

    /// A cell without its outer blanks, unless it is null or empty.
    pub(super) fn cell(&self, column: usize) -> Option<&str> {
        let text = self.raw(column).trim();
        (!text.is_empty() && !is_null(text)).then_some(text)
    }

    /// How many cells the row has.
    pub(super) fn columns(&self) -> usize {
        self.cells.len()
    }

    /// A cell as it stands.
    pub(super) fn raw(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }
}

/// The null mark, or its beginning where a file ends inside it: nothing but null can follow.
fn is_null(text: &str) -> bool {
    matches!(text, "-0-" | "-0" | "-")
}

/// The first row, if it begins with a number as every row of a set does.
pub(super) fn first_row(bytes: &[u8]) -> Option<Row> {
    let line = bytes.split(|byte| *byte == b'\n').find(|line| !line.is_empty())?;
    let mut row = ByteRecord::new();
    reader(line).read_byte_record(&mut row).ok()?;
    is_key(row.get(0)?).then(|| Row { cells: StringRecord::from_byte_record_lossy(row) })
}

fn reader(bytes: &[u8]) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes)
}

fn is_key(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    !cell.is_empty() && cell.len() <= 18 && cell.iter().all(u8::is_ascii_digit)
}

/// Reads every row of `part`.
///
/// A file most of whose rows do not fit is something else.
pub(super) fn read(file: SourceFile<'_>, part: Part, issues: &mut Vec<Issue>) -> Result<Vec<Row>, ListError> {
    let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file.bytes);
    let body = body(bytes);
    let mut refused = Vec::new();
    let (rows, last) = scan(file, part, body, issues, &mut refused)?;
    if body.is_empty() && part != Part::Comments {
        return Err(ListError::Empty { file: file.name.to_owned() });
    }
    if rows.len() < refused.len() {
        return Err(not_this(file));
    }
    check_end(file, part, body, bytes, &last)?;
    issues.append(&mut refused);
    if !bytes.ends_with(b"\x1a") {
        issues.push(no_mark(file));
    }
    Ok(rows)
}

/// Every row that fits, an issue in `refused` for every other, and where the last one stands.
fn scan(
    file: SourceFile<'_>,
    part: Part,
    body: &[u8],
    issues: &mut Vec<Issue>,
    refused: &mut Vec<Issue>,
) -> Result<(Vec<Row>, Last), ListError> {
    let mut rows = Vec::new();
    let mut last = Last { start: 0, line: 1, columns: part.columns() };
    let mut csv = reader(body);
    let mut record = ByteRecord::new();
    loop {
        let (start, line) = row_start(body, csv.position());
        let more = csv.read_byte_record(&mut record).map_err(|error| ListError::Malformed {
            file: file.name.to_owned(),
            at: format!("line {line}"),
            reason: error.to_string(),
        })?;
        if !more {
            return Ok((rows, last));
        }
        last = Last { start, line, columns: record.len() };
        if record.len() == part.columns() && record.get(0).is_some_and(is_key) {
            rows.push(Row { cells: text(&record, file, line, issues) });
        } else {
            refused.push(refuse(&record, file, part, line));
        }
    }
}

/// Byte and line of the row that a reader at this position reads next: line ends before it are passed over.
fn row_start(body: &[u8], position: &csv::Position) -> (usize, u64) {
    let rest = body.get(position.byte() as usize..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let lines: u64 = rest[..ends].iter().map(|byte| u64::from(*byte == b'\n')).sum();
    (position.byte() as usize + ends, position.line() + lines)
}

/// The rows without what may follow them: line ends, blanks and the end mark.
fn body(bytes: &[u8]) -> &[u8] {
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n' | b' ' | b'\x1a');
    let length = bytes.iter().rposition(|byte| !is_end(byte)).map_or(0, |at| at + 1);
    &bytes[..length]
}

/// Where the last row stands.
struct Last {
    start: usize,
    line: u64,
    columns: usize,
}

/// Refuses a file that ends inside its last row.
///
/// A quoted cell left open is an end inside a row whatever follows. A row that nothing closes is whole only when it
/// has all its columns and its last cell is closed by a quote or is the null mark.
fn check_end(
    file: SourceFile<'_>,
    part: Part,
    body: &[u8],
    bytes: &[u8],
    last: &Last,
) -> Result<(), ListError> {
    let row = body.get(last.start..).unwrap_or_default();
    let open = row.iter().fold(false, |open, byte| open ^ (*byte == b'"'));
    let closed = bytes[body.len()..].iter().any(|byte| *byte != b' ');
    let cell = row.rsplit(|byte| *byte == b',').next().unwrap_or_default();
    let cell = String::from_utf8_lossy(cell.trim_ascii());
    let whole = last.columns == part.columns() && (cell.ends_with('"') || is_null(&cell));
    if open || (!closed && !whole && !row.is_empty()) {
        return Err(ListError::CutOff { file: file.name.to_owned(), at: format!("line {}", last.line) });
    }
    Ok(())
}

fn text(record: &ByteRecord, file: SourceFile<'_>, line: u64, issues: &mut Vec<Issue>) -> StringRecord {
    StringRecord::from_byte_record(record.clone()).unwrap_or_else(|error| {
        let row = StringRecord::from_byte_record_lossy(error.into_byte_record());
        issues.push(Issue::new(
            &format!("line {line}"),
            file.name,
            IssueKind::Unparsed,
            &shown(&row),
            "the row is not UTF-8; what could not be read stands as U+FFFD",
        ));
        row
    })
}

fn shown(row: &StringRecord) -> String {
    row.iter().map(str::trim).collect::<Vec<_>>().join(",")
}

fn refuse(record: &ByteRecord, file: SourceFile<'_>, part: Part, line: u64) -> Issue {
    let row = StringRecord::from_byte_record_lossy(record.clone());
    let message = format!(
        "a row of {} columns, expected {} columns of which the first is a number",
        row.len(),
        part.columns()
    );
    Issue::new(&format!("line {line}"), file.name, IssueKind::Dropped, &shown(&row), &message)
}

fn no_mark(file: SourceFile<'_>) -> Issue {
    let message = "the file does not end with the end mark 0x1A; rows after its last may be missing";
    Issue::new("file", file.name, IssueKind::Missing, "0x1A", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_comments(bytes: &[u8]) -> (Result<usize, String>, Vec<String>) {
        let mut issues = Vec::new();
        let rows = read(SourceFile { name: "c.csv", bytes }, Part::Comments, &mut issues);
        let count = rows.map(|rows| rows.len()).map_err(|error| error.to_string());
        (count, issues.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn ends_of_files() {
        let cut = |line| Err(format!("c.csv: the file is cut off (line {line})"));
        for (bytes, expected, issues) in [
            (&b"1,\"a\"\r\n2,\"b\"\r\n\x1a"[..], Ok(2), 0),
            (b"1,\"a\"\n2,\"b\"\n\x1a", Ok(2), 0),
            (b"1,\"a\"\n2,\"b\"\x1a", Ok(2), 0),
            (b"\x1a", Ok(0), 0),
            (b"1,\"a\"\r\n2,\"b\"\r\n", Ok(2), 1),
            (b"1,\"a\"\r\n2,\"b\"", Ok(2), 1),
            (b"1,\"a\"\r\n2,-0", Ok(2), 1),
            (b"1,\"a\"\r\n2,-0- ", Ok(2), 1),
            (b"1,\"a\"\r\n2,", cut(2), 0),
            (b"1,\"a\"\r\n2,\"", cut(2), 0),
            (b"1,\"a\"\r\n2,\"b", cut(2), 0),
            (b"1,\"a\"\r\n2", cut(2), 0),
            (b"1,\"a\"\r\n2,\"b\r\n3,4\r\n\x1a", cut(2), 0),
        ] {
            let (count, said) = read_comments(bytes);
            assert_eq!((count, said.len()), (expected, issues), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn rows_that_do_not_fit_are_issues_and_files_of_them_are_refused() {
        let (count, issues) = read_comments(b"1,\"a\"\r\nx,\"b\"\r\n3,\"c\",4\r\n5,\"d\"\r\n6,\"e\"\r\n\x1a");
        assert_eq!((count, issues.len()), (Ok(3), 2));
        assert_eq!(
            issues[0],
            "record line 2, field c.csv: a row of 2 columns, expected 2 columns of which the first is a number (`x,b`)"
        );
        let (refused, _) = read_comments(b"<html>\n<body>\n</body>\n");
        assert_eq!(refused, Err("c.csv: expected OFAC legacy CSV, found an HTML page".to_owned()));
    }

    #[test]
    fn bytes_outside_utf_8_are_kept_and_reported() {
        let mut issues = Vec::new();
        let file = SourceFile { name: "c.csv", bytes: b"1,\"caf\xe9\"\r\n\x1a" };
        let rows = read(file, Part::Comments, &mut issues).unwrap();
        assert_eq!((rows[0].cell(1), issues.len()), (Some("caf\u{fffd}"), 1));
    }
}
