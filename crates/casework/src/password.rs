//! Passwords and their hashes (Argon2id; cost as OWASP's password storage sheet asks: 19 MiB, two passes, one lane).

use crate::ports::Boxed;
use argon2::Argon2;
use argon2::password_hash::phc;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use std::fmt;

/// Least letters of a password, as NIST SP 800-63B-4 asks where it stands alone.
const LEAST: usize = 15;
/// Most bytes, so that hashing stays bounded.
const MOST: usize = 1024;

/// A password as typed. Never shown.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// A password typed to log in: anything, cut at the longest there can be.
    pub fn typed(text: &str) -> Self {
        Self(text.chars().take(MOST + 1).collect())
    }

    /// A new password.
    pub fn new(text: &str) -> Result<Self, PasswordError> {
        let letters = text.chars().count();
        if letters < LEAST {
            return Err(PasswordError::Short(letters));
        }
        if text.len() > MOST {
            return Err(PasswordError::Long(text.len()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Why a new password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordError {
    /// Too few letters.
    Short(usize),
    /// Too many bytes.
    Long(usize),
}

impl fmt::Display for PasswordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short(letters) => write!(f, "a password needs at least {LEAST} letters, not {letters}"),
            Self::Long(bytes) => write!(f, "a password has at most {MOST} bytes, not {bytes}"),
        }
    }
}

impl std::error::Error for PasswordError {}

/// Hash of a password with its salt and cost, in the PHC string format.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// The hash as it was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// Hashes a password; takes tens of milliseconds and 19 MiB.
    pub fn of(password: &Password, salt: [u8; 16]) -> Self {
        let hash: Result<phc::PasswordHash, _> =
            Argon2::default().hash_password_with_salt(password.0.as_bytes(), &salt);
        // Salt and cost are fixed and within bounds; an empty hash opens nothing.
        Self(hash.map(|hash| hash.to_string()).unwrap_or_default())
    }

    /// Whether it is this password's; takes as long as hashing.
    pub fn is_of(&self, password: &Password) -> bool {
        Argon2::default().verify_password(password.0.as_bytes(), self.0.as_str()).is_ok()
    }

    /// The text to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// Where the slow work of hashing is done, so that it does not hold up other requests.
pub trait Passwords: Send + Sync {
    /// [`PasswordHash::of`].
    fn hash(&self, password: Password, salt: [u8; 16]) -> Boxed<'_, PasswordHash>;

    /// [`PasswordHash::is_of`].
    fn check(&self, password: Password, hash: PasswordHash) -> Boxed<'_, bool>;
}

/// Hashes on the spot: for tests and for commands that do nothing else.
#[derive(Debug, Clone, Copy, Default)]
pub struct InPlace;

impl Passwords for InPlace {
    fn hash(&self, password: Password, salt: [u8; 16]) -> Boxed<'_, PasswordHash> {
        Box::pin(async move { PasswordHash::of(&password, salt) })
    }

    fn check(&self, password: Password, hash: PasswordHash) -> Boxed<'_, bool> {
        Box::pin(async move { hash.is_of(&password) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        for (text, taken) in [
            ("", Err(PasswordError::Short(0))),
            ("fourteen chars", Err(PasswordError::Short(14))),
            ("fifteen letters", Ok(())),
            ("ääääääääääääääää", Ok(())),
        ] {
            assert_eq!(Password::new(text).map(|_| ()), taken, "{text}");
        }
        assert!(matches!(Password::new(&"x".repeat(1025)), Err(PasswordError::Long(1025))));
    }

    #[test]
    fn a_hash_knows_its_password() {
        let hash = PasswordHash::of(&Password::typed("correct horse battery"), [9; 16]);
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.as_str());
        assert!(hash.is_of(&Password::typed("correct horse battery")));
        assert!(!hash.is_of(&Password::typed("correct horse batterY")));
        assert!(!PasswordHash::stored(String::new()).is_of(&Password::typed("")));
    }
}
