//! Cases made ready once, and the figures of weights over them.

use super::figures::{Cost, Counts, Figure};
use cordon_matching::{Options, Policy, Screener, Segment};
use cordon_model::{Entity, Snapshot};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::sync::Arc;

/// A query with what the answer should be.
struct Case {
    query: Entity,
    /// Index of the segment asked.
    segment: usize,
    /// Whether something should be reported.
    wanted: bool,
}

/// The cases of one figure.
struct Set {
    figure: Figure,
    cases: Vec<Case>,
}

/// All cases.
#[derive(Default)]
pub(super) struct Bench {
    segments: Vec<Arc<Segment>>,
    sets: Vec<Set>,
}

/// What weights come to.
pub(super) struct Measure {
    pub(super) cost: Cost,
    /// Of each figure, in the order of the sets.
    pub(super) figures: Vec<(Figure, Counts)>,
    /// For each case of each set, whether it was decided right by a wide margin.
    settled: Vec<Vec<bool>>,
}

/// Scores from and below which an answer is so far from the threshold that a small move of weights seldom turns it.
const SURELY_REPORTED: f64 = 0.93;
const SURELY_QUIET: f64 = 0.4;

impl Bench {
    /// Adds a list to ask; the answer is its number.
    pub(super) fn list(&mut self, snapshot: &Snapshot) -> Result<usize, crate::Error> {
        self.segments.push(Arc::new(Segment::open(Arc::new(Segment::build(snapshot)))?));
        Ok(self.segments.len() - 1)
    }

    /// Adds a case to a figure: whether the list should answer the query.
    pub(super) fn case(&mut self, figure: Figure, query: Entity, list: usize, wanted: bool) {
        let case = Case { query, segment: list, wanted };
        if let Some(set) = self.sets.iter_mut().find(|set| set.figure == figure) {
            set.cases.push(case);
        } else {
            self.sets.push(Set { figure, cases: vec![case] });
            self.sets.sort_by_key(|set| set.figure as usize);
        }
    }

    /// Number of cases of each figure.
    #[cfg(test)]
    pub(super) fn sizes(&self) -> Vec<(Figure, usize)> {
        self.sets.iter().map(|set| (set.figure, set.cases.len())).collect()
    }

    fn screeners(&self, policy: &Policy) -> Vec<Screener> {
        self.segments.iter().map(|segment| Screener::new(vec![segment.clone()], policy.clone())).collect()
    }

    /// Measures weights on every case.
    pub(super) fn measure(&self, policy: &Policy) -> Measure {
        let (screeners, threshold) = (self.screeners(policy), policy.threshold());
        let mut measure = Measure { cost: 0, figures: Vec::new(), settled: Vec::new() };
        for set in &self.sets {
            let scores: Vec<f64> =
                set.cases.par_iter().map(|case| case.score(&screeners, SURELY_QUIET)).collect();
            let mut counts = Counts::default();
            for (case, score) in set.cases.iter().zip(&scores) {
                counts.add(case.wanted, *score >= threshold);
            }
            let settled = set.cases.iter().zip(&scores).map(|(case, score)| {
                if case.wanted { *score >= SURELY_REPORTED } else { *score < SURELY_QUIET }
            });
            measure.settled.push(settled.collect());
            measure.cost += set.figure.goal().cost(&counts);
            measure.figures.push((set.figure, counts));
        }
        measure
    }

    /// How the cost of weights near those measured compares with theirs, at best.
    ///
    /// Asks only the cases that were not settled and takes the others as right, which makes the cost seem less than it
    /// is, never more.
    pub(super) fn promise(&self, policy: &Policy, measure: &Measure) -> Ordering {
        let (screeners, threshold) = (self.screeners(policy), policy.threshold());
        let mut cost = 0;
        for (set, settled) in self.sets.iter().zip(&measure.settled) {
            let reported: Vec<bool> = set
                .cases
                .par_iter()
                .zip(settled)
                .map(
                    |(case, settled)| {
                        if *settled { case.wanted } else { case.score(&screeners, threshold) >= threshold }
                    },
                )
                .collect();
            let mut counts = Counts::default();
            for (case, reported) in set.cases.iter().zip(reported) {
                counts.add(case.wanted, reported);
            }
            cost += set.figure.goal().cost(&counts);
            if cost > measure.cost {
                break;
            }
        }
        cost.cmp(&measure.cost)
    }
}

impl Case {
    /// The best score the list gives; 0 if none reaches the least.
    fn score(&self, screeners: &[Screener], least: f64) -> f64 {
        let options = Options { threshold: least, limit: 1 };
        let matches = screeners[self.segment].screen(&self.query, options);
        matches.ok().and_then(|matches| Some(matches.first()?.score)).unwrap_or_default()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::file::File;
    use super::*;
    use cordon_model::{EntityId, Name, NameKind, Schema};

    fn person(name: &str) -> Entity {
        let mut entity = Entity::new(EntityId::new("test", name), Schema::Person);
        entity.add_name(Name::new(NameKind::Primary, name));
        entity
    }

    /// Of an unlisted person and a listed one, whether a search finds them.
    pub(in super::super) fn bench(unlisted: &str, listed: &str) -> Bench {
        let mut bench = Bench::default();
        let entities = ["Sirajuddin Haqqani", "Igor Ivanovich Sechin"].map(person);
        let list = bench.list(&Snapshot::new("test", None, entities.into(), Vec::new())).unwrap();
        for (figure, name, wanted) in [
            (Figure::UnlistedUn, unlisted, false),
            (Figure::UnlistedUn, "Mary Miller", false),
            (Figure::OneSlip, "Sirajuddin Haqqani", true),
            (Figure::OneSlip, listed, true),
        ] {
            bench.case(figure, person(name), list, wanted);
        }
        bench
    }

    #[test]
    fn answers_are_counted() {
        let measure = bench("Igor Sechin", "John Smith").measure(&Policy::default());
        assert_eq!(
            measure.figures,
            [
                (Figure::OneSlip, Counts { found: 1, missed: 1, ..Counts::default() }),
                (Figure::UnlistedUn, Counts { false_alerts: 1, quiet: 1, ..Counts::default() }),
            ]
        );
        assert_eq!(measure.settled, [[true, false], [false, true]]);
        let cost = measure.figures.iter().map(|(figure, counts)| figure.goal().cost(counts)).sum::<Cost>();
        assert_eq!(measure.cost, cost);
    }

    #[test]
    fn promises_are_kept() {
        let bench = bench("Igor Sechin", "John Smith");
        let committed = include_str!("../../../crates/matching/policies/default.json");
        let measure = bench.measure(&Policy::default());
        assert_eq!(bench.promise(&Policy::default(), &measure), Ordering::Equal);
        let line = "[700, 850], [750, 1200], [800, 1600], [900, 2700], [950, 3500]";
        let flat = "[700, 0], [750, 0], [800, 0], [900, 0], [950, 0]";
        let stricter = committed.replacen(line, flat, 1);
        let stricter = File::read(&stricter).unwrap().policy().unwrap();
        assert_eq!(bench.promise(&stricter, &measure), Ordering::Less);
        let stricter = bench.measure(&stricter);
        assert!(stricter.cost < measure.cost);
        assert_eq!(bench.promise(&Policy::default(), &stricter), Ordering::Greater);
    }
}
