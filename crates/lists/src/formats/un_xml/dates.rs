//! `INDIVIDUAL_DATE_OF_BIRTH`: a kind, a date or year or span of years, and a note that may hold any of them.

use super::Draft;
use crate::formats::prose::date_at;
use crate::formats::xml::Element;
use cordon_model::{DatePoint, DateRole, IssueKind, PartialDate};

const FIELD: &str = "INDIVIDUAL_DATE_OF_BIRTH";

/// Kinds of date; the word says nothing about which parts of the date are known.
const EXACT: &str = "exact";
const APPROXIMATELY: &str = "approximately";
const BETWEEN: &str = "between";

pub(super) fn read_birth_date(draft: &mut Draft<'_>, mut element: Element) {
    let [kind, date, year, from, to, note] =
        ["TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"].map(|part| element.take_text(part));
    draft.leftovers(&element);
    let kind = kind.to_lowercase();
    if !matches!(kind.as_str(), "" | EXACT | APPROXIMATELY | BETWEEN) {
        draft.issue(
            &format!("{FIELD}/TYPE_OF_DATE"),
            IssueKind::UnknownValue,
            &kind,
            "not a kind of date we know",
        );
    }
    let circa = kind == APPROXIMATELY || note.eq_ignore_ascii_case(APPROXIMATELY);
    let published = [date.as_str(), year.as_str()].into_iter().find(|text| !text.is_empty());
    let read = match published {
        Some(text) => PartialDate::parse(without_zone(text)).ok(),
        None if from.is_empty() && to.is_empty() => None,
        None => span(&from, &to),
    };
    let text = published.map_or_else(|| [from.as_str(), to.as_str()].join(" "), str::to_owned);
    let text = text.trim();
    match read {
        Some(read) => {
            let (read, used) = refine(read, &note);
            add(draft, read, circa);
            if !note.is_empty() && !used && !circa {
                draft.note(&format!("Date of birth {read}: {note}"));
            }
        }
        None if !text.is_empty() => {
            draft.issue(FIELD, IssueKind::Unparsed, text, "not a date; kept in the notes");
            draft.note(&format!("Date of birth: {text}"));
        }
        None if !note.is_empty() => read_note(draft, &note, circa),
        None => {}
    }
}

fn add(draft: &mut Draft<'_>, date: PartialDate, circa: bool) {
    draft.entity.add_date(DateRole::Birth, if circa { date.circa() } else { date });
}

fn span(from: &str, to: &str) -> Option<PartialDate> {
    let point = |text: &str| PartialDate::parse(text).ok().map(PartialDate::from);
    match (point(from), point(to)) {
        (Some(from), Some(to)) => PartialDate::range(from, to),
        (Some(only), None) | (None, Some(only)) => PartialDate::point(only.year(), only.month(), only.day()),
        (None, None) => None,
    }
}

/// A year whose month stands in the note; whether the note is used up by it.
fn refine(date: PartialDate, note: &str) -> (PartialDate, bool) {
    if date.is_range() || date.from().month().is_some() || note.is_empty() {
        return (date, false);
    }
    let with_month = PartialDate::parse(&format!("{note} {}", date.from().year())).ok();
    with_month
        .filter(|read| !read.is_range() && read.from().year() == date.from().year())
        .map_or((date, false), |read| (read, true))
}

/// A date that is published in the note alone.
fn read_note(draft: &mut Draft<'_>, note: &str, circa: bool) {
    let words: Vec<&str> = note.split(' ').collect();
    let read = between_months(note)
        .or_else(|| date_at(&words).filter(|(_, count)| *count == words.len()).map(|(date, _)| date));
    if let Some(date) = read {
        add(draft, date, circa);
    } else {
        draft.issue(&format!("{FIELD}/NOTE"), IssueKind::Unparsed, note, "not a date; kept in the notes");
        draft.note(&format!("Date of birth: {note}"));
    }
}

/// A day without the zone that older files write behind it: `2012-12-31-05:00`.
pub(super) fn without_zone(day: &str) -> &str {
    match day.get(..10) {
        Some(date) if day.len() == 16 && day.ends_with(":00") => date,
        _ => day,
    }
}

/// `Between Aug. and Sep. 1977`: the year stands once, at the end.
fn between_months(note: &str) -> Option<PartialDate> {
    let rest = note.strip_prefix("Between ").or_else(|| note.strip_prefix("between "))?;
    let (from, to) = rest.split_once(" and ")?;
    let to = PartialDate::parse(to).ok().filter(|date| !date.is_range())?;
    let year = to.from().year();
    let from: Option<DatePoint> = PartialDate::parse(&format!("{from} {year}"))
        .ok()
        .filter(|date| !date.is_range())
        .map(PartialDate::from);
    PartialDate::range(from?, to.from())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{draft_of, element};
    use super::*;

    #[test]
    fn kinds_and_parts() {
        for (xml, dates, notes, issues) in [
            ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1962-03-09</DATE>", vec!["1962-03-09"], 0, 0),
            ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1962</YEAR>", vec!["1962"], 0, 0),
            ("<YEAR>1962</YEAR><TYPE_OF_DATE>Approximately</TYPE_OF_DATE>", vec!["1962~"], 0, 0),
            ("<YEAR>1955-1958</YEAR><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE>", vec!["1955~/1958"], 0, 0),
            (
                "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1963</FROM_YEAR><TO_YEAR>1968</TO_YEAR>",
                vec!["1963/1968"],
                0,
                0,
            ),
            (
                "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><NOTE>Approximately</NOTE><FROM_YEAR>1945</FROM_YEAR><TO_YEAR>1950</TO_YEAR>",
                vec!["1945~/1950"],
                0,
                0,
            ),
            ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1973</NOTE>", vec!["1973-11"], 0, 0),
            ("<NOTE>Between Aug. and Sep. 1977</NOTE>", vec!["1977-08/1977-09"], 0, 0),
            ("<YEAR>1958</YEAR><NOTE>Sep.</NOTE>", vec!["1958-09"], 0, 0),
            ("<DATE>1979-03-03</DATE><NOTE>from false passport</NOTE>", vec!["1979-03-03"], 1, 0),
            ("<NOTE>24/06/1402 (Hijri Calendar)</NOTE>", vec![], 1, 1),
            ("<NOTE>29 years old</NOTE>", vec![], 1, 1),
            ("<DATE>soon</DATE>", vec![], 1, 1),
            ("<TYPE_OF_DATE>GUESSED</TYPE_OF_DATE><YEAR>1962</YEAR>", vec!["1962"], 0, 1),
            ("<FROM_YEAR>1970</FROM_YEAR><TO_YEAR>1960</TO_YEAR>", vec![], 1, 1),
            ("<TYPE_OF_DATE/>", vec![], 0, 0),
            ("<YEAR>1962</YEAR><CALENDAR>Hijri</CALENDAR>", vec!["1962"], 0, 1),
        ] {
            let (entity, found) = draft_of(|draft| read_birth_date(draft, element(FIELD, xml)));
            let read: Vec<String> = entity.dates_of(DateRole::Birth).map(|date| date.to_string()).collect();
            assert_eq!(read, dates, "{xml}");
            assert_eq!((entity.values("notes").len(), found.len()), (notes, issues), "{xml}");
        }
    }
}
