//! The circumstances of one request.

use crate::caller::Caller;
use jiff::Timestamp;
use std::fmt;
use std::net::IpAddr;

/// Who asks, when, from where, and the chance the request may use.
#[derive(Debug, Clone)]
pub struct Occasion {
    /// The time.
    pub now: Timestamp,
    /// Chance; each occasion needs its own.
    pub random: Random,
    /// Who asks.
    pub caller: Caller,
    /// The address asked from, if over a network.
    pub origin: Option<IpAddr>,
}

impl Occasion {
    /// The circumstances of one request.
    pub fn new(now: Timestamp, random: Random, caller: Caller, origin: Option<IpAddr>) -> Self {
        Self { now, random, caller, origin }
    }
}

/// 64 bytes from a source that nobody can foresee. Good for one request.
#[derive(Clone)]
pub struct Random([u8; 64]);

impl Random {
    /// Wraps the bytes.
    pub fn new(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// The half that becomes a secret.
    pub(crate) fn secret(&self) -> [u8; 32] {
        std::array::from_fn(|index| self.0[index])
    }

    /// The half that becomes salts and names of things; `part` 0 or 1.
    pub(crate) fn open(&self, part: usize) -> [u8; 16] {
        std::array::from_fn(|index| self.0[32 + part % 2 * 16 + index])
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random(…)")
    }
}
