//! Queries against a set of segments.

use crate::evidence::{Evidence, Match};
use crate::explain;
use crate::ofac_search::{self, OfacNames};
use crate::parties::Parties;
use crate::points;
use crate::policy::Policy;
use crate::query::Query;
use crate::search::{Hit, LOWEST, Method, Scratch, Search};
use crate::segment::Segment;
use cordon_model::{Entity, EntityId, NameKind, Snapshot};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};

/// How many and how good the matches must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Least score, 0 to 1.
    pub threshold: f64,
    /// Greatest number of matches.
    pub limit: usize,
}

/// Why a query cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryError {
    /// It has neither a name nor an identifier that could be compared.
    Nothing,
    /// The policy compares names in Latin letters alone, and it has none.
    NoLatinName,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("no name and no identifier to screen"),
            Self::NoLatinName => {
                f.write_str("no name in Latin letters to screen, and this policy compares nothing else")
            }
        }
    }
}

impl std::error::Error for QueryError {}

/// An immutable set of compiled lists and a policy.
///
/// Cheap to clone; clones share segments and buffers. May be used from many threads at once.
#[derive(Clone)]
pub struct Screener {
    segments: Vec<Arc<Segment>>,
    policy: Policy,
    /// Which records are of one party.
    parties: Arc<Parties>,
    /// Buffers lent to one query at a time.
    scratches: Arc<Mutex<Vec<Scratch>>>,
    /// Names as the policy of OFAC's score compares them, once it has been asked.
    ofac_names: Arc<OnceLock<OfacNames>>,
}

impl Screener {
    /// A screener over some segments.
    pub fn new(segments: Vec<Arc<Segment>>, policy: Policy) -> Self {
        Self {
            segments,
            policy,
            parties: Arc::default(),
            scratches: Arc::default(),
            ofac_names: Arc::default(),
        }
    }

    /// The same screener, of which each match is one party: the record that agrees best, with the party's others.
    #[must_use]
    pub fn with_parties(mut self, parties: Arc<Parties>) -> Self {
        self.parties = parties;
        self
    }

    /// Which records are of one party.
    pub fn parties(&self) -> &Parties {
        &self.parties
    }

    /// The segments, in the order given.
    pub fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Every entity that scores at least `options.threshold`, best first, at most `options.limit`.
    pub fn screen(&self, query: &Entity, options: Options) -> Result<Vec<Match>, QueryError> {
        self.screen_by(query, options, Method::Indexed)
    }

    /// As [`Screener::screen`], by comparing the query with every name of every list: slow, and the proof that the index
    /// loses nothing.
    pub fn screen_exhaustively(&self, query: &Entity, options: Options) -> Result<Vec<Match>, QueryError> {
        self.screen_by(query, options, Method::Exhaustive)
    }

    fn screen_by(&self, query: &Entity, options: Options, method: Method) -> Result<Vec<Match>, QueryError> {
        if let Some(weights) = &self.policy.ofac {
            let names = self.ofac_names.get_or_init(|| OfacNames::of(&self.segments));
            return ofac_search::screen(&self.segments, names, weights, query, options, method);
        }
        let threshold = (options.threshold.clamp(0.0, 1.0) * 10_000.0).ceil() as u16;
        let prepared = Query::new(query, threshold, &self.policy);
        // So low that every entity is a match: the index can leave out none.
        let method = if prepared.least <= LOWEST { Method::Exhaustive } else { method };
        if prepared.names.is_empty() && prepared.facts.identifiers.is_empty() {
            return Err(QueryError::Nothing);
        }
        let mut scratch = self.borrow();
        let mut found: Vec<(usize, Hit)> = Vec::new();
        let mut hits = Vec::new();
        for (index, segment) in self.segments.iter().enumerate() {
            if let Some(search) = self.search(index, segment, &prepared, method) {
                hits.clear();
                search.run(&mut scratch, &mut hits);
                found.extend(hits.iter().map(|hit| (index, *hit)));
            }
        }
        let matches = self.best(query, &prepared, found, options.limit, &mut scratch);
        self.give_back(scratch);
        Ok(matches)
    }

    fn search<'a>(
        &'a self,
        index: usize,
        segment: &'a Segment,
        query: &'a Query,
        method: Method,
    ) -> Option<Search<'a>> {
        let view = segment.view().ok()?;
        Some(Search { view, segment: index as u64, query, policy: &self.policy, method })
    }

    /// The best of all hits as matches with their evidence.
    fn best(
        &self,
        query: &Entity,
        prepared: &Query,
        mut found: Vec<(usize, Hit)>,
        limit: usize,
        scratch: &mut Scratch,
    ) -> Vec<Match> {
        let views: Vec<_> = self.segments.iter().map(|segment| segment.view().ok()).collect();
        // Of equal scores the one whose published name is the query's comes first, then stronger kinds of name, then ids.
        let rank = |(segment, hit): &(usize, Hit)| {
            let view = views[*segment].as_ref();
            let record = hit.name.and_then(|name| view?.names.get(name as usize));
            let kind = record.map_or(u8::MAX, |record| record.kind);
            let exact = record.is_some_and(|record| {
                let entity = view.and_then(|view| view.entity(hit.entity));
                let text = entity.as_ref().and_then(|entity| entity.names.get(record.name.get() as usize));
                let asked = prepared.names.get(hit.query_name).and_then(|name| query.names.get(name.name));
                text.zip(asked)
                    .is_some_and(|(text, asked)| text.text.to_lowercase() == asked.text.to_lowercase())
            });
            let id = view.map(|view| view.entity_id(hit.entity)).unwrap_or_default();
            (Reverse(hit.points), Reverse(exact), kind, id)
        };
        if found.len() > 1 && !self.parties.is_empty() {
            let group = |(segment, hit): &(usize, Hit)| {
                views[*segment].as_ref().and_then(|view| self.parties.group(view.entity_id(hit.entity)))
            };
            let mut best: FxHashMap<u32, (usize, Hit)> = FxHashMap::default();
            for hit in &found {
                if let Some(group) = group(hit) {
                    best.entry(group)
                        .and_modify(|known| {
                            if rank(hit) < rank(known) {
                                *known = *hit;
                            }
                        })
                        .or_insert(*hit);
                }
            }
            found.retain(|hit| group(hit).is_none_or(|group| best.get(&group) == Some(hit)));
        }
        if found.len() > 1 {
            // Entities are read for their names only where points are equal to another's within the limit.
            found.sort_by_key(|(segment, hit)| (Reverse(hit.points), *segment, hit.entity));
            let last = found.get(limit.saturating_sub(1)).map(|(_, hit)| hit.points);
            if let Some(last) = last {
                found.retain(|(_, hit)| hit.points >= last);
            }
            found.sort_by_cached_key(|hit| {
                let (points, exact, kind, id) = rank(hit);
                (points, exact, kind, id.to_owned())
            });
        }
        found.truncate(limit);
        found
            .iter()
            .filter_map(|(segment, hit)| self.explained(*segment, hit, query, prepared, scratch))
            .collect()
    }

    fn explained(
        &self,
        segment: usize,
        hit: &Hit,
        query: &Entity,
        prepared: &Query,
        scratch: &mut Scratch,
    ) -> Option<Match> {
        let search = self.search(segment, &self.segments[segment], prepared, Method::Indexed)?;
        let entity = search.view.entity(hit.entity)?;
        let evidence = explain::evidence(&search, hit, query, &entity, scratch);
        let score = self.policy.score(&evidence);
        let own = entity.id.clone();
        let others = self.parties.members(own.as_str()).iter().filter(|id| **id != own);
        let also = others.filter_map(|id| self.entity(id.as_str())).collect();
        Some(Match { entity, also, score, evidence })
    }

    /// The entity with this id, from the first segment that has it.
    pub fn entity(&self, id: &str) -> Option<Entity> {
        self.segments.iter().find_map(|segment| segment.entity(id))
    }

    fn borrow(&self) -> Scratch {
        let lent = self.scratches.lock().ok().and_then(|mut scratches| scratches.pop());
        lent.unwrap_or_else(Scratch::new)
    }

    fn give_back(&self, scratch: Scratch) {
        if let Ok(mut scratches) = self.scratches.lock() {
            scratches.push(scratch);
        }
    }
}

impl Policy {
    /// The score that evidence adds up to: the sum of its `score`s as log odds, 0 to 1. Under the policy `ofac` the sum
    /// is the score.
    pub fn score(&self, evidence: &[Evidence]) -> f64 {
        let sum: f64 = evidence.iter().map(|one| one.score).sum();
        if self.ofac.is_some() {
            return sum.clamp(0.0, 1.0);
        }
        f64::from(points::score((sum * 1000.0).round() as i32)) / 10_000.0
    }
}

/// Scores one query against one entity, by the same rules as a search.
pub fn score_pair(policy: &Policy, query: &Entity, entity: Entity) -> Match {
    let mut listed = entity;
    if listed.id.as_str().is_empty() {
        listed.id = EntityId::new("pair", "candidate");
    }
    let snapshot = Snapshot::new(listed.id.list(), None, vec![listed.clone()], Vec::new());
    let bytes: Arc<Vec<u8>> = Arc::new(Segment::build(&snapshot));
    let none = |entity| Match { entity, also: Vec::new(), score: 0.0, evidence: Vec::new() };
    let Ok(segment) = Segment::open(bytes) else { return none(listed) };
    let screener = Screener::new(vec![Arc::new(segment)], policy.clone());
    let matches = screener.screen_exhaustively(query, Options { threshold: 0.0, limit: 1 });
    matches.ok().and_then(|mut matches| matches.pop()).unwrap_or_else(|| none(listed))
}

/// The words for a kind of name, by its number.
pub(crate) fn name_label(kind: u8) -> &'static str {
    NameKind::TABLE.get(kind as usize).map_or("name", |row| row.0.label())
}
