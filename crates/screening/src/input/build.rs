//! Cells with a meaning to a query.

use super::delimited::Record;
use super::{LONGEST_NAME, Row, SHOWN_NAME};
use cordon_model::columns::{AddressPart, Column, Meaning};
use cordon_model::{
    Address, Country, DateRole, Entity, Identifier, IdentifierError, Name, NameKind, NamePartKind,
    PartialDate, Schema, Scheme,
};

/// What people write in a cell that holds nothing.
const NOTHING: &[&str] =
    &["n/a", "na", "n.a.", "null", "none", "nan", "nil", "unknown", "not available", "#n/a"];

/// The same for names, without what could be a name (`Nan`, `Na`).
const NO_NAME: &[&str] = &["n/a", "n.a.", "null", "none", "unknown", "not available", "#n/a"];

/// Words for genders, and the `FollowTheMoney` value.
const GENDERS: &[(&str, &[&str])] = &[
    (
        "male",
        &[
            "m",
            "male",
            "man",
            "mann",
            "männlich",
            "homme",
            "masculin",
            "hombre",
            "masculino",
            "м",
            "муж",
            "мужской",
            "男",
            "남",
        ],
    ),
    (
        "female",
        &[
            "f",
            "female",
            "w",
            "woman",
            "frau",
            "weiblich",
            "femme",
            "féminin",
            "mujer",
            "femenino",
            "femminile",
            "ж",
            "жен",
            "женский",
            "女",
            "여",
        ],
    ),
    ("other", &["x", "other", "o", "d", "divers", "diverse", "non-binary", "nonbinary"]),
];

/// Makes a query of cells, one after the other.
#[derive(Default)]
pub(crate) struct Builder {
    id: Option<String>,
    names: Vec<Name>,
    fallbacks: Vec<(String, Schema)>,
    parts: Vec<(NamePartKind, String)>,
    schema: Option<Schema>,
    dates: Vec<(DateRole, PartialDate)>,
    countries: Vec<(cordon_model::CountryRole, Country)>,
    identifiers: Vec<Identifier>,
    currency: String,
    address: Address,
    properties: Vec<(&'static str, String)>,
    notes: Vec<String>,
}

/// A query and what was noted while making it.
pub(crate) struct Built {
    pub(crate) id: Option<String>,
    pub(crate) query: Entity,
    pub(crate) notes: Vec<String>,
    pub(crate) error: Option<String>,
}

impl Builder {
    /// Takes the text of a column. `column` is its name, for notes.
    pub(crate) fn take(&mut self, meaning: Meaning, column: &str, text: &str) {
        let text = text.trim();
        let nothing =
            if meaning.asks() && !matches!(meaning, Meaning::Identifier(_)) { NO_NAME } else { NOTHING };
        if text.is_empty() || (meaning != Meaning::Id && is_nothing(text, nothing)) {
            return;
        }
        match meaning {
            Meaning::Id => self.id = Some(text.to_owned()),
            Meaning::Name(NameKind::Primary | NameKind::OriginalScript) => {
                self.name(NameKind::Primary, column, text);
            }
            Meaning::Name(kind) => several(text).for_each(|text| self.name(kind, column, text)),
            Meaning::Fallback(schema) => self.fallbacks.push((text.to_owned(), schema)),
            Meaning::Part(kind) => self.parts.push((kind, text.to_owned())),
            Meaning::Schema => self.schema(column, text),
            Meaning::Date(role) => several(text).for_each(|text| match PartialDate::parse(text) {
                Ok(date) => self.dates.push((role, date)),
                Err(error) => self.ignore(column, &error.to_string()),
            }),
            Meaning::Country(role) => {
                let found = self.read_countries(column, text);
                self.countries.extend(found.into_iter().map(|country| (role, country)));
            }
            Meaning::Identifier(scheme) => {
                several(text).for_each(|text| self.identifier(scheme, column, text));
            }
            Meaning::Currency => text.clone_into(&mut self.currency),
            Meaning::Address(part) => self.address(part, column, text),
            Meaning::Property("gender") => match fold_gender(text) {
                Some(gender) => self.properties.push(("gender", gender.to_owned())),
                None => self.ignore(column, &format!("`{}` is not a gender we know", short(text))),
            },
            Meaning::Property(property) => {
                several(text).for_each(|text| self.properties.push((property, text.to_owned())));
            }
        }
    }

    /// Adds a note.
    pub(crate) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    fn ignore(&mut self, column: &str, problem: &str) {
        self.notes.push(format!("{column}: {problem}; ignored"));
    }

    fn name(&mut self, kind: NameKind, column: &str, text: &str) {
        if text.chars().any(char::is_alphanumeric) {
            let text = self.limit(column, text);
            self.names.push(Name::new(kind, &text));
        } else {
            self.ignore(column, &format!("`{}` has no letter or digit", short(text)));
        }
    }

    /// The text to screen of a name; a very long one is noted.
    fn limit(&mut self, column: &str, text: &str) -> String {
        let length = text.chars().count();
        if length > LONGEST_NAME {
            self.notes
                .push(format!("{column}: {length} characters; only the first {LONGEST_NAME} are screened"));
            return text.chars().take(LONGEST_NAME).collect();
        }
        if length > SHOWN_NAME {
            self.notes.push(format!(
                "{column}: {length} characters; all are screened, {SHOWN_NAME} are shown in reports"
            ));
        }
        text.to_owned()
    }

    fn schema(&mut self, column: &str, text: &str) {
        match Schema::from_word(text) {
            Some(schema) => self.schema = Some(schema),
            None => self.ignore(column, &format!("`{}` is not a kind of party we know", short(text))),
        }
    }

    fn read_countries(&mut self, column: &str, text: &str) -> Vec<Country> {
        let mut found = Vec::new();
        for text in several(text) {
            match Country::parse(text) {
                Ok(country) => found.push(country),
                Err(error) => match all_countries(text) {
                    Some(countries) => found.extend(countries),
                    None => self.ignore(column, &error.to_string()),
                },
            }
        }
        found
    }

    fn identifier(&mut self, scheme: Scheme, column: &str, text: &str) {
        match Identifier::parse(scheme, text) {
            Ok(identifier) => self.identifiers.push(identifier),
            Err(error) => self.ignore(column, &IdentifierError::to_string(&error)),
        }
    }

    fn address(&mut self, part: AddressPart, column: &str, text: &str) {
        let place = match part {
            AddressPart::Street => &mut self.address.street,
            AddressPart::City => &mut self.address.city,
            AddressPart::Region => &mut self.address.region,
            AddressPart::PostalCode => &mut self.address.postal_code,
            AddressPart::Country => {
                self.address.country = self.read_countries(column, text).first().copied();
                return;
            }
        };
        if !place.is_empty() {
            place.push_str(", ");
        }
        place.push_str(text);
    }

    /// The query of all that was taken.
    pub(crate) fn finish(mut self) -> Built {
        let schema = self.decide_schema();
        let id = self.id.take();
        let mut query = Entity::new(id.clone().unwrap_or_default().into(), schema);
        self.whole_names();
        for name in std::mem::take(&mut self.names) {
            query.add_name(name);
        }
        for (role, date) in self.dates {
            query.add_date(role, date);
        }
        for (role, country) in self.countries {
            query.add_country(role, country);
        }
        for mut identifier in self.identifiers {
            if identifier.scheme == Scheme::Crypto {
                self.currency.to_uppercase().clone_into(&mut identifier.kind);
            }
            query.add_identifier(identifier);
        }
        if !self.address.is_empty() {
            query.addresses.push(self.address);
        }
        for (property, value) in self.properties {
            query.add(property, &value);
        }
        let error = missing(&query, &mut self.notes);
        Built { id, query, notes: self.notes, error }
    }

    /// The kind given, else the one the name's column tells, else a person if something is known that only persons
    /// have.
    fn decide_schema(&self) -> Schema {
        let personal = !self.parts.is_empty()
            || self.dates.iter().any(|(role, _)| matches!(role, DateRole::Birth | DateRole::Death))
            || self.identifiers.iter().any(|identifier| identifier.scheme == Scheme::Passport)
            || self.properties.iter().any(|(property, _)| *property == "gender");
        let named = !self.names.is_empty() || !self.parts.is_empty();
        let fallback = self.fallbacks.first().filter(|_| !named).map(|(_, schema)| *schema);
        self.schema.or(fallback).unwrap_or(if personal { Schema::Person } else { Schema::Thing })
    }

    /// Puts together whole names, parts, and the names used when there is no other.
    ///
    /// A whole name beside one part that it does not contain is the other part: many files call the family name
    /// just `name`.
    fn whole_names(&mut self) {
        let parts = std::mem::take(&mut self.parts);
        let order = |kind: &NamePartKind| match kind {
            NamePartKind::Given => 0,
            NamePartKind::Middle => 1,
            NamePartKind::Patronymic => 2,
            NamePartKind::Family => 3,
            NamePartKind::Matronymic => 4,
            NamePartKind::Maiden | NamePartKind::Nickname => 5,
        };
        let mut ordered: Vec<&(NamePartKind, String)> = parts.iter().collect();
        ordered.sort_by_key(|(kind, _)| order(kind));
        let typed = || ordered.iter().map(|(kind, text)| (*kind, text.as_str()));
        let joined = ordered
            .iter()
            .filter(|(kind, _)| order(kind) < 5)
            .map(|(_, text)| text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let whole = self.names.iter().position(|name| name.kind == NameKind::Primary);
        match whole.and_then(|at| self.names.get_mut(at)) {
            Some(name) if joined.is_empty() || holds(&name.text, &joined) => {
                *name = name.clone().with_parts(typed());
            }
            Some(name) => {
                let has = |kind| parts.iter().any(|part| part.0 == kind);
                let text = match (has(NamePartKind::Given), has(NamePartKind::Family)) {
                    (true, false) => format!("{joined} {}", name.text),
                    (false, true) => format!("{} {joined}", name.text),
                    _ => joined,
                };
                let kind =
                    if text.contains(name.text.as_str()) { NameKind::WeakAlias } else { NameKind::Alias };
                name.kind = kind;
                let text = self.limit("name parts", &text);
                self.names.insert(0, Name::new(NameKind::Primary, &text).with_parts(typed()));
            }
            None if joined.chars().any(char::is_alphanumeric) => {
                let text = self.limit("name parts", &joined);
                self.names.insert(0, Name::new(NameKind::Primary, &text).with_parts(typed()));
            }
            None => {
                let fallbacks = std::mem::take(&mut self.fallbacks);
                if self.names.is_empty() {
                    for (text, _) in &fallbacks {
                        self.name(NameKind::Primary, "name", text);
                    }
                }
            }
        }
    }
}

/// Whether every word of `parts` is in `whole`, case apart.
fn holds(whole: &str, parts: &str) -> bool {
    let whole = whole.to_lowercase();
    parts.to_lowercase().split_whitespace().all(|part| whole.contains(part))
}

/// Why a query cannot be asked, if so. Identifiers alone are enough, with a note.
pub(super) fn missing(query: &Entity, notes: &mut Vec<String>) -> Option<String> {
    match (query.names.is_empty(), query.identifiers.is_empty()) {
        (true, true) => Some("no name and no identifier to screen".to_owned()),
        (true, false) => {
            notes.push("no name: screened by its identifiers alone".to_owned());
            None
        }
        _ => None,
    }
}

fn is_nothing(text: &str, words: &[&str]) -> bool {
    let dashes = text.chars().all(|letter| matches!(letter, '-' | '–' | '—' | '.' | '?'));
    dashes || words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The values of a cell that may hold several.
fn several(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '|', '\n']).map(str::trim).filter(|text| !text.is_empty())
}

/// Countries separated by commas, slashes or `and`, if each one is known.
fn all_countries(text: &str) -> Option<Vec<Country>> {
    let pieces: Vec<&str> =
        text.split([',', '/']).flat_map(|text| text.split(" and ")).map(str::trim).collect();
    pieces.into_iter().filter(|text| !text.is_empty()).map(|text| Country::parse(text).ok()).collect()
}

/// The `FollowTheMoney` value of a word for a gender.
fn fold_gender(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    GENDERS.iter().find(|(_, words)| words.contains(&text.as_str())).map(|row| row.0)
}

/// The start of a text, for notes.
pub(super) fn short(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(60).chain(['…']).collect() }
}

/// Makes the row of a record of cells.
pub(super) fn from_cells(mut row: Row, record: Record, columns: &[Column]) -> Row {
    row.notes = record.notes;
    if let Some(error) = record.error {
        row.error = Some(error);
        return row;
    }
    let mut builder = Builder::default();
    for (column, text) in columns.iter().zip(&record.cells) {
        match column.meaning {
            Some(meaning) => builder.take(meaning, &column.name, text),
            None => row.carried.push((column.name.clone(), text.clone())),
        }
    }
    check_width(&mut row, &mut builder, &record.cells, columns);
    let built = builder.finish();
    row.cells = record.cells;
    row.cells.resize(columns.len().max(row.cells.len()), String::new());
    row.id = built.id;
    row.query = built.query;
    row.notes.extend(built.notes);
    row.error = built.error;
    row
}

/// Notes a record that is narrower or wider than the header.
///
/// Too many cells come mostly from a separator inside a name that was not quoted, so the name is also read over the
/// cells it may have been cut into.
fn check_width(row: &mut Row, builder: &mut Builder, cells: &[String], columns: &[Column]) {
    let (given, expected) = (cells.len(), columns.len());
    if given < expected {
        row.notes
            .push(format!("{given} cells where the header has {expected}: the others are taken as empty"));
        return;
    }
    let extra = cells.get(expected..).unwrap_or_default();
    if extra.iter().all(|cell| cell.trim().is_empty()) {
        return;
    }
    row.notes.push(format!(
        "{given} cells where the header has {expected}: is a separator in a cell not quoted? the values may stand in wrong columns"
    ));
    row.carried.extend(
        extra
            .iter()
            .enumerate()
            .map(|(index, cell)| (format!("cell {}", expected + index + 1), cell.clone())),
    );
    let name = columns.iter().position(|column| column.meaning == Some(Meaning::Name(NameKind::Primary)));
    if let Some(pieces) = name.and_then(|at| cells.get(at..=at + extra.len())) {
        let whole = pieces.iter().map(|piece| piece.trim()).collect::<Vec<_>>().join(", ");
        builder.note(format!("the name is also read as `{}`", short(&whole)));
        builder.take(Meaning::Name(NameKind::Alias), "name", &whole);
    }
}
