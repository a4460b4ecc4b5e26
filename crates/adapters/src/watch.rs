//! Keeping lists up to date without end: each is looked at on its own cadence, and the failure of one is no concern
//! of the others.
//!
//! In: the lists, what is known of their last attempts, a clock, a way to update one list. Out: events. Deliberately
//! absent: the system's clock and signals, which the caller's clock stands for.

use crate::{ListState, Outcome, UpdateError, Updated};
use jiff::{SignedDuration, Timestamp};

/// A list that failed or was refused is looked at again this soon, …
const FIRST_RETRY: SignedDuration = SignedDuration::from_mins(5);

/// … and after each further failure twice as late, but never later than its cadence.
const GROWTH: i32 = 2;

/// Every wait is made longer by up to this share, so that many machines do not ask a publisher all at once.
const JITTER: f64 = 0.1;

/// Time and the wish to stop.
pub trait Clock {
    /// The time.
    fn now(&self) -> Timestamp;

    /// Waits until then; `false` as soon as it is time to stop for good.
    fn wait_until(&self, then: Timestamp) -> bool;

    /// A number from 0 up to 1, another each time.
    fn chance(&self) -> f64;
}

/// A list to keep up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The list's id.
    pub list: String,
    /// Time between two looks.
    pub cadence: SignedDuration,
    /// When it was last looked at, if ever.
    pub looked: Option<Timestamp>,
}

impl Watched {
    /// A list as the home folder knows it.
    pub fn new(state: &ListState, cadence_hours: u32) -> Self {
        let confirmed = state.in_force.as_ref().map(|in_force| in_force.checked);
        let attempted = state.attempt.as_ref().map(|attempt| attempt.at);
        // After one that did not end well, a new start tries at once.
        let well = state.attempt.as_ref().is_none_or(|attempt| attempt.outcome.is_good());
        let looked = confirmed.max(attempted).filter(|_| well);
        Self {
            list: state.id.clone(),
            cadence: SignedDuration::from_hours(i64::from(cadence_hours.max(1))),
            looked,
        }
    }
}

/// Something that happened, for whoever watches.
#[derive(Debug)]
pub enum Event<'a> {
    /// A list is being looked at.
    Begun(&'a str),
    /// It was looked at; the time of the next look.
    Ended(&'a str, &'a Result<Updated, UpdateError>, Timestamp),
}

impl Outcome {
    /// Whether answers rest on what the publisher gives out.
    pub fn is_good(self) -> bool {
        matches!(self, Self::Accepted | Self::Unchanged)
    }
}

/// A list in the plan.
struct Planned<'a> {
    watched: &'a Watched,
    due: Timestamp,
    failures: u32,
}

/// Looks at each list when it is due, until the clock says to stop.
pub fn watch(
    lists: &[Watched],
    clock: &dyn Clock,
    update: &mut dyn FnMut(&str) -> Result<Updated, UpdateError>,
    tell: &mut dyn FnMut(&Event<'_>),
) {
    let begun = clock.now();
    let mut plan: Vec<Planned<'_>> = lists
        .iter()
        .map(|watched| {
            let due = watched.looked.map_or(begun, |looked| later(looked, watched.cadence));
            Planned { watched, due: due.max(begun), failures: 0 }
        })
        .collect();
    while let Some(next) = plan.iter_mut().min_by_key(|planned| planned.due) {
        if !clock.wait_until(next.due) {
            return;
        }
        let list = &next.watched.list;
        tell(&Event::Begun(list));
        let result = update(list);
        next.failures = if result.is_ok() { 0 } else { next.failures.saturating_add(1) };
        let pause = pause(next.watched.cadence, next.failures, clock.chance());
        next.due = later(clock.now(), pause);
        tell(&Event::Ended(list, &result, next.due));
    }
}

/// Time until the next look after so many failures in a row.
fn pause(cadence: SignedDuration, failures: u32, chance: f64) -> SignedDuration {
    let grown = match failures {
        0 => cadence,
        _ => {
            FIRST_RETRY.saturating_mul(GROWTH.saturating_pow(failures.saturating_sub(1).min(20))).min(cadence)
        }
    };
    let seconds = grown.as_secs_f64() * (1.0 + JITTER * chance.clamp(0.0, 1.0));
    SignedDuration::try_from_secs_f64(seconds).unwrap_or(grown)
}

fn later(time: Timestamp, pause: SignedDuration) -> Timestamp {
    time.checked_add(pause).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Failure;
    use crate::{Accepted, InForce, Reason, Stays};
    use std::cell::Cell;

    /// A clock that jumps, and stops at a time.
    struct Jumping {
        now: Cell<Timestamp>,
        end: Timestamp,
    }

    impl Clock for Jumping {
        fn now(&self) -> Timestamp {
            self.now.get()
        }

        fn wait_until(&self, then: Timestamp) -> bool {
            self.now.set(then.max(self.now.get()));
            then < self.end
        }

        fn chance(&self) -> f64 {
            0.0
        }
    }

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    fn updated(list: &str) -> Updated {
        let accepted = Accepted {
            snapshot: "undated-0".to_owned().into(),
            published: None,
            fetched: at(0),
            entities: 1,
            issues: 0,
            changes: None,
        };
        Updated {
            list: list.to_owned(),
            outcome: Outcome::Unchanged,
            in_force: InForce { accepted, confirmed: None, checked: at(0) },
            previous: None,
            forced: None,
        }
    }

    fn failed(list: &str) -> UpdateError {
        let reason = Box::new(Reason::Failed(Failure::NoAddress));
        UpdateError { list: list.to_owned(), reason, stays: Stays::Nothing }
    }

    /// The minutes at which each list is looked at, up to `end`.
    fn looks(
        lists: &[(&str, i64, Option<i64>)],
        end: i64,
        fails: impl Fn(&str, i64) -> bool,
    ) -> Vec<(i64, String)> {
        let watched: Vec<Watched> = lists
            .iter()
            .map(|(list, hours, looked)| Watched {
                list: (*list).to_owned(),
                cadence: SignedDuration::from_hours(*hours),
                looked: looked.map(at),
            })
            .collect();
        let clock = Jumping { now: Cell::new(at(0)), end: at(end) };
        let minutes = || clock.now().as_second() / 60;
        let mut ended = Vec::new();
        watch(
            &watched,
            &clock,
            &mut |list| if fails(list, minutes()) { Err(failed(list)) } else { Ok(updated(list)) },
            &mut |event| {
                if let Event::Ended(list, ..) = event {
                    ended.push((minutes(), (*list).to_owned()));
                }
            },
        );
        ended
    }

    #[test]
    fn each_list_has_its_cadence_and_failures_stop_nobody() {
        let of = |looks: &[(i64, String)], list: &str| -> Vec<i64> {
            looks.iter().filter(|look| look.1 == list).map(|look| look.0).collect()
        };
        // The daily list was looked at 23 hours ago; the hourly one never.
        let found = looks(&[("hourly", 1, None), ("daily", 24, Some(-23 * 60))], 200, |_, _| false);
        assert_eq!((of(&found, "hourly"), of(&found, "daily")), (vec![0, 60, 120, 180], vec![60]));
        // A failing list is tried again sooner, then later and later, but on its cadence at the least.
        let found =
            looks(&[("bad", 1, None), ("good", 1, None)], 260, |list, minute| list == "bad" && minute < 200);
        assert_eq!(of(&found, "bad"), [0, 5, 15, 35, 75, 135, 195, 255]);
        assert_eq!(of(&found, "good"), [0, 60, 120, 180, 240]);
        assert!(looks(&[], 100, |_, _| false).is_empty());
    }

    #[test]
    fn waits_vary_and_never_overflow() {
        let hour = SignedDuration::from_hours(1);
        for (failures, chance, minutes) in [
            (0, 0.0, 60.0),
            (0, 1.0, 66.0),
            (1, 0.5, 5.25),
            (2, 0.0, 10.0),
            (9, 0.0, 60.0),
            (u32::MAX, 0.0, 60.0),
        ] {
            let found = pause(hour, failures, chance).as_secs_f64() / 60.0;
            assert!((found - minutes).abs() < 0.01, "{failures} {chance}: {found}");
        }
        assert_eq!(later(Timestamp::MAX, hour), Timestamp::MAX);
    }
}
