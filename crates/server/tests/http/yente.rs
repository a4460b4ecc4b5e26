//! A client written for yente's interface, step by step, over the built-in list.

use crate::support::{ask, get, post, starter};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

fn one(schema: &str, properties: &Value) -> String {
    json!({"queries": {"q": {"id": "C-1", "schema": schema, "properties": properties}}}).to_string()
}

#[tokio::test]
async fn a_listed_person_is_matched_in_the_shape_clients_read() {
    let app = starter();
    let body = one("Person", &json!({"name": "Kim Jong Un", "birthDate": ["1984-01-08"]}));
    let request = Request::post("/match/default?limit=3&algorithm=best").body(Body::from(body)).unwrap();
    let response = ask(&app, request).await;
    assert_eq!(
        (response.status(), &response.headers()["x-batch-size"]),
        (StatusCode::OK, &"1".parse().unwrap())
    );
    let answer = crate::support::json(response).await;
    assert_eq!(answer["limit"], 3);
    let one = &answer["responses"]["q"];
    assert_eq!((&one["status"], &one["query"]["id"]), (&json!(200), &json!("C-1")));
    assert_eq!(one["query"]["properties"]["name"], json!(["Kim Jong Un"]));
    assert_eq!(one["total"], json!({"value": 1, "relation": "eq"}));
    let result = &one["results"][0];
    for key in [
        "id",
        "caption",
        "schema",
        "properties",
        "datasets",
        "target",
        "first_seen",
        "last_seen",
        "last_change",
        "score",
        "match",
        "explanations",
    ] {
        assert!(!result[key].is_null(), "{key}: {result}");
    }
    assert_eq!((&result["match"], &result["datasets"]), (&json!(true), &json!(["starter"])));
    assert!(result["explanations"]["name"]["score"].is_number());
    assert_eq!(answer["checked"]["lists"][0]["id"], "starter");
    assert!(answer["checked"]["policy"].as_str().unwrap().starts_with("default@"));
}

#[tokio::test]
async fn what_cannot_be_matched_says_which_field_and_limit() {
    let app = starter();
    let name = json!({"name": "Kim"});
    let many: serde_json::Map<String, Value> =
        (0..101).map(|key| (key.to_string(), json!({"schema": "Person", "properties": name}))).collect();
    let many = json!({"queries": many}).to_string();
    let fine = one("Person", &name);
    let with = |key: &str, value: Value| {
        let mut body: Value = serde_json::from_str(&fine).unwrap();
        body[key] = value;
        body.to_string()
    };
    for (path, body, status, field) in [
        ("/match/nope", fine.clone(), 404, "dataset"),
        ("/match/default?include_dataset=nope", fine.clone(), 404, "include_dataset"),
        ("/match/default", one("Teapot", &name), 400, "queries.q.schema"),
        ("/match/default", many, 400, "queries"),
        ("/match/default", json!({"queries": {}}).to_string(), 400, "queries"),
        ("/match/default?limit=501", fine.clone(), 400, "limit"),
        ("/match/default?limit=0", fine.clone(), 400, "limit"),
        ("/match/default?limit=-1", fine.clone(), 422, "query.limit"),
        ("/match/default?threshold=1.5", fine.clone(), 400, "threshold"),
        ("/match/default?threshold=NaN", fine.clone(), 400, "threshold"),
        ("/match/default?threshold=x", fine.clone(), 422, "query.threshold"),
        ("/match/default?algorithm=magic", fine.clone(), 400, "algorithm"),
        ("/match/default?changed_since=soon", fine.clone(), 422, "query.changed_since"),
        ("/match/default?exclude_schema=Teapot", fine.clone(), 400, "exclude_schema"),
        ("/match/default", with("config", json!({"nm": 1})), 400, "config"),
        ("/match/default", with("weights", json!({"name": 1})), 400, "weights"),
        ("/match/default", with("params", json!({"nope": 1})), 422, "body"),
        ("/match/default", with("params", json!({"filters": {"nope": ["x"]}})), 400, "filters"),
        ("/match/default", "{".to_owned(), 422, "body"),
        ("/match/default", "[]".to_owned(), 422, "body"),
        ("/match/default", "{}".to_owned(), 422, "body"),
        ("/match/default", json!({"queries": {"q": {"properties": {}}}}).to_string(), 422, "body"),
        (
            "/match/default",
            json!({"queries": {"q": {"schema": 7, "properties": {}}}}).to_string(),
            422,
            "body",
        ),
    ] {
        let (got, error) = post(&app, path, body.clone()).await;
        assert_eq!((got.as_u16(), error["field"].as_str()), (status, Some(field)), "{path} {body}: {error}");
    }
    assert_eq!(post(&app, "/match/default?limit=501", fine).await.1["limit"], 500);
}

#[tokio::test]
async fn a_query_without_a_name_is_an_error_of_its_own() {
    let app = starter();
    let body = json!({"queries": {
        "bad": {"schema": "Person", "properties": {"birthDate": "1984"}},
        "good": {"schema": "Person", "properties": {"name": ["Kim Jong Un"]}},
    }});
    let (status, answer) = post(&app, "/match/default", body.to_string()).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        (&answer["responses"]["bad"]["status"], &answer["responses"]["good"]["status"]),
        (&json!(400), &json!(200))
    );
    assert_eq!(answer["responses"]["bad"]["results"], json!([]));
    assert!(answer["responses"]["bad"]["detail"].as_str().unwrap().contains("no name"));
}

#[tokio::test]
async fn results_are_chosen() {
    let app = starter();
    let kim = one("Person", &json!({"name": "Kim Jong Un"}));
    let found = async |query: &str| {
        let (status, answer) = post(&app, &format!("/match/all?{query}"), kim.clone()).await;
        assert_eq!(status, StatusCode::OK, "{query}: {answer}");
        answer["responses"]["q"]["results"].as_array().unwrap().clone()
    };
    let whole = found("limit=500&threshold=0.3").await;
    let id = whole[0]["id"].as_str().unwrap();
    let without = found(&format!("limit=500&threshold=0.3&exclude_entity_ids={id}")).await;
    assert_eq!(without.len() + 1, whole.len());
    assert!(without.iter().all(|result| result["id"] != id));
    assert!(
        found("exclude_schema=Person&threshold=0.3").await.iter().all(|result| result["schema"] != "Person")
    );
    assert_eq!(found("exclude_dataset=starter").await.len(), 0);
    assert_eq!(found("topics=nothing").await.len(), 0);
    assert_eq!(found("topics=sanction&topics=nothing").await.len(), 1);
    assert_eq!(found("changed_since=2999-01-01").await.len(), 0);
    assert_eq!(found("changed_since=1999-01-01").await.len(), 1);
    let lower = found("threshold=0.99999&cutoff=0.3&limit=500").await;
    assert!(lower.iter().any(|result| result["match"] == false), "{lower:?}");
    // What does not fit into an address may stand in the body.
    let mut body: Value = serde_json::from_str(&kim).unwrap();
    body["params"] =
        json!({"exclude_entity_ids": vec![id; 200], "filters": {"schema": ["Person", "Company"]}});
    let (status, answer) = post(&app, "/match/all", body.to_string()).await;
    assert_eq!((status, &answer["responses"]["q"]["results"]), (StatusCode::OK, &json!([])));
    let fifty_one = format!("/match/all?{}", "exclude_entity_ids=x&".repeat(51));
    assert_eq!(post(&app, &fifty_one, kim.clone()).await.1["limit"], 50);
}

#[tokio::test]
async fn the_catalog_has_a_tag_and_the_algorithms_their_names() {
    let app = starter();
    let response = ask(&app, Request::get("/catalog").body(Body::empty()).unwrap()).await;
    let tag = response.headers()["etag"].clone();
    let catalog = crate::support::json(response).await;
    assert_eq!((&catalog["current"], &catalog["index_stale"]), (&json!(["starter"]), &json!(false)));
    let names: Vec<&str> =
        catalog["datasets"].as_array().unwrap().iter().filter_map(|set| set["name"].as_str()).collect();
    assert_eq!(names, ["starter", "all", "default", "sanctions"]);
    let again = Request::get("/catalog").header("if-none-match", tag).body(Body::empty()).unwrap();
    assert_eq!(ask(&app, again).await.status(), StatusCode::NOT_MODIFIED);
    let (_, algorithms) = get(&app, "/algorithms").await;
    assert_eq!((&algorithms["default"], &algorithms["best"]), (&json!("default"), &json!("best")));
}

#[tokio::test]
async fn entities_are_given_nested_flat_and_by_other_ids() {
    let app = starter();
    let body = one("Person", &json!({"name": "Kim Jong Un"}));
    let id = post(&app, "/match/all", body).await.1["responses"]["q"]["results"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let (status, entity) = get(&app, &format!("/entities/{id}")).await;
    assert_eq!((status, &entity["id"]), (StatusCode::OK, &json!(id)));
    assert!(entity["properties"]["sanctions"][0]["properties"].is_object());
    assert!(entity["first_seen"].is_string());
    let (_, flat) = get(&app, &format!("/entities/{id}?nested=false")).await;
    assert!(flat["properties"]["sanctions"][0].is_string(), "{flat}");
    let key = id.split_once(':').unwrap().1;
    let moved =
        ask(&app, Request::get(format!("/entities/{key}?nested=false")).body(Body::empty()).unwrap()).await;
    assert_eq!(moved.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(moved.headers()["location"], format!("/entities/{id}?nested=false"));
    let (status, error) = get(&app, "/entities/nobody").await;
    assert_eq!((status, error["field"].as_str()), (StatusCode::NOT_FOUND, Some("id")));
    let (status, adjacent) = get(&app, &format!("/entities/{id}/adjacent?limit=1")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(adjacent["entity"]["id"], id.as_str());
    let sanctions = &adjacent["adjacent"]["sanctions"];
    assert_eq!(sanctions["results"].as_array().unwrap().len(), 1);
    let (_, page) = get(&app, &format!("/entities/{id}/adjacent/sanctions?limit=1")).await;
    assert_eq!(page["results"], sanctions["results"]);
}

#[tokio::test]
async fn search_finds_words_filters_counts_and_pages() {
    let app = starter();
    let (status, whole) = get(&app, "/search/default?limit=0").await;
    assert_eq!((status, whole["results"].as_array().map(Vec::len)), (StatusCode::OK, Some(0)));
    let total = whole["total"]["value"].as_u64().unwrap();
    assert!(total > 300);
    let countries = whole["facets"]["countries"]["values"].as_array().unwrap();
    let first = countries[0]["name"].as_str().unwrap();
    let (_, some) = get(&app, &format!("/search/default?countries={first}")).await;
    assert_eq!(some["total"]["value"], countries[0]["count"]);
    let (_, kim) = get(&app, "/search/default?q=kim+jong+u&limit=5").await;
    assert!(
        kim["results"].to_string().contains("KIM Jong Un")
            || kim["results"].to_string().contains("Kim Jong Un"),
        "{kim}"
    );
    let (_, persons) = get(&app, "/search/default?schema=Person&facets=schema").await;
    assert_eq!(persons["facets"]["schema"]["values"].as_array().unwrap().len(), 1);
    let page = async |offset: u32| {
        get(&app, &format!("/search/default?sort=caption:desc&limit=2&offset={offset}")).await.1
    };
    assert_eq!(page(0).await["results"][1], page(1).await["results"][0]);
    for (query, field) in [
        ("limit=501", "limit"),
        ("sort=magic", "sort"),
        ("facets=magic", "facets"),
        ("filter=x", "filter"),
        ("filter=magic:x", "filter"),
        ("filter_op=xor", "filter_op"),
        ("schema=Teapot", "schema"),
    ] {
        let (status, error) = get(&app, &format!("/search/default?{query}")).await;
        assert_eq!((status.as_u16(), error["field"].as_str()), (400, Some(field)), "{query}");
    }
}

#[tokio::test]
async fn open_refine_reconciles() {
    let app = starter();
    let (status, manifest) = get(&app, "/reconcile/default").await;
    assert_eq!(
        (status, &manifest["versions"], &manifest["batchSize"]),
        (StatusCode::OK, &json!(["0.2"]), &json!(3))
    );
    let path = manifest["suggest"]["property"]["service_path"].as_str().unwrap();
    let (_, properties) = get(&app, &format!("{path}?prefix=birth")).await;
    assert_eq!(properties["result"][0]["id"], "birthDate");
    assert_eq!(get(&app, "/reconcile/default/suggest/type?prefix=vess").await.1["result"][0]["id"], "Vessel");
    let entities = get(&app, "/reconcile/default/suggest/entity?prefix=kim+j").await.1;
    assert!(entities["result"].as_array().is_some_and(|found| !found.is_empty()), "{entities}");
    let queries = json!({"q0": {"query": "Kim Jong Un", "type": "Person", "limit": 3,
        "properties": [{"pid": "birthDate", "v": "1984-01-08"}, {"pid": "country", "v": {"id": "kp"}}]}, "q1": {"query": "Nobody At All"}});
    let form = format!("queries={}", queries.to_string().replace('&', "%26").replace('+', "%2B"));
    let request = Request::post("/reconcile/default")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap();
    let answer = crate::support::json(ask(&app, request).await).await;
    let best = &answer["q0"]["result"][0];
    assert_eq!((&best["match"], &best["type"][0]["id"]), (&json!(true), &json!("Person")), "{answer}");
    assert!(best["score"].as_f64().unwrap() > 70.0);
    assert_eq!(answer["q1"]["result"], json!([]));
    let id = best["id"].as_str().unwrap();
    let page =
        ask(&app, Request::get(format!("/reconcile/default/preview?id={id}")).body(Body::empty()).unwrap())
            .await;
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(get(&app, "/reconcile/default?queries=%7B").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(get(&app, "/reconcile/nope").await.0, StatusCode::NOT_FOUND);
}
