//! The home folder and the clock, wired to what commands need. With `shelf.rs`, `updating.rs`, `past.rs` and
//! `settings.rs` the only file that knows `cordon-adapters`.

use crate::fault::{Fault, Outcome};
use crate::settings::Settings;
use crate::shelf::Shelf;
use crate::shown::counted;
use cordon_adapters::{Condition, Home, ListState, PartyFile, Store, StoreError, Wait, default_home};
pub(crate) use cordon_lists::STARTER;
use cordon_lists::WATCHLISTS;
use cordon_matching::{Policy, Screener, Segment, find_links};
use cordon_model::{Issue, Snapshot, SnapshotId};
use cordon_screening::wire::{Checked, CheckedList};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Version of the engine, as answers carry it.
pub(crate) const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// What surrounds a command.
pub(crate) struct World {
    pub(crate) home: Home,
    pub(crate) settings: Settings,
    /// The time at which the command began.
    pub(crate) now: Timestamp,
    /// Whether colours are unwanted even on a terminal.
    pub(crate) no_color: bool,
}

/// A screener and what it rests on.
pub(crate) struct Loaded {
    pub(crate) screener: Screener,
    pub(crate) checked: Checked,
    /// What people must be told beside every answer.
    pub(crate) warnings: Vec<String>,
}

/// A list in a version, opened.
struct Part {
    segment: Arc<Segment>,
    checked: CheckedList,
}

impl World {
    /// The home folder given, else the platform's, with the settings named or in it.
    pub(crate) fn open(home: Option<&Path>, settings: Option<&Path>, no_color: bool) -> Outcome<Self> {
        let given = home.filter(|folder| !folder.as_os_str().is_empty()).map(Path::to_owned);
        let folder = given.or_else(default_home).ok_or_else(|| {
            Fault::new("no home folder is known for this user")
                .hint("name one with `--home DIR` or `CORDON_HOME`")
        })?;
        Ok(Self {
            settings: Settings::read(settings, &folder)?,
            home: Home::open(folder).map_err(|error| store_fault(&error))?,
            now: Timestamp::now(),
            no_color,
        })
    }

    /// The home folder as a service reads it.
    pub(crate) fn shelf(&self) -> Shelf {
        Shelf::new(self.home.clone())
    }

    pub(crate) fn store(&self) -> Store<'_> {
        self.home.store()
    }

    /// The home folder.
    pub(crate) fn folder(&self) -> &Path {
        self.home.folder()
    }

    /// The state of every list known or loaded.
    pub(crate) fn lists(&self) -> Outcome<Vec<ListState>> {
        self.store().lists(self.now).map(|states| self.with_own(states)).map_err(|error| store_fault(&error))
    }

    /// What was not understood in the snapshot in force of a list.
    pub(crate) fn issues(&self, list: &str, snapshot: &SnapshotId) -> Outcome<Vec<Issue>> {
        self.store().issues(list, snapshot).map_err(|error| store_fault(&error))
    }

    /// Ids of the lists that are loaded; the starter list if none is.
    pub(crate) fn loaded(&self) -> Outcome<Vec<String>> {
        let mut loaded = self.store().loaded().map_err(|error| store_fault(&error))?;
        if loaded.is_empty() {
            loaded.push(STARTER.to_owned());
        }
        Ok(loaded)
    }

    /// Opens the lists asked for (all that are loaded if none is named) in the versions of a day.
    pub(crate) fn load(
        &self,
        wanted: &[String],
        as_of: Option<Date>,
        policy: Option<&str>,
    ) -> Outcome<Loaded> {
        let policy = self::policy(policy)?;
        let available = self.loaded()?;
        let mut lists = Vec::new();
        for list in if wanted.is_empty() { &available } else { wanted } {
            let known = known(list.trim(), &available)?;
            if !lists.contains(&known) {
                lists.push(known);
            }
        }
        let mut warnings = Vec::new();
        let mut parts = Vec::new();
        for list in &lists {
            match self.part(list, as_of) {
                Ok(part) => parts.push(part),
                // Asked for by name, a list that was not there is an error; else it is said and the others answer.
                Err(StoreError::NothingInForce { .. }) if wanted.is_empty() && as_of.is_some() => {
                    warnings.push(format!("`{list}` had no version then and was not checked"));
                }
                Err(error) => return Err(store_fault(&error)),
            }
        }
        if parts.is_empty() {
            let day = as_of.map(|day| format!(" on {day}")).unwrap_or_default();
            return Err(Fault::new(format!("no list was in force{day}"))
                .hint("`cordon lists` shows what is loaded; `cordon update --file LIST=PATH --published DATE` adds an older version"));
        }
        warnings.extend(self.warnings(&lists, as_of)?);
        let (segments, checked): (Vec<_>, Vec<_>) =
            parts.into_iter().map(|part| (part.segment, part.checked)).unzip();
        let kept = self.parties()?;
        let checked = Checked {
            lists: checked,
            policy: policy.id(),
            engine: ENGINE.to_owned(),
            links: kept.digest().map(|digest| digest.to_string()),
        };
        let screener = Screener::new(segments, policy).with_parties(Arc::new(kept.parties()));
        Ok(Loaded { screener, checked, warnings })
    }

    fn part(&self, list: &str, as_of: Option<Date>) -> Result<Part, StoreError> {
        if list == STARTER {
            return starter(as_of);
        }
        let nothing = || StoreError::NothingInForce { list: list.to_owned(), when: String::new() };
        let accepted = if let Some(day) = as_of {
            self.store().on(list, day)?
        } else {
            self.store().in_force(list)?.ok_or_else(nothing)?.accepted
        };
        let segment = self.store().segment(list, &accepted.snapshot)?.segment;
        let checked = CheckedList {
            id: list.to_owned(),
            snapshot: accepted.snapshot.to_string(),
            published: accepted.published.map(|day| day.to_string()),
            fetched: Some(accepted.fetched.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
            entities: accepted.entities,
        };
        Ok(Part { segment, checked })
    }

    /// What people must know of the lists an answer rests on.
    fn warnings(&self, lists: &[String], as_of: Option<Date>) -> Outcome<Vec<String>> {
        let mut warnings = Vec::new();
        if lists.iter().any(|list| list == STARTER) {
            warnings.push(
                "the built-in starter list is used: a sample that is small and not kept up to date, no match against \
                 it means nothing; `cordon update` fetches the official lists"
                    .to_owned(),
            );
        }
        if as_of.is_some() {
            return Ok(warnings);
        }
        for state in self.lists()?.into_iter().filter(|state| lists.contains(&state.id)) {
            let age =
                state.age.map(|age| counted((age.as_hours() / 24).unsigned_abs(), "day")).unwrap_or_default();
            let reason = state.attempt.as_ref().map(|attempt| attempt.reason.clone()).unwrap_or_default();
            match state.condition {
                Condition::Stale => {
                    warnings.push(format!("`{}` was not looked at for long; it is {age} old", state.id));
                }
                Condition::Refused => {
                    warnings.push(format!(
                        "`{}` is {age} old: its last new version was refused ({reason})",
                        state.id
                    ));
                }
                Condition::Failed => {
                    warnings.push(format!("`{}` is {age} old: its last update failed ({reason})", state.id));
                }
                _ => {}
            }
        }
        Ok(warnings)
    }

    /// The snapshot of a list meant by a day or by the beginning of its id.
    pub(crate) fn snapshot(&self, list: &str, wanted: &str) -> Outcome<Snapshot> {
        let available = self.loaded()?;
        let list = known(list, &available)?;
        if list == STARTER {
            return Err(Fault::new("the built-in starter list has one version only"));
        }
        let accepted = self.store().find(&list, wanted).map_err(|error| {
            let history = self.store().history(&list).unwrap_or_default();
            let known: Vec<&str> = history.iter().map(|entry| entry.snapshot.as_str()).collect();
            store_fault(&error).hint(format!("snapshots of `{list}`: {}", known.join(", ")))
        })?;
        self.store().snapshot(&list, &accepted.snapshot).map_err(|error| store_fault(&error))
    }

    /// What joins records of different lists.
    pub(crate) fn parties(&self) -> Outcome<PartyFile> {
        self.store().parties().map_err(|error| store_fault(&error))
    }

    /// Changes what joins records of different lists.
    pub(crate) fn change_parties(&self, change: impl FnOnce(&mut PartyFile)) -> Outcome<PartyFile> {
        let wait = Wait { notice: &|line| crate::output::tell(line), ..Wait::default() };
        let writer = self.home.writer(&wait).map_err(|error| store_fault(&error))?;
        let mut file = self.parties()?;
        change(&mut file);
        writer.keep_parties(&file).map_err(|error| store_fault(&error))?;
        Ok(file)
    }

    /// Finds what joins the records of the lists in force, unless it was found for them before. What a user said of
    /// links stays.
    pub(crate) fn join_lists(&self) -> Outcome<PartyFile> {
        let mut over = BTreeMap::new();
        let mut segments = Vec::new();
        for list in self.store().loaded().map_err(|error| store_fault(&error))? {
            let part = self.part(&list, None).map_err(|error| store_fault(&error))?;
            over.insert(list, part.checked.snapshot);
            segments.push(part.segment);
        }
        let policy = Policy::default();
        let rules = format!("{} {ENGINE}", policy.id());
        let kept = self.parties()?;
        if kept.over == over && kept.rules == rules {
            return Ok(kept);
        }
        let found = find_links(&segments, &policy);
        self.change_parties(|file| {
            file.rules = rules;
            file.over = over;
            file.found = found;
        })
    }
}

/// The policy of this name; the default if none is named.
pub(crate) fn policy(name: Option<&str>) -> Outcome<Policy> {
    let Some(name) = name else { return Ok(Policy::default()) };
    Policy::named(name).ok_or_else(|| {
        Fault::new(format!("no policy is called `{name}`"))
            .hint(format!("known: {}", Policy::NAMES.join(", ")))
    })
}

/// The id, if the list can be asked.
fn known(list: &str, available: &[String]) -> Outcome<String> {
    if list == STARTER || available.iter().any(|id| id == list) {
        return Ok(list.to_owned());
    }
    let fault = if WATCHLISTS.iter().any(|row| row.id == list) {
        Fault::new(format!("list `{list}` is not loaded")).hint(format!("`cordon update {list}` fetches it"))
    } else {
        Fault::new(format!("no list is called `{list}`"))
    };
    Err(fault.hint(format!("loaded: {}", available.join(", "))))
}

/// The built-in list, compiled.
fn starter(as_of: Option<Date>) -> Result<Part, StoreError> {
    let nothing = |when: String| StoreError::NothingInForce { list: STARTER.to_owned(), when };
    if let Some(day) = as_of {
        return Err(nothing(format!(" on {day}: it is built in and has no history")));
    }
    let snapshot = cordon_lists::starter().map_err(|error| nothing(format!(": {error}")))?;
    let segment =
        Segment::open(Arc::new(Segment::build(&snapshot))).map_err(|error| nothing(format!(": {error}")))?;
    let checked = CheckedList {
        id: STARTER.to_owned(),
        snapshot: snapshot.id().to_string(),
        published: snapshot.published().map(|day| day.to_string()),
        fetched: None,
        entities: snapshot.entities().len(),
    };
    Ok(Part { segment: Arc::new(segment), checked })
}

pub(crate) fn store_fault(error: &StoreError) -> Fault {
    Fault::of(error)
}
