//! `/ui/lists`: the lists with their age and issues, and what changed from version to version.

use super::frame::{Frame, Visitor, shown};
use super::guard::Trouble;
use crate::api::query::Pairs;
use crate::caller::Scope as Right;
use crate::error::ApiError;
use crate::library::{ListRecord, Version};
use crate::service::Shared;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use cordon_model::{Change, Delta, Entity, Issue};
use cordon_report::shown::{counted, cut, grouped, one_line};
use cordon_report::view;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/ui/lists", get(lists))
        .route("/ui/issues", get(issues))
        .route("/ui/changes", get(changes))
}

/// Issues and changes on one page.
const PAGE: usize = 100;

/// States of lists with the class of their colour.
const STATES: [(&str, &str); 6] = [
    ("ok", "ok"),
    ("stale", "old"),
    ("refused", "bad"),
    ("failed", "bad"),
    ("unreadable", "bad"),
    ("absent", "none"),
];

#[derive(Template)]
#[template(path = "lists.html")]
struct ListsPage {
    frame: Frame,
    lists: Vec<ListLine>,
    absent: Vec<ListLine>,
}

struct ListLine {
    id: String,
    title: String,
    state: &'static str,
    class: &'static str,
    reason: String,
    published: String,
    looked: String,
    age: String,
    entities: String,
    issues: usize,
    snapshot: String,
}

fn minute(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn list_line(record: ListRecord) -> ListLine {
    let version = record.version.as_ref();
    ListLine {
        class: STATES.iter().find(|row| row.0 == record.state).map_or("none", |row| row.1),
        state: record.state,
        reason: one_line(&record.reason.unwrap_or_default()),
        published: record.published.map_or_else(|| "not stated".to_owned(), |day| day.to_string()),
        looked: record.looked.map_or_else(|| "never".to_owned(), minute),
        age: record.age_days.map(|days| counted(days.unsigned_abs(), "day")).unwrap_or_default(),
        entities: version.map(|version| grouped(version.entities as u64)).unwrap_or_default(),
        issues: version.map_or(0, |version| version.issues),
        snapshot: version.map(|version| version.snapshot.clone()).unwrap_or_default(),
        title: if record.title.is_empty() { record.id.clone() } else { record.title },
        id: record.id,
    }
}

async fn lists(State(service): State<Shared>, visitor: Visitor) -> Result<Response, Trouble> {
    visitor.need(Right::Read)?;
    let records = service.reading(|service| service.library.lists(service.now())).await?;
    let lines = records.into_iter().map(list_line);
    let (lists, absent) = lines.partition(|line| !line.snapshot.is_empty() || line.class == "bad");
    shown(&ListsPage { frame: visitor.frame("/ui/lists"), lists, absent })
}

#[derive(Template)]
#[template(path = "issues.html")]
struct IssuesPage {
    frame: Frame,
    list: String,
    title: String,
    snapshot: String,
    published: String,
    total: usize,
    issues: Vec<IssueLine>,
    pages: Pages,
}

struct IssueLine {
    record: String,
    field: String,
    kind: String,
    value: String,
    message: String,
}

/// The pages before and after one.
struct Pages {
    before: Option<String>,
    after: Option<String>,
    words: String,
}

impl Pages {
    fn of(address: &str, offset: usize, total: usize) -> Self {
        let to = |offset: usize| format!("{address}&from={offset}");
        let end = (offset + PAGE).min(total);
        Self {
            before: (offset > 0).then(|| to(offset.saturating_sub(PAGE))),
            after: (end < total).then(|| to(end)),
            words: if total == 0 { String::new() } else { format!("{} to {end} of {total}", offset + 1) },
        }
    }
}

fn from(pairs: &Pairs) -> Result<usize, ApiError> {
    Ok(pairs.parse("from", "a whole number")?.unwrap_or(0))
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

async fn issues(State(service): State<Shared>, visitor: Visitor, pairs: Pairs) -> Result<Response, Trouble> {
    visitor.need(Right::Read)?;
    let held = visitor.screeners.held(pairs.one("list").unwrap_or_default())?;
    let (list, snapshot, offset) = (held.id().to_owned(), held.version.snapshot.clone(), from(&pairs)?);
    let found = service
        .reading({
            let (list, snapshot) = (list.clone(), snapshot.clone());
            move |service| service.library.issues(&list, &snapshot)
        })
        .await?;
    let line = |issue: &Issue| IssueLine {
        record: one_line(&issue.record),
        field: one_line(&issue.field),
        kind: serde_json::to_value(issue.kind)
            .ok()
            .and_then(|kind| kind.as_str().map(|kind| kind.replace('_', " ")))
            .unwrap_or_default(),
        value: cut(&issue.value, 300),
        message: cut(&issue.message, 300),
    };
    shown(&IssuesPage {
        frame: visitor.frame("/ui/lists"),
        title: held.title.clone(),
        published: held.version.effective().map(|day| day.to_string()).unwrap_or_default(),
        total: found.len(),
        issues: found.iter().skip(offset).take(PAGE).map(line).collect(),
        pages: Pages::of(&format!("/ui/issues?list={}", encoded(&list)), offset, found.len()),
        list,
        snapshot,
    })
}

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage {
    frame: Frame,
    lists: Vec<(String, bool)>,
    list: String,
    versions: Vec<VersionLine>,
    older: String,
    newer: String,
    counts: Vec<(usize, &'static str, &'static str)>,
    changes: Vec<ChangeLine>,
    pages: Pages,
    note: String,
}

struct VersionLine {
    snapshot: String,
    label: String,
    is_older: bool,
    is_newer: bool,
}

struct ChangeLine {
    class: &'static str,
    word: &'static str,
    name: String,
    address: String,
    id: String,
    acts: Vec<String>,
    lines: Vec<(&'static str, String, String)>,
}

fn change_line(change: &Change) -> ChangeLine {
    let line = |class, word, entity: &Entity| ChangeLine {
        class,
        word,
        name: view::name(entity.caption()),
        address: super::search::address(entity.id.as_str()),
        id: one_line(entity.id.as_str()),
        acts: Vec::new(),
        lines: Vec::new(),
    };
    match change {
        Change::Added(entity) => ChangeLine {
            acts: entity.designations.iter().map(|designation| view::act(designation).line()).collect(),
            ..line("add", "added", entity)
        },
        Change::Removed(entity) => line("del", "removed", entity),
        Change::Modified { entity, fields } => ChangeLine {
            lines: fields.iter().flat_map(cordon_report::lines_of).collect(),
            ..line("mod", "changed", entity)
        },
    }
}

fn version_line(version: &Version, older: &str, newer: &str) -> VersionLine {
    let day = version.effective().map_or_else(|| "undated".to_owned(), |day| day.to_string());
    VersionLine {
        label: format!("{day} · {}", counted(version.entities as u64, "entity")),
        is_older: version.snapshot == older,
        is_newer: version.snapshot == newer,
        snapshot: version.snapshot.clone(),
    }
}

async fn changes(State(service): State<Shared>, visitor: Visitor, pairs: Pairs) -> Result<Response, Trouble> {
    visitor.need(Right::Read)?;
    let first = visitor.screeners.lists().first().map(|held| held.id().to_owned()).unwrap_or_default();
    let list = pairs.one("list").map_or(first, str::to_owned);
    visitor.screeners.held(&list)?;
    let offset = from(&pairs)?;
    let history = service
        .reading({
            let list = list.clone();
            move |service| service.library.history(&list)
        })
        .await?;
    let at = |place: usize| history.len().checked_sub(place).and_then(|place| history.get(place));
    let named = |name: &str| {
        let wanted = pairs.one(name)?;
        history.iter().find(|version| version.snapshot == wanted)
    };
    let newer = named("newer").or_else(|| at(1));
    let older = named("older").or_else(|| at(2));
    let (older, newer) = (snapshot_of(older), snapshot_of(newer));
    let delta = if older.is_empty() || newer.is_empty() {
        None
    } else {
        let (list, older, newer) = (list.clone(), older.clone(), newer.clone());
        let read = service.reading(move |service| {
            let (one, two) =
                (service.library.snapshot(&list, &older)?, service.library.snapshot(&list, &newer)?);
            Ok(Delta::between(&one, &two))
        });
        Some(read.await?)
    };
    let all = delta.as_ref().map(|delta| delta.changes.as_slice()).unwrap_or_default();
    let counts = delta.as_ref().map(|delta| {
        let (added, modified, removed) = delta.counts();
        vec![(added, "added", "alarm"), (modified, "changed", "fault"), (removed, "removed", "")]
    });
    let address =
        format!("/ui/changes?list={}&older={}&newer={}", encoded(&list), encoded(&older), encoded(&newer));
    let note = match (&delta, all.len()) {
        (None, _) => "One version of this list is kept: there is nothing to compare it with yet.",
        (Some(_), 0) => "Nothing differs between these versions.",
        _ => "",
    };
    shown(&ChangesPage {
        frame: visitor.frame("/ui/changes"),
        lists: visitor
            .screeners
            .lists()
            .iter()
            .map(|held| (held.id().to_owned(), held.id() == list))
            .collect(),
        versions: history.iter().rev().map(|version| version_line(version, &older, &newer)).collect(),
        counts: counts.unwrap_or_default(),
        changes: all.iter().skip(offset).take(PAGE).map(change_line).collect(),
        pages: Pages::of(&address, offset, all.len()),
        note: note.to_owned(),
        list,
        older,
        newer,
    })
}

fn snapshot_of(version: Option<&Version>) -> String {
    version.map(|version| version.snapshot.clone()).unwrap_or_default()
}
