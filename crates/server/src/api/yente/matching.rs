//! `POST /match/{dataset}`: parties against the lists.

use super::{Total, policy_of, schema_of, told};
use crate::api::extract::{Body, Place};
use crate::api::query::{Pairs, at_most, share};
use crate::caller::Asker;
use crate::error::{ApiError, Code, ErrorBody, Outcome};
use crate::facts::countries;
use crate::question::{self, Answered, Question};
use crate::screeners::{Asked, Scope, Screeners, short};
use crate::service::{Now, Shared};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use cordon_matching::{Match, Options};
use cordon_model::Entity;
use cordon_model::ftm::FtmEntity;
use cordon_screening::input::row_of;
use cordon_screening::wire::{Checked, WireMatch, WireQuery};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::iter;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(match_entities))
}

/// Most queries of a request.
pub(super) const MOST_QUERIES: usize = 100;
/// Most results of a query.
pub(super) const MOST_RESULTS: usize = 500;
/// Most ids that may be passed over.
const MOST_EXCLUDED: usize = 50;
/// Most matches looked through for those that filters let pass.
const MOST_LOOKED: usize = 10_000;

/// The header that tells the number of queries.
const BATCH_SIZE: HeaderName = HeaderName::from_static("x-batch-size");

/// How matches are chosen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Choice {
    /// Most results of a query, at most 500.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<usize>,
    /// Least score of a match, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<f64>,
    /// Least score of a result that is no match; the threshold if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    cutoff: Option<f64>,
    /// Name of an algorithm.
    #[serde(skip_serializing_if = "Option::is_none")]
    algorithm: Option<String>,
    /// Only these datasets of the one asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    include_dataset: Vec<String>,
    /// None of these datasets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exclude_dataset: Vec<String>,
    /// No entity of these schemata.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exclude_schema: Vec<String>,
    /// Only entities with one of these topics.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics: Vec<String>,
    /// None of these entities; at most 50 in an address, as many as the body holds in `params`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exclude_entity_ids: Vec<String>,
    /// Only entities that came or changed on this day or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    changed_since: Option<Date>,
    /// Only entities that have, for every field named, one of its values: `schema`, `countries`, `topics`, `datasets`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    filters: BTreeMap<String, Vec<String>>,
}

/// Fields that can be filtered by.
pub(super) const FIELDS: [&str; 4] = ["schema", "countries", "topics", "datasets"];

impl Choice {
    fn of(pairs: &Pairs) -> Outcome<Self> {
        let choice = Self {
            limit: pairs.parse("limit", "a whole number")?,
            threshold: pairs.share("threshold")?,
            cutoff: pairs.share("cutoff")?,
            algorithm: pairs.one("algorithm").map(str::to_owned),
            include_dataset: pairs.many("include_dataset"),
            exclude_dataset: pairs.many("exclude_dataset"),
            exclude_schema: pairs.many("exclude_schema"),
            topics: pairs.many("topics"),
            exclude_entity_ids: pairs.many("exclude_entity_ids"),
            changed_since: match pairs.one("changed_since") {
                Some(text) => Some(day("changed_since", text)?),
                None => None,
            },
            filters: BTreeMap::new(),
        };
        at_most("exclude_entity_ids", choice.exclude_entity_ids.len(), MOST_EXCLUDED)?;
        Ok(choice)
    }

    /// This, and of the other what this leaves open.
    fn or(self, other: Self) -> Self {
        let list = |own: Vec<String>, other: Vec<String>| if own.is_empty() { other } else { own };
        Self {
            limit: self.limit.or(other.limit),
            threshold: self.threshold.or(other.threshold),
            cutoff: self.cutoff.or(other.cutoff),
            algorithm: self.algorithm.or(other.algorithm),
            include_dataset: list(self.include_dataset, other.include_dataset),
            exclude_dataset: list(self.exclude_dataset, other.exclude_dataset),
            exclude_schema: list(self.exclude_schema, other.exclude_schema),
            topics: list(self.topics, other.topics),
            exclude_entity_ids: list(self.exclude_entity_ids, other.exclude_entity_ids),
            changed_since: self.changed_since.or(other.changed_since),
            filters: if self.filters.is_empty() { other.filters } else { self.filters },
        }
    }

    fn check(&self) -> Outcome<()> {
        let limit = at_most("limit", self.limit.unwrap_or(5), MOST_RESULTS)?;
        if limit == 0 {
            return Err(ApiError::bad("limit", "`limit` is at least 1"));
        }
        self.threshold.map(|value| share("threshold", value)).transpose()?;
        self.cutoff.map(|value| share("cutoff", value)).transpose()?;
        policy_of(self.algorithm.as_deref())?;
        for name in &self.exclude_schema {
            schema_of(name, "exclude_schema")?;
        }
        if let Some(field) = self.filters.keys().find(|field| !FIELDS.contains(&field.as_str())) {
            let message = format!("`{}` cannot be filtered by; known: {}", short(field), FIELDS.join(", "));
            return Err(ApiError::bad("filters", message));
        }
        Ok(())
    }

    fn picks_all(&self) -> bool {
        self.exclude_schema.is_empty()
            && self.topics.is_empty()
            && self.exclude_entity_ids.is_empty()
            && self.changed_since.is_none()
            && self.filters.is_empty()
    }

    /// Whether a party is wanted: none of its records is excluded, and one is what was asked for.
    fn picks(&self, found: &Match, screeners: &Screeners) -> bool {
        let records = || iter::once(&found.entity).chain(&found.also);
        records().all(|entity| !self.excludes(entity))
            && records().any(|entity| self.wants(entity, screeners))
    }

    fn excludes(&self, entity: &Entity) -> bool {
        let excluded = |other: &String| {
            other == entity.id.as_str() || entity.referents.contains(other) || other == entity.id.key()
        };
        self.exclude_entity_ids.iter().any(excluded)
    }

    fn wants(&self, entity: &Entity, screeners: &Screeners) -> bool {
        let id = entity.id.as_str();
        let among = |values: &[String], wanted: &[String]| values.iter().any(|value| wanted.contains(value));
        let changed = |day: &Date| {
            let held = screeners.list(entity.id.list());
            let known = held.and_then(|held| held.seen()).and_then(|seen| seen.changed(id));
            // What is not known to be old is not passed over.
            known.is_none_or(|known| *known >= *day.to_string())
        };
        let has = |(field, wanted): (&String, &Vec<String>)| match field.as_str() {
            "schema" => wanted.iter().any(|name| name == entity.schema.as_str()),
            "countries" => among(&countries(entity), wanted),
            "topics" => among(entity.values("topics"), wanted),
            _ => wanted.iter().any(|name| name == entity.id.list()),
        };
        !self.exclude_schema.iter().any(|name| name == entity.schema.as_str())
            && (self.topics.is_empty() || among(entity.values("topics"), &self.topics))
            && self.changed_since.as_ref().is_none_or(changed)
            && self.filters.iter().all(has)
    }
}

/// A day, `yyyy-mm-dd`, whatever time follows.
pub(super) fn day(field: &str, text: &str) -> Outcome<Date> {
    let start = text.get(..10).unwrap_or(text);
    start.parse().map_err(|_| {
        ApiError::new(Code::Malformed, format!("`{}` is not a day as `2026-02-27`", short(text)))
            .field(&format!("query.{field}"))
    })
}

/// The body of a request.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct MatchBody {
    /// Parties to look for, by keys of your own; at most 100.
    #[schema(value_type = BTreeMap<String, ExampleEntity>)]
    queries: BTreeMap<String, FtmEntity>,
    /// Not taken: the weights of a policy are fixed and named.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    weights: Option<Map<String, Value>>,
    /// Not taken, for the same reason.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    config: Option<Map<String, Value>>,
    /// What may also stand in the address, where long lists of ids do not fit; these go before those.
    #[serde(default)]
    params: Option<Choice>,
}

/// A party to look for.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the shape of a FollowTheMoney entity")]
pub(super) struct ExampleEntity {
    /// An id of your own.
    id: Option<String>,
    /// `Person`, `Company`, `Organization`, `LegalEntity`, `Vessel`, `Airplane`, …
    #[schema(example = "Person")]
    schema: String,
    /// Values by property; one value or a list.
    #[schema(value_type = Object, example = json!({"name": ["Kim Jong Un"], "birthDate": ["1984-01-08"]}))]
    properties: BTreeMap<String, Vec<String>>,
}

/// Parties asked of a dataset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Matching {
    dataset: String,
    choice: Choice,
    queries: BTreeMap<String, Query>,
}

/// A party on the wire, as it was asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct Query(FtmEntity);

#[derive(Serialize)]
struct Whole<'a> {
    responses: BTreeMap<&'a str, One<'a>>,
    limit: usize,
    checked: &'a Checked,
}

#[derive(Serialize)]
struct One<'a> {
    status: u16,
    query: Echo<'a>,
    total: Total,
    results: Vec<WireMatch<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
}

/// The query as it was understood.
#[derive(Serialize)]
struct Echo<'a> {
    id: Option<&'a str>,
    #[serde(flatten)]
    query: WireQuery,
}

impl Matching {
    /// Reads a request.
    fn read(dataset: String, pairs: &Pairs, body: MatchBody) -> Outcome<Self> {
        let choice = body.params.unwrap_or_default().or(Choice::of(pairs)?);
        choice.check()?;
        for (field, given) in [("weights", &body.weights), ("config", &body.config)] {
            if let Some(key) = given.as_ref().and_then(|given| given.keys().next()) {
                let message = format!(
                    "`{}` cannot be set: weights and settings belong to a policy, which has a name and a digest; choose one by `algorithm`",
                    short(key)
                );
                return Err(ApiError::bad(field, message));
            }
        }
        if body.queries.is_empty() {
            return Err(ApiError::bad("queries", "there is no query in it"));
        }
        let count = body.queries.len();
        if count > MOST_QUERIES {
            let message = format!("{count} queries in one request; at most {MOST_QUERIES}");
            return Err(ApiError::bad("queries", message).limit(MOST_QUERIES as u64));
        }
        let mut queries = BTreeMap::new();
        for (key, mut wire) in body.queries {
            let schema = schema_of(&wire.schema, &format!("queries.{}.schema", short(&key)))?;
            schema.as_str().clone_into(&mut wire.schema);
            queries.insert(key, Query(wire));
        }
        Ok(Self { dataset, choice, queries })
    }

    fn screen(
        &self,
        query: &Entity,
        screeners: &Screeners,
        asked: &Asked,
        options: Options,
    ) -> Result<Vec<Match>, String> {
        let choice = &self.choice;
        let ask = |limit| {
            asked.screener.screen(query, Options { limit, ..options }).map_err(|error| error.to_string())
        };
        if choice.picks_all() {
            return ask(options.limit);
        }
        let mut limit = (options.limit + choice.exclude_entity_ids.len()).max(50);
        loop {
            let found = ask(limit)?;
            let whole = found.len() < limit || limit >= MOST_LOOKED;
            let mut picked: Vec<Match> =
                found.into_iter().filter(|found| choice.picks(found, screeners)).collect();
            if whole || picked.len() >= options.limit {
                picked.truncate(options.limit);
                return Ok(picked);
            }
            limit *= 8;
        }
    }
}

impl Question for Matching {
    const WORD: &'static str = "match";

    fn scope(&self) -> Scope {
        Scope {
            dataset: self.dataset.clone(),
            include: self.choice.include_dataset.clone(),
            exclude: self.choice.exclude_dataset.clone(),
        }
    }

    fn policy(&self) -> &str {
        policy_of(self.choice.algorithm.as_deref()).unwrap_or("default")
    }

    fn answer(&self, screeners: &Screeners, asked: &Asked) -> Outcome<Answered> {
        let threshold = self.choice.threshold.unwrap_or_else(|| asked.screener.policy().threshold());
        let least = self.choice.cutoff.unwrap_or(threshold).min(threshold);
        let limit = self.choice.limit.unwrap_or(5);
        let options = Options { threshold: least, limit };
        let screen = |(key, Query(wire)): (&_, &Query)| {
            let row = row_of(wire);
            let found = match &row.error {
                Some(error) => Err(error.clone()),
                None => self.screen(&row.query, screeners, asked, options),
            };
            let key: &String = key;
            (key.clone(), row, found)
        };
        // One query is not worth a second thread.
        let screened: Vec<_> = if self.queries.len() == 1 {
            self.queries.iter().map(screen).collect()
        } else {
            self.queries.par_iter().map(screen).collect()
        };
        let mut answered = Answered { bytes: Vec::new(), names: 0, matched: 0, matches: 0 };
        let mut responses = BTreeMap::new();
        for (key, row, found) in &screened {
            let matches = found.as_deref().unwrap_or_default();
            let hits = matches.iter().filter(|found| found.score >= threshold).count() as u64;
            answered.names += 1;
            answered.matched += u64::from(hits > 0);
            answered.matches += hits;
            let wire = |found| told(found, threshold, screeners.list(list_of(found)).map(|held| &**held));
            let one = One {
                status: if found.is_ok() { 200 } else { 400 },
                query: Echo { id: row.id.as_deref(), query: WireQuery::new(&row.query) },
                total: Total {
                    value: matches.len(),
                    relation: if matches.len() < limit { "eq" } else { "gte" },
                },
                results: matches.iter().map(wire).collect(),
                detail: found.as_ref().err().map(String::as_str),
                notes: &row.notes,
            };
            responses.insert(key.as_str(), one);
        }
        let whole = Whole { responses, limit, checked: &asked.checked };
        answered.bytes = Answered::json(&whole)?.bytes;
        Ok(answered)
    }
}

/// Looks for parties: for each query the entities that score at or above the threshold, best first.
#[utoipa::path(
    post, path = "/match/{dataset}", tag = "yente",
    params(
        ("dataset" = String, Path, description = "A list's id, `default` or `all` for all that is loaded", example = "default"),
        ("limit" = Option<usize>, Query, description = "Most results of a query", maximum = 500),
        ("threshold" = Option<f64>, Query, description = "Least score of a match", minimum = 0, maximum = 1),
        ("cutoff" = Option<f64>, Query, description = "Least score of a result that is no match", minimum = 0, maximum = 1),
        ("algorithm" = Option<String>, Query, description = "One of `/algorithms`"),
        ("include_dataset" = Option<Vec<String>>, Query, description = "Only these datasets"),
        ("exclude_dataset" = Option<Vec<String>>, Query, description = "None of these datasets"),
        ("exclude_schema" = Option<Vec<String>>, Query, description = "No entity of these schemata"),
        ("topics" = Option<Vec<String>>, Query, description = "Only entities with one of these topics"),
        ("exclude_entity_ids" = Option<Vec<String>>, Query, description = "None of these entities, at most 50"),
        ("changed_since" = Option<String>, Query, description = "Only entities that changed on this day or later"),
    ),
    request_body = MatchBody,
    responses(
        (status = 200, description = "Results by the keys of the queries", content_type = "application/json",
            headers(("x-batch-size" = usize, description = "Number of queries"))),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn match_entities(
    State(service): State<Shared>,
    Now(screeners): Now,
    asker: Asker,
    Place(dataset): Place<String>,
    pairs: Pairs,
    body: Body,
) -> Outcome<Response> {
    let body: MatchBody = body.json()?;
    let question = Matching::read(dataset, &pairs, body)?;
    let count = question.queries.len();
    let mut response = question::answer(&service, screeners, &asker, question).await?;
    response.headers_mut().insert(BATCH_SIZE, HeaderValue::from(count));
    Ok(response)
}

fn list_of(found: &Match) -> &str {
    found.entity.id.list()
}
