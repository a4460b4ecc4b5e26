//! Entities to the wire.

use super::thing::scheme_on_wire;
use super::wire::{FtmEntity, FtmValue};
use crate::{
    Address, Designation, Direction, Entity, EntityId, Identifier, NameKind, NamePartKind, PartialDate,
    Relation, RelationKind, Schema, Scheme,
};

/// Writes an entity.
///
/// Names, dates, countries and numbers stand in the flat properties every reader knows. Nested beside them are, each
/// under the property the other end has in FollowTheMoney: designations (`sanctions`), what is known of documents
/// beyond their number (`passports`, `identificiation` as FollowTheMoney spells it, `cryptoWallets`), addresses in
/// parts (`addressEntity`) and links.
pub fn to_ftm(entity: &Entity) -> FtmEntity {
    let mut datasets = vec![entity.id.list().to_owned()];
    datasets.extend(entity.values("datasets").iter().filter(|other| *other != entity.id.list()).cloned());
    let listed = entity.values("target").first().is_none_or(|said| said != "false");
    let mut out = FtmEntity {
        id: entity.id.as_str().to_owned(),
        caption: entity.caption().to_owned(),
        schema: entity.schema.as_str().to_owned(),
        datasets,
        referents: entity.referents.clone(),
        target: Some(listed),
        ..FtmEntity::default()
    };
    write_names(entity, &mut out);
    write_facts(entity, &mut out);
    for (index, identifier) in entity.identifiers.iter().enumerate() {
        write_identifier(entity, index, identifier, &mut out);
    }
    for (index, address) in entity.addresses.iter().enumerate() {
        out.push("address", &address.line());
        out.nest("addressEntity", write_address(&entity.id, index, address));
    }
    for (index, designation) in entity.designations.iter().enumerate() {
        out.push("programId", &designation.program);
        out.nest("sanctions", write_designation(&entity.id, index, designation));
    }
    for (index, relation) in entity.relations.iter().enumerate() {
        let (property, link) = write_relation(&entity.id, index, relation);
        out.nest(property, link);
    }
    out
}

/// The name to show goes first, since only the order tells it from others.
fn write_names(entity: &Entity, out: &mut FtmEntity) {
    out.push("name", if entity.names.is_empty() { "" } else { entity.caption() });
    for name in &entity.names {
        out.push(name.kind.property(), &name.text);
    }
    let first = entity.names.iter().find(|name| name.kind == NameKind::Primary).or(entity.names.first());
    let parts = first.map(|name| name.parts.as_slice()).unwrap_or_default();
    for part in parts.iter().filter(|part| part.kind != NamePartKind::Nickname) {
        out.push(part.kind.property(), &part.text);
    }
}

fn write_facts(entity: &Entity, out: &mut FtmEntity) {
    for fact in &entity.dates {
        out.push(fact.role.property(), &fact.date.from().to_string());
        out.push(fact.role.property(), &fact.date.to().to_string());
    }
    for fact in &entity.countries {
        out.push(fact.role.property(), fact.country.code());
    }
    let apart = |property: &str| matches!(property, "datasets" | "target");
    for (property, values) in entity.properties.iter().filter(|(property, _)| !apart(property)) {
        for value in values {
            out.push(property, value);
        }
    }
}

/// A day as FollowTheMoney writes it: the beginning of a range, without "circa".
fn day(date: Option<PartialDate>) -> String {
    date.map(|date| date.from().to_string()).unwrap_or_default()
}

/// The number in its flat property, and a nested document where more is known or where the property would be read as
/// another scheme.
fn write_identifier(entity: &Entity, index: usize, identifier: &Identifier, out: &mut FtmEntity) {
    let own_kind = scheme_on_wire(identifier.scheme.property(), entity.schema, &identifier.value);
    let flat = own_kind == Some(identifier.scheme);
    if flat || identifier.scheme == Scheme::Crypto {
        out.push(identifier.scheme.property(), &identifier.value);
    }
    let wallet = identifier.scheme == Scheme::Crypto;
    let beside = !identifier.note.is_empty()
        || identifier.country.is_some()
        || identifier.issued.is_some()
        || identifier.expires.is_some()
        || identifier.published.is_some();
    if wallet && !beside && entity.schema == Schema::CryptoWallet && entity.identifiers.len() == 1 {
        return out.push("currency", &identifier.kind);
    }
    if flat && !beside && identifier.kind.is_empty() {
        return;
    }
    let (property, schema) = match identifier.scheme {
        Scheme::Crypto => ("cryptoWallets", "CryptoWallet"),
        Scheme::Passport => ("passports", "Passport"),
        _ => ("identificiation", "Identification"),
    };
    let id = format!("{}#document-{}", entity.id, index + 1);
    let mut document = FtmEntity { id, schema: schema.to_owned(), ..FtmEntity::default() };
    let published = identifier.published.as_deref().unwrap_or(&identifier.value);
    document.push("holder", entity.id.as_str());
    document.push(if wallet { "publicKey" } else { "number" }, published);
    document.push(if wallet { "currency" } else { "type" }, &identifier.kind);
    if !flat {
        document.push("type", identifier.scheme.label());
    }
    document.push("country", identifier.country.as_ref().map(crate::Country::code).unwrap_or_default());
    document.push("startDate", &day(identifier.issued));
    document.push("endDate", &day(identifier.expires));
    document.push("summary", &identifier.note);
    published.clone_into(&mut document.caption);
    out.nest(property, document);
}

fn write_address(id: &EntityId, index: usize, address: &Address) -> FtmEntity {
    let mut out = FtmEntity {
        id: format!("{id}#address-{}", index + 1),
        caption: address.line(),
        schema: Schema::Address.as_str().to_owned(),
        ..FtmEntity::default()
    };
    out.push("full", &address.line());
    out.push("street", &address.street);
    out.push("city", &address.city);
    out.push("region", &address.region);
    out.push("postalCode", &address.postal_code);
    out.push("country", address.country.as_ref().map(crate::Country::code).unwrap_or_default());
    out.push("remarks", &address.note);
    out
}

fn write_designation(id: &EntityId, index: usize, designation: &Designation) -> FtmEntity {
    let caption = if designation.title.is_empty() { &designation.program } else { &designation.title };
    let mut out = FtmEntity {
        id: format!("{id}#sanction-{}", index + 1),
        caption: caption.clone(),
        schema: "Sanction".to_owned(),
        ..FtmEntity::default()
    };
    out.push("entity", id.as_str());
    out.push("authority", &designation.authority);
    out.push("program", caption);
    out.push("programId", &designation.program);
    out.push("authorityId", &designation.reference);
    out.push("listingDate", &day(designation.listed));
    out.push("endDate", &day(designation.ended));
    for amended in &designation.amended {
        out.push("modifiedAt", &day(Some(*amended)));
    }
    for measure in &designation.measures {
        out.push("provisions", measure.label());
    }
    out.push("reason", &designation.reason);
    out.push("sourceUrl", &designation.url);
    out
}

/// The property of the holder that carries a link: kind, as source, as target.
const LINK_PROPERTIES: [(&str, &str, &str); 9] = [
    ("Ownership", "ownershipOwner", "ownershipAsset"),
    ("Directorship", "directorshipDirector", "directorshipOrganization"),
    ("Membership", "membershipMember", "membershipOrganization"),
    ("Employment", "employers", "employees"),
    ("Representation", "agencyClient", "agentRepresentation"),
    ("Family", "familyPerson", "familyRelative"),
    ("Associate", "associates", "associations"),
    ("Succession", "predecessors", "successors"),
    ("UnknownLink", "unknownLinkTo", "unknownLinkFrom"),
];

/// The property of the holder that carries the link, and the link itself.
fn write_relation(id: &EntityId, index: usize, relation: &Relation) -> (&'static str, FtmEntity) {
    let (schema, source, target) = relation.kind.ftm();
    let mut out = FtmEntity {
        id: format!("{id}#link-{}", index + 1),
        caption: relation.label().to_owned(),
        schema: schema.to_owned(),
        ..FtmEntity::default()
    };
    let (holder_end, other_end) = match relation.direction {
        Direction::Outgoing => (source, target),
        Direction::Incoming => (target, source),
    };
    out.push(holder_end, id.as_str());
    let other = relation.other.as_deref().unwrap_or_default();
    if relation.name.is_empty() && !other.is_empty() {
        out.push(other_end, other);
    } else {
        let stub = FtmEntity {
            id: other.to_owned(),
            caption: relation.name.clone(),
            schema: Schema::Thing.as_str().to_owned(),
            properties: [("name".to_owned(), vec![FtmValue::Text(relation.name.clone())])].into(),
            ..FtmEntity::default()
        };
        out.nest(other_end, stub);
    }
    let in_a_family = matches!(relation.kind, RelationKind::Family | RelationKind::Associate);
    let supports =
        relation.kind == RelationKind::Support && !relation.role.to_lowercase().contains("support");
    out.push(if in_a_family { "relationship" } else { "role" }, &relation.role);
    if supports {
        // Nothing but a word tells support from other links.
        out.push("role", relation.label());
    }
    out.push("percentage", &relation.share);
    out.push("startDate", &day(relation.start));
    out.push("endDate", &day(relation.end));
    out.push("status", &relation.quality);
    let row = LINK_PROPERTIES.iter().find(|row| row.0 == schema);
    let property = match (row, relation.direction) {
        (Some(row), Direction::Outgoing) => row.1,
        (Some(row), Direction::Incoming) => row.2,
        (None, Direction::Outgoing) => "unknownLinkTo",
        (None, Direction::Incoming) => "unknownLinkFrom",
    };
    (property, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RelationKind;

    #[test]
    fn every_kind_of_link_has_its_properties() {
        for kind in [
            RelationKind::Ownership,
            RelationKind::Directorship,
            RelationKind::Membership,
            RelationKind::Employment,
            RelationKind::Representation,
            RelationKind::Family,
            RelationKind::Associate,
            RelationKind::Support,
            RelationKind::Succession,
            RelationKind::Unknown,
        ] {
            assert!(LINK_PROPERTIES.iter().any(|row| row.0 == kind.ftm().0), "{kind:?}");
        }
    }
}
