//! `/pairs`: two names or parties per row scored against each other.

use crate::api::extract::Body;
use crate::api::query::Pairs as Parameters;
use crate::caller::{Asker, Scope};
use crate::error::{ApiError, Code, ErrorBody, Outcome};
use crate::screeners::short;
use crate::service::Shared;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use cordon_matching::{Policy, score_pair};
use cordon_model::{Entity, Schema};
use cordon_screening::pairs::{Pairs, WirePair};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(pairs))
}

/// Scores pairs of names or parties: CSV (`name1`, `name2`, …) or JSON Lines (`left`, `right`) in, JSON Lines out.
#[utoipa::path(
    post, path = "/pairs", tag = "cordon",
    params(("policy" = Option<String>, Query, description = "Named set of weights")),
    request_body(content(
        (String = "application/x-ndjson", example = "{\"left\":{\"name\":\"Kim Jong Un\"},\"right\":{\"name\":\"KIM Jong-un\"}}\n"),
        (String = "text/csv", example = "name1,name2\nKim Jong Un,KIM Jong-un\n"),
    )),
    responses(
        (status = 200, description = "Each row with `score` and `explanation`", content_type = "application/x-ndjson"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn pairs(
    State(service): State<Shared>,
    asker: Asker,
    parameters: Parameters,
    Body(body): Body,
) -> Outcome<Response> {
    asker.need(Scope::Screen)?;
    let name = parameters.one("policy").unwrap_or("default");
    let policy = Policy::named(name).ok_or_else(|| {
        let known = Policy::NAMES.join(", ");
        ApiError::bad("policy", format!("no policy is called `{}`; known: {known}", short(name)))
    })?;
    let lines = service
        .matching(move || {
            let mut pairs = Pairs::open(&body[..], None)
                .map_err(|error| ApiError::new(Code::Malformed, error.to_string()).field("body"))?;
            let header = pairs.header().to_vec();
            let mut lines = Vec::new();
            for pair in pairs.by_ref() {
                let mut pair = pair.map_err(|error| ApiError::internal(error.to_string()))?;
                let nobody = Entity::new(String::new().into(), Schema::Thing);
                let right = std::mem::replace(&mut pair.right, nobody);
                let scored = pair.error.is_none().then(|| score_pair(&policy, &pair.left, right));
                let wire = WirePair { pair: &pair, scored: scored.as_ref(), header: &header };
                serde_json::to_writer(&mut lines, &wire)
                    .map_err(|error| ApiError::internal(error.to_string()))?;
                lines.push(b'\n');
            }
            Ok(lines)
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], lines).into_response())
}
