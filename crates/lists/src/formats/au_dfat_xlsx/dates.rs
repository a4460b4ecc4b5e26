//! Cells with dates of birth: day numbers, days, years, ranges, and several of them.

use crate::formats::prose::enumerated;
use crate::formats::workbook::day;
use cordon_model::PartialDate;

/// Words and marks between alternatives.
const BETWEEN: [&str; 7] = [";", ">>", " or ", "alt dob:", "alt dob", ". for this aka only,", " alt. "];

/// The dates of a cell, and the pieces that are none.
pub(super) fn dates(cell: &str) -> (Vec<PartialDate>, Vec<String>) {
    let (mut found, mut unread) = (Vec::new(), Vec::new());
    let spaced = cell.replace(')', ") ").replace(';', "; ").to_lowercase().replace("may.", "may");
    let spaced = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    for item in enumerated(&spaced) {
        let item = BETWEEN.iter().fold(item, |text, mark| text.replace(mark, "\n"));
        for piece in item.split('\n').map(tidy).filter(|piece| !piece.is_empty()) {
            match read(&piece) {
                Some(dates) => found.extend(dates),
                None => unread.push(piece),
            }
        }
    }
    (found, unread)
}

/// A piece without remarks in brackets and marks around it, and without blanks inside a date.
fn tidy(piece: &str) -> String {
    let mut plain = piece.to_owned();
    while let Some(at) = plain.find('(') {
        let end = plain[at..].find(')').map_or(plain.len(), |length| at + length + 1);
        plain.replace_range(at..end, "");
    }
    plain
        .replace("/ ", "/")
        .trim_matches(|mark: char| mark.is_whitespace() || ".,;:-)".contains(mark))
        .to_owned()
}

/// One date, or several with commas or blanks between them.
fn read(piece: &str) -> Option<Vec<PartialDate>> {
    if let Some(date) = day(piece).or_else(|| PartialDate::parse(piece).ok()) {
        return Some(vec![date]);
    }
    [",", " "].into_iter().find_map(|mark| {
        let parts = piece.split(mark).map(str::trim).filter(|part| !part.is_empty());
        let dates: Option<Vec<PartialDate>> =
            parts.map(|part| PartialDate::parse(part).ok().filter(|_| part.len() >= 4)).collect();
        dates.filter(|dates| !dates.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        for (cell, expected, unread) in [
            ("22637", &["1961-12-22"][..], 0),
            ("1962", &["1962"], 0),
            ("12 Mar. 1966", &["1966-03-12"], 0),
            ("6 May. 1969", &["1969-05-06"], 0),
            ("a) 1982 b) 1978", &["1982", "1978"], 0),
            ("a)1994 b)1993 c)1995", &["1994", "1993", "1995"], 0),
            ("a) Approximately 1966, b) Approximately 1969", &["1966~", "1969~"], 0),
            ("a) 21/08/1975; b) 21/08/1976; c) 21/08/1978", &["1975-08-21", "1976-08-21", "1978-08-21"], 0),
            ("a) 09/10/1954; b) 09/11/ 1954 ", &["1954-10-09", "1954-11-09"], 0),
            ("29/03/1965; alt DOB: 18/01/1970", &["1965-03-29", "1970-01-18"], 0),
            ("1963 or 1964 or 1965", &["1963", "1964", "1965"], 0),
            ("Between 1963 to 1968", &["1963/1968"], 0),
            ("approximately 1977/1978", &["1977~/1978"], 0),
            ("Approximately 1960- 1962", &["1960~/1962"], 0),
            ("5/06/1953 15/06/1953", &["1953-06-05", "1953-06-15"], 0),
            ("09/05/1982, 10/05/1982", &["1982-05-09", "1982-05-10"], 0),
            ("1944,", &["1944"], 0),
            ("Approximately 1955. For this aka only, alt DOB 01/01/1969", &["1955~", "1969-01-01"], 0),
            ("20 Jan 1960 (passport) 1962", &[], 1),
            ("Approximately (30-35 years old)", &[], 1),
            ("1 Jan. 1967 (this aka only", &["1967-01-01"], 0),
            ("", &[], 0),
        ] {
            let (dates, left) = dates(cell);
            let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
            assert_eq!(
                (dates.as_slice(), left.len()),
                (&expected.iter().map(ToString::to_string).collect::<Vec<_>>()[..], unread),
                "{cell} {left:?}"
            );
        }
    }
}
