//! Countries, addresses and places of birth.

use super::Draft;
use crate::formats::countries::{self, country_cell, country_in};
use crate::formats::mentions::contacts;
use crate::formats::prose::{enumerated, is_enumerator};
use crate::formats::xml::Element;
use cordon_model::{Address, Country, CountryRole, IssueKind};

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
    let cell = country_cell(if country.is_empty() && countries::country(&note).is_some() {
        &note
    } else {
        &country
    });
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

#[cfg(test)]
mod tests {
    use super::*;

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
