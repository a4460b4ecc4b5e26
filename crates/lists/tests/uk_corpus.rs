//! Made-up lists of the United Kingdom in every form they have been served in, with the entities and issues they must
//! give, and what becomes of damaged copies.
//!
//! `UPDATE_EXPECTED=1` writes the expected files anew; read the difference before keeping it.

#![expect(clippy::unwrap_used, reason = "what cannot be read or written here fails the test")]

mod common;

use common::{compare, lines};
use cordon_lists::{ListError, ListFormat, SourceFile, format_for, format_named};
use cordon_model::{NameKind, Snapshot};
use proptest::prelude::*;

const FCDO: &str = "gb_fcdo_sanctions";
const OFSI: &str = "gb_hmt_sanctions";
const XML: &str = include_str!("corpus/gb_fcdo_sanctions/list.xml");
const CSV: &str = include_str!("corpus/gb_fcdo_sanctions/list.csv");
const OFSI_2016: &[u8] = include_bytes!("corpus/gb_hmt_sanctions/ConList-2016.csv");
const OFSI_2022: &[u8] = include_bytes!("corpus/gb_hmt_sanctions/ConList-2022.csv");

struct Sample {
    list: &'static str,
    format: &'static str,
    bytes: &'static [u8],
    day: &'static str,
    /// What follows `expected` and `issues` in the names of the files.
    suffix: &'static str,
}

const SAMPLES: [Sample; 4] = [
    Sample { list: FCDO, format: "uk_fcdo_xml", bytes: XML.as_bytes(), day: "2026-03-26", suffix: "" },
    Sample { list: FCDO, format: "uk_fcdo_csv", bytes: CSV.as_bytes(), day: "2026-03-26", suffix: "-csv" },
    Sample { list: OFSI, format: "uk_ofsi_csv", bytes: OFSI_2016, day: "2016-02-12", suffix: "-2016" },
    Sample { list: OFSI, format: "uk_ofsi_csv", bytes: OFSI_2022, day: "2026-06-03", suffix: "-2022" },
];

fn parse(list: &str, format: &str, bytes: &[u8]) -> Result<Snapshot, ListError> {
    let file = SourceFile { name: "list", bytes };
    format_named(format).expect("the format has a row in the table").parse(list, &[file])
}

#[test]
fn samples_give_what_is_expected() {
    for Sample { list, format, bytes, day, suffix } in SAMPLES {
        let snapshot = parse(list, format, bytes).unwrap();
        assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), Some(day), "{format}");
        compare(list, &format!("expected{suffix}.jsonl"), &lines(snapshot.entities()));
        compare(list, &format!("issues{suffix}.jsonl"), &lines(snapshot.issues()));
    }
}

#[test]
fn the_table_says_what_the_xml_says() {
    let xml = parse(FCDO, "uk_fcdo_xml", XML.as_bytes()).unwrap();
    let csv = parse(FCDO, "uk_fcdo_csv", CSV.as_bytes()).unwrap();
    assert_eq!(lines(csv.entities()), lines(xml.entities()));
}

#[test]
fn every_entry_has_a_name_and_a_designation() {
    for Sample { list, format, bytes, .. } in SAMPLES {
        let snapshot = parse(list, format, bytes).unwrap();
        assert!(!snapshot.entities().is_empty());
        for entity in snapshot.entities() {
            let primary = entity.names.iter().filter(|name| name.kind == NameKind::Primary).count();
            assert_eq!(primary, 1, "{}", entity.id);
            assert!(!entity.designations.is_empty(), "{}", entity.id);
        }
    }
}

#[test]
fn samples_are_recognised_as_what_they_are() {
    for Sample { format, bytes, .. } in SAMPLES {
        assert_eq!(format_for(&[SourceFile { name: "list", bytes }]).map(ListFormat::id).ok(), Some(format));
    }
    let headings = CSV.split_once('\n').unwrap().1;
    let files = [SourceFile { name: "list", bytes: headings.as_bytes() }];
    assert_eq!(format_for(&files).map(ListFormat::id).ok(), Some("uk_fcdo_csv"));
}

/// The same content written with other white space, line ends and order of records.
#[test]
fn how_the_file_is_written_does_not_matter() {
    let first = parse(FCDO, "uk_fcdo_xml", XML.as_bytes()).unwrap();
    let dense = XML.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let loose = XML.replace("><", ">\n\t  <");
    let filled = XML.replace("</Name6>", "</Name6><Name5/><Title xsi:nil=\"true\"/>");
    let mut records: Vec<&str> = XML.split_inclusive("</Designation>").collect();
    let last = records.pop().unwrap();
    records[1..].reverse();
    let reversed = records.concat() + last;
    for (what, text) in [("dense", &dense), ("loose", &loose), ("filled", &filled), ("reversed", &reversed)] {
        let snapshot = parse(FCDO, "uk_fcdo_xml", text.as_bytes()).unwrap();
        let issues = (snapshot.issues().len(), first.issues().len());
        assert_eq!((snapshot.content(), issues.0), (first.content(), issues.1), "{what}");
    }
    let unix = CSV.replace("\r\n", "\n");
    let csv = parse(FCDO, "uk_fcdo_csv", unix.as_bytes()).unwrap();
    assert_eq!(csv.content(), parse(FCDO, "uk_fcdo_csv", CSV.as_bytes()).unwrap().content());
}

#[test]
fn what_is_not_known_is_said() {
    for (change, to, expected) in [
        ("<UniqueID>RUS9004", "<Risk>high</Risk><UniqueID>RUS9004", "RUS9004 Designation/Risk high"),
        ("<TypeOfShip>", "<Crew>12</Crew><TypeOfShip>", "RUS9004 Crew 12"),
        ("<Deflag>false", "<Deflag>perhaps", "RUS9001 Deflag perhaps"),
        ("<DateGenerated>", "<Count>5</Count><DateGenerated>", "file Count 5"),
        ("26/03/2026", "today", "file DateGenerated today"),
        ("<Designation>", "<Designation state='new'>", "RUS9001 Designation@state new"),
    ] {
        let changed = XML.replacen(change, to, 1);
        let snapshot = parse(FCDO, "uk_fcdo_xml", changed.as_bytes()).unwrap();
        let said = |issue: &cordon_model::Issue| format!("{} {} {}", issue.record, issue.field, issue.value);
        let found: Vec<String> = snapshot.issues().iter().map(said).collect();
        assert!(found.iter().any(|issue| issue == expected), "{expected}: {found:?}");
    }
    let changed = CSV.replacen("Year Built", "Age", 1);
    let snapshot = parse(FCDO, "uk_fcdo_csv", changed.as_bytes()).unwrap();
    let fields: Vec<&str> = snapshot.issues().iter().map(|issue| issue.field.as_str()).collect();
    assert!(fields.contains(&"age"), "{fields:?}");
    let ship = snapshot.entity("gb_fcdo_sanctions:RUS9004").unwrap();
    assert!(ship.values("notes").iter().any(|note| note.contains("age: 2004")), "{:?}", ship.properties);
}

#[test]
fn other_files_are_refused() {
    let cut = &CSV.as_bytes()[..CSV.len() - 200];
    for (format, bytes, expected) in [
        ("uk_fcdo_xml", &b""[..], "Empty"),
        ("uk_fcdo_csv", b"", "Empty"),
        ("uk_ofsi_csv", b"", "Empty"),
        ("uk_fcdo_xml", CSV.as_bytes(), "NotThisFormat"),
        ("uk_fcdo_csv", b"<!DOCTYPE html><html></html>", "NotThisFormat"),
        ("uk_ofsi_csv", CSV.as_bytes(), "NotThisFormat"),
        ("uk_fcdo_csv", OFSI_2016, "NotThisFormat"),
        ("uk_fcdo_csv", cut, "CutOff"),
        ("uk_ofsi_csv", &OFSI_2022[..OFSI_2022.len() - 150], "CutOff"),
    ] {
        let error = format!("{:?}", parse("x", format, bytes).unwrap_err());
        assert!(error.starts_with(expected), "{format}: {error}");
    }
}

#[test]
fn xml_cut_anywhere_is_refused() {
    let whole = XML.trim_end();
    for length in (0..whole.len()).step_by(7).filter(|length| whole.is_char_boundary(*length)) {
        assert!(parse(FCDO, "uk_fcdo_xml", &whole.as_bytes()[..length]).is_err(), "cut after {length} bytes");
    }
    assert!(parse(FCDO, "uk_fcdo_xml", whole.as_bytes()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for Sample { list, format, .. } in SAMPLES {
            let _ = parse(list, format, &bytes);
        }
    }

    #[test]
    fn any_text_in_any_element(text in "[\\PC&;|()a-c0-9:. ]{0,40}", at in 0usize..400) {
        let fields: Vec<(usize, &str)> = XML.match_indices('>').collect();
        let (position, _) = fields[at * fields.len() / 400];
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let changed = format!("{}{escaped}{}", &XML[..=position], &XML[position + 1..]);
        let _ = parse(FCDO, "uk_fcdo_xml", changed.as_bytes());
    }

    #[test]
    fn any_text_in_any_cell(text in "[\\PC|()a-c0-9:. ]{0,40}", at in 0usize..300) {
        let whole = String::from_utf8_lossy(OFSI_2022).into_owned();
        let fields: Vec<(usize, &str)> = whole.match_indices(',').collect();
        let (position, _) = fields[at * fields.len() / 300];
        let changed = format!("{}{text}{}", &whole[..=position], &whole[position + 1..]);
        let _ = parse(OFSI, "uk_ofsi_csv", changed.as_bytes());
    }

    #[test]
    fn mutated_samples(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        for Sample { list, format, bytes, .. } in SAMPLES {
            let mut bytes = bytes.to_vec();
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            let _ = parse(list, format, &bytes);
        }
    }
}
