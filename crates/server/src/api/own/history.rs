//! `/entities/{id}/history`: when an entity came, changed and went.

use crate::api::extract::{Params, Place};
use crate::api::page::Page;
use crate::caller::{Asker, Scope};
use crate::error::{ApiError, Code, ErrorBody, Outcome};
use crate::library::LibraryError;
use crate::screeners::short;
use crate::service::Shared;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use cordon_model::{Delta, Snapshot};
use cordon_screening::change::WireChange;
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(history))
}

#[derive(Serialize)]
struct Step<'a> {
    /// The day from which the version counts.
    date: Option<String>,
    snapshot: &'a str,
    #[serde(flatten)]
    change: WireChange<'a>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a str,
    /// Whether it is in the version in force.
    listed: bool,
    results: Vec<Step<'a>>,
    total: usize,
    limit: usize,
    offset: usize,
}

/// The versions of its list in which an entity came, changed or went, the oldest first.
#[utoipa::path(
    get, path = "/entities/{id}/history", tag = "cordon",
    params(("id" = String, Path), Page),
    responses(
        (status = 200, description = "A page of changes", content_type = "application/json"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn history(
    State(service): State<Shared>,
    asker: Asker,
    Place(id): Place<String>,
    Params(page): Params<Page>,
) -> Outcome<Response> {
    asker.need(Scope::Read)?;
    page.check()?;
    let unknown = || {
        let message = format!("no entity `{}` is or was on a list", short(&id));
        ApiError::new(Code::NotFound, message).field("id")
    };
    let (list, _) = id.split_once(':').ok_or_else(unknown)?;
    service.screeners().held(list)?;
    let asked = id.clone();
    let bytes = service
        .reading(move |service| {
            let (list, _) = asked.split_once(':').unwrap_or((&asked, ""));
            let versions = service.library.versions_of(list, &asked)?;
            let listed = versions.last().is_some_and(|(_, entity)| entity.is_some());
            let mut before = Snapshot::new("", None, Vec::new(), Vec::new());
            let mut steps = Vec::new();
            for (version, entity) in versions {
                let after = Snapshot::new("", None, entity.into_iter().collect(), Vec::new());
                let changes = Delta::between(&before, &after).changes;
                steps.extend(changes.into_iter().map(|change| (version.clone(), change)));
                before = after;
            }
            if steps.is_empty() {
                return Ok(None);
            }
            let results = page
                .cut(steps.iter())
                .into_iter()
                .map(|(version, change)| Step {
                    date: version.effective().map(|day| day.to_string()),
                    snapshot: &version.snapshot,
                    change: WireChange::new(change),
                })
                .collect();
            let (limit, offset, total) = (page.limit, page.offset, steps.len());
            let answer = Answer { id: &asked, listed, results, total, limit, offset };
            serde_json::to_vec(&answer).map(Some).map_err(|error| LibraryError::Failed(error.to_string()))
        })
        .await?
        .ok_or_else(unknown)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}
