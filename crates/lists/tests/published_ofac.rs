//! OFAC's published CSV files, whole; each case is reported as ignored where its files are absent.

#![expect(clippy::unwrap_used, reason = "what is absent or unreadable here fails the case")]

use cordon_lists::programs::{authority, program};
use cordon_lists::{ListError, SourceFile, format_named};
use cordon_model::{CountryRole, DateRole, Entity, IssueKind, Measure, NameKind, Schema, Scheme, Snapshot};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use testkit::Case;

const CASES: &[Case] = &[
    Case { name: "2024-01: parties by kind", needs: &[SET_2024], run: parties_by_kind },
    Case { name: "2024-01: every alias row", needs: &[SET_2024], run: every_alias_row },
    Case { name: "2024-01: every weak name", needs: &[SET_2024], run: every_weak_name },
    Case { name: "2024-01: every address row", needs: &[SET_2024], run: every_address_row },
    Case { name: "2024-01: comments and their orphans", needs: &[SET_2024], run: comments },
    Case { name: "2024-01: dates of birth", needs: &[SET_2024], run: dates_of_birth },
    Case { name: "2024-01: ledger addresses", needs: &[SET_2024], run: ledger_addresses },
    Case { name: "2024-01: links", needs: &[SET_2024], run: links },
    Case { name: "2024-01: kinds of facts", needs: &[SET_2024], run: facts_by_kind },
    Case {
        name: "ledger addresses of 2024-09 that the files hold",
        needs: &[SET_2024, LEDGERS],
        run: known_ledgers,
    },
    Case {
        name: "every version loads",
        needs: &["ofac/sdn-csv", "ofac/sdn-daily", "ofac/cons-csv"],
        run: versions,
    },
    Case { name: "a failed download", needs: &["ofac/sdn-daily/2024-05-04/sdn.csv"], run: failed_download },
    Case { name: "other formats are refused", needs: &["ofac/cons-xml", "ofac/csl"], run: other_formats },
    Case { name: "non-SDN 2025-12: measures", needs: &[NON_SDN], run: non_sdn_measures },
];

const SET_2024: &str = "ofac/sdn-csv/2024-01-08";
const NON_SDN: &str = "ofac/cons-csv/2025-12-19";
const LEDGERS: &str = "ofac/crypto-addresses/2024-09-27";

const SDN_FILES: [&str; 4] = ["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"];
const NON_SDN_FILES: [&str; 4] = ["cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"];

fn main() {
    testkit::run(CASES).exit();
}

/// The bytes of a file of a version, packed or not.
fn file(folder: &str, name: &str) -> Option<Vec<u8>> {
    [format!("{folder}/{name}.gz"), format!("{folder}/{name}")]
        .iter()
        .find(|path| testkit::data(path).is_some())
        .map(|path| testkit::bytes(path))
}

fn load(folder: &str, list: &str) -> Result<Snapshot, ListError> {
    let names = if list == "us_ofac_cons" { NON_SDN_FILES } else { SDN_FILES };
    let files: Vec<(&str, Vec<u8>)> =
        names.iter().filter_map(|name| Some((*name, file(folder, name)?))).collect();
    let sources: Vec<SourceFile<'_>> = files.iter().map(|(name, bytes)| SourceFile { name, bytes }).collect();
    format_named("ofac_csv").expect("the format has a row in the table").parse(list, &sources)
}

/// The one set of which all four files are of one day, read once.
fn set_2024() -> &'static Snapshot {
    static SNAPSHOT: LazyLock<Snapshot> =
        LazyLock::new(|| load(SET_2024, "us_ofac_sdn").expect("the set is whole"));
    &SNAPSHOT
}

/// The rows of a file, as cells.
fn rows(folder: &str, name: &str) -> Vec<Vec<String>> {
    let bytes = file(folder, name).expect("the case needs the folder");
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes.as_slice())
        .into_records()
        .map(|row| row.unwrap().iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>())
        .filter(|row| row.len() > 1)
        .collect()
}

fn party<'a>(snapshot: &'a Snapshot, key: &str) -> &'a Entity {
    let id = format!("{}:{key}", snapshot.list());
    snapshot.entity(&id).unwrap_or_else(|| panic!("{id}"))
}

fn parties_by_kind() {
    let snapshot = set_2024();
    let count = |schema| snapshot.entities().iter().filter(|entity| entity.schema == schema).count();
    let counts = [Schema::Person, Schema::Organization, Schema::Vessel, Schema::Airplane].map(count);
    assert_eq!((snapshot.entities().len(), counts), (13_821, [6_646, 6_033, 764, 378]));
    assert_eq!(snapshot.published(), None);
    for entity in snapshot.entities() {
        assert!(!entity.designations.is_empty(), "{}", entity.id);
        assert!(
            entity.designations.iter().all(|designation| !designation.measures.is_empty()),
            "{}",
            entity.id
        );
    }
}

fn every_alias_row() {
    let snapshot = set_2024();
    let rows = rows(SET_2024, "alt.csv");
    assert_eq!(rows.len(), 17_091);
    let mut landed = BTreeSet::new();
    for row in &rows {
        let kind = if row[2] == "fka" { NameKind::Former } else { NameKind::Alias };
        let names = &party(snapshot, &row[0]).names;
        assert!(names.iter().any(|name| name.kind == kind && name.text == row[3]), "{row:?}");
        landed.insert((row[0].clone(), kind, row[3].clone()));
    }
    let kinds = [NameKind::Alias, NameKind::Former];
    let names = snapshot.entities().iter().flat_map(|entity| &entity.names);
    let issuers =
        |name: &&cordon_model::Name| name.published.as_deref().is_some_and(|text| text.contains("Issuer"));
    assert_eq!(names.filter(|name| kinds.contains(&name.kind) && !issuers(name)).count(), landed.len());
}

fn every_weak_name() {
    let snapshot = set_2024();
    let rows = rows(SET_2024, "sdn.csv");
    let weak: Vec<&Vec<String>> = rows.iter().filter(|row| row[11].contains("a.k.a. '")).collect();
    assert_eq!(weak.len(), 1_860);
    for row in weak {
        let entity = party(snapshot, &row[0]);
        let published = row[11].matches("a.k.a. '").count();
        let read = entity.names.iter().filter(|name| name.kind == NameKind::WeakAlias).count();
        // The last one of a cell that is cut and not continued stays a note.
        let cut = entity.values("notes").iter().any(|note| note.starts_with("a.k.a. '"));
        assert!(read + usize::from(cut) >= published, "{}: {read} of {published}", row[0]);
    }
}

fn every_address_row() {
    let snapshot = set_2024();
    let rows = rows(SET_2024, "add.csv");
    assert_eq!(rows.len(), 18_990);
    let filled: Vec<&Vec<String>> =
        rows.iter().filter(|row| row[2..5].iter().any(|cell| cell != "-0-")).collect();
    assert_eq!(rows.len() - filled.len(), 2_652);
    for row in &filled {
        let addresses = &party(snapshot, &row[0]).addresses;
        let street = if row[2] == "-0-" { "" } else { &row[2] };
        let found = addresses.iter().any(|address| {
            let place = [&address.city, &address.region, &address.postal_code];
            address.street == street
                && place
                    .iter()
                    .flat_map(|text| text.split(", "))
                    .all(|part| row[3].contains(part) || row[4].contains(part))
        });
        assert!(found, "{row:?}");
    }
}

fn comments() {
    let snapshot = set_2024();
    let rows = rows(SET_2024, "sdn_comments.csv");
    assert_eq!(rows.len(), 13);
    let orphans: Vec<&str> = snapshot
        .issues()
        .iter()
        .filter(|issue| issue.field == "sdn_comments.csv" && issue.kind == IssueKind::Orphan)
        .map(|issue| issue.record.as_str())
        .collect();
    assert_eq!(orphans, ["12300", "15599", "15600"]);
    let lazarus = party(snapshot, "27307");
    assert!(lazarus.names.iter().any(|name| name.text == "WHOIS HACKING TEAM"));
}

fn dates_of_birth() {
    let snapshot = set_2024();
    let rows = rows(SET_2024, "sdn.csv");
    let segments = |label: &str| -> usize {
        rows.iter().map(|row| row[11].split("; ").filter(|segment| segment.starts_with(label)).count()).sum()
    };
    assert_eq!((segments("DOB "), segments("alt. DOB ")), (6_527, 785));
    let dates = || snapshot.entities().iter().flat_map(|entity| entity.dates_of(DateRole::Birth));
    // Party 6703 gives one date twice.
    assert_eq!(dates().count(), 6_527 + 785 - 1);
    assert_eq!(
        dates().filter(|date| date.is_circa()).count(),
        segments("DOB circa") + segments("alt. DOB circa")
    );
    let ranges = rows.iter().flat_map(|row| row[11].split("; ")).filter(|segment| {
        segment.contains("DOB ") && (segment.contains(" to ") || segment.contains("circa 1979-1982"))
    });
    assert_eq!(dates().filter(|date| date.is_range()).count(), ranges.count());
}

/// Ledger addresses with their currencies.
fn ledgers(snapshot: &Snapshot) -> BTreeMap<String, BTreeSet<String>> {
    let mut ledgers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for identifier in snapshot.entities().iter().flat_map(|entity| &entity.identifiers) {
        if identifier.scheme == Scheme::Crypto {
            ledgers.entry(identifier.kind.clone()).or_default().insert(identifier.value.clone());
        }
    }
    ledgers
}

fn ledger_addresses() {
    const LABEL: &str = "Digital Currency Address - ";
    let rows = rows(SET_2024, "sdn.csv");
    let primary = file(SET_2024, "sdn.csv").unwrap();
    let alone = [SourceFile { name: "sdn.csv", bytes: &primary }];
    let snapshot = format_named("ofac_csv").unwrap().parse("us_ofac_sdn", &alone).unwrap();
    let read = ledgers(&snapshot);
    assert_eq!(read.len(), 15, "{:?}", read.keys());
    let printed: usize = rows.iter().map(|row| row[11].matches(LABEL).count()).sum();
    let unread: usize = snapshot
        .entities()
        .iter()
        .flat_map(|entity| entity.values("notes"))
        .filter(|note| note.contains(LABEL.trim_end()))
        .count();
    let landed = snapshot.entities().iter().flat_map(|entity| &entity.identifiers);
    assert_eq!(landed.filter(|one| one.scheme == Scheme::Crypto).count(), printed - unread);
    let whole = ledgers(set_2024());
    assert_eq!(
        (whole.len(), whole["XBT"].len(), whole.values().map(BTreeSet::len).sum::<usize>()),
        (16, 305, 469)
    );
}

/// Every address of the 2024-09 list that stands in the files of 2024-01 was read in its currency, unless the cell ends
/// inside it.
fn known_ledgers() {
    let snapshot = set_2024();
    let read = ledgers(snapshot);
    let mut text = String::new();
    for row in rows(SET_2024, "sdn.csv").iter().chain(&rows(SET_2024, "sdn_comments.csv")) {
        text.push_str(row.last().unwrap());
        text.push('\n');
    }
    let cut: Vec<String> = snapshot
        .entities()
        .iter()
        .flat_map(|entity| entity.values("notes"))
        .filter(|note| note.contains("Digital Currency"))
        .cloned()
        .collect();
    let mut found = 0;
    let folder = testkit::data(LEDGERS).unwrap();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let currency = name.rsplit('_').next().unwrap();
        for address in std::fs::read_to_string(&path).unwrap().lines().map(str::trim) {
            if address.is_empty() || !text.contains(&format!("{currency} {address}")) {
                continue;
            }
            let value = cordon_model::Identifier::crypto(currency, address).unwrap().value;
            let landed = read.get(currency).is_some_and(|values| values.contains(&value));
            assert!(landed || cut.iter().any(|note| note.contains(address)), "{currency} {address}");
            found += usize::from(landed);
        }
    }
    assert!(found > 200, "{found}");
}

fn links() {
    let snapshot = set_2024();
    let linked = snapshot
        .entities()
        .iter()
        .flat_map(|entity| &entity.relations)
        .filter(|link| link.role == "Linked To");
    let (resolved, open): (Vec<_>, Vec<_>) = linked.partition(|link| link.other.is_some());
    let raised = snapshot
        .issues()
        .iter()
        .filter(|issue| {
            issue.field == "Remarks" && matches!(issue.kind, IssueKind::Orphan | IssueKind::Ambiguous)
        })
        .count();
    assert_eq!(open.len(), raised);
    assert!(resolved.len() > 5_900 && open.len() < 15, "{} resolved, {} open", resolved.len(), open.len());
    for link in resolved {
        assert!(snapshot.entity(link.other.as_deref().unwrap()).is_some(), "{link:?}");
    }
}

fn facts_by_kind() {
    let snapshot = set_2024();
    let with =
        |test: &dyn Fn(&Entity) -> bool| snapshot.entities().iter().filter(|entity| test(entity)).count();
    let has =
        |scheme| with(&move |entity: &Entity| entity.identifiers.iter().any(|one| one.scheme == scheme));
    assert_eq!(with(&|entity| !entity.values("gender").is_empty()), 4_003);
    // 1,604 in the primary file and three in the comments.
    assert_eq!(with(&|entity| entity.dates_of(DateRole::Incorporation).next().is_some()), 1_607);
    let flagged = |role| with(&move |entity: &Entity| entity.countries.iter().any(|fact| fact.role == role));
    assert!(flagged(CountryRole::Flag) > 700 && flagged(CountryRole::Nationality) > 4_000);
    assert!(
        has(Scheme::ImoShip) > 740 && has(Scheme::Mmsi) == 94,
        "{} {}",
        has(Scheme::ImoShip),
        has(Scheme::Mmsi)
    );
    assert!(has(Scheme::Passport) > 1_500 && has(Scheme::Inn) > 1_000 && has(Scheme::Ogrn) > 900);
}

/// Version, list, entities, and the most issues that were found to be justified.
const VERSIONS: &[(&str, &str, usize, usize)] = &[
    ("ofac/sdn-csv/2019-01-15", "us_ofac_sdn", 7_379, 30),
    ("ofac/sdn-csv/2021-07-07", "us_ofac_sdn", 8_976, 30),
    ("ofac/sdn-csv/2024-01-08", "us_ofac_sdn", 13_821, 40),
    ("ofac/sdn-daily/2023-12-20a", "us_ofac_sdn", 13_881, 45),
    ("ofac/sdn-daily/2023-12-20b", "us_ofac_sdn", 13_817, 45),
    ("ofac/sdn-daily/2024-04-26", "us_ofac_sdn", 14_668, 45),
    ("ofac/sdn-daily/2024-05-01", "us_ofac_sdn", 14_966, 45),
    ("ofac/sdn-daily/2024-05-03", "us_ofac_sdn", 14_965, 45),
    ("ofac/cons-csv/2018-04-06", "us_ofac_cons", 639, 5),
    ("ofac/cons-csv/2025-12-19", "us_ofac_cons", 442, 5),
];

fn versions() {
    for (folder, list, entities, most_issues) in VERSIONS {
        let snapshot = load(folder, list).unwrap_or_else(|error| panic!("{folder}: {error}"));
        assert_eq!(snapshot.entities().len(), *entities, "{folder}");
        let issues: Vec<String> = snapshot.issues().iter().map(ToString::to_string).collect();
        assert!(issues.len() <= *most_issues, "{folder}: {}\n{}", issues.len(), issues.join("\n"));
        let dropped = snapshot.issues().iter().filter(|issue| issue.kind == IssueKind::Dropped).count();
        assert_eq!(dropped, 0, "{folder}");
        for designation in snapshot.entities().iter().flat_map(|entity| &entity.designations) {
            assert!(program(authority::OFAC, &designation.program).is_some(), "{}", designation.program);
        }
    }
}

fn failed_download() {
    let refused = load("ofac/sdn-daily/2024-05-04", "us_ofac_sdn");
    assert_eq!(refused, Err(ListError::Empty { file: "sdn.csv".to_owned() }));
}

fn other_formats() {
    let xml = testkit::bytes("ofac/cons-xml/2026-01-08/consolidated.xml.gz");
    let csl = testkit::bytes("ofac/csl/2022-04/consolidated.csv.gz");
    for (bytes, found) in [(xml, "XML with root sdnList"), (csl, "text beginning")] {
        let format = format_named("ofac_csv").unwrap();
        let source = [SourceFile { name: "sdn.csv", bytes: &bytes }];
        assert!(!format.recognises(&source));
        let refused = format.parse("us_ofac_sdn", &source).unwrap_err().to_string();
        assert!(refused.contains("expected OFAC legacy CSV, found") && refused.contains(found), "{refused}");
    }
}

fn non_sdn_measures() {
    let snapshot = load(NON_SDN, "us_ofac_cons").unwrap();
    let measures = |key: &str, code: &str| {
        let designations = &party(&snapshot, key).designations;
        designations.iter().find(|one| one.program == code).map(|one| one.measures.clone())
    };
    for (key, code, expected) in [
        ("15268", "561-Related", vec![Measure::FinancialRestriction]),
        ("30926", "CMIC-EO13959", vec![Measure::InvestmentBan]),
        ("17013", "UKRAINE-EO13662", vec![Measure::SectoralRestriction, Measure::FinancialRestriction]),
        ("17013", "RUSSIA-EO14024", vec![Measure::AssetFreeze]),
        ("46072", "BURMA-EO14014", vec![Measure::FinancialRestriction]),
        ("50476", "ILLICIT-DRUGS-EO14059", vec![Measure::FinancialRestriction, Measure::InvestmentBan]),
    ] {
        assert_eq!(measures(key, code), Some(expected), "{key} {code}");
    }
}
