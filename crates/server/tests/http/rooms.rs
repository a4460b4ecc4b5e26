//! The rooms are there: operation, lists, the document and its page; what is not there says so.

use crate::support::{ask, bytes, get, post, starter};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;

#[tokio::test]
async fn it_is_alive_ready_and_measured() {
    let app = starter();
    assert_eq!(get(&app, "/healthz").await, (StatusCode::OK, json!({"status": "ok"})));
    assert_eq!(get(&app, "/readyz").await.0, StatusCode::OK);
    let response = ask(&app, Request::get("/metrics").body(Body::empty()).unwrap()).await;
    let text = String::from_utf8(bytes(response).await).unwrap();
    for line in [
        "cordon_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 1",
        "cordon_list_entities{list=\"starter\"",
        "cordon_requests_in_flight 1",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[tokio::test]
async fn lists_are_given_in_pages() {
    let app = starter();
    let (status, page) = get(&app, "/lists?limit=1").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!((&page["total"], &page["limit"], &page["offset"]), (&json!(1), &json!(1), &json!(0)));
    assert_eq!(page["results"][0]["id"], "starter");
    let (status, error) = get(&app, "/lists?limit=1001").await;
    assert_eq!((status, &error["limit"]), (StatusCode::BAD_REQUEST, &json!(1000)), "{error}");
    let (status, error) = get(&app, "/lists?limit=x").await;
    assert_eq!(
        (status, &error["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("query.limit")),
        "{error}"
    );
    let history = get(&app, "/lists/starter/history").await.1;
    assert_eq!(history["results"][0]["snapshot"], page["results"][0]["snapshot"]);
    assert_eq!(get(&app, "/lists/starter/issues").await.1["total"], 0);
    assert_eq!(get(&app, "/lists/nope/issues").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn parties_are_found_in_text() {
    let app = starter();
    let (status, answer) = post(&app, "/text", "He met Kim Jong Un and Vladimir Putin.").await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(answer["mentions"][0]["quote"], "Kim Jong Un");
    assert_eq!(answer["entities"], 2);
    assert_eq!(answer["checked"]["lists"][0]["id"], "starter");
    assert_eq!(post(&app, "/text?threshold=7", "x").await.1["field"], "threshold");
    assert_eq!(post(&app, "/text?policy=7", "x").await.1["field"], "policy");
    assert_eq!(post(&app, "/text?dataset=7", "x").await.1["field"], "dataset");
}

#[tokio::test]
async fn the_interface_is_described_offline() {
    let app = starter();
    let (status, document) = get(&app, "/openapi.json").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(document["openapi"], "3.1.0");
    let page = ask(&app, Request::get("/docs/").body(Body::empty()).unwrap()).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = String::from_utf8(bytes(page).await).unwrap();
    assert!(!page.contains("//"), "the page loads nothing from elsewhere: {page}");
}

#[tokio::test]
async fn what_is_not_there_says_so() {
    let app = starter();
    let (status, error) = get(&app, "/nothing?name=Kim").await;
    assert_eq!((status, error["code"].as_str()), (StatusCode::NOT_FOUND, Some("not_found")));
    let (status, error) = post(&app, "/lists", "{}").await;
    assert_eq!(
        (status, error["code"].as_str()),
        (StatusCode::METHOD_NOT_ALLOWED, Some("method_not_allowed"))
    );
}

#[tokio::test]
async fn requests_have_ids() {
    let app = starter();
    let with = |id: &str| Request::get("/healthz").header("x-request-id", id).body(Body::empty()).unwrap();
    assert_eq!(ask(&app, with("abc-1")).await.headers()["x-request-id"], "abc-1");
    assert_ne!(ask(&app, with("<b>")).await.headers()["x-request-id"], "<b>");
}
