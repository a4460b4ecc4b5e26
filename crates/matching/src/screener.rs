//! Queries against a set of segments.

use crate::{Match, Policy, Segment};
use cordon_model::Entity;
use std::fmt;
use std::sync::Arc;

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
    /// It has neither a name nor an identifier.
    Nothing,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("no name and no identifier to screen"),
        }
    }
}

impl std::error::Error for QueryError {}

/// An immutable set of compiled lists and a policy.
#[derive(Clone)]
pub struct Screener {
    segments: Vec<Arc<Segment>>,
    policy: Policy,
}

impl Screener {
    /// A screener over some segments.
    pub fn new(segments: Vec<Arc<Segment>>, policy: Policy) -> Self {
        Self { segments, policy }
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
        if query.names.is_empty() && query.identifiers.is_empty() {
            return Err(QueryError::Nothing);
        }
        let mut matches: Vec<Match> = self
            .segments
            .iter()
            .flat_map(|segment| segment.entities())
            .map(|entity| score_pair(&self.policy, query, entity))
            .filter(|found| found.score >= options.threshold)
            .collect();
        matches.sort_by(|one, two| {
            two.score.total_cmp(&one.score).then_with(|| one.entity.id.cmp(&two.entity.id))
        });
        matches.truncate(options.limit);
        Ok(matches)
    }

    /// The entity with this id, from the first segment that has it.
    pub fn entity(&self, id: &str) -> Option<Entity> {
        self.segments.iter().find_map(|segment| segment.entity(id))
    }
}

/// Scores one query against one entity.
pub fn score_pair(_policy: &Policy, query: &Entity, entity: Entity) -> Match {
    let same = query
        .names
        .iter()
        .any(|name| entity.names.iter().any(|other| other.text.eq_ignore_ascii_case(&name.text)));
    Match { entity, score: if same { 1.0 } else { 0.0 }, evidence: Vec::new() }
}
