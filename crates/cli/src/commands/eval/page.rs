//! The report as a page without scripts or outside parts, to be read, printed and kept.

use super::pictures::{Line, bar, chart, interval, ticks};
use super::table::{capital, changed, percent, share};
use super::{Figures, table};
use crate::output::moment;
use crate::shown::{cut, grouped, one_line};
use crate::target::Target;
use askama::Template;
use cordon_evaluation::{Count, Expect, KindResult, Miss, Part, RARITIES, Report, Share};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};

#[derive(Template)]
#[template(path = "evaluation/page.html")]
struct Page<'a> {
    figures: &'a Figures<'a>,
    report: &'a Report,
    warnings: Vec<String>,
    numbers: Vec<Number>,
    lists: Vec<ListLine>,
    recall_chart: String,
    alerts_chart: String,
    tables: Vec<KindTable<'a>>,
    not_made: Vec<&'a KindResult>,
    grid: Grid,
    rarities: Vec<PartLine>,
    crowds: Vec<Crowd<'a>>,
    reasons: Vec<(&'a str, String)>,
    exclusions: Vec<(String, &'a str, String, &'a str)>,
    more_exclusions: usize,
    misses: Vec<MissLine<'a>>,
    false_matches: Vec<MissLine<'a>>,
    changes: Vec<(bool, String)>,
    proofs: Vec<String>,
}

struct Number {
    value: String,
    label: String,
    class: &'static str,
}

struct ListLine {
    id: String,
    title: &'static str,
    published: String,
    fetched: String,
    entities: String,
    snapshot: String,
}

struct KindTable<'a> {
    title: String,
    what: &'static str,
    total: String,
    rows: Vec<KindLine<'a>>,
}

struct KindLine<'a> {
    kind: &'a KindResult,
    cases: String,
    share: String,
    picture: String,
    cells: Vec<(String, String)>,
}

/// Recall by kind of entity and script.
struct Grid {
    scripts: Vec<String>,
    rows: Vec<(&'static str, Vec<GridCell>)>,
}

struct GridCell {
    share: String,
    cases: String,
    /// Strength of the colour, per cent.
    tint: usize,
}

struct PartLine {
    part: String,
    cases: String,
    share: String,
    picture: String,
}

struct Crowd<'a> {
    title: String,
    line: String,
    /// Whether cultures are not folded away.
    open: bool,
    cultures: Vec<PartLine>,
    examples: Vec<ExampleLine<'a>>,
}

struct ExampleLine<'a> {
    name: String,
    caption: String,
    id: &'a str,
    score: String,
    why: String,
}

struct MissLine<'a> {
    kind: &'a str,
    listed: String,
    presented: String,
    id: String,
    score: String,
    why: String,
}

/// Exclusions shown; the JSON has all.
const MOST_EXCLUSIONS: usize = 100;

/// What is said of each expectation, and the class of its colour.
const TABLES: [(Expect, &str, &str); 4] = [
    (Expect::Match, "Alterations after which the name must still alert at its own entity.", "must"),
    (
        Expect::Review,
        "A careful reviewer would want to see these; they may fall short of an alert.",
        "review",
    ),
    (Expect::Never, "These name somebody else. Fewer alerts are better.", "never"),
    (Expect::Open, "Nothing is expected; shown for information.", "open"),
];

pub(super) fn write(out: &mut Target, figures: &Figures<'_>) -> io::Result<()> {
    out.write_all(page(figures).render().map_err(io::Error::other)?.as_bytes())
}

fn page<'a>(figures: &'a Figures<'a>) -> Page<'a> {
    let report = figures.report;
    let exclusions = &report.exact.exclusions;
    Page {
        figures,
        report,
        warnings: figures.loaded.warnings.iter().map(|warning| one_line(warning)).collect(),
        numbers: numbers(report),
        lists: lists(figures),
        recall_chart: recall_chart(report),
        alerts_chart: alerts_chart(report),
        tables: TABLES
            .iter()
            .filter_map(|(expect, what, class)| kind_table(report, *expect, what, class))
            .collect(),
        not_made: report.kinds.iter().filter(|kind| kind.not_made.is_some()).collect(),
        grid: grid(report),
        rarities: by_rarity(report),
        crowds: crowds(report),
        reasons: report.exact.reasons.iter().map(|row| (row.reason, grouped(row.names as u64))).collect(),
        exclusions: exclusions
            .iter()
            .take(MOST_EXCLUSIONS)
            .map(|row| (cut(&row.name, 120), row.id.as_str(), format!("{:.2}", row.score), row.reason))
            .collect(),
        more_exclusions: exclusions.len().saturating_sub(MOST_EXCLUSIONS),
        misses: report.misses.iter().map(miss_line).collect(),
        false_matches: report.false_matches.iter().map(miss_line).collect(),
        changes: figures
            .changes
            .unwrap_or_default()
            .iter()
            .map(|change| (change.worse, changed(change)))
            .collect(),
        proofs: table::proofs(figures),
    }
}

fn numbers(report: &Report) -> Vec<Number> {
    let total =
        |expect: Expect| report.totals.iter().find(|total| total.expect == expect).map(|total| total.count);
    let of = |expect: Expect| {
        let count = total(expect).unwrap_or_else(|| Share::from(Count::default()));
        count.share.map_or_else(|| "–".to_owned(), |share| format!("{} %", percent(share)))
    };
    let number = |value: String, label: &str, class| Number { value, label: label.to_owned(), class };
    let exact = report.exact.count;
    let mut numbers = vec![
        number(of(Expect::Match), "of alterations that must match alert", ""),
        number(of(Expect::Never), "of traps alert", ""),
    ];
    for group in &report.unlisted {
        numbers.push(number(
            format!("{:.1}", group.per_thousand),
            &format!("alerts per 1,000: {}", group.title),
            "",
        ));
    }
    let left = exact.cases - exact.hits;
    numbers.push(number(
        grouped(left as u64),
        &format!("of {} names as listed do not alert", grouped(exact.cases as u64)),
        if left > 0 { "fault" } else { "" },
    ));
    let lost = report.exhaustive.count.cases - report.exhaustive.count.hits;
    numbers.push(number(
        grouped(lost as u64),
        &format!("of {} answers differ from brute force", grouped(report.exhaustive.count.cases as u64)),
        if lost > 0 { "alarm" } else { "" },
    ));
    numbers
}

fn lists(figures: &Figures<'_>) -> Vec<ListLine> {
    let line = |list: &cordon_screening::wire::CheckedList| ListLine {
        id: list.id.clone(),
        title: cordon_lists::watchlist(&list.id).map_or("", |row| row.title),
        published: list.published.clone().unwrap_or_else(|| "not stated".to_owned()),
        fetched: list.fetched.as_deref().map_or_else(|| "built in".to_owned(), moment),
        entities: grouped(list.entities as u64),
        snapshot: list.snapshot.clone(),
    };
    figures.loaded.checked.lists.iter().map(line).collect()
}

fn recall_chart(report: &Report) -> String {
    let lines = [
        Line { class: "must", label: "must match", value: |point| point.must_match * 100.0 },
        Line { class: "review", label: "should be shown", value: |point| point.should_be_shown * 100.0 },
        Line { class: "never", label: "must not match", value: |point| point.must_not_match * 100.0 },
    ];
    chart(&report.curve, &lines, report.settings.threshold, &[0.0, 25.0, 50.0, 75.0, 100.0], " %")
}

fn alerts_chart(report: &Report) -> String {
    let mut lines = vec![
        Line { class: "never", label: "name alone", value: |point| point.per_thousand_name_alone },
        Line {
            class: "must",
            label: "with date of birth and nationality",
            value: |point| point.per_thousand,
        },
    ];
    if report.curve.iter().any(|point| point.per_thousand_own.is_some()) {
        lines.push(Line {
            class: "review",
            label: "people given",
            value: |point| point.per_thousand_own.unwrap_or(0.0),
        });
    }
    let values = report.curve.iter().flat_map(|point| lines.iter().map(|line| (line.value)(point)));
    chart(&report.curve, &lines, report.settings.threshold, &ticks(values.fold(0.0, f64::max)), "")
}

fn kind_table<'a>(
    report: &'a Report,
    expect: Expect,
    what: &'static str,
    class: &'static str,
) -> Option<KindTable<'a>> {
    let measured = report.kinds.iter().filter(|kind| kind.expect == expect && kind.count.cases > 0);
    let rows: Vec<KindLine<'a>> = measured
        .map(|kind| KindLine {
            kind,
            cases: grouped(kind.count.cases as u64),
            share: share(kind.count),
            picture: interval(kind.count, class),
            cells: kind
                .cells
                .iter()
                .map(|cell| {
                    let label = format!("{}, {}", cell.group, script(&cell.script));
                    (label, format!("{} of {}: {} %", cell.count.hits, cell.count.cases, share(cell.count)))
                })
                .collect(),
        })
        .collect();
    let total = report.totals.iter().find(|total| total.expect == expect)?;
    let mean = total.mean.map(percent).unwrap_or_default();
    let total = format!(
        "{} cases, {} % alerted; mean of kinds {mean} %",
        grouped(total.count.cases as u64),
        share(total.count)
    );
    (!rows.is_empty()).then(|| KindTable { title: capital(expect.label()), what, total, rows })
}

fn script(name: &str) -> &str {
    if name == "None" { "no letters" } else { name }
}

fn grid(report: &Report) -> Grid {
    let mut counts: BTreeMap<(&'static str, &str), Count> = BTreeMap::new();
    for cell in report.kinds.iter().filter(|kind| kind.expect == Expect::Match).flat_map(|kind| &kind.cells) {
        let count = counts.entry((cell.group, cell.script.as_str())).or_default();
        *count = count.with(cell.count.count());
    }
    let known: BTreeSet<&str> = counts.keys().map(|(_, script)| *script).collect();
    // The most frequent script first, as the report has them.
    let scripts: Vec<&str> = report
        .by_script
        .iter()
        .map(|part| part.part.as_str())
        .filter(|script| known.contains(script))
        .collect();
    let cell = |group: &'static str, script: &str| match counts.get(&(group, script)) {
        Some(count) => GridCell {
            share: format!("{} %", percent(count.share())),
            cases: grouped(count.cases as u64),
            tint: ((1.0 - count.share()) * 70.0) as usize,
        },
        None => GridCell { share: String::new(), cases: String::new(), tint: 0 },
    };
    let groups: BTreeSet<&'static str> = counts.keys().map(|(group, _)| *group).collect();
    Grid {
        rows: groups
            .into_iter()
            .map(|group| (group, scripts.iter().map(|script| cell(group, script)).collect()))
            .collect(),
        scripts: scripts.into_iter().map(|name| script(name).to_owned()).collect(),
    }
}

/// From common to rare.
fn by_rarity(report: &Report) -> Vec<PartLine> {
    let part = |name: &str| report.by_rarity.iter().find(|part| part.part == name);
    RARITIES.into_iter().filter_map(part).map(part_line).collect()
}

fn part_line(part: &Part) -> PartLine {
    PartLine {
        part: part.part.clone(),
        cases: grouped(part.count.cases as u64),
        share: share(part.count),
        picture: interval(part.count, "must"),
    }
}

fn crowds(report: &Report) -> Vec<Crowd<'_>> {
    let crowd = |group: &'_ cordon_evaluation::Unlisted| {
        let most = group.by_culture.iter().filter_map(|part| part.count.share).fold(0.01, f64::max);
        let cultures = group.by_culture.iter().map(|part| PartLine {
            part: part.part.replace('_', " "),
            cases: grouped(part.count.cases as u64),
            share: format!("{:.1}", part.count.share.unwrap_or(0.0) * 1000.0),
            picture: bar(part.count, most * 1.5),
        });
        (capital(group.title), cultures.collect::<Vec<_>>())
    };
    report
        .unlisted
        .iter()
        .map(|group| {
            let (title, cultures) = crowd(group);
            Crowd {
                title,
                open: group.id == "generated_name_alone",
                line: format!(
                    "{} of {} alert: {:.1} per 1,000 (95 % interval {:.1}–{:.1})",
                    grouped(group.count.hits as u64),
                    grouped(group.count.cases as u64),
                    group.per_thousand,
                    group.count.low * 1000.0,
                    group.count.high * 1000.0
                ),
                cultures,
                examples: group
                    .examples
                    .iter()
                    .map(|example| ExampleLine {
                        name: cut(&example.name, 120),
                        caption: cut(&example.caption, 120),
                        id: &example.id,
                        score: format!("{:.2}", example.score),
                        why: cut(&example.why, 300),
                    })
                    .collect(),
            }
        })
        .collect()
}

fn miss_line(miss: &Miss) -> MissLine<'_> {
    MissLine {
        kind: miss.kind,
        listed: cut(&miss.listed, 120),
        presented: cut(&miss.presented, 120),
        id: one_line(&miss.id),
        score: format!("{:.2}", miss.score),
        why: cut(&miss.why, 400),
    }
}
