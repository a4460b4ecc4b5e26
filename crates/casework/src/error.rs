//! What can go wrong.

use crate::caller::Denied;
use crate::password::PasswordError;
use crate::user::UserNameError;
use std::error::Error;
use std::fmt;

/// Why the store did not answer.
#[derive(Debug)]
pub enum StoreError {
    /// Someone else changed the same thing first. Nothing was stored; read again and decide again.
    Conflict,
    /// What is stored cannot be read.
    Unreadable {
        /// What it is.
        what: String,
        /// What is wrong with it.
        why: String,
    },
    /// The database failed. What it said may hold secrets of the house: it goes to the log, not to callers.
    Failed {
        /// What was being done.
        doing: &'static str,
        /// What it said.
        source: Box<dyn Error + Send + Sync>,
    },
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict => f.write_str("changed by someone else at the same time: try again"),
            Self::Unreadable { what, why } => write!(f, "cannot read {what} from the database: {why}"),
            Self::Failed { doing, .. } => write!(f, "the database failed to {doing}"),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed { source, .. } => Some(source.as_ref()),
            Self::Conflict | Self::Unreadable { .. } => None,
        }
    }
}

/// Why something asked for was not done.
#[derive(Debug)]
pub enum CommandError {
    /// The caller may not.
    Denied(Denied),
    /// There is no such thing.
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// By which name.
        name: String,
    },
    /// It is not in a state in which that can be done.
    State(String),
    /// A field is wrong.
    Invalid {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// The store did not answer.
    Store(StoreError),
}

impl CommandError {
    pub(crate) fn not_found(what: &'static str, name: impl fmt::Display) -> Self {
        Self::NotFound { what, name: name.to_string() }
    }

    pub(crate) fn invalid(field: &'static str, why: impl fmt::Display) -> Self {
        Self::Invalid { field, why: why.to_string() }
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied(denied) => denied.fmt(f),
            Self::NotFound { what, name } => write!(f, "no {what} is called `{name}`"),
            Self::State(why) => f.write_str(why),
            Self::Invalid { field, why } => write!(f, "{field}: {why}"),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl Error for CommandError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Store(error) => error.source(),
            _ => None,
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Denied> for CommandError {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<UserNameError> for CommandError {
    fn from(error: UserNameError) -> Self {
        Self::invalid("name", error)
    }
}

impl From<PasswordError> for CommandError {
    fn from(error: PasswordError) -> Self {
        Self::invalid("password", error)
    }
}
