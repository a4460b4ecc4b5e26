//! What a match rests on.

use cordon_model::{Designation, Entity};

/// One signal's contribution to a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The signal's id, frozen: `name`, `birth_date`, `country`, `identifier`, …
    pub signal: &'static str,
    /// What it adds to the score's sum (see `Policy::score`); negative when it contradicts.
    pub score: f64,
    /// Why, in one phrase for a reviewer.
    pub detail: String,
    /// The query's value that was compared.
    pub query: String,
    /// The list entry's value that was compared.
    pub candidate: String,
    /// The words of names side by side; empty for other signals.
    pub aligned: Vec<Aligned>,
}

/// Words of the query's name and those of the list entry they were taken for, as they were compared: in Latin letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aligned {
    /// The query's; empty for words that only the list entry has.
    pub asked: String,
    /// The list entry's; empty for words that only the query has.
    pub listed: String,
    /// How alike they are, 0 to 1000; 0 where one side is empty.
    pub likeness: u16,
}

/// A list entity that a query may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The list entity.
    pub entity: Entity,
    /// Records of the same party on other lists, in the order of ids.
    pub also: Vec<Entity>,
    /// 0 to 1; a pure function of the evidence and the policy.
    pub score: f64,
    /// One entry per signal that spoke, strongest support first.
    pub evidence: Vec<Evidence>,
}

impl Match {
    /// The record, then the others of its party.
    pub fn records(&self) -> impl Iterator<Item = &Entity> {
        std::iter::once(&self.entity).chain(&self.also)
    }

    /// Every authority's designations of the party, those of the record first.
    pub fn designations(&self) -> impl Iterator<Item = &Designation> {
        self.records().flat_map(|record| &record.designations)
    }

    /// The ids of the lists that hold the party, each once.
    pub fn lists(&self) -> Vec<&str> {
        let mut lists = Vec::with_capacity(1 + self.also.len());
        for list in self.records().map(|record| record.id.list()) {
            if !lists.contains(&list) {
                lists.push(list);
            }
        }
        lists
    }
}
