//! What can be typed after `cordon`.

use crate::commands::Command;
use crate::output::Format;
use clap::{ArgAction, Args, Parser, builder::FalseyValueParser};
use jiff::civil::Date;
use std::path::PathBuf;

/// Cordon watches sanctions: it reads the official lists, screens people, companies and vessels against them, and
/// says why each hit is a hit.
#[derive(Debug, Parser)]
#[command(
    name = "cordon",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
#[command(after_help = "Exit codes: 0 nothing matched, 1 something matched, 2 it could not run.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Folder with all that Cordon keeps; the platform's data folder if not given
    #[arg(long, global = true, value_name = "DIR", env = "CORDON_HOME", hide_env_values = true)]
    pub(crate) home: Option<PathBuf>,

    /// Settings file; `cordon.toml` in the home folder if not given
    #[arg(long, global = true, value_name = "FILE", env = "CORDON_SETTINGS", hide_env_values = true)]
    pub(crate) settings: Option<PathBuf>,

    /// No colours on the terminal
    #[arg(long, global = true, env = "NO_COLOR", action = ArgAction::SetTrue, hide_env = true, value_parser = FalseyValueParser::new())]
    pub(crate) no_color: bool,
}

/// Where an answer goes.
#[derive(Debug, Args)]
pub(crate) struct To {
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Option<PathBuf>,

    /// How to write; by the ending of OUT, else `table` on a terminal and `jsonl` elsewhere
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// What is asked of which lists.
#[derive(Debug, Args)]
pub(crate) struct Against {
    /// Lists to check, by id; all that are loaded if not given
    #[arg(long, value_delimiter = ',', value_name = "LIST")]
    pub(crate) lists: Vec<String>,

    /// Check the lists as they were on this day
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,

    /// Named set of weights
    #[arg(long, value_name = "NAME")]
    pub(crate) policy: Option<String>,

    /// Least score of a match, 0 to 1; the policy's if not given
    #[arg(long, value_name = "SCORE", value_parser = score)]
    pub(crate) threshold: Option<f64>,
}

/// How many matches are wanted.
#[derive(Debug, Args)]
pub(crate) struct Most {
    /// Most matches for one query
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = limit)]
    pub(crate) limit: usize,
}

fn score(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "expected a number from 0 to 1".to_owned())?;
    if (0.0..=1.0).contains(&value) { Ok(value) } else { Err("expected a number from 0 to 1".to_owned()) }
}

fn limit(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|value| (1..=10_000).contains(value))
        .ok_or_else(|| "expected a number from 1 to 10000".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_declaration_holds_together() {
        Arguments::command().debug_assert();
    }
}
