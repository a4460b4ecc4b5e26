//! `/ui/evaluation`: how well the lists in force and the policy find altered names, measured here when asked.

use super::frame::{Frame, Visitor, shown};
use super::guard::Trouble;
use crate::api::extract::Body;
use crate::api::query::Pairs;
use crate::caller::Scope as Right;
use crate::error::{ApiError, Code, Outcome};
use crate::screeners::Scope;
use crate::service::Shared;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use cordon_evaluation::{Extra, Report, Settings, Share, evaluate};
use cordon_report::shown::{cut, grouped};
use cordon_report::view;
use cordon_screening::wire::Checked;
use jiff::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/ui/evaluation", get(page).post(measure))
        .layer(Extension(Arc::new(Measuring::default())))
}

/// Greatest numbers that can be asked for: some minutes of one machine.
const MOST_CASES: usize = 200;
const MOST_PEOPLE: usize = 20_000;
/// Misses shown.
const MOST_MISSES: usize = 40;

/// What was measured last, and whether something is being measured.
#[derive(Default)]
struct Measuring(Mutex<Held>);

#[derive(Default)]
struct Held {
    /// What is being done, while something is.
    step: Option<String>,
    last: Option<Arc<Measured>>,
}

struct Measured {
    report: Report,
    checked: Checked,
    at: Timestamp,
}

impl Measuring {
    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Template)]
#[template(path = "evaluation.html")]
struct EvaluationPage {
    frame: Frame,
    step: Option<String>,
    may_measure: bool,
    cases: usize,
    people: usize,
    shown: Option<Figures>,
}

struct Figures {
    at: String,
    checked: String,
    policy: String,
    threshold: String,
    numbers: Vec<(String, String, &'static str)>,
    kinds: Vec<KindLine>,
    unlisted: Vec<(String, String, String)>,
    misses: Vec<MissLine>,
}

struct KindLine {
    title: &'static str,
    example: &'static str,
    expect: &'static str,
    cases: String,
    share: String,
    /// Left end, length and middle of the interval in a picture 100 wide.
    bar: (i32, i32, i32),
}

struct MissLine {
    kind: &'static str,
    listed: String,
    presented: String,
    score: String,
    why: String,
}

fn percent(share: Option<f64>) -> String {
    // Rounded down, so that what is missing is seen.
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", (share * 1000.0).floor() / 10.0))
}

fn bar(count: Share) -> (i32, i32, i32) {
    let place = |share: f64| (share * 100.0).round() as i32;
    let low = place(count.low);
    (low, (place(count.high) - low).max(1), place(count.share.unwrap_or(0.0)))
}

fn figures(measured: &Measured) -> Figures {
    let Measured { report, checked, at } = measured;
    let lost = report.exhaustive.count.cases - report.exhaustive.count.hits;
    let silent = report.exact.count.cases - report.exact.count.hits;
    let mut numbers: Vec<(String, String, &'static str)> = report
        .totals
        .iter()
        .map(|total| {
            (percent(total.count.share), format!("alert of those that {}", total.expect.label()), "")
        })
        .collect();
    numbers.push((
        grouped(silent as u64),
        format!("of {} names as listed do not alert", grouped(report.exact.count.cases as u64)),
        if silent > 0 { "fault" } else { "" },
    ));
    numbers.push((
        grouped(lost as u64),
        format!("of {} answers differ from brute force", grouped(report.exhaustive.count.cases as u64)),
        if lost > 0 { "alarm" } else { "" },
    ));
    let lists = checked
        .lists
        .iter()
        .map(|list| format!("{} ({})", list.id, list.published.as_deref().unwrap_or("undated")));
    let kinds = report.kinds.iter().filter(|kind| kind.count.cases > 0).map(|kind| KindLine {
        title: kind.title,
        example: kind.example,
        expect: kind.expect.label(),
        cases: grouped(kind.count.cases as u64),
        share: percent(kind.count.share),
        bar: bar(kind.count),
    });
    let unlisted = report.unlisted.iter().map(|group| {
        (group.title.to_owned(), grouped(group.count.cases as u64), format!("{:.1}", group.per_thousand))
    });
    let misses = report.misses.iter().take(MOST_MISSES).map(|miss| MissLine {
        kind: miss.kind,
        listed: cut(&miss.listed, 120),
        presented: cut(&miss.presented, 120),
        score: view::score(miss.score),
        why: cut(&miss.why, 300),
    });
    Figures {
        at: at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        checked: lists.collect::<Vec<_>>().join(", "),
        policy: checked.policy.clone(),
        threshold: report.settings.threshold.to_string(),
        numbers,
        kinds: kinds.collect(),
        unlisted: unlisted.collect(),
        misses: misses.collect(),
    }
}

async fn page(
    visitor: Visitor,
    Extension(measuring): Extension<Arc<Measuring>>,
) -> Result<Response, Trouble> {
    visitor.need(Right::Read)?;
    let usual = Settings::default();
    let (step, last) = {
        let held = measuring.held();
        (held.step.clone(), held.last.clone())
    };
    shown(&EvaluationPage {
        frame: visitor.frame("/ui/evaluation"),
        step,
        may_measure: visitor.asker.caller.may(Right::Update),
        cases: usual.cases,
        people: usual.people,
        shown: last.map(|last| figures(&last)),
    })
}

/// A number of a form, at most so great.
fn number(form: &Pairs, name: &str, usual: usize, most: usize) -> Outcome<usize> {
    let wanted = form.parse(name, "a whole number")?.unwrap_or(usual);
    if wanted == 0 || wanted > most {
        return Err(ApiError::bad(name, format!("`{name}` is a number from 1 to {most}")).limit(most as u64));
    }
    Ok(wanted)
}

async fn measure(
    State(service): State<Shared>,
    visitor: Visitor,
    Extension(measuring): Extension<Arc<Measuring>>,
    Body(body): Body,
) -> Result<Response, Trouble> {
    let form = Pairs::read(&body)?;
    visitor.may_change(Right::Update, form.one("csrf"))?;
    let asked = visitor.screeners.asked(&Scope::of("all"), "default")?;
    let usual = Settings::default();
    let settings = Settings {
        threshold: asked.screener.policy().threshold(),
        cases: number(&form, "cases", usual.cases, MOST_CASES)?,
        people: number(&form, "people", usual.people, MOST_PEOPLE)?,
        ..usual
    };
    {
        let mut held = measuring.held();
        if held.step.is_some() {
            return Err(
                ApiError::new(Code::Conflict, "something is being measured already; wait for it").into()
            );
        }
        held.step = Some("it begins".to_owned());
    }
    let at = service.now();
    drop(tokio::task::spawn_blocking(move || {
        let notice = |step: &str| measuring.held().step = Some(step.to_owned());
        let extra = Extra { unlisted: Vec::new(), clock: None, notice: Some(&notice) };
        let work = || evaluate(&asked.screener, settings, &extra);
        let report = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).ok();
        let mut held = measuring.held();
        held.step = None;
        if let Some(report) = report {
            held.last = Some(Arc::new(Measured { report, checked: asked.checked.clone(), at }));
        } else {
            tracing::error!("measuring the filter panicked");
        }
    }));
    Ok(Redirect::to("/ui/evaluation").into_response())
}
