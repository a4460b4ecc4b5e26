//! When the entities of a list came and last changed, from the versions that were in force.

use crate::library::{Library, LibraryError, Version};
use cordon_model::{Change, Delta, Snapshot};
use cordon_screening::wire::WireSeen;
use std::collections::BTreeMap;

/// Most versions that are walked before the first answer; longer histories are walked beside it.
pub(crate) const AT_ONCE: usize = 4;

/// When each entity came and last changed, as days of versions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    versions: Vec<String>,
    days: Vec<String>,
    /// Versions in which entities came and changed; those that came with the first version and did not change since
    /// have no entry.
    entries: BTreeMap<String, (u32, u32)>,
}

fn day(version: &Version) -> String {
    version.effective().map(|day| format!("{day}T00:00:00")).unwrap_or_default()
}

impl Seen {
    /// Walks a history, going on from what was walked before if it is its beginning.
    pub(crate) fn of(
        library: &dyn Library,
        history: &[Version],
        before: Option<&Self>,
    ) -> Result<Self, LibraryError> {
        let begins = |before: &&Self| {
            let known = history.iter().map(|version| &version.snapshot);
            before.versions.len() <= history.len()
                && before.versions.iter().eq(known.take(before.versions.len()))
        };
        let mut seen = before.filter(begins).cloned().unwrap_or_default();
        let mut older: Option<Snapshot> = None;
        for (place, version) in history.iter().enumerate().skip(seen.versions.len()) {
            if place > 0 {
                let one = match older.take() {
                    Some(older) => older,
                    None => library.snapshot(&version.list, &history[place - 1].snapshot)?,
                };
                let two = library.snapshot(&version.list, &version.snapshot)?;
                seen.step(place as u32, &Delta::between(&one, &two));
                older = Some(two);
            }
            seen.versions.push(version.snapshot.clone());
            seen.days.push(day(version));
        }
        Ok(seen)
    }

    fn step(&mut self, place: u32, delta: &Delta) {
        for change in &delta.changes {
            let id = change.id().as_str();
            match change {
                Change::Added(_) => {
                    let first = self.entries.get(id).map_or(place, |entry| entry.0);
                    self.entries.insert(id.to_owned(), (first, place));
                }
                Change::Modified { .. } => {
                    self.entries.entry(id.to_owned()).or_insert((0, 0)).1 = place;
                }
                // It may come back; when it first came stays known.
                Change::Removed(_) => {
                    self.entries.entry(id.to_owned()).or_insert((0, 0));
                }
            }
        }
    }

    fn at(&self, place: u32) -> Option<String> {
        self.days.get(place as usize).filter(|day| !day.is_empty()).cloned()
    }

    /// When an entity of the last version came and changed.
    pub(crate) fn wire(&self, id: &str) -> WireSeen {
        let (first, change) = self.entries.get(id).copied().unwrap_or_default();
        let last = self.days.last().filter(|day| !day.is_empty()).cloned();
        WireSeen { first_seen: self.at(first), last_seen: last, last_change: self.at(change) }
    }

    /// The day on which an entity last changed, `yyyy-mm-ddT00:00:00`.
    pub(crate) fn changed(&self, id: &str) -> Option<&str> {
        let place = self.entries.get(id).map_or(0, |entry| entry.1);
        self.days.get(place as usize).map(String::as_str).filter(|day| !day.is_empty())
    }
}
