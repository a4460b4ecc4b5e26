//! Real lists through the whole update: given as they lie, archives and folders, in the order they were published.

#![allow(clippy::unwrap_used, reason = "tests")]

use cordon_adapters::{Changes, Home, Outcome, Source, Target, Update, UpdateError, Updated, Wait, update};
use cordon_model::{Change, Delta};
use jiff::civil::Date;
use std::process::ExitCode;
use testkit::{Case, data};

const UN: &str = "un_sc_sanctions";
const SDN: &str = "us_ofac_sdn";

fn main() -> ExitCode {
    let cases = [
        Case {
            name: "UN versions follow each other, forwards only",
            needs: &["un/2025-12-09", "un/2025-12-10", "un/2026-02-27"],
            run: un_versions,
        },
        Case {
            name: "an OFAC folder is one version, and an empty download none",
            needs: &["ofac/sdn-csv/2024-01-08", "ofac/sdn-daily/2024-05-04"],
            run: ofac_folder,
        },
        Case {
            name: "eight OFAC and eight UN versions give the deltas that were counted",
            needs: &["ofac/sdn-daily", "ofac/sdn-csv", "un"],
            run: counted_deltas,
        },
    ];
    testkit::run(&cases).exit_code()
}

fn give(home: &Home, list: &str, path: &str, published: Option<Date>) -> Result<Updated, UpdateError> {
    let path = data(path).unwrap();
    let mut order = Update::new(Target::of(list), Source::Given(&path));
    order.published = published;
    order.wait = Wait::NOT;
    update(home, &order, "2026-03-01T00:00:00Z".parse().unwrap())
}

/// What is in force can be read back, and its segment holds the same entities.
fn check(home: &Home, updated: &Updated) {
    let store = home.store();
    let id = &updated.in_force.accepted.snapshot;
    let snapshot = store.snapshot(&updated.list, id).unwrap();
    assert_eq!(&snapshot.id(), id);
    assert_eq!(snapshot.entities().len(), updated.in_force.accepted.entities);
    let opened = store.segments([updated.list.as_str()]).unwrap();
    let segment = &opened[0].1.segment;
    assert_eq!(
        segment.info().published,
        snapshot.published().map(|date| date.to_string()).unwrap_or_default()
    );
    assert!(segment.entities().eq(snapshot.entities().iter().cloned()));
}

fn un_versions() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    for (day, entities) in [("2025-12-09", 1000), ("2025-12-10", 999), ("2026-02-27", 1003)] {
        let updated = give(&home, UN, &format!("un/{day}"), None).unwrap();
        assert_eq!(updated.outcome, Outcome::Accepted, "{day}");
        assert_eq!(updated.in_force.accepted.entities, entities, "{day}");
        check(&home, &updated);
    }
    let store = home.store();
    let read = |wanted: &str| store.snapshot(UN, &store.find(UN, wanted).unwrap().snapshot).unwrap();
    let delta = Delta::between(&read("2025-12-31"), &read("2026-02-27"));
    let count = |op: &str| delta.changes.iter().filter(|change| change.op() == op).count();
    assert_eq!((count("ADD"), count("DEL")), (4, 0));
    let error = give(&home, UN, "un/2025-12-10", None).unwrap_err();
    assert!(
        error.is_refused() && error.to_string().ends_with("with 1003 entities stays in force"),
        "{error}"
    );
}

fn ofac_folder() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    let day = jiff::civil::date(2024, 1, 8);
    let updated = give(&home, SDN, "ofac/sdn-csv/2024-01-08", Some(day)).unwrap();
    assert_eq!(updated.in_force.accepted.entities, 13_821);
    assert!(updated.in_force.accepted.snapshot.as_str().starts_with("2024-01-08-"));
    check(&home, &updated);
    let error = give(&home, SDN, "ofac/sdn-daily/2024-05-04", None).unwrap_err();
    assert!(error.is_refused() && error.to_string().contains("empty"), "{error}");
    assert_eq!(give(&home, SDN, "ofac/sdn-csv/2024-01-08", None).unwrap().outcome, Outcome::Unchanged);
}

/// A version of a list: its file, its date if the file has none, whether it is so far from the one before that it must
/// be forced, and what it changes in that one: added, removed, and changed in what its own record says, where counted.
struct Version(&'static str, Option<&'static str>, bool, Option<(usize, usize, Option<usize>)>);

const SDN_VERSIONS: [Version; 8] = [
    Version("ofac/sdn-csv/2019-01-15/sdn.csv.gz", Some("2019-01-15"), false, None),
    Version("ofac/sdn-csv/2021-07-07/sdn.csv.gz", Some("2021-07-07"), false, None),
    Version("ofac/sdn-daily/2023-12-20a", Some("2023-12-20"), false, None),
    Version("ofac/sdn-daily/2023-12-20b", Some("2023-12-20"), false, Some((5, 69, Some(0)))),
    Version("ofac/sdn-csv/2024-01-08/sdn.csv.gz", Some("2023-12-28"), false, None),
    Version("ofac/sdn-daily/2024-04-26", Some("2024-04-26"), false, None),
    Version("ofac/sdn-daily/2024-05-01", Some("2024-05-01"), false, Some((298, 0, Some(0)))),
    Version("ofac/sdn-daily/2024-05-03", Some("2024-05-03"), false, Some((7, 8, None))),
];

const UN_VERSIONS: [Version; 8] = [
    Version("un/2016-02-11", None, true, None),
    Version("un/2018-10-29", None, false, None),
    Version("un/2020-11-24", None, false, None),
    Version("un/2020-12-01", None, false, Some((0, 12, Some(0)))),
    Version("un/2025-04-19", None, false, None),
    Version("un/2025-12-09", None, false, Some((126, 3, None))),
    Version("un/2025-12-10", None, false, Some((0, 1, Some(0)))),
    Version("un/2026-02-27", None, false, Some((4, 0, Some(0)))),
];

/// Fields of an entity that follow from other records: who is linked to it.
const OF_OTHERS: [&str; 1] = ["relations"];

fn counted_deltas() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    let store = home.store();
    for (list, versions) in [(SDN, &SDN_VERSIONS), (UN, &UN_VERSIONS)] {
        let mut before: Option<cordon_model::Snapshot> = None;
        for Version(path, published, forced, counted) in versions {
            let given = data(path).unwrap();
            let mut order = Update::new(Target::of(list), Source::Given(&given));
            (order.published, order.force) = (published.map(|day| day.parse().unwrap()), *forced);
            let updated = update(&home, &order, "2026-03-01T00:00:00Z".parse().unwrap()).unwrap();
            let read = store.snapshot(list, &updated.in_force.accepted.snapshot).unwrap();
            if let Some(before) = &before {
                let delta = Delta::between(before, &read);
                assert_eq!(updated.in_force.accepted.changes, Some(Changes::of(&delta)), "{path}");
                assert_eq!(delta.apply(before.entities()), read.entities(), "{path}");
                if let Some((added, removed, changed)) = counted {
                    let own = |change: &&Change| match change {
                        Change::Modified { fields, .. } => {
                            fields.iter().any(|field| !OF_OTHERS.contains(&field.field.as_str()))
                        }
                        _ => false,
                    };
                    let found = Changes::of(&delta);
                    assert_eq!((found.added, found.removed), (*added, *removed), "{path}");
                    let of_itself = delta.changes.iter().filter(own).count();
                    assert!(
                        changed.is_none_or(|changed| changed == of_itself),
                        "{path}: {of_itself} changed"
                    );
                }
            }
            before = Some(read);
        }
        if list == SDN {
            // A download that failed for real, in its place.
            let error = give(&home, SDN, "ofac/sdn-daily/2024-05-04", Some(jiff::civil::date(2024, 5, 4)));
            assert!(error.as_ref().is_err_and(UpdateError::is_refused), "{error:?}");
            let in_force = store.in_force(SDN).unwrap().unwrap().accepted;
            assert_eq!(
                (in_force.entities, in_force.published),
                (14_965, Some(jiff::civil::date(2024, 5, 3)))
            );
        }
    }
}
