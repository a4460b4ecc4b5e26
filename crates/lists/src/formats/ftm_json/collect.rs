//! Records taken one by one, in any order and inside each other, and sorted by what they are.

use super::vocabulary::{REFERENCES, Role, is_known, role};
use cordon_model::ftm::{
    FtmEntity, FtmValue, LinkSchema, read_address, read_designation, read_link, read_thing,
};
use cordon_model::{Address, Designation, Direction, Entity, EntityId, Issue, IssueKind, Relation, Schema};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One end of a link: an id, or a name where only that is told, or both.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct End {
    pub(super) id: String,
    pub(super) name: String,
}

pub(super) struct Thing {
    pub(super) entity: Entity,
    /// Whether it has a line of its own, which counts more than a copy inside another record.
    own_line: bool,
}

pub(super) struct Link {
    pub(super) record: String,
    pub(super) relation: Relation,
    pub(super) sources: Vec<End>,
    pub(super) targets: Vec<End>,
}

/// Takes records in any order, then joins them.
pub(super) struct Joiner<'a> {
    list: &'a str,
    pub(super) things: BTreeMap<String, Thing>,
    pub(super) addresses: BTreeMap<String, (Address, String)>,
    pub(super) address_uses: Vec<(String, String)>,
    pub(super) designations: Vec<(String, String, Designation)>,
    pub(super) documents: Vec<(String, FtmEntity)>,
    pub(super) links: BTreeMap<String, Link>,
    pub(super) positions: BTreeMap<String, String>,
    pub(super) occupancies: BTreeMap<String, (String, String)>,
    pub(super) passed_over: BTreeMap<String, usize>,
    pub(super) issues: Vec<Issue>,
    pub(super) latest: Option<Date>,
}

/// What stands around a nested record.
#[derive(Clone, Copy)]
struct Around<'a> {
    /// Id of the record it stands in.
    holder: &'a str,
    /// The property it stands under.
    property: &'a str,
}

impl<'a> Joiner<'a> {
    pub(super) fn new(list: &'a str) -> Self {
        Self {
            list,
            things: BTreeMap::new(),
            addresses: BTreeMap::new(),
            address_uses: Vec::new(),
            designations: Vec::new(),
            documents: Vec::new(),
            links: BTreeMap::new(),
            positions: BTreeMap::new(),
            occupancies: BTreeMap::new(),
            passed_over: BTreeMap::new(),
            issues: Vec::new(),
            latest: None,
        }
    }

    pub(super) fn report(&mut self, issues: impl IntoIterator<Item = Issue>) {
        self.issues.extend(issues);
    }

    pub(super) fn issue(&mut self, record: &str, field: &str, kind: IssueKind, value: &str, message: &str) {
        self.issues.push(Issue::new(record, field, kind, value, message));
    }

    /// Takes the record of a line, `place` says which.
    pub(super) fn accept(&mut self, place: &str, wire: FtmEntity) {
        if wire.id.is_empty() {
            let message = "a record without an id";
            return self.issue(place, "id", IssueKind::Dropped, &wire.caption, message);
        }
        for time in [&wire.last_seen, &wire.last_change].into_iter().flatten() {
            let day = time.get(..10).and_then(|day| day.parse::<Date>().ok());
            self.latest = self.latest.max(day);
        }
        self.take(wire, None);
    }

    /// The id a thing of the wire has in this list: its own where that begins with the list already.
    pub(super) fn id(&self, wire: &str) -> EntityId {
        let own = wire.strip_prefix(self.list).and_then(|rest| rest.strip_prefix(':'));
        EntityId::new(self.list, own.unwrap_or(wire))
    }

    fn take(&mut self, mut wire: FtmEntity, around: Option<Around<'_>>) {
        for field in std::mem::take(&mut wire.unknown) {
            let message = "a field the format does not know";
            self.issue(&wire.id, &field, IssueKind::UnknownField, "", message);
        }
        let role = match role(&wire.schema) {
            // A wallet inside its holder's record is one of the holder's numbers.
            Role::Thing(Schema::CryptoWallet)
                if around.is_some_and(|around| around.property == "cryptoWallets") =>
            {
                Role::Document
            }
            role => role,
        };
        match role {
            Role::Thing(schema) => self.take_thing(wire, schema, around),
            Role::Address => self.take_address(&wire, around),
            Role::Sanction => self.take_sanction(wire, around),
            Role::Document => self.take_document(wire, around),
            Role::Link(link) => self.take_link(wire, link, around),
            Role::Position => self.take_position(&wire),
            Role::Occupancy => self.take_occupancy(wire, around),
            Role::PassedOver => *self.passed_over.entry(wire.schema).or_default() += 1,
            Role::Unknown => {
                let message = "a schema we do not know; kept as a thing";
                self.issue(&wire.id, "schema", IssueKind::UnknownValue, &wire.schema, message);
                self.take_thing(wire, Schema::Thing, around);
            }
        }
    }

    fn take_thing(&mut self, mut wire: FtmEntity, schema: Schema, around: Option<Around<'_>>) {
        let properties = std::mem::take(&mut wire.properties);
        for (property, values) in properties {
            let (nested, texts): (Vec<FtmValue>, Vec<FtmValue>) =
                values.into_iter().partition(|value| matches!(value, FtmValue::Entity(_)));
            if nested.is_empty() && !is_known(&property) {
                let value = texts.first().map(FtmValue::text).unwrap_or_default();
                let message = "not a property of parties and things we know; kept";
                self.issue(&wire.id, &property, IssueKind::UnknownField, value, message);
            }
            for value in nested {
                if let FtmValue::Entity(inner) = value {
                    self.take_nested(&wire.id, &property, *inner);
                }
            }
            self.take_references(&wire.id, &property, &texts);
            let reference = REFERENCES.iter().any(|row| row.0 == property) || property == "addressEntity";
            if !texts.is_empty() && !reference {
                wire.properties.insert(property, texts);
            }
        }
        if around.is_some() && (wire.schema == Schema::Thing.as_str() || wire.id.is_empty()) {
            // A name at the end of a link, not a record of an entity.
            return;
        }
        let named = std::mem::replace(&mut wire.schema, schema.as_str().to_owned());
        let (entity, issues) = read_thing(&wire, self.id(&wire.id));
        let Some(mut entity) = entity else { return self.report(issues) };
        if named != schema.as_str() {
            entity.add("type", &named);
        }
        for dataset in wire.datasets.iter().filter(|dataset| *dataset != self.list) {
            entity.add("datasets", dataset);
        }
        if wire.target == Some(false) {
            entity.add("target", "false");
        }
        if schema == Schema::CryptoWallet && !wire.first("holder").is_empty() {
            self.documents.push((wire.first("holder").to_owned(), wire.clone()));
        }
        self.keep(&wire.id, entity, issues, around.is_none());
    }

    /// Keeps an entity unless a better copy is there.
    fn keep(&mut self, id: &str, entity: Entity, issues: Vec<Issue>, own_line: bool) {
        match self.things.get(id) {
            Some(held) if held.own_line && own_line => {
                if held.entity != entity {
                    let message = "a second record bears this id; the first is kept";
                    self.issue(id, "id", IssueKind::Dropped, entity.caption(), message);
                }
            }
            Some(held) if held.own_line || !own_line => {}
            _ => {
                if entity.names.is_empty() && entity.schema != Schema::CryptoWallet {
                    let message = "an entity without a name; its id stands for it";
                    self.issue(id, "name", IssueKind::Missing, "", message);
                }
                self.report(issues);
                self.things.insert(id.to_owned(), Thing { entity, own_line });
            }
        }
    }

    fn take_nested(&mut self, holder: &str, property: &str, inner: FtmEntity) {
        if REFERENCES.iter().any(|row| row.0 == property) {
            let end = FtmValue::Text(inner.id.clone());
            self.take_references(holder, property, &[end]);
        }
        self.take(inner, Some(Around { holder, property }));
    }

    /// Properties of a thing that name other records.
    fn take_references(&mut self, holder: &str, property: &str, values: &[FtmValue]) {
        if property == "addressEntity" {
            let uses = values.iter().map(|value| (holder.to_owned(), value.text().to_owned()));
            self.address_uses.extend(uses);
        }
        let Some((_, kind, is_target, role)) = REFERENCES.iter().find(|row| row.0 == property) else {
            return;
        };
        for value in values {
            let here = vec![End { id: holder.to_owned(), name: String::new() }];
            let there = vec![End { id: value.text().to_owned(), name: String::new() }];
            let (sources, targets) = if *is_target { (there, here) } else { (here, there) };
            let relation = Relation::to_name(*kind, Direction::Outgoing, "", role);
            let key = format!("{holder} {property} {}", value.text());
            self.links.insert(key, Link { record: holder.to_owned(), relation, sources, targets });
        }
    }

    fn take_address(&mut self, wire: &FtmEntity, around: Option<Around<'_>>) {
        let (address, issues) = read_address(wire);
        let id = match around {
            Some(around) if wire.id.is_empty() => format!("{}#{}", around.holder, self.addresses.len()),
            _ => wire.id.clone(),
        };
        if let Some(around) = around {
            self.address_uses.push((around.holder.to_owned(), id.clone()));
        }
        if !self.addresses.contains_key(&id) {
            self.report(issues);
            self.addresses.insert(id, (address, wire.first("full").to_owned()));
        }
    }

    /// The ids a record names under a property, else the record around it; nested records there are taken too.
    fn holders(&mut self, wire: &mut FtmEntity, property: &str, around: Option<Around<'_>>) -> Vec<String> {
        let ends = self.ends(wire, property, around);
        ends.into_iter().map(|end| end.id).filter(|id| !id.is_empty()).collect()
    }

    fn take_sanction(&mut self, mut wire: FtmEntity, around: Option<Around<'_>>) {
        let holders = self.holders(&mut wire, "entity", around);
        let (designation, issues) = read_designation(&wire);
        self.report(issues);
        for holder in holders {
            self.designations.push((wire.id.clone(), holder, designation.clone()));
        }
    }

    fn take_document(&mut self, mut wire: FtmEntity, around: Option<Around<'_>>) {
        for holder in self.holders(&mut wire, "holder", around) {
            self.documents.push((holder, wire.clone()));
        }
    }

    fn take_position(&mut self, wire: &FtmEntity) {
        let name = wire.texts("name").find(|name| *name == wire.caption).unwrap_or(wire.first("name"));
        self.positions.insert(wire.id.clone(), name.to_owned());
    }

    fn take_occupancy(&mut self, mut wire: FtmEntity, around: Option<Around<'_>>) {
        let holders =
            self.holders(&mut wire, "holder", around.filter(|around| around.property != "occupancies"));
        let posts = self.holders(&mut wire, "post", around.filter(|around| around.property == "occupancies"));
        let post = posts.into_iter().next().unwrap_or_default();
        for holder in holders {
            self.occupancies.insert(format!("{} {holder}", wire.id), (holder, post.clone()));
        }
    }

    fn take_link(&mut self, mut wire: FtmEntity, link: LinkSchema, around: Option<Around<'_>>) {
        let mut sources = self.ends(&mut wire, link.source, None);
        let mut targets = self.ends(&mut wire, link.target, None);
        if let Some(around) = around {
            // A link may leave out the end it stands inside of.
            let here = End { id: around.holder.to_owned(), name: String::new() };
            if sources.is_empty() && !targets.contains(&here) {
                sources.push(here);
            } else if targets.is_empty() && !sources.contains(&here) {
                targets.push(here);
            }
        }
        let (relation, issues) = read_link(&wire, link);
        if sources.is_empty() || targets.is_empty() {
            let field = if sources.is_empty() { link.source } else { link.target };
            return self.issue(
                &wire.id,
                field,
                IssueKind::Missing,
                &wire.caption,
                "a link without one of its ends",
            );
        }
        let key = if wire.id.is_empty() { format!("#{}", self.links.len()) } else { wire.id.clone() };
        if !self.links.contains_key(&key) {
            self.report(issues);
            self.links.insert(key, Link { record: wire.id, relation, sources, targets });
        }
    }

    /// Takes the ends out of a property of a record; the record around it where there are none.
    fn ends(&mut self, wire: &mut FtmEntity, property: &str, around: Option<Around<'_>>) -> Vec<End> {
        let values = wire.properties.remove(property).unwrap_or_default();
        let mut ends = Vec::new();
        for value in values {
            match value {
                FtmValue::Text(id) => ends.push(End { id, name: String::new() }),
                FtmValue::Entity(inner) => {
                    let name = [inner.caption.as_str(), inner.first("name")]
                        .into_iter()
                        .find(|text| !text.is_empty());
                    let name = name.unwrap_or_default().to_owned();
                    ends.push(End { id: inner.id.clone(), name });
                    let around = Around { holder: &wire.id, property };
                    self.take(*inner, Some(around));
                }
            }
        }
        if ends.is_empty() {
            ends.extend(around.map(|around| End { id: around.holder.to_owned(), name: String::new() }));
        }
        ends
    }
}
