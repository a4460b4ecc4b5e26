//! `/ui/audit`: the record of what was done, and whether its chain is whole.

use super::frame::{Frame, Visitor, shown};
use super::guard::Trouble;
use crate::api::query::Pairs;
use crate::caller::Scope as Right;
use crate::error::{ApiError, Code, Outcome};
use crate::service::{Service, Shared};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use cordon_casework::audit::time_text;
use cordon_casework::{AuditLog, AuditRecord, RecordQuery};
use cordon_report::shown::{cut, grouped, one_line};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/ui/audit", get(records)).route("/ui/audit/record", get(record))
}

/// Records on one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    frame: Frame,
    fields: Fields,
    records: Vec<Line>,
    /// Where older records stand.
    older: Option<String>,
    /// What a walk over the chain found, if it was asked for.
    verdict: Option<(bool, Vec<String>)>,
}

#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage {
    frame: Frame,
    line: Line,
    asked: String,
    outcome: String,
    answer: String,
    lists: Vec<(String, String)>,
    policy: String,
    engine: String,
    previous: String,
    hash: String,
}

/// What the form holds.
#[derive(Default)]
struct Fields {
    kind: String,
    who: String,
    text: String,
    from: String,
    to: String,
}

struct Line {
    sequence: i64,
    at: String,
    kind: String,
    who: String,
    origin: String,
    outcome: String,
}

fn line(record: &AuditRecord) -> Line {
    Line {
        sequence: record.sequence,
        at: time_text(record.record.at),
        kind: one_line(record.record.kind.as_str()),
        who: one_line(&record.record.who),
        origin: one_line(&record.record.origin),
        outcome: cut(&record.record.outcome, 160),
    }
}

fn log(service: &Service) -> Outcome<&AuditLog> {
    let none = || ApiError::new(Code::NotFound, "this service was started without a record of what is done");
    service.audit.as_ref().ok_or_else(none)
}

/// The beginning of a day.
fn midnight(pairs: &Pairs, name: &str, plus: i64) -> Outcome<Option<Timestamp>> {
    let day: Option<Date> = pairs.parse(name, "a day, as `2026-02-27`")?;
    let day = day.and_then(|day| day.checked_add(plus.days()).ok());
    Ok(day.and_then(|day| day.to_zoned_datetime(TimeZone::UTC).ok()).map(|time| time.timestamp()))
}

async fn records(State(service): State<Shared>, visitor: Visitor, pairs: Pairs) -> Result<Response, Trouble> {
    visitor.need(Right::Audit)?;
    let log = log(&service)?;
    let text = |name| pairs.one(name).map(str::to_owned);
    let query = RecordQuery {
        from: midnight(&pairs, "from", 0)?,
        // The last day is meant whole.
        to: midnight(&pairs, "to", 1)?,
        kind: text("kind"),
        who: text("who"),
        text: text("text"),
        before: pairs.parse("before", "a whole number")?,
        limit: PAGE,
    };
    let found = log.find(query).await?;
    let fields = Fields {
        kind: text("kind").unwrap_or_default(),
        who: text("who").unwrap_or_default(),
        text: text("text").unwrap_or_default(),
        from: text("from").unwrap_or_default(),
        to: text("to").unwrap_or_default(),
    };
    let older = found.last().filter(|last| found.len() == PAGE && last.sequence > 1).map(|last| {
        let known = [
            ("kind", &fields.kind),
            ("who", &fields.who),
            ("text", &fields.text),
            ("from", &fields.from),
            ("to", &fields.to),
        ];
        let mut address = form_urlencoded::Serializer::new(String::new());
        for (name, value) in known.iter().filter(|field| !field.1.is_empty()) {
            address.append_pair(name, value);
        }
        format!("/ui/audit?{}", address.append_pair("before", &last.sequence.to_string()).finish())
    });
    let verdict = if pairs.one("verify").is_some() { Some(verified(log).await?) } else { None };
    shown(&AuditPage {
        frame: visitor.frame("/ui/audit"),
        fields,
        records: found.iter().map(line).collect(),
        older,
        verdict,
    })
}

/// Walks the whole chain.
async fn verified(log: &AuditLog) -> Outcome<(bool, Vec<String>)> {
    let verdict = log.verify(None).await?;
    if verdict.is_sound() {
        let words = format!(
            "All {} records are as they were written; the chain ends at {}.",
            grouped(verdict.records),
            verdict.head
        );
        return Ok((true, vec![words]));
    }
    Ok((false, verdict.faults.iter().map(ToString::to_string).collect()))
}

/// JSON with its fields on lines of their own, or the text as it is.
fn laid_out(text: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(text).ok();
    value.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| text.to_owned())
}

async fn record(State(service): State<Shared>, visitor: Visitor, pairs: Pairs) -> Result<Response, Trouble> {
    visitor.need(Right::Audit)?;
    let sequence: i64 = pairs.parse("id", "a whole number")?.unwrap_or(0);
    let found = log(&service)?.record(sequence).await?;
    let found =
        found.ok_or_else(|| ApiError::new(Code::NotFound, format!("there is no record {sequence}")))?;
    let lists = found.record.lists.iter().map(|list| (one_line(&list.list), one_line(&list.snapshot)));
    shown(&RecordPage {
        frame: visitor.frame("/ui/audit"),
        line: line(&found),
        asked: laid_out(&found.record.asked),
        outcome: laid_out(&found.record.outcome),
        answer: found.record.answer.as_ref().map(|digest| digest.as_str().to_owned()).unwrap_or_default(),
        lists: lists.collect(),
        policy: one_line(&found.record.policy),
        engine: one_line(&found.record.engine),
        previous: found.previous,
        hash: found.hash,
    })
}
