//! On which of OFAC's lists a party stands since when, and what of it each of its programmes forbids.
//!
//! In: a party with its programmes, and the lists, kinds of sanctions and legal authorities a file names beside them.
//! Out: the party's designations with measures and days. A file does not say which list a programme belongs to, nor
//! which kind of sanction: the two tables here do. The day is that of the list: a programme added later has it, too.

use super::measures::Family;
use super::party::Party;
use cordon_model::Measure::{
    self, AssetFreeze, FinancialRestriction, InvestmentBan, SectoralRestriction, TravelBan,
};
use cordon_model::{Issue, IssueKind, PartialDate};

/// The list of parties whose property is blocked.
const SDN: &str = "SDN List";
/// The list of all parties that stand on any list but the SDN list.
const ALL_OTHERS: &str = "Consolidated List";

/// Programmes that belong to one list alone.
const LISTS: &[(&str, &[&str])] = &[
    ("Sectoral Sanctions Identifications List", &["UKRAINE-EO13662"]),
    ("Non-SDN Palestinian Legislative Council List", &["NS-PLC"]),
    ("FSE List", &["FSE-IR", "FSE-SY", "FSE-WMD", "FSE-SDGT"]),
    ("CAPTA List", &["561-Related", "561List"]),
    ("Non-SDN CMIC List", &["CMIC-EO13959"]),
    ("Non-SDN Menu-Based Sanctions List", &[]),
    (SDN, &[]),
    (ALL_OTHERS, &[]),
];

/// Kinds of sanctions by the beginning of their names: the beginnings of the programmes they are of, and the measures
/// they stand for. Those of which the notes say more, or that are what their programme forbids, stand for none here.
const KINDS: &[(&str, &[&str], &[Measure])] = &[
    ("Reject", &["NS-PLC", "FSE-"], &[]),
    ("561 ", &["561"], &[FinancialRestriction]),
    ("NDAA ", &["561", "IRAN"], &[FinancialRestriction]),
    ("13662 Sectoral Directive", &["UKRAINE-EO13662"], &[SectoralRestriction, FinancialRestriction]),
    ("CAATSA Section 231/235", &["CAATSA"], &[]),
    ("Executive Order 13959", &["CMIC"], &[InvestmentBan]),
    ("CMIC Executive Order", &["CMIC"], &[InvestmentBan]),
    ("Executive Order 14024 Directive", &["RUSSIA-EO14024"], &[FinancialRestriction]),
    ("Executive Order 14014 Directive", &["BURMA-EO14014"], &[FinancialRestriction]),
    ("Executive Order 14059 Non-blocking", &["ILLICIT-DRUGS-EO14059"], &[]),
    ("Visa", &[], &[TravelBan]),
];

/// The kind of sanction of parties whose property is blocked.
const BLOCK: &str = "Block";

/// What a file says about the place of one party on OFAC's lists.
#[derive(Debug, Default)]
pub(in crate::formats) struct Standing {
    /// Names of lists, each with the day of listing.
    pub(in crate::formats) lists: Vec<(String, Option<PartialDate>)>,
    /// Kinds of sanctions: `Block`, `13662 Sectoral Directive 1`.
    pub(in crate::formats) kinds: Vec<String>,
    /// Acts the listings rest on. Of a programme we know its row names them.
    pub(in crate::formats) authorities: Vec<String>,
}

impl Standing {
    /// Adds a list; of one that is there already the earlier day counts.
    pub(in crate::formats) fn add_list(&mut self, name: &str, day: Option<PartialDate>) {
        match self.lists.iter_mut().find(|list| list.0 == name) {
            Some(list) => list.1 = list.1.into_iter().chain(day).min(),
            None => self.lists.push((name.to_owned(), day)),
        }
    }

    /// Adds a kind of sanction once.
    pub(in crate::formats) fn add_kind(&mut self, name: &str) {
        if !self.kinds.iter().any(|kind| kind == name) {
            self.kinds.push(name.to_owned());
        }
    }

    /// Adds an act once.
    pub(in crate::formats) fn add_authority(&mut self, name: &str) {
        if !self.authorities.iter().any(|authority| authority == name) {
            self.authorities.push(name.to_owned());
        }
    }

    /// Finishes the party: each designation gets its measures and its day of listing.
    pub(in crate::formats) fn apply(&self, party: &mut Party, issues: &mut Vec<Issue>) {
        let key = party.entity.id.key().to_owned();
        if self.lists.is_empty() {
            let message = "a party stands on at least one list";
            issues.push(Issue::new(&key, "list", IssueKind::Missing, "", message));
        }
        for (name, _) in self.lists.iter().filter(|(name, _)| !LISTS.iter().any(|row| row.0 == name)) {
            let message =
                "not a list we know; its programmes are taken as those of a list that does not block";
            issues.push(Issue::new(&key, "list", IssueKind::UnknownValue, name, message));
        }
        let codes: Vec<String> =
            party.entity.designations.iter().map(|designation| designation.program.clone()).collect();
        let held: Vec<Vec<usize>> = codes.iter().map(|code| self.lists_of(code, &codes)).collect();
        let place = |code: &str| codes.iter().position(|other| other == code).map_or(&[][..], |at| &held[at]);
        let blocked = |code: &str| place(code).iter().any(|list| self.lists[*list].0 == SDN);
        for kind in &self.kinds {
            say(party, kind, &codes, blocked, issues);
        }
        party.finish(|code| if blocked(code) { Family::Sdn } else { Family::NonSdn });
        for designation in &mut party.entity.designations {
            let days = place(&designation.program).iter().filter_map(|list| self.lists[*list].1);
            designation.listed = designation.listed.or_else(|| days.min());
            if designation.reference.is_empty() {
                designation.reference = self.authorities.join("; ");
            }
        }
        self.note_lists(party);
    }

    /// The places of the lists a programme stands on: those it belongs to, else the SDN list, else every other one. The
    /// SDN list has all programmes when it would have none.
    fn lists_of(&self, code: &str, codes: &[String]) -> Vec<usize> {
        let belongs = |code: &str, name: &str| {
            LISTS.iter().any(|row| row.0 == name && row.1.iter().any(|one| one.eq_ignore_ascii_case(code)))
        };
        let elsewhere = |code: &str| self.lists.iter().any(|(name, _)| belongs(code, name));
        let all_elsewhere = codes.iter().all(|code| elsewhere(code));
        let here = |name: &str| match name {
            SDN => !elsewhere(code) || all_elsewhere,
            name => belongs(code, name),
        };
        let found = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
            (0..self.lists.len()).filter(|at| test(&self.lists[*at].0)).collect()
        };
        [found(&here), found(&|name| name != ALL_OTHERS), found(&|_| true)]
            .into_iter()
            .find(|lists| !lists.is_empty())
            .unwrap_or_default()
    }

    /// Names the lists a designation does not tell by itself.
    fn note_lists(&self, party: &mut Party) {
        let told = |name: &str| name == ALL_OTHERS || (name == SDN && self.lists.len() == 1);
        for (name, day) in self.lists.iter().filter(|(name, _)| !told(name)) {
            let since = day.map(|day| format!(" since {day}")).unwrap_or_default();
            party.note(&format!("On the {name}{since}"));
        }
    }
}

/// Tells the party what a kind of sanction forbids under the programmes it is of.
fn say(
    party: &mut Party,
    kind: &str,
    codes: &[String],
    blocked: impl Fn(&str) -> bool,
    issues: &mut Vec<Issue>,
) {
    let key = party.entity.id.key().to_owned();
    let row = KINDS.iter().find(|row| kind.starts_with(row.0));
    let (of, measures): (Vec<&String>, &[Measure]) = match row {
        _ if kind == BLOCK => (codes.iter().filter(|code| blocked(code)).collect(), &[AssetFreeze]),
        Some((_, starts, measures)) => {
            let of = |code: &&String| starts.iter().any(|start| code.starts_with(start));
            (codes.iter().filter(of).collect(), measures)
        }
        None => {
            party.note(&format!("Kind of sanction: {kind}"));
            let message = "not a kind of sanction we know; kept as a note";
            issues.push(Issue::new(&key, "sanctions type", IssueKind::UnknownValue, kind, message));
            return;
        }
    };
    let of = if of.is_empty() { codes.iter().collect() } else { of };
    for code in of {
        party.say(code, measures);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cordon_model::Schema;

    const SECTORAL: &str = "Sectoral Sanctions Identifications List";
    const MENU: &str = "Non-SDN Menu-Based Sanctions List";
    const COUNCIL: &str = "Non-SDN Palestinian Legislative Council List";

    /// Programme, day and measures of each designation.
    fn designations(lists: &[(&str, &str)], codes: &[&str], kinds: &[&str]) -> Vec<String> {
        let mut party = Party::open("l", "1", Schema::Organization);
        let mut standing = Standing::default();
        let mut issues = Vec::new();
        for (name, day) in lists {
            standing.add_list(name, PartialDate::parse(day).ok());
        }
        for code in codes {
            party.add_program("program", code, &mut issues);
        }
        for kind in kinds {
            standing.add_kind(kind);
        }
        standing.apply(&mut party, &mut issues);
        assert_eq!(issues, []);
        party
            .entity
            .designations
            .iter()
            .map(|one| {
                let measures: Vec<&str> = one.measures.iter().map(|measure| measure.label()).collect();
                let day = one.listed.map(|day| day.to_string()).unwrap_or_default();
                format!("{} {day} {}", one.program, measures.join(", "))
            })
            .collect()
    }

    #[test]
    fn programmes_find_their_lists() {
        let sectoral = "sectoral restriction, financial restriction";
        for (lists, codes, kinds, expected) in [
            (
                &[(SECTORAL, "2014-07-29"), (ALL_OTHERS, "2014-10-10"), (SDN, "2018-08-15")][..],
                &["UKRAINE-EO13662", "RUSSIA-EO14024"][..],
                &["13662 Sectoral Directive 1", "Block"][..],
                vec![
                    format!("UKRAINE-EO13662 2014-07-29 {sectoral}"),
                    "RUSSIA-EO14024 2018-08-15 asset freeze".to_owned(),
                ],
            ),
            (
                &[(SECTORAL, "2014-07-29"), (SDN, "2018-08-15")],
                &["UKRAINE-EO13662"],
                &["Block"],
                vec!["UKRAINE-EO13662 2014-07-29 asset freeze".to_owned()],
            ),
            (
                &[(ALL_OTHERS, "2022-02-22"), (MENU, "2022-02-24")],
                &["RUSSIA-EO14024"],
                &["Executive Order 14024 Directive 3"],
                vec!["RUSSIA-EO14024 2022-02-24 financial restriction".to_owned()],
            ),
            (
                &[(ALL_OTHERS, "2014-10-10"), (COUNCIL, "2006-04-12"), (SDN, "2016-09-16")],
                &["NS-PLC", "SDGT"],
                &["Reject", "Block"],
                vec![
                    "NS-PLC 2006-04-12 financial restriction".to_owned(),
                    "SDGT 2016-09-16 asset freeze".to_owned(),
                ],
            ),
            (
                &[(ALL_OTHERS, "2016-01-16")],
                &["IRAN"],
                &["Block"],
                vec!["IRAN 2016-01-16 asset freeze".to_owned()],
            ),
            (
                &[(SDN, "2001-01-01"), (SDN, "1999-01-01")],
                &["CUBA"],
                &["Block"],
                vec!["CUBA 1999-01-01 asset freeze".to_owned()],
            ),
        ] {
            assert_eq!(designations(lists, codes, kinds), expected);
        }
    }

    #[test]
    fn what_is_not_known_is_said() {
        let mut party = Party::open("l", "1", Schema::Organization);
        let mut issues = Vec::new();
        let mut standing = Standing::default();
        standing.apply(&mut party, &mut issues);
        standing.add_list("New List", None);
        standing.add_kind("Frown");
        standing.add_authority("Executive Order 1");
        party.add_program("program", "MARS", &mut issues);
        standing.apply(&mut party, &mut issues);
        let said: Vec<&str> = issues.iter().map(|issue| issue.field.as_str()).collect();
        assert_eq!(said, ["list", "program", "list", "sanctions type"]);
        assert_eq!(party.entity.values("notes"), ["Kind of sanction: Frown", "On the New List"]);
        assert_eq!(party.entity.designations[0].reference, "Executive Order 1");
    }
}
