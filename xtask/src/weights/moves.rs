//! How the search changes weights: one dial a little, within its range.
//!
//! Deliberately absent, and never moved: the lines from quality to points and from rarity to more points, which say what
//! a score means; the deductions for particles and legal forms, and all facts, of which the labelled data has too few.

use super::file::{Section, Weight};
use super::random::Random;

/// A weight that is fitted.
struct Dial {
    key: &'static str,
    start: Start,
    step: Step,
    least: i64,
    most: i64,
    /// How often it is chosen, against the others.
    turns: usize,
}

/// Where a search begins: guesses in round numbers.
enum Start {
    Number(i64),
    /// For persons and for others.
    Both([i64; 2]),
    /// The heights of a line.
    Line(&'static [i64]),
}

/// What one move does.
enum Step {
    /// Adds or takes away so much.
    Amount(i64),
    /// Adds or takes away an eighth.
    Eighth,
    /// Lifts or lowers a point of a line, or all from there on; the line never falls. The last point may be fixed.
    Point { last_fixed: bool },
}

const fn line(key: &'static str, start: &'static [i64], last_fixed: bool) -> Dial {
    let start = Start::Line(start);
    Dial { key, start, step: Step::Point { last_fixed }, least: 0, most: 1000, turns: 2 }
}

const fn dial(key: &'static str, start: Start, step: Step, least: i64, most: i64) -> Dial {
    Dial { key, start, step, least, most, turns: 1 }
}

/// The ranges keep each weight what its name says: a loss still costs, an inexact word is still nearly the same.
const DIALS: &[Dial] = &[
    // Equal words agree wholly.
    line("agreement", &[100, 300, 480, 650, 780, 880, 960, 1000], true),
    line("evidence", &[400, 600, 690, 740, 870, 970], false),
    line("evidence_with_extra", &[350, 500, 650, 700, 850, 960], false),
    line("evidence_inexact", &[450, 620, 700, 830, 940, 990], false),
    dial("contradiction", Start::Number(2800), Step::Eighth, 1000, 6000),
    dial("contradiction_least", Start::Number(14), Step::Eighth, 4, 40),
    dial("loss", Start::Number(1300), Step::Eighth, 500, 4000),
    dial("extra_in_query", Start::Both([300, 1200]), Step::Eighth, 50, 3000),
    dial("extra_in_candidate", Start::Both([260, 1000]), Step::Eighth, 50, 3000),
    dial("inexact", Start::Number(930), Step::Amount(10), 850, 990),
    dial("neutral", Start::Number(800), Step::Amount(10), 750, 950),
    dial("number_differs", Start::Number(80), Step::Eighth, 10, 300),
    dial("weak_alias", Start::Number(80), Step::Eighth, 10, 300),
];

/// By how much a point of a line moves.
const POINT_STEPS: [i64; 3] = [10, 25, 60];

/// The weights that are fitted.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    DIALS.iter().map(|dial| dial.key)
}

/// Sets every dial to where a search begins; the others stay. An error if the file has another form than the table.
pub(super) fn reset(weights: &mut Section) -> Result<(), String> {
    for dial in DIALS {
        match (weights.get_mut(dial.key), &dial.start) {
            (Some(Weight::Number(value)), Start::Number(start)) => *value = *start,
            (Some(Weight::Numbers(values)), Start::Both(start)) => *values = start.to_vec(),
            (Some(Weight::Line(points)), Start::Line(heights)) if points.len() == heights.len() => {
                for (point, height) in points.iter_mut().zip(*heights) {
                    point[1] = *height;
                }
            }
            _ => {
                return Err(format!(
                    "`{}` is not there, or of another form than its row in moves.rs",
                    dial.key
                ));
            }
        }
    }
    Ok(())
}

/// Moves one dial or two; the answer names them.
pub(super) fn turn(weights: &mut Section, random: &mut Random) -> Vec<&'static str> {
    let turns: Vec<&Dial> = DIALS.iter().flat_map(|dial| std::iter::repeat_n(dial, dial.turns)).collect();
    (0..=random.below(2))
        .map(|_| {
            let dial = random.of(&turns);
            if let Some(weight) = weights.get_mut(dial.key) {
                dial.turn(weight, random);
            }
            dial.key
        })
        .collect()
}

/// What is wrong with weights to begin with: one outside its range, or a line that falls.
pub(super) fn fault(weights: &Section) -> Option<String> {
    DIALS.iter().find_map(|dial| {
        let range = dial.least..=dial.most;
        let inside = match weights.get(dial.key)? {
            Weight::Number(value) => range.contains(value),
            Weight::Numbers(values) => values.iter().all(|value| range.contains(value)),
            Weight::Line(points) => {
                points.iter().all(|point| range.contains(&point[1]))
                    && points.windows(2).all(|pair| pair[0][1] <= pair[1][1])
            }
        };
        (!inside).then(|| format!("`{}` falls or is not within {} and {}", dial.key, dial.least, dial.most))
    })
}

impl Dial {
    fn turn(&self, weight: &mut Weight, random: &mut Random) {
        let up = random.below(2) == 0;
        match (weight, &self.step) {
            (Weight::Number(value), _) => *value = self.changed(*value, up),
            (Weight::Numbers(values), _) => {
                let at = random.below(values.len());
                if let Some(value) = values.get_mut(at) {
                    *value = self.changed(*value, up);
                }
            }
            (Weight::Line(points), Step::Point { last_fixed }) => {
                let free = points.len() - usize::from(*last_fixed && !points.is_empty());
                self.bend(&mut points[..free], up, random);
            }
            (Weight::Line(_), _) => {}
        }
    }

    fn changed(&self, value: i64, up: bool) -> i64 {
        let amount = match self.step {
            Step::Amount(amount) => amount,
            Step::Eighth | Step::Point { .. } => (value / 8).max(1),
        };
        (if up { value + amount } else { value - amount }).clamp(self.least, self.most)
    }

    /// Points before one that is lowered, and after one that is lifted, go along as far as they must.
    fn bend(&self, points: &mut [[i64; 2]], up: bool, random: &mut Random) {
        let at = random.below(points.len());
        let amount = *random.of(&POINT_STEPS);
        let end = if random.below(3) == 0 { points.len() } else { (at + 1).min(points.len()) };
        for point in &mut points[at..end] {
            point[1] = (if up { point[1] + amount } else { point[1] - amount }).clamp(self.least, self.most);
        }
        if up {
            let mut floor = self.least;
            for point in points {
                floor = floor.max(point[1]);
                point[1] = floor;
            }
        } else {
            let mut ceiling = self.most;
            for point in points.iter_mut().rev() {
                ceiling = ceiling.min(point[1]);
                point[1] = ceiling;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::file::File;
    use super::*;
    use std::collections::BTreeSet;

    const COMMITTED: &str = include_str!("../../../crates/matching/policies/default.json");

    /// Weights that stay as they are.
    const KEPT: [&str; 8] = [
        "particle_missing",
        "legal_form_missing",
        "legal_form_differs",
        "quality",
        "bonus_from",
        "bonus_least",
        "bonus_most",
        "bonus",
    ];

    #[test]
    fn every_weight_of_names_is_moved_or_kept() {
        let file = File::read(COMMITTED).unwrap();
        let known: BTreeSet<&str> = keys().chain(KEPT).collect();
        assert_eq!(file.names.keys().collect::<BTreeSet<_>>(), known);
        assert_eq!(fault(&file.names), None);
    }

    #[test]
    fn a_search_begins_in_range_wherever_the_dials_were() {
        let mut file = File::read(COMMITTED).unwrap();
        let mut moved = file.clone();
        for _ in 0..100 {
            turn(&mut moved.names, &mut Random::new(5));
        }
        assert_ne!(moved, file);
        reset(&mut file.names).unwrap();
        reset(&mut moved.names).unwrap();
        assert_eq!(moved, file);
        assert_eq!(fault(&file.names), None);
        *file.names.get_mut("agreement").unwrap() = Weight::Number(1);
        assert!(reset(&mut file.names).is_err_and(|error| error.contains("agreement")));
    }

    #[test]
    fn moves_stay_in_range_and_lines_ascend() {
        let committed = File::read(COMMITTED).unwrap();
        let mut file = committed.clone();
        let mut random = Random::new(7);
        let mut moved = BTreeSet::new();
        for round in 0..20_000 {
            moved.extend(turn(&mut file.names, &mut random));
            assert_eq!(fault(&file.names), None, "round {round}");
        }
        assert_eq!(moved.len(), DIALS.len());
        file.policy().unwrap();
        let Some(Weight::Line(points)) = file.names.get("agreement") else { panic!("agreement is a line") };
        assert_eq!(points.last(), Some(&[1000, 1000]));
        for key in KEPT {
            assert_eq!(file.names.get(key), committed.names.get(key), "{key}");
        }
    }

    #[test]
    fn both_ends_of_a_range_are_reached() {
        let dial = dial("x", Start::Number(8), Step::Eighth, 2, 20);
        let reach = |up| (0..99).fold(8, |value, _| dial.changed(value, up));
        assert_eq!((reach(true), reach(false)), (20, 2));
    }

    #[test]
    fn faults_are_named() {
        for (key, weight) in [
            ("loss", Weight::Number(9000)),
            ("extra_in_query", Weight::Numbers(vec![300, -1])),
            ("agreement", Weight::Line(vec![[700, 999], [800, 998], [1000, 1000]])),
        ] {
            let mut file = File::read(COMMITTED).unwrap();
            *file.names.get_mut(key).unwrap() = weight;
            assert!(fault(&file.names).is_some_and(|found| found.contains(key)), "{key}");
        }
    }

    #[test]
    fn the_same_seed_makes_the_same_moves() {
        let run = |seed| {
            let mut file = File::read(COMMITTED).unwrap();
            let mut random = Random::new(seed);
            for _ in 0..100 {
                turn(&mut file.names, &mut random);
            }
            file
        };
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
    }
}
