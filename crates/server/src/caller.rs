//! Who is asking: found out once for each request from its key or cookie.

use crate::error::{ApiError, Code, Outcome};
use crate::service::{Service, Shared};
use crate::settings::Access;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};
pub use cordon_casework::{Caller, Denied, Principal, Scope};
use cordon_casework::{CommandError, Occasion, Random};
use std::net::{IpAddr, SocketAddr};

/// Who asks this request, and from where.
#[derive(Debug, Clone)]
pub struct Asker {
    /// Who.
    pub caller: Caller,
    /// The address asked from, if over a network.
    pub origin: Option<IpAddr>,
    /// For a request that may change something: the token it sent in the header `x-csrf-token`. Cookies go along with
    /// requests that other sites make, tokens do not.
    change: Change,
}

/// Whether a request may change something, and the token it sent.
#[derive(Debug, Clone)]
enum Change {
    No,
    With(Option<String>),
}

/// The header that carries a session's token.
const CSRF: HeaderName = HeaderName::from_static("x-csrf-token");

impl Asker {
    /// One who asks from within the process.
    pub fn of(caller: Caller) -> Self {
        Self { caller, origin: None, change: Change::No }
    }

    /// An error unless it may do this. A session's change needs the token in a header; where a form carries it, ask the
    /// caller instead.
    pub fn need(&self, scope: Scope) -> Outcome<()> {
        self.caller.need(scope)?;
        match &self.change {
            Change::With(sent) => Ok(self.caller.check_csrf(sent.as_deref())?),
            Change::No => Ok(()),
        }
    }

    /// The circumstances for what is recorded.
    pub fn occasion(&self, service: &Service) -> Outcome<Occasion> {
        let mut bytes = [0; 64];
        getrandom::fill(&mut bytes).map_err(|error| ApiError::internal(error.to_string()))?;
        Ok(Occasion::new(service.now(), Random::new(bytes), self.caller.clone(), self.origin))
    }
}

impl From<Denied> for ApiError {
    fn from(denied: Denied) -> Self {
        let code = if denied == Denied::Unknown { Code::Unauthorised } else { Code::Forbidden };
        let message = match denied {
            Denied::Unknown => "log in, or send an API key as `Authorization: ApiKey …`".to_owned(),
            other => other.to_string(),
        };
        Self::new(code, message)
    }
}

impl From<CommandError> for ApiError {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Denied(denied) => denied.into(),
            CommandError::NotFound { .. } => Self::new(Code::NotFound, error.to_string()),
            CommandError::State(why) => Self::new(Code::Conflict, why),
            CommandError::Invalid { field, why } => Self::bad(field, why),
            CommandError::Store(error) => error.into(),
        }
    }
}

impl From<cordon_casework::StoreError> for ApiError {
    fn from(error: cordon_casework::StoreError) -> Self {
        match error {
            cordon_casework::StoreError::Conflict => Self::new(Code::Conflict, error.to_string()),
            other => {
                let source = std::error::Error::source(&other).map(ToString::to_string).unwrap_or_default();
                Self::internal(format!("{other}: {source}"))
            }
        }
    }
}

/// Who sends this request. A key goes before a cookie; a key that opens nothing is nobody, whatever else is sent.
pub(crate) async fn asker(service: &Shared, request: &Parts) -> Outcome<Asker> {
    let peer = request.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let caller = match (&service.accounts, service.settings.access) {
        (_, Access::Open) => Caller::local(),
        (None, Access::Guarded) => Caller::nobody(),
        (Some(accounts), Access::Guarded) => {
            let text = |name| header_text(&request.headers, name);
            match (text(header::AUTHORIZATION), text(header::COOKIE)) {
                (Some(key), _) => accounts.caller_of_key(service.now(), key).await?,
                (None, Some(cookies)) => accounts.caller_of_cookie(service.now(), cookies).await?,
                (None, None) => Caller::nobody(),
            }
        }
    };
    let sent = || header_text(&request.headers, CSRF).map(str::to_owned);
    let change = if request.method.is_safe() { Change::No } else { Change::With(sent()) };
    Ok(Asker { caller, origin: peer, change })
}

fn header_text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

impl<S: Sync> FromRequestParts<S> for Asker {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Outcome<Self> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Denied::Unknown.into())
    }
}
