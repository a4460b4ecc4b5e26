//! `cargo xtask weights`: the weights of the default policy, fitted to data.
//!
//! In: the data folder. Out: `crates/matching/policies/default.json`, the same bytes for the same data and number of
//! rounds, and the figures before and after. A search by chance: a round moves one dial or two, and the move is kept if the
//! figures together cost less; at the end, moves that were in vain are taken back. It begins at fixed guesses, or at the
//! weights of `--from`. With `--check`, nothing but the figures of the weights as they are.

mod bench;
mod cases;
mod figures;
mod file;
mod moves;
mod random;
mod slips;

use crate::{Error, Outcome};
use bench::{Bench, Measure};
use figures::Cost;
use file::File;
use random::Random;
use std::cmp::Ordering;
use std::fmt::Display;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

const POLICY: &str = "crates/matching/policies/default.json";
/// About ten minutes on two cores.
const ROUNDS: usize = 6000;
const SEED: u64 = 2_463_534_242;

/// What the command line may say beside the data folder.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    rounds: usize,
    from: Option<PathBuf>,
    check: bool,
}

impl Options {
    /// `None` if the words are not understood.
    pub(crate) fn of(words: &[&str]) -> Option<Self> {
        let mut options = Self { rounds: ROUNDS, from: None, check: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--rounds" => options.rounds = words.next()?.parse().ok()?,
                "--from" => options.from = Some(words.next()?.into()),
                "--check" => options.check = true,
                _ => return None,
            }
        }
        Some(options)
    }
}

pub(crate) fn run(root: &Path, data: &Path, options: &Options) -> Outcome {
    let committed = root.join(POLICY);
    let from = options.from.as_deref().unwrap_or(&committed);
    let fail = |what: &dyn Display| format!("`{}`: {what}", from.display());
    let text = std::fs::read_to_string(from).map_err(|error| fail(&error))?;
    let mut start = File::read(&text).map_err(|error| fail(&error))?;
    if options.from.is_none() && !options.check {
        moves::reset(&mut start.names).map_err(|error| fail(&error))?;
    }
    if let Some(fault) = moves::fault(&start.names) {
        return Err(fail(&fault).into());
    }
    let mut out = stdout();
    let bench = cases::read(data)?;
    let before = bench.measure(&start.policy()?);
    if options.check {
        return print(&[&before], &mut out);
    }
    let found = search(&bench, &start, options.rounds, &mut out)?;
    let found = simplify(&bench, &start, found)?;
    print(&[&before, &found.measure], &mut out)?;
    std::fs::write(committed, found.file.to_string())?;
    Ok(())
}

/// Weights with their figures.
struct Found {
    file: File,
    measure: Measure,
}

/// The best weights found.
///
/// The search walks on over weights that seem to cost the same, as most figures are counts and do not change with every
/// move; where the walk led astray it begins again at the best.
fn search(bench: &Bench, start: &File, rounds: usize, out: &mut impl Write) -> Result<Found, Error> {
    let mut random = Random::new(SEED);
    let mut best = Found { file: start.clone(), measure: bench.measure(&start.policy()?) };
    let mut here = start.clone();
    for round in 1..=rounds {
        let mut file = here.clone();
        let moved = moves::turn(&mut file.names, &mut random);
        let policy = file.policy()?;
        match bench.promise(&policy, &best.measure) {
            Ordering::Greater => {}
            Ordering::Equal => here = file,
            Ordering::Less => {
                let measure = bench.measure(&policy);
                if measure.cost < best.measure.cost {
                    writeln!(out, "round {round}: {:.3} {}", units(measure.cost), moved.join(", "))?;
                    best = Found { file, measure };
                }
                here = best.file.clone();
            }
        }
    }
    Ok(best)
}

/// Takes back what was moved in vain: each weight goes back to where it began if the figures do not cost more by it.
fn simplify(bench: &Bench, start: &File, mut best: Found) -> Result<Found, Error> {
    for key in moves::keys() {
        let mut file = best.file.clone();
        if let (Some(weight), Some(begun)) = (file.names.get_mut(key), start.names.get(key)) {
            weight.clone_from(begun);
        }
        let measure = bench.measure(&file.policy()?);
        if measure.cost <= best.measure.cost {
            best = Found { file, measure };
        }
    }
    Ok(best)
}

fn units(cost: Cost) -> f64 {
    cost as f64 / 1_000_000.0
}

/// A row for each figure, a column of values and costs for each measure.
fn print(measures: &[&Measure], out: &mut impl Write) -> Outcome {
    write!(out, "{:<36}{:<10}{:>7}{:>8}{:>8}", "figure", "in", "target", "beyond", "always")?;
    let titles: &[&str] = if measures.len() > 1 { &["before", "after"] } else { &["now"] };
    for title in titles {
        write!(out, "{title:>10}{:>9}", "cost")?;
    }
    writeln!(out)?;
    for at in 0..measures[0].figures.len() {
        let goal = measures[0].figures[at].0.goal();
        write!(out, "{:<36}{:<10}", goal.name, goal.unit.label())?;
        write!(out, "{:>7.1}{:>8.2}{:>8.2}", goal.target, goal.beyond, goal.always)?;
        for measure in measures {
            let counts = &measure.figures[at].1;
            write!(out, "{:>10.3}{:>9.3}", goal.unit.value(counts), units(goal.cost(counts)))?;
        }
        writeln!(out)?;
    }
    write!(out, "{:<69}", "all")?;
    for measure in measures {
        write!(out, "{:>19.3}", units(measure.cost))?;
    }
    writeln!(out)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_the_command_line() {
        let all = Options::of(&["--rounds", "7", "--from", "a.json", "--check"]);
        assert_eq!(all, Some(Options { rounds: 7, from: Some("a.json".into()), check: true }));
        assert_eq!(Options::of(&[]), Some(Options { rounds: ROUNDS, from: None, check: false }));
        for words in [&["--rounds"][..], &["--rounds", "x"], &["--from"], &["other"]] {
            assert_eq!(Options::of(words), None, "{words:?}");
        }
    }

    #[test]
    fn the_search_finds_better_weights_the_same_each_time() {
        let bench = bench::tests::bench("John Smith", "Igor Sechin");
        let committed = include_str!("../../crates/matching/policies/default.json");
        let mut start = File::read(committed).unwrap();
        // No evidence is quite enough when the query lacks a name of the candidate.
        let Some(file::Weight::Line(points)) = start.names.get_mut("evidence") else { panic!("a line") };
        for point in points {
            point[1] = point[1].min(690);
        }
        let before = bench.measure(&start.policy().unwrap());
        let run = || search(&bench, &start, 300, &mut std::io::sink()).unwrap();
        let found = run();
        assert!(found.measure.cost < before.cost);
        assert_eq!(found.measure.cost, bench.measure(&found.file.policy().unwrap()).cost);
        assert_eq!(run().file, found.file);

        let cost = found.measure.cost;
        let simple = simplify(&bench, &start, found).unwrap();
        assert_eq!(simple.measure.cost, cost);
        // Only evidence can lift the score of a name that lacks a word.
        assert_ne!(simple.file.names.get("evidence"), start.names.get("evidence"));
        assert_eq!(simple.file.names.get("number_differs"), start.names.get("number_differs"));
    }
}
