//! Links between parties as the XML files publish them: typed, by number, with what OFAC thinks of them.

use super::party::Party;
use cordon_model::{Direction, EntityId, Issue, IssueKind, Relation, RelationKind};
use std::collections::HashMap;

use Direction::{Incoming, Outgoing};

/// OFAC's words for links, read from the party that holds the link.
const TYPES: &[(&str, RelationKind, Direction)] = &[
    ("Associate Of", RelationKind::Associate, Outgoing),
    ("Providing support to", RelationKind::Support, Outgoing),
    ("Acting for or on behalf of", RelationKind::Representation, Outgoing),
    ("Owned or Controlled By", RelationKind::Ownership, Incoming),
    ("Family member of", RelationKind::Family, Outgoing),
    ("playing a significant role in", RelationKind::Unknown, Outgoing),
    ("Leader or official of", RelationKind::Directorship, Outgoing),
    ("Principal Executive Officer", RelationKind::Directorship, Outgoing),
    ("Owns, controls, or operates", RelationKind::Ownership, Outgoing),
    ("Property in the interest of", RelationKind::Ownership, Incoming),
];

/// A word for a quality that says nothing.
const NO_QUALITY: &str = "Unknown";

/// A published link.
#[derive(Debug, Default)]
pub(in crate::formats) struct Tie {
    /// OFAC's words for its kind.
    pub(in crate::formats) words: String,
    /// OFAC's number of the other party.
    pub(in crate::formats) other: String,
    /// The other party's name; empty when the file gives none beside the number.
    pub(in crate::formats) name: String,
    /// What OFAC thinks of it: `High`.
    pub(in crate::formats) quality: String,
    /// Whether it is over. No file says since when.
    pub(in crate::formats) former: bool,
}

impl Tie {
    /// Gives the link to the party that holds it. Words we do not know make a link of no kind, and an issue.
    pub(in crate::formats) fn add_to(self, party: &mut Party, issues: &mut Vec<Issue>) {
        let known = TYPES.iter().find(|row| row.0.eq_ignore_ascii_case(&self.words));
        if known.is_none() {
            let message = "not a kind of link we know; kept with its words";
            let key = party.entity.id.key();
            issues.push(Issue::new(key, FIELD, IssueKind::UnknownValue, &self.words, message));
        }
        let (kind, mut direction) = known.map_or((RelationKind::Unknown, Outgoing), |row| (row.1, row.2));
        if kind == RelationKind::Directorship && !party.entity.schema.is_person() {
            direction = Incoming; // an organisation is led, by whoever stands at the other end
        }
        let mut link = Relation::to_name(kind, direction, &self.name, &self.words);
        link.other = Some(EntityId::new(party.entity.id.list(), &self.other).as_str().to_owned());
        let quality = Some(self.quality.as_str()).filter(|quality| *quality != NO_QUALITY);
        let former = self.former.then_some("former");
        let said: Vec<&str> = quality.into_iter().chain(former).filter(|word| !word.is_empty()).collect();
        link.quality = said.join(", ");
        party.add_link(link);
    }
}

/// The field of issues about links.
const FIELD: &str = "relationship";

/// The two lists whose parties OFAC numbers in one row, so that each links to parties of the other.
const SISTERS: [&str; 2] = ["us_ofac_sdn", "us_ofac_cons"];

/// Gives links the names of the parties they lead to. One that leads to none of the file's parties is an issue; it
/// keeps the other's number, on the sister list where there is one.
pub(in crate::formats) fn resolve(parties: &mut [Party], issues: &mut Vec<Issue>) {
    let names: HashMap<String, String> = parties
        .iter()
        .map(|party| (party.entity.id.as_str().to_owned(), party.entity.caption().to_owned()))
        .collect();
    for party in parties {
        let (list, key) = (party.entity.id.list().to_owned(), party.entity.id.key().to_owned());
        for link in &mut party.entity.relations {
            let Some(other) = link.other.as_mut() else { continue };
            if let Some(name) = names.get(other) {
                link.name.clone_from(name);
                continue;
            }
            let number = EntityId::from(other.clone()).key().to_owned();
            let sister = SISTERS.iter().position(|one| *one == list).map(|at| SISTERS[1 - at]);
            if let Some(sister) = sister {
                EntityId::new(sister, &number).as_str().clone_into(other);
            }
            let message =
                format!("the other party is not in this file; the link is kept as one to `{other}`");
            let shown = if link.name.is_empty() { &number } else { &link.name };
            issues.push(Issue::new(&key, FIELD, IssueKind::Orphan, shown, &message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cordon_model::{Name, NameKind, Schema};

    fn party(key: &str, schema: Schema) -> Party {
        let mut party = Party::open("us_ofac_cons", key, schema);
        party.entity.add_name(Name::new(NameKind::Primary, &format!("NAME {key}")));
        party
    }

    fn tie(words: &str, other: &str) -> Tie {
        Tie { words: words.to_owned(), other: other.to_owned(), ..Tie::default() }
    }

    #[test]
    fn links_have_kind_direction_and_quality() {
        let mut issues = Vec::new();
        let mut firm = party("1", Schema::Organization);
        let person = party("2", Schema::Person);
        let high = Tie { quality: "High".to_owned(), former: true, ..tie("Owned or Controlled By", "2") };
        high.add_to(&mut firm, &mut issues);
        tie("Owns, controls, or operates", "3").add_to(&mut firm, &mut issues);
        tie("Principal Executive Officer", "2").add_to(&mut firm, &mut issues);
        tie("Envious of", "2").add_to(&mut firm, &mut issues);
        let mut parties = [firm, person];
        resolve(&mut parties, &mut issues);
        let links: Vec<String> = parties[0]
            .entity
            .relations
            .iter()
            .map(|link| {
                let other = link.other.as_deref().unwrap_or_default();
                format!("{} {other} [{}] [{}]", link.label(), link.name, link.quality)
            })
            .collect();
        assert_eq!(
            links,
            [
                "owned or controlled by us_ofac_cons:2 [NAME 2] [High, former]",
                "owner of us_ofac_sdn:3 [] []",
                "led by us_ofac_cons:2 [NAME 2] []",
                "linked to us_ofac_cons:2 [NAME 2] []",
            ]
        );
        let said: Vec<String> = issues.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "record 1, field relationship: not a kind of link we know; kept with its words (`Envious of`)",
                "record 1, field relationship: the other party is not in this file; the link is kept as one to \
                 `us_ofac_sdn:3` (`3`)",
            ]
        );
    }
}
