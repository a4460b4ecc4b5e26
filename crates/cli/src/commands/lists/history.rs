//! `cordon lists --history`: every version that was put in force, and the attempts that went wrong.

use crate::arguments::To;
use crate::commands::Answer;
use crate::fault::{Fault, Outcome};
use crate::output::{Format, Paper, block, line, moment};
use crate::past::Past;
use crate::shown::{counted, cut, grouped, one_line};
use crate::target::Target;
use crate::wiring::World;
use comfy_table::{Cell, CellAlignment};
use cordon_adapters::{Attempt, Changes, ListState};
use serde::Serialize;
use std::io::{self, Write as _};

/// Digits of a digest that are shown to people.
const DIGITS: usize = 12;

#[derive(Serialize)]
struct WireSource {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
}

/// Something that happened, on the wire.
#[derive(Serialize)]
struct WirePast<'a> {
    list: &'a str,
    /// `accepted`, `refused` or `failed`.
    event: &'static str,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    snapshot: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entities: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issues: Option<usize>,
    #[serde(flatten)]
    changes: Option<Changes>,
    /// The rule it was taken against.
    #[serde(skip_serializing_if = "Option::is_none")]
    forced: Option<&'a str>,
    /// Why it was not taken, or not to be had.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    /// The first of several attempts that ended alike, and how many they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts: Option<u32>,
    sources: Vec<WireSource>,
}

fn wire<'a>(list: &'a str, past: &'a Past) -> WirePast<'a> {
    let mut wire = WirePast {
        list,
        event: "accepted",
        at: past.at().to_string(),
        snapshot: None,
        published: None,
        entities: None,
        issues: None,
        changes: None,
        forced: past.forced(),
        reason: None,
        since: None,
        attempts: None,
        sources: Vec::new(),
    };
    match past {
        Past::Version { accepted, manifest } => {
            wire.snapshot = Some(accepted.snapshot.as_str());
            wire.published = accepted.published.map(|day| day.to_string());
            (wire.entities, wire.issues) = (Some(accepted.entities), Some(accepted.issues));
            wire.changes = accepted.changes;
            let sources = manifest.iter().flat_map(|manifest| &manifest.sources);
            wire.sources = sources
                .map(|source| WireSource {
                    name: Some(source.name.clone()),
                    sha256: source.digest.to_string(),
                    bytes: Some(source.bytes),
                })
                .collect();
        }
        Past::Attempt(attempt) => {
            wire.event = attempt.outcome.word();
            wire.reason = Some(&attempt.reason);
            wire.since = attempt.since.map(|time| time.to_string());
            wire.attempts = attempt.since.map(|_| attempt.more + 1);
            let source = |sha256: String| WireSource { name: None, sha256, bytes: None };
            wire.sources = attempt.sources.iter().map(ToString::to_string).map(source).collect();
        }
    }
    wire
}

/// Writes the history of the lists that have one.
pub(super) fn run(world: &World, to: &To, format: Format, states: &[ListState]) -> Outcome<Answer> {
    let mut target = Target::open(to.output.as_deref())?;
    let paper = Paper::of(&target, world.no_color);
    for state in states.iter().filter(|state| state.attempt.is_some() || state.in_force.is_some()) {
        let past = world.past(&state.id)?;
        match format {
            Format::Table => table(&mut target, paper, &state.id, &past),
            _ => past.iter().try_for_each(|past| line(&mut target, &wire(&state.id, past))),
        }
        .map_err(|error| Fault::writing(&error))?;
    }
    target.finish()?;
    Ok(Answer::Clear)
}

fn table(out: &mut Target, paper: Paper, list: &str, past: &[Past]) -> io::Result<()> {
    let versions = past.iter().filter(|past| matches!(past, Past::Version { .. })).count();
    writeln!(out, "{list}: {}", counted(versions as u64, "version"))?;
    let mut table = block(paper, &["When", "What", "Entities", "Changes", "Files"]);
    for past in past {
        let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
        let [what, entities, changes, files] = match past {
            Past::Version { accepted, manifest } => {
                let published =
                    accepted.published.map(|day| format!("published {day}\n")).unwrap_or_default();
                let forced = past.forced().map(|rule| format!("\nforced against: {}", cut(rule, 200)));
                let files = manifest.iter().flat_map(|manifest| &manifest.sources).map(|source| {
                    let digest = source.digest.as_str();
                    format!("{} {}", cut(&source.name, 40), digest.get(..DIGITS).unwrap_or(digest))
                });
                [
                    format!("{published}{}{}", accepted.snapshot, forced.unwrap_or_default()),
                    grouped(accepted.entities as u64),
                    accepted.changes.map(words).unwrap_or_default(),
                    files.collect::<Vec<_>>().join("\n"),
                ]
            }
            Past::Attempt(attempt) => [failure(attempt), String::new(), String::new(), String::new()],
        };
        table.add_row([
            Cell::new(moment(&past.at().to_string())),
            Cell::new(what),
            right(entities),
            Cell::new(changes),
            Cell::new(files),
        ]);
    }
    writeln!(out, "{table}")
}

fn words(changes: Changes) -> String {
    let Changes { added, removed, changed } = changes;
    format!("+{added} −{removed} ~{changed}")
}

fn failure(attempt: &Attempt) -> String {
    let times = match attempt.since {
        Some(since) => format!(" {} times since {}", attempt.more + 1, moment(&since.to_string())),
        None => String::new(),
    };
    format!("{}{times}: {}", attempt.outcome.word(), one_line(&attempt.reason))
}
