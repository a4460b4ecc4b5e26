//! A report for the file: one page without scripts or outside parts, made to be read, printed and kept.
//!
//! The heading needs the counts, so rows are written to temporary files and put together at the end: memory holds
//! one row at a time.

use crate::shown::{counted, cut, grouped, one_line};
use crate::view::{self, Act, Fact, Verdict};
use crate::{Closing, Heading, Report, moment};
use askama::Template;
use cordon_matching::Match;
use cordon_model::Entity;
use cordon_screening::batch::Screened;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek as _, Write};

/// Clear rows that are listed openly; more are folded away, and left out of print.
const OPEN_CLEAR_ROWS: u64 = 200;

#[derive(Template)]
#[template(path = "report/head.html")]
struct Head<'a> {
    heading: &'a Heading,
    started: String,
    lists: Vec<ListLine>,
    entities: String,
    sha256: &'a str,
    numbers: Vec<(String, &'static str, &'static str)>,
    seconds: String,
    limit: usize,
    verdict: String,
    remarks: Vec<String>,
    warnings: Vec<String>,
}

struct ListLine {
    id: String,
    title: &'static str,
    published: String,
    fetched: String,
    entities: String,
    snapshot: String,
}

#[derive(Template)]
#[template(path = "report/contents.html")]
struct ContentsLine<'a> {
    anchor: u64,
    label: &'a str,
    id: &'a str,
    name: &'a str,
    best: String,
    list_name: String,
    count: usize,
}

#[derive(Template)]
#[template(path = "report/row.html")]
struct RowBlock<'a> {
    anchor: u64,
    label: &'a str,
    id: &'a str,
    name: &'a str,
    schema: &'static str,
    facts: Vec<Fact>,
    carried: Vec<Fact>,
    notes: Vec<String>,
    hits: Vec<Hit>,
}

struct Hit {
    score: String,
    strong: bool,
    caption: String,
    id: String,
    schema: &'static str,
    names: (String, String),
    evidence: Vec<EvidenceLine>,
    all_names: Vec<String>,
    more_names: usize,
    facts: Vec<Fact>,
    acts: Vec<Act>,
    links: Vec<String>,
}

struct EvidenceLine {
    signal: String,
    verdict: Verdict,
    weight: String,
    query: String,
    candidate: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "report/plain.html")]
struct PlainLine<'a> {
    label: &'a str,
    id: &'a str,
    name: &'a str,
    text: String,
}

#[derive(Template)]
#[template(path = "report/section.html")]
struct Section<'a> {
    heading: &'a Heading,
    kind: Kind,
    /// Number of rows in the section, in words.
    rows: String,
    /// Ids of the lists checked.
    lists: &'a str,
    /// Whether its rows are not folded away.
    open: bool,
}

#[derive(Template)]
#[template(path = "report/foot.html")]
struct Foot<'a> {
    heading: &'a Heading,
}

/// The sections of rows, in their order on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Contents,
    Matches,
    Faults,
    Clear,
}

impl Kind {
    /// What closes the elements that `section.html` opens.
    fn closing(self) -> &'static str {
        match self {
            Self::Contents | Self::Faults => "</tbody>\n</table></div>\n</section>\n",
            Self::Matches => "</section>\n",
            Self::Clear => "</tbody>\n</table></div></details>\n</section>\n",
        }
    }
}

/// Names and links shown of one entity; the rest is counted.
const MOST_NAMES: usize = 40;

struct Page<W> {
    out: W,
    heading: Heading,
    contents: Part,
    matches: Part,
    faults: Part,
    clear: Part,
}

/// A part of the page, kept on disk while it grows.
struct Part {
    file: BufWriter<File>,
    rows: u64,
}

impl Part {
    fn new() -> io::Result<Self> {
        Ok(Self { file: BufWriter::new(tempfile::tempfile()?), rows: 0 })
    }

    fn add(&mut self, template: &impl Template) -> io::Result<()> {
        self.rows += 1;
        write(&mut self.file, template)
    }

    fn pour(self, out: &mut impl Write) -> io::Result<()> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        io::copy(&mut BufReader::new(file), out).map(|_| ())
    }
}

fn write(out: &mut impl Write, template: &impl Template) -> io::Result<()> {
    out.write_all(template.render().map_err(io::Error::other)?.as_bytes())
}

/// Opens a report of one page.
pub fn page<W: Write + 'static>(out: W, heading: Heading) -> io::Result<Box<dyn Report<W>>> {
    let [contents, matches, faults, clear] = [Part::new()?, Part::new()?, Part::new()?, Part::new()?];
    Ok(Box::new(Page { out, heading, contents, matches, faults, clear }))
}

impl<W: Write> Report<W> for Page<W> {
    fn row(&mut self, screened: &Screened) -> io::Result<()> {
        let row = &screened.row;
        let label = if self.heading.is_file { format!("Row {}", row.number) } else { "Asked".to_owned() };
        let id = cut(row.id.as_deref().unwrap_or_default(), 60);
        let name = if row.query.names.is_empty() { String::new() } else { view::name(row.query.caption()) };
        let plain = |text| PlainLine { label: &label, id: &id, name: &name, text };
        if let Some(best) = screened.matches.first() {
            self.contents.add(&ContentsLine {
                anchor: row.number,
                label: &label,
                id: &id,
                name: &name,
                best: view::score(best.score),
                list_name: view::name(best.entity.caption()),
                count: screened.matches.len(),
            })?;
            let carried =
                row.carried.iter().map(|(name, text)| Fact { label: cut(name, 60), value: cut(text, 300) });
            self.matches.add(&RowBlock {
                anchor: row.number,
                label: &label,
                id: &id,
                name: &name,
                schema: row.query.schema.as_str(),
                facts: view::facts(&row.query),
                carried: carried.filter(|fact| !fact.value.trim().is_empty()).collect(),
                notes: row.notes.iter().map(|note| one_line(note)).collect(),
                hits: screened.matches.iter().map(|found| hit(&row.query, found)).collect(),
            })?;
        } else if row.error.is_none() {
            self.clear.add(&plain(String::new()))?;
        }
        if let Some(error) = &row.error {
            self.faults.add(&plain(format!("Not screened: {}", one_line(error))))?;
        } else if screened.matches.is_empty() && !row.notes.is_empty() {
            self.faults.add(&plain(one_line(&row.notes.join("; "))))?;
        }
        Ok(())
    }

    fn end(self: Box<Self>, closing: &Closing) -> io::Result<W> {
        let Self { mut out, heading, contents, matches, faults, clear } = *self;
        write(&mut out, &head(&heading, closing))?;
        let lists = heading.checked.lists.iter().map(|list| list.id.as_str()).collect::<Vec<_>>().join(", ");
        let sections = [
            (Kind::Contents, contents),
            (Kind::Matches, matches),
            (Kind::Faults, faults),
            (Kind::Clear, clear),
        ];
        for (kind, part) in sections.into_iter().filter(|(_, part)| part.rows > 0) {
            let (rows, open) = (counted(part.rows, "row"), part.rows <= OPEN_CLEAR_ROWS);
            write(&mut out, &Section { heading: &heading, kind, rows, lists: &lists, open })?;
            part.pour(&mut out)?;
            out.write_all(kind.closing().as_bytes())?;
        }
        write(&mut out, &Foot { heading: &heading })?;
        Ok(out)
    }
}

fn head<'a>(heading: &'a Heading, closing: &'a Closing) -> Head<'a> {
    let summary = closing.summary;
    let clear = summary.rows - summary.matched - summary.errors;
    let verdict = match (heading.is_file, summary.matched) {
        (true, 0) => format!("No row matches the lists checked at or above {}.", summary.threshold),
        (true, matched) => format!(
            "{} of {} may name a listed party and must be reviewed.",
            grouped(matched),
            counted(summary.rows, "row")
        ),
        (false, 0) => format!("Nothing in the lists checked matches at or above {}.", summary.threshold),
        (false, _) => "The name asked for may be that of a listed party.".to_owned(),
    };
    let lists = heading.checked.lists.iter().map(|list| ListLine {
        id: list.id.clone(),
        title: cordon_lists::watchlist(&list.id).map_or("", |row| row.title),
        published: list.published.clone().unwrap_or_else(|| "not stated".to_owned()),
        fetched: list.fetched.as_deref().map_or_else(|| "built in".to_owned(), moment),
        entities: grouped(list.entities as u64),
        snapshot: list.snapshot.clone(),
    });
    Head {
        heading,
        started: heading.started.strftime("%-d %B %Y, %H:%M UTC").to_string(),
        lists: lists.collect(),
        entities: grouped(heading.checked.entities() as u64),
        sha256: closing.sha256.as_deref().unwrap_or_default(),
        numbers: vec![
            (grouped(summary.rows), "screened", ""),
            (grouped(summary.matched), "with matches", if summary.matched > 0 { "alarm" } else { "" }),
            (grouped(clear), "clear", ""),
            (grouped(summary.errors), "with errors", if summary.errors > 0 { "fault" } else { "" }),
        ],
        seconds: format!("{:.1}", summary.seconds),
        limit: summary.limit,
        verdict,
        remarks: heading.remarks.iter().map(|remark| one_line(remark)).collect(),
        warnings: heading.warnings.iter().map(|warning| one_line(warning)).collect(),
    }
}

fn hit(query: &Entity, found: &Match) -> Hit {
    let entity = &found.entity;
    let evidence = found.evidence.iter().map(|evidence| {
        let verdict = view::verdict(evidence);
        EvidenceLine {
            signal: view::signal(evidence),
            verdict,
            weight: if verdict == Verdict::Neither {
                String::new()
            } else {
                format!("{:+.1}", evidence.score)
            },
            query: view::name(&evidence.query),
            candidate: view::name(&evidence.candidate),
            detail: one_line(&evidence.detail),
        }
    });
    Hit {
        score: view::score(found.score),
        strong: found.score >= 0.9,
        caption: view::name(entity.caption()),
        id: one_line(entity.id.as_str()),
        schema: entity.schema.as_str(),
        names: view::compared_names(query, found),
        evidence: evidence.collect(),
        all_names: entity.names.iter().take(MOST_NAMES).map(view::named).collect(),
        more_names: entity.names.len().saturating_sub(MOST_NAMES),
        facts: view::facts(entity),
        acts: found.designations().map(view::act).collect(),
        links: entity.relations.iter().take(MOST_NAMES).map(|link| view::relation(link, None)).collect(),
    }
}
