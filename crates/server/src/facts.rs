//! What is looked up of a list beside names to match: words for full-text search, facets, other ids.
//!
//! Made once for a version of a list, when it is first needed.

use cordon_matching::Segment;
use cordon_model::Entity;
use cordon_text::fold::fold;
use cordon_text::words;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of one entity without reading it.
pub(crate) struct Fact {
    pub(crate) id: String,
    pub(crate) caption: String,
    pub(crate) schema: &'static str,
    pub(crate) countries: Vec<String>,
    pub(crate) topics: Vec<String>,
}

/// What is known of the entities of a list.
pub(crate) struct Facts {
    pub(crate) entities: Vec<Fact>,
    words: BTreeMap<String, Vec<u32>>,
    others: BTreeMap<String, u32>,
}

/// Codes of all countries an entity is tied to.
pub(crate) fn countries(entity: &Entity) -> Vec<String> {
    let facts = entity.countries.iter().map(|fact| fact.country);
    let addresses = entity.addresses.iter().filter_map(|address| address.country);
    let codes: BTreeSet<String> =
        facts.chain(addresses).map(|country| country.code().to_lowercase()).collect();
    codes.into_iter().collect()
}

/// The words of a text, folded.
pub(crate) fn folded(text: &str) -> impl Iterator<Item = String> {
    words(text).into_iter().map(|word| fold(word.text).text).filter(|word| !word.is_empty())
}

impl Facts {
    /// Reads every entity of a list.
    pub(crate) fn of(segment: &Segment) -> Self {
        let mut facts = Self { entities: Vec::new(), words: BTreeMap::new(), others: BTreeMap::new() };
        for entity in segment.entities() {
            facts.add(&entity);
        }
        facts
    }

    fn add(&mut self, entity: &Entity) {
        let place = self.entities.len() as u32;
        let names = entity.names.iter().flat_map(|name| folded(&name.text));
        let numbers = entity.identifiers.iter().flat_map(|identifier| folded(&identifier.value));
        let words: BTreeSet<String> = names.chain(numbers).collect();
        for word in words {
            self.words.entry(word).or_default().push(place);
        }
        self.others.insert(entity.id.key().to_owned(), place);
        for other in &entity.referents {
            self.others.insert(other.clone(), place);
        }
        self.entities.push(Fact {
            id: entity.id.as_str().to_owned(),
            caption: entity.caption().to_owned(),
            schema: entity.schema.as_str(),
            countries: countries(entity),
            topics: entity.values("topics").to_vec(),
        });
    }

    /// Places of the entities that hold every word of a text; the last word may be a beginning. All if there is none.
    pub(crate) fn holding(&self, text: &str) -> BTreeSet<u32> {
        let asked: Vec<String> = folded(text).collect();
        let Some(last) = asked.last() else { return (0..self.entities.len() as u32).collect() };
        let mut found: BTreeSet<u32> = self
            .words
            .range(last.clone()..)
            .take_while(|(word, _)| word.starts_with(last.as_str()))
            .flat_map(|(_, places)| places.iter().copied())
            .collect();
        for word in &asked[..asked.len() - 1] {
            let places = self.words.get(word).map(Vec::as_slice).unwrap_or_default();
            found.retain(|place| places.binary_search(place).is_ok());
        }
        found
    }

    /// The place of an entity.
    pub(crate) fn place(&self, id: &str) -> Option<u32> {
        self.entities.binary_search_by(|fact| fact.id.as_str().cmp(id)).ok().map(|place| place as u32)
    }

    /// The entity that bears or bore another id: its publisher's key alone, or one it was merged from.
    pub(crate) fn bearing(&self, other: &str) -> Option<&Fact> {
        self.entities.get(*self.others.get(other)? as usize)
    }
}
