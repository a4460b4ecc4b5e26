//! `cordon update`: new versions of lists, from their publishers or from files.

mod watching;

use super::{Answer, Run};
use crate::arguments::To;
use crate::fault::{Fault, Outcome};
use crate::output::{Format, format_of, line, tell};
use crate::shown::{counted, one_line};
use crate::target::Target;
use crate::updating::Wish;
use crate::wiring::{STARTER, World};
use clap::Args;
use cordon_adapters::Updated;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

/// Fetch lists, or take them from files; a bad version never replaces a good one
#[derive(Debug, Args)]
pub(crate) struct Update {
    /// Lists to fetch from their publishers; all that are known if neither lists nor files are given
    #[arg(value_name = "LIST")]
    lists: Vec<String>,

    /// Take a list from a file, a folder or an archive instead
    #[arg(long = "file", value_name = "LIST=PATH", value_parser = given)]
    files: Vec<Given>,

    /// Publication date of files that do not carry one
    #[arg(long, value_name = "DATE", requires = "files")]
    published: Option<Date>,

    /// Take a version even if it breaks a rule for new versions
    #[arg(long)]
    force: bool,

    /// Keep running: look at each list when it is due, until stopped
    #[arg(long, conflicts_with_all = ["files", "published", "force", "output"])]
    watch: bool,

    #[command(flatten)]
    to: To,
}

/// A list and the file it is taken from.
#[derive(Debug, Clone)]
struct Given {
    list: String,
    path: PathBuf,
}

fn given(text: &str) -> Result<Given, String> {
    match text.split_once('=') {
        Some((list, path)) if !list.trim().is_empty() && !path.is_empty() => {
            Ok(Given { list: list.trim().to_owned(), path: path.into() })
        }
        _ => Err("expected LIST=PATH, as in un_sc_sanctions=consolidated.xml".to_owned()),
    }
}

/// What became of one list, on the wire.
#[derive(Serialize)]
struct WireUpdate<'a> {
    list: &'a str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    snapshot: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entities: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issues: Option<usize>,
    /// The rule it was taken against.
    #[serde(skip_serializing_if = "Option::is_none")]
    forced: Option<&'a str>,
}

impl<'a> WireUpdate<'a> {
    /// An update that gave nothing.
    fn without(list: &'a str, outcome: &'static str) -> Self {
        Self {
            list,
            outcome,
            snapshot: None,
            previous: None,
            published: None,
            entities: None,
            issues: None,
            forced: None,
        }
    }
}

fn wire(updated: &Updated) -> WireUpdate<'_> {
    let accepted = &updated.in_force.accepted;
    WireUpdate {
        list: &updated.list,
        outcome: updated.outcome.word(),
        snapshot: Some(accepted.snapshot.to_string()),
        previous: updated.previous.as_ref().map(|previous| previous.accepted.snapshot.to_string()),
        published: updated.in_force.published().map(|day| day.to_string()),
        entities: Some(accepted.entities),
        issues: Some(accepted.issues),
        forced: updated.forced.as_deref(),
    }
}

fn words(updated: &Updated) -> String {
    let accepted = &updated.in_force.accepted;
    let published = updated.in_force.published().map(|day| format!(", published {day}")).unwrap_or_default();
    let mut text = format!(
        "{}: {}, {}, {}{published}, snapshot {}",
        updated.list,
        updated.outcome.word(),
        counted(accepted.entities as u64, "entity"),
        counted(accepted.issues as u64, "issue"),
        accepted.snapshot
    );
    if let Some(previous) = &updated.previous {
        text.extend([", before ", previous.accepted.snapshot.as_str()]);
    }
    if let Some(rule) = &updated.forced {
        text.extend([", forced against: ", rule]);
    }
    text
}

impl Update {
    /// Every list to update, with its file if it is given.
    fn jobs(&self, world: &World) -> Outcome<Vec<(String, Option<PathBuf>)>> {
        let fetchable = world.fetchable();
        let mut jobs: Vec<(String, Option<PathBuf>)> =
            self.files.iter().map(|given| (given.list.clone(), Some(given.path.clone()))).collect();
        for list in &self.lists {
            if !fetchable.contains(&list.as_str()) {
                let known = fetchable.join(", ");
                return Err(Fault::new(format!("no list called `{list}` can be fetched"))
                    .hint(format!("known: {known}"))
                    .hint(format!("`cordon update --file {list}=PATH` takes it from a file")));
            }
            jobs.push((list.clone(), None));
        }
        if jobs.is_empty() {
            jobs.extend(fetchable.iter().map(|list| ((*list).to_owned(), None)));
        }
        Ok(jobs)
    }
}

impl Run for Update {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let format = format_of(&self.to, &[Format::Table, Format::Jsonl])?;
        let jobs = self.jobs(world)?;
        if self.watch {
            let lists: Vec<String> = jobs.into_iter().map(|(list, _)| list).collect();
            return watching::run(world, &lists, format);
        }
        let mut target = Target::open(self.to.output.as_deref())?;
        let mut answer = Answer::Clear;
        for (list, file) in jobs {
            if file.is_none() && std::io::stderr().is_terminal() {
                tell(&format!("fetching {list} …"));
            }
            let wish = Wish {
                given: file.as_deref(),
                published: self.published.filter(|_| file.is_some()),
                force: self.force,
            };
            let written = match world.update(&list, wish) {
                Ok(updated) if format == Format::Table => writeln!(target, "{}", one_line(&words(&updated))),
                Ok(updated) => line(&mut target, &wire(&updated)),
                Err(fault) => {
                    // The other lists are still updated; the exit code tells that one was not.
                    let _ = std::io::stderr().write_all(fault.text().as_bytes());
                    answer = Answer::Incomplete;
                    continue;
                }
            };
            written.map_err(|error| Fault::writing(&error))?;
        }
        target.finish()?;
        tell_of_parties(world);
        if answer == Answer::Incomplete {
            tell_of_starter(world)?;
        }
        Ok(answer)
    }
}

/// Joins the records of lists anew. The lists are in force whether that goes well or not.
fn tell_of_parties(world: &World) {
    match world.join_lists() {
        Ok(file) if !file.found.is_empty() => {
            let parties = counted(file.parties().len() as u64, "party");
            tell(&format!("{parties} on several lists; `cordon links` shows what joins their records"));
        }
        Ok(_) => {}
        Err(fault) => tell(&format!("records of different lists were not joined anew: {}", fault.text())),
    }
}

/// While nothing is loaded, answers come from the built-in list; whoever updates in vain should know.
fn tell_of_starter(world: &World) -> Outcome<()> {
    if world.loaded()? == [STARTER] {
        tell("no list is loaded yet: until an update goes well, answers rest on the built-in starter list");
    }
    Ok(())
}
