//! A service over the built-in list, asked without a socket.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use cordon_server::{Access, Kept, MemoryLibrary, Service, Settings, Shared};
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use serde_json::Value;
use std::sync::Arc;
use tower::ServiceExt as _;

/// The time at which every test happens: 2026-03-01.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(1_772_323_200).unwrap()
}

pub(crate) fn settings() -> Settings {
    Settings { access: Access::Open, ..Settings::default() }
}

pub(crate) fn service_of(library: MemoryLibrary, settings: Settings) -> Shared {
    Service::open(Arc::new(library), settings, now, Kept::default()).unwrap()
}

/// The service over the built-in list.
pub(crate) fn starter() -> Router {
    let library = MemoryLibrary::default();
    library.put(cordon_lists::starter().unwrap(), Some(now())).unwrap();
    cordon_server::router(&service_of(library, settings()))
}

pub(crate) async fn ask(app: &Router, request: Request<Body>) -> Response<Body> {
    app.clone().oneshot(request).await.unwrap()
}

pub(crate) async fn bytes(response: Response<Body>) -> Vec<u8> {
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

pub(crate) async fn json(response: Response<Body>) -> Value {
    let bytes = bytes(response).await;
    serde_json::from_slice(&bytes)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&bytes)))
}

/// Status and JSON of a GET.
pub(crate) async fn get(app: &Router, path: &str) -> (StatusCode, Value) {
    let response = ask(app, Request::get(path).body(Body::empty()).unwrap()).await;
    (response.status(), json(response).await)
}

/// Status and JSON of a POST of JSON.
pub(crate) async fn post(app: &Router, path: &str, body: impl Into<Body>) -> (StatusCode, Value) {
    let request = Request::post(path).header("content-type", "application/json").body(body.into()).unwrap();
    let response = ask(app, request).await;
    (response.status(), json(response).await)
}
