//! The file of a policy: keys in their order, one a line, as it is committed.

use crate::Error;
use cordon_matching::Policy;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The weights of a policy that compares names and facts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    name: String,
    pub(super) names: Section,
    facts: Section,
}

/// Weights by key, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section(Vec<(String, Weight)>);

/// One weight.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Weight {
    Number(i64),
    /// For persons and for others.
    Numbers(Vec<i64>),
    /// Points of a line: where, how much.
    Line(Vec<[i64; 2]>),
}

impl File {
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        Ok(serde_json::from_str(text)?)
    }

    /// The policy of these weights.
    pub(super) fn policy(&self) -> Result<Policy, Error> {
        Ok(Policy::from_json(&self.to_string())?)
    }
}

impl Section {
    #[cfg(test)]
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|row| row.0.as_str())
    }

    pub(super) fn get(&self, key: &str) -> Option<&Weight> {
        self.0.iter().find(|row| row.0 == key).map(|row| &row.1)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Weight> {
        self.0.iter_mut().find(|row| row.0 == key).map(|row| &mut row.1)
    }
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{{\n  \"name\": {:?},", self.name)?;
        writeln!(f, "  \"names\": {{\n{}  }},", self.names)?;
        writeln!(f, "  \"facts\": {{\n{}  }}\n}}", self.facts)
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (key, weight)) in self.0.iter().enumerate() {
            let end = if at + 1 < self.0.len() { "," } else { "" };
            writeln!(f, "    \"{key}\": {weight}{end}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Numbers(numbers) => write!(f, "{numbers:?}"),
            Self::Line(points) => write!(f, "{points:?}"),
        }
    }
}

impl<'de> Deserialize<'de> for Section {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SectionVisitor)
    }
}

struct SectionVisitor;

impl<'de> Visitor<'de> for SectionVisitor {
    type Value = Section;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("weights by key")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Section, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = map.next_entry()? {
            rows.push(row);
        }
        Ok(Section(rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMITTED: &str = include_str!("../../../crates/matching/policies/default.json");

    #[test]
    fn the_committed_file_is_written_as_read() {
        let file = File::read(COMMITTED).unwrap();
        assert_eq!(file.to_string(), COMMITTED);
        assert_eq!(file.policy().unwrap().id(), Policy::default().id());
    }

    #[test]
    fn other_files_are_refused() {
        for text in ["{}", "[]", include_str!("../../../crates/matching/policies/ofac.json")] {
            assert!(File::read(text).is_err(), "{text}");
        }
        let unknown = COMMITTED.replacen("\"facts\"", "\"fact\"", 1);
        assert!(File::read(&unknown).is_err());
    }
}
