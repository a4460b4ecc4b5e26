//! `cordon text`: listed parties named in running text.

use super::screen::options;
use super::{Answer, Run};
use crate::arguments::{Against, To};
use crate::fault::{Fault, Outcome};
use crate::output::{Format, format_of};
use crate::wiring::World;
use clap::Args;
use std::path::PathBuf;

/// Find listed parties named in a text
#[derive(Debug, Args)]
pub(crate) struct Text {
    /// The file, or `-` for standard input
    file: PathBuf,

    #[command(flatten)]
    to: To,

    #[command(flatten)]
    against: Against,
}

impl Run for Text {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let _format = format_of(&self.to, &[Format::Table, Format::Jsonl])?;
        let loaded = world.load(&self.against.lists, self.against.as_of, self.against.policy.as_deref())?;
        let _options = options(&self.against, &loaded);
        Err(Fault::new(format!("cannot read `{}`: text is not screened yet", self.file.display())))
    }
}
