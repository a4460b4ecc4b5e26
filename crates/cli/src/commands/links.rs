//! `cordon links`: which records of different lists are of one party, why, and what a user says of it.

use super::{Answer, Run};
use crate::arguments::To;
use crate::fault::{Fault, Outcome};
use crate::output::{Format, format_of, line, tell};
use crate::shown::{counted, one_line};
use crate::target::Target;
use crate::wiring::World;
use clap::Args;
use cordon_matching::{Link, Rule};
use cordon_model::EntityId;
use serde::Serialize;
use std::io::Write as _;

/// Show what joins records of different lists to one party, or change it
///
/// Links are found after each update: by references that lists give of each other's records, shared identifiers, name and
/// day of birth, rare names. What is said here stays whatever is found later.
#[derive(Debug, Args)]
pub(crate) struct Links {
    /// Show the party of this record only
    #[arg(value_name = "ID")]
    id: Option<String>,

    /// Keep these two records apart
    #[arg(long, num_args = 2, value_names = ["ID", "ID"], conflicts_with_all = ["id", "join", "redo"])]
    undo: Vec<String>,

    /// Take back that two records were kept apart
    #[arg(long, num_args = 2, value_names = ["ID", "ID"], conflicts_with_all = ["id", "join"])]
    redo: Vec<String>,

    /// Say that two records are of one party
    #[arg(long, num_args = 2, value_names = ["ID", "ID"], conflicts_with = "id")]
    join: Vec<String>,

    #[command(flatten)]
    to: To,
}

/// A link on the wire.
#[derive(Serialize)]
struct WireLink<'a> {
    #[serde(flatten)]
    link: &'a Link,
    /// Whether a user keeps the two apart.
    undone: bool,
}

fn pair(ids: &[String]) -> Option<(EntityId, EntityId)> {
    let [one, two] = ids else { return None };
    let link = Link::new(one.clone().into(), two.clone().into(), Rule::Stated, String::new());
    Some((link.one, link.two))
}

impl Links {
    /// Does what was asked, and says what was done; `None` if nothing was asked but to show.
    fn change(&self, world: &World) -> Outcome<Option<&'static str>> {
        let (ids, done) = match (pair(&self.undo), pair(&self.redo), pair(&self.join)) {
            (Some(ids), _, _) => (ids, "kept apart from now on"),
            (_, Some(ids), _) => (ids, "no longer kept apart"),
            (_, _, Some(ids)) => (ids, "of one party from now on"),
            _ => return Ok(None),
        };
        let loaded = world.load(&[], None, None)?;
        for id in [&ids.0, &ids.1] {
            if loaded.screener.entity(id.as_str()).is_none() {
                return Err(Fault::new(format!("no loaded list has a record `{id}`")));
            }
        }
        if ids.0 == ids.1 {
            return Err(Fault::new(format!("`{}` is one record", ids.0)));
        }
        world.change_parties(|file| {
            let stated = |link: &Link| (&link.one, &link.two) == (&ids.0, &ids.1);
            if self.undo.is_empty() {
                file.undone.remove(&ids);
            } else {
                file.stated.retain(|link| !stated(link));
                file.undone.insert(ids.clone());
            }
            if !self.join.is_empty() && !file.stated.iter().any(stated) {
                let link = Link::new(ids.0.clone(), ids.1.clone(), Rule::Stated, String::new());
                file.stated.push(link);
            }
        })?;
        Ok(Some(done))
    }
}

impl Run for Links {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let format = format_of(&self.to, &[Format::Table, Format::Jsonl])?;
        if let Some(done) = self.change(world)? {
            let ids = [&self.undo, &self.redo, &self.join].into_iter().flatten();
            tell(&format!("{}: {done}", ids.map(String::as_str).collect::<Vec<_>>().join(", ")));
            return Ok(Answer::Clear);
        }
        let file = world.join_lists()?;
        let parties = file.parties();
        let members = self.id.as_deref().map(|id| parties.members(id));
        if let (Some(id), Some([])) = (&self.id, members)
            && world.load(&[], None, None)?.screener.entity(id).is_none()
        {
            return Err(Fault::new(format!("no loaded list has a record `{id}`")));
        }
        let asked = self.id.clone().map(EntityId::from);
        let wanted = |link: &&Link| {
            let own =
                |id: &EntityId| asked.as_ref() == Some(id) || members.is_none_or(|all| all.contains(id));
            own(&link.one) || own(&link.two)
        };
        let mut target = Target::open(self.to.output.as_deref())?;
        let mut shown = 0;
        for link in file.links().filter(wanted) {
            shown += 1;
            let undone = file.is_undone(link);
            let written = if format == Format::Jsonl {
                line(&mut target, &WireLink { link, undone })
            } else {
                let apart = if undone { " (kept apart by a user)" } else { "" };
                let detail =
                    if link.detail.is_empty() { String::new() } else { format!(": {}", link.detail) };
                let text = format!("{} = {}  {}{detail}{apart}", link.one, link.two, link.rule.label());
                writeln!(target, "{}", one_line(&text))
            };
            written.map_err(|error| Fault::writing(&error))?;
        }
        target.finish()?;
        tell(&format!("{}, {}", counted(shown, "link"), counted(parties.len() as u64, "party")));
        Ok(Answer::Clear)
    }
}
