//! The rows of one party to an entity.

use super::columns::{Layout, Taken};
use crate::formats::draft::Draft;
use crate::formats::table::Record;
use cordon_model::columns::{AddressPart, Meaning};
use cordon_model::{
    Address, Country, CountryRole, DateRole, Designation, Entity, Identifier, Issue, IssueKind, Name,
    NameKind, NamePartKind, PartialDate, Schema, Scheme,
};

/// Cells that hold nothing.
const NOTHING: [&str; 6] = ["n/a", "null", "none", "-", "unknown", "not available"];

/// A party while its rows are read.
pub(super) struct Party<'a> {
    draft: Draft<'a>,
    schema: Option<Schema>,
    /// What being on the list means.
    act: &'a Designation,
}

/// What of one row can only be put together when all of it is read.
#[derive(Default)]
struct Row {
    names: Vec<Name>,
    fallbacks: Vec<(String, Schema)>,
    parts: Vec<(NamePartKind, String)>,
    address: Address,
    currency: String,
    wallets: Vec<Identifier>,
    act: Designation,
}

impl<'a> Party<'a> {
    pub(super) fn new(list: &str, key: &str, act: &'a Designation, issues: &'a mut Vec<Issue>) -> Self {
        let mut draft = Draft::new(list, key, Schema::Thing, issues);
        draft.entity.properties.remove("topics");
        Self { draft, schema: None, act }
    }

    /// Adds what a row says.
    pub(super) fn read(&mut self, mut record: Record, layout: &Layout) {
        let mut row = Row::default();
        for (column, taken) in layout.taken() {
            let cell = record.take(column);
            if !cell.is_empty() && !NOTHING.iter().any(|word| cell.eq_ignore_ascii_case(word)) {
                self.take(&mut row, column, taken, &cell);
            }
        }
        for (column, cell) in record.leftovers() {
            self.draft.note(&format!("{column}: {cell}"));
        }
        self.put_together(row);
    }

    fn take(&mut self, row: &mut Row, column: &str, taken: Taken, cell: &str) {
        let draft = &mut self.draft;
        match taken {
            Taken::Party(meaning) => self.take_party(row, column, meaning, cell),
            Taken::Program => several(cell).for_each(|text| draft.entity.add("programId", text)),
            Taken::Listed => row.act.listed = date(draft, column, cell),
            Taken::Ended => row.act.ended = date(draft, column, cell),
            Taken::Reason => cell.clone_into(&mut row.act.reason),
            Taken::Reference => cell.clone_into(&mut row.act.reference),
            Taken::Note => draft.note(cell),
            Taken::Topic => several(cell).for_each(|text| draft.entity.add("topics", text)),
            Taken::SourceUrl => draft.entity.add("sourceUrl", cell),
            Taken::Ignored => {}
        }
    }

    fn take_party(&mut self, row: &mut Row, column: &str, meaning: Meaning, cell: &str) {
        let draft = &mut self.draft;
        match meaning {
            Meaning::Id => {}
            Meaning::Name(kind @ (NameKind::Primary | NameKind::OriginalScript)) => {
                row.names.push(Name::new(kind, cell));
            }
            Meaning::Name(kind) => {
                row.names.extend(several(cell).map(|text| Name::new(kind, text).from_cell(cell)));
            }
            Meaning::Fallback(schema) => row.fallbacks.push((cell.to_owned(), schema)),
            Meaning::Part(kind) => row.parts.push((kind, cell.to_owned())),
            Meaning::Schema => {
                self.schema = Schema::from_word(cell).or(self.schema);
                if Schema::from_word(cell).is_none() {
                    draft.note(&format!("{column}: {cell}"));
                    let message = "not a kind of party we know; kept as a note";
                    draft.issue(column, IssueKind::UnknownValue, cell, message);
                }
            }
            Meaning::Date(role) => {
                for text in several(cell) {
                    if let Some(date) = date(draft, column, text) {
                        draft.entity.add_date(role, date);
                    }
                }
            }
            Meaning::Country(role) => several(cell).for_each(|text| countries(draft, role, column, text)),
            Meaning::Identifier(scheme) => {
                for text in several(cell) {
                    match Identifier::parse(scheme, text) {
                        Ok(wallet) if scheme == Scheme::Crypto => row.wallets.push(wallet),
                        Ok(identifier) => draft.add_identifier(column, identifier),
                        Err(error) => {
                            draft.note(&format!("{column}: {text}"));
                            draft.issue(column, IssueKind::Unparsed, text, &error.to_string());
                        }
                    }
                }
            }
            Meaning::Currency => row.currency = cell.to_uppercase(),
            Meaning::Address(part) => address(draft, &mut row.address, part, column, cell),
            Meaning::Property(property) => several(cell).for_each(|text| draft.entity.add(property, text)),
        }
    }

    /// Names, address, ledger addresses and the act of a row.
    fn put_together(&mut self, mut row: Row) {
        let draft = &mut self.draft;
        let order = |kind: NamePartKind| match kind {
            NamePartKind::Given => 0,
            NamePartKind::Middle => 1,
            NamePartKind::Patronymic => 2,
            NamePartKind::Family => 3,
            NamePartKind::Matronymic => 4,
            NamePartKind::Maiden | NamePartKind::Nickname => 5,
        };
        row.parts.sort_by_key(|(kind, _)| order(*kind));
        let parts = || row.parts.iter().map(|(kind, text)| (*kind, text.as_str()));
        let joined =
            parts().filter(|(kind, _)| order(*kind) < 5).map(|(_, text)| text).collect::<Vec<_>>().join(" ");
        if !row.names.iter().any(|name| name.kind == NameKind::Primary) {
            if joined.is_empty() {
                let fallback = row.fallbacks.first().map(|(text, _)| Name::new(NameKind::Primary, text));
                self.schema = self.schema.or(row.fallbacks.first().map(|row| row.1));
                row.names.extend(fallback);
            } else {
                row.names.push(Name::new(NameKind::Primary, &joined).with_parts(parts()));
            }
        } else if !joined.is_empty() {
            row.names.push(Name::new(NameKind::Alias, &joined).with_parts(parts()));
        }
        // A later row of the same party gives it another name.
        let named = draft.entity.names.iter().any(|name| name.kind == NameKind::Primary);
        for mut name in row.names {
            let held = draft.entity.names.iter().any(|other| other.text == name.text);
            if named && name.kind == NameKind::Primary {
                name.kind = NameKind::Alias;
            }
            if !held {
                draft.entity.add_name(name);
            }
        }
        draft.add_address(row.address);
        for wallet in row.wallets {
            draft.add_identifier("wallet", Identifier { kind: row.currency.clone(), ..wallet });
        }
        let act = Designation {
            authority: self.act.authority.clone(),
            program: self.act.program.clone(),
            title: self.act.title.clone(),
            measures: self.act.measures.clone(),
            ..row.act
        };
        if !draft.entity.designations.contains(&act) {
            draft.entity.designations.push(act);
        }
    }

    /// The finished entity; `None` with an issue when no row has a name.
    pub(super) fn finish(mut self) -> Option<Entity> {
        let entity = &mut self.draft.entity;
        let personal = entity.names.iter().any(|name| !name.parts.is_empty())
            || entity.dates.iter().any(|fact| matches!(fact.role, DateRole::Birth | DateRole::Death))
            || entity.identifiers.iter().any(|identifier| identifier.scheme == Scheme::Passport);
        entity.schema = self.schema.unwrap_or(if personal { Schema::Person } else { Schema::Thing });
        if entity.values("topics").is_empty() {
            entity.add("topics", "poi");
        }
        entity.names.sort_by_key(|name| name.kind);
        self.draft.finish("name")
    }
}

/// The values of a cell that may hold several.
fn several(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '|']).map(str::trim).filter(|text| !text.is_empty())
}

/// A date, or a note and an issue.
fn date(draft: &mut Draft<'_>, column: &str, text: &str) -> Option<PartialDate> {
    let read = draft.read_date(column, text);
    if read.is_none() {
        draft.note(&format!("{column}: {text}"));
    }
    read
}

fn countries(draft: &mut Draft<'_>, role: CountryRole, column: &str, text: &str) {
    draft.read_country(role, column, column, text);
}

fn address(draft: &mut Draft<'_>, address: &mut Address, part: AddressPart, column: &str, cell: &str) {
    let place = match part {
        AddressPart::Street => &mut address.street,
        AddressPart::City => &mut address.city,
        AddressPart::Region => &mut address.region,
        AddressPart::PostalCode => &mut address.postal_code,
        AddressPart::Country => {
            address.country = Country::parse(cell).ok();
            if address.country.is_none() {
                cell.clone_into(&mut address.note);
                draft.issue(
                    column,
                    IssueKind::UnknownValue,
                    cell,
                    "not a country we know; kept in the address",
                );
            }
            return;
        }
    };
    if !place.is_empty() {
        place.push_str(", ");
    }
    place.push_str(cell);
}
