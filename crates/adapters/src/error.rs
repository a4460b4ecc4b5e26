//! What can go wrong in the home folder and in an update, in words for an operator.

use crate::FetchError;
use cordon_lists::ListError;
use cordon_matching::SegmentError;
use cordon_model::SnapshotId;
use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why the home folder could not be read or written.
#[derive(Debug)]
pub enum StoreError {
    /// The system refused an operation; the source says why (no space left, permission denied).
    Io {
        /// What was tried: `write`, `read`, `lock`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// A file was written by a newer version of the engine.
    Version {
        /// The file.
        path: PathBuf,
        /// Version of its form.
        found: u32,
        /// Greatest version this engine reads.
        known: u32,
    },
    /// A file does not hold what it must.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Another process is writing to the home folder.
    Busy {
        /// The lock file.
        path: PathBuf,
        /// How long we waited.
        waited: Duration,
    },
    /// A list id that is not made of lower case letters, digits and `_`, or is longer than 100 characters.
    ListId {
        /// The id given.
        id: String,
    },
    /// No snapshot of the list was ever accepted, or none by the day asked for.
    NothingInForce {
        /// The list.
        list: String,
        /// ` on 2024-01-08`, or nothing.
        when: String,
    },
    /// No snapshot id of the list begins like this.
    NoSnapshot {
        /// The list.
        list: String,
        /// What was asked for.
        wanted: String,
    },
    /// Several snapshot ids of the list begin like this.
    Ambiguous {
        /// The list.
        list: String,
        /// What was asked for.
        wanted: String,
        /// The ids it could mean.
        found: Vec<SnapshotId>,
    },
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { action, path, .. } => write!(f, "cannot {action} `{}`", path.display()),
            Self::Version { path, found, known } => write!(
                f,
                "`{}` has form {found}, this version reads up to {known}: use a newer cordon",
                path.display()
            ),
            Self::Damaged { path, reason } => {
                write!(f, "`{}` is damaged ({reason}): update the list again", path.display())
            }
            Self::Busy { path, waited } => write!(
                f,
                "another process is updating this home folder (`{}` is locked, waited {} s)",
                path.display(),
                waited.as_secs()
            ),
            Self::ListId { id } => write!(
                f,
                "`{id}` is not a list id: use lower case letters, digits and `_`, at most 100 characters"
            ),
            Self::NothingInForce { list, when } => {
                write!(f, "no snapshot of `{list}` is in force{when}")
            }
            Self::NoSnapshot { list, wanted } => write!(
                f,
                "no snapshot of `{list}` begins with `{wanted}`: give a date (2026-02-27) or the start of an id"
            ),
            Self::Ambiguous { list, wanted, found } => {
                write!(f, "`{wanted}` could be several snapshots of `{list}`:")?;
                found.iter().try_for_each(|id| write!(f, " {id}"))
            }
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl StoreError {
    /// Whether the home folder does not let us write: it is read-only, or another process is writing.
    pub(crate) fn forbids_writing(&self) -> bool {
        match self {
            Self::Busy { .. } => true,
            Self::Io { action, source, .. } => {
                *action != "read"
                    && matches!(
                        source.kind(),
                        io::ErrorKind::PermissionDenied
                            | io::ErrorKind::ReadOnlyFilesystem
                            | io::ErrorKind::StorageFull
                            | io::ErrorKind::QuotaExceeded
                            | io::ErrorKind::Unsupported
                    )
            }
            _ => false,
        }
    }
}

/// Names the operation and the path of a system error.
pub(crate) trait At<T> {
    /// The same result, its error told as `cannot {action} {path}`.
    fn at(self, action: &'static str, path: &Path) -> Result<T, StoreError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, action: &'static str, path: &Path) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Io { action, path: path.to_owned(), source })
    }
}

/// An error and its sources on one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        line.push_str(": ");
        line.push_str(&source.to_string());
        next = source.source();
    }
    line
}

/// Why a new version of a list was not taken, although its bytes were there.
#[derive(Debug)]
pub enum Refusal {
    /// The bytes are not a whole file of the format.
    Unreadable(ListError),
    /// It was read, and it breaks a rule every new version must keep.
    Guard {
        /// The files it was read from.
        files: String,
        /// The rule and what was found.
        reason: String,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => f.write_str(&chain(error)),
            Self::Guard { files, reason } => write!(f, "{files}: {reason}"),
        }
    }
}

/// Why a new version of a list could not be had or kept.
#[derive(Debug)]
pub enum Failure {
    /// It could not be fetched.
    Fetch(FetchError),
    /// The file or folder given could not be read.
    Given {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        source: io::Error,
    },
    /// The home folder could not be read or written.
    Store(StoreError),
    /// The list has no address to fetch it from.
    NoAddress,
    /// The compiled index does not open: a fault of the engine.
    Segment(SegmentError),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetch(error) => f.write_str(&chain(error)),
            Self::Given { path, source } => write!(f, "cannot read `{}`: {source}", path.display()),
            Self::Store(error) => f.write_str(&chain(error)),
            Self::NoAddress => f.write_str("no address to fetch this list from is known, give a file"),
            Self::Segment(error) => f.write_str(&chain(error)),
        }
    }
}

/// Why an update did not happen.
#[derive(Debug)]
pub enum Reason {
    /// The new version was looked at and not taken.
    Refused(Refusal),
    /// There was nothing to look at, or it could not be kept.
    Failed(Failure),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Failed(failure) => failure.fmt(f),
        }
    }
}

impl From<ListError> for Reason {
    fn from(error: ListError) -> Self {
        Self::Refused(Refusal::Unreadable(error))
    }
}

impl From<StoreError> for Reason {
    fn from(error: StoreError) -> Self {
        Self::Failed(Failure::Store(error))
    }
}

impl From<FetchError> for Reason {
    fn from(error: FetchError) -> Self {
        Self::Failed(Failure::Fetch(error))
    }
}

impl From<SegmentError> for Reason {
    fn from(error: SegmentError) -> Self {
        Self::Failed(Failure::Segment(error))
    }
}

/// What answers rest on after an update that did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stays {
    /// This snapshot, with so many entities.
    Snapshot(SnapshotId, usize),
    /// Nothing: the list was never loaded.
    Nothing,
    /// What was in force before, which could not be read now.
    Unknown,
}

impl fmt::Display for Stays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Snapshot(id, 1) => write!(f, "snapshot {id} with 1 entity stays in force"),
            Self::Snapshot(id, entities) => {
                write!(f, "snapshot {id} with {entities} entities stays in force")
            }
            Self::Nothing => f.write_str("nothing is in force"),
            Self::Unknown => f.write_str("what is in force was left alone"),
        }
    }
}

/// An update that did not happen. Its text is one complete line: list, file, reason, what stays in force; the parts
/// are its fields, so [`Error::source`] has nothing to add.
#[derive(Debug)]
pub struct UpdateError {
    /// The list's id.
    pub list: String,
    /// Why.
    pub reason: Box<Reason>,
    /// What answers rest on now.
    pub stays: Stays,
}

impl UpdateError {
    /// Whether a new version was looked at and not taken, rather than not to be had.
    pub fn is_refused(&self) -> bool {
        matches!(*self.reason, Reason::Refused(_))
    }
}

impl fmt::Display for UpdateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.list, self.reason, self.stays)
    }
}

impl Error for UpdateError {}
