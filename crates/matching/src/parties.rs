//! One party on many lists: which records of different lists are of one party, and why.
//!
//! In: compiled lists. Out: [`Link`]s between records, each with the rule that made it, and [`Parties`], the groups they
//! join. A person can undo a link or make one; nothing here remembers that, it is passed in.

use crate::screener::{Options, Screener};
use crate::{Match, Policy, Segment};
use cordon_model::{Entity, EntityId, Schema};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What joins two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A user said so.
    Stated,
    /// One record gives the other's reference, or both give one reference.
    Reference,
    /// They share an identifier that names one party, and nothing in their names speaks against it.
    Identifier,
    /// They share a name and the day of birth.
    NameAndBirth,
    /// They share a rare name and a country, and no other record of the list has that name.
    RareName,
}

impl Rule {
    /// Every rule with the words people read, the most certain first.
    pub const TABLE: [(Self, &'static str); 5] = [
        (Self::Stated, "stated by a user"),
        (Self::Reference, "one gives the other's reference"),
        (Self::Identifier, "same identifier"),
        (Self::NameAndBirth, "same name and day of birth"),
        (Self::RareName, "same rare name and country"),
    ];

    /// The words people read.
    pub fn label(self) -> &'static str {
        Self::TABLE[self as usize].1
    }
}

/// Two records of one party.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Link {
    /// A record; the lesser id of the two.
    pub one: EntityId,
    /// Another, on another list.
    pub two: EntityId,
    /// What joins them.
    pub rule: Rule,
    /// On what the rule rests, for a reviewer.
    pub detail: String,
}

impl Link {
    /// A link between two records, in the order of their ids.
    pub fn new(one: EntityId, two: EntityId, rule: Rule, detail: String) -> Self {
        let (one, two) = if one <= two { (one, two) } else { (two, one) };
        Self { one, two, rule, detail }
    }
}

/// Groups of records, each of one party.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parties {
    /// Record → its group.
    of: FxHashMap<String, u32>,
    /// Records of each group, ascending.
    members: Vec<Vec<EntityId>>,
}

/// The record that stands for the group of a record.
fn top<'a>(above: &BTreeMap<&'a EntityId, &'a EntityId>, mut id: &'a EntityId) -> &'a EntityId {
    while let Some(next) = above.get(id) {
        id = next;
    }
    id
}

impl Parties {
    /// The groups that links make. A link whose two records stand in `undone` joins nothing.
    pub fn new(links: &[Link], undone: &BTreeSet<(EntityId, EntityId)>) -> Self {
        let mut above: BTreeMap<&EntityId, &EntityId> = BTreeMap::new();
        for link in links {
            if undone.contains(&(link.one.clone(), link.two.clone())) {
                continue;
            }
            let (one, two) = (top(&above, &link.one), top(&above, &link.two));
            // The lesser id stays on top, so that the groups do not depend on the order of links.
            match one.cmp(two) {
                std::cmp::Ordering::Less => above.insert(two, one),
                std::cmp::Ordering::Greater => above.insert(one, two),
                std::cmp::Ordering::Equal => None,
            };
        }
        let mut groups: BTreeMap<&EntityId, BTreeSet<&EntityId>> = BTreeMap::new();
        for &id in above.keys() {
            let first = top(&above, id);
            groups.entry(first).or_default().extend([first, id]);
        }
        let mut parties = Self::default();
        for (number, members) in groups.into_values().enumerate() {
            parties.of.extend(members.iter().map(|id| (id.as_str().to_owned(), number as u32)));
            parties.members.push(members.into_iter().cloned().collect());
        }
        parties
    }

    /// Whether no records are joined.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Number of groups.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// The number of a record's group.
    pub(crate) fn group(&self, id: &str) -> Option<u32> {
        self.of.get(id).copied()
    }

    /// The records of the party of a record, itself among them, ascending; empty if it is joined to none.
    pub fn members(&self, id: &str) -> &[EntityId] {
        self.group(id).and_then(|group| self.members.get(group as usize)).map_or(&[], Vec::as_slice)
    }
}

/// Least evidence of a name, in log odds, by which records are joined together with a day of birth; and by itself.
const NAME_WITH_BIRTH: f64 = 3.0;
const RARE_NAME: f64 = 5.0;

/// Least score at which a record is compared at all.
const THRESHOLD: f64 = 0.9;

/// Names by which a record is looked for on another list.
const NAMES_ASKED: usize = 4;

/// Finds the links between the records of lists, in the order of ids; of several links between two records the one by the
/// most certain rule.
///
/// Records of one list are never joined directly. Of two lists the records of the shorter are looked for in the longer.
pub fn find_links(segments: &[Arc<Segment>], policy: &Policy) -> Vec<Link> {
    let lists: Vec<Vec<Entity>> = segments.iter().map(|segment| segment.entities().collect()).collect();
    let mut links = by_reference(&lists);
    for (one, left) in lists.iter().enumerate() {
        for (two, right) in lists.iter().enumerate() {
            if (left.len(), one) < (right.len(), two) {
                let screener = Screener::new(vec![segments[two].clone()], policy.clone());
                let found = left.par_iter().flat_map_iter(|entity| by_likeness(entity, &screener));
                links.extend(found.collect::<Vec<_>>());
            }
        }
    }
    links.sort_unstable();
    links.dedup_by(|later, first| (&later.one, &later.two) == (&first.one, &first.two));
    links
}

/// Whether two kinds of party can be one.
fn may_be_one(one: Schema, two: Schema) -> bool {
    let sort = |schema: Schema| (schema.is_person(), schema.is_craft());
    let open = |schema| matches!(schema, Schema::Thing | Schema::LegalEntity);
    sort(one) == sort(two) || open(one) || open(two)
}

/// Links by the references that lists give of each other's records.
fn by_reference(lists: &[Vec<Entity>]) -> Vec<Link> {
    let all = || {
        lists
            .iter()
            .enumerate()
            .flat_map(|(list, entities)| entities.iter().map(move |entity| (list, entity)))
    };
    let mut bearers: FxHashMap<&str, Vec<(usize, &Entity)>> = FxHashMap::default();
    for (list, entity) in all() {
        let names = entity.referents.iter().map(String::as_str).chain([entity.id.as_str()]);
        for name in names.collect::<BTreeSet<_>>() {
            bearers.entry(name).or_default().push((list, entity));
        }
    }
    let mut links = Vec::new();
    for (list, entity) in all() {
        for referent in entity.referents.iter().map(String::as_str).chain([entity.id.as_str()]) {
            for (other, found) in bearers.get(referent).into_iter().flatten() {
                if *other > list && may_be_one(entity.schema, found.schema) {
                    let detail = format!("`{referent}`");
                    links.push(Link::new(entity.id.clone(), found.id.clone(), Rule::Reference, detail));
                }
            }
        }
    }
    links
}

/// Links of one record to those of another list that it resembles beyond doubt.
fn by_likeness(entity: &Entity, screener: &Screener) -> Vec<Link> {
    let mut query = entity.clone();
    query.names.truncate(NAMES_ASKED);
    let options = Options { threshold: THRESHOLD, limit: 5 };
    let found = screener.screen(&query, options).unwrap_or_default();
    let ruled: Vec<(Rule, &Match)> = found
        .iter()
        .filter(|found| may_be_one(entity.schema, found.entity.schema))
        .filter_map(|found| Some((rule(entity, found)?, found)))
        .collect();
    // A name that several records of a list bear tells none of them from the others.
    let rare = ruled.iter().filter(|(rule, _)| *rule == Rule::RareName).count() == 1 && found.len() == 1;
    ruled
        .into_iter()
        .filter(|(rule, _)| *rule != Rule::RareName || rare)
        .map(|(rule, found)| {
            let said: Vec<String> = found
                .evidence
                .iter()
                .filter(|evidence| evidence.score > 0.0)
                .map(|evidence| format!("{}: {} / {}", evidence.signal, evidence.query, evidence.candidate))
                .collect();
            Link::new(entity.id.clone(), found.entity.id.clone(), rule, said.join("; "))
        })
        .collect()
}

/// The rule by which a match is the record itself, if any.
fn rule(entity: &Entity, found: &Match) -> Option<Rule> {
    let points = |signal: &str| {
        found
            .evidence
            .iter()
            .find(|evidence| evidence.signal == signal)
            .map_or(0.0, |evidence| evidence.score)
    };
    let against = found.evidence.iter().any(|evidence| evidence.score < 0.0);
    let same_day = found
        .evidence
        .iter()
        .any(|evidence| evidence.signal == "birth_date" && evidence.detail == "same day");
    if points("identifier") > 0.0 && points("name") > 0.0 {
        Some(Rule::Identifier)
    } else if against {
        None
    } else if same_day && points("name") >= NAME_WITH_BIRTH {
        Some(Rule::NameAndBirth)
    } else if !entity.schema.is_person()
        && !entity.schema.is_craft()
        && points("name") >= RARE_NAME
        && points("country") > 0.0
    {
        Some(Rule::RareName)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cordon_model::{DateFact, DateRole, Name, NameKind, PartialDate, Snapshot};

    fn person(list: &str, key: &str, name: &str, born: &str) -> Entity {
        let mut entity = Entity::new(EntityId::new(list, key), Schema::Person);
        entity.add_name(Name::new(NameKind::Primary, name));
        entity
            .dates
            .extend(PartialDate::parse(born).ok().map(|date| DateFact { role: DateRole::Birth, date }));
        entity
    }

    fn segment(list: &str, entities: Vec<Entity>) -> Arc<Segment> {
        let bytes = Segment::build(&Snapshot::new(list, None, entities, Vec::new()));
        Arc::new(Segment::open(Arc::new(bytes)).unwrap())
    }

    fn pairs(links: &[Link]) -> Vec<(&str, &str, Rule)> {
        links.iter().map(|link| (link.one.as_str(), link.two.as_str(), link.rule)).collect()
    }

    #[test]
    fn records_of_one_party_are_found() {
        let mut told = person("c", "1", "Ri Chol", "");
        told.referents.push("a:2".to_owned());
        let segments = [
            segment(
                "a",
                vec![
                    person("a", "1", "Vladimir Sorokhtin", "1958-03-02"),
                    person("a", "2", "RI Chol Ho", "1960"),
                    person("a", "3", "Ivan Petrov", "1970"),
                ],
            ),
            segment(
                "b",
                vec![
                    person("b", "1", "SOROKHTIN, Vladimir", "1958-03-02"),
                    person("b", "2", "Ivan Petrov", "1970"),
                    person("b", "3", "Vladimir Sorokhtin", "1958-03-04"),
                    person("b", "4", "Someone Else", ""),
                ],
            ),
            segment("c", vec![told]),
        ];
        let links = find_links(&segments, &Policy::default());
        assert_eq!(pairs(&links), [("a:1", "b:1", Rule::NameAndBirth), ("a:2", "c:1", Rule::Reference)]);
    }

    #[test]
    fn groups_do_not_depend_on_the_order_of_links() {
        let id = |text: &str| EntityId::from(text.to_owned());
        let link = |one: &str, two: &str| Link::new(id(one), id(two), Rule::Stated, String::new());
        let links = [link("a:1", "b:1"), link("c:1", "b:1"), link("d:1", "e:1"), link("c:1", "d:1")];
        let whole = Parties::new(&links, &BTreeSet::new());
        assert_eq!(whole.members("e:1").len(), 5);
        let mut turned = links.clone();
        turned.reverse();
        assert_eq!(Parties::new(&turned, &BTreeSet::new()), whole);
        let undone = Parties::new(&links, &BTreeSet::from([(id("c:1"), id("d:1"))]));
        assert_eq!((undone.len(), undone.members("a:1").len(), undone.members("d:1").len()), (2, 3, 2));
        assert!(undone.members("x:1").is_empty());
    }
}
