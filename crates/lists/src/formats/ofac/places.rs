//! Addresses, and countries inside the texts of remarks.

use cordon_model::{Address, Country, Issue, IssueKind};

/// An address in OFAC's parts.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::formats) struct Postal {
    /// Street lines, in their order.
    pub(in crate::formats) lines: Vec<String>,
    pub(in crate::formats) city: String,
    pub(in crate::formats) state: String,
    /// A territory that is no country: `Gaza`.
    pub(in crate::formats) region: String,
    pub(in crate::formats) post_code: String,
    /// The name of the country.
    pub(in crate::formats) country: String,
    /// Its code, for names we do not know.
    pub(in crate::formats) code: String,
}

impl Postal {
    /// Puts a part under OFAC's words for it in its place; false when the words are not known.
    pub(in crate::formats) fn put(&mut self, words: &str, text: &str) -> bool {
        let place = match words {
            "ADDRESS1" | "ADDRESS2" | "ADDRESS3" => {
                self.lines.push(text.to_owned());
                return true;
            }
            "CITY" => &mut self.city,
            "STATE/PROVINCE" => &mut self.state,
            "REGION" => &mut self.region,
            "POSTAL CODE" => &mut self.post_code,
            _ => return false,
        };
        *place = join(place, text);
        true
    }

    /// Whether it is nothing but a country.
    pub(in crate::formats) fn is_country(&self) -> bool {
        let bare = Self { country: self.country.clone(), code: self.code.clone(), ..Self::default() };
        *self == bare
    }

    /// The address; `None` when it says nothing, as OFAC's of parties without an address do.
    pub(in crate::formats) fn address(&self, key: &str, issues: &mut Vec<Issue>) -> Option<Address> {
        let lines: Vec<&str> =
            self.lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
        let mut address = Address {
            street: lines.join(", "),
            city: self.city.clone(),
            region: self.state.clone(),
            postal_code: self.post_code.clone(),
            ..Address::default()
        };
        put_region(&mut address, &self.region);
        let unknown_alone = self.country.eq_ignore_ascii_case(UNDETERMINED) && address.is_empty();
        if !unknown_alone && !self.country.is_empty() {
            put_country(&mut address, key, &self.country, issues);
            address.country = address.country.or_else(|| Country::from_code(&self.code));
        }
        (!address.is_empty()).then_some(address)
    }
}

/// OFAC's word for a country it does not know: silence, not an issue.
const UNDETERMINED: &str = "undetermined";

/// Gives an address its country. What is no country stays in the address's region.
pub(in crate::formats) fn put_country(address: &mut Address, key: &str, name: &str, issues: &mut Vec<Issue>) {
    if let Some(region) = name.strip_prefix(REGION) {
        put_region(address, region);
        if address.country.is_some() {
            return;
        }
    } else {
        address.country = Country::parse(name).ok();
        if address.country.is_some() {
            return;
        }
        if name.eq_ignore_ascii_case(UNDETERMINED) {
            address.note = format!("country {UNDETERMINED}");
            return;
        }
        address.region = join(&address.region, name);
    }
    let message = "not a country we know; kept as the address's region";
    issues.push(Issue::new(key, "Country", IssueKind::UnknownValue, name, message));
}

/// OFAC's mark of territories that are no countries: `Region: Gaza`.
const REGION: &str = "Region: ";

/// Gives an address its territory, and the country that is known to lie in.
fn put_region(address: &mut Address, region: &str) {
    let name = region.strip_prefix(REGION).unwrap_or(region);
    if !name.is_empty() {
        address.region = join(&address.region, name);
        address.country = address.country.or_else(|| Country::parse(&format!("{REGION}{name}")).ok());
    }
}

/// Two texts with a comma between, if both are there.
pub(in crate::formats) fn join(one: &str, two: &str) -> String {
    if one.is_empty() || two.is_empty() { format!("{one}{two}") } else { format!("{one}, {two}") }
}

/// The country a place of birth ends in: `Culiacan, Sinaloa, Mexico`. Silence when there is none.
///
/// Tried in turn, without brackets: the whole text, its last two parts (`Congo, Democratic Republic of the`), its last
/// part, and the last word of that (`Khartoum Sudan`, but not `New Mexico`); then what the brackets hold.
pub(in crate::formats) fn country_of_birth(place: &str) -> Option<Country> {
    let bare = without_brackets(place);
    let parts: Vec<&str> = bare.split(',').map(str::trim).collect();
    let last_two = parts.len().checked_sub(2).map(|from| parts[from..].join(", "));
    let last_word = parts.last().and_then(|part| part.rsplit_once(' '));
    let last_word = last_word.filter(|(before, _)| !before.ends_with("New")).map(|(_, word)| word);
    let inside = place.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside);
    [Some(bare.as_str()), last_two.as_deref(), parts.last().copied(), last_word, inside]
        .into_iter()
        .flatten()
        .find_map(|text| Country::parse(text).ok())
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let kept = text.chars().filter(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    });
    kept.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_parts() {
        let postal = |parts: &[(&str, &str)], country: &str, code: &str| {
            let mut postal =
                Postal { country: country.to_owned(), code: code.to_owned(), ..Postal::default() };
            assert!(parts.iter().all(|(words, text)| postal.put(words, text)));
            let mut issues = Vec::new();
            let address = postal.address("1", &mut issues);
            let shown =
                address.map(|one| if one.note.is_empty() { one.line() } else { one.line() + &one.note });
            (shown.unwrap_or_default(), issues.len())
        };
        let street =
            [("ADDRESS1", "1 Main"), ("ADDRESS2", "Floor 2"), ("CITY", "Moscow"), ("POSTAL CODE", "1")];
        for (parts, country, code, expected, issues) in [
            (&street[..], "Russia", "RU", "1 Main, Floor 2, Moscow, 1, Russia", 0),
            (
                &[("CITY", "Jabaliya"), ("REGION", "Gaza")],
                "",
                "",
                "Jabaliya, Gaza, Palestinian Territories",
                0,
            ),
            (&[("CITY", "X"), ("STATE/PROVINCE", "Y")], "Region: Moon", "", "X, Y, Moon", 1),
            (&[("CITY", "X")], "Old Land", "RU", "X, Old Land, Russia", 1),
            (&[("CITY", "X")], "undetermined", "", "Xcountry undetermined", 0),
            (&[], "undetermined", "", "", 0),
            (&[], "Iran", "", "Iran", 0),
            (&[], "", "", "", 0),
        ] {
            assert_eq!(postal(parts, country, code), (expected.to_owned(), issues), "{expected}");
        }
        assert!(!Postal::default().put("PLANET", "Mars"));
    }

    #[test]
    fn places_of_birth() {
        for (place, expected) in [
            ("Moscow, Russia", Some("ru")),
            ("Russia", Some("ru")),
            ("Goma, Congo, Democratic Republic of the", Some("cd")),
            ("Sinuiju, Korea, North", Some("kp")),
            ("Khartoum Sudan", Some("sd")),
            ("Santa Agueda,Baja California Sur,Mexico", Some("mx")),
            ("Ramallah, West Bank (Palestinian Authority)", Some("ps")),
            ("(Medina) Saudi Arabia", Some("sa")),
            ("Bloomington, Indiana USA", Some("us")),
            ("Tunisi (Tunisia)", Some("tn")),
            ("Akale Guzay (Shemejena)", None),
            ("Albuquerque, New Mexico", None),
            ("Guadalajara, Jalisco", None),
            ("Pyongyang", None),
            ("", None),
        ] {
            let country = country_of_birth(place);
            assert_eq!(country.as_ref().map(Country::code), expected, "{place}");
        }
    }
}
