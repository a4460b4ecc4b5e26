//! `cordon audit`: the record of what was done.

mod export;
mod replay;
mod verify;

use super::{Answer, Run};
use crate::arguments::{Most, To};
use crate::fault::{Fault, Outcome};
use crate::output::{Format, Paper, block, format_of, line, moment, tell};
use crate::shown::{counted, cut, one_line};
use crate::state::{Retention, State, Where};
use crate::target::Target;
use crate::wiring::World;
use clap::{Args, Subcommand};
use cordon_casework::{AuditRecord, RecordQuery};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Verify, export, show, find and replay the record of what was done
#[derive(Debug, Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Verify(verify::Verify),
    Export(export::Export),
    /// Show one record
    Show {
        /// Its number, as in the header `x-cordon-audit` of an answer
        id: i64,
        #[command(flatten)]
        place: Where,
        #[command(flatten)]
        to: To,
    },
    Find(Find),
    Replay(replay::Replay),
    /// Sign the end of the chain with the key of the home folder, which is made at the first use
    Checkpoint {
        #[command(flatten)]
        place: Where,
    },
    /// Remove the records of before so many years, behind a signed cut
    Prune {
        #[command(flatten)]
        retention: Retention,
        #[command(flatten)]
        place: Where,
    },
}

/// Find records, the newest first
#[derive(Debug, Args)]
struct Find {
    /// Text in what was asked or in what came of it
    text: Option<String>,

    /// Kind of record: `screening`, `login`, `key.added`, …
    #[arg(long)]
    kind: Option<String>,

    /// Who asked: `user:NAME`, `key:ID`, `local`
    #[arg(long)]
    who: Option<String>,

    #[command(flatten)]
    days: Days,

    /// Older than this record
    #[arg(long, value_name = "ID")]
    before: Option<i64>,

    #[command(flatten)]
    most: Most,

    #[command(flatten)]
    place: Where,

    #[command(flatten)]
    to: To,
}

/// A range of days.
#[derive(Debug, Args)]
struct Days {
    /// First day, UTC
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,

    /// Last day, UTC
    #[arg(long = "to", value_name = "DATE")]
    to_day: Option<Date>,
}

impl Days {
    /// The times it begins and ends at, the end excluded.
    fn times(&self) -> Outcome<(Option<Timestamp>, Option<Timestamp>)> {
        let begin = |day: Date| day.to_zoned_datetime(TimeZone::UTC).map(|begin| begin.timestamp());
        let next = |day: Date| day.tomorrow().and_then(begin);
        let times =
            self.from.map(begin).transpose().and_then(|from| Ok((from, self.to_day.map(next).transpose()?)));
        times.map_err(|error| Fault::of(&error))
    }
}

impl Run for Audit {
    fn run(&self, world: &World) -> Outcome<Answer> {
        match &self.what {
            What::Verify(verify) => verify.run(world),
            What::Export(export) => export.run(world),
            What::Find(find) => find.run(world),
            What::Replay(replay) => replay.run(world),
            What::Show { id, place, to } => show(world, *id, place, to),
            What::Checkpoint { place } => {
                let state = State::open(world, place)?;
                let signed = state.ask(state.log.checkpoint(&state.occasion, &state.signer()?))?;
                let Some(signed) = signed else { return Err(Fault::new("there is no record to sign yet")) };
                tell(&format!("record {} is signed with the key {}", signed.sequence, signed.key));
                Ok(Answer::Clear)
            }
            What::Prune { retention, place } => {
                let state = State::open(world, place)?;
                let removed =
                    state.ask(state.log.prune(&state.occasion, retention.years, &state.signer()?))?;
                tell(&format!("{} removed", counted(removed, "record")));
                Ok(Answer::Clear)
            }
        }
    }
}

/// The record of this number.
fn record(state: &State, id: i64) -> Outcome<AuditRecord> {
    state.ask(state.log.record(id))?.ok_or_else(|| {
        Fault::new(format!("there is no record `{id}`")).hint("`cordon audit find` shows what there is")
    })
}

/// A JSON text as a value; a text that is none stays one.
fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

fn wire(found: &AuditRecord) -> Value {
    let record = &found.record;
    json!({
        "sequence": found.sequence, "at": record.at.to_string(), "kind": record.kind.as_str(), "who": record.who,
        "origin": record.origin, "asked": value(&record.asked), "answer": record.answer.as_ref().map(ToString::to_string),
        "outcome": value(&record.outcome), "lists": record.lists, "policy": record.policy, "engine": record.engine,
        "previous": found.previous, "hash": found.hash,
    })
}

fn show(world: &World, id: i64, place: &Where, to: &To) -> Outcome<Answer> {
    let format = format_of(to, &[Format::Table, Format::Jsonl])?;
    let state = State::open(world, place)?;
    let found = record(&state, id)?;
    let mut target = Target::open(to.output.as_deref())?;
    let paper = Paper::of(&target, world.no_color);
    let written = if format == Format::Table {
        fields(&mut target, paper, &found)
    } else {
        line(&mut target, &wire(&found))
    };
    written.map_err(|error| Fault::writing(&error))?;
    target.finish()?;
    Ok(Answer::Clear)
}

fn fields(out: &mut dyn Write, paper: Paper, found: &AuditRecord) -> io::Result<()> {
    let mut table = block(paper, &["Field", "Value"]);
    if let Value::Object(fields) = wire(found) {
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
            let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
            if !text.is_empty() {
                table.add_row([name.clone(), one_line(&text)]);
            }
        }
    }
    writeln!(out, "{table}")
}

impl Find {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let format = format_of(&self.to, &[Format::Table, Format::Jsonl])?;
        let (from, to) = self.days.times()?;
        let query = RecordQuery {
            from,
            to,
            kind: self.kind.clone(),
            who: self.who.clone(),
            text: self.text.clone(),
            before: self.before,
            limit: self.most.limit,
        };
        let state = State::open(world, &self.place)?;
        let found = state.ask(state.log.find(query))?;
        let mut target = Target::open(self.to.output.as_deref())?;
        let paper = Paper::of(&target, world.no_color);
        let written = if format == Format::Table {
            let mut table = block(paper, &["Record", "Time", "Kind", "Who", "Asked", "Outcome"]);
            for found in &found {
                let record = &found.record;
                table.add_row([
                    found.sequence.to_string(),
                    moment(&record.at.to_string()),
                    record.kind.to_string(),
                    record.who.clone(),
                    cut(&record.asked, 80),
                    cut(&record.outcome, 60),
                ]);
            }
            writeln!(target, "{table}")
        } else {
            found.iter().try_for_each(|found| line(&mut target, &wire(found)))
        };
        written.map_err(|error| Fault::writing(&error))?;
        target.finish()?;
        Ok(Answer::Clear)
    }
}
