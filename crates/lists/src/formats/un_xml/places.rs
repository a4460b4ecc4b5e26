//! Countries, addresses and places of birth.

use super::Draft;
use super::mentions::contacts;
use super::prose::is_enumerator;
use super::xml::Element;
use cordon_model::{Address, Country, CountryRole, IssueKind};

/// A country cell taken apart.
#[derive(Debug, Default, PartialEq)]
pub(super) struct CountryCell {
    /// The countries named.
    pub(super) countries: Vec<Country>,
    /// Whether the cell says more than the countries.
    pub(super) says_more: bool,
}

/// The country of exactly this name or demonym.
pub(super) fn country(text: &str) -> Option<Country> {
    Country::parse(text).ok()
}

/// The country of a word in a sentence; short words are left alone unless they are codes in capitals, since many of
/// them are also words ("no", "can", "per").
pub(super) fn country_word(word: &str) -> Option<Country> {
    let word = word.trim_matches(['(', ')', ',', '.', ':', ';']);
    let capital = word.starts_with(char::is_uppercase);
    let code = matches!(word, "US" | "USA" | "UK" | "CAR" | "DRC");
    (code || (capital && word.len() >= 4)).then(|| country(word)).flatten()
}

/// The first country named in a sentence, by up to six words, and where it ends.
fn country_in(text: &str) -> Option<(Country, usize)> {
    let words: Vec<(usize, &str)> = words_at(text).collect();
    for start in 0..words.len() {
        for count in (1..=words.len().min(start + 6) - start).rev() {
            let (from, first) = words[start];
            let (at, last) = words[start + count - 1];
            let end = at + last.len();
            let phrase = text[from..end].trim_matches(['(', ')', ',', '.', ':', ';']);
            let found = if count == 1 { country_word(first) } else { country(phrase) };
            if let Some(country) = found.filter(|_| first.starts_with(char::is_uppercase)) {
                return Some((country, end));
            }
        }
    }
    None
}

fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(' ').scan(0, |at, word| {
        let here = *at;
        *at += word.len() + 1;
        Some((here, word))
    })
}

/// Reads a cell that should hold a country: `Sudan/South Sudan`, `Libya (in custody)`, `former Soviet Union`.
pub(super) fn country_cell(cell: &str) -> CountryCell {
    if let Some(whole) = country(cell) {
        return CountryCell { countries: vec![whole], says_more: false };
    }
    let parts: Vec<&str> = cell.split('/').map(|part| part.trim().trim_start_matches("or ")).collect();
    let all: Option<Vec<Country>> = parts.iter().map(|part| country(part)).collect();
    if let Some(countries) = all {
        return CountryCell { countries, says_more: false };
    }
    let mut countries = Vec::new();
    let mut rest = cell;
    while let Some((country, end)) = country_in(rest) {
        if !countries.contains(&country) {
            countries.push(country);
        }
        rest = rest.get(end..).unwrap_or_default().trim_start();
    }
    CountryCell { countries, says_more: true }
}

/// Reads a country field into facts of a role; a text that says more is kept, one without a country is an issue.
pub(super) fn read_country(draft: &mut Draft<'_>, role: CountryRole, field: &str, label: &str, cell: &str) {
    if cell.is_empty() {
        return;
    }
    let found = country_cell(cell);
    if found.countries.is_empty() {
        draft.issue(field, IssueKind::UnknownValue, cell, "not a country we know; kept in the notes");
    }
    if found.says_more {
        draft.note(&format!("{label}: {cell}"));
    }
    for country in found.countries {
        draft.entity.add_country(role, country);
    }
}

/// `INDIVIDUAL_PLACE_OF_BIRTH`.
pub(super) fn read_birth_place(draft: &mut Draft<'_>, mut element: Element) {
    let parts = ["STREET", "CITY", "STATE_PROVINCE"].map(|part| element.take_text(part));
    let country = element.take_text("COUNTRY");
    let note = element.take_text("NOTE");
    let said = note.strip_prefix("Place of Birth: ").unwrap_or(&note);
    draft.leftovers(&element);
    read_country(draft, CountryRole::Birth, "INDIVIDUAL_PLACE_OF_BIRTH/COUNTRY", "Place of birth", &country);
    let place = join(parts.iter().chain([&country]));
    if place.is_empty() {
        draft.entity.add("birthPlace", said);
    } else {
        draft.entity.add("birthPlace", &place);
        if !said.is_empty() {
            draft.note(&format!("Place of birth {place}: {said}"));
        }
    }
}

/// Joins the parts that are not empty by commas.
pub(super) fn join<'a>(parts: impl IntoIterator<Item = &'a String>) -> String {
    let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// `INDIVIDUAL_ADDRESS` and `ENTITY_ADDRESS`.
pub(super) fn read_address(draft: &mut Draft<'_>, mut element: Element) {
    let [street, city, region, postal_code, country, note] =
        ["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE"]
            .map(|part| element.take_text(part));
    let field = format!("{}/COUNTRY", element.name);
    draft.leftovers(&element);
    for (property, value) in contacts(&note) {
        draft.entity.add(property, &value);
    }
    let cell =
        country_cell(if country.is_empty() && self::country(&note).is_some() { &note } else { &country });
    if !country.is_empty() && cell.countries.is_empty() {
        draft.issue(
            &field,
            IssueKind::UnknownValue,
            &country,
            "not a country we know; kept in the address note",
        );
    }
    let said: Vec<&str> =
        [note.as_str(), country.as_str()].into_iter().take(if cell.says_more { 2 } else { 1 }).collect();
    let said = said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    if [&street, &city, &region, &postal_code].iter().all(|part| part.is_empty()) && is_address(&note) {
        for part in enumerated(&note) {
            draft.add_address(whole(&part, cell.countries.first().copied()));
        }
        return;
    }
    let address =
        Address { street, city, region, postal_code, country: cell.countries.first().copied(), note: said };
    for other in cell.countries.iter().skip(1) {
        draft.add_address(Address { country: Some(*other), ..address.clone() });
    }
    draft.add_address(address);
}

/// Whether a note is an address rather than a remark on one: numbered, of a branch, or three or more parts between
/// commas with a country in the last.
fn is_address(note: &str) -> bool {
    let last = without_contacts(note);
    let place = last.rsplit(", ").next().unwrap_or_default();
    let place = place.split('(').next().unwrap_or_default().trim().trim_end_matches([';', '.']);
    let numbered = note.split_whitespace().filter(|word| is_enumerator(word)).count() > 1;
    let parts = note.matches(", ").count() + usize::from(note.starts_with("Branch Office"));
    numbered || (parts >= 2 && country_in(place).is_some())
}

/// The text up to the first telephone, fax or mail.
fn without_contacts(text: &str) -> &str {
    let starts =
        ["; Phone", ", Phone", "; Tel", ", Tel", "; Fax", ", Fax", ", Mobile", "; Email", ", e-mail"];
    let end = starts.iter().filter_map(|start| text.find(start)).min().unwrap_or(text.len());
    &text[..end]
}

/// An address published as one text.
fn whole(text: &str, country: Option<Country>) -> Address {
    let street = without_contacts(text).trim_end_matches([';', ',', ' ']);
    let last = street.rsplit(", ").next().unwrap_or_default();
    let named = country_in(last).map(|(country, _)| country);
    let note = if without_contacts(text) == text { String::new() } else { text.to_owned() };
    Address { street: street.to_owned(), country: named.or(country), note, ..Address::default() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn country_cells() {
        for (cell, codes, says_more) in [
            ("Iran (Islamic Republic of)", vec!["ir"], false),
            ("Sudan/South Sudan", vec!["sd", "ss"], false),
            ("Sudan/or South Sudan", vec!["sd", "ss"], false),
            ("Libya (in custody)", vec!["ly"], true),
            ("Bahrain (citizenship revoked in Jan. 2015)", vec!["bh"], true),
            ("former Soviet Union", vec!["su"], true),
            ("USSR (until 1991)", vec!["su"], true),
            ("Possibly Ethiopian", vec!["et"], true),
            ("Sudanese by birth", vec!["sd"], true),
            ("United States. Also believed to hold Syrian nationality", vec!["us", "sy"], true),
            ("Kuwaiti citizenship withdrawn in 2002", vec!["kw"], true),
            ("Branch Office 11: Iran", vec!["ir"], true),
            ("China, Hong Kong Special Administrative Region", vec!["hk"], false),
            ("the Philippines", vec!["ph"], false),
            ("RPDC", vec!["kp"], false),
            ("Iran / unknown", vec!["ir"], true),
            ("Unconfirmed (likely Iran)", vec!["ir"], true),
            ("no fixed abode", vec![], true),
        ] {
            let found = country_cell(cell);
            let read: Vec<&str> = found.countries.iter().map(Country::code).collect();
            assert_eq!((read, found.says_more), (codes, says_more), "{cell}");
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
    fn notes_that_are_addresses() {
        for (note, expected) in [
            ("617 Clifton Center, Block 5, Karachi, Pakistan; Phone 587-2545", true),
            ("a) Peshawar, Pakistan b) Kabul", true),
            ("Branch Office 14: Dubai, United Arab Emirates", true),
            ("at time of listing", false),
            ("Support network in Tunisia", false),
            ("Operates in Lebanon, Syria and the Arabian Peninsula", false),
        ] {
            assert_eq!(is_address(note), expected, "{note}");
        }
    }
}
