//! Two proofs: every listed name alerts as published, and the index finds what brute force finds.

use crate::outcome::{own, shown, why};
use crate::report::{Exact, Exclusion, Exhaustive, Reason};
use crate::statistics::Count;
use cordon_matching::{Match, Options, Screener};
use cordon_model::{Entity, EntityId, Name, NameKind};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Names whose score is too low although nothing explains it, or that the index does not lead to.
pub(crate) const UNEXPLAINED: &str = "unexplained";

type Holds = fn(&Name, &Match) -> bool;

/// Why a name as published does not alert, the first that holds.
const REASONS: [(&str, Holds); 3] = [
    ("weak alias: its publisher warns that it finds too many", |name, _| name.kind == NameKind::WeakAlias),
    ("one word: too little to go on without other facts", |name, _| {
        name.text.split_whitespace().count() == 1
    }),
    ("its words are too common to go on without other facts", |_, found| agrees(found)),
];

/// Whether the name agrees and is only held back by how little it tells.
fn agrees(found: &Match) -> bool {
    let name = found.evidence.iter().find(|evidence| evidence.signal == "name");
    name.is_some_and(|name| !name.detail.contains('~') && !name.detail.contains("only "))
}

/// Asks every name of every entity as published, for the kind of entity listed and without other facts.
pub(crate) fn exact(screener: &Screener, entities: &[Entity], threshold: f64) -> Exact {
    let names: Vec<(&Entity, &Name)> =
        entities.iter().flat_map(|entity| entity.names.iter().map(move |name| (entity, name))).collect();
    let excluded: Vec<Exclusion> =
        names.par_iter().filter_map(|(entity, name)| exclusion(screener, entity, name, threshold)).collect();
    let mut reasons: BTreeMap<&'static str, usize> = BTreeMap::new();
    for exclusion in &excluded {
        *reasons.entry(exclusion.reason).or_default() += 1;
    }
    Exact {
        count: Count { cases: names.len(), hits: names.len() - excluded.len() }.into(),
        reasons: reasons.into_iter().map(|(reason, names)| Reason { reason, names }).collect(),
        exclusions: excluded,
    }
}

fn exclusion(screener: &Screener, entity: &Entity, name: &Name, threshold: f64) -> Option<Exclusion> {
    let excluded = |score, reason, why: String| {
        let (id, text) = (entity.id.to_string(), name.text.clone());
        Some(Exclusion { id, name: text, kind: name.kind.label(), score: shown(score), reason, why })
    };
    let mut query = Entity::new(EntityId::from(String::new()), entity.schema);
    query.add_name(Name::new(NameKind::Primary, &name.text));
    match own(screener, &query, entity.clone()) {
        Ok(found) if found.score >= threshold => None,
        Ok(found) => {
            let reason = REASONS.iter().find(|(_, holds)| holds(name, &found));
            excluded(found.score, reason.map_or(UNEXPLAINED, |(reason, _)| reason), why(&found.evidence))
        }
        Err(why) if why.starts_with("no name") => {
            excluded(0.0, "no letters or digits that can be compared", String::new())
        }
        Err(why) => excluded(0.0, UNEXPLAINED, why.to_owned()),
    }
}

/// Compares the answers of the index with those of brute force.
pub(crate) fn exhaustive(screener: &Screener, queries: &[&Entity], threshold: f64) -> Exhaustive {
    let options = Options { threshold, limit: 50 };
    let differs = |query: &&&Entity| {
        let (indexed, brute) =
            (screener.screen(query, options), screener.screen_exhaustively(query, options));
        indexed != brute
    };
    let differences: Vec<String> =
        queries.par_iter().filter(differs).map(|query| query.caption().to_owned()).collect();
    let count = Count { cases: queries.len(), hits: queries.len() - differences.len() };
    Exhaustive { count: count.into(), differences }
}
