//! A row of the primary file, and what the side files add to it, to an [`Entity`].

use super::facts;
use super::files::Family;
use super::labels::{self, Meaning};
use super::measures;
use super::names::name;
use super::remarks::Remarks;
use super::table::Row;
use crate::programs::{authority, program};
use cordon_model::{
    Address, Country, CountryRole, Designation, Direction, Entity, EntityId, Identifier, Issue, IssueKind,
    Measure, NameKind, PartialDate, Relation, RelationKind, Schema, Scheme,
};

/// Values of the type column; null is an organisation.
const TYPES: [(&str, Schema); 3] =
    [("individual", Schema::Person), ("vessel", Schema::Vessel), ("aircraft", Schema::Airplane)];

/// Whether a word is a value of the type column.
pub(super) fn is_type(word: &str) -> bool {
    TYPES.iter().any(|(name, _)| name.eq_ignore_ascii_case(word))
}

/// Values of the alias type column. A current name (`nka`) is an alias here, and a note says that it is current.
const ALIASES: [(&str, NameKind); 3] =
    [("aka", NameKind::Alias), ("fka", NameKind::Former), ("nka", NameKind::Alias)];

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

/// A party while it is being read.
pub(in crate::formats) struct Party {
    pub(in crate::formats) entity: Entity,
    remarks: Remarks,
    /// Titles as printed, which the remarks repeat.
    titles: Vec<String>,
    /// Measures the entry itself names, with the programme's code.
    said: Vec<(&'static str, Measure)>,
    /// Days of listing, with the programme's code.
    listed: Vec<(&'static str, PartialDate)>,
    /// Links to parties of the same list, by their place among the relations.
    inside: Vec<usize>,
}

impl Party {
    /// Reads a row; `None` with an issue when it has no name.
    pub(super) fn read(list: &str, row: &Row, issues: &mut Vec<Issue>) -> Option<Self> {
        let key = row.key();
        let mut issue = |field: &str, kind, value: &str, message: &str| {
            issues.push(Issue::new(key, field, kind, value, message));
        };
        let Some(text) = row.cell(1) else {
            issue("SDN_Name", IssueKind::Dropped, row.raw(1), "a party without a name cannot be kept");
            return None;
        };
        let schema = match row.cell(2) {
            None => Schema::Organization,
            Some(word) => TYPES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map_or_else(
                || {
                    issue(
                        "SDN_Type",
                        IssueKind::UnknownValue,
                        word,
                        "expected individual, vessel, aircraft or null",
                    );
                    Schema::LegalEntity
                },
                |(_, schema)| *schema,
            ),
        };
        let mut entity = Entity::new(EntityId::new(list, key), schema);
        entity.add_name(name(NameKind::Primary, text, schema.is_person()));
        entity.add("topics", "sanction");
        entity.add("sourceUrl", &format!("{DETAILS}{key}"));
        let remarks = row.cell(11).map_or_else(Remarks::default, |_| Remarks::new(row.raw(11)));
        let mut party = Self { remarks, ..Self::of(entity) };
        party.read_programs(row, issues);
        party.read_titles(row);
        party.read_vessel(row, issues);
        Some(party)
    }

    /// A party of which an entity is known and no remarks.
    pub(in crate::formats) fn of(entity: Entity) -> Self {
        Self {
            entity,
            remarks: Remarks::default(),
            titles: Vec::new(),
            said: Vec::new(),
            listed: Vec::new(),
            inside: Vec::new(),
        }
    }

    fn read_programs(&mut self, row: &Row, issues: &mut Vec<Issue>) {
        let Some(cell) = row.cell(3) else {
            let message = "a party is listed under at least one programme";
            issues.push(Issue::new(row.key(), "Program", IssueKind::Missing, "", message));
            return;
        };
        for code in cell.split("] [").map(|code| code.trim_matches(['[', ']', ' '])) {
            let known = program(authority::OFAC, code);
            if known.is_none() {
                let message = "not a programme we know; what it forbids is not known";
                issues.push(Issue::new(row.key(), "Program", IssueKind::UnknownValue, code, message));
            }
            self.entity.designations.push(Designation {
                authority: authority::OFAC.to_owned(),
                program: code.to_owned(),
                title: known.map(|program| program.title.to_owned()).unwrap_or_default(),
                reference: known.map(|program| program.reference.to_owned()).unwrap_or_default(),
                ..Designation::default()
            });
        }
    }

    /// Titles are offices or honorifics, but for a few that name a relative (`Spouse of …`).
    fn read_titles(&mut self, row: &Row) {
        for title in row.cell(4).into_iter().flat_map(|cell| cell.split(';')).map(str::trim) {
            match labels::find(title).map(|found| (found.meaning, found)) {
                Some((Meaning::Link(kind, direction), found)) => {
                    self.add_link(Relation::to_name(kind, direction, found.text, found.label));
                }
                _ => self.add_position(title),
            }
            self.titles.push(title.trim_end_matches('.').to_owned());
        }
    }

    fn read_vessel(&mut self, row: &Row, issues: &mut Vec<Issue>) {
        for (column, property) in [(6, "type"), (7, "tonnage"), (8, "grossRegisteredTonnage")] {
            self.entity.add(property, row.cell(column).unwrap_or_default());
        }
        if let Some(sign) = row.cell(5) {
            match Identifier::parse(Scheme::CallSign, sign) {
                Ok(identifier) => self.entity.add_identifier(identifier),
                Err(error) => {
                    self.note(&format!("Call sign: {sign}"));
                    issues.push(Issue::new(
                        row.key(),
                        "Call_Sign",
                        IssueKind::Unparsed,
                        sign,
                        &error.to_string(),
                    ));
                }
            }
        }
        if let Some(flag) = row.cell(9) {
            issues.extend(self.add_country(CountryRole::Flag, "Vess_flag", flag));
        }
        if let Some(owner) = row.cell(10) {
            self.add_link(Relation::to_name(
                RelationKind::Ownership,
                Direction::Incoming,
                owner,
                "Vessel Owner",
            ));
        }
    }

    /// Adds a row of the alias file.
    pub(super) fn add_alias(&mut self, row: &Row, issues: &mut Vec<Issue>) {
        let mut issue = |field: &str, kind, value: &str, message: &str| {
            issues.push(Issue::new(row.key(), field, kind, value, message));
        };
        let Some(text) = row.cell(3) else {
            issue("alt_name", IssueKind::Missing, row.raw(3), "an alias has a name");
            return;
        };
        let word = row.cell(2).unwrap_or_default();
        let kind = ALIASES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, kind)| *kind);
        if kind.is_none() {
            issue("alt_type", IssueKind::UnknownValue, word, "expected aka, fka or nka; read as an alias");
        }
        self.entity.add_name(name(kind.unwrap_or(NameKind::Alias), text, self.entity.schema.is_person()));
        if word.eq_ignore_ascii_case("nka") {
            self.note(&format!("now known as {text}"));
        }
        if let Some(remark) = row.cell(4) {
            self.note(&format!("{text}: {remark}"));
            issue("alt_remarks", IssueKind::UnknownField, remark, "a remark on an alias; kept as a note");
        }
    }

    pub(in crate::formats) fn add_address(&mut self, address: Address) {
        if !self.entity.addresses.contains(&address) {
            self.entity.addresses.push(address);
        }
    }

    /// Adds a row of the comments file.
    pub(super) fn continue_remarks(&mut self, row: &Row, issues: &mut Vec<Issue>) {
        if row.cell(1).is_some() && !self.remarks.append(row.raw(1)) {
            let message = "continues remarks that are not cut; read as remarks of their own";
            issues.push(Issue::new(row.key(), "Remarks", IssueKind::Orphan, row.raw(1), message));
        }
    }

    /// Reads the remarks, which must be complete by now.
    pub(super) fn read_remarks(&mut self, issues: &mut Vec<Issue>) {
        let remarks = std::mem::take(&mut self.remarks);
        let (segments, unfinished) = remarks.segments();
        for segment in segments {
            facts::read(self, segment, issues);
        }
        if let Some(beginning) = unfinished {
            self.note(beginning);
            let message = "the remarks are cut here and nothing continues them; kept as a note";
            issues.push(Issue::new(self.entity.id.key(), "Remarks", IssueKind::Missing, beginning, message));
        }
    }

    /// Gives the designations their measures and days, and the names their order.
    pub(super) fn finish(&mut self, family: Family) {
        let person = self.entity.schema.is_person();
        for designation in &mut self.entity.designations {
            let said = said_of(&self.said, &designation.program);
            let usual =
                program(authority::OFAC, &designation.program).map_or(&[][..], |program| program.measures);
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

    pub(super) fn say(&mut self, code: &'static str, measures: &[Measure]) {
        self.said.extend(measures.iter().map(|measure| (code, *measure)));
    }

    pub(super) fn add_listing(&mut self, code: &'static str, day: PartialDate) {
        self.listed.push((code, day));
    }

    pub(in crate::formats) fn note(&mut self, text: &str) {
        self.entity.add("notes", text);
    }
}

fn said_of(said: &[(&'static str, Measure)], code: &str) -> Vec<Measure> {
    said.iter().filter(|row| row.0 == code).map(|row| row.1).collect()
}

fn listed_of(listed: &[(&'static str, PartialDate)], code: &str) -> Option<PartialDate> {
    listed.iter().filter(|row| row.0 == code).map(|row| row.1).min()
}

/// OFAC's page about a party; its number follows.
const DETAILS: &str = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=";
