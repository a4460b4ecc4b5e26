//! The store over a pool of connections and one writer. Compiled once for each database.

use super::changes::{append, apply, lock_head, put_head, sweep, touch};
use super::dialect::{BEGIN, Connection, Database, HOLDS, MIGRATIONS};
use crate::OpenError;
use crate::error::failed;
use crate::rows::{self, AttemptRow, CheckpointRow, InviteRow, KeyRow, SessionRow, UserRow};
use crate::writer::{Done, Job, Jobs, Queue, Task, failure, queue};
use cordon_casework::audit::{Checkpoint, FIELDS, Head, Row, time_text};
use cordon_casework::{
    AccountStore, ApiKey, Attempts, AuditStore, Change, Invite, NewRecord, Receipt, RecordQuery, Session,
    StoreError, Stored, User, UserId, UserName,
};
use cordon_model::Digest;
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Connection as _, Pool, Row as _};
use std::sync::LazyLock;
use std::time::Duration;

/// Tries to bring the tables up to date; another process may be doing it too.
const TRIES: u32 = 5;

const USER: &str = "account.id, account.name, account.role, account.password, account.disabled, account.external, \
                    account.created, account.version";
const COLUMNS: &str = "sequence, version, at, kind, who, origin, asked, answer, outcome, lists, policy, engine, \
                       previous, marks, hash";

static FIND: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {COLUMNS} FROM audit WHERE ($1 = '' OR at >= $1) AND ($2 = '' OR at < $2) AND ($3 = '' OR kind = $3) \
         AND ($4 = '' OR who = $4) AND ($5 = '' OR {HOLDS}) AND sequence < $6 ORDER BY sequence DESC LIMIT $7"
    )
});

/// The store.
#[derive(Debug)]
pub(crate) struct Base {
    pool: Pool<Database>,
    queue: Queue,
}

impl Base {
    /// Brings the tables up to date and starts the writer.
    pub(super) async fn start(
        pool: Result<Pool<Database>, sqlx::Error>,
        place: &str,
    ) -> Result<Self, OpenError> {
        let fault = |doing| move |source| OpenError::Database { place: place.to_owned(), doing, source };
        let pool = pool.map_err(fault("open"))?;
        let mut tries = 0;
        while let Err(error) = MIGRATIONS.run(&pool).await {
            tries += 1;
            if tries == TRIES {
                return Err(fault("bring up to date")(error.into()));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let (queue, jobs) = queue();
        tokio::spawn(write(pool.clone(), jobs));
        Ok(Self { pool, queue })
    }

    async fn all<T>(&self, sql: &str) -> Result<Vec<T>, StoreError>
    where
        T: Send + Unpin + for<'r> sqlx::FromRow<'r, <Database as sqlx::Database>::Row>,
    {
        let query = sqlx::query_as(AssertSqlSafe(sql.to_owned()));
        query.fetch_all(&self.pool).await.map_err(failed("read"))
    }

    /// The row of which one column has a value.
    async fn one<T>(&self, sql: &str, value: String) -> Result<Option<T>, StoreError>
    where
        T: Send + Unpin + for<'r> sqlx::FromRow<'r, <Database as sqlx::Database>::Row>,
    {
        let query = sqlx::query_as(AssertSqlSafe(sql.to_owned())).bind(value);
        query.fetch_optional(&self.pool).await.map_err(failed("read"))
    }

    async fn user_by(&self, column: &str, value: String) -> Result<Option<User>, StoreError> {
        let row: Option<UserRow> =
            self.one(&format!("SELECT {USER} FROM account WHERE {column} = $1"), value).await?;
        row.map(rows::user).transpose()
    }

    async fn user_of(&self, id: &UserId) -> Result<Option<User>, StoreError> {
        self.user_by("id", id.to_string()).await
    }
}

/// Writes what is waiting, a transaction at a time, until nobody is left who could wait.
async fn write(pool: Pool<Database>, mut jobs: Jobs) {
    loop {
        let batch = jobs.next().await;
        if batch.is_empty() {
            return;
        }
        let (tasks, answers): (Vec<_>, Vec<_>) =
            batch.into_iter().map(|Job { task, answer }| (task, answer)).unzip();
        let done = transact(&pool, &tasks).await;
        let mut done = done.unwrap_or_else(|error| {
            let why =
                std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
            tasks.iter().map(|_| Err(failure("write", why.clone()))).collect()
        });
        for answer in answers.into_iter().rev() {
            // Whoever asked may have gone; what was written stays written.
            let _ = answer.send(done.pop().unwrap_or_else(|| Err(failure("write", String::new()))));
        }
    }
}

/// All of these in one transaction. What comes of each counts only if the whole is committed.
async fn transact(pool: &Pool<Database>, tasks: &[Task]) -> Result<Vec<Done>, StoreError> {
    let mut connection = pool.acquire().await.map_err(failed("connect"))?;
    let mut transaction = connection.begin_with(BEGIN).await.map_err(failed("begin a transaction"))?;
    let mut head = lock_head(&mut transaction).await?;
    let begun = head.sequence;
    let mut done = Vec::with_capacity(tasks.len());
    for task in tasks {
        done.push(match task {
            Task::Commit(changes, record) if changes.is_empty() => {
                Ok(Some(append(&mut transaction, &mut head, record).await?))
            }
            Task::Commit(changes, record) => commit(&mut transaction, &mut head, changes, record).await?,
            Task::Touch(token, now) => touch(&mut transaction, token, *now).await.map(|()| None),
            Task::Sweep(sessions, attempts) => {
                sweep(&mut transaction, *sessions, *attempts).await.map(|()| None)
            }
        });
    }
    if head.sequence > begun {
        put_head(&mut transaction, &head).await?;
    }
    transaction.commit().await.map_err(failed("commit"))?;
    Ok(done)
}

/// Changes with their record, or neither, within the transaction of many.
async fn commit(
    transaction: &mut Connection,
    head: &mut Head,
    changes: &[Change],
    record: &NewRecord,
) -> Result<Done, StoreError> {
    let mut part = transaction.begin().await.map_err(failed("begin a transaction"))?;
    for change in changes {
        if let Err(error) = apply(&mut part, change).await {
            part.rollback().await.map_err(failed("roll back"))?;
            return Ok(Err(error));
        }
    }
    let receipt = append(&mut part, head, record).await?;
    part.commit().await.map_err(failed("commit"))?;
    Ok(Ok(Some(receipt)))
}

/// A row as its bytes: nothing is taken to be a text, for it may have been tampered with.
fn row(row: &<Database as sqlx::Database>::Row) -> Result<Row, sqlx::Error> {
    let text = |index: usize| row.try_get_unchecked::<Vec<u8>, _>(index);
    let mut fields: [Vec<u8>; FIELDS.len()] = Default::default();
    for (index, field) in fields.iter_mut().enumerate() {
        *field = text(index + 1)?;
    }
    Ok(Row {
        sequence: row.try_get(0)?,
        fields,
        marks: text(FIELDS.len() + 1)?,
        hash: text(FIELDS.len() + 2)?,
    })
}

fn rows_of(found: &[<Database as sqlx::Database>::Row]) -> Result<Vec<Row>, StoreError> {
    found.iter().map(row).collect::<Result<_, _>>().map_err(failed("read audit records"))
}

impl AuditStore for Base {
    fn commit(&self, changes: Vec<Change>, record: NewRecord) -> Stored<'_, Receipt> {
        Box::pin(async move {
            let receipt = self.queue.run(Task::Commit(changes, Box::new(record))).await?;
            receipt.ok_or_else(|| failure("append a record", String::new()))
        })
    }

    fn rows(&self, after: i64, limit: usize) -> Stored<'_, Vec<Row>> {
        Box::pin(async move {
            let sql = format!("SELECT {COLUMNS} FROM audit WHERE sequence > $1 ORDER BY sequence LIMIT $2");
            let found =
                sqlx::query(AssertSqlSafe(sql)).bind(after).bind(limit as i64).fetch_all(&self.pool).await;
            rows_of(&found.map_err(failed("read audit records"))?)
        })
    }

    fn row(&self, sequence: i64) -> Stored<'_, Option<Row>> {
        Box::pin(async move {
            let Some(after) = sequence.checked_sub(1) else { return Ok(None) };
            Ok(self.rows(after, 1).await?.into_iter().find(|row| row.sequence == sequence))
        })
    }

    fn find(&self, query: RecordQuery) -> Stored<'_, Vec<Row>> {
        Box::pin(async move {
            let time = |time: Option<Timestamp>| time.map(time_text).unwrap_or_default();
            let limit = if query.limit == 0 { 50 } else { query.limit };
            let found = sqlx::query(AssertSqlSafe(FIND.as_str()))
                .bind(time(query.from))
                .bind(time(query.to))
                .bind(query.kind.unwrap_or_default())
                .bind(query.who.unwrap_or_default())
                .bind(query.text.unwrap_or_default())
                .bind(query.before.unwrap_or(i64::MAX))
                .bind(limit as i64)
                .fetch_all(&self.pool)
                .await;
            rows_of(&found.map_err(failed("find audit records"))?)
        })
    }

    fn span(&self, from: Option<Timestamp>, to: Option<Timestamp>) -> Stored<'_, Option<(i64, i64)>> {
        Box::pin(async move {
            let sql = "SELECT MIN(sequence), MAX(sequence) FROM audit WHERE ($1 = '' OR at >= $1) AND ($2 = '' OR at < $2)";
            let (first, last): (Option<i64>, Option<i64>) = sqlx::query_as(sql)
                .bind(from.map(time_text).unwrap_or_default())
                .bind(to.map(time_text).unwrap_or_default())
                .fetch_one(&self.pool)
                .await
                .map_err(failed("read audit records"))?;
            Ok(first.zip(last))
        })
    }

    fn head(&self) -> Stored<'_, Head> {
        Box::pin(async move {
            let heads: Vec<(i64, String)> =
                self.all("SELECT sequence, hash FROM audit_head WHERE id = 1").await?;
            let head = heads.into_iter().next().map(|(sequence, hash)| Head { sequence, hash });
            head.ok_or_else(|| StoreError::Unreadable {
                what: "the end of the audit chain".to_owned(),
                why: "it is missing".to_owned(),
            })
        })
    }

    fn checkpoints(&self) -> Stored<'_, Vec<Checkpoint>> {
        Box::pin(async move {
            let sql =
                "SELECT kind, sequence, hash, at, key, signature FROM audit_checkpoint ORDER BY sequence, at";
            let found: Vec<CheckpointRow> = self.all(sql).await?;
            found.into_iter().map(rows::checkpoint).collect()
        })
    }
}

impl AccountStore for Base {
    fn users(&self) -> Stored<'_, Vec<User>> {
        Box::pin(async move {
            let found: Vec<UserRow> = self.all(&format!("SELECT {USER} FROM account ORDER BY name")).await?;
            found.into_iter().map(rows::user).collect()
        })
    }

    fn user_named(&self, name: UserName) -> Stored<'_, Option<User>> {
        Box::pin(async move { self.user_by("name", name.to_string()).await })
    }

    fn user_external(&self, external: String) -> Stored<'_, Option<User>> {
        Box::pin(async move {
            if external.is_empty() {
                return Ok(None);
            }
            self.user_by("external", external).await
        })
    }

    fn session(&self, token: Digest) -> Stored<'_, Option<(Session, User)>> {
        Box::pin(async move {
            let sql = "SELECT token, account, created, seen FROM session WHERE token = $1";
            let Some(row) = self.one::<SessionRow>(sql, token.to_string()).await? else { return Ok(None) };
            let session = rows::session(&row)?;
            Ok(self.user_of(&session.user).await?.map(|user| (session, user)))
        })
    }

    fn touch_session(&self, token: Digest, now: Timestamp) -> Stored<'_, ()> {
        Box::pin(async move { self.queue.run(Task::Touch(token, now)).await.map(|_| ()) })
    }

    fn sweep(&self, sessions_before: Timestamp, attempts_before: Timestamp) -> Stored<'_, ()> {
        Box::pin(
            async move { self.queue.run(Task::Sweep(sessions_before, attempts_before)).await.map(|_| ()) },
        )
    }

    fn invite(&self, token: Digest) -> Stored<'_, Option<(Invite, User)>> {
        Box::pin(async move {
            let sql = "SELECT token, account, created, expires, used FROM invite WHERE token = $1";
            let Some(row) = self.one::<InviteRow>(sql, token.to_string()).await? else { return Ok(None) };
            let invite = rows::invite(&row)?;
            Ok(self.user_of(&invite.user).await?.map(|user| (invite, user)))
        })
    }

    fn attempts(&self, name: UserName) -> Stored<'_, Attempts> {
        Box::pin(async move {
            let sql = "SELECT name, failures, last, version FROM attempt WHERE name = $1";
            match self.one::<AttemptRow>(sql, name.to_string()).await? {
                Some(row) => rows::attempts(&row),
                None => Ok(Attempts { name, failures: 0, last: Timestamp::UNIX_EPOCH, version: 0 }),
            }
        })
    }

    fn keys(&self) -> Stored<'_, Vec<ApiKey>> {
        Box::pin(async move {
            let sql = "SELECT id, digest, label, scopes, rate_limit, created, created_by, expires, revoked \
                       FROM api_key ORDER BY created DESC, id";
            let found: Vec<KeyRow> = self.all(sql).await?;
            found.into_iter().map(rows::key).collect()
        })
    }

    fn key(&self, digest: Digest) -> Stored<'_, Option<ApiKey>> {
        Box::pin(async move {
            let sql = "SELECT id, digest, label, scopes, rate_limit, created, created_by, expires, revoked \
                       FROM api_key WHERE digest = $1";
            self.one::<KeyRow>(sql, digest.to_string()).await?.map(rows::key).transpose()
        })
    }
}
