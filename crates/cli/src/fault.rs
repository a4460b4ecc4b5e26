//! Why a command could not run: one line, and hints on their own lines.

use crate::shown::one_line;
use std::error::Error;
use std::fmt;
use std::io;

/// Why a command could not run.
#[derive(Debug)]
pub(crate) struct Fault {
    line: String,
    hints: Vec<String>,
    /// The reader of our output went away: there is nothing to say and nobody to say it to.
    silent: bool,
}

/// The result of all that can fail in a command.
pub(crate) type Outcome<T> = Result<T, Fault>;

impl Fault {
    /// A fault in words: lower case start, no full stop.
    pub(crate) fn new(line: impl Into<String>) -> Self {
        Self { line: line.into(), hints: Vec::new(), silent: false }
    }

    /// An error with its sources.
    pub(crate) fn of(error: &dyn Error) -> Self {
        let mut line = error.to_string();
        let mut next = error.source();
        while let Some(source) = next {
            let text = source.to_string();
            if !line.ends_with(&text) {
                line.push_str(": ");
                line.push_str(&text);
            }
            next = source.source();
        }
        Self::new(line)
    }

    /// The same with what it is about before it.
    pub(crate) fn about(mut self, what: impl fmt::Display) -> Self {
        self.line = format!("{what}: {}", self.line);
        self
    }

    /// What went wrong, without hints.
    pub(crate) fn line(&self) -> &str {
        &self.line
    }

    /// The same with a hint.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// A failure to write our output.
    pub(crate) fn writing(error: &io::Error) -> Self {
        let silent = error.kind() == io::ErrorKind::BrokenPipe;
        Self { silent, ..Self::of(error).about("cannot write the answer") }
    }

    /// What the argument parser has to say.
    pub(crate) fn usage(error: &clap::Error) -> Self {
        let text = error.render().to_string();
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut line = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let mut hints = Vec::new();
        for more in lines.filter(|line| !line.starts_with("For more information")) {
            let usage = more.starts_with("Usage: ").then_some(more);
            if let Some(hint) = more.strip_prefix("tip: ").or(usage) {
                hints.push(hint.to_owned());
            } else {
                line.extend([" ", more]);
            }
        }
        hints.push("`cordon --help` tells more".to_owned());
        Self { line, hints, silent: false }
    }

    /// The lines for standard error.
    pub(crate) fn text(&self) -> String {
        if self.silent {
            return String::new();
        }
        let mut text = format!("cordon: {}\n", one_line(&self.line));
        for hint in &self.hints {
            text.extend(["  hint: ", &one_line(hint), "\n"]);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Arguments;
    use clap::Parser as _;

    #[test]
    fn a_fault_is_one_line_and_its_hints() {
        let fault = Fault::new("no\nlist \u{1b}[31m").about("x").hint("do\tthis");
        assert_eq!(fault.text(), "cordon: x: no list \u{fffd}[31m\n  hint: do this\n");
        let broken = Fault::writing(&io::ErrorKind::BrokenPipe.into());
        assert_eq!(broken.text(), "");
    }

    #[test]
    fn wrong_arguments_are_one_line_too() {
        for arguments in [
            &["cordon", "screen"][..],
            &["cordon", "screen", "a.csv", "--threshold", "7"],
            &["cordon", "screen", "a.csv", "--nonsense"],
            &["cordon", "screen", "a.csv", "--format", "xml"],
            &["cordon", "entity", "x", "--as-of", "soon"],
            &["cordon", "scren"],
        ] {
            let error = Arguments::try_parse_from(arguments).unwrap_err();
            let text = Fault::usage(&error).text();
            let mut lines = text.lines();
            assert!(lines.next().unwrap().starts_with("cordon: "), "{text}");
            assert!(lines.all(|line| line.starts_with("  hint: ")), "{text}");
        }
    }
}
