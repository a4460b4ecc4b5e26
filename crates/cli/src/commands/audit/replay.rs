//! `cordon audit replay`: whether a recorded screening gives the same answer again.

use crate::commands::Answer;
use crate::fault::{Fault, Outcome};
use crate::shown::counted;
use crate::state::{State, Where};
use crate::target::Target;
use crate::wiring::{ENGINE, World, policy};
use clap::Args;
use cordon_casework::{AuditRecord, Kind};
use cordon_model::Digest;
use cordon_server::{Joined, Library, Screeners, Version, links_of, replay};
use std::io::Write as _;
use std::path::PathBuf;

/// Ask a recorded screening again, of the snapshots and under the policy of then
///
/// Exit code 0 if the answer is the same to the byte, 1 if it differs; what may be the reason is said.
#[derive(Debug, Args)]
pub(crate) struct Replay {
    /// Number of the record
    id: i64,

    /// Write the answer as it is now to this file
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    #[command(flatten)]
    place: Where,
}

impl Replay {
    pub(crate) fn run(&self, world: &World) -> Outcome<Answer> {
        let state = State::open(world, &self.place)?;
        let found = super::record(&state, self.id)?;
        let record = &found.record;
        let Some(expected) = record.answer.as_ref().filter(|_| record.kind == Kind::SCREENING) else {
            let kind = &record.kind;
            return Err(Fault::new(format!("record {} is a `{kind}` and has no answer to replay", self.id)));
        };
        let shelf = world.shelf();
        let versions = versions(&shelf, &found)?;
        let links = links_of(&record.asked).map_err(|error| Fault::new(error.to_string()))?;
        let joined = links.map_or_else(|| Ok(Joined::default()), |links| shelf.joined_as(&links));
        let joined = joined.map_err(|error| Fault::of(&error))?;
        let screeners = Screeners::of(&shelf, ENGINE, versions, joined).map_err(|error| Fault::of(&error))?;
        let bytes = replay(&record.asked, &screeners).map_err(|error| Fault::new(error.to_string()))?;
        if let Some(path) = &self.output {
            let mut target = Target::open(Some(path))?;
            target.write_all(&bytes).map_err(|error| Fault::writing(&error))?;
            target.finish()?;
        }
        let digest = Digest::of(&bytes);
        let same = digest == *expected;
        let mut lines = vec![if same {
            format!(
                "record {}: the same answer, {}, SHA-256 {digest}",
                self.id,
                counted(bytes.len() as u64, "byte")
            )
        } else {
            format!("record {}: the answer differs: its SHA-256 was {expected}, now {digest}", self.id)
        }];
        if !same {
            lines.extend(reasons(&found));
        }
        let mut target = Target::open(None)?;
        for line in lines {
            writeln!(target, "{line}").map_err(|error| Fault::writing(&error))?;
        }
        target.finish()?;
        Ok(if same { Answer::Clear } else { Answer::Worse })
    }
}

/// The lists in the versions that the record names.
fn versions(library: &dyn Library, found: &AuditRecord) -> Outcome<Vec<Version>> {
    let mut versions = Vec::new();
    for named in &found.record.lists {
        let history = library.history(&named.list).map_err(|error| Fault::of(&error))?;
        let version = history.into_iter().rev().find(|version| version.snapshot == named.snapshot);
        versions.push(version.ok_or_else(|| {
            Fault::new(format!("snapshot `{}` of `{}` is not in the home folder", named.snapshot, named.list))
                .hint("replay needs the home folder that answered, or a copy of it")
        })?);
    }
    Ok(versions)
}

/// What is not as it was then.
fn reasons(found: &AuditRecord) -> Vec<String> {
    let record = &found.record;
    let mut reasons = Vec::new();
    if record.engine != ENGINE {
        reasons.push(format!("  engine: `{}` then, `{ENGINE}` now", record.engine));
    }
    let name = record.policy.split('@').next().unwrap_or_default();
    match policy(Some(name)) {
        Ok(now) if now.id() != record.policy => {
            reasons.push(format!("  policy: `{}` then, `{}` now", record.policy, now.id()));
        }
        Ok(_) => {}
        Err(_) => reasons.push(format!("  policy: `{}` then, none of that name now", record.policy)),
    }
    if reasons.is_empty() {
        reasons.push(
            "  engine, policy and snapshots are those of then: the engine was changed under its version"
                .to_owned(),
        );
    }
    reasons.push(format!("  outcome then: {}", record.outcome));
    reasons
}
