//! Real lists through the whole update: given as they lie, archives and folders, in the order they were published.

#![allow(clippy::unwrap_used, reason = "tests")]

use cordon_adapters::{Home, Outcome, Source, Target, Update, UpdateError, Updated, Wait, update};
use cordon_model::Delta;
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
