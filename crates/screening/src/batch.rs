//! Many rows against one screener: in parallel, in order, in constant memory.

use crate::input::Row;
use cordon_matching::{Match, Options, Screener};
use rayon::prelude::*;
use std::io;

/// Rows screened at once: enough to keep all cores busy, few enough to hold in memory with their matches.
const CHUNK: usize = 512;

/// A row with its matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Screened {
    /// The row; it has an error if it could not be screened.
    pub row: Row,
    /// Matches, best first; none if the row has an error.
    pub matches: Vec<Match>,
}

/// Counts over the rows screened so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows read.
    pub rows: u64,
    /// Rows with at least one match.
    pub matched: u64,
    /// Rows that could not be screened.
    pub errors: u64,
}

/// The results of a batch in the order of its rows: iterate, then ask for the counts.
///
/// An item is an error only when the reader of the rows fails; it is the last one then.
pub struct Batch<'a, I> {
    screener: &'a Screener,
    options: Options,
    rows: I,
    ready: std::vec::IntoIter<Screened>,
    failed: Option<io::Error>,
    ended: bool,
    counts: Counts,
}

impl<'a, I: Iterator<Item = io::Result<Row>>> Batch<'a, I> {
    /// Screens `rows`.
    pub fn new(screener: &'a Screener, options: Options, rows: I) -> Self {
        Self {
            screener,
            options,
            rows,
            ready: Vec::new().into_iter(),
            failed: None,
            ended: false,
            counts: Counts::default(),
        }
    }

    /// Counts over the results given so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Screens the next rows, up to a reader's error.
    fn fill(&mut self) {
        let mut chunk = Vec::with_capacity(CHUNK);
        while !self.ended && chunk.len() < CHUNK {
            match self.rows.next() {
                Some(Ok(row)) => chunk.push(row),
                other => {
                    self.ended = true;
                    self.failed = other.and_then(Result::err);
                }
            }
        }
        let (screener, options) = (self.screener, self.options);
        let screened: Vec<Screened> =
            chunk.into_par_iter().map(|row| screen(screener, options, row)).collect();
        self.ready = screened.into_iter();
    }
}

/// Screens one row.
pub fn screen(screener: &Screener, options: Options, mut row: Row) -> Screened {
    let mut matches = Vec::new();
    if row.error.is_none() {
        match screener.screen(&row.query, options) {
            Ok(found) => matches = found,
            Err(error) => row.error = Some(error.to_string()),
        }
    }
    Screened { row, matches }
}

impl<I: Iterator<Item = io::Result<Row>>> Iterator for Batch<'_, I> {
    type Item = io::Result<Screened>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.len() == 0 {
            self.fill();
        }
        let Some(screened) = self.ready.next() else { return self.failed.take().map(Err) };
        self.counts.rows += 1;
        self.counts.matched += u64::from(!screened.matches.is_empty());
        self.counts.errors += u64::from(screened.row.error.is_some());
        Some(Ok(screened))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Form, Input};
    use cordon_matching::{Policy, Segment};
    use cordon_model::{Entity, EntityId, Name, NameKind, Schema, Snapshot};
    use std::sync::Arc;

    fn screener() -> Screener {
        let entities = ["Ri Pyong Chol", "Green Pine"].iter().enumerate().map(|(index, name)| {
            let mut entity = Entity::new(EntityId::new("l", &index.to_string()), Schema::Thing);
            entity.add_name(Name::new(NameKind::Primary, name));
            entity
        });
        let snapshot = Snapshot::new("l", None, entities.collect(), vec![]);
        let segment = Segment::open(Arc::new(Segment::build(&snapshot))).unwrap();
        Screener::new(vec![Arc::new(segment)], Policy::default())
    }

    #[test]
    fn results_keep_the_order_and_count_every_row() {
        let screener = screener();
        let mut csv = String::from("id,name\n");
        for row in 1..=3 * CHUNK + 7 {
            let name = match row % 5 {
                0 => "Ri Pyong Chol",
                1 => "",
                _ => "Quentin Zyxwvut",
            };
            csv.extend([&row.to_string(), ",", name, "\n"]);
        }
        let input = Input::open(csv.as_bytes(), Some(Form::Delimited)).unwrap();
        let mut batch = Batch::new(&screener, Options { threshold: 0.7, limit: 5 }, input);
        let mut expected = 0;
        for screened in batch.by_ref() {
            let screened = screened.unwrap();
            expected += 1;
            assert_eq!(screened.row.id, Some(expected.to_string()));
            assert_eq!(!screened.matches.is_empty(), expected % 5 == 0, "{expected}");
            assert_eq!(screened.row.error.is_some(), expected % 5 == 1, "{expected}");
        }
        let rows = 3 * CHUNK as u64 + 7;
        assert_eq!(batch.counts(), Counts { rows, matched: rows / 5, errors: rows.div_ceil(5) });
    }

    #[test]
    fn a_failing_reader_is_the_last_item() {
        let screener = screener();
        let rows = vec![
            Ok(Row { error: Some("x".to_owned()), ..Row::new(1) }),
            Err(io::Error::other("gone")),
            Ok(Row::new(2)),
        ];
        let batch = Batch::new(&screener, Options { threshold: 0.7, limit: 5 }, rows.into_iter());
        let seen: Vec<bool> = batch.map(|item| item.is_ok()).collect();
        assert_eq!(seen, [true, false]);
    }
}
