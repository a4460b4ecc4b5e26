//! OpenSanctions' `targets.simple.csv`: one row a party or thing, the values of a cell between semicolons.
//!
//! In: the one file, with or without the column `program_ids`. Out: a snapshot, dated by the latest `last_seen` or
//! `last_change`; these times and `first_seen` are no content. The file tells little of what it comes from: identifiers
//! have no kind but what their form gives away, countries no role, and the sanctions are one line of text each.

use super::draft::Draft;
use super::table::{self, Record, Shape};
use super::{ListFormat, SourceFile};
use crate::ListError;
use cordon_model::{
    Address, Check, Country, CountryRole, DateRole, Designation, Entity, Identifier, Issue, IssueKind, Name,
    NameKind, PartialDate, Schema, Scheme, Snapshot,
};
use csv::ReaderBuilder;
use jiff::civil::Date;

/// The format.
pub(super) struct OsSimpleCsv;

static SHAPE: Shape = Shape {
    title: "OpenSanctions simple CSV",
    delimiter: b',',
    required: &["id", "schema", "name", "aliases", "sanctions", "dataset", "last_change"],
};

const COLUMNS: [&str; 16] = [
    "id",
    "schema",
    "name",
    "aliases",
    "birth_date",
    "countries",
    "addresses",
    "identifiers",
    "sanctions",
    "phones",
    "emails",
    "program_ids",
    "dataset",
    "first_seen",
    "last_seen",
    "last_change",
];

impl ListFormat for OsSimpleCsv {
    fn id(&self) -> &'static str {
        "os_simple_csv"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = SHAPE.pick(files, "targets.simple.csv")?;
        let mut issues = Vec::new();
        let rows = table::read(file, &SHAPE, &COLUMNS, &mut issues)?;
        let times =
            rows.iter().flat_map(|row| ["last_seen", "last_change"].map(|column| day(row.get(column))));
        let published = times.flatten().max();
        let entities = rows.into_iter().filter_map(|row| read(list, row, &mut issues)).collect();
        Ok(Snapshot::new(list, published, entities, issues))
    }
}

/// The day of a time stamp.
fn day(stamp: &str) -> Option<Date> {
    stamp.get(..10)?.parse().ok()
}

/// The values of a cell: between semicolons, in quotation marks where they hold one themselves.
fn values(cell: &str) -> Vec<String> {
    if !cell.contains('"') {
        return cell.split(';').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect();
    }
    let mut reader =
        ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(cell.as_bytes());
    let fields =
        reader.records().flatten().flat_map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>());
    fields.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

fn read(list: &str, mut row: Record, issues: &mut Vec<Issue>) -> Option<Entity> {
    let key = row.take("id");
    if key.is_empty() {
        let message = "a row without an id cannot be kept";
        issues.push(Issue::new(&row.place, "id", IssueKind::Dropped, row.get("name"), message));
        return None;
    }
    let own = key.strip_prefix(list).and_then(|rest| rest.strip_prefix(':')).unwrap_or(&key);
    let mut draft = Draft::new(list, own, Schema::Thing, issues);
    draft.entity.properties.remove("topics");
    let schema = row.take("schema");
    match Schema::from_ftm(&schema) {
        Some(schema) => draft.entity.schema = schema,
        None => draft.issue(
            "schema",
            IssueKind::UnknownValue,
            &schema,
            "a schema we do not know; kept as a thing",
        ),
    }
    draft.entity.add_name(Name::new(NameKind::Primary, &row.take("name")));
    for name in values(&row.take("aliases")) {
        draft.entity.add_name(Name::new(NameKind::Alias, &name));
    }
    read_facts(&mut draft, &mut row);
    read_acts(&mut draft, &mut row);
    for column in ["first_seen", "last_seen", "last_change"] {
        row.take(column);
    }
    for (column, value) in row.leftovers() {
        draft.note(&format!("{column}: {value}"));
    }
    draft.finish("name")
}

fn read_facts(draft: &mut Draft<'_>, row: &mut Record) {
    for text in values(&row.take("birth_date")) {
        match PartialDate::parse(&text) {
            Ok(date) => draft.entity.add_date(DateRole::Birth, date),
            Err(error) => {
                draft.note(&format!("Date of birth: {text}"));
                draft.issue("birth_date", IssueKind::Unparsed, &text, &error.to_string());
            }
        }
    }
    for text in values(&row.take("countries")) {
        draft.read_country(CountryRole::Country, "countries", "Country", &text);
    }
    for text in values(&row.take("addresses")) {
        let last = text.rsplit(',').next().unwrap_or_default().trim();
        // Shorter words are as often codes of states of a federation.
        let country = Country::parse(last).ok().filter(|_| last.len() > 3);
        draft.add_address(Address { street: text.clone(), country, ..Address::default() });
    }
    for text in values(&row.take("identifiers")) {
        match identifier(&text, draft.entity.schema) {
            Some(identifier) => draft.add_identifier("identifiers", identifier),
            None => {
                draft.issue("identifiers", IssueKind::Unparsed, &text, "a number without letters and digits");
            }
        }
    }
    for (column, property) in [("phones", "phone"), ("emails", "email")] {
        for text in values(&row.take(column)) {
            draft.entity.add(property, &text);
        }
    }
}

/// Schemes whose numbers give themselves away by their check digits.
const TELLING: [Scheme; 3] = [Scheme::Lei, Scheme::Ogrn, Scheme::Inn];

/// An identifier of the scheme its form gives away, or of none.
fn identifier(text: &str, schema: Schema) -> Option<Identifier> {
    if text.starts_with("IMO") {
        let scheme = if schema.is_craft() { Scheme::ImoShip } else { Scheme::ImoCompany };
        return Identifier::parse(scheme, text).ok();
    }
    let passes =
        |scheme: &Scheme| Identifier::parse(*scheme, text).ok().filter(|found| found.check == Check::Passed);
    TELLING.iter().find_map(passes).or_else(|| Identifier::parse(Scheme::Other, text).ok())
}

/// Programmes and sanctions become designations by the data set.
fn read_acts(draft: &mut Draft<'_>, row: &mut Record) {
    let dataset = row.take("dataset");
    let [programs, sanctions] = ["program_ids", "sanctions"].map(|column| values(&row.take(column)));
    for text in &sanctions {
        draft.note(text);
    }
    let authority = dataset.split(';').next().unwrap_or_default().trim().to_owned();
    for name in values(&dataset) {
        draft.entity.add("datasets", &name);
    }
    let titles = if programs.is_empty() { sanctions } else { Vec::new() };
    let acts = programs.iter().map(|program| (program.clone(), String::new()));
    for (program, title) in acts.chain(titles.into_iter().map(|title| (String::new(), title))) {
        let designation =
            Designation { authority: authority.clone(), program, title, ..Designation::default() };
        draft.entity.designations.push(designation);
    }
    if !draft.entity.designations.is_empty() {
        draft.entity.add("topics", "sanction");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_values() {
        for (cell, expected) in [
            ("", &[][..]),
            (r#""""#, &[]),
            ("ru;ua", &["ru", "ua"]),
            (r#""Moscow; flat ""7""";Tver"#, &[r#"Moscow; flat "7""#, "Tver"]),
            (r#"OOO "Vega";Vega"#, &[r#"OOO "Vega""#, "Vega"]),
        ] {
            assert_eq!(values(cell), expected, "{cell}");
        }
    }

    #[test]
    fn what_numbers_give_away() {
        for (text, schema, scheme) in [
            ("IMO9161003", Schema::Vessel, Scheme::ImoShip),
            ("IMO5787684", Schema::Company, Scheme::ImoCompany),
            ("1027700132195", Schema::Company, Scheme::Ogrn),
            ("7707083893", Schema::Company, Scheme::Inn),
            ("5493001KJTIIGC8Y1R12", Schema::Company, Scheme::Lei),
            ("Q262597", Schema::Person, Scheme::Other),
        ] {
            assert_eq!(identifier(text, schema).map(|found| found.scheme), Some(scheme), "{text}");
        }
    }
}
