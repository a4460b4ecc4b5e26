//! A row of the primary file, and what the side files add to it, to a [`Party`].

use super::table::Row;
use crate::formats::ofac::facts;
use crate::formats::ofac::names::name;
use crate::formats::ofac::party::Party;
use crate::formats::ofac::remarks::Remarks;
use cordon_model::{CountryRole, Issue, IssueKind, NameKind, Schema};

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

/// The column of the facts of the remarks.
const REMARKS: &str = "Remarks";

/// A party with remarks that the comments file may continue.
pub(super) struct Record {
    pub(super) party: Party,
    remarks: Remarks,
}

impl Record {
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
        let mut party = Party::open(list, key, schema);
        party.entity.add_name(name(NameKind::Primary, text, schema.is_person()));
        read_programs(&mut party, row, issues);
        row.cell(4).into_iter().for_each(|cell| party.read_titles(cell));
        read_vessel(&mut party, row, issues);
        let remarks = row.cell(11).map_or_else(Remarks::default, |_| Remarks::new(row.raw(11)));
        Some(Self { party, remarks })
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
        let person = self.party.entity.schema.is_person();
        self.party.entity.add_name(name(kind.unwrap_or(NameKind::Alias), text, person));
        if word.eq_ignore_ascii_case("nka") {
            self.party.note(&format!("now known as {text}"));
        }
        if let Some(remark) = row.cell(4) {
            self.party.note(&format!("{text}: {remark}"));
            issue("alt_remarks", IssueKind::UnknownField, remark, "a remark on an alias; kept as a note");
        }
    }

    /// Adds a row of the comments file.
    pub(super) fn continue_remarks(&mut self, row: &Row, issues: &mut Vec<Issue>) {
        if row.cell(1).is_some() && !self.remarks.append(row.raw(1)) {
            let message = "continues remarks that are not cut; read as remarks of their own";
            issues.push(Issue::new(row.key(), REMARKS, IssueKind::Orphan, row.raw(1), message));
        }
    }

    /// Reads the remarks, which must be complete by now.
    pub(super) fn read_remarks(&mut self, issues: &mut Vec<Issue>) {
        let remarks = std::mem::take(&mut self.remarks);
        let (segments, unfinished) = remarks.segments();
        for segment in segments {
            facts::read(&mut self.party, REMARKS, segment, issues);
        }
        if let Some(beginning) = unfinished {
            self.party.note(beginning);
            let message = "the remarks are cut here and nothing continues them; kept as a note";
            let key = self.party.entity.id.key();
            issues.push(Issue::new(key, REMARKS, IssueKind::Missing, beginning, message));
        }
    }
}

fn read_programs(party: &mut Party, row: &Row, issues: &mut Vec<Issue>) {
    let Some(cell) = row.cell(3) else {
        issues.push(party.without_program("Program"));
        return;
    };
    for code in cell.split("] [").map(|code| code.trim_matches(['[', ']', ' '])) {
        party.add_program("Program", code, issues);
    }
}

fn read_vessel(party: &mut Party, row: &Row, issues: &mut Vec<Issue>) {
    party.entity.add("type", row.cell(6).unwrap_or_default());
    for (column, property) in [(7, "tonnage"), (8, "grossRegisteredTonnage")] {
        party.add_tonnage(property, row.cell(column).unwrap_or_default());
    }
    if let Some(sign) = row.cell(5) {
        issues.extend(party.add_call_sign("Call_Sign", sign));
    }
    if let Some(flag) = row.cell(9) {
        issues.extend(party.add_country(CountryRole::Flag, "Vess_flag", flag));
    }
    if let Some(owner) = row.cell(10) {
        party.add_owner(owner);
    }
}
