//! What casework needs of a store. `cordon-database` has it on SQLite and PostgreSQL, [`Memory`](crate::Memory) for tests.

use crate::audit::{Checkpoint, Head, NewRecord, Receipt, RecordQuery, Row};
use crate::error::StoreError;
use crate::key::{ApiKey, KeyId};
use crate::login::Attempts;
use crate::session::Session;
use crate::user::{Invite, User, UserId, UserName};
use cordon_model::Digest;
use jiff::Timestamp;
use std::pin::Pin;

/// A future that can be kept behind a trait object.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a store answers.
pub type Stored<'a, T> = Boxed<'a, Result<T, StoreError>>;

/// One change of state. Changes are values, so that a store applies them together with their record or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A new user; a conflict if the name or id is taken.
    AddUser(User),
    /// The first user of all; a conflict if there is any.
    AddFirstUser(User),
    /// A user as they are now; a conflict unless the stored version is the one given. The version is raised.
    PutUser(User),
    /// A new session.
    AddSession(Session),
    /// The end of a session.
    EndSession(Digest),
    /// The end of all sessions of a user.
    EndSessionsOf(UserId),
    /// A new one-time link.
    AddInvite(Invite),
    /// The use of a link; a conflict if it was used.
    UseInvite(Digest, Timestamp),
    /// The end of all unused links of a user.
    EndInvitesOf(UserId, Timestamp),
    /// Failed logins as they are now; a conflict unless the stored version is the one given. The version is raised.
    PutAttempts(Attempts),
    /// A new key; a conflict if its id is taken.
    AddKey(ApiKey),
    /// The end of a key; a conflict if it was revoked.
    RevokeKey(KeyId, Timestamp),
    /// A signed statement on the chain.
    AddCheckpoint(Checkpoint),
    /// Removal of all records up to this sequence, for which a cut must have been added.
    Prune(i64),
}

/// The record of what was done, as it is stored.
pub trait AuditStore: Send + Sync {
    /// Appends a record to the chain and applies the changes, all in one transaction. Ready only when both would survive
    /// the end of the process.
    fn commit(&self, changes: Vec<Change>, record: NewRecord) -> Stored<'_, Receipt>;

    /// At most `limit` rows with a greater sequence, in their order.
    fn rows(&self, after: i64, limit: usize) -> Stored<'_, Vec<Row>>;

    /// The row of this sequence.
    fn row(&self, sequence: i64) -> Stored<'_, Option<Row>>;

    /// Rows by what they are about, the newest first.
    fn find(&self, query: RecordQuery) -> Stored<'_, Vec<Row>>;

    /// Least and greatest sequence of records of this time, the end excluded.
    fn span(&self, from: Option<Timestamp>, to: Option<Timestamp>) -> Stored<'_, Option<(i64, i64)>>;

    /// The end of the chain.
    fn head(&self) -> Stored<'_, Head>;

    /// All signed statements, in the order of their sequences.
    fn checkpoints(&self) -> Stored<'_, Vec<Checkpoint>>;
}

/// Accounts, as they are stored.
pub trait AccountStore: Send + Sync {
    /// All users, by name.
    fn users(&self) -> Stored<'_, Vec<User>>;

    /// A user by name.
    fn user_named(&self, name: UserName) -> Stored<'_, Option<User>>;

    /// A user by who they are to an identity provider.
    fn user_external(&self, external: String) -> Stored<'_, Option<User>>;

    /// A session with its user, by the digest of its token.
    fn session(&self, token: Digest) -> Stored<'_, Option<(Session, User)>>;

    /// Writes down that a session is in use. Housekeeping, the one change without a record.
    fn touch_session(&self, token: Digest, now: Timestamp) -> Stored<'_, ()>;

    /// Removes sessions and failures that no longer count. Housekeeping as well: what ended is in the records.
    fn sweep(&self, sessions_before: Timestamp, attempts_before: Timestamp) -> Stored<'_, ()>;

    /// A one-time link with its user, by the digest of its token.
    fn invite(&self, token: Digest) -> Stored<'_, Option<(Invite, User)>>;

    /// Failed logins of a name; those of version 0 if there are none.
    fn attempts(&self, name: UserName) -> Stored<'_, Attempts>;

    /// All keys, the newest first.
    fn keys(&self) -> Stored<'_, Vec<ApiKey>>;

    /// A key by its digest.
    fn key(&self, digest: Digest) -> Stored<'_, Option<ApiKey>>;
}

/// All that is stored.
pub trait Store: AuditStore + AccountStore {}

impl<T: AuditStore + AccountStore> Store for T {}
