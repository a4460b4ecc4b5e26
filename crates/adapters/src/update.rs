//! The update of one list: receive ► unpack ► parse ► guard ► snapshot ► segment ► pointer. Only the last step is
//! seen by readers; whatever ends the update before it leaves what was in force.

mod guard;
mod job;
mod outcome;

use crate::home::Places;
use crate::pointer::Pointer;
use crate::{
    Accepted, Fetch, Home, InForce, IndexSource, Outcome, Reason, Stays, StoreError, UpdateError, Wait,
    snapshots, sweep,
};
use cordon_lists::{ListFormat, format_named, watchlist};
use cordon_model::Bounds;
use jiff::Timestamp;
use jiff::civil::Date;
use job::Job;
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
    /// A data set described by an index in OpenSanctions' form, by its deltas where they lead there.
    Indexed(&'a dyn Fetch, IndexSource<'a>),
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
    /// Fetch the files even if the server says that they did not change: how they are read may have changed.
    pub whole: bool,
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
            whole: false,
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
    let mut job = Job { update, now, writer, places, pointer, sources: Vec::new(), indexed: None };
    job.run().inspect_err(|reason| job.record(reason))
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
            changes: None,
        })
        .collect();
    pointer.history.sort_by(|one, two| {
        (one.fetched, one.effective(), &one.snapshot).cmp(&(two.fetched, two.effective(), &two.snapshot))
    });
    Ok(pointer)
}

#[cfg(test)]
mod faults;
#[cfg(test)]
mod tests;
