//! `cordon audit export`: a part of the chain that can be verified by itself.

use super::Days;
use crate::commands::Answer;
use crate::fault::{Fault, Outcome};
use crate::output::tell;
use crate::shown::counted;
use crate::state::{State, Where};
use crate::target::Target;
use crate::wiring::World;
use clap::Args;
use cordon_casework::audit::{Head, Proof, row_line};
use cordon_casework::{Kind, NewRecord};
use serde_json::json;
use std::io::Write as _;
use std::path::PathBuf;

/// Write records as JSON Lines, with the proof that they are as they were written
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    days: Days,

    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    #[command(flatten)]
    place: Where,
}

impl Export {
    pub(crate) fn run(&self, world: &World) -> Outcome<Answer> {
        let (from, to) = self.days.times()?;
        let state = State::open(world, &self.place)?;
        let Some((first, last)) = state.ask(state.log.span(from, to))? else {
            return Err(Fault::new("there is no record of that time"));
        };
        let mut target = Target::open(self.output.as_deref())?;
        let end = state.ask(state.log.page(last - 1))?.into_iter().next();
        let hash = end.map(|row| String::from_utf8_lossy(&row.hash).into_owned()).unwrap_or_default();
        let mut checkpoints = state.ask(state.log.checkpoints())?;
        checkpoints.retain(|point| (first..=last).contains(&point.sequence));
        let signed = checkpoints.iter().map(|point| point.sequence).max();
        let proof = Proof { first, last: Head { sequence: last, hash }, checkpoints };
        writeln!(target, "{}", proof.line()).map_err(|error| Fault::writing(&error))?;
        let (mut after, mut written) = (first - 1, 0);
        while after < last {
            let rows = state.ask(state.log.page(after))?;
            let Some(end) = rows.last() else { break };
            after = end.sequence;
            for row in rows.iter().filter(|row| row.sequence <= last) {
                writeln!(target, "{}", row_line(row)).map_err(|error| Fault::writing(&error))?;
                written += 1;
            }
        }
        let asked = json!({ "first": first, "last": last });
        state.ask(
            state.log.append(NewRecord::new(&state.occasion, Kind::EXPORTED).asked(asked.to_string())),
        )?;
        target.finish()?;
        let vouched = match signed {
            Some(sequence) => format!("signed up to record {sequence}"),
            None => "not signed: `cordon audit checkpoint` before an export lets others verify it".to_owned(),
        };
        tell(&format!("{}, {first} to {last}, {vouched}", counted(written, "record")));
        Ok(Answer::Clear)
    }
}
