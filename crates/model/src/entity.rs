//! A party or thing as one list describes it.

use crate::{Address, Country, Designation, Identifier, Name, NameKind, PartialDate, Relation, Schema};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// `<list id>:<publisher's key>`, as in `un_sc_sanctions:KPi.001`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntityId(String);

impl EntityId {
    /// The id of the record `key` of the list `list`.
    pub fn new(list: &str, key: &str) -> Self {
        Self(format!("{list}:{}", key.trim()))
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The list's id: all before the first colon.
    pub fn list(&self) -> &str {
        self.0.split_once(':').map_or("", |(list, _)| list)
    }

    /// The publisher's key: all after the first colon.
    pub fn key(&self) -> &str {
        self.0.split_once(':').map_or(self.0.as_str(), |(_, key)| key)
    }
}

impl From<String> for EntityId {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a date of an entity is the date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateRole {
    /// Birth of a person.
    Birth,
    /// Death of a person.
    Death,
    /// Foundation of an organisation.
    Incorporation,
    /// End of an organisation.
    Dissolution,
    /// Building of a ship or aircraft.
    Build,
}

impl DateRole {
    /// Every role with its FollowTheMoney property.
    pub const TABLE: [(Self, &'static str); 5] = [
        (Self::Birth, "birthDate"),
        (Self::Death, "deathDate"),
        (Self::Incorporation, "incorporationDate"),
        (Self::Dissolution, "dissolutionDate"),
        (Self::Build, "buildDate"),
    ];

    /// The FollowTheMoney property that carries it.
    pub fn property(self) -> &'static str {
        Self::TABLE[self as usize].1
    }
}

/// How a country is tied to an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountryRole {
    /// Nationality of a person.
    Nationality,
    /// Citizenship of a person.
    Citizenship,
    /// Country of birth.
    Birth,
    /// State under whose law an organisation exists.
    Jurisdiction,
    /// Flag of a ship or aircraft.
    Flag,
    /// An earlier flag.
    PastFlag,
    /// Any other tie: residence, business, published without a word for it.
    Country,
}

impl CountryRole {
    /// Every role with its FollowTheMoney property.
    pub const TABLE: [(Self, &'static str); 7] = [
        (Self::Nationality, "nationality"),
        (Self::Citizenship, "citizenship"),
        (Self::Birth, "birthCountry"),
        (Self::Jurisdiction, "jurisdiction"),
        (Self::Flag, "flag"),
        (Self::PastFlag, "pastFlags"),
        (Self::Country, "country"),
    ];

    /// The FollowTheMoney property that carries it.
    pub fn property(self) -> &'static str {
        Self::TABLE[self as usize].1
    }
}

/// A date with its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DateFact {
    /// What it is the date of.
    pub role: DateRole,
    /// The date.
    pub date: PartialDate,
}

/// A country with its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CountryFact {
    /// The tie.
    pub role: CountryRole,
    /// The country.
    pub country: Country,
}

/// A party or thing as one list describes it, or as a user asks about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Entity {
    /// Id; stable over versions of the list.
    pub id: EntityId,
    /// Kind of party or thing.
    pub schema: Schema,
    /// Names, the primary one first. A list entity has at least one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<Name>,
    /// Dates of birth, foundation and so on. Several of one role are alternatives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<DateFact>,
    /// Countries it is tied to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<CountryFact>,
    /// Identity documents, register numbers, ledger addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Postal addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// Acts of authorities against it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub designations: Vec<Designation>,
    /// Links to other parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Everything else, by FollowTheMoney property: `gender`, `birthPlace`, `position`, `title`, `topics`,
    /// `email`, `website`, `phone`, `notes`, `sourceUrl`, …
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, Vec<String>>,
    /// Other ids this entity has borne or been merged from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub referents: Vec<String>,
}

impl Entity {
    /// An entity of which nothing but id and schema is known.
    pub fn new(id: EntityId, schema: Schema) -> Self {
        Self {
            id,
            schema,
            names: Vec::new(),
            dates: Vec::new(),
            countries: Vec::new(),
            identifiers: Vec::new(),
            addresses: Vec::new(),
            designations: Vec::new(),
            relations: Vec::new(),
            properties: BTreeMap::new(),
            referents: Vec::new(),
        }
    }

    /// The name to show: the first primary name, else the first name, else the id.
    pub fn caption(&self) -> &str {
        self.names
            .iter()
            .find(|name| name.kind == NameKind::Primary)
            .or_else(|| self.names.first())
            .map_or(self.id.as_str(), |name| name.text.as_str())
    }

    /// Adds a value to a property; blanks around it are dropped, empty and repeated values are not added.
    pub fn add(&mut self, property: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let values = self.properties.entry(property.to_owned()).or_default();
        if !values.iter().any(|present| present == value) {
            values.push(value.to_owned());
        }
    }

    /// Adds a name unless it is empty or the same text is already there with the same kind.
    pub fn add_name(&mut self, name: Name) {
        let present = |other: &Name| other.kind == name.kind && other.text == name.text;
        if !name.text.is_empty() && !self.names.iter().any(present) {
            self.names.push(name);
        }
    }

    /// Adds a date unless it is already there.
    pub fn add_date(&mut self, role: DateRole, date: PartialDate) {
        let fact = DateFact { role, date };
        if !self.dates.contains(&fact) {
            self.dates.push(fact);
        }
    }

    /// Adds a country unless it is already there.
    pub fn add_country(&mut self, role: CountryRole, country: Country) {
        let fact = CountryFact { role, country };
        if !self.countries.contains(&fact) {
            self.countries.push(fact);
        }
    }

    /// Adds an identifier unless the same scheme, kind and value is already there.
    pub fn add_identifier(&mut self, identifier: Identifier) {
        let same = |other: &Identifier| {
            (other.scheme, &other.kind, &other.value)
                == (identifier.scheme, &identifier.kind, &identifier.value)
        };
        if !self.identifiers.iter().any(same) {
            self.identifiers.push(identifier);
        }
    }

    /// The values of a property held in [`Entity::properties`].
    pub fn values(&self, property: &str) -> &[String] {
        self.properties.get(property).map_or(&[], Vec::as_slice)
    }

    /// Dates of one role.
    pub fn dates_of(&self, role: DateRole) -> impl Iterator<Item = PartialDate> {
        self.dates.iter().filter(move |fact| fact.role == role).map(|fact| fact.date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_the_order_of_their_roles() {
        for (index, row) in DateRole::TABLE.iter().enumerate() {
            assert_eq!(row.0 as usize, index);
        }
        for (index, row) in CountryRole::TABLE.iter().enumerate() {
            assert_eq!(row.0 as usize, index);
        }
    }

    #[test]
    fn ids_split_at_the_first_colon() {
        let id = EntityId::new("un_sc_sanctions", " KPi.001");
        assert_eq!(
            (id.list(), id.key(), id.as_str()),
            ("un_sc_sanctions", "KPi.001", "un_sc_sanctions:KPi.001")
        );
    }

    #[test]
    fn nothing_empty_or_repeated_is_added() {
        let mut entity = Entity::new(EntityId::new("l", "1"), Schema::Person);
        entity.add("title", "  ");
        entity.add("title", "General ");
        entity.add("title", "General");
        entity.add_name(Name::new(NameKind::Primary, " "));
        entity.add_name(Name::new(NameKind::Alias, "A"));
        entity.add_name(Name::new(NameKind::Alias, "A"));
        assert_eq!((entity.values("title").len(), entity.names.len()), (1, 1));
        assert_eq!(entity.caption(), "A");
    }
}
