//! Cells of delimited records, with recovery from bad quoting.
//!
//! A quoted cell may go over several lines. A quote that is not closed properly within [`MOST_LINES`] lines, or is
//! followed by anything but a separator, is a plain character: one stray quote costs a note, not the rest of the
//! file.

use super::lines::{Line, Lines, NOT_UTF_8, decode};
use super::source::Source;
use super::{InputError, LONGEST_RECORD};
use std::io::{self, Read};

/// Most lines a record may go over; addresses and remarks in customer files have a few.
const MOST_LINES: usize = 100;

/// One record's cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Record {
    pub(crate) cells: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) error: Option<String>,
}

/// An open delimited file.
pub(crate) struct Cells<R> {
    lines: Lines<R>,
    separator: u8,
    header: Vec<String>,
    first: Option<Record>,
}

impl<R: Read> Cells<R> {
    /// Reads the header.
    pub(crate) fn open(source: Source<R>) -> Result<Self, InputError> {
        let separator = source.separator;
        let mut cells = Self { lines: source.lines(), separator, header: Vec::new(), first: None };
        let mut header = cells.next()?.ok_or(InputError::Empty)?;
        if is_separator_line(&header.cells) {
            header = cells.next()?.ok_or(InputError::Empty)?;
        }
        cells.header.clone_from(&header.cells);
        Ok(cells)
    }

    /// The cells of the first record.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// The first record is a record like the others.
    pub(super) fn header_is_a_record(&mut self) {
        self.first = Some(Record { cells: self.header.clone(), ..Record::default() });
    }

    /// The next record.
    pub(crate) fn next(&mut self) -> io::Result<Option<Record>> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let Some(line) = self.lines.next()? else { return Ok(None) };
        if line.cut {
            let error = format!("the line is longer than {LONGEST_RECORD} bytes");
            return Ok(Some(Record { error: Some(error), ..Record::default() }));
        }
        let mut split = Split::new(self.separator);
        split.feed(&line.bytes);
        let (cells, mut notes) = match split.state {
            State::Quoted => self.continue_over_lines(split, &line)?,
            State::Bad => split_plainly(&line, self.separator),
            _ => (split.finish(), Vec::new()),
        };
        let (cells, recoded): (Vec<String>, Vec<bool>) = cells.iter().map(|cell| decode(cell)).unzip();
        if recoded.contains(&true) {
            notes.push(NOT_UTF_8.to_owned());
        }
        Ok(Some(Record { cells, notes, error: None }))
    }

    /// Follows an open quote over the next lines; if it is not closed well, gives them back and splits the first alone.
    fn continue_over_lines(
        &mut self,
        mut split: Split,
        line: &Line,
    ) -> io::Result<(Vec<Vec<u8>>, Vec<String>)> {
        let mut size = line.bytes.len();
        let mut taken = Vec::new();
        while split.state == State::Quoted && taken.len() < MOST_LINES && size <= LONGEST_RECORD {
            let Some(next) = self.lines.next_or_blank()? else { break };
            size += next.bytes.len();
            split.feed(b"\n");
            split.feed(&next.bytes);
            if next.cut {
                split.state = State::Bad;
            }
            taken.push(next);
        }
        if matches!(split.state, State::Quoted | State::Bad) {
            self.lines.give_back(taken);
            return Ok(split_plainly(line, self.separator));
        }
        Ok((split.finish(), Vec::new()))
    }
}

/// `sep=;`, which spreadsheets write before the header.
fn is_separator_line(cells: &[String]) -> bool {
    cells.iter().enumerate().all(|(index, cell)| if index == 0 { cell == "sep=" } else { cell.is_empty() })
        && cells.len() > 1
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the start of a cell, perhaps after blanks.
    Start,
    /// In a cell without quotes.
    Plain,
    /// Inside quotes.
    Quoted,
    /// After a quote inside quotes: the end, or one half of a doubled quote.
    Closing,
    /// In blanks after the closing quote.
    Closed,
    /// Something followed a closing quote.
    Bad,
}

/// A strict splitter that can go on over several lines.
struct Split {
    separator: u8,
    cells: Vec<Vec<u8>>,
    cell: Vec<u8>,
    state: State,
}

impl Split {
    fn new(separator: u8) -> Self {
        Self { separator, cells: Vec::new(), cell: Vec::new(), state: State::Start }
    }

    fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.state = match (self.state, byte) {
                (State::Bad, _) => return,
                (State::Quoted, b'"') => State::Closing,
                (State::Closing, b'"') | (State::Quoted, _) => {
                    self.cell.push(byte);
                    State::Quoted
                }
                (_, byte) if byte == self.separator => {
                    self.cells.push(std::mem::take(&mut self.cell));
                    State::Start
                }
                (State::Closing | State::Closed, b' ') => State::Closed,
                (State::Closing | State::Closed, _) => State::Bad,
                (State::Start, b'"') => {
                    self.cell.clear();
                    State::Quoted
                }
                (State::Start, b' ') => {
                    self.cell.push(byte);
                    State::Start
                }
                _ => {
                    self.cell.push(byte);
                    State::Plain
                }
            };
        }
    }

    fn finish(mut self) -> Vec<Vec<u8>> {
        self.cells.push(self.cell);
        self.cells
    }
}

/// Splits one line; a cell whose quotes are not right is taken as it stands, up to the next separator.
fn split_plainly(line: &Line, separator: u8) -> (Vec<Vec<u8>>, Vec<String>) {
    let mut cells = Vec::new();
    let mut rest = Some(line.bytes.as_slice());
    while let Some(bytes) = rest {
        let (cell, after) = quoted_cell(bytes, separator).unwrap_or_else(|| {
            let end = bytes.iter().position(|byte| *byte == separator);
            let cell = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
            (cell.to_vec(), end.and_then(|end| bytes.get(end + 1..)))
        });
        cells.push(cell);
        rest = after;
    }
    (cells, vec!["a quote is not closed as it should be: read as a plain character".to_owned()])
}

/// The well quoted cell at the start of `bytes`, and what follows its separator.
fn quoted_cell(bytes: &[u8], separator: u8) -> Option<(Vec<u8>, Option<&[u8]>)> {
    let mut split = Split::new(separator);
    for (at, &byte) in bytes.iter().enumerate() {
        split.feed(&[byte]);
        match split.state {
            State::Start if byte == separator => return Some((split.cells.pop()?, bytes.get(at + 1..))),
            State::Plain | State::Bad => return None,
            _ => {}
        }
    }
    matches!(split.state, State::Closing | State::Closed).then_some((split.cell, None))
}
