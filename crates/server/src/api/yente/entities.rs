//! `/entities/{id}`: one entity with what it is linked to.

use super::{Total, is_target, seen};
use crate::api::extract::Place;
use crate::api::query::{Pairs, at_most};
use crate::caller::{Asker, Scope as Right};
use crate::error::{ApiError, Code, ErrorBody, Outcome};
use crate::screeners::{Held, Screeners, short};
use crate::service::{Now, Shared};
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use cordon_model::Entity;
use cordon_model::ftm::{FtmEntity, FtmValue, to_ftm};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(entity)).routes(routes!(adjacent)).routes(routes!(adjacent_by))
}

/// An entity on the wire, flat: what is nested in it stands as ids.
pub(super) fn flat(held: &Held, entity: &Entity) -> FtmEntity {
    let mut wire = whole(held, entity);
    for values in wire.properties.values_mut() {
        for value in values.iter_mut() {
            let id = value.text().to_owned();
            *value = FtmValue::Text(id);
        }
        values.retain(|value| !value.text().is_empty());
    }
    wire
}

fn whole(held: &Held, entity: &Entity) -> FtmEntity {
    let mut wire = to_ftm(entity);
    let seen = seen(held, entity.id.as_str());
    wire.target = Some(is_target(entity));
    (wire.first_seen, wire.last_seen, wire.last_change) = (seen.first_seen, seen.last_seen, seen.last_change);
    wire
}

/// The same with its neighbours in full: those the lists know stand in the place of their ids.
pub(super) fn nested(screeners: &Screeners, held: &Held, entity: &Entity) -> FtmEntity {
    let mut wire = whole(held, entity);
    let own = wire.id.clone();
    for value in wire.properties.values_mut().flatten() {
        if let FtmValue::Entity(link) = value {
            for end in link.properties.values_mut().flatten() {
                let id = end.text().to_owned();
                if id != own
                    && let Some((held, other)) = screeners.entity(&id)
                {
                    *end = FtmValue::Entity(Box::new(flat(held, &other)));
                }
            }
        }
    }
    wire
}

/// Names the records of the same party on other lists.
fn join(screeners: &Screeners, entity: &Entity, wire: &mut FtmEntity) {
    let members = screeners.joined().parties.members(entity.id.as_str());
    for other in members.iter().filter(|other| **other != entity.id && screeners.list(other.list()).is_some())
    {
        if !wire.referents.iter().any(|known| known == other.as_str()) {
            wire.referents.push(other.to_string());
        }
        if !wire.datasets.iter().any(|list| list == other.list()) {
            wire.datasets.push(other.list().to_owned());
        }
    }
}

/// The entity of this id, or where it is found now.
enum Found {
    Here(Arc<Held>, Box<Entity>),
    Moved(String),
}

fn find(screeners: &Screeners, id: &str) -> Outcome<Found> {
    if let Some((held, entity)) = screeners.entity(id) {
        return Ok(Found::Here(Arc::clone(held), Box::new(entity)));
    }
    let moved = screeners.lists().iter().find_map(|held| Some(held.facts().bearing(id)?.id.clone()));
    moved.map(Found::Moved).ok_or_else(|| {
        ApiError::new(Code::NotFound, format!("no entity `{}` is in the lists in force", short(id)))
            .field("id")
    })
}

/// Answers about an entity, off the reactor.
async fn about(
    service: &Shared,
    screeners: Arc<Screeners>,
    id: String,
    suffix: String,
    answer: impl FnOnce(&Screeners, &Held, &Entity) -> Outcome<Vec<u8>> + Send + 'static,
) -> Outcome<Response> {
    service
        .matching(move || match find(&screeners, &id)? {
            Found::Here(held, entity) => {
                let bytes = answer(&screeners, &held, &entity)?;
                Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response())
            }
            Found::Moved(to) => {
                let place = format!("/entities/{}{suffix}", encoded(&to));
                Ok((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, place)]).into_response())
            }
        })
        .await
}

/// A text as a part of a path.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:@".contains(&byte) {
            out.push(byte as char);
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn bytes<T: Serialize>(value: &T) -> Outcome<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| ApiError::internal(error.to_string()))
}

fn query(raw: Option<String>) -> String {
    raw.map(|raw| format!("?{raw}")).unwrap_or_default()
}

/// One entity: names, facts, designations, and its neighbours.
#[utoipa::path(
    get, path = "/entities/{id}", tag = "yente",
    params(
        ("id" = String, Path, description = "Its id, as in answers", example = "un_sc_sanctions:KPi.001"),
        ("nested" = Option<bool>, Query, description = "Whether neighbours stand in full; `true` if not given"),
    ),
    responses(
        (status = 200, description = "A FollowTheMoney entity", content_type = "application/json"),
        (status = 308, description = "It is found under another id now"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn entity(
    State(service): State<Shared>,
    Now(screeners): Now,
    asker: Asker,
    Place(id): Place<String>,
    pairs: Pairs,
    RawQuery(raw): RawQuery,
) -> Outcome<Response> {
    asker.need(Right::Read)?;
    let in_full = pairs.flag("nested")?.unwrap_or(true);
    about(&service, screeners, id, query(raw), move |screeners, held, entity| {
        let mut wire = if in_full { nested(screeners, held, entity) } else { flat(held, entity) };
        join(screeners, entity, &mut wire);
        bytes(&wire)
    })
    .await
}

/// Neighbours by one property.
#[derive(Serialize)]
struct Neighbours {
    results: Vec<FtmEntity>,
    total: Total,
    limit: usize,
    offset: usize,
}

#[derive(Serialize)]
struct Adjacent {
    entity: FtmEntity,
    adjacent: BTreeMap<String, Neighbours>,
}

/// Most neighbours on a page.
const MOST: usize = 500;

fn page(pairs: &Pairs) -> Outcome<(usize, usize)> {
    let limit = at_most("limit", pairs.parse("limit", "a whole number")?.unwrap_or(50), MOST)?;
    Ok((limit, pairs.parse("offset", "a whole number")?.unwrap_or(0)))
}

fn neighbours(wire: FtmEntity, (limit, offset): (usize, usize)) -> (FtmEntity, BTreeMap<String, Neighbours>) {
    let mut own = wire;
    let mut adjacent = BTreeMap::new();
    for (property, values) in &mut own.properties {
        let entities: Vec<FtmEntity> = values
            .iter()
            .filter_map(|value| match value {
                FtmValue::Entity(entity) => Some((**entity).clone()),
                FtmValue::Text(_) => None,
            })
            .collect();
        if entities.is_empty() {
            continue;
        }
        values.retain(|value| matches!(value, FtmValue::Text(_)));
        let total = Total { value: entities.len(), relation: "eq" };
        let results = entities.into_iter().skip(offset).take(limit).collect();
        adjacent.insert(property.clone(), Neighbours { results, total, limit, offset });
    }
    own.properties.retain(|_, values| !values.is_empty());
    (own, adjacent)
}

/// The neighbours of an entity, by property.
#[utoipa::path(
    get, path = "/entities/{id}/adjacent", tag = "yente",
    params(
        ("id" = String, Path),
        ("limit" = Option<usize>, Query, maximum = 500),
        ("offset" = Option<usize>, Query),
    ),
    responses(
        (status = 200, description = "The entity, and pages of neighbours", content_type = "application/json"),
        (status = 308, description = "It is found under another id now"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn adjacent(
    State(service): State<Shared>,
    Now(screeners): Now,
    asker: Asker,
    Place(id): Place<String>,
    pairs: Pairs,
    RawQuery(raw): RawQuery,
) -> Outcome<Response> {
    asker.need(Right::Read)?;
    let page = page(&pairs)?;
    about(&service, screeners, id, format!("/adjacent{}", query(raw)), move |screeners, held, entity| {
        let (entity, adjacent) = neighbours(nested(screeners, held, entity), page);
        bytes(&Adjacent { entity, adjacent })
    })
    .await
}

/// The neighbours of an entity by one property.
#[utoipa::path(
    get, path = "/entities/{id}/adjacent/{property}", tag = "yente",
    params(
        ("id" = String, Path),
        ("property" = String, Path, example = "sanctions"),
        ("limit" = Option<usize>, Query, maximum = 500),
        ("offset" = Option<usize>, Query),
    ),
    responses(
        (status = 200, description = "A page of neighbours", content_type = "application/json"),
        (status = 308, description = "It is found under another id now"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn adjacent_by(
    State(service): State<Shared>,
    Now(screeners): Now,
    asker: Asker,
    Place((id, property)): Place<(String, String)>,
    pairs: Pairs,
    RawQuery(raw): RawQuery,
) -> Outcome<Response> {
    asker.need(Right::Read)?;
    let page = page(&pairs)?;
    let suffix = format!("/adjacent/{}{}", encoded(&property), query(raw));
    about(&service, screeners, id, suffix, move |screeners, held, entity| {
        let (_, mut adjacent) = neighbours(nested(screeners, held, entity), page);
        let none = || Neighbours {
            results: Vec::new(),
            total: Total { value: 0, relation: "eq" },
            limit: page.0,
            offset: page.1,
        };
        bytes(&adjacent.remove(&property).unwrap_or_else(none))
    })
    .await
}
