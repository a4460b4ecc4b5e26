//! A store that forgets: for tests, and the plainest reading of what a store must do.

use crate::audit::{
    Checkpoint, CheckpointKind, FIELDS, Head, NewRecord, Receipt, RecordQuery, Row, time_text,
};
use crate::error::StoreError;
use crate::key::ApiKey;
use crate::login::Attempts;
use crate::ports::{AccountStore, AuditStore, Change, Stored};
use crate::session::Session;
use crate::user::{Invite, User, UserId, UserName};
use cordon_model::Digest;
use jiff::Timestamp;
use std::cmp::Reverse;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is kept.
#[derive(Debug, Clone, Default)]
struct State {
    users: Vec<User>,
    sessions: Vec<Session>,
    invites: Vec<Invite>,
    attempts: Vec<Attempts>,
    keys: Vec<ApiKey>,
    rows: Vec<Row>,
    checkpoints: Vec<Checkpoint>,
    head: Option<Head>,
}

/// A store in memory.
#[derive(Debug, Default)]
pub struct Memory(Mutex<State>);

impl Memory {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<'a, T: Send + 'a>(&self, read: impl FnOnce(&State) -> T) -> Stored<'a, T> {
        let value = read(&self.state());
        Box::pin(async move { Ok(value) })
    }
}

/// Puts a thing over the one of its version.
fn put<T: Clone>(all: &mut [T], new: T, same: impl Fn(&T) -> bool) -> Result<(), StoreError> {
    let old = all.iter_mut().find(|old| same(old)).ok_or(StoreError::Conflict)?;
    *old = new;
    Ok(())
}

/// Adds a thing unless there is one like it.
fn add<T>(all: &mut Vec<T>, new: T, same: impl Fn(&T) -> bool) -> Result<(), StoreError> {
    if all.iter().any(same) {
        return Err(StoreError::Conflict);
    }
    all.push(new);
    Ok(())
}

impl State {
    fn apply(&mut self, change: Change) -> Result<(), StoreError> {
        match change {
            Change::AddFirstUser(user) => add(&mut self.users, user, |_| true)?,
            Change::AddUser(user) => {
                let (id, name) = (user.id.clone(), user.name.clone());
                add(&mut self.users, user, |old| old.id == id || old.name == name)?;
            }
            Change::PutUser(user) => {
                let (id, version) = (user.id.clone(), user.version);
                let raised = User { version: version + 1, ..user };
                put(&mut self.users, raised, |old| old.id == id && old.version == version)?;
            }
            Change::AddSession(session) => self.sessions.push(session),
            Change::EndSession(token) => self.sessions.retain(|session| session.token != token),
            Change::EndSessionsOf(user) => self.sessions.retain(|session| session.user != user),
            Change::AddInvite(invite) => self.invites.push(invite),
            Change::UseInvite(token, now) => {
                let open = |invite: &&mut Invite| invite.token == token && invite.used.is_none();
                self.invites.iter_mut().find(open).ok_or(StoreError::Conflict)?.used = Some(now);
            }
            Change::EndInvitesOf(user, now) => {
                for invite in self.invites.iter_mut().filter(|invite| invite.user == user) {
                    invite.used.get_or_insert(now);
                }
            }
            Change::PutAttempts(attempts) => {
                let (name, version) = (attempts.name.clone(), attempts.version);
                let raised = Attempts { version: version + 1, ..attempts };
                if version == 0 {
                    add(&mut self.attempts, raised, |old| old.name == name)?;
                } else {
                    put(&mut self.attempts, raised, |old| old.name == name && old.version == version)?;
                }
            }
            Change::AddKey(key) => {
                let id = key.id.clone();
                add(&mut self.keys, key, |old| old.id == id)?;
            }
            Change::RevokeKey(id, now) => {
                let live = |key: &&mut ApiKey| key.id == id && key.revoked.is_none();
                self.keys.iter_mut().find(live).ok_or(StoreError::Conflict)?.revoked = Some(now);
            }
            Change::AddCheckpoint(checkpoint) => self.checkpoints.push(checkpoint),
            Change::Prune(last) => {
                let cut = |point: &Checkpoint| point.kind == CheckpointKind::Cut && point.sequence >= last;
                if !self.checkpoints.iter().any(cut) {
                    return Err(StoreError::Conflict);
                }
                self.rows.retain(|row| row.sequence > last);
            }
        }
        Ok(())
    }

    fn commit(&mut self, changes: Vec<Change>, record: &NewRecord) -> Result<Receipt, StoreError> {
        let mut next = self.clone();
        changes.into_iter().try_for_each(|change| next.apply(change))?;
        let head = next.head.clone().unwrap_or_else(Head::empty);
        let previous = Digest::parse(&head.hash).ok_or(StoreError::Conflict)?;
        let row = record.row(head.sequence + 1, &previous);
        let receipt = Receipt { sequence: row.sequence, hash: row.expected_hash() };
        next.head = Some(Head { sequence: receipt.sequence, hash: receipt.hash.to_string() });
        next.rows.push(row);
        *self = next;
        Ok(receipt)
    }

    fn user(&self, id: &UserId) -> Option<User> {
        self.users.iter().find(|user| user.id == *id).cloned()
    }
}

fn is_asked_for(row: &Row, query: &RecordQuery) -> bool {
    let text = |name: &str| {
        let index = FIELDS.iter().position(|field| *field == name).unwrap_or_default();
        String::from_utf8_lossy(&row.fields[index])
    };
    let holds = |wanted: &String| {
        let wanted = wanted.to_ascii_lowercase();
        ["asked", "outcome"].iter().any(|name| text(name).to_ascii_lowercase().contains(&wanted))
    };
    query.from.is_none_or(|from| *text("at") >= *time_text(from))
        && query.to.is_none_or(|to| *text("at") < *time_text(to))
        && query.kind.as_ref().is_none_or(|kind| text("kind") == kind.as_str())
        && query.who.as_ref().is_none_or(|who| text("who") == who.as_str())
        && query.text.as_ref().is_none_or(holds)
        && query.before.is_none_or(|before| row.sequence < before)
}

impl AuditStore for Memory {
    fn commit(&self, changes: Vec<Change>, record: NewRecord) -> Stored<'_, Receipt> {
        let done = self.state().commit(changes, &record);
        Box::pin(async move { done })
    }

    fn rows(&self, after: i64, limit: usize) -> Stored<'_, Vec<Row>> {
        self.read(|state| state.rows.iter().filter(|row| row.sequence > after).take(limit).cloned().collect())
    }

    fn row(&self, sequence: i64) -> Stored<'_, Option<Row>> {
        self.read(|state| state.rows.iter().find(|row| row.sequence == sequence).cloned())
    }

    fn find(&self, query: RecordQuery) -> Stored<'_, Vec<Row>> {
        let limit = if query.limit == 0 { 50 } else { query.limit };
        self.read(|state| {
            state.rows.iter().rev().filter(|row| is_asked_for(row, &query)).take(limit).cloned().collect()
        })
    }

    fn span(&self, from: Option<Timestamp>, to: Option<Timestamp>) -> Stored<'_, Option<(i64, i64)>> {
        let query = RecordQuery { from, to, ..RecordQuery::default() };
        self.read(|state| {
            let mut of_time =
                state.rows.iter().filter(|row| is_asked_for(row, &query)).map(|row| row.sequence);
            let first = of_time.next()?;
            Some((first, of_time.next_back().unwrap_or(first)))
        })
    }

    fn head(&self) -> Stored<'_, Head> {
        self.read(|state| state.head.clone().unwrap_or_else(Head::empty))
    }

    fn checkpoints(&self) -> Stored<'_, Vec<Checkpoint>> {
        self.read(|state| state.checkpoints.clone())
    }
}

impl AccountStore for Memory {
    fn users(&self) -> Stored<'_, Vec<User>> {
        self.read(|state| {
            let mut users = state.users.clone();
            users.sort_by(|left, right| left.name.cmp(&right.name));
            users
        })
    }

    fn user_named(&self, name: UserName) -> Stored<'_, Option<User>> {
        self.read(|state| state.users.iter().find(|user| user.name == name).cloned())
    }

    fn user_external(&self, external: String) -> Stored<'_, Option<User>> {
        self.read(|state| {
            state.users.iter().find(|user| user.external.as_deref() == Some(&*external)).cloned()
        })
    }

    fn session(&self, token: Digest) -> Stored<'_, Option<(Session, User)>> {
        self.read(|state| {
            let session = state.sessions.iter().find(|session| session.token == token)?.clone();
            state.user(&session.user).map(|user| (session, user))
        })
    }

    fn touch_session(&self, token: Digest, now: Timestamp) -> Stored<'_, ()> {
        for session in self.state().sessions.iter_mut().filter(|session| session.token == token) {
            session.seen = now;
        }
        Box::pin(async { Ok(()) })
    }

    fn sweep(&self, sessions_before: Timestamp, attempts_before: Timestamp) -> Stored<'_, ()> {
        let mut state = self.state();
        state.sessions.retain(|session| session.created >= sessions_before);
        state.attempts.retain(|attempts| attempts.last >= attempts_before);
        Box::pin(async { Ok(()) })
    }

    fn invite(&self, token: Digest) -> Stored<'_, Option<(Invite, User)>> {
        self.read(|state| {
            let invite = state.invites.iter().find(|invite| invite.token == token)?.clone();
            state.user(&invite.user).map(|user| (invite, user))
        })
    }

    fn attempts(&self, name: UserName) -> Stored<'_, Attempts> {
        self.read(|state| {
            let found = state.attempts.iter().find(|attempts| attempts.name == name).cloned();
            found.unwrap_or(Attempts { name, failures: 0, last: Timestamp::UNIX_EPOCH, version: 0 })
        })
    }

    fn keys(&self) -> Stored<'_, Vec<ApiKey>> {
        self.read(|state| {
            let mut keys = state.keys.clone();
            keys.sort_by_key(|key| Reverse(key.created));
            keys
        })
    }

    fn key(&self, digest: Digest) -> Stored<'_, Option<ApiKey>> {
        self.read(|state| state.keys.iter().find(|key| key.digest == digest).cloned())
    }
}
