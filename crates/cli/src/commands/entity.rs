//! `cordon entity`: all that is known of one listed party, with its history.

use super::{Answer, Run};
use crate::arguments::To;
use crate::fault::{Fault, Outcome};
use crate::output::{Format, Paper, block, checked_lines, format_of, line, tell};
use crate::shown::one_line;
use crate::target::Target;
use crate::view;
use crate::wiring::{Loaded, Version, World};
use clap::Args;
use cordon_model::ftm::{FtmEntity, to_ftm};
use cordon_model::{Change, Delta, FieldChange, Snapshot};
use cordon_screening::wire::Checked;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, Write as _};

/// Show one listed entity: names, designations, history, links
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

/// What became of an entity in one version of its list.
struct Step {
    day: Date,
    snapshot: String,
    op: &'static str,
    fields: Vec<FieldChange>,
}

/// A step on the wire.
#[derive(Serialize)]
struct WireStep<'a> {
    op: &'static str,
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

impl Run for Entity {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let format = format_of(&self.to, &[Format::Table, Format::Jsonl])?;
        let Some((list, _)) = self.id.split_once(':') else {
            return Err(Fault::new(format!("`{}` is not the id of an entity", self.id))
                .hint("ids are LIST:KEY, as in un_sc_sanctions:KPi.001; `cordon search` finds them"));
        };
        let loaded = world.load(&[list.to_owned()], self.as_of, None)?;
        loaded.warnings.iter().for_each(|warning| tell(&format!("warning: {warning}")));
        let mut versions = world.versions(list)?;
        versions.retain(|version| self.as_of.is_none_or(|day| version.accepted.effective() <= day));
        let present = loaded.screener.entity(&self.id);
        let listed = present.is_some();
        let past = || versions.iter().rev().find_map(|version| version.segment.entity(&self.id));
        let entity = present.or_else(past).ok_or_else(|| {
            Fault::new(format!("no entity `{}` is in `{list}`, now or before", self.id))
                .hint(format!("checked {}", checked_lines(&loaded.checked).join("; ")))
        })?;
        let history = history(&self.id, &versions);
        let mut target = Target::open(self.to.output.as_deref())?;
        if format == Format::Table {
            let paper = Paper::of(&target, world.no_color);
            show(&mut target, paper, &entity, listed, &history, &loaded)
        } else {
            let steps = history.iter().map(|step| WireStep {
                op: step.op,
                date: step.day.to_string(),
                snapshot: &step.snapshot,
                fields: step.fields.iter().map(|change| change.field.as_str()).collect(),
            });
            let wire = WireEntity {
                entity: to_ftm(&entity),
                history: steps.collect(),
                listed,
                checked: &loaded.checked,
            };
            line(&mut target, &wire)
        }
        .map_err(|error| Fault::writing(&error))?;
        target.finish()?;
        Ok(Answer::Clear)
    }
}

/// The versions in which the entity came, changed or went.
fn history(id: &str, versions: &[Version]) -> Vec<Step> {
    let mut steps = Vec::new();
    let alone =
        |entity: Option<cordon_model::Entity>| Snapshot::new("", None, entity.into_iter().collect(), vec![]);
    let mut before = alone(None);
    for version in versions {
        let after = alone(version.segment.entity(id));
        for change in Delta::between(&before, &after).changes {
            steps.push(Step {
                day: version.accepted.effective(),
                snapshot: version.accepted.snapshot.to_string(),
                op: change.op(),
                fields: match change {
                    Change::Modified { fields, .. } => fields,
                    _ => Vec::new(),
                },
            });
        }
        before = after;
    }
    steps
}

fn show(
    out: &mut Target,
    paper: Paper,
    entity: &cordon_model::Entity,
    listed: bool,
    history: &[Step],
    loaded: &Loaded,
) -> io::Result<()> {
    writeln!(out, "{}", view::name(entity.caption()))?;
    writeln!(out, "{} · {}", one_line(entity.id.as_str()), entity.schema)?;
    if !listed {
        writeln!(out, "No longer on the list; shown as it was last.")?;
    }
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
    let links: Vec<String> = entity
        .relations
        .iter()
        .map(|link| {
            let other = link.other.as_deref().and_then(|id| loaded.screener.entity(id));
            view::relation(link, other.as_ref().map(cordon_model::Entity::caption))
        })
        .collect();
    if !links.is_empty() {
        table.add_row(["links".to_owned(), links.join("\n")]);
    }
    let steps: Vec<String> = history.iter().map(step).collect();
    if !steps.is_empty() {
        table.add_row(["history".to_owned(), steps.join("\n")]);
    }
    writeln!(out, "{table}")?;
    writeln!(out, "Checked: {}", checked_lines(&loaded.checked).join("; "))
}

fn step(step: &Step) -> String {
    let what = match step.op {
        "ADD" => "in the list".to_owned(),
        "DEL" => "no longer in the list".to_owned(),
        _ => {
            let fields: Vec<&str> = step.fields.iter().map(|change| change.field.as_str()).collect();
            format!("changed: {}", fields.join(", "))
        }
    };
    format!("{} {what} (snapshot {})", step.day, step.snapshot)
}
