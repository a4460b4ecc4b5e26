//! Tools over streamable HTTP, as a client speaks to them.

use crate::support::{ask, bytes, starter};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

async fn send(app: &Router, headers: &[(&str, &str)], message: &Value) -> (StatusCode, Value) {
    let mut request = Request::post("/mcp")
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2025-06-18");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = ask(app, request.body(Body::from(message.to_string())).unwrap()).await;
    let status = response.status();
    let text = String::from_utf8(bytes(response).await).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap_or(&text);
    (status, serde_json::from_str(line).unwrap_or(Value::String(text.clone())))
}

const HERE: &[(&str, &str)] = &[("host", "localhost:8600")];

async fn call(app: &Router, tool: &str, arguments: Value) -> Value {
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}});
    let (status, answer) = send(app, HERE, &message).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    answer
}

#[tokio::test]
async fn tools_answer_and_name_the_versions_of_the_lists() {
    let app = starter();
    let (_, list) = send(&app, HERE, &json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})).await;
    let names: Vec<&str> = list["result"]["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["screen", "entity", "explain", "diff", "lists"], "{list}");
    let found =
        call(&app, "screen", json!({"name": "Kim Jong Un", "birth_date": "1984-01-08", "limit": 1})).await;
    let content = &found["result"]["structuredContent"];
    let id = content["answer"]["results"][0]["id"].as_str().unwrap();
    assert_eq!(content["checked"]["lists"][0]["id"], "starter");
    let entity = call(&app, "entity", json!({"id": id})).await;
    assert_eq!(entity["result"]["structuredContent"]["answer"]["id"], id);
    let why = call(&app, "explain", json!({"name": "Kim Jong-il", "id": id})).await;
    assert!(why["result"]["structuredContent"]["answer"]["explanation"]["name"].is_object(), "{why}");
    let lists = call(&app, "lists", json!({})).await;
    assert_eq!(lists["result"]["structuredContent"]["answer"]["results"][0]["id"], "starter");
    let none = call(&app, "entity", json!({"id": "starter:nobody"})).await;
    assert_eq!(none["result"]["isError"], true);
    assert!(none["result"]["structuredContent"]["checked"]["lists"][0]["snapshot"].is_string());
    let diff = call(&app, "diff", json!({"list": "starter"})).await;
    assert_eq!(diff["result"]["isError"], true, "{diff}");
}

#[tokio::test]
async fn wrong_calls_and_strangers_are_refused() {
    let app = starter();
    for (tool, arguments) in [
        ("magic", json!({})),
        ("screen", json!({})),
        ("screen", json!({"name": 7})),
        ("screen", json!({"name": "x", "dob": "1984"})),
        ("lists", json!({"x": 1})),
    ] {
        let answer = call(&app, tool, arguments.clone()).await;
        assert_eq!(answer["error"]["code"], -32602, "{tool} {arguments}: {answer}");
    }
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
    for (headers, allowed) in [
        (&[("host", "evil.example")][..], false),
        (&[("host", "localhost"), ("origin", "https://evil.example")], false),
        (&[("host", "localhost"), ("origin", "null")], false),
        (&[("host", "127.0.0.1:8600"), ("origin", "http://127.0.0.1:8600")], true),
    ] {
        let (status, _) = send(&app, headers, &message).await;
        assert_eq!(status == StatusCode::OK, allowed, "{headers:?}: {status}");
    }
}
