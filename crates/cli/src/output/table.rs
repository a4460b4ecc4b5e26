//! For people at a terminal: a block per row with matches, a line per row with an error, and what was checked.

use super::{Closing, Heading, Report, checked_lines, counts_line};
use crate::shown::one_line;
use crate::target::Target;
use crate::view::{self, Verdict};
use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, Width, presets};
use cordon_matching::Match;
use cordon_model::Entity;
use cordon_screening::batch::Screened;
use std::io::{self, Write};

/// What the table is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paper {
    /// Whether it shows colours.
    colours: bool,
    /// Whether it is a terminal.
    terminal: bool,
    /// Columns of characters.
    width: u16,
}

/// Width where there is no terminal.
const WIDTH: u16 = 110;

impl Paper {
    /// The paper a target is.
    pub(crate) fn of(target: &Target, no_color: bool) -> Self {
        let terminal = target.is_terminal();
        let width = Table::new().width().filter(|_| terminal).unwrap_or(WIDTH);
        Self { colours: terminal && !no_color, terminal, width }
    }
}

/// A table without rows, as all of ours look.
pub(crate) fn block(paper: Paper, header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(paper.width);
    if paper.colours {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    if !header.is_empty() {
        table.set_header(header.iter().map(|title| bold(title)));
    }
    table
}

fn bold(text: &str) -> Cell {
    Cell::new(text).add_attribute(Attribute::Bold)
}

struct Blocks {
    out: Target,
    heading: Heading,
    paper: Paper,
}

pub(super) fn open(mut out: Target, heading: Heading, paper: Paper) -> io::Result<Box<Report>> {
    for warning in heading.warnings.iter().filter(|_| !paper.terminal) {
        writeln!(out, "Warning: {}", one_line(warning))?;
    }
    Ok(Box::new(Blocks { out, heading, paper }))
}

impl cordon_report::Report<Target> for Blocks {
    fn row(&mut self, screened: &Screened) -> io::Result<()> {
        let row = &screened.row;
        if screened.matches.is_empty() && row.error.is_none() {
            return Ok(());
        }
        let title = if self.heading.is_file { format!("Row {}", row.number) } else { "Asked".to_owned() };
        writeln!(self.out, "{title}: {}", asked(row.id.as_deref(), &row.query))?;
        for note in &row.notes {
            writeln!(self.out, "  note: {}", one_line(note))?;
        }
        if let Some(error) = &row.error {
            writeln!(self.out, "  error: {}", one_line(error))?;
        }
        if !screened.matches.is_empty() {
            writeln!(self.out, "{}", matches(self.paper, &screened.matches))?;
        }
        writeln!(self.out)
    }

    fn end(mut self: Box<Self>, closing: &Closing) -> io::Result<Target> {
        for line in summary_lines(&self.heading, closing) {
            writeln!(self.out, "{}", one_line(&line))?;
        }
        Ok(self.out)
    }
}

/// What was found and what was checked, in words.
fn summary_lines(heading: &Heading, closing: &Closing) -> Vec<String> {
    let summary = closing.summary;
    let mut lines = Vec::new();
    if heading.is_file {
        lines.push(counts_line(&summary));
    } else if summary.matched == 0 {
        lines.push(format!("Nothing at or above {} found.", summary.threshold));
    }
    let as_of = heading.as_of.as_ref().map(|day| format!(" as of {day}")).unwrap_or_default();
    lines.push(format!("Checked{as_of}: {}", checked_lines(&heading.checked).join("; ")));
    lines.push(format!(
        "Policy {}, threshold {}, engine {}.",
        heading.checked.policy, summary.threshold, heading.checked.engine
    ));
    lines
}

/// A query on one line.
fn asked(id: Option<&str>, query: &Entity) -> String {
    let mut parts: Vec<String> = id.map(one_line).into_iter().collect();
    if !query.names.is_empty() {
        parts.push(view::name(query.caption()));
    }
    parts.push(query.schema.to_string());
    parts.extend(view::facts(query).into_iter().map(|fact| format!("{} {}", fact.label, fact.value)));
    parts.join(" · ")
}

fn matches(paper: Paper, matches: &[Match]) -> Table {
    let mut table = block(paper, &["Score", "Listed entity", "Why"]);
    for found in matches {
        table.add_row([score_cell(found), Cell::new(listed(&found.entity)), Cell::new(why(found))]);
    }
    if let Some(column) = table.column_mut(0) {
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(7)));
    }
    table
}

fn score_cell(found: &Match) -> Cell {
    // Colours only help the eye: red where hardly anything speaks against it.
    let colour = if found.score >= 0.9 { Color::Red } else { Color::Yellow };
    Cell::new(view::score(found.score)).fg(colour).add_attribute(Attribute::Bold)
}

fn listed(entity: &Entity) -> String {
    let mut lines = vec![view::name(entity.caption()), format!("{} · {}", entity.id, entity.schema)];
    let short = ["born", "founded", "nationality", "country", "flag", "IMO ship number"];
    let facts = view::facts(entity).into_iter().filter(|fact| short.contains(&fact.label.as_str()));
    lines.extend(facts.map(|fact| format!("{} {}", fact.label, fact.value)));
    lines
        .extend(entity.designations.iter().map(|designation| format!("► {}", view::act(designation).line())));
    lines.iter().map(|line| one_line(line)).collect::<Vec<_>>().join("\n")
}

fn why(found: &Match) -> String {
    let line = |evidence: &cordon_matching::Evidence| {
        let verdict = view::verdict(evidence);
        let detail = one_line(&evidence.detail);
        let values = match (evidence.query.as_str(), evidence.candidate.as_str()) {
            ("", "") => String::new(),
            (query, candidate) if query == candidate => format!(" ({})", view::name(query)),
            (query, candidate) => format!(" ({} / {})", view::name(query), view::name(candidate)),
        };
        let signal = view::signal(evidence);
        match verdict {
            Verdict::Neither => format!("{} {signal}: {detail}{values}", verdict.mark()),
            _ => format!("{} {signal} {:+.1}: {detail}{values}", verdict.mark(), evidence.score),
        }
    };
    found.evidence.iter().map(line).collect::<Vec<_>>().join("\n")
}
