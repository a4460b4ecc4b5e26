//! OFAC's legacy CSV files: a primary file with one row a party, and beside it aliases, addresses and the ends of remarks
//! too long for their cell.
//!
//! In: the bytes of `sdn.csv`, `alt.csv`, `add.csv`, `sdn_comments.csv`, or of `cons_prim.csv` and its three, in any
//! order. Only the primary file is required; a side file that is not there is an issue, one that is there must be whole.
//! Left out: the row numbers of aliases and addresses, rows of parties without an address, and titles the remarks
//! repeat. The files carry no date.

mod address;
mod files;
mod party;
mod table;

use super::ofac::links;
use super::ofac::party::Party;
use super::{ListFormat, SourceFile};
use crate::ListError;
use cordon_model::{Issue, IssueKind, Snapshot};
use files::{FileSet, Part};
use party::Record;
use std::collections::HashMap;
use table::Row;

/// What people call the format.
const TITLE: &str = "OFAC legacy CSV";

/// The format.
pub(super) struct OfacCsv;

impl ListFormat for OfacCsv {
    fn id(&self) -> &'static str {
        "ofac_csv"
    }

    fn title(&self) -> &'static str {
        TITLE
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files::recognises(files)
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let mut issues = Vec::new();
        let set = files::arrange(files, &mut issues)?;
        let mut parties = Parties::default();
        for row in rows(&set, Part::Primary, &mut issues)? {
            parties.all.extend(Record::read(list, &row, &mut issues));
        }
        parties.index();
        for part in [Part::Comments, Part::Aliases, Part::Addresses] {
            let file = part.file(set.family);
            for row in rows(&set, part, &mut issues)? {
                parties.add(part, file, &row, &mut issues);
            }
        }
        for record in &mut parties.all {
            record.read_remarks(&mut issues);
            record.party.finish(|_| set.family);
        }
        let mut parties: Vec<Party> = parties.all.into_iter().map(|record| record.party).collect();
        links::resolve(&mut parties, &mut issues);
        let entities = parties.into_iter().map(|party| party.entity).collect();
        Ok(Snapshot::new(list, None, entities, issues))
    }
}

/// The rows of one part; none when its file is not there.
fn rows(set: &FileSet<'_>, part: Part, issues: &mut Vec<Issue>) -> Result<Vec<Row>, ListError> {
    set.get(part).map_or_else(|| Ok(Vec::new()), |file| table::read(file, part, issues))
}

/// The parties of a version, in the order of their rows.
#[derive(Default)]
struct Parties {
    all: Vec<Record>,
    places: HashMap<String, usize>,
}

impl Parties {
    /// Finds places by key; of two rows with one key the first counts, as it does in the snapshot.
    fn index(&mut self) {
        for (at, record) in self.all.iter().enumerate() {
            self.places.entry(record.party.entity.id.key().to_owned()).or_insert(at);
        }
    }

    /// Adds a row of a side file to its party.
    fn add(&mut self, part: Part, file: &str, row: &Row, issues: &mut Vec<Issue>) {
        let Some(&place) = self.places.get(row.key()) else {
            let value = [3, 2, 1].into_iter().find_map(|column| row.cell(column)).unwrap_or_default();
            issues.push(Issue::new(
                row.key(),
                file,
                IssueKind::Orphan,
                value,
                "no party of this list has the number",
            ));
            return;
        };
        let record = &mut self.all[place];
        match part {
            Part::Primary => {}
            Part::Aliases => record.add_alias(row, issues),
            Part::Comments => record.continue_remarks(row, issues),
            Part::Addresses => {
                if let Some(address) = address::read(row, issues) {
                    record.party.add_address(address);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The issues of a set of which the primary file has these rows, and each other file one.
    fn issues(parties: &[&str], alias: &str, address: &str, comment: &str) -> Vec<String> {
        let whole = |rows: &[&str]| format!("{}\r\n\x1a", rows.join("\r\n"));
        let files = [
            ("sdn.csv", whole(parties)),
            ("alt.csv", whole(&[alias])),
            ("add.csv", whole(&[address])),
            ("sdn_comments.csv", if comment.is_empty() { "\x1a".to_owned() } else { whole(&[comment]) }),
        ];
        let files: Vec<SourceFile<'_>> =
            files.iter().map(|(name, bytes)| SourceFile { name, bytes: bytes.as_bytes() }).collect();
        let snapshot = OfacCsv.parse("l", &files).unwrap();
        snapshot.issues().iter().map(ToString::to_string).collect()
    }

    const PARTY: &str = "1,\"A\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 1962.\"";
    const ALIAS: &str = "1,7,\"aka\",\"B\",-0- ";
    const ADDRESS: &str = "1,9,-0- ,\"Havana\",\"Cuba\",-0- ";

    #[test]
    fn odd_parties_are_reported() {
        let party = |from: &str, to: &str| PARTY.replacen(from, to, 1);
        for (row, expected) in [
            (PARTY.to_owned(), &[][..]),
            (
                party("\"CUBA\"", "\"CUBA] [MARS\""),
                &["record 1, field Program: not a programme we know; what it forbids is not known (`MARS`)"],
            ),
            (
                party("\"CUBA\"", "-0- "),
                &["record 1, field Program: a party is listed under at least one programme (``)"],
            ),
            (
                party("-0- ", "\"robot\""),
                &["record 1, field SDN_Type: expected individual, vessel, aircraft or null (`robot`)"],
            ),
            (
                party("DOB 1962", "DOB soon; Gender X; nationality Atlantis; Shoe Size: 44"),
                &[
                    "record 1, field Remarks: expected Male or Female (`Gender X`)",
                    "record 1, field Remarks: `Atlantis` is not a country code or name we know (`Atlantis`)",
                    "record 1, field Remarks: a label or number we do not know; kept as a note (`Shoe Size: 44`)",
                    "record 1, field Remarks: `soon` is not a date: ",
                ],
            ),
            (
                party(
                    "DOB 1962",
                    "Digital Currency Address - XBT; Executive Order 13846 information: NEW THING",
                ),
                &[
                    "record 1, field Remarks: expected a currency and one address (`Digital Currency Address - XBT`)",
                    "record 1, field Remarks: not a measure of IRAN-EO13846 we know (`Executive Order 13846 \
                     information: NEW THING`)",
                ],
            ),
        ] {
            let mut said = issues(&[&row], ALIAS, ADDRESS, "");
            said.sort();
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            assert_eq!(said.len(), expected.len(), "{said:?}");
            for (said, expected) in said.iter().zip(expected) {
                assert!(said.starts_with(expected), "{said}");
            }
        }
    }

    #[test]
    fn odd_side_rows_are_reported() {
        for (alias, address, comment, expected) in [
            (ALIAS, ADDRESS, "", vec![]),
            (
                "1,7,\"dba\",\"B\",-0- ",
                ADDRESS,
                "",
                vec!["record 1, field alt_type: expected aka, fka or nka; read as an alias (`dba`)"],
            ),
            (
                "1,7,\"aka\",-0- ,-0- ",
                ADDRESS,
                "",
                vec!["record 1, field alt_name: an alias has a name (`-0- `)"],
            ),
            (
                "1,7,\"aka\",\"B\",\"old\"",
                ADDRESS,
                "",
                vec!["record 1, field alt_remarks: a remark on an alias; kept as a note (`old`)"],
            ),
            (
                "2,7,\"aka\",\"B\",-0- ",
                ADDRESS,
                "",
                vec!["record 2, field alt.csv: no party of this list has the number (`B`)"],
            ),
            (
                ALIAS,
                "1,9,-0- ,-0- ,\"Region: Moon\",-0- ",
                "",
                vec![
                    "record 1, field Country: not a country we know; kept as the address's region (`Region: Moon`)",
                ],
            ),
            (
                ALIAS,
                ADDRESS,
                "1,\"POB Havana, Cuba.\"",
                vec![
                    "record 1, field Remarks: continues remarks that are not cut; read as remarks of their own \
                     (`POB Havana, Cuba.`)",
                ],
            ),
        ] {
            assert_eq!(issues(&[PARTY], alias, address, comment), expected);
        }
    }

    #[test]
    fn of_two_rows_with_one_number_the_first_counts() {
        let second = PARTY.replace("\"A\"", "\"Z\"");
        let said = issues(&[PARTY, &second], ALIAS, ADDRESS, "");
        assert_eq!(said, ["record 1, field id: a second record bears this id; the first is kept (`Z`)"]);
    }
}
