//! What good weights are: the figures they are judged by, and what each costs. Less is better, everywhere.

/// What is counted. Cheap figures first, so that a search leaves hopeless weights early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    Pairs,
    SurePairs,
    Checks,
    Spellings,
    OneSlip,
    TwoSlips,
    OriginalScript,
    UnlistedUn,
    UnlistedOfac,
}

/// How much a figure counts.
pub(super) struct Goal {
    /// For people.
    pub(super) name: &'static str,
    pub(super) unit: Unit,
    /// What is good enough.
    pub(super) target: f64,
    /// Cost of each unit beyond the target.
    pub(super) beyond: f64,
    /// Cost of each unit, within the target too.
    pub(super) always: f64,
}

/// In what a figure is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Wrong answers.
    Wrong,
    /// Wrong answers of a hundred.
    Percent,
    /// Wrong answers of a thousand.
    PerThousand,
    /// What the F1 measure is short of, in percent.
    ShortOfF1,
}

/// How weights decided, at the policy's threshold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Matches reported.
    pub(super) found: u64,
    /// Matches not reported.
    pub(super) missed: u64,
    /// Others reported.
    pub(super) false_alerts: u64,
    /// Others not reported.
    pub(super) quiet: u64,
}

impl Figure {
    #[cfg(test)]
    const ALL: [Self; 9] = [
        Self::Pairs,
        Self::SurePairs,
        Self::Checks,
        Self::Spellings,
        Self::OneSlip,
        Self::TwoSlips,
        Self::OriginalScript,
        Self::UnlistedUn,
        Self::UnlistedOfac,
    ];

    /// False alerts cost hours of work, and a listed name missed because of one slip is what screening must not do: these
    /// count most. Labels count less, as their authors dispute many themselves.
    pub(super) const fn goal(self) -> Goal {
        use Unit::{PerThousand, Percent, ShortOfF1, Wrong};
        match self {
            Self::Pairs => goal("labelled pairs of names", ShortOfF1, 0.0, 0.6, 0.0),
            Self::SurePairs => goal("the same, labels beyond dispute", Wrong, 0.0, 2.0, 0.0),
            Self::Checks => goal("labelled pairs of entities", Percent, 0.0, 0.7, 0.0),
            Self::Spellings => goal("spellings of one name missed", Wrong, 0.0, 0.2, 0.0),
            Self::OneSlip => goal("UN names with one slip missed", Percent, 0.0, 3.0, 0.0),
            Self::TwoSlips => goal("UN names with two slips missed", Percent, 0.0, 0.15, 0.0),
            Self::OriginalScript => goal("UN names in original script missed", Percent, 0.0, 0.4, 0.0),
            Self::UnlistedUn => goal("unlisted people reported, UN", PerThousand, 0.7, 4.0, 0.2),
            Self::UnlistedOfac => goal("unlisted people reported, OFAC", PerThousand, 2.8, 2.0, 0.1),
        }
    }
}

const fn goal(name: &'static str, unit: Unit, target: f64, beyond: f64, always: f64) -> Goal {
    Goal { name, unit, target, beyond, always }
}

/// Millionths of the unit of cost: whole numbers compare the same everywhere.
pub(super) type Cost = u64;

impl Unit {
    /// The figure, from counts.
    pub(super) fn value(self, counts: &Counts) -> f64 {
        let wrong = counts.missed + counts.false_alerts;
        let share = |whole: u64| if whole == 0 { 0.0 } else { wrong as f64 / whole as f64 };
        let all = share(wrong + counts.found + counts.quiet);
        match self {
            Self::Wrong => wrong as f64,
            Self::Percent => 100.0 * all,
            Self::PerThousand => 1000.0 * all,
            Self::ShortOfF1 => 100.0 * share(wrong + 2 * counts.found),
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Percent => "% wrong",
            Self::PerThousand => "in 1,000",
            Self::ShortOfF1 => "100 - F1",
        }
    }
}

impl Goal {
    pub(super) fn cost(&self, counts: &Counts) -> Cost {
        let value = self.unit.value(counts);
        let cost = self.beyond * (value - self.target).max(0.0) + self.always * value;
        (cost * 1_000_000.0).round() as Cost
    }
}

impl Counts {
    /// Counts one more answer.
    pub(super) fn add(&mut self, wanted: bool, reported: bool) {
        *match (wanted, reported) {
            (true, true) => &mut self.found,
            (true, false) => &mut self.missed,
            (false, true) => &mut self.false_alerts,
            (false, false) => &mut self.quiet,
        } += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_counts() {
        let counts = Counts { found: 6, missed: 2, false_alerts: 1, quiet: 11 };
        let values =
            [Unit::Wrong, Unit::Percent, Unit::PerThousand, Unit::ShortOfF1].map(|unit| unit.value(&counts));
        for (value, expected) in values.into_iter().zip([3.0, 15.0, 150.0, 20.0]) {
            assert!((value - expected).abs() < 1e-9, "{value} {expected}");
        }
        assert!(Unit::ShortOfF1.value(&Counts::default()).abs() < 1e-9);
    }

    #[test]
    fn costs_begin_at_the_target() {
        let counts = |alerts| Counts { false_alerts: alerts, quiet: 1000 - alerts, ..Counts::default() };
        let goal = goal("", Unit::PerThousand, 2.0, 4.0, 0.5);
        assert_eq!([0, 1, 2, 3].map(|alerts| goal.cost(&counts(alerts))), [0, 500_000, 1_000_000, 5_500_000]);
    }

    /// What lets a search take cases far from the threshold as right, and still reject no better weights.
    #[test]
    fn right_answers_never_cost_more() {
        for goal in Figure::ALL.map(Figure::goal) {
            for (missed, false_alerts) in [(0, 1), (1, 0), (3, 4)] {
                let wrong = Counts { found: 5, missed, false_alerts, quiet: 5 };
                let right = Counts { found: 5 + missed, quiet: 5 + false_alerts, ..Counts::default() };
                assert!(goal.cost(&right) <= goal.cost(&wrong), "{}", goal.name);
            }
        }
    }
}
