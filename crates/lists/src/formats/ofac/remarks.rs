//! The remarks cell, with its continuation, to segments.

use super::labels::{self, Meaning};

/// Characters after which the primary file cuts the cell; the rest stands in the comments file.
const CUT_AT: usize = 1000;

/// The remarks of one party.
#[derive(Debug, Default)]
pub(in crate::formats) struct Remarks {
    text: String,
    continued: bool,
}

/// The segments of remarks of an XML file: whole, without a full stop of their own. What the CSV files print without
/// brackets at the end of the remarks stands in brackets there: `(Linked To: HAMAS)`.
pub(in crate::formats) fn segments(text: &str) -> Vec<&str> {
    let mut segments = split(text.trim());
    for segment in &mut segments {
        let bare = segment.strip_prefix('(').and_then(|inside| inside.strip_suffix(')'));
        *segment = bare.filter(|inside| labels::find(inside).is_some()).unwrap_or(segment);
    }
    segments
}

impl Remarks {
    pub(in crate::formats) fn new(cell: &str) -> Self {
        Self { text: cell.to_owned(), continued: false }
    }

    /// Appends the continuation: the cut falls anywhere, so nothing stands between. False when the cell was not cut, so
    /// that the continuation belongs to another version of it; it then stands as segments of its own.
    pub(in crate::formats) fn append(&mut self, text: &str) -> bool {
        let fits = self.continued || self.text.chars().count() >= CUT_AT;
        if !fits {
            self.text.push(';');
        }
        self.text.push_str(text);
        self.continued = true;
        fits
    }

    /// The segments, and last the beginning of one whose end is missing.
    pub(in crate::formats) fn segments(&self) -> (Vec<&str>, Option<&str>) {
        let text = self.text.trim_end();
        let mut segments = split(without_full_stop(text));
        // A cut right behind a semicolon leaves nothing begun.
        let begun = if text.ends_with(';') { Some("") } else { None };
        let unfinished = self.is_cut().then(|| begun.or_else(|| segments.pop())).flatten();
        (segments, unfinished)
    }

    /// Whether the cell is as long as cells get, does not end in a full stop, and nothing continues it.
    fn is_cut(&self) -> bool {
        !self.continued && !self.text.ends_with('.') && self.text.chars().count() >= CUT_AT
    }
}

/// Drops the full stop that ends the remarks, unless it also belongs to initials (`S.A. DE C.V.`): OFAC prints one.
fn without_full_stop(text: &str) -> &str {
    let Some(rest) = text.strip_suffix('.') else { return text };
    let last = rest.rsplit(' ').next().unwrap_or_default();
    let initials = last.contains('.') && last.split('.').all(|part| part.chars().count() == 1);
    if initials { text } else { rest }
}

/// Splits at semicolons, but not inside the quotes of a weak name.
fn split(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(';').chain([(text.len(), "")]) {
        pieces.push((start, at));
        start = at + 1;
    }
    let mut segments = Vec::with_capacity(pieces.len());
    let mut next = 0;
    while let Some(&(start, end)) = pieces.get(next) {
        let last = if opens_quote(&text[start..end]) { closing(text, &pieces, next) } else { next };
        let segment = text[start..pieces[last].1].trim();
        if !segment.is_empty() {
            segments.push(segment);
        }
        next = last + 1;
    }
    segments
}

fn opens_quote(piece: &str) -> bool {
    let weak = labels::find(piece).filter(|found| found.meaning == Meaning::WeakName);
    weak.is_some_and(|found| {
        found.text.starts_with('\'') && (found.text.len() == 1 || !found.text.ends_with('\''))
    })
}

/// Pieces a weak name may be spread over; more is a quote that was never closed.
const QUOTED_PIECES: usize = 3;

/// The piece that closes the quote opened in piece `first`, or `first` itself if a label comes before any does.
fn closing(text: &str, pieces: &[(usize, usize)], first: usize) -> usize {
    let later = pieces.iter().enumerate().skip(first + 1).take(QUOTED_PIECES);
    later
        .map(|(index, &(start, end))| (index, text[start..end].trim()))
        .take_while(|(_, piece)| labels::find(piece).is_none())
        .find(|(_, piece)| piece.ends_with('\''))
        .map_or(first, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_of_published_remarks() {
        for (text, expected) in [
            ("DOB 1962; POB Tehran, Iran.", &["DOB 1962", "POB Tehran, Iran"][..]),
            (
                "nationality possibly Palestinian;arrested 23 Apr 2002.",
                &["nationality possibly Palestinian", "arrested 23 Apr 2002"],
            ),
            ("a.k.a. 'ONE; TWO'; DOB 1962.", &["a.k.a. 'ONE; TWO'", "DOB 1962"]),
            ("a.k.a. 'ONE; DOB 1962; a.k.a. 'TWO'.", &["a.k.a. 'ONE", "DOB 1962", "a.k.a. 'TWO'"]),
            ("a.k.a. ''ABD AL-'IZ'; x", &["a.k.a. ''ABD AL-'IZ'", "x"]),
            ("Linked To: COLLI S.A. DE C.V.", &["Linked To: COLLI S.A. DE C.V."]),
            ("Linked To: SURGUTNEFTEGAS.", &["Linked To: SURGUTNEFTEGAS"]),
            ("Website www.tdpmolds.com.", &["Website www.tdpmolds.com"]),
            ("alt. Digital Currency Address - XBT 18yW; ", &["alt. Digital Currency Address - XBT 18yW"]),
            (" ; ;", &[]),
            ("", &[]),
        ] {
            let remarks = Remarks::new(text);
            assert_eq!(remarks.segments(), (expected.to_vec(), None), "{text}");
        }
    }

    #[test]
    fn remarks_of_xml_files() {
        let text = "See directives.; HAMAS - Gaza; (Linked To: COLLI S.A. DE C.V.); (old)";
        assert_eq!(
            segments(text),
            ["See directives.", "HAMAS - Gaza", "Linked To: COLLI S.A. DE C.V.", "(old)"]
        );
        assert!(segments(" ").is_empty());
    }

    #[test]
    fn a_cell_cut_in_mid_word_is_joined_or_its_last_segment_set_apart() {
        let cell = format!("{}a.k.a. 'WHOIS HACKIN", "DOB 1962; ".repeat(98));
        assert_eq!(cell.len(), CUT_AT);
        let mut remarks = Remarks::new(&cell);
        assert_eq!(remarks.segments().1, Some("a.k.a. 'WHOIS HACKIN"));
        assert!(remarks.append("G TEAM'."));
        let (segments, unfinished) = remarks.segments();
        assert_eq!((segments.last(), unfinished), (Some(&"a.k.a. 'WHOIS HACKING TEAM'"), None));
        let between = Remarks::new(&"DOB 1962; ".repeat(100));
        assert_eq!((between.segments().0.len(), between.segments().1), (100, Some("")));
        let mut short = Remarks::new("DOB 1962");
        assert!(!short.append("POB Moscow"));
        assert_eq!(short.segments().0, ["DOB 1962", "POB Moscow"]);
    }
}
