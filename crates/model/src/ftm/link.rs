//! Links between two entities.

use super::reader::{ABOUT_THE_RECORD, Reader};
use super::wire::FtmEntity;
use crate::{Direction, Issue, Relation, RelationKind};

/// A schema of links, with the properties of its two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkSchema {
    /// The kind of link it is read as.
    pub kind: RelationKind,
    /// Property of the source: owner, director, agent.
    pub source: &'static str,
    /// Property of the target: asset, organisation, client.
    pub target: &'static str,
}

/// Links that have no kind of their own here; their schema is their role.
const OTHER_LINKS: [(&str, &str, &str); 4] = [
    ("Debt", "debtor", "creditor"),
    ("ProjectParticipant", "participant", "project"),
    ("CourtCaseParty", "party", "case"),
    ("EconomicActivity", "declarant", "receiver"),
];

/// The link schema of this name.
pub fn link_schema(schema: &str) -> Option<LinkSchema> {
    if let Some(kind) = RelationKind::from_ftm(schema) {
        let (_, source, target) = kind.ftm();
        return Some(LinkSchema { kind, source, target });
    }
    let (_, source, target) = OTHER_LINKS.iter().find(|row| row.0 == schema)?;
    Some(LinkSchema { kind: RelationKind::Unknown, source, target })
}

/// Reads what a link says beside its ends: an outgoing relation to nobody yet.
pub fn read_link(wire: &FtmEntity, link: LinkSchema) -> (Relation, Vec<Issue>) {
    const READ: [&str; 11] = [
        "role",
        "relationship",
        "percentage",
        "sharesCount",
        "startDate",
        "endDate",
        "date",
        "status",
        "summary",
        "description",
        "ownershipType",
    ];
    const PASSED_OVER: [&str; 8] = [
        "sourceUrl",
        "modifiedAt",
        "sharesValue",
        "sharesCurrency",
        "sharesType",
        "legalBasis",
        "secretary",
        "amount",
    ];
    let mut reader = Reader::of(wire);
    reader.unknown(
        wire,
        &READ,
        &[&[link.source, link.target], &PASSED_OVER[..], &ABOUT_THE_RECORD[..]].concat(),
    );
    let mut kind = link.kind;
    let mut roles: Vec<&str> = wire.texts("role").chain(wire.texts("relationship")).collect();
    roles.extend(wire.texts("ownershipType"));
    if RelationKind::from_ftm(&wire.schema).is_none() {
        roles.insert(0, &wire.schema);
    }
    if kind == RelationKind::Unknown && roles.iter().any(|role| role.to_lowercase().contains("support")) {
        kind = RelationKind::Support;
        let labels = [Direction::Outgoing, Direction::Incoming]
            .map(|direction| Relation::to_name(kind, direction, "", "").label());
        roles.retain(|role| !labels.contains(role));
    }
    let mut relation = Relation::to_name(kind, Direction::Outgoing, "", &roles.join("; "));
    wire.first("percentage").clone_into(&mut relation.share);
    if relation.share.is_empty() && !wire.first("sharesCount").is_empty() {
        relation.share = format!("{} shares", wire.first("sharesCount"));
    }
    relation.start = reader.dates(wire, "startDate").into_iter().next();
    relation.start = relation.start.or_else(|| reader.dates(wire, "date").into_iter().next());
    relation.end = reader.dates(wire, "endDate").pop();
    let said = ["status", "summary", "description"].into_iter().flat_map(|property| wire.texts(property));
    relation.quality = said.collect::<Vec<_>>().join("; ");
    (relation, reader.issues)
}
