//! The Denied Persons List of the US Bureau of Industry and Security: a table separated by tabs.
//!
//! In: `dpl.txt`. Out: a snapshot. A party has a row for each of its addresses and orders and no number: rows of one
//! name are one party, whose key is a digest of the name. Persons and organisations are not told apart. The file carries
//! no date; an order that expired before the latest order in the file has ended. Passed over: the clerk's remark on the
//! last change of a row.

use super::draft::Draft;
use super::names::{digest, of_organisation};
use super::table::{self, Record, Shape};
use super::{ListFormat, SourceFile};
use crate::ListError;
use crate::programs::{authority, program};
use cordon_model::{
    Address, Country, Designation, Entity, Issue, IssueKind, NameKind, PartialDate, Schema, Snapshot,
};
use std::collections::BTreeMap;

/// The format.
pub(super) struct BisDplTsv;

static SHAPE: Shape = Shape {
    title: "BIS Denied Persons List",
    delimiter: b'\t',
    required: &["name", "standard_order", "fr_citation"],
};

const COLUMNS: [&str; 12] = [
    "name",
    "street_address",
    "city",
    "state",
    "country",
    "postal_code",
    "effective_date",
    "expiration_date",
    "standard_order",
    "last_update",
    "action",
    "fr_citation",
];

/// The list's code in the table of programmes.
const PROGRAM: &str = "DPL";

impl ListFormat for BisDplTsv {
    fn id(&self) -> &'static str {
        "bis_dpl_tsv"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = SHAPE.pick(files, "dpl.txt")?;
        let mut issues = Vec::new();
        let mut parties: BTreeMap<String, Vec<Record>> = BTreeMap::new();
        for record in table::read(file, &SHAPE, &COLUMNS, &mut issues)? {
            parties.entry(digest(record.get("name"))).or_default().push(record);
        }
        let latest = parties.values().flatten().filter_map(|row| day(row.get("effective_date"))).max();
        let latest = latest.map(PartialDate::earliest);
        let read = |(key, rows): (String, Vec<Record>)| read(list, &key, rows, latest, &mut issues);
        let entities: Vec<Entity> = parties.into_iter().filter_map(read).collect();
        Ok(Snapshot::new(list, None, entities, issues))
    }
}

/// One party of the rows that bear its name.
fn read(
    list: &str,
    key: &str,
    rows: Vec<Record>,
    latest: Option<(i16, u8, u8)>,
    issues: &mut Vec<Issue>,
) -> Option<Entity> {
    let mut draft = Draft::new(list, key, Schema::LegalEntity, issues);
    draft.entity.properties.remove("topics");
    draft.entity.add("topics", "export.control");
    for mut row in rows {
        for name in of_organisation(&row.take("name"), NameKind::Primary) {
            draft.entity.add_name(name);
        }
        read_order(&mut draft, &mut row, latest);
        let address = address(&mut draft, &mut row);
        draft.add_address(address);
        for (column, value) in row.leftovers() {
            draft.note(&format!("{column}: {value}"));
        }
    }
    draft.finish("name")
}

fn read_order(draft: &mut Draft<'_>, row: &mut Record, latest: Option<(i16, u8, u8)>) {
    let [listed, expires] = ["effective_date", "expiration_date"].map(|column| {
        let text = row.take(column);
        let read = day(&text);
        if read.is_none() && !text.is_empty() {
            draft.issue(column, IssueKind::Unparsed, &text, "expected month/day/year");
        }
        read
    });
    let standard = row.take("standard_order");
    if standard.eq_ignore_ascii_case("n") {
        draft.note("not a standard order; the notice says what is denied");
    } else if !standard.is_empty() && !standard.eq_ignore_ascii_case("y") {
        draft.issue("standard_order", IssueKind::UnknownValue, &standard, "expected Y or N");
    }
    row.take("last_update");
    row.take("action");
    let over = expires.filter(|day| latest.is_some_and(|latest| day.latest() < latest));
    if let Some(day) = expires.filter(|_| over.is_none()) {
        draft.note(&format!("Order expires {day}"));
    }
    let known = program(authority::BIS, PROGRAM);
    let designation = Designation {
        authority: authority::BIS.to_owned(),
        program: PROGRAM.to_owned(),
        title: known.map_or("", |known| known.title).to_owned(),
        reference: row.take("fr_citation"),
        measures: known.map_or(&[][..], |known| known.measures).to_vec(),
        listed,
        ended: over,
        ..Designation::default()
    };
    let same = |other: &Designation| {
        (other.listed, other.ended) == (designation.listed, designation.ended)
            && squeezed(&other.reference) == squeezed(&designation.reference)
    };
    if !draft.entity.designations.iter().any(same) {
        draft.entity.designations.push(designation);
    }
}

/// Letters and digits alone: notices are cited with blanks and commas that differ from row to row.
fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// A day written `month/day/year`.
fn day(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split('/').collect();
    let [month, day, year] = parts.as_slice() else { return None };
    PartialDate::point(year.parse().ok()?, Some(month.parse().ok()?), Some(day.parse().ok()?))
}

/// States of the United States and its territories; a row with one of them often leaves the country empty.
const STATES: [&str; 56] = [
    "AK", "AL", "AR", "AS", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "GU", "HI", "IA", "ID", "IL",
    "IN", "KS", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MP", "MS", "MT", "NC", "ND", "NE", "NH",
    "NJ", "NM", "NV", "NY", "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VI",
    "VT", "WA", "WI", "WV", "WY",
];

fn address(draft: &mut Draft<'_>, row: &mut Record) -> Address {
    let [street, city, mut region, mut country, postal_code] =
        ["street_address", "city", "state", "country", "postal_code"].map(|column| row.take(column));
    let is_state = |text: &str| STATES.contains(&text);
    if region.is_empty() && is_state(&country) && Country::from_code(&country).is_none() {
        std::mem::swap(&mut region, &mut country);
    }
    if country.is_empty() && !region.is_empty() {
        country = if is_state(&region) { "US".to_owned() } else { std::mem::take(&mut region) };
    }
    let read = Country::parse(&country).ok();
    if read.is_none() && !country.is_empty() {
        draft.issue(
            "country",
            IssueKind::UnknownValue,
            &country,
            "not a country we know; kept in the address",
        );
    }
    let note = if read.is_none() { country } else { String::new() };
    Address { street, city, region, postal_code, country: read, note }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_come_first() {
        for (text, expected) in [
            ("06/05/2019", Some("2019-06-05")),
            ("12/31/2019", Some("2019-12-31")),
            ("31/12/2019", None),
            ("2019-12-31", None),
            ("", None),
        ] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
    }
}
