//! What is asked and recorded: a question is a value that can be written down and asked again, its answer the same bytes.

use crate::caller::{Asker, Scope as Right};
use crate::error::{ApiError, Outcome};
use crate::screeners::{Asked, Scope, Screeners};
use crate::service::{Service, Shared};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use cordon_casework::{Kind, ListSnapshot, NewRecord};
use cordon_screening::wire::Checked;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::sync::Arc;

/// The header that names the record of a screening.
const AUDIT: HeaderName = HeaderName::from_static("x-cordon-audit");

/// Something that can be asked of screeners.
pub(crate) trait Question: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its word in records.
    const WORD: &'static str;

    /// Which lists it asks.
    fn scope(&self) -> Scope;

    /// The name of the policy it asks under.
    fn policy(&self) -> &str;

    /// The answer: a function of the question and what it is asked of.
    fn answer(&self, screeners: &Screeners, asked: &Asked) -> Outcome<Answered>;
}

/// An answer, and what it comes to.
pub(crate) struct Answered {
    /// JSON.
    pub(crate) bytes: Vec<u8>,
    /// Queries screened.
    pub(crate) names: u64,
    /// Those of them with a match.
    pub(crate) matched: u64,
    /// Matches given.
    pub(crate) matches: u64,
}

impl Answered {
    /// An answer written as JSON.
    pub(crate) fn json<T: Serialize>(answer: &T) -> Outcome<Self> {
        let bytes = serde_json::to_vec(answer).map_err(|error| ApiError::internal(error.to_string()))?;
        Ok(Self { bytes, names: 1, matched: 0, matches: 0 })
    }
}

/// Versions of lists as records have them.
pub(crate) fn snapshots(checked: &Checked) -> Vec<ListSnapshot> {
    let snapshot = |list: &cordon_screening::wire::CheckedList| ListSnapshot {
        list: list.id.clone(),
        snapshot: list.snapshot.clone(),
    };
    checked.lists.iter().map(snapshot).collect()
}

/// Answers a question: matches off the reactor, records before anything is sent.
pub(crate) async fn answer<Q: Question>(
    service: &Shared,
    screeners: Arc<Screeners>,
    asker: &Asker,
    question: Q,
) -> Outcome<Response> {
    asker.need(Right::Screen)?;
    let asked = screeners.asked(&question.scope(), question.policy())?;
    let recorded = service.audit.is_some();
    let of = Arc::clone(&asked);
    let (answered, text) = service
        .matching(move || {
            let answered = question.answer(&screeners, &of)?;
            let text = if recorded { Some(written(&question, &of.checked)?) } else { None };
            Ok((answered, text))
        })
        .await?;
    service.metrics.screened(answered.names, answered.matched, answered.matches);
    let sequence = match text {
        Some(text) => record(service, asker, text, &answered, &asked.checked).await?,
        None => None,
    };
    let mut response = ([(header::CONTENT_TYPE, "application/json")], answered.bytes).into_response();
    if let Some(sequence) = sequence {
        response.headers_mut().insert(AUDIT, HeaderValue::from(sequence));
    }
    Ok(response)
}

/// A question as records have it.
#[derive(Serialize)]
struct Written<'a, Q> {
    ask: &'a str,
    question: &'a Q,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<&'a str>,
}

fn written<Q: Question>(question: &Q, checked: &Checked) -> Outcome<String> {
    serde_json::to_string(&Written { ask: Q::WORD, question, links: checked.links.as_deref() })
        .map_err(|error| ApiError::internal(error.to_string()))
}

/// Records a question and its answer, where a record is kept.
pub(crate) async fn keep<Q: Question>(
    service: &Service,
    asker: &Asker,
    question: &Q,
    answered: &Answered,
    checked: &Checked,
) -> Outcome<Option<i64>> {
    if service.audit.is_none() {
        return Ok(None);
    }
    record(service, asker, written(question, checked)?, answered, checked).await
}

async fn record(
    service: &Service,
    asker: &Asker,
    text: String,
    answered: &Answered,
    checked: &Checked,
) -> Outcome<Option<i64>> {
    let Some(audit) = &service.audit else { return Ok(None) };
    let outcome = json!({
        "names": answered.names, "matched": answered.matched, "matches": answered.matches,
    });
    let record = NewRecord::new(&asker.occasion(service)?, Kind::SCREENING)
        .asked(text)
        .answer(&answered.bytes, outcome.to_string())
        .resting_on(snapshots(checked), &checked.policy, &checked.engine);
    Ok(Some(audit.append(record).await?.sequence))
}

/// How a recorded question is asked again.
type Again = fn(&str, &Screeners) -> Outcome<Vec<u8>>;

/// Every kind of question by its word in records.
const QUESTIONS: &[(&str, Again)] = &[
    (crate::api::yente::Matching::WORD, again::<crate::api::yente::Matching>),
    (crate::api::yente::Finding::WORD, again::<crate::api::yente::Finding>),
    (crate::api::yente::Reconciling::WORD, again::<crate::api::yente::Reconciling>),
    (crate::api::own::Rows::WORD, again::<crate::api::own::Rows>),
    (crate::api::watchman::Watching::WORD, again::<crate::api::watchman::Watching>),
    (crate::api::own::TextQuestion::WORD, again::<crate::api::own::TextQuestion>),
    (crate::ui::Asking::WORD, again::<crate::ui::Asking>),
];

fn again<Q: Question>(question: &str, screeners: &Screeners) -> Outcome<Vec<u8>> {
    let question: Q = serde_json::from_str(question)
        .map_err(|error| ApiError::bad("question", format!("it cannot be read: {error}")))?;
    let asked = screeners.asked(&question.scope(), question.policy())?;
    Ok(question.answer(screeners, &asked)?.bytes)
}

/// A question as it is read from a record.
#[derive(serde::Deserialize)]
struct Recorded {
    ask: String,
    question: Box<serde_json::value::RawValue>,
    links: Option<String>,
}

fn recorded(asked: &str) -> Outcome<Recorded> {
    serde_json::from_str(asked)
        .map_err(|error| ApiError::bad("asked", format!("it is not a question of this service: {error}")))
}

/// Digest of the links that joined records when a recorded question was answered; `None` if there were none.
pub fn links_of(asked: &str) -> Outcome<Option<String>> {
    Ok(recorded(asked)?.links)
}

/// Asks a recorded question again, of the lists given; the bytes that were answered then, if they are the lists of then.
pub fn replay(asked: &str, screeners: &Screeners) -> Outcome<Vec<u8>> {
    let recorded = recorded(asked)?;
    let (_, again) = QUESTIONS
        .iter()
        .find(|row| row.0 == recorded.ask)
        .ok_or_else(|| ApiError::bad("ask", format!("`{}` is not a question known here", recorded.ask)))?;
    again(recorded.question.get(), screeners)
}
