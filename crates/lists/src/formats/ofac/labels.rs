//! The words that begin a segment of the remarks, and what stands behind them.

use super::identifiers::KINDS;
use cordon_model::{CountryRole, DateRole, Direction, RelationKind, Scheme};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What the text behind a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Meaning {
    Date(DateRole),
    BirthPlace,
    Country(CountryRole),
    /// State of registration: the flag of a craft, the jurisdiction of an organisation.
    Registration,
    Gender,
    /// A value of this property.
    Text(&'static str),
    /// The tonnage of a ship, a value of this property.
    Tonnage(&'static str),
    /// A rank or office.
    Position,
    /// A weak name in single quotes.
    WeakName,
    /// The name a security is issued under.
    IssuerName,
    /// A ship's call sign, which the CSV files give in a column of its own.
    CallSign,
    Identifier(Scheme),
    /// Currency and address.
    Crypto,
    Link(RelationKind, Direction),
    /// "Linked To": the other party is in the same list.
    LinkInside,
    /// What the programme with this code forbids in this entry; kept as a note too.
    Measures(&'static str),
    /// Day of listing under the programme with this code; kept as a note too.
    Listed(&'static str),
    /// The whole segment is kept as a note.
    Note,
}

use CountryRole::{Citizenship, Flag, Nationality, PastFlag};
use Direction::{Incoming, Outgoing};
use Meaning::{
    BirthPlace, CallSign, Country, Crypto, Date, Gender, Identifier, IssuerName, Link, LinkInside, Listed,
    Measures, Note, Position, Registration, Text, Tonnage, WeakName,
};
use RelationKind::{Family, Ownership, Unknown};

/// Labels in the order of the meanings; `alt.` before any of them is passed over.
const LABELS: &[(&str, Meaning)] = &[
    ("DOB", Date(DateRole::Birth)),
    ("Organization Established Date", Date(DateRole::Incorporation)),
    ("Aircraft Manufacture Date", Date(DateRole::Build)),
    ("Vessel Year of Build", Date(DateRole::Build)),
    ("POB", BirthPlace),
    ("nationality", Country(Nationality)),
    ("citizen", Country(Citizenship)),
    ("Former Vessel Flag", Country(PastFlag)),
    ("Other Vessel Flag", Country(Flag)),
    ("Vessel Flag", Country(Flag)),
    ("Nationality of Registration", Registration),
    ("Registration Country", Registration),
    ("Gender", Gender),
    ("Aircraft Model", Text("model")),
    ("Email", Text("email")),
    ("Email Address", Text("email")),
    ("ethnicity", Text("ethnicity")),
    ("Organization Type", Text("sector")),
    ("Other Vessel Type", Text("type")),
    ("Vessel Gross Registered Tonnage", Tonnage("grossRegisteredTonnage")),
    ("Vessel Gross Tonnage", Tonnage("grossRegisteredTonnage")),
    ("Vessel Tonnage", Tonnage("tonnage")),
    ("Vessel Type", Text("type")),
    ("Phone", Text("phone")),
    ("Phone No.", Text("phone")),
    ("Phone Number", Text("phone")),
    ("Target Type", Text("classification")),
    ("Telephone", Text("phone")),
    ("Telephone No.", Text("phone")),
    ("Telephone Number", Text("phone")),
    ("Website", Text("website")),
    ("Alternate Title", Position),
    ("Occupation:", Position),
    ("Position:", Position),
    ("Rank", Position),
    ("Title", Position),
    ("a.k.a.", WeakName),
    ("d.b.a.", WeakName),
    ("f.k.a.", WeakName),
    ("n.k.a.", WeakName),
    ("Issuer Name", IssuerName),
    ("Vessel Call Sign", CallSign),
    ("Digital Currency Address -", Crypto),
    ("Linked To:", LinkInside),
    ("Aircraft Operator", Link(Unknown, Incoming)),
    ("Aircraft Owner", Link(Ownership, Incoming)),
    ("Vessel Manager", Link(Unknown, Incoming)),
    ("Vessel Operator", Link(Unknown, Incoming)),
    ("Vessel Owner", Link(Ownership, Incoming)),
    ("brother of", Link(Family, Outgoing)),
    ("Child of", Link(Family, Outgoing)),
    ("daughter of", Link(Family, Outgoing)),
    ("daughter-in-law of", Link(Family, Outgoing)),
    ("father of", Link(Family, Outgoing)),
    ("half-brother of", Link(Family, Outgoing)),
    ("husband of", Link(Family, Outgoing)),
    ("mother of", Link(Family, Outgoing)),
    ("Nephew of", Link(Family, Outgoing)),
    ("sister of", Link(Family, Outgoing)),
    ("sister-in-law of", Link(Family, Outgoing)),
    ("son of", Link(Family, Outgoing)),
    ("Spouse of", Link(Family, Outgoing)),
    ("wife of", Link(Family, Outgoing)),
    ("CAATSA Section 235 Information", Measures("CAATSA - RUSSIA")),
    ("Executive Order 13662 Directive Determination", Measures("UKRAINE-EO13662")),
    ("Executive Order 13846 information", Measures("IRAN-EO13846")),
    ("Executive Order 14014 Directive Information", Measures("BURMA-EO14014")),
    ("Executive Order 14024 Directive Information", Measures("RUSSIA-EO14024")),
    ("Executive Order 14059 information", Measures("ILLICIT-DRUGS-EO14059")),
    ("PEESA Information", Measures("PEESA")),
    ("U.S. Persons Must Continue to Block", Measures("IRAN")),
    ("Listing Date (CMIC)", Listed("CMIC-EO13959")),
    ("Listing Date (EO 14014", Listed("BURMA-EO14014")),
    ("Listing Date (EO 14024", Listed("RUSSIA-EO14024")),
    ("Additional Sanctions Information", Note),
    ("Also operations in", Note),
    ("Effective Date (CMIC)", Note),
    ("Effective Date (EO", Note),
    ("Fax", Note),
    ("For more information", Note),
    ("From:", Note),
    ("IFCA Determination", Note),
    ("Interpol:", Note),
    ("Operations in", Note),
    ("Organization:", Note),
    ("passport place of issue:", Note),
    ("Purchase/Sales For Divestment Date (CMIC)", Note),
    ("Secondary sanctions risk", Note),
    ("Subtribe:", Note),
    ("TELEX", Note),
    ("TGMS", Note),
    ("Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions", Note),
    ("Tribe:", Note),
    ("United States financial institutions are prohibited", Note),
];

/// First word of a label in lower case → the labels that begin with it, longest first.
static INDEX: LazyLock<HashMap<String, Vec<(&'static str, Meaning)>>> = LazyLock::new(|| {
    let kinds = KINDS.iter().map(|(label, scheme)| (*label, Identifier(*scheme)));
    let mut rows: Vec<_> = LABELS.iter().copied().chain(kinds).collect();
    rows.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
    let mut index: HashMap<String, Vec<_>> = HashMap::new();
    for row in rows {
        index.entry(first_word(row.0)).or_default().push(row);
    }
    index
});

fn first_word(text: &str) -> String {
    let word = text.split([' ', ':']).next().unwrap_or_default();
    word.to_ascii_lowercase()
}

/// A segment that begins with a label we know.
pub(in crate::formats) struct Labelled<'a> {
    /// The label in OFAC's usual spelling.
    pub(in crate::formats) label: &'static str,
    pub(in crate::formats) meaning: Meaning,
    /// What follows it, without the colon and outer blanks.
    pub(in crate::formats) text: &'a str,
}

/// The label a segment begins with, in any case; the longest one counts.
pub(in crate::formats) fn find(segment: &str) -> Option<Labelled<'_>> {
    let segment = without_alt(segment);
    let rows = INDEX.get(&first_word(segment))?;
    rows.iter().find_map(|(label, meaning)| {
        let start = segment.get(..label.len())?;
        let rest = &segment[label.len()..];
        let ends = rest.is_empty() || rest.starts_with([' ', ':', ',']) || label.ends_with([':', '-']);
        (ends && start.eq_ignore_ascii_case(label)).then(|| Labelled {
            label,
            meaning: *meaning,
            text: rest.trim_start_matches([':', ',', ' ']).trim_end(),
        })
    })
}

/// A segment without the `alt.` that says it is one of several.
pub(in crate::formats) fn without_alt(segment: &str) -> &str {
    let segment = segment.trim();
    match segment.get(..5) {
        Some(start) if start.eq_ignore_ascii_case("alt. ") => segment[5..].trim_start(),
        _ => segment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn labels_are_unique() {
        let mut seen = BTreeSet::new();
        for label in LABELS.iter().map(|row| row.0).chain(KINDS.iter().map(|row| row.0)) {
            assert!(seen.insert(label.to_lowercase()), "{label}");
        }
    }

    #[test]
    fn the_longest_label_counts() {
        for (segment, label, text) in [
            ("DOB 10 Dec 1948", "DOB", "10 Dec 1948"),
            ("alt. DOB circa 1936", "DOB", "circa 1936"),
            ("Alt. POB: Keren Eritrea", "POB", "Keren Eritrea"),
            ("Nationality of Registration Korea, North", "Nationality of Registration", "Korea, North"),
            ("nationality: Eritrean", "nationality", "Eritrean"),
            ("Telephone Number: (971) (4) (3248000)", "Telephone Number", "(971) (4) (3248000)"),
            ("FAX 850 2 381 4576", "Fax", "850 2 381 4576"),
            ("Email:adelb@shabakah.net.sa", "Email", "adelb@shabakah.net.sa"),
            ("C.U.R.P. # HESU430525HBCRMR05 (Mexico)", "C.U.R.P.", "# HESU430525HBCRMR05 (Mexico)"),
            ("Digital Currency Address - XBT 149w62rY", "Digital Currency Address -", "XBT 149w62rY"),
            ("Alternate Title, Brigadier General", "Alternate Title", "Brigadier General"),
            (
                "Listing Date (EO 14024 Directive 2): 24 Feb 2022",
                "Listing Date (EO 14024",
                "Directive 2): 24 Feb 2022",
            ),
            ("Passport", "Passport", ""),
        ] {
            let found = find(segment).map(|found| (found.label, found.text));
            assert_eq!(found, Some((label, text)), "{segment}");
        }
        for segment in ["", "alt. ", "Passports were lost", "Minister of Finance", "Linked", "é"] {
            assert!(find(segment).is_none(), "{segment}");
        }
    }
}
