//! Links from one party to another.

use crate::PartialDate;
use serde::{Deserialize, Serialize};

/// The kind of link. Every kind reads from its *source* to its *target*: the owner owns the asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// Source owns, or owns or controls, target.
    Ownership,
    /// Source leads, directs or is an officer of target.
    Directorship,
    /// Source is a member of target.
    Membership,
    /// Source works for target.
    Employment,
    /// Source acts for or on behalf of target.
    Representation,
    /// Source and target are relatives.
    Family,
    /// Source and target are associates.
    Associate,
    /// Source gives support to target.
    Support,
    /// Source comes after target, which it replaces.
    Succession,
    /// A link whose kind the publisher does not name ("Linked To").
    Unknown,
}

/// A row of the relation table: kind, FollowTheMoney schema, its source and target properties, and the words
/// people read from either end.
struct Row {
    kind: RelationKind,
    schema: &'static str,
    source: &'static str,
    target: &'static str,
    outgoing: &'static str,
    incoming: &'static str,
}

const fn row(
    kind: RelationKind,
    [schema, source, target]: [&'static str; 3],
    [outgoing, incoming]: [&'static str; 2],
) -> Row {
    Row { kind, schema, source, target, outgoing, incoming }
}

const TABLE: [Row; 10] = [
    row(RelationKind::Ownership, ["Ownership", "owner", "asset"], ["owner of", "owned or controlled by"]),
    row(
        RelationKind::Directorship,
        ["Directorship", "director", "organization"],
        ["leader or director of", "led by"],
    ),
    row(RelationKind::Membership, ["Membership", "member", "organization"], ["member of", "has member"]),
    row(RelationKind::Employment, ["Employment", "employee", "employer"], ["employed by", "employs"]),
    row(
        RelationKind::Representation,
        ["Representation", "agent", "client"],
        ["acting for", "represented by"],
    ),
    row(RelationKind::Family, ["Family", "person", "relative"], ["relative of", "relative of"]),
    row(RelationKind::Associate, ["Associate", "person", "associate"], ["associate of", "associate of"]),
    row(RelationKind::Support, ["UnknownLink", "subject", "object"], ["supporting", "supported by"]),
    row(
        RelationKind::Succession,
        ["Succession", "successor", "predecessor"],
        ["successor of", "succeeded by"],
    ),
    row(RelationKind::Unknown, ["UnknownLink", "subject", "object"], ["linked to", "linked to"]),
];

impl RelationKind {
    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// FollowTheMoney schema and its source and target properties.
    pub fn ftm(self) -> (&'static str, &'static str, &'static str) {
        let row = self.row();
        (row.schema, row.source, row.target)
    }

    /// The kind of link of a FollowTheMoney schema; `UnknownLink` reads as [`RelationKind::Unknown`].
    pub fn from_ftm(schema: &str) -> Option<Self> {
        TABLE
            .iter()
            .filter(|row| row.kind != Self::Support)
            .find(|row| row.schema == schema)
            .map(|row| row.kind)
    }
}

/// Which end of the link the entity holding it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The holder is the source (owner, director, agent).
    Outgoing,
    /// The holder is the target (asset, organisation, client).
    Incoming,
}

/// A link from the entity that holds it to another party.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Relation {
    /// Kind of link.
    pub kind: RelationKind,
    /// Which end the holder is.
    pub direction: Direction,
    /// Entity id of the other party, when it could be resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// The other party's name as published; may be empty when only an id is published.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Role or kind in the publisher's words ("Linked To", "Owned or Controlled By", "General Director").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// Share held as published (`50%`, `25-75%`); empty when not published.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub share: String,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<PartialDate>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<PartialDate>,
    /// Reliability or source of the link in the publisher's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quality: String,
}

impl Relation {
    /// A link to the party called `name`, in the publisher's word `role`.
    pub fn to_name(kind: RelationKind, direction: Direction, name: &str, role: &str) -> Self {
        Self {
            kind,
            direction,
            other: None,
            name: name.to_owned(),
            role: role.to_owned(),
            share: String::new(),
            start: None,
            end: None,
            quality: String::new(),
        }
    }

    /// The words people read before the other party's name: `owned or controlled by`.
    pub fn label(&self) -> &'static str {
        let row = self.kind.row();
        match self.direction {
            Direction::Outgoing => row.outgoing,
            Direction::Incoming => row.incoming,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_in_the_order_of_the_kinds() {
        for (index, row) in TABLE.iter().enumerate() {
            assert_eq!(row.kind as usize, index);
        }
        assert_eq!(RelationKind::from_ftm("UnknownLink"), Some(RelationKind::Unknown));
        assert_eq!(RelationKind::from_ftm("Ownership"), Some(RelationKind::Ownership));
    }
}
