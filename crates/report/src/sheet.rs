//! A spreadsheet: the columns of the input, then ours; one line per match, and one line for a row without any.
//!
//! A cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a return) gets an
//! apostrophe before it. JSON Lines has every value untouched.

use crate::view;
use crate::{Closing, Heading, Report};
use cordon_matching::Match;
use cordon_screening::batch::Screened;
use cordon_screening::input::Row;
use std::borrow::Cow;
use std::io::{self, Write};

/// Our columns. They begin alike so that they do not meet those of the input.
const COLUMNS: [&str; 16] = [
    "cordon_row",
    "cordon_status",
    "cordon_rank",
    "cordon_score",
    "cordon_id",
    "cordon_name",
    "cordon_schema",
    "cordon_list",
    "cordon_designations",
    "cordon_births",
    "cordon_countries",
    "cordon_identifiers",
    "cordon_explanation",
    "cordon_error",
    "cordon_notes",
    "cordon_checked",
];

struct Sheet<W: Write> {
    out: csv::Writer<W>,
    heading: Heading,
}

/// Opens a spreadsheet.
pub fn sheet<W: Write + 'static>(out: W, heading: Heading) -> io::Result<Box<dyn Report<W>>> {
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(out);
    let own = ["id", "name", "schema"].map(str::to_owned);
    let input = if heading.columns.is_empty() { &own[..] } else { &heading.columns[..] };
    write(&mut out, input.iter().map(String::as_str).chain(COLUMNS))?;
    Ok(Box::new(Sheet { out, heading }))
}

fn write<'a, W: Write>(out: &mut csv::Writer<W>, cells: impl Iterator<Item = &'a str>) -> io::Result<()> {
    let cells: Vec<Cow<'_, str>> = cells.map(guarded).collect();
    out.write_record(cells.iter().map(AsRef::as_ref)).map_err(written)
}

/// The system's error inside a writer's, so that a reader who went away is known as such.
pub fn written(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A cell no spreadsheet takes for a formula.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

impl<W: Write> Sheet<W> {
    /// The input's cells of a row, as many as the header has.
    fn input_cells(&self, row: &Row) -> Vec<String> {
        if self.heading.columns.is_empty() {
            let name = row.query.names.first().map(|name| name.text.clone()).unwrap_or_default();
            return vec![row.id.clone().unwrap_or_default(), name, row.query.schema.as_str().to_owned()];
        }
        let mut cells = row.cells.clone();
        cells.resize(self.heading.columns.len(), String::new());
        cells
    }

    fn line(&mut self, row: &Row, found: Option<(usize, &Match)>) -> io::Result<()> {
        let status = match (&row.error, found) {
            (Some(_), _) => "error",
            (None, Some(_)) => "match",
            (None, None) => "clear",
        };
        let mut cells = self.input_cells(row);
        cells.extend([row.number.to_string(), status.to_owned()]);
        cells.extend(found.map_or_else(Default::default, |(rank, found)| match_cells(rank, found)));
        cells.extend([
            row.error.clone().unwrap_or_default(),
            row.notes.join("; "),
            self.heading.digest.as_str().to_owned(),
        ]);
        write(&mut self.out, cells.iter().map(String::as_str))
    }
}

fn match_cells(rank: usize, found: &Match) -> [String; 11] {
    let entity = &found.entity;
    let join = |values: Vec<String>| values.join("; ");
    [
        rank.to_string(),
        found.score.to_string(),
        entity.id.as_str().to_owned(),
        entity.caption().to_owned(),
        entity.schema.as_str().to_owned(),
        found.lists().join("; "),
        join(found.designations().map(|designation| view::act(designation).line()).collect()),
        join(entity.dates_of(cordon_model::DateRole::Birth).map(|date| date.to_string()).collect()),
        join(distinct(entity.countries.iter().map(|fact| fact.country.name().to_owned()))),
        join(entity.identifiers.iter().map(|known| format!("{} {}", known.label(), known.value)).collect()),
        explanation(found),
    ]
}

fn distinct(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut out = Vec::new();
    for value in values {
        if !out.contains(&value) {
            out.push(value);
        }
    }
    out
}

/// Evidence on one line.
pub fn explanation(found: &Match) -> String {
    let part = |evidence: &cordon_matching::Evidence| {
        format!(
            "{} {:+}: {} (`{}` / `{}`)",
            evidence.signal, evidence.score, evidence.detail, evidence.query, evidence.candidate
        )
    };
    found.evidence.iter().map(part).collect::<Vec<_>>().join("; ")
}

impl<W: Write> Report<W> for Sheet<W> {
    fn row(&mut self, screened: &Screened) -> io::Result<()> {
        if screened.matches.is_empty() {
            return self.line(&screened.row, None);
        }
        for (index, found) in screened.matches.iter().enumerate() {
            self.line(&screened.row, Some((index + 1, found)))?;
        }
        Ok(())
    }

    fn end(self: Box<Self>, _: &Closing) -> io::Result<W> {
        self.out.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+49", "'+49"),
            ("-", "'-"),
            ("@x", "'@x"),
            ("\t=1", "'\t=1"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), expected);
        }
    }
}
