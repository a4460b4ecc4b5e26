//! `cordon screen`: a file of rows against the lists.

use super::{Answer, Run};
use crate::arguments::{Against, Most, To};
use crate::fault::{Fault, Outcome};
use crate::input_file::InputFile;
use crate::output::{self, Closing, Format, Heading, Paper, Report, report, tell};
use crate::target::Target;
use crate::wiring::{Loaded, World};
use clap::Args;
use cordon_matching::Options;
use cordon_report::column_line;
use cordon_screening::batch::{Batch, Counts};
use cordon_screening::input::{Form, Input};
use cordon_screening::wire::Summary;
use std::path::PathBuf;
use std::time::Instant;

/// Screen a file: CSV or JSON Lines, one customer a row
///
/// Columns are found by the names people use (`name`, `first_name` and `last_name`, `dob`, `country`,
/// `passport`, `imo`, …), and what was taken for what is said on standard error. No row stops the others: one that cannot be
/// screened gets an error.
#[derive(Debug, Args)]
pub(crate) struct Screen {
    /// The file, or `-` for standard input; gzip is unpacked
    input: PathBuf,

    #[command(flatten)]
    to: To,

    #[command(flatten)]
    against: Against,

    #[command(flatten)]
    most: Most,
}

impl Run for Screen {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let begun = Instant::now();
        let format = output::format(&self.to);
        let against = &self.against;
        let loaded = world.load(&against.lists, against.as_of, against.policy.as_deref())?;
        let options = options(against, &self.most, &loaded);
        let file = InputFile::open(&self.input, self.to.output.is_some() || format != Format::Table)?;
        let progress = file.progress();
        let name = file.name;
        let mut rows = Input::open(file.reader, file.form)
            .map_err(|error| Fault::of(&error).about(format!("`{name}`")))?;
        let target = Target::open(self.to.output.as_deref())?;
        let paper = Paper::of(&target, world.no_color);
        let heading = heading(world, &name, against, &loaded, options).with_file(&rows);
        let told = heading.warnings.iter().map(|warning| format!("warning: {warning}"));
        told.chain(heading.remarks.iter().cloned()).for_each(|line| tell(&line));

        let mut report = report(format, target, heading, paper)?;
        let mut batch = Batch::new(&loaded.screener, options, rows.by_ref());
        while let Some(screened) = batch.next() {
            let screened =
                screened.map_err(|error| Fault::of(&error).about(format!("cannot read `{name}`")))?;
            report.row(&screened).map_err(|error| Fault::writing(&error))?;
            progress.rows(batch.counts());
        }
        let summary = summary(batch.counts(), options, begun);
        progress.finish();
        close(report, &Closing { summary, sha256: Some(progress.sha256()) })?;

        // The keys of JSON Lines are known only now.
        if rows.form() == Form::JsonLines {
            rows.columns().iter().for_each(|column| tell(&column_line(column)));
        }
        if format != Format::Table || self.to.output.is_some() {
            tell(&output::counts_line(&summary));
            for line in output::checked_lines(&loaded.checked) {
                tell(&format!("checked {line}"));
            }
        }
        Ok(Answer::matched(summary.matched > 0))
    }
}

/// The summary of a batch that began at `begun`.
pub(super) fn summary(counts: Counts, options: Options, begun: Instant) -> Summary {
    let Counts { rows, matched, errors } = counts;
    // To the millisecond.
    let seconds = begun.elapsed().as_millis() as f64 / 1000.0;
    Summary { rows, matched, errors, seconds, threshold: options.threshold, limit: options.limit }
}

/// Ends a report and puts its file in place.
pub(super) fn close(report: Box<Report>, closing: &Closing) -> Outcome<()> {
    report.end(closing).map_err(|error| Fault::writing(&error))?.finish()
}

/// Threshold and limit asked for.
pub(super) fn options(against: &Against, most: &Most, loaded: &Loaded) -> Options {
    let threshold = against.threshold.unwrap_or_else(|| loaded.screener.policy().threshold());
    Options { threshold, limit: most.limit }
}

/// The heading of a report on `subject`.
pub(super) fn heading(
    world: &World,
    subject: &str,
    against: &Against,
    loaded: &Loaded,
    options: Options,
) -> Heading {
    Heading {
        subject: subject.to_owned(),
        is_file: false,
        started: world.now,
        digest: loaded.checked.digest(),
        checked: loaded.checked.clone(),
        threshold: options.threshold,
        warnings: loaded.warnings.clone(),
        remarks: Vec::new(),
        columns: Vec::new(),
        as_of: against.as_of.map(|day| day.to_string()),
    }
}
