//! Signed statements on the chain.
//!
//! What is signed, with Ed25519: five lines, `cordon audit checkpoint 1`, the kind, the sequence, the hash and the time.

use super::record::time_text;
use crate::secret::{hex, unhex};
use cordon_model::Digest;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use jiff::Timestamp;
use std::fmt;

/// What a checkpoint is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckpointKind {
    /// The chain had this hash here.
    Mark,
    /// The same, and all records up to here may be removed.
    Cut,
}

impl CheckpointKind {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mark => "mark",
            Self::Cut => "cut",
        }
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Mark, Self::Cut].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A signed statement: the record of this sequence had this hash. All texts are kept as they are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// What for.
    pub kind: CheckpointKind,
    /// The record's place.
    pub sequence: i64,
    /// The record's hash.
    pub hash: String,
    /// When it was signed, as [`time_text`] writes it.
    pub at: String,
    /// The public key, in hexadecimal digits.
    pub key: String,
    /// The signature, in hexadecimal digits.
    pub signature: String,
}

impl Checkpoint {
    fn statement(&self) -> String {
        let Self { kind, sequence, hash, at, .. } = self;
        format!("cordon audit checkpoint 1\n{}\n{sequence}\n{hash}\n{at}\n", kind.as_str())
    }

    /// Whether it was signed by the owner of this key.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let signature = unhex::<64>(&self.signature).map(|bytes| Signature::from_bytes(&bytes));
        self.key == key.to_string()
            && signature
                .is_some_and(|signature| key.0.verify_strict(self.statement().as_bytes(), &signature).is_ok())
    }
}

/// The key that verifies checkpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = unhex::<32>(text.trim())?;
        VerifyingKey::from_bytes(&bytes).ok().map(Self)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(self.0.as_bytes()))
    }
}

/// The key that signs checkpoints.
pub struct Signer(SigningKey);

impl Signer {
    /// A signer from 32 random bytes.
    pub fn new(secret: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&secret))
    }

    /// Reads the secret as it is kept: 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        unhex(text.trim()).map(Self::new)
    }

    /// The secret as it is kept.
    pub fn reveal(&self) -> String {
        hex(self.0.as_bytes())
    }

    /// The key that verifies what it signs.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs that the record of this sequence has this hash.
    pub fn sign(&self, kind: CheckpointKind, sequence: i64, hash: &Digest, now: Timestamp) -> Checkpoint {
        let mut checkpoint = Checkpoint {
            kind,
            sequence,
            hash: hash.to_string(),
            at: time_text(now),
            key: self.public().to_string(),
            signature: String::new(),
        };
        checkpoint.signature = hex(&self.0.sign(checkpoint.statement().as_bytes()).to_bytes());
        checkpoint
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.public())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_statement_alone() {
        let signer = Signer::new([7; 32]);
        let signed = signer.sign(CheckpointKind::Mark, 9, &Digest::of(b"x"), Timestamp::UNIX_EPOCH);
        assert!(signed.is_signed_by(&signer.public()));
        assert!(!signed.is_signed_by(&Signer::new([8; 32]).public()));
        let wrong = [
            Checkpoint { kind: CheckpointKind::Cut, ..signed.clone() },
            Checkpoint { sequence: 10, ..signed.clone() },
            Checkpoint { hash: Digest::of(b"y").to_string(), ..signed.clone() },
            Checkpoint { at: String::new(), ..signed.clone() },
            Checkpoint { signature: signed.signature.replace(['0', '1'], "2"), ..signed.clone() },
            Checkpoint { signature: String::new(), ..signed.clone() },
        ];
        for wrong in wrong {
            assert!(!wrong.is_signed_by(&signer.public()), "{wrong:?}");
        }
    }

    #[test]
    fn keys_there_and_back() {
        let signer = Signer::new([7; 32]);
        assert_eq!(Signer::parse(&signer.reveal()).unwrap().public(), signer.public());
        assert_eq!(PublicKey::parse(&format!("{}\n", signer.public())), Some(signer.public()));
        assert_eq!(PublicKey::parse("00"), None);
        assert!(!format!("{signer:?}").contains(&signer.reveal()));
    }
}
