//! Dates of the XML files: the first and the last day a date could be.
//!
//! OFAC's flags for precision and ranges are wrong or missing on most dates, so the days alone are believed.

use cordon_model::{DatePoint, PartialDate};
use jiff::civil::Date;

/// A year, month and day.
pub(in crate::formats) type Day = (i16, u8, u8);

/// The day of a text in the form `1957-03-01`.
pub(in crate::formats) fn day(text: &str) -> Option<Day> {
    PartialDate::parse(text).ok().and_then(PartialDate::exact_day)
}

/// A day of a real calendar, in a year that can be meant.
pub(in crate::formats) fn civil((year, month, day): Day) -> Option<Date> {
    PartialDate::point(year, Some(month), Some(day))?;
    Date::new(year, month as i8, day as i8).ok()
}

/// The date that lies between two days: both in one is that day, a whole month that month, whole years those years.
/// `None` when the last day is before the first.
pub(in crate::formats) fn between(first: Day, last: Day, circa: bool) -> Option<PartialDate> {
    let month = |day: Day| PartialDate::point(day.0, Some(day.1), None);
    let begins_month = first.2 == 1;
    let ends_month = month(last).is_some_and(|whole| whole.latest() == last);
    let years = begins_month && ends_month && first.1 == 1 && last.1 == 12;
    let months = begins_month && ends_month && first != last;
    let point = |(year, month, day): Day| {
        DatePoint::new(year, (!years).then_some(month), (!years && !months).then_some(day))
    };
    let date = PartialDate::range(point(first)?, point(last)?)?;
    Some(if circa { date.circa() } else { date })
}

/// A date as OFAC prints it in remarks: `03 Jun 2021`; one that is no single day in the form of ISO 8601.
pub(in crate::formats) fn shown(date: PartialDate) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    match date.exact_day() {
        Some((year, month, day)) => {
            let month = MONTHS.get(usize::from(month) - 1).copied().unwrap_or_default();
            format!("{day:02} {month} {year}")
        }
        None => date.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_by_the_days_alone() {
        for (first, last, circa, expected) in [
            ("1962-01-01", "1962-12-31", false, "1962"),
            ("1962-01-01", "1962-12-31", true, "1962~"),
            ("1962-01-01", "1965-12-31", false, "1962/1965"),
            ("1961-02-12", "1961-02-12", false, "1961-02-12"),
            ("1961-02-01", "1961-02-28", false, "1961-02"),
            ("1960-02-01", "1960-02-28", false, "1960-02-01/1960-02-28"),
            ("1961-02-01", "1961-04-30", false, "1961-02/1961-04"),
            ("1961-02-01", "1961-02-01", false, "1961-02-01"),
            ("1961-02-03", "1962-12-31", false, "1961-02-03/1962-12-31"),
        ] {
            let read = between(day(first).unwrap(), day(last).unwrap(), circa).unwrap();
            assert_eq!(read.to_string(), expected, "{first} {last}");
            assert_eq!(PartialDate::parse(&shown(read)), Ok(read), "{}", shown(read));
        }
        assert_eq!(between((1962, 1, 1), (1961, 1, 1), false), None);
        assert_eq!(between((1962, 2, 30), (1962, 3, 1), false), None);
        assert_eq!(between((1962, 0, 0), (1962, 0, 0), false), None);
    }

    #[test]
    fn days_as_printed() {
        assert_eq!(shown(PartialDate::parse("2021-06-03").unwrap()), "03 Jun 2021");
        assert_eq!(shown(PartialDate::parse("2021").unwrap()), "2021");
    }
}
