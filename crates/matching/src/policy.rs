//! Named sets of weights: everything a score depends on beside the query and the entity.

use crate::ofac_score::OfacWeights;
use crate::points::Points;
use cordon_model::Digest;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A named set of weights.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    name: String,
    pub(crate) names: NameWeights,
    pub(crate) facts: FactWeights,
    /// If there, names alone are scored, as OFAC's Sanctions List Search does, and all other weights are idle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ofac: Option<OfacWeights>,
}

/// The form in which a policy of OFAC's score is written: without the weights that are idle.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfacPolicy {
    name: String,
    ofac: OfacWeights,
}

/// How agreement and disagreement of names count. Shares and similarities are in thousandths, weights in half bits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NameWeights {
    /// Similarity of two tokens → share of their weight on which they agree.
    pub(crate) agreement: [(i32, i32); 8],
    /// What a half bit left over on both sides counts against a half bit agreed.
    pub(crate) contradiction: i32,
    /// Least half bits that a contradiction counts as, however common the words.
    pub(crate) contradiction_least: i32,
    /// What a half bit lost to dissimilarity counts.
    pub(crate) loss: i32,
    /// What a half bit only the query has counts, for persons and for others.
    pub(crate) extra_in_query: [i32; 2],
    /// What a half bit only the candidate has counts, for persons and for others.
    pub(crate) extra_in_candidate: [i32; 2],
    /// Half bits agreed → greatest quality, when something is left over in the candidate.
    pub(crate) evidence: [(i32, i32); 6],
    /// The same, when something is left over in the query.
    pub(crate) evidence_with_extra: [(i32, i32); 6],
    /// Similarity below which words agree only nearly.
    pub(crate) inexact: u16,
    /// The same, when some words agree only nearly.
    pub(crate) evidence_inexact: [(i32, i32); 6],
    /// Least similarity at which a word is taken for a mistyped title or particle of the other side and left out.
    pub(crate) neutral: u16,
    /// Deduction for a particle without partner.
    pub(crate) particle_missing: i32,
    /// Deduction when one side names no legal form, or another one of the same family.
    pub(crate) legal_form_missing: i32,
    /// Deduction when legal forms are of different families.
    pub(crate) legal_form_differs: i32,
    /// Deduction for names that differ in nothing but a number.
    pub(crate) number_differs: i32,
    /// Deduction for a weak alias that does not agree wholly.
    pub(crate) weak_alias: i32,
    /// Quality → points.
    pub(crate) quality: [(i32, Points); 11],
    /// Least quality at which rarity earns more points.
    pub(crate) bonus_from: i32,
    /// Half bits above which rarity earns points.
    pub(crate) bonus_least: i32,
    /// Half bits above which rarity earns no more.
    pub(crate) bonus_most: i32,
    /// Points per half bit between.
    pub(crate) bonus: Points,
}

/// Points of the facts beside the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FactWeights {
    /// The same day.
    pub(crate) birth_day: Points,
    /// Day and month changed places.
    pub(crate) birth_swapped: Points,
    /// One digit or one year off.
    pub(crate) birth_near: Points,
    /// The same year or overlapping ranges, days unknown.
    pub(crate) birth_year: Points,
    /// The same year, other day.
    pub(crate) birth_other_day: Points,
    /// Years one or two apart, days unknown.
    pub(crate) birth_year_near: Points,
    /// Three to five years apart, at least one day unknown.
    pub(crate) birth_year_differs: Points,
    /// Different exact days, or more years apart.
    pub(crate) birth_differs: Points,
    /// A country in common.
    pub(crate) country_same: Points,
    /// None in common, for persons and for others.
    pub(crate) country_differs: [Points; 2],
    /// The same gender.
    pub(crate) gender_same: Points,
    /// Different genders.
    pub(crate) gender_differs: Points,
    /// The same identifier of a scheme that is unique in the world.
    pub(crate) identifier_unique: Points,
    /// The same identifier of another scheme, countries not in conflict.
    pub(crate) identifier_same: Points,
    /// The same value under another scheme.
    pub(crate) identifier_other_scheme: Points,
    /// Ships with different IMO numbers.
    pub(crate) imo_differs: Points,
    /// Different identifiers of one unique scheme.
    pub(crate) identifier_differs: Points,
    /// A person and an organisation, a ship and a company.
    pub(crate) schema_differs: Points,
}

/// Every policy by name, with its weights as committed.
const POLICIES: [(&str, &str); 2] =
    [("default", include_str!("../policies/default.json")), ("ofac", include_str!("../policies/ofac.json"))];

impl Policy {
    /// Names of all policies; the first is the default.
    pub const NAMES: [&'static str; POLICIES.len()] = ["default", "ofac"];

    /// The policy of this name.
    pub fn named(name: &str) -> Option<Self> {
        let (_, weights) = POLICIES.iter().find(|row| row.0 == name)?;
        Self::from_json(weights).ok()
    }

    /// Reads a policy in the form of the committed ones.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        if let Ok(OfacPolicy { name, ofac }) = serde_json::from_str(text) {
            return Ok(Self { name, ofac: Some(ofac), ..Self::default() });
        }
        serde_json::from_str(text)
    }

    /// The weights in the form they are read from.
    pub fn to_json(&self) -> String {
        match self.ofac_alone() {
            Some(policy) => serde_json::to_string_pretty(&policy).unwrap_or_default(),
            None => serde_json::to_string_pretty(self).unwrap_or_default(),
        }
    }

    fn ofac_alone(&self) -> Option<OfacPolicy> {
        Some(OfacPolicy { name: self.name.clone(), ofac: self.ofac.clone()? })
    }

    /// Name and digest of all weights, as answers carry it: `default@3f9a0c11d2e4`.
    pub fn id(&self) -> String {
        let text = match self.ofac_alone() {
            Some(policy) => serde_json::to_vec(&policy).unwrap_or_default(),
            None => serde_json::to_vec(self).unwrap_or_default(),
        };
        format!("{}@{}", self.name, Digest::of(&text).short())
    }

    /// The score at which a careful reviewer would want to look.
    pub fn threshold(&self) -> f64 {
        self.ofac.as_ref().map_or(0.7, |ofac| f64::from(ofac.threshold) / 1000.0)
    }
}

impl Default for Policy {
    fn default() -> Self {
        static DEFAULT: LazyLock<Policy> = LazyLock::new(|| {
            Policy::named(Policy::NAMES[0]).expect("the committed policy can be read: a test does")
        });
        DEFAULT.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_ascend() {
        for policy in Policy::NAMES.map(|name| Policy::named(name).unwrap()) {
            let names = &policy.names;
            for line in [
                &names.agreement[..],
                &names.evidence,
                &names.evidence_with_extra,
                &names.evidence_inexact,
                &names.quality,
            ] {
                assert!(
                    line.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1),
                    "{line:?}"
                );
            }
        }
    }

    #[test]
    fn policies_are_read_as_written() {
        for name in Policy::NAMES {
            let policy = Policy::named(name).unwrap();
            assert_eq!(policy.name, name);
            assert_eq!(Policy::from_json(&policy.to_json()).unwrap(), policy);
        }
    }

    #[test]
    fn idle_weights_are_not_in_the_digest() {
        let policy = Policy::named("ofac").unwrap();
        let mut other = policy.clone();
        other.names.loss += 1;
        assert_eq!(policy.id(), other.id());
        assert!(policy.id().starts_with("ofac@"));
    }

    #[test]
    fn the_digest_is_of_the_weights() {
        let policy = Policy::default();
        let mut other = policy.clone();
        other.names.loss += 1;
        assert_ne!(policy.id(), other.id());
        assert!(policy.id().starts_with("default@"));
    }
}
