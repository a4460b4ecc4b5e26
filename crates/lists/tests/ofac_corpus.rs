//! Trimmed real OFAC files with the entities and issues they must give, and what becomes of damaged copies.
//!
//! `UPDATE_EXPECTED=1` writes the expected files anew; read the difference before keeping it.

#![expect(clippy::unwrap_used, reason = "what cannot be read or written here fails the test")]

use cordon_lists::{ListError, ListFormat, SourceFile, format_named};
use cordon_model::{Entity, IssueKind, Snapshot};
use proptest::prelude::*;
use std::path::PathBuf;

/// A list's sample: its files by name.
struct Sample {
    list: &'static str,
    files: &'static [(&'static str, &'static [u8])],
}

const SDN: Sample = Sample {
    list: "us_ofac_sdn",
    files: &[
        ("sdn.csv", include_bytes!("corpus/us_ofac_sdn/sdn.csv")),
        ("alt.csv", include_bytes!("corpus/us_ofac_sdn/alt.csv")),
        ("add.csv", include_bytes!("corpus/us_ofac_sdn/add.csv")),
        ("sdn_comments.csv", include_bytes!("corpus/us_ofac_sdn/sdn_comments.csv")),
    ],
};

const NON_SDN: Sample = Sample {
    list: "us_ofac_cons",
    files: &[
        ("CONS_PRIM.CSV", include_bytes!("corpus/us_ofac_cons/cons_prim.csv")),
        ("CONS_ALT.CSV", include_bytes!("corpus/us_ofac_cons/cons_alt.csv")),
        ("CONS_ADD.CSV", include_bytes!("corpus/us_ofac_cons/cons_add.csv")),
        ("CONS_COMMENTS.CSV", include_bytes!("corpus/us_ofac_cons/cons_comments.csv")),
    ],
};

fn parse(list: &str, files: &[(&str, &[u8])]) -> Result<Snapshot, ListError> {
    let files: Vec<SourceFile<'_>> = files.iter().map(|&(name, bytes)| SourceFile { name, bytes }).collect();
    format_named("ofac_csv").expect("the format has a row in the table").parse(list, &files)
}

fn lines<T: serde::Serialize>(values: &[T]) -> String {
    values.iter().map(|value| serde_json::to_string(value).unwrap() + "\n").collect()
}

fn compare(list: &str, name: &str, actual: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(list).join(name);
    #[expect(clippy::disallowed_methods, reason = "a switch of this test alone, not a setting")]
    let update = std::env::var("UPDATE_EXPECTED").is_ok_and(|value| value == "1");
    if update {
        std::fs::write(&path, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (at, (actual, expected)) in actual.lines().zip(expected.lines()).enumerate() {
        assert_eq!(actual, expected, "{list}/{name}, line {}", at + 1);
    }
    assert_eq!(actual.lines().count(), expected.lines().count(), "{list}/{name}");
}

#[test]
fn samples_give_what_is_expected() {
    for sample in [SDN, NON_SDN] {
        let snapshot = parse(sample.list, sample.files).unwrap();
        assert_eq!(snapshot.published(), None);
        compare(sample.list, "expected.jsonl", &lines(snapshot.entities()));
        compare(sample.list, "issues.jsonl", &lines(snapshot.issues()));
    }
}

#[test]
fn every_party_has_a_name_a_designation_and_a_source() {
    for sample in [SDN, NON_SDN] {
        for entity in parse(sample.list, sample.files).unwrap().entities() {
            assert!(!entity.names.is_empty() && !entity.designations.is_empty(), "{}", entity.id);
            assert_eq!(entity.id.list(), sample.list);
            assert!(entity.values("sourceUrl")[0].ends_with(entity.id.key()), "{}", entity.id);
        }
    }
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let mut files = SDN.files.to_vec();
    let first = parse(SDN.list, &files).unwrap();
    for _ in 0..files.len() {
        files.rotate_left(1);
        let snapshot = parse(SDN.list, &files).unwrap();
        assert_eq!((snapshot.content(), snapshot.issues()), (first.content(), first.issues()));
    }
}

#[test]
fn the_sample_is_recognised_as_a_set_and_as_its_primary_file_alone() {
    for files in [SDN.files, &SDN.files[..1], NON_SDN.files] {
        let files: Vec<SourceFile<'_>> =
            files.iter().map(|&(name, bytes)| SourceFile { name, bytes }).collect();
        assert_eq!(cordon_lists::format_for(&files).map(ListFormat::id).ok(), Some("ofac_csv"));
    }
}

#[test]
fn a_bad_side_file_refuses_the_whole_set() {
    let page = b"<!DOCTYPE html>\n<html>\n<body>Service unavailable</body>\n</html>\n";
    let error = br#"{"timestamp":"2026-02-01","status":500,"error":"Internal Server Error"}"#;
    for (bytes, expected) in [
        (&b""[..], "the file is empty"),
        (page, "expected OFAC legacy CSV, found an HTML page"),
        (error, "expected OFAC legacy CSV, found a JSON error message"),
    ] {
        for place in 0..SDN.files.len() {
            let mut files = SDN.files.to_vec();
            files[place].1 = bytes;
            let refused = parse(SDN.list, &files).unwrap_err().to_string();
            assert_eq!(refused, format!("{}: {expected}", files[place].0));
        }
    }
}

/// The first rows of a file, few enough to cut at every byte.
fn head(bytes: &[u8], rows: usize) -> Vec<u8> {
    bytes.split_inclusive(|byte| *byte == b'\n').take(rows).flatten().copied().collect()
}

/// An entity without what other rows add to it.
fn alone(entity: &Entity) -> Entity {
    let mut entity = entity.clone();
    entity.relations.iter_mut().for_each(|relation| relation.other = None);
    entity
}

#[test]
fn a_primary_file_cut_anywhere_is_refused_or_gives_whole_rows_and_says_so() {
    let whole = head(SDN.files[0].1, 9);
    let full = parse(SDN.list, &[("sdn.csv", &whole)]).unwrap();
    let mut accepted = 0;
    for length in 0..whole.len() {
        let Ok(snapshot) = parse(SDN.list, &[("sdn.csv", &whole[..length])]) else { continue };
        accepted += 1;
        for entity in snapshot.entities() {
            let expected = full.entity(entity.id.as_str()).map(alone);
            assert_eq!(Some(alone(entity)), expected, "cut after {length} bytes");
        }
        let said = snapshot.issues().iter().any(|issue| issue.field == "sdn.csv" && issue.value == "0x1A");
        assert!(said, "cut after {length} bytes");
    }
    assert!(accepted < whole.len() / 50, "{accepted} of {} cuts were accepted", whole.len());
}

#[test]
fn a_side_file_cut_anywhere_is_refused_or_says_so() {
    let primary = head(SDN.files[0].1, 9);
    for place in 1..SDN.files.len() {
        let (name, bytes) = SDN.files[place];
        for length in 0..bytes.len() - 1 {
            let cut = parse(SDN.list, &[("sdn.csv", &primary), (name, &bytes[..length])]);
            let Ok(snapshot) = cut else { continue };
            let said =
                snapshot.issues().iter().any(|issue| issue.field == name && issue.kind == IssueKind::Missing);
            assert!(said, "{name} cut after {length} bytes");
        }
    }
}

/// One small change to some bytes.
#[derive(Debug, Clone)]
enum Damage {
    Replace(usize, u8),
    Insert(usize, u8),
    Remove(usize, usize),
    Repeat(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let byte =
        prop_oneof![any::<u8>(), Just(b'"'), Just(b','), Just(b'\n'), Just(b';'), Just(b'\''), Just(b'(')];
    prop_oneof![
        (any::<usize>(), byte.clone()).prop_map(|(at, byte)| Damage::Replace(at, byte)),
        (any::<usize>(), byte).prop_map(|(at, byte)| Damage::Insert(at, byte)),
        (any::<usize>(), 0usize..200).prop_map(|(at, length)| Damage::Remove(at, length)),
        (any::<usize>(), 0usize..200).prop_map(|(at, length)| Damage::Repeat(at, length)),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    let place = |at: usize| at % (bytes.len() + 1);
    match *damage {
        Damage::Replace(at, byte) => {
            let at = place(at);
            bytes.get_mut(at).into_iter().for_each(|place| *place = byte);
        }
        Damage::Insert(at, byte) => bytes.insert(place(at), byte),
        Damage::Remove(at, length) => {
            let at = place(at);
            bytes.drain(at..bytes.len().min(at + length));
        }
        Damage::Repeat(at, length) => {
            let at = place(at);
            let piece = bytes[at..bytes.len().min(at + length)].to_vec();
            bytes.splice(at..at, piece);
        }
    }
}

/// Beginnings of segments, so that random text reaches every branch of the grammar.
const BEGINNINGS: &[&str] = &[
    "",
    "alt. ",
    "DOB ",
    "POB ",
    "nationality ",
    "Gender ",
    "Passport ",
    "Tax ID No. ",
    "SWIFT/BIC ",
    "a.k.a. '",
    "f.k.a. ",
    "Digital Currency Address - ",
    "Linked To: ",
    "wife of ",
    "Website ",
    "Former Vessel Flag ",
    "Rank ",
    "ISIN ",
    "Vessel Registration Identification IMO ",
    "Executive Order 13846 information: ",
    "Listing Date (EO 14024 Directive 2): ",
    "Organization Established Date ",
    "issued ",
    "expires ",
    "Nationality of Registration ",
    "Equity Ticker ",
];

proptest! {
    #[test]
    fn damaged_samples_never_panic(
        place in 0..SDN.files.len(),
        damages in proptest::collection::vec(damage(), 1..6),
    ) {
        let mut bytes = SDN.files[place].1.to_vec();
        for damage in &damages {
            apply(&mut bytes, damage);
        }
        let mut files = SDN.files.to_vec();
        files[place].1 = &bytes;
        if let Ok(snapshot) = parse(SDN.list, &files) {
            prop_assert!(snapshot.entities().iter().all(|entity| !entity.names.is_empty()));
        }
    }

    #[test]
    fn random_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), place in 0..SDN.files.len()) {
        let mut files = SDN.files.to_vec();
        files[place].1 = &bytes;
        prop_assert!(parse(SDN.list, &files).is_err() || bytes == b"\x1a");
        let _ = cordon_lists::format_for(&[SourceFile { name: "list", bytes: &bytes }]);
    }

    #[test]
    fn remarks_of_any_text_are_read(
        segments in proptest::collection::vec((0..BEGINNINGS.len(), "[^\"\r\n\\p{Cc}]{0,24}"), 1..6),
    ) {
        let remarks: Vec<String> =
            segments.iter().map(|(beginning, text)| format!("{}{text}", BEGINNINGS[*beginning])).collect();
        let row = format!(
            "36,\"A, B\",\"individual\",\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{}.\"\r\n\x1a",
            remarks.join("; ")
        );
        let snapshot = parse(SDN.list, &[("sdn.csv", row.as_bytes())]);
        prop_assert!(snapshot.is_ok_and(|snapshot| snapshot.entities().len() == 1));
    }

    #[test]
    fn text_without_a_label_is_kept(words in proptest::collection::vec("[b-z]{2,9}", 1..5)) {
        let text = words.join(" ");
        let row = format!("36,\"A\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Q {text}; DOB 1962.\"\r\n\x1a");
        let snapshot = parse(SDN.list, &[("sdn.csv", row.as_bytes())]).unwrap();
        let expected = format!("Q {text}");
        prop_assert_eq!(snapshot.entities()[0].values("notes"), [expected]);
    }
}
