//! Listed names altered by kind, drawn from the lists by seeded dice.
//!
//! In: taken-apart names, a kind, a seed. Out: cases, at most one for each entity and kind, and at most so many for each
//! kind of entity and script. A name drawn once is drawn again whatever else is added to the lists.

use crate::dice::{Dice, hash};
use crate::listed::{Listed, folded, group, script_name};
use crate::mutations::facts;
use crate::taxonomy::{COMBINABLE, Expect, KINDS, Kind, Make};
use cordon_model::{Entity, Name, NameKind};
use cordon_text::Script;
use std::collections::{BTreeMap, BTreeSet};

/// A listed name as altered.
#[derive(Debug, Clone)]
pub(crate) struct Case<'a> {
    pub(crate) kind: &'static Kind,
    pub(crate) entity: &'a Entity,
    pub(crate) listed: &'a str,
    pub(crate) presented: String,
    /// Kind of entity.
    pub(crate) group: &'static str,
    /// Script of what is presented.
    pub(crate) script: String,
    pub(crate) rarity: &'static str,
    pub(crate) asked: Asked,
}

/// How a case is asked.
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    /// As a query.
    Query(Entity),
    /// As a text that is searched for names.
    Text,
    /// As a query of a list of Latin names only.
    LatinOnly(Entity),
}

/// Every name of some entities, taken apart.
pub(crate) fn listed(entities: &[Entity]) -> Vec<Listed<'_>> {
    let of_entity = |entity| {
        let entity: &Entity = entity;
        entity.names.iter().map(move |name| Listed::new(entity, name))
    };
    entities.iter().flat_map(of_entity).collect()
}

/// The cases of one kind, at most `most` for each kind of entity and script of the listed name.
pub(crate) fn cases<'a>(names: &[Listed<'a>], kind: &'static Kind, seed: u64, most: usize) -> Vec<Case<'a>> {
    let subject = |listed: &Listed<'a>| [kind.id, listed.entity.id.as_str(), listed.name.text.as_str()];
    let mut order: Vec<(u64, &Listed<'a>)> = names
        .iter()
        .filter(|listed| is_fair(listed, kind))
        .map(|listed| (hash(seed, &subject(listed)), listed))
        .collect();
    order.sort_by_key(|(throw, listed)| (*throw, subject(listed)));
    let mut full: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut cases = Vec::new();
    for (_, listed) in order {
        let count = full.entry((group(listed.entity.schema), script_name(listed.script))).or_default();
        if *count >= most || taken.contains(listed.entity.id.as_str()) {
            continue;
        }
        if let Some(case) = case(listed, kind, &mut Dice::new(seed, &subject(listed))) {
            *count += 1;
            taken.insert(listed.entity.id.as_str());
            cases.push(case);
        }
    }
    cases
}

/// Publishers themselves warn that weak aliases find too many, so they are asked as published only.
fn is_fair(listed: &Listed<'_>, kind: &Kind) -> bool {
    listed.name.kind != NameKind::WeakAlias || kind.id == "exact"
}

fn case<'a>(listed: &Listed<'a>, kind: &'static Kind, dice: &mut Dice) -> Option<Case<'a>> {
    let (presented, asked) = match kind.make {
        Make::Name(alter) => query(listed, alter(listed, dice)?),
        Make::LatinOnly(alter) => {
            let (presented, query) = (alter(listed, dice)?, latin_only(listed.entity));
            query?;
            (presented.clone(), Asked::LatinOnly(facts::query(listed, &presented)))
        }
        Make::Combined => query(listed, combined(listed, dice)?),
        Make::Query(alter) => {
            let query = alter(listed, dice)?;
            (query.caption().to_owned(), Asked::Query(query))
        }
        Make::Payment(alter) => (alter(listed, dice)?, Asked::Text),
        Make::Not(_) => return None,
    };
    let trapped = kind.expect == Expect::Never && matches!(kind.make, Make::Name(_));
    if presented.trim().is_empty() || (trapped && is_a_name_of(listed.entity, &presented)) {
        return None;
    }
    Some(Case {
        kind,
        entity: listed.entity,
        listed: &listed.name.text,
        group: group(listed.entity.schema),
        script: script_name(Script::of_text(&presented)),
        rarity: listed.rarity(),
        presented,
        asked,
    })
}

fn query(listed: &Listed<'_>, presented: String) -> (String, Asked) {
    let query = facts::query(listed, &presented);
    (presented, Asked::Query(query))
}

fn is_a_name_of(entity: &Entity, text: &str) -> bool {
    let presented = folded(text);
    entity.names.iter().any(|name| folded(&name.text) == presented)
}

/// The entity without its names in other scripts than Latin; `None` if none is left or none is lost.
pub(crate) fn latin_only(entity: &Entity) -> Option<Entity> {
    let mut latin = entity.clone();
    latin.names.retain(|name| Script::of_text(&name.text) == Script::Latin);
    (!latin.names.is_empty() && latin.names.len() < entity.names.len()).then_some(latin)
}

/// The name of an unlisted person altered by one of the kinds that a listed name must survive; `None` if none applies.
pub(crate) fn altered(person: &Entity, seed: u64) -> Option<Entity> {
    let listed = Listed::new(person, person.names.first()?);
    let dice = &mut Dice::new(seed, &["altered", person.caption()]);
    let mut kinds: Vec<&Kind> =
        KINDS.iter().filter(|kind| kind.expect == Expect::Match && kind.id != "exact").collect();
    dice.shuffle(&mut kinds);
    let text = kinds.into_iter().find_map(|kind| match kind.make {
        Make::Name(alter) => alter(&listed, dice),
        _ => None,
    })?;
    Some(facts::query(&listed, &text))
}

/// Two or three alterations, one after the other.
fn combined(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let mut kinds: Vec<&str> = COMBINABLE.to_vec();
    dice.shuffle(&mut kinds);
    if listed.words.len() < 2 {
        return None;
    }
    let wanted = 2 + dice.below(2);
    let mut text = listed.name.text.clone();
    let mut done = 0;
    for kind in kinds.into_iter().filter_map(Kind::of) {
        let Make::Name(alter) = kind.make else { continue };
        let name = Name { text: text.clone(), ..bare(listed.name) };
        if let Some(altered) =
            alter(&Listed::new(listed.entity, &name), dice).filter(|altered| *altered != text)
        {
            text = altered;
            done += 1;
        }
        if done == wanted {
            break;
        }
    }
    (done >= 2).then_some(text)
}

/// A name whose parts the list does not tell: after an alteration they would no longer be its own.
fn bare(name: &Name) -> Name {
    Name { parts: Vec::new(), published: None, ..name.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listed::tests::person;
    use cordon_model::Schema;
    use proptest::prelude::*;

    fn people() -> Vec<Entity> {
        let names =
            ["Ivan Sergeyevich Petrov", "Oleg Borisovich Karpov", "KIM Jong Chol", "Muhammad Hasan al-Masri"];
        names.iter().zip(["ru", "ru", "kp", "eg"]).map(|(name, country)| person(name, country)).collect()
    }

    #[test]
    fn draws_repeat_and_do_not_depend_on_others() {
        let entities = people();
        let (all, few) = (listed(&entities), listed(&entities[..2]));
        for kind in KINDS {
            let draw = |names, seed| -> BTreeMap<String, String> {
                cases(names, kind, seed, 9)
                    .into_iter()
                    .map(|case| (case.entity.id.to_string(), case.presented))
                    .collect()
            };
            let (whole, part) = (draw(&all, 1), draw(&few, 1));
            assert_eq!(whole, draw(&all, 1), "{}", kind.id);
            assert!(part.iter().all(|(id, presented)| whole.get(id) == Some(presented)), "{}", kind.id);
        }
    }

    #[test]
    fn no_more_than_asked_and_one_for_each_entity() {
        let entities = people();
        let names = listed(&entities);
        assert_eq!(cases(&names, Kind::of("exact").unwrap(), 1, 3).len(), 3);
        assert_eq!(cases(&names, Kind::of("places").unwrap(), 1, 3).len(), 0);
        let combined = cases(&names, Kind::of("combined").unwrap(), 1, 9);
        assert!(combined.iter().all(|case| case.presented != case.listed) && !combined.is_empty());
    }

    proptest! {
        /// Lists hold names of any shape.
        #[test]
        fn no_name_is_too_odd(
            text in "[\\PC]{1,40}|([a-zA-Zа-я'’.-]{1,9} ){1,5}[A-Z]{1,9}",
            country in "ru|ir|kp|cn|eg|mx|br|tr|vn|",
            schema in prop::sample::select(vec![Schema::Person, Schema::Company, Schema::Vessel]),
        ) {
            let mut entity = person(&text, &country);
            entity.schema = schema;
            let entities = [entity];
            let names = listed(&entities);
            for kind in KINDS {
                for case in cases(&names, kind, 3, 1) {
                    prop_assert!(!case.presented.trim().is_empty(), "{}", kind.id);
                }
            }
        }
    }

    #[test]
    fn traps_are_no_names_of_the_entity() {
        let mut entity = person("Ali Hassan", "iq");
        entity.add_name(Name::new(NameKind::Alias, "Hassan"));
        entity.add_name(Name::new(NameKind::Alias, "Ali"));
        let entities = [entity];
        assert!(cases(&listed(&entities), Kind::of("common_alone").unwrap(), 1, 9).is_empty());
    }
}
