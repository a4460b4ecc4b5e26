//! What an entry itself says is forbidden, beside what its programme forbids.

use cordon_model::Measure;
use cordon_model::Measure::{
    AssetFreeze, ExportControl, FinancialRestriction, ImportRestriction, InvestmentBan, Other,
    SectoralRestriction, TravelBan,
};

/// Which of OFAC's two lists a party is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Family {
    /// Parties whose property is blocked.
    Sdn,
    /// Parties under other restrictions.
    NonSdn,
}

/// Words of OFAC's notes in lower case, and the measures they stand for; the first row that fits counts.
///
/// The notes list the sanctions chosen from the menus of CAATSA section 235, E.O. 13846 and E.O. 14059, or the
/// directive a party is subject to. Directives 1 to 4 of E.O. 13662 are tied to a sector.
const WORDS: &[(&str, &[Measure])] = &[
    ("executive order 13662 directive determination", &[SectoralRestriction, FinancialRestriction]),
    ("for more information on directives", &[]),
    ("subject to directive", &[FinancialRestriction]),
    ("must continue to block", &[AssetFreeze]),
    ("blocking property", &[AssetFreeze]),
    ("property and interests in property blocked", &[AssetFreeze]),
    ("export-import bank assistance", &[FinancialRestriction]),
    ("export sanctions", &[ExportControl]),
    ("import sanctions", &[ImportRestriction]),
    ("loans", &[FinancialRestriction]),
    ("foreign exchange", &[FinancialRestriction]),
    ("banking transactions", &[FinancialRestriction]),
    ("ban on investment", &[InvestmentBan]),
    ("equity or debt instruments", &[InvestmentBan]),
    ("exclusion of corporate officers", &[TravelBan]),
    ("sanctions on principal executive officers", &[Other]),
];

/// The measures a note stands for; `None` when no row fits.
pub(super) fn of_note(note: &str) -> Option<&'static [Measure]> {
    let lower = note.to_lowercase();
    WORDS.iter().find(|(words, _)| lower.contains(words)).map(|(_, measures)| *measures)
}

/// The measures of one designation: `usual` under the programme, `said` of it in the entry's notes.
///
/// A party on the SDN list is blocked whatever else is said of it. On the other list the notes say all there is.
/// Only a person can be refused entry.
pub(in crate::formats) fn combine(
    family: Family,
    usual: &[Measure],
    said: &[Measure],
    person: bool,
) -> Vec<Measure> {
    let usual = if family == Family::NonSdn && !said.is_empty() { &[] } else { usual };
    let mut measures = Vec::with_capacity(usual.len() + said.len());
    for measure in usual.iter().chain(said) {
        if !measures.contains(measure) && (person || *measure != TravelBan) {
            measures.push(*measure);
        }
    }
    measures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_name_measures() {
        for (note, expected) in [
            (
                "Executive Order 13662 Directive Determination - Subject to Directive 4",
                &[SectoralRestriction, FinancialRestriction][..],
            ),
            (
                "Executive Order 14024 Directive Information: Subject to Directive 1a - As of the effective date, participation in the secondary market for ruble or non-ruble denominated bonds",
                &[FinancialRestriction],
            ),
            (
                "Executive Order 14024 Directive Information - For more information on directives, please visit the following link: x",
                &[],
            ),
            ("CAATSA Section 235 Information: EXPORT SANCTIONS Sec. 235(a)(2)", &[ExportControl]),
            (
                "CAATSA Section 235 Information: EXPORT-IMPORT BANK ASSISTANCE FOR EXPORTS TO SANCTIONED PERSONS. Sec. 235(a)(1)",
                &[FinancialRestriction],
            ),
            (
                "Executive Order 13846 information: BLOCKING PROPERTY AND INTERESTS IN PROPERTY.  Sec. 5(a)(iv)",
                &[AssetFreeze],
            ),
            (
                "Executive Order 14059 information: Prohibition on any United States person from investing in or purchasing significant amounts of equity or debt instruments of this target",
                &[InvestmentBan],
            ),
            (
                "Executive Order 14059 information: Prohibition on any United States financial institution from making loans or providing credit to this target",
                &[FinancialRestriction],
            ),
            (
                "U.S. Persons Must Continue to Block this Property and Interests in this Property Pursuant to Executive Order 13599",
                &[AssetFreeze],
            ),
        ] {
            assert_eq!(of_note(note), Some(expected), "{note}");
        }
        assert_eq!(of_note("CAATSA Section 235 Information: A NEW THING"), None);
    }

    #[test]
    fn what_the_lists_add_up_to() {
        let usual = [AssetFreeze, TravelBan];
        for (family, said, person, expected) in [
            (Family::Sdn, &[][..], true, vec![AssetFreeze, TravelBan]),
            (Family::Sdn, &[], false, vec![AssetFreeze]),
            (Family::Sdn, &[FinancialRestriction], false, vec![AssetFreeze, FinancialRestriction]),
            (Family::NonSdn, &[SectoralRestriction], false, vec![SectoralRestriction]),
            (Family::NonSdn, &[], false, vec![AssetFreeze]),
        ] {
            assert_eq!(combine(family, &usual, said, person), expected);
        }
    }
}
