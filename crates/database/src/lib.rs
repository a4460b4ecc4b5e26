//! State in SQLite and PostgreSQL: users, sessions, keys and the audit chain.
//!
//! In: the path of a file or a `postgres://` address. Out: a [`Store`] whose commits are whole and on disk when they are
//! acknowledged; many are put into one transaction, so that each need not wait for a disk of its own.
//! Deliberately absent: rules (`cordon-casework`), the clock.

mod error;
mod keys;
mod location;
mod on_postgres;
mod on_sqlite;
mod passwords;
mod rows;
mod writer;

pub use error::OpenError;
pub use keys::{KEY_FILE, PUBLIC_KEY_FILE, public_key, signer};
pub use location::Location;
pub use passwords::Offloaded;

use cordon_casework::{Random, Store};
use std::sync::Arc;

/// 64 bytes from the operating system.
pub fn chance() -> Result<Random, OpenError> {
    let mut bytes = [0; 64];
    getrandom::fill(&mut bytes).map_err(|error| OpenError::Chance(error.to_string()))?;
    Ok(Random::new(bytes))
}

/// Opens a database and brings its tables up to date. Needs a Tokio runtime with time and I/O, for as long as the store
/// lives.
pub async fn open(location: &Location) -> Result<Arc<dyn Store>, OpenError> {
    match location {
        Location::Sqlite(path) => Ok(Arc::new(on_sqlite::open(path).await?)),
        Location::Postgres(address) => Ok(Arc::new(on_postgres::open(address).await?)),
    }
}
