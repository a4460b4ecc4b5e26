//! The entity being made of one record, with the issues of its fields.

use super::countries::country_cell;
use super::xml::Element;
use super::{mentions, prose};
use cordon_model::{
    Address, Check, Country, CountryRole, Entity, EntityId, Identifier, Issue, IssueKind, PartialDate, Schema,
};

/// A record while it is being read.
pub(super) struct Draft<'a> {
    pub(super) entity: Entity,
    /// The publisher's key, for issues.
    pub(super) key: String,
    issues: &'a mut Vec<Issue>,
}

impl<'a> Draft<'a> {
    /// A record of which nothing but list, key and kind is known.
    pub(super) fn new(list: &str, key: &str, schema: Schema, issues: &'a mut Vec<Issue>) -> Self {
        let mut entity = Entity::new(EntityId::new(list, key), schema);
        entity.add("topics", "sanction");
        Self { entity, key: key.to_owned(), issues }
    }

    pub(super) fn issue(&mut self, field: &str, kind: IssueKind, value: &str, message: &str) {
        self.issues.push(Issue::new(&self.key, field, kind, value, message));
    }

    /// Reports what was not taken out of an element.
    pub(super) fn leftovers(&mut self, element: &Element) {
        for (path, value) in element.leftovers().into_iter().filter(|(_, value)| !value.is_empty()) {
            let message = "an element or attribute the format does not know, or one repeated";
            self.issue(&path, IssueKind::UnknownField, &value, message);
        }
    }

    /// A remark for readers.
    pub(super) fn note(&mut self, text: &str) {
        self.entity.add("notes", text);
    }

    /// Another id of this party; one that is already there is not added.
    pub(super) fn refer(&mut self, list: &str, key: &str) {
        let id = EntityId::new(list, key).as_str().to_owned();
        if !key.trim().is_empty() && !self.entity.referents.contains(&id) {
            self.entity.referents.push(id);
        }
    }

    pub(super) fn add_address(&mut self, address: Address) {
        if !address.is_empty() && !self.entity.addresses.contains(&address) {
            self.entity.addresses.push(address);
        }
    }

    /// Adds an identifier and reports one whose check digits fail. One that stands there already with less said about
    /// it is replaced.
    pub(super) fn add_identifier(&mut self, field: &str, identifier: Identifier) {
        let same = |other: &Identifier| {
            (other.scheme, &other.value) == (identifier.scheme, &identifier.value)
                && (other.kind == identifier.kind || other.kind.is_empty() || identifier.kind.is_empty())
        };
        if let Some(held) = self.entity.identifiers.iter_mut().find(|held| same(held)) {
            if said(&identifier) > said(held) {
                *held = identifier;
            }
            return;
        }
        if identifier.check == Check::Failed {
            let message = format!("the check digits of this {} are wrong", identifier.scheme.label());
            self.issue(field, IssueKind::CheckFailed, &identifier.value, &message);
        }
        self.entity.identifiers.push(identifier);
    }

    /// Reads a country field into facts of a role: the first country. A text that says more is kept, one without a
    /// country is an issue.
    pub(super) fn read_country(
        &mut self,
        role: CountryRole,
        field: &str,
        label: &str,
        cell: &str,
    ) -> Option<Country> {
        if cell.is_empty() {
            return None;
        }
        let found = country_cell(cell);
        if found.countries.is_empty() {
            self.issue(field, IssueKind::UnknownValue, cell, "not a country we know; kept in the notes");
        }
        if found.says_more {
            self.note(&format!("{label}: {cell}"));
        }
        for country in &found.countries {
            self.entity.add_country(role, *country);
        }
        found.countries.first().copied()
    }

    /// A date field; a text that is no date is an issue.
    pub(super) fn read_date(&mut self, field: &str, text: &str) -> Option<PartialDate> {
        if text.is_empty() {
            return None;
        }
        let read = PartialDate::parse(text);
        if let Err(error) = &read {
            self.issue(field, IssueKind::Unparsed, text, &error.to_string());
        }
        read.ok()
    }

    /// Keeps a text for readers and takes from it what can be taken for sure: numbers, contacts, gender, parents.
    pub(super) fn read_prose(&mut self, field: &str, text: &str) {
        self.note(text);
        let person = self.entity.schema.is_person();
        let organisation = self.entity.schema.is_organisation();
        for identifier in prose::identifiers(text, organisation) {
            self.add_identifier(field, identifier);
        }
        for (property, value) in mentions::contacts(text) {
            self.entity.add(property, &value);
        }
        for link in mentions::notices(text) {
            self.entity.add("sourceUrl", link);
        }
        if !person {
            return;
        }
        if let Some(gender) = mentions::gender(text).filter(|_| self.entity.values("gender").is_empty()) {
            self.entity.add("gender", gender);
        }
        for (property, name) in mentions::parents(text) {
            self.entity.add(property, &name);
        }
    }

    /// The finished entity; `None` with an issue when the record holds no name.
    pub(super) fn finish(mut self, field: &str) -> Option<Entity> {
        if self.entity.names.is_empty() {
            self.issue(field, IssueKind::Dropped, "", "a record without any name");
            return None;
        }
        Some(self.entity)
    }
}

/// How many things are said about an identifier.
fn said(identifier: &Identifier) -> usize {
    let told = [
        identifier.country.is_some(),
        identifier.issued.is_some(),
        identifier.expires.is_some(),
        !identifier.kind.is_empty(),
        !identifier.note.is_empty(),
    ];
    told.into_iter().filter(|told| *told).count()
}
