//! A report kept for comparison, and whether a later one is worse.
//!
//! A baseline is written short; a whole report can be read as one, since the keys are the same.

use crate::report::{Report, Settings};
use crate::statistics::Count;
use crate::taxonomy::{Expect, Kind};
use serde::{Deserialize, Serialize};

/// A report kept for comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// What was asked for; a comparison asks for the same.
    pub settings: Settings,
    /// Cases of all kinds that must match.
    pub totals: Vec<TotalRow>,
    /// Alerts by kind of alteration.
    pub kinds: Vec<Row>,
    /// Alerts of unlisted people.
    pub unlisted: Vec<Row>,
    /// Names that alert as published.
    pub exact: ExactRow,
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What was counted.
    pub id: String,
    /// The count.
    pub count: Count,
}

/// The count of one expectation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalRow {
    /// The expectation.
    pub expect: String,
    /// The count.
    pub count: Count,
}

/// The count of exact names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExactRow {
    /// The count.
    pub count: Count,
}

/// A share that left the interval of the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What: a kind's id, `unlisted generated`, `exact`.
    pub what: String,
    /// As kept.
    pub before: Count,
    /// As measured now.
    pub now: Count,
    /// Whether it is worse than it was.
    pub worse: bool,
}

/// The word of an expectation in JSON.
fn word(expect: Expect) -> String {
    serde_json::to_value(expect).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Baseline {
    /// What is kept of a report.
    pub fn of(report: &Report) -> Self {
        let row = |id: &str, count: crate::Share| Row { id: id.to_owned(), count: count.count() };
        let measured = report.kinds.iter().filter(|kind| kind.count.cases > 0);
        Self {
            settings: report.settings,
            totals: report
                .totals
                .iter()
                .map(|total| TotalRow { expect: word(total.expect), count: total.count.count() })
                .collect(),
            kinds: measured.map(|kind| row(kind.id, kind.count)).collect(),
            unlisted: report.unlisted.iter().map(|group| row(group.id, group.count)).collect(),
            exact: ExactRow { count: report.exact.count.count() },
        }
    }

    /// Everything that left its interval, the worse first; and nothing else: what lies within is noise.
    pub fn changes(&self, report: &Report) -> Vec<Change> {
        let now = Self::of(report);
        let mut changes = Vec::new();
        for total in &self.totals {
            let later = now.totals.iter().find(|row| row.expect == total.expect);
            let wanted = [Expect::Match, Expect::Review].map(word).contains(&total.expect);
            if total.expect != word(Expect::Open) {
                let what = format!("all that {}", total.expect);
                changes.extend(later.and_then(|later| change(what, total.count, later.count, wanted)));
            }
        }
        for kind in &self.kinds {
            let later = now.kinds.iter().find(|row| row.id == kind.id);
            let expect = Kind::of(&kind.id).map(|kind| kind.expect).filter(|expect| *expect != Expect::Open);
            changes.extend(later.zip(expect).and_then(|(later, expect)| {
                change(format!("kind {}", kind.id), kind.count, later.count, expect.is_wanted())
            }));
        }
        for group in &self.unlisted {
            let later = now.unlisted.iter().find(|row| row.id == group.id);
            let what = format!("unlisted {}", group.id);
            changes.extend(later.and_then(|later| change(what, group.count, later.count, false)));
        }
        changes.extend(change("exact names".to_owned(), self.exact.count, now.exact.count, true));
        changes.sort_by_key(|change| !change.worse);
        changes
    }
}

/// A change beyond noise: each share lies outside the interval of the other. `wanted` tells whether more is better.
fn change(what: String, before: Count, now: Count, wanted: bool) -> Option<Change> {
    let outside = |count: Count, share: f64| {
        let (low, high) = count.interval();
        share < low || share > high
    };
    let changed = outside(before, now.share()) && outside(now, before.share());
    let worse = if wanted { now.share() < before.share() } else { now.share() > before.share() };
    (changed && before.cases > 0 && now.cases > 0).then_some(Change { what, before, now, worse })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_no_change() {
        let worse = |before: (usize, usize), now: (usize, usize), wanted| {
            let count = |(hits, cases)| Count { cases, hits };
            change(String::new(), count(before), count(now), wanted).map(|change| change.worse)
        };
        for (before, now, wanted, expected) in [
            ((190, 200), (188, 200), true, None),
            ((190, 200), (150, 200), true, Some(true)),
            ((150, 200), (190, 200), true, Some(false)),
            ((5, 200), (40, 200), false, Some(true)),
            ((40, 200), (5, 200), false, Some(false)),
            // One case more or less is noise at the ends too.
            ((199, 200), (200, 200), true, None),
            ((0, 200), (1, 200), false, None),
            ((10, 10), (0, 0), true, None),
        ] {
            assert_eq!(worse(before, now, wanted), expected, "{before:?} {now:?}");
        }
    }
}
