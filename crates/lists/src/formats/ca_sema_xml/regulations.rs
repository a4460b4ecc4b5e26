//! The words of the field `Country`, which names the regulations, and what their schedules do.

use crate::programs::{Program, authority, program};
use cordon_model::Measure;
use cordon_model::Measure::{FinancialRestriction, TransportRestriction};

/// English words of the field, and the code in the table of programmes where it is not those words.
const WORDS: [(&str, &str); 5] = [
    ("Myanmar (Burma)", "Burma"),
    ("Extremist Settler Violence", "Extremist settler violence"),
    ("Hamas Terrorist Attacks", "Hamas"),
    ("Justice for Victims of Corrupt Foreign Officials Regulations (JVCFOR)", "JVCFOR"),
    ("People's Republic of China", "China"),
];

/// Schedules that do less than forbid all dealings: code, schedule, measures.
///
/// Russia's schedules 2 and 3 forbid dealings in new debt and equity; schedule 1.1 names ships, which may be given no
/// service and may not dock.
const SCHEDULES: [(&str, &str, &[Measure]); 3] = [
    ("Russia", "1.1", &[TransportRestriction]),
    ("Russia", "2", &[FinancialRestriction]),
    ("Russia", "3", &[FinancialRestriction]),
];

/// Code of the regulations a field names: `Belarus / Bélarus` is `Belarus`.
pub(super) fn code(field: &str) -> &str {
    let english = field.split(" / ").next().unwrap_or(field).trim();
    WORDS.iter().find(|row| row.0 == english).map_or(english, |row| row.1)
}

/// The regulations, if we know them.
pub(super) fn find(code: &str) -> Option<&'static Program> {
    program(authority::CANADA, code)
}

/// What a schedule of the regulations forbids.
pub(super) fn measures(code: &str, schedule: &str, person: bool) -> Vec<Measure> {
    let own = SCHEDULES.iter().find(|row| row.0 == code && row.1 == schedule).map(|row| row.2);
    let measures = own.or_else(|| find(code).map(|program| program.measures)).unwrap_or_default();
    measures.iter().copied().filter(|measure| person || *measure != Measure::TravelBan).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_fields() {
        for (field, expected) in [
            ("Belarus / Bélarus", "Belarus"),
            ("Ukraine", "Ukraine"),
            ("Myanmar (Burma) / Myanmar (Birmanie)", "Burma"),
            ("Burma / Birmanie", "Burma"),
            (
                "Justice for Victims of Corrupt Foreign Officials Regulations (JVCFOR) / Règlement (RJVDEC)",
                "JVCFOR",
            ),
        ] {
            assert_eq!(code(field), expected);
            assert!(find(expected).is_some(), "{expected}");
        }
    }

    #[test]
    fn schedules_differ_in_what_they_forbid() {
        use cordon_model::Measure::{AssetFreeze, TravelBan};
        for (code, schedule, person, expected) in [
            ("Russia", "1, Part 1", true, &[AssetFreeze, TravelBan][..]),
            ("Russia", "1, Part 2", false, &[AssetFreeze]),
            ("Russia", "1.1", false, &[TransportRestriction]),
            ("Russia", "3", false, &[FinancialRestriction]),
            ("Syria", "2", true, &[AssetFreeze, TravelBan]),
            ("Atlantis", "1", true, &[]),
        ] {
            assert_eq!(measures(code, schedule, person), expected, "{code} {schedule}");
        }
    }
}
