//! How a table of one's own is read, where its owner says so: what columns mean, and what being on the list means.

use super::columns::{Taken, taken_for};
use crate::programs::{authority, program};
use cordon_model::{Designation, Measure};
use std::collections::BTreeMap;

/// The programme of every entry, where nothing else is said.
const PROGRAM: &str = "in-house";

/// The word for a column that is to be passed over.
const IGNORED: &str = "ignore";

/// A table as its owner describes it, checked.
#[derive(Debug)]
pub struct Reading {
    columns: BTreeMap<String, Taken>,
    act: Designation,
}

impl Default for Reading {
    /// Columns by their names, and no more than that the entry is on a list of one's own.
    fn default() -> Self {
        let known = program(authority::IN_HOUSE, PROGRAM);
        let act = Designation {
            authority: authority::IN_HOUSE.to_owned(),
            program: PROGRAM.to_owned(),
            title: known.map_or("", |known| known.title).to_owned(),
            measures: known.map_or(&[][..], |known| known.measures).to_vec(),
            ..Designation::default()
        };
        Self { columns: BTreeMap::new(), act }
    }
}

impl Reading {
    /// Takes the column of this name for what `field` says: a name people use for such a column (`name`, `date of
    /// birth`, `reason`, …), or `ignore`. The error is the field that is not understood.
    pub fn column(mut self, column: &str, field: &str) -> Result<Self, String> {
        let taken = match field.trim() {
            IGNORED => Taken::Ignored,
            field => taken_for(field).ok_or_else(|| {
                format!("`{field}` is not a field: use a word such as `name`, `alias`, `date of birth`, `country`, `passport`, `reason`, `note`, or `{IGNORED}`")
            })?,
        };
        self.columns.insert(column.trim().to_owned(), taken);
        Ok(self)
    }

    /// The programme under which entries are listed, in place of `in-house`; it has no measures until told.
    #[must_use]
    pub fn program(mut self, program: &str) -> Self {
        self.act = Designation {
            authority: self.act.authority,
            program: program.to_owned(),
            ..Designation::default()
        };
        self
    }

    /// Who decides who is on the list.
    #[must_use]
    pub fn authority(mut self, authority: &str) -> Self {
        authority.clone_into(&mut self.act.authority);
        self
    }

    /// What being on the list forbids. The error is the word that is not understood.
    pub fn measures<'a>(mut self, words: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let known = || Measure::TABLE.map(|row| row.1).join(", ");
        let measure = |word: &str| {
            Measure::from_label(word)
                .ok_or_else(|| format!("`{word}` is not a measure: known are {}", known()))
        };
        self.act.measures = words.into_iter().map(measure).collect::<Result<_, _>>()?;
        Ok(self)
    }

    /// What the owner says of a column, if anything.
    pub(super) fn of(&self, column: &str) -> Option<Taken> {
        self.columns.get(column.trim()).copied()
    }

    /// The columns the owner names.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    /// What being on the list means.
    pub(super) fn act(&self) -> &Designation {
        &self.act
    }
}
