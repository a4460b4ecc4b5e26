//! The cell `ids`: facts written backwards, `value, words` between semicolons, into the forms of OFAC's remarks.
//!
//! Papers are written `country, day of expiry, day of issue, number, words`; of a single day it cannot be told which of
//! the two it is.

use crate::formats::ofac::labels::{self, Meaning};
use cordon_model::{Country, PartialDate};

/// The facts of a cell as segments of remarks: `Passport K475336 (Jordan) issued 2009-08-31 expires 2014-08-30`.
pub(super) fn segments(cell: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut begun = String::new();
    for piece in cell.split("; ").map(str::trim).filter(|piece| !piece.is_empty()) {
        if !begun.is_empty() {
            begun.push_str("; ");
        }
        begun.push_str(piece);
        // A piece without words we know is the beginning of a value that holds a semicolon.
        if label(piece).is_some() {
            found.push(segment(&std::mem::take(&mut begun)));
        }
    }
    if !begun.is_empty() {
        found.push(segment(&begun));
    }
    found
}

/// The words at the end of a piece, if they are words we know.
fn label(piece: &str) -> Option<&str> {
    let (_, words) = piece.rsplit_once(", ")?;
    labels::find(words).is_some().then_some(words)
}

fn segment(piece: &str) -> String {
    let Some((value, words)) = piece.rsplit_once(", ") else { return piece.to_owned() };
    let paper = labels::find(words).is_some_and(|found| matches!(found.meaning, Meaning::Identifier(_)));
    if !paper {
        return format!("{words} {value}");
    }
    let mut parts: Vec<&str> = value.split(", ").collect();
    let number = parts.pop().unwrap_or_default();
    let country = parts.first().and_then(|first| Country::from_code(first));
    let days = &parts[usize::from(country.is_some())..];
    if !days.iter().all(|day| PartialDate::parse(day).is_ok()) {
        return format!("{words} {value}");
    }
    let country = country.map(|country| format!(" ({})", country.name())).unwrap_or_default();
    match *days {
        [] => format!("{words} {number}{country}"),
        [day] => format!("{words} {number}, dated {day}{country}"),
        [expires, issued, ..] => format!("{words} {number}{country} issued {issued} expires {expires}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_written_backwards() {
        for (cell, expected) in [
            ("Male, Gender", &["Gender Male"][..]),
            (
                "JO, 2014-08-30, 2009-08-31, K475336, Passport; LB, LR0162690, Passport",
                &[
                    "Passport K475336 (Jordan) issued 2009-08-31 expires 2014-08-30",
                    "Passport LR0162690 (Lebanon)",
                ],
            ),
            (
                "IT, 2012-10-30, AO 2879097, Identification Number",
                &["Identification Number AO 2879097, dated 2012-10-30 (Italy)"],
            ),
            (
                "2017-08-21, 3284670, Driver's License No.",
                &["Driver's License No. 3284670, dated 2017-08-21"],
            ),
            ("1AeSq93WDN, Digital Currency Address - XBT", &["Digital Currency Address - XBT 1AeSq93WDN"]),
            (
                "Trade; finance, insurance, Organization Type:; Private Company, Target Type",
                &["Organization Type: Trade; finance, insurance", "Target Type Private Company"],
            ),
            ("44, Shoe Size", &["Shoe Size 44"]),
            ("Passport", &["Passport"]),
            ("", &[]),
        ] {
            assert_eq!(segments(cell), expected, "{cell}");
        }
    }
}
