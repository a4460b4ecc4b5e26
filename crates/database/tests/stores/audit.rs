//! The log of what was done.

use super::{Place, local, minute, nobody, with_password};
use cordon_casework::audit::{Head, Signer};
use cordon_casework::{
    AuditLog, Change, Kind, ListSnapshot, NewRecord, RecordQuery, Role, Store, StoreError,
};
use cordon_model::Digest;
use std::sync::Arc;

pub(crate) fn screening(at: i64, name: &str) -> NewRecord {
    let list =
        ListSnapshot { list: "un_sc_sanctions".to_owned(), snapshot: "2026-02-27-3f9a0c11d2e4".to_owned() };
    NewRecord::new(&local(at), Kind::SCREENING)
        .asked(serde_json::json!({ "name": name }).to_string())
        .answer(b"[]", "{\"matched\":0}")
        .resting_on(vec![list], "default@1", "0.1.0")
}

pub(crate) async fn assert_sound(log: &AuditLog, records: u64) {
    let verdict = log.verify(None).await.unwrap();
    assert_eq!(verdict.faults, []);
    assert_eq!(verdict.records, records);
}

pub(crate) async fn records_come_back_as_they_were(place: Place) {
    let log = AuditLog::new(place.open().await);
    let odd = [
        "",
        "Жанна 金正恩 𝕏 عبد",
        "'; DROP TABLE audit; --",
        "<script>alert(1)</script>",
        "a\nb\r\t\"\\%_",
        &"x".repeat(100_000),
    ];
    for (index, name) in odd.iter().enumerate() {
        let record = screening(index as i64, name);
        let receipt = log.append(record.clone()).await.unwrap();
        assert_eq!(receipt.sequence, index as i64 + 1);
        let read = log.record(receipt.sequence).await.unwrap().unwrap();
        assert_eq!(read.record, record);
        assert_eq!(read.hash, receipt.hash.to_string());
    }
    // A zero letter cannot be kept and is shown for what it is.
    let receipt = log.append(NewRecord::new(&nobody(9), Kind::LOGIN_FAILED).asked("a\0b")).await.unwrap();
    assert_eq!(log.record(receipt.sequence).await.unwrap().unwrap().record.asked, "a\u{fffd}b");
    assert_eq!(log.record(99).await.unwrap(), None);
    assert_eq!(log.record(i64::MIN).await.unwrap(), None);
    assert_sound(&log, 7).await;
}

pub(crate) async fn records_are_found(place: Place) {
    let log = AuditLog::new(place.open().await);
    for (at, name) in [(0, "Ri Je-son"), (10, "Kim 100%"), (20, "Ri_Won"), (30, "Kim 1000")] {
        log.append(screening(at, name)).await.unwrap();
    }
    log.append(NewRecord::new(&nobody(40), Kind::LOGIN_FAILED)).await.unwrap();
    let text = |text: &str| RecordQuery { text: Some(text.to_owned()), ..RecordQuery::default() };
    for (query, expected) in [
        (RecordQuery::default(), vec![5, 4, 3, 2, 1]),
        (text("kim"), vec![4, 2]),
        (text("100%"), vec![2]),
        (text("i_w"), vec![3]),
        (text("matched"), vec![4, 3, 2, 1]),
        (text("' OR 1=1"), vec![]),
        (RecordQuery { kind: Some("login.failed".to_owned()), ..RecordQuery::default() }, vec![5]),
        (RecordQuery { who: Some("nobody".to_owned()), ..RecordQuery::default() }, vec![5]),
        (RecordQuery { from: Some(minute(10)), to: Some(minute(30)), ..RecordQuery::default() }, vec![3, 2]),
        (RecordQuery { limit: 2, ..RecordQuery::default() }, vec![5, 4]),
        (RecordQuery { limit: 2, before: Some(4), ..RecordQuery::default() }, vec![3, 2]),
    ] {
        let found: Vec<i64> =
            log.find(query.clone()).await.unwrap().iter().map(|record| record.sequence).collect();
        assert_eq!(found, expected, "{query:?}");
    }
    for (from, to, span) in [
        (None, None, Some((1, 5))),
        (Some(minute(10)), None, Some((2, 5))),
        (Some(minute(10)), Some(minute(30)), Some((2, 3))),
        (Some(minute(99)), None, None),
    ] {
        assert_eq!(log.span(from, to).await.unwrap(), span);
    }
}

pub(crate) async fn a_conflict_leaves_neither_change_nor_record(place: Place) {
    let store = place.open().await;
    let accounts = place.accounts().await;
    with_password(&accounts, "ana", Role::Viewer).await;
    let user = accounts.users(&local(0)).await.unwrap().remove(0);
    let before = store.head().await.unwrap();
    let session = cordon_casework::Session {
        token: Digest::of(b"t"),
        user: user.id.clone(),
        created: minute(0),
        seen: minute(0),
    };
    let stale = cordon_casework::User { version: user.version - 1, role: Role::Admin, ..user.clone() };
    let changes = vec![Change::AddSession(session), Change::PutUser(stale)];
    let refused = store.commit(changes, screening(0, "x")).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    assert_eq!(store.head().await.unwrap(), before);
    assert!(store.session(Digest::of(b"t")).await.unwrap().is_none());
    assert_eq!(accounts.users(&local(0)).await.unwrap(), [user]);
    assert_sound(&AuditLog::new(store), 2).await;
}

pub(crate) async fn every_change_has_its_record(place: Place) {
    let accounts = place.accounts().await;
    let log = AuditLog::new(place.open().await);
    with_password(&accounts, "ana", Role::Viewer).await;
    assert_eq!(super::log_in(&accounts, 1, "ana", "guess").await, "wrong");
    assert_eq!(super::log_in(&accounts, 1, "ana", super::PASSWORD).await, "in");
    accounts.set_role(&local(2), "ana", Role::Analyst).await.unwrap();
    let mut records = log.find(RecordQuery::default()).await.unwrap();
    records.reverse();
    let told: Vec<String> =
        records.iter().map(|record| format!("{} {}", record.record.kind, record.record.who)).collect();
    assert_eq!(
        told,
        [
            "user.added local",
            "user.password nobody",
            "login.failed nobody",
            "login user:ana",
            "user.changed local"
        ]
    );
    assert!(records.iter().all(|record| record.record.origin == "192.0.2.7"));
    let all = format!("{records:?}");
    assert!(!all.contains("argon2") && !all.contains(super::PASSWORD), "{all}");
    assert!(records[4].record.asked.contains("viewer") && records[4].record.outcome.contains("analyst"));
}

pub(crate) async fn many_at_once_make_one_chain(place: Place) {
    let store = place.open().await;
    let tasks: Vec<_> = (0..300)
        .map(|index| {
            let store: Arc<dyn Store> = store.clone();
            tokio::spawn(
                async move { AuditLog::new(store).append(screening(index, "x")).await.unwrap().sequence },
            )
        })
        .collect();
    let mut sequences = Vec::new();
    for task in tasks {
        sequences.push(task.await.unwrap());
    }
    sequences.sort_unstable();
    assert!(sequences.into_iter().eq(1..=300));
    assert_sound(&AuditLog::new(store), 300).await;
}

pub(crate) async fn old_records_are_cut_off_and_the_rest_verifies(place: Place) {
    let log = AuditLog::new(place.open().await);
    let signer = Signer::new([9; 32]);
    let year = 365 * 24 * 60;
    for at in 0..20 {
        log.append(screening(at * year / 2, "x")).await.unwrap();
    }
    let now = local(10 * year);
    assert_eq!(log.prune(&now, 10, &signer).await.unwrap(), 0);
    let now = local(12 * year);
    let removed = log.prune(&now, 10, &signer).await.unwrap();
    assert_eq!(removed, 4, "those of the first two years");
    let verdict = log.verify(Some(&signer.public())).await.unwrap();
    assert_eq!(verdict.faults, []);
    assert_eq!((verdict.records, verdict.range), (17, Some((5, 21))));
    // With another key the cut is worth nothing.
    let verdict = log.verify(Some(&Signer::new([8; 32]).public())).await.unwrap();
    assert!(!verdict.is_sound());
    let last = log.record(21).await.unwrap().unwrap();
    assert_eq!(last.record.kind, Kind::PRUNED);
    assert_eq!(log.prune(&now, 10, &signer).await.unwrap(), 0);
    // Everything is old one day; then the record of the cut is what is left.
    assert_eq!(log.prune(&local(100 * year), 10, &signer).await.unwrap(), 17);
    let verdict = log.verify(Some(&signer.public())).await.unwrap();
    assert_eq!(verdict.faults, []);
    assert_eq!(verdict.range, Some((22, 22)));
    assert!(log.prune(&nobody(0), 10, &signer).await.is_err());
}

pub(crate) async fn checkpoints_are_verified(place: Place) {
    let store = place.open().await;
    let log = AuditLog::new(store.clone());
    let signer = Signer::new([9; 32]);
    assert_eq!(store.head().await.unwrap(), Head::empty());
    assert_sound(&log, 0).await;
    assert!(log.checkpoint(&local(0), &signer).await.unwrap().is_none());
    log.append(screening(0, "x")).await.unwrap();
    let signed = log.checkpoint(&local(1), &signer).await.unwrap().unwrap();
    assert_eq!(signed.sequence, 1);
    assert_eq!(log.checkpoints().await.unwrap(), [signed]);
    let verdict = log.verify(Some(&signer.public())).await.unwrap();
    assert_eq!((verdict.faults.len(), verdict.checkpoints, verdict.records), (0, 1, 2));
    assert!(!log.verify(Some(&Signer::new([8; 32]).public())).await.unwrap().is_sound());
}
