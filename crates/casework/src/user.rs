//! Users and the one-time links by which they set a password.

use crate::password::PasswordHash;
use crate::scope::Role;
use crate::secret::{digest, hex};
use cordon_model::Digest;
use jiff::Timestamp;
use std::fmt;

/// Id of a user: 16 hexadecimal digits, never used again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(String);

impl UserId {
    pub(crate) fn of(random: &[u8; 16]) -> Self {
        Self(hex(&random[..8]))
    }

    /// The id as it was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Name a user logs in with: 1 to 100 letters a–z, digits and `.`, `-`, `_`, `@`, `+`. Capitals are read as small letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserName(String);

impl UserName {
    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, UserNameError> {
        let name = text.trim().to_ascii_lowercase();
        let known = |letter: char| letter.is_ascii_alphanumeric() || ".-_@+".contains(letter);
        match name.chars().find(|letter| !known(*letter)) {
            Some(letter) => Err(UserNameError::Letter(letter)),
            None if (1..=100).contains(&name.len()) => Ok(Self(name)),
            None => Err(UserNameError::Length(name.len())),
        }
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is not the name of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserNameError {
    /// It holds a letter that names do not.
    Letter(char),
    /// It is empty or too long.
    Length(usize),
}

impl fmt::Display for UserNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Letter(letter) => {
                write!(f, "a user's name holds letters a to z, digits and `. - _ @ +`, not {letter:?}")
            }
            Self::Length(length) => write!(f, "a user's name has 1 to 100 letters, not {length}"),
        }
    }
}

impl std::error::Error for UserNameError {}

/// Someone who can log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Name to log in with.
    pub name: UserName,
    /// What they are.
    pub role: Role,
    /// Their password's hash, once they have set one.
    pub password: Option<PasswordHash>,
    /// Whether they may not log in.
    pub disabled: bool,
    /// Who they are to an identity provider, `issuer subject`, if they log in through one.
    pub external: Option<String>,
    /// When they were added.
    pub created: Timestamp,
    /// Counts changes: a change of an older version is refused.
    pub version: i64,
}

/// A one-time link by which a user sets their password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// Digest of its token.
    pub token: Digest,
    /// Whose password it sets.
    pub user: UserId,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// When it was used.
    pub used: Option<Timestamp>,
}

/// The secret of a one-time link. Shown once, kept as a digest.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken(String);

impl LinkToken {
    pub(crate) fn of(random: [u8; 32]) -> Self {
        Self(hex(&random))
    }

    /// A token that was typed or followed.
    pub fn presented(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The token, to be shown once: the server makes `/welcome?token=…` of it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn digest(&self) -> Digest {
        digest("link", &self.0)
    }
}

impl fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (text, name) in [("Ana", "ana"), (" a.b-c_d@e.org ", "a.b-c_d@e.org")] {
            assert_eq!(UserName::parse(text).unwrap().as_str(), name);
        }
        for (text, error) in [
            ("", UserNameError::Length(0)),
            (&"a".repeat(101), UserNameError::Length(101)),
            ("a b", UserNameError::Letter(' ')),
            ("анна", UserNameError::Letter('а')),
            ("a<b", UserNameError::Letter('<')),
        ] {
            assert_eq!(UserName::parse(text), Err(error), "{text}");
        }
    }
}
