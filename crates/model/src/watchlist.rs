//! What is known about a list before it is read.

use serde::Serialize;

/// Limits a new version of a list must keep; a version outside them is refused.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bounds {
    /// Least number of entities.
    pub least: usize,
    /// Greatest number of entities.
    pub most: usize,
    /// Largest share of the last good version's entities that may disappear at once, 0 to 1.
    pub largest_fall: f64,
}

impl Bounds {
    /// Bounds for a list nothing is known about: at least one entity, at most ten million, and no more than
    /// half may disappear at once.
    pub const UNKNOWN: Self = Self { least: 1, most: 10_000_000, largest_fall: 0.5 };

    /// Why `count` entities after `last` (the last good count, if any) are refused, or `None` if they are not.
    pub fn refuse(&self, count: usize, last: Option<usize>) -> Option<String> {
        if count < self.least {
            return Some(format!("{count} entities, at least {} expected", self.least));
        }
        if count > self.most {
            return Some(format!("{count} entities, at most {} expected", self.most));
        }
        let last = last?;
        let fall = 1.0 - count as f64 / last.max(1) as f64;
        (fall > self.largest_fall).then(|| {
            format!(
                "{count} entities after {last}: {:.0} % fewer, at most {:.0} % allowed",
                fall * 100.0,
                self.largest_fall * 100.0
            )
        })
    }
}

/// A list Cordon knows how to get and read: one row of the table of watchlists.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Watchlist {
    /// OpenSanctions' dataset name: `us_ofac_sdn`.
    pub id: &'static str,
    /// Title people read.
    pub title: &'static str,
    /// Authority that publishes it.
    pub issuer: &'static str,
    /// Id of the format it is read with.
    pub format: &'static str,
    /// Addresses to fetch, in the order the format wants the files.
    pub addresses: &'static [&'static str],
    /// Terms under which it may be used.
    pub licence: &'static str,
    /// Hours between two looks at the publisher.
    pub cadence_hours: u32,
    /// Limits a new version must keep.
    pub bounds: Bounds,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds() {
        let bounds = Bounds { least: 10, most: 1000, largest_fall: 0.2 };
        for (count, last, refused) in [
            (9, None, true),
            (10, None, false),
            (1001, None, true),
            (80, Some(100), false),
            (79, Some(100), true),
            (400, Some(100), false),
            (0, Some(0), true),
        ] {
            assert_eq!(bounds.refuse(count, last).is_some(), refused, "{count} after {last:?}");
        }
    }
}
