//! OFAC's published XML files, whole; each case is reported as ignored where its files are absent.

use cordon_lists::{SourceFile, format_for, format_named, unpack};
use cordon_model::{Direction, Entity, IssueKind, NameKind, RelationKind, Schema, Scheme, Snapshot};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use testkit::Case;

const STANDARD: &str = "ofac/cons-xml";
const ADVANCED: &str = "ofac/cons-advanced-xml/2020-03-17/cons_advanced.xml.gz";
const ENHANCED: &str = "ofac/cons-enhanced-xml/2025-01-10/CONS_ENHANCED.ZIP";
const CSV: &str = "ofac/cons-csv/2025-12-19";

const CASES: &[Case] = &[
    Case { name: "standard: every version loads", needs: &[STANDARD], run: standard_versions },
    Case { name: "standard 2026: kinds of names and facts", needs: &[STANDARD], run: standard_2026 },
    Case { name: "standard 2018: ships", needs: &[STANDARD], run: standard_2018 },
    Case { name: "standard: one removal from October to January", needs: &[STANDARD], run: one_removal },
    Case { name: "advanced 2020", needs: &[ADVANCED], run: advanced },
    Case { name: "enhanced 2025", needs: &[ENHANCED], run: enhanced },
    Case { name: "enhanced 2025: links", needs: &[ENHANCED], run: links },
    Case { name: "standard and CSV of one month say the same", needs: &[STANDARD, CSV], run: as_csv },
    Case {
        name: "enhanced and standard of one year say the same",
        needs: &[STANDARD, ENHANCED],
        run: enhanced_as_standard,
    },
];

fn main() {
    testkit::run(CASES).exit();
}

/// Reads a file in the format that recognises it.
fn load(format: &str, path: &str) -> Snapshot {
    let name = path.rsplit('/').next().unwrap_or(path);
    let files = unpack(name, testkit::bytes(path), 1 << 30).expect("the archive is whole");
    let sources: Vec<SourceFile<'_>> =
        files.iter().map(|file| SourceFile { name: &file.name, bytes: &file.bytes }).collect();
    let found = format_for(&sources).expect("a format recognises the file");
    assert_eq!(found.id(), format, "{path}");
    found.parse("us_ofac_cons", &sources).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn standard(day: &str) -> Snapshot {
    load("ofac_xml", &format!("{STANDARD}/{day}/consolidated.xml.gz"))
}

fn enhanced_2025() -> &'static Snapshot {
    static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| load("ofac_enhanced_xml", ENHANCED));
    &SNAPSHOT
}

fn csv_2025() -> Snapshot {
    let names = ["cons_prim.csv.gz", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"];
    let files: Vec<(&str, Vec<u8>)> = names
        .iter()
        .map(|name| (name.trim_end_matches(".gz"), testkit::bytes(&format!("{CSV}/{name}"))))
        .collect();
    let sources: Vec<SourceFile<'_>> = files.iter().map(|(name, bytes)| SourceFile { name, bytes }).collect();
    let format = format_named("ofac_csv").expect("the format has a row in the table");
    format.parse("us_ofac_cons", &sources).expect("the set is whole")
}

fn names(snapshot: &Snapshot, kind: NameKind) -> usize {
    snapshot.entities().iter().flat_map(|entity| &entity.names).filter(|name| name.kind == kind).count()
}

fn kinds(snapshot: &Snapshot) -> [usize; 4] {
    [Schema::Person, Schema::Organization, Schema::Vessel, Schema::Airplane]
        .map(|schema| snapshot.entities().iter().filter(|entity| entity.schema == schema).count())
}

/// Nothing may be dropped, and nothing of the format may be unknown.
fn assert_understood(snapshot: &Snapshot, most_issues: usize) {
    let issues: Vec<String> = snapshot.issues().iter().map(ToString::to_string).collect();
    assert!(issues.len() <= most_issues, "{}", issues.join("\n"));
    let bad = [IssueKind::Dropped, IssueKind::UnknownField, IssueKind::UnknownValue, IssueKind::Missing];
    assert!(!snapshot.issues().iter().any(|issue| bad.contains(&issue.kind)), "{}", issues.join("\n"));
    for entity in snapshot.entities() {
        assert_eq!(entity.names[0].kind, NameKind::Primary, "{}", entity.id);
        let whole = entity.designations.iter().all(|one| !one.measures.is_empty() && !one.title.is_empty());
        assert!(whole && !entity.designations.is_empty(), "{}", entity.id);
    }
}

fn standard_versions() {
    for (day, persons, organisations, ships) in
        [("2018-04-06", 94, 471, 74), ("2025-10-22", 80, 363, 0), ("2026-01-08", 79, 363, 0)]
    {
        let snapshot = standard(day);
        assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), Some(day));
        assert_eq!(kinds(&snapshot), [persons, organisations, ships, 0], "{day}");
        assert_understood(&snapshot, 4);
    }
}

fn standard_2026() {
    let snapshot = standard("2026-01-08");
    // 1,144 aliases; one party gives one name twice as a former one and as a current one.
    let aliases = [NameKind::Alias, NameKind::WeakAlias, NameKind::Former].map(|kind| names(&snapshot, kind));
    let issuers = snapshot
        .entities()
        .iter()
        .flat_map(|entity| &entity.names)
        .filter(|name| name.published.as_deref().is_some_and(|text| text.starts_with("Issuer Name")))
        .count();
    assert_eq!((aliases[1], aliases[2]), (72, 141), "{aliases:?}");
    assert_eq!(aliases.iter().sum::<usize>() - issuers, 1_144, "{issuers} issuers");
    let programs: usize = snapshot.entities().iter().map(|entity| entity.designations.len()).sum();
    assert_eq!(programs, 534);
    // Two of the 165 security numbers are given twice.
    let has = |scheme| identifiers(&snapshot, scheme);
    assert_eq!((has(Scheme::Isin), has(Scheme::Bic), has(Scheme::Ticker)), (163, 33, 69));
    let addresses: usize = snapshot.entities().iter().map(|entity| entity.addresses.len()).sum();
    assert_eq!(addresses, 522);
}

fn identifiers(snapshot: &Snapshot, scheme: Scheme) -> usize {
    snapshot
        .entities()
        .iter()
        .flat_map(|entity| &entity.identifiers)
        .filter(|one| one.scheme == scheme)
        .count()
}

fn standard_2018() {
    let snapshot = standard("2018-04-06");
    assert_eq!(identifiers(&snapshot, Scheme::CallSign), 53);
    assert_eq!(identifiers(&snapshot, Scheme::ImoShip), 74);
    let tonnage = snapshot.entities().iter().filter(|entity| !entity.values("tonnage").is_empty()).count();
    assert_eq!(tonnage, 58);
    let owned = snapshot
        .entities()
        .iter()
        .flat_map(|entity| &entity.relations)
        .filter(|link| link.role == "Vessel Owner" && link.other.is_some());
    assert_eq!(owned.count(), 5);
}

fn one_removal() {
    let ids = |snapshot: &Snapshot| -> BTreeSet<String> {
        snapshot.entities().iter().map(|entity| entity.id.to_string()).collect()
    };
    let (october, january) = (ids(&standard("2025-10-22")), ids(&standard("2026-01-08")));
    assert_eq!((october.difference(&january).count(), january.difference(&october).count()), (1, 0));
}

fn advanced() {
    let snapshot = load("ofac_advanced_xml", ADVANCED);
    assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), Some("2020-03-17"));
    assert_eq!(snapshot.entities().len(), 375);
    // One of 31 is given twice.
    assert_eq!(names(&snapshot, NameKind::WeakAlias), 31 - 1);
    let all: usize = snapshot.entities().iter().map(|entity| entity.names.len()).sum();
    assert_eq!(all, 1_290 - 1);
    assert_understood(&snapshot, 0);
    let dates: Vec<String> = snapshot
        .entities()
        .iter()
        .flat_map(|entity| &entity.dates)
        .map(|fact| fact.date.to_string())
        .collect();
    let years = dates.iter().filter(|date| date.len() == 4).count();
    assert_eq!((dates.len(), years), (77, 73));
    let links: Vec<_> = snapshot.entities().iter().flat_map(|entity| &entity.relations).collect();
    let high = links.iter().filter(|link| link.quality == "High").count();
    let owned = links
        .iter()
        .filter(|link| (link.kind, link.direction) == (RelationKind::Ownership, Direction::Incoming))
        .count();
    assert_eq!((links.len(), owned, high), (276, 276, 29));
    assert!(links.iter().all(|link| link.other.is_some() && !link.name.is_empty()));
    // 573 documents and 37 codes of banks.
    let documents: usize = snapshot.entities().iter().map(|entity| entity.identifiers.len()).sum();
    assert_eq!(documents, 573 + 37);
    let addresses: usize = snapshot.entities().iter().map(|entity| entity.addresses.len()).sum();
    // 460 in all, of which 53 say nothing.
    assert_eq!(addresses, 460 - 53);
    assert!(
        snapshot
            .entities()
            .iter()
            .all(|entity| { entity.designations.iter().all(|designation| designation.listed.is_some()) })
    );
}

fn enhanced() {
    let snapshot = enhanced_2025();
    assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), Some("2025-01-10"));
    assert_eq!(kinds(snapshot), [80, 363, 0, 0]);
    assert_understood(&without_orphans(snapshot), 3);
    assert_eq!(names(snapshot, NameKind::WeakAlias), 70 + 1);
    let foreign: Vec<&str> = snapshot
        .entities()
        .iter()
        .flat_map(|entity| &entity.names)
        .map(|name| name.text.as_str())
        .filter(|text| !text.chars().all(|letter| (letter as u32) < 0x250 || !letter.is_alphabetic()))
        .collect();
    assert_eq!(foreign.len(), 45);
    assert!(foreign.contains(&"旷视科技有限公司"));
    let on_both = snapshot
        .entities()
        .iter()
        .filter(|entity| entity.values("notes").iter().any(|note| note.starts_with("On the SDN List")))
        .count();
    assert_eq!(on_both, 77);
    assert!(
        snapshot
            .entities()
            .iter()
            .all(|entity| { entity.designations.iter().all(|designation| designation.listed.is_some()) })
    );
}

/// The snapshot without the issues of links to parties outside the file.
fn without_orphans(snapshot: &Snapshot) -> Snapshot {
    let issues = snapshot.issues().iter().filter(|issue| issue.kind != IssueKind::Orphan).cloned().collect();
    Snapshot::new(snapshot.list(), snapshot.published(), snapshot.entities().to_vec(), issues)
}

fn links() {
    let snapshot = enhanced_2025();
    let links: Vec<_> = snapshot.entities().iter().flat_map(|entity| &entity.relations).collect();
    let count = |role: &str| links.iter().filter(|link| link.role == role).count();
    let roles = ["Owned or Controlled By", "Owns, controls, or operates", "Acting for or on behalf of"];
    assert_eq!((links.len(), roles.map(count)), (283, [278, 4, 1]));
    assert_eq!(links.iter().filter(|link| link.quality == "High").count(), 29);
    let orphans: Vec<_> = snapshot.issues().iter().filter(|issue| issue.kind == IssueKind::Orphan).collect();
    assert_eq!((orphans.len(), orphans[0].value.as_str()), (1, "HAMAS"));
    let outside: Vec<_> =
        links.iter().filter(|link| snapshot.entity(link.other.as_deref().unwrap_or("")).is_none()).collect();
    assert_eq!((outside.len(), outside[0].other.as_deref()), (1, Some("us_ofac_sdn:4695")));
}

/// Every field both kinds of file carry, as sorted texts.
fn facts(entity: &Entity) -> Vec<(&'static str, Vec<String>)> {
    let sorted = |mut texts: Vec<String>| {
        texts.sort();
        texts.dedup();
        texts
    };
    let names = entity.names.iter().filter(|name| name.text.is_ascii());
    let names = names.map(|name| format!("{} {}", name.kind.label(), name.text.replace('"', "'")));
    let numbers = entity.identifiers.iter().map(|one| format!("{:?} {} {}", one.scheme, one.kind, one.value));
    let programs = entity.designations.iter().map(|one| one.program.clone());
    let dates = entity.dates.iter().map(|fact| format!("{:?} {}", fact.role, fact.date));
    let countries = entity.countries.iter().map(|fact| format!("{:?} {}", fact.role, fact.country));
    let texts = ["gender", "website", "email", "classification", "birthPlace", "sector"];
    let texts = texts.iter().flat_map(|property| entity.values(property).iter().cloned());
    vec![
        ("names", sorted(names.collect())),
        ("identifiers", sorted(numbers.collect())),
        ("programmes", sorted(programs.collect())),
        ("dates", sorted(dates.collect())),
        ("countries", sorted(countries.collect())),
        ("texts", sorted(texts.collect())),
    ]
}

/// How many parties of both snapshots differ in each field, the fields without a difference left out.
fn differences(one: &Snapshot, two: &Snapshot) -> Vec<(&'static str, usize)> {
    let mut found: Vec<(&'static str, usize)> = Vec::new();
    for entity in one.entities() {
        let Some(other) = two.entity(entity.id.as_str()) else { continue };
        for ((field, left), (_, right)) in facts(entity).into_iter().zip(facts(other)) {
            if left != right {
                match found.iter_mut().find(|row| row.0 == field) {
                    Some(row) => row.1 += 1,
                    None => found.push((field, 1)),
                }
            }
        }
    }
    found
}

fn as_csv() {
    let (csv, xml) = (csv_2025(), standard("2026-01-08"));
    let ids = |snapshot: &Snapshot| -> Vec<String> {
        snapshot.entities().iter().map(|entity| entity.id.to_string()).collect()
    };
    assert_eq!(ids(&csv), ids(&xml));
    // The CSV files hold one former name of party 18721 a second time, as a current one.
    assert_eq!(differences(&csv, &xml), [("names", 1)]);
    let measures = |snapshot: &Snapshot| -> Vec<(String, BTreeSet<String>)> {
        let all = snapshot.entities().iter().map(|entity| {
            let each = entity.designations.iter().map(|one| format!("{} {:?}", one.program, one.measures));
            (entity.id.to_string(), each.collect())
        });
        all.collect()
    };
    assert_eq!(measures(&csv), measures(&xml));
    let links = |snapshot: &Snapshot| -> BTreeSet<(String, Option<String>)> {
        let of = |entity: &Entity| -> Vec<(String, Option<String>)> {
            entity.relations.iter().map(|link| (entity.id.to_string(), link.other.clone())).collect()
        };
        snapshot.entities().iter().flat_map(of).collect()
    };
    assert_eq!(links(&csv), links(&xml));
}

/// Between the two files, of January and October of one year, a few parties were amended.
fn enhanced_as_standard() {
    let found = differences(enhanced_2025(), &standard("2025-10-22"));
    assert!(found.iter().map(|row| row.1).sum::<usize>() < 50, "{found:?}");
    for field in ["dates", "countries"] {
        assert!(!found.iter().any(|row| row.0 == field), "{found:?}");
    }
}
