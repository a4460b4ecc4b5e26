//! Real published UN lists, every vintage there is; cases are reported as ignored where the files are absent.

#![expect(clippy::unwrap_used, reason = "what cannot be read here fails the test")]

use cordon_lists::{SourceFile, format_for, format_named};
use cordon_model::{Delta, NameKind, Schema, Snapshot};
use std::collections::BTreeMap;
use testkit::Case;

const LIST: &str = "un_sc_sanctions";

fn xml(day: &str) -> Vec<u8> {
    testkit::bytes(&format!("un/{day}/consolidated.xml.gz"))
}

fn snapshot(day: &str) -> Snapshot {
    let bytes = xml(day);
    let file = SourceFile { name: "consolidated.xml", bytes: &bytes };
    let format = format_for(&[file]).unwrap();
    assert_eq!(format.id(), "un_xml");
    let snapshot = format_named("un_xml").unwrap().parse(LIST, &[file]).unwrap();
    assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), Some(day));
    snapshot
}

fn count(snapshot: &Snapshot, schema: Schema) -> usize {
    snapshot.entities().iter().filter(|entity| entity.schema == schema).count()
}

/// Persons, organisations, and the issues by kind and field.
type Row = (&'static str, usize, usize, &'static [(&'static str, usize)]);

/// What is left is odd in the file itself: links to entries no longer listed, three brackets never closed, ages
/// instead of dates, a Hijri date, a surname given twice, remarks in French or on what an alias
/// means, a name with letters lost.
const VINTAGES: [Row; 8] = [
    ("2016-02-11", 130, 109, &[("Orphan COMMENTS1", 27)]),
    (
        "2018-10-29",
        703,
        390,
        &[
            ("Orphan COMMENTS1", 4),
            ("UnknownValue INDIVIDUAL_DOCUMENT/TYPE_OF_DOCUMENT2", 1),
            ("Unparsed ENTITY_ALIAS", 3),
            ("Unparsed INDIVIDUAL_ALIAS", 1),
            ("Unparsed INDIVIDUAL_ALIAS/NOTE", 3),
            ("Unparsed INDIVIDUAL_DATE_OF_BIRTH/NOTE", 3),
        ],
    ),
    ("2020-11-24", 713, 305, AFTER_2018),
    ("2020-12-01", 712, 294, AFTER_2018),
    (
        "2025-04-19",
        684,
        193,
        &[
            ("Orphan COMMENTS1", 4),
            ("Unparsed INDIVIDUAL_ALIAS", 1),
            ("Unparsed INDIVIDUAL_ALIAS/NOTE", 4),
            ("Unparsed INDIVIDUAL_DATE_OF_BIRTH/NOTE", 2),
        ],
    ),
    ("2025-12-09", 727, 273, SINCE_2025),
    ("2025-12-10", 726, 273, SINCE_2025),
    ("2026-02-27", 730, 273, SINCE_2025),
];

const AFTER_2018: &[(&str, usize)] = &[
    ("Orphan COMMENTS1", 4),
    ("UnknownValue INDIVIDUAL_DOCUMENT/TYPE_OF_DOCUMENT2", 1),
    ("Unparsed INDIVIDUAL_ALIAS", 1),
    ("Unparsed INDIVIDUAL_ALIAS/NOTE", 3),
    ("Unparsed INDIVIDUAL_DATE_OF_BIRTH/NOTE", 3),
];

const SINCE_2025: &[(&str, usize)] = &[
    ("CheckFailed NAME_ORIGINAL_SCRIPT", 1),
    ("Orphan COMMENTS1", 7),
    ("Unparsed INDIVIDUAL_ALIAS", 1),
    ("Unparsed INDIVIDUAL_ALIAS/NOTE", 4),
    ("Unparsed INDIVIDUAL_DATE_OF_BIRTH/NOTE", 2),
];

fn check_vintage(at: usize) {
    let (day, persons, organisations, issues) = VINTAGES[at];
    let snapshot = snapshot(day);
    let counts = (count(&snapshot, Schema::Person), count(&snapshot, Schema::Organization));
    assert_eq!(counts, (persons, organisations));
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for issue in snapshot.issues() {
        *found.entry(format!("{:?} {}", issue.kind, issue.field)).or_default() += 1;
    }
    let expected: BTreeMap<String, usize> =
        issues.iter().map(|(what, count)| ((*what).to_owned(), *count)).collect();
    assert_eq!(found, expected);
    for entity in snapshot.entities() {
        assert!(!entity.names.is_empty() && entity.designations.len() == 1, "{}", entity.id);
        assert!(entity.designations[0].listed.is_some(), "{}", entity.id);
    }
}

/// Every cell of names in the file stands in the snapshot, whole or taken apart.
fn every_name_is_there(day: &str, elements: &[(&str, usize)]) {
    let text = String::from_utf8(xml(day)).unwrap();
    let snapshot = snapshot(day);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in text.split("<DATAID>").skip(1) {
        let reference = between(record, "<REFERENCE_NUMBER>", "</REFERENCE_NUMBER>").next().unwrap();
        let entity = snapshot.entity(&format!("{LIST}:{reference}")).unwrap();
        for (element, _) in elements {
            let (open, close) = (format!("<{element}>"), format!("</{element}>"));
            let cells = between(record, &open, &close);
            for cell in cells.filter(|cell| !cell.is_empty()) {
                *counts.entry(element).or_default() += 1;
                let held = entity
                    .names
                    .iter()
                    .any(|name| name.text == cell || name.published.as_deref() == Some(cell.as_str()));
                assert!(held, "{reference}: {cell}");
            }
        }
    }
    let expected: BTreeMap<&str, usize> = elements.iter().copied().collect();
    assert_eq!(counts, expected);
}

/// The texts between two tags, with white space folded and entities resolved.
fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = String> + 'a {
    text.split(open).skip(1).filter_map(move |rest| {
        let (inside, _) = rest.split_once(close)?;
        let folded = inside.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(folded.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
    })
}

fn delta(older: &str, newer: &str) -> Delta {
    Delta::between(&snapshot(older), &snapshot(newer))
}

/// How many of the newest list's entries carry what.
fn facts_of_2026() {
    let snapshot = snapshot("2026-02-27");
    let names = |kind| {
        snapshot.entities().iter().flat_map(|entity| &entity.names).filter(|name| name.kind == kind).count()
    };
    let with = |what: fn(&cordon_model::Entity) -> bool| {
        snapshot.entities().iter().filter(|entity| what(entity)).count()
    };
    assert_eq!((names(NameKind::Primary), names(NameKind::OriginalScript)), (1003, 336 + 42));
    // 51 have no date at all, one has an age in its place.
    assert_eq!(with(|entity| entity.schema == Schema::Person && entity.dates.is_empty()), 51 + 1);
    let by_program = |code: &str| {
        snapshot.entities().iter().filter(|entity| entity.designations[0].program == code).count()
    };
    let programs = [("1267", 341), ("1718", 155), ("1988", 140), ("1737", 121), ("1518", 75), ("1533", 53)];
    for (code, expected) in programs.into_iter().chain([("1970", 30), ("2713", 24), ("2048", 10)]) {
        assert_eq!(by_program(code), expected, "{code}");
    }
}

const CASES: &[Case] = &[
    Case { name: "vintage 2016-02-11", needs: &["un/2016-02-11"], run: || check_vintage(0) },
    Case { name: "vintage 2018-10-29", needs: &["un/2018-10-29"], run: || check_vintage(1) },
    Case { name: "vintage 2020-11-24", needs: &["un/2020-11-24"], run: || check_vintage(2) },
    Case { name: "vintage 2020-12-01", needs: &["un/2020-12-01"], run: || check_vintage(3) },
    Case { name: "vintage 2025-04-19", needs: &["un/2025-04-19"], run: || check_vintage(4) },
    Case { name: "vintage 2025-12-09", needs: &["un/2025-12-09"], run: || check_vintage(5) },
    Case { name: "vintage 2025-12-10", needs: &["un/2025-12-10"], run: || check_vintage(6) },
    Case { name: "vintage 2026-02-27", needs: &["un/2026-02-27"], run: || check_vintage(7) },
    Case { name: "facts of 2026-02-27", needs: &["un/2026-02-27"], run: facts_of_2026 },
    Case {
        name: "every name of 2026-02-27 is there",
        needs: &["un/2026-02-27"],
        run: || {
            every_name_is_there("2026-02-27", &[("ALIAS_NAME", 2139 + 613), ("NAME_ORIGINAL_SCRIPT", 378)]);
        },
    },
    Case {
        name: "twelve removals and nothing else in a week of 2020",
        needs: &["un/2020-11-24", "un/2020-12-01"],
        run: || assert_eq!(delta("2020-11-24", "2020-12-01").counts(), (0, 0, 12)),
    },
    Case {
        name: "one removal and nothing else in a day of 2025",
        needs: &["un/2025-12-09", "un/2025-12-10"],
        run: || assert_eq!(delta("2025-12-09", "2025-12-10").counts(), (0, 0, 1)),
    },
    Case {
        name: "four additions and nothing else to 2026",
        needs: &["un/2025-12-10", "un/2026-02-27"],
        run: || assert_eq!(delta("2025-12-10", "2026-02-27").counts(), (4, 0, 0)),
    },
    Case {
        name: "the return of the Iran regime",
        needs: &["un/2025-04-19", "un/2025-12-09"],
        run: || {
            // The file was written anew, yet only 17 entries say something else.
            assert_eq!(delta("2025-04-19", "2025-12-09").counts(), (126, 17, 3));
        },
    },
];

fn main() {
    testkit::run(CASES).exit();
}
