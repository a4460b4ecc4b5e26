//! A party of one of OFAC's lists while it is being read.

use super::labels::{self, Meaning};
use super::measures::{self, Family};
use crate::programs::{authority, program};
use cordon_model::{
    Address, Country, CountryRole, Designation, Direction, Entity, EntityId, Identifier, Issue, IssueKind,
    Measure, PartialDate, Relation, RelationKind, Schema, Scheme,
};

/// Flags that say nothing: kept as a note, not taken for countries.
const NO_FLAG: [&str; 2] = ["None Identified", "Unknown"];

/// Ranks and styles that go with a name; every other title is an office.
const HONORIFICS: &[&str] = &[
    "Ayatollah",
    "Doctor",
    "Dr",
    "Engineer",
    "Haji",
    "Hojjatoleslam",
    "Maulana",
    "Maulawi",
    "Moulana",
    "Mufti or Maulana",
    "Mulawi",
    "Mullah",
    "Professor",
    "Qari",
    "Shaykh",
    "Sheikh",
    "Ustad",
    "Ustadz",
];

/// OFAC's page about a party; its number follows.
const DETAILS: &str = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=";

/// A party while it is being read.
#[derive(Debug)]
pub(in crate::formats) struct Party {
    pub(in crate::formats) entity: Entity,
    /// Titles as printed, which the remarks repeat.
    titles: Vec<String>,
    /// Measures the entry itself names, with the programme's code.
    said: Vec<(String, Measure)>,
    /// Days of listing, with the programme's code.
    listed: Vec<(&'static str, PartialDate)>,
    /// Links to parties of the same list, by their place among the relations.
    inside: Vec<usize>,
}

impl Party {
    /// A party of the list `list` under OFAC's number `key`.
    pub(in crate::formats) fn open(list: &str, key: &str, schema: Schema) -> Self {
        let mut entity = Entity::new(EntityId::new(list, key), schema);
        entity.add("topics", "sanction");
        entity.add("sourceUrl", &format!("{DETAILS}{key}"));
        Self::of(entity)
    }

    /// A party of which an entity is known.
    pub(in crate::formats) fn of(entity: Entity) -> Self {
        Self { entity, titles: Vec::new(), said: Vec::new(), listed: Vec::new(), inside: Vec::new() }
    }

    /// Adds a designation under a programme; its measures follow in [`Party::finish`].
    pub(in crate::formats) fn add_program(&mut self, field: &str, code: &str, issues: &mut Vec<Issue>) {
        let known = program(authority::OFAC, code);
        if known.is_none() {
            let message = "not a programme we know; what it forbids is not known";
            issues.push(Issue::new(self.entity.id.key(), field, IssueKind::UnknownValue, code, message));
        }
        self.entity.designations.push(Designation {
            authority: authority::OFAC.to_owned(),
            program: code.to_owned(),
            title: known.map(|program| program.title.to_owned()).unwrap_or_default(),
            reference: known.map(|program| program.reference.to_owned()).unwrap_or_default(),
            ..Designation::default()
        });
    }

    /// Says that a party is listed under no programme.
    pub(in crate::formats) fn without_program(&self, field: &str) -> Issue {
        let message = "a party is listed under at least one programme";
        Issue::new(self.entity.id.key(), field, IssueKind::Missing, "", message)
    }

    /// Titles are offices or honorifics, but for a few that name a relative (`Spouse of …`).
    pub(in crate::formats) fn read_titles(&mut self, cell: &str) {
        for title in cell.split(';').map(str::trim) {
            match labels::find(title).map(|found| (found.meaning, found)) {
                Some((Meaning::Link(kind, direction), found)) => {
                    self.add_link(Relation::to_name(kind, direction, found.text, found.label));
                }
                _ => self.add_position(title),
            }
            self.titles.push(title.trim_end_matches('.').to_owned());
        }
    }

    /// Adds a ship's call sign; one that is none is kept as a note and is an issue.
    pub(in crate::formats) fn add_call_sign(&mut self, field: &str, sign: &str) -> Option<Issue> {
        match Identifier::parse(Scheme::CallSign, sign) {
            Ok(identifier) => {
                self.entity.add_identifier(identifier);
                None
            }
            Err(error) => {
                self.note(&format!("Call sign: {sign}"));
                let key = self.entity.id.key();
                Some(Issue::new(key, field, IssueKind::Unparsed, sign, &error.to_string()))
            }
        }
    }

    /// Adds the tonnage of a ship, a number that only the CSV files print with commas.
    pub(in crate::formats) fn add_tonnage(&mut self, property: &str, text: &str) {
        self.entity.add(property, &text.replace(',', ""));
    }

    /// Adds the owner of a ship.
    pub(in crate::formats) fn add_owner(&mut self, owner: &str) {
        let link = Relation::to_name(RelationKind::Ownership, Direction::Incoming, owner, "Vessel Owner");
        self.add_link(link);
    }

    /// Adds an identifier unless it is there: one number of two countries is two.
    pub(super) fn add_identifier(&mut self, identifier: Identifier) {
        let same = |held: &Identifier| {
            (held.scheme, &held.kind, &held.value, held.country)
                == (identifier.scheme, &identifier.kind, &identifier.value, identifier.country)
        };
        if !self.entity.identifiers.iter().any(same) {
            self.entity.identifiers.push(identifier);
        }
    }

    pub(in crate::formats) fn add_address(&mut self, address: Address) {
        if !self.entity.addresses.contains(&address) {
            self.entity.addresses.push(address);
        }
    }

    /// Gives the designations their measures and days, and the names their order. `family` says which of the two lists
    /// a programme's code stands on here.
    pub(in crate::formats) fn finish(&mut self, family: impl Fn(&str) -> Family) {
        let person = self.entity.schema.is_person();
        for designation in &mut self.entity.designations {
            let said = said_of(&self.said, &designation.program);
            let usual =
                program(authority::OFAC, &designation.program).map_or(&[][..], |program| program.measures);
            let family = family(&designation.program);
            designation.measures = measures::combine(family, usual, &said, person);
            if family == Family::NonSdn {
                designation.listed = listed_of(&self.listed, &designation.program);
            }
        }
        self.entity.names.sort_by_key(|name| name.kind);
    }

    /// The measures the entry itself names for a programme.
    pub(in crate::formats) fn said_of(&self, code: &str) -> Vec<Measure> {
        said_of(&self.said, code)
    }

    /// The first day of listing the entry itself names for a programme.
    pub(in crate::formats) fn listed_of(&self, code: &str) -> Option<PartialDate> {
        listed_of(&self.listed, code)
    }

    /// Whether a title is one the remarks repeat.
    pub(super) fn has_title(&self, text: &str) -> bool {
        self.titles.iter().any(|title| title == text.trim_end_matches('.'))
    }

    /// Adds a rank or office.
    pub(in crate::formats) fn add_position(&mut self, text: &str) {
        let text = labels::find(text)
            .filter(|found| found.meaning == Meaning::Position)
            .map_or(text, |found| found.text);
        let honorific = HONORIFICS.iter().any(|word| word.eq_ignore_ascii_case(text.trim_end_matches('.')));
        self.entity.add(if honorific { "title" } else { "position" }, text);
    }

    /// Adds a country, or keeps the text under the role's property and says so.
    pub(in crate::formats) fn add_country(
        &mut self,
        role: CountryRole,
        field: &str,
        text: &str,
    ) -> Option<Issue> {
        if NO_FLAG.contains(&text) {
            let past = role == CountryRole::PastFlag;
            self.note(&format!("{}flag: {text}", if past { "former " } else { "" }));
            return None;
        }
        match Country::parse(text) {
            Ok(country) => {
                self.entity.add_country(role, country);
                None
            }
            Err(error) => {
                self.entity.add(role.property(), text);
                let key = self.entity.id.key();
                Some(Issue::new(key, field, IssueKind::UnknownValue, text, &error.to_string()))
            }
        }
    }

    pub(in crate::formats) fn add_link(&mut self, relation: Relation) {
        if !self.entity.relations.contains(&relation) {
            self.entity.relations.push(relation);
        }
    }

    /// Adds a link to a party of the same list.
    pub(super) fn add_inside_link(&mut self, relation: Relation) {
        let before = self.entity.relations.len();
        self.add_link(relation);
        if self.entity.relations.len() > before {
            self.inside.push(before);
        }
    }

    /// Whether the link at this place is to a party of the same list.
    pub(super) fn is_inside(&self, link: usize) -> bool {
        self.inside.contains(&link)
    }

    pub(super) fn say(&mut self, code: &str, measures: &[Measure]) {
        self.said.extend(measures.iter().map(|measure| (code.to_owned(), *measure)));
    }

    pub(super) fn add_listing(&mut self, code: &'static str, day: PartialDate) {
        self.listed.push((code, day));
    }

    pub(in crate::formats) fn note(&mut self, text: &str) {
        self.entity.add("notes", text);
    }
}

fn said_of(said: &[(String, Measure)], code: &str) -> Vec<Measure> {
    said.iter().filter(|row| row.0 == code).map(|row| row.1).collect()
}

fn listed_of(listed: &[(&'static str, PartialDate)], code: &str) -> Option<PartialDate> {
    listed.iter().filter(|row| row.0 == code).map(|row| row.1).min()
}
