//! `/catalog` and `/algorithms`: what can be asked.

use super::ALGORITHMS;
use crate::caller::{Asker, Scope as Right};
use crate::error::{ApiError, ErrorBody, Outcome};
use crate::screeners::COLLECTIONS;
use crate::service::{Now, Shared};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use cordon_matching::Policy;
use cordon_model::Digest;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(catalog)).routes(routes!(algorithms))
}

/// A dataset that can be asked.
#[derive(Serialize, ToSchema)]
struct Dataset {
    name: String,
    title: String,
    /// The snapshot in force.
    version: Option<String>,
    index_version: Option<String>,
    index_current: bool,
    load: bool,
    /// The datasets it holds.
    children: Vec<String>,
    entity_count: usize,
    /// The publisher's date.
    last_export: Option<String>,
    /// When it was fetched.
    updated_at: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct Catalog {
    datasets: Vec<Dataset>,
    /// Those whose last update went well.
    current: Vec<String>,
    /// The others.
    outdated: Vec<String>,
    /// Whether there are others.
    index_stale: bool,
}

/// Every dataset that can be asked, with its version.
#[utoipa::path(
    get, path = "/catalog", tag = "yente",
    responses(
        (status = 200, body = Catalog, headers(("etag" = String))),
        (status = 304, description = "It is as the `if-none-match` sent says"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn catalog(
    State(service): State<Shared>,
    Now(screeners): Now,
    asker: Asker,
    headers: HeaderMap,
) -> Outcome<Response> {
    asker.need(Right::Read)?;
    let states = service.reading(|service| service.library.lists(service.now())).await?;
    let naive = |time: jiff::Timestamp| time.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let mut datasets: Vec<Dataset> = screeners
        .lists()
        .iter()
        .map(|held| Dataset {
            name: held.id().to_owned(),
            title: held.title.clone(),
            version: Some(held.version.snapshot.clone()),
            index_version: Some(held.version.snapshot.clone()),
            index_current: true,
            load: true,
            children: Vec::new(),
            entity_count: held.version.entities,
            last_export: held.version.published.map(|day| format!("{day}T00:00:00")),
            updated_at: held.version.fetched.map(naive),
        })
        .collect();
    for (name, title, holds) in COLLECTIONS {
        let children: Vec<&str> =
            screeners.lists().iter().map(|held| held.id()).filter(|list| holds(list)).collect();
        let entities = screeners.lists().iter().filter(|held| holds(held.id()));
        datasets.push(Dataset {
            name: name.to_owned(),
            title: title.to_owned(),
            version: None,
            index_version: None,
            index_current: true,
            load: false,
            entity_count: entities.map(|held| held.version.entities).sum(),
            children: children.into_iter().map(str::to_owned).collect(),
            last_export: None,
            updated_at: None,
        });
    }
    let (current, outdated): (Vec<_>, Vec<_>) = states
        .into_iter()
        .filter(|state| screeners.list(&state.id).is_some())
        .partition(|state| state.state == "ok");
    let names = |states: Vec<crate::library::ListRecord>| {
        states.into_iter().map(|state| state.id).collect::<Vec<_>>()
    };
    let (current, outdated) = (names(current), names(outdated));
    let catalog = Catalog { datasets, index_stale: !outdated.is_empty(), current, outdated };
    let bytes = serde_json::to_vec(&catalog).map_err(|error| ApiError::internal(error.to_string()))?;
    let tag = format!("\"{}\"", Digest::of(&bytes).short());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if known.is_some_and(|known| known.contains(&tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/json")], bytes).into_response()
    };
    if let Ok(tag) = HeaderValue::try_from(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

#[derive(Serialize, ToSchema)]
struct Algorithm {
    name: &'static str,
    description: String,
    /// What a score may rest on.
    #[schema(value_type = Object)]
    features: Value,
    #[schema(value_type = Object)]
    docs: Value,
}

#[derive(Serialize, ToSchema)]
struct Algorithms {
    #[serde(rename = "algorithms")]
    rows: Vec<Algorithm>,
    default: &'static str,
    best: &'static str,
}

/// Signals that may speak in an explanation, with what each compares.
const SIGNALS: [(&str, &str); 8] = [
    ("name", "the names, word by word"),
    ("identifier", "numbers of documents and registers, exact"),
    ("birth_date", "dates of birth"),
    ("country", "countries of any tie"),
    ("gender", "genders"),
    ("birth_place", "places of birth"),
    ("schema", "the kinds of party"),
    ("date", "dates of foundation and building"),
];

/// The names by which policies can be asked for.
#[utoipa::path(get, path = "/algorithms", tag = "yente", responses((status = 200, body = Algorithms)))]
async fn algorithms() -> Json<Algorithms> {
    let docs: serde_json::Map<String, Value> = SIGNALS
        .iter()
        .map(|(name, compares)| ((*name).to_owned(), json!({"description": compares, "coefficient": 1.0})))
        .collect();
    let algorithms = ALGORITHMS.iter().map(|(name, policy)| Algorithm {
        name,
        description: format!(
            "the policy {}",
            Policy::named(policy).map(|policy| policy.id()).unwrap_or_default()
        ),
        features: Value::Object(docs.clone()),
        docs: json!({"features": docs, "config": {}}),
    });
    Json(Algorithms { rows: algorithms.collect(), default: "default", best: "best" })
}
