//! Parameters, paths and bodies, with errors in the service's own form.

use crate::error::{ApiError, Code, Outcome};
use crate::settings::Settings;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use bytes::Bytes;
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use std::io;
use tokio::io::AsyncRead;
use tokio_util::io::{StreamReader, SyncIoBridge};

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

/// A body as a reader for a thread that may block; it ends with an error when it is too long or its client too slow.
pub(crate) fn stream(
    body: axum::body::Body,
    settings: &Settings,
) -> SyncIoBridge<impl AsyncRead + Unpin + use<>> {
    let (most, within) = (settings.most_stream, settings.head_within);
    let parts = futures_util::stream::unfold(Some((body.into_data_stream(), 0)), move |state| async move {
        let (mut body, read) = state?;
        let part = match tokio::time::timeout(within, body.next()).await {
            Ok(part) => part?.map_err(io::Error::other),
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "the body stopped coming")),
        };
        let read = read + part.as_ref().map_or(0, |part: &Bytes| part.len() as u64);
        if read > most {
            let error = io::Error::other(format!("the body is longer than {most} bytes"));
            return Some((Err(error), None));
        }
        let rest = part.is_ok().then_some((body, read));
        Some((part, rest))
    });
    SyncIoBridge::new(StreamReader::new(Box::pin(parts)))
}
