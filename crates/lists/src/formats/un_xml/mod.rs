//! The UN Security Council's consolidated list, as the XML file the UN serves.
//!
//! In: the one file, any vintage since 2016. Out: a snapshot; one person or organisation per record, named by its
//! permanent reference number, with its `DATAID` and older references among the referents. Passed over on purpose: `VERSIONNUM`, `SORT_KEY` and `SORT_KEY_LAST_MOD`, which serve
//! the publisher's display, and schema locations. Absent: ships as entities of their own; the list holds them only in
//! comments on their owners.

mod aliases;
pub(super) mod cells;
mod dates;
mod documents;
mod places;
mod record;
mod regimes;

use super::xml::{self, Shape};
use super::{ListFormat, SourceFile};
use crate::ListError;
use cordon_model::{Address, Entity, Identifier, Issue, IssueKind, PartialDate, Snapshot};
use std::collections::BTreeSet;

/// UN consolidated XML.
pub(crate) struct UnXml;

static SHAPE: Shape = Shape {
    title: "UN consolidated XML",
    root: "CONSOLIDATED_LIST",
    sections: &["INDIVIDUALS", "ENTITIES"],
    key: "DATAID",
    // The default of the list's schema.
    nothing: Some("na"),
};

impl ListFormat for UnXml {
    fn id(&self) -> &'static str {
        "un_xml"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file =
            files.iter().find(|file| SHAPE.fits(file.bytes)).or_else(|| files.first()).ok_or_else(|| {
                ListError::MissingFile { file: "consolidated.xml".to_owned(), given: "none".to_owned() }
            })?;
        let (mut entities, mut issues) = (Vec::new(), Vec::new());
        let mut head = xml::read(file, &SHAPE, |element| match element.name.as_str() {
            "INDIVIDUAL" | "ENTITY" => entities.extend(record::read(list, element, &mut issues)),
            _ => unknown("file", element.leftovers(), &mut issues),
        })?;
        let published = published(&head.take_attribute("dateGenerated"), &mut issues);
        unknown("file", head.leftovers(&SHAPE), &mut issues);
        orphans(&entities, &mut issues);
        Ok(Snapshot::new(list, published, entities, issues))
    }
}

/// An issue for each element or attribute that is left over.
fn unknown(record: &str, leftovers: Vec<(String, String)>, issues: &mut Vec<Issue>) {
    for (path, value) in leftovers {
        let message = "an element or attribute the format does not know, or one repeated";
        issues.push(Issue::new(record, &path, IssueKind::UnknownField, &value, message));
    }
}

fn published(generated: &str, issues: &mut Vec<Issue>) -> Option<jiff::civil::Date> {
    let read = PartialDate::parse(generated).ok().and_then(PartialDate::exact_day);
    let date = read.and_then(|(year, month, day)| jiff::civil::Date::new(year, month as i8, day as i8).ok());
    if date.is_none() {
        let kind = if generated.is_empty() { IssueKind::Missing } else { IssueKind::Unparsed };
        issues.push(Issue::new("file", "dateGenerated", kind, generated, "a day was expected"));
    }
    date
}

/// An issue for each link to an entry that is not, or no longer, on the list; the link is kept.
fn orphans(entities: &[Entity], issues: &mut Vec<Issue>) {
    let present: BTreeSet<&str> = entities.iter().map(|entity| entity.id.as_str()).collect();
    for entity in entities {
        for other in entity.relations.iter().filter_map(|relation| relation.other.as_deref()) {
            if !present.contains(other) {
                let message = "an entry that is not in this file; the link is kept by its id";
                let key = entity.id.key();
                issues.push(Issue::new(key, "COMMENTS1", IssueKind::Orphan, other, message));
            }
        }
    }
}

/// The entity being made of one record, with its issues.
struct Draft<'a> {
    entity: Entity,
    list: &'a str,
    key: String,
    issues: &'a mut Vec<Issue>,
}

impl Draft<'_> {
    fn issue(&mut self, field: &str, kind: IssueKind, value: &str, message: &str) {
        self.issues.push(Issue::new(&self.key, field, kind, value, message));
    }

    /// Reports what was not taken out of an element.
    fn leftovers(&mut self, element: &xml::Element) {
        unknown(&self.key, element.leftovers(), self.issues);
    }

    /// A remark for readers.
    fn note(&mut self, text: &str) {
        self.entity.add("notes", text);
    }

    fn add_address(&mut self, address: Address) {
        if !address.is_empty() && !self.entity.addresses.contains(&address) {
            self.entity.addresses.push(address);
        }
    }

    /// Adds an identifier and reports one whose check digits fail.
    fn add_identifier(&mut self, identifier: Identifier) {
        if identifier.check == cordon_model::Check::Failed {
            let message = format!("the check digits of this {} are wrong", identifier.label());
            self.issue("COMMENTS1", IssueKind::CheckFailed, &identifier.value, &message);
        }
        self.entity.add_identifier(identifier);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cordon_model::{EntityId, Schema};

    /// Runs a reader of one element on an empty person: the person and the issues.
    pub(super) fn draft_of(read: impl FnOnce(&mut Draft<'_>)) -> (Entity, Vec<Issue>) {
        let mut issues = Vec::new();
        let entity = Entity::new(EntityId::new("un", "QDi.001"), Schema::Person);
        let mut draft = Draft { entity, list: "un", key: "QDi.001".to_owned(), issues: &mut issues };
        read(&mut draft);
        let entity = draft.entity;
        (entity, issues)
    }

    /// An element of this name with these children.
    pub(super) fn element(name: &str, children: &str) -> xml::Element {
        let text = format!("<CONSOLIDATED_LIST><{name}>{children}</{name}></CONSOLIDATED_LIST>");
        let file = SourceFile { name: "test.xml", bytes: text.as_bytes() };
        let mut found = None;
        xml::read(&file, &SHAPE, |element| found = Some(element)).unwrap();
        found.unwrap()
    }
}
