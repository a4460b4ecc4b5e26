//! As clients of moov's watchman ask: `/v2/search` and `/v2/listinfo`.
//!
//! Parameters that are not known are errors, as they are there: a misspelt date of birth must not be passed over.

mod wire;

use crate::api::query::{Pairs, at_most};
use crate::caller::{Asker, Scope as Right};
use crate::error::{ApiError, ErrorBody, Outcome};
use crate::question::{self, Answered, Question};
use crate::screeners::{Asked, Scope, Screeners, short};
use crate::service::{Now, Shared};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use cordon_matching::{Match, Options};
use cordon_model::Schema;
use cordon_model::ftm::FtmEntity;
use cordon_screening::input::row_of;
use cordon_screening::wire::Checked;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wire::{WireEntity, WireHit};

pub(crate) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(search)).routes(routes!(list_info))
}

/// Most results.
const MOST: usize = 100;

/// Our lists by the names watchman has for them.
const SOURCES: [(&str, &str); 7] = [
    ("us_ofac", "us_ofac_sdn"),
    ("us_non_sdn", "us_ofac_cons"),
    ("us_csl", "us_trade_csl"),
    ("uk_csl", "gb_fcdo_sanctions"),
    ("eu_csl", "eu_fsf"),
    ("un_csl", "un_sc_sanctions"),
    ("us_dpl", "us_bis_denied"),
];

/// Kinds of party by watchman's words.
const TYPES: [(&str, Schema); 5] = [
    ("person", Schema::Person),
    ("business", Schema::Company),
    ("organization", Schema::Organization),
    ("aircraft", Schema::Airplane),
    ("vessel", Schema::Vessel),
];

/// Parameters that are facts, with the properties that carry them.
const FACTS: [(&str, &str); 35] = [
    ("name", "name"),
    ("altNames", "alias"),
    ("gender", "gender"),
    ("birthDate", "birthDate"),
    ("deathDate", "deathDate"),
    ("titles", "title"),
    ("created", "incorporationDate"),
    ("dissolved", "dissolutionDate"),
    ("imoNumber", "imoNumber"),
    ("mmsi", "mmsi"),
    ("callSign", "callSign"),
    ("flag", "flag"),
    ("built", "buildDate"),
    ("vesselType", "type"),
    ("aircraftType", "type"),
    ("model", "model"),
    ("tonnage", "tonnage"),
    ("grossRegisteredTonnage", "grossRegisteredTonnage"),
    ("owner", "owner"),
    ("icaoCode", "icaoCode"),
    ("serialNumber", "serialNumber"),
    ("address", "address"),
    ("addresses", "address"),
    ("email", "email"),
    ("emailAddress", "email"),
    ("emailAddresses", "email"),
    ("phone", "phone"),
    ("phoneNumber", "phone"),
    ("phoneNumbers", "phone"),
    ("fax", "phone"),
    ("faxNumber", "phone"),
    ("faxNumbers", "phone"),
    ("website", "website"),
    ("websites", "website"),
    ("placeOfBirth", "birthPlace"),
];

/// Parameters that are instructions.
const ORDERS: [&str; 9] =
    ["type", "source", "sourceID", "limit", "minMatch", "debug", "debugSourceIDs", "requestID", "format"];

/// Numbers of documents: the kind after `gov_`, with the property that carries it.
const DOCUMENTS: [(&str, &str); 6] = [
    ("passport", "passportNumber"),
    ("ssn", "socialSecurityNumber"),
    ("tax-id", "taxNumber"),
    ("tax_id", "taxNumber"),
    ("business-registration", "registrationNumber"),
    ("business_registration", "registrationNumber"),
];

/// A party asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Watching {
    dataset: String,
    kind: Option<String>,
    source_id: Option<String>,
    wire: FtmEntity,
    least: Option<f64>,
    limit: usize,
    debug: bool,
}

/// Watchman's name of a list.
fn source_of(list: &str) -> &str {
    SOURCES.iter().find(|row| row.1 == list).map_or(list, |row| row.0)
}

impl Watching {
    fn read(pairs: &Pairs) -> Outcome<Self> {
        let known = |name: &str| {
            FACTS.iter().any(|row| row.0 == name)
                || ORDERS.contains(&name)
                || name == "cryptoAddress"
                || name == "cryptoAddresses"
                || name.starts_with("gov_")
        };
        if let Some((name, _)) = pairs.iter().find(|(name, _)| !known(name)) {
            return Err(ApiError::bad(&short(name), format!("no parameter is called `{}`", short(name))));
        }
        let kind = pairs.one("type").map(str::to_lowercase).filter(|kind| kind != "any");
        let schema = match kind.as_deref() {
            None => Schema::Thing,
            Some(kind) => TYPES.iter().find(|row| row.0 == kind).map(|row| row.1).ok_or_else(|| {
                let known = TYPES.map(|row| row.0).join(", ");
                ApiError::bad("type", format!("no type is called `{}`; known: {known}", short(kind)))
            })?,
        };
        if let Some(format) = pairs.one("format").filter(|format| *format != "json") {
            let message = format!("answers are `json`, not `{}`", short(format));
            return Err(ApiError::bad("format", message));
        }
        let limit = at_most("limit", pairs.parse("limit", "a whole number")?.unwrap_or(10), MOST)?;
        if limit == 0 {
            return Err(ApiError::bad("limit", "`limit` is at least 1"));
        }
        let source = pairs.one("source").unwrap_or("all");
        let dataset = SOURCES.iter().find(|row| row.0 == source).map_or(source, |row| row.1);
        Ok(Self {
            dataset: dataset.to_owned(),
            kind,
            source_id: pairs.one("sourceID").map(str::to_owned),
            wire: facts(pairs, schema),
            least: pairs.share("minMatch")?,
            limit,
            debug: pairs.flag("debug")?.unwrap_or(false),
        })
    }

    /// Whether a match is of the type and source asked.
    fn wants(&self, found: &Match) -> bool {
        let own = wire::kind_of(&found.entity);
        let kind = self.kind.as_deref().is_none_or(|kind| {
            // Lists often do not say which of the two an organisation is.
            kind == own
                || (matches!(kind, "business" | "organization") && found.entity.schema.is_organisation())
        });
        kind && self.source_id.as_deref().is_none_or(|id| id == found.entity.id.key())
    }
}

/// What is asked, as a party.
fn facts(pairs: &Pairs, schema: Schema) -> FtmEntity {
    let mut wire = FtmEntity { schema: schema.as_str().to_owned(), ..FtmEntity::default() };
    for (name, value) in pairs.iter() {
        let value = value.trim();
        let fact = FACTS.iter().find(|row| row.0 == name).map(|row| row.1);
        if let Some(property) = fact {
            // Times are written behind days; the lists know days.
            let day = property.ends_with("Date").then(|| value.split('T').next()).flatten();
            wire.push(property, day.unwrap_or(value));
        } else if name.starts_with("cryptoAddress") {
            wire.push("publicKey", value.split_once(':').map_or(value, |(_, address)| address));
        } else if let Some(kind) = name.strip_prefix("gov_") {
            let (country, number) = value.split_once(':').unwrap_or(("", value));
            let property = DOCUMENTS.iter().find(|row| row.0 == kind).map_or("idNumber", |row| row.1);
            wire.push(property, number);
            if schema != Schema::Vessel && schema != Schema::Airplane {
                wire.push("country", country);
            }
        }
    }
    wire
}

#[derive(Serialize)]
struct Found<'a> {
    query: WireEntity,
    entities: Vec<WireHit>,
    checked: &'a Checked,
}

impl Question for Watching {
    const WORD: &'static str = "watchman";

    fn scope(&self) -> Scope {
        Scope::of(&self.dataset)
    }

    fn policy(&self) -> &'static str {
        "default"
    }

    fn answer(&self, _: &Screeners, asked: &Asked) -> Outcome<Answered> {
        let row = row_of(&self.wire);
        if let Some(error) = row.error {
            return Err(ApiError::bad("name", error));
        }
        let threshold = self.least.unwrap_or_else(|| asked.screener.policy().threshold());
        let picky = self.kind.is_some() || self.source_id.is_some();
        let options = Options { threshold, limit: if picky { 10_000 } else { self.limit } };
        let found = asked
            .screener
            .screen(&row.query, options)
            .map_err(|error| ApiError::bad("name", error.to_string()))?;
        let wanted = found.iter().filter(|found| self.wants(found)).take(self.limit);
        let entities: Vec<WireHit> = wanted.map(|found| WireHit::new(found, self.debug)).collect();
        let matches = entities.len() as u64;
        let query = WireEntity::new(&row.query, "");
        let answer = Found { query, entities, checked: &asked.checked };
        Ok(Answered { matched: u64::from(matches > 0), matches, ..Answered::json(&answer)? })
    }
}

/// Looks for one party, described by parameters. Parameters that are not known are errors.
#[utoipa::path(
    get, path = "/v2/search", tag = "watchman",
    params(
        ("name" = Option<String>, Query, example = "Kim Jong Un"),
        ("type" = Option<String>, Query, description = "`person`, `business`, `organization`, `aircraft`, `vessel`"),
        ("source" = Option<String>, Query, description = "A list, by watchman's name or ours"),
        ("sourceID" = Option<String>, Query, description = "The publisher's key"),
        ("altNames" = Option<Vec<String>>, Query),
        ("birthDate" = Option<String>, Query),
        ("gender" = Option<String>, Query),
        ("imoNumber" = Option<String>, Query),
        ("mmsi" = Option<String>, Query),
        ("callSign" = Option<String>, Query),
        ("flag" = Option<String>, Query),
        ("address" = Option<Vec<String>>, Query),
        ("cryptoAddress" = Option<Vec<String>>, Query, description = "CURRENCY:ADDRESS"),
        ("gov_passport" = Option<String>, Query, description = "COUNTRY:NUMBER; likewise `gov_` with other kinds"),
        ("minMatch" = Option<f64>, Query, minimum = 0, maximum = 1),
        ("limit" = Option<usize>, Query, maximum = 100),
        ("debug" = Option<bool>, Query, description = "Whether the evidence is given"),
    ),
    responses(
        (status = 200, description = "The query as understood, and the parties found", content_type = "application/json"),
        (status = "4XX", body = ErrorBody),
    )
)]
async fn search(
    State(service): State<Shared>,
    Now(screeners): Now,
    asker: Asker,
    pairs: Pairs,
) -> Outcome<Response> {
    question::answer(&service, screeners, &asker, Watching::read(&pairs)?).await
}

/// What is loaded.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ListInfo {
    /// Entities by list.
    lists: BTreeMap<String, usize>,
    /// Snapshots by list.
    list_hashes: BTreeMap<String, String>,
    started_at: Option<String>,
    ended_at: Option<String>,
    version: String,
}

/// The lists in force: entities, snapshots, when they were fetched.
#[utoipa::path(
    get, path = "/v2/listinfo", tag = "watchman",
    responses((status = 200, body = ListInfo), (status = "4XX", body = ErrorBody))
)]
async fn list_info(Now(screeners): Now, asker: Asker) -> Outcome<Json<ListInfo>> {
    asker.need(Right::Read)?;
    let held = screeners.lists();
    let times = || held.iter().filter_map(|held| held.version.fetched);
    let name = |list: &str| source_of(list).to_owned();
    Ok(Json(ListInfo {
        lists: held.iter().map(|held| (name(held.id()), held.version.entities)).collect(),
        list_hashes: held.iter().map(|held| (name(held.id()), held.version.snapshot.clone())).collect(),
        started_at: times().min().map(|time| time.to_string()),
        ended_at: times().max().map(|time| time.to_string()),
        version: screeners.engine().to_owned(),
    }))
}
