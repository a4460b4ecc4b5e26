//! OFAC's ENHANCED XML: `SDN_ENHANCED.XML` and `CONS_ENHANCED.XML`.
//!
//! In: the one file. Out: a snapshot whose entities bear the ids of the CSV files; a party that stands on several of
//! OFAC's lists is one entity. The fullest of OFAC's formats: names and addresses in their own scripts, dates with their
//! bounds, documents with their validity, typed links by number. Passed over on purpose: numbers of parts of records,
//! flags for ranges (which are wrong), references to tables whose text stands beside them, and the tables themselves but
//! for codes of countries.

mod details;
mod names;
mod record;

use super::ofac::dates;
use super::ofac::record::{finish, unknown};
use super::xml::{self, Element, Shape};
use super::{ListFormat, SourceFile};
use crate::ListError;
use cordon_model::{Issue, IssueKind, Snapshot};
use std::collections::HashMap;

/// The format.
pub(super) struct OfacEnhancedXml;

static SHAPE: Shape = Shape {
    title: "OFAC ENHANCED XML",
    root: "sanctionsData",
    sections: &["referenceValues", "featureTypes", "entities"],
    key: "id",
    nothing: None,
};

/// Numbers of the file's countries → their codes.
type Codes = HashMap<String, String>;

impl ListFormat for OfacEnhancedXml {
    fn id(&self) -> &'static str {
        "ofac_enhanced_xml"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = SHAPE.pick(files, "sdn_enhanced.xml")?;
        let (mut parties, mut issues) = (Vec::new(), Vec::new());
        let mut codes = Codes::new();
        let mut published = String::new();
        let head = xml::read(file, &SHAPE, |mut element| match element.name.as_str() {
            "entity" => parties.extend(record::read(list, element, &codes, &mut issues)),
            "referenceValue" => {
                let code = element.take_text("isoCode");
                if !code.is_empty() {
                    codes.insert(element.take_attribute("refId"), code);
                }
            }
            // What a feature is called stands beside every feature.
            "featureType" => {}
            "publicationInfo" => published = publication(element, &mut issues),
            _ => unknown("file", element.leftovers(), &mut issues),
        })?;
        unknown("file", head.leftovers(&SHAPE), &mut issues);
        let day = dates::day(&published).and_then(dates::civil);
        Ok(finish(list, ("dataAsOf", &published), day, parties, issues))
    }
}

/// Reads when the file was made and of what. A file filtered by anything but lists holds only a part of them.
fn publication(mut element: Element, issues: &mut Vec<Issue>) -> String {
    let published = element.take_text("dataAsOf");
    for mut filters in element.take_all("filters") {
        for mut list in filters.take_items("sanctionsLists", "sanctionsList") {
            list.take_attribute("refId");
            list.text.clear();
            unknown("file", list.leftovers(), issues);
        }
        for (path, value) in filters.leftovers() {
            let message = "the file was filtered; parties of the list may be missing from it";
            issues.push(Issue::new("file", &path, IssueKind::UnknownField, &value, message));
        }
    }
    unknown("file", element.leftovers(), issues);
    published
}

/// Whether a field says yes.
fn is_true(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

/// Takes out the text of a child with a reference to a table: `<script refId="20122">Latin</script>`.
fn referenced(element: &mut Element, name: &str) -> String {
    let Some(at) = element.children.iter().position(|child| child.name == name && child.children.is_empty())
    else {
        return String::new();
    };
    let mut child = element.children.remove(at);
    child.drop_attributes(&["refId", "featureTypeId"]);
    let text = std::mem::take(&mut child.text);
    if !child.attributes.is_empty() {
        element.children.push(child);
    }
    text
}
