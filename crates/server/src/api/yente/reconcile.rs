//! `/reconcile/{dataset}`: the reconciliation protocol 0.2 of `OpenRefine`.

use super::schema_of;
use crate::api::extract::{Body, Place};
use crate::api::query::{Pairs, at_most};
use crate::caller::{Asker, Scope as Right};
use crate::error::{ApiError, Code, ErrorBody, Outcome};
use crate::question::{self, Answered, Question};
use crate::screeners::{Asked, Scope, Screeners, short};
use crate::service::{Now, Shared};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse as _, Response};
use cordon_matching::Options;
use cordon_model::Schema;
use cordon_model::ftm::{FtmEntity, FtmValue};
use cordon_screening::input::row_of;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(reconcile_get, reconcile_post))
        .routes(routes!(suggest_entity))
        .routes(routes!(suggest_property))
        .routes(routes!(suggest_type))
        .routes(routes!(preview))
}

/// Most queries of a request; clients are told 3, so that answers come steadily.
const MOST_QUERIES: usize = 100;
/// The number clients are told.
const BATCH: usize = 3;
/// Most results of a query.
const MOST_RESULTS: usize = 50;

/// Kinds of party that can be asked for, with the words people read.
const TYPES: [(Schema, &str); 9] = [
    (Schema::Thing, "Anything"),
    (Schema::LegalEntity, "Person or organisation"),
    (Schema::Person, "Person"),
    (Schema::Organization, "Organisation"),
    (Schema::Company, "Company"),
    (Schema::PublicBody, "Public body"),
    (Schema::Vessel, "Vessel"),
    (Schema::Airplane, "Aircraft"),
    (Schema::CryptoWallet, "Crypto wallet"),
];

/// Properties that help to tell parties apart, with the words people read.
const PROPERTIES: [(&str, &str); 20] = [
    ("name", "Name"),
    ("alias", "Other name"),
    ("birthDate", "Date of birth"),
    ("birthPlace", "Place of birth"),
    ("nationality", "Nationality"),
    ("country", "Country"),
    ("gender", "Gender"),
    ("firstName", "First name"),
    ("lastName", "Last name"),
    ("passportNumber", "Passport number"),
    ("idNumber", "Identity number"),
    ("taxNumber", "Tax number"),
    ("registrationNumber", "Register number"),
    ("jurisdiction", "Jurisdiction"),
    ("incorporationDate", "Date of foundation"),
    ("leiCode", "LEI"),
    ("swiftBic", "BIC"),
    ("imoNumber", "IMO number"),
    ("mmsi", "MMSI"),
    ("address", "Address"),
];

/// Queries by their keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Reconciling {
    dataset: String,
    queries: BTreeMap<String, Wanted>,
}

/// What one query asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Wanted {
    wire: FtmEntity,
    limit: usize,
}

/// A query as clients write it.
#[derive(Debug, Deserialize)]
struct WireQuery {
    #[serde(default)]
    query: String,
    #[serde(default, rename = "type")]
    kind: Option<OneOrMany>,
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    properties: Vec<WireProperty>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Debug, Deserialize)]
struct WireProperty {
    #[serde(alias = "p", alias = "property")]
    pid: String,
    v: Value,
}

/// The texts of a value: a text, a number, an object with an id or a name, or a list of those.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(_) | Value::Bool(_) => vec![value.to_string()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(object) => {
            let text = object.get("id").or_else(|| object.get("name"));
            text.and_then(Value::as_str).map(str::to_owned).into_iter().collect()
        }
        Value::Null => Vec::new(),
    }
}

impl Wanted {
    fn read(key: &str, query: WireQuery) -> Outcome<Self> {
        let field = format!("queries.{}", short(key));
        let kind = match query.kind {
            Some(OneOrMany::One(kind)) => Some(kind),
            Some(OneOrMany::Many(kinds)) => kinds.into_iter().next(),
            None => None,
        };
        let schema =
            kind.filter(|kind| !kind.is_empty()).map(|kind| schema_of(&kind, &format!("{field}.type")));
        let schema = schema.transpose()?.unwrap_or(Schema::Thing);
        let mut wire = FtmEntity { schema: schema.as_str().to_owned(), ..FtmEntity::default() };
        wire.push("name", query.query.trim());
        for property in &query.properties {
            for text in texts(&property.v) {
                wire.push(&property.pid, text.trim());
            }
        }
        let limit = at_most(&format!("{field}.limit"), query.limit.unwrap_or(5), MOST_RESULTS)?;
        Ok(Self { wire, limit: limit.max(1) })
    }
}

impl Reconciling {
    fn read(dataset: String, text: &str) -> Outcome<Self> {
        let queries: BTreeMap<String, WireQuery> = serde_json::from_str(text).map_err(|error| {
            ApiError::new(Code::Malformed, format!("not queries by keys: {error}")).field("queries")
        })?;
        let count = queries.len();
        if count > MOST_QUERIES {
            let message = format!("{count} queries in one request; at most {MOST_QUERIES}");
            return Err(ApiError::bad("queries", message).limit(MOST_QUERIES as u64));
        }
        let wanted = queries.into_iter().map(|(key, query)| Ok((key.clone(), Wanted::read(&key, query)?)));
        Ok(Self { dataset, queries: wanted.collect::<Outcome<_>>()? })
    }
}

#[derive(Serialize)]
struct Candidate {
    id: String,
    name: String,
    /// 0 to 100.
    score: f64,
    #[serde(rename = "match")]
    is_match: bool,
    #[serde(rename = "type")]
    kinds: Vec<Kind>,
    description: String,
    features: Vec<Feature>,
}

#[derive(Serialize)]
struct Kind {
    id: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Feature {
    id: &'static str,
    value: f64,
}

fn kind(schema: Schema) -> Kind {
    let name = TYPES.iter().find(|row| row.0 == schema).map_or(schema.as_str(), |row| row.1);
    Kind { id: schema.as_str(), name }
}

impl Question for Reconciling {
    const WORD: &'static str = "reconcile";

    fn scope(&self) -> Scope {
        Scope::of(&self.dataset)
    }

    fn policy(&self) -> &'static str {
        "default"
    }

    fn answer(&self, _: &Screeners, asked: &Asked) -> Outcome<Answered> {
        let threshold = asked.screener.policy().threshold();
        let mut answered = Answered { bytes: Vec::new(), names: 0, matched: 0, matches: 0 };
        let mut results: BTreeMap<&str, Value> = BTreeMap::new();
        for (key, wanted) in &self.queries {
            let row = row_of(&wanted.wire);
            // Below the threshold a person decides; half of it is where likeness ends.
            let options = Options { threshold: threshold / 2.0, limit: wanted.limit };
            let found = match &row.error {
                Some(_) => Vec::new(),
                None => asked.screener.screen(&row.query, options).unwrap_or_default(),
            };
            let sure = found.iter().filter(|found| found.score >= threshold).count();
            answered.names += 1;
            answered.matched += u64::from(sure > 0);
            answered.matches += sure as u64;
            let candidates: Vec<Candidate> = found
                .iter()
                .map(|found| Candidate {
                    id: found.entity.id.as_str().to_owned(),
                    name: found.entity.caption().to_owned(),
                    score: (found.score * 100.0).round(),
                    // Only a match without a rival may be taken without a look.
                    is_match: found.score >= threshold && sure == 1,
                    kinds: vec![kind(found.entity.schema)],
                    description: found.entity.id.list().to_owned(),
                    features: found
                        .evidence
                        .iter()
                        .map(|evidence| Feature { id: evidence.signal, value: evidence.score })
                        .collect(),
                })
                .collect();
            results.insert(key, json!({"result": candidates}));
        }
        answered.bytes = Answered::json(&results)?.bytes;
        Ok(answered)
    }
}

/// The address under which the client reached us; names with odd letters are not given back.
fn base(headers: &HeaderMap) -> String {
    let fit =
        |host: &&str| host.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-:[]".contains(letter));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).filter(fit);
    let secure = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    format!("{}://{}", if secure { "https" } else { "http" }, host.unwrap_or("localhost"))
}

fn manifest(dataset: &str, title: &str, base: &str) -> Value {
    let path = format!("/reconcile/{dataset}");
    let suggest = |what: &str| json!({"service_url": base, "service_path": format!("{path}/suggest/{what}")});
    json!({
        "versions": ["0.2"],
        "name": format!("{title} (Cordon)"),
        "identifierSpace": format!("{base}/entities/"),
        "schemaSpace": "https://followthemoney.tech/explorer/schemata/",
        "batchSize": BATCH,
        "defaultTypes": TYPES.iter().map(|(schema, name)| json!({"id": schema.as_str(), "name": name})).collect::<Vec<_>>(),
        "view": {"url": format!("{base}/entities/{{{{id}}}}")},
        "preview": {"url": format!("{base}{path}/preview?id={{{{id}}}}"), "width": 430, "height": 300},
        "suggest": {"entity": suggest("entity"), "property": suggest("property"), "type": suggest("type")},
    })
}

async fn answer(
    service: Shared,
    screeners: std::sync::Arc<Screeners>,
    asker: Asker,
    dataset: String,
    pairs: &Pairs,
    headers: &HeaderMap,
) -> Outcome<Response> {
    asker.need(Right::Read)?;
    screeners.places(&Scope::of(&dataset))?;
    if let Some(text) = pairs.one("queries") {
        let question = Reconciling::read(dataset, text)?;
        return question::answer(&service, screeners, &asker, question).await;
    }
    let title = screeners.list(&dataset).map_or(dataset.as_str(), |held| held.title.as_str());
    Ok(Json(manifest(&dataset, title, &base(headers))).into_response())
}

/// The service's manifest, or, with `queries`, candidates for each of them.
#[utoipa::path(
    get, path = "/reconcile/{dataset}", tag = "yente",
    params(
        ("dataset" = String, Path, example = "default"),
        ("queries" = Option<String>, Query, description = "JSON: queries by keys of your own"),
    ),
    responses(
        (status = 200, description = "Manifest or candidates", content_type = "application/json"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn reconcile_get(
    State(service): State<Shared>,
    Now(screeners): Now,
    asker: Asker,
    Place(dataset): Place<String>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Outcome<Response> {
    answer(service, screeners, asker, dataset, &pairs, &headers).await
}

/// The same with `queries` in a form.
#[utoipa::path(
    post, path = "/reconcile/{dataset}", tag = "yente",
    params(("dataset" = String, Path, example = "default")),
    request_body(content = BTreeMap<String, String>, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "Manifest or candidates", content_type = "application/json"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn reconcile_post(
    State(service): State<Shared>,
    Now(screeners): Now,
    asker: Asker,
    Place(dataset): Place<String>,
    headers: HeaderMap,
    body: Body,
) -> Outcome<Response> {
    let pairs = Pairs::read(&body.0)?;
    answer(service, screeners, asker, dataset, &pairs, &headers).await
}

/// Suggestions as the protocol has them.
fn suggestions(result: &[Value], prefix: &str) -> Json<Value> {
    Json(json!({"code": "/api/status/ok", "status": "200 OK", "prefix": prefix, "result": result}))
}

/// Rows of a table whose id or words begin with or hold a text.
fn rows(table: &[(&str, &str)], prefix: &str) -> Vec<Value> {
    let wanted = prefix.to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&wanted);
    let rows = table.iter().filter(|(id, name)| holds(id) || holds(name));
    rows.map(|(id, name)| json!({"id": id, "name": name})).collect()
}

/// Entities whose names begin with a text.
#[utoipa::path(
    get, path = "/reconcile/{dataset}/suggest/entity", tag = "yente",
    params(
        ("dataset" = String, Path, example = "default"),
        ("prefix" = Option<String>, Query),
        ("limit" = Option<usize>, Query, maximum = 50),
        ("cursor" = Option<usize>, Query),
    ),
    responses(
        (status = 200, description = "Suggestions", content_type = "application/json"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn suggest_entity(
    State(service): State<Shared>,
    Now(screeners): Now,
    asker: Asker,
    Place(dataset): Place<String>,
    pairs: Pairs,
) -> Outcome<Json<Value>> {
    asker.need(Right::Read)?;
    let prefix = pairs.one("prefix").unwrap_or_default().to_owned();
    let limit = at_most("limit", pairs.parse("limit", "a whole number")?.unwrap_or(10), MOST_RESULTS)?;
    let skip = pairs.parse("cursor", "a whole number")?.unwrap_or(0);
    let places = screeners.places(&Scope::of(&dataset))?;
    service
        .matching(move || {
            let mut found = Vec::new();
            for held in places.iter().filter_map(|place| screeners.lists().get(*place)) {
                let facts = held.facts();
                let places = if prefix.is_empty() { BTreeSet::default() } else { facts.holding(&prefix) };
                found.extend(places.into_iter().filter_map(|place| facts.entities.get(place as usize)).map(
                    |fact| {
                        let about = [fact.schema.to_owned(), fact.countries.join(" "), held.id().to_owned()];
                        json!({
                            "id": fact.id, "name": fact.caption, "description": about.join(" · "),
                            "notable": [{"id": fact.schema, "name": fact.schema}],
                        })
                    },
                ));
            }
            Ok(suggestions(&found.into_iter().skip(skip).take(limit).collect::<Vec<_>>(), &prefix))
        })
        .await
}

/// Properties of parties, by their names.
#[utoipa::path(
    get, path = "/reconcile/{dataset}/suggest/property", tag = "yente",
    params(("dataset" = String, Path, example = "default"), ("prefix" = Option<String>, Query)),
    responses((status = 200, description = "Suggestions", content_type = "application/json"), (status = "4XX", body = ErrorBody))
)]
async fn suggest_property(
    Now(screeners): Now,
    asker: Asker,
    Place(dataset): Place<String>,
    pairs: Pairs,
) -> Outcome<Json<Value>> {
    asker.need(Right::Read)?;
    screeners.places(&Scope::of(&dataset))?;
    let prefix = pairs.one("prefix").unwrap_or_default();
    Ok(suggestions(&rows(&PROPERTIES, prefix), prefix))
}

/// Kinds of party, by their names.
#[utoipa::path(
    get, path = "/reconcile/{dataset}/suggest/type", tag = "yente",
    params(("dataset" = String, Path, example = "default"), ("prefix" = Option<String>, Query)),
    responses((status = 200, description = "Suggestions", content_type = "application/json"), (status = "4XX", body = ErrorBody))
)]
async fn suggest_type(
    Now(screeners): Now,
    asker: Asker,
    Place(dataset): Place<String>,
    pairs: Pairs,
) -> Outcome<Json<Value>> {
    asker.need(Right::Read)?;
    screeners.places(&Scope::of(&dataset))?;
    let prefix = pairs.one("prefix").unwrap_or_default();
    Ok(suggestions(&rows(&TYPES.map(|(schema, name)| (schema.as_str(), name)), prefix), prefix))
}

/// A text as HTML shows it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// A small page about one entity.
#[utoipa::path(
    get, path = "/reconcile/{dataset}/preview", tag = "yente",
    params(("dataset" = String, Path, example = "default"), ("id" = String, Query)),
    responses((status = 200, description = "A page", content_type = "text/html"), (status = "4XX", body = ErrorBody))
)]
async fn preview(
    Now(screeners): Now,
    asker: Asker,
    Place(dataset): Place<String>,
    pairs: Pairs,
) -> Outcome<Html<String>> {
    asker.need(Right::Read)?;
    screeners.places(&Scope::of(&dataset))?;
    let id = pairs.one("id").ok_or_else(|| ApiError::bad("id", "`id` names the entity"))?;
    let (held, entity) = screeners.entity(id).ok_or_else(|| {
        ApiError::new(Code::NotFound, format!("no entity `{}` is in the lists in force", short(id)))
            .field("id")
    })?;
    let wire = super::entities::flat(held, &entity);
    let mut rows = String::new();
    for (property, label) in PROPERTIES {
        let values: Vec<&str> =
            wire.properties.get(property).into_iter().flatten().map(FtmValue::text).collect();
        if !values.is_empty() {
            rows.extend(["<tr><th>", label, "</th><td>", &escaped(&values.join("; ")), "</td></tr>"]);
        }
    }
    Ok(Html(format!(
        "<!doctype html><meta charset=\"utf-8\"><title>{name}</title><body style=\"font:14px sans-serif\">\
         <h1 style=\"font-size:1.2em\">{name}</h1><p>{kind} · {list}</p><table>{rows}</table>",
        name = escaped(&wire.caption),
        kind = kind(entity.schema).name,
        list = escaped(&held.title),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_clients_write_as_values() {
        for (value, expected) in [
            (json!("x"), vec!["x"]),
            (json!(7), vec!["7"]),
            (json!([{"id": "ru", "name": "Russia"}, "by", null]), vec!["ru", "by"]),
            (json!({"other": 1}), vec![]),
        ] {
            assert_eq!(texts(&value), expected, "{value}");
        }
    }

    #[test]
    fn hosts_that_are_none_are_not_given_back() {
        let mut headers = HeaderMap::new();
        assert_eq!(base(&headers), "http://localhost");
        headers.insert(header::HOST, "cordon.example:8600".parse().unwrap());
        assert_eq!(base(&headers), "http://cordon.example:8600");
        headers.insert(header::HOST, "x\"><script>".parse().unwrap());
        assert_eq!(base(&headers), "http://localhost");
    }
}
