//! A client written for watchman's interface.

use crate::support::{get, starter};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_listed_person_is_found_in_the_shape_clients_read() {
    let app = starter();
    let (status, answer) = get(
        &app,
        "/v2/search?name=Kim+Jong+Un&type=person&birthDate=1984-01-08&limit=1&minMatch=0.8&debug=true",
    )
    .await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(answer["query"]["person"]["name"], "Kim Jong Un");
    let found = &answer["entities"][0];
    assert_eq!((&found["entityType"], &found["sourceList"]), (&json!("person"), &json!("starter")));
    assert_eq!(found["person"]["birthDate"], "1984-01-08T00:00:00Z");
    assert!(found["business"].is_null() && found["match"].as_f64().unwrap() > 0.9);
    assert_eq!(found["details"]["finalScore"], found["match"]);
    assert_eq!(found["sanctionsInfo"]["programs"], json!(["DPRK3"]));
    assert!(answer["checked"]["engine"].is_string());
    assert_eq!(get(&app, "/v2/search?name=Kim+Jong+Un&type=vessel").await.1["entities"], json!([]));
    let id = found["sourceID"].as_str().unwrap();
    let path = format!("/v2/search?name=Kim+Jong&minMatch=0.1&sourceID={id}");
    assert_eq!(get(&app, &path).await.1["entities"][0]["sourceID"], id);
}

#[tokio::test]
async fn what_is_not_known_is_an_error() {
    let app = starter();
    for (query, status, field) in [
        ("name=Kim&birthdate=1984", 400, "birthdate"),
        ("name=Kim&type=teapot", 400, "type"),
        ("name=Kim&limit=101", 400, "limit"),
        ("name=Kim&limit=0", 400, "limit"),
        ("name=Kim&limit=x", 422, "query.limit"),
        ("name=Kim&minMatch=2", 400, "minMatch"),
        ("name=Kim&format=senzing", 400, "format"),
        ("name=Kim&debug=perhaps", 422, "query.debug"),
        ("name=Kim&source=nope", 404, "dataset"),
        ("", 400, "name"),
        ("gov_passport=RU:%00", 400, "name"),
    ] {
        let (got, error) = get(&app, &format!("/v2/search?{query}")).await;
        assert_eq!((got.as_u16(), error["field"].as_str()), (status, Some(field)), "{query}: {error}");
    }
}

#[tokio::test]
async fn lists_are_told() {
    let info = get(&starter(), "/v2/listinfo").await.1;
    assert!(info["lists"]["starter"].as_u64().unwrap() > 300, "{info}");
    assert!(info["listHashes"]["starter"].is_string() && info["startedAt"].is_string());
}
