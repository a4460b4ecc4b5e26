//! The validation report: what was measured, in the shape of its JSON.
//!
//! The keys and their order are a contract; a key may be added, none is renamed or taken away while `version` stays.
//! Shares and scores have four places. Everything but `speed` is the same for the same lists, policy, engine and settings.

use crate::statistics::Share;
use crate::taxonomy::Expect;
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Seed of all dice.
    pub seed: u64,
    /// Least score of an alert.
    pub threshold: f64,
    /// Most cases of one kind for each kind of entity and script of the listed name.
    pub cases: usize,
    /// Made-up unlisted people.
    pub people: usize,
    /// Queries compared with brute force.
    pub exhaustive: usize,
    /// Most misses shown of one kind.
    pub misses: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, threshold: 0.7, cases: 100, people: 5000, exhaustive: 200, misses: 5 }
    }
}

/// The whole report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Version of this shape.
    pub version: u32,
    /// What was asked for.
    pub settings: Settings,
    /// Every expectation over all kinds together.
    pub totals: Vec<Total>,
    /// The kinds of alteration, by number.
    pub kinds: Vec<KindResult>,
    /// Recall of the kinds that must match, by script of what was presented.
    pub by_script: Vec<Part>,
    /// The same by kind of entity.
    pub by_group: Vec<Part>,
    /// The same by how common the words of the name are.
    pub by_rarity: Vec<Part>,
    /// False alerts for people who are on no list.
    pub unlisted: Vec<Unlisted>,
    /// Recall and false alerts at other thresholds.
    pub curve: Vec<Point>,
    /// Whether every name as listed alerts.
    pub exact: Exact,
    /// Whether the index finds all that brute force finds.
    pub exhaustive: Exhaustive,
    /// Cases that should have alerted and did not, the lowest scores of each kind first.
    pub misses: Vec<Miss>,
    /// Cases that must not alert and did, the highest scores of each kind first.
    pub false_matches: Vec<Miss>,
    /// How fast; absent if not measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speed: Option<crate::speed::Speed>,
}

/// All cases of one expectation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Total {
    /// The expectation.
    pub expect: Expect,
    /// Cases that alerted at their own entity.
    pub count: Share,
    /// The mean of the shares of the kinds, so that kinds with many cases weigh no more than others; absent without cases.
    pub mean: Option<f64>,
}

/// One kind of alteration.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KindResult {
    /// Frozen id.
    pub id: &'static str,
    /// Number in the taxonomy; several ids may share it.
    pub number: u8,
    /// What is altered.
    pub title: &'static str,
    /// Listed → presented.
    pub example: &'static str,
    /// What is expected.
    pub expect: Expect,
    /// Cases that alerted at their own entity.
    pub count: Share,
    /// The same by kind of entity and script.
    pub cells: Vec<Cell>,
    /// Why no case is made, if none is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_made: Option<&'static str>,
}

/// The cases of one kind for one kind of entity and one script.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// Kind of entity.
    pub group: &'static str,
    /// Script of what was presented.
    pub script: String,
    /// Cases that alerted at their own entity.
    pub count: Share,
}

/// A part of all cases.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Which part.
    pub part: String,
    /// Cases that alerted.
    pub count: Share,
}

/// Alerts for unlisted people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unlisted {
    /// `generated` (name, date of birth, nationality), `generated_name_alone`, `generated_altered` (the name alone, by one of the
    /// kinds that must match), or `own` for the people given.
    pub id: &'static str,
    /// Which people, in words.
    pub title: &'static str,
    /// Those with an alert.
    pub count: Share,
    /// Alerts per 1,000 people.
    pub per_thousand: f64,
    /// The same by culture.
    pub by_culture: Vec<Part>,
    /// The highest scores.
    pub examples: Vec<FalseAlert>,
}

/// A false alert.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FalseAlert {
    /// Name asked.
    pub name: String,
    /// Entity found.
    pub id: String,
    /// Its name.
    pub caption: String,
    /// Score.
    pub score: f64,
    /// Evidence in words.
    pub why: String,
}

/// One threshold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// The threshold.
    pub threshold: f64,
    /// Share of the cases that must match found.
    pub must_match: f64,
    /// Share of the cases that should be shown found.
    pub should_be_shown: f64,
    /// Share of the cases that must not match that alert.
    pub must_not_match: f64,
    /// Alerts per 1,000 made-up people with date of birth and nationality.
    pub per_thousand: f64,
    /// Alerts per 1,000 made-up names alone.
    pub per_thousand_name_alone: f64,
    /// Alerts per 1,000 of the people given, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_thousand_own: Option<f64>,
}

/// The test of exact names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exact {
    /// Names of all lists, asked as published; those that alert at their own entity.
    pub count: Share,
    /// Reasons for the others, with how many each explains.
    pub reasons: Vec<Reason>,
    /// The others: every one.
    pub exclusions: Vec<Exclusion>,
}

/// A reason why names do not alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// In words.
    pub reason: &'static str,
    /// Names.
    pub names: usize,
}

/// A listed name that does not alert at its own entity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exclusion {
    /// Entity.
    pub id: String,
    /// Name as listed.
    pub name: String,
    /// Kind of name.
    pub kind: &'static str,
    /// Score at its own entity.
    pub score: f64,
    /// Why, one of a few.
    pub reason: &'static str,
    /// Evidence in words.
    pub why: String,
}

/// The comparison with brute force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exhaustive {
    /// Queries; those with the same answer, entity by entity and point by point.
    pub count: Share,
    /// Queries whose answers differ.
    pub differences: Vec<String>,
}

/// A case that did not end as expected.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Miss {
    /// Kind of alteration.
    pub kind: &'static str,
    /// Entity.
    pub id: String,
    /// Name as listed.
    pub listed: String,
    /// Name as altered.
    pub presented: String,
    /// Score at its own entity.
    pub score: f64,
    /// Evidence in words.
    pub why: String,
}

impl Report {
    /// Whether all proofs hold: the index loses nothing and every name that does not alert has a known reason.
    pub fn is_proven(&self) -> bool {
        let exhaustive = self.exhaustive.count;
        exhaustive.cases == exhaustive.hits
            && self.misses.iter().all(|miss| miss.why != crate::outcome::LOST)
            && self.exact.exclusions.iter().all(|exclusion| exclusion.reason != crate::proofs::UNEXPLAINED)
    }
}
