//! `cargo xtask TASK`: what the repository needs done beside building and testing.

mod advanced;
mod floors;
mod frequencies;
mod history;
mod lexicon;
mod list;
mod weights;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask TASK

  advanced DATA [CORDON]      read a file of OFAC's ADVANCED format as large as the SDN list's: seconds and memory, in this
                              process, or of the update by the command at the path CORDON
  floors                      check that every crate imports only from the floors below it
  frequencies DATA CENSUS     make the tables of word frequencies from list files and census name files
  kill-audit [N]              kill processes that append to the audit log, N times (50) on each database
  lexicon DATA                make the tables of names and sounds of the romanisation from name pairs
  lexicon-han UNIHAN          make the romanisation's table of Chinese characters from Unihan's text files
  lexicon-japanese DATA CSV   make its table of Japanese names from name pairs and IPADIC's Noun.name.csv in UTF-8
  history DATA CORDON         measure what a hundred daily versions of a real list cost on disk, and read them back
  kill CORDON N               kill the real `cordon update` at random points of N updates
  weights DATA [--rounds N] [--from FILE] [--check]
                              fit the weights of the default policy, or with --check only measure them
";

/// What went wrong, for the person who runs the task.
type Error = Box<dyn std::error::Error + Send + Sync>;

type Outcome = Result<(), Error>;

/// Runs the test that kills processes, more often than it does by itself.
fn kill_audit(root: &std::path::Path, times: &str) -> Outcome {
    let status = std::process::Command::new("cargo")
        .args(["test", "--package", "cordon-database", "--test", "kill", "--", "--nocapture"])
        .env("CORDON_KILLS", times)
        .current_dir(root)
        .status()?;
    if status.success() { Ok(()) } else { Err("a record was lost, or the chain is broken".into()) }
}

fn run(arguments: &[String]) -> Option<Outcome> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["advanced", data] => Some(advanced::run(data.as_ref(), None)),
        ["advanced", data, cordon] => Some(advanced::run(data.as_ref(), Some(cordon.as_ref()))),
        ["floors"] => Some(floors::run(&root)),
        ["frequencies", data, census] => Some(frequencies::run(&root, data.as_ref(), census.as_ref())),
        ["kill-audit"] => Some(kill_audit(&root, "50")),
        ["kill-audit", times] => Some(kill_audit(&root, times)),
        ["lexicon", data] => Some(lexicon::run(data.as_ref())),
        ["lexicon-han", unihan] => Some(lexicon::run_characters(unihan.as_ref())),
        ["lexicon-japanese", data, ipadic] => Some(lexicon::run_japanese(data.as_ref(), ipadic.as_ref())),
        ["history", data, cordon] => Some(history::run(data.as_ref(), cordon.as_ref())),
        ["kill", cordon, kills] => Some(history::kill(cordon.as_ref(), kills.parse().ok()?)),
        ["weights", data, options @ ..] => {
            let options = weights::Options::of(options)?;
            Some(weights::run(&root, data.as_ref(), &options))
        }
        _ => None,
    }
}

#[expect(clippy::print_stderr, reason = "a task speaks to the person who runs it")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(error)) => {
            eprintln!("xtask: {error}");
            ExitCode::from(1)
        }
        None => {
            eprint!("{USAGE}");
            ExitCode::from(2)
        }
    }
}
