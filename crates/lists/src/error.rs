//! Why bytes are not a version of a list.

use std::fmt;

/// Why a file, as a whole, cannot be read as a list. Bad records are issues, not errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListError {
    /// No bytes at all.
    Empty {
        /// Name of the file.
        file: String,
    },
    /// The bytes are something else.
    NotThisFormat {
        /// Name of the file.
        file: String,
        /// What was expected: `UN consolidated XML`.
        expected: String,
        /// What the bytes look like: `an HTML page`, `a JSON error message`.
        found: String,
    },
    /// The file ends before its end.
    CutOff {
        /// Name of the file.
        file: String,
        /// Where it stops: `inside INDIVIDUAL 6908048`, `line 1034`.
        at: String,
    },
    /// The file breaks the rules of its container format (XML, CSV, JSON) and cannot be read to the end.
    Malformed {
        /// Name of the file.
        file: String,
        /// Line or byte.
        at: String,
        /// The reader's complaint.
        reason: String,
    },
    /// The list is published in several files and one is not there.
    MissingFile {
        /// The missing file's usual name.
        file: String,
        /// The files that are there.
        given: String,
    },
    /// Nothing we know reads this.
    UnknownFormat {
        /// Name of the file.
        file: String,
        /// What the bytes look like.
        found: String,
    },
    /// An archive is broken, or unpacks to more than it may.
    Archive {
        /// Name of the file.
        file: String,
        /// What is wrong.
        reason: String,
    },
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { file } => write!(f, "{file}: the file is empty"),
            Self::NotThisFormat { file, expected, found } => {
                write!(f, "{file}: expected {expected}, found {found}")
            }
            Self::CutOff { file, at } => write!(f, "{file}: the file is cut off ({at})"),
            Self::Malformed { file, at, reason } => write!(f, "{file}: {at}: {reason}"),
            Self::MissingFile { file, given } => write!(f, "{file} is missing beside {given}"),
            Self::UnknownFormat { file, found } => {
                write!(f, "{file}: not in a format we read, found {found}")
            }
            Self::Archive { file, reason } => write!(f, "{file}: {reason}"),
        }
    }
}

impl std::error::Error for ListError {}
