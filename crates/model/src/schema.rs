//! Kinds of entity, by their FollowTheMoney names.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The kind of a party or thing that can be screened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Schema {
    /// Kind not known.
    Thing,
    /// A person or an organisation: known to be able to hold rights, not which of the two.
    LegalEntity,
    /// A natural person.
    Person,
    /// Any organisation that is not known to be a company.
    Organization,
    /// A company.
    Company,
    /// A ministry, agency or other organ of a state.
    PublicBody,
    /// A ship.
    Vessel,
    /// An aircraft.
    Airplane,
    /// A vehicle of another or unknown sort.
    Vehicle,
    /// An address on a public ledger.
    CryptoWallet,
    /// A tradable security.
    Security,
    /// A place or building.
    Address,
}

/// Coarse class: parties of different classes are different parties unless an identifier says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    Any,
    Person,
    Organisation,
    Craft,
    Asset,
}

const TABLE: [(Schema, &str, Class); 12] = [
    (Schema::Thing, "Thing", Class::Any),
    (Schema::LegalEntity, "LegalEntity", Class::Any),
    (Schema::Person, "Person", Class::Person),
    (Schema::Organization, "Organization", Class::Organisation),
    (Schema::Company, "Company", Class::Organisation),
    (Schema::PublicBody, "PublicBody", Class::Organisation),
    (Schema::Vessel, "Vessel", Class::Craft),
    (Schema::Airplane, "Airplane", Class::Craft),
    (Schema::Vehicle, "Vehicle", Class::Craft),
    (Schema::CryptoWallet, "CryptoWallet", Class::Asset),
    (Schema::Security, "Security", Class::Asset),
    (Schema::Address, "Address", Class::Asset),
];

/// Words users write in a `type` or `schema` column, beside the names of the schemata themselves.
const SYNONYMS: &[(&str, Schema)] = &[
    ("individual", Schema::Person),
    ("natural person", Schema::Person),
    ("naturalperson", Schema::Person),
    ("people", Schema::Person),
    ("human", Schema::Person),
    ("p", Schema::Person),
    ("entity", Schema::LegalEntity),
    ("legal person", Schema::LegalEntity),
    ("legalperson", Schema::LegalEntity),
    ("legal entity", Schema::LegalEntity),
    ("organisation", Schema::Organization),
    ("org", Schema::Organization),
    ("business", Schema::Company),
    ("corporate", Schema::Company),
    ("corporation", Schema::Company),
    ("firm", Schema::Company),
    ("bank", Schema::Company),
    ("enterprise", Schema::Company),
    ("public body", Schema::PublicBody),
    ("ship", Schema::Vessel),
    ("boat", Schema::Vessel),
    ("aircraft", Schema::Airplane),
    ("airplane", Schema::Airplane),
    ("plane", Schema::Airplane),
    ("wallet", Schema::CryptoWallet),
    ("crypto wallet", Schema::CryptoWallet),
    ("crypto", Schema::CryptoWallet),
    ("unknown", Schema::Thing),
];

impl Schema {
    /// Every schema, in a fixed order.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    /// The schema whose number (`schema as usize`) this is.
    pub fn from_index(index: usize) -> Option<Self> {
        TABLE.get(index).map(|row| row.0)
    }

    /// The FollowTheMoney name.
    pub fn as_str(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// The schema of exactly this FollowTheMoney name.
    pub fn from_ftm(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// The schema meant by a word people use (`individual`, `company`, `ship`), in any case.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        TABLE
            .iter()
            .find(|row| row.1.eq_ignore_ascii_case(&word))
            .map(|row| row.0)
            .or_else(|| SYNONYMS.iter().find(|row| row.0 == word).map(|row| row.1))
    }

    fn class(self) -> Class {
        TABLE[self as usize].2
    }

    /// Whether this is a natural person.
    pub fn is_person(self) -> bool {
        self.class() == Class::Person
    }

    /// Whether this is an organisation of any sort.
    pub fn is_organisation(self) -> bool {
        self.class() == Class::Organisation
    }

    /// Whether this is a ship, aircraft or vehicle.
    pub fn is_craft(self) -> bool {
        self.class() == Class::Craft
    }

    /// Whether one party could be described by both schemata.
    ///
    /// `Thing` goes with everything; `LegalEntity` with persons and organisations; otherwise both must be of one
    /// class.
    pub fn compatible(self, other: Self) -> bool {
        let (one, two) = (self.class(), other.class());
        if self == Self::Thing || other == Self::Thing || one == two {
            return true;
        }
        let holder = |schema: Self, class: Class| {
            schema == Self::LegalEntity && matches!(class, Class::Person | Class::Organisation | Class::Any)
        };
        holder(self, two) || holder(other, one)
    }
}

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_in_the_order_of_the_schemata() {
        for (index, row) in TABLE.iter().enumerate() {
            assert_eq!(row.0 as usize, index, "{}", row.1);
        }
    }

    #[test]
    fn words_and_compatibility() {
        assert_eq!(Schema::from_word(" Individual "), Some(Schema::Person));
        assert_eq!(Schema::from_word("VESSEL"), Some(Schema::Vessel));
        assert_eq!(Schema::from_word("teapot"), None);
        for (one, two, expected) in [
            (Schema::Person, Schema::Company, false),
            (Schema::LegalEntity, Schema::Person, true),
            (Schema::Company, Schema::LegalEntity, true),
            (Schema::LegalEntity, Schema::Vessel, false),
            (Schema::Thing, Schema::Vessel, true),
            (Schema::Organization, Schema::Company, true),
            (Schema::Vessel, Schema::Airplane, true),
        ] {
            assert_eq!(one.compatible(two), expected, "{one} {two}");
            assert_eq!(two.compatible(one), expected, "{two} {one}");
        }
    }
}
