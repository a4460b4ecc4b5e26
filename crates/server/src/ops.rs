//! For those who run the service: is it alive, is it ready, what has it done.

use crate::error::{ApiError, Code, ErrorBody, Outcome};
use crate::service::{Now, Shared};
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(healthz)).routes(routes!(readyz)).routes(routes!(metrics))
}

#[derive(Serialize, ToSchema)]
struct Status {
    /// `ok`
    status: &'static str,
}

/// Whether the process answers.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, body = Status)))]
async fn healthz() -> Json<Status> {
    Json(Status { status: "ok" })
}

/// Whether lists are loaded, so that it can screen.
#[utoipa::path(
    get, path = "/readyz", tag = "operation",
    responses((status = 200, body = Status), (status = 503, description = "No list is loaded", body = ErrorBody))
)]
async fn readyz(Now(screeners): Now) -> Outcome<Json<Status>> {
    if screeners.lists().is_empty() {
        return Err(ApiError::new(Code::Busy, "no list is loaded"));
    }
    Ok(Json(Status { status: "ok" }))
}

/// Counters and measures for Prometheus.
#[utoipa::path(
    get, path = "/metrics", tag = "operation",
    responses((status = 200, description = "OpenMetrics text", content_type = "application/openmetrics-text"))
)]
async fn metrics(State(service): State<Shared>) -> impl IntoResponse {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], service.metrics.text(&service))
}
