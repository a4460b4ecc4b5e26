//! How answers are written: one file and one row per form.

mod table;

pub(crate) use cordon_report::{Closing, Heading, explanation, line, moment, written};
pub(crate) use table::{Paper, block};

use crate::arguments::To;
use crate::fault::{Fault, Outcome};
use crate::shown::{counted, one_line};
use crate::target::Target;
use clap::ValueEnum;
use cordon_screening::wire::{Checked, Summary};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

/// A form of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people at a terminal
    Table,
    /// For programs: one JSON object per line
    Jsonl,
    /// For spreadsheets
    Csv,
    /// For the file: a report of one page, printable
    Html,
}

/// A report that goes to a target.
pub(crate) type Report = dyn cordon_report::Report<Target>;

/// Opens a report; some write their beginning at once.
type Open = fn(Target, Heading, Paper) -> io::Result<Box<Report>>;

/// A row of the table of forms.
struct Output {
    format: Format,
    /// Endings of file names that ask for it.
    endings: &'static [&'static str],
    open: Open,
}

const OUTPUTS: &[Output] = &[
    Output { format: Format::Table, endings: &["txt"], open: table::open },
    Output {
        format: Format::Jsonl,
        endings: &["jsonl", "ndjson", "json"],
        open: |out, heading, _| cordon_report::jsonl(out, heading),
    },
    Output {
        format: Format::Csv,
        endings: &["csv"],
        open: |out, heading, _| cordon_report::sheet(out, heading),
    },
    Output {
        format: Format::Html,
        endings: &["html", "htm"],
        open: |out, heading, _| cordon_report::page(out, heading),
    },
];

/// The form asked for: by `--format`, by the ending of the file, by who reads.
pub(crate) fn format(to: &To) -> Format {
    let by_ending = || {
        let ending = to.output.as_deref().and_then(Path::extension)?.to_str()?.to_ascii_lowercase();
        OUTPUTS.iter().find(|row| row.endings.contains(&ending.as_str())).map(|row| row.format)
    };
    let by_reader =
        || if to.output.is_none() && io::stdout().is_terminal() { Format::Table } else { Format::Jsonl };
    to.format.or_else(by_ending).unwrap_or_else(by_reader)
}

/// The form asked for, of a command that has only these.
pub(crate) fn format_of(to: &To, known: &[Format]) -> Outcome<Format> {
    let format = format(to);
    if known.contains(&format) {
        return Ok(format);
    }
    let name = |format: &Format| {
        format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    };
    let names: Vec<String> = known.iter().map(name).collect();
    Err(Fault::new(format!("this command cannot write `{}`", name(&format)))
        .hint(format!("it can write {}", names.join(", "))))
}

/// Opens a report.
pub(crate) fn report(format: Format, target: Target, heading: Heading, paper: Paper) -> Outcome<Box<Report>> {
    let opened =
        OUTPUTS.iter().find(|row| row.format == format).map(|row| (row.open)(target, heading, paper));
    opened.unwrap_or_else(|| Err(io::ErrorKind::Unsupported.into())).map_err(|error| Fault::writing(&error))
}

/// Tells people something on standard error.
pub(crate) fn tell(line: &str) {
    // Standard error may be closed; there is nobody to tell then.
    let _ = writeln!(io::stderr(), "{}", one_line(line));
}

/// What was checked, in words.
pub(crate) fn checked_lines(checked: &Checked) -> Vec<String> {
    let list = |list: &cordon_screening::wire::CheckedList| {
        let published =
            list.published.as_deref().map_or_else(String::new, |day| format!(", published {day}"));
        let fetched = match list.fetched.as_deref() {
            Some(time) => format!(", fetched {}", moment(time)),
            None => ", built in".to_owned(),
        };
        let entities = counted(list.entities as u64, "entity");
        format!("{} ({entities}{published}{fetched}, snapshot {})", list.id, list.snapshot)
    };
    checked.lists.iter().map(list).collect()
}

/// The day of a time, UTC.
pub(crate) fn day(time: &str) -> String {
    time.split('T').next().unwrap_or_default().to_owned()
}

/// What was found, on one line.
pub(crate) fn counts_line(summary: &Summary) -> String {
    let clear = summary.rows.saturating_sub(summary.matched + summary.errors);
    format!(
        "{}: {} with matches, {clear} clear, {} with errors, in {:.1} s",
        counted(summary.rows, "row"),
        summary.matched,
        summary.errors,
        summary.seconds
    )
}
