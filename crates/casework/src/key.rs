//! Keys of programs.

use crate::scope::Scopes;
use crate::secret::{digest, hex};
use cordon_model::Digest;
use jiff::Timestamp;
use std::fmt;
use std::num::NonZeroU32;

/// Public half of a key, by which people recognise it: eight hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(String);

impl KeyId {
    pub(crate) fn of(random: &[u8; 16]) -> Self {
        Self(hex(&random[..4]))
    }

    /// The id as it was stored or typed.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A key as a program shows it: `cordon_1f9a03c2_…`. Shown once, kept as a digest.
#[derive(Clone, PartialEq, Eq)]
pub struct PresentedKey(String);

impl PresentedKey {
    pub(crate) fn of(id: &KeyId, secret: [u8; 32]) -> Self {
        Self(format!("cordon_{id}_{}", hex(&secret)))
    }

    /// A key that was sent: the text alone, or as an `Authorization` header (`Bearer …`, `ApiKey …`).
    pub fn presented(text: &str) -> Self {
        let bare = text.trim();
        let word = |scheme: &str| {
            let (first, rest) = bare.split_once(' ')?;
            first.eq_ignore_ascii_case(scheme).then(|| rest.trim())
        };
        Self(["bearer", "apikey"].iter().find_map(|scheme| word(scheme)).unwrap_or(bare).to_owned())
    }

    /// The key, to be shown once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn digest(&self) -> Digest {
        digest("key", &self.0)
    }
}

impl fmt::Debug for PresentedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PresentedKey(…)")
    }
}

/// A key as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its public half.
    pub id: KeyId,
    /// Digest of the whole key.
    pub digest: Digest,
    /// What it is for, in the words of its maker.
    pub label: String,
    /// What it may do.
    pub scopes: Scopes,
    /// Most requests a second, if limited.
    pub rate_limit: Option<NonZeroU32>,
    /// When it was made.
    pub created: Timestamp,
    /// Who made it, as records name them.
    pub created_by: String,
    /// When it ends.
    pub expires: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

impl ApiKey {
    /// Whether it still opens anything.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && self.expires.is_none_or(|end| now < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_headers() {
        let key = PresentedKey::of(&KeyId::of(&[31; 16]), [1; 32]);
        assert!(key.reveal().starts_with("cordon_1f1f1f1f_0101"));
        for sent in
            [key.reveal().to_owned(), format!("Bearer {}", key.reveal()), format!("apikey  {}", key.reveal())]
        {
            assert_eq!(PresentedKey::presented(&sent).digest(), key.digest(), "{sent}");
        }
        assert_ne!(PresentedKey::presented("Basic x").digest(), key.digest());
    }
}
