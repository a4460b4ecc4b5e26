//! Real published FollowTheMoney files; cases are reported as ignored where the files are absent.

#![expect(clippy::unwrap_used, reason = "what cannot be read here fails the test")]

use cordon_lists::{SourceFile, format_for};
use cordon_model::{Check, Schema, Snapshot};
use std::collections::BTreeMap;
use testkit::Case;

const LIST: &str = "os";

fn snapshot(path: &str) -> Snapshot {
    let bytes = testkit::bytes(path);
    let file = SourceFile { name: "entities.ftm.json", bytes: &bytes };
    let format = format_for(&[file]).unwrap();
    assert_eq!(format.id(), "ftm_json");
    format.parse(LIST, &[file]).unwrap()
}

/// Compares counts of entities by schema (those that are not targets with a star) and of issues by kind and field.
fn check(
    path: &str,
    published: Option<&str>,
    entities: &[(&str, usize)],
    issues: &[(&str, usize)],
) -> Snapshot {
    let snapshot = snapshot(path);
    assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), published);
    let (mut schemata, mut said) = (BTreeMap::new(), BTreeMap::new());
    for entity in snapshot.entities() {
        let mark = if entity.values("target").is_empty() { "" } else { "*" };
        *schemata.entry(format!("{}{mark}", entity.schema)).or_insert(0) += 1;
    }
    for issue in snapshot.issues() {
        *said.entry(format!("{:?} {}", issue.kind, issue.field)).or_insert(0) += 1;
    }
    let counts = |rows: &[(&str, usize)]| -> BTreeMap<String, usize> {
        rows.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    };
    assert_eq!((schemata, said), (counts(entities), counts(issues)));
    snapshot
}

const EXPORT: &str = "opensanctions/export-set-2024-03-09/entities.ftm.json";
const EXPORT_NESTED: &str = "opensanctions/export-set-2024-03-09/targets.nested.json.gz";

/// Occupancies of this set name no position.
fn export_set() {
    let entities = [("Person", 20), ("Person*", 80)];
    check(EXPORT, Some("2024-03-09"), &entities, &[("Missing post", 24)]);
}

fn nested_and_flat() {
    let (flat, nested) = (snapshot(EXPORT), snapshot(EXPORT_NESTED));
    let mut targets = 0;
    for entity in flat.entities().iter().filter(|entity| entity.values("target").is_empty()) {
        assert_eq!(nested.entity(entity.id.as_str()), Some(entity));
        targets += 1;
    }
    assert_eq!(targets, 20);
    assert_eq!(flat.content(), nested.content(), "the neighbours are whole in this set too");
}

/// Payments are passed over; every party has its address.
fn donations() {
    let snapshot = check(
        "opensanctions/yente-fixtures/parteispenden/entities.ftm.json",
        None,
        &[("Company", 56), ("Organization", 18), ("Person", 22)],
        &[("Dropped schema", 1)],
    );
    let addressed = snapshot.entities().iter().filter(|entity| !entity.addresses.is_empty()).count();
    assert_eq!(addressed, 56 + 22 + 6);
}

/// A network of companies and relatives under sanctions of many authorities, of which some write their measures in
/// sentences, by act or in their own languages.
fn network() {
    let snapshot = check(
        "opensanctions/yente-fixtures/zala/entities.ftm.json",
        Some("2026-04-29"),
        &[("Company", 8), ("Company*", 3), ("Person", 6)],
        &[("Orphan addressEntity", 16), ("UnknownValue provisions", 59)],
    );
    let head = snapshot.entity("os:NK-aU5ybkbRFJucf8YMwsJvDw").unwrap();
    assert_eq!(head.schema, Schema::Person);
    assert!(head.designations.len() > 10 && head.relations.len() > 15);
    let inn = snapshot.entities().iter().flat_map(|entity| &entity.identifiers);
    assert!(
        inn.filter(|identifier| identifier.scheme == cordon_model::Scheme::Inn)
            .all(|inn| inn.check == Check::Passed)
    );
}

const CASES: &[Case] = &[
    Case { name: "export set", needs: &[EXPORT], run: export_set },
    Case { name: "nested and flat say the same", needs: &[EXPORT, EXPORT_NESTED], run: nested_and_flat },
    Case { name: "donations", needs: &["opensanctions/yente-fixtures/parteispenden"], run: donations },
    Case { name: "network", needs: &["opensanctions/yente-fixtures/zala"], run: network },
    Case {
        name: "a version to apply deltas to",
        needs: &["opensanctions/yente-fixtures/t1"],
        run: || {
            let path = "opensanctions/yente-fixtures/t1/entities.ftm.json";
            let entities = [("Organization", 2), ("Person", 4)];
            check(path, Some("2024-06-01"), &entities, &[("Orphan addressEntity", 2)]);
        },
    },
];

fn main() {
    testkit::run(CASES).exit();
}
