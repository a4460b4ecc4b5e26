//! The report for people at a terminal.

use super::Figures;
use crate::output::{Paper, block, checked_lines};
use crate::shown::{counted, cut, grouped, one_line};
use crate::target::Target;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment};
use cordon_evaluation::{Change, Count, Expect, Miss, Report, Share};
use std::io::{self, Write as _};

/// Misses shown; the JSON has more.
const MOST_MISSES: usize = 15;

/// A share as per cent with one place that never rounds up to all.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}", (share * 1000.0 + 1e-9).floor() / 10.0)
}

/// A share with its interval: `97.5 (94.2–99.1)`.
pub(super) fn share(share: Share) -> String {
    let Some(middle) = share.share else { return "–".to_owned() };
    format!("{} ({}–{})", percent(middle), percent(share.low), percent(share.high))
}

pub(super) fn write(out: &mut Target, paper: Paper, figures: &Figures<'_>) -> io::Result<()> {
    let report = figures.report;
    kinds(out, paper, report)?;
    parts(out, paper, report)?;
    unlisted(out, paper, report)?;
    curve(out, paper, report)?;
    misses(out, paper, "Worst misses", &report.misses)?;
    misses(out, paper, "False matches", &report.false_matches)?;
    for line in closing(figures) {
        writeln!(out, "{}", one_line(&line))?;
    }
    writeln!(out, "Checked: {}", checked_lines(&figures.loaded.checked).join("; "))
}

fn right(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn kinds(out: &mut Target, paper: Paper, report: &Report) -> io::Result<()> {
    for expect in Expect::ALL {
        let rows = report.kinds.iter().filter(|kind| kind.expect == expect && kind.count.cases > 0);
        let mut table = block(paper, &["Kind", "What is altered", "Cases", "Alerted, % (95 % interval)"]);
        table.load_style(UTF8_FULL_CONDENSED);
        for kind in rows {
            table.add_row([
                Cell::new(kind.id),
                Cell::new(kind.title),
                right(grouped(kind.count.cases as u64)),
                right(share(kind.count)),
            ]);
        }
        if table.row_count() > 0 {
            writeln!(out, "{}", capital(expect.label()))?;
            writeln!(out, "{table}")?;
        }
    }
    Ok(())
}

/// A phrase with its first letter large.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn parts(out: &mut Target, paper: Paper, report: &Report) -> io::Result<()> {
    let mut table = block(paper, &["Of those that must match", "", "Cases", "Alerted, % (95 % interval)"]);
    table.load_style(UTF8_FULL_CONDENSED);
    let groups =
        [("script", &report.by_script), ("kind of entity", &report.by_group), ("words", &report.by_rarity)];
    for (label, parts) in groups {
        for part in parts {
            table.add_row([
                Cell::new(label),
                Cell::new(&part.part),
                right(grouped(part.count.cases as u64)),
                right(share(part.count)),
            ]);
        }
    }
    writeln!(out, "{table}")
}

fn unlisted(out: &mut Target, paper: Paper, report: &Report) -> io::Result<()> {
    let mut table = block(paper, &["People who are on no list", "People", "Alerts", "Per 1,000 (interval)"]);
    table.load_style(UTF8_FULL_CONDENSED);
    for group in &report.unlisted {
        let thousand = |share: f64| format!("{:.1}", share * 1000.0);
        let (low, high) = (thousand(group.count.low), thousand(group.count.high));
        table.add_row([
            Cell::new(group.title),
            right(grouped(group.count.cases as u64)),
            right(grouped(group.count.hits as u64)),
            right(format!("{:.1} ({low}–{high})", group.per_thousand)),
        ]);
    }
    writeln!(out, "{table}")
}

fn curve(out: &mut Target, paper: Paper, report: &Report) -> io::Result<()> {
    let header =
        ["Threshold", "Must match, %", "Should be shown, %", "Must not match, %", "Per 1,000", "Name alone"];
    let mut table = block(paper, &header);
    table.load_style(UTF8_FULL_CONDENSED);
    // Every tenth of the curve; the JSON has all.
    for point in report.curve.iter().step_by(10) {
        let cells = [
            format!("{:.2}", point.threshold),
            percent(point.must_match),
            percent(point.should_be_shown),
            percent(point.must_not_match),
            format!("{:.1}", point.per_thousand),
            format!("{:.1}", point.per_thousand_name_alone),
        ];
        table.add_row(cells.map(right));
    }
    writeln!(out, "{table}")
}

fn misses(out: &mut Target, paper: Paper, title: &str, misses: &[Miss]) -> io::Result<()> {
    if misses.is_empty() {
        return Ok(());
    }
    let mut table = block(paper, &[title, "Listed → presented", "Score", "Why"]);
    table.load_style(UTF8_FULL_CONDENSED);
    // One of each kind before a second of any.
    let mut seen = std::collections::BTreeMap::new();
    let mut order: Vec<(usize, &Miss)> = misses
        .iter()
        .map(|miss| {
            let place = seen.entry(miss.kind).or_insert(0);
            *place += 1;
            (*place, miss)
        })
        .collect();
    order.sort_by_key(|(place, _)| *place);
    for (_, miss) in order.into_iter().take(MOST_MISSES) {
        table.add_row([
            Cell::new(miss.kind),
            Cell::new(format!("{} → {}", cut(&miss.listed, 60), cut(&miss.presented, 60))),
            right(format!("{:.2}", miss.score)),
            Cell::new(cut(&miss.why, 200)),
        ]);
    }
    writeln!(out, "{table}")
}

/// All in short, a line each.
pub(super) fn closing(figures: &Figures<'_>) -> Vec<String> {
    let changes: Vec<String> = match figures.changes {
        Some([]) => vec!["Baseline: nothing left its interval".to_owned()],
        Some(changes) => changes.iter().map(changed).collect(),
        None => Vec::new(),
    };
    [totals(figures.report), proofs(figures), changes].concat()
}

fn totals(report: &Report) -> Vec<String> {
    report
        .totals
        .iter()
        .filter(|total| total.count.cases > 0)
        .map(|total| {
            let mean = total.mean.map(percent).unwrap_or_default();
            let cases = counted(total.count.cases as u64, "case");
            format!(
                "{}: {cases}, {} % alerted; mean of kinds {mean} %",
                capital(total.expect.label()),
                share(total.count)
            )
        })
        .collect()
}

/// What was proven, and the speed, a line each.
pub(super) fn proofs(figures: &Figures<'_>) -> Vec<String> {
    let report = figures.report;
    let mut lines = Vec::new();
    let exact = report.exact.count;
    lines.push(format!(
        "Names as listed: {} of {} alert at their own entity at {}",
        grouped(exact.hits as u64),
        grouped(exact.cases as u64),
        report.settings.threshold
    ));
    for reason in &report.exact.reasons {
        lines.push(format!("  {}: {}", reason.reason, grouped(reason.names as u64)));
    }
    let exhaustive = report.exhaustive.count;
    lines.push(format!(
        "Index and brute force: {} of {} give the same answer",
        grouped(exhaustive.hits as u64),
        counted(exhaustive.cases as u64, "query")
    ));
    if let Some(speed) = &report.speed {
        lines.push(format!(
            "Speed: {} names a second on one thread, {} on two; half within {:.2} ms, 99 of 100 within {:.2} ms",
            grouped(speed.per_second as u64),
            grouped(speed.per_second_two_threads as u64),
            speed.p50_ms,
            speed.p99_ms
        ));
        lines.push(format!(
            "Compiled in {:.1} s to {:.1} MB; all lists opened in {:.1} ms",
            speed.build_seconds,
            speed.bytes as f64 / 1e6,
            figures.opened_ms.unwrap_or(speed.open_ms)
        ));
    }
    lines
}

/// A change in words.
pub(super) fn changed(change: &Change) -> String {
    let figure = |count: Count| format!("{} % of {}", percent(count.share()), count.cases);
    let word = if change.worse { "WORSE" } else { "better" };
    format!("Baseline: {word}: {} was {}, is {}", change.what, figure(change.before), figure(change.now))
}
