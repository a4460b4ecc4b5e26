//! `cargo xtask weights`: the weights of the default policy, fitted to data.
//!
//! In: the data folder. Out: `crates/matching/policies/default.json`, the same bytes for the same data and number of
//! rounds, and the figures before and after. A search by chance: a round moves one dial or two and keeps the move if the
//! figures together cost less. It begins at fixed guesses, or at the weights of `--from`. With `--check`, nothing but the
//! figures of the weights as they are.

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
use std::fmt::Display;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

const POLICY: &str = "crates/matching/policies/default.json";
/// About ten minutes on two cores.
const ROUNDS: usize = 8000;
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
    let (file, after) = search(&bench, start, &before, options.rounds, &mut out)?;
    print(&[&before, after.as_ref().unwrap_or(&before)], &mut out)?;
    std::fs::write(committed, file.to_string())?;
    Ok(())
}

/// The best weights found, with their figures if they are better than those to begin with.
fn search(
    bench: &Bench,
    start: File,
    before: &Measure,
    rounds: usize,
    out: &mut impl Write,
) -> Result<(File, Option<Measure>), Error> {
    let mut random = Random::new(SEED);
    let (mut best, mut after) = (start, None);
    for round in 1..=rounds {
        let mut file = best.clone();
        let moved = moves::turn(&mut file.names, &mut random);
        let standing = after.as_ref().unwrap_or(before);
        let policy = file.policy()?;
        if file == best || !bench.may_beat(&policy, standing) {
            continue;
        }
        let measure = bench.measure(&policy);
        if measure.cost < standing.cost {
            writeln!(out, "round {round}: {:.3} {}", units(measure.cost), moved.join(", "))?;
            (best, after) = (file, Some(measure));
        }
    }
    Ok((best, after))
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
        let run = || {
            let (file, after) = search(&bench, start.clone(), &before, 300, &mut std::io::sink()).unwrap();
            (file, after.unwrap().cost)
        };
        let (file, cost) = run();
        assert!(cost < before.cost);
        assert_eq!(cost, bench.measure(&file.policy().unwrap()).cost);
        assert_eq!(run(), (file, cost));
    }
}
