//! One JSON object per row and one summary, as `cordon_screening::wire` has them.

use super::{Closing, Heading, Paper, Report};
use crate::target::Target;
use cordon_screening::batch::Screened;
use cordon_screening::wire::{WireRow, WireSummary};
use serde::Serialize;
use std::io::{self, Write};

struct Jsonl {
    out: Target,
    heading: Heading,
}

#[expect(clippy::unnecessary_wraps, reason = "all forms are opened alike")]
pub(super) fn open(out: Target, heading: Heading, _: Paper) -> io::Result<Box<dyn Report>> {
    Ok(Box::new(Jsonl { out, heading }))
}

impl Report for Jsonl {
    fn row(&mut self, screened: &Screened) -> io::Result<()> {
        line(&mut self.out, &WireRow::new(screened, self.heading.threshold, &self.heading.digest))
    }

    fn end(mut self: Box<Self>, closing: &Closing) -> io::Result<Target> {
        line(&mut self.out, &WireSummary { summary: closing.summary, checked: &self.heading.checked })?;
        Ok(self.out)
    }
}

/// Writes one value on one line.
pub(crate) fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
