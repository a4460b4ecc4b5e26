//! The first bytes of a file tell how to read it: encoding, form, separator. Out: UTF-8 or bytes close to it.

use super::InputError;
use super::lines::Lines;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};
use std::io::{self, BufReader, Cursor, Read};

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Cells separated by a comma, semicolon, tab or bar, with a header.
    Delimited,
    /// One JSON object per line.
    JsonLines,
}

impl Form {
    /// The form of a file by the ending of its name, any case; `None` when the ending says nothing.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "psv" | "tab" => Some(Self::Delimited),
            "jsonl" | "ndjson" | "json" | "ftm" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// How much of a file is looked at before it is read.
const HEAD: usize = 64 << 10;

/// First bytes of files people try to screen that are not text, and what to say.
const NOT_TEXT: &[(&[u8], &str)] = &[
    (b"PAR1", "it is a Parquet file, which this version does not read: save it as CSV or JSON Lines"),
    (b"PK\x03\x04", "it is a zip archive or an Excel workbook: save the sheet as CSV"),
    (&[0xd0, 0xcf, 0x11, 0xe0], "it is an old Excel workbook: save the sheet as CSV"),
    (&[0x1f, 0x8b], "it is compressed with gzip: unpack it first"),
    (b"%PDF", "it is a PDF document: save its table as CSV"),
];

/// An open file of which the beginning is known.
pub(crate) struct Source<R> {
    reader: BufReader<Transcoded<R>>,
    pub(super) form: Form,
    /// What separates cells.
    pub(super) separator: u8,
    /// What ends lines.
    ending: u8,
    pub(super) remarks: Vec<String>,
}

impl<R: Read> Source<R> {
    pub(crate) fn open(mut reader: R, form: Option<Form>) -> Result<Self, InputError> {
        let mut head = Vec::new();
        reader.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        if let Some((_, found)) = NOT_TEXT.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Err(InputError::NotText { found });
        }
        let mut remarks = Vec::new();
        let encoding = utf_16(&head);
        if let Some(encoding) = encoding {
            remarks.push(format!("encoding: {}", encoding.name()));
        }
        let sample = match encoding {
            Some(encoding) => encoding.decode_with_bom_removal(&head).0.into_owned().into_bytes(),
            None => without_bom(&head).to_vec(),
        };
        if is_json_array(&sample) && form != Some(Form::Delimited) {
            let found = "it is one JSON list: write one object per line (`jq -c '.[]'` does it)";
            return Err(InputError::NotText { found });
        }
        let form = form.unwrap_or_else(|| {
            if sample.trim_ascii_start().starts_with(b"{") { Form::JsonLines } else { Form::Delimited }
        });
        let separator = separator(&sample);
        if form == Form::Delimited && separator != b',' {
            let shown = if separator == b'\t' { "tab".to_owned() } else { char::from(separator).to_string() };
            remarks.push(format!("cells are separated by `{shown}`"));
        }
        let ending = if sample.contains(&b'\r') && !sample.contains(&b'\n') { b'\r' } else { b'\n' };
        let begin = if encoding.is_none() { head.len() - without_bom(&head).len() } else { 0 };
        let mut head = Cursor::new(head);
        head.set_position(begin as u64);
        let transcoded = Transcoded {
            inner: head.chain(reader),
            decoder: encoding.map(Encoding::new_decoder_with_bom_removal),
            raw: Vec::new(),
            ready: Cursor::new(Vec::new()),
            ended: false,
        };
        let reader = BufReader::with_capacity(HEAD, transcoded);
        Ok(Self { reader, form, separator, ending, remarks })
    }

    pub(crate) fn form(&self) -> Form {
        self.form
    }

    pub(crate) fn lines(self) -> Lines<R> {
        Lines::new(self.reader, self.ending)
    }
}

/// A whole text as UTF-8, and what must be said of it when it was not: places in it are those of the UTF-8 text.
pub fn whole_text(bytes: Vec<u8>) -> (String, Option<String>) {
    let said = |name: &str| Some(format!("not UTF-8: read as {name}; places are those of the text in UTF-8"));
    if let Some(encoding) = utf_16(&bytes) {
        return (encoding.decode_with_bom_removal(&bytes).0.into_owned(), said(encoding.name()));
    }
    String::from_utf8(bytes).map_or_else(
        |error| {
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(error.as_bytes());
            (text.into_owned(), said("Windows-1252"))
        },
        |text| (text, None),
    )
}

fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes)
}

/// UTF-16 by its mark, or by every other byte of the first characters being zero, as in Latin text.
fn utf_16(head: &[u8]) -> Option<&'static Encoding> {
    match *head {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [one, 0, two, 0, ..] if one != 0 && two != 0 => Some(UTF_16LE),
        [0, one, 0, two, ..] if one != 0 && two != 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn is_json_array(sample: &[u8]) -> bool {
    let inner = sample.trim_ascii_start().strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
    inner.is_some_and(|inner| inner.starts_with(b"{"))
}

/// The separator found most often in the first line, outside quotes; a comma if none is.
fn separator(sample: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for &byte in sample.trim_ascii_start() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|row| row.0 == byte).for_each(|row| row.1 += 1),
        }
    }
    // The first of equals wins, so that a comma is preferred.
    counts.iter().rev().max_by_key(|row| row.1).filter(|row| row.1 > 0).map_or(b',', |row| row.0)
}

/// Bytes as they are, or UTF-16 turned into UTF-8. Broken units become U+FFFD.
pub(super) struct Transcoded<R> {
    inner: io::Chain<Cursor<Vec<u8>>, R>,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    ready: Cursor<Vec<u8>>,
    ended: bool,
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Some(decoder) = &mut self.decoder else { return self.inner.read(out) };
        loop {
            let given = self.ready.read(out)?;
            if given > 0 || out.is_empty() || (self.ended && self.raw.is_empty()) {
                return Ok(given);
            }
            if !self.ended {
                let before = self.raw.len();
                self.inner.by_ref().take(8192).read_to_end(&mut self.raw)?;
                self.ended = self.raw.len() == before;
            }
            let mut text = vec![0; decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(32_768)];
            let (result, read, written, _) = decoder.decode_to_utf8(&self.raw, &mut text, self.ended);
            text.truncate(written);
            self.raw.drain(..read);
            if self.ended && result == CoderResult::InputEmpty {
                self.raw.clear();
            }
            self.ready = Cursor::new(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators() {
        for (head, expected) in [
            ("name,dob\n", b','),
            ("name;dob\na,b,c;d", b';'),
            ("name\tdob", b'\t'),
            ("name|dob|x", b'|'),
            ("name", b','),
            ("\"a;b;c\",d\n", b','),
            ("\n\na;b", b';'),
            ("", b','),
        ] {
            assert_eq!(separator(head.as_bytes()), expected, "{head:?}");
        }
    }

    #[test]
    fn texts_of_any_encoding() {
        for (bytes, text, said) in [
            (&b"na\xc3\xafve"[..], "naïve", false),
            (b"na\xefve", "naïve", true),
            (b"\xff\xfen\0a\0\xef\0v\0e\0", "naïve", true),
            (b"", "", false),
        ] {
            let (read, remark) = whole_text(bytes.to_vec());
            assert_eq!((read.as_str(), remark.is_some()), (text, said));
        }
    }

    #[test]
    fn forms_by_name() {
        for (name, form) in [
            ("a.CSV", Some(Form::Delimited)),
            ("a.b.jsonl", Some(Form::JsonLines)),
            ("entities.ftm.json", Some(Form::JsonLines)),
            ("a.txt", None),
            ("csv", None),
        ] {
            assert_eq!(Form::of_name(name), form, "{name}");
        }
    }
}
