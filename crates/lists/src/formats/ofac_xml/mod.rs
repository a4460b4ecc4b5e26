//! OFAC's standard XML: `SDN.XML` and `CONSOLIDATED.XML`.
//!
//! In: the one file, any vintage since 2018. Out: a snapshot whose entities bear the ids of the CSV files. The file does
//! not say which of the two lists it is: the list's id does, else its name. Passed over on purpose: the `uid` of parts of
//! records, which no other file names. The element for its date and count is really spelled `publshInformation`.

mod record;

use super::ofac::dates::civil;
use super::ofac::measures::Family;
use super::ofac::record::{finish, unknown};
use super::xml::{self, Element, Shape};
use super::{ListFormat, SourceFile};
use crate::ListError;
use cordon_model::{Issue, IssueKind, Snapshot};
use jiff::civil::Date;

/// The format.
pub(super) struct OfacXml;

static SHAPE: Shape =
    Shape { title: "OFAC standard XML", root: "sdnList", sections: &[], key: "uid", nothing: None };

impl ListFormat for OfacXml {
    fn id(&self) -> &'static str {
        "ofac_xml"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = SHAPE.pick(files, "sdn.xml")?;
        let family = family(list, file.name);
        let (mut parties, mut issues) = (Vec::new(), Vec::new());
        let (mut published, mut count) = (String::new(), String::new());
        let mut entries = 0;
        let head = xml::read(file, &SHAPE, |mut element| match element.name.as_str() {
            "sdnEntry" => {
                entries += 1;
                parties.extend(record::read(list, family, element, &mut issues));
            }
            "publshInformation" | "publishInformation" => {
                published = element.take_text("Publish_Date");
                count = element.take_text("Record_Count");
                unknown("file", element.leftovers(), &mut issues);
            }
            _ => unknown("file", element.leftovers(), &mut issues),
        })?;
        unknown("file", head.leftovers(&SHAPE), &mut issues);
        issues.extend(miscount(&count, entries));
        Ok(finish(list, ("Publish_Date", &published), day(&published), parties, issues))
    }
}

/// Which of OFAC's lists a file is: by the list's id, else by the file's name.
fn family(list: &str, file: &str) -> Family {
    match list {
        "us_ofac_sdn" => Family::Sdn,
        "us_ofac_cons" => Family::NonSdn,
        _ if file.to_ascii_lowercase().contains("cons") => Family::NonSdn,
        _ => Family::Sdn,
    }
}

/// The day of a text in the form `01/08/2026`, the month first.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let year = parts.next()?.parse().ok()?;
    civil((year, month, day)).filter(|_| parts.next().is_none())
}

/// An issue when the file holds more or fewer entries than it says.
fn miscount(count: &str, entries: usize) -> Option<Issue> {
    if count.parse() == Ok(entries) {
        return None;
    }
    let message = format!("{entries} entries were read; the file should say so");
    Some(Issue::new("file", "Record_Count", IssueKind::Missing, count, &message))
}

/// Takes the list of an entry apart, each item without its `uid`.
fn items(entry: &mut Element, list: &str, item: &str) -> Vec<Element> {
    let mut found = entry.take_items(list, item);
    for element in &mut found {
        element.take_text("uid");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_the_month_first() {
        for (text, expected) in [
            ("01/08/2026", Some("2026-01-08")),
            ("12/31/2025", Some("2025-12-31")),
            ("31/12/2025", None),
            ("2025-12-31", None),
            ("", None),
        ] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn which_list_it_is() {
        for (list, file, expected) in [
            ("us_ofac_sdn", "consolidated.xml", Family::Sdn),
            ("us_ofac_cons", "sdn.xml", Family::NonSdn),
            ("mine", "CONSOLIDATED.XML", Family::NonSdn),
            ("mine", "ofac.xml", Family::Sdn),
        ] {
            assert_eq!(family(list, file), expected, "{list} {file}");
        }
    }
}
