//! State in a file: write-ahead log, and every commit waits for the disk.

use crate::OpenError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;

/// What differs from the other database.
mod dialect {
    pub(super) type Database = sqlx::Sqlite;
    pub(super) type Connection = sqlx::SqliteConnection;
    /// Takes the right to write at once, so that the head read is the head built on.
    pub(super) const BEGIN: &str = "BEGIN IMMEDIATE";
    pub(super) const LOCK_HEAD: &str = "SELECT sequence, hash FROM audit_head WHERE id = 1";
    pub(super) const HOLDS: &str =
        "(instr(lower(asked), lower($5)) > 0 OR instr(lower(outcome), lower($5)) > 0)";
    pub(super) static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");
}

#[path = "shared/changes.rs"]
mod changes;
#[path = "shared/store.rs"]
mod store;

/// Makes the file if it is missing, for its owner alone: it holds who was screened. SQLite gives the files beside it the
/// same rights. If it cannot be made, SQLite says why.
fn make(path: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let _ = options.open(path);
}

pub(crate) async fn open(path: &Path) -> Result<store::Base, OpenError> {
    make(path);
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(30));
    let pool = SqlitePoolOptions::new().max_connections(5).connect_with(options).await;
    store::Base::start(pool, &path.display().to_string()).await
}
