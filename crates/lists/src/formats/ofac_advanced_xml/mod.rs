//! OFAC's ADVANCED XML: `SDN_ADVANCED.XML` and `CONS_ADVANCED.XML`, in the schema of the UN's 1267 team.
//!
//! In: the one file. Out: a snapshot whose entities bear the ids of the CSV files; a party with entries on several lists
//! is one entity. The file is a set of tables joined by number, in a fixed order: code tables, places, documents,
//! parties, links, entries. It is read once, record by record; places and documents are kept until their party comes.
//! Codes are read by the names the file's own tables give them, never by their numbers, which differ between files.
//! Passed over on purpose: numbers of parts of records, states of names and scripts, and flags for fixed dates (which are
//! wrong).

mod dates;
mod entries;
mod features;
mod party;
mod places;
mod tables;

use super::ofac::listings::Standing;
use super::ofac::party::Party;
use super::ofac::record::{finish, unknown};
use super::ofac::ties::Tie;
use super::xml::{self, Element, Shape};
use super::{ListFormat, SourceFile};
use crate::ListError;
use cordon_model::{Issue, IssueKind, Snapshot};
use jiff::civil::Date;
use places::{Document, Place};
use std::collections::HashMap;
use tables::Tables;

/// The format.
pub(super) struct OfacAdvancedXml;

static SHAPE: Shape = Shape {
    title: "OFAC ADVANCED XML",
    root: "Sanctions",
    sections: &[
        "ReferenceValueSets",
        "Locations",
        "IDRegDocuments",
        "DistinctParties",
        "ProfileRelationships",
        "SanctionsEntries",
        "SanctionsEntryLinks",
    ],
    key: "FixedRef",
    nothing: None,
};

impl ListFormat for OfacAdvancedXml {
    fn id(&self) -> &'static str {
        "ofac_advanced_xml"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = SHAPE.pick(files, "sdn_advanced.xml")?;
        let mut reading = Reading { list, ..Reading::default() };
        let mut head = xml::read(file, &SHAPE, |element| reading.record(element))?;
        head.take_attribute("Version");
        unknown("file", head.leftovers(&SHAPE), &mut reading.issues);
        Ok(reading.finish())
    }
}

/// The list while it is being read.
#[derive(Default)]
struct Reading<'a> {
    list: &'a str,
    issued: Option<Date>,
    tables: Tables,
    places: HashMap<String, Place>,
    /// Number of an identity → its documents.
    documents: HashMap<String, Vec<Document>>,
    parties: Vec<Party>,
    /// In the order of the parties.
    standings: Vec<Standing>,
    /// Number of a profile → place of its party.
    profiles: HashMap<String, usize>,
    issues: Vec<Issue>,
}

impl Reading<'_> {
    fn record(&mut self, element: Element) {
        match element.name.as_str() {
            "DateOfIssue" => self.issued = dates::issued(element, &mut self.issues),
            "Location" => places::read_place(self, element),
            "IDRegDocument" => places::read_document(self, element),
            "DistinctParty" => party::read(self, element),
            "ProfileRelationship" => self.link(element),
            "SanctionsEntry" => entries::read(self, element),
            name if name.ends_with("Values") => self.tables.add(element, &mut self.issues),
            _ => unknown("file", element.leftovers(), &mut self.issues),
        }
    }

    /// The name of a code in the file's own table; a code the table does not have is an issue, and its own name.
    fn code(&mut self, record: &str, table: &str, code: &str) -> String {
        match self.tables.text(table, code) {
            Some(text) => text.to_owned(),
            None if code.is_empty() => String::new(),
            None => {
                let message = format!("the file's table of {table} has no such number");
                self.issues.push(Issue::new(record, table, IssueKind::UnknownValue, code, &message));
                code.to_owned()
            }
        }
    }

    /// The place of the party of a profile; none is an issue.
    fn party_of(&mut self, field: &str, profile: &str) -> Option<usize> {
        let at = self.profiles.get(profile).copied();
        if at.is_none() {
            let message = "no party of this file has a profile of this number";
            self.issues.push(Issue::new(profile, field, IssueKind::Orphan, profile, message));
        }
        at
    }

    fn link(&mut self, mut link: Element) {
        let [from, to, words, quality, former] =
            ["From-ProfileID", "To-ProfileID", "RelationTypeID", "RelationQualityID", "Former"]
                .map(|name| link.take_attribute(name));
        link.drop_attributes(&["ID", "SanctionsEntryID"]);
        let comment = link.take_text("Comment");
        let Some(at) = self.party_of("ProfileRelationship", &from) else { return };
        let key = self.parties[at].entity.id.key().to_owned();
        unknown(&key, link.leftovers(), &mut self.issues);
        let other = self.profiles.get(&to).map(|at| self.parties[*at].entity.id.key().to_owned());
        let tie = Tie {
            words: self.code(&key, "RelationType", &words),
            quality: self.code(&key, "RelationQuality", &quality),
            former: former.eq_ignore_ascii_case("true"),
            // OFAC gives a profile the number of its party.
            other: other.unwrap_or(to),
            name: String::new(),
        };
        if !comment.is_empty() {
            self.parties[at].note(&format!("{} {}: {comment}", tie.words, tie.other));
        }
        tie.add_to(&mut self.parties[at], &mut self.issues);
    }

    fn finish(mut self) -> Snapshot {
        for (party, standing) in self.parties.iter_mut().zip(&self.standings) {
            if party.entity.designations.is_empty() {
                self.issues.push(party.without_program("SanctionsMeasure"));
            }
            standing.apply(party, &mut self.issues);
        }
        finish(self.list, ("DateOfIssue", ""), self.issued, self.parties, self.issues)
    }
}

/// Whether a flag is up.
fn is_true(flag: &str) -> bool {
    flag.eq_ignore_ascii_case("true")
}
