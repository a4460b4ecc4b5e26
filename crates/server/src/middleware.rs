//! What every request goes through: an id, a span, a count, a caller, limits, and panics caught.

use crate::caller::Caller;
use crate::error::{ApiError, Code};
use crate::service::Shared;
use crate::settings::Access;
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument as _;

/// The header that carries a request's id, in and out.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longest id a client may give its request.
const LONGEST_ID: usize = 100;

/// Puts all of it around the routes; the last one added is the first a request meets.
pub(crate) fn wrap(routes: Router<Shared>, service: &Shared) -> Router<Shared> {
    let settings = &service.settings;
    let rate = settings.most_rate.map(|most| Arc::new(RateLimiter::keyed(Quota::per_second(most))));
    routes
        .layer(DefaultBodyLimit::max(settings.most_body))
        .layer(from_fn(move |request, next| limited(rate.clone(), request, next)))
        .layer(from_fn_with_state(Arc::clone(service), known))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(service), told))
}

/// Gives the request an id, and logs and counts how it was answered: by the route's pattern, never by what was asked.
async fn told(State(service): State<Shared>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = request_id(&request, &service);
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let span =
        tracing::info_span!("request", id = id.to_str().unwrap_or_default(), method = method.as_str(), route);
    let flight = Flight::of(&service);
    let mut response = next.run(request).instrument(span.clone()).await;
    drop(flight);
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    service.metrics.answered(method.as_str(), &route, status, took);
    span.in_scope(|| tracing::info!(status, micros = took.as_micros() as u64, "answered"));
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Counts a request as being answered until it is dropped, also by a client that goes away.
struct Flight(Shared);

impl Flight {
    fn of(service: &Shared) -> Self {
        service.metrics.begun();
        Self(Arc::clone(service))
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.0.metrics.ended();
    }
}

/// The client's own id if it is fit to be logged and given back, else a new one: the time and a number.
fn request_id(request: &Request, service: &Shared) -> HeaderValue {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let fit = |id: &&HeaderValue| {
        let fine = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
        !id.is_empty() && id.len() <= LONGEST_ID && id.as_bytes().iter().all(fine)
    };
    let own = || {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let text = format!("{:x}-{number:x}", service.now().as_microsecond());
        HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("0"))
    };
    request.headers().get(REQUEST_ID).filter(fit).cloned().unwrap_or_else(own)
}

/// Finds out who is asking.
async fn known(State(service): State<Shared>, mut request: Request, next: Next) -> Response {
    if service.settings.access == Access::Open {
        request.extensions_mut().insert(Caller::Local);
    }
    next.run(request).await
}

type Rate = Option<Arc<DefaultKeyedRateLimiter<String>>>;

/// Refuses a caller who asks too often.
async fn limited(rate: Rate, request: Request, next: Next) -> Response {
    if let (Some(rate), Some(caller)) = (&rate, request.extensions().get::<Caller>())
        && rate.check_key(&caller.name()).is_err()
    {
        let message = "more requests a second than this caller may send; wait and try again";
        return ApiError::new(Code::TooMany, message).into_response();
    }
    next.run(request).await
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap_or_default();
    ApiError::internal(format!("a handler panicked: {text}")).into_response()
}
