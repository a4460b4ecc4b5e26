//! Parties as watchman writes them: flat, with one of five kinds filled in.

use super::source_of;
use cordon_matching::Match;
use cordon_model::{CountryRole, DateRole, Entity, NameKind, PartialDate, Schema, Scheme};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A party.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireEntity {
    name: String,
    entity_type: &'static str,
    source_list: String,
    #[serde(rename = "sourceID")]
    source_id: String,
    person: Value,
    business: Value,
    organization: Value,
    aircraft: Value,
    vessel: Value,
    contact: Value,
    addresses: Vec<Value>,
    crypto_addresses: Vec<Value>,
    affiliations: Vec<Value>,
    sanctions_info: Value,
    historical_info: Vec<Value>,
    source_data: Value,
}

/// A party found.
#[derive(Debug, Serialize)]
pub(super) struct WireHit {
    #[serde(flatten)]
    entity: WireEntity,
    #[serde(rename = "match")]
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Value>,
}

impl WireHit {
    pub(super) fn new(found: &Match, debug: bool) -> Self {
        let piece = |evidence: &cordon_matching::Evidence| {
            json!({
                "pieceType": evidence.signal, "score": evidence.score, "detail": evidence.detail,
                "query": evidence.query, "index": evidence.candidate,
            })
        };
        let pieces: Vec<Value> = found.evidence.iter().map(piece).collect();
        Self {
            entity: WireEntity::new(&found.entity, found.entity.id.list()),
            score: found.score,
            details: debug.then(|| json!({"pieces": pieces, "finalScore": found.score})),
        }
    }
}

/// Watchman's word for the kind of a party.
pub(super) fn kind_of(entity: &Entity) -> &'static str {
    match entity.schema {
        Schema::Person => "person",
        Schema::Company => "business",
        Schema::Airplane => "aircraft",
        Schema::Vessel | Schema::Vehicle => "vessel",
        Schema::Thing if entity.dates_of(DateRole::Birth).next().is_some() => "person",
        _ => "organization",
    }
}

/// A day with a time, as Go writes one; the first day of what is known.
fn time(date: PartialDate) -> String {
    let from = date.from();
    format!("{:04}-{:02}-{:02}T00:00:00Z", from.year(), from.month().unwrap_or(1), from.day().unwrap_or(1))
}

fn first_date(entity: &Entity, role: DateRole) -> Value {
    entity.dates_of(role).next().map_or(Value::Null, |date| Value::String(time(date)))
}

fn number(entity: &Entity, scheme: Scheme) -> &str {
    let found = entity.identifiers.iter().find(|identifier| identifier.scheme == scheme);
    found.map(|identifier| identifier.value.as_str()).unwrap_or_default()
}

fn country(entity: &Entity, role: CountryRole) -> &str {
    entity.countries.iter().find(|fact| fact.role == role).map(|fact| fact.country.code()).unwrap_or_default()
}

fn first<'a>(entity: &'a Entity, property: &str) -> &'a str {
    entity.values(property).first().map(String::as_str).unwrap_or_default()
}

/// Numbers of documents, as watchman has them.
fn documents(entity: &Entity) -> Vec<Value> {
    let kind = |scheme| match scheme {
        Scheme::Passport => Some("passport"),
        Scheme::NationalId => Some("national-id"),
        Scheme::TaxId | Scheme::Inn | Scheme::Vat => Some("tax-id"),
        Scheme::SocialSecurity => Some("ssn"),
        Scheme::Registration | Scheme::Ogrn => Some("business-registration"),
        Scheme::Other => Some("other"),
        _ => None,
    };
    let documents = entity.identifiers.iter().filter_map(|identifier| {
        let country = identifier.country.map(|country| country.code().to_owned()).unwrap_or_default();
        Some(json!({"type": kind(identifier.scheme)?, "country": country, "identifier": identifier.value}))
    });
    documents.collect()
}

/// The part that only the kind of a party has.
fn own(entity: &Entity, kind: &str) -> Value {
    let others: Vec<&str> =
        entity.names.iter().map(|name| name.text.as_str()).filter(|name| *name != entity.caption()).collect();
    let mut part = Map::new();
    let mut put = |key: &str, value: Value| part.insert(key.to_owned(), value);
    put("name", entity.caption().into());
    put("altNames", others.into());
    match kind {
        "person" => {
            put("gender", first(entity, "gender").into());
            put("birthDate", first_date(entity, DateRole::Birth));
            put("deathDate", first_date(entity, DateRole::Death));
            put("placeOfBirth", first(entity, "birthPlace").into());
            put("titles", entity.values("title").iter().chain(entity.values("position")).cloned().collect());
            put("governmentIDs", documents(entity).into());
        }
        "business" | "organization" => {
            put("created", first_date(entity, DateRole::Incorporation));
            put("dissolved", first_date(entity, DateRole::Dissolution));
            put("governmentIDs", documents(entity).into());
        }
        _ => {
            put("type", first(entity, "type").into());
            put("flag", country(entity, CountryRole::Flag).into());
            put("built", first_date(entity, DateRole::Build));
            put("model", first(entity, "model").into());
            if kind == "vessel" {
                put("imoNumber", number(entity, Scheme::ImoShip).into());
                put("mmsi", number(entity, Scheme::Mmsi).into());
                put("callSign", number(entity, Scheme::CallSign).into());
                put("owner", first(entity, "owner").into());
            } else {
                put("icaoCode", first(entity, "icaoCode").into());
                put("serialNumber", number(entity, Scheme::AircraftSerial).into());
            }
        }
    }
    Value::Object(part)
}

impl WireEntity {
    /// A party of a list; an asked one is of none.
    pub(super) fn new(entity: &Entity, list: &str) -> Self {
        let kind = kind_of(entity);
        let part = |wanted: &str| if kind == wanted { own(entity, kind) } else { Value::Null };
        let former = entity.names.iter().filter(|name| name.kind == NameKind::Former);
        Self {
            name: entity.caption().to_owned(),
            entity_type: kind,
            source_list: source_of(list).to_owned(),
            source_id: if list.is_empty() { String::new() } else { entity.id.key().to_owned() },
            person: part("person"),
            business: part("business"),
            organization: part("organization"),
            aircraft: part("aircraft"),
            vessel: part("vessel"),
            contact: json!({
                "emailAddresses": entity.values("email"), "phoneNumbers": entity.values("phone"),
                "faxNumbers": [], "websites": entity.values("website"),
            }),
            addresses: addresses(entity),
            crypto_addresses: wallets(entity),
            affiliations: affiliations(entity),
            sanctions_info: sanctions(entity),
            historical_info: former
                .map(|name| json!({"type": "Former Name", "value": name.text, "date": null}))
                .collect(),
            source_data: Value::Null,
        }
    }
}

fn addresses(entity: &Entity) -> Vec<Value> {
    let address = |address: &cordon_model::Address| {
        json!({
            "line1": address.street, "line2": "", "city": address.city, "postalCode": address.postal_code,
            "state": address.region, "country": address.country.map(|country| country.code().to_owned()).unwrap_or_default(),
            "latitude": 0.0, "longitude": 0.0,
        })
    };
    entity.addresses.iter().map(address).collect()
}

fn wallets(entity: &Entity) -> Vec<Value> {
    let wallets = entity.identifiers.iter().filter(|identifier| identifier.scheme == Scheme::Crypto);
    wallets.map(|wallet| json!({"currency": wallet.kind, "address": wallet.value})).collect()
}

fn affiliations(entity: &Entity) -> Vec<Value> {
    let links = entity.relations.iter().filter(|link| !link.name.is_empty());
    links.map(|link| json!({"entityName": link.name, "type": link.label(), "details": link.role})).collect()
}

fn sanctions(entity: &Entity) -> Value {
    if entity.designations.is_empty() {
        return Value::Null;
    }
    let programs: Vec<&str> = entity.designations.iter().map(|act| act.program.as_str()).collect();
    let reasons: Vec<&str> = entity
        .designations
        .iter()
        .map(|act| act.reason.as_str())
        .filter(|reason| !reason.is_empty())
        .collect();
    let secondary =
        entity.designations.iter().any(|act| act.reason.to_lowercase().contains("secondary sanctions"));
    json!({"programs": programs, "secondary": secondary, "description": reasons.join("; ")})
}
