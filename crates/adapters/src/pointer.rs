//! The pointer of a list: what is in force, what was before, how the last attempt went, and what the publisher's
//! server said of the files, to ask it for changes only.

use crate::home::{Places, Writer, is_file_name};
use crate::{StoreError, Validators, disk};
use cordon_model::{Delta, Digest, SnapshotId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Version of the pointer's form.
const VERSION: u32 = 1;

/// Attempts that did not end well are kept up to this number; many alike in a row are one.
const UNSUCCESSFUL: usize = 100;

/// A snapshot that was put in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Its id.
    pub snapshot: SnapshotId,
    /// The date its publisher gives it.
    pub published: Option<Date>,
    /// When it was fetched and put in force.
    pub fetched: Timestamp,
    /// Number of entities.
    pub entities: usize,
    /// Number of issues.
    pub issues: usize,
    /// What it changed in the snapshot in force before; absent for the first one, and where it was not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
}

/// How many entities one snapshot has otherwise than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Not in the older one.
    pub added: usize,
    /// Not in the newer one.
    pub removed: usize,
    /// In both, and different.
    pub changed: usize,
}

impl Changes {
    /// Those of a delta.
    pub fn of(delta: &Delta) -> Self {
        let (added, changed, removed) = delta.counts();
        Self { added, removed, changed }
    }
}

impl Accepted {
    /// The day from which it counts: the publication date, or the day (UTC) it was fetched if it has none.
    pub fn effective(&self) -> Date {
        self.published.unwrap_or_else(|| self.fetched.to_zoned_datetime(TimeZone::UTC).date())
    }
}

/// The snapshot in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// The snapshot.
    pub accepted: Accepted,
    /// The latest date under which the publisher gave out this same content, if later than the snapshot's own.
    pub confirmed: Option<Date>,
    /// When it was last known to be what the publisher gives out.
    pub checked: Timestamp,
}

impl InForce {
    /// The latest publication date known of this content.
    pub fn published(&self) -> Option<Date> {
        self.accepted.published.max(self.confirmed)
    }
}

/// How an attempt to update went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A new snapshot is in force.
    Accepted,
    /// The publisher gives out what is in force.
    Unchanged,
    /// A new version was there and was not taken.
    Refused,
    /// No new version could be had or kept.
    Failed,
}

impl Outcome {
    /// The word people read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }
}

/// An attempt to update a list, or several that ended alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When it was made; the last one, where several ended alike.
    pub at: Timestamp,
    /// When the first of several was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// How many others before it ended alike.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u32,
    /// How it went.
    pub outcome: Outcome,
    /// Why it was refused or failed, in one line: file and reason. Empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Digests of the files it looked at; they are kept in `raw`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Digest>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "asked for by the serialiser")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Attempt {
    /// An attempt that ended well.
    pub(crate) fn good(at: Timestamp, outcome: Outcome) -> Self {
        Self { at, since: None, more: 0, outcome, reason: String::new(), sources: Vec::new() }
    }

    /// Whether it ended in the same way, with the same words.
    fn ended_like(&self, other: &Self) -> bool {
        (self.outcome, &self.reason) == (other.outcome, &other.reason)
    }
}

/// What a server said of one file of the version in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    /// Digest of the address: an address may hold a token.
    pub(crate) address: Digest,
    /// Digest of the file.
    pub(crate) file: Digest,
    #[serde(flatten)]
    pub(crate) validators: Validators,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pointer {
    version: u32,
    pub(crate) list: String,
    /// Every snapshot that was put in force, in that order; the last one is in force.
    #[serde(default)]
    pub(crate) history: Vec<Accepted>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) confirmed: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) checked: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) attempt: Option<Attempt>,
    /// The last attempts that did not end well, the oldest first; [`Attempt::since`] of one tells that it stands for
    /// several in a row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) unsuccessful: Vec<Attempt>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) known: Vec<Known>,
    /// Which version of a data set is in force, where the list comes from an index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) indexed: Option<Indexed>,
}

/// A version of a data set that an index describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Indexed {
    pub(crate) dataset: String,
    pub(crate) version: String,
    /// Digest of its entities.
    pub(crate) file: Digest,
}

impl Pointer {
    /// The pointer of a list that was never loaded.
    pub(crate) fn new(list: &str) -> Self {
        Self {
            version: VERSION,
            list: list.to_owned(),
            history: Vec::new(),
            confirmed: None,
            checked: None,
            attempt: None,
            unsuccessful: Vec::new(),
            known: Vec::new(),
            indexed: None,
        }
    }

    /// Reads the pointer of a list; one that was never loaded has an empty one.
    pub(crate) fn read(places: &Places) -> Result<Self, StoreError> {
        let Some(bytes) = disk::read_if_there(&places.pointer)? else {
            return Ok(Self::new(&places.list));
        };
        let pointer: Self = versioned(&places.pointer, &bytes, VERSION)?;
        if pointer.list != places.list || !pointer.history.iter().all(|entry| is_file_name(&entry.snapshot)) {
            let reason = format!("it is not the pointer of `{}`", places.list);
            return Err(StoreError::Damaged { path: places.pointer.clone(), reason });
        }
        Ok(pointer)
    }

    /// Puts the pointer in place: the moment at which an update happens.
    pub(crate) fn write(&self, _writer: &Writer<'_>, places: &Places) -> Result<(), StoreError> {
        disk::put_file(&places.pointer, &to_json(&places.pointer, self)?)
    }

    /// Notes an attempt that did not end well. One that ends like the one before it is counted with it, unless a good
    /// one lies between.
    pub(crate) fn note(&mut self, attempt: Attempt) {
        let in_a_row = self.attempt.as_ref().is_some_and(|last| last.ended_like(&attempt));
        match self.unsuccessful.last_mut() {
            Some(last) if in_a_row && last.ended_like(&attempt) => {
                let (since, more) = (last.since.or(Some(last.at)), last.more.saturating_add(1));
                *last = Attempt { since, more, ..attempt.clone() };
            }
            _ => self.unsuccessful.push(attempt.clone()),
        }
        let surplus = self.unsuccessful.len().saturating_sub(UNSUCCESSFUL);
        self.unsuccessful.drain(..surplus);
        self.attempt = Some(attempt);
    }

    pub(crate) fn in_force(&self) -> Option<InForce> {
        self.history.last().map(|accepted| InForce {
            accepted: accepted.clone(),
            confirmed: self.confirmed,
            checked: self.checked.unwrap_or(accepted.fetched),
        })
    }
}

/// Reads a JSON file that carries its form's version, and refuses a version above `known` before reading the rest.
pub(crate) fn versioned<T: for<'a> Deserialize<'a>>(
    path: &Path,
    bytes: &[u8],
    known: u32,
) -> Result<T, StoreError> {
    #[derive(Deserialize)]
    struct Form {
        version: u32,
    }
    let damaged =
        |error: serde_json::Error| StoreError::Damaged { path: path.to_owned(), reason: error.to_string() };
    let form: Form = serde_json::from_slice(bytes).map_err(damaged)?;
    if form.version > known {
        return Err(StoreError::Version { path: path.to_owned(), found: form.version, known });
    }
    serde_json::from_slice(bytes).map_err(damaged)
}

/// Writes a value as JSON that people can read too.
pub(crate) fn to_json<T: Serialize>(path: &Path, value: &T) -> Result<Vec<u8>, StoreError> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|error| StoreError::Io {
        action: "write",
        path: path.to_owned(),
        source: error.into(),
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Home, Wait};
    use proptest::prelude::*;

    #[test]
    fn a_newer_form_is_named_and_garbage_is_damage() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(folder.path()).unwrap();
        let places = home.places("l").unwrap();
        assert_eq!(Pointer::read(&places).unwrap(), Pointer::new("l"));
        Pointer::new("l").write(&home.writer(&Wait::NOT).unwrap(), &places).unwrap();
        assert_eq!(Pointer::read(&places).unwrap(), Pointer::new("l"));
        let escape = r#"{"version":1,"list":"l","history":[{"snapshot":"../../x","published":null,"fetched":"2026-01-01T00:00:00Z","entities":1,"issues":0}]}"#;
        for (text, newer) in [
            (r#"{"version":2,"list":"l","history":"another form"}"#, true),
            (r#"{"version":1,"list":"m"}"#, false),
            (escape, false),
            ("{", false),
            ("", false),
        ] {
            std::fs::write(&places.pointer, text).unwrap();
            let error = Pointer::read(&places).unwrap_err();
            assert_eq!(
                matches!(error, StoreError::Version { found: 2, known: 1, .. }),
                newer,
                "{text}: {error}"
            );
            assert_eq!(matches!(error, StoreError::Damaged { .. }), !newer, "{text}: {error}");
        }
    }

    proptest! {
        /// Damage of any sort is an error or another value, never a panic, and never a path out of the home folder.
        #[test]
        fn damaged_pointers_are_errors(at in 0usize..400, byte: u8, cut in 0usize..400) {
            let entry = Accepted {
                snapshot: "2026-02-27-3f9a0c11d2e4".to_owned().into(),
                published: Some(jiff::civil::date(2026, 2, 27)),
                fetched: Timestamp::UNIX_EPOCH,
                entities: 3,
                issues: 0,
                changes: Some(Changes { added: 1, removed: 0, changed: 2 }),
            };
            let pointer = Pointer { history: vec![entry], ..Pointer::new("l") };
            let mut bytes = to_json(Path::new("x"), &pointer).unwrap();
            if let Some(there) = bytes.get_mut(at) {
                *there = byte;
            }
            bytes.truncate(bytes.len().saturating_sub(cut.saturating_sub(200)));
            let folder = tempfile::tempdir().unwrap();
            let places = Home::open(folder.path()).unwrap().places("l").unwrap();
            disk::put_file(&places.pointer, &bytes).unwrap();
            if let Ok(read) = Pointer::read(&places) {
                let inside = |entry: &Accepted| places.snapshot(&entry.snapshot).parent() == Some(&places.snapshots);
                prop_assert!(read.history.iter().all(inside));
            }
        }
    }
}
