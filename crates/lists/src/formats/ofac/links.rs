//! Links by name to links by id, inside one list.

use super::party::Party;
use cordon_model::{Entity, Issue, IssueKind, NameKind, NamePartKind};
use std::collections::HashMap;

/// How well a name stands for a party: its primary name counts before another's alias, and both before a person's name
/// with the given names first and before a weak name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Primary,
    Other,
    GivenFirst,
    Weak,
}

/// Folded name → parties that bear it.
type Index = HashMap<String, Vec<(Strength, usize)>>;

/// Gives every link without an id the id of the party it names.
///
/// "Linked To" promises a party of the list, so one that is not there, or could be several, is an issue.
pub(in crate::formats) fn resolve(parties: &mut [Party], issues: &mut Vec<Issue>) {
    let index = index(parties);
    for holder in 0..parties.len() {
        for link in 0..parties[holder].entity.relations.len() {
            let party = &parties[holder];
            if party.entity.relations[link].other.is_some() {
                continue;
            }
            let name = &party.entity.relations[link].name;
            let found = find(&index, name);
            match found.as_slice() {
                [one] => {
                    let other = &parties[*one].entity;
                    let (id, name) = (other.id.as_str().to_owned(), full_name(other, name));
                    let relation = &mut parties[holder].entity.relations[link];
                    relation.other = Some(id);
                    relation.name = name;
                }
                several if party.is_inside(link) => issues.push(unresolved(party, name, several, parties)),
                _ => {}
            }
        }
    }
}

fn index(parties: &[Party]) -> Index {
    let mut index = Index::new();
    for (at, party) in parties.iter().enumerate() {
        for name in &party.entity.names {
            let strength = match name.kind {
                NameKind::Primary => Strength::Primary,
                NameKind::WeakAlias => Strength::Weak,
                _ => Strength::Other,
            };
            index.entry(fold(&name.text)).or_default().push((strength, at));
            let part = |kind| name.parts.iter().find(|part| part.kind == kind);
            if let (Some(given), Some(family)) = (part(NamePartKind::Given), part(NamePartKind::Family)) {
                let key = fold(&format!("{} {}", given.text, family.text));
                index.entry(key).or_default().push((Strength::GivenFirst, at));
            }
        }
    }
    index
}

/// The parties that bear a name with the greatest strength any party does.
fn find(index: &Index, name: &str) -> Vec<usize> {
    let claims = index.get(&fold(name)).map(Vec::as_slice).unwrap_or_default();
    let strongest = claims.iter().map(|claim| claim.0).min();
    let mut found: Vec<usize> =
        claims.iter().filter(|claim| Some(claim.0) == strongest).map(|claim| claim.1).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Letters and digits in lower case with single blanks between.
fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_alphanumeric() {
            folded.extend(letter.to_lowercase());
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The name with the full stop it lost at the end of the remarks.
fn full_name(other: &Entity, name: &str) -> String {
    let full = other.names.iter().find(|full| full.text.strip_suffix('.') == Some(name));
    full.map_or(name, |full| full.text.as_str()).to_owned()
}

fn unresolved(party: &Party, name: &str, several: &[usize], parties: &[Party]) -> Issue {
    let key = party.entity.id.key();
    if several.is_empty() {
        let message = "no party of this list bears the name; the link keeps the name alone";
        return Issue::new(key, "Remarks", IssueKind::Orphan, name, message);
    }
    let ids: Vec<&str> = several.iter().map(|at| parties[*at].entity.id.as_str()).collect();
    let message = format!("several parties bear the name: {}; the link keeps the name alone", ids.join(", "));
    Issue::new(key, "Remarks", IssueKind::Ambiguous, name, &message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded() {
        for (name, expected) in [
            ("HUAWEI INVESTMENT & HOLDING CO., LTD.", "huawei investment holding co ltd"),
            (" 'ABD  al-Aziz ", "abd al aziz"),
            ("...", ""),
        ] {
            assert_eq!(fold(name), expected);
        }
    }
}
