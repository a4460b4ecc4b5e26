//! The home folder as the library a service reads: what is in force, or the built-in list while nothing is.

use cordon_adapters::{Accepted, Condition, Home, InForce, ListState, PartyFile, StoreError};
use cordon_lists::STARTER;
use cordon_matching::Segment;
use cordon_model::{Digest, Entity, Issue, Snapshot};
use cordon_server::{Joined, Library, LibraryError, ListRecord, Version};
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

/// A home folder, read again each time it is asked.
pub(crate) struct Shelf {
    home: Home,
    starter: OnceLock<Result<Starter, LibraryError>>,
    /// The links last read and when they were put in place: they are asked for far more often than they change.
    joined: Mutex<(Option<SystemTime>, Joined)>,
}

#[derive(Clone)]
struct Starter {
    version: Version,
    snapshot: Arc<Snapshot>,
    segment: Arc<Segment>,
}

impl Shelf {
    pub(crate) fn new(home: Home) -> Self {
        Self { home, starter: OnceLock::new(), joined: Mutex::default() }
    }

    fn starter(&self) -> Result<&Starter, LibraryError> {
        self.starter.get_or_init(compiled).as_ref().map_err(Clone::clone)
    }
}

/// The built-in list, compiled.
fn compiled() -> Result<Starter, LibraryError> {
    let snapshot = cordon_lists::starter().map_err(|error| LibraryError::Failed(error.to_string()))?;
    let segment = Segment::open(Arc::new(Segment::build(&snapshot)))
        .map_err(|error| LibraryError::Failed(error.to_string()))?;
    let version = Version {
        list: STARTER.to_owned(),
        snapshot: snapshot.id().to_string(),
        published: snapshot.published(),
        fetched: None,
        entities: snapshot.entities().len(),
        issues: snapshot.issues().len(),
    };
    Ok(Starter { version, snapshot: Arc::new(snapshot), segment: Arc::new(segment) })
}

fn version(list: &str, accepted: &Accepted) -> Version {
    Version {
        list: list.to_owned(),
        snapshot: accepted.snapshot.to_string(),
        published: accepted.published,
        fetched: Some(accepted.fetched),
        entities: accepted.entities,
        issues: accepted.issues,
    }
}

fn record(state: ListState) -> ListRecord {
    let unreadable = match &state.condition {
        Condition::Unreadable(why) => Some(why.clone()),
        _ => None,
    };
    let attempt = state.attempt.map(|attempt| attempt.reason).filter(|reason| !reason.is_empty());
    ListRecord {
        title: state.title.to_owned(),
        state: state.condition.word(),
        reason: unreadable.or(attempt),
        published: state.in_force.as_ref().and_then(InForce::published),
        looked: state.in_force.as_ref().map(|in_force| in_force.checked),
        age_days: state.age.map(|age| age.as_hours() / 24),
        version: state.in_force.map(|in_force| version(&state.id, &in_force.accepted)),
        id: state.id,
    }
}

fn joined(file: &PartyFile) -> Joined {
    Joined { digest: file.digest().map(|digest| digest.to_string()), parties: Arc::new(file.parties()) }
}

/// A missing version is the asker's business, all else the operator's.
fn library_error(error: StoreError) -> LibraryError {
    match error {
        StoreError::NothingInForce { .. }
        | StoreError::NoSnapshot { .. }
        | StoreError::Ambiguous { .. }
        | StoreError::ListId { .. } => LibraryError::NotFound(error.to_string()),
        other => LibraryError::Failed(crate::fault::Fault::of(&other).line().to_owned()),
    }
}

impl Library for Shelf {
    fn in_force(&self) -> Result<Vec<Version>, LibraryError> {
        let store = self.home.store();
        let mut versions = Vec::new();
        for list in store.loaded().map_err(library_error)? {
            if let Some(in_force) = store.in_force(&list).map_err(library_error)? {
                versions.push(version(&list, &in_force.accepted));
            }
        }
        if versions.is_empty() {
            versions.push(self.starter()?.version.clone());
        }
        Ok(versions)
    }

    fn lists(&self, now: Timestamp) -> Result<Vec<ListRecord>, LibraryError> {
        let mut records: Vec<ListRecord> =
            self.home.store().lists(now).map_err(library_error)?.into_iter().map(record).collect();
        if records.iter().all(|record| record.version.is_none()) {
            let version = self.starter()?.version.clone();
            records.push(ListRecord {
                id: version.list.clone(),
                title: "Built-in sample, not kept up to date".to_owned(),
                state: "ok",
                reason: None,
                published: version.published,
                looked: None,
                age_days: None,
                version: Some(version),
            });
        }
        Ok(records)
    }

    fn history(&self, list: &str) -> Result<Vec<Version>, LibraryError> {
        if list == STARTER {
            return Ok(vec![self.starter()?.version.clone()]);
        }
        let history = self.home.store().history(list).map_err(library_error)?;
        Ok(history.into_iter().map(|accepted| version(list, &accepted)).collect())
    }

    fn versions_of(&self, list: &str, id: &str) -> Result<Vec<(Version, Option<Entity>)>, LibraryError> {
        if list == STARTER {
            let starter = self.starter()?;
            return Ok(vec![(starter.version.clone(), starter.segment.entity(id))]);
        }
        let versions = self.home.store().versions_of(list, &id.to_owned().into()).map_err(library_error)?;
        Ok(versions.into_iter().map(|(accepted, entity)| (version(list, &accepted), entity)).collect())
    }

    fn on(&self, list: &str, day: Date) -> Result<Version, LibraryError> {
        Ok(version(list, &self.home.store().on(list, day).map_err(library_error)?))
    }

    fn segment(&self, list: &str, snapshot: &str) -> Result<Arc<Segment>, LibraryError> {
        if list == STARTER {
            return Ok(Arc::clone(&self.starter()?.segment));
        }
        let opened = self.home.store().segment(list, &snapshot.to_owned().into()).map_err(library_error)?;
        Ok(opened.segment)
    }

    fn snapshot(&self, list: &str, wanted: &str) -> Result<Snapshot, LibraryError> {
        let store = self.home.store();
        if list == STARTER {
            return Ok((*self.starter()?.snapshot).clone());
        }
        let accepted = store.find(list, wanted).map_err(library_error)?;
        store.snapshot(list, &accepted.snapshot).map_err(library_error)
    }

    fn joined(&self) -> Result<Joined, LibraryError> {
        let store = self.home.store();
        let changed = store.parties_changed().map_err(library_error)?;
        let mut known = self.joined.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != changed {
            *known = (changed, joined(&store.parties().map_err(library_error)?));
        }
        Ok(known.1.clone())
    }

    fn joined_as(&self, digest: &str) -> Result<Joined, LibraryError> {
        let none = || LibraryError::NotFound(format!("links with the digest `{digest}` are not kept here"));
        let wanted = Digest::parse(digest).ok_or_else(none)?;
        let kept = self.home.store().parties_as(&wanted).map_err(library_error)?;
        kept.as_ref().map(joined).ok_or_else(none)
    }

    fn issues(&self, list: &str, snapshot: &str) -> Result<Vec<Issue>, LibraryError> {
        if list == STARTER {
            return Ok(self.starter()?.snapshot.issues().to_vec());
        }
        self.home.store().issues(list, &snapshot.to_owned().into()).map_err(library_error)
    }
}
