//! `/lists`: what is loaded, how old it is, what was not understood.

use crate::api::extract::{Params, Place};
use crate::api::page::{Page, Paged};
use crate::caller::{Asker, Scope};
use crate::error::{ErrorBody, Outcome};
use crate::library::{ListRecord, Version};
use crate::service::Shared;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(lists)).routes(routes!(history)).routes(routes!(issues))
}

/// A list and its state.
#[derive(Serialize, ToSchema)]
struct WireList {
    id: String,
    title: String,
    /// `ok`, `stale`, `refused`, `failed`, `absent` or `unreadable`.
    state: &'static str,
    /// Why the last update was refused or failed.
    reason: Option<String>,
    snapshot: Option<String>,
    /// The publisher's date, `yyyy-mm-dd`.
    published: Option<String>,
    /// When the version in force was fetched.
    fetched: Option<String>,
    /// When it was last known to be the publisher's current one.
    looked: Option<String>,
    age_days: Option<i64>,
    entities: Option<usize>,
    issues: Option<usize>,
}

impl WireList {
    fn new(record: ListRecord) -> Self {
        let version = record.version.as_ref();
        Self {
            state: record.state,
            reason: record.reason,
            snapshot: version.map(|version| version.snapshot.clone()),
            published: record.published.map(|day| day.to_string()),
            fetched: version.and_then(|version| version.fetched).map(|time| time.to_string()),
            looked: record.looked.map(|time| time.to_string()),
            age_days: record.age_days,
            entities: version.map(|version| version.entities),
            issues: version.map(|version| version.issues),
            id: record.id,
            title: record.title,
        }
    }
}

/// A version of a list.
#[derive(Serialize, ToSchema)]
struct WireVersion {
    snapshot: String,
    /// The publisher's date, `yyyy-mm-dd`.
    published: Option<String>,
    fetched: Option<String>,
    entities: usize,
    issues: usize,
}

impl WireVersion {
    fn new(version: Version) -> Self {
        Self {
            snapshot: version.snapshot,
            published: version.published.map(|day| day.to_string()),
            fetched: version.fetched.map(|time| time.to_string()),
            entities: version.entities,
            issues: version.issues,
        }
    }
}

/// What was not understood in a record.
#[derive(Serialize, ToSchema)]
struct WireIssue {
    /// The publisher's key of the record.
    record: String,
    field: String,
    kind: String,
    value: String,
    message: String,
}

/// Every list known or loaded, with its age and state.
#[utoipa::path(
    get, path = "/lists", tag = "cordon", params(Page),
    responses((status = 200, body = Paged<WireList>), (status = "4XX", body = ErrorBody))
)]
async fn lists(
    State(service): State<Shared>,
    asker: Asker,
    Params(page): Params<Page>,
) -> Outcome<Json<Paged<WireList>>> {
    asker.need(Scope::Read)?;
    let records = service.reading(|service| service.library.lists(service.now())).await?;
    Ok(Json(page.of(records.into_iter().map(WireList::new).collect())?))
}

/// Every version of a list that was in force, the newest first.
#[utoipa::path(
    get, path = "/lists/{list}/history", tag = "cordon", params(Page, ("list" = String, Path)),
    responses((status = 200, body = Paged<WireVersion>), (status = "4XX", body = ErrorBody))
)]
async fn history(
    State(service): State<Shared>,
    asker: Asker,
    Place(list): Place<String>,
    Params(page): Params<Page>,
) -> Outcome<Json<Paged<WireVersion>>> {
    asker.need(Scope::Read)?;
    service.screeners().held(&list)?;
    let versions = service.reading(move |service| service.library.history(&list)).await?;
    Ok(Json(page.of(versions.into_iter().rev().map(WireVersion::new).collect())?))
}

/// What was not understood in the version in force of a list.
#[utoipa::path(
    get, path = "/lists/{list}/issues", tag = "cordon", params(Page, ("list" = String, Path)),
    responses((status = 200, body = Paged<WireIssue>), (status = "4XX", body = ErrorBody))
)]
async fn issues(
    State(service): State<Shared>,
    asker: Asker,
    Place(list): Place<String>,
    Params(page): Params<Page>,
) -> Outcome<Json<Paged<WireIssue>>> {
    asker.need(Scope::Read)?;
    let snapshot = service.screeners().held(&list)?.version.snapshot.clone();
    let issues = service.reading(move |service| service.library.issues(&list, &snapshot)).await?;
    let wire = issues.into_iter().map(|issue| WireIssue {
        record: issue.record,
        field: issue.field,
        kind: serde_json::to_value(issue.kind)
            .ok()
            .and_then(|kind| kind.as_str().map(str::to_owned))
            .unwrap_or_default(),
        value: issue.value,
        message: issue.message,
    });
    Ok(Json(page.of(wire.collect())?))
}
