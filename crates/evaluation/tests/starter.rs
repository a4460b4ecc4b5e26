//! The built-in list measured: figures repeat, proofs hold, a baseline tells worse from noise.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use cordon_evaluation::{Baseline, Expect, Extra, KINDS, Report, Settings, evaluate};
use cordon_matching::{Policy, Screener, Segment};
use cordon_model::{Entity, EntityId, Name, NameKind, Schema};
use std::sync::Arc;
use std::time::Duration;

fn screener() -> Screener {
    let bytes = Segment::build(&cordon_lists::starter().unwrap());
    Screener::new(vec![Arc::new(Segment::open(Arc::new(bytes)).unwrap())], Policy::default())
}

fn settings() -> Settings {
    Settings { cases: 15, people: 300, exhaustive: 40, ..Settings::default() }
}

fn report() -> Report {
    evaluate(&screener(), settings(), &Extra::default())
}

#[test]
fn figures_repeat_and_proofs_hold() {
    let first = report();
    assert_eq!(first, report());
    assert!(first.is_proven());
    assert_eq!(first.exact.count.hits, first.exact.count.cases);
    assert_eq!((first.exhaustive.count.cases, first.exhaustive.count.hits), (40, 40));
    assert_eq!(first.kinds.len(), KINDS.len());
    let measured = first.kinds.iter().filter(|kind| kind.count.cases > 0).count();
    assert!(measured > 50, "{measured} kinds have cases");
    for kind in &first.kinds {
        assert!(
            kind.cells.iter().map(|cell| cell.count.cases).sum::<usize>() == kind.count.cases,
            "{}",
            kind.id
        );
    }
    let exact = first.kinds.iter().find(|kind| kind.id == "exact").unwrap();
    assert_eq!(exact.count.hits, exact.count.cases);
    assert!(first.curve.windows(2).all(|pair| pair[0].must_match >= pair[1].must_match));
    assert!(first.misses.iter().all(|miss| miss.score < first.settings.threshold && !miss.why.is_empty()));
}

/// The keys are a contract.
#[test]
fn the_json_has_its_keys() {
    let value = serde_json::to_value(report()).unwrap();
    let keys =
        |value: &serde_json::Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let mut expected = [
        "version",
        "settings",
        "totals",
        "kinds",
        "by_script",
        "by_group",
        "by_rarity",
        "unlisted",
        "curve",
        "exact",
        "exhaustive",
        "misses",
        "false_matches",
    ];
    expected.sort_unstable();
    let mut found = keys(&value);
    found.sort_unstable();
    assert_eq!(found, expected);
    let mut kind = keys(&value["kinds"][0]);
    kind.sort_unstable();
    assert_eq!(kind, ["cells", "count", "example", "expect", "id", "number", "title"]);
    let mut share = keys(&value["kinds"][0]["count"]);
    share.sort_unstable();
    assert_eq!(share, ["cases", "high", "hits", "low", "share"]);
}

#[test]
fn a_baseline_tells_worse_from_noise() {
    let report = report();
    let kept = Baseline::of(&report);
    assert_eq!(kept.changes(&report), []);
    // A whole report can be read as a baseline.
    let read: Baseline = serde_json::from_value(serde_json::to_value(&report).unwrap()).unwrap();
    assert_eq!(read.changes(&report), []);

    // With a threshold that nothing reaches, every kind that alerted is worse, and no trap is.
    let strict = evaluate(&screener(), Settings { threshold: 1.0, ..settings() }, &Extra::default());
    let changes = kept.changes(&strict);
    let change = |what: &str| changes.iter().find(|change| change.what == what).map(|change| change.worse);
    for what in ["all that match", "kind exact", "kind order", "exact names"] {
        assert_eq!(change(what), Some(true), "{what}");
    }
    for kind in report.kinds.iter().filter(|kind| kind.expect == Expect::Never) {
        assert_ne!(change(&format!("kind {}", kind.id)), Some(true), "{}", kind.id);
    }
    assert!(changes[0].worse);
    // And the other way round it is better.
    assert!(
        Baseline::of(&strict)
            .changes(&report)
            .iter()
            .any(|change| change.what == "kind exact" && !change.worse)
    );
}

#[test]
fn people_given_and_speed_are_measured_when_asked_for() {
    let mut listed = Entity::new(EntityId::from(String::new()), Schema::Person);
    listed.add_name(Name::new(NameKind::Primary, "Kim Jong Un"));
    let mut other = listed.clone();
    other.names.clear();
    other.add_name(Name::new(NameKind::Primary, "Ottoline Featherstonehaugh"));
    let clock = || Duration::from_millis(7);
    let extra = Extra { unlisted: vec![listed, other], clock: Some(&clock), notice: None };
    let report = evaluate(&screener(), settings(), &extra);
    let own = report.unlisted.iter().find(|group| group.id == "own").unwrap();
    assert_eq!((own.count.cases, own.count.hits, own.examples[0].name.as_str()), (2, 1, "Kim Jong Un"));
    assert!(report.curve.iter().all(|point| point.per_thousand_own.is_some()));
    assert_eq!(report.speed.unwrap().queries, 300);
}
