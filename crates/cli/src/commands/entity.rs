//! `cordon entity`: all that is known of one listed party, with its history.

mod page;
mod picture;

use super::diff::lines_of;
use super::{Answer, Run};
use crate::arguments::To;
use crate::fault::{Fault, Outcome};
use crate::output::{Format, Paper, block, checked_lines, format_of, line, tell};
use crate::past::{Fate, Step, Timeline};
use crate::shown::{cut, one_line};
use crate::target::Target;
use crate::view;
use crate::wiring::{Loaded, STARTER, World};
use clap::Args;
use cordon_model::ftm::{FtmEntity, to_ftm};
use cordon_screening::wire::Checked;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, Write as _};

/// Show one listed entity: names, designations, history, links; also one that is listed no more
#[derive(Debug, Args)]
pub(crate) struct Entity {
    /// Its id, as in `un_sc_sanctions:KPi.001`
    id: String,

    /// As it was on this day
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,

    #[command(flatten)]
    to: To,
}

/// A step on the wire.
#[derive(Serialize)]
struct WireStep<'a> {
    op: &'static str,
    event: &'static str,
    date: String,
    snapshot: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<&'a str>,
}

/// An entity on the wire: the entity of answers with its history.
#[derive(Serialize)]
struct WireEntity<'a> {
    #[serde(flatten)]
    entity: FtmEntity,
    history: Vec<WireStep<'a>>,
    /// Whether it is on the list as checked.
    listed: bool,
    checked: &'a Checked,
}

/// An entity that was found, with all that is told of it.
struct Found<'a> {
    entity: &'a cordon_model::Entity,
    timeline: &'a Timeline,
    loaded: &'a Loaded,
    as_of: Option<Date>,
}

impl Run for Entity {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let format = format_of(&self.to, &[Format::Table, Format::Jsonl, Format::Html])?;
        let Some((list, _)) = self.id.split_once(':') else {
            return Err(Fault::new(format!("`{}` is not the id of an entity", self.id))
                .hint("ids are LIST:KEY, as in un_sc_sanctions:KPi.001; `cordon search` finds them"));
        };
        let loaded = world.load(&[list.to_owned()], self.as_of, None)?;
        loaded.warnings.iter().for_each(|warning| tell(&format!("warning: {warning}")));
        let mut timeline = world.timeline(list, &self.id, self.as_of)?;
        let present = loaded.screener.entity(&self.id);
        timeline.listed = present.is_some();
        let entity = present.or_else(|| timeline.last.take()).ok_or_else(|| {
            Fault::new(format!("no entity `{}` is in `{list}`, now or before", self.id))
                .hint(format!("checked {}", checked_lines(&loaded.checked).join("; ")))
        })?;
        let found = Found { entity: &entity, timeline: &timeline, loaded: &loaded, as_of: self.as_of };
        let mut target = Target::open(self.to.output.as_deref())?;
        match format {
            Format::Table => {
                let paper = Paper::of(&target, world.no_color);
                found.show(&mut target, paper)
            }
            Format::Html => page::write(&mut target, &found),
            _ => line(&mut target, &found.wire()),
        }
        .map_err(|error| Fault::writing(&error))?;
        target.finish()?;
        Ok(Answer::Clear)
    }
}

impl Found<'_> {
    fn wire(&self) -> WireEntity<'_> {
        let steps = self.timeline.steps.iter().map(|step| WireStep {
            op: step.fate.op(),
            event: step.fate.word(),
            date: step.day.to_string(),
            snapshot: &step.snapshot,
            fields: step.fields.iter().map(|change| change.field.as_str()).collect(),
        });
        WireEntity {
            entity: to_ftm(self.entity),
            history: steps.collect(),
            listed: self.timeline.listed,
            checked: &self.loaded.checked,
        }
    }

    /// Whether it is on the list, in a sentence.
    fn verdict(&self) -> String {
        let list = self.entity.id.list();
        let day = self.as_of.map(|day| format!(" on {day}")).unwrap_or_default();
        let gone = self.timeline.steps.iter().rev().find(|step| step.fate == Fate::Delisted);
        match (self.timeline.listed, gone) {
            (true, _) if list == STARTER => "In the built-in sample.".to_owned(),
            (true, _) => format!("On {list}{day}, in the version published {}.", self.published()),
            (false, Some(gone)) => format!(
                "No longer on {list}{day}: delisted by the version of {}. Shown as it was last.",
                gone.day
            ),
            (false, None) => format!("No longer on {list}{day}. Shown as it was last."),
        }
    }

    /// The day of the version that was checked.
    fn published(&self) -> &str {
        let list = self.loaded.checked.lists.first();
        list.and_then(|list| list.published.as_deref()).unwrap_or("without a date")
    }

    /// Its links in words.
    fn links(&self) -> Vec<String> {
        let other = |id: &str| self.loaded.screener.entity(id);
        let words = |link: &cordon_model::Relation| {
            let other = link.other.as_deref().and_then(other);
            view::relation(link, other.as_ref().map(cordon_model::Entity::caption))
        };
        self.entity.relations.iter().map(words).collect()
    }

    fn show(&self, out: &mut Target, paper: Paper) -> io::Result<()> {
        let entity = self.entity;
        writeln!(out, "{}", view::name(entity.caption()))?;
        writeln!(out, "{} · {}", one_line(entity.id.as_str()), entity.schema)?;
        writeln!(out, "{}", self.verdict())?;
        let mut table = block(paper, &[]);
        let names: Vec<String> = entity.names.iter().map(view::named).collect();
        table.add_row(["names".to_owned(), names.join("\n")]);
        for fact in view::facts(entity) {
            table.add_row([fact.label, fact.value]);
        }
        for (index, designation) in entity.designations.iter().enumerate() {
            let act = view::act(designation);
            let lines = [act.line(), act.measures, act.reference, act.reason, act.url];
            let text: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
            table.add_row([if index == 0 { "designations" } else { "" }.to_owned(), text.join("\n")]);
        }
        let links = self.links();
        if !links.is_empty() {
            table.add_row(["links".to_owned(), links.join("\n")]);
        }
        let steps: Vec<String> = self.timeline.steps.iter().map(step).collect();
        if !steps.is_empty() {
            table.add_row(["history".to_owned(), steps.join("\n")]);
        }
        writeln!(out, "{table}")?;
        writeln!(out, "Checked: {}", checked_lines(&self.loaded.checked).join("; "))
    }
}

/// Most values that came or went shown of one step.
const MOST_LINES: usize = 8;

/// A step, with what changed below it.
fn step(step: &Step) -> String {
    let changes: Vec<(&str, String, String)> = step.fields.iter().flat_map(lines_of).collect();
    let mut lines = vec![format!("{} {} (snapshot {})", step.day, step.fate.word(), step.snapshot)];
    let shown = changes.iter().take(MOST_LINES);
    lines.extend(shown.map(|(mark, field, value)| format!("  {mark} {field}: {}", cut(value, 120))));
    if changes.len() > MOST_LINES {
        lines.push(format!("  … and {} more", changes.len() - MOST_LINES));
    }
    lines.join("\n")
}
