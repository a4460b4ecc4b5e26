//! Switzerland's list of sanctioned individuals, entities and objects as XML.
//!
//! In: the whole list as one file, whose programmes and places stand in tables of their own. Out: a snapshot. The file
//! keeps targets that are no longer on the list: those whose last modification is a de-listing are passed over, and one
//! issue says which. What a modification added or removed repeats whole identities and is not read.

mod identity;
mod names;
mod places;
mod programs;
mod target;

use super::xml::{self, Element, Shape};
use super::{ListFormat, SourceFile};
use crate::ListError;
use cordon_model::{Issue, IssueKind, PartialDate, Snapshot};
use jiff::civil::Date;
use places::Places;
use programs::Programs;

/// The format.
pub(super) struct ChSecoXml;

static SHAPE: Shape = Shape {
    title: "Swiss SECO XML",
    root: "swiss-sanctions-list",
    sections: &[],
    key: "ssid",
    nothing: None,
};

impl ListFormat for ChSecoXml {
    fn id(&self) -> &'static str {
        "ch_seco_xml"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = SHAPE.pick(files, "consolidated-list.xml")?;
        let mut issues = Vec::new();
        let (mut programs, mut places, mut targets) = (Programs::default(), Places::default(), Vec::new());
        let mut head = xml::read(file, &SHAPE, |element| match element.name.as_str() {
            "sanctions-program" => programs.add(element, &mut issues),
            "place" => places.add(element, &mut issues),
            "target" => targets.push(without_history(element)),
            _ => unknown("file", &element, &mut issues),
        })?;
        head.take_attribute("list-type");
        let published = published(&head.take_attribute("date"), &mut issues);
        for (path, value) in head.leftovers(&SHAPE) {
            issues.push(Issue::new("file", &path, IssueKind::UnknownField, &value, UNKNOWN));
        }
        let mut reader = target::Reader {
            list,
            programs: &programs,
            places: &places,
            issues: &mut issues,
            delisted: Vec::new(),
        };
        let entities = targets.into_iter().filter_map(|target| reader.read(target)).collect();
        let delisted = std::mem::take(&mut reader.delisted);
        if !delisted.is_empty() {
            let message = format!("targets that were taken off the list are passed over: {}", delisted.len());
            issues.push(Issue::new(
                "file",
                "modification",
                IssueKind::Dropped,
                &delisted.join(", "),
                &message,
            ));
        }
        Ok(Snapshot::new(list, published, entities, issues))
    }
}

const UNKNOWN: &str = "an element or attribute the format does not know, or one repeated";

fn unknown(record: &str, element: &Element, issues: &mut Vec<Issue>) {
    for (path, value) in element.leftovers().into_iter().filter(|(_, value)| !value.is_empty()) {
        issues.push(Issue::new(record, &path, IssueKind::UnknownField, &value, UNKNOWN));
    }
}

/// A target without what its modifications added and removed.
fn without_history(mut target: Element) -> Element {
    for modification in target.children.iter_mut().filter(|child| child.name == "modification") {
        modification.children.clear();
    }
    target
}

fn published(text: &str, issues: &mut Vec<Issue>) -> Option<Date> {
    let day = PartialDate::parse(text).ok().and_then(PartialDate::exact_day);
    let date = day.and_then(|(year, month, day)| Date::new(year, month as i8, day as i8).ok());
    if date.is_none() {
        let kind = if text.is_empty() { IssueKind::Missing } else { IssueKind::Unparsed };
        issues.push(Issue::new("file", "date", kind, text, "a day was expected"));
    }
    date
}
