//! Made-up FollowTheMoney files with the entities and issues they must give, entities that go to the wire and back, and
//! what becomes of damaged copies.
//!
//! `UPDATE_EXPECTED=1` writes the expected files anew; read the difference before keeping it.

#![expect(clippy::unwrap_used, reason = "what cannot be read or written here fails the test")]

mod common;
mod round_trip;

use common::{compare, lines};
use cordon_lists::{ListError, ListFormat, SourceFile, format_for, format_named};
use cordon_model::Snapshot;
use proptest::prelude::*;

const LIST: &str = "ex_list";
const FLAT: &str = include_str!("corpus/ftm/entities.ftm.json");
const NESTED: &str = include_str!("corpus/ftm/targets.nested.json");

fn parse(bytes: &[u8]) -> Result<Snapshot, ListError> {
    let file = SourceFile { name: "entities.ftm.json", bytes };
    format_named("ftm_json").expect("the format has a row in the table").parse(LIST, &[file])
}

#[test]
fn samples_give_what_is_expected() {
    for (text, name) in [(FLAT, "flat"), (NESTED, "nested")] {
        let snapshot = parse(text.as_bytes()).unwrap();
        assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), Some("2026-02-03"));
        compare("ftm", &format!("expected-{name}.jsonl"), &lines(snapshot.entities()));
        compare("ftm", &format!("issues-{name}.jsonl"), &lines(snapshot.issues()));
    }
}

#[test]
fn flat_and_nested_say_the_same_of_targets() {
    let (flat, nested) = (parse(FLAT.as_bytes()).unwrap(), parse(NESTED.as_bytes()).unwrap());
    let mut targets = 0;
    for entity in flat.entities().iter().filter(|entity| entity.values("target").is_empty()) {
        assert_eq!(nested.entity(entity.id.as_str()), Some(entity));
        targets += 1;
    }
    assert_eq!(targets, 5);
}

#[test]
fn the_order_of_lines_and_values_does_not_matter() {
    let first = parse(FLAT.as_bytes()).unwrap();
    let mut turned: Vec<&str> = FLAT.lines().filter(|line| line.ends_with('}')).collect();
    turned.reverse();
    let second = parse(turned.join("\r\n").as_bytes()).unwrap();
    assert_eq!(first.content(), second.content());
    let swapped = FLAT.replace(r#"["1970","1971-03-04"]"#, r#"["1971-03-04","1970"]"#);
    assert_ne!(swapped, FLAT);
    assert_eq!(parse(swapped.as_bytes()).unwrap().content(), first.content());
}

#[test]
fn other_files_are_refused() {
    for (bytes, expected) in [
        (&b""[..], "entities.ftm.json: the file is empty"),
        (b"\n\n", "entities.ftm.json: expected FollowTheMoney JSON Lines, found text beginning ``"),
        (
            b"<!DOCTYPE html><html></html>",
            "entities.ftm.json: expected FollowTheMoney JSON Lines, found an HTML page",
        ),
        (
            b"{\"timestamp\":\"2026-02-01\",\"status\":500,\"error\":\"x\"}",
            "entities.ftm.json: expected FollowTheMoney JSON Lines, found a JSON error message",
        ),
        (b"[]", "entities.ftm.json: expected FollowTheMoney JSON Lines, found JSON"),
        (
            b"{\"op\":\"DEL\",\"entity\":{\"id\":\"x\"}}\n",
            "entities.ftm.json: expected FollowTheMoney JSON Lines, found JSON",
        ),
        (
            b"{\"id\":\"a\",\"schema\":\"Person\",\"prop",
            "entities.ftm.json: expected FollowTheMoney JSON Lines, found JSON",
        ),
    ] {
        assert_eq!(parse(bytes).unwrap_err().to_string(), expected);
    }
}

#[test]
fn bad_lines_are_said_and_the_others_kept() {
    let good = r#"{"id":"a","schema":"Person","properties":{"name":["A B"]}}"#;
    for (bad, dropped) in [
        ("\u{1a}", 1),
        (r#"{"id":"b","schema":"Person","properties":{"name":[["x"]]}}"#, 1),
        (r#"{"id":"b","properties":{}}"#, 1),
        (r#"{"schema":"Person","properties":{"name":["no id"]}}"#, 1),
        ("[1]", 1),
        ("", 0),
    ] {
        let snapshot = parse(format!("{good}\n{bad}\n").as_bytes()).unwrap();
        assert_eq!((snapshot.entities().len(), snapshot.issues().len()), (1, dropped), "{bad}");
        assert!(snapshot.issues().iter().all(|issue| issue.record == "line 2"), "{bad}");
    }
}

#[test]
fn the_sample_is_recognised() {
    for text in [FLAT, NESTED] {
        let files = [SourceFile { name: "list", bytes: text.as_bytes() }];
        assert_eq!(format_for(&files).map(ListFormat::id).ok(), Some("ftm_json"));
    }
}

/// A file of lines has no end mark: only a cut at the end of a line is a whole, shorter file.
#[test]
fn a_file_cut_inside_a_line_is_refused() {
    let whole = NESTED.as_bytes();
    let ends: Vec<usize> = (0..whole.len()).filter(|&at| whole[at] == b'\n').collect();
    for length in 0..whole.len() {
        let at_an_end = ends.iter().any(|&end| length == end || length == end + 1);
        assert_eq!(parse(&whole[..length]).is_ok(), at_an_end, "cut after {length} bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn any_value_of_any_property(text in "\\PC{0,30}", property in "(name|birthDate|country|idNumber|imoNumber|publicKey|currency|address|lastName|owner|topics)") {
        let line = serde_json::json!({"id":"a","schema":"Person","properties":{"name":["A B"], property:[text]}});
        prop_assert_eq!(parse(line.to_string().as_bytes()).unwrap().entities().len(), 1);
    }

    #[test]
    fn mutated_samples(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), nested: bool) {
        let mut bytes = if nested { NESTED } else { FLAT }.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = parse(&bytes);
    }
}
