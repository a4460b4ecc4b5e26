//! What pages ask of the lists: rows under one set of lists and one threshold, recorded as any question is.

use crate::error::{ApiError, Outcome};
use crate::question::{Answered, Question};
use crate::screeners::{Asked, Scope, Screeners};
use cordon_matching::Options;
use cordon_model::Entity;
use cordon_screening::batch::{Screened, screen};
use cordon_screening::input::Row;
use cordon_screening::wire::WireMatch;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Parties asked about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Asking {
    /// Ids of the lists asked; all that are loaded if there is none.
    pub(super) lists: Vec<String>,
    /// Least score of a match; the policy's if not given.
    pub(super) threshold: Option<f64>,
    /// Most matches of one party.
    pub(super) limit: usize,
    /// The parties.
    pub(super) queries: Vec<Entity>,
}

impl Asking {
    /// Threshold and limit.
    pub(super) fn options(&self, asked: &Asked) -> Options {
        let threshold = self.threshold.unwrap_or_else(|| asked.screener.policy().threshold());
        Options { threshold, limit: self.limit }
    }

    /// Screens rows whose queries are those of this question.
    pub(super) fn screened(&self, asked: &Asked, rows: Vec<Row>) -> Vec<Screened> {
        let options = self.options(asked);
        rows.into_par_iter().map(|row| screen(&asked.screener, options, row)).collect()
    }

    /// The answer as it is recorded: for each party an object with its matches, or with why it could not be screened.
    pub(super) fn recorded(&self, asked: &Asked, screened: &[Screened]) -> Outcome<Answered> {
        #[derive(Serialize)]
        struct Line<'a> {
            results: Vec<WireMatch<'a>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            error: Option<&'a str>,
        }
        let threshold = self.options(asked).threshold;
        let lines: Vec<Line<'_>> = screened
            .iter()
            .map(|screened| Line {
                results: screened.matches.iter().map(|found| WireMatch::new(found, threshold)).collect(),
                error: screened.row.error.as_deref(),
            })
            .collect();
        let bytes = serde_json::to_vec(&lines).map_err(|error| ApiError::internal(error.to_string()))?;
        Ok(Answered {
            bytes,
            names: screened.len() as u64,
            matched: screened.iter().filter(|screened| !screened.matches.is_empty()).count() as u64,
            matches: screened.iter().map(|screened| screened.matches.len() as u64).sum(),
        })
    }
}

impl Question for Asking {
    const WORD: &'static str = "page";

    fn scope(&self) -> Scope {
        Scope { dataset: "all".to_owned(), include: self.lists.clone(), exclude: Vec::new() }
    }

    fn policy(&self) -> &'static str {
        "default"
    }

    fn answer(&self, _: &Screeners, asked: &Asked) -> Outcome<Answered> {
        let rows = self.queries.iter().cloned().map(Row::asking).collect();
        self.recorded(asked, &self.screened(asked, rows))
    }
}
