//! Why a request is not answered: one table from code to status, and the one form of its body.
//!
//! The public half names the field and the limit; the private half goes to the log, once.

use crate::library::LibraryError;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};

/// What kind of error it is; the word is stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// A parameter or field is wrong.
    BadRequest,
    /// The body is not what this address takes.
    Malformed,
    /// Nobody is known by the key or session shown, or none is shown.
    Unauthorised,
    /// The caller is known and may not do this.
    Forbidden,
    /// There is nothing of that name.
    NotFound,
    /// The address does not take this method.
    Method,
    /// The state it is in does not allow it.
    Conflict,
    /// The body is too large.
    TooLarge,
    /// The body is of a kind this address does not take.
    MediaType,
    /// Too many requests of one caller.
    TooMany,
    /// The service failed.
    Internal,
    /// It cannot answer now.
    Busy,
    /// It took too long.
    TimedOut,
}

impl Code {
    const TABLE: [(Self, &'static str, StatusCode); 13] = [
        (Self::BadRequest, "bad_request", StatusCode::BAD_REQUEST),
        (Self::Malformed, "malformed", StatusCode::UNPROCESSABLE_ENTITY),
        (Self::Unauthorised, "unauthorised", StatusCode::UNAUTHORIZED),
        (Self::Forbidden, "forbidden", StatusCode::FORBIDDEN),
        (Self::NotFound, "not_found", StatusCode::NOT_FOUND),
        (Self::Method, "method_not_allowed", StatusCode::METHOD_NOT_ALLOWED),
        (Self::Conflict, "conflict", StatusCode::CONFLICT),
        (Self::TooLarge, "too_large", StatusCode::PAYLOAD_TOO_LARGE),
        (Self::MediaType, "unsupported_media_type", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (Self::TooMany, "too_many_requests", StatusCode::TOO_MANY_REQUESTS),
        (Self::Internal, "internal", StatusCode::INTERNAL_SERVER_ERROR),
        (Self::Busy, "busy", StatusCode::SERVICE_UNAVAILABLE),
        (Self::TimedOut, "timed_out", StatusCode::GATEWAY_TIMEOUT),
    ];

    /// The word in answers.
    pub fn word(self) -> &'static str {
        Self::TABLE[self as usize].1
    }

    /// The HTTP status.
    pub fn status(self) -> StatusCode {
        Self::TABLE[self as usize].2
    }
}

/// Why a request is not answered.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    code: Code,
    message: String,
    field: Option<String>,
    limit: Option<u64>,
    private: Option<String>,
}

/// The result of all that can fail while answering.
pub type Outcome<T> = Result<T, ApiError>;

/// The body of an error.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct ErrorBody {
    /// What is wrong, in words; for `malformed` a list of places with their messages.
    #[schema(value_type = Object)]
    detail: Value,
    /// The kind of error, a stable word.
    #[schema(example = "bad_request")]
    code: &'static str,
    /// The field or parameter it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// The limit that was passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

impl ApiError {
    /// An error in words: lower case start, no full stop.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, limit: None, private: None }
    }

    /// A wrong parameter or field.
    pub fn bad(field: &str, message: impl Into<String>) -> Self {
        Self::new(Code::BadRequest, message).field(field)
    }

    /// A failure whose reason is for the operator alone.
    pub fn internal(reason: impl Into<String>) -> Self {
        let message = "the service failed; its log says why, under the request id of this answer";
        Self { private: Some(reason.into()), ..Self::new(Code::Internal, message) }
    }

    /// The same about a field.
    #[must_use]
    pub fn field(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// The same with the limit that was passed.
    #[must_use]
    pub fn limit(mut self, limit: u64) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Its kind.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The public half.
    pub fn message(&self) -> &str {
        &self.message
    }

    fn body(self) -> ErrorBody {
        let detail = if self.code == Code::Malformed {
            let place = self.field.as_deref().unwrap_or("body").split('.').collect::<Vec<_>>();
            json!([{"loc": place, "msg": self.message, "type": "value_error"}])
        } else {
            Value::String(self.message)
        };
        ErrorBody { detail, code: self.code.word(), field: self.field, limit: self.limit }
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.private {
            Some(private) => write!(f, "{}: {private}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for ApiError {}

impl From<LibraryError> for ApiError {
    fn from(error: LibraryError) -> Self {
        match error {
            LibraryError::NotFound(message) => Self::new(Code::NotFound, message),
            LibraryError::Failed(reason) => Self::internal(reason),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Some(private) = &self.private {
            tracing::error!(code = self.code.word(), reason = private, "request failed");
        }
        let status = self.code.status();
        let mut response = (status, Json(self.body())).into_response();
        match status {
            StatusCode::UNAUTHORIZED => {
                let realm = axum::http::HeaderValue::from_static("ApiKey realm=\"cordon\"");
                response.headers_mut().insert(axum::http::header::WWW_AUTHENTICATE, realm);
            }
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                let soon = axum::http::HeaderValue::from_static("1");
                response.headers_mut().insert(axum::http::header::RETRY_AFTER, soon);
            }
            _ => {}
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_codes() {
        for (index, row) in Code::TABLE.iter().enumerate() {
            assert_eq!(row.0 as usize, index, "{}", row.1);
        }
    }

    #[test]
    fn bodies_name_field_and_limit_and_hide_the_private_half() {
        let error = ApiError::bad("queries", "at most 100 queries").limit(100);
        assert_eq!(
            serde_json::to_value(error.body()).unwrap(),
            json!({"detail": "at most 100 queries", "code": "bad_request", "field": "queries", "limit": 100})
        );
        let error = ApiError::new(Code::Malformed, "expected a list").field("body.queries");
        let body = serde_json::to_value(error.body()).unwrap();
        assert_eq!(body["detail"][0]["loc"], json!(["body", "queries"]));
        let text = serde_json::to_string(&ApiError::internal("disk `/x` is full").body()).unwrap();
        assert!(!text.contains("disk"), "{text}");
    }
}
