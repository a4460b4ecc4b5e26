//! The port to what is kept of the lists: versions, compiled segments, snapshots, their state.
//!
//! Its functions block: they are called off the reactor. [`MemoryLibrary`] is the one that keeps everything in memory.

use cordon_matching::{Parties, Segment};
use cordon_model::{Entity, Issue, Snapshot};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// One version of one list that was put in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The list's id.
    pub list: String,
    /// The snapshot's id.
    pub snapshot: String,
    /// The date its publisher gives it.
    pub published: Option<Date>,
    /// When it was fetched; `None` for what is built in.
    pub fetched: Option<Timestamp>,
    /// Number of entities.
    pub entities: usize,
    /// Number of issues.
    pub issues: usize,
}

impl Version {
    /// The day from which it counts: the publication date, or the day (UTC) it was fetched.
    pub fn effective(&self) -> Option<Date> {
        self.published.or_else(|| Some(self.fetched?.to_zoned_datetime(TimeZone::UTC).date()))
    }
}

/// What is known of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRecord {
    /// The list's id.
    pub id: String,
    /// Its title; empty if it has none.
    pub title: String,
    /// Its state in one word: `ok`, `stale`, `refused`, `failed`, `absent`, `unreadable`.
    pub state: &'static str,
    /// Why the last update was refused or failed.
    pub reason: Option<String>,
    /// The version in force.
    pub version: Option<Version>,
    /// The latest publication date known of this content.
    pub published: Option<Date>,
    /// When it was last known to be what the publisher gives out.
    pub looked: Option<Timestamp>,
    /// Days since it was published (or fetched, if it carries no date).
    pub age_days: Option<i64>,
}

/// Which records of different lists are of one party.
#[derive(Debug, Clone, Default)]
pub struct Joined {
    /// Digest of the links; `None` where there are none.
    pub digest: Option<String>,
    /// The records of each party.
    pub parties: Arc<Parties>,
}

/// Why the library cannot answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LibraryError {
    /// There is no such list, version or day; says which, for the one who asked.
    NotFound(String),
    /// It cannot be read; says why, for the operator.
    Failed(String),
}

impl fmt::Display for LibraryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(text) | Self::Failed(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for LibraryError {}

/// The lists that are kept.
pub trait Library: Send + Sync + 'static {
    /// The version in force of every list that is loaded, by id. Cheap: it is asked every few seconds.
    fn in_force(&self) -> Result<Vec<Version>, LibraryError>;

    /// The state at `now` of every list known or loaded.
    fn lists(&self, now: Timestamp) -> Result<Vec<ListRecord>, LibraryError>;

    /// Every version of a list that was put in force, the oldest first.
    fn history(&self, list: &str) -> Result<Vec<Version>, LibraryError>;

    /// How an entity was in every version of its list, the oldest first; `None` where it was not in it.
    fn versions_of(&self, list: &str, id: &str) -> Result<Vec<(Version, Option<Entity>)>, LibraryError>;

    /// The version in force on a day.
    fn on(&self, list: &str, day: Date) -> Result<Version, LibraryError>;

    /// A version, compiled.
    fn segment(&self, list: &str, snapshot: &str) -> Result<Arc<Segment>, LibraryError>;

    /// The snapshot meant by a day or by the beginning of its id.
    fn snapshot(&self, list: &str, wanted: &str) -> Result<Snapshot, LibraryError>;

    /// What was not understood in a version.
    fn issues(&self, list: &str, snapshot: &str) -> Result<Vec<Issue>, LibraryError>;

    /// What joins records of different lists. Cheap: it is asked every few seconds.
    fn joined(&self) -> Result<Joined, LibraryError> {
        Ok(Joined::default())
    }

    /// What joined records when it had this digest.
    fn joined_as(&self, digest: &str) -> Result<Joined, LibraryError> {
        let now = self.joined()?;
        if now.digest.as_deref() == Some(digest) {
            return Ok(now);
        }
        Err(LibraryError::NotFound(format!("links with the digest `{digest}` are not kept here")))
    }

    /// The last validation report that was kept, as JSON.
    fn report(&self) -> Result<Option<String>, LibraryError> {
        Ok(None)
    }
}

/// Lists held in memory: for tests, and where nothing is kept.
#[derive(Default)]
pub struct MemoryLibrary {
    lists: RwLock<BTreeMap<String, Vec<Kept>>>,
}

#[derive(Clone)]
struct Kept {
    version: Version,
    snapshot: Arc<Snapshot>,
    segment: Arc<Segment>,
}

impl MemoryLibrary {
    /// A library that holds these snapshots.
    pub fn of(snapshots: impl IntoIterator<Item = Snapshot>) -> Result<Self, LibraryError> {
        let library = Self::default();
        for snapshot in snapshots {
            library.put(snapshot, None)?;
        }
        Ok(library)
    }

    /// Puts a snapshot in force.
    pub fn put(&self, snapshot: Snapshot, fetched: Option<Timestamp>) -> Result<(), LibraryError> {
        let segment = Segment::open(Arc::new(Segment::build(&snapshot)))
            .map_err(|error| LibraryError::Failed(error.to_string()))?;
        let version = Version {
            list: snapshot.list().to_owned(),
            snapshot: snapshot.id().to_string(),
            published: snapshot.published(),
            fetched,
            entities: snapshot.entities().len(),
            issues: snapshot.issues().len(),
        };
        let kept = Kept { version, snapshot: Arc::new(snapshot), segment: Arc::new(segment) };
        let mut lists = self.lists.write().unwrap_or_else(PoisonError::into_inner);
        lists.entry(kept.version.list.clone()).or_default().push(kept);
        Ok(())
    }

    fn kept(&self, list: &str) -> Result<Vec<Kept>, LibraryError> {
        let lists = self.lists.read().unwrap_or_else(PoisonError::into_inner);
        lists.get(list).cloned().ok_or_else(|| LibraryError::NotFound(format!("no list is called `{list}`")))
    }

    fn find(&self, list: &str, which: impl Fn(&Version) -> bool, what: &str) -> Result<Kept, LibraryError> {
        let found = self.kept(list)?.into_iter().rev().find(|kept| which(&kept.version));
        found.ok_or_else(|| LibraryError::NotFound(format!("`{list}` has no version `{what}`")))
    }
}

impl Library for MemoryLibrary {
    fn in_force(&self) -> Result<Vec<Version>, LibraryError> {
        let lists = self.lists.read().unwrap_or_else(PoisonError::into_inner);
        Ok(lists.values().filter_map(|kept| kept.last()).map(|kept| kept.version.clone()).collect())
    }

    fn lists(&self, now: Timestamp) -> Result<Vec<ListRecord>, LibraryError> {
        let today = now.to_zoned_datetime(TimeZone::UTC).date();
        let record = |version: Version| ListRecord {
            id: version.list.clone(),
            title: cordon_lists::watchlist(&version.list).map(|row| row.title.to_owned()).unwrap_or_default(),
            state: "ok",
            reason: None,
            published: version.published,
            looked: version.fetched,
            age_days: version
                .effective()
                .and_then(|day| day.until(today).ok())
                .map(|span| i64::from(span.get_days())),
            version: Some(version),
        };
        Ok(self.in_force()?.into_iter().map(record).collect())
    }

    fn history(&self, list: &str) -> Result<Vec<Version>, LibraryError> {
        Ok(self.kept(list)?.into_iter().map(|kept| kept.version).collect())
    }

    fn versions_of(&self, list: &str, id: &str) -> Result<Vec<(Version, Option<Entity>)>, LibraryError> {
        let kept = self.kept(list)?.into_iter();
        Ok(kept.map(|kept| (kept.version, kept.segment.entity(id))).collect())
    }

    fn on(&self, list: &str, day: Date) -> Result<Version, LibraryError> {
        let on_day = |version: &Version| version.effective().is_none_or(|effective| effective <= day);
        Ok(self.find(list, on_day, &day.to_string())?.version)
    }

    fn segment(&self, list: &str, snapshot: &str) -> Result<Arc<Segment>, LibraryError> {
        Ok(self.find(list, |version| version.snapshot == snapshot, snapshot)?.segment)
    }

    fn snapshot(&self, list: &str, wanted: &str) -> Result<Snapshot, LibraryError> {
        let found = match wanted.parse::<Date>() {
            Ok(day) => self.on(list, day)?.snapshot,
            Err(_) => wanted.to_owned(),
        };
        let kept = self.find(list, |version| version.snapshot.starts_with(&found), wanted)?;
        Ok((*kept.snapshot).clone())
    }

    fn issues(&self, list: &str, snapshot: &str) -> Result<Vec<Issue>, LibraryError> {
        let kept = self.find(list, |version| version.snapshot == snapshot, snapshot)?;
        Ok(kept.snapshot.issues().to_vec())
    }
}
