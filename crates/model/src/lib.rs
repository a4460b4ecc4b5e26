//! The nouns of sanctions screening: what a list says about a party, as values.
//!
//! In: already separated fields of a list record or of a customer record. Out: [`Entity`] and its parts,
//! [`Snapshot`]s of whole lists and [`Delta`]s between them, and their FollowTheMoney JSON form.
//! Deliberately absent: files, network, clock, list formats, matching.

mod address;
pub mod columns;
mod country;
mod date;
mod delta;
mod designation;
mod entity;
pub mod ftm;
mod identifier;
mod issue;
mod name;
mod relation;
mod schema;
mod snapshot;
mod watchlist;

pub use address::Address;
pub use country::{Country, CountryError};
pub use date::{DateError, DatePoint, PartialDate};
pub use delta::{Change, Delta, FieldChange};
pub use designation::{Designation, Measure};
pub use entity::{CountryFact, CountryRole, DateFact, DateRole, Entity, EntityId};
pub use identifier::{Check, Identifier, IdentifierError, Scheme};
pub use issue::{Issue, IssueKind};
pub use name::{Name, NameKind, NamePart, NamePartKind};
pub use relation::{Direction, Relation, RelationKind};
pub use schema::Schema;
pub use snapshot::{Digest, Snapshot, SnapshotId};
pub use watchlist::{Bounds, Watchlist};
