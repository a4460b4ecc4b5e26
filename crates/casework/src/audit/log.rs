//! The log as the server and the commands use it.

use super::chain::{Verdict, Walk};
use super::checkpoint::{Checkpoint, CheckpointKind, PublicKey, Signer};
use super::record::{AuditRecord, Kind, NewRecord, Receipt, RecordQuery, Row};
use crate::error::{CommandError, StoreError};
use crate::occasion::Occasion;
use crate::ports::{Change, Store};
use crate::scope::Scope;
use cordon_model::Digest;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ZonedDateTime};
use std::fmt;
use std::sync::Arc;

/// Rows read at a time.
const PAGE: usize = 1000;

/// The record of what was done.
#[derive(Clone)]
pub struct AuditLog {
    store: Arc<dyn Store>,
}

impl AuditLog {
    /// The log of a store.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store }
    }

    /// Appends a record; ready once it would survive the end of the process.
    pub async fn append(&self, record: NewRecord) -> Result<Receipt, StoreError> {
        self.store.commit(Vec::new(), record).await
    }

    /// The record of this sequence.
    pub async fn record(&self, sequence: i64) -> Result<Option<AuditRecord>, StoreError> {
        self.store.row(sequence).await?.as_ref().map(read).transpose()
    }

    /// Records by what they are about, the newest first.
    pub async fn find(&self, query: RecordQuery) -> Result<Vec<AuditRecord>, StoreError> {
        self.store.find(query).await?.iter().map(read).collect()
    }

    /// Walks the whole chain. The key must come from elsewhere than the store.
    pub async fn verify(&self, key: Option<&PublicKey>) -> Result<Verdict, StoreError> {
        let mut walk = Walk::whole(self.store.checkpoints().await?, key);
        let mut after = i64::MIN;
        // The head is read when all rows seem read, and it only grows: what was appended meanwhile is read then.
        let mut head = None;
        loop {
            let rows = self.store.rows(after, PAGE).await?;
            for row in &rows {
                walk.step(row);
            }
            if let Some(last) = rows.last() {
                after = last.sequence;
            } else if let Some(head) = head {
                return Ok(walk.end(Some(&head)));
            } else {
                head = Some(self.store.head().await?);
            }
        }
    }

    /// Sequences of the first and last record of a time, the end excluded. An export takes all between them, so that it
    /// is a part of the chain that can be verified by itself.
    pub async fn span(
        &self,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
    ) -> Result<Option<(i64, i64)>, StoreError> {
        self.store.span(from, to).await
    }

    /// At most a thousand rows after a sequence.
    pub async fn page(&self, after: i64) -> Result<Vec<Row>, StoreError> {
        self.store.rows(after, PAGE).await
    }

    /// All signed statements.
    pub async fn checkpoints(&self) -> Result<Vec<Checkpoint>, StoreError> {
        self.store.checkpoints().await
    }

    /// Signs the end of the chain. `None` if there is no record yet.
    pub async fn checkpoint(
        &self,
        occasion: &Occasion,
        signer: &Signer,
    ) -> Result<Option<Checkpoint>, CommandError> {
        occasion.caller.need(Scope::Audit)?;
        let head = self.store.head().await?;
        let Some(hash) = Digest::parse(&head.hash).filter(|_| head.sequence > 0) else { return Ok(None) };
        let signed = signer.sign(CheckpointKind::Mark, head.sequence, &hash, occasion.now);
        let record = NewRecord::new(occasion, Kind::CHECKPOINT).outcome(described(&signed));
        self.store.commit(vec![Change::AddCheckpoint(signed.clone())], record).await?;
        Ok(Some(signed))
    }

    /// Removes the records of before so many years, behind a signed cut. The number removed.
    pub async fn prune(&self, occasion: &Occasion, years: u16, signer: &Signer) -> Result<u64, CommandError> {
        occasion.caller.need(Scope::Audit)?;
        let limit = ZonedDateTime::new(occasion.now, TimeZone::UTC)
            .checked_sub(Span::new().years(i64::from(years)))
            .map_err(|error| CommandError::invalid("years", error))?
            .timestamp();
        // The first record that must stay; those before it are cut, so that the rest is one chain.
        let Some((last, kept)) = self.last_before(limit).await? else { return Ok(0) };
        let hash = Digest::parse(&String::from_utf8_lossy(&last.hash)).ok_or_else(|| {
            CommandError::State(format!("record {} has no hash: verify first", last.sequence))
        })?;
        let cut = signer.sign(CheckpointKind::Cut, last.sequence, &hash, occasion.now);
        let record = NewRecord::new(occasion, Kind::PRUNED)
            .asked(serde_json::json!({ "years": years }).to_string())
            .outcome(described(&cut));
        let changes = vec![Change::AddCheckpoint(cut), Change::Prune(last.sequence)];
        self.store.commit(changes, record).await?;
        Ok(kept)
    }

    /// The last row before all that are younger than the limit, and how many stand up to it.
    async fn last_before(&self, limit: Timestamp) -> Result<Option<(Row, u64)>, StoreError> {
        let Some((first, _)) = self.store.span(None, None).await? else { return Ok(None) };
        let young = self.store.span(Some(limit), None).await?.map(|span| span.0);
        let last = match young {
            Some(young) => young - 1,
            None => self.store.head().await?.sequence,
        };
        if last < first {
            return Ok(None);
        }
        Ok(self.store.row(last).await?.map(|row| (row, (last - first + 1).unsigned_abs())))
    }
}

impl fmt::Debug for AuditLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuditLog")
    }
}

fn read(row: &Row) -> Result<AuditRecord, StoreError> {
    AuditRecord::of(row).map_err(|why| StoreError::Unreadable { what: "an audit record".to_owned(), why })
}

fn described(checkpoint: &Checkpoint) -> String {
    let Checkpoint { sequence, hash, key, .. } = checkpoint;
    serde_json::json!({ "sequence": sequence, "hash": hash, "key": key }).to_string()
}
