//! Named sets of weights.

use cordon_model::Digest;

/// Everything a score depends on beside the query and the entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    name: &'static str,
}

impl Policy {
    /// Names of all policies; the first is the default.
    pub const NAMES: [&'static str; 1] = ["default"];

    /// The policy of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|known| **known == name).map(|name| Self { name })
    }

    /// Name and digest, as answers carry it: `default@3f9a0c11d2e4`.
    pub fn id(&self) -> String {
        format!("{}@{}", self.name, Digest::of(self.name.as_bytes()).short())
    }

    /// The score at which a careful reviewer would want to look.
    pub fn threshold(&self) -> f64 {
        0.7
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self { name: Self::NAMES[0] }
    }
}
