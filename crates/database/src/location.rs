//! Where state is kept.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where state is kept.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A file, made if it is not there.
    Sqlite(PathBuf),
    /// A server: `postgres://user:password@host/database`.
    Postgres(String),
}

impl Location {
    /// What `--database` names; `cordon.db` in the home folder if nothing is named.
    pub fn of(named: Option<&str>, home: &Path) -> Self {
        match named.map(str::trim).filter(|text| !text.is_empty()) {
            None => Self::Sqlite(home.join("cordon.db")),
            Some(text) if text.starts_with("postgres://") || text.starts_with("postgresql://") => {
                Self::Postgres(text.to_owned())
            }
            Some(text) => Self::Sqlite(text.strip_prefix("sqlite://").unwrap_or(text).into()),
        }
    }
}

/// Without the password.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(address) => {
                let rest = address
                    .rsplit_once('@')
                    .map_or_else(|| address.split_once("://").map_or("", |(_, rest)| rest), |(_, rest)| rest);
                // Parameters may hold a password too.
                write!(f, "postgres://{}", rest.split('?').next().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Location({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_shown_without_passwords() {
        for (named, shown) in [
            (None, "/h/cordon.db"),
            (Some(""), "/h/cordon.db"),
            (Some("/x/y.db"), "/x/y.db"),
            (Some("sqlite:///x/y.db"), "/x/y.db"),
            (
                Some("postgres://ana:s3@cret@db.example:5432/cordon?password=x"),
                "postgres://db.example:5432/cordon",
            ),
            (Some("postgresql://db/cordon"), "postgres://db/cordon"),
        ] {
            assert_eq!(Location::of(named, Path::new("/h")).to_string(), shown);
        }
    }
}
