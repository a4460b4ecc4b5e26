//! Canada's consolidated list of autonomous sanctions as XML.
//!
//! In: `sema-lmes.xml`, with the field names used before 2021 or after. Out: a snapshot. A record bears no number but its
//! place in a schedule, which moves when an entry above it is repealed: an entity's key is its regulations and a digest
//! of its name, and the place stands as the reference of the designation. Records of one name under one set of
//! regulations are one entity unless their dates of birth differ. The file carries no date.

mod names;
mod record;
mod regulations;

use super::xml::{self, Shape};
use super::{ListFormat, SourceFile};
use crate::ListError;
use cordon_model::{Entity, EntityId, Issue, IssueKind, Snapshot};

/// The format.
pub(super) struct CaSemaXml;

static SHAPE: Shape =
    Shape { title: "Canada SEMA XML", root: "data-set", sections: &[], key: "Item", nothing: Some("N/A") };

impl ListFormat for CaSemaXml {
    fn id(&self) -> &'static str {
        "ca_sema_xml"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = SHAPE.pick(files, "sema-lmes.xml")?;
        let (mut entities, mut issues) = (Vec::new(), Vec::new());
        let head = xml::read(file, &SHAPE, |element| match element.name.as_str() {
            "record" => entities.extend(record::read(list, element, &mut issues)),
            _ => unknown(element.leftovers(), &mut issues),
        })?;
        unknown(head.leftovers(&SHAPE), &mut issues);
        Ok(Snapshot::new(list, None, join(entities), issues))
    }
}

fn unknown(leftovers: Vec<(String, String)>, issues: &mut Vec<Issue>) {
    for (path, value) in leftovers {
        let message = "an element or attribute the format does not know";
        issues.push(Issue::new("file", &path, IssueKind::UnknownField, &value, message));
    }
}

/// Joins the records of one key; where dates of birth differ the later record gets a number behind its key.
fn join(mut records: Vec<Entity>) -> Vec<Entity> {
    records.sort_by(|one, two| one.id.cmp(&two.id));
    let mut joined: Vec<Entity> = Vec::with_capacity(records.len());
    let (mut key, mut begin) = (String::new(), 0);
    for record in records {
        if record.id.as_str() != key {
            record.id.as_str().clone_into(&mut key);
            begin = joined.len();
        }
        let number = joined.len() - begin + 1;
        if let Some(held) = joined[begin..].iter_mut().find(|held| could_be_one(held, &record)) {
            merge(held, record);
        } else if number == 1 {
            joined.push(record);
        } else {
            let id = EntityId::new(record.id.list(), &format!("{}-{number}", record.id.key()));
            joined.push(Entity { id, ..record });
        }
    }
    joined
}

fn could_be_one(one: &Entity, two: &Entity) -> bool {
    let same = one.dates.iter().any(|date| two.dates.contains(date));
    one.schema == two.schema && (same || one.dates.is_empty() || two.dates.is_empty())
}

fn merge(held: &mut Entity, other: Entity) {
    for name in other.names {
        held.add_name(name);
    }
    for fact in other.dates {
        held.add_date(fact.role, fact.date);
    }
    for identifier in other.identifiers {
        held.add_identifier(identifier);
    }
    for designation in other.designations {
        if !held.designations.contains(&designation) {
            held.designations.push(designation);
        }
    }
    for (property, values) in &other.properties {
        for value in values {
            held.add(property, value);
        }
    }
}
