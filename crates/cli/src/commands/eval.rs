//! `cordon eval`: how well the loaded lists and the policy find altered names, and how often they cry wolf.

mod page;
mod pictures;
mod table;

use super::{Answer, Run};
use crate::arguments::{Against, To};
use crate::fault::{Fault, Outcome};
use crate::input_file::InputFile;
use crate::output::{Format, Paper, checked_lines, format_of, line, tell};
use crate::shown::counted;
use crate::target::Target;
use crate::wiring::{Loaded, World};
use clap::Args;
use cordon_evaluation::{Baseline, Change, Extra, Report, Settings, evaluate};
use cordon_model::Entity;
use cordon_screening::input::Input;
use cordon_screening::wire::Checked;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Measure the filter: recall by kind of alteration, false alerts, threshold curve, proofs
///
/// Names of the loaded lists are altered in the ways typists, writers of other scripts and evaders alter them, and asked
/// again; people who are on no list are made up and asked as well. The same lists, policy and settings give the same
/// figures. With an OUT that ends in `.html`, the figures are also written beside it as JSON.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 measured, 1 worse than the baseline or a proof failed, 2 it could not run."
)]
pub(crate) struct Eval {
    #[command(flatten)]
    to: To,

    #[command(flatten)]
    against: Against,

    /// Most cases of one kind of alteration for each kind of entity and script [default: 100]
    #[arg(long, value_name = "N")]
    cases: Option<usize>,

    /// Made-up people who are on no list [default: 5000]
    #[arg(long, value_name = "N")]
    people: Option<usize>,

    /// Seed of the dice [default: 1]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    /// Queries whose answers are compared with those of brute force [default: 200; 2000 if N is left out]
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "2000")]
    exhaustive: Option<usize>,

    /// Most misses shown of one kind [default: 5]
    #[arg(long, value_name = "N")]
    misses: Option<usize>,

    /// People of your own who are on no list: CSV or JSON Lines, as for `cordon screen`
    #[arg(long, value_name = "FILE")]
    unlisted: Option<PathBuf>,

    /// Measure speed too; these figures differ from run to run
    #[arg(long)]
    speed: bool,

    /// Compare with figures kept before, asking for the same; options above take precedence
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Keep the figures to compare with later
    #[arg(long, value_name = "FILE")]
    save_baseline: Option<PathBuf>,
}

/// The report on the wire: one line.
#[derive(Serialize)]
struct WireReport<'a> {
    evaluation: &'a Report,
    /// Milliseconds from the start of the command to open lists; with `--speed` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    opened_ms: Option<f64>,
    /// What left its interval; with `--baseline` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<WireChange<'a>>>,
    checked: &'a Checked,
}

/// A change on the wire.
#[derive(Serialize)]
struct WireChange<'a> {
    what: &'a str,
    before: cordon_evaluation::Share,
    now: cordon_evaluation::Share,
    worse: bool,
}

/// All that an answer shows.
struct Figures<'a> {
    report: &'a Report,
    changes: Option<&'a [Change]>,
    loaded: &'a Loaded,
    opened_ms: Option<f64>,
    started: String,
}

impl Run for Eval {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let format = format_of(&self.to, &[Format::Table, Format::Jsonl, Format::Html])?;
        let begun = Instant::now();
        let against = &self.against;
        let loaded = world.load(&against.lists, against.as_of, against.policy.as_deref())?;
        let opened = begun.elapsed();
        loaded.warnings.iter().for_each(|warning| tell(&format!("warning: {warning}")));
        let baseline = self.baseline.as_deref().map(read_baseline).transpose()?;
        let settings = self.settings(baseline.as_ref(), loaded.screener.policy().threshold())?;
        let target = Target::open(self.to.output.as_deref())?;
        let bar = bar();
        let clock = || begun.elapsed();
        let notice = |step: &str| bar.set_message(step.to_owned());
        let report = evaluate(
            &loaded.screener,
            settings,
            &Extra {
                unlisted: self.unlisted.as_deref().map(people_of).transpose()?.unwrap_or_default(),
                clock: self.speed.then_some(&clock),
                notice: Some(&notice),
            },
        );
        bar.finish_and_clear();
        let changes = baseline.as_ref().map(|baseline| baseline.changes(&report));
        let figures = Figures {
            report: &report,
            changes: changes.as_deref(),
            loaded: &loaded,
            opened_ms: self.speed.then_some(opened.as_micros() as f64 / 1000.0),
            started: world.now.strftime("%-d %B %Y, %H:%M UTC").to_string(),
        };
        write(format, target, world, &figures)?;
        if format == Format::Html
            && let Some(twin) = self.to.output.as_deref().filter(|path| path.as_os_str() != "-")
        {
            write(Format::Jsonl, Target::open(Some(&twin.with_extension("json")))?, world, &figures)?;
        }
        if let Some(path) = &self.save_baseline {
            save_baseline(path, &Baseline::of(&report))?;
        }
        if format != Format::Table || self.to.output.is_some() {
            let checked = checked_lines(&loaded.checked).into_iter().map(|line| format!("checked {line}"));
            for line in table::closing(&figures).into_iter().chain(checked) {
                tell(&line);
            }
        }
        let worse = changes.iter().flatten().any(|change| change.worse);
        Ok(if worse || !report.is_proven() { Answer::Worse } else { Answer::Clear })
    }
}

impl Eval {
    /// What is asked for: by option, else as the baseline asked, else as usual.
    fn settings(&self, baseline: Option<&Baseline>, threshold: f64) -> Outcome<Settings> {
        let usual =
            baseline.map_or(Settings { threshold, ..Settings::default() }, |baseline| baseline.settings);
        let settings = Settings {
            seed: self.seed.unwrap_or(usual.seed),
            threshold: self.against.threshold.unwrap_or(usual.threshold),
            cases: self.cases.unwrap_or(usual.cases),
            people: self.people.unwrap_or(usual.people),
            exhaustive: self.exhaustive.unwrap_or(usual.exhaustive),
            misses: self.misses.unwrap_or(usual.misses),
        };
        if settings.threshold < LEAST_THRESHOLD {
            return Err(Fault::new(format!("threshold `{}` is too low to be measured", settings.threshold))
                .hint(format!("it can be {LEAST_THRESHOLD} to 1")));
        }
        Ok(settings)
    }
}

/// Scores below are not looked at.
const LEAST_THRESHOLD: f64 = 0.5;

/// What is being done, for people who wait.
fn bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn read_baseline(path: &Path) -> Outcome<Baseline> {
    let failed = |fault: Fault| fault.about(format!("cannot read baseline `{}`", path.display()));
    let text = std::fs::read(path).map_err(|error| failed(Fault::of(&error)))?;
    // A whole report holds what a baseline holds.
    let parsed: Result<serde_json::Value, _> = serde_json::from_slice(&text);
    let value = parsed.map_err(|error| failed(Fault::of(&error)))?;
    let kept = value.get("evaluation").cloned().unwrap_or(value);
    serde_json::from_value(kept)
        .map_err(|error| failed(Fault::of(&error)).hint("`cordon eval --save-baseline FILE` writes one"))
}

fn save_baseline(path: &Path, baseline: &Baseline) -> Outcome<()> {
    let mut target = Target::open(Some(path))?;
    serde_json::to_writer_pretty(&mut target, baseline)
        .map_err(io::Error::from)
        .and_then(|()| target.write_all(b"\n"))
        .map_err(|error| Fault::writing(&error))?;
    target.finish()
}

/// The people of a file; rows that cannot be asked are said and left out.
fn people_of(path: &Path) -> Outcome<Vec<Entity>> {
    let file = InputFile::open(path, false)?;
    let name = file.name;
    let rows =
        Input::open(file.reader, file.form).map_err(|error| Fault::of(&error).about(format!("`{name}`")))?;
    let (mut people, mut lost) = (Vec::new(), 0);
    for row in rows {
        let row = row.map_err(|error| Fault::of(&error).about(format!("cannot read `{name}`")))?;
        if row.error.is_some() { lost += 1 } else { people.push(row.query) }
    }
    if lost > 0 {
        tell(&format!("{} of `{name}` cannot be asked and left out", counted(lost, "row")));
    }
    if people.is_empty() {
        return Err(Fault::new(format!("`{name}` holds no row that can be asked")));
    }
    Ok(people)
}

fn write(format: Format, mut target: Target, world: &World, figures: &Figures<'_>) -> Outcome<()> {
    let paper = Paper::of(&target, world.no_color);
    match format {
        Format::Html => page::write(&mut target, figures),
        Format::Table => table::write(&mut target, paper, figures),
        _ => line(&mut target, &wire(figures)),
    }
    .map_err(|error| Fault::writing(&error))?;
    target.finish()
}

fn wire<'a>(figures: &Figures<'a>) -> WireReport<'a> {
    let change = |change: &'a Change| WireChange {
        what: &change.what,
        before: change.before.into(),
        now: change.now.into(),
        worse: change.worse,
    };
    WireReport {
        evaluation: figures.report,
        opened_ms: figures.opened_ms,
        changes: figures.changes.map(|changes| changes.iter().map(change).collect()),
        checked: &figures.loaded.checked,
    }
}
