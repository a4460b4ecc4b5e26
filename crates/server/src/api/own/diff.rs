//! `/diff/{list}`: what changed in a list between two versions.

use crate::api::extract::{Params, Place};
use crate::api::page::Page;
use crate::caller::{Asker, Scope};
use crate::error::{ErrorBody, Outcome};
use crate::library::LibraryError;
use crate::service::Shared;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use cordon_model::Delta;
use cordon_screening::change::WireChange;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(diff))
}

/// Which versions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Between {
    /// The older version: a day or the beginning of a snapshot's id; the one before the newer if not given.
    from: Option<String>,
    /// The newer version; the one in force if not given.
    to: Option<String>,
}

#[derive(Serialize)]
struct Answer<'a> {
    list: &'a str,
    from: &'a str,
    to: &'a str,
    added: usize,
    modified: usize,
    removed: usize,
    results: Vec<WireChange<'a>>,
    total: usize,
    limit: usize,
    offset: usize,
}

/// What changed in a list between two versions, field by field.
#[utoipa::path(
    get, path = "/diff/{list}", tag = "cordon",
    params(("list" = String, Path), Between, Page),
    responses(
        (status = 200, description = "A page of changes", content_type = "application/json"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn diff(
    State(service): State<Shared>,
    asker: Asker,
    Place(list): Place<String>,
    Params(between): Params<Between>,
    Params(page): Params<Page>,
) -> Outcome<Response> {
    asker.need(Scope::Read)?;
    let in_force = service.screeners().held(&list)?.version.snapshot.clone();
    page.check()?;
    let bytes = service
        .reading(move |service| {
            let library = &*service.library;
            let newer = library.snapshot(&list, between.to.as_deref().unwrap_or(&in_force))?;
            let from = match between.from {
                Some(from) => from,
                None => before(&library.history(&list)?, newer.id().as_str(), &list)?,
            };
            let older = library.snapshot(&list, &from)?;
            let delta = Delta::between(&older, &newer);
            let (added, modified, removed) = delta.counts();
            let total = delta.changes.len();
            let paged = page.cut(delta.changes.iter().map(WireChange::new));
            let (from, to) = (older.id(), newer.id());
            let answer = Answer {
                list: &list,
                from: from.as_str(),
                to: to.as_str(),
                added,
                modified,
                removed,
                results: paged,
                total,
                limit: page.limit,
                offset: page.offset,
            };
            serde_json::to_vec(&answer).map_err(|error| LibraryError::Failed(error.to_string()))
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}

/// The version before another.
fn before(history: &[crate::library::Version], newer: &str, list: &str) -> Result<String, LibraryError> {
    let place = history.iter().rposition(|version| version.snapshot == newer).unwrap_or(0);
    let older = place.checked_sub(1).and_then(|place| history.get(place));
    older
        .map(|version| version.snapshot.clone())
        .ok_or_else(|| LibraryError::NotFound(format!("`{list}` has no version before `{newer}`")))
}
