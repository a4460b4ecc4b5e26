//! Parameters, paths and bodies, with errors in the service's own form.

use crate::error::{ApiError, Code, Outcome};
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use bytes::Bytes;
use serde::de::DeserializeOwned;

/// The parameters after `?`.
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Outcome<Self> {
        let read = Query::<T>::from_request_parts(parts, state).await;
        let Query(value) = read.map_err(|error: QueryRejection| {
            let text = error.body_text();
            let reason = text.rsplit_once("string: ").map_or(text.as_str(), |(_, reason)| reason);
            let field = reason.split_once(": ").map_or("query", |(field, _)| field).to_owned();
            ApiError::new(Code::Malformed, reason).field(&format!("query.{field}"))
        })?;
        Ok(Self(value))
    }
}

/// A body read whole, up to the limit set.
pub(crate) struct Body(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Outcome<Self> {
        Bytes::from_request(request, state).await.map(Self).map_err(|error: BytesRejection| unread(&error))
    }
}

fn unread(error: &BytesRejection) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return ApiError::new(Code::TooLarge, "the body is longer than this address takes").field("body");
    }
    ApiError::new(Code::BadRequest, "the body could not be read to its end").field("body")
}

impl Body {
    /// The body as JSON; an error says where it goes wrong.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Outcome<T> {
        serde_json::from_slice(&self.0).map_err(|error| {
            ApiError::new(Code::Malformed, format!("not the JSON expected: {error}")).field("body")
        })
    }
}

/// A part of the path.
pub(crate) struct Place<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Place<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Outcome<Self> {
        let read = Path::<T>::from_request_parts(parts, state).await;
        let Path(place) = read.map_err(|error| {
            ApiError::new(Code::BadRequest, format!("the address cannot be read: {}", error.body_text()))
                .field("path")
        })?;
        Ok(Self(place))
    }
}
