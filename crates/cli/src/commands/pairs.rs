//! `cordon pairs`: two names or entities per row scored against each other.

use super::{Answer, Run};
use crate::arguments::To;
use crate::fault::{Fault, Outcome};
use crate::input_file::InputFile;
use crate::output::{Format, Paper, block, explanation, format_of, line, written};
use crate::shown::one_line;
use crate::target::Target;
use crate::view;
use crate::wiring::{World, policy};
use clap::Args;
use cordon_matching::{Match, score_pair};
use cordon_screening::batch::Counts;
use cordon_screening::input::Form;
use cordon_screening::pairs::{Original, Pair, WirePair};
use std::io;
use std::path::PathBuf;

/// Score two names or entities per row against each other
///
/// CSV with name1, name2 and perhaps schema, dob1, dob2, …; or JSON Lines with left and right. Each row is written
/// back with `score` and `explanation`, whatever the score.
#[derive(Debug, Args)]
pub(crate) struct Pairs {
    /// The file, or `-` for standard input; gzip is unpacked
    input: PathBuf,

    /// Named set of weights
    #[arg(long, value_name = "NAME")]
    policy: Option<String>,

    #[command(flatten)]
    to: To,
}

impl Run for Pairs {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let policy = policy(self.policy.as_deref())?;
        let file = InputFile::open(&self.input, self.to.output.is_some())?;
        let progress = file.progress();
        let name = file.name;
        let mut pairs = cordon_screening::pairs::Pairs::open(file.reader, file.form)
            .map_err(|error| Fault::of(&error).about(format!("`{name}`")))?;
        let format = self.format(pairs.form())?;
        let target = Target::open(self.to.output.as_deref())?;
        let paper = Paper::of(&target, world.no_color);
        let mut sheet =
            Sheet::open(format, target, paper, pairs.header()).map_err(|error| Fault::writing(&error))?;
        let mut counts = Counts::default();
        for pair in pairs.by_ref() {
            let mut pair = pair.map_err(|error| Fault::of(&error).about(format!("cannot read `{name}`")))?;
            let right = std::mem::replace(&mut pair.right, nobody());
            let scored = pair.error.is_none().then(|| score_pair(&policy, &pair.left, right));
            sheet.row(&pair, scored.as_ref()).map_err(|error| Fault::writing(&error))?;
            counts.rows += 1;
            progress.rows(counts);
        }
        progress.finish();
        sheet.end()?;
        Ok(Answer::Clear)
    }
}

fn nobody() -> cordon_model::Entity {
    cordon_model::Entity::new(String::new().into(), cordon_model::Schema::Thing)
}

impl Pairs {
    /// The form asked for; else that of the input, so that rows are written back as they came.
    fn format(&self, input: Form) -> Outcome<Format> {
        let native = if input == Form::Delimited { Format::Csv } else { Format::Jsonl };
        if self.to.format.is_none() && self.to.output.is_none() {
            return Ok(native);
        }
        format_of(&self.to, &[native, Format::Jsonl, Format::Table])
    }
}

/// Where rows are written back to.
enum Sheet {
    Csv(Box<csv::Writer<Target>>),
    Lines(Target, Vec<String>),
    Table(Target, Box<comfy_table::Table>),
}

impl Sheet {
    fn open(format: Format, target: Target, paper: Paper, header: &[String]) -> io::Result<Self> {
        Ok(match format {
            Format::Csv => {
                let mut out = csv::WriterBuilder::new().flexible(true).from_writer(target);
                let own = ["score", "explanation"];
                out.write_record(header.iter().map(String::as_str).chain(own)).map_err(written)?;
                Self::Csv(Box::new(out))
            }
            Format::Table => Self::Table(target, Box::new(block(paper, &["Left", "Right", "Score", "Why"]))),
            _ => Self::Lines(target, header.to_vec()),
        })
    }

    fn row(&mut self, pair: &Pair, scored: Option<&Match>) -> io::Result<()> {
        let why = match (scored, &pair.error) {
            (Some(scored), _) => explanation(scored),
            (None, error) => format!("error: {}", error.as_deref().unwrap_or_default()),
        };
        match self {
            Self::Csv(out) => {
                let cells = match &pair.original {
                    Original::Cells(cells) => cells.as_slice(),
                    Original::Object(_) => &[],
                };
                let score = scored.map(|scored| scored.score.to_string()).unwrap_or_default();
                out.write_record(cells.iter().chain([&score, &why])).map_err(written)
            }
            Self::Lines(out, header) => line(out, &WirePair { pair, scored, header }),
            Self::Table(_, table) => {
                let right = scored.map_or("", |scored| scored.entity.caption());
                let score = scored.map(|scored| view::score(scored.score)).unwrap_or_default();
                table.add_row([view::name(pair.left.caption()), view::name(right), score, one_line(&why)]);
                Ok(())
            }
        }
    }

    fn end(self) -> Outcome<()> {
        let mut target = match self {
            Self::Csv(out) => out.into_inner().map_err(|error| Fault::writing(&error.into_error()))?,
            Self::Lines(target, _) => target,
            Self::Table(mut target, table) => {
                io::Write::write_fmt(&mut target, format_args!("{table}\n"))
                    .map_err(|error| Fault::writing(&error))?;
                target
            }
        };
        io::Write::flush(&mut target).map_err(|error| Fault::writing(&error))?;
        target.finish()
    }
}
