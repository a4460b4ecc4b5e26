//! Rows of tables to values and back.

use cordon_casework::audit::{Checkpoint, CheckpointKind, time_text};
use cordon_casework::{
    ApiKey, Attempts, Invite, KeyId, PasswordHash, Role, Scopes, Session, StoreError, User, UserId, UserName,
};
use cordon_model::Digest;
use jiff::Timestamp;
use std::num::NonZeroU32;

/// id, name, role, password, disabled, external, created, version
pub(crate) type UserRow = (String, String, String, String, i64, String, String, i64);
/// token, account, created, seen
pub(crate) type SessionRow = (String, String, String, String);
/// token, account, created, expires, used
pub(crate) type InviteRow = (String, String, String, String, String);
/// name, failures, last, version
pub(crate) type AttemptRow = (String, i64, String, i64);
/// id, digest, label, scopes, `rate_limit`, created, `created_by`, expires, revoked
pub(crate) type KeyRow = (String, String, String, String, i64, String, String, String, String);
/// kind, sequence, hash, at, key, signature
pub(crate) type CheckpointRow = (String, i64, String, String, String, String);

fn unreadable(what: &str, value: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable { what: what.to_owned(), why: format!("`{value}`") }
}

fn time(text: &str) -> Result<Timestamp, StoreError> {
    text.parse().map_err(|_| unreadable("a time", text))
}

fn maybe_time(text: &str) -> Result<Option<Timestamp>, StoreError> {
    if text.is_empty() { Ok(None) } else { time(text).map(Some) }
}

/// An absent time is an empty text.
pub(crate) fn maybe_text(time: Option<Timestamp>) -> String {
    time.map(time_text).unwrap_or_default()
}

fn digest(text: &str) -> Result<Digest, StoreError> {
    Digest::parse(text).ok_or_else(|| unreadable("a digest", text))
}

fn name(text: &str) -> Result<UserName, StoreError> {
    UserName::parse(text).map_err(|_| unreadable("a user's name", text))
}

pub(crate) fn user(row: UserRow) -> Result<User, StoreError> {
    let (id, named, role, password, disabled, external, created, version) = row;
    Ok(User {
        id: UserId::stored(id),
        name: name(&named)?,
        role: Role::from_word(&role).ok_or_else(|| unreadable("a role", role))?,
        password: (!password.is_empty()).then(|| PasswordHash::stored(password)),
        disabled: disabled != 0,
        external: (!external.is_empty()).then_some(external),
        created: time(&created)?,
        version,
    })
}

pub(crate) fn session(row: &SessionRow) -> Result<Session, StoreError> {
    let (token, account, created, seen) = row;
    Ok(Session {
        token: digest(token)?,
        user: UserId::stored(account.clone()),
        created: time(created)?,
        seen: time(seen)?,
    })
}

pub(crate) fn invite(row: &InviteRow) -> Result<Invite, StoreError> {
    let (token, account, created, expires, used) = row;
    Ok(Invite {
        token: digest(token)?,
        user: UserId::stored(account.clone()),
        created: time(created)?,
        expires: time(expires)?,
        used: maybe_time(used)?,
    })
}

pub(crate) fn attempts(row: &AttemptRow) -> Result<Attempts, StoreError> {
    let (named, failures, last, version) = row;
    let failures = u32::try_from(*failures).map_err(|_| unreadable("a count of failures", failures))?;
    Ok(Attempts { name: name(named)?, failures, last: time(last)?, version: *version })
}

pub(crate) fn key(row: KeyRow) -> Result<ApiKey, StoreError> {
    let (id, hash, label, scopes, rate_limit, created, created_by, expires, revoked) = row;
    Ok(ApiKey {
        id: KeyId::stored(id),
        digest: digest(&hash)?,
        label,
        scopes: Scopes::from_words(&scopes).map_err(|word| unreadable("a scope", word))?,
        rate_limit: u32::try_from(rate_limit).ok().and_then(NonZeroU32::new),
        created: time(&created)?,
        created_by,
        expires: maybe_time(&expires)?,
        revoked: maybe_time(&revoked)?,
    })
}

pub(crate) fn checkpoint(row: CheckpointRow) -> Result<Checkpoint, StoreError> {
    let (kind, sequence, hash, at, key, signature) = row;
    let kind = CheckpointKind::from_word(&kind).ok_or_else(|| unreadable("a kind of checkpoint", kind))?;
    Ok(Checkpoint { kind, sequence, hash, at, key, signature })
}
