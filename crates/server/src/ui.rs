//! The pages people use in a browser.

use crate::service::Shared;
use axum::Router;

/// Their routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
}
