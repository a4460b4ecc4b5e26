//! The lists in force at one time with their screeners: immutable, one value for a request from start to end.

use crate::error::{ApiError, Code, Outcome};
use crate::facts::Facts;
use crate::library::{Joined, Library, LibraryError, Version};
use crate::seen::{self, Seen};
use cordon_lists::{STARTER, watchlist};
use cordon_matching::{Policy, Screener, Segment};
use cordon_model::{Digest, Entity};
use cordon_screening::wire::{Checked, CheckedList};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Most sets of lists whose screeners are kept ready.
const READY: usize = 64;

/// A list in the version in force.
pub struct Held {
    /// The version.
    pub version: Version,
    /// It, compiled.
    pub segment: Arc<Segment>,
    /// Its title.
    pub title: String,
    facts: OnceLock<Facts>,
    seen: OnceLock<Seen>,
}

impl Held {
    /// A version of a list.
    pub fn new(version: Version, segment: Arc<Segment>) -> Self {
        let title = watchlist(&version.list).map_or_else(|| version.list.clone(), |row| row.title.to_owned());
        Self { version, segment, title, facts: OnceLock::new(), seen: OnceLock::new() }
    }

    /// Words, facets and other ids of its entities. Reads the whole list the first time.
    pub(crate) fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| Facts::of(&self.segment))
    }

    /// When its entities came and changed, once that is known.
    pub(crate) fn seen(&self) -> Option<&Seen> {
        self.seen.get()
    }

    /// Walks the history of the list up to this version.
    fn walk(&self, library: &dyn Library, before: Option<&Self>, most: usize) -> Result<(), LibraryError> {
        if self.seen.get().is_some() {
            return Ok(());
        }
        let mut history = library.history(self.id())?;
        // A version put in force since is no business of this one.
        let last = history.iter().rposition(|version| version.snapshot == self.version.snapshot);
        history.truncate(last.map_or(0, |last| last + 1));
        let known = before.and_then(Self::seen);
        if known.is_some() || history.len() <= most {
            // Another thread may have been first.
            let _ = self.seen.set(Seen::of(library, &history, known)?);
        }
        Ok(())
    }

    /// The list's id.
    pub fn id(&self) -> &str {
        &self.version.list
    }

    /// What answers say of it.
    pub fn checked(&self) -> CheckedList {
        CheckedList {
            id: self.version.list.clone(),
            snapshot: self.version.snapshot.clone(),
            published: self.version.published.map(|day| day.to_string()),
            fetched: self.version.fetched.map(|time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
            entities: self.version.entities,
        }
    }
}

/// A set of lists with a policy, ready to be asked.
pub struct Asked {
    /// The screener.
    pub screener: Screener,
    /// What its answers rest on.
    pub checked: Checked,
    /// The digest of that.
    pub digest: Digest,
}

/// Which lists are asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// A list's id or the name of a collection.
    pub dataset: String,
    /// Of these, only those named here, unless it is empty.
    pub include: Vec<String>,
    /// Of these, none named here.
    pub exclude: Vec<String>,
}

impl Scope {
    /// A dataset whole.
    pub fn of(dataset: &str) -> Self {
        Self { dataset: dataset.to_owned(), ..Self::default() }
    }
}

/// Which lists a collection holds.
type Holds = fn(&str) -> bool;

/// Collections: name, title, which lists.
pub(crate) const COLLECTIONS: [(&str, &str, Holds); 3] = [
    ("all", "All that is loaded", |_| true),
    ("default", "All that is loaded", |_| true),
    ("sanctions", "Official sanctions and trade lists", |list| list == STARTER || watchlist(list).is_some()),
];

type Ready = BTreeMap<(Vec<usize>, String), Arc<Asked>>;

/// The lists in force at one time.
pub struct Screeners {
    lists: Vec<Arc<Held>>,
    joined: Joined,
    engine: String,
    ready: Mutex<Ready>,
}

impl Screeners {
    /// Opens what is in force, taking what has not changed from `before`.
    pub fn open(library: &dyn Library, engine: &str, before: Option<&Self>) -> Result<Self, LibraryError> {
        let mut lists = Vec::new();
        for version in library.in_force()? {
            let kept = before.and_then(|before| before.list(&version.list));
            let held = if let Some(kept) = kept.filter(|kept| kept.version == version) {
                Arc::clone(kept)
            } else {
                let segment = library.segment(&version.list, &version.snapshot)?;
                Arc::new(Held::new(version, segment))
            };
            held.walk(library, kept.map(|kept| &**kept), seen::AT_ONCE)?;
            lists.push(held);
        }
        lists.sort_by(|one, two| one.version.list.cmp(&two.version.list));
        let joined = library.joined()?;
        Ok(Self { lists, joined, engine: engine.to_owned(), ready: Mutex::default() })
    }

    /// Lists in the versions named, as they were, their records joined as given.
    pub fn of(
        library: &dyn Library,
        engine: &str,
        versions: Vec<Version>,
        joined: Joined,
    ) -> Result<Self, LibraryError> {
        let mut lists = Vec::new();
        for version in versions {
            let segment = library.segment(&version.list, &version.snapshot)?;
            let held = Held::new(version, segment);
            held.walk(library, None, usize::MAX)?;
            lists.push(Arc::new(held));
        }
        lists.sort_by(|one, two| one.version.list.cmp(&two.version.list));
        Ok(Self { lists, joined, engine: engine.to_owned(), ready: Mutex::default() })
    }

    /// Finds out when entities came and changed, where the histories were too long to be walked at once.
    pub(crate) fn walk(&self, library: &dyn Library) -> Result<(), LibraryError> {
        self.lists.iter().try_for_each(|held| held.walk(library, None, usize::MAX))
    }

    /// The lists, by id.
    pub fn lists(&self) -> &[Arc<Held>] {
        &self.lists
    }

    /// The list of this id.
    pub fn list(&self, id: &str) -> Option<&Arc<Held>> {
        self.lists.iter().find(|held| held.id() == id)
    }

    /// The list of this id, or an error that names those there are.
    pub fn held(&self, id: &str) -> Outcome<&Arc<Held>> {
        self.list(id).ok_or_else(|| self.unknown(id, "list"))
    }

    fn unknown(&self, dataset: &str, field: &str) -> ApiError {
        let known: Vec<&str> = self.lists.iter().map(|held| held.id()).collect();
        let message = format!("no {field} is called `{}`; loaded: {}", short(dataset), known.join(", "));
        ApiError::new(Code::NotFound, message).field(field)
    }

    /// Version of the engine.
    pub fn engine(&self) -> &str {
        &self.engine
    }

    /// What joins their records.
    pub fn joined(&self) -> &Joined {
        &self.joined
    }

    /// Whether these versions are in force here, joined by the links of this digest.
    pub(crate) fn are(&self, versions: &[Version], links: Option<&str>) -> bool {
        versions.len() == self.lists.len()
            && self.joined.digest.as_deref() == links
            && versions
                .iter()
                .all(|version| self.list(&version.list).is_some_and(|held| held.version == *version))
    }

    /// Places of the lists of a dataset.
    fn of_dataset(&self, dataset: &str, field: &str) -> Outcome<BTreeSet<usize>> {
        if let Some((_, _, holds)) = COLLECTIONS.iter().find(|row| row.0 == dataset) {
            let held = self.lists.iter().enumerate().filter(|(_, held)| holds(held.id()));
            return Ok(held.map(|(place, _)| place).collect());
        }
        let place = self.lists.iter().position(|held| held.id() == dataset);
        place.map(|place| BTreeSet::from([place])).ok_or_else(|| self.unknown(dataset, field))
    }

    /// Places of the lists of a scope.
    pub fn places(&self, scope: &Scope) -> Outcome<Vec<usize>> {
        let mut places = self.of_dataset(&scope.dataset, "dataset")?;
        if !scope.include.is_empty() {
            let mut wanted = BTreeSet::new();
            for dataset in &scope.include {
                wanted.append(&mut self.of_dataset(dataset, "include_dataset")?);
            }
            places = places.intersection(&wanted).copied().collect();
        }
        for dataset in &scope.exclude {
            let unwanted = self.of_dataset(dataset, "exclude_dataset")?;
            places = places.difference(&unwanted).copied().collect();
        }
        Ok(places.into_iter().collect())
    }

    /// A scope with a policy, ready to be asked.
    pub fn asked(&self, scope: &Scope, policy: &str) -> Outcome<Arc<Asked>> {
        let key = (self.places(scope)?, policy.to_owned());
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(asked) = ready.get(&key) {
            return Ok(Arc::clone(asked));
        }
        let policy = Policy::named(policy).ok_or_else(|| {
            let known = Policy::NAMES.join(", ");
            ApiError::bad("policy", format!("no policy is called `{}`; known: {known}", short(policy)))
        })?;
        let held = || key.0.iter().filter_map(|place| self.lists.get(*place));
        let checked = Checked {
            lists: held().map(|held| held.checked()).collect(),
            policy: policy.id(),
            engine: self.engine.clone(),
            links: self.joined.digest.clone(),
        };
        let segments = held().map(|held| Arc::clone(&held.segment)).collect();
        let digest = checked.digest();
        let screener = Screener::new(segments, policy).with_parties(Arc::clone(&self.joined.parties));
        let asked = Arc::new(Asked { screener, checked, digest });
        // More sets than anybody means to use: begin anew.
        if ready.len() >= READY {
            ready.clear();
        }
        ready.insert(key, Arc::clone(&asked));
        Ok(asked)
    }

    /// The entity of this id with the list it is on.
    pub fn entity(&self, id: &str) -> Option<(&Arc<Held>, Entity)> {
        let (list, _) = id.split_once(':')?;
        let held = self.list(list)?;
        Some((held, held.segment.entity(id)?))
    }
}

/// A text from outside, short enough to be given back in a message.
pub(crate) fn short(text: &str) -> String {
    let mut short: String =
        text.chars().take(80).map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect();
    if text.chars().nth(80).is_some() {
        short.push('…');
    }
    short
}
