//! Postal addresses in the parts publishers give.

use crate::Country;
use serde::{Deserialize, Serialize};

/// A postal address; every part may be missing, at least one is present.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Address {
    /// Street lines, or the whole address when the publisher does not separate it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub street: String,
    /// City, with district where the publisher writes them together.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// State, province or region.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// Postal code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postal_code: String,
    /// Country, when understood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// The publisher's remark on the address ("as of 2016", "previous location").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Address {
    /// Whether nothing at all is known.
    pub fn is_empty(&self) -> bool {
        self.country.is_none()
            && [&self.street, &self.city, &self.region, &self.postal_code, &self.note]
                .iter()
                .all(|part| part.is_empty())
    }

    /// One line: street, city, region, postal code, country name; missing parts left out.
    pub fn line(&self) -> String {
        let mut parts: Vec<&str> = [&self.street, &self.city, &self.region, &self.postal_code]
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        if let Some(country) = self.country {
            parts.push(country.name());
        }
        parts.join(", ")
    }
}
