//! Screening under the policy of OFAC's score.
//!
//! In: a query and all names of all segments. Out: matches with their evidence. Every listed name is scored but those of
//! which no part begins with a letter that a part of the query begins with: by the rules of the score they get none. Each
//! part of the query is compared with each different part of the lists once, and whole names only where their letters
//! can make the higher score.

use crate::evidence::{Evidence, Match};
use crate::ofac_score::{Asked, OfacScore, OfacWeights, Part, PartScore, Written};
use crate::screener::{Options, QueryError, name_label};
use crate::search::Method;
use crate::segment::{Segment, View};
use cordon_model::Entity;
use cordon_text::edits::Pattern;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

/// All names of some segments, taken apart.
pub(crate) struct OfacNames {
    /// Every different part, ascending.
    parts: Vec<Part>,
    /// In the order of segments, entities and names.
    names: Vec<ListedName>,
    /// Parts of names, as places in `parts`.
    name_parts: Vec<u32>,
}

struct ListedName {
    segment: u32,
    entity: u32,
    /// Index of the name in the entity.
    name: u32,
    whole: Box<[u8]>,
    /// First letters of its parts.
    firsts: u64,
    /// All its letters.
    letters: u64,
    /// Places in `name_parts`.
    parts: Range<u32>,
}

/// The best name of an entity.
#[derive(Debug, Clone, Copy)]
struct Found {
    segment: u32,
    entity: u32,
    /// Index of the name in the entity.
    name: u32,
    /// Index of the query's name.
    asked: usize,
    score: u8,
}

impl OfacNames {
    /// Takes the names of all entities apart.
    pub(crate) fn of(segments: &[Arc<Segment>]) -> Self {
        let mut numbers: FxHashMap<Part, u32> = FxHashMap::default();
        let (mut parts, mut names, mut name_parts) = (Vec::new(), Vec::new(), Vec::new());
        for (segment, entity, listed) in entities(segments) {
            for (name, written) in listed.names.iter().enumerate().filter_map(written) {
                let start = name_parts.len() as u32;
                let firsts = bits(written.parts.iter().map(Part::first));
                let letters = bits(written.whole.iter().copied());
                for part in written.parts {
                    name_parts.push(*numbers.entry(part).or_insert_with_key(|part| {
                        parts.push(part.clone());
                        parts.len() as u32 - 1
                    }));
                }
                let whole = written.whole.into_boxed_slice();
                let name = name as u32;
                let parts = start..name_parts.len() as u32;
                names.push(ListedName { segment, entity, name, whole, firsts, letters, parts });
            }
        }
        let places = sort(&mut parts);
        for part in &mut name_parts {
            *part = places[*part as usize];
        }
        Self { parts, names, name_parts }
    }

    /// The different parts that begin with a letter.
    fn beginning(&self, first: u8) -> Range<usize> {
        self.parts.partition_point(|part| part.first() < first)
            ..self.parts.partition_point(|part| part.first() <= first)
    }
}

/// A name's index beside its parts, unless it has none.
fn written((index, name): (usize, &cordon_model::Name)) -> Option<(usize, Written)> {
    Some((index, Written::of(&name.text)?))
}

/// Sorts parts; says for each old place the new one.
fn sort(parts: &mut [Part]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_unstable_by(|one, two| parts[*one].cmp(&parts[*two]));
    let mut places = vec![0; parts.len()];
    for (new, old) in order.iter().enumerate() {
        places[*old] = new as u32;
    }
    parts.sort_unstable();
    places
}

/// Every entity with the numbers of its segment and of itself.
fn entities(segments: &[Arc<Segment>]) -> impl Iterator<Item = (u32, u32, Entity)> {
    segments.iter().enumerate().flat_map(|(number, segment)| {
        let view = segment.view().ok();
        let count = view.as_ref().map_or(0, View::entity_count) as u32;
        (0..count).filter_map(move |entity| Some((number as u32, entity, view.as_ref()?.entity(entity)?)))
    })
}

/// The bit of a letter or digit, of each another one; a hyphen shares one.
fn bit(first: u8) -> u64 {
    let place = if first.is_ascii_digit() { first - b'0' } else { 10 + (first & 0x1f) };
    1 << place
}

fn bits(letters: impl Iterator<Item = u8>) -> u64 {
    letters.fold(0, |bits, letter| bits | bit(letter))
}

/// Every entity of which a name scores at least `options.threshold`, best first, at most `options.limit`.
pub(crate) fn screen(
    segments: &[Arc<Segment>],
    names: &OfacNames,
    weights: &OfacWeights,
    query: &Entity,
    options: Options,
    method: Method,
) -> Result<Vec<Match>, QueryError> {
    let asked: Vec<(usize, Asked)> = query
        .names
        .iter()
        .enumerate()
        .filter_map(written)
        .map(|(at, name)| (at, weights.asked(&name)))
        .collect();
    if asked.is_empty() {
        return Err(if query.names.is_empty() { QueryError::Nothing } else { QueryError::NoLatinName });
    }
    let least = (options.threshold.clamp(0.0, 1.0) * 100.0 - 1e-9).ceil() as u8;
    let mut found = Vec::new();
    for (index, name) in &asked {
        let mut keep = |mut one: Found| {
            one.asked = *index;
            if one.score >= least {
                found.push(one);
            }
        };
        match method {
            Method::Indexed => by_parts(names, weights, name, least, &mut keep),
            Method::Exhaustive => one_by_one(segments, weights, name, &mut keep),
        }
    }
    Ok(best(segments, weights, query, found, options.limit))
}

/// Scores the names that have a part with a first letter of the query; those below `least` perhaps too low.
fn by_parts(
    names: &OfacNames,
    weights: &OfacWeights,
    asked: &Asked,
    least: u8,
    keep: &mut impl FnMut(Found),
) {
    let tables: Vec<(usize, Vec<Option<PartScore>>)> = asked
        .parts
        .iter()
        .map(|part| {
            let range = names.beginning(part.first());
            let pattern = Pattern::new(part.text.as_bytes());
            let met = names.parts[range.clone()].iter().map(|other| weights.part(part, &pattern, other));
            (range.start, met.collect())
        })
        .collect();
    let first = bit(asked.first);
    let firsts = first | bits(asked.parts.iter().map(Part::first));
    for listed in names.names.iter().filter(|listed| listed.firsts & firsts != 0) {
        let parts = &names.name_parts[listed.parts.start as usize..listed.parts.end as usize];
        let best = tables.iter().map(|(start, table)| {
            let met = parts.iter().filter_map(|part| *table.get((*part as usize).checked_sub(*start)?)?);
            met.reduce(|best, other| if other > best { other } else { best })
        });
        let parts = weights.composite(best);
        let whole =
            if listed.firsts & first == 0 { 0 } else { whole(weights, asked, listed, least.max(parts)) };
        let score = OfacScore { whole, parts };
        if let Some(score) = score.shown(weights) {
            keep(Found {
                segment: listed.segment,
                entity: listed.entity,
                name: listed.name,
                asked: 0,
                score,
            });
        }
    }
}

/// The score of whole names, or 0 if it cannot reach `least`.
fn whole(weights: &OfacWeights, asked: &Asked, listed: &ListedName, least: u8) -> u8 {
    let common = asked.whole.iter().filter(|letter| listed.letters & bit(**letter) != 0).count();
    let common = common.min(listed.whole.len());
    if weights.whole_at_most(&asked.whole, &listed.whole, common) < least {
        return 0;
    }
    weights.whole(&asked.whole, &listed.whole)
}

/// Scores every name as it is published.
fn one_by_one(segments: &[Arc<Segment>], weights: &OfacWeights, asked: &Asked, keep: &mut impl FnMut(Found)) {
    for (segment, entity, listed) in entities(segments) {
        for (name, written) in listed.names.iter().enumerate().filter_map(written) {
            if let Some(score) = weights.compare(asked, &written).shown(weights) {
                keep(Found { segment, entity, name: name as u32, asked: 0, score });
            }
        }
    }
}

/// The best of what was found as matches: by score, then those whose published name is the query's, then by kind of name
/// and id.
fn best(
    segments: &[Arc<Segment>],
    weights: &OfacWeights,
    query: &Entity,
    mut found: Vec<Found>,
    limit: usize,
) -> Vec<Match> {
    found.sort_unstable_by_key(|one| (one.segment, one.entity, Reverse(one.score), one.name, one.asked));
    found.dedup_by_key(|one| (one.segment, one.entity));
    found.sort_by_key(|one| Reverse(one.score));
    if let Some(last) = found.get(limit.saturating_sub(1)).map(|one| one.score) {
        found.retain(|one| one.score >= last);
    }
    let mut ranked: Vec<_> = found
        .into_iter()
        .filter_map(|one| {
            let view = segments.get(one.segment as usize)?.view().ok()?;
            let entity = view.entity(one.entity)?;
            let (name, asked) = (entity.names.get(one.name as usize)?, query.names.get(one.asked)?);
            let other = name.text.to_lowercase() != asked.text.to_lowercase();
            let rank = (Reverse(one.score), other, name.kind as u8, entity.id.as_str().to_owned());
            Some((rank, one, entity))
        })
        .collect();
    ranked.sort_by(|one, two| one.0.cmp(&two.0));
    ranked.truncate(limit);
    ranked.into_iter().filter_map(|(_, one, entity)| explained(weights, query, one, entity)).collect()
}

fn explained(weights: &OfacWeights, query: &Entity, found: Found, entity: Entity) -> Option<Match> {
    let (asked, listed) = (query.names.get(found.asked)?, entity.names.get(found.name as usize)?);
    let score = f64::from(found.score) / 100.0;
    let evidence = Evidence {
        signal: "name",
        score,
        detail: detail(weights, &asked.text, &listed.text, name_label(listed.kind as u8))?,
        query: asked.text.clone(),
        candidate: listed.text.clone(),
        aligned: Vec::new(),
    };
    Some(Match { entity, also: Vec::new(), score, evidence: vec![evidence] })
}

/// What was compared, in the words of OFAC's own description.
fn detail(weights: &OfacWeights, asked: &str, listed: &str, kind: &str) -> Option<String> {
    let (asked, listed) = (weights.asked(&Written::of(asked)?), Written::of(listed)?);
    let OfacScore { whole, parts } = weights.compare(&asked, &listed);
    let mut text = format!("{kind}: policy ofac, entire name {whole} (Jaro-Winkler), name parts {parts}: ");
    for (at, part) in asked.parts.iter().enumerate() {
        let between = if at == 0 { "" } else { "; " };
        let _ = match weights.best(part, &listed.parts) {
            None => write!(text, "{between}{} has no like", part.text),
            Some((at, score)) => {
                let sounds = if score.sounds { "same Soundex" } else { "other Soundex" };
                write!(
                    text,
                    "{between}{} ~ {} {:.2}, {sounds}",
                    part.text, listed.parts[at].text, score.spelling
                )
            }
        };
    }
    Some(text)
}
