//! Keys, sessions and records: who is let in, what is written down before an answer leaves.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use cordon_casework::{
    Accounts, AuditLog, Caller, InPlace, LoginOutcome, Memory, NewKey, Occasion, Password, Random, Role,
    Rules, Scopes, Store,
};
use cordon_model::Digest;
use cordon_server::{Access, Kept, MemoryLibrary, Screeners, Service, Settings, Shared, replay};

use crate::support::{ask, bytes, now};
use std::num::NonZeroU32;
use std::sync::Arc;

struct House {
    app: Router,
    service: Shared,
    accounts: Accounts,
    audit: AuditLog,
}

fn occasion(part: u8) -> Occasion {
    Occasion::new(now(), Random::new([part; 64]), Caller::local(), None)
}

fn house() -> House {
    let library = MemoryLibrary::default();
    library.put(cordon_lists::starter().unwrap(), Some(now())).unwrap();
    let store: Arc<dyn Store> = Arc::new(Memory::new());
    let accounts = Accounts::new(Arc::clone(&store), Arc::new(InPlace), Rules::default());
    let audit = AuditLog::new(store);
    let kept = Kept { accounts: Some(accounts.clone()), audit: Some(audit.clone()) };
    let settings = Settings { access: Access::Guarded, ..Settings::default() };
    let service = Service::open(Arc::new(library), settings, now, kept).unwrap();
    House { app: cordon_server::router(&service), service, accounts, audit }
}

async fn key(house: &House, part: u8, scopes: &str, rate: Option<u32>) -> String {
    let new = NewKey {
        label: "test".to_owned(),
        scopes: Scopes::from_words(scopes).unwrap(),
        expires: None,
        rate_limit: rate.and_then(NonZeroU32::new),
    };
    house.accounts.add_key(&occasion(part), new).await.unwrap().1.reveal().to_owned()
}

fn request(path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = if body.is_empty() { Request::get(path) } else { Request::post(path) };
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

const QUERY: &str = r#"{"queries":{"q":{"schema":"Person","properties":{"name":["Kim Jong Un"]}}}}"#;

#[tokio::test]
async fn keys_open_what_their_scopes_say() {
    let house = house();
    let reader = key(&house, 1, "read", None).await;
    let screener = key(&house, 2, "read screen", None).await;
    for (path, body, sent, status) in [
        ("/lists", "", None, 401),
        ("/match/default", QUERY, None, 401),
        ("/screen", "name\nx\n", None, 401),
        ("/catalog", "", Some("ApiKey cordon_00000000_00".to_owned()), 401),
        ("/lists", "", Some("Basic eDp5".to_owned()), 401),
        ("/lists", "", Some(format!("ApiKey {reader}")), 200),
        ("/lists", "", Some(format!("Bearer {reader}")), 200),
        ("/match/default", QUERY, Some(format!("ApiKey {reader}")), 403),
        ("/match/default", QUERY, Some(format!("ApiKey {screener}")), 200),
        ("/healthz", "", None, 200),
        ("/openapi.json", "", None, 200),
    ] {
        let headers: Vec<(&str, &str)> = sent.iter().map(|sent| ("authorization", sent.as_str())).collect();
        let response = ask(&house.app, request(path, &headers, body)).await;
        assert_eq!(response.status().as_u16(), status, "{path} {sent:?}");
        if status == 401 {
            assert!(response.headers().contains_key("www-authenticate"));
        }
    }
    let denied = ask(&house.app, request("/match/default", &[("authorization", &reader)], QUERY)).await;
    assert!(crate::support::json(denied).await["detail"].as_str().unwrap().contains("`screen`"));
}

#[tokio::test]
async fn a_keys_rate_is_kept() {
    let house = house();
    let slow = key(&house, 1, "read", Some(2)).await;
    let quick = key(&house, 2, "read", None).await;
    let statuses = async |key: &str| {
        let mut statuses = Vec::new();
        for _ in 0..4 {
            statuses.push(
                ask(&house.app, request("/lists", &[("authorization", key)], "")).await.status().as_u16(),
            );
        }
        statuses
    };
    assert_eq!(statuses(&slow).await[..2], [200, 200]);
    assert!(statuses(&slow).await.contains(&429));
    assert_eq!(statuses(&quick).await, [200; 4]);
}

#[tokio::test]
async fn sessions_need_their_token_for_changes() {
    let house = house();
    let link = house.accounts.add_user(&occasion(1), "ana", Role::Analyst).await.unwrap();
    let password = Password::new("a long enough password").unwrap();
    house.accounts.redeem(&occasion(2), &link, &password).await.unwrap();
    let LoginOutcome::In(session) = house.accounts.log_in(&occasion(3), "ana", &password).await.unwrap()
    else {
        panic!("no session")
    };
    let set = session.token.set_cookie(false, &house.accounts.rules().sessions);
    let cookie = set.split(';').next().unwrap();
    let status = async |headers: &[(&str, &str)], body: &str| {
        let path = if body.is_empty() { "/lists" } else { "/match/default" };
        ask(&house.app, request(path, headers, body)).await.status().as_u16()
    };
    assert_eq!(status(&[("cookie", cookie)], "").await, 200);
    assert_eq!(status(&[("cookie", cookie)], QUERY).await, 403);
    assert_eq!(status(&[("cookie", cookie), ("x-csrf-token", "wrong")], QUERY).await, 403);
    assert_eq!(status(&[("cookie", cookie), ("x-csrf-token", session.csrf.as_str())], QUERY).await, 200);
    assert_eq!(status(&[("cookie", "cordon=0")], "").await, 401);
}

#[tokio::test]
async fn every_screening_is_on_record_and_can_be_asked_again() {
    let house = house();
    let key = key(&house, 1, "read screen", None).await;
    let headers = [("authorization", key.as_str())];
    for (path, body) in [
        ("/match/default?limit=2&topics=sanction", QUERY),
        ("/search/default?q=kim", ""),
        ("/v2/search?name=Kim+Jong+Un", ""),
        ("/text", "He met Kim Jong Un."),
    ] {
        let response = ask(&house.app, request(path, &headers, body)).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let sequence: i64 = response.headers()["x-cordon-audit"].to_str().unwrap().parse().unwrap();
        let answer = bytes(response).await;
        let record = house.audit.record(sequence).await.unwrap().unwrap().record;
        assert!(record.who.starts_with("key:"), "{}", record.who);
        assert_eq!(record.answer, Some(Digest::of(&answer)), "{path}");
        assert_eq!(record.lists[0].list, "starter");
        let screeners: Arc<Screeners> = house.service.screeners();
        assert_eq!(replay(&record.asked, &screeners).unwrap(), answer, "{path}");
    }
    // A file is recorded in chunks, each before it leaves.
    let head = house.audit.find(cordon_casework::RecordQuery::default()).await.unwrap().len();
    let csv = format!("id,name\n{}", "1,Kim Jong Un\n".repeat(600));
    let response = ask(&house.app, request("/screen", &headers, &csv)).await;
    let text = String::from_utf8(bytes(response).await).unwrap();
    let records = house.audit.find(cordon_casework::RecordQuery::default()).await.unwrap();
    assert_eq!(records.len() - head, 2);
    let asked = |index: usize| replay(&records[index].record.asked, &house.service.screeners()).unwrap();
    let rows = [asked(1), asked(0)].concat();
    assert!(text.as_bytes().starts_with(&rows) && text.lines().count() == 601);
    let refused = replay("{}", &house.service.screeners()).unwrap_err();
    assert_eq!(refused.code(), cordon_server::error::Code::BadRequest);
}
