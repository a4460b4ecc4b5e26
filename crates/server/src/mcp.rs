//! Tools for language models, by the model context protocol. The only file that knows `rmcp`.

use crate::service::Shared;
use axum::Router;

/// The address at which tools are called over HTTP.
pub(crate) fn routes(_service: &Shared) -> Router<Shared> {
    Router::new()
}
