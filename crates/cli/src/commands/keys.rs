//! `cordon keys`: what programs show to be let in.

use super::{Answer, Run};
use crate::arguments::To;
use crate::fault::{Fault, Outcome};
use crate::output::{Format, Paper, block, day, format_of, line, tell};
use crate::shown::one_line;
use crate::state::{State, Where};
use crate::target::Target;
use crate::wiring::World;
use clap::{Args, Subcommand};
use cordon_casework::{ApiKey, NewKey, Scope, Scopes};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::io::Write as _;
use std::num::NonZeroU32;

/// Show, make and revoke the API keys of the service
#[derive(Debug, Args)]
pub(crate) struct Keys {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show the keys, by what can be seen of them
    List {
        #[command(flatten)]
        place: Where,
        #[command(flatten)]
        to: To,
    },
    /// Make a key; prints it, once
    Add {
        /// What it is for
        label: String,
        /// What it may do, of `read`, `screen`, `cases`, `approve`, `audit`, `update`, `users`, `keys`
        #[arg(long, value_parser = scopes, default_value = "read,screen")]
        scopes: Scopes,
        /// Days after which it ends; never if not given
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36500))]
        days: Option<u32>,
        /// Most requests a second
        #[arg(long, value_name = "N")]
        rate: Option<NonZeroU32>,
        #[command(flatten)]
        place: Where,
    },
    /// Revoke a key, at once and for good
    Revoke {
        /// Its id: the eight digits after `cordon_`
        id: String,
        #[command(flatten)]
        place: Where,
    },
}

fn scopes(text: &str) -> Result<Scopes, String> {
    let known = || Scope::all().map(Scope::as_str).collect::<Vec<_>>().join(", ");
    Scopes::from_words(text).map_err(|word| format!("`{word}` is no scope, expected some of {}", known()))
}

impl Run for Keys {
    fn run(&self, world: &World) -> Outcome<Answer> {
        match &self.what {
            What::List { place, to } => list(world, place, to)?,
            What::Add { label, scopes, days, rate, place } => {
                let state = State::open(world, place)?;
                let expires = days
                    .map(|days| world.now.checked_add(SignedDuration::from_hours(i64::from(days) * 24)))
                    .transpose()
                    .map_err(|error| Fault::of(&error).about("`--days`"))?;
                let new = NewKey { label: label.clone(), scopes: *scopes, expires, rate_limit: *rate };
                let (_, key) = state.ask(state.accounts.add_key(&state.occasion, new))?;
                let mut target = Target::open(None)?;
                writeln!(target, "{}", key.reveal()).map_err(|error| Fault::writing(&error))?;
                target.finish()?;
                tell("shown once: send it as `Authorization: Bearer KEY`");
            }
            What::Revoke { id, place } => {
                let state = State::open(world, place)?;
                state.ask(state.accounts.revoke_key(&state.occasion, id))?;
            }
        }
        Ok(Answer::Clear)
    }
}

fn condition(key: &ApiKey, now: Timestamp) -> &'static str {
    match (key.revoked, key.is_live(now)) {
        (Some(_), _) => "revoked",
        (None, false) => "ended",
        (None, true) => "active",
    }
}

fn list(world: &World, place: &Where, to: &To) -> Outcome<()> {
    let format = format_of(to, &[Format::Table, Format::Jsonl])?;
    let state = State::open(world, place)?;
    let keys = state.ask(state.accounts.keys(&state.occasion))?;
    let mut target = Target::open(to.output.as_deref())?;
    let paper = Paper::of(&target, world.no_color);
    let written = if format == Format::Table {
        let mut table = block(paper, &["Key", "For", "Scopes", "Made", "Ends", "State"]);
        for key in &keys {
            table.add_row([
                key.id.to_string(),
                one_line(&key.label),
                key.scopes.to_string(),
                day(&key.created.to_string()),
                key.expires.map(|end| day(&end.to_string())).unwrap_or_default(),
                condition(key, world.now).to_owned(),
            ]);
        }
        writeln!(target, "{table}")
    } else {
        keys.iter().try_for_each(|key| {
            let time = |time: Option<Timestamp>| time.map(|time| time.to_string());
            let wire = json!({
                "id": key.id.as_str(), "label": key.label, "scopes": key.scopes.to_string(),
                "rate_limit": key.rate_limit, "created": key.created.to_string(), "created_by": key.created_by,
                "expires": time(key.expires), "revoked": time(key.revoked),
                "state": condition(key, world.now),
            });
            line(&mut target, &wire)
        })
    };
    written.map_err(|error| Fault::writing(&error))?;
    target.finish()
}
