//! `/ui/batch`: a file of customers is sent, screened beside the pages, and its results taken away.

use super::asking::Asking;
use super::frame::{Frame, Visitor, shown};
use super::guard::Trouble;
use super::jobs::{FORMS, Job, Jobs, Seen, Work};
use crate::api::query::Pairs;
use crate::caller::Scope as Right;
use crate::error::{ApiError, Code, Outcome};
use crate::service::Shared;
use askama::Template;
use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use cordon_report::shown::{cut, grouped};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::sync::Arc;
use tokio::runtime::Handle;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/ui/batch", get(files).post(send).layer(DefaultBodyLimit::disable()))
        .route("/ui/batch/job", get(job))
        .route("/ui/batch/file", get(file))
        .layer(Extension(Arc::new(Jobs::default())))
}

/// Most matches of one row.
const MOST: usize = 5;
/// Bytes sent at once of a result.
const PART: usize = 64 << 10;

#[derive(Template)]
#[template(path = "batch.html")]
struct BatchPage {
    frame: Frame,
    lists: Vec<(String, String)>,
    usual: String,
    jobs: Vec<JobLine>,
}

#[derive(Template)]
#[template(path = "job.html")]
struct JobPage {
    frame: Frame,
    job: JobLine,
    done: Option<DoneLine>,
}

struct JobLine {
    id: String,
    name: String,
    started: String,
    size: String,
    percent: u64,
    rows: String,
    matched: String,
    is_running: bool,
    state: &'static str,
    class: &'static str,
    fault: String,
}

struct DoneLine {
    numbers: Vec<(String, &'static str, &'static str)>,
    seconds: String,
    checked: String,
    threshold: String,
}

fn line(job: &Job) -> JobLine {
    let (state, class, fault) = match job.seen() {
        Seen::Running => ("running", "old", String::new()),
        Seen::Failed(why) => ("failed", "bad", why),
        Seen::Done(_) => ("done", "ok", String::new()),
    };
    JobLine {
        id: job.id.clone(),
        name: cut(&job.name, 120),
        started: job.started.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        size: format!("{} KiB", grouped(job.size.div_ceil(1024))),
        percent: job.percent(),
        rows: grouped(job.rows()),
        matched: grouped(job.matched()),
        is_running: state == "running",
        state,
        class,
        fault,
    }
}

async fn files(
    State(service): State<Shared>,
    visitor: Visitor,
    Extension(jobs): Extension<Arc<Jobs>>,
) -> Result<Response, Trouble> {
    visitor.need(Right::Screen)?;
    let lists = visitor.screeners.lists().iter().map(|held| (held.id().to_owned(), held.title.clone()));
    shown(&BatchPage {
        frame: visitor.frame("/ui/batch"),
        lists: lists.collect(),
        usual: cordon_matching::Policy::default().threshold().to_string(),
        jobs: jobs.of(&visitor.asker, service.now()).iter().map(|job| line(job)).collect(),
    })
}

/// What came with the form: its fields, then the file.
struct Sent {
    fields: Vec<(String, String)>,
    file: Option<Received>,
}

struct Received {
    name: String,
    file: File,
    size: u64,
    sha256: String,
}

fn broken(error: &MultipartError) -> ApiError {
    ApiError::new(Code::BadRequest, format!("the form could not be read to its end: {}", error.body_text()))
}

fn on_disk(error: &io::Error) -> ApiError {
    ApiError::internal(format!("a file that was sent could not be kept: {error}"))
}

/// Keeps the file on disk while it comes.
async fn receive(mut field: Field<'_>, most: u64) -> Outcome<Received> {
    let name = cut(field.file_name().unwrap_or("file"), 200);
    let mut file = tempfile::tempfile().map_err(|error| on_disk(&error))?;
    let (mut size, mut digest) = (0_u64, Sha256::new());
    while let Some(part) = field.chunk().await.map_err(|error| broken(&error))? {
        size += part.len() as u64;
        if size > most {
            let message = format!("the file has more than {} MiB", most >> 20);
            return Err(ApiError::new(Code::TooLarge, message).field("file").limit(most));
        }
        digest.update(&part);
        file.write_all(&part).map_err(|error| on_disk(&error))?;
    }
    file.rewind().map_err(|error| on_disk(&error))?;
    let sha256 = super::hex(&digest.finalize());
    Ok(Received { name, file, size, sha256 })
}

async fn send(
    State(service): State<Shared>,
    visitor: Visitor,
    Extension(jobs): Extension<Arc<Jobs>>,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, Trouble> {
    visitor.need(Right::Screen)?;
    let mut form = form.map_err(|error| ApiError::new(Code::MediaType, error.body_text()))?;
    let mut sent = Sent { fields: Vec::new(), file: None };
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        if field.name() == Some("file") {
            // Fields stand before the file, so that nothing is kept for another site's form.
            visitor.asker.caller.check_csrf(sent.one("csrf"))?;
            sent.file = Some(receive(field, service.settings.most_stream).await?);
            break;
        }
        let name = field.name().unwrap_or_default().to_owned();
        sent.fields.push((name, field.text().await.map_err(|error| broken(&error))?));
    }
    let asking = sent.asking()?;
    let received = sent.file.filter(|file| file.size > 0);
    let received =
        received.ok_or_else(|| ApiError::bad("file", "choose a file to screen; it must not be empty"))?;
    // Said now, not by a job that fails.
    visitor.screeners.asked(&crate::question::Question::scope(&asking), "default")?;
    let job = jobs.add(&visitor.asker, service.now(), &received.name, received.size)?;
    let address = format!("/ui/batch/job?id={}", job.id);
    let work = Work {
        screeners: Arc::clone(&visitor.screeners),
        asker: visitor.asker.clone(),
        file: received.file,
        sha256: received.sha256,
        handle: Handle::current(),
        service,
        job,
        asking,
    };
    // It runs on beside the answer.
    drop(tokio::task::spawn_blocking(move || work.run()));
    Ok(Redirect::to(&address).into_response())
}

impl Sent {
    fn one(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|field| field.0 == name)
            .map(|field| field.1.trim())
            .filter(|text| !text.is_empty())
    }

    fn asking(&self) -> Outcome<Asking> {
        let threshold = self.one("threshold").map(str::parse::<f64>).transpose().ok().flatten();
        if self.one("threshold").is_some() && threshold.is_none_or(|number| !(0.0..=1.0).contains(&number)) {
            return Err(ApiError::bad("threshold", "the least score is a number from 0 to 1, as `0.7`"));
        }
        let lists = self.fields.iter().filter(|field| field.0 == "list").map(|field| field.1.clone());
        Ok(Asking { lists: lists.collect(), threshold, limit: MOST, queries: Vec::new() })
    }
}

async fn job(
    State(service): State<Shared>,
    visitor: Visitor,
    Extension(jobs): Extension<Arc<Jobs>>,
    pairs: Pairs,
) -> Result<Response, Trouble> {
    visitor.need(Right::Screen)?;
    let job = jobs.find(&visitor.asker, service.now(), pairs.one("id").unwrap_or_default())?;
    let done = match job.seen() {
        Seen::Done(done) => {
            let summary = done.summary;
            let clear = summary.rows - summary.matched - summary.errors;
            let checked = done
                .checked
                .lists
                .iter()
                .map(|list| format!("{} ({})", list.id, list.published.as_deref().unwrap_or("undated")));
            Some(DoneLine {
                numbers: vec![
                    (grouped(summary.rows), "rows", ""),
                    (
                        grouped(summary.matched),
                        "with matches",
                        if summary.matched > 0 { "alarm" } else { "" },
                    ),
                    (grouped(clear), "clear", ""),
                    (grouped(summary.errors), "with errors", if summary.errors > 0 { "fault" } else { "" }),
                ],
                seconds: format!("{:.1}", summary.seconds),
                checked: checked.collect::<Vec<_>>().join(", "),
                threshold: summary.threshold.to_string(),
            })
        }
        _ => None,
    };
    shown(&JobPage { frame: visitor.frame("/ui/batch"), job: line(&job), done })
}

async fn file(
    State(service): State<Shared>,
    visitor: Visitor,
    Extension(jobs): Extension<Arc<Jobs>>,
    pairs: Pairs,
) -> Result<Response, Trouble> {
    visitor.need(Right::Screen)?;
    let job = jobs.find(&visitor.asker, service.now(), pairs.one("id").unwrap_or_default())?;
    let form = pairs.one("form").unwrap_or("csv");
    let found = match job.seen() {
        Seen::Done(done) => done.file(form),
        _ => None,
    };
    let nothing = || ApiError::new(Code::NotFound, "there is no result in this form");
    let kind = FORMS.iter().find(|row| row.0 == form).ok_or_else(nothing)?.1;
    let path = found.ok_or_else(nothing)?;
    let file = tokio::task::spawn_blocking(move || File::open(path)).await;
    let file =
        file.map_err(|error| ApiError::internal(error.to_string()))?.map_err(|error| on_disk(&error))?;
    let parts = futures_util::stream::unfold(Some(file), |file| async { part(file?).await });
    let mut response = Body::from_stream(parts).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // The report has its own style in it, and nothing else.
    let alone = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(alone));
    if pairs.one("show").is_none() {
        let name = format!("attachment; filename=\"{}.{form}\"", file_name(&job.name));
        headers.insert(
            header::CONTENT_DISPOSITION,
            HeaderValue::try_from(name).unwrap_or(HeaderValue::from_static("attachment")),
        );
    }
    Ok(response)
}

/// The next part of a file, and the file if there may be more.
async fn part(mut file: File) -> Option<(io::Result<Vec<u8>>, Option<File>)> {
    let read = tokio::task::spawn_blocking(move || {
        let mut bytes = vec![0; PART];
        let read = file.read(&mut bytes);
        (
            read.map(|length| {
                bytes.truncate(length);
                bytes
            }),
            file,
        )
    });
    match read.await {
        Ok((Ok(bytes), _)) if bytes.is_empty() => None,
        Ok((Ok(bytes), file)) => Some((Ok(bytes), Some(file))),
        Ok((Err(error), _)) => Some((Err(error), None)),
        Err(error) => Some((Err(io::Error::other(error)), None)),
    }
}

/// A name for a result that every system takes.
fn file_name(name: &str) -> String {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or_default().split('.').next().unwrap_or_default();
    let plain: String = stem
        .chars()
        .take(60)
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' })
        .collect();
    format!("{}-screened", if plain.is_empty() { "file" } else { &plain })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_results_are_plain() {
        for (name, plain) in [
            ("customers.csv", "customers-screened"),
            ("C:\\x\\my list.csv", "my_list-screened"),
            ("../../etc/passwd", "passwd-screened"),
            ("\"\r\n.csv", "___-screened"),
            ("клиенты.csv", "_______-screened"),
            ("", "file-screened"),
        ] {
            assert_eq!(file_name(name), plain, "{name}");
        }
    }
}
