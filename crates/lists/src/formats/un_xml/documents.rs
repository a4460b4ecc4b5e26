//! `INDIVIDUAL_DOCUMENT`: a kind, a number with words around it, dates and places of issue in fields or in a note.

use super::Draft;
use crate::formats::countries::{country, country_cell};
use crate::formats::papers::{Number, first_country, has_digit, number, scheme_of};
use crate::formats::prose::{EXPIRES, ISSUED, date_after, date_at};
use crate::formats::xml::Element;
use cordon_model::{Country, Identifier, IssueKind, PartialDate, Scheme};

const FIELD: &str = "INDIVIDUAL_DOCUMENT";

/// Kinds that say no more than the scheme, whose words need not be shown beside the number.
const PLAIN: [&str; 8] = [
    "passport",
    "numéro de passeport",
    "número de pasaporte",
    "national identification",
    "national identification number",
    "national identification no",
    "national passport",
    "national passport number",
];

/// Words that stand before another statement than the number.
const CLAUSES: [&str; 14] = [
    "issued",
    "expired",
    "expires",
    "expiring",
    "expiration",
    "exp.",
    "valid",
    "under",
    "in",
    "date",
    "as",
    "and",
    "made",
    "revoked",
];

/// The number a note holds when the number field is empty: the words before the first other statement.
fn number_in_note(note: &str) -> Number {
    let words: Vec<&str> = note.split(' ').collect();
    let clause = |word: &str| CLAUSES.iter().any(|clause| word.eq_ignore_ascii_case(clause));
    let end = words.iter().position(|word| clause(word.trim_start_matches('('))).unwrap_or(words.len());
    number(&words[..end].join(" "))
}

pub(super) fn read_document(draft: &mut Draft<'_>, mut element: Element) {
    let [plain, mut kind, number_cell, issuer, place_country, date, city, note] = [
        "TYPE_OF_DOCUMENT",
        "TYPE_OF_DOCUMENT2",
        "NUMBER",
        "ISSUING_COUNTRY",
        "COUNTRY_OF_ISSUE",
        "DATE_OF_ISSUE",
        "CITY_OF_ISSUE",
        "NOTE",
    ]
    .map(|part| element.take_text(part));
    draft.leftovers(&element);
    let number = if !number_cell.is_empty() {
        number(&number_cell)
    } else if has_digit(&kind) {
        number(&std::mem::take(&mut kind))
    } else {
        let found = number_in_note(&note);
        if has_digit(&found.value) { found } else { Number::default() }
    };
    let issuing = country_of(draft, "ISSUING_COUNTRY", &issuer);
    let place = country_of(draft, "COUNTRY_OF_ISSUE", &place_country);
    let place = place.or_else(|| country(&city));
    let where_issued = where_issued(&city, place, issuing.or(number.country));
    let remarks = [number.remark.as_str(), where_issued.as_str(), note.as_str()];
    let said = |text: &&str| !text.is_empty();
    let remark = remarks.into_iter().filter(said).collect::<Vec<_>>().join("; ");
    if !has_digit(&number.value) {
        let about = [plain.as_str(), kind.as_str(), number_cell.as_str(), issuer.as_str(), remark.as_str()];
        let about: Vec<&str> = about.into_iter().filter(|text| !text.is_empty()).collect();
        if about.len() > 1 && remark != "None" {
            draft.note(&format!("Document without a number: {}", about.join("; ")));
        }
        return;
    }
    let words = if kind.trim_end_matches(':').eq_ignore_ascii_case("number") { "" } else { kind.as_str() };
    let words = if words.is_empty() && names_kind(&note) { note.as_str() } else { words };
    let scheme = [number.words.as_str(), words, plain.as_str()].into_iter().find_map(scheme_of);
    let scheme = if words.is_empty() || scheme_of(words).is_some() {
        scheme
    } else {
        draft.issue(
            &format!("{FIELD}/TYPE_OF_DOCUMENT2"),
            IssueKind::UnknownValue,
            words,
            "not a kind of document we know",
        );
        Some(Scheme::Other)
    };
    let Some(scheme) = scheme else {
        let said = if plain.is_empty() { &number_cell } else { &plain };
        draft.issue(
            &format!("{FIELD}/TYPE_OF_DOCUMENT"),
            IssueKind::UnknownValue,
            said,
            "not a kind of document we know",
        );
        return draft.note(&format!("Document: {plain} {number_cell}"));
    };
    let issued = date_of(draft, &date).or_else(|| date_after(&note, &ISSUED)).or_else(|| bare_date(&note));
    let expires = number.expires.or_else(|| date_after(&note, &EXPIRES));
    if let Ok(mut identifier) = Identifier::parse(scheme, &number.value) {
        let shown = [number.words.as_str(), words].into_iter().map(tidy).find(|text| !text.is_empty());
        let says_more =
            |text: &String| !PLAIN.contains(&text.to_lowercase().as_str()) && country(text).is_none();
        let shown = shown.filter(says_more);
        identifier = identifier.with_kind(&shown.unwrap_or_default());
        identifier.country = issuing
            .or(number.country)
            .or_else(|| first_country(words))
            .or_else(|| note.split(',').next().and_then(country))
            .or(place);
        identifier.issued = issued;
        identifier.expires = expires;
        identifier.note = remarks.into_iter().filter(|text| !only_dates(text)).collect::<Vec<_>>().join("; ");
        draft.add_identifier(identifier);
    }
}

/// `Berlin, Morocco` for a document issued somewhere other than in the issuing country itself.
fn where_issued(city: &str, place: Option<Country>, issuer: Option<Country>) -> String {
    let abroad = place.filter(|place| issuer.is_some_and(|issuer| issuer != *place)).map(Country::name);
    match (city, abroad) {
        ("", None) => String::new(),
        ("", Some(country)) => format!("issued in {country}"),
        (city, None) => format!("issued in {city}"),
        (city, Some(country)) => format!("issued in {city}, {country}"),
    }
}

fn country_of(draft: &mut Draft<'_>, field: &str, cell: &str) -> Option<Country> {
    if cell.is_empty() {
        return None;
    }
    let found = country_cell(cell).countries.first().copied();
    if found.is_none() {
        draft.issue(&format!("{FIELD}/{field}"), IssueKind::UnknownValue, cell, "not a country we know");
    }
    found
}

fn date_of(draft: &mut Draft<'_>, cell: &str) -> Option<PartialDate> {
    if cell.is_empty() {
        return None;
    }
    let read = PartialDate::parse(cell);
    if let Err(error) = &read {
        draft.issue(&format!("{FIELD}/DATE_OF_ISSUE"), IssueKind::Unparsed, cell, &error.to_string());
    }
    read.ok()
}

/// The day of issue of a note that begins with it: `on 15 Apr. 2010, expired on …`.
fn bare_date(note: &str) -> Option<PartialDate> {
    let words: Vec<&str> = note.strip_prefix("on ")?.split(' ').collect();
    date_at(&words).map(|(date, _)| date)
}

/// Whether a note is a kind of document: `Italian Fiscal Code`.
fn names_kind(note: &str) -> bool {
    !has_digit(note)
        && note.split(' ').count() <= 5
        && !note.to_lowercase().starts_with("issued")
        && !note.contains(" on ")
        && scheme_of(note).is_some()
}

/// A kind without the abbreviation that only announces the number.
fn tidy(words: &str) -> String {
    let mut words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    let announces = |word: &str| matches!(word.to_lowercase().as_str(), "no." | "no" | "no:" | "no.:");
    while words.last().is_some_and(|last| announces(last)) {
        words.pop();
    }
    words.join(" ").trim_end_matches(':').to_owned()
}

/// Whether a remark is nothing but a day of expiry or issue, which stands in its own field.
fn only_dates(remark: &str) -> bool {
    let lower = remark.to_lowercase();
    let lower = lower.trim_start_matches("and ").trim_start_matches("passport ").trim_end_matches('.');
    let starts = EXPIRES.iter().chain(&["issued on", "date of issue"]);
    lower.is_empty()
        || starts.filter_map(|start| lower.strip_prefix(start)).any(|rest| {
            let rest = rest.trim_start_matches([':', ' ']).trim_start_matches("on ");
            PartialDate::parse(rest).is_ok()
        })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{draft_of, element};
    use super::*;

    /// Reads one document and writes what was understood on one line.
    fn read(xml: &str) -> (Vec<String>, usize, usize) {
        let (entity, issues) = draft_of(|draft| read_document(draft, element(FIELD, xml)));
        let lines = entity
            .identifiers
            .iter()
            .map(|identifier| {
                let date = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
                format!(
                    "{:?} {} [{}] {} {}..{} ({})",
                    identifier.scheme,
                    identifier.value,
                    identifier.kind,
                    identifier.country.map(|country| country.code().to_owned()).unwrap_or_default(),
                    date(identifier.issued),
                    date(identifier.expires),
                    identifier.note
                )
            })
            .collect();
        (lines, entity.values("notes").len(), issues.len())
    }

    #[test]
    fn documents() {
        for (xml, expected, notes, issues) in [
            (
                "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>A1234567</NUMBER><ISSUING_COUNTRY>Tunisian</ISSUING_COUNTRY><NOTE>expired on 13 Sep. 1995</NOTE>",
                "Passport A1234567 [] tn ..1995-09-13 ()",
                0,
                0,
            ),
            (
                "<TYPE_OF_DOCUMENT>Número de pasaporte </TYPE_OF_DOCUMENT><NUMBER>836410070</NUMBER><COUNTRY_OF_ISSUE>RPDC</COUNTRY_OF_ISSUE>",
                "Passport 836410070 [] kp .. ()",
                0,
                0,
            ),
            (
                "<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>Afghan national identification card (tazkira) number 1136</TYPE_OF_DOCUMENT2>",
                "NationalId 1136 [Afghan national identification card (tazkira) number] af .. ()",
                0,
                0,
            ),
            (
                "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NOTE>Tunisian passport number L 191609 issued on 28 Feb. 1996, expired on 27 Feb. 2001</NOTE>",
                "Passport L191609 [Tunisian passport number] tn 1996-02-28..2001-02-27 (Tunisian passport number L 191609 issued on 28 Feb. 1996, expired on 27 Feb. 2001)",
                0,
                0,
            ),
            (
                "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>M 271351</NUMBER><ISSUING_COUNTRY>Morocco</ISSUING_COUNTRY><DATE_OF_ISSUE>2000-10-24</DATE_OF_ISSUE><CITY_OF_ISSUE>Berlin</CITY_OF_ISSUE><COUNTRY_OF_ISSUE>Germany</COUNTRY_OF_ISSUE>",
                "Passport M271351 [] ma 2000-10-24.. (issued in Berlin, Germany)",
                0,
                0,
            ),
            (
                "<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>Italian Fiscal Code:</TYPE_OF_DOCUMENT2><NUMBER>SSYDBK70L14Z352V</NUMBER>",
                "TaxId SSYDBK70L14Z352V [Italian Fiscal Code] it .. ()",
                0,
                0,
            ),
            (
                "<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>BPA</TYPE_OF_DOCUMENT2><NUMBER>123456</NUMBER>",
                "Other 123456 [BPA]  .. ()",
                0,
                1,
            ),
            ("<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NOTE>None</NOTE>", "", 0, 0),
            (
                "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><ISSUING_COUNTRY>Egypt</ISSUING_COUNTRY><NOTE>issued in 1993, under name A B</NOTE>",
                "",
                1,
                0,
            ),
            ("<TYPE_OF_DOCUMENT/><NUMBER/>", "", 0, 0),
            ("<TYPE_OF_DOCUMENT>Papyrus</TYPE_OF_DOCUMENT><NUMBER>77</NUMBER>", "", 1, 1),
            (
                "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>77</NUMBER><SEAL>red</SEAL>",
                "Passport 77 []  .. ()",
                0,
                1,
            ),
        ] {
            let (lines, kept, found) = read(xml);
            assert_eq!((lines.join("\n").as_str(), kept, found), (expected, notes, issues), "{xml}");
        }
    }
}
