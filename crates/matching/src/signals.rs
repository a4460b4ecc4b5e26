//! The facts beside the name, one signal each: what speaks for and against.
//!
//! A fact that either side lacks says nothing.

use crate::analyze::Style;
use crate::facts::{CIRCA_YEARS, DateRecord, FEMALE, Facts, IdentifierRecord, MALE, YEARS_APART};
use crate::points::Points;
use crate::policy::FactWeights;
use cordon_model::{DateRole, Scheme};

/// What a signal found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) points: Points,
    /// Why, in one phrase for a reviewer.
    pub(crate) detail: &'static str,
    /// Index of the query's record it rests on.
    pub(crate) query: usize,
    /// Index of the candidate's record it rests on.
    pub(crate) candidate: usize,
}

/// One kind of fact that can be compared.
pub(crate) struct Signal {
    /// Frozen id, as explanations carry it.
    pub(crate) id: &'static str,
    pub(crate) compare: fn(&Facts<'_>, &Facts<'_>, &FactWeights) -> Option<Finding>,
    /// The words for the record a finding rests on.
    pub(crate) show: fn(&Facts<'_>, usize) -> String,
}

/// Every signal, in the order of explanations.
pub(crate) const SIGNALS: [Signal; 5] = [
    Signal { id: "identifier", compare: identifiers, show: show_identifier },
    Signal { id: "birth_date", compare: births, show: show_date },
    Signal { id: "country", compare: countries, show: show_country },
    Signal { id: "gender", compare: genders, show: show_gender },
    Signal { id: "schema", compare: schemata, show: show_schema },
];

/// Sum of all signals' points.
pub(crate) fn sum(query: &Facts<'_>, candidate: &Facts<'_>, weights: &FactWeights) -> Points {
    SIGNALS
        .iter()
        .filter_map(|signal| (signal.compare)(query, candidate, weights))
        .map(|found| found.points)
        .sum()
}

/// The pair of records on which a comparison says most, of all pairs; the first of equals.
fn best<A, B>(
    one: &[A],
    two: &[B],
    compare: impl Fn(&A, &B) -> Option<(Points, &'static str)>,
) -> Option<Finding> {
    let mut best: Option<Finding> = None;
    for (query, left) in one.iter().enumerate() {
        for (candidate, right) in two.iter().enumerate() {
            if let Some((points, detail)) = compare(left, right)
                && best.is_none_or(|known| points > known.points)
            {
                best = Some(Finding { points, detail, query, candidate });
            }
        }
    }
    best
}

fn births(query: &Facts<'_>, candidate: &Facts<'_>, weights: &FactWeights) -> Option<Finding> {
    let birth = |date: &DateRecord| date.role == DateRole::Birth as u8;
    best(query.dates, candidate.dates, |one, two| {
        (birth(one) && birth(two)).then(|| compare_dates(one, two, weights))
    })
}

/// Compares two dates of birth. The forgiveness follows what registers do to dates: day and month change places, one
/// digit is mistyped, an unknown day becomes the first of January.
fn compare_dates(one: &DateRecord, two: &DateRecord, weights: &FactWeights) -> (Points, &'static str) {
    if one.is_exact() && two.is_exact() {
        let (left, right) = (one.from(), two.from());
        let years = (left.0 - right.0).abs();
        let first_of_january = |date: (i16, u8, u8)| (date.1, date.2) == (1, 1);
        return if left == right {
            (weights.birth_day, "same day")
        } else if left.0 == right.0 && (left.1, left.2) == (right.2, right.1) {
            (weights.birth_swapped, "day and month change places")
        } else if years == 1 && (left.1, left.2) == (right.1, right.2) {
            (weights.birth_near, "one year off, same day and month")
        } else if years == 0 && (left.1 == right.1 || left.2 == right.2) && one_digit(left, right) {
            (weights.birth_near, "one digit off")
        } else if years == 0 && (first_of_january(left) || first_of_january(right)) {
            (weights.birth_year, "same year, one is 1 January")
        } else if years == 0 {
            (weights.birth_other_day, "same year, another day")
        } else if years <= 1 && (first_of_january(left) || first_of_january(right)) {
            (weights.birth_year_near, "a year apart, one is 1 January")
        } else {
            (weights.birth_differs, "another day")
        };
    }
    let margin = if one.is_circa() || two.is_circa() { CIRCA_YEARS } else { 0 };
    let apart = gap(one, two);
    if apart <= margin {
        (weights.birth_year, "agree as far as they are known")
    } else if apart <= margin + 2 {
        (weights.birth_year_near, "one or two years apart")
    } else if apart <= margin + YEARS_APART {
        (weights.birth_year_differs, "years apart")
    } else {
        (weights.birth_differs, "many years apart")
    }
}

/// Whether the days differ in one digit of day or month.
fn one_digit(left: (i16, u8, u8), right: (i16, u8, u8)) -> bool {
    let digits = |date: (i16, u8, u8)| [date.1 / 10, date.1 % 10, date.2 / 10, date.2 % 10];
    digits(left).iter().zip(digits(right)).filter(|(one, two)| **one != *two).count() == 1
}

/// Years between two spans of days; 0 if they overlap.
fn gap(one: &DateRecord, two: &DateRecord) -> i16 {
    if one.from() <= two.to() && two.from() <= one.to() {
        return 0;
    }
    (one.from().0 - two.to().0).max(two.from().0 - one.to().0).max(1)
}

fn countries(query: &Facts<'_>, candidate: &Facts<'_>, weights: &FactWeights) -> Option<Finding> {
    let style = if candidate.schema.is_person() { Style::Person } else { Style::Other };
    best(query.countries, candidate.countries, |one, two| {
        Some(if related(one.code, two.code) {
            (weights.country_same, "in common")
        } else {
            (weights.country_differs[style as usize], "none in common")
        })
    })
}

/// States that took the place of another, each with the one it came from.
const SUCCESSORS: &[([u8; 2], &[[u8; 2]])] = &[
    (
        *b"su",
        &[
            *b"ru", *b"ua", *b"by", *b"kz", *b"uz", *b"tm", *b"tj", *b"kg", *b"am", *b"az", *b"ge", *b"md",
            *b"lt", *b"lv", *b"ee",
        ],
    ),
    (*b"yu", &[*b"rs", *b"me", *b"hr", *b"si", *b"ba", *b"mk", *b"xk"]),
    (*b"cs", &[*b"rs", *b"me", *b"cz", *b"sk"]),
    (*b"dd", &[*b"de"]),
];

fn related(one: [u8; 2], two: [u8; 2]) -> bool {
    let came_from =
        |old: [u8; 2], new: [u8; 2]| SUCCESSORS.iter().any(|row| row.0 == old && row.1.contains(&new));
    one == two || came_from(one, two) || came_from(two, one)
}

fn genders(query: &Facts<'_>, candidate: &Facts<'_>, weights: &FactWeights) -> Option<Finding> {
    if query.gender == 0 || candidate.gender == 0 {
        return None;
    }
    let (points, detail) = if query.gender == candidate.gender {
        (weights.gender_same, "same")
    } else {
        (weights.gender_differs, "different")
    };
    Some(Finding { points, detail, query: 0, candidate: 0 })
}

fn schemata(query: &Facts<'_>, candidate: &Facts<'_>, weights: &FactWeights) -> Option<Finding> {
    (!query.schema.compatible(candidate.schema)).then_some(Finding {
        points: weights.schema_differs,
        detail: "another kind of party",
        query: 0,
        candidate: 0,
    })
}

fn identifiers(query: &Facts<'_>, candidate: &Facts<'_>, weights: &FactWeights) -> Option<Finding> {
    best(query.identifiers, candidate.identifiers, |one, two| compare_identifiers(one, two, weights))
}

fn scheme(record: &IdentifierRecord) -> Option<Scheme> {
    Scheme::from_index(record.scheme as usize)
}

/// Kinds of ship number: one hull has one.
fn is_ship(scheme: Scheme) -> bool {
    scheme == Scheme::ImoShip
}

fn compare_identifiers(
    one: &IdentifierRecord,
    two: &IdentifierRecord,
    weights: &FactWeights,
) -> Option<(Points, &'static str)> {
    let (left, right) = (scheme(one)?, scheme(two)?);
    if one.key != two.key {
        return if left != right || !left.is_unique() {
            None
        } else if is_ship(left) {
            Some((weights.imo_differs, "another ship's number"))
        } else if matches!(
            left,
            Scheme::Lei | Scheme::Inn | Scheme::Ogrn | Scheme::Duns | Scheme::Uei | Scheme::Mmsi
        ) {
            Some((weights.identifier_differs, "another number of the same kind"))
        } else {
            None
        };
    }
    let unknown = [0; 2];
    let countries_differ = one.country != unknown && two.country != unknown && one.country != two.country;
    Some(if left == right && left.is_unique() {
        (weights.identifier_unique, "the same")
    } else if left == right && !countries_differ {
        (weights.identifier_same, "the same")
    } else {
        (weights.identifier_other_scheme, "the same value, of another kind or country")
    })
}

fn show_identifier(facts: &Facts<'_>, at: usize) -> String {
    facts.identifiers.get(at).and_then(scheme).map_or_else(String::new, |scheme| scheme.label().to_owned())
}

fn show_date(facts: &Facts<'_>, at: usize) -> String {
    facts.dates.get(at).map(DateRecord::show).unwrap_or_default()
}

fn show_country(facts: &Facts<'_>, at: usize) -> String {
    facts
        .countries
        .get(at)
        .map(|record| String::from_utf8_lossy(&record.code).into_owned())
        .unwrap_or_default()
}

fn show_gender(facts: &Facts<'_>, _: usize) -> String {
    match facts.gender {
        MALE => "male",
        FEMALE => "female",
        _ => "",
    }
    .to_owned()
}

fn show_schema(facts: &Facts<'_>, _: usize) -> String {
    facts.schema.as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;
    use cordon_model::PartialDate;

    #[test]
    fn dates_of_birth() {
        let weights = Policy::default().facts;
        let date = |text: &str| DateRecord::new(DateRole::Birth, PartialDate::parse(text).unwrap());
        for (one, two, expected) in [
            ("1970-03-05", "1970-03-05", weights.birth_day),
            ("1970-03-05", "1970-05-03", weights.birth_swapped),
            ("1970-03-05", "1971-03-05", weights.birth_near),
            ("1970-03-05", "1970-03-06", weights.birth_near),
            ("1970-03-05", "1970-01-01", weights.birth_year),
            ("1970-03-05", "1970-11-28", weights.birth_other_day),
            ("1970-03-05", "1982-11-28", weights.birth_differs),
            ("1970-03-05", "1970", weights.birth_year),
            ("1970-03-05", "1971", weights.birth_year_near),
            ("1970-03-05", "circa 1972", weights.birth_year),
            ("1970-03-05", "1960 to 1975", weights.birth_year),
            ("1970-03-05", "1999", weights.birth_differs),
            ("1970-03-05", "1974", weights.birth_year_differs),
        ] {
            let (points, detail) = compare_dates(&date(one), &date(two), &weights);
            assert_eq!(points, expected, "{one} {two}: {detail}");
            assert_eq!(compare_dates(&date(two), &date(one), &weights).0, points, "{two} {one}");
        }
    }

    #[test]
    fn successor_states() {
        assert!(related(*b"su", *b"ru") && related(*b"ua", *b"su") && related(*b"kp", *b"kp"));
        assert!(!related(*b"ru", *b"ua"));
    }
}
