//! One database, several processes.

use super::audit::{assert_sound, screening};
use super::{Place, local, log_in, nobody, with_password};
use cordon_casework::{AuditLog, Role};

pub(crate) async fn what_is_written_is_there_after_opening_again(place: Place) {
    with_password(&place.accounts().await, "ana", Role::Viewer).await;
    let again = place.accounts().await;
    assert_eq!(again.users(&local(1)).await.unwrap().len(), 1);
    assert_eq!(log_in(&again, 1, "ana", super::PASSWORD).await, "in");
    assert_sound(&AuditLog::new(place.open().await), 3).await;
}

pub(crate) async fn several_writers_make_one_chain(place: Place) {
    let mut tasks = Vec::new();
    for _ in 0..3 {
        // Each has connections and a writer of its own, as processes have.
        let log = AuditLog::new(place.open().await);
        for index in 0..60 {
            let log = log.clone();
            tasks
                .push(tokio::spawn(async move { log.append(screening(index, "x")).await.unwrap().sequence }));
        }
    }
    let mut sequences = Vec::new();
    for task in tasks {
        sequences.push(task.await.unwrap());
    }
    sequences.sort_unstable();
    assert!(sequences.into_iter().eq(1..=180));
    assert_sound(&AuditLog::new(place.open().await), 180).await;
}

pub(crate) async fn several_first_starts_make_one_admin(place: Place) {
    let starts: Vec<_> = (0..4)
        .map(|_| {
            let place = place.clone();
            tokio::spawn(
                async move { place.accounts().await.first_start(&nobody(0)).await.unwrap().is_some() },
            )
        })
        .collect();
    let mut made = 0;
    for start in starts {
        made += usize::from(start.await.unwrap());
    }
    assert_eq!(made, 1);
    assert_eq!(place.accounts().await.users(&local(1)).await.unwrap().len(), 1);
}
