//! Rows of the file to the party they are about.

use super::sources::{self, Acts, Source};
use super::{address, day, ids};
use crate::formats::names::{clean, digest, has_lost_letters, mend, of_organisation};
use crate::formats::ofac::facts;
use crate::formats::ofac::measures::Family;
use crate::formats::ofac::measures::combine;
use crate::formats::ofac::names::name;
use crate::formats::ofac::party::Party;
use crate::formats::ofac::places::country_of_birth;
use crate::formats::table::Record;
use crate::programs::{authority, program};
use cordon_model::{
    CountryRole, DateRole, Designation, Direction, Entity, EntityId, Identifier, Issue, IssueKind, Measure,
    Name, NameKind, PartialDate, Relation, RelationKind, Schema, Scheme,
};

/// Values of the column `type`; the lists of Commerce and State leave it empty.
const TYPES: [(&str, Schema); 5] = [
    ("", Schema::LegalEntity),
    ("Individual", Schema::Person),
    ("Entity", Schema::Organization),
    ("Vessel", Schema::Vessel),
    ("Aircraft", Schema::Airplane),
];

/// A row with its list and the key of its party.
pub(super) struct Row {
    record: Record,
    key: String,
    source: Option<&'static Source>,
    /// The published words for the list.
    list: String,
    number: String,
    name: String,
}

impl Row {
    /// Reads what a row is about; `None` with an issue when it has no name.
    pub(super) fn read(mut record: Record, issues: &mut Vec<Issue>) -> Option<Self> {
        let [list, number, name] = ["source", "entity_number", "name"].map(|column| record.take(column));
        if name.is_empty() {
            let message = "a row without a name cannot be kept";
            issues.push(Issue::new(&record.place, "name", IssueKind::Dropped, &list, message));
            return None;
        }
        let source = sources::find(&list);
        let tag = source.map_or("CSL", |source| source.tag);
        let key = if number.is_empty() { format!("{tag}-{}", digest(&name)) } else { number.clone() };
        Some(Self { record, key, source, list, number, name })
    }

    /// The key of the party.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    fn issue(&self, issues: &mut Vec<Issue>, field: &str, kind: IssueKind, value: &str, message: &str) {
        issues.push(Issue::new(&self.key, field, kind, value, message));
    }

    fn day(&mut self, column: &str, issues: &mut Vec<Issue>) -> Option<PartialDate> {
        let text = self.record.take(column);
        day(&text).unwrap_or_else(|message| {
            self.issue(issues, column, IssueKind::Unparsed, &text, &message);
            None
        })
    }

    /// The items of a cell, between semicolons.
    fn items(&mut self, column: &str) -> Vec<String> {
        let cell = self.record.take(column);
        cell.split("; ").map(|item| clean(item).to_owned()).filter(|item| !item.is_empty()).collect()
    }
}

/// A party and the acts against it.
pub(super) struct Listed {
    pub(super) party: Party,
    acts: Vec<Act>,
}

/// One designation while it is being read.
struct Act {
    designation: Designation,
    measures: Acts,
    /// Last day of an order.
    expires: Option<PartialDate>,
}

impl Listed {
    pub(super) fn new(list: &str, row: &Row) -> Self {
        let entity = Entity::new(EntityId::new(list, &row.key), Schema::LegalEntity);
        Self { party: Party::of(entity), acts: Vec::new() }
    }

    /// Whether the finished party is on a list of the Treasury.
    pub(super) fn is_of_treasury(&self) -> bool {
        self.party.entity.designations.iter().any(|act| act.authority == authority::OFAC)
    }

    /// The latest first day of the acts.
    pub(super) fn latest_start(&self) -> Option<(i16, u8, u8)> {
        self.acts.iter().filter_map(|act| act.designation.listed).map(PartialDate::earliest).max()
    }

    /// Adds what a row says.
    pub(super) fn add(&mut self, mut row: Row, issues: &mut Vec<Issue>) {
        self.read_identity(&mut row, issues);
        self.read_names(&mut row, issues);
        self.read_acts(&mut row, issues);
        self.read_facts(&mut row, issues);
        if row.number.is_empty() {
            row.items("remarks").iter().for_each(|remark| self.party.note(remark));
        } else {
            self.read_segments(&mut row, issues);
        }
        for (column, value) in row.record.leftovers() {
            self.party.note(&format!("{column}: {value}"));
        }
    }

    fn read_identity(&mut self, row: &mut Row, issues: &mut Vec<Issue>) {
        let published = row.record.take("id");
        let referent = format!("{}:{published}", self.party.entity.id.list());
        if !published.is_empty() && published != row.key && !self.party.entity.referents.contains(&referent) {
            self.party.entity.referents.push(referent);
        }
        let kind = row.record.take("type");
        match TYPES.iter().find(|known| known.0.eq_ignore_ascii_case(&kind)) {
            Some((_, Schema::LegalEntity)) => {}
            Some((_, schema)) => self.party.entity.schema = *schema,
            None => {
                let message = "expected Individual, Entity, Vessel, Aircraft or nothing";
                row.issue(issues, "type", IssueKind::UnknownValue, &kind, message);
            }
        }
        for url in ["source_list_url", "source_information_url"].map(|column| row.record.take(column)) {
            self.party.entity.add("sourceUrl", &url);
        }
    }

    fn read_names(&mut self, row: &mut Row, issues: &mut Vec<Issue>) {
        let cells = row.items("alt_names");
        for cell in [&row.name].into_iter().chain(&cells) {
            if has_lost_letters(cell) {
                let message = "letters of this name were lost before publication";
                row.issue(issues, "name", IssueKind::CheckFailed, cell, message);
            }
        }
        if !row.number.is_empty() {
            let person = self.party.entity.schema.is_person();
            self.party.entity.add_name(name(NameKind::Primary, &row.name, person));
            for cell in &cells {
                self.party.entity.add_name(name(NameKind::Alias, cell, person));
            }
            return;
        }
        let published = row.name.clone();
        let text = self.read_belonging(&published);
        for name in of_organisation(text, NameKind::Primary) {
            self.add_name(name, &published);
        }
        for cell in &cells {
            let text = cell.strip_prefix("and ").or_else(|| cell.strip_prefix("or ")).unwrap_or(cell);
            for name in of_organisation(text, NameKind::Alias) {
                self.add_name(name, cell);
            }
        }
    }

    /// Adds a name taken from a cell; one the party is listed under is not also an alias.
    fn add_name(&mut self, name: Name, cell: &str) {
        let names = &self.party.entity.names;
        if !names.iter().any(|other| other.kind == NameKind::Primary && other.text == name.text) {
            self.party.entity.add_name(name.from_cell(cell));
        }
    }

    /// What of a published name is the name itself: `Huawei. Affiliated Entity: Huawei Marine`.
    fn read_belonging<'a>(&mut self, published: &'a str) -> &'a str {
        let mut name = published;
        if let Some((before, tail)) = name.split_once(SUCCESSORS) {
            self.party.note(&format!("{}{tail}", SUCCESSORS.trim_start()));
            name = before;
        }
        for label in BELONGS {
            if let Some((parent, own)) = name.split_once(label).filter(|(_, own)| !own.trim().is_empty()) {
                let parent = mend(clean(parent.trim().trim_end_matches('.')));
                let bare = of_organisation(&parent, NameKind::Primary).into_iter().next();
                let parent = bare.map_or(parent, |name| name.text);
                let role = label.trim_matches([':', '-', ' ']);
                self.party.add_link(Relation::to_name(
                    RelationKind::Unknown,
                    Direction::Outgoing,
                    &parent,
                    role,
                ));
                return own.trim();
            }
        }
        name
    }

    fn read_acts(&mut self, row: &mut Row, issues: &mut Vec<Issue>) {
        let [notice, order, requirement, policy] =
            ["federal_register_notice", "standard_order", "license_requirement", "license_policy"]
                .map(|column| row.record.take(column));
        let (listed, expires) = (row.day("start_date", issues), row.day("end_date", issues));
        let programs = row.items("programs");
        for (label, said) in
            [("Standard order", &order), ("License requirement", &requirement), ("License policy", &policy)]
        {
            if !said.is_empty() {
                self.party.note(&format!("{label}: {said}"));
            }
        }
        let Some(source) = row.source else {
            row.issue(issues, "source", IssueKind::UnknownValue, &row.list, "not a list we know");
            let program = row.list.clone();
            let designation = Designation { program, reference: notice, listed, ..Designation::default() };
            self.push(Act { designation, measures: Acts::List, expires });
            return;
        };
        self.party.entity.add("topics", source.topic);
        let programs = if source.acts == Acts::List { vec![source.tag.to_owned()] } else { programs };
        if programs.is_empty() {
            row.issue(issues, "programs", IssueKind::Missing, "", "a row of this list names a programme");
        }
        for code in programs {
            let known = program(source.authority, &code);
            if known.is_none() {
                let message = "not a programme we know; what it forbids is not known";
                row.issue(issues, "programs", IssueKind::UnknownValue, &code, message);
            }
            let title = known.map_or("", |known| known.title);
            let designation = Designation {
                authority: source.authority.to_owned(),
                title: match source.acts {
                    Acts::List => title.to_owned(),
                    _ => clean(&format!("{}: {title}", source.title)).to_owned(),
                },
                program: code,
                reference: if notice.is_empty() { row.number.clone() } else { notice.clone() },
                listed,
                ..Designation::default()
            };
            self.push(Act { designation, measures: source.acts, expires });
        }
    }

    fn push(&mut self, act: Act) {
        let same = |other: &Act| other.designation == act.designation && other.expires == act.expires;
        if !self.acts.iter().any(same) {
            self.acts.push(act);
        }
    }

    fn read_facts(&mut self, row: &mut Row, issues: &mut Vec<Issue>) {
        for title in row.items("title") {
            self.party.add_position(&title);
        }
        for text in row.items("addresses") {
            self.party.add_address(address::read(&text));
        }
        for (column, role) in
            [("citizenships", CountryRole::Citizenship), ("nationalities", CountryRole::Nationality)]
        {
            for code in row.items(column) {
                issues.extend(self.party.add_country(role, column, &code));
            }
        }
        for text in row.items("dates_of_birth") {
            match PartialDate::parse(&text) {
                Ok(date) => self.party.entity.add_date(DateRole::Birth, date),
                Err(error) => {
                    self.party.note(&format!("Date of birth: {text}"));
                    row.issue(issues, "dates_of_birth", IssueKind::Unparsed, &text, &error.to_string());
                }
            }
        }
        for place in row.items("places_of_birth") {
            self.party.entity.add("birthPlace", &place);
            if let Some(country) = country_of_birth(&place) {
                self.party.entity.add_country(CountryRole::Birth, country);
            }
        }
        self.read_vessel(row, issues);
    }

    fn read_vessel(&mut self, row: &mut Row, issues: &mut Vec<Issue>) {
        for (column, property) in [
            ("vessel_type", "type"),
            ("gross_tonnage", "tonnage"),
            ("gross_registered_tonnage", "grossRegisteredTonnage"),
        ] {
            self.party.entity.add(property, &row.record.take(column));
        }
        let [sign, flag, owner] =
            ["call_sign", "vessel_flag", "vessel_owner"].map(|column| row.record.take(column));
        if !sign.is_empty() {
            match Identifier::parse(Scheme::CallSign, &sign) {
                Ok(identifier) => self.party.entity.add_identifier(identifier),
                Err(error) => {
                    self.party.note(&format!("Call sign: {sign}"));
                    row.issue(issues, "call_sign", IssueKind::Unparsed, &sign, &error.to_string());
                }
            }
        }
        if !flag.is_empty() {
            issues.extend(self.party.add_country(CountryRole::Flag, "vessel_flag", &flag));
        }
        if !owner.is_empty() {
            let link =
                Relation::to_name(RelationKind::Ownership, Direction::Incoming, &owner, "Vessel Owner");
            self.party.add_link(link);
        }
    }

    /// Reads remarks and ids of the Treasury, which follow the grammar of its own files.
    fn read_segments(&mut self, row: &mut Row, issues: &mut Vec<Issue>) {
        let remarks = row.record.take("remarks");
        let remarks = remarks.trim_end_matches('.').split(';').map(unwrapped).map(str::to_owned);
        let ids = ids::segments(&row.record.take("ids"));
        for (column, segments) in [("remarks", remarks.collect()), ("ids", ids)] {
            for segment in segments.iter().filter(|segment| !segment.is_empty()) {
                facts::read(&mut self.party, column, segment, issues);
            }
        }
    }

    /// Gives the designations their measures and last days. `latest` is the latest day of any act in the file: an order
    /// that expired before it is over.
    pub(super) fn finish(&mut self, latest: Option<(i16, u8, u8)>) {
        let person = self.party.entity.schema.is_person();
        for act in std::mem::take(&mut self.acts) {
            let mut designation = act.designation;
            let usual = program(&designation.authority, &designation.program);
            let usual = usual.map_or(&[][..], |program| program.measures);
            let said: Vec<Measure> = self.party.said_of(&designation.program);
            designation.measures = match act.measures {
                Acts::Within(measures) => combine(Family::Sdn, measures, &said, person),
                Acts::Programmes | Acts::List => combine(Family::Sdn, usual, &said, person),
            };
            designation.listed = designation.listed.or_else(|| self.party.listed_of(&designation.program));
            match act.expires {
                Some(day) if latest.is_some_and(|latest| day.latest() < latest) => {
                    designation.ended = Some(day);
                }
                Some(day) => self.party.note(&format!("Order expires {day}")),
                None => {}
            }
            self.party.entity.designations.push(designation);
        }
        self.party.entity.names.sort_by_key(|name| name.kind);
    }
}

/// Words before the name of a party that belongs to the one named first.
const BELONGS: [&str; 3] = ["Affiliated Entity:", "Subordinate Institution -", "entity:"];
/// Words after a name that name no party.
const SUCCESSORS: &str = " and any successor";

/// A remark out of its brackets, which may hold several: `(Linked To: IRAN AIR; Linked To: MAHAN AIR)`.
fn unwrapped(remark: &str) -> &str {
    let remark = remark.trim();
    let inner = remark.strip_prefix('(').filter(|inner| inner.starts_with(LINKED)).unwrap_or(remark);
    let closes = inner.matches(')').count() > inner.matches('(').count();
    if inner.starts_with(LINKED) && closes { inner.strip_suffix(')').unwrap_or(inner) } else { inner }
}

/// How OFAC begins a link to a party of its list.
const LINKED: &str = "Linked To:";
