//! Dates in parts: `DatePeriod`, and points of year, month and day.

use crate::formats::ofac::dates::{Day, between, civil};
use crate::formats::ofac::record::unknown;
use crate::formats::xml::Element;
use cordon_model::{Issue, IssueKind, PartialDate};
use jiff::civil::Date;

/// Attributes of dates that are passed over.
const FLAGS: [&str; 4] = ["CalendarTypeID", "YearFixed", "MonthFixed", "DayFixed"];

/// Takes the flags off an element.
pub(super) fn without_flags(element: &mut Element) {
    element.drop_attributes(&FLAGS);
}

/// The day of a point; what else the element holds stays in it.
pub(super) fn point(element: &mut Element) -> Option<Day> {
    let [year, month, day] = ["Year", "Month", "Day"].map(|part| element.take_text(part));
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// The date of a `DatePeriod`: from the first day it could begin to the last it could end. `None` with an issue when it
/// holds no such days.
pub(super) fn period(record: &str, mut period: Element, issues: &mut Vec<Issue>) -> Option<PartialDate> {
    without_flags(&mut period);
    let mut days = Vec::new();
    let mut circa = false;
    for bound in ["Start", "End"] {
        for mut bound in period.take_all(bound) {
            without_flags(&mut bound);
            circa |= super::is_true(&bound.take_attribute("Approximate"));
            for name in ["From", "To"] {
                for mut element in bound.take_all(name) {
                    days.extend(point(&mut element));
                    unknown(record, element.leftovers(), issues);
                }
            }
            unknown(record, bound.leftovers(), issues);
        }
    }
    unknown(record, period.leftovers(), issues);
    let date = days.first().zip(days.last()).and_then(|(first, last)| between(*first, *last, circa));
    if date.is_none() {
        let message = "days were expected, the first before the last";
        issues.push(Issue::new(record, "DatePeriod", IssueKind::Unparsed, &format!("{days:?}"), message));
    }
    date
}

/// The day the file was made.
pub(super) fn issued(mut element: Element, issues: &mut Vec<Issue>) -> Option<Date> {
    without_flags(&mut element);
    let day = point(&mut element);
    unknown("file", element.leftovers(), issues);
    day.and_then(civil)
}
