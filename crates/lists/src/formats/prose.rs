//! Dates and numbers that stand in sentences: comments, notes and brackets.
//!
//! In: one text with single blanks. Out: what can be taken from it for sure. The text itself is kept elsewhere; what is
//! not found here is not lost.

use super::countries;
use cordon_model::{Check, Country, Identifier, PartialDate, Scheme};

/// Words that end a search for a date: another fact begins.
const STOPS: [&str; 10] =
    ["expired", "expires", "expiring", "expiry", "expiration", "exp.", "valid", "born", "under", "issued"];
/// No living or recent party was born, and no document issued, before this year; smaller years are of other calendars.
const FIRST_YEAR: i16 = 1850;

/// The date that begins a text, and how many words it takes.
pub(super) fn date_at(words: &[&str]) -> Option<(PartialDate, usize)> {
    (1..=words.len().min(5)).rev().find_map(|count| {
        let text = words[..count].join(" ");
        let text = text.trim_matches(['.', ',', ';', ':', '(', ')', ']', '\'']);
        let dated = count > 1 || text.len() == 4 || text.contains(['-', '/', '.']);
        let date = PartialDate::parse(text).ok().filter(|_| dated)?;
        (date.from().year() >= FIRST_YEAR).then_some((date, count))
    })
}

/// The first date after one of these words, in the same statement.
pub(super) fn date_after(text: &str, keywords: &[&str]) -> Option<PartialDate> {
    dates_after(text, keywords).into_iter().next()
}

/// The dates after one of these words, in the same statement; several when they are numbered `a) … b) …`.
pub(super) fn dates_after(text: &str, keywords: &[&str]) -> Vec<PartialDate> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return Vec::new();
    }
    for keyword in keywords {
        for start in word_positions(&lower, keyword) {
            let found = dates_from(&text[start + keyword.len()..]);
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn dates_from(text: &str) -> Vec<PartialDate> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((date, count)) = date_at(&words[at..]) {
            found.push(date);
            at += count;
            if !words.get(at).is_some_and(|word| is_enumerator(word)) {
                break;
            }
        } else {
            let word = words[at];
            let stop = STOPS.iter().any(|stop| word.trim_matches(['(', ')', ',']).eq_ignore_ascii_case(stop));
            if stop || word.ends_with(';') {
                break;
            }
            at += 1;
        }
    }
    found
}

/// Whether a word is the `a)` or `ii)` before one item of several.
pub(super) fn is_enumerator(word: &str) -> bool {
    let Some(mark) = word.strip_suffix(')') else { return false };
    let letter = mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_lowercase());
    let numeral = mark.len() <= 4 && mark.bytes().all(|byte| b"ivx".contains(&byte));
    !mark.is_empty() && (letter || numeral)
}

/// The words between single blanks, with where they stand.
pub(super) fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(' ').scan(0, |at, word| {
        let here = *at;
        *at += word.len() + 1;
        Some((here, word))
    })
}

/// The items of `a) … b) …` or `i) … ii) …`, with what stands before the first put before each; the whole text when
/// it is not numbered.
pub(super) fn enumerated(text: &str) -> Vec<String> {
    let marks: Vec<(usize, &str)> = words_at(text).filter(|(_, word)| is_enumerator(word)).collect();
    if marks.len() < 2 {
        return vec![text.to_owned()];
    }
    let lead = text[..marks[0].0].trim();
    let ends = marks.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    marks
        .iter()
        .zip(ends)
        .map(|((at, mark), end)| {
            let item = text[at + mark.len()..end].trim().trim_end_matches([';', ',']).trim_end();
            if lead.is_empty() { item.to_owned() } else { format!("{lead} {item}") }
        })
        .filter(|item| !item.is_empty())
        .collect()
}

/// Positions at which a phrase stands as whole words.
pub(super) fn word_positions(lower: &str, phrase: &str) -> Vec<usize> {
    let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    lower
        .match_indices(phrase)
        .filter(|(at, _)| {
            let before = lower[..*at].chars().next_back();
            let after = lower[at + phrase.len()..].chars().next();
            edge(before) && (edge(after) || phrase.ends_with(|last: char| !last.is_alphanumeric()))
        })
        .map(|(at, _)| at)
        .collect()
}

/// Words before a date of birth.
pub(super) const BORN: [&str; 6] = ["born", "dob", "dpob", "date of birth", "date of birth:", "birth date"];
/// Words before a day of expiry.
pub(super) const EXPIRES: [&str; 11] = [
    "expired on",
    "expired",
    "expires on",
    "expires",
    "expiring",
    "exp.",
    "valid until",
    "expiration date",
    "date of expiration",
    "expiry date",
    "expiry",
];
/// Words before a day of issue.
pub(super) const ISSUED: [&str; 3] = ["issued", "date of issue", "issue date"];

/// A phrase that announces a number, the scheme of the number, and the country if the phrase tells it.
const NUMBERS: &[(&str, Scheme)] = &[
    ("passport number", Scheme::Passport),
    ("passport no", Scheme::Passport),
    ("imo number", Scheme::ImoShip),
    ("(imo) number", Scheme::ImoShip),
    ("number imo", Scheme::ImoShip),
    ("swift/bic", Scheme::Bic),
    ("swift", Scheme::Bic),
    ("vat number", Scheme::Vat),
    ("business registration number", Scheme::Registration),
    ("national tax number", Scheme::TaxId),
    ("employer identification number", Scheme::TaxId),
    ("identification number", Scheme::NationalId),
    ("fiscal code", Scheme::TaxId),
    ("license number", Scheme::Registration),
    ("id number", Scheme::NationalId),
    ("identity card no", Scheme::NationalId),
    ("identity card number", Scheme::NationalId),
];

/// One of these stands in every announcing phrase; most texts hold none.
const ANNOUNCED: [&str; 5] = ["number", "passport no", "card no", "swift", "fiscal code"];

/// Identifiers a text names with an announcing phrase: `IMO number: 5145892`, `Afghan passport number OA462456`.
///
/// An IMO number that may be of a ship and of a company is a company's where the text is about an organisation.
pub(super) fn identifiers(text: &str, organisation: bool) -> Vec<Identifier> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() || !ANNOUNCED.iter().any(|part| lower.contains(part)) {
        return Vec::new();
    }
    let mut found: Vec<(std::ops::Range<usize>, Identifier)> = Vec::new();
    for (phrase, scheme) in NUMBERS {
        for start in word_positions(&lower, phrase) {
            let end = start + phrase.len();
            if found.iter().any(|(other, _)| start < other.end && other.start < end) {
                continue;
            }
            let company = organisation && *scheme == Scheme::ImoShip;
            let scheme = if company { Scheme::ImoCompany } else { *scheme };
            if let Some(identifier) = number_after(text, start, end, scheme) {
                found.push((start..end, identifier));
            }
        }
    }
    found.sort_by_key(|(at, _)| at.start);
    found.dedup_by(|later, kept| later.1.value == kept.1.value && later.1.scheme == kept.1.scheme);
    found.into_iter().map(|(_, identifier)| identifier).collect()
}

fn number_after(text: &str, start: usize, end: usize, scheme: Scheme) -> Option<Identifier> {
    let mut rest = text[end..].trim_start_matches(['.', ':', ' ']);
    let mut country = None;
    if let Some((inside, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        country = countries::country(inside);
        rest = after.trim_start_matches([':', ' ']);
    }
    let value = number_token(rest)?;
    if scheme == Scheme::Bic && !matches!(value.len(), 8 | 11) {
        return None;
    }
    let after = &rest[value.len()..];
    if !matches!(scheme, Scheme::ImoShip | Scheme::ImoCompany | Scheme::Bic) {
        country = country
            .or_else(|| country_before(&text[..start]))
            .or_else(|| trailing_bracket(after).and_then(countries::country));
    }
    let mut identifier = Identifier::parse(scheme, value).ok()?.with_country(country);
    if identifier.scheme == Scheme::ImoCompany && identifier.check == Check::Failed {
        identifier = Identifier::parse(Scheme::ImoShip, value).ok()?.with_country(country);
    }
    if matches!(scheme, Scheme::Passport | Scheme::NationalId) {
        let own = after.find(" passport ").map_or(after, |next| &after[..next]);
        identifier.issued = date_after(own, &ISSUED);
        identifier.expires = date_after(own, &EXPIRES);
    }
    Some(identifier)
}

/// The country or demonym among the last two words before a number's words: `South African passport number`.
fn country_before(text: &str) -> Option<Country> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let last = &words[words.len().saturating_sub(2)..];
    let said = |word: &&&str| !word.ends_with(['.', ';', ',']);
    countries::country(&last.join(" "))
        .or_else(|| last.iter().rev().take_while(said).find_map(|word| countries::country_word(word)))
}

/// The number at the beginning of a text: capitals of up to three letters may stand before it.
fn number_token(text: &str) -> Option<&str> {
    let mut end = 0;
    for word in text.split_inclusive(' ') {
        end += word.len();
        let word = word.trim();
        if word.bytes().any(|byte| byte.is_ascii_digit()) {
            let token = text[..end].trim_end().trim_end_matches(['.', ',', ';', ')', ']']);
            return (!token.is_empty()).then_some(token);
        }
        if word.len() >= 8 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.') {
            return Some(text[..end].trim_end().trim_end_matches('.'));
        }
        if word.len() > 3 || !word.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
    }
    None
}

/// The text of the bracket that closes right after a number's last words.
fn trailing_bracket(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('(')?;
    rest.split_once(')').map(|(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_announced() {
        for (phrase, _) in NUMBERS {
            assert!(ANNOUNCED.iter().any(|part| phrase.contains(part)), "{phrase}");
        }
    }

    #[test]
    fn numbers_in_sentences() {
        for (text, expected) in [
            ("engaged in transfers. IMO number: 5145892.", vec!["ImoCompany 5145892 "]),
            ("Company Number IMO 5434358.", vec!["ImoCompany 5434358 "]),
            ("Organization (IMO) Number: 1790183.", vec!["ImoCompany 1790183 "]),
            ("Workers’ Party. SWIFT/BIC: KDBKKPPY", vec!["Bic KDBKKPPY "]),
            ("SWIFT: DCBKKPPY. Daedong Credit Bank", vec!["Bic DCBKKPPY "]),
            ("payments by SWIFT messages", vec![]),
            ("VAT Number BE480224531 [Old Reference # E.29.III.2]", vec!["Vat BE480224531 "]),
            ("Business Registration Number LL06889 (Malaysia))", vec!["Registration LL06889 my"]),
            (
                "Federal Employer Identification Number (United States of America): 36-3804626.",
                vec!["TaxId 363804626 us"],
            ),
            (
                "Pakistan National Tax Number: 1774308; Pakistan National Tax Number: 0980338;",
                vec!["TaxId 1774308 pk", "TaxId 0980338 pk"],
            ),
            ("Italian Fiscal Code: SSYBLK62T26Z336L. Sentenced", vec!["TaxId SSYBLK62T26Z336L it"]),
            (
                "with diplomatic passport number 836110034, which expires on 1 January 2020.",
                vec!["Passport 836110034 "],
            ),
            ("linked to South African passport number 434021161", vec!["Passport 434021161 za"]),
            ("Kandahar, Afghanistan passport number OR 1961825 issued", vec!["Passport OR1961825 af"]),
            ("May use a fake passport of a Syrian or Iraqi citizen", vec![]),
        ] {
            let found: Vec<String> = identifiers(text, true)
                .into_iter()
                .map(|found| {
                    let country = found.country.map(|country| country.code().to_owned()).unwrap_or_default();
                    format!("{:?} {} {country}", found.scheme, found.value)
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn numbered_items() {
        for (text, items) in [
            ("Kabul, Afghanistan", vec!["Kabul, Afghanistan"]),
            ("a) Street 13, Kabul b) Pakistan", vec!["Street 13, Kabul", "Pakistan"]),
            ("Office 2: i) Bazaar, Safar; ii) Herat", vec!["Office 2: Bazaar, Safar", "Office 2: Herat"]),
            ("a) only one", vec!["a) only one"]),
        ] {
            assert_eq!(enumerated(text), items, "{text}");
        }
    }

    #[test]
    fn dates_in_sentences() {
        for (text, keywords, expected) in [
            ("born in Kandahar on 01 Jan.1967", &BORN[..], vec!["1967-01-01"]),
            ("born in 1965 in Kandahar, passport issued on 4 Feb. 2003", &BORN, vec!["1965"]),
            ("DOB: a) 11 Apr. 1960 b) 11 Apr. 1963. POB: Egypt", &BORN, vec!["1960-04-11", "1963-04-11"]),
            ("(DPOB - 1970) - Passport No. 284158", &BORN, vec!["1970"]),
            ("a newborn army of 1970", &BORN, vec![]),
            ("issued in Karachi in Jul.1996", &ISSUED, vec!["1996-07"]),
            ("issued under name A B, born 14 Jul. 1975", &ISSUED, vec![]),
            ("issued by the office, expiration date 18 Nov. 2018", &EXPIRES, vec!["2018-11-18"]),
            ("expired on 7 Mar. 2010. Issue date in Hijri Calendar 24/06/1426.", &ISSUED, vec![]),
            ("expires on September 16, 2019", &EXPIRES, vec!["2019-09-16"]),
        ] {
            let found: Vec<String> = dates_after(text, keywords).iter().map(ToString::to_string).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
