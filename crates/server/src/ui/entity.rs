//! `/ui/entity`: all that is known of one listed party, how it came to be so, and whom it is tied to.

use super::frame::{Frame, Visitor, shown};
use super::guard::Trouble;
use super::network::{Network, network};
use crate::api::query::Pairs;
use crate::caller::Scope as Right;
use crate::error::{ApiError, Code, Outcome};
use crate::screeners::short;
use crate::service::Shared;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use cordon_model::Entity;
use cordon_report::past::{Step, Timeline};
use cordon_report::picture::{self, Picture};
use cordon_report::shown::one_line;
use cordon_report::view::{self, Act, Fact};
use jiff::civil::Date;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/ui/entity", get(entity))
}

#[derive(Template)]
#[template(path = "entity.html")]
struct EntityPage {
    frame: Frame,
    name: String,
    id: String,
    schema: &'static str,
    list: String,
    published: String,
    snapshot: String,
    listed: bool,
    names: Vec<NameLine>,
    facts: Vec<Fact>,
    acts: Vec<Act>,
    links: Vec<Link>,
    network: Option<Network>,
    picture: Option<Picture>,
    steps: Vec<StepLine>,
}

struct NameLine {
    text: String,
    kind: &'static str,
}

/// A tie in words, with the other's page.
struct Link {
    text: String,
    address: String,
}

struct StepLine {
    class: &'static str,
    number: usize,
    day: String,
    word: &'static str,
    lines: Vec<(&'static str, String, String)>,
    snapshot: String,
}

fn step((index, step): (usize, &Step)) -> StepLine {
    StepLine {
        class: picture::class(step.fate),
        number: index + 1,
        day: step.day.to_string(),
        word: step.fate.word(),
        lines: step.fields.iter().flat_map(cordon_report::lines_of).collect(),
        snapshot: step.snapshot.clone(),
    }
}

/// The entity through the versions of its list; empty if the list is not kept.
async fn timeline(service: &Shared, list: &str, id: &str) -> Outcome<Timeline> {
    let (list, id) = (list.to_owned(), id.to_owned());
    let versions = service.reading(move |service| service.library.versions_of(&list, &id)).await?;
    let day = |version: &crate::Version| version.effective();
    let dated =
        versions.into_iter().filter_map(|(version, entity)| Some((day(&version)?, version.snapshot, entity)));
    Ok(Timeline::of(dated.collect()))
}

async fn entity(State(service): State<Shared>, visitor: Visitor, pairs: Pairs) -> Result<Response, Trouble> {
    visitor.need(Right::Read)?;
    let id = pairs.one("id").unwrap_or_default();
    let nothing = || ApiError::new(Code::NotFound, format!("no list has an entry `{}`", short(id)));
    let (list, _) = id.split_once(':').ok_or_else(nothing)?;
    let held = visitor.screeners.list(list).ok_or_else(nothing)?;
    let timeline = timeline(&service, list, id).await?;
    let now = held.segment.entity(id);
    let listed = now.is_some();
    let entity = now.or_else(|| timeline.last.clone()).ok_or_else(nothing)?;
    let network = network(&entity, |other| visitor.screeners.entity(other).map(|found| found.1));
    let links = links(&visitor, &entity);
    shown(&EntityPage {
        name: view::name(entity.caption()),
        id: one_line(id),
        schema: entity.schema.as_str(),
        list: held.title.clone(),
        published: held.version.effective().map_or_else(|| "undated".to_owned(), |day| day.to_string()),
        snapshot: held.version.snapshot.clone(),
        listed,
        names: entity
            .names
            .iter()
            .map(|name| NameLine { text: view::name(&name.text), kind: name.kind.label() })
            .collect(),
        facts: view::facts(&entity),
        acts: entity.designations.iter().map(view::act).collect(),
        links,
        network,
        picture: picture::draw(&timeline, official(&entity)),
        steps: timeline.steps.iter().enumerate().map(step).collect(),
        frame: visitor.frame(""),
    })
}

/// The authority's own day of listing.
fn official(entity: &Entity) -> Option<Date> {
    let days = entity.designations.iter().filter_map(|designation| designation.listed);
    let (year, month, day) = days.map(cordon_model::PartialDate::earliest).min()?;
    Date::new(year, month as i8, day as i8).ok()
}

fn links(visitor: &Visitor, entity: &Entity) -> Vec<Link> {
    let link = |relation: &cordon_model::Relation| {
        let other = relation.other.as_deref().and_then(|id| visitor.screeners.entity(id));
        Link {
            text: view::relation(relation, other.as_ref().map(|found| found.1.caption())),
            address: other.map(|found| super::search::address(found.1.id.as_str())).unwrap_or_default(),
        }
    };
    entity.relations.iter().map(link).collect()
}
