//! How an update ends: a new snapshot is in force, what is in force was confirmed, or the reason is kept.

use super::job::Job;
use super::{Updated, read_or_rebuild};
use crate::pointer::Known;
use crate::snapshots::{Earlier, Origins};
use crate::{
    Acceptance, Accepted, Attempt, Changes, InForce, Outcome, Reason, StoreError, segments, snapshots,
};
use cordon_model::{Delta, Snapshot};
use jiff::civil::Date;

impl Job<'_> {
    pub(super) fn accept(
        &mut self,
        snapshot: &Snapshot,
        format: &str,
        state: Acceptance,
        known: Vec<Known>,
    ) -> Result<Updated, Reason> {
        let previous = self.pointer.in_force();
        let forced = match &state {
            Acceptance::Accepted => None,
            Acceptance::Forced(reason) => Some(reason.clone()),
        };
        let origins =
            Origins { fetched: self.now, sources: self.sources.clone(), format: format.to_owned(), state };
        // Where what was in force cannot be read, the new one stands alone.
        let before =
            self.pointer.history.last().and_then(|entry| snapshots::read(&self.places, &entry.snapshot).ok());
        let delta = before.as_ref().map(|before| Delta::between(before, snapshot));
        let earlier = before.as_ref().zip(delta.as_ref());
        let earlier = earlier.map(|(snapshot, delta)| Earlier { snapshot, delta });
        let id = snapshots::keep(&self.writer, &self.places, snapshot, earlier.as_ref(), origins)?;
        snapshots::refresh_issues(&self.writer, &self.places, &id, snapshot.issues())?;
        self.compile(snapshot)?;
        // The same id again is a repair of damaged files, not news.
        if self.pointer.history.last().is_none_or(|entry| entry.snapshot != id) {
            self.pointer.history.push(Accepted {
                snapshot: id,
                published: snapshot.published(),
                fetched: self.now,
                entities: snapshot.entities().len(),
                issues: snapshot.issues().len(),
                changes: delta.as_ref().map(Changes::of),
            });
        }
        self.pointer.confirmed = None;
        self.pointer.known = known;
        self.pointer.indexed = self.indexed.take();
        let in_force = self.swap(Outcome::Accepted)?;
        Ok(Updated { list: self.places.list.clone(), outcome: Outcome::Accepted, in_force, previous, forced })
    }

    fn compile(&self, snapshot: &Snapshot) -> Result<(), Reason> {
        segments::compile(&self.writer, &self.places, snapshot)
            .map_err(|error| error.map_or_else(Reason::from, Reason::from))
    }

    /// The content in force was read again: its issues may be told otherwise.
    pub(super) fn confirm_content(&mut self, snapshot: &Snapshot) -> Result<Updated, Reason> {
        if let Some(entry) = self.pointer.history.last_mut() {
            snapshots::refresh_issues(&self.writer, &self.places, &entry.snapshot, snapshot.issues())?;
            entry.issues = snapshot.issues().len();
        }
        self.confirm(snapshot.published())
    }

    /// What is in force is what the publisher gives out, under this date.
    pub(super) fn confirm(&mut self, published: Option<Date>) -> Result<Updated, Reason> {
        if let Some(entry) = self.pointer.history.last() {
            let manifest = snapshots::manifest(&self.places, &entry.snapshot)?;
            if !segments::is_there(&self.places, &manifest) {
                self.compile(&snapshots::read(&self.places, &entry.snapshot)?)?;
            }
            if published > entry.published.max(self.pointer.confirmed) {
                self.pointer.confirmed = published;
            }
        }
        let in_force = self.swap(Outcome::Unchanged)?;
        let (list, outcome) = (self.places.list.clone(), Outcome::Unchanged);
        Ok(Updated { list, outcome, in_force, previous: None, forced: None })
    }

    fn swap(&mut self, outcome: Outcome) -> Result<InForce, Reason> {
        self.pointer.checked = Some(self.now);
        self.pointer.attempt = Some(Attempt::good(self.now, outcome));
        self.pointer.write(&self.writer, &self.places)?;
        self.pointer.in_force().ok_or_else(|| {
            let list = self.places.list.clone();
            StoreError::NothingInForce { list, when: String::new() }.into()
        })
    }

    /// Keeps why the update did not happen, beside what is in force on disk. That this cannot be kept either is not
    /// told: the caller has the reason, and it is the same one as a rule (no space, no permission).
    pub(super) fn record(&self, reason: &Reason) {
        let Ok(mut pointer) = read_or_rebuild(&self.places) else { return };
        let outcome = match reason {
            Reason::Refused(_) => Outcome::Refused,
            Reason::Failed(_) => Outcome::Failed,
        };
        let sources = self.sources.iter().map(|source| source.digest.clone()).collect();
        let reason = reason.to_string();
        pointer.note(Attempt { reason, sources, ..Attempt::good(self.now, outcome) });
        let _ = pointer.write(&self.writer, &self.places);
    }
}
