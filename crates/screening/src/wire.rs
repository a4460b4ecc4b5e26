//! Answers as JSON: the shape of a line per row, of the summary, and of what was checked.
//!
//! The keys and their order are a contract: the digest of `checked` is taken over its bytes as written here, compact
//! JSON, so that anyone can take it again from the summary line.

use crate::batch::Screened;
use cordon_matching::{Evidence, Match};
use cordon_model::ftm::{FtmValue, to_ftm};
use cordon_model::{Digest, Entity};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// One list that was checked.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CheckedList {
    /// The list's id.
    pub id: String,
    /// The snapshot's id.
    pub snapshot: String,
    /// The publisher's date, `yyyy-mm-dd`, if it has one.
    pub published: Option<String>,
    /// When it was fetched, ISO 8601 in UTC; `None` for the built-in starter list.
    pub fetched: Option<String>,
    /// Number of entities.
    pub entities: usize,
}

/// What answers rest on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Checked {
    /// The lists.
    pub lists: Vec<CheckedList>,
    /// Name and digest of the policy.
    pub policy: String,
    /// Version of the engine.
    pub engine: String,
    /// Digest of what joins records of different lists; `None` if nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<String>,
}

impl Checked {
    /// SHA-256 of the bytes of this object as the summary line has them.
    pub fn digest(&self) -> Digest {
        // A value of strings and numbers in memory always serialises.
        Digest::of(&serde_json::to_vec(self).unwrap_or_default())
    }

    /// Number of entities in all lists.
    pub fn entities(&self) -> usize {
        self.lists.iter().map(|list| list.entities).sum()
    }
}

/// A query as `FollowTheMoney` writes one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct WireQuery {
    /// Schema name.
    pub schema: &'static str,
    /// Values by property.
    pub properties: BTreeMap<String, Vec<FtmValue>>,
}

impl WireQuery {
    /// The wire form of a query.
    pub fn new(query: &Entity) -> Self {
        Self { schema: query.schema.as_str(), properties: to_ftm(query).properties }
    }
}

/// When an entity came and changed on its list: ISO 8601 to the second, UTC, without a zone.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct WireSeen {
    /// First version that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<String>,
    /// Last version that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
    /// Last version in which it changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_change: Option<String>,
}

/// One match on the wire.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct WireMatch<'a> {
    /// Entity id.
    pub id: String,
    /// Name to show.
    pub caption: String,
    /// Schema name.
    pub schema: String,
    /// Values by property, with designations – every authority's – under `sanctions` and links under their own property.
    pub properties: BTreeMap<String, Vec<FtmValue>>,
    /// The list, then the lists of the party's other records.
    pub datasets: Vec<String>,
    /// Ids it was merged from, and those of the party's other records.
    pub referents: Vec<String>,
    /// Whether it is itself listed, where this is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<bool>,
    /// When it came and changed, where this is told.
    #[serde(flatten)]
    pub seen: WireSeen,
    /// 0 to 1.
    pub score: f64,
    /// Whether the score is at or above the threshold asked for.
    #[serde(rename = "match")]
    pub is_match: bool,
    /// Evidence by signal, strongest support first.
    pub explanations: Explanations<'a>,
}

impl<'a> WireMatch<'a> {
    /// The wire form of a match.
    pub fn new(found: &'a Match, threshold: f64) -> Self {
        let mut wire = to_ftm(&found.entity);
        for other in &found.also {
            let mut other = to_ftm(other);
            wire.datasets.extend(
                other.datasets.into_iter().filter(|list| !wire.datasets.contains(list)).collect::<Vec<_>>(),
            );
            wire.referents.push(other.id);
            wire.referents.extend(other.referents);
            for property in ["sanctions", "programId"] {
                let values = other.properties.remove(property).unwrap_or_default();
                let known = wire.properties.entry(property.to_owned()).or_default();
                let new: Vec<FtmValue> = values.into_iter().filter(|value| !known.contains(value)).collect();
                known.extend(new);
            }
        }
        wire.referents.retain(|referent| *referent != wire.id);
        let mut seen = BTreeSet::new();
        wire.referents.retain(|referent| seen.insert(referent.clone()));
        Self {
            id: wire.id,
            caption: wire.caption,
            schema: wire.schema,
            properties: wire.properties,
            datasets: wire.datasets,
            referents: wire.referents,
            target: None,
            seen: WireSeen::default(),
            score: found.score,
            is_match: found.score >= threshold,
            explanations: Explanations(&found.evidence),
        }
    }
}

/// Evidence as an object by signal, in the order of the evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Explanations<'a>(pub &'a [Evidence]);

impl Serialize for Explanations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Explanation<'a> {
            score: f64,
            detail: &'a str,
            query: &'a str,
            candidate: &'a str,
        }
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for evidence in self.0 {
            let Evidence { signal, score, detail, query, candidate, .. } = evidence;
            map.serialize_entry(signal, &Explanation { score: *score, detail, query, candidate })?;
        }
        map.end()
    }
}

/// Columns that were not taken for anything, as an object in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Carried<'a>(&'a [(String, String)]);

impl Carried<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Carried<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, text)| (name, text)))
    }
}

/// The line of one row: always with `row`, `id`, `query`, `results` and `checked`; with `error`, `notes` and `carried`
/// (the columns that were not taken for anything) where there are any.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct WireRow<'a> {
    row: u64,
    id: Option<&'a str>,
    query: WireQuery,
    results: Vec<WireMatch<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(skip_serializing_if = "is_empty")]
    notes: &'a [String],
    #[serde(skip_serializing_if = "Carried::is_empty")]
    carried: Carried<'a>,
    checked: &'a str,
}

fn is_empty(notes: &&[String]) -> bool {
    notes.is_empty()
}

impl<'a> WireRow<'a> {
    /// The line of a screened row. `checked` is the digest of what was checked.
    pub fn new(screened: &'a Screened, threshold: f64, checked: &'a Digest) -> Self {
        let row = &screened.row;
        Self {
            row: row.number,
            id: row.id.as_deref(),
            query: WireQuery::new(&row.query),
            results: screened.matches.iter().map(|found| WireMatch::new(found, threshold)).collect(),
            error: row.error.as_deref(),
            notes: &row.notes,
            carried: Carried(&row.carried),
            checked: checked.as_str(),
        }
    }
}

/// Counts over a batch, and how it was asked.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Summary {
    /// Rows read.
    pub rows: u64,
    /// Rows with at least one match.
    pub matched: u64,
    /// Rows that could not be screened.
    pub errors: u64,
    /// Time taken, in seconds.
    pub seconds: f64,
    /// Least score of a match.
    pub threshold: f64,
    /// Most matches given for a row.
    pub limit: usize,
}

/// The last line of a batch.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct WireSummary<'a> {
    /// Counts.
    pub summary: Summary,
    /// What was checked; its digest is in every row.
    pub checked: &'a Checked,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Form, Input};
    use cordon_model::{Designation, EntityId, Name, NameKind, PartialDate, Schema};
    use serde_json::{Value, json};

    #[test]
    fn rows_have_the_keys_of_the_contract_in_their_order() {
        let line = b"{\"id\":\"C-17\",\"name\":\"Ri\",\"dob\":\"x\",\"tier\":\"gold\",\"desk\":\"9\"}";
        let row = Input::open(&line[..], Some(Form::JsonLines)).unwrap().next().unwrap().unwrap();
        let mut entity = Entity::new(EntityId::new("un_sc_sanctions", "KPi.001"), Schema::Person);
        entity.add_name(Name::new(NameKind::Primary, "RI Je-Son"));
        entity.designations.push(Designation {
            authority: "UN Security Council".to_owned(),
            program: "1718".to_owned(),
            listed: PartialDate::parse("2016-03-02").ok(),
            ..Designation::default()
        });
        let evidence = |signal, score| Evidence {
            signal,
            score,
            detail: "d".to_owned(),
            query: "q".to_owned(),
            candidate: "c".to_owned(),
            aligned: Vec::new(),
        };
        let found = Match {
            entity,
            also: Vec::new(),
            score: 0.75,
            evidence: vec![evidence("name", 3.5), evidence("country", -1.0)],
        };
        let screened = Screened { row, matches: vec![found] };
        let digest = Digest::of(b"");
        let text = serde_json::to_string(&WireRow::new(&screened, 0.7, &digest)).unwrap();
        let keys = ["row", "id", "query", "results", "notes", "carried", "checked"];
        let places: Vec<usize> = keys.iter().map(|key| text.find(&format!("\"{key}\":")).unwrap()).collect();
        assert!(places.is_sorted(), "{text}");
        assert!(text.find("\"name\":{").unwrap() < text.find("\"country\":{").unwrap(), "{text}");
        assert!(text.find("\"tier\"").unwrap() < text.find("\"desk\"").unwrap(), "{text}");
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["query"], json!({"schema": "Thing", "properties": {"name": ["Ri"]}}));
        let result = &value["results"][0];
        assert_eq!(result["id"], "un_sc_sanctions:KPi.001");
        assert_eq!(result["match"], true);
        assert_eq!(result["datasets"], json!(["un_sc_sanctions"]));
        assert_eq!(
            result["explanations"]["name"],
            json!({"score": 3.5, "detail": "d", "query": "q", "candidate": "c"})
        );
        let sanction = &result["properties"]["sanctions"][0]["properties"];
        assert_eq!(
            (&sanction["listingDate"], &sanction["programId"]),
            (&json!(["2016-03-02"]), &json!(["1718"]))
        );
    }

    #[test]
    fn the_digest_is_that_of_the_bytes_in_the_summary() {
        let checked = Checked {
            lists: vec![CheckedList {
                id: "l".to_owned(),
                snapshot: "undated-1".to_owned(),
                published: None,
                fetched: Some("2026-01-02T03:04:05Z".to_owned()),
                entities: 7,
            }],
            policy: "default@1".to_owned(),
            engine: "0.1.0".to_owned(),
            links: None,
        };
        let summary = Summary { rows: 1, matched: 0, errors: 0, seconds: 0.5, threshold: 0.7, limit: 5 };
        let line = serde_json::to_string(&WireSummary { summary, checked: &checked }).unwrap();
        let (_, bytes) = line.strip_suffix('}').unwrap().split_once("\"checked\":").unwrap();
        assert_eq!(
            bytes,
            "{\"lists\":[{\"id\":\"l\",\"snapshot\":\"undated-1\",\"published\":null,\"fetched\":\"2026-01-02T03:04:05Z\",\
             \"entities\":7}],\"policy\":\"default@1\",\"engine\":\"0.1.0\"}"
        );
        assert_eq!(checked.digest(), Digest::of(bytes.as_bytes()));
    }
}
