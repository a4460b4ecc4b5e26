//! What the columns of a table are taken for.

use super::reading::Reading;
use crate::formats::names::digest;
use crate::formats::table::{self, Record};
use cordon_model::columns::{Meaning, header_key, layout};
use cordon_model::{DateRole, NamePartKind};

/// What a column of a list is taken for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Taken {
    /// A column any file of parties can have.
    Party(Meaning),
    /// The programme, or the list within the list.
    Program,
    Listed,
    Ended,
    Reason,
    /// The authority's or one's own reference.
    Reference,
    Note,
    Topic,
    SourceUrl,
    /// What its owner wants passed over.
    Ignored,
}

/// Names of columns only lists have, as `header_key` writes them.
const WORDS: [(Taken, &str); 8] = [
    (Taken::Program, "program programme programs list listname listtype regime watchlist"),
    (Taken::Listed, "listed listedon listingdate datelisted dateadded addedon added startdate validfrom"),
    (
        Taken::Ended,
        "ended enddate delisted delistedon removedon expires expiry expirydate validto validuntil",
    ),
    (Taken::Reason, "reason reasons grounds justification"),
    (Taken::Reference, "listingreference caseref decision"),
    (Taken::Note, "note notes remark remarks comment comments description information additionalinformation"),
    (Taken::Topic, "topic topics risk riskcategory"),
    (Taken::SourceUrl, "sourceurl source sourcelink link reportedin"),
];

fn word(title: &str) -> Option<Taken> {
    let key = header_key(title);
    WORDS.iter().find(|row| row.1.split(' ').any(|word| word == key)).map(|row| row.0)
}

/// What a column of this name is taken for.
pub(super) fn taken_for(title: &str) -> Option<Taken> {
    let meaning = || layout(&[title.to_owned()]).first().and_then(|column| column.meaning);
    word(title).or_else(|| meaning().map(Taken::Party))
}

/// The separators tried; of several that fit the one with the most columns understood is taken.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    columns: Vec<(String, Option<Taken>)>,
}

impl Layout {
    /// The layout of a table; `None` when no column holds names.
    pub(super) fn of(bytes: &[u8], reading: &Reading) -> Option<Self> {
        let tried = DELIMITERS.iter().filter_map(|delimiter| {
            let header = table::header(bytes, *delimiter)?;
            let read = layout(&header);
            let columns = header.iter().zip(read).map(|(title, column)| {
                let by_name = || word(title).or(column.meaning.map(Taken::Party));
                let taken = reading.of(title).or_else(by_name);
                (column.name, taken)
            });
            Some(Self { delimiter: *delimiter, columns: columns.collect() })
        });
        let fitting = tried.filter(|layout| layout.columns.iter().any(|(_, taken)| taken.is_some_and(names)));
        fitting.max_by_key(|layout| layout.columns.iter().filter(|(_, taken)| taken.is_some()).count())
    }

    /// The columns' names, each once.
    pub(super) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The names of columns that are not understood.
    pub(super) fn unknown(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|(_, taken)| taken.is_none()).map(|(name, _)| name.as_str())
    }

    /// The columns that are understood.
    pub(super) fn taken(&self) -> impl Iterator<Item = (&str, Taken)> {
        self.columns.iter().filter_map(|(name, taken)| Some((name.as_str(), (*taken)?)))
    }

    /// The key of a row's party.
    pub(super) fn key(&self, record: &Record) -> String {
        let cells = |wanted: fn(Meaning) -> bool| -> Vec<&str> {
            let columns =
                self.taken().filter(|(_, taken)| matches!(taken, Taken::Party(meaning) if wanted(*meaning)));
            columns.map(|(name, _)| record.get(name)).filter(|cell| !cell.is_empty()).collect()
        };
        if let Some(id) = cells(|meaning| meaning == Meaning::Id).first() {
            return (*id).to_owned();
        }
        let told = cells(|meaning| {
            names(Taken::Party(meaning))
                || matches!(meaning, Meaning::Date(DateRole::Birth) | Meaning::Part(_))
        });
        digest(&told.join(" "))
    }
}

/// Whether a column holds names enough to tell a party.
fn names(taken: Taken) -> bool {
    matches!(
        taken,
        Taken::Party(Meaning::Name(_) | Meaning::Fallback(_) | Meaning::Part(NamePartKind::Family))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use cordon_model::NameKind;

    #[test]
    fn headers() {
        for (header, delimiter, understood, unknown) in [
            ("Name,DOB,Nationality\n", b',', 3, &[][..]),
            ("Full name;Date of birth (d/m/y);Listed on;Shoe size\n", b';', 3, &["Shoe size"]),
            ("First name\tLast name\tProgramme\tReason\n", b'\t', 4, &[]),
        ] {
            let layout = Layout::of(header.as_bytes(), &Reading::default()).unwrap();
            let unknown_here: Vec<&str> = layout.unknown().collect();
            assert_eq!(
                (layout.delimiter, layout.taken().count(), unknown_here),
                (delimiter, understood, unknown.to_vec())
            );
        }
        for header in ["amount,currency\n", "", "<html><name>", "first name,shoe size\n"] {
            assert!(Layout::of(header.as_bytes(), &Reading::default()).is_none(), "{header}");
        }
        assert!(names(Taken::Party(Meaning::Name(NameKind::Alias))));
    }
}
