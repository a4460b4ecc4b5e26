//! The `cordon` command: arguments to calls, answers to people and programs.
//!
//! Exit codes: 0 nothing matched, 1 something matched, 2 it could not run. Errors are one line on standard error,
//! hints their own. Deliberately absent: rules and scores.

mod arguments;
mod commands;
mod fault;
mod input_file;
mod output;
mod past;
mod settings;
mod shelf;
mod state;
mod target;
mod updating;
mod wiring;

use arguments::Arguments;
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};
use cordon_report::{shown, view};
use fault::Fault;
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => match commands::run(&arguments) {
            Ok(answer) => ExitCode::from(answer.code()),
            Err(fault) => give_up(&fault),
        },
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            let _ = error.print();
            ExitCode::SUCCESS
        }
        // Without a command the whole help is the hint.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            ) =>
        {
            let help = Arguments::command().render_help();
            let _ = std::io::stderr().write_all(help.to_string().as_bytes());
            ExitCode::from(2)
        }
        Err(error) => give_up(&Fault::usage(&error)),
    }
}

fn give_up(fault: &Fault) -> ExitCode {
    // Standard error may be closed; there is nobody left to tell then.
    let _ = std::io::stderr().write_all(fault.text().as_bytes());
    ExitCode::from(2)
}
