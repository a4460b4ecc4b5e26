//! Countries and territories by code, with the names publishers and people use for them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

/// A country or territory: an ISO 3166-1 alpha-2 code in lower case, a withdrawn one for a former state
/// (`su`, `yu`, `cs`, `dd`), or a user-assigned one in general use (`xk`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// A text that names no country we know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryError(String);

impl fmt::Display for CountryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a country code or name we know", self.0)
    }
}

impl std::error::Error for CountryError {}

/// Tab separated: alpha-2, alpha-3, English short name, then other names and demonyms separated by `;`.
const DATA: &str = include_str!("countries.tsv");

struct Tables {
    /// Code → English short name.
    names: BTreeMap<[u8; 2], &'static str>,
    /// Folded name, demonym, alpha-2 or alpha-3 code → code.
    codes: BTreeMap<String, [u8; 2]>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { names: BTreeMap::new(), codes: BTreeMap::new() };
    for line in DATA.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(&[one, two]), Some(alpha3), Some(name)) =
            (cells.next().map(str::as_bytes), cells.next(), cells.next())
        else {
            continue;
        };
        let code = [one, two];
        tables.names.insert(code, name);
        let short = std::str::from_utf8(&[one, two]).map(str::to_owned).unwrap_or_default();
        let others = cells.next().unwrap_or_default().split(';');
        for key in [short.as_str(), alpha3, name].into_iter().chain(others) {
            let key = fold(key);
            if !key.is_empty() {
                tables.codes.entry(key).or_insert(code);
            }
        }
    }
    tables
});

/// Lower case, letters and digits only, single blanks, no leading article.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            folded.push(letter);
        } else if !matches!(letter, '\'' | '’' | '.') && !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
    }
    let folded = folded.trim_end();
    folded.strip_prefix("the ").unwrap_or(folded).to_owned()
}

impl Country {
    /// The country of an alpha-2 code in any case, if we know it.
    pub fn from_code(code: &str) -> Option<Self> {
        let &[one, two] = code.as_bytes() else { return None };
        let code = [one.to_ascii_lowercase(), two.to_ascii_lowercase()];
        TABLES.names.contains_key(&code).then_some(Self(code))
    }

    /// Reads a code (two or three letters), a name in common use, a former name or a demonym, in any case.
    pub fn parse(text: &str) -> Result<Self, CountryError> {
        TABLES
            .codes
            .get(&fold(text))
            .map(|&code| Self(code))
            .ok_or_else(|| CountryError(text.chars().take(60).collect()))
    }

    /// The two letter code in lower case.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("zz")
    }

    /// The English short name.
    pub fn name(self) -> &'static str {
        TABLES.names.get(&self.0).copied().unwrap_or("unknown country")
    }

    /// The code's two bytes, lower case ASCII: a compact form for index files.
    pub fn to_bytes(self) -> [u8; 2] {
        self.0
    }

    /// The country of two bytes made by [`Country::to_bytes`].
    pub fn from_bytes(bytes: [u8; 2]) -> Option<Self> {
        TABLES.names.contains_key(&bytes).then_some(Self(bytes))
    }

    /// Every country we know, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLES.names.keys().map(|&code| Self(code))
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_code(&text).ok_or_else(|| serde::de::Error::custom(CountryError(text.into_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_publishers_use() {
        for (text, code) in [
            ("ru", "ru"),
            ("RUS", "ru"),
            ("Russian Federation", "ru"),
            ("Korea, North", "kp"),
            ("Democratic People's Republic of Korea", "kp"),
            ("North Korean", "kp"),
            ("The Gambia", "gm"),
            ("Syrian Arab Republic", "sy"),
            ("Burma", "mm"),
            ("USSR", "su"),
        ] {
            assert_eq!(
                Country::parse(text).map(|country| country.code().to_owned()),
                Ok(code.to_owned()),
                "{text}"
            );
        }
        assert!(Country::parse("Atlantis").is_err());
        assert!(Country::parse("").is_err());
    }

    #[test]
    fn every_country_reads_back_from_its_code_and_name() {
        for country in Country::all() {
            assert_eq!(Country::from_code(country.code()), Some(country));
            assert_eq!(Country::parse(country.name()), Ok(country), "{}", country.name());
        }
    }
}
