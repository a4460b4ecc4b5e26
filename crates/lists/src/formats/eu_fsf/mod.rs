//! The EU's consolidated list of persons and groups under financial sanctions, in the three forms it has been served in.
//!
//! In: the XML of schema 1.1 ([`EuFsfXml`]), its table twin ([`EuFsfCsv`]), or the XML used before 2018 ([`EuFsdXml`]).
//! The latter two are brought to the elements of the first, which one reader turns into entities: an entity is named by
//! its logical id, which all three forms carry, and its EU reference number is among the referents. Passed over on
//! purpose: logical ids of details and the language of the acts. Absent: ships as entities of their own and the annexes
//! that are not freezes; the list holds neither.

mod acts;
mod csv;
mod facts;
mod names;
mod old_xml;
mod papers;
mod record;

pub(crate) use csv::EuFsfCsv;
pub(crate) use old_xml::EuFsdXml;

use super::reading::{Reading, pick};
use super::xml::{self, Shape};
use super::{ListFormat, SourceFile};
use crate::ListError;
use cordon_model::Snapshot;

/// EU financial sanctions XML, schema 1.1.
pub(crate) struct EuFsfXml;

static SHAPE: Shape = Shape {
    title: "EU financial sanctions XML 1.1",
    root: "export",
    sections: &[],
    key: "logicalId",
    nothing: None,
};

/// A part of the name space that tells this `export` from any other.
const NAME_SPACE: &[u8] = b"fpi/fsd/export";
/// Bytes among which the name space is looked for.
const HEAD: usize = 4096;

fn fits(file: &SourceFile<'_>) -> bool {
    let head = &file.bytes[..file.bytes.len().min(HEAD)];
    SHAPE.fits(file.bytes) && head.windows(NAME_SPACE.len()).any(|window| window == NAME_SPACE)
}

impl ListFormat for EuFsfXml {
    fn id(&self) -> &'static str {
        "eu_fsf_xml"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(fits)
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = pick(files, fits, "xmlFullSanctionsList_1_1.xml")?;
        let mut reading = Reading::new(list);
        let mut head = xml::read(file, &SHAPE, |element| match element.name.as_str() {
            "sanctionEntity" => reading.record(element, record::read),
            _ => reading.unknown(element.leftovers()),
        })?;
        let published = head.take_attribute("generationDate");
        // The number of the file, new with every export.
        head.take_attribute("globalFileId");
        reading.unknown(head.leftovers(&SHAPE));
        Ok(reading.finish("generationDate", &published))
    }
}

#[cfg(test)]
mod tests {
    use super::record::Record;
    use super::*;
    use crate::formats::draft::Draft;
    use crate::formats::xml::Element;
    use cordon_model::{Entity, Issue, Schema};

    /// Runs a reader on an empty entity: the entity and the issues.
    pub(super) fn record_of(schema: Schema, read: impl FnOnce(&mut Record<'_>)) -> (Entity, Vec<Issue>) {
        let mut issues = Vec::new();
        let mut record = Record::new(Draft::new("eu", "1", schema, &mut issues));
        read(&mut record);
        let entity = record.draft.entity;
        (entity, issues)
    }

    /// The element an XML text describes.
    pub(super) fn element(text: &str) -> Element {
        let text = format!("<export>{text}</export>");
        let file = SourceFile { name: "test.xml", bytes: text.as_bytes() };
        let mut found = None;
        xml::read(&file, &SHAPE, |element| found = Some(element)).unwrap();
        found.unwrap()
    }
}
