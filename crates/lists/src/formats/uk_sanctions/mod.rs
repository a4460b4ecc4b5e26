//! The United Kingdom's lists: the UK Sanctions List as XML ([`UkXml`]) and table ([`UkCsv`]), and the Treasury's
//! consolidated list of financial sanctions targets that it replaced in January 2026 ([`OfsiCsv`]).
//!
//! The tables are brought to the elements of the XML, which one reader turns into entities: an entity of the UK Sanctions
//! List is named by its unique id, one of the Treasury's list by its group id; each list has the other's key among its
//! referents. Absent: names in narratives; they are of other parties too.

mod cells;
mod csv;
mod facts;
mod measures;
mod names;
mod numbers;
mod ofsi;
mod record;
mod regimes;

pub(crate) use csv::UkCsv;
pub(crate) use ofsi::OfsiCsv;

use super::reading::Reading;
use super::xml::{self, Element, Shape};
use super::{ListFormat, SourceFile};
use crate::ListError;
use cordon_model::Snapshot;

/// The list of the Foreign, Commonwealth and Development Office.
const UK_LIST: &str = "gb_fcdo_sanctions";
/// The Treasury's list.
const OFSI_LIST: &str = "gb_hmt_sanctions";

/// UK Sanctions List XML.
pub(crate) struct UkXml;

static SHAPE: Shape = Shape {
    title: "UK Sanctions List XML",
    root: "Designations",
    sections: &[],
    key: "UniqueID",
    nothing: None,
};

impl ListFormat for UkXml {
    fn id(&self) -> &'static str {
        "uk_fcdo_xml"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = SHAPE.pick(files, "UK-Sanctions-List.xml")?;
        let mut reading = Reading::new(list);
        let mut published = String::new();
        let head = xml::read(file, &SHAPE, |mut element| match element.name.as_str() {
            "Designation" => reading.record(element, record::read),
            "DateGenerated" if published.is_empty() => published = std::mem::take(&mut element.text),
            _ => reading.unknown(element.leftovers()),
        })?;
        reading.unknown(head.leftovers(&SHAPE));
        Ok(reading.finish("DateGenerated", &published))
    }
}

/// An element of this name with nothing in it.
fn named(name: &str) -> Element {
    Element { name: name.to_owned(), ..Element::default() }
}

/// An element with a text.
fn leaf(name: &str, text: &str) -> Element {
    Element { text: text.to_owned(), ..named(name) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::Draft;
    use cordon_model::{Entity, Issue, Schema};

    /// Runs a reader on an empty entity: the entity and the issues.
    pub(super) fn draft_of(schema: Schema, read: impl FnOnce(&mut Draft<'_>)) -> (Entity, Vec<Issue>) {
        let mut issues = Vec::new();
        let mut draft = Draft::new(UK_LIST, "RUS0001", schema, &mut issues);
        read(&mut draft);
        let entity = draft.entity;
        (entity, issues)
    }

    /// The element an XML text describes.
    pub(super) fn element(text: &str) -> Element {
        let text = format!("<Designations>{text}</Designations>");
        let file = SourceFile { name: "test.xml", bytes: text.as_bytes() };
        let mut found = None;
        xml::read(&file, &SHAPE, |element| found = Some(element)).unwrap();
        found.unwrap()
    }
}
