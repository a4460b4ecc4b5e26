//! `/screen`: a file of rows against the lists, streamed both ways.
//!
//! Rows leave in input order, in chunks; each chunk is one question, recorded before it leaves. The last line is the
//! summary.

use crate::api::extract::stream;
use crate::api::query::{Pairs, at_most};
use crate::caller::{Asker, Scope as Right};
use crate::error::{ApiError, Code, ErrorBody, Outcome};
use crate::question::{Answered, Question, keep};
use crate::screeners::{Asked, Scope, Screeners};
use crate::service::{Now, Shared};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use cordon_matching::Options;
use cordon_model::Entity;
use cordon_screening::batch::{Counts, screen};
use cordon_screening::input::{Form, Input, InputError, Row};
use cordon_screening::wire::{Summary, WireRow, WireSummary};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::sync::Arc;
use std::time::Instant;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(screen_rows))
}

/// Rows screened and recorded at once.
const CHUNK: usize = 512;
/// Chunks that may wait for a slow client.
const WAITING: usize = 4;
/// Most matches of a row.
const MOST: usize = 10_000;

/// A row as it is recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Recorded {
    number: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    query: Entity,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    carried: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl From<Row> for Recorded {
    fn from(row: Row) -> Self {
        let Row { number, id, query, carried, notes, error, .. } = row;
        Self { number, id, query, carried, notes, error }
    }
}

impl From<Recorded> for Row {
    fn from(row: Recorded) -> Self {
        let Recorded { number, id, query, carried, notes, error } = row;
        Self { number, id, carried, notes, error, ..Self::asking(query) }
    }
}

/// How rows are asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct How {
    dataset: String,
    policy: String,
    /// The day whose lists are asked; today's if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
    threshold: Option<f64>,
    limit: usize,
}

/// Some rows of a file, asked of a dataset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rows {
    how: How,
    rows: Vec<Recorded>,
}

impl How {
    fn read(pairs: &Pairs) -> Outcome<Self> {
        let limit = at_most("limit", pairs.parse("limit", "a whole number")?.unwrap_or(5), MOST)?;
        if limit == 0 {
            return Err(ApiError::bad("limit", "`limit` is at least 1"));
        }
        let as_of = pairs.one("as_of");
        let day = as_of.map(str::parse::<jiff::civil::Date>).transpose().map_err(|_| {
            ApiError::new(Code::Malformed, "`as_of` is a day as `2026-02-27`").field("query.as_of")
        })?;
        Ok(Self {
            dataset: pairs.one("dataset").unwrap_or("all").to_owned(),
            policy: pairs.one("policy").unwrap_or("default").to_owned(),
            as_of: day.map(|day| day.to_string()),
            threshold: pairs.share("threshold")?,
            limit,
        })
    }

    fn options(&self, asked: &Asked) -> Options {
        let threshold = self.threshold.unwrap_or_else(|| asked.screener.policy().threshold());
        Options { threshold, limit: self.limit }
    }
}

impl Question for Rows {
    const WORD: &'static str = "rows";

    fn scope(&self) -> Scope {
        Scope::of(&self.how.dataset)
    }

    fn policy(&self) -> &str {
        &self.how.policy
    }

    fn answer(&self, _: &Screeners, asked: &Asked) -> Outcome<Answered> {
        let options = self.how.options(asked);
        let one = |row: &Recorded| {
            let screened = screen(&asked.screener, options, row.clone().into());
            let line = serde_json::to_vec(&WireRow::new(&screened, options.threshold, &asked.digest));
            (line, screened.matches.len() as u64)
        };
        let lines: Vec<_> = self.rows.par_iter().map(one).collect();
        let mut answered = Answered { bytes: Vec::new(), names: 0, matched: 0, matches: 0 };
        for (line, matches) in lines {
            answered.bytes.extend(line.map_err(|error| ApiError::internal(error.to_string()))?);
            answered.bytes.push(b'\n');
            answered.names += 1;
            answered.matched += u64::from(matches > 0);
            answered.matches += matches;
        }
        Ok(answered)
    }
}

/// The form a body is said to have; else its first bytes tell.
fn form(headers: &HeaderMap) -> Outcome<Option<Form>> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    match kind.split(';').next().unwrap_or_default().trim() {
        "" | "application/octet-stream" | "text/plain" | "application/x-www-form-urlencoded" => Ok(None),
        "text/csv" | "application/csv" | "text/tab-separated-values" => Ok(Some(Form::Delimited)),
        "application/x-ndjson"
        | "application/jsonl"
        | "application/jsonlines"
        | "application/json"
        | "application/x-jsonlines" => Ok(Some(Form::JsonLines)),
        other => Err(ApiError::new(
            Code::MediaType,
            format!(
                "rows are `text/csv` or `application/x-ndjson`, not `{}`",
                crate::screeners::short(other)
            ),
        )
        .field("content-type")),
    }
}

/// Everything one batch needs.
struct Batch {
    service: Shared,
    screeners: Arc<Screeners>,
    asked: Arc<Asked>,
    asker: Asker,
    how: How,
    handle: Handle,
    out: mpsc::Sender<Result<Bytes, std::io::Error>>,
}

impl Batch {
    /// Reads, screens, records and sends; ends early when nobody listens any more.
    fn run<R: Read>(&self, rows: Input<R>, begun: Instant) {
        let mut rows = rows;
        let mut counts = Counts::default();
        loop {
            let mut failed = None;
            let mut chunk = Vec::with_capacity(CHUNK);
            for row in rows.by_ref().take(CHUNK) {
                match row {
                    Ok(row) => chunk.push(Recorded::from(row)),
                    Err(error) => {
                        failed = Some(error);
                        break;
                    }
                }
            }
            let last = chunk.len() < CHUNK;
            counts.rows += chunk.len() as u64;
            counts.errors += chunk.iter().filter(|row| row.error.is_some()).count() as u64;
            if !chunk.is_empty() {
                match self.chunk(chunk) {
                    Ok((bytes, matched)) => {
                        counts.matched += matched;
                        if self.out.blocking_send(Ok(bytes.into())).is_err() {
                            return;
                        }
                    }
                    Err(error) => return self.break_off(&error.to_string()),
                }
            }
            if let Some(error) = failed {
                return self.break_off(&format!("the body could not be read: {error}"));
            }
            if last {
                return self.summary(counts, begun);
            }
        }
    }

    fn chunk(&self, rows: Vec<Recorded>) -> Outcome<(Vec<u8>, u64)> {
        let question = Rows { how: self.how.clone(), rows };
        let answered = question.answer(&self.screeners, &self.asked)?;
        self.service.metrics.screened(answered.names, answered.matched, answered.matches);
        self.handle.block_on(keep(&self.service, &self.asker, &question, &answered, &self.asked.checked))?;
        Ok((answered.bytes, answered.matched))
    }

    fn summary(&self, counts: Counts, begun: Instant) {
        let Counts { rows, matched, errors } = counts;
        let Options { threshold, limit } = self.how.options(&self.asked);
        let seconds = begun.elapsed().as_millis() as f64 / 1000.0;
        let summary = Summary { rows, matched, errors, seconds, threshold, limit };
        let line = serde_json::to_vec(&WireSummary { summary, checked: &self.asked.checked });
        let mut line = line.unwrap_or_default();
        line.push(b'\n');
        // Nobody may be left to read it.
        let _ = self.out.blocking_send(Ok(line.into()));
    }

    /// Ends the answer so that no client takes it for a whole one: a line that says why, then a broken stream.
    fn break_off(&self, reason: &str) {
        tracing::warn!(reason, "a batch was broken off");
        let line = serde_json::json!({"error": "the batch was broken off before its end; send it again"});
        let _ = self.out.blocking_send(Ok(format!("{line}\n").into()));
        let _ = self.out.blocking_send(Err(std::io::Error::other("broken off")));
    }
}

fn not_rows(error: &InputError) -> ApiError {
    ApiError::new(Code::Malformed, error.to_string()).field("body")
}

/// Screens a file of rows: CSV or JSON Lines in, JSON Lines out, in input order, the summary last.
///
/// The lines are those of `cordon screen`. Columns are found by the names people use. No row stops the others: one that
/// cannot be screened gets an error. Answers begin before the body has ended.
#[utoipa::path(
    post, path = "/screen", tag = "cordon",
    params(
        ("dataset" = Option<String>, Query, description = "A list or collection; `all` if not given"),
        ("policy" = Option<String>, Query, description = "Named set of weights"),
        ("threshold" = Option<f64>, Query, minimum = 0, maximum = 1),
        ("limit" = Option<usize>, Query, description = "Most matches of a row", maximum = 10_000),
        ("as_of" = Option<String>, Query, description = "The lists as they were on this day"),
    ),
    request_body(content(
        (String = "application/x-ndjson", example = "{\"name\":\"Kim Jong Un\"}\n"),
        (String = "text/csv", example = "id,name\n1,Kim Jong Un\n"),
    )),
    responses(
        (status = 200, description = "A line for each row, then the summary", content_type = "application/x-ndjson"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn screen_rows(
    State(service): State<Shared>,
    Now(now): Now,
    asker: Asker,
    pairs: Pairs,
    request: Request,
) -> Outcome<Response> {
    asker.need(Right::Screen)?;
    let begun = Instant::now();
    let how = How::read(&pairs)?;
    let form = form(request.headers())?;
    let screeners = match how.as_of.as_deref().map(str::parse) {
        Some(Ok(day)) => service.screeners_on(day).await?,
        _ => now,
    };
    let asked = screeners.asked(&Scope::of(&how.dataset), &how.policy)?;
    let reader = stream(request.into_body(), &service.settings);
    let (out, lines) = mpsc::channel(WAITING);
    let (opened, open) = oneshot::channel();
    let batch = Batch { service, screeners, asked, asker, how, handle: Handle::current(), out };
    tokio::task::spawn_blocking(move || match Input::open(reader, form) {
        Ok(rows) => {
            // The handler waits for this; if it is gone, so is the client.
            let _ = opened.send(Ok(()));
            batch.run(rows, begun);
        }
        Err(error) => {
            let _ = opened.send(Err(not_rows(&error)));
        }
    });
    open.await.map_err(|_| ApiError::internal("a batch ended before it began"))??;
    let lines = futures_util::stream::unfold(lines, |mut lines| async { Some((lines.recv().await?, lines)) });
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(lines)).into_response())
}
