//! `cordon audit verify`: whether the records are as they were written.

use crate::commands::Answer;
use crate::fault::{Fault, Outcome};
use crate::output::tell;
use crate::shown::counted;
use crate::state::{State, Where, public_key};
use crate::target::Target;
use crate::wiring::World;
use clap::Args;
use cordon_casework::audit::{Proof, PublicKey, Verdict, Walk, parse_row};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};

/// Walk the chain and name every record and column that is not as it was written
///
/// Exit code 0 if all is as it was written, 1 if not.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Verify an exported file instead of the database
    #[arg(long, value_name = "EXPORT")]
    file: Option<PathBuf>,

    /// File with the key that verifies checkpoints; `audit.pub` of the home folder if not given
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,

    #[command(flatten)]
    place: Where,
}

impl Verify {
    pub(crate) fn run(&self, world: &World) -> Outcome<Answer> {
        let key = public_key(world, self.public_key.as_deref())?;
        let verdict = if let Some(path) = &self.file {
            exported(path, key.as_ref())?
        } else {
            let state = State::open(world, &self.place)?;
            state.ask(state.log.verify(key.as_ref()))?
        };
        if key.is_none() {
            tell("warning: no key, so signatures were not checked; `cordon audit checkpoint` makes one");
        }
        told(&verdict)
    }
}

fn told(verdict: &Verdict) -> Outcome<Answer> {
    let mut target = Target::open(None)?;
    let range = verdict.range.map(|(first, last)| format!(" ({first} to {last})")).unwrap_or_default();
    let summary = format!(
        "{}{range}, {} verified",
        counted(verdict.records, "record"),
        counted(verdict.checkpoints as u64, "signature")
    );
    let lines = verdict.faults.iter().map(ToString::to_string).chain([if verdict.is_sound() {
        format!("{summary}: all as written; the last hash is {}", verdict.head)
    } else {
        format!("{summary}: {} found", counted(verdict.faults.len() as u64, "fault"))
    }]);
    for line in lines {
        writeln!(target, "{line}").map_err(|error| Fault::writing(&error))?;
    }
    target.finish()?;
    Ok(if verdict.is_sound() { Answer::Clear } else { Answer::Worse })
}

fn exported(path: &Path, key: Option<&PublicKey>) -> Outcome<Verdict> {
    let about = |number: usize| format!("`{}`, line {number}", path.display());
    let file = File::open(path).map_err(|error| Fault::of(&error).about(format!("`{}`", path.display())))?;
    let mut walk: Option<(Walk, Proof)> = None;
    for (index, line) in BufReader::new(file).lines().enumerate() {
        let number = index + 1;
        let line = line.map_err(|error| Fault::of(&error).about(about(number)))?;
        if let Some((walk, _)) = &mut walk {
            walk.step(&parse_row(&line).map_err(|why| Fault::new(why).about(about(number)))?);
        } else {
            let proof = Proof::parse(&line).map_err(|why| Fault::new(why).about(about(number)))?;
            walk = Some((Walk::part(proof.checkpoints.clone(), key), proof));
        }
    }
    let (walk, proof) =
        walk.ok_or_else(|| Fault::new("it is empty").about(format!("`{}`", path.display())))?;
    Ok(walk.end(Some(&proof.last)))
}
