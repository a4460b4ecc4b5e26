//! Cases asked: the score of the listed entity each was made from.

use crate::cases::{Asked, Case, latin_only};
use crate::statistics::rounded;
use cordon_matching::{Evidence, Match, Options, Policy, Screener, Segment, score_pair};
use cordon_model::{Entity, Snapshot};
use cordon_screening::text::{THRESHOLD, scan};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Least score that is looked at: the lower end of threshold curves.
pub(crate) const FLOOR: f64 = 0.5;

/// Why a case is missed whose score would do: a fault of the index.
pub(crate) const LOST: &str = "the index does not lead to the entity";

/// Entities looked at for one query; the score of one that comes after so many others is computed alone.
const MOST: usize = 100;

/// What became of a case.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    /// Score of the entity the name was listed for.
    pub(crate) score: f64,
    /// Why, for misses and false matches; empty if the score is that expected.
    pub(crate) why: String,
}

/// Asks every case.
pub(crate) fn outcomes(screener: &Screener, cases: &[Case<'_>], threshold: f64) -> Vec<Outcome> {
    let latin = latin_screener(cases, screener.policy());
    cases.par_iter().map(|case| outcome(screener, &latin, case, threshold)).collect()
}

fn outcome(screener: &Screener, latin: &Screener, case: &Case<'_>, threshold: f64) -> Outcome {
    let found = match &case.asked {
        Asked::Query(query) => own(screener, query, case.entity.clone()),
        Asked::LatinOnly(query) => match latin_only(case.entity) {
            Some(entity) => own(latin, query, entity),
            None => Err("the entity has no name in Latin letters"),
        },
        Asked::Text => in_text(screener, case),
    };
    match found {
        Ok(found) if (found.score >= threshold) == case.kind.expect.is_wanted() => {
            Outcome { score: found.score, why: String::new() }
        }
        Ok(found) => Outcome { score: found.score, why: why(&found.evidence) },
        Err(why) => Outcome { score: 0.0, why: why.to_owned() },
    }
}

/// A screener of the entities whose cases are asked of Latin names only. Scores do not depend on what else is loaded.
fn latin_screener(cases: &[Case<'_>], policy: &Policy) -> Screener {
    let asked = cases.iter().filter(|case| matches!(case.asked, Asked::LatinOnly(_)));
    let entities: BTreeMap<&str, Entity> =
        asked.filter_map(|case| Some((case.entity.id.as_str(), latin_only(case.entity)?))).collect();
    compiled(entities.into_values().collect(), policy)
}

/// A screener of some entities.
pub(crate) fn compiled(entities: Vec<Entity>, policy: &Policy) -> Screener {
    let bytes = Segment::build(&Snapshot::new("eval", None, entities, Vec::new()));
    let segment = Segment::open(Arc::new(bytes)).ok();
    Screener::new(segment.map(Arc::new).into_iter().collect(), policy.clone())
}

/// The match of one entity, however low.
pub(crate) fn own(screener: &Screener, query: &Entity, entity: Entity) -> Result<Match, &'static str> {
    let options = Options { threshold: FLOOR, limit: MOST };
    let matches =
        screener.screen(query, options).map_err(|_| "no name and no identifier that can be compared")?;
    let whole = matches.len() < MOST;
    if let Some(found) = matches.into_iter().find(|found| found.entity.id == entity.id) {
        return Ok(found);
    }
    let pair = score_pair(screener.policy(), query, entity);
    if whole && pair.score >= FLOOR { Err(LOST) } else { Ok(pair) }
}

fn in_text(screener: &Screener, case: &Case<'_>) -> Result<Match, &'static str> {
    let mentions = scan(&case.presented, screener, THRESHOLD);
    let own = mentions.into_iter().find(|mention| mention.found.entity.id == case.entity.id);
    own.map(|mention| mention.found).ok_or("not found in the text")
}

/// Evidence in one line, the strongest first.
pub(crate) fn why(evidence: &[Evidence]) -> String {
    if evidence.is_empty() {
        return "nothing in common".to_owned();
    }
    let one = |one: &Evidence| format!("{} {:+.1} ({})", one.signal, one.score, one.detail);
    evidence.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A score as reports show it.
pub(crate) fn shown(score: f64) -> f64 {
    rounded(score)
}
