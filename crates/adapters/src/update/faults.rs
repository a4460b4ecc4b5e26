//! Every step of an update that changes the disk is made to fail, in every way, and what is left behind is looked at
//! as a new process would.

use super::*;
use crate::disk::fault::{self, Mode};
use crate::raw;
use crate::support::{Lines, Publisher, text, tree};
use cordon_model::SnapshotId;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tempfile::TempDir;

const LIST: &str = "test_list";
const ADDRESSES: &[&str] = &["https://a.example/one", "https://a.example/two"];

/// Versions of the list, large enough for files of several pieces.
fn publish(publisher: &Publisher, version: usize) {
    let date = format!("2026-01-0{version}");
    publisher.publish(ADDRESSES[0], text(&date, 1, 2, "One"));
    publisher.publish(ADDRESSES[1], text(&date, 10, 40, &"Name".repeat(version)));
}

fn run(home: &Home, publisher: &Publisher) -> Result<Updated, UpdateError> {
    let target = Target { list: LIST, format: Some(&Lines), bounds: Bounds::UNKNOWN };
    let mut order = Update::new(target, Source::Fetched(publisher, ADDRESSES));
    order.wait = Wait::NOT;
    update(home, &order, "2026-03-01T00:00:00Z".parse().unwrap())
}

/// What comes before the update under test, the update, and whether it goes well when nothing fails.
struct Scenario {
    name: &'static str,
    before: fn(&Home, &Publisher),
    change: fn(&Home, &Publisher),
    goes_well: bool,
}

const SCENARIOS: [Scenario; 6] = [
    Scenario {
        name: "first",
        before: |_, _| (),
        change: |_, publisher| publish(publisher, 1),
        goes_well: true,
    },
    Scenario {
        name: "second",
        before: |home, publisher| {
            publish(publisher, 1);
            run(home, publisher).unwrap();
        },
        change: |_, publisher| publish(publisher, 2),
        goes_well: true,
    },
    Scenario {
        name: "unchanged",
        before: |home, publisher| {
            publish(publisher, 1);
            run(home, publisher).unwrap();
        },
        change: |_, _| (),
        goes_well: true,
    },
    Scenario {
        name: "unchanged, without its segment",
        before: |home, publisher| {
            publish(publisher, 1);
            run(home, publisher).unwrap();
        },
        change: |home, _| std::fs::remove_dir_all(home.folder().join("index")).unwrap(),
        goes_well: true,
    },
    Scenario {
        name: "refused",
        before: |home, publisher| {
            publish(publisher, 1);
            run(home, publisher).unwrap();
        },
        change: |_, publisher| publisher.publish(ADDRESSES[1], "<html>".to_owned()),
        goes_well: false,
    },
    Scenario {
        name: "refused before, and leftovers of many versions",
        before: |home, publisher| {
            for version in 1..6 {
                publish(publisher, version);
                run(home, publisher).unwrap();
            }
            publisher.publish(ADDRESSES[0], "<html>".to_owned());
            run(home, publisher).unwrap_err();
            for leftover in ["raw/.tmp-1-1", "lists/.tmp-1-2", "index/test_list/.tmp-1-3"] {
                std::fs::write(home.folder().join(leftover), b"half").unwrap();
            }
            std::fs::create_dir(home.folder().join("snapshots/test_list/.tmp-1-4")).unwrap();
        },
        change: |_, publisher| publish(publisher, 6),
        goes_well: true,
    },
];

struct Run {
    _folder: TempDir,
    home: Home,
    publisher: Publisher,
    old: Option<SnapshotId>,
}

impl Scenario {
    fn begin(&self) -> Run {
        // In memory where the system has such a folder: these are thousands of small files.
        let memory = Path::new("/dev/shm");
        let folder =
            if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let home = Home::open(folder.path().join("home")).unwrap();
        let publisher = Publisher::default();
        (self.before)(&home, &publisher);
        let old = in_force(&home);
        (self.change)(&home, &publisher);
        Run { _folder: folder, home, publisher, old }
    }
}

fn in_force(home: &Home) -> Option<SnapshotId> {
    home.store().in_force(LIST).unwrap().map(|in_force| in_force.accepted.snapshot)
}

/// A new process sees one of the two states, and all of it.
fn check(home: &Home, either: [&Option<SnapshotId>; 2], note: &str) {
    let home = Home::open(home.folder()).unwrap();
    let store = home.store();
    let seen = in_force(&home);
    assert!(either.contains(&&seen), "{note}: {seen:?}");
    assert!(store.lists("2026-03-02T00:00:00Z".parse().unwrap()).is_ok(), "{note}");
    for entry in store.history(LIST).unwrap() {
        let snapshot = store.snapshot(LIST, &entry.snapshot).unwrap();
        assert_eq!(snapshot.id(), entry.snapshot, "{note}");
        assert_eq!(snapshot.entities().len(), entry.entities, "{note}");
        assert_eq!(store.issues(LIST, &entry.snapshot).unwrap().len(), entry.issues, "{note}");
        for source in store.manifest(LIST, &entry.snapshot).unwrap().sources {
            assert!(raw::find(&home, &source.digest).is_some(), "{note}: {}", source.name);
        }
    }
}

#[test]
fn every_step_of_an_update_may_be_the_last() {
    for scenario in SCENARIOS {
        let clean = scenario.begin();
        fault::plan(usize::MAX, Mode::Once);
        assert_eq!(run(&clean.home, &clean.publisher).is_ok(), scenario.goes_well, "{}", scenario.name);
        let steps = fault::finish();
        assert!(!steps.is_empty());
        let new = in_force(&clean.home);
        // A second run, because the sweep comes first.
        let _ = run(&clean.home, &clean.publisher);
        let expected = tree(clean.home.folder());
        for (index, step) in steps.iter().enumerate() {
            for mode in [Mode::Once, Mode::Dead, Mode::Panic] {
                let note = format!("{}, step {index} ({step}), {mode:?}", scenario.name);
                let Run { _folder, home, publisher, old } = scenario.begin();
                fault::plan(index, mode);
                let result = catch_unwind(AssertUnwindSafe(|| run(&home, &publisher)));
                fault::finish();
                assert!(result.is_ok() || mode == Mode::Panic, "{note}");
                check(&home, [&old, &new], &note);
                if let Ok(Err(error)) = &result {
                    check_line(&home, error, &note);
                }
                if mode == Mode::Once && *step != "remove" && home.folder().exists() {
                    let left = tree(home.folder());
                    assert!(!left.keys().any(|name| name.contains(".tmp")), "{note}: {:?}", left.keys());
                }
                assert_eq!(run(&home, &publisher).is_ok(), scenario.goes_well, "{note}");
                check(&home, [&new, &new], &note);
                let _ = run(&home, &publisher);
                assert_same_files(&tree(home.folder()), &expected, &note);
            }
        }
    }
}

/// The line about a failure tells what is in force as it really is.
fn check_line(home: &Home, error: &UpdateError, note: &str) {
    let stays = match in_force(home) {
        Some(id) => format!("; snapshot {id} with "),
        None => "; nothing is in force".to_owned(),
    };
    let line = error.to_string();
    assert!(line.contains(&stays), "{note}: {line}");
    assert!(error.is_refused() || line.contains("cannot "), "{note}: {line}");
}

/// The same files as after a run in which nothing failed, with the same bytes, but for the pointers' last attempts.
fn assert_same_files(
    found: &std::collections::BTreeMap<String, Vec<u8>>,
    expected: &std::collections::BTreeMap<String, Vec<u8>>,
    note: &str,
) {
    assert!(found.keys().eq(expected.keys()), "{note}: {:?} {:?}", found.keys(), expected.keys());
    for (name, bytes) in found {
        assert!(name.starts_with("lists/") || expected.get(name) == Some(bytes), "{note}: {name}");
    }
}

#[test]
fn a_full_disk_is_told_with_its_path() {
    let run_with = SCENARIOS[1].begin();
    fault::plan(2, Mode::Dead);
    let error = run(&run_with.home, &run_with.publisher).unwrap_err();
    fault::finish();
    let line = error.to_string();
    let path = run_with.home.folder().join("raw").display().to_string();
    assert!(line.contains(&format!("cannot write `{path}/")), "{line}");
    assert!(line.contains("made to fail; snapshot 2026-01-01-"), "{line}");
}
