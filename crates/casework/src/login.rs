//! Lock-out after failed logins, with rising delay.

use crate::accounts::NewSession;
use crate::user::UserName;
use jiff::{SignedDuration, Timestamp};

/// What came of a login.
#[derive(Debug, Clone)]
pub enum LoginOutcome {
    /// Logged in.
    In(NewSession),
    /// Unknown name, wrong password, no password yet, or disabled: which of them is not said.
    Wrong,
    /// Too many failures; nothing was looked at.
    Locked {
        /// When the next try may be made.
        until: Timestamp,
    },
}

/// Failed logins of one name, whether it is anyone's or not, so that being locked tells nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempts {
    /// The name.
    pub name: UserName,
    /// Failures in a row.
    pub failures: u32,
    /// The last of them.
    pub last: Timestamp,
    /// Counts changes: a change of an older version is refused. 0 is not stored yet.
    pub version: i64,
}

/// When names are locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockOut {
    /// Failures without delay.
    pub free: u32,
    /// Delay after the first failure beyond; it doubles with each further one.
    pub first: SignedDuration,
    /// Greatest delay.
    pub most: SignedDuration,
    /// Time after which failures are forgotten.
    pub memory: SignedDuration,
}

/// Four mistakes are human; a guesser gets some thirty tries a day at most.
impl Default for LockOut {
    fn default() -> Self {
        Self {
            free: 4,
            first: SignedDuration::from_secs(30),
            most: SignedDuration::from_hours(1),
            memory: SignedDuration::from_hours(24),
        }
    }
}

impl LockOut {
    /// Until when the name is locked, if it is.
    pub fn locked_until(&self, attempts: &Attempts, now: Timestamp) -> Option<Timestamp> {
        let beyond = attempts.failures.checked_sub(self.free + 1)?;
        let delay = self.first.saturating_mul(1 << beyond.min(20)).min(self.most);
        let until = attempts.last.saturating_add(delay).ok()?;
        (now < until).then_some(until)
    }

    /// The attempts after one more failure.
    pub fn failed(&self, attempts: &Attempts, now: Timestamp) -> Attempts {
        let forgotten = now.duration_since(attempts.last) >= self.memory;
        let failures = if forgotten { 1 } else { attempts.failures.saturating_add(1) };
        Attempts { failures, last: now, ..attempts.clone() }
    }

    /// The attempts after a login.
    pub fn succeeded(attempts: &Attempts, now: Timestamp) -> Attempts {
        Attempts { failures: 0, last: now, ..attempts.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_rise_and_are_forgotten() {
        let rules = LockOut::default();
        let mut now = Timestamp::UNIX_EPOCH;
        let mut attempts =
            Attempts { name: UserName::parse("ana").unwrap(), failures: 0, last: now, version: 0 };
        let mut delays = Vec::new();
        for _ in 0..14 {
            attempts = rules.failed(&attempts, now);
            let until = rules.locked_until(&attempts, now).unwrap_or(now);
            delays.push(until.duration_since(now).as_secs());
            assert_eq!(rules.locked_until(&attempts, until), None);
            now = until;
        }
        assert_eq!(delays, [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
        assert_eq!(LockOut::succeeded(&attempts, now).failures, 0);
        assert_eq!(rules.failed(&attempts, now + SignedDuration::from_hours(24)).failures, 1);
    }
}
