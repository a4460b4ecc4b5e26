//! Addresses in one text each: `Myasnikova, 32, Minsk, 220050, BY`.

use cordon_model::{Address, Country};

/// Reads one address. What stands at the end is taken for the country (a code of two letters), the postal code (digits)
/// and the state (two capitals that are no country), what is left at the end for the city.
pub(super) fn read(text: &str) -> Address {
    let mut parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut address = Address::default();
    if let Some(country) = parts.last().filter(|last| is_code(last)).and_then(|last| Country::from_code(last))
    {
        address.country = Some(country);
        parts.pop();
    }
    if parts.len() > 1
        && let Some(code) = parts.pop_if(|last| is_postal_code(last))
    {
        code.clone_into(&mut address.postal_code);
    }
    if parts.len() > 1
        && let Some(state) = parts.pop_if(|last| is_code(last))
    {
        state.clone_into(&mut address.region);
    }
    // `…, Shenzhen, China, CN`: the country stands twice.
    parts.pop_if(|last| address.country.is_some() && Country::parse(last).ok() == address.country);
    if !parts.is_empty() && (parts.len() > 1 || address != Address::default()) {
        parts.pop().unwrap_or_default().clone_into(&mut address.city);
    }
    address.street = parts.join(", ");
    address
}

fn is_code(part: &str) -> bool {
    part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Up to ten letters, digits and hyphens, at least half of them digits.
fn is_postal_code(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    part.len() <= 10
        && digits * 2 >= part.len()
        && digits >= 3
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_one_text() {
        for (text, expected) in [
            ("RU", ["", "", "", "", "ru"]),
            ("Moscow, RU", ["", "Moscow", "", "", "ru"]),
            ("Myasnikova, 32, Minsk, 220050, BY", ["Myasnikova, 32", "Minsk", "", "220050", "by"]),
            ("3037 S. 69TH DRIVE, PHOENIX, AZ, 85043", ["3037 S. 69TH DRIVE", "PHOENIX", "AZ", "85043", ""]),
            ("Lusong District, Zhuzhou, China, CN", ["Lusong District", "Zhuzhou", "", "", "cn"]),
            ("P.O. Box 28515, Dubai, AE", ["P.O. Box 28515", "Dubai", "", "", "ae"]),
            ("40 KITCHENER STREET", ["40 KITCHENER STREET", "", "", "", ""]),
            ("1017 CA, Amsterdam, NL", ["1017 CA", "Amsterdam", "", "", "nl"]),
            ("Lindenstrasse 2, Baar, 6340, CH", ["Lindenstrasse 2", "Baar", "", "6340", "ch"]),
            ("", ["", "", "", "", ""]),
        ] {
            let read = read(text);
            let country = read.country.map(|country| country.to_string()).unwrap_or_default();
            let found = [read.street, read.city, read.region, read.postal_code, country];
            assert_eq!(found, expected.map(str::to_owned), "{text}");
        }
    }
}
