//! State on a server, which several processes may share: the row of the chain's head is the lock of its writers.

use crate::{Location, OpenError};
use sqlx::postgres::PgPoolOptions;
use std::time::Duration;

/// What differs from the other database.
mod dialect {
    pub(super) type Database = sqlx::Postgres;
    pub(super) type Connection = sqlx::PgConnection;
    pub(super) const BEGIN: &str = "BEGIN";
    /// Other writers wait here until this transaction ends, then see what it wrote.
    pub(super) const LOCK_HEAD: &str = "SELECT sequence, hash FROM audit_head WHERE id = 1 FOR UPDATE";
    pub(super) const HOLDS: &str =
        "(strpos(lower(asked), lower($5)) > 0 OR strpos(lower(outcome), lower($5)) > 0)";
    pub(super) static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/postgres");
}

#[expect(clippy::duplicate_mod, reason = "one text for two databases: sqlx has no one type for both")]
#[path = "shared/changes.rs"]
mod changes;
#[expect(clippy::duplicate_mod, reason = "one text for two databases: sqlx has no one type for both")]
#[path = "shared/store.rs"]
mod store;

pub(crate) async fn open(address: &str) -> Result<store::Base, OpenError> {
    let place = Location::Postgres(address.to_owned()).to_string();
    let pool = PgPoolOptions::new()
        .max_connections(8)
        .acquire_timeout(Duration::from_secs(15))
        .connect(address)
        .await;
    store::Base::start(pool, &place).await
}
