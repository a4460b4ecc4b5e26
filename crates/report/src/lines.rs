//! One JSON object per row and one summary, as `cordon_screening::wire` has them.

use crate::{Closing, Heading, Report};
use cordon_screening::batch::Screened;
use cordon_screening::wire::{WireRow, WireSummary};
use serde::Serialize;
use std::io::{self, Write};

struct Jsonl<W> {
    out: W,
    heading: Heading,
}

/// Opens a report in JSON Lines.
pub fn jsonl<W: Write + 'static>(out: W, heading: Heading) -> io::Result<Box<dyn Report<W>>> {
    Ok(Box::new(Jsonl { out, heading }))
}

impl<W: Write> Report<W> for Jsonl<W> {
    fn row(&mut self, screened: &Screened) -> io::Result<()> {
        line(&mut self.out, &WireRow::new(screened, self.heading.threshold, &self.heading.digest))
    }

    fn end(mut self: Box<Self>, closing: &Closing) -> io::Result<W> {
        line(&mut self.out, &WireSummary { summary: closing.summary, checked: &self.heading.checked })?;
        Ok(self.out)
    }
}

/// Writes one value on one line.
pub fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
