//! Lines of a reader, each in bounded memory.

use super::LONGEST_RECORD;
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

/// One line without its ending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line {
    pub(super) bytes: Vec<u8>,
    /// Whether it was longer than [`LONGEST_RECORD`] and was cut there.
    pub(super) cut: bool,
}

impl Line {
    /// Whether it holds nothing but blanks; separators, tabs too, make a record of empty cells.
    pub(super) fn is_blank(&self) -> bool {
        !self.cut && self.bytes.iter().all(|byte| matches!(byte, b' ' | b'\r'))
    }
}

/// Bytes as UTF-8, or else as Windows-1252, of which every byte string is a text; the flag tells the latter.
pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), true),
    }
}

/// What a note says of a record that had to be decoded as Windows-1252.
pub(super) const NOT_UTF_8: &str = "not UTF-8: read as Windows-1252";

type Buffered<R> = BufReader<super::source::Transcoded<R>>;

/// The lines of a reader; lines may be given back.
pub(crate) struct Lines<R> {
    reader: Buffered<R>,
    ending: u8,
    returned: VecDeque<Line>,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(reader: Buffered<R>, ending: u8) -> Self {
        Self { reader, ending, returned: VecDeque::new() }
    }

    /// The next line that is not blank.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            match self.next_or_blank()? {
                Some(line) if line.is_blank() => {}
                other => return Ok(other),
            }
        }
    }

    /// The next line.
    pub(super) fn next_or_blank(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.returned.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Line::default();
        let limit = LONGEST_RECORD as u64 + 1;
        if self.reader.by_ref().take(limit).read_until(self.ending, &mut line.bytes)? == 0 {
            return Ok(None);
        }
        if line.bytes.last() == Some(&self.ending) {
            line.bytes.pop();
        } else if line.bytes.len() > LONGEST_RECORD {
            line.cut = true;
            line.bytes.truncate(LONGEST_RECORD);
            self.skip()?;
        }
        if line.bytes.last() == Some(&b'\r') {
            line.bytes.pop();
        }
        Ok(Some(line))
    }

    /// Passes over the rest of a line.
    fn skip(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            let (used, found) = match buffer.iter().position(|byte| *byte == self.ending) {
                Some(at) => (at + 1, true),
                None => (buffer.len(), false),
            };
            self.reader.consume(used);
            if found {
                return Ok(());
            }
        }
    }

    /// Gives lines back, to be read again in this order.
    pub(super) fn give_back(&mut self, lines: Vec<Line>) {
        for line in lines.into_iter().rev() {
            self.returned.push_front(line);
        }
    }
}
