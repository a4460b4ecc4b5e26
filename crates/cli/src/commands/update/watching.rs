//! `cordon update --watch`: one line per event, until SIGINT or SIGTERM.

use super::{WireUpdate, tell_of_starter, wire, words};
use crate::commands::Answer;
use crate::commands::serve::stopped;
use crate::fault::{Fault, Outcome};
use crate::output::{Format, line, moment, tell};
use crate::shown::{counted, one_line};
use crate::wiring::World;
use cordon_adapters::{Event, UpdateError};
use jiff::Timestamp;
use serde::Serialize;
use std::io::{self, Write as _};
use std::sync::mpsc;
use std::time::Duration;
use tokio::runtime;

/// How long an update under way may take to end once the wish to stop is there. One that is cut short leaves what was
/// in force, as it would if the machine stopped.
const GRACE: Duration = Duration::from_secs(5);

/// An event on the wire.
#[derive(Serialize)]
struct WireEvent<'a> {
    at: String,
    #[serde(flatten)]
    update: WireUpdate<'a>,
    /// Why it was refused or failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// When the list is looked at next.
    next: String,
}

/// Watches until stopped.
pub(super) fn run(world: &World, lists: &[String], format: Format) -> Outcome<Answer> {
    let (stop, told) = mpsc::channel();
    let listening = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Fault::of(&error).about("cannot listen for the wish to stop"))?;
    std::thread::spawn(move || {
        listening.block_on(stopped());
        wind_up(&stop);
    });
    tell(&format!("watching {}; Ctrl-C or SIGTERM stops", counted(lists.len() as u64, "list")));
    tell_of_starter(world)?;
    world.watch(lists, told, &mut |event| show(event, format))?;
    tell("stopped");
    Ok(Answer::Clear)
}

/// Says so, and ends the process when that is of no avail.
#[expect(clippy::exit, reason = "an update that hangs must not keep the process from ending")]
fn wind_up(stop: &mpsc::Sender<()>) {
    let _ = stop.send(());
    std::thread::sleep(GRACE);
    tell("stopped in the middle of an update; what was in force stays");
    std::process::exit(0);
}

/// One line per event. That nobody reads it any more is no reason to stop.
fn show(event: &Event<'_>, format: Format) {
    let Event::Ended(list, result, next) = event else { return };
    let (at, next) = (second(Timestamp::now()), second(*next));
    let mut out = io::stdout();
    let _ = if format == Format::Table {
        let what = match result {
            Ok(updated) => words(updated),
            Err(error) => format!("{list}: {}, {}; {}", word(error), error.reason, error.stays),
        };
        writeln!(out, "{at} {}; next look {}", one_line(&what), moment(&next))
    } else {
        let update = match result {
            Ok(updated) => wire(updated),
            Err(error) => WireUpdate::without(list, word(error)),
        };
        let reason = result.as_ref().err().map(ToString::to_string);
        line(&mut out, &WireEvent { at, update, reason, next })
    };
    let _ = out.flush();
}

fn word(error: &UpdateError) -> &'static str {
    if error.is_refused() { "refused" } else { "failed" }
}

fn second(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
