//! What the command line can do, over HTTP: files of rows, changes, pairs, histories.

use crate::support::{ask, bytes, get, now, post, service_of, settings, starter};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use cordon_model::{Entity, EntityId, Name, NameKind, Schema, Snapshot};
use cordon_server::MemoryLibrary;
use jiff::civil::date;
use serde_json::{Value, json};

async fn lines(app: &Router, path: &str, kind: &str, body: impl Into<Body>) -> (StatusCode, Vec<Value>) {
    let request = Request::post(path).header("content-type", kind).body(body.into()).unwrap();
    let response = ask(app, request).await;
    let status = response.status();
    let text = String::from_utf8(bytes(response).await).unwrap();
    (status, text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[tokio::test]
async fn rows_come_back_in_order_with_the_summary_last() {
    let app = starter();
    let mut csv = String::from("id,name,tier\n");
    for row in 1..=1500 {
        let name = if row % 100 == 0 { "Kim Jong Un" } else { "Quentin Zyxwvut" };
        let name = if row == 7 { "" } else { name };
        csv.extend([row.to_string().as_str(), ",", name, ",gold\n"]);
    }
    let (status, lines) = lines(&app, "/screen?limit=1", "text/csv", csv).await;
    assert_eq!((status, lines.len()), (StatusCode::OK, 1501));
    for (index, line) in lines[..1500].iter().enumerate() {
        let row = index as u64 + 1;
        assert_eq!(line["row"], row);
        assert_eq!(line["results"].as_array().unwrap().len(), usize::from(row.is_multiple_of(100)), "{line}");
        assert_eq!((line["error"].is_string(), &line["carried"]["tier"]), (row == 7, &json!("gold")));
    }
    let last = &lines[1500];
    let summary = &last["summary"];
    assert_eq!(
        (&summary["rows"], &summary["matched"], &summary["errors"]),
        (&json!(1500), &json!(15), &json!(1))
    );
    let digest = cordon_model::Digest::of(serde_json::to_string(&last["checked"]).unwrap().as_bytes());
    assert_eq!(digest.as_str().len(), lines[0]["checked"].as_str().unwrap().len());
}

#[tokio::test]
async fn rows_as_json_lines_and_what_is_no_rows() {
    let app = starter();
    let body = "{\"name\":\"Kim Jong Un\"}\nnot json\n";
    let (_, answer) = lines(&app, "/screen", "application/x-ndjson", body).await;
    assert_eq!((answer.len(), answer[1]["error"].is_string()), (3, true));
    assert_eq!(lines(&app, "/screen", "text/csv", "").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        lines(&app, "/screen", "text/csv", "colour,size\nred,7\n").await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(lines(&app, "/screen", "image/png", "x").await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for (query, field) in [
        ("limit=0", "limit"),
        ("threshold=3", "threshold"),
        ("policy=x", "policy"),
        ("dataset=x", "dataset"),
        ("as_of=x", "query.as_of"),
    ] {
        let (_, error) = lines(&app, &format!("/screen?{query}"), "text/csv", "name\nx\n").await;
        assert_eq!(error[0]["field"], field, "{query}");
    }
}

fn snapshot(day: i8, names: &[(&str, &str)]) -> Snapshot {
    let entities = names.iter().map(|(key, name)| {
        let mut entity = Entity::new(EntityId::new("l", key), Schema::Person);
        entity.add_name(Name::new(NameKind::Primary, name));
        entity
    });
    Snapshot::new("l", Some(date(2026, 1, day)), entities.collect(), Vec::new())
}

/// A list with three versions.
fn versions() -> Router {
    let library = MemoryLibrary::default();
    for snapshot in [
        snapshot(1, &[("1", "Anna Karlsson")]),
        snapshot(2, &[("1", "Anna Karlsson"), ("2", "Boris Quill")]),
        snapshot(3, &[("1", "Anna Carlsson"), ("3", "Carla Vento")]),
    ] {
        library.put(snapshot, Some(now())).unwrap();
    }
    cordon_server::router(&service_of(library, settings()))
}

#[tokio::test]
async fn changes_are_told_field_by_field_in_pages() {
    let app = versions();
    let (status, diff) = get(&app, "/diff/l?from=2026-01-01&to=2026-01-03").await;
    assert_eq!(
        (status, &diff["added"], &diff["modified"], &diff["removed"]),
        (StatusCode::OK, &json!(1), &json!(1), &json!(0))
    );
    assert_eq!(diff["results"][0]["changes"]["names"]["old"][0]["text"], "Anna Karlsson");
    let (_, last) = get(&app, "/diff/l?limit=1&offset=1").await;
    assert_eq!((&last["total"], &last["results"][0]["op"]), (&json!(3), &json!("DEL")), "{last}");
    for (path, status) in [
        ("/diff/nope", 404),
        ("/diff/l?from=soon", 404),
        ("/diff/l?to=2026-01-01", 404),
        ("/diff/l?limit=5000", 400),
    ] {
        assert_eq!(get(&app, path).await.0.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn histories_are_told_and_asked() {
    let app = versions();
    let ops = async |id: &str| {
        let history = get(&app, &format!("/entities/{id}/history")).await.1;
        let ops: Vec<String> = history["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|step| step["op"].as_str().unwrap().to_owned())
            .collect();
        (ops.join(" "), history["listed"].as_bool().unwrap())
    };
    assert_eq!(ops("l:1").await, ("ADD MOD".to_owned(), true));
    assert_eq!(ops("l:2").await, ("ADD DEL".to_owned(), false));
    assert_eq!(get(&app, "/entities/l:9/history").await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&app, "/entities/nope/history").await.0, StatusCode::NOT_FOUND);
    let then = lines(&app, "/screen?as_of=2026-01-02", "text/csv", "name\nBoris Quill\n").await.1;
    let today = lines(&app, "/screen", "text/csv", "name\nBoris Quill\n").await.1;
    assert_eq!((&then[1]["summary"]["matched"], &today[1]["summary"]["matched"]), (&json!(1), &json!(0)));
    let body =
        json!({"queries": {"q": {"schema": "Person", "properties": {"name": "Anna Carlsson"}}}}).to_string();
    let seen = post(&app, "/match/l", body).await.1["responses"]["q"]["results"][0].clone();
    assert_eq!(
        (&seen["first_seen"], &seen["last_change"]),
        (&json!("2026-01-01T00:00:00"), &json!("2026-01-03T00:00:00"))
    );
}

#[tokio::test]
async fn pairs_are_scored() {
    let app = starter();
    let (_, answer) =
        lines(&app, "/pairs", "text/csv", "name1,name2\nKim Jong Un,KIM Jong-un\nA B,Zq Xw\n").await;
    assert!(answer[0]["score"].as_f64() > Some(0.7) && answer[1]["score"].as_f64() < Some(0.3), "{answer:?}");
    assert_eq!(lines(&app, "/pairs", "text/csv", "a,b\n1,2\n").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        lines(&app, "/pairs?policy=x", "text/csv", "name1,name2\na,b\n").await.0,
        StatusCode::BAD_REQUEST
    );
}
