//! Updates of lists, wired: the table of lists and the settings say where each comes from; the system gives time and
//! the wish to stop.

use crate::fault::{Fault, Outcome};
use crate::settings::{OwnFormat, OwnList, OwnSource};
use crate::wiring::{STARTER, World, store_fault};
use cordon_adapters::{
    Clock, Event, Http, IndexSource, ListState, Reason, Refusal, Source, Target, Update, UpdateError,
    Updated, Wait, Watched, update, watch,
};
use cordon_lists::{WATCHLISTS, watchlist};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// What is asked of one update.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wish<'a> {
    /// The file, folder or archive to take; `None` to fetch.
    pub(crate) given: Option<&'a Path>,
    /// The publication date of files that carry none.
    pub(crate) published: Option<Date>,
    /// Take it against the rules.
    pub(crate) force: bool,
}

impl World {
    /// Ids of the lists that can be fetched, in order: known ones and those of the settings.
    pub(crate) fn fetchable(&self) -> Vec<&str> {
        let mut known: Vec<&str> = WATCHLISTS.iter().map(|row| row.id).collect();
        known.extend(self.settings.lists.keys().map(String::as_str));
        known.sort_unstable();
        known.dedup();
        known
    }

    /// The states with what the settings say of lists of one's own: those never loaded too, and how old they may be.
    pub(crate) fn with_own(&self, mut states: Vec<ListState>) -> Vec<ListState> {
        for (id, own) in &self.settings.lists {
            match states.iter_mut().find(|state| state.id == *id) {
                Some(state) => state.judge(own.cadence_hours, self.now),
                None => states.push(ListState::absent(id)),
            }
        }
        states.sort_by(|one, two| one.id.cmp(&two.id));
        states
    }

    /// The title the settings give a list, if they give one.
    pub(crate) fn own_title(&self, list: &str) -> Option<&str> {
        self.settings.lists.get(list).map(|own| own.title.as_str())
    }

    /// Updates one list.
    pub(crate) fn update(&self, list: &str, wish: Wish<'_>) -> Outcome<Updated> {
        if list == STARTER {
            return Err(Fault::new("the starter list is built in and cannot be updated"));
        }
        self.updated(&self.http()?, list, wish).map_err(|error| {
            let fault = Fault::of(&error);
            match *error.reason {
                Reason::Refused(Refusal::Guard { .. }) => fault.hint("`--force` takes it all the same"),
                _ => fault,
            }
        })
    }

    fn http(&self) -> Outcome<Http> {
        Http::new(self.settings.http.clone()).map_err(|error| Fault::of(&error))
    }

    fn updated(&self, http: &Http, list: &str, wish: Wish<'_>) -> Result<Updated, UpdateError> {
        let own = self.settings.lists.get(list);
        let usual = Target::of(list);
        let target = own.map_or(usual, |own| Target {
            format: own.format.as_ref().map(OwnFormat::get),
            bounds: own.bounds,
            ..usual
        });
        let addresses: Vec<&str> = match own.map(|own| &own.source) {
            Some(OwnSource::Addresses(addresses)) => addresses.iter().map(String::as_str).collect(),
            _ => watchlist(list).map_or_else(Vec::new, |row| row.addresses.to_vec()),
        };
        let source = match (wish.given, own.map(|own| &own.source)) {
            (Some(path), _) => Source::Given(path),
            (None, Some(OwnSource::File(path))) => Source::Given(path),
            (None, Some(OwnSource::Index(address, dataset))) => {
                Source::Indexed(http, IndexSource { address, dataset })
            }
            _ => Source::Fetched(http, &addresses),
        };
        let wait = Wait { notice: &|line| crate::output::tell(line), ..Wait::default() };
        let (published, force) = (wish.published, wish.force);
        // How a list of one's own is read may be set otherwise at any time.
        let whole = own.is_some_and(OwnList::is_table);
        let job = Update { published, force, whole, wait, ..Update::new(target, source) };
        update(&self.home, &job, Timestamp::now())
    }

    /// Keeps the lists up to date until `stop` says something.
    pub(crate) fn watch(
        &self,
        lists: &[String],
        stop: Receiver<()>,
        tell: &mut dyn FnMut(&Event<'_>),
    ) -> Outcome<()> {
        let http = self.http()?;
        let states = self.store().lists(self.now).map_err(|error| store_fault(&error))?;
        let states = self.with_own(states);
        let watched: Vec<Watched> = states
            .iter()
            .filter(|state| lists.contains(&state.id))
            .map(|state| Watched::new(state, self.cadence_hours(&state.id)))
            .collect();
        let mut update = |list: &str| {
            let updated = self.updated(&http, list, Wish::default())?;
            if updated.outcome == cordon_adapters::Outcome::Accepted
                && let Err(fault) = self.join_lists()
            {
                // The list is in force all the same.
                let line = fault.line();
                crate::output::tell(&format!("records of different lists were not joined anew: {line}"));
            }
            Ok(updated)
        };
        watch(&watched, &System { stop }, &mut update, tell);
        Ok(())
    }

    fn cadence_hours(&self, list: &str) -> u32 {
        let own = self.settings.lists.get(list).map(|own| own.cadence_hours);
        own.or(watchlist(list).map(|row| row.cadence_hours)).unwrap_or(24)
    }
}

/// Longest wait in one piece: a machine that slept through the night looks at the time again soon.
const PIECE: SignedDuration = SignedDuration::from_secs(60);

/// The system's clock; something on the channel, or its end, is the wish to stop.
struct System {
    stop: Receiver<()>,
}

impl Clock for System {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn wait_until(&self, then: Timestamp) -> bool {
        loop {
            let left = then.duration_since(Timestamp::now()).clamp(SignedDuration::ZERO, PIECE);
            match self.stop.recv_timeout(Duration::try_from(left).unwrap_or_default()) {
                Err(RecvTimeoutError::Timeout) if Timestamp::now() >= then => return true,
                Err(RecvTimeoutError::Timeout) => {}
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    fn chance(&self) -> f64 {
        // From the seed of a fresh hasher.
        RandomState::new().hash_one(0) as f64 / u64::MAX as f64 * 0.999
    }
}
