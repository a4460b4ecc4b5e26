//! The acts of authorities against a party.

use crate::PartialDate;
use serde::{Deserialize, Serialize};

/// What a designation forbids or requires.
///
/// The vocabulary follows the measures of the OpenSanctions programme registry (MIT), which every authority's
/// own terms map onto.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Property is blocked; no funds or economic resources may be made available.
    AssetFreeze,
    /// Entry and transit are refused.
    TravelBan,
    /// Supply of arms is forbidden.
    ArmsEmbargo,
    /// Exports need a licence or are refused.
    ExportControl,
    /// Imports from the party are forbidden or need a licence.
    ImportRestriction,
    /// Dealing in debt, equity or services is limited.
    FinancialRestriction,
    /// Investment is forbidden.
    InvestmentBan,
    /// Port entry, overflight, flagging or carriage is forbidden.
    TransportRestriction,
    /// Limits tied to a sector of the economy.
    SectoralRestriction,
    /// Being a director of a company is forbidden.
    DirectorDisqualification,
    /// Public contracts are refused.
    Debarment,
    /// Trust services are forbidden.
    TrustServices,
    /// A measure of another kind.
    Other,
}

impl Measure {
    /// Every measure with the words people read.
    pub const TABLE: [(Self, &'static str); 13] = [
        (Self::AssetFreeze, "asset freeze"),
        (Self::TravelBan, "travel ban"),
        (Self::ArmsEmbargo, "arms embargo"),
        (Self::ExportControl, "export control"),
        (Self::ImportRestriction, "import restriction"),
        (Self::FinancialRestriction, "financial restriction"),
        (Self::InvestmentBan, "investment ban"),
        (Self::TransportRestriction, "transport restriction"),
        (Self::SectoralRestriction, "sectoral restriction"),
        (Self::DirectorDisqualification, "director disqualification"),
        (Self::Debarment, "debarment"),
        (Self::TrustServices, "trust services restriction"),
        (Self::Other, "other"),
    ];

    /// The words people read.
    pub fn label(self) -> &'static str {
        Self::TABLE[self as usize].1
    }

    /// The measure of exactly these words.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::TABLE.iter().find(|row| row.1 == label).map(|row| row.0)
    }
}

/// One authority's act against one party under one programme.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Designation {
    /// The authority that acted, by its usual name: `OFAC`, `UN Security Council`, `Council of the EU`.
    pub authority: String,
    /// The programme's code as the authority writes it: `DPRK2`, `RUSSIA-EO14024`, `1718`.
    pub program: String,
    /// The programme's full title, when known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The authority's reference of the entry: `KPi.001`, `RUS0251`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// What it forbids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Day of listing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<PartialDate>,
    /// Days on which the entry was amended, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amended: Vec<PartialDate>,
    /// Day of de-listing; `None` while in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<PartialDate>,
    /// The authority's stated reasons, as published.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Where the act can be read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_in_the_order_of_the_measures() {
        for (index, (measure, label)) in Measure::TABLE.iter().enumerate() {
            assert_eq!(*measure as usize, index);
            assert_eq!(Measure::from_label(label), Some(*measure));
        }
    }
}
