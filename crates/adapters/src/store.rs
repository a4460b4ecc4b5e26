//! Reading the home folder: what is in force, what was, and how old it is. Needs no lock and changes nothing, except
//! that a missing segment is compiled again.

use crate::home::Places;
use crate::pointer::Pointer;
use crate::{
    Accepted, Attempt, Home, InForce, Manifest, Opened, Outcome, StoreError, error, segments, snapshots,
};
use cordon_lists::{WATCHLISTS, watchlist};
use cordon_model::{Entity, EntityId, Issue, Snapshot, SnapshotId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// A list is stale when it was not looked at for this many of its cadences …
const STALE_CADENCES: i64 = 4;

/// … but never sooner than this: a daily update that fails once is no alarm.
const STALE_LEAST: SignedDuration = SignedDuration::from_hours(48);

/// In which condition a list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Never loaded.
    Absent,
    /// In force, and lately looked at.
    Ok,
    /// In force, but not looked at for long.
    Stale,
    /// The last new version was refused; what was in force before stays. The attempt has the reason.
    Refused,
    /// The last update failed; what was in force before stays. The attempt has the reason.
    Failed,
    /// What the home folder says of it cannot be read; says why.
    Unreadable(String),
}

impl Condition {
    /// The word people read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Ok => "ok",
            Self::Stale => "stale",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

/// What is known of a list at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListState {
    /// The list's id.
    pub id: String,
    /// Its title; empty for a list that is not in the table.
    pub title: &'static str,
    /// What is in force.
    pub in_force: Option<InForce>,
    /// Time since the latest publication date known of what is in force (its midnight, UTC), or since it was fetched
    /// if it has none. Never negative.
    pub age: Option<SignedDuration>,
    /// Whether it was not looked at for long, whatever its condition.
    pub stale: bool,
    /// The last attempt to update it.
    pub attempt: Option<Attempt>,
    /// Its condition.
    pub condition: Condition,
}

impl ListState {
    fn new(id: &str, pointer: Result<Pointer, StoreError>, now: Timestamp) -> Self {
        let mut state = Self::absent(id);
        let pointer = match pointer {
            Ok(pointer) => pointer,
            Err(error) => {
                state.condition = Condition::Unreadable(error::chain(&error));
                return state;
            }
        };
        state.in_force = pointer.in_force();
        state.age = state.in_force.as_ref().map(|in_force| age(in_force, now));
        state.attempt = pointer.attempt;
        if let Some(row) = watchlist(id) {
            state.judge(row.cadence_hours, now);
        } else {
            state.condition = state.told();
        }
        state
    }

    /// The state of a list that was never loaded.
    pub fn absent(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: watchlist(id).map_or("", |row| row.title),
            in_force: None,
            age: None,
            stale: false,
            attempt: None,
            condition: Condition::Absent,
        }
    }

    /// Judges whether it is stale, by the time between two looks that is meant for it.
    pub fn judge(&mut self, cadence_hours: u32, now: Timestamp) {
        if matches!(self.condition, Condition::Unreadable(_)) {
            return;
        }
        let checked = self.in_force.as_ref().map(|in_force| in_force.checked);
        self.stale = checked.is_some_and(|checked| is_stale(checked, cadence_hours, now));
        self.condition = self.told();
    }

    /// The condition that follows from the last attempt and what is in force.
    fn told(&self) -> Condition {
        match (self.attempt.as_ref().map(|attempt| attempt.outcome), &self.in_force) {
            (Some(Outcome::Refused), _) => Condition::Refused,
            (Some(Outcome::Failed), _) => Condition::Failed,
            (_, None) => Condition::Absent,
            (_, Some(_)) if self.stale => Condition::Stale,
            (_, Some(_)) => Condition::Ok,
        }
    }
}

fn age(in_force: &InForce, now: Timestamp) -> SignedDuration {
    let midnight = |date: Date| date.to_zoned_datetime(TimeZone::UTC).ok().map(|time| time.timestamp());
    let since = in_force.published().and_then(midnight).unwrap_or(in_force.accepted.fetched);
    now.duration_since(since).max(SignedDuration::ZERO)
}

fn is_stale(checked: Timestamp, cadence_hours: u32, now: Timestamp) -> bool {
    let most = SignedDuration::from_hours(i64::from(cadence_hours) * STALE_CADENCES).max(STALE_LEAST);
    now.duration_since(checked) > most
}

/// What a home folder holds.
#[derive(Debug, Clone, Copy)]
pub struct Store<'a> {
    pub(crate) home: &'a Home,
}

impl<'a> Store<'a> {
    pub(crate) fn new(home: &'a Home) -> Self {
        Self { home }
    }

    /// The state at `now` of every list in the table of lists and every list that was ever loaded, by id. A list
    /// whose files cannot be read is one of them, and says so.
    pub fn lists(self, now: Timestamp) -> Result<Vec<ListState>, StoreError> {
        let mut ids: BTreeSet<String> = WATCHLISTS.iter().map(|row| row.id.to_owned()).collect();
        ids.extend(self.home.all_places()?.into_iter().map(|places| places.list));
        Ok(ids.iter().map(|id| ListState::new(id, self.pointer(id), now)).collect())
    }

    /// Ids of the lists that have a snapshot in force, in order.
    pub fn loaded(self) -> Result<Vec<String>, StoreError> {
        let mut loaded = Vec::new();
        for places in self.home.all_places()? {
            if !Pointer::read(&places)?.history.is_empty() {
                loaded.push(places.list);
            }
        }
        Ok(loaded)
    }

    /// What is in force of a list, if anything.
    pub fn in_force(self, list: &str) -> Result<Option<InForce>, StoreError> {
        Ok(self.pointer(list)?.in_force())
    }

    /// Every snapshot of a list that was put in force, in that order; the last one is in force.
    pub fn history(self, list: &str) -> Result<Vec<Accepted>, StoreError> {
        Ok(self.pointer(list)?.history)
    }

    /// The attempts to update a list that did not end well, the oldest first; the last hundred, those that ended alike
    /// in a row being one.
    pub fn unsuccessful(self, list: &str) -> Result<Vec<Attempt>, StoreError> {
        Ok(self.pointer(list)?.unsuccessful)
    }

    /// How an entity was in every snapshot of its list that was put in force, in that order; `None` where it was not
    /// in it.
    pub fn versions_of(
        self,
        list: &str,
        entity: &EntityId,
    ) -> Result<Vec<(Accepted, Option<Entity>)>, StoreError> {
        let places = self.home.places(list)?;
        let mut known = BTreeMap::new();
        let version = |entry: Accepted| {
            let version = snapshots::version_of(&places, &entry.snapshot, entity, &mut known)?;
            Ok((entry, version))
        };
        self.pointer(list)?.history.into_iter().map(version).collect()
    }

    /// The snapshot in force on a day: of those whose publication date (or, if they have none, the day they were
    /// fetched, UTC) is not later, the one put in force last.
    pub fn on(self, list: &str, day: Date) -> Result<Accepted, StoreError> {
        let history = self.pointer(list)?.history;
        history
            .into_iter()
            .rev()
            .find(|entry| entry.effective() <= day)
            .ok_or_else(|| StoreError::NothingInForce { list: list.to_owned(), when: format!(" on {day}") })
    }

    /// The snapshot meant by a day (`2026-02-27`), or by the beginning of its id or of the digest in its id.
    pub fn find(self, list: &str, wanted: &str) -> Result<Accepted, StoreError> {
        if let Ok(day) = wanted.parse::<Date>() {
            return self.on(list, day);
        }
        let starts = |entry: &Accepted| {
            let id = entry.snapshot.as_str();
            let digest = id.rsplit('-').next().unwrap_or_default();
            id.starts_with(wanted) || digest.starts_with(wanted)
        };
        let mut found: Vec<Accepted> = Vec::new();
        if !wanted.is_empty() {
            for entry in self.pointer(list)?.history.into_iter().rev().filter(starts) {
                if !found.iter().any(|other| other.snapshot == entry.snapshot) {
                    found.push(entry);
                }
            }
        }
        let (list, wanted) = (list.to_owned(), wanted.to_owned());
        match (found.len(), found.pop()) {
            (1, Some(entry)) => Ok(entry),
            (_, None) => Err(StoreError::NoSnapshot { list, wanted }),
            (_, Some(last)) => {
                let found = found.into_iter().chain([last]).map(|entry| entry.snapshot).collect();
                Err(StoreError::Ambiguous { list, wanted, found })
            }
        }
    }

    /// What is known of a snapshot without reading it.
    pub fn manifest(self, list: &str, id: &SnapshotId) -> Result<Manifest, StoreError> {
        snapshots::manifest(&self.snapshot_places(list, id)?, id)
    }

    /// A whole snapshot.
    pub fn snapshot(self, list: &str, id: &SnapshotId) -> Result<Snapshot, StoreError> {
        snapshots::read(&self.snapshot_places(list, id)?, id)
    }

    /// What was not understood of a snapshot.
    pub fn issues(self, list: &str, id: &SnapshotId) -> Result<Vec<Issue>, StoreError> {
        snapshots::read_issues(&self.snapshot_places(list, id)?, id)
    }

    /// The compiled segment of a snapshot, mapped to memory. It is compiled again if it is missing, damaged or of
    /// another version of the engine.
    pub fn segment(self, list: &str, id: &SnapshotId) -> Result<Opened, StoreError> {
        segments::open(self.home, &self.snapshot_places(list, id)?, id)
    }

    /// The segments in force of some lists, in the order given. A list without a snapshot in force is an error: an
    /// answer must never rest on fewer lists than were asked for.
    pub fn segments<'b>(
        self,
        lists: impl IntoIterator<Item = &'b str>,
    ) -> Result<Vec<(InForce, Opened)>, StoreError> {
        let open = |list: &str| {
            let in_force = self
                .in_force(list)?
                .ok_or_else(|| StoreError::NothingInForce { list: list.to_owned(), when: String::new() })?;
            let opened = self.segment(list, &in_force.accepted.snapshot)?;
            Ok((in_force, opened))
        };
        lists.into_iter().map(open).collect()
    }

    fn pointer(self, list: &str) -> Result<Pointer, StoreError> {
        Pointer::read(&self.home.places(list)?)
    }

    /// The places of a list, if the id is safe to look for.
    fn snapshot_places(self, list: &str, id: &SnapshotId) -> Result<Places, StoreError> {
        if crate::home::is_file_name(id) {
            self.home.places(list)
        } else {
            Err(StoreError::NoSnapshot { list: list.to_owned(), wanted: id.to_string() })
        }
    }
}
