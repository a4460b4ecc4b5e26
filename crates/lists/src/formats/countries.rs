//! Countries in cells and sentences of lists.
//!
//! In: a cell that should hold a country, or words among which one may stand. Out: the countries, and whether the cell says
//! more than them. Absent: what the country is to the entity.

use super::prose::words_at;
use cordon_model::Country;

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
pub(super) fn country_in(text: &str) -> Option<(Country, usize)> {
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
}
