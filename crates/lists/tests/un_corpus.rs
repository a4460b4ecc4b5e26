//! Trimmed real UN files with the entities and issues they must give, and what becomes of damaged copies.
//!
//! `UPDATE_EXPECTED=1` writes the expected files anew; read the difference before keeping it.

#![expect(clippy::unwrap_used, reason = "what cannot be read or written here fails the test")]

mod common;

use common::{compare, lines};
use cordon_lists::{ListError, ListFormat, SourceFile, format_for, format_named};
use cordon_model::Snapshot;
use proptest::prelude::*;

const LIST: &str = "un_sc_sanctions";
const CURRENT: &str = include_str!("corpus/un_sc_sanctions/consolidated.xml");
const OLD: &str = include_str!("corpus/un_sc_sanctions/consolidated-2018.xml");

fn parse(bytes: &[u8]) -> Result<Snapshot, ListError> {
    let file = SourceFile { name: "consolidated.xml", bytes };
    format_named("un_xml").expect("the format has a row in the table").parse(LIST, &[file])
}

/// A list of these records.
fn list_of(records: &str) -> String {
    format!(
        "<?xml version='1.0'?><CONSOLIDATED_LIST dateGenerated='2026-02-27T00:00:09.554Z'>{records}</CONSOLIDATED_LIST>"
    )
}

const RECORD: &str = "<INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>A &amp; B</FIRST_NAME>\
    <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.999 </REFERENCE_NUMBER>\
    <LISTED_ON>2020-01-02</LISTED_ON></INDIVIDUAL></INDIVIDUALS>";

#[test]
fn samples_give_what_is_expected() {
    for (xml, day, name) in [(CURRENT, "2026-02-27", ""), (OLD, "2018-10-29", "-2018")] {
        let snapshot = parse(xml.as_bytes()).unwrap();
        assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), Some(day));
        compare(LIST, &format!("expected{name}.jsonl"), &lines(snapshot.entities()));
        compare(LIST, &format!("issues{name}.jsonl"), &lines(snapshot.issues()));
    }
}

#[test]
fn every_entry_has_a_name_a_designation_and_a_reference() {
    for xml in [CURRENT, OLD] {
        for entity in parse(xml.as_bytes()).unwrap().entities() {
            let [designation] = entity.designations.as_slice() else {
                panic!("{}: no designation", entity.id)
            };
            assert!(!entity.names.is_empty() && !designation.measures.is_empty(), "{}", entity.id);
            assert_eq!((entity.id.list(), entity.id.key()), (LIST, designation.reference.as_str()));
        }
    }
}

/// The same content written with other white space, quotes, order of fields and empty elements.
#[test]
fn how_the_file_is_written_does_not_matter() {
    let first = parse(CURRENT.as_bytes()).unwrap();
    let loose = CURRENT.replace("><", ">\n\t  <").replace("</", "\n </");
    let dense = CURRENT.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let quoted = CURRENT.replace("\"2026-02-27", "'2026-02-27").replace("9.554Z\"", "9.554Z'");
    let filled = CURRENT.replace("</FIRST_NAME>", "</FIRST_NAME><THIRD_NAME/><FOURTH_NAME>na</FOURTH_NAME>");
    let filled = filled.replace("</DATAID>", "</DATAID><NATIONALITY><VALUE/></NATIONALITY><TITLE/>");
    let wrapped = CURRENT.replace("<FIRST_NAME>", "<FIRST_NAME><![CDATA[ ]]>");
    for (what, text) in [
        ("loose", &loose),
        ("dense", &dense),
        ("quoted", &quoted),
        ("filled", &filled),
        ("wrapped", &wrapped),
    ] {
        let snapshot = parse(text.as_bytes()).unwrap();
        assert_eq!((snapshot.content(), snapshot.issues()), (first.content(), first.issues()), "{what}");
    }
    let mut records: Vec<&str> = CURRENT.split_inclusive("</ENTITY>").collect();
    let last = records.pop().unwrap();
    records[1..].reverse();
    assert_eq!(parse((records.concat() + last).as_bytes()).unwrap().content(), first.content(), "reversed");
}

#[test]
fn what_is_not_known_is_said() {
    for (change, to, expected) in [
        ("<LISTED_ON>", "<RISK>high</RISK><LISTED_ON>", vec!["UnknownField KPi.999 RISK high"]),
        (
            "<DATAID>",
            "<DATAID lang='en'>",
            vec!["UnknownField KPi.999 DATAID@lang en", "UnknownField KPi.999 DATAID 1"],
        ),
        ("<INDIVIDUAL>", "<INDIVIDUAL state='new'>", vec!["UnknownField KPi.999 INDIVIDUAL@state new"]),
        ("<INDIVIDUALS>", "<INDIVIDUALS count='1'>", vec!["UnknownField file INDIVIDUALS@count 1"]),
        (
            "<INDIVIDUALS>",
            "<VESSELS><VESSEL><IMO>1</IMO></VESSEL></VESSELS><INDIVIDUALS>",
            vec!["UnknownField file VESSELS/VESSEL/IMO 1"],
        ),
        ("<INDIVIDUALS>", "stray<INDIVIDUALS>", vec!["UnknownField file CONSOLIDATED_LIST stray"]),
        ("DPRK", "Atlantis", vec!["UnknownValue KPi.999 UN_LIST_TYPE Atlantis"]),
        (
            "<FIRST_NAME>",
            "<FIRST_NAME>X</FIRST_NAME><FIRST_NAME>",
            vec!["UnknownField KPi.999 FIRST_NAME A & B"],
        ),
        ("KPi.999 ", " ", vec!["Missing 1 REFERENCE_NUMBER "]),
        ("2020-01-02", "soon", vec!["Unparsed KPi.999 LISTED_ON soon"]),
        ("A &amp; B", "", vec!["Dropped KPi.999 FIRST_NAME ", "Missing KPi.999 FIRST_NAME "]),
        ("2026-02-27T00:00:09.554Z", "yesterday", vec!["Unparsed file dateGenerated yesterday"]),
        ("<LISTED_ON>", "<DELISTED_ON>2024-01-01</DELISTED_ON><LISTED_ON>", vec![]),
    ] {
        let snapshot = parse(list_of(RECORD).replacen(change, to, 1).as_bytes()).unwrap();
        let mut said: Vec<String> = snapshot
            .issues()
            .iter()
            .map(|issue| format!("{:?} {} {} {}", issue.kind, issue.record, issue.field, issue.value))
            .collect();
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        said.sort();
        expected.sort();
        assert_eq!(said, expected, "{to}");
    }
}

#[test]
fn other_files_are_refused() {
    for (bytes, expected) in [
        (&b""[..], "consolidated.xml: the file is empty"),
        (
            b"<!DOCTYPE html><html><body>Busy</body></html>",
            "consolidated.xml: expected UN consolidated XML, found an HTML page",
        ),
        (
            b"{\"status\":500,\"error\":\"x\"}",
            "consolidated.xml: expected UN consolidated XML, found a JSON error message",
        ),
        (
            b"<sdnList><x/></sdnList>",
            "consolidated.xml: expected UN consolidated XML, found XML with root sdnList",
        ),
        (
            b"\xff\xfe\x00",
            "consolidated.xml: expected UN consolidated XML, found text beginning `\u{fffd}\u{fffd}\u{0}`",
        ),
    ] {
        assert_eq!(parse(bytes).unwrap_err().to_string(), expected);
    }
    let whole = list_of(RECORD);
    for (text, expected) in [
        (whole.replace("</FIRST_NAME>", "</LAST_NAME>"), "Malformed"),
        (whole.replace("&amp;", "&writer;"), "Malformed"),
        (whole.clone() + "<MORE/>", "Malformed"),
        (whole.clone() + "more", "Malformed"),
        (list_of(&"<A>".repeat(100_000)), "Malformed"),
        (whole.replace("</CONSOLIDATED_LIST>", ""), "CutOff"),
        (whole.replace("</INDIVIDUALS></CONSOLIDATED_LIST>", ""), "CutOff"),
    ] {
        let error = format!("{:?}", parse(text.as_bytes()).unwrap_err());
        assert!(error.starts_with(expected), "{error}");
    }
    let mut bytes = whole.into_bytes();
    let at = bytes.len() / 2;
    bytes[at] = 0xff;
    assert!(matches!(parse(&bytes), Err(ListError::Malformed { .. })));
}

#[test]
fn the_sample_is_recognised() {
    for xml in [CURRENT, OLD] {
        let files = [SourceFile { name: "list", bytes: xml.as_bytes() }];
        assert_eq!(format_for(&files).map(ListFormat::id).ok(), Some("un_xml"));
    }
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let whole = OLD.trim_end().as_bytes();
    for length in 0..whole.len() {
        let error = parse(&whole[..length]).expect_err(&format!("cut after {length} bytes"));
        let started = whole[..length].windows(17).any(|window| window == b"CONSOLIDATED_LIST")
            && whole[..length].contains(&b'\n');
        let cut_off = matches!(error, ListError::CutOff { .. });
        assert!(cut_off || !started || length < 400, "cut after {length} bytes: {error}");
    }
    assert!(parse(whole).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn any_text_in_any_field(text in "[\\PC<>&;()a-c0-9 ]{0,40}", at in 0usize..40) {
        let fields: Vec<(usize, &str)> = CURRENT.match_indices('>').collect();
        let (position, _) = fields[at * fields.len() / 40];
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let changed = format!("{}{escaped}{}", &CURRENT[..=position], &CURRENT[position + 1..]);
        let _ = parse(changed.as_bytes());
    }

    #[test]
    fn mutated_samples(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = OLD.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = parse(&bytes);
    }
}
