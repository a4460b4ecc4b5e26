//! `GET /search/{dataset}`: full-text search with filters and facets.

use super::entities::flat;
use super::matching::FIELDS;
use super::{Total, schema_of};
use crate::api::extract::Place;
use crate::api::query::{Pairs, at_most};
use crate::caller::Asker;
use crate::error::{ApiError, ErrorBody, Outcome};
use crate::facts::Fact;
use crate::question::{self, Answered, Question};
use crate::screeners::{Asked, Held, Scope, Screeners, short};
use crate::service::{Now, Shared};
use axum::extract::State;
use axum::response::Response;
use cordon_matching::Options;
use cordon_model::ftm::FtmEntity;
use cordon_model::{Country, Entity, EntityId, Name, NameKind, Schema};
use cordon_screening::wire::Checked;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(search))
}

/// Most results on a page.
const MOST: usize = 500;
/// Most parties that are alike the name asked.
const MOST_ALIKE: usize = 1000;
/// Longest text that is searched for, in characters.
const LONGEST: usize = 2000;

/// What a search asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Finding {
    dataset: String,
    text: String,
    schema: Option<String>,
    /// Wanted values by field.
    filters: BTreeMap<String, BTreeSet<String>>,
    /// Whether one of the values suffices, or all are wanted.
    any: bool,
    /// Whether names that are alike are found too.
    fuzzy: bool,
    facets: Vec<String>,
    sort: Vec<(Sort, bool)>,
    limit: usize,
    offset: usize,
}

/// What results can be put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Sort {
    Score,
    Caption,
    Id,
    LastChange,
}

const SORTS: [(&str, Sort); 5] = [
    ("score", Sort::Score),
    ("caption", Sort::Caption),
    ("id", Sort::Id),
    ("last_change", Sort::LastChange),
    ("last_changed", Sort::LastChange),
];

const FACETS: [(&str, &str); 4] =
    [("countries", "Countries"), ("topics", "Topics"), ("datasets", "Data sources"), ("schema", "Types")];

#[derive(Serialize)]
struct Facet {
    label: &'static str,
    values: Vec<FacetValue>,
}

#[derive(Serialize)]
struct FacetValue {
    name: String,
    label: String,
    count: usize,
}

#[derive(Serialize)]
struct Found<'a> {
    results: Vec<FtmEntity>,
    facets: BTreeMap<&'static str, Facet>,
    total: Total,
    limit: usize,
    offset: usize,
    checked: &'a Checked,
}

/// A party found, with its score against the text if it is alike.
struct Hit<'a> {
    held: &'a Arc<Held>,
    fact: &'a Fact,
    score: f64,
}

impl Finding {
    pub(super) fn read(dataset: String, pairs: &Pairs) -> Outcome<Self> {
        let text = pairs.one("q").unwrap_or_default().to_owned();
        at_most("q", text.chars().count(), LONGEST)?;
        let schema = pairs.one("schema").map(|name| schema_of(name, "schema")).transpose()?;
        let mut filters: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for field in ["countries", "topics", "datasets"] {
            let values = pairs.many(field);
            if !values.is_empty() {
                filters.entry(field.to_owned()).or_default().extend(values);
            }
        }
        for filter in pairs.many("filter") {
            let (field, value) = filter
                .split_once(':')
                .ok_or_else(|| ApiError::bad("filter", format!("`{}` is not FIELD:VALUE", short(&filter))))?;
            if !FIELDS.contains(&field) {
                let known = FIELDS.join(", ");
                let message = format!("`{}` cannot be filtered by; known: {known}", short(field));
                return Err(ApiError::bad("filter", message));
            }
            filters.entry(field.to_owned()).or_default().insert(value.to_owned());
        }
        let any = match pairs.one("filter_op").map(str::to_uppercase).as_deref() {
            None | Some("OR") => true,
            Some("AND") => false,
            Some(_) => return Err(ApiError::bad("filter_op", "`filter_op` is `OR` or `AND`")),
        };
        let mut facets = pairs.many("facets");
        if facets.is_empty() {
            facets = FACETS[..3].iter().map(|row| row.0.to_owned()).collect();
        }
        if let Some(unknown) = facets.iter().find(|name| !FACETS.iter().any(|row| row.0 == name.as_str())) {
            let known = FACETS.map(|row| row.0).join(", ");
            return Err(ApiError::bad(
                "facets",
                format!("no facet is called `{}`; known: {known}", short(unknown)),
            ));
        }
        pairs.flag("simple")?;
        Ok(Self {
            dataset,
            text,
            schema: schema.map(|schema| schema.as_str().to_owned()),
            filters,
            any,
            fuzzy: pairs.flag("fuzzy")?.unwrap_or(true),
            facets,
            sort: pairs.many("sort").iter().map(|text| sort(text)).collect::<Outcome<_>>()?,
            limit: at_most("limit", pairs.parse("limit", "a whole number")?.unwrap_or(10), MOST)?,
            offset: pairs.parse("offset", "a whole number")?.unwrap_or(0),
        })
    }

    /// Scores of the parties that are alike the text, by id.
    fn alike(&self, asked: &Asked) -> BTreeMap<String, f64> {
        if self.text.is_empty() || !self.fuzzy {
            return BTreeMap::new();
        }
        let schema = self.schema.as_deref().and_then(Schema::from_ftm).unwrap_or(Schema::Thing);
        let mut query = Entity::new(EntityId::from(String::new()), schema);
        query.add_name(Name::new(NameKind::Primary, &self.text));
        let options = Options { threshold: asked.screener.policy().threshold(), limit: MOST_ALIKE };
        // A text without a name in it is alike nothing; its words may still be found.
        let found = asked.screener.screen(&query, options).unwrap_or_default();
        found.into_iter().map(|found| (found.entity.id.as_str().to_owned(), found.score)).collect()
    }

    fn wants(&self, list: &str, fact: &Fact) -> bool {
        let has = |field: &str, value: &String| match field {
            "schema" => fact.schema == value,
            "countries" => fact.countries.contains(&value.to_lowercase()),
            "topics" => fact.topics.contains(value),
            _ => list == value,
        };
        let schema = self.schema.as_deref().is_none_or(|schema| is_a(fact.schema, schema));
        schema
            && self.filters.iter().all(|(field, values)| {
                let mut values = values.iter();
                if self.any {
                    values.any(|value| has(field, value))
                } else {
                    values.all(|value| has(field, value))
                }
            })
    }

    fn hits<'a>(&self, screeners: &'a Screeners, alike: &BTreeMap<String, f64>) -> Outcome<Vec<Hit<'a>>> {
        let mut hits = Vec::new();
        for place in screeners.places(&Scope::of(&self.dataset))? {
            let Some(held) = screeners.lists().get(place) else { continue };
            let facts = held.facts();
            let mut places = facts.holding(&self.text);
            let known = alike.keys().filter(|id| id.starts_with(held.id()));
            places.extend(known.filter_map(|id| facts.place(id)));
            for fact in places.into_iter().filter_map(|place| facts.entities.get(place as usize)) {
                if self.wants(held.id(), fact) {
                    let score = alike.get(&fact.id).copied().unwrap_or_default();
                    hits.push(Hit { held, fact, score });
                }
            }
        }
        hits.sort_by(|one, two| {
            let by = |sort: &Sort| match sort {
                Sort::Score => one.score.total_cmp(&two.score),
                Sort::Caption => one.fact.caption.cmp(&two.fact.caption),
                Sort::Id => one.fact.id.cmp(&two.fact.id),
                Sort::LastChange => changed(one).cmp(&changed(two)),
            };
            let asked =
                self.sort.iter().map(|(sort, falling)| if *falling { by(sort).reverse() } else { by(sort) });
            let usual = two.score.total_cmp(&one.score).then_with(|| one.fact.id.cmp(&two.fact.id));
            asked.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then).then(usual)
        });
        Ok(hits)
    }
}

/// What is counted over all results, the most frequent first.
fn facet(name: &str, hits: &[Hit<'_>]) -> Vec<FacetValue> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for hit in hits {
        match name {
            "countries" => {
                hit.fact.countries.iter().for_each(|code| *counts.entry(code).or_default() += 1);
            }
            "topics" => hit.fact.topics.iter().for_each(|topic| *counts.entry(topic).or_default() += 1),
            "schema" => *counts.entry(hit.fact.schema).or_default() += 1,
            _ => *counts.entry(hit.held.id()).or_default() += 1,
        }
    }
    let label = |value: &str| match name {
        "countries" => {
            Country::from_code(value).map_or_else(|| value.to_owned(), |country| country.name().to_owned())
        }
        "datasets" => hits
            .iter()
            .find(|hit| hit.held.id() == value)
            .map_or_else(|| value.to_owned(), |hit| hit.held.title.clone()),
        _ => value.to_owned(),
    };
    let mut values: Vec<FacetValue> = counts
        .into_iter()
        .map(|(value, count)| FacetValue { name: value.to_owned(), label: label(value), count })
        .collect();
    values.sort_by(|one, two| two.count.cmp(&one.count).then_with(|| one.name.cmp(&two.name)));
    values
}

fn changed<'a>(hit: &Hit<'a>) -> Option<&'a str> {
    hit.held.seen()?.changed(&hit.fact.id)
}

/// Whether a schema is another, or a kind of it.
fn is_a(schema: &str, wanted: &str) -> bool {
    const KINDS: [(&str, &[&str]); 3] = [
        ("LegalEntity", &["Person", "Organization", "Company", "PublicBody"]),
        ("Organization", &["Company", "PublicBody"]),
        ("Vehicle", &["Vessel", "Airplane"]),
    ];
    schema == wanted
        || wanted == "Thing"
        || KINDS.iter().any(|(name, kinds)| *name == wanted && kinds.contains(&schema))
}

fn sort(text: &str) -> Outcome<(Sort, bool)> {
    let (field, order) = text.split_once(':').unwrap_or((text, "asc"));
    let known = SORTS.iter().find(|row| row.0 == field).map(|row| row.1);
    match (known, order) {
        (Some(sort), "asc") => Ok((sort, false)),
        (Some(sort), "desc") => Ok((sort, true)),
        _ => {
            let known = SORTS.map(|row| row.0).join(", ");
            let message = format!("`{}` is not FIELD:asc or FIELD:desc; fields: {known}", short(text));
            Err(ApiError::bad("sort", message))
        }
    }
}

impl Question for Finding {
    const WORD: &'static str = "search";

    fn scope(&self) -> Scope {
        Scope::of(&self.dataset)
    }

    fn policy(&self) -> &'static str {
        "default"
    }

    fn answer(&self, screeners: &Screeners, asked: &Asked) -> Outcome<Answered> {
        let hits = self.hits(screeners, &self.alike(asked))?;
        let facets = FACETS
            .iter()
            .filter(|(name, _)| self.facets.iter().any(|wanted| wanted == name))
            .map(|(name, label)| (*name, Facet { label, values: facet(name, &hits) }))
            .collect();
        let page = hits.iter().skip(self.offset).take(self.limit);
        let results =
            page.filter_map(|hit| Some(flat(hit.held, &hit.held.segment.entity(&hit.fact.id)?))).collect();
        let total = Total { value: hits.len(), relation: "eq" };
        let (limit, offset) = (self.limit, self.offset);
        let answer = Found { results, facets, total, limit, offset, checked: &asked.checked };
        let alike = hits.iter().filter(|hit| hit.score > 0.0).count() as u64;
        Ok(Answered { matched: u64::from(alike > 0), matches: alike, ..Answered::json(&answer)? })
    }
}

/// Searches the entities of a dataset by words of names and numbers, and by names that are alike.
#[utoipa::path(
    get, path = "/search/{dataset}", tag = "yente",
    params(
        ("dataset" = String, Path, description = "A list's id, `default` or `all` for all that is loaded", example = "default"),
        ("q" = Option<String>, Query, description = "Words; all must be there. All entities if not given"),
        ("schema" = Option<String>, Query, description = "Only this kind of party"),
        ("countries" = Option<Vec<String>>, Query, description = "Only parties tied to one of these countries"),
        ("topics" = Option<Vec<String>>, Query, description = "Only parties with one of these topics"),
        ("datasets" = Option<Vec<String>>, Query, description = "Only parties of these lists"),
        ("filter" = Option<Vec<String>>, Query, description = "FIELD:VALUE"),
        ("filter_op" = Option<String>, Query, description = "`OR` or `AND`: of several values of a field"),
        ("fuzzy" = Option<bool>, Query, description = "Whether names that are alike are found too"),
        ("simple" = Option<bool>, Query, description = "Taken and of no effect: there is one way to search"),
        ("facets" = Option<Vec<String>>, Query, description = "What is counted over all results"),
        ("sort" = Option<Vec<String>>, Query, description = "FIELD:asc or FIELD:desc"),
        ("limit" = Option<usize>, Query, maximum = 500),
        ("offset" = Option<usize>, Query),
    ),
    responses(
        (status = 200, description = "A page of entities, and counts", content_type = "application/json"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn search(
    State(service): State<Shared>,
    Now(screeners): Now,
    asker: Asker,
    Place(dataset): Place<String>,
    pairs: Pairs,
) -> Outcome<Response> {
    question::answer(&service, screeners, &asker, Finding::read(dataset, &pairs)?).await
}
