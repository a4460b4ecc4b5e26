//! Links to parties inside one list: by the reference numbers of the UN that texts mention, and by name.
//!
//! In: the entities of one list, each with its UN reference numbers and those its texts mention. Out: the entities with
//! the ids of the parties they are linked to. Absent: which texts are read for mentions.

use super::{mentions, prose};
use cordon_model::{Direction, Entity, EntityId, NameKind, Relation, RelationKind};
use std::collections::BTreeMap;

/// The list whose reference numbers other authorities cite.
pub(super) const UN_LIST: &str = "un_sc_sanctions";

/// An entity with what ties it to others.
#[derive(Debug)]
pub(super) struct Party {
    pub(super) entity: Entity,
    /// Its own reference numbers on the UN list.
    pub(super) un_references: Vec<String>,
    /// Texts in which reference numbers of others may stand, with the words for the link.
    pub(super) texts: Vec<(String, &'static str)>,
}

/// Gives every link the id of the party it names, and adds a link for each reference number that is mentioned. A party
/// that is not on the list keeps its name, or its id on the UN list.
pub(super) fn resolve(mut parties: Vec<Party>) -> Vec<Entity> {
    let references = references(&parties);
    let names = names(&parties);
    for party in &mut parties {
        let own = party.entity.id.as_str().to_owned();
        for relation in party.entity.relations.iter_mut().filter(|relation| relation.other.is_none()) {
            let found = names.get(&key(&relation.name)).and_then(Option::as_ref);
            relation.other = found.filter(|id| **id != own).cloned();
        }
        for (text, role) in &party.texts {
            for reference in mentions::references(text) {
                let held = references.get(&reference).and_then(Option::as_ref).cloned();
                let other = held.unwrap_or_else(|| EntityId::new(UN_LIST, &reference).as_str().to_owned());
                let known =
                    party.entity.relations.iter().any(|relation| relation.other.as_ref() == Some(&other));
                if other != own && !known && !party.un_references.contains(&reference) {
                    let mut link = tie(text, &reference, role);
                    link.other = Some(other);
                    party.entity.relations.push(link);
                }
            }
        }
    }
    parties.into_iter().map(|party| party.entity).collect()
}

/// Words that say how the party a reference number follows is tied to the holder.
const TIES: &[(&str, RelationKind, Direction)] = &[
    ("owned by", RelationKind::Ownership, Direction::Incoming),
    ("owned or controlled by", RelationKind::Ownership, Direction::Incoming),
    ("owned and controlled by", RelationKind::Ownership, Direction::Incoming),
    ("member of", RelationKind::Membership, Direction::Outgoing),
    ("led by", RelationKind::Directorship, Direction::Incoming),
    ("leader of", RelationKind::Directorship, Direction::Outgoing),
    ("associated with", RelationKind::Unknown, Direction::Outgoing),
    ("associate of", RelationKind::Unknown, Direction::Outgoing),
    ("linked to", RelationKind::Unknown, Direction::Outgoing),
];

/// The link to the party of a reference number: by the last words for a tie in the same statement, else of no kind, with
/// these words.
fn tie(text: &str, reference: &str, role: &str) -> Relation {
    let lower = text.to_lowercase();
    let at = lower.find(&reference.to_lowercase()).unwrap_or_default();
    let start = [". ", "; "].iter().filter_map(|end| lower[..at].rfind(end)).max().unwrap_or_default();
    let statement = &lower[start..at];
    let said = TIES.iter().filter_map(|row| Some((*prose::word_positions(statement, row.0).last()?, row)));
    let said = said.max_by_key(|(position, _)| *position).map(|(_, row)| row);
    said.map_or_else(
        || Relation::to_name(RelationKind::Unknown, Direction::Outgoing, "", role),
        |(words, kind, direction)| Relation::to_name(*kind, *direction, "", words),
    )
}

/// Words before the name of a relative, at the beginning of a statement.
const RELATIVES: [&str; 9] = [
    "son of",
    "daughter of",
    "brother of",
    "sister of",
    "father of",
    "mother of",
    "wife of",
    "husband of",
    "nephew of",
];
/// A person's name has no more words than this.
const LONGEST: usize = 7;

/// Relatives a text names: `Son of A B, former adviser`, `Daughter of C D and E F`.
pub(super) fn relatives(text: &str) -> Vec<Relation> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    if lower.len() != text.len() {
        return found;
    }
    for words in RELATIVES {
        for at in prose::word_positions(&lower, words) {
            let begins = at == 0 || text[..at].trim_end().ends_with(['.', ';', '(', ',', ':']);
            let rest = text[at + words.len()..].trim_start();
            let end = rest.find([',', '.', ';', '(', ')']).unwrap_or(rest.len());
            for name in rest[..end].split(" and ").map(str::trim).filter(|name| begins && is_full_name(name))
            {
                found.push(Relation::to_name(RelationKind::Family, Direction::Outgoing, name, words));
            }
        }
    }
    found
}

/// Two or more words, the first and last in capitals, no digits.
fn is_full_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let capital = |word: Option<&&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
    (2..=LONGEST).contains(&words.len())
        && capital(words.first())
        && capital(words.last())
        && !name.contains(|letter: char| letter.is_ascii_digit())
}

/// Key → the one id that bears it, or `None` when several do.
type Index = BTreeMap<String, Option<String>>;

fn insert(index: &mut Index, key: String, id: &str) {
    if key.is_empty() {
        return;
    }
    let held = index.entry(key).or_insert_with(|| Some(id.to_owned()));
    if held.as_deref() != Some(id) {
        *held = None;
    }
}

fn references(parties: &[Party]) -> Index {
    let mut index = Index::new();
    for party in parties {
        for reference in &party.un_references {
            insert(&mut index, reference.clone(), party.entity.id.as_str());
        }
    }
    index
}

/// Strong names in the form in which they are compared.
fn names(parties: &[Party]) -> Index {
    let mut index = Index::new();
    for party in parties {
        for name in party.entity.names.iter().filter(|name| name.kind != NameKind::WeakAlias) {
            insert(&mut index, key(&name.text), party.entity.id.as_str());
        }
    }
    index
}

/// Letters and digits in lower case with single blanks between.
fn key(name: &str) -> String {
    let letters: String = name
        .chars()
        .flat_map(char::to_lowercase)
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use cordon_model::{Name, Schema};

    fn party(key: &str, names: &[&str], references: &[&str], text: &str) -> Party {
        let mut entity = Entity::new(EntityId::new("l", key), Schema::Organization);
        for name in names {
            entity.add_name(Name::new(NameKind::Primary, name));
        }
        let un_references = references.iter().map(|&reference| reference.to_owned()).collect();
        Party { entity, un_references, texts: vec![(text.to_owned(), "named in the remarks")] }
    }

    #[test]
    fn by_reference_and_by_name() {
        let mut ship = party("3", &["Grinch"], &[], "see QDi.001, TAe.011 and QDe.115");
        for owner in ["CUBE VENTURES, Shipping S.A.", "Twice Ltd", "Nobody", "Grinch"] {
            ship.entity.relations.push(Relation::to_name(
                RelationKind::Ownership,
                Direction::Incoming,
                owner,
                "owner",
            ));
        }
        let parties = vec![
            party("1", &["Cube Ventures Shipping S A", "Twice, Ltd."], &["QDi.001"], "I am QDi.001"),
            party("2", &["Twice Ltd"], &["TAe.011"], ""),
            ship,
        ];
        let entities = resolve(parties);
        let found: Vec<Option<&str>> =
            entities[2].relations.iter().map(|relation| relation.other.as_deref()).collect();
        let expected = [Some("l:1"), None, None, None, Some("l:2"), Some("un_sc_sanctions:QDe.115")];
        // `l:1` is linked by name already.
        assert_eq!(found, expected);
        assert!(entities[0].relations.is_empty());
    }

    #[test]
    fn ties_by_the_words_before() {
        let text = "A firm owned by A B (TAi.166) and associated with C (QDe.001), D (QDe.002). See QDi.003; he is a \
                    member of E (KPe.004)";
        for (reference, kind, role) in [
            ("TAi.166", RelationKind::Ownership, "owned by"),
            ("QDe.001", RelationKind::Unknown, "associated with"),
            ("QDe.002", RelationKind::Unknown, "associated with"),
            ("QDi.003", RelationKind::Unknown, "named in the remarks"),
            ("KPe.004", RelationKind::Membership, "member of"),
        ] {
            let link = tie(text, reference, "named in the remarks");
            assert_eq!((link.kind, link.role.as_str()), (kind, role), "{reference}");
        }
    }

    #[test]
    fn relatives_in_remarks() {
        for (text, expected) in [
            (
                "Son of Sabawi Ibrahim Hasan Al-Tikriti, former Adviser",
                vec!["son of Sabawi Ibrahim Hasan Al-Tikriti"],
            ),
            (
                "Daughter of Sajida Khayrallah Tilfah and Saddam Hussein. Name in Arabic",
                vec!["daughter of Sajida Khayrallah Tilfah", "daughter of Saddam Hussein"],
            ),
            (
                "UN Ref QI.G.218.06. Brother of Nurjaman Riduan Isamuddin.",
                vec!["brother of Nurjaman Riduan Isamuddin"],
            ),
            ("is the son of the former President", vec![]),
            ("Son of a merchant", vec![]),
            ("founding father of the nation", vec![]),
        ] {
            let found: Vec<String> =
                relatives(text).iter().map(|link| format!("{} {}", link.role, link.name)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
