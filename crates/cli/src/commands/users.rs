//! `cordon users`: who may log in.

use super::{Answer, Run};
use crate::arguments::To;
use crate::fault::{Fault, Outcome};
use crate::output::{Format, Paper, block, day, format_of, line, tell};
use crate::state::{State, Where};
use crate::target::Target;
use crate::wiring::World;
use clap::{Args, Subcommand};
use cordon_casework::{LinkToken, Role};
use serde_json::json;
use std::io::Write as _;

/// Show, add and change the users of the service
#[derive(Debug, Args)]
pub(crate) struct Users {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show the users
    List {
        #[command(flatten)]
        place: Where,
        #[command(flatten)]
        to: To,
    },
    /// Add a user; prints the one-time token by which they set their password
    Add {
        /// Name to log in with
        name: String,
        /// What they may do: `viewer`, `analyst`, `approver` or `admin`
        #[arg(long, value_parser = role)]
        role: Role,
        #[command(flatten)]
        place: Where,
    },
    /// Make a new one-time token for a user; older ones end
    Link {
        /// Their name
        name: String,
        #[command(flatten)]
        place: Where,
    },
    /// Give a user another role
    Role {
        /// Their name
        name: String,
        /// `viewer`, `analyst`, `approver` or `admin`
        #[arg(value_parser = role)]
        role: Role,
        #[command(flatten)]
        place: Where,
    },
    /// Keep a user out and end their sessions
    Disable {
        /// Their name
        name: String,
        #[command(flatten)]
        place: Where,
    },
    /// Let a user in again
    Enable {
        /// Their name
        name: String,
        #[command(flatten)]
        place: Where,
    },
    /// Forget a user's failed logins
    Unlock {
        /// Their name
        name: String,
        #[command(flatten)]
        place: Where,
    },
}

fn role(text: &str) -> Result<Role, String> {
    let known = || Role::all().map(Role::as_str).collect::<Vec<_>>().join(", ");
    Role::from_word(text).ok_or_else(|| format!("expected one of {}", known()))
}

impl Run for Users {
    fn run(&self, world: &World) -> Outcome<Answer> {
        match &self.what {
            What::List { place, to } => list(world, place, to)?,
            What::Add { name, role, place } => {
                let state = State::open(world, place)?;
                show_link(&state.ask(state.accounts.add_user(&state.occasion, name, *role))?)?;
            }
            What::Link { name, place } => {
                let state = State::open(world, place)?;
                show_link(&state.ask(state.accounts.new_link_for(&state.occasion, name))?)?;
            }
            What::Role { name, role, place } => {
                let state = State::open(world, place)?;
                state.ask(state.accounts.set_role(&state.occasion, name, *role))?;
            }
            What::Disable { name, place } => {
                let state = State::open(world, place)?;
                state.ask(state.accounts.set_disabled(&state.occasion, name, true))?;
            }
            What::Enable { name, place } => {
                let state = State::open(world, place)?;
                state.ask(state.accounts.set_disabled(&state.occasion, name, false))?;
            }
            What::Unlock { name, place } => {
                let state = State::open(world, place)?;
                state.ask(state.accounts.unlock(&state.occasion, name))?;
            }
        }
        Ok(Answer::Clear)
    }
}

/// The token alone on standard output, so that a script can take it.
fn show_link(link: &LinkToken) -> Outcome<()> {
    let mut target = Target::open(None)?;
    writeln!(target, "{}", link.reveal()).map_err(|error| Fault::writing(&error))?;
    target.finish()?;
    tell("shown once, good for one day: open `/welcome?token=TOKEN` at the service to set a password");
    Ok(())
}

fn list(world: &World, place: &Where, to: &To) -> Outcome<()> {
    let format = format_of(to, &[Format::Table, Format::Jsonl])?;
    let state = State::open(world, place)?;
    let users = state.ask(state.accounts.users(&state.occasion))?;
    let mut target = Target::open(to.output.as_deref())?;
    let paper = Paper::of(&target, world.no_color);
    let written = if format == Format::Table {
        let mut table = block(paper, &["User", "Role", "Added", "State"]);
        for user in &users {
            let word = match (user.disabled, &user.password, &user.external) {
                (true, _, _) => "disabled",
                (false, None, None) => "no password yet",
                _ => "active",
            };
            table.add_row([user.name.as_str(), user.role.as_str(), &day(&user.created.to_string()), word]);
        }
        writeln!(target, "{table}")
    } else {
        users.iter().try_for_each(|user| {
            let wire = json!({
                "id": user.id.as_str(), "name": user.name.as_str(), "role": user.role.as_str(),
                "disabled": user.disabled, "created": user.created.to_string(),
                "has_password": user.password.is_some(), "external": user.external,
            });
            line(&mut target, &wire)
        })
    };
    written.map_err(|error| Fault::writing(&error))?;
    target.finish()
}
