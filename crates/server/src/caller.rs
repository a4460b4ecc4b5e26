//! Who is asking, and what they may do.

use crate::error::{ApiError, Code, Outcome};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// What a caller may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// See lists, entities, changes.
    Read,
    /// Screen.
    Screen,
    /// Administer users, keys and lists.
    Administer,
}

impl Right {
    /// The word in messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Screen => "screen",
            Self::Administer => "administer",
        }
    }
}

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Anyone on this machine, where the service is open.
    Local,
    /// A program with an API key.
    Key {
        /// The key's public id.
        id: String,
        /// What it may do.
        rights: Vec<Right>,
    },
    /// A person with a session.
    User {
        /// The user's id.
        id: String,
        /// What they may do.
        rights: Vec<Right>,
    },
}

impl Caller {
    /// The name under which it is counted and recorded.
    pub fn name(&self) -> String {
        match self {
            Self::Local => "local".to_owned(),
            Self::Key { id, .. } => format!("key:{id}"),
            Self::User { id, .. } => format!("user:{id}"),
        }
    }

    /// Whether it may do this.
    pub fn may(&self, right: Right) -> bool {
        match self {
            Self::Local => true,
            Self::Key { rights, .. } | Self::User { rights, .. } => rights.contains(&right),
        }
    }

    /// An error unless it may do this.
    pub fn need(&self, right: Right) -> Outcome<()> {
        if self.may(right) {
            return Ok(());
        }
        Err(ApiError::new(Code::Forbidden, format!("this key or user may not {}", right.word())))
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Outcome<Self> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            ApiError::new(Code::Unauthorised, "no key was shown: send `Authorization: ApiKey …` or log in")
        })
    }
}
