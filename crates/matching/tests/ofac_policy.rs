//! The policy `ofac` through the public door: names alone count, nothing is lost, scores recompute.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
#![expect(clippy::float_cmp, reason = "scores must be the same to the last digit")]

use cordon_matching::{Match, Options, Policy, QueryError, Screener, Segment, ofac_score, score_pair};
use cordon_model::{DateRole, Entity, EntityId, Name, NameKind, PartialDate, Schema, Snapshot};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

fn entity(key: &str, names: &[&str]) -> Entity {
    let mut entity = Entity::new(EntityId::new("test", key), Schema::Person);
    for (index, name) in names.iter().enumerate() {
        let kind = if index == 0 { NameKind::Primary } else { NameKind::Alias };
        entity.add_name(Name::new(kind, name));
    }
    entity
}

fn screener(entities: Vec<Entity>) -> Screener {
    let bytes = Segment::build(&Snapshot::new("test", None, entities, vec![]));
    Screener::new(vec![Arc::new(Segment::open(Arc::new(bytes)).unwrap())], Policy::named("ofac").unwrap())
}

fn ids(matches: &[Match]) -> Vec<&str> {
    matches.iter().map(|found| found.entity.id.as_str()).collect()
}

const ALL: Options = Options { threshold: 0.0, limit: 1000 };

#[test]
fn the_best_name_counts_and_is_explained() {
    let screener = screener(vec![
        entity("putin", &["PUTIN, Vladimir Vladimirovich", "PUTIN, V."]),
        entity("biliy", &["VLADIMIR BILIY"]),
        entity("smith", &["SMITH, John"]),
    ]);
    let found = screener.screen(&entity("q", &["VLADIMR PUTIN"]), ALL).unwrap();
    assert_eq!(ids(&found), ["test:putin", "test:biliy"]);
    assert_eq!((found[0].score, found[0].evidence.len()), (0.99, 1));
    let evidence = &found[0].evidence[0];
    assert_eq!(
        (evidence.signal, evidence.query.as_str(), evidence.candidate.as_str()),
        ("name", "VLADIMR PUTIN", "PUTIN, Vladimir Vladimirovich")
    );
    assert_eq!(
        evidence.detail,
        "primary: policy ofac, entire name 65 (Jaro-Winkler), name parts 99: vladimr ~ vladimir 0.97, same \
         Soundex; putin ~ putin 1.00, same Soundex"
    );
}

#[test]
fn of_equal_scores_the_name_as_typed_comes_first() {
    let screener = screener(vec![entity("1", &["KIM, Jung Jong"]), entity("2", &["Kim Jong Un"])]);
    let found = screener.screen(&entity("q", &["KIM JONG UN"]), Options { limit: 1, ..ALL }).unwrap();
    assert_eq!((ids(&found), found[0].score), (vec!["test:2"], 1.0));
}

#[test]
fn facts_play_no_part() {
    let dated = |name: &str, date: &str| {
        let mut entity = entity("1", &[name]);
        entity.add_date(DateRole::Birth, PartialDate::parse(date).unwrap());
        entity
    };
    let screener = screener(vec![dated("HASSAN, Ali", "1975-03-04")]);
    let found = screener.screen(&dated("Ali Hassan", "1999-11-25"), ALL).unwrap();
    assert_eq!((found[0].score, found[0].evidence.len()), (1.0, 1));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let screener = screener(vec![entity("1", &["HASSAN, Ali"])]);
    assert_eq!(screener.screen(&entity("q", &[]), ALL), Err(QueryError::Nothing));
    assert_eq!(screener.screen(&entity("q", &["Владимир Путин"]), ALL), Err(QueryError::NoLatinName));
    assert_eq!(screener.screen(&entity("q", &["Владимир", "Ali"]), ALL).unwrap().len(), 1);
}

const WORDS: &[&str] = &[
    "Mohammed",
    "Muhammad",
    "Ali",
    "Kim",
    "Jong",
    "Un",
    "Putin",
    "Putina",
    "Vladimir",
    "Bin",
    "Laden",
    "Ladin",
    "Al-Assad",
    "O'Brien",
    "44",
    "4th",
    "Z",
    "Pablo",
    "Qaeda",
    "Bashir-Ud-Din",
    "Путин",
];

fn a_name() -> impl Strategy<Value = String> {
    let word =
        prop_oneof![4 => proptest::sample::select(WORDS).prop_map(str::to_owned), 1 => "[a-z0-9]{1,8}"];
    proptest::collection::vec(word, 1..5).prop_map(|words| words.join(" "))
}

static LISTED: LazyLock<Screener> = LazyLock::new(|| {
    let name = |at: usize| WORDS[at % WORDS.len()];
    let text = |at: usize| format!("{}, {} {}", name(at), name(at * 7 + at / 21), name(at * 5 + 3));
    let entities = (0..300).map(|at| entity(&at.to_string(), &[&text(at), &text(at + 1000)])).collect();
    screener(entities)
});

proptest! {
    /// Comparing parts once and passing over names without a first letter in common loses nothing.
    #[test]
    fn nothing_is_lost(name in a_name(), threshold in proptest::sample::select(&[0.0, 0.6, 0.85, 1.0][..])) {
        let query = entity("q", &[&name]);
        let options = Options { threshold, limit: 1000 };
        prop_assert_eq!(LISTED.screen(&query, options), LISTED.screen_exhaustively(&query, options));
    }

    #[test]
    fn scores_recompute(name in a_name()) {
        let query = entity("q", &[&name]);
        for found in LISTED.screen(&query, Options { limit: 20, ..ALL }).into_iter().flatten() {
            prop_assert_eq!(LISTED.policy().score(&found.evidence), found.score);
            prop_assert_eq!(score_pair(LISTED.policy(), &query, found.entity.clone()).score, found.score);
            let best = found.entity.names.iter().filter_map(|listed| ofac_score(&name, &listed.text)).max();
            prop_assert_eq!(best.map(|best| f64::from(best) / 100.0), Some(found.score));
        }
    }

    #[test]
    fn any_query_is_answered(name in "\\PC{0,60}") {
        let _ = LISTED.screen(&entity("q", &[&name]), ALL);
    }
}
