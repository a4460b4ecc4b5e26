//! The update of one list: receive ► unpack ► parse ► guard ► snapshot ► segment ► pointer. Only the last step is
//! seen by readers; whatever ends the update before it leaves what was in force.

use crate::error::Refusal;
use crate::home::{Places, Writer};
use crate::pointer::{Known, Pointer};
use crate::receive::{self, Arrival, Received};
use crate::snapshots::{ENGINE, Origins};
use crate::{
    Acceptance, Accepted, Attempt, Fetch, Home, InForce, Outcome, Reason, SourceRecord, Stays, StoreError,
    UpdateError, Wait, raw, segments, snapshots, sweep,
};
use cordon_lists::{
    FORMATS, ListError, ListFormat, SourceFile, Unpacked, format_for, format_named, unpack, watchlist,
};
use cordon_model::{Bounds, Snapshot};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::path::Path;

/// The list to update, and what its new version must be.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// The list's id.
    pub list: &'a str,
    /// The format it is read with; `None` for the first that recognises the files.
    pub format: Option<&'a dyn ListFormat>,
    /// Limits it must keep.
    pub bounds: Bounds,
}

impl<'a> Target<'a> {
    /// The list as the table of lists has it; for a list that is not in it, any format and [`Bounds::UNKNOWN`].
    pub fn of(list: &'a str) -> Self {
        let row = watchlist(list);
        Self {
            list,
            format: row.and_then(|row| format_named(row.format)).map(|format| format as _),
            bounds: row.map_or(Bounds::UNKNOWN, |row| row.bounds),
        }
    }
}

/// Where the new version comes from.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// A file, an archive (`.gz`, `.zip`), or a folder of them.
    Given(&'a Path),
    /// Addresses, in the order the format wants the files.
    Fetched(&'a dyn Fetch, &'a [&'a str]),
}

impl<'a> Source<'a> {
    /// The addresses the table of lists has for a list; none for a list that is not in it.
    pub fn of(list: &str, fetch: &'a dyn Fetch) -> Self {
        Self::Fetched(fetch, watchlist(list).map_or(&[], |row| row.addresses))
    }
}

/// Most bytes of one version of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// As received, all files together.
    pub received: u64,
    /// Unpacked, all files together.
    pub unpacked: u64,
}

impl Default for Limits {
    /// 1 GiB and 4 GiB: ten times the largest official list, and small enough for the machine that reads it.
    fn default() -> Self {
        Self { received: 1 << 30, unpacked: 4 << 30 }
    }
}

/// An update to make.
#[derive(Clone, Copy)]
pub struct Update<'a> {
    /// The list.
    pub target: Target<'a>,
    /// Where the new version comes from.
    pub source: Source<'a>,
    /// The publication date, for files that carry none; it goes before one they carry.
    pub published: Option<Date>,
    /// Take the new version even if it breaks a rule; never if it is unreadable or empty.
    pub force: bool,
    /// Most bytes to take.
    pub limits: Limits,
    /// How long to wait for another process that writes.
    pub wait: Wait<'a>,
}

impl<'a> Update<'a> {
    /// An update by the rules.
    pub fn new(target: Target<'a>, source: Source<'a>) -> Self {
        Self {
            target,
            source,
            published: None,
            force: false,
            limits: Limits::default(),
            wait: Wait::default(),
        }
    }
}

/// An update that went well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Updated {
    /// The list's id.
    pub list: String,
    /// [`Outcome::Accepted`] or [`Outcome::Unchanged`].
    pub outcome: Outcome,
    /// What is in force now.
    pub in_force: InForce,
    /// What was in force before, if anything and if it was something else.
    pub previous: Option<InForce>,
    /// The rule it was taken against, if it was forced.
    pub forced: Option<String>,
}

/// Updates one list at the time `now`, one process at a time. The outcome is kept for [`crate::Store::lists`].
pub fn update(home: &Home, update: &Update<'_>, now: Timestamp) -> Result<Updated, UpdateError> {
    let list = update.target.list;
    attempt(home, update, now).map_err(|reason| {
        let stays = match home.places(list).and_then(|places| Pointer::read(&places)) {
            Ok(pointer) => pointer
                .history
                .last()
                .map_or(Stays::Nothing, |entry| Stays::Snapshot(entry.snapshot.clone(), entry.entities)),
            Err(_) => Stays::Unknown,
        };
        UpdateError { list: list.to_owned(), reason: Box::new(reason), stays }
    })
}

fn attempt(home: &Home, update: &Update<'_>, now: Timestamp) -> Result<Updated, Reason> {
    let places = home.places(update.target.list)?;
    let writer = home.writer(&update.wait)?;
    sweep::sweep(&writer);
    let pointer = read_or_rebuild(&places)?;
    let mut job = Job { update, now, writer, places, pointer, sources: Vec::new() };
    job.run().inspect_err(|reason| job.record(reason))
}

/// Whose format it is: ids of formats begin with their publisher, `ofac_csv`.
fn publisher(format: &str) -> &str {
    format.split('_').next().unwrap_or(format)
}

/// The pointer, or one made from the snapshots that lie there if it is damaged.
fn read_or_rebuild(places: &Places) -> Result<Pointer, StoreError> {
    match Pointer::read(places) {
        Err(StoreError::Damaged { .. }) => {}
        other => return other,
    }
    let mut pointer = Pointer::new(&places.list);
    pointer.history = snapshots::manifests(places)?
        .into_iter()
        .map(|manifest| Accepted {
            snapshot: manifest.snapshot,
            published: manifest.published,
            fetched: manifest.fetched,
            entities: manifest.entities,
            issues: manifest.issues,
        })
        .collect();
    pointer.history.sort_by(|one, two| {
        (one.fetched, one.effective(), &one.snapshot).cmp(&(two.fetched, two.effective(), &two.snapshot))
    });
    Ok(pointer)
}

/// One update under way.
struct Job<'a> {
    update: &'a Update<'a>,
    now: Timestamp,
    writer: Writer<'a>,
    places: Places,
    pointer: Pointer,
    /// The files received so far.
    sources: Vec<SourceRecord>,
}

impl Job<'_> {
    fn run(&mut self) -> Result<Updated, Reason> {
        let (files, known) = match self.receive()? {
            Arrival::Unmodified => return self.confirm(None),
            Arrival::Files(files, known) => (files, known),
        };
        let files = self.unpack(files)?;
        let (format, snapshot) = self.parse(&files)?;
        drop(files);
        let snapshot = snapshot.dated(self.update.published);
        if self.is_in_force(&snapshot) {
            self.pointer.known = known;
            return self.confirm_content(&snapshot);
        }
        let state = self.guard(&snapshot)?;
        self.accept(&snapshot, format, state, known)
    }

    fn receive(&self) -> Result<Arrival, Reason> {
        match self.update.source {
            Source::Given(path) => receive::take(path, &self.update.limits),
            Source::Fetched(fetcher, addresses) => {
                let known = if self.would_read_the_same() { self.pointer.known.as_slice() } else { &[] };
                receive::fetch(self.writer.home(), known, fetcher, addresses, &self.update.limits)
            }
        }
    }

    /// Whether files that did not change would give what is in force: nothing is asked of them but what they say, what
    /// is in force is whole, and this engine read it.
    fn would_read_the_same(&self) -> bool {
        if self.update.force || self.update.published.is_some() {
            return false;
        }
        self.pointer.history.last().is_some_and(|entry| {
            snapshots::manifest(&self.places, &entry.snapshot).is_ok_and(|manifest| manifest.engine == ENGINE)
                && snapshots::is_whole(&self.places, &entry.snapshot)
        })
    }

    /// Keeps the files as received and unpacks them.
    fn unpack(&mut self, files: Vec<Received>) -> Result<Vec<Unpacked>, Reason> {
        for file in &files {
            raw::keep(&self.writer, &file.record.digest, &file.bytes)?;
            self.sources.push(file.record.clone());
        }
        let mut unpacked: Vec<Unpacked> = Vec::new();
        let mut left = self.update.limits.unpacked;
        for Received { record, bytes } in files {
            let broken = |reason: String| ListError::Archive { file: record.name.clone(), reason };
            let mut inner = unpack(&record.name, bytes, left)?;
            // Archives made on macOS carry a hidden twin of each file; a file given by its hidden name is meant.
            if inner.len() > 1 {
                inner.retain(|file| !file.name.starts_with('.'));
            }
            if inner.is_empty() {
                return Err(broken("there is no file in it".to_owned()).into());
            }
            for file in inner {
                left = left.saturating_sub(file.bytes.len() as u64);
                if unpacked.iter().any(|other| other.name.eq_ignore_ascii_case(&file.name)) {
                    return Err(broken(format!("there are several files named `{}`", file.name)).into());
                }
                unpacked.push(file);
            }
        }
        Ok(unpacked)
    }

    fn parse(&self, files: &[Unpacked]) -> Result<(&'static str, Snapshot), Reason> {
        let files: Vec<SourceFile<'_>> =
            files.iter().map(|file| SourceFile { name: &file.name, bytes: &file.bytes }).collect();
        let format = self.format(&files)?;
        Ok((format.id(), format.parse(self.update.target.list, &files)?))
    }

    /// The target's format. A file given by hand may be in another one of the same publisher, if that recognises it
    /// and the target's does not; what a publisher serves must be what it always was.
    fn format(&self, files: &[SourceFile<'_>]) -> Result<&dyn ListFormat, ListError> {
        let Some(usual) = self.update.target.format else {
            return format_for(files).map(|format| format as _);
        };
        let given = matches!(self.update.source, Source::Given(_));
        if given && !usual.recognises(files) {
            let other = FORMATS
                .iter()
                .copied()
                .find(|format| publisher(format.id()) == publisher(usual.id()) && format.recognises(files));
            return Ok(other.map_or(usual, |format| format as _));
        }
        Ok(usual)
    }

    /// Whether this is the content in force, under the same date or a later one that can be right.
    fn is_in_force(&self, new: &Snapshot) -> bool {
        let Some(current) = self.pointer.in_force() else { return false };
        let id = &current.accepted.snapshot;
        let same_content = snapshots::manifest(&self.places, id)
            .is_ok_and(|manifest| manifest.content == *new.content())
            && snapshots::is_whole(&self.places, id);
        same_content
            && match (current.published(), new.published()) {
                (_, None) => true,
                (None, Some(_)) => false,
                (Some(old), Some(new)) => {
                    old == new || (old < new && new <= self.latest_date() && !self.update.force)
                }
            }
    }

    fn guard(&self, new: &Snapshot) -> Result<Acceptance, Reason> {
        let Some(reason) = self.broken_rule(new) else { return Ok(Acceptance::Accepted) };
        if self.update.force && !new.entities().is_empty() {
            return Ok(Acceptance::Forced(reason));
        }
        Err(Reason::Refused(Refusal::Guard { files: self.file_names(), reason }))
    }

    /// The rule for new versions that this one breaks.
    fn broken_rule(&self, new: &Snapshot) -> Option<String> {
        let current = self.pointer.in_force();
        let last = current.as_ref().map(|current| current.accepted.entities);
        if let Some(reason) = self.update.target.bounds.refuse(new.entities().len(), last) {
            return Some(reason);
        }
        let published = new.published()?;
        if published > self.latest_date() {
            return Some(format!("published {published}, more than a year after today ({})", self.today()));
        }
        let latest = current?.published()?;
        (published < latest)
            .then(|| format!("published {published}, before what is in force (published {latest})"))
    }

    fn today(&self) -> Date {
        self.now.to_zoned_datetime(TimeZone::UTC).date()
    }

    /// The latest publication date believed: one taken amiss (2062 for 2026) would bar every later version. A year
    /// leaves room for a machine whose clock is behind.
    fn latest_date(&self) -> Date {
        self.today().saturating_add(1.year())
    }

    /// The first names of the files received.
    fn file_names(&self) -> String {
        const SHOWN: usize = 3;
        let names: Vec<&str> = self.sources.iter().take(SHOWN).map(|source| source.name.as_str()).collect();
        match self.sources.len().saturating_sub(SHOWN) {
            0 => names.join(", "),
            more => format!("{} and {more} more", names.join(", ")),
        }
    }

    fn accept(
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
        let id = snapshots::keep(&self.writer, &self.places, snapshot, origins)?;
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
            });
        }
        self.pointer.confirmed = None;
        self.pointer.known = known;
        let in_force = self.swap(Outcome::Accepted)?;
        Ok(Updated { list: self.places.list.clone(), outcome: Outcome::Accepted, in_force, previous, forced })
    }

    fn compile(&self, snapshot: &Snapshot) -> Result<(), Reason> {
        segments::compile(&self.writer, &self.places, snapshot)
            .map_err(|error| error.map_or_else(Reason::from, Reason::from))
    }

    /// The content in force was read again: its issues may be told otherwise.
    fn confirm_content(&mut self, snapshot: &Snapshot) -> Result<Updated, Reason> {
        if let Some(entry) = self.pointer.history.last_mut() {
            snapshots::refresh_issues(&self.writer, &self.places, &entry.snapshot, snapshot.issues())?;
            entry.issues = snapshot.issues().len();
        }
        self.confirm(snapshot.published())
    }

    /// What is in force is what the publisher gives out, under this date.
    fn confirm(&mut self, published: Option<Date>) -> Result<Updated, Reason> {
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
        self.pointer.attempt =
            Some(Attempt { at: self.now, outcome, reason: String::new(), sources: Vec::new() });
        self.pointer.write(&self.writer, &self.places)?;
        self.pointer.in_force().ok_or_else(|| {
            let list = self.places.list.clone();
            StoreError::NothingInForce { list, when: String::new() }.into()
        })
    }

    /// Keeps why the update did not happen, beside what is in force on disk. That this cannot be kept either is not
    /// told: the caller has the reason, and it is the same one as a rule (no space, no permission).
    fn record(&self, reason: &Reason) {
        let Ok(mut pointer) = read_or_rebuild(&self.places) else { return };
        let outcome = match reason {
            Reason::Refused(_) => Outcome::Refused,
            Reason::Failed(_) => Outcome::Failed,
        };
        let sources = self.sources.iter().map(|source| source.digest.clone()).collect();
        pointer.attempt = Some(Attempt { at: self.now, outcome, reason: reason.to_string(), sources });
        let _ = pointer.write(&self.writer, &self.places);
    }
}

#[cfg(test)]
mod faults;
#[cfg(test)]
mod tests;
