//! Lists are swapped while requests are answered: none fails, none mixes versions.

use crate::support::{now, post, settings};
use axum::http::StatusCode;
use cordon_model::{Entity, EntityId, Name, NameKind, Schema, Snapshot};
use cordon_server::{Kept, MemoryLibrary, Service};
use jiff::ToSpan as _;
use jiff::civil::date;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const SWAPS: i64 = 50;

/// A version whose entities all say which one it is.
fn version(list: &str, number: i64) -> Snapshot {
    let entities = (0..20).map(|key| {
        let mut entity = Entity::new(EntityId::new(list, &key.to_string()), Schema::Person);
        entity.add_name(Name::new(NameKind::Primary, "Anna Karlsson"));
        entity.add("title", &format!("version {number}"));
        entity
    });
    Snapshot::new(list, Some(date(2026, 1, 1) + number.days()), entities.collect(), Vec::new())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_swaps_under_load() {
    let library = Arc::new(MemoryLibrary::default());
    for list in ["one", "two"] {
        library.put(version(list, 0), Some(now())).unwrap();
    }
    let service = Service::open(Arc::clone(&library) as _, settings(), now, Kept::default()).unwrap();
    let app = cordon_server::router(&service);
    let (over, asked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let load: Vec<_> = (0..8)
        .map(|_| {
            let (app, over, asked) = (app.clone(), Arc::clone(&over), Arc::clone(&asked));
            tokio::spawn(async move {
                let one = json!({"schema": "Person", "properties": {"name": "Anna Karlsson"}});
                let body = json!({"queries": {"a": one, "b": one}}).to_string();
                let mut last = String::new();
                while !over.load(Ordering::Relaxed) {
                    let (status, answer) = post(&app, "/match/all?limit=50", body.clone()).await;
                    assert_eq!(status, StatusCode::OK, "{answer}");
                    let mut expected = Vec::new();
                    for list in answer["checked"]["lists"].as_array().unwrap() {
                        let day: jiff::civil::Date = list["published"].as_str().unwrap().parse().unwrap();
                        let number = date(2026, 1, 1).until(day).unwrap().get_days();
                        expected.push((list["id"].as_str().unwrap().to_owned(), format!("version {number}")));
                    }
                    for query in ["a", "b"] {
                        let results = answer["responses"][query]["results"].as_array().unwrap();
                        assert_eq!(results.len(), 40);
                        for result in results {
                            let list = result["datasets"][0].as_str().unwrap().to_owned();
                            let title = result["properties"]["title"][0].as_str().unwrap().to_owned();
                            assert!(expected.contains(&(list, title)), "{expected:?}: {result}");
                        }
                    }
                    // What was in force does not come back.
                    let day = answer["checked"]["lists"][0]["published"].as_str().unwrap().to_owned();
                    assert!(last <= day);
                    last = day;
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for number in 1..=SWAPS {
        let seen = asked.load(Ordering::Relaxed);
        for list in ["one", "two"] {
            library.put(version(list, number), Some(now())).unwrap();
        }
        let service = Arc::clone(&service);
        assert!(tokio::task::spawn_blocking(move || service.refresh()).await.unwrap().unwrap());
        while asked.load(Ordering::Relaxed) == seen && !load.iter().any(tokio::task::JoinHandle::is_finished)
        {
            tokio::task::yield_now().await;
        }
    }
    over.store(true, Ordering::Relaxed);
    for one in load {
        one.await.unwrap();
    }
    assert!(asked.load(Ordering::Relaxed) >= SWAPS as usize);
    let (_, answer) = post(
        &app,
        "/match/one",
        json!({"queries": {"q": {"schema": "Person", "properties": {"name": "Anna Karlsson"}}}}).to_string(),
    )
    .await;
    assert_eq!(answer["responses"]["q"]["results"][0]["properties"]["title"][0], "version 50");
    assert_eq!(answer["responses"]["q"]["results"][0]["first_seen"], "2026-01-01T00:00:00");
}
