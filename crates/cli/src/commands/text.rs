//! `cordon text`: listed parties named in running text.

use super::{Answer, Run};
use crate::arguments::{Against, To};
use crate::fault::{Fault, Outcome};
use crate::input_file::InputFile;
use crate::output::{Format, Paper, block, checked_lines, format_of, line, tell};
use crate::shown::counted;
use crate::target::Target;
use crate::view;
use crate::wiring::World;
use clap::Args;
use cordon_matching::Match;
use cordon_screening::input::whole_text;
use cordon_screening::text::{Mention, THRESHOLD, TextMatch, scan};
use cordon_screening::wire::{Checked, WireMatch};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::time::Instant;

/// Longest text that is read, in bytes: a book has a few million.
const LONGEST_TEXT: u64 = 64 << 20;

/// Find listed parties named in a text
#[derive(Debug, Args)]
pub(crate) struct Text {
    /// The file, or `-` for standard input; gzip is unpacked
    file: PathBuf,

    #[command(flatten)]
    to: To,

    #[command(flatten)]
    against: Against,
}

/// A mention on the wire: where it stands, and the match of answers.
#[derive(Serialize)]
struct WireMention<'a> {
    quote: &'a str,
    line: usize,
    /// First byte, and the one after the last, of the text in UTF-8.
    start: usize,
    end: usize,
    /// The same in characters.
    char_start: usize,
    char_end: usize,
    /// `full`, or `short` for part of a name that stands in full elsewhere.
    mention: &'static str,
    #[serde(flatten)]
    found: WireMatch<'a>,
    checked: &'a str,
}

/// The last line.
#[derive(Serialize)]
struct WireEnd<'a> {
    summary: Summary,
    checked: &'a Checked,
}

#[derive(Clone, Copy, Serialize)]
struct Summary {
    mentions: usize,
    entities: usize,
    seconds: f64,
    threshold: f64,
}

fn word(mention: Mention) -> &'static str {
    match mention {
        Mention::Full => "full",
        Mention::Short => "short",
    }
}

impl Text {
    fn read(&self) -> Outcome<String> {
        let file = InputFile::open(&self.file, false)?;
        let mut bytes = Vec::new();
        let failed = |error: &io::Error| Fault::of(error).about(format!("cannot read `{}`", file.name));
        file.reader.take(LONGEST_TEXT + 1).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
        if bytes.len() as u64 > LONGEST_TEXT {
            return Err(Fault::new(format!("`{}` is longer than {LONGEST_TEXT} bytes", file.name))
                .hint("give it in parts"));
        }
        let (text, remark) = whole_text(bytes);
        if let Some(remark) = remark {
            tell(&remark);
        }
        Ok(text)
    }
}

impl Run for Text {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let begun = Instant::now();
        let format = format_of(&self.to, &[Format::Table, Format::Jsonl])?;
        let against = &self.against;
        let loaded = world.load(&against.lists, against.as_of, against.policy.as_deref())?;
        let text = self.read()?;
        loaded.warnings.iter().for_each(|warning| tell(&format!("warning: {warning}")));
        let threshold = against.threshold.unwrap_or(THRESHOLD);
        let mentions = scan(&text, &loaded.screener, threshold);
        let entities: BTreeSet<&str> =
            mentions.iter().map(|mention| mention.found.entity.id.as_str()).collect();
        let seconds = begun.elapsed().as_millis() as f64 / 1000.0;
        let summary = Summary { mentions: mentions.len(), entities: entities.len(), seconds, threshold };
        let mut target = Target::open(self.to.output.as_deref())?;
        let paper = Paper::of(&target, world.no_color);
        match format {
            Format::Table => show(&mut target, paper, &mentions, summary, &loaded.checked),
            _ => lines(&mut target, &mentions, summary, &loaded.checked),
        }
        .map_err(|error| Fault::writing(&error))?;
        target.finish()?;
        Ok(Answer::matched(!mentions.is_empty()))
    }
}

fn lines(out: &mut Target, mentions: &[TextMatch], summary: Summary, checked: &Checked) -> io::Result<()> {
    let digest = checked.digest();
    for mention in mentions {
        let wire = WireMention {
            quote: &mention.quote,
            line: mention.line,
            start: mention.bytes.start,
            end: mention.bytes.end,
            char_start: mention.chars.start,
            char_end: mention.chars.end,
            mention: word(mention.mention),
            found: WireMatch::new(&mention.found, summary.threshold),
            checked: digest.as_str(),
        };
        line(out, &wire)?;
    }
    line(out, &WireEnd { summary, checked })
}

fn show(
    out: &mut Target,
    paper: Paper,
    mentions: &[TextMatch],
    summary: Summary,
    checked: &Checked,
) -> io::Result<()> {
    // One row per party, in the order in which they are first named.
    let mut parties: Vec<(&Match, Vec<String>)> = Vec::new();
    for mention in mentions {
        let place = format!("{}: {}", mention.line, view::name(&mention.quote));
        match parties.iter_mut().find(|(found, _)| found.entity.id == mention.found.entity.id) {
            Some((_, places)) => places.push(place),
            None => parties.push((&mention.found, vec![place])),
        }
    }
    if !parties.is_empty() {
        let mut table = block(paper, &["Score", "Listed entity", "Line: quote"]);
        for (found, places) in parties {
            let entity = &found.entity;
            let mut listed = vec![view::name(entity.caption()), format!("{} · {}", entity.id, entity.schema)];
            listed.extend(entity.designations.iter().map(|known| format!("► {}", view::act(known).line())));
            table.add_row([view::score(found.score), listed.join("\n"), places.join("\n")]);
        }
        writeln!(out, "{table}")?;
    }
    writeln!(
        out,
        "{} of {} at or above {}.",
        counted(summary.mentions as u64, "mention"),
        counted(summary.entities as u64, "listed entity"),
        summary.threshold
    )?;
    writeln!(out, "Checked: {}", checked_lines(checked).join("; "))
}
