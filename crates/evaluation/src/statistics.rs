//! Shares with intervals, and places in an ordering.
//!
//! In: counts and numbers. Out: numbers. All intervals are of 95 %.

use serde::{Deserialize, Serialize};

/// How many of some cases went one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Count {
    /// Cases.
    pub cases: usize,
    /// Those that went the way counted.
    pub hits: usize,
}

impl Count {
    /// Counts one more case.
    pub fn add(&mut self, hit: bool) {
        self.cases += 1;
        self.hits += usize::from(hit);
    }

    /// Both counts together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self { cases: self.cases + other.cases, hits: self.hits + other.hits }
    }

    /// The count of an iterator of outcomes.
    pub fn of(outcomes: impl Iterator<Item = bool>) -> Self {
        let mut count = Self::default();
        outcomes.for_each(|hit| count.add(hit));
        count
    }

    /// Hits by cases; 0 if there are no cases.
    pub fn share(self) -> f64 {
        if self.cases == 0 { 0.0 } else { self.hits as f64 / self.cases as f64 }
    }

    /// The interval in which the true share lies with 95 % confidence (Wilson 1927); 0 to 1 if there are no cases.
    pub fn interval(self) -> (f64, f64) {
        if self.cases == 0 {
            return (0.0, 1.0);
        }
        let (cases, share) = (self.cases as f64, self.share());
        let square = Z95 * Z95;
        let centre = (share + square / (2.0 * cases)) / (1.0 + square / cases);
        let half = Z95 * (share * (1.0 - share) / cases + square / (4.0 * cases * cases)).sqrt()
            / (1.0 + square / cases);
        // At the ends the formula gives the end itself but for rounding.
        let low = if self.hits == 0 { 0.0 } else { (centre - half).max(0.0) };
        let high = if self.hits == self.cases { 1.0 } else { (centre + half).min(1.0) };
        (low, high)
    }
}

/// A count as reports show it: shares to four places.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// Cases.
    pub cases: usize,
    /// Those that went the way counted.
    pub hits: usize,
    /// Hits by cases; absent without cases.
    pub share: Option<f64>,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl From<Count> for Share {
    fn from(count: Count) -> Self {
        let (low, high) = count.interval();
        Self {
            cases: count.cases,
            hits: count.hits,
            share: (count.cases > 0).then(|| rounded(count.share())),
            low: rounded(low),
            high: rounded(high),
        }
    }
}

impl Share {
    /// The count it shows.
    pub fn count(self) -> Count {
        Count { cases: self.cases, hits: self.hits }
    }
}

/// The point of the normal distribution with 2.5 % beyond it.
const Z95: f64 = 1.959_963_985;

/// The value below which `share` of the values lie (nearest rank); `None` of nothing. Sorts the values.
pub(crate) fn percentile(values: &mut [f64], share: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let rank = (share * values.len() as f64).ceil() as usize;
    values.get(rank.max(1) - 1).copied()
}

/// A score to four places, as scores are.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, two: f64, within: f64) -> bool {
        (one - two).abs() < within
    }

    /// Values of the `binom.confint(method = "wilson")` of R's package `binom`, to four places.
    #[test]
    fn wilson_intervals() {
        for (hits, cases, low, high) in [
            (0, 10, 0.0, 0.2775),
            (10, 10, 0.7225, 1.0),
            (5, 10, 0.2366, 0.7634),
            (15, 148, 0.0624, 0.1605),
            (990, 1000, 0.9817, 0.9946),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (found_low, found_high) = Count { cases, hits }.interval();
            assert!(near(found_low, low, 1e-4) && near(found_high, high, 1e-4), "{found_low} {found_high}");
        }
        assert_eq!(Count::default().interval(), (0.0, 1.0));
    }

    #[test]
    fn places() {
        let mut values = vec![5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!(percentile(&mut values, 0.5), Some(3.0));
        assert_eq!(percentile(&mut values, 0.99), Some(5.0));
        assert_eq!(percentile(&mut values, 0.0), Some(1.0));
        assert_eq!(percentile(&mut [], 0.5), None);
    }
}
