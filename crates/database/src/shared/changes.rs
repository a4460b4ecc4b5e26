//! Changes as statements. Compiled once for each database.

use super::dialect::{Connection, LOCK_HEAD};
use crate::error::failed;
use crate::rows::maybe_text;
use cordon_casework::audit::{Head, Row, time_text};
use cordon_casework::{ApiKey, Attempts, Change, NewRecord, Receipt, StoreError, User};
use cordon_model::Digest;
use jiff::Timestamp;

type Outcome<T> = Result<T, StoreError>;

/// A statement with its values, run on a connection; gives the number of rows it touched.
macro_rules! run {
    ($connection:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        sqlx::query($sql)$(.bind($value))*.execute(&mut *$connection).await
            .map(|done| done.rows_affected())
            .map_err(failed("change the state"))
    };
}

/// One row must have been touched.
fn one(touched: u64) -> Outcome<()> {
    if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// The head of the chain, held until the transaction ends.
pub(super) async fn lock_head(connection: &mut Connection) -> Outcome<Head> {
    let (sequence, hash): (i64, String) = sqlx::query_as(LOCK_HEAD)
        .fetch_one(&mut *connection)
        .await
        .map_err(failed("read the end of the chain"))?;
    Ok(Head { sequence, hash })
}

/// Appends a record behind the head, and moves the head.
pub(super) async fn append(
    connection: &mut Connection,
    head: &mut Head,
    record: &NewRecord,
) -> Outcome<Receipt> {
    let previous = Digest::parse(&head.hash).ok_or_else(|| StoreError::Unreadable {
        what: "the end of the audit chain".to_owned(),
        why: format!("its hash is `{}`", head.hash),
    })?;
    let row = record.row(head.sequence + 1, &previous);
    insert(connection, &row).await?;
    let hash = row.expected_hash();
    *head = Head { sequence: row.sequence, hash: hash.to_string() };
    Ok(Receipt { sequence: row.sequence, hash })
}

async fn insert(connection: &mut Connection, row: &Row) -> Outcome<()> {
    let mut query = sqlx::query(
        "INSERT INTO audit (sequence, version, at, kind, who, origin, asked, answer, outcome, lists, policy, engine, \
         previous, marks, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(row.sequence);
    for text in row.fields.iter().chain([&row.marks, &row.hash]) {
        // Rows that were not yet stored are made of texts.
        query = query.bind(String::from_utf8_lossy(text).into_owned());
    }
    query.execute(&mut *connection).await.map_err(failed("append to the audit chain"))?;
    Ok(())
}

/// Writes where the head has got to.
pub(super) async fn put_head(connection: &mut Connection, head: &Head) -> Outcome<()> {
    let sql = "UPDATE audit_head SET sequence = $1, hash = $2 WHERE id = 1";
    one(run!(connection, sql, head.sequence, head.hash.clone())?)
}

/// Writes down the use of a session.
pub(super) async fn touch(connection: &mut Connection, token: &Digest, now: Timestamp) -> Outcome<()> {
    let sql = "UPDATE session SET seen = $1 WHERE token = $2";
    run!(connection, sql, time_text(now), token.to_string()).map(|_| ())
}

/// Removes what no longer counts.
pub(super) async fn sweep(
    connection: &mut Connection,
    sessions: Timestamp,
    attempts: Timestamp,
) -> Outcome<()> {
    run!(connection, "DELETE FROM session WHERE created < $1", time_text(sessions))?;
    run!(connection, "DELETE FROM attempt WHERE last < $1", time_text(attempts)).map(|_| ())
}

/// Applies one change.
pub(super) async fn apply(connection: &mut Connection, change: &Change) -> Outcome<()> {
    match change {
        Change::AddUser(user) => add_user(connection, user).await,
        Change::AddFirstUser(user) => {
            let (users,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM account")
                .fetch_one(&mut *connection)
                .await
                .map_err(failed("count users"))?;
            if users == 0 { add_user(connection, user).await } else { Err(StoreError::Conflict) }
        }
        Change::PutUser(user) => put_user(connection, user).await,
        Change::AddSession(session) => {
            let sql = "INSERT INTO session (token, account, created, seen) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
            let (created, seen) = (time_text(session.created), time_text(session.seen));
            one(run!(connection, sql, session.token.to_string(), session.user.to_string(), created, seen)?)
        }
        Change::EndSession(token) => {
            run!(connection, "DELETE FROM session WHERE token = $1", token.to_string()).map(|_| ())
        }
        Change::EndSessionsOf(user) => {
            run!(connection, "DELETE FROM session WHERE account = $1", user.to_string()).map(|_| ())
        }
        Change::AddInvite(invite) => {
            let sql = "INSERT INTO invite (token, account, created, expires, used) VALUES ($1, $2, $3, $4, $5) \
                       ON CONFLICT DO NOTHING";
            let (created, expires) = (time_text(invite.created), time_text(invite.expires));
            let (token, used) = (invite.token.to_string(), maybe_text(invite.used));
            one(run!(connection, sql, token, invite.user.to_string(), created, expires, used)?)
        }
        Change::UseInvite(token, now) => {
            let sql = "UPDATE invite SET used = $1 WHERE token = $2 AND used = ''";
            one(run!(connection, sql, time_text(*now), token.to_string())?)
        }
        Change::EndInvitesOf(user, now) => {
            let sql = "UPDATE invite SET used = $1 WHERE account = $2 AND used = ''";
            run!(connection, sql, time_text(*now), user.to_string()).map(|_| ())
        }
        Change::PutAttempts(attempts) => put_attempts(connection, attempts).await,
        Change::AddKey(key) => add_key(connection, key).await,
        Change::RevokeKey(id, now) => {
            let sql = "UPDATE api_key SET revoked = $1 WHERE id = $2 AND revoked = ''";
            one(run!(connection, sql, time_text(*now), id.to_string())?)
        }
        Change::AddCheckpoint(point) => {
            let sql = "INSERT INTO audit_checkpoint (kind, sequence, hash, at, key, signature) \
                       VALUES ($1, $2, $3, $4, $5, $6)";
            let (kind, hash, at) = (point.kind.as_str(), point.hash.clone(), point.at.clone());
            one(run!(
                connection,
                sql,
                kind,
                point.sequence,
                hash,
                at,
                point.key.clone(),
                point.signature.clone()
            )?)
        }
        Change::Prune(last) => run!(connection, "DELETE FROM audit WHERE sequence <= $1", *last).map(|_| ()),
    }
}

async fn add_user(connection: &mut Connection, user: &User) -> Outcome<()> {
    let sql = "INSERT INTO account (id, name, role, password, disabled, external, created, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    let touched = run!(
        connection,
        sql,
        user.id.to_string(),
        user.name.to_string(),
        user.role.as_str(),
        user.password.as_ref().map(|hash| hash.as_str().to_owned()).unwrap_or_default(),
        i64::from(user.disabled),
        user.external.clone().unwrap_or_default(),
        time_text(user.created),
        user.version,
    )?;
    one(touched)
}

async fn put_user(connection: &mut Connection, user: &User) -> Outcome<()> {
    let external = user.external.clone().unwrap_or_default();
    // Asked first, for a failed statement ends the transaction of all.
    let taken: Option<(i64,)> =
        sqlx::query_as("SELECT version FROM account WHERE external = $1 AND external <> '' AND id <> $2")
            .bind(external.clone())
            .bind(user.id.to_string())
            .fetch_optional(&mut *connection)
            .await
            .map_err(failed("read a user"))?;
    if taken.is_some() {
        return Err(StoreError::Conflict);
    }
    let sql = "UPDATE account SET name = $1, role = $2, password = $3, disabled = $4, external = $5, \
               version = version + 1 WHERE id = $6 AND version = $7";
    let touched = run!(
        connection,
        sql,
        user.name.to_string(),
        user.role.as_str(),
        user.password.as_ref().map(|hash| hash.as_str().to_owned()).unwrap_or_default(),
        i64::from(user.disabled),
        external,
        user.id.to_string(),
        user.version,
    )?;
    one(touched)
}

async fn put_attempts(connection: &mut Connection, attempts: &Attempts) -> Outcome<()> {
    let Attempts { name, failures, last, version } = attempts;
    let (name, failures, last) = (name.to_string(), i64::from(*failures), time_text(*last));
    let touched = if *version == 0 {
        let sql = "INSERT INTO attempt (name, failures, last, version) VALUES ($1, $2, $3, 1) ON CONFLICT DO NOTHING";
        run!(connection, sql, name, failures, last)?
    } else {
        let sql = "UPDATE attempt SET failures = $1, last = $2, version = version + 1 WHERE name = $3 AND version = $4";
        run!(connection, sql, failures, last, name, *version)?
    };
    one(touched)
}

async fn add_key(connection: &mut Connection, key: &ApiKey) -> Outcome<()> {
    let sql = "INSERT INTO api_key (id, digest, label, scopes, rate_limit, created, created_by, expires, revoked) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    let touched = run!(
        connection,
        sql,
        key.id.to_string(),
        key.digest.to_string(),
        key.label.clone(),
        key.scopes.to_string(),
        key.rate_limit.map_or(0, |limit| i64::from(limit.get())),
        time_text(key.created),
        key.created_by.clone(),
        maybe_text(key.expires),
        maybe_text(key.revoked),
    )?;
    one(touched)
}
