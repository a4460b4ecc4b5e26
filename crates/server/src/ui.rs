//! The pages people use in a browser: rendered here, improved by htmx, working without it.
//!
//! In: requests of people with a session. Out: HTML. Everything a page loads is built in. Deliberately absent: rules
//! and scores, and words for facts, which reports share.

mod asking;
mod assets;
mod audit;
mod batch;
mod entity;
mod evaluation;
mod frame;
mod guard;
mod jobs;
mod lists;
mod login;
mod network;
mod people;
mod search;

pub(crate) use asking::Asking;

use crate::service::Shared;
use axum::Router;
use axum::middleware::from_fn_with_state;
use std::sync::Arc;

/// Their routes.
pub(crate) fn routes(service: &Shared) -> Router<Shared> {
    Router::new()
        .merge(search::routes())
        .merge(entity::routes())
        .merge(lists::routes())
        .merge(batch::routes())
        .merge(login::routes())
        .merge(people::routes())
        .merge(evaluation::routes())
        .merge(audit::routes())
        .merge(assets::routes())
        .layer(from_fn_with_state(Arc::clone(service), guard::dressed))
}

/// Bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
