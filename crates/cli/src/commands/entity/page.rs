//! `cordon entity --format html`: one page, made to be read, printed and kept.

use super::Found;
use super::picture::{self, Picture};
use crate::commands::diff::lines_of;
use crate::output::checked_lines;
use crate::past::Step;
use crate::shown::one_line;
use crate::view::{self, Act, Fact};
use askama::Template;
use jiff::civil::Date;
use std::io::{self, Write};

#[derive(Template)]
#[template(path = "entity/page.html")]
struct Page<'a> {
    style: &'static str,
    name: String,
    id: String,
    schema: &'static str,
    as_of: Option<String>,
    warnings: &'a [String],
    listed: bool,
    verdict: String,
    picture: Option<Picture>,
    steps: Vec<StepRow>,
    names: Vec<String>,
    facts: Vec<Fact>,
    links: Vec<String>,
    acts: Vec<Act>,
    checked: String,
    engine: &'a str,
}

struct StepRow {
    class: &'static str,
    number: usize,
    day: String,
    word: &'static str,
    lines: Vec<Line>,
    snapshot: String,
}

/// One value of one field that came or went.
struct Line {
    mark: &'static str,
    field: String,
    value: String,
}

fn row((index, step): (usize, &Step)) -> StepRow {
    let lines = step.fields.iter().flat_map(lines_of);
    StepRow {
        class: picture::class(step.fate),
        number: index + 1,
        day: step.day.to_string(),
        word: step.fate.word(),
        lines: lines.map(|(mark, field, value)| Line { mark, field, value }).collect(),
        snapshot: step.snapshot.clone(),
    }
}

/// Writes the page.
pub(super) fn write(out: &mut impl Write, found: &Found<'_>) -> io::Result<()> {
    let entity = found.entity;
    let days = entity.designations.iter().filter_map(|designation| designation.listed);
    let official = days.map(cordon_model::PartialDate::earliest).min();
    let official = official.and_then(|(year, month, day)| Date::new(year, month as i8, day as i8).ok());
    let page = Page {
        style: cordon_report::STYLE,
        name: view::name(entity.caption()),
        id: one_line(entity.id.as_str()),
        schema: entity.schema.as_str(),
        as_of: found.as_of.map(|day| day.to_string()),
        warnings: &found.loaded.warnings,
        listed: found.timeline.listed,
        verdict: found.verdict(),
        picture: picture::draw(found.timeline, official),
        steps: found.timeline.steps.iter().enumerate().map(row).collect(),
        names: entity.names.iter().map(view::named).collect(),
        facts: view::facts(entity),
        links: found.links(),
        acts: entity.designations.iter().map(view::act).collect(),
        checked: checked_lines(&found.loaded.checked).join("; "),
        engine: &found.loaded.checked.engine,
    };
    out.write_all(page.render().map_err(io::Error::other)?.as_bytes())
}
