//! Real published lists of the US trade authorities, Canada, Australia, Switzerland and OpenSanctions; cases are
//! reported as ignored where the files are absent.

#![expect(clippy::unwrap_used, reason = "what cannot be read here fails the test")]

use cordon_lists::{SourceFile, format_for, programs};
use cordon_model::{Delta, Entity, NameKind, Schema, Snapshot};
use std::collections::{BTreeMap, BTreeSet};
use testkit::Case;

/// A published file and what it holds.
struct Published {
    list: &'static str,
    format: &'static str,
    path: &'static str,
    day: Option<&'static str>,
    /// Entities by kind.
    kinds: &'static [(Schema, usize)],
    names: usize,
    designations: usize,
    /// Issues by kind and field.
    issues: &'static [(&'static str, usize)],
}

use Schema::{Airplane, Company, LegalEntity, Organization, Person, Vessel};

/// 14,160 rows. What is left is odd in the file itself: letters lost in names, years with two digits, two parties of one
/// name, numbers whose check digits are wrong.
const CSL: Published = Published {
    list: "us_trade_csl",
    format: "us_csl_csv",
    path: "ofac/csl/2022-04/consolidated.csv.gz",
    day: None,
    kinds: &[(LegalEntity, 3535), (Person, 5284), (Organization, 4423), (Vessel, 433), (Airplane, 283)],
    names: 33_574,
    designations: 16_207,
    issues: &[
        ("Ambiguous Remarks", 3),
        ("CheckFailed ids", 5),
        ("CheckFailed name", 39),
        ("UnknownField remarks", 3),
        ("Unparsed ids", 3),
        ("Unparsed remarks", 3),
        ("Unparsed start_date", 3),
    ],
};

/// 115 rows cut out of a whole list, so that most links lead out of it.
const CSL_2019: Published = Published {
    path: "ofac/csl/2019-12/csl.csv",
    kinds: &[(LegalEntity, 42), (Person, 20), (Organization, 46), (Vessel, 2)],
    names: 274,
    designations: 118,
    issues: &[("Orphan Remarks", 25)],
    ..CSL
};

/// 581 rows of 457 parties.
const DENIED: Published = Published {
    list: "us_bis_denied",
    format: "bis_dpl_tsv",
    path: "ofac/bis-dpl/2021-07/dpl.txt",
    day: None,
    kinds: &[(LegalEntity, 457)],
    names: 463,
    designations: 476,
    issues: &[],
};

/// 4,759 records; two of one person. Left are cells that spell parts of a name, and two dates that are none.
const CANADA: Published = Published {
    list: "ca_dfatd_sema_sanctions",
    format: "ca_sema_xml",
    path: "ca/2025-05-25/sema-lmes.xml.gz",
    day: None,
    kinds: &[(Person, 3333), (Organization, 1316), (Vessel, 109)],
    names: 8523,
    designations: 4759,
    issues: &[("Unparsed Aliases", 14), ("Unparsed DateOfBirthOrShipBuildDate", 2)],
};

const CANADA_2020: Published = Published {
    path: "ca/2020-04-15/sema-lmes.xml.gz",
    kinds: &[(Person, 985), (Organization, 384)],
    names: 1603,
    designations: 1369,
    issues: &[],
    ..CANADA
};

/// 9,560 rows of 3,062 entries and seven empty ones. Left are words for nationalities and dates that are misspelt.
const AUSTRALIA: Published = Published {
    list: "au_dfat_sanctions",
    format: "au_dfat_xlsx",
    path: "au/2024-11-11/regulation8_consolidated.xlsx",
    day: None,
    kinds: &[(Person, 2316), (Organization, 746)],
    names: 9592,
    designations: 3063,
    issues: &[
        ("UnknownValue citizenship", 4),
        ("Unparsed date_of_birth", 8),
        ("Unparsed name_of_individual_or_entity", 4),
    ],
};

/// Three targets, one of them no longer on the list.
const SWISS: Published = Published {
    list: "ch_seco_sanctions",
    format: "ch_seco_xml",
    path: "ch/seco-excerpt/2026-08-27/consolidated-list.xml",
    day: Some("2026-08-27"),
    kinds: &[(Organization, 1), (Vessel, 1)],
    names: 3,
    designations: 2,
    issues: &[("Dropped modification", 1)],
};

const SIMPLE: Published = Published {
    list: "ua_war_sanctions",
    format: "os_simple_csv",
    path: "opensanctions/ua_war_sanctions-2026-03/targets.simple.csv.gz",
    day: Some("2026-03-13"),
    kinds: &[(Person, 1543), (Company, 1524), (Vessel, 1340), (LegalEntity, 1193)],
    names: 13_330,
    designations: 4244,
    issues: &[],
};

const SIMPLE_2024: Published = Published {
    list: "peps",
    path: "opensanctions/export-set-2024-03-09/targets.simple.csv",
    day: Some("2024-03-09"),
    kinds: &[(Person, 20)],
    names: 270,
    designations: 0,
    ..SIMPLE
};

impl Published {
    fn read(&self) -> Snapshot {
        let bytes = testkit::bytes(self.path);
        let name = self.path.rsplit('/').next().unwrap().trim_end_matches(".gz");
        let files = [SourceFile { name, bytes: &bytes }];
        let format = format_for(&files).unwrap();
        assert_eq!(format.id(), self.format);
        format.parse(self.list, &files).unwrap()
    }

    fn check(&self) {
        let snapshot = self.read();
        assert_eq!(snapshot.published().map(|day| day.to_string()).as_deref(), self.day);
        let mut issues: BTreeMap<String, usize> = BTreeMap::new();
        for issue in snapshot.issues() {
            *issues.entry(format!("{:?} {}", issue.kind, issue.field)).or_default() += 1;
        }
        let expected = self.issues.iter().map(|(what, count)| ((*what).to_owned(), *count)).collect();
        assert_eq!(issues, expected);
        let mut kinds: BTreeMap<Schema, usize> = BTreeMap::new();
        for entity in snapshot.entities() {
            *kinds.entry(entity.schema).or_default() += 1;
        }
        assert_eq!(kinds, self.kinds.iter().copied().collect());
        let of = |count: fn(&Entity) -> usize| snapshot.entities().iter().map(count).sum::<usize>();
        assert_eq!(of(|entity| entity.names.len()), self.names);
        assert_eq!(of(|entity| entity.designations.len()), self.designations);
    }
}

/// Every programme of the official lists is in the tables, and every entry under it is told what it forbids.
fn every_programme_is_known() {
    for published in [&CSL, &CSL_2019, &DENIED, &CANADA, &CANADA_2020, &AUSTRALIA, &SWISS] {
        for entity in published.read().entities() {
            for act in &entity.designations {
                let known = programs::program(&act.authority, &act.program).is_some();
                assert!(known && !act.measures.is_empty(), "{}: {}", entity.id, act.program);
            }
        }
    }
}

/// The names of the columns of a CSV and the texts in them, one row after the other.
fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row =
        |record: csv::StringRecord| header.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every row's name stands in the snapshot, whole or taken apart.
fn every_name_of_the_us_list_is_there() {
    let snapshot = CSL.read();
    let held: BTreeSet<&str> = snapshot
        .entities()
        .iter()
        .flat_map(|entity| &entity.names)
        .flat_map(|name| [Some(name.text.as_str()), name.published.as_deref()])
        .flatten()
        .collect();
    let rows = rows(&testkit::bytes(CSL.path));
    assert_eq!(rows.len(), 14_160);
    // Letters of another code page are mended, outer marks dropped.
    let names = rows.iter().map(|row| folded(row["name"].trim_matches([',', ' '])));
    let lost = names.filter(|name| !held.contains(name.as_str()));
    let lost: Vec<String> = lost.filter(|name| !name.chars().any(char::is_control)).collect();
    assert_eq!(lost, Vec::<String>::new());
}

/// A place in a schedule moves, a key does not: most of the list of 2020 is found again in that of 2025.
fn keys_of_canada_are_stable() {
    let counts = Delta::between(&CANADA_2020.read(), &CANADA.read()).counts();
    assert_eq!(counts, (3503, 1255, 114));
}

fn facts_of_australia() {
    let snapshot = AUSTRALIA.read();
    let with = |what: fn(&Entity) -> bool| snapshot.entities().iter().filter(|entity| what(entity)).count();
    assert_eq!(with(|entity| entity.names.iter().any(|name| name.kind == NameKind::OriginalScript)), 410);
    assert_eq!(with(|entity| entity.schema == Person && !entity.dates.is_empty()), 2220);
    assert_eq!(with(|entity| entity.designations[0].listed.is_some()), 1307);
    let dated = snapshot.entity("au_dfat_sanctions:7310").unwrap();
    assert_eq!(dated.dates[0].date.to_string(), "1961-12-22");
}

const CASES: &[Case] = &[
    Case { name: "US consolidated screening list 2022", needs: &[CSL.path], run: || CSL.check() },
    Case { name: "US consolidated screening list 2019", needs: &[CSL_2019.path], run: || CSL_2019.check() },
    Case { name: "BIS denied persons 2021", needs: &[DENIED.path], run: || DENIED.check() },
    Case { name: "Canada 2025", needs: &[CANADA.path], run: || CANADA.check() },
    Case { name: "Canada 2020", needs: &[CANADA_2020.path], run: || CANADA_2020.check() },
    Case { name: "Australia 2024", needs: &[AUSTRALIA.path], run: || AUSTRALIA.check() },
    Case { name: "Switzerland, excerpt of 2026", needs: &[SWISS.path], run: || SWISS.check() },
    Case { name: "OpenSanctions simple CSV 2026", needs: &[SIMPLE.path], run: || SIMPLE.check() },
    Case { name: "OpenSanctions simple CSV 2024", needs: &[SIMPLE_2024.path], run: || SIMPLE_2024.check() },
    Case {
        name: "every programme is known",
        needs: &[CSL.path, DENIED.path, CANADA.path, AUSTRALIA.path, SWISS.path],
        run: every_programme_is_known,
    },
    Case {
        name: "every name of the US list is there",
        needs: &[CSL.path],
        run: every_name_of_the_us_list_is_there,
    },
    Case {
        name: "keys of Canada are stable",
        needs: &[CANADA.path, CANADA_2020.path],
        run: keys_of_canada_are_stable,
    },
    Case { name: "facts of Australia", needs: &[AUSTRALIA.path], run: facts_of_australia },
];

fn main() {
    testkit::run(CASES).exit();
}
