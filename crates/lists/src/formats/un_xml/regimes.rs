//! The list's words for its regimes, and which measures one entry is under.

use crate::programs::{Program, authority, program};
use cordon_model::Measure;

/// `UN_LIST_TYPE` → programme code.
const LIST_TYPES: &[(&str, &str)] = &[
    ("Al-Qaida", "1267"),
    ("CAR", "2745"),
    ("DPRK", "1718"),
    ("DRC", "1533"),
    ("GB", "2048"),
    ("Guinea-Bissau", "2048"),
    ("Haiti", "2653"),
    ("Iran", "1737"),
    ("Iraq", "1518"),
    ("Lebanon", "1636"),
    ("Libya", "1970"),
    ("Mali", "2374"),
    ("Somalia", "2713"),
    ("South Sudan", "2206"),
    ("SouthSudan", "2206"),
    ("Sudan", "1591"),
    ("Taliban", "1988"),
    ("Yemen", "2140"),
];

/// The programme of a list type.
pub(super) fn of_list_type(list_type: &str) -> Option<&'static Program> {
    let (_, code) = LIST_TYPES.iter().find(|row| row.0.eq_ignore_ascii_case(list_type))?;
    program(authority::UN, code)
}

/// Words in brackets with which some comments name the measures: `(Travel Ban, Asset Freeze)`.
const NAMED: [(&str, Measure); 3] = [
    ("asset freeze", Measure::AssetFreeze),
    ("travel ban", Measure::TravelBan),
    ("arms embargo", Measure::ArmsEmbargo),
];

/// The measures of one entry: those its comments name in brackets, else those of its regime. Travel bans are for
/// persons.
pub(super) fn measures(program: Option<&Program>, comments: &str, person: bool) -> Vec<Measure> {
    let named = named(comments);
    let all = if named.is_empty() {
        program.map(|program| program.measures.to_vec()).unwrap_or_default()
    } else {
        named
    };
    all.into_iter().filter(|measure| person || *measure != Measure::TravelBan).collect()
}

fn named(comments: &str) -> Vec<Measure> {
    let lower = comments.to_lowercase();
    let inside: Vec<&str> = lower.split('(').skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let only_measures =
        |text: &&&str| text.split(',').all(|part| NAMED.iter().any(|(words, _)| part.trim() == *words));
    let brackets: Vec<&str> = inside.iter().filter(only_measures).copied().collect();
    NAMED
        .iter()
        .filter(|(words, _)| brackets.iter().any(|bracket| bracket.contains(words)))
        .map(|row| row.1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Measure::{ArmsEmbargo, AssetFreeze, TravelBan};

    #[test]
    fn every_list_type_has_a_programme() {
        for (list_type, code) in LIST_TYPES {
            assert_eq!(of_list_type(list_type).map(|program| program.code), Some(*code), "{list_type}");
        }
        assert_eq!(of_list_type("Atlantis"), None);
    }

    #[test]
    fn comments_may_name_the_measures() {
        let libya = of_list_type("Libya");
        let taliban = of_list_type("Taliban");
        for (program, comments, person, expected) in [
            (libya, "", true, vec![AssetFreeze, TravelBan]),
            (libya, "", false, vec![AssetFreeze]),
            (
                libya,
                "Listed pursuant to paragraph 15 of resolution 1970 (Travel Ban).",
                true,
                vec![TravelBan],
            ),
            (
                libya,
                "Listed under paragraph 15 (Travel Ban). Listed on 17 March 2011 ( Asset Freeze).",
                true,
                vec![AssetFreeze, TravelBan],
            ),
            (libya, "He broke the travel ban (in 2016).", true, vec![AssetFreeze, TravelBan]),
            (taliban, "", false, vec![AssetFreeze, ArmsEmbargo]),
            (None, "", true, vec![]),
        ] {
            assert_eq!(measures(program, comments, person), expected, "{comments}");
        }
    }
}
