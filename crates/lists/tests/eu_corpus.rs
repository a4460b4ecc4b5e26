//! Made-up EU lists in every form the Commission has served, with the entities and issues they must give, and what
//! becomes of damaged copies.
//!
//! `UPDATE_EXPECTED=1` writes the expected files anew; read the difference before keeping it.

#![expect(clippy::unwrap_used, reason = "what cannot be read or written here fails the test")]

mod common;

use common::{compare, lines};
use cordon_lists::{ListError, ListFormat, SourceFile, format_for, format_named};
use cordon_model::{Entity, NameKind, Snapshot};
use proptest::prelude::*;

const LIST: &str = "eu_fsf";
const XML: &str = include_str!("corpus/eu_fsf/list.xml");
const CSV: &str = include_str!("corpus/eu_fsf/list.csv");
const OLD: &str = include_str!("corpus/eu_fsf/list-2016.xml");
const SAMPLES: [(&str, &str); 3] = [("eu_fsf_xml", XML), ("eu_fsf_csv", CSV), ("eu_fsd_xml", OLD)];

fn parse(format: &str, bytes: &[u8]) -> Result<Snapshot, ListError> {
    let file = SourceFile { name: "list", bytes };
    format_named(format).expect("the format has a row in the table").parse(LIST, &[file])
}

#[test]
fn samples_give_what_is_expected() {
    for ((format, text), day, name) in SAMPLES
        .into_iter()
        .zip(["2026-03-04", "2026-03-04", "2016-02-11"])
        .zip(["", "-csv", "-2016"])
        .map(|((sample, day), name)| (sample, day, name))
    {
        let snapshot = parse(format, text.as_bytes()).unwrap();
        assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), Some(day), "{format}");
        compare(LIST, &format!("expected{name}.jsonl"), &lines(snapshot.entities()));
        compare(LIST, &format!("issues{name}.jsonl"), &lines(snapshot.issues()));
    }
}

/// The table says the same as the XML, but for what it has no columns for: whether a name is strong, dates of
/// citizenships, de-listing, and notes outside the fields.
#[test]
fn the_table_says_what_the_xml_says() {
    let strong = XML
        .replace("strong=\"false\"", "strong=\"true\"")
        .replace(" acquisitionDate=\"1992-01-01\" disenfranchisementDate=\"2015-05-05\"", "")
        .replace(" delistingDate=\"2026-06-01\" colour=\"red\"", "")
        .replace("<additionalInformation key=\"note\" value=\"kept as a remark\"/>", "")
        .replace("<remark>Corrected in the annex</remark>", "");
    let xml = parse("eu_fsf_xml", strong.as_bytes()).unwrap();
    let csv = parse("eu_fsf_csv", CSV.as_bytes()).unwrap();
    assert_eq!(lines(csv.entities()), lines(xml.entities()));
}

#[test]
fn every_entry_has_a_name_and_a_designation() {
    for (format, text) in SAMPLES {
        let snapshot = parse(format, text.as_bytes()).unwrap();
        assert!(!snapshot.entities().is_empty());
        for entity in snapshot.entities() {
            let primary =
                |entity: &Entity| entity.names.iter().filter(|name| name.kind == NameKind::Primary).count();
            assert_eq!(primary(entity), 1, "{}", entity.id);
            assert!(!entity.designations.is_empty(), "{}", entity.id);
        }
    }
}

#[test]
fn samples_are_recognised_as_what_they_are() {
    for (format, text) in SAMPLES {
        let files = [SourceFile { name: "list", bytes: text.as_bytes() }];
        assert_eq!(format_for(&files).map(ListFormat::id).ok(), Some(format));
    }
    for text in ["<export><a/></export>", "a;b\n1;2\n"] {
        assert!(format_for(&[SourceFile { name: "list", bytes: text.as_bytes() }]).is_err(), "{text}");
    }
}

/// The same content written with other white space, quotes, prefixes and order of records.
#[test]
fn how_the_file_is_written_does_not_matter() {
    let first = parse("eu_fsf_xml", XML.as_bytes()).unwrap();
    let dense = XML.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let prefixed = XML
        .replace("xmlns=", "xmlns:f=")
        .replace("<sanctionEntity", "<f:sanctionEntity")
        .replace("</sanctionEntity", "</f:sanctionEntity");
    let bare = XML.replace(" function=\"\"", "").replace(" title=\"\"", "").replace(" latinNumber=\"\"", "");
    let mut records: Vec<&str> = XML.split_inclusive("</sanctionEntity>").collect();
    let last = records.pop().unwrap();
    records[1..].reverse();
    let reversed = records.concat() + last;
    for (what, text) in [("dense", &dense), ("prefixed", &prefixed), ("bare", &bare), ("reversed", &reversed)]
    {
        let snapshot = parse("eu_fsf_xml", text.as_bytes()).unwrap();
        assert_eq!(
            (snapshot.content(), snapshot.issues().len()),
            (first.content(), first.issues().len()),
            "{what}"
        );
    }
    let unix = CSV.replace("\r\n", "\n");
    let without_mark = unix.trim_start_matches('\u{feff}');
    let csv = parse("eu_fsf_csv", CSV.as_bytes()).unwrap();
    for text in [unix.as_str(), without_mark] {
        assert_eq!(parse("eu_fsf_csv", text.as_bytes()).unwrap().content(), csv.content());
    }
}

#[test]
fn other_files_are_refused() {
    for (format, bytes, expected) in [
        ("eu_fsf_xml", &b""[..], "Empty"),
        ("eu_fsf_csv", b"", "Empty"),
        (
            "eu_fsf_xml",
            br#"{"timestamp":"2026-02-01","status":500,"error":"Internal Server Error"}"#,
            "NotThisFormat",
        ),
        ("eu_fsf_csv", b"<!DOCTYPE html><html></html>", "NotThisFormat"),
        ("eu_fsd_xml", XML.as_bytes(), "NotThisFormat"),
        ("eu_fsf_csv", &CSV.as_bytes()[..CSV.len() - 400], "CutOff"),
    ] {
        let error = format!("{:?}", parse(format, bytes).unwrap_err());
        assert!(error.starts_with(expected), "{format}: {error}");
    }
}

#[test]
fn xml_cut_anywhere_is_refused() {
    for (format, text) in [("eu_fsf_xml", XML.trim_end()), ("eu_fsd_xml", OLD.trim_end())] {
        for length in (0..text.len()).step_by(7) {
            assert!(parse(format, &text.as_bytes()[..length]).is_err(), "{format} cut after {length} bytes");
        }
        assert!(parse(format, text.as_bytes()).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for (format, _) in SAMPLES {
            let _ = parse(format, &bytes);
        }
    }

    #[test]
    fn any_text_in_any_attribute(text in "[\\PC&;()a-c0-9\\[\\] ]{0,40}", at in 0usize..400) {
        let fields: Vec<(usize, &str)> = XML.match_indices("=\"").collect();
        let (position, mark) = fields[at * fields.len() / 400];
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let (before, after) = XML.split_at(position + mark.len());
        let _ = parse("eu_fsf_xml", format!("{before}{escaped}{after}").as_bytes());
    }

    #[test]
    fn any_text_in_any_element(text in "[\\PC&;()\\[\\]a-z0-9 -]{0,40}", at in 0usize..60) {
        let fields: Vec<(usize, &str)> = OLD.match_indices('>').collect();
        let (position, _) = fields[at * fields.len() / 60];
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let changed = format!("{}{escaped}{}", &OLD[..=position], &OLD[position + 1..]);
        let _ = parse("eu_fsd_xml", changed.as_bytes());
    }

    #[test]
    fn mutated_samples(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        for (format, text) in SAMPLES {
            let mut bytes = text.as_bytes().to_vec();
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            let _ = parse(format, &bytes);
        }
    }
}
