//! As clients of OpenSanctions' yente ask: the same addresses, parameters and shapes.

mod catalog;
mod entities;
mod matching;
mod reconcile;
mod search;

pub(crate) use matching::Matching;
pub(crate) use reconcile::Reconciling;
pub(crate) use search::Finding;

use crate::error::{ApiError, Outcome};
use crate::screeners::{Held, short};
use crate::service::Shared;
use cordon_model::{Entity, Schema};
use cordon_screening::wire::{WireMatch, WireSeen};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

pub(crate) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .merge(matching::routes())
        .merge(search::routes())
        .merge(entities::routes())
        .merge(reconcile::routes())
        .merge(catalog::routes())
}

/// Names under which policies are asked for: those of Cordon, and those of yente's algorithms that have their place.
pub(crate) const ALGORITHMS: &[(&str, &str)] = &[
    ("default", "default"),
    ("ofac", "ofac"),
    ("best", "default"),
    ("logic-v1", "default"),
    ("logic-v2", "default"),
    ("name-based", "default"),
    ("name-qualified", "default"),
    ("regression-v1", "default"),
    ("ofac-249", "ofac"),
];

/// The policy of an algorithm's name.
pub(crate) fn policy_of(algorithm: Option<&str>) -> Outcome<&'static str> {
    let name = algorithm.unwrap_or("default");
    ALGORITHMS.iter().find(|row| row.0 == name).map(|row| row.1).ok_or_else(|| {
        let known: Vec<&str> = ALGORITHMS.iter().map(|row| row.0).collect();
        let message = format!("no algorithm is called `{}`; known: {}", short(name), known.join(", "));
        ApiError::bad("algorithm", message)
    })
}

/// The kind of party a name of a schema means.
pub(crate) fn schema_of(name: &str, field: &str) -> Outcome<Schema> {
    // Things of FollowTheMoney that hold value and have no kind of their own here.
    if name == "Asset" {
        return Ok(Schema::Thing);
    }
    Schema::from_ftm(name).ok_or_else(|| {
        let known: Vec<&str> = Schema::all().map(Schema::as_str).collect();
        let message = format!("no schema is called `{}`; known: {}", short(name), known.join(", "));
        ApiError::bad(field, message)
    })
}

/// How many there are.
#[derive(Debug, Serialize, ToSchema)]
struct Total {
    value: usize,
    /// `eq`, or `gte` when there may be more.
    relation: &'static str,
}

/// Whether an entity is itself listed, rather than only linked to a listed party.
fn is_target(entity: &Entity) -> bool {
    entity.values("target").first().is_none_or(|said| said != "false")
}

/// When an entity came and changed.
fn seen(held: &Held, id: &str) -> WireSeen {
    held.seen().map(|seen| seen.wire(id)).unwrap_or_default()
}

/// A match with what yente tells beside it.
fn told<'a>(found: &'a cordon_matching::Match, threshold: f64, held: Option<&Held>) -> WireMatch<'a> {
    let mut wire = WireMatch::new(found, threshold);
    wire.target = Some(is_target(&found.entity));
    wire.seen = held.map(|held| seen(held, found.entity.id.as_str())).unwrap_or_default();
    wire
}
