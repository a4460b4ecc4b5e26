//! A row of the address file to an [`Address`].
//!
//! Three cells matter: the street, `city, state postal code` in one, and the country. The address's own number is left
//! out: no other file names it.

use super::table::Row;
use crate::formats::ofac::places::{join, put_country};
use cordon_model::{Address, Country, Issue};

/// Reads a row; `None` when it says nothing, as OFAC's rows of parties without an address do.
pub(super) fn read(row: &Row, issues: &mut Vec<Issue>) -> Option<Address> {
    let mut address = Address { street: row.cell(2).unwrap_or_default().to_owned(), ..Address::default() };
    let published = row.cell(4);
    let country = published.and_then(|name| Country::parse(name).ok());
    let malta = country.is_some_and(|country| country.code() == "mt");
    let place = split_place(row.cell(3).unwrap_or_default(), malta);
    [address.city, address.region, address.postal_code] = place.map(str::to_owned);
    if let Some(name) = published {
        put_country(&mut address, row.key(), name, issues);
    }
    if let Some(remark) = row.cell(5) {
        address.note = join(&address.note, remark);
    }
    (!address.is_empty()).then_some(address)
}

/// Splits `Zapopan, Jalisco C.P. 45020` into city, region and postal code.
///
/// The postal code is the end of the cell that holds digits; what stands before the first comma of the rest is the
/// city and what follows it the region. `malta` says that three capitals before the digits belong to the code.
fn split_place(cell: &str, malta: bool) -> [&str; 3] {
    let (rest, code) = split_postal_code(cell, malta);
    let rest = rest.trim_end_matches([' ', ',']);
    let (city, region) = rest.split_once(", ").unwrap_or((rest, ""));
    [city.trim(), region.trim(), code]
}

/// Spanish for "postal code", printed before it or joined to it.
const LABELS: [&str; 2] = ["C.P.", "CP"];

fn split_postal_code(cell: &str, malta: bool) -> (&str, &str) {
    let (before, last) = last_word(cell);
    let (earlier, previous) = last_word(before);
    let last_two = || (earlier, cell[earlier.len()..].trim());
    let all = |word: &str, test: fn(&u8) -> bool| word.as_bytes().iter().all(test);
    if last.len() == 2
        && all(last, u8::is_ascii_uppercase)
        && previous.len() >= 4
        && all(previous, u8::is_ascii_digit)
    {
        return last_two(); // Netherlands: `1017 CA`
    }
    if !is_code(last) {
        return (cell, "");
    }
    if LABELS.contains(&previous) {
        return (earlier, last);
    }
    let halves = (2..=5).contains(&previous.len()) && is_code(previous) && !previous.contains('-');
    if halves || (malta && previous.len() == 3 && all(previous, u8::is_ascii_uppercase)) {
        return last_two(); // `M16 9WY`, `110 00`, `VLT 1455`
    }
    let code = LABELS.iter().find_map(|label| last.strip_prefix(label)).unwrap_or(last);
    (before, code)
}

/// The part of a cell before its last word, and that word if no comma parts them.
fn last_word(text: &str) -> (&str, &str) {
    let text = text.trim_end();
    if text.ends_with(',') {
        return (text, "");
    }
    let start = text.rfind(' ').map_or(0, |at| at + 1);
    text.split_at(start)
}

/// Two or more capitals, digits, hyphens or slashes, at least one of them a digit.
fn is_code(word: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"-/.".contains(&byte);
    word.len() >= 2 && word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        for (cell, expected) in [
            ("Tehran", ["Tehran", "", ""]),
            ("Moscow 127254", ["Moscow", "", "127254"]),
            ("Zapopan, Jalisco 45030", ["Zapopan", "Jalisco", "45030"]),
            ("Badiraguato, Sinaloa C.P. 80500", ["Badiraguato", "Sinaloa", "80500"]),
            ("Culiacan, Sinaloa C.P.80180", ["Culiacan", "Sinaloa", "80180"]),
            ("Manchester, Lancashire M16 9WY", ["Manchester", "Lancashire", "M16 9WY"]),
            ("Plantation, FL 33324-1234", ["Plantation", "FL", "33324-1234"]),
            ("Montreal, Quebec H3W 2H2", ["Montreal", "Quebec", "H3W 2H2"]),
            ("Gouda 2803 PE", ["Gouda", "", "2803 PE"]),
            ("Prague 110 00", ["Prague", "", "110 00"]),
            ("Zug CH-6300", ["Zug", "", "CH-6300"]),
            ("Grand Cayman KY1-9006", ["Grand Cayman", "", "KY1-9006"]),
            ("Subang Jaya, MY-10 47600", ["Subang Jaya", "MY-10", "47600"]),
            ("Bavet, Chantrea, Svay Rieng 20202", ["Bavet", "Chantrea, Svay Rieng", "20202"]),
            ("Dublin 2", ["Dublin 2", "", ""]),
            ("Promzona Borovlevo 2 179540", ["Promzona Borovlevo 2", "", "179540"]),
            ("Tecun Uman Zona 2, Ayutla, San Marcos", ["Tecun Uman Zona 2", "Ayutla, San Marcos", ""]),
            ("Bahaarumagu 0808, Guraidhoo", ["Bahaarumagu 0808", "Guraidhoo", ""]),
            ("Saint Petersburg, 196084", ["Saint Petersburg", "", "196084"]),
            ("L-2418", ["", "", "L-2418"]),
            ("Plantation, FL", ["Plantation", "FL", ""]),
            ("", ["", "", ""]),
        ] {
            assert_eq!(split_place(cell, false), expected, "{cell}");
        }
        assert_eq!(split_place("Valletta VLT 1455", true), ["Valletta", "", "VLT 1455"]);
        assert_eq!(split_place("Sydney, NSW 2000", false), ["Sydney", "NSW", "2000"]);
    }
}
