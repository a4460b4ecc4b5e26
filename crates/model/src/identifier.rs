//! Numbers and codes that identify a party, parsed once.

use crate::{Country, PartialDate};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The system an identifier belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// IMO ship number: stays with the hull.
    ImoShip,
    /// IMO number of a registered owner or company.
    ImoCompany,
    /// Maritime Mobile Service Identity.
    Mmsi,
    /// Radio call sign.
    CallSign,
    /// Legal Entity Identifier, ISO 17442.
    Lei,
    /// Business identifier code, ISO 9362.
    Bic,
    /// International bank account number, ISO 13616.
    Iban,
    /// Security identifier, ISO 6166.
    Isin,
    /// Passport or other travel document.
    Passport,
    /// National identity or citizen number.
    NationalId,
    /// Tax number of any state.
    TaxId,
    /// Russian tax number (INN).
    Inn,
    /// Russian registration number (OGRN).
    Ogrn,
    /// Russian bank code (BIK).
    Bik,
    /// Company, ship or association register number.
    Registration,
    /// Value added tax number.
    Vat,
    /// D-U-N-S number.
    Duns,
    /// Unique Entity Identifier of the US government.
    Uei,
    /// Social security number.
    SocialSecurity,
    /// Address on a public ledger; the currency stands beside it.
    Crypto,
    /// Aircraft registration mark.
    AircraftTail,
    /// Aircraft manufacturer's serial number.
    AircraftSerial,
    /// Stock exchange ticker.
    Ticker,
    /// Wikidata item.
    Wikidata,
    /// A number of another kind; the publisher's words stand beside it.
    Other,
}

/// How the letters and digits of a scheme are brought to one form.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Letters and digits in upper case, everything else dropped.
    Alphanumeric,
    /// Digits only.
    Digits,
    /// As published, outer blanks dropped: case carries meaning.
    Exact,
}

struct Row {
    scheme: Scheme,
    property: &'static str,
    label: &'static str,
    form: Form,
    /// Whether one value names one party in the whole world.
    unique: bool,
}

const fn row(scheme: Scheme, property: &'static str, label: &'static str, form: Form, unique: bool) -> Row {
    Row { scheme, property, label, form, unique }
}

const TABLE: [Row; 25] = [
    row(Scheme::ImoShip, "imoNumber", "IMO ship number", Form::Digits, true),
    row(Scheme::ImoCompany, "imoNumber", "IMO company number", Form::Digits, true),
    row(Scheme::Mmsi, "mmsi", "MMSI", Form::Digits, true),
    row(Scheme::CallSign, "callSign", "call sign", Form::Alphanumeric, false),
    row(Scheme::Lei, "leiCode", "LEI", Form::Alphanumeric, true),
    row(Scheme::Bic, "swiftBic", "BIC", Form::Alphanumeric, true),
    row(Scheme::Iban, "iban", "IBAN", Form::Alphanumeric, true),
    row(Scheme::Isin, "isin", "ISIN", Form::Alphanumeric, true),
    row(Scheme::Passport, "passportNumber", "passport", Form::Alphanumeric, false),
    row(Scheme::NationalId, "idNumber", "national identification number", Form::Alphanumeric, false),
    row(Scheme::TaxId, "taxNumber", "tax number", Form::Alphanumeric, false),
    row(Scheme::Inn, "innCode", "INN", Form::Digits, true),
    row(Scheme::Ogrn, "ogrnCode", "OGRN", Form::Digits, true),
    row(Scheme::Bik, "bikCode", "BIK", Form::Digits, true),
    row(Scheme::Registration, "registrationNumber", "registration number", Form::Alphanumeric, false),
    row(Scheme::Vat, "vatCode", "VAT number", Form::Alphanumeric, true),
    row(Scheme::Duns, "dunsCode", "D-U-N-S number", Form::Digits, true),
    row(Scheme::Uei, "uniqueEntityId", "unique entity identifier", Form::Alphanumeric, true),
    row(Scheme::SocialSecurity, "socialSecurityNumber", "social security number", Form::Alphanumeric, false),
    row(Scheme::Crypto, "publicKey", "digital currency address", Form::Exact, true),
    row(Scheme::AircraftTail, "registrationNumber", "aircraft registration", Form::Alphanumeric, false),
    row(Scheme::AircraftSerial, "serialNumber", "aircraft serial number", Form::Alphanumeric, false),
    row(Scheme::Ticker, "ticker", "ticker", Form::Alphanumeric, false),
    row(Scheme::Wikidata, "wikidataId", "Wikidata item", Form::Alphanumeric, true),
    row(Scheme::Other, "idNumber", "identifier", Form::Alphanumeric, false),
];

impl Scheme {
    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// Every scheme, in a fixed order.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.scheme)
    }

    /// The scheme whose number (`scheme as usize`) this is.
    pub fn from_index(index: usize) -> Option<Self> {
        TABLE.get(index).map(|row| row.scheme)
    }

    /// The FollowTheMoney property that carries it.
    pub fn property(self) -> &'static str {
        self.row().property
    }

    /// The words people read: `IMO ship number`.
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// Whether one value names one party in the whole world, so that an exact agreement decides.
    pub fn is_unique(self) -> bool {
        self.row().unique
    }

    /// The first scheme carried by a FollowTheMoney property.
    pub fn from_property(property: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.property == property).map(|row| row.scheme)
    }
}

/// What the check digits of a value say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The scheme has no check digit, or it is not known.
    #[default]
    None,
    /// Length and check digit are right.
    Passed,
    /// Length or check digit is wrong: a typing error is likely.
    Failed,
}

/// An identifier of a party.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// The system it belongs to.
    pub scheme: Scheme,
    /// The value in the scheme's one form; never empty.
    pub value: String,
    /// The value as published, when that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The publisher's words for the kind of identifier, or the currency of a ledger address (`XBT`).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Issuing country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// What the check digits say.
    #[serde(default)]
    pub check: Check,
    /// Day of issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<PartialDate>,
    /// Day of expiry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<PartialDate>,
    /// The publisher's remark: issuing authority, "false", "expired".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Why a text is not an identifier of a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierError {
    scheme: Scheme,
    text: String,
}

impl fmt::Display for IdentifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a {}: it holds no usable letter or digit", self.text, self.scheme.label())
    }
}

impl std::error::Error for IdentifierError {}

impl Identifier {
    /// Parses `text` as an identifier of `scheme`.
    ///
    /// The value is brought to the scheme's form and its check digits are noted. A number given as an IMO ship
    /// number that fails the ship check but passes the company check is a company number. Errors only when
    /// nothing usable is left.
    pub fn parse(scheme: Scheme, text: &str) -> Result<Self, IdentifierError> {
        let trimmed = text.trim();
        let value = normalise(scheme, trimmed);
        if value.is_empty() {
            return Err(IdentifierError { scheme, text: trimmed.chars().take(60).collect() });
        }
        let mut scheme = scheme;
        if matches!(scheme, Scheme::ImoShip | Scheme::ImoCompany) && !imo_ship(&value) && imo_company(&value)
        {
            scheme = Scheme::ImoCompany;
        }
        let check = check(scheme, &value);
        Ok(Self {
            scheme,
            published: (value != trimmed).then(|| trimmed.to_owned()),
            value,
            kind: String::new(),
            country: None,
            check,
            issued: None,
            expires: None,
            note: String::new(),
        })
    }

    /// A ledger address in a currency (`XBT`, `ETH`).
    ///
    /// Addresses in hexadecimal (`0x…`) are compared in lower case, Bech32 ones (`bc1…`, `ltc1…`) too; all
    /// others as written.
    pub fn crypto(currency: &str, address: &str) -> Result<Self, IdentifierError> {
        let mut identifier = Self::parse(Scheme::Crypto, address)?;
        currency.trim().to_uppercase().clone_into(&mut identifier.kind);
        Ok(identifier)
    }

    /// The same identifier with the publisher's words for its kind.
    #[must_use]
    pub fn with_kind(mut self, kind: &str) -> Self {
        kind.trim().clone_into(&mut self.kind);
        self
    }

    /// The same identifier with its issuing country.
    #[must_use]
    pub fn with_country(mut self, country: Option<Country>) -> Self {
        self.country = country;
        self
    }

    /// The words people read: the publisher's, else the scheme's.
    pub fn label(&self) -> String {
        match (self.scheme, self.kind.as_str()) {
            (_, "") => self.scheme.label().to_owned(),
            (Scheme::Crypto, currency) => format!("{} {currency}", self.scheme.label()),
            (_, kind) => kind.to_owned(),
        }
    }
}

fn normalise(scheme: Scheme, text: &str) -> String {
    match scheme.row().form {
        Form::Exact => {
            let lower = text.to_lowercase();
            let folds = ["0x", "bc1", "ltc1"].iter().any(|prefix| lower.starts_with(prefix));
            if folds { lower } else { text.to_owned() }
        }
        Form::Alphanumeric => {
            text.chars().flat_map(char::to_uppercase).filter(|letter| letter.is_alphanumeric()).collect()
        }
        Form::Digits => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            // A number in another script or with letters only is still worth keeping.
            if digits.is_empty() {
                text.chars().filter(|letter| letter.is_alphanumeric()).collect()
            } else {
                digits
            }
        }
    }
}

fn check(scheme: Scheme, value: &str) -> Check {
    let passed = match scheme {
        Scheme::ImoShip => imo_ship(value),
        Scheme::ImoCompany => imo_company(value),
        Scheme::Mmsi => value.len() == 9,
        Scheme::Lei => value.len() == 20 && mod_97(value) == Some(1),
        Scheme::Iban => iban(value),
        Scheme::Bic => bic(value),
        Scheme::Isin => isin(value),
        Scheme::Inn => inn(value),
        Scheme::Ogrn => ogrn(value),
        _ => return Check::None,
    };
    if passed { Check::Passed } else { Check::Failed }
}

fn digits(value: &str) -> Option<Vec<u32>> {
    value.chars().map(|letter| letter.to_digit(10)).collect()
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Six digits weighted 7 to 2; the last digit of the sum is the seventh (IMO Resolution A.1117(30)).
fn imo_ship(value: &str) -> bool {
    digits(value)
        .is_some_and(|digits| digits.len() == 7 && weighted(&digits, &[7, 6, 5, 4, 3, 2]) % 10 == digits[6])
}

/// Six digits weighted 8, 6, 4, 2, 9, 7; eleven less the sum modulo eleven, modulo ten (IMO Resolution MSC.160(78)).
fn imo_company(value: &str) -> bool {
    digits(value).is_some_and(|digits| {
        digits.len() == 7 && (11 - weighted(&digits, &[8, 6, 4, 2, 9, 7]) % 11) % 10 == digits[6]
    })
}

/// ISO 7064 MOD 97-10 over digits and letters (A = 10 … Z = 35).
fn mod_97(value: &str) -> Option<u32> {
    value.chars().try_fold(0u32, |rest, letter| {
        let digit = letter.to_digit(36)?;
        Some(if digit < 10 { (rest * 10 + digit) % 97 } else { (rest * 100 + digit) % 97 })
    })
}

fn iban(value: &str) -> bool {
    let shape = value.is_ascii()
        && (15..=34).contains(&value.len())
        && value[..2].bytes().all(|byte| byte.is_ascii_uppercase())
        && value[2..4].bytes().all(|byte| byte.is_ascii_digit());
    shape && mod_97(&format!("{}{}", &value[4..], &value[..4])) == Some(1)
}

/// Four letters or digits of the party, two letters of the country, two or five of place and branch (ISO 9362).
fn bic(value: &str) -> bool {
    value.is_ascii()
        && matches!(value.len(), 8 | 11)
        && value[..4].bytes().all(|byte| byte.is_ascii_alphanumeric())
        && Country::from_code(&value[4..6]).is_some()
}

/// Luhn over the digits that letters and digits spell (ISO 6166).
fn isin(value: &str) -> bool {
    if value.len() != 12 || !value.is_ascii() {
        return false;
    }
    let mut spelt = Vec::with_capacity(24);
    for letter in value.chars() {
        let Some(number) = letter.to_digit(36) else { return false };
        if number >= 10 {
            spelt.push(number / 10);
        }
        spelt.push(number % 10);
    }
    let sum: u32 = spelt
        .iter()
        .rev()
        .enumerate()
        .map(|(index, &digit)| match index % 2 {
            0 => digit,
            _ => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Ten digits (organisations) or twelve (persons) with one or two check digits (Russian tax service rules).
fn inn(value: &str) -> bool {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let Some(digits) = digits(value) else { return false };
    match digits.len() {
        10 => weighted(&digits, &WEIGHTS[2..]) % 11 % 10 == digits[9],
        12 => {
            weighted(&digits, &WEIGHTS[1..]) % 11 % 10 == digits[10]
                && weighted(&digits, &WEIGHTS) % 11 % 10 == digits[11]
        }
        _ => false,
    }
}

/// Thirteen digits, the last being the first twelve modulo eleven; fifteen for sole traders, modulo thirteen.
fn ogrn(value: &str) -> bool {
    let (Ok(number), Some(last)) = (value.parse::<u64>(), value.bytes().last()) else { return false };
    let modulus = match value.len() {
        13 => 11,
        15 => 13,
        _ => return false,
    };
    (number / 10) % modulus % 10 == u64::from(last - b'0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn table_is_in_the_order_of_the_schemes() {
        for (index, row) in TABLE.iter().enumerate() {
            assert_eq!(row.scheme as usize, index, "{}", row.label);
        }
    }

    #[test]
    fn values_and_checks() {
        for (scheme, text, value, check) in [
            (Scheme::ImoShip, "IMO 9161003", "9161003", Check::Passed),
            (Scheme::ImoShip, "916-1003", "9161003", Check::Passed),
            (Scheme::ImoShip, "9074728", "9074728", Check::Failed),
            (Scheme::Lei, "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12", Check::Passed),
            (Scheme::Lei, "5493001KJTIIGC8Y1R13", "5493001KJTIIGC8Y1R13", Check::Failed),
            (Scheme::Iban, "GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432", Check::Passed),
            (Scheme::Bic, "sabrrumm", "SABRRUMM", Check::Passed),
            (Scheme::Bic, "SABRZZMM", "SABRZZMM", Check::Failed),
            (Scheme::Isin, "US0378331005", "US0378331005", Check::Passed),
            (Scheme::Inn, "7707083893", "7707083893", Check::Passed),
            (Scheme::Ogrn, "1027700132195", "1027700132195", Check::Passed),
            (Scheme::Ogrn, "1027700132196", "1027700132196", Check::Failed),
            (Scheme::Passport, "AB 12-345", "AB12345", Check::None),
            (
                Scheme::Crypto,
                "0xDD4c48C0B24039969fC16D1cdF626eaB821d3384",
                "0xdd4c48c0b24039969fc16d1cdf626eab821d3384",
                Check::None,
            ),
            (Scheme::Crypto, "1GsY4ww3BJnWXTsn", "1GsY4ww3BJnWXTsn", Check::None),
        ] {
            let parsed = Identifier::parse(scheme, text).unwrap();
            assert_eq!(
                (parsed.scheme, parsed.value.as_str(), parsed.check),
                (scheme, value, check),
                "{text}"
            );
        }
        let company = Identifier::parse(Scheme::ImoShip, "2041999").unwrap();
        assert_eq!((company.scheme, company.check), (Scheme::ImoCompany, Check::Passed));
        assert!(Identifier::parse(Scheme::Passport, " - ").is_err());
    }

    proptest! {
        #[test]
        fn parsing_is_total_and_stable(text in "\\PC{0,40}") {
            for scheme in Scheme::all() {
                if let Ok(once) = Identifier::parse(scheme, &text) {
                    let twice = Identifier::parse(once.scheme, &once.value).unwrap();
                    prop_assert_eq!(&once.value, &twice.value);
                    prop_assert_eq!(once.check, twice.check);
                }
            }
        }
    }
}
