//! What many versions of a list cost on disk, and that every one of them is there: also in a home folder of the first
//! form.

#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use cordon_adapters::{Changes, Home, Outcome, Source, Target, Update, Updated, update};
use cordon_model::{Bounds, EntityId, Snapshot};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::path::Path;
use support::{Lines, parsed, text, tree};

const LIST: &str = "test_list";
const DAYS: usize = 100;
const ENTRIES: usize = 1500;

/// The version of a day: five entries more are another each day, and one comes and goes.
fn version(day: usize) -> String {
    let mut version = text(&on(day).to_string(), 1, ENTRIES - day % 2, "Name");
    for edit in 0..day * 5 {
        let number = 1 + edit * 7 % (ENTRIES - 1);
        version =
            version.replace(&format!("\n{number} Name {number}\n"), &format!("\n{number} Day {edit}\n"));
    }
    version
}

fn on(day: usize) -> Date {
    date(2026, 1, 1).saturating_add((day as i64).days())
}

fn take(home: &Home, list: &str, content: &str) -> Updated {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.txt");
    std::fs::write(&path, content).unwrap();
    let target = Target { list, format: Some(&Lines), bounds: Bounds::UNKNOWN };
    update(home, &Update::new(target, Source::Given(&path)), "2026-06-01T00:00:00Z".parse().unwrap()).unwrap()
}

fn size(home: &Home, folder: &str) -> usize {
    tree(&home.folder().join(folder)).values().map(Vec::len).sum()
}

#[test]
fn a_hundred_versions_cost_little_more_than_their_changes() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    let store = home.store();
    let mut expected: Vec<Snapshot> = Vec::new();
    let mut first = [0, 0];
    for day in 0..DAYS {
        let content = version(day);
        let updated = take(&home, LIST, &content);
        assert_eq!(updated.outcome, Outcome::Accepted, "{day}");
        if day == 0 {
            first = ["snapshots", "raw"].map(|folder| size(&home, folder));
        } else {
            let changes = updated.in_force.accepted.changes.unwrap();
            assert_eq!(
                (changes.changed, changes.added, changes.removed),
                (5, (day + 1) % 2, day % 2),
                "{day}"
            );
        }
        expected.push(parsed(LIST, &content));
    }
    // Six entries a day are a twenty-fifth of what a hundred whole versions hold; names and dates of 100 manifests
    // weigh more than them here.
    let [snapshots, raw] = ["snapshots", "raw"].map(|folder| size(&home, folder));
    let changes: usize = tree(&home.folder().join("snapshots"))
        .iter()
        .filter(|(name, _)| name.ends_with("changes.jsonl.gz"))
        .map(|(_, bytes)| bytes.len())
        .sum();
    let manifests = DAYS * 1400;
    assert!(snapshots < 3 * first[0] + changes + manifests, "{snapshots} after {}", first[0]);
    assert!(changes < DAYS * 450, "{changes}");
    assert!(raw < 6 * first[1], "{raw} after {}", first[1]);

    // Every one is there, digests verified, and as each entity was in it.
    for (day, expected) in expected.iter().enumerate().step_by(9) {
        let accepted = store.on(LIST, on(day)).unwrap();
        assert_eq!(&store.snapshot(LIST, &accepted.snapshot).unwrap(), expected, "{day}");
        assert_eq!(
            store.segment(LIST, &accepted.snapshot).unwrap().segment.info().entities,
            ENTRIES - day % 2
        );
    }
    for key in ["1", "8", "750", "1500", "nobody"] {
        let id = EntityId::new(LIST, key);
        let versions = store.versions_of(LIST, &id).unwrap();
        assert_eq!(versions.len(), DAYS);
        for ((_, found), snapshot) in versions.iter().zip(&expected) {
            assert_eq!(found.as_ref(), snapshot.entity(id.as_str()), "{key}");
        }
    }
}

#[test]
fn a_damaged_version_costs_those_that_rest_on_it_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    let store = home.store();
    let ids: Vec<_> = (0..4).map(|day| take(&home, LIST, &version(day)).in_force.accepted.snapshot).collect();
    let second = home.folder().join("snapshots").join(LIST).join(ids[1].as_str()).join("changes.jsonl.gz");
    std::fs::write(second, b"rot").unwrap();
    let good = |id| store.snapshot(LIST, id).is_ok();
    assert_eq!(ids.iter().map(good).collect::<Vec<_>>(), [true, false, false, false]);
    // The next version stands alone, and what follows rests on it.
    for day in 4..6 {
        let id = take(&home, LIST, &version(day)).in_force.accepted.snapshot;
        assert_eq!(store.snapshot(LIST, &id).unwrap(), parsed(LIST, &version(day)));
    }
}

/// A home folder as the first form had it: whole snapshots, plain issues, a pointer without counts.
#[test]
fn a_home_of_the_first_form_opens_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/homes/form-1");
    for (name, bytes) in tree(&old) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let home = Home::open(folder.path()).unwrap();
    let store = home.store();
    let history = store.history("my_list").unwrap();
    assert_eq!(history.iter().map(|entry| entry.entities).collect::<Vec<_>>(), [3, 4, 3]);
    for entry in &history {
        let snapshot = store.snapshot("my_list", &entry.snapshot).unwrap();
        assert_eq!((snapshot.id(), snapshot.entities().len()), (entry.snapshot.clone(), entry.entities));
    }
    let versions = store.versions_of("my_list", &EntityId::new("my_list", "1")).unwrap();
    assert_eq!(
        versions.iter().map(|(_, version)| version.is_some()).collect::<Vec<_>>(),
        [true, true, false]
    );
    let next = text("2024-04-01", 2, 4, "Name");
    let updated = take(&home, "my_list", &next);
    assert_eq!(updated.in_force.accepted.changes, Some(Changes { added: 1, removed: 0, changed: 3 }));
    assert_eq!(store.history("my_list").unwrap()[..3], history);
    assert!(store.segments(["my_list"]).is_ok());
}
