//! What every request goes through: an id, a span, a count, a caller, limits, and panics caught.

use crate::caller::{Asker, Principal, asker};
use crate::error::{ApiError, Code};
use crate::service::Shared;
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::any::Any;
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
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
    routes
        .layer(DefaultBodyLimit::max(settings.most_body))
        .layer(from_fn_with_state(Arc::clone(service), in_time))
        .layer(from_fn_with_state(Rates::new(settings.most_rate), limited))
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
async fn known(State(service): State<Shared>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match asker(&service, &parts).await {
        Ok(asker) => {
            parts.extensions.insert(asker);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(error) => error.into_response(),
    }
}

/// Routes that take or give streams, whose parts have time limits of their own.
const STREAMED: [&str; 3] = ["/screen", "/ui/batch", "/mcp"];

/// Gives up a request that is not answered in time: also one whose client is slow to send it.
async fn in_time(State(service): State<Shared>, request: Request, next: Next) -> Response {
    let streamed =
        request.extensions().get::<MatchedPath>().is_some_and(|route| STREAMED.contains(&route.as_str()));
    if streamed {
        return next.run(request).await;
    }
    let within = service.settings.answer_within;
    tokio::time::timeout(within, next.run(request)).await.unwrap_or_else(|_| {
        let message = format!("not answered within {} seconds; ask for less at a time", within.as_secs());
        ApiError::new(Code::TimedOut, message).limit(within.as_secs()).into_response()
    })
}

/// Refuses a caller who asks too often: more than their key allows, or than anyone may.
async fn limited(State(rates): State<Arc<Rates>>, request: Request, next: Next) -> Response {
    if let Some(asker) = request.extensions().get::<Asker>()
        && !rates.allow(asker)
    {
        let message = "more requests a second than this caller may send; wait and try again";
        return ApiError::new(Code::TooMany, message).into_response();
    }
    next.run(request).await
}

type Rate = DefaultKeyedRateLimiter<String>;

/// One limiter for each rate there is.
struct Rates {
    most: Option<NonZeroU32>,
    limiters: Mutex<BTreeMap<NonZeroU32, Arc<Rate>>>,
}

impl Rates {
    fn new(most: Option<NonZeroU32>) -> Arc<Self> {
        Arc::new(Self { most, limiters: Mutex::default() })
    }

    fn allow(&self, asker: &Asker) -> bool {
        let Some(rate) = asker.caller.rate_limit.into_iter().chain(self.most).min() else { return true };
        let limiter = {
            let mut limiters = self.limiters.lock().unwrap_or_else(PoisonError::into_inner);
            let new = || Arc::new(RateLimiter::keyed(Quota::per_second(rate)));
            Arc::clone(limiters.entry(rate).or_insert_with(new))
        };
        let who = match (&asker.caller.principal, asker.origin) {
            (Principal::Nobody, Some(address)) => address.to_string(),
            (principal, _) => principal.to_string(),
        };
        limiter.check_key(&who).is_ok()
    }
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
