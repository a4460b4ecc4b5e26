//! What schemata and properties mean here. From the FollowTheMoney 4 model, as far as OpenSanctions publishes it.

use cordon_model::RelationKind;
use cordon_model::Schema;
use cordon_model::ftm::{LinkSchema, link_schema};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What becomes of the records of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A party or thing: an entity.
    Thing(Schema),
    /// A part of the entity it names: address, designation, document.
    Address,
    Sanction,
    Document,
    /// A link between two entities.
    Link(LinkSchema),
    /// An office, and the holding of it: the office's name becomes a position of the holder.
    Position,
    Occupancy,
    /// Neither party nor thing nor link between them: counted, not kept.
    PassedOver,
    Unknown,
}

/// Things that have no schema of their own here, kept as `Thing` with their schema's name as `type`.
const OTHER_THINGS: [&str; 10] = [
    "Asset",
    "RealEstate",
    "BankAccount",
    "UserAccount",
    "Project",
    "Product",
    "License",
    "Contract",
    "Trip",
    "TaxRoll",
];

const PASSED_OVER: [&str; 22] = [
    "Payment",
    "Event",
    "Note",
    "Article",
    "Mention",
    "Documentation",
    "Document",
    "Pages",
    "Page",
    "PlainText",
    "HyperText",
    "Table",
    "Workbook",
    "Package",
    "Folder",
    "Email",
    "Image",
    "Audio",
    "Video",
    "Similar",
    "CallForTenders",
    "ContractAward",
];

/// The role of a schema.
pub(super) fn role(schema: &str) -> Role {
    match schema {
        "Address" => Role::Address,
        "Sanction" => Role::Sanction,
        "Identification" | "Passport" => Role::Document,
        "Position" => Role::Position,
        "Occupancy" => Role::Occupancy,
        _ if OTHER_THINGS.contains(&schema) => Role::Thing(Schema::Thing),
        _ if PASSED_OVER.contains(&schema) => Role::PassedOver,
        _ => match (Schema::from_ftm(schema), link_schema(schema)) {
            (Some(thing), _) => Role::Thing(thing),
            (None, Some(link)) => Role::Link(link),
            (None, None) => Role::Unknown,
        },
    }
}

/// Properties of things that name another entity: the link they stand for, the end the thing is, and the role.
/// `true` means the thing is the target.
pub(super) const REFERENCES: [(&str, RelationKind, bool, &str); 6] = [
    ("owner", RelationKind::Ownership, true, ""),
    ("operator", RelationKind::Unknown, true, "operator"),
    ("parent", RelationKind::Ownership, true, "parent"),
    ("issuer", RelationKind::Unknown, true, "issuer"),
    ("subsidiaries", RelationKind::Ownership, false, ""),
    ("fleet", RelationKind::Ownership, false, ""),
];

/// Properties of parties and things that are kept as they are, beside those that are read as names, dates, countries,
/// numbers, addresses and links.
const KNOWN: &str = "\
    summary description sourceUrl publisher publisherUrl wikipediaUrl keywords topics program programId programUrl notes \
    createdAt modifiedAt retrievedAt indexText proof alephUrl indexUpdatedAt namesMentioned address addressEntity \
    abbreviation email phone website legalForm taxStatus sector classification licenseNumber mainCountry \
    opencorporatesUrl bvdId icijId okpoCode npiCode status legacyId brightQueryId brightQueryOrgId \
    voenCode coatoCode irsCode ipoCode cikCode jibCode mbsCode caemCode kppCode okvedCode okopfCode fnsCode fssCode \
    pfrNumber oksmCode isinCode ricCode permId giiNumber capital currency amount amountUsd amountEur uscCode cageCode \
    title firstName secondName middleName fatherName motherName lastName nameSuffix birthPlace position gender ethnicity \
    height weight eyeColor hairColor appearance religion political profession education spokenLanguage \
    type model registrationDate pastNames pastTypes crsNumber tonnage grossRegisteredTonnage deadweightTonnage \
    navigationArea registrationPort nameChangeDate icaoCode manufacturer figiCode collateral issueDate maturityDate \
    accountId creationDate currencySymbol mangingExchange managingExchange balance balanceDate privateKey holder \
    subnationalArea inceptionDate numberOfSeats censusBlock landType tenure latitude longitude cadastralCode encumbrance \
    areaUnit area createDate accountNumber bankName bankAddress iban bic bank accountType closingDate maxBalance service \
    goal phase startDate endDate";

static KNOWN_SET: LazyLock<BTreeSet<&str>> = LazyLock::new(|| KNOWN.split_ascii_whitespace().collect());

/// Whether a property of a party or thing is known to the vocabulary.
pub(super) fn is_known(property: &str) -> bool {
    use cordon_model::{CountryRole, DateRole, NameKind, Scheme};
    KNOWN_SET.contains(property)
        || NameKind::TABLE.iter().any(|row| row.1 == property)
        || DateRole::TABLE.iter().any(|row| row.1 == property)
        || CountryRole::TABLE.iter().any(|row| row.1 == property)
        || Scheme::from_property(property).is_some()
        || REFERENCES.iter().any(|row| row.0 == property)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_of_schemata() {
        for (schema, expected) in [
            ("Person", Role::Thing(Schema::Person)),
            ("RealEstate", Role::Thing(Schema::Thing)),
            ("Address", Role::Address),
            ("Passport", Role::Document),
            ("Payment", Role::PassedOver),
            ("Teapot", Role::Unknown),
        ] {
            assert_eq!(role(schema), expected, "{schema}");
        }
        for schema in ["Ownership", "UnknownLink", "Debt", "Succession", "Employment"] {
            assert!(matches!(role(schema), Role::Link(_)), "{schema}");
        }
    }

    #[test]
    fn properties_are_told_from_typing_errors() {
        for (property, known) in
            [("birthDate", true), ("gender", true), ("imoNumber", true), ("owner", true), ("bithDate", false)]
        {
            assert_eq!(is_known(property), known, "{property}");
        }
    }
}
