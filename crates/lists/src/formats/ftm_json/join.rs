//! The records of a file put together: entities with all that other records say about them.

use super::collect::{End, Joiner, Link};
use cordon_model::ftm::read_identification;
use cordon_model::{Address, Country, Direction, Entity, Issue, IssueKind, Relation};
use jiff::civil::Date;
use std::collections::BTreeMap;

impl Joiner<'_> {
    /// Joins everything: publication date, entities, issues.
    pub(super) fn finish(mut self) -> (Option<Date>, Vec<Entity>, Vec<Issue>) {
        self.join_designations();
        self.join_addresses();
        self.join_documents();
        self.join_occupancies();
        self.join_links();
        for (schema, count) in std::mem::take(&mut self.passed_over) {
            let message =
                format!("{count} records are neither party nor thing nor link between them; passed over");
            self.issue("file", "schema", IssueKind::Dropped, &schema, &message);
        }
        let mut entities: Vec<Entity> = self.things.into_values().map(|thing| thing.entity).collect();
        entities.iter_mut().for_each(in_order);
        (self.latest, entities, self.issues)
    }

    fn orphan(&mut self, record: &str, field: &str, id: &str) {
        self.issue(record, field, IssueKind::Orphan, id, "a record that is not in this file");
    }

    fn join_designations(&mut self) {
        for (record, holder, designation) in std::mem::take(&mut self.designations) {
            match self.things.get_mut(&holder) {
                Some(thing) if thing.entity.designations.contains(&designation) => {}
                Some(thing) => thing.entity.designations.push(designation),
                None => self.orphan(&record, "entity", &holder),
            }
        }
        for thing in self.things.values_mut() {
            // The programmes of designations stand there; others are kept.
            let entity = &mut thing.entity;
            let told = |program: &String| entity.designations.iter().any(|act| act.program == *program);
            let mut left = entity.properties.remove("programId").unwrap_or_default();
            left.retain(|program| !told(program));
            if !left.is_empty() {
                entity.properties.insert("programId".to_owned(), left);
            }
        }
    }

    fn join_addresses(&mut self) {
        let mut wholes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (holder, id) in std::mem::take(&mut self.address_uses) {
            let Some((address, full)) = self.addresses.get(&id).cloned() else {
                self.orphan(&holder, "addressEntity", &id);
                if let Some(thing) = self.things.get_mut(&holder) {
                    thing.entity.add("addressEntity", &id);
                }
                continue;
            };
            let Some(thing) = self.things.get_mut(&holder) else { continue };
            wholes.entry(holder).or_default().extend([full, address.line()]);
            if !address.is_empty() && !thing.entity.addresses.contains(&address) {
                thing.entity.addresses.push(address);
            }
        }
        for (id, thing) in &mut self.things {
            let texts = thing.entity.properties.remove("address").unwrap_or_default();
            let told = wholes.get(id).map(Vec::as_slice).unwrap_or_default();
            for text in texts.into_iter().filter(|text| !told.contains(text)) {
                let address = address_of(&text);
                if !thing.entity.addresses.contains(&address) {
                    thing.entity.addresses.push(address);
                }
            }
        }
    }

    fn join_documents(&mut self) {
        for (holder, wire) in std::mem::take(&mut self.documents) {
            match self.things.get_mut(&holder) {
                Some(thing) => {
                    let issues = read_identification(&wire, &mut thing.entity);
                    self.report(issues);
                }
                None => self.orphan(&wire.id, "holder", &holder),
            }
        }
    }

    fn join_occupancies(&mut self) {
        for (record, (holder, post)) in std::mem::take(&mut self.occupancies) {
            let name = self.positions.get(&post).cloned();
            match (self.things.get_mut(&holder), name) {
                (Some(thing), Some(name)) => thing.entity.add("position", &name),
                (Some(_), None) if post.is_empty() => {
                    self.issue(
                        &record,
                        "post",
                        IssueKind::Missing,
                        "",
                        "an occupancy that names no position",
                    );
                }
                (Some(_), None) => self.orphan(&record, "post", &post),
                (None, _) => self.orphan(&record, "holder", &holder),
            }
        }
    }

    fn join_links(&mut self) {
        for link in std::mem::take(&mut self.links).into_values() {
            for source in &link.sources {
                for target in &link.targets {
                    self.join(&link, source, target);
                }
            }
        }
    }

    /// Puts a link on both its ends, as far as they are in the file.
    fn join(&mut self, link: &Link, source: &End, target: &End) {
        let present = [source, target].map(|end| self.things.contains_key(&end.id));
        for (end, present) in [source, target].into_iter().zip(present) {
            if !present && !end.id.is_empty() {
                self.orphan(&link.record, "link", &end.id);
            }
        }
        if present == [false, false] {
            let message = "a link of which neither end is in this file";
            self.issue(&link.record, "link", IssueKind::Dropped, &source.id, message);
        }
        for (holder, other, direction) in
            [(source, target, Direction::Outgoing), (target, source, Direction::Incoming)]
        {
            let known = self.things.contains_key(&other.id);
            // Ids with a colon may name an entity of another list.
            let whole = !known && (other.id.is_empty() || other.id.contains(':'));
            let other_id = if whole { other.id.clone() } else { self.id(&other.id).as_str().to_owned() };
            let Some(thing) = self.things.get_mut(&holder.id) else { continue };
            let mut relation = Relation { direction, ..link.relation.clone() };
            relation.other = (!other_id.is_empty()).then_some(other_id);
            if !known {
                relation.name.clone_from(&other.name);
            }
            if !thing.entity.relations.contains(&relation) {
                thing.entity.relations.push(relation);
            }
        }
    }
}

/// An address published as one text; a country's name at its end is taken as the country.
fn address_of(text: &str) -> Address {
    let last = text.rsplit(", ").next().unwrap_or_default();
    // Shorter words are as often codes of states of a federation.
    let country = Country::parse(last).ok().filter(|_| last.len() > 3);
    let named = country.filter(|country| country.name() == last);
    let street = match named {
        Some(_) => text[..text.len() - last.len()].trim_end_matches([',', ' ']),
        None => text,
    };
    Address { street: street.to_owned(), country, ..Address::default() }
}

/// Values have no order in FollowTheMoney: all but the caption are put in one, so that two files that say the same
/// read the same.
fn in_order(entity: &mut Entity) {
    if let Some(rest) = entity.names.get_mut(1..) {
        rest.sort_unstable();
    }
    entity.dates.sort_unstable();
    entity.countries.sort_unstable();
    entity.identifiers.sort_unstable();
    entity.addresses.sort_unstable();
    entity.designations.sort_unstable();
    entity.relations.sort_unstable();
    entity.referents.sort_unstable();
    entity.properties.values_mut().for_each(|values| values.sort_unstable());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_one_text() {
        for (text, street, country) in [
            ("Pyongyang, North Korea", "Pyongyang", Some("kp")),
            ("Los Angeles, CA", "Los Angeles, CA", None),
            ("North Korea", "", Some("kp")),
            ("Pyongyang, D.P.R.K.", "Pyongyang, D.P.R.K.", Some("kp")),
            ("12 High Street", "12 High Street", None),
        ] {
            let address = address_of(text);
            let code = address.country.map(|country| country.code().to_owned());
            assert_eq!((address.street.as_str(), code.as_deref()), (street, country), "{text}");
        }
    }
}
