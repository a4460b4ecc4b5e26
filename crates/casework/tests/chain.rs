//! The chain: whatever is done to one row is found and named.

use cordon_casework::audit::{
    Checkpoint, CheckpointKind, FIELDS, Head, Proof, PublicKey, Row, Signer, Verdict, Walk, genesis,
    parse_row, row_line,
};
use cordon_casework::{Caller, Kind, ListSnapshot, NewRecord, Occasion, Random};
use cordon_model::Digest;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

/// A chain of some length, with its head.
fn chain(length: i64) -> (Vec<Row>, Head) {
    let mut previous = genesis();
    let mut rows = Vec::new();
    for sequence in 1..=length {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(sequence);
        let occasion = Occasion::new(now, Random::new([0; 64]), Caller::local(), Some([127, 0, 0, 1].into()));
        let list =
            ListSnapshot { list: "un_sc_sanctions".to_owned(), snapshot: "2026-02-27-3f9a".to_owned() };
        let row = NewRecord::new(&occasion, Kind::SCREENING)
            .asked(format!("{{\"name\":\"Жанна {sequence}\"}}"))
            .answer(b"[]", "{\"matched\":0}")
            .resting_on(vec![list], "default@1", "0.1.0")
            .row(sequence, &previous);
        previous = row.expected_hash();
        rows.push(row);
    }
    (rows, Head { sequence: length, hash: previous.to_string() })
}

fn walk(rows: &[Row], head: &Head, checkpoints: Vec<Checkpoint>, key: Option<&PublicKey>) -> Verdict {
    let mut walk = Walk::whole(checkpoints, key);
    for row in rows {
        walk.step(row);
    }
    walk.end(Some(head))
}

/// Faults as `sequence field`.
fn named(verdict: &Verdict) -> Vec<String> {
    verdict.faults.iter().map(|fault| format!("{} {}", fault.sequence, fault.field.unwrap_or("-"))).collect()
}

fn column(row: &mut Row, index: usize) -> (&'static str, &mut Vec<u8>) {
    match FIELDS.get(index) {
        Some(name) => (name, &mut row.fields[index]),
        None if index == FIELDS.len() => ("marks", &mut row.marks),
        None => ("hash", &mut row.hash),
    }
}

proptest! {
    #[test]
    fn one_changed_byte_is_named(at in 0_usize..9, index in 0_usize..FIELDS.len() + 2, byte in 0_usize..400, flip in 1_u8..=255) {
        let (mut rows, head) = chain(9);
        let (name, bytes) = column(&mut rows[at], index);
        if bytes.is_empty() {
            bytes.push(flip);
        } else {
            let place = byte % bytes.len();
            bytes[place] ^= flip;
        }
        let expected = vec![format!("{} {name}", at + 1)];
        prop_assert_eq!(named(&walk(&rows, &head, Vec::new(), None)), expected);
    }

    #[test]
    fn one_added_or_lost_byte_is_named(at in 0_usize..9, index in 0_usize..FIELDS.len() + 2, byte in 0_usize..400, add: bool) {
        let (mut rows, head) = chain(9);
        let (name, bytes) = column(&mut rows[at], index);
        let place = byte % (bytes.len() + 1);
        if add || place == bytes.len() { bytes.insert(place, b'x') } else { bytes.remove(place); }
        let expected = vec![format!("{} {name}", at + 1)];
        prop_assert_eq!(named(&walk(&rows, &head, Vec::new(), None)), expected);
    }

    #[test]
    fn a_changed_sequence_is_named(at in 0_usize..9, to in prop_oneof![-3_i64..=0, 10_i64..10_000]) {
        let (mut rows, head) = chain(9);
        rows[at].sequence = to;
        rows.sort_by_key(|row| row.sequence);
        let verdict = walk(&rows, &head, Vec::new(), None);
        prop_assert_eq!(named(&verdict), vec![format!("{to} sequence")]);
        let was = format!("it was {}", at + 1);
        prop_assert!(verdict.faults[0].what.contains(&was), "{verdict:?}");
    }
}

#[test]
fn rows_removed_or_written_anew_are_found() {
    let signer = Signer::new([5; 32]);
    let key = signer.public();
    let (rows, head) = chain(9);
    let now = Timestamp::UNIX_EPOCH;
    let mark = || vec![signer.sign(CheckpointKind::Mark, 8, &rows[7].expected_hash(), now)];
    assert!(walk(&rows, &head, mark(), Some(&key)).is_sound());
    assert_eq!(walk(&rows, &head, mark(), Some(&key)).checkpoints, 1);

    let without = |gone: std::ops::Range<usize>| {
        let mut rest = rows.clone();
        rest.drain(gone);
        rest
    };
    assert_eq!(named(&walk(&without(3..4), &head, mark(), Some(&key))), ["4 -"]);
    assert_eq!(named(&walk(&without(0..2), &head, mark(), Some(&key))), ["1 -"]);
    assert_eq!(named(&walk(&without(7..9), &head, mark(), Some(&key))), ["8 -", "8 -"]);

    // Cut at the end, with the head written to fit: only the signature knows.
    let short = Head { sequence: 6, hash: rows[5].expected_hash().to_string() };
    assert!(walk(&rows[..6], &short, Vec::new(), None).is_sound());
    assert_eq!(named(&walk(&rows[..6], &short, mark(), Some(&key))), ["8 -"]);
    assert_eq!(named(&walk(&[], &Head::empty(), mark(), Some(&key))), ["8 -"]);

    // One row written anew with hash and marks that fit: the next one is linked to the old.
    let mut forged = rows.clone();
    let other = chain(9).0[2].fields[5].clone();
    let (_, asked) = column(&mut forged[4], 5);
    *asked = other;
    forged[4].hash = forged[4].expected_hash().to_string().into_bytes();
    let verdict = walk(&forged, &head, mark(), Some(&key));
    assert!(named(&verdict).iter().any(|name| name.starts_with("5 ") || name == "6 previous"), "{verdict:?}");

    // A checkpoint signed by someone else.
    let foreign = vec![Signer::new([6; 32]).sign(CheckpointKind::Mark, 8, &rows[7].expected_hash(), now)];
    assert_eq!(named(&walk(&rows, &head, foreign, Some(&key))), ["8 -"]);
    // A head that is not the end.
    let wrong = Head { hash: Digest::of(b"").to_string(), ..head };
    assert_eq!(named(&walk(&rows, &wrong, Vec::new(), None)), ["9 -"]);
}

#[test]
fn what_was_cut_off_is_vouched_for_by_a_signature() {
    let signer = Signer::new([5; 32]);
    let (rows, head) = chain(9);
    let cut = signer.sign(CheckpointKind::Cut, 4, &rows[3].expected_hash(), Timestamp::UNIX_EPOCH);
    assert!(walk(&rows[4..], &head, vec![cut.clone()], Some(&signer.public())).is_sound());
    assert_eq!(named(&walk(&rows[5..], &head, vec![cut.clone()], Some(&signer.public()))), ["5 -"]);
    let forged = Checkpoint { sequence: 5, hash: rows[4].expected_hash().to_string(), ..cut };
    assert_eq!(named(&walk(&rows[5..], &head, vec![forged], Some(&signer.public()))), ["5 -"]);
}

#[test]
fn a_part_of_the_chain_can_be_verified_by_itself() {
    let (rows, _) = chain(9);
    let mut walk = Walk::part(Vec::new(), None);
    for row in &rows[2..7] {
        walk.step(row);
    }
    let verdict = walk.end(None);
    assert!(verdict.is_sound(), "{verdict:?}");
    assert_eq!((verdict.records, verdict.range), (5, Some((3, 7))));
}

/// The form of records, version 1, as it must be read for ever: a change of these bytes needs a new version.
#[test]
fn version_1_of_the_form_stays() {
    let row = &chain(1).0[0];
    let fields: Vec<String> =
        row.fields.iter().map(|text| String::from_utf8_lossy(text).into_owned()).collect();
    assert_eq!(
        fields[..5],
        ["1", "1970-01-01T00:00:01.000000Z", "screening", "local", "127.0.0.1"].map(str::to_owned)
    );
    let record = cordon_casework::AuditRecord::of(row).unwrap();
    assert_eq!(record.record.lists[0].list, "un_sc_sanctions");
    assert_eq!(record.record.row(1, &genesis()), *row);
}

/// An export of version 1, kept as it was written: it must be read and verified for ever.
#[test]
fn an_export_of_version_1_still_opens() {
    let text = include_str!("fixtures/audit-1.jsonl");
    let mut lines = text.lines();
    let proof = Proof::parse(lines.next().unwrap()).unwrap();
    let key = PublicKey::parse(&proof.checkpoints[0].key).unwrap();
    let mut walk = Walk::part(proof.checkpoints.clone(), Some(&key));
    let rows: Vec<Row> = lines.map(|line| parse_row(line).unwrap()).collect();
    for row in &rows {
        cordon_casework::AuditRecord::of(row).unwrap();
        walk.step(row);
    }
    let verdict = walk.end(Some(&proof.last));
    assert!(verdict.is_sound(), "{verdict:?}");
    assert_eq!((verdict.records, verdict.checkpoints), (3, 1));
    let written: Vec<String> = std::iter::once(proof.line()).chain(rows.iter().map(row_line)).collect();
    assert_eq!(written.join("\n") + "\n", text);
}

#[test]
fn exports_there_and_back() {
    let (rows, last) = chain(3);
    let signer = Signer::new([5; 32]);
    let mark = signer.sign(CheckpointKind::Mark, 3, &rows[2].expected_hash(), Timestamp::UNIX_EPOCH);
    let proof = Proof { first: 1, last, checkpoints: vec![mark] };
    assert_eq!(Proof::parse(&proof.line()).as_ref(), Ok(&proof));
    for row in &rows {
        assert_eq!(parse_row(&row_line(row)).as_ref(), Ok(row));
    }
    for wrong in ["", "{}", "[]", "{\"proof\":{}}", "{\"sequence\":1}"] {
        assert!(Proof::parse(wrong).is_err() && parse_row(wrong).is_err(), "{wrong}");
    }
}
