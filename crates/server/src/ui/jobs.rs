//! Files being screened for people: kept in memory with their results on disk, for an hour.

use crate::caller::Asker;
use crate::error::{ApiError, Code, Outcome};
use crate::question::keep;
use crate::screeners::Screeners;
use crate::service::Shared;
use crate::ui::asking::Asking;
use cordon_report::{Closing, Heading, Report};
use cordon_screening::batch::Counts;
use cordon_screening::input::{Input, Row};
use cordon_screening::wire::{Checked, Summary};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tempfile::{NamedTempFile, TempPath};
use tokio::runtime::Handle;

/// Time for which results are kept.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// Most files at a time; each may take as much disk as its results.
const MOST: usize = 32;
/// Rows screened and recorded at once.
const CHUNK: usize = 512;

/// The forms results are given in: the word in addresses, the ending, the kind.
pub(super) const FORMS: [(&str, &str); 3] = [
    ("csv", "text/csv; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("jsonl", "application/x-ndjson"),
];

/// All files.
#[derive(Default)]
pub(super) struct Jobs(Mutex<BTreeMap<String, Arc<Job>>>);

/// A file.
pub(super) struct Job {
    pub(super) id: String,
    /// Who sent it, as records name them; nobody else sees it.
    owner: String,
    pub(super) name: String,
    pub(super) started: Timestamp,
    pub(super) size: u64,
    read: AtomicU64,
    rows: AtomicU64,
    matched: AtomicU64,
    state: Mutex<State>,
}

/// How far it is.
#[derive(Default)]
enum State {
    #[default]
    Running,
    Failed(String),
    Done(Arc<Done>),
}

/// A file that was screened.
pub(super) struct Done {
    pub(super) summary: Summary,
    pub(super) checked: Checked,
    /// In the order of [`FORMS`].
    files: Vec<TempPath>,
}

/// What a page shows of a job.
pub(super) enum Seen {
    Running,
    Failed(String),
    Done(Arc<Done>),
}

impl Done {
    pub(super) fn file(&self, form: &str) -> Option<PathBuf> {
        let place = FORMS.iter().position(|row| row.0 == form)?;
        self.files.get(place).map(|path| path.to_path_buf())
    }
}

impl Jobs {
    fn alive(&self, now: Timestamp) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<Job>>> {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.retain(|_, job| now.duration_since(job.started) < KEPT);
        jobs
    }

    /// A new job.
    pub(super) fn add(&self, asker: &Asker, now: Timestamp, name: &str, size: u64) -> Outcome<Arc<Job>> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(|error| ApiError::internal(error.to_string()))?;
        let id = super::hex(&bytes);
        let mut jobs = self.alive(now);
        if jobs.len() >= MOST {
            let message = format!("{MOST} files are kept already; the oldest goes within the hour");
            return Err(ApiError::new(Code::Busy, message).limit(MOST as u64));
        }
        let job = Arc::new(Job {
            id: id.clone(),
            owner: asker.caller.principal.to_string(),
            name: name.to_owned(),
            started: now,
            size,
            read: AtomicU64::new(0),
            rows: AtomicU64::new(0),
            matched: AtomicU64::new(0),
            state: Mutex::default(),
        });
        jobs.insert(id, Arc::clone(&job));
        Ok(job)
    }

    /// A job of this person.
    pub(super) fn find(&self, asker: &Asker, now: Timestamp, id: &str) -> Outcome<Arc<Job>> {
        let owner = asker.caller.principal.to_string();
        let found = self.alive(now).get(id).filter(|job| job.owner == owner).cloned();
        found.ok_or_else(|| {
            ApiError::new(Code::NotFound, "this file is not kept, or not any more: results go after an hour")
        })
    }

    /// Their jobs, the newest first.
    pub(super) fn of(&self, asker: &Asker, now: Timestamp) -> Vec<Arc<Job>> {
        let owner = asker.caller.principal.to_string();
        let mut jobs: Vec<Arc<Job>> =
            self.alive(now).values().filter(|job| job.owner == owner).cloned().collect();
        jobs.sort_by_key(|job| std::cmp::Reverse(job.started));
        jobs
    }
}

impl Job {
    /// Per cent of the file that were read.
    pub(super) fn percent(&self) -> u64 {
        (self.read.load(Ordering::Relaxed) * 100).checked_div(self.size).unwrap_or(100).min(100)
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    pub(super) fn matched(&self) -> u64 {
        self.matched.load(Ordering::Relaxed)
    }

    pub(super) fn seen(&self) -> Seen {
        match &*self.state.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Running => Seen::Running,
            State::Failed(why) => Seen::Failed(why.clone()),
            State::Done(done) => Seen::Done(Arc::clone(done)),
        }
    }

    fn end(&self, state: State) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

/// All that screening a file needs. Blocks while it runs.
pub(super) struct Work {
    pub(super) service: Shared,
    pub(super) screeners: Arc<Screeners>,
    pub(super) asker: Asker,
    pub(super) job: Arc<Job>,
    pub(super) file: File,
    pub(super) sha256: String,
    /// How rows are asked; its queries are filled in.
    pub(super) asking: Asking,
    pub(super) handle: Handle,
}

/// A reader that says how far it is.
struct Watched {
    file: File,
    job: Arc<Job>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.job.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

type Out = BufWriter<NamedTempFile>;

/// How a report is opened.
type Open = fn(Out, Heading) -> io::Result<Box<dyn Report<Out>>>;

/// In the order of [`FORMS`].
const REPORTS: [Open; 3] = [cordon_report::sheet, cordon_report::page, cordon_report::jsonl];

impl Work {
    /// Screens the file and keeps what came of it.
    pub(super) fn run(self) {
        let job = Arc::clone(&self.job);
        let state = match self.screen() {
            Ok(done) => State::Done(Arc::new(done)),
            Err(error) => {
                tracing::warn!(%error, "a file could not be screened");
                State::Failed(error.message().to_owned())
            }
        };
        job.end(state);
    }

    fn screen(self) -> Outcome<Done> {
        let begun = Instant::now();
        let asked = self.screeners.asked(&crate::question::Question::scope(&self.asking), "default")?;
        let options = self.asking.options(&asked);
        let file = self.file.try_clone().map_err(|error| failed(&error))?;
        let reader = BufReader::new(Watched { file, job: Arc::clone(&self.job) });
        let mut rows = Input::open(reader, None)
            .map_err(|error| ApiError::bad("file", format!("`{}`: {error}", self.job.name)))?;
        let heading = Heading {
            subject: self.job.name.clone(),
            is_file: true,
            started: self.job.started,
            digest: asked.digest.clone(),
            checked: asked.checked.clone(),
            threshold: options.threshold,
            warnings: Vec::new(),
            remarks: Vec::new(),
            columns: Vec::new(),
            as_of: None,
        };
        let heading = heading.with_file(&rows);
        let open = |open: &Open| open(BufWriter::new(NamedTempFile::new()?), heading.clone());
        let mut reports: Vec<_> =
            REPORTS.iter().map(open).collect::<io::Result<_>>().map_err(|error| failed(&error))?;
        let mut counts = Counts::default();
        loop {
            let chunk: Vec<Row> =
                rows.by_ref().take(CHUNK).collect::<io::Result<_>>().map_err(|error| failed(&error))?;
            let last = chunk.len() < CHUNK;
            let screened = self.chunk(&asked, chunk)?;
            for screened in &screened {
                counts.rows += 1;
                counts.matched += u64::from(!screened.matches.is_empty());
                counts.errors += u64::from(screened.row.error.is_some());
                for report in &mut reports {
                    report.row(screened).map_err(|error| failed(&error))?;
                }
            }
            self.job.rows.store(counts.rows, Ordering::Relaxed);
            self.job.matched.store(counts.matched, Ordering::Relaxed);
            if last {
                break;
            }
        }
        let Counts { rows, matched, errors } = counts;
        let seconds = begun.elapsed().as_millis() as f64 / 1000.0;
        let summary =
            Summary { rows, matched, errors, seconds, threshold: options.threshold, limit: options.limit };
        let closing = Closing { summary, sha256: Some(self.sha256.clone()) };
        let end = |report: Box<dyn Report<Out>>| {
            let file = report.end(&closing)?.into_inner().map_err(io::IntoInnerError::into_error)?;
            Ok(file.into_temp_path())
        };
        let files =
            reports.into_iter().map(end).collect::<io::Result<_>>().map_err(|error| failed(&error))?;
        Ok(Done { summary, checked: asked.checked.clone(), files })
    }

    /// Screens some rows and records them.
    fn chunk(
        &self,
        asked: &crate::screeners::Asked,
        chunk: Vec<Row>,
    ) -> Outcome<Vec<cordon_screening::batch::Screened>> {
        // A row that could not be read asks nothing.
        let queries = chunk.iter().filter(|row| row.error.is_none()).map(|row| row.query.clone()).collect();
        let asking = Asking { queries, ..self.asking.clone() };
        let readable: Vec<bool> = chunk.iter().map(|row| row.error.is_none()).collect();
        let screened = asking.screened(asked, chunk);
        let recorded: Vec<_> =
            screened.iter().zip(readable).filter(|pair| pair.1).map(|pair| pair.0.clone()).collect();
        let answered = asking.recorded(asked, &recorded)?;
        self.service.metrics.screened(answered.names, answered.matched, answered.matches);
        if !asking.queries.is_empty() {
            self.handle.block_on(keep(&self.service, &self.asker, &asking, &answered, &asked.checked))?;
        }
        Ok(screened)
    }
}

fn failed(error: &io::Error) -> ApiError {
    ApiError::internal(format!("a file being screened: {error}"))
}
