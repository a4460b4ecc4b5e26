//! The commands: one file and one row each.

mod audit;
mod diff;
mod entity;
mod eval;
mod keys;
mod links;
mod lists;
mod mcp;
mod pairs;
mod screen;
mod search;
mod serve;
mod text;
mod update;
mod users;

use crate::arguments::{Arguments, Global};
use crate::fault::Outcome;
use crate::wiring::World;
use clap::Subcommand;

/// What an answer means to a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Nothing matched, or there was nothing to match.
    Clear,
    /// Something matched.
    Matched,
    /// What was measured is worse than it must be.
    Worse,
    /// A part of what was asked could not be done, and standard error says which.
    Incomplete,
}

impl Answer {
    /// Matched or clear.
    pub(crate) fn matched(matched: bool) -> Self {
        if matched { Self::Matched } else { Self::Clear }
    }

    /// The exit code.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Clear => 0,
            Self::Matched | Self::Worse => 1,
            Self::Incomplete => 2,
        }
    }
}

/// A command with its arguments.
pub(crate) trait Run {
    /// Does it.
    fn run(&self, world: &World) -> Outcome<Answer>;
}

/// The rows.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Lists(lists::Lists),
    Update(update::Update),
    Screen(screen::Screen),
    Search(search::Search),
    Entity(entity::Entity),
    Links(links::Links),
    Diff(diff::Diff),
    Pairs(pairs::Pairs),
    Eval(eval::Eval),
    Text(text::Text),
    Serve(serve::Serve),
    Mcp(mcp::Mcp),
    Audit(audit::Audit),
    Users(users::Users),
    Keys(keys::Keys),
}

impl Command {
    fn as_run(&self) -> &dyn Run {
        match self {
            Self::Lists(command) => command,
            Self::Update(command) => command,
            Self::Screen(command) => command,
            Self::Search(command) => command,
            Self::Entity(command) => command,
            Self::Links(command) => command,
            Self::Diff(command) => command,
            Self::Pairs(command) => command,
            Self::Eval(command) => command,
            Self::Text(command) => command,
            Self::Serve(command) => command,
            Self::Mcp(command) => command,
            Self::Audit(command) => command,
            Self::Users(command) => command,
            Self::Keys(command) => command,
        }
    }
}

/// Runs what was typed.
pub(crate) fn run(arguments: &Arguments) -> Outcome<Answer> {
    let Global { home, settings, no_color } = &arguments.global;
    arguments.command.as_run().run(&World::open(home.as_deref(), settings.as_deref(), *no_color)?)
}
