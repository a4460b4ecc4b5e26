//! Small files of each format with the entities and issues they must give, and what becomes of damaged copies.
//!
//! `UPDATE_EXPECTED=1` writes the expected files anew; read the difference before keeping it.

#![expect(clippy::unwrap_used, reason = "what cannot be read or written here fails the test")]

mod common;

use common::{compare, lines};
use cordon_lists::{FORMATS, ListError, ListFormat, SourceFile, format_for, format_named};
use cordon_model::Snapshot;
use proptest::prelude::*;

/// A small file and what it is.
struct Sample {
    /// List and folder.
    list: &'static str,
    format: &'static str,
    file: &'static str,
    bytes: &'static [u8],
    /// The day the file carries; empty when it carries none.
    published: &'static str,
    /// Whether a file cut anywhere can be told from a whole one.
    ends_marked: bool,
}

macro_rules! sample {
    ($list:literal, $format:literal, $file:literal, $published:literal, $ends_marked:literal) => {
        Sample {
            list: $list,
            format: $format,
            file: $file,
            bytes: include_bytes!(concat!("corpus/", $list, "/", $file)),
            published: $published,
            ends_marked: $ends_marked,
        }
    };
}

const SAMPLES: &[Sample] = &[
    sample!("au_dfat_sanctions", "au_dfat_xlsx", "list.xlsx", "", true),
    sample!("ca_dfatd_sema_sanctions", "ca_sema_xml", "sema-lmes.xml", "", true),
    sample!("ca_dfatd_sema_sanctions", "ca_sema_xml", "sema-lmes--2020.xml", "", true),
    sample!("ch_seco_sanctions", "ch_seco_xml", "consolidated-list.xml", "2026-03-01", true),
    sample!("in_house", "plain_csv", "list.csv", "", false),
    sample!("opensanctions_simple", "os_simple_csv", "targets.simple.csv", "2026-03-13", false),
    sample!("us_bis_denied", "bis_dpl_tsv", "dpl.txt", "", false),
    sample!("us_trade_csl", "us_csl_csv", "consolidated.csv", "", false),
];

impl Sample {
    fn format(&self) -> &'static dyn ListFormat {
        format_named(self.format).expect("the format has a row in the table")
    }

    fn parse(&self, bytes: &[u8]) -> Result<Snapshot, ListError> {
        self.format().parse(self.list, &[SourceFile { name: self.file, bytes }])
    }

    /// The end of the names of the files beside the sample: `-2020` for `sema-lmes--2020.xml`.
    fn variant(&self) -> &str {
        let stem = self.file.split('.').next().unwrap_or_default();
        stem.rfind("--").map_or("", |at| &stem[at + 1..])
    }
}

#[test]
fn samples_give_what_is_expected() {
    for sample in SAMPLES {
        let snapshot = sample.parse(sample.bytes).unwrap();
        let published = snapshot.published().map(|day| day.to_string()).unwrap_or_default();
        assert_eq!(published, sample.published, "{}", sample.list);
        let variant = sample.variant();
        compare(sample.list, &format!("expected{variant}.jsonl"), &lines(snapshot.entities()));
        compare(sample.list, &format!("issues{variant}.jsonl"), &lines(snapshot.issues()));
    }
}

#[test]
fn every_entry_has_a_name_and_a_known_act() {
    for sample in SAMPLES {
        for entity in sample.parse(sample.bytes).unwrap().entities() {
            assert!(!entity.names.is_empty(), "{}", entity.id);
            assert_eq!(entity.id.list(), sample.list);
            assert!(!entity.designations.is_empty(), "{}", entity.id);
            for designation in &entity.designations {
                assert!(!designation.authority.is_empty(), "{}", entity.id);
                let known = cordon_lists::programs::program(&designation.authority, &designation.program);
                let measures = !designation.measures.is_empty();
                assert_eq!(known.is_some(), measures, "{} {}", entity.id, designation.program);
            }
        }
    }
}

#[test]
fn no_two_formats_claim_a_sample() {
    for sample in SAMPLES {
        let files = [SourceFile { name: sample.file, bytes: sample.bytes }];
        assert_eq!(format_for(&files).map(ListFormat::id).ok(), Some(sample.format), "{}", sample.list);
        let claims: Vec<&str> =
            FORMATS.iter().filter(|format| format.recognises(&files)).map(|format| format.id()).collect();
        assert_eq!(claims, [sample.format], "{}", sample.list);
    }
}

#[test]
fn other_files_are_refused() {
    for sample in SAMPLES {
        for (bytes, expected) in [
            (&b""[..], "is empty"),
            (b"<!DOCTYPE html><html><body>Busy</body></html>", "found an HTML page"),
            (b"{\"status\":500,\"error\":\"x\"}", "found a JSON error message"),
            (b"<list><x/></list>", "found XML with root list"),
            (b"\xff\xfe\x00", "found "),
        ] {
            let said = sample.parse(bytes).unwrap_err().to_string();
            assert!(said.contains(expected), "{}: {said}", sample.format);
        }
        // Any table with a column of names can be a list of one's own, if that is what it is given as.
        let others =
            SAMPLES.iter().filter(|other| other.format != sample.format && sample.format != "plain_csv");
        for other in others {
            assert!(sample.parse(other.bytes).is_err(), "{} read {}", sample.format, other.file);
        }
    }
}

/// A file cut inside a record is refused or said to be cut; one with an end mark is refused wherever it is cut.
#[test]
fn a_file_cut_short_is_not_taken_for_whole() {
    for sample in SAMPLES {
        let whole = sample.bytes.trim_ascii_end();
        let step = (whole.len() / 400).max(1);
        let first = whole.iter().position(|byte| *byte == b'\n').unwrap_or_default() + 2;
        for length in (first..whole.len()).step_by(step) {
            let cut = &whole[..length];
            let at_line_end = cut.ends_with(b"\n") || whole[length..].starts_with(b"\n");
            match sample.parse(cut) {
                Err(_) => {}
                Ok(_) if sample.ends_marked => panic!("{}: cut after {length} bytes", sample.format),
                Ok(snapshot) => {
                    let said = snapshot.issues().iter().any(|issue| issue.message.contains("may be cut"));
                    let closed = cut.ends_with(b"\"")
                        || cut.ends_with(b",")
                        || cut.ends_with(b";")
                        || cut.ends_with(b"\t");
                    assert!(said || at_line_end || closed, "{}: cut after {length} bytes", sample.format);
                }
            }
        }
    }
}

#[test]
fn order_of_records_and_repeats_do_not_matter() {
    for sample in SAMPLES {
        let (one, two) = (sample.parse(sample.bytes).unwrap(), sample.parse(sample.bytes).unwrap());
        assert_eq!((one.id(), one.issues()), (two.id(), two.issues()), "{}", sample.format);
    }
}

fn any_sample() -> impl Strategy<Value = usize> {
    0..SAMPLES.len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes(sample in any_sample(), bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let sample = &SAMPLES[sample];
        let _ = sample.parse(&bytes);
    }

    #[test]
    fn mutated_samples(
        sample in any_sample(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let sample = &SAMPLES[sample];
        let mut bytes = sample.bytes.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = sample.parse(&bytes);
    }

    /// Any text put in the place of a stretch of a sample.
    #[test]
    fn any_text_anywhere(
        sample in any_sample(),
        text in "[\\PC,;()/a-c0-9 ]{0,40}",
        at in any::<prop::sample::Index>(),
        length in 0usize..60,
    ) {
        let sample = &SAMPLES[sample];
        let at = at.index(sample.bytes.len());
        let end = (at + length).min(sample.bytes.len());
        let _ = sample.parse(&[&sample.bytes[..at], text.as_bytes(), &sample.bytes[end..]].concat());
    }
}
