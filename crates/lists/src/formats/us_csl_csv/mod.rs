//! The US Consolidated Screening List as CSV: thirteen lists of the Departments of the Treasury, Commerce and State.
//!
//! In: the one file, with or without the column `_id`. Out: a snapshot. Rows that bear one number of the Treasury are
//! one party under several lists; so are rows of one list of the other departments that bear one name: these have a row
//! for each country or notice. Such a party's key is the list's letters and a digest of its name, because the published
//! `_id` is itself a digest of name and notices and changes whenever a notice is added; `_id` stands among the
//! referents. The file carries no date. A denial order that expired before the latest day in the file has ended.

mod address;
mod ids;
mod row;
mod sources;

use super::ofac::links;
use super::ofac::party::Party;
use super::table::{self, Record, Shape};
use super::{ListFormat, SourceFile};
use crate::ListError;
use cordon_model::{Entity, Issue, PartialDate, Snapshot};
use row::{Listed, Row};
use std::collections::HashMap;

/// The format.
pub(super) struct UsCslCsv;

static SHAPE: Shape = Shape {
    title: "US Consolidated Screening List CSV",
    delimiter: b',',
    required: &["source", "name", "federal_register_notice", "alt_names"],
};

/// Every column that is read.
const COLUMNS: [&str; 29] = [
    "id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
    "ids",
];

impl ListFormat for UsCslCsv {
    fn id(&self) -> &'static str {
        "us_csl_csv"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = SHAPE.pick(files, "consolidated.csv")?;
        let mut issues = Vec::new();
        let records = table::read(file, &SHAPE, &COLUMNS, &mut issues)?;
        let entities = parties(list, records, &mut issues);
        Ok(Snapshot::new(list, None, entities, issues))
    }
}

/// The parties of the rows.
fn parties(list: &str, records: Vec<Record>, issues: &mut Vec<Issue>) -> Vec<Entity> {
    let mut parties: Vec<Listed> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for record in records {
        let Some(row) = Row::read(record, issues) else { continue };
        let place = *places.entry(row.key().to_owned()).or_insert_with(|| {
            parties.push(Listed::new(list, &row));
            parties.len() - 1
        });
        parties[place].add(row, issues);
    }
    let latest = parties.iter().filter_map(Listed::latest_start).max();
    for party in &mut parties {
        party.finish(latest);
    }
    // Parties name others of the lists of their own department.
    let (treasury, others): (Vec<Listed>, Vec<Listed>) =
        parties.into_iter().partition(Listed::is_of_treasury);
    let mut entities = Vec::new();
    for listed in [treasury, others] {
        let mut parties: Vec<Party> = listed.into_iter().map(|listed| listed.party).collect();
        links::resolve(&mut parties, issues);
        entities.extend(parties.into_iter().map(|party| party.entity));
    }
    entities
}

/// The day a cell holds.
fn day(text: &str) -> Result<Option<PartialDate>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    PartialDate::parse(text).map(Some).map_err(|error| error.to_string())
}
