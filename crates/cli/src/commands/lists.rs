//! `cordon lists`: what is loaded, how old it is, what was not understood, what was before.

mod history;

use super::{Answer, Run};
use crate::arguments::To;
use crate::fault::{Fault, Outcome};
use crate::output::{Format, Paper, block, day, format_of, line, tell};
use crate::shown::{counted, cut, grouped, one_line};
use crate::target::Target;
use crate::wiring::{STARTER, World};
use clap::Args;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment, ColumnConstraint, Width};
use cordon_adapters::{InForce, ListState};
use cordon_lists::watchlist;
use cordon_model::Issue;
use cordon_screening::wire::CheckedList;
use jiff::SignedDuration;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write as _};

/// Show the lists: published, fetched, age, entities, state
#[derive(Debug, Args)]
pub(crate) struct Lists {
    /// Show these lists only
    #[arg(value_name = "LIST")]
    only: Vec<String>,

    /// Show what was not understood in them
    #[arg(long)]
    issues: bool,

    /// Show every version that was put in force and the attempts that went wrong
    #[arg(long, conflicts_with = "issues")]
    history: bool,

    #[command(flatten)]
    to: To,
}

/// One list on the wire.
#[derive(Serialize)]
struct WireList<'a> {
    id: &'a str,
    title: &'a str,
    state: &'static str,
    /// Why the last update was refused or failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    snapshot: Option<String>,
    published: Option<String>,
    /// When the snapshot in force was fetched.
    fetched: Option<String>,
    /// When it was last known to be the publisher's current one.
    looked: Option<String>,
    age_days: Option<i64>,
    entities: Option<usize>,
    issues: Option<usize>,
}

/// One issue on the wire.
#[derive(Serialize)]
struct WireIssue<'a> {
    list: &'a str,
    snapshot: &'a str,
    #[serde(flatten)]
    issue: &'a Issue,
}

fn days(age: SignedDuration) -> i64 {
    age.as_hours() / 24
}

fn reason(state: &ListState) -> Option<String> {
    let unreadable = match &state.condition {
        cordon_adapters::Condition::Unreadable(why) => Some(why.clone()),
        _ => None,
    };
    let attempt =
        state.attempt.as_ref().map(|attempt| attempt.reason.clone()).filter(|reason| !reason.is_empty());
    unreadable.or(attempt)
}

fn wire<'a>(world: &'a World, state: &'a ListState) -> WireList<'a> {
    let in_force = state.in_force.as_ref();
    WireList {
        id: &state.id,
        title: world.own_title(&state.id).unwrap_or(state.title),
        state: state.condition.clone().word(),
        reason: reason(state),
        snapshot: in_force.map(|in_force| in_force.accepted.snapshot.to_string()),
        published: in_force.and_then(InForce::published).map(|day| day.to_string()),
        fetched: in_force.map(|in_force| in_force.accepted.fetched.to_string()),
        looked: in_force.map(|in_force| in_force.checked.to_string()),
        age_days: state.age.map(days),
        entities: in_force.map(|in_force| in_force.accepted.entities),
        issues: in_force.map(|in_force| in_force.accepted.issues),
    }
}

/// The row of the built-in list, which is shown while it is used.
fn built_in(list: &CheckedList) -> WireList<'_> {
    WireList {
        id: &list.id,
        title: "Built-in sample, not kept up to date",
        state: "built in",
        reason: None,
        snapshot: Some(list.snapshot.clone()),
        published: list.published.clone(),
        fetched: None,
        looked: None,
        age_days: None,
        entities: Some(list.entities),
        issues: None,
    }
}

impl Run for Lists {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let format = format_of(&self.to, &[Format::Table, Format::Jsonl])?;
        let mut states = world.lists()?;
        let known = states.iter().map(|state| state.id.as_str()).collect::<Vec<_>>().join(", ");
        if let Some(unknown) = self.only.iter().find(|list| !states.iter().any(|state| state.id == **list)) {
            return Err(Fault::new(format!("no list is called `{unknown}`")).hint(format!("known: {known}")));
        }
        states.retain(|state| self.only.is_empty() || self.only.contains(&state.id));
        if self.history {
            return history::run(world, &self.to, format, &states);
        }
        let mut issues = BTreeMap::new();
        for state in states.iter().filter(|_| self.issues) {
            if let Some(in_force) = &state.in_force {
                issues.insert(state.id.clone(), world.issues(&state.id, &in_force.accepted.snapshot)?);
            }
        }
        let starter = (world.loaded()? == [STARTER]).then(|| world.load(&[], None, None)).transpose()?;
        let mut rows: Vec<WireList<'_>> = states.iter().map(|state| wire(world, state)).collect();
        if let Some(loaded) = starter.as_ref().filter(|_| self.only.is_empty()) {
            loaded.warnings.iter().for_each(|warning| tell(&format!("warning: {warning}")));
            rows.extend(loaded.checked.lists.first().map(built_in));
        }
        let mut target = Target::open(self.to.output.as_deref())?;
        let paper = Paper::of(&target, world.no_color);
        match format {
            Format::Table if self.issues => issues_table(&mut target, paper, &issues),
            Format::Table => table(&mut target, paper, &rows),
            _ if self.issues => issue_lines(&mut target, &states, &issues),
            _ => rows.iter().try_for_each(|row| line(&mut target, row)),
        }
        .map_err(|error| Fault::writing(&error))?;
        target.finish()?;
        Ok(Answer::Clear)
    }
}

fn issue_lines(
    out: &mut Target,
    states: &[ListState],
    issues: &BTreeMap<String, Vec<Issue>>,
) -> io::Result<()> {
    for state in states {
        let Some(in_force) = &state.in_force else { continue };
        for issue in issues.get(&state.id).into_iter().flatten() {
            let snapshot = in_force.accepted.snapshot.as_str();
            line(out, &WireIssue { list: &state.id, snapshot, issue })?;
        }
    }
    Ok(())
}

/// Narrow enough for a terminal of 80 columns; reasons stand below.
fn table(out: &mut Target, paper: Paper, rows: &[WireList<'_>]) -> io::Result<()> {
    let mut table = block(paper, &["List", "Published", "Fetched", "Entities", "State"]);
    for wire in rows {
        let lines = |parts: [Option<String>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join("\n");
        let number = |count: usize| counted(count as u64, "issue");
        let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
        let old = wire.age_days.map(|days| format!("{} old", counted(days.unsigned_abs(), "day")));
        let published = wire.published.clone().or_else(|| wire.entities.map(|_| "undated".to_owned()));
        let title = Some(wire.title).filter(|title| !title.is_empty());
        table.add_row([
            Cell::new(lines([Some(one_line(wire.id)), title.map(str::to_owned)])),
            Cell::new(lines([published, old])),
            Cell::new(wire.fetched.as_deref().map(day).unwrap_or_default()),
            right(lines([wire.entities.map(|count| grouped(count as u64)), wire.issues.map(number)])),
            Cell::new(wire.state),
        ]);
    }
    for (column, least) in [(0, 25), (1, 14), (2, 12)] {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
    }
    writeln!(out, "{table}")?;
    for wire in rows {
        if let Some(reason) = &wire.reason {
            writeln!(out, "{} {}: {}", wire.id, wire.state, one_line(reason))?;
        }
    }
    for wire in rows.iter().filter(|wire| wire.entities.is_some()) {
        if let Some(row) = watchlist(wire.id) {
            writeln!(out, "{}: {}. {}.", wire.id, row.issuer, row.licence)?;
        }
    }
    Ok(())
}

fn issues_table(out: &mut Target, paper: Paper, issues: &BTreeMap<String, Vec<Issue>>) -> io::Result<()> {
    for (list, issues) in issues {
        writeln!(out, "{list}: {}", counted(issues.len() as u64, "issue"))?;
        if issues.is_empty() {
            continue;
        }
        let mut table = block(paper, &["Record", "Field", "Value", "What"]);
        table.load_style(UTF8_FULL_CONDENSED);
        for issue in issues {
            table.add_row([
                cut(&issue.record, 40),
                cut(&issue.field, 40),
                cut(&issue.value, 200),
                one_line(&issue.message),
            ]);
        }
        writeln!(out, "{table}")?;
    }
    Ok(())
}
