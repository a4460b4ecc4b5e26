//! What pages load: built into the program, kept by browsers for a year under an address that changes with it.

use super::guard::Trouble;
use crate::error::{ApiError, Code};
use crate::service::Shared;
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use cordon_model::Digest;
use std::sync::LazyLock;

/// Name, kind and bytes.
const ASSETS: [(&str, &str, &[u8]); 4] = [
    ("style.css", "text/css; charset=utf-8", include_bytes!("../../assets/style.css")),
    ("htmx.js", "text/javascript; charset=utf-8", include_bytes!("../../assets/htmx.js")),
    ("keys.js", "text/javascript; charset=utf-8", include_bytes!("../../assets/keys.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("../../assets/icon.svg")),
];

/// What stands in addresses of assets, so that new ones are fetched.
pub(super) static EDITION: LazyLock<String> = LazyLock::new(|| {
    let all: Vec<u8> = ASSETS.iter().flat_map(|asset| asset.2.iter().copied()).collect();
    Digest::of(&all).short().to_owned()
});

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/ui/assets/{edition}/{name}", get(asset))
}

async fn asset(Path((_, name)): Path<(String, String)>) -> Response {
    match ASSETS.iter().find(|asset| asset.0 == name) {
        Some((_, kind, bytes)) => {
            let kept = "public, max-age=31536000, immutable";
            ([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, kept)], *bytes).into_response()
        }
        None => Trouble(ApiError::new(Code::NotFound, "there is no such file")).into_response(),
    }
}
