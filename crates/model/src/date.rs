//! Dates of which only a part is known.
//!
//! The written form follows ISO 8601 with two marks of its extension (EDTF): `1957-03-01`, `1957-03`, `1957`,
//! `1957~` (circa), `1957/1960` (some time between), `1957~/1960`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A year, a month of a year, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DatePoint {
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
}

/// A date whose month or day may be unknown, that may be approximate, or that lies somewhere in a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    from: DatePoint,
    to: Option<DatePoint>,
    circa: bool,
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateError {
    text: String,
    reason: &'static str,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a date: {}", self.text, self.reason)
    }
}

impl std::error::Error for DateError {}

const FORMS: &str = "expected a year, year and month, or a day, alone or as a range (1957, 1957-03, 1 Mar 1957, circa 1957, 1957 to 1960)";
const YEARS: std::ops::RangeInclusive<i16> = 1000..=2999;

fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl DatePoint {
    /// A point whose parts form a real date between the years 1000 and 2999; a day needs a month.
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let month_ok = month.is_none_or(|month| (1..=12).contains(&month));
        let day_ok = match (month, day) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(month), Some(day)) => month_ok && (1..=days_in_month(year, month)).contains(&day),
        };
        (YEARS.contains(&year) && month_ok && day_ok).then_some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> Option<u8> {
        self.day
    }

    fn first_day(self) -> (i16, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    fn last_day(self) -> (i16, u8, u8) {
        let month = self.month.unwrap_or(12);
        (self.year, month, self.day.unwrap_or_else(|| days_in_month(self.year, month)))
    }
}

impl PartialDate {
    /// A single point.
    pub fn point(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        Some(Self { from: DatePoint::new(year, month, day)?, to: None, circa: false })
    }

    /// Some time from `from` to `to`; `None` if `to` ends before `from` begins. A range of one point is that point.
    pub fn range(from: DatePoint, to: DatePoint) -> Option<Self> {
        if to.last_day() < from.first_day() {
            return None;
        }
        Some(Self { from, to: (from != to).then_some(to), circa: false })
    }

    /// The same date, approximate.
    #[must_use]
    pub fn circa(mut self) -> Self {
        self.circa = true;
        self
    }

    /// Whether the publisher calls the date approximate.
    pub fn is_circa(self) -> bool {
        self.circa
    }

    /// Whether the date lies somewhere in a published range.
    pub fn is_range(self) -> bool {
        self.to.is_some()
    }

    /// The point, or the beginning of the range.
    pub fn from(self) -> DatePoint {
        self.from
    }

    /// The point, or the end of the range.
    pub fn to(self) -> DatePoint {
        self.to.unwrap_or(self.from)
    }

    /// First day the date could be: year, month, day.
    pub fn earliest(self) -> (i16, u8, u8) {
        self.from.first_day()
    }

    /// Last day the date could be: year, month, day.
    pub fn latest(self) -> (i16, u8, u8) {
        self.to().last_day()
    }

    /// Year, month and day, if this is one exact day.
    pub fn exact_day(self) -> Option<(i16, u8, u8)> {
        match (self.to, self.circa, self.from.month, self.from.day) {
            (None, false, Some(month), Some(day)) => Some((self.from.year, month, day)),
            _ => None,
        }
    }

    /// Reads the written form and the forms people and publishers use.
    ///
    /// Understood: ISO dates with or without a time, `dd Mon yyyy`, `Month d, yyyy`, `Mon yyyy`, `d.m.yyyy`,
    /// `d/m/yyyy`, `yyyy/m/d`, `yyyymmdd`, unknown parts as `00` or letters (`00/00/1955`, `dd/mm/1945`), and
    /// before or between them `circa`, `c.`, `about`, `approximately`, `between … and …`, `… to …`, `… - …`.
    /// Where day and month could be either, day comes first; a second number above 12 is a day.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let fail = |reason| DateError { text: text.chars().take(60).collect(), reason };
        let clean = text.trim().trim_end_matches('.').trim();
        if clean.is_empty() {
            return Err(fail("it is empty"));
        }
        let lower = clean.to_lowercase();
        let (rest, circa) = strip_circa(&lower);
        let (rest, between) = match rest.strip_prefix("between ").or_else(|| rest.strip_prefix("from ")) {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let single = parse_point(rest);
        let (parsed, tail_circa) = match single {
            Some((point, tilde)) if !between => (Some(Self { from: point, to: None, circa: false }), tilde),
            _ => parse_range(rest),
        };
        let mut date = parsed.ok_or_else(|| fail(FORMS))?;
        date.circa = circa || tail_circa;
        Ok(date)
    }
}

const CIRCA: [&str; 8] = ["approximately ", "approx. ", "approx ", "about ", "circa ", "ca. ", "c. ", "c."];

fn strip_circa(text: &str) -> (&str, bool) {
    for word in CIRCA {
        if let Some(rest) = text.strip_prefix(word) {
            return (rest.trim(), true);
        }
    }
    text.strip_suffix(" (approximative)").map_or((text, false), |rest| (rest.trim(), true))
}

fn parse_range(text: &str) -> (Option<PartialDate>, bool) {
    for separator in [" to ", " and ", "/", " - ", " – ", "–", "- ", " -", "-"] {
        for (at, _) in text.match_indices(separator) {
            let (left, right) = (&text[..at], &text[at + separator.len()..]);
            let (left, circa_left) = strip_circa(left.trim());
            let (right, circa_right) = strip_circa(right.trim());
            if let (Some((from, tilde_from)), Some((to, tilde_to))) = (parse_point(left), parse_point(right))
            {
                let circa = circa_left || circa_right || tilde_from || tilde_to;
                return (PartialDate::range(from, to), circa);
            }
        }
    }
    (None, false)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_of_word(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.');
    let long_enough = word.len() >= 3 && word.is_ascii();
    let index = MONTHS.iter().position(|month| {
        long_enough && (month.starts_with(word) || (word == "sept" && *month == "september"))
    })?;
    Some(index as u8 + 1)
}

/// One part of a point: a number with its count of digits, a month by name, or a blank (`dd`, `00`).
#[derive(Clone, Copy)]
enum Part {
    Number { value: u32, digits: usize },
    Month(u8),
    Blank,
}

fn parse_part(word: &str) -> Option<Part> {
    if let Some(month) = month_of_word(word) {
        return Some(Part::Month(month));
    }
    if matches!(word, "d" | "dd" | "m" | "mm" | "00" | "0" | "xx" | "??" | "--") {
        return Some(Part::Blank);
    }
    let digits = word.trim_end_matches(',');
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| digits.strip_suffix(end)).unwrap_or(digits);
    if digits.is_empty() || digits.len() > 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Part::Number { value: digits.parse().ok()?, digits: digits.len() })
}

fn parse_point(text: &str) -> Option<(DatePoint, bool)> {
    let (text, tilde) = match text.trim().strip_suffix('~') {
        Some(rest) => (rest, true),
        None => (text.trim(), false),
    };
    let text = strip_time(text);
    let mut parts = [Part::Blank; 3];
    let mut count = 0;
    for word in text.split([' ', '-', '.', '/', ',']).filter(|word| !word.is_empty()) {
        *parts.get_mut(count)? = parse_part(word)?;
        count += 1;
    }
    assemble(&parts[..count]).map(|point| (point, tilde))
}

/// Drops `T12:00:00Z`, ` 00:00:00`, `Z` and zone offsets after a day.
fn strip_time(text: &str) -> &str {
    let day_end = text.char_indices().nth(10).map_or(text.len(), |(at, _)| at);
    let (day, rest) = text.split_at(day_end);
    let iso = day.len() == 10 && day.is_ascii() && day.as_bytes()[4] == b'-' && day.as_bytes()[7] == b'-';
    if iso && (rest.starts_with(['t', 'z', '+']) || (rest.starts_with(' ') && rest.contains(':'))) {
        day
    } else {
        text
    }
}

fn assemble(parts: &[Part]) -> Option<DatePoint> {
    use Part::{Blank, Month, Number};
    let year_of = |value: u32| i16::try_from(value).ok();
    let small = |value: u32| u8::try_from(value).ok();
    match *parts {
        [Number { value, digits: 4 }] => DatePoint::new(year_of(value)?, None, None),
        [Number { value, digits: 8 }] => {
            let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
            DatePoint::new(
                year_of(year)?,
                if month == 0 { None } else { small(month) },
                if month == 0 || day == 0 { None } else { small(day) },
            )
        }
        [Number { value, digits: 4 }, Number { value: month, digits: 1 | 2 }] => {
            DatePoint::new(year_of(value)?, small(month), None)
        }
        [Number { value: month, digits: 1 | 2 }, Number { value, digits: 4 }] => {
            DatePoint::new(year_of(value)?, small(month), None)
        }
        [Month(month), Number { value, digits: 4 }] | [Number { value, digits: 4 }, Month(month)] => {
            DatePoint::new(year_of(value)?, Some(month), None)
        }
        [Number { value, digits: 4 }, Blank] | [Blank, Number { value, digits: 4 }] => {
            DatePoint::new(year_of(value)?, None, None)
        }
        [Number { value: day, digits: 1 | 2 }, Month(month), Number { value, digits: 4 }]
        | [Month(month), Number { value: day, digits: 1 | 2 }, Number { value, digits: 4 }]
        | [Number { value, digits: 4 }, Month(month), Number { value: day, digits: 1 | 2 }] => {
            DatePoint::new(year_of(value)?, Some(month), small(day))
        }
        [Blank, Month(month), Number { value, digits: 4 }] => {
            DatePoint::new(year_of(value)?, Some(month), None)
        }
        [
            Number { value, digits: 4 },
            Number { value: month, digits: 1 | 2 },
            Number { value: day, digits: 1 | 2 },
        ] => DatePoint::new(year_of(value)?, small(month), small(day)),
        [Number { value, digits: 4 }, Number { value: month, digits: 1 | 2 }, Blank]
        | [Blank, Number { value: month, digits: 1 | 2 }, Number { value, digits: 4 }] => {
            DatePoint::new(year_of(value)?, small(month), None)
        }
        [Number { value, digits: 4 }, Blank, Blank] | [Blank, Blank, Number { value, digits: 4 }] => {
            DatePoint::new(year_of(value)?, None, None)
        }
        [
            Number { value: one, digits: 1 | 2 },
            Number { value: two, digits: 1 | 2 },
            Number { value, digits: 4 },
        ] => {
            let (day, month) = if two > 12 && one <= 12 { (two, one) } else { (one, two) };
            DatePoint::new(year_of(value)?, small(month), small(day))
        }
        _ => None,
    }
}

impl fmt::Display for DatePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.from)?;
        if self.circa {
            f.write_str("~")?;
        }
        self.to.map_or(Ok(()), |to| write!(f, "/{to}"))
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        Self::parse(text)
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_forms() {
        for (text, expected) in [
            ("1962", "1962"),
            ("1962-03", "1962-03"),
            ("1962-03-09", "1962-03-09"),
            ("2026-02-27T00:00:09.554Z", "2026-02-27"),
            ("1975-01-02 00:00:00", "1975-01-02"),
            ("18 Feb 1957", "1957-02-18"),
            ("Feb 1957", "1957-02"),
            ("1957 to 1960", "1957/1960"),
            ("18 Feb 1957 to 20 Mar 1957", "1957-02-18/1957-03-20"),
            ("Jan 1960 to Dec 1962", "1960-01/1962-12"),
            ("circa 1957", "1957~"),
            ("circa 01 Jan 1961", "1961-01-01~"),
            ("circa 1957-1960", "1957~/1960"),
            ("Between 1958 and 1963", "1958/1963"),
            ("Approximately 1955- 1958", "1955~/1958"),
            ("1963-1964", "1963/1964"),
            ("1958 - 1960 (approximative)", "1958~/1960"),
            ("1958 (approximative)", "1958~"),
            ("7.12.1959", "1959-12-07"),
            ("07/12/1959", "1959-12-07"),
            ("12/27/1959", "1959-12-27"),
            ("1959/12/7", "1959-12-07"),
            ("00/00/1955", "1955"),
            ("dd/mm/1945", "1945"),
            ("00/05/1955", "1955-05"),
            ("19591207", "1959-12-07"),
            ("March 1, 1957", "1957-03-01"),
            ("1st March 1957", "1957-03-01"),
            ("1 Sept. 1957", "1957-09-01"),
            ("1957~", "1957~"),
            ("1957~/1960", "1957~/1960"),
            ("1957-02/1957-02", "1957-02"),
        ] {
            let parsed = PartialDate::parse(text).map(|date| date.to_string());
            assert_eq!(parsed.as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn refused_forms() {
        for text in [
            "",
            "Sep-99",
            "31 Feb 1957",
            "1957-13",
            "soon",
            "1960 to 1957",
            "99",
            "born in the 1970s",
            "0000-00-00",
            "1957-00-12-3",
        ] {
            assert!(PartialDate::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn spans() {
        let date = PartialDate::parse("circa 1957 to Feb 1960").unwrap();
        assert_eq!((date.earliest(), date.latest()), ((1957, 1, 1), (1960, 2, 29)));
        assert_eq!(date.exact_day(), None);
        assert_eq!(PartialDate::parse("1957-03-01").unwrap().exact_day(), Some((1957, 3, 1)));
    }

    prop_compose! {
        fn any_point()(year in 1000i16..=2999, month in 0u8..=12, day in 0u8..=28) -> DatePoint {
            let month = (month > 0).then_some(month);
            DatePoint::new(year, month, month.and((day > 0).then_some(day))).unwrap()
        }
    }

    proptest! {
        #[test]
        fn written_form_reads_back(from in any_point(), to in proptest::option::of(any_point()), circa: bool) {
            let date = match to {
                Some(to) => PartialDate::range(from, to),
                None => PartialDate::point(from.year, from.month, from.day),
            };
            if let Some(date) = date {
                let date = if circa { date.circa() } else { date };
                prop_assert_eq!(PartialDate::parse(&date.to_string()), Ok(date));
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,40}") {
            let _ = PartialDate::parse(&text);
        }
    }
}
