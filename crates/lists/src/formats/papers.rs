//! Numbers of papers with the words around them: kind, issuing country, expiry.
//!
//! In: one cell with single blanks. Out: the number and what is said about it. Absent: several numbers in one cell.

use super::countries::{country, country_word};
use super::prose::{EXPIRES, date_after};
use cordon_model::{Country, PartialDate, Scheme};

/// Words found in kinds of documents, the more particular first. English, French and Spanish occur.
const KINDS: &[(&str, Scheme)] = &[
    ("social security", Scheme::SocialSecurity),
    ("ssn", Scheme::SocialSecurity),
    ("fiscal code", Scheme::TaxId),
    ("tax", Scheme::TaxId),
    ("nif", Scheme::TaxId),
    ("birth certificate", Scheme::Other),
    ("certificate", Scheme::Other),
    ("driv", Scheme::Other),
    ("ration card", Scheme::Other),
    ("voter id", Scheme::Other),
    ("student id", Scheme::Other),
    ("other id", Scheme::Other),
    ("residential card", Scheme::Other),
    ("registration number", Scheme::Other),
    ("deportation", Scheme::Other),
    ("serviceman", Scheme::Other),
    ("military", Scheme::Other),
    ("fardc", Scheme::Other),
    ("passport", Scheme::Passport),
    ("passeport", Scheme::Passport),
    ("pasaporte", Scheme::Passport),
    ("laissez-passer", Scheme::Passport),
    ("travel document", Scheme::Passport),
    ("identification", Scheme::NationalId),
    ("identity", Scheme::NationalId),
    ("national number", Scheme::NationalId),
    ("tazkira", Scheme::NationalId),
];

/// Words that announce a number.
const MARKS: [&str; 7] = ["number", "number:", "no.", "no:", "no", "no.:", "code:"];
/// The scheme of a kind of document, by the words in it.
pub(super) fn scheme_of(words: &str) -> Option<Scheme> {
    let lower = words.to_lowercase();
    KINDS.iter().find(|(phrase, _)| lower.contains(phrase)).map(|row| row.1)
}

/// Whether a text holds an ASCII digit.
pub(super) fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// A number with what stands around it in its cell.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Number {
    pub(super) words: String,
    pub(super) value: String,
    pub(super) country: Option<Country>,
    pub(super) expires: Option<PartialDate>,
    pub(super) remark: String,
}

/// Takes a cell apart: `Afghan passport number OA 454044`, `381110042 (Expired 25 Jan. 2016)`, `Yemen 04796738`.
pub(super) fn number(cell: &str) -> Number {
    let mut found = Number::default();
    let mut rest = cell.trim().trim_end_matches([',', ';']);
    if let Some((before, inside)) = rest.strip_suffix(')').and_then(|open| open.rsplit_once(" (")) {
        found.country = country(inside);
        found.expires = date_after(inside, &EXPIRES);
        if found.country.is_none() && found.expires.is_none() {
            inside.clone_into(&mut found.remark);
        }
        rest = before;
    }
    if let Some((before, last)) = rest.rsplit_once(", ")
        && let Some(named) = country(last)
    {
        found.country = Some(named);
        rest = before;
    }
    let words: Vec<&str> = rest.split(' ').filter(|word| !word.is_empty()).collect();
    let mark = words.iter().position(|word| MARKS.iter().any(|mark| word.eq_ignore_ascii_case(mark)));
    let split = match mark {
        Some(at) => at + 1,
        None => words.iter().take_while(|word| is_word(word)).count(),
    };
    let (before, after) = words.split_at(split);
    let after: Vec<&str> = after
        .iter()
        .copied()
        .filter(|word| !MARKS.iter().any(|mark| word.eq_ignore_ascii_case(mark)))
        .collect();
    let value = after.join(" ");
    let value = value.trim_start_matches("N°");
    let lower = value.to_lowercase();
    let value = match lower.strip_prefix("no") {
        Some(digits) if digits.starts_with(|first: char| first.is_ascii_digit()) => &value[2..],
        _ => value,
    };
    value.clone_into(&mut found.value);
    found.words = before.join(" ");
    found.country = found.country.or_else(|| first_country(&found.words));
    found
}

/// The country with whose name or demonym some words begin, else the first one among them.
pub(super) fn first_country(words: &str) -> Option<Country> {
    let split: Vec<&str> = words.split(' ').collect();
    let leading = (2..=split.len()).rev().find_map(|count| country(&split[..count].join(" ")));
    leading.or_else(|| split.iter().find_map(|word| country_word(word)))
}

/// Whether a word before a number is a word, and not letters that belong to the number.
fn is_word(word: &str) -> bool {
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    !has_digit(word) && (letters > 3 || word.contains(char::is_lowercase) || scheme_of(word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_cells() {
        for (cell, words, value, code, expires) in [
            ("OA 454044", "", "OA 454044", None, None),
            ("Afghan passport number SE 012820", "Afghan passport number", "SE 012820", Some("af"), None),
            (
                "CAR diplomatic passport no. 06FBO2262",
                "CAR diplomatic passport no.",
                "06FBO2262",
                Some("cf"),
                None,
            ),
            ("Libya B/002210", "Libya", "B/002210", Some("ly"), None),
            ("R00005943, South Sudan", "", "R00005943", Some("ss"), None),
            ("381110042 (Expired 25 Jan. 2016)", "", "381110042", None, Some("2016-01-25")),
            ("403062567 (US)", "", "403062567", Some("us"), None),
            ("No. H0044232 (Iraqi)", "No.", "H0044232", Some("iq"), None),
            ("No34409/129", "", "34409/129", None, None),
            ("NO33301/862", "", "33301/862", None, None),
            (
                "Russian passport number 8208 No. 555627",
                "Russian passport number",
                "8208 555627",
                Some("ru"),
                None,
            ),
            ("Laissez-passer no. N°235/MISPAT/SP", "Laissez-passer no.", "235/MISPAT/SP", None, None),
            (
                "German travel document (“Reiseausweis”) A 0139243",
                "German travel document (“Reiseausweis”)",
                "A 0139243",
                Some("de"),
                None,
            ),
            ("SSN 156-92-9858 (United States of America)", "SSN", "156-92-9858", Some("us"), None),
            ("1 63 08 4 01 001 005E", "", "1 63 08 4 01 001 005E", None, None),
            ("TR-P 614 166", "", "TR-P 614 166", None, None),
        ] {
            let found = number(cell);
            let read = (
                found.words.as_str(),
                found.value.as_str(),
                found.country.map(|country| country.code().to_owned()),
                found.expires.map(|date| date.to_string()),
            );
            assert_eq!(read, (words, value, code.map(str::to_owned), expires.map(str::to_owned)), "{cell}");
        }
    }
}
