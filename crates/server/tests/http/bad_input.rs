//! Bad input of every kind: a clear error, or answered as the harmless text it is.

use crate::support::{ask, bytes, now, post, service_of, settings, starter};
use axum::body::Body;
use axum::http::{Method, Request};
use cordon_server::{MemoryLibrary, Settings};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};

fn one(name: &str) -> String {
    json!({"queries": {"q": {"schema": "Person", "properties": {"name": name}}}}).to_string()
}

#[tokio::test]
async fn no_input_is_the_servers_fault() {
    let app = starter();
    let deep = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
    let deep_query =
        format!("{{\"queries\":{{\"q\":{{\"schema\":\"Person\",\"properties\":{{\"name\":{deep}}}}}}}}}");
    let long = one(&"Ю".repeat(100_000));
    let bodies: Vec<Vec<u8>> = vec![
        vec![],
        vec![0xff, 0xfe, 0x00],
        b"null".to_vec(),
        b"7".to_vec(),
        b"\"text\"".to_vec(),
        b"{\"queries\":null}".to_vec(),
        b"{\"queries\":[]}".to_vec(),
        b"{\"queries\":{\"q\":null}}".to_vec(),
        b"{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":[1,2]}}}".to_vec(),
        b"{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":{\"a\":1}}}}}".to_vec(),
        b"{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":1e999}}}}".to_vec(),
        b"{\"queries\":{},\"queries\":{}}".to_vec(),
        deep.into_bytes(),
        deep_query.into_bytes(),
        long.into_bytes(),
        one("'; DROP TABLE users; --").into_bytes(),
        one("<script>alert(1)</script>").into_bytes(),
        one("\u{0}\u{7f}\u{202e}").into_bytes(),
        one("%s%n{{7*7}}${jndi:ldap://x}").into_bytes(),
        json!({"queries": {"<b>\n": {"schema": "<i>", "properties": {}}}}).to_string().into_bytes(),
    ];
    let paths = [
        "/match/default",
        "/match/..%2f..%2fetc%2fpasswd",
        "/match/%00",
        "/match/%ff",
        "/match/default?limit=99999999999999999999",
        "/match/default?threshold=1e400",
        "/match/default?%ff=%fe",
        "/screen",
        "/screen?dataset=../x",
        "/pairs",
        "/text",
        "/reconcile/default",
    ];
    for path in paths {
        for body in &bodies {
            let request = Request::post(path).body(Body::from(body.clone())).unwrap();
            let response = ask(&app, request).await;
            let status = response.status();
            let kind = response
                .headers()
                .get("content-type")
                .and_then(|kind| kind.to_str().ok())
                .unwrap_or_default()
                .to_owned();
            let answer = bytes(response).await;
            let shown = String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned();
            assert!(status.as_u16() < 500, "{path} {shown}: {status}");
            if status.is_client_error() {
                let error: Value =
                    serde_json::from_slice(&answer).unwrap_or_else(|_| panic!("{path} {shown}"));
                assert!(error["detail"].is_string() || error["detail"].is_array(), "{path} {shown}: {error}");
                assert!(answer.len() < 2000, "{path} {shown}: errors stay short");
            }
            assert!(
                kind.starts_with("application/"),
                "{path} {shown}: nothing is given out as a page, but {kind}"
            );
        }
    }
}

#[tokio::test]
async fn addresses_with_tricks_lead_nowhere() {
    let app = starter();
    for path in [
        "/entities/..",
        "/entities/..%2f..%2fetc%2fpasswd",
        "/entities/%00",
        "/entities/starter:%00",
        "/entities/%ff",
        "/entities/starter:../../x/history",
        "/entities/:::",
        "/diff/..%2f..",
        "/diff/starter?from=../../x",
        "/lists/..%2f/issues",
        "/lists/%2e%2e/history",
        "/search/%3Cscript%3E",
        "/search/default?q=%00%ff%3Cb%3E&filter=%3A",
        "/docs/../../etc/passwd",
        "/docs/..%2f..%2fetc%2fpasswd",
        "/reconcile/default/preview?id=%3Cscript%3E",
        "/reconcile/default/suggest/entity?prefix=%27",
        "/v2/search?name=%27%20OR%201%3D1",
        "/v2/search?name=x&source=..%2f",
        "/search/default?offset=18446744073709551615",
        "/search/default?q=*%3F%5B%5D%28%29%7E%22",
        "//etc/passwd",
        "/catalog?x=%",
        "/entities/starter:kim-jong-un/adjacent/%3Cb%3E",
    ] {
        let response = ask(&app, Request::get(path).body(Body::empty()).unwrap()).await;
        let status = response.status();
        let page = response
            .headers()
            .get("content-type")
            .is_some_and(|kind| kind.to_str().unwrap().contains("html"));
        let text = String::from_utf8_lossy(&bytes(response).await).into_owned();
        assert!(status.as_u16() < 500, "{path}: {status} {text}");
        assert!(!text.contains("root:"), "{path}: {text}");
        assert!(!page || !text.contains("<script>alert"), "{path}: {text}");
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE, Method::OPTIONS, Method::HEAD] {
        let request =
            Request::builder().method(method.clone()).uri("/match/default").body(Body::empty()).unwrap();
        assert!(ask(&app, request).await.status().is_client_error(), "{method}");
    }
}

#[tokio::test]
async fn bodies_are_limited() {
    let library = MemoryLibrary::default();
    library.put(cordon_lists::starter().unwrap(), Some(now())).unwrap();
    let limits = Settings { most_body: 1000, most_stream: 2000, ..settings() };
    let app = cordon_server::router(&service_of(library, limits));
    let (status, error) = post(&app, "/match/default", one(&"x".repeat(2000))).await;
    assert_eq!((status.as_u16(), error["code"].as_str()), (413, Some("too_large")));
    let rows = format!("name\n{}", "Anna Karlsson\n".repeat(1000));
    let response = ask(&app, Request::post("/screen").body(Body::from(rows)).unwrap()).await;
    // Refused, or broken off where the answer had begun, so that no client takes it for a whole one.
    let refused = response.status().is_client_error();
    assert!(refused || response.into_body().collect().await.is_err());
}

#[tokio::test]
async fn names_are_given_back_as_they_came() {
    let app = starter();
    for name in ["'; DROP TABLE users; --", "<script>alert(1)</script>", "a\u{202e}b", "{{7*7}}"] {
        let (status, answer) = post(&app, "/match/default", one(name)).await;
        assert_eq!(status.as_u16(), 200, "{name}");
        assert_eq!(answer["responses"]["q"]["query"]["properties"]["name"][0], name);
    }
}

#[tokio::test]
async fn a_client_that_does_not_send_its_body_is_given_up() {
    let library = MemoryLibrary::default();
    library.put(cordon_lists::starter().unwrap(), Some(now())).unwrap();
    let settings = Settings { answer_within: std::time::Duration::from_millis(50), ..settings() };
    let app = cordon_server::router(&service_of(library, settings));
    let never = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
    let request =
        Request::post("/match/default").header("content-type", "application/json").body(never).unwrap();
    let response = ask(&app, request).await;
    assert_eq!(response.status(), 504);
    let body: Value = serde_json::from_slice(&bytes(response).await).unwrap();
    assert_eq!(body["code"], "timed_out");
}
