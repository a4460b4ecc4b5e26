//! What can go wrong.

use cordon_casework::StoreError;
use std::fmt;
use std::path::PathBuf;

/// Why state could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The database could not be reached, or not be brought up to date.
    Database {
        /// Where it is, without the password.
        place: String,
        /// What was being done.
        doing: &'static str,
        /// What it said.
        source: sqlx::Error,
    },
    /// A key file cannot be read, written or understood.
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The operating system gave no randomness.
    Chance(String),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database { place, doing, .. } => write!(f, "cannot {doing} the database `{place}`"),
            Self::Key { path, why } => write!(f, "`{}`: {why}", path.display()),
            Self::Chance(why) => write!(f, "the operating system gives no randomness: {why}"),
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database { source, .. } => Some(source),
            Self::Key { .. } | Self::Chance(_) => None,
        }
    }
}

/// A failure of the database while doing something.
pub(crate) fn failed(doing: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |source| StoreError::Failed { doing, source: Box::new(source) }
}
