//! Indexes in OpenSanctions' form: which version of a data set there is, and the way to it from the one we have.
//!
//! In: the address of a catalogue or of a data set's own index. Out: the entities of its version, whole – as fetched,
//! or as those we have with every delta since laid upon them. A delta that is not to be had, or does not fit what we
//! have, is no failure: the whole is fetched. Versions are compared as texts, as their publisher does.

use crate::error::Refusal;
use crate::fetch::file_name;
use crate::{Fetch, Reason, Request, Response};
use cordon_lists::ListError;
use cordon_model::Digest;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::value::RawValue;
use sha1::{Digest as _, Sha1};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The resource that holds all entities of a data set, one a line; also the name under which they are kept.
pub(crate) const ENTITIES: &str = "entities.ftm.json";

/// Most bytes of an index.
const LARGEST_INDEX: u64 = 64 << 20;

/// Where a data set is described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexSource<'a> {
    /// The address of the index.
    pub address: &'a str,
    /// The data set meant in it.
    pub dataset: &'a str,
}

/// The version we have.
pub(crate) struct Have {
    pub(crate) version: String,
    pub(crate) entities: Vec<u8>,
}

/// What came of looking.
pub(crate) enum Found {
    /// The version we have.
    Same,
    /// Another: its name, its entities, and where they or their index are.
    Version { version: String, entities: Vec<u8>, address: String },
}

#[derive(Deserialize)]
struct Dataset {
    name: String,
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    resources: Vec<Resource>,
    #[serde(default)]
    delta_url: Option<String>,
}

#[derive(Deserialize)]
struct Resource {
    name: String,
    url: String,
    #[serde(default)]
    checksum: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Index {
    Catalogue { datasets: Vec<Dataset> },
    One(Dataset),
}

#[derive(Deserialize)]
struct Deltas {
    versions: BTreeMap<String, String>,
}

/// Looks for the version of a data set. `limit` is the greatest number of bytes to take.
pub(crate) fn look(
    fetcher: &dyn Fetch,
    source: IndexSource<'_>,
    have: Option<Have>,
    limit: u64,
) -> Result<Found, Reason> {
    let bytes = fetch(fetcher, source.address, limit.min(LARGEST_INDEX))?;
    let dataset = dataset(source, &bytes)?;
    let version = dataset.version.clone().unwrap_or_default();
    if let Some(have) = have.filter(|have| !version.is_empty() && !have.version.is_empty()) {
        if have.version == version {
            return Ok(Found::Same);
        }
        if have.version > version {
            let reason = format!("version {version}, before what is in force (version {})", have.version);
            return Err(Reason::Refused(Refusal::Guard { files: file_name(source.address), reason }));
        }
        let through = dataset.delta_url.as_deref().and_then(|address| {
            let entities = through_deltas(fetcher, address, &have, &version, limit)?;
            Some(Found::Version { version: version.clone(), entities, address: address.to_owned() })
        });
        if let Some(found) = through {
            return Ok(found);
        }
    }
    let named = dataset.resources.iter().find(|resource| resource.name == ENTITIES);
    let resource =
        named.ok_or_else(|| wrong(source, format!("no resource `{ENTITIES}` in `{}`", dataset.name)))?;
    let entities = fetch(fetcher, &resource.url, limit)?;
    check(resource, &entities)?;
    Ok(Found::Version { version, entities, address: resource.url.clone() })
}

/// The day in a version's name: `20240527134702-zbn`.
pub(crate) fn day(version: &str) -> Option<Date> {
    let digits = version.get(..8).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
    Date::strptime("%Y%m%d", digits).ok()
}

fn fetch(fetcher: &dyn Fetch, address: &str, limit: u64) -> Result<Vec<u8>, Reason> {
    match fetcher.fetch(&Request { address, known: None, limit })? {
        Response::File { bytes, .. } => Ok(bytes),
        // Not asked for: nothing was said to be known.
        Response::Unmodified => Ok(Vec::new()),
    }
}

fn wrong(source: IndexSource<'_>, reason: String) -> Reason {
    let (file, at) = (file_name(source.address), format!("data set `{}`", source.dataset));
    ListError::Malformed { file, at, reason }.into()
}

fn dataset(source: IndexSource<'_>, bytes: &[u8]) -> Result<Dataset, Reason> {
    let index: Index = serde_json::from_slice(bytes).map_err(|_| ListError::NotThisFormat {
        file: file_name(source.address),
        expected: "an index in OpenSanctions' form".to_owned(),
        found: match bytes.trim_ascii_start().first() {
            Some(b'<') => "a page or XML".to_owned(),
            Some(_) => "something else".to_owned(),
            None => "nothing".to_owned(),
        },
    })?;
    let datasets = match index {
        Index::Catalogue { datasets } => datasets,
        Index::One(dataset) => vec![dataset],
    };
    let found = datasets.into_iter().find(|dataset| dataset.name == source.dataset);
    found.ok_or_else(|| wrong(source, "it is not in the index".to_owned()))
}

fn check(resource: &Resource, bytes: &[u8]) -> Result<(), Reason> {
    let Some(expected) = &resource.checksum else { return Ok(()) };
    let found = match expected.len() {
        64 => Digest::of(bytes).to_string(),
        _ => Sha1::digest(bytes).iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        }),
    };
    if found.eq_ignore_ascii_case(expected) {
        return Ok(());
    }
    let reason = format!("its checksum is {found}, the index says {expected}");
    Err(Reason::Refused(Refusal::Guard { files: resource.name.clone(), reason }))
}

/// The entities of a version by way of the deltas since the one we have; `None` if there is no way.
fn through_deltas(
    fetcher: &dyn Fetch,
    address: &str,
    have: &Have,
    version: &str,
    limit: u64,
) -> Option<Vec<u8>> {
    let deltas: Deltas =
        serde_json::from_slice(&fetch(fetcher, address, limit.min(LARGEST_INDEX)).ok()?).ok()?;
    // Before the first delta nothing is told of what changed. A version without a delta changed nothing.
    let (first, _) = deltas.versions.first_key_value()?;
    if have.version < *first {
        return None;
    }
    let mut entities = by_id(&have.entities)?;
    let mut left = limit;
    for (_, address) in deltas
        .versions
        .iter()
        .filter(|(step, _)| step.as_str() > have.version.as_str() && step.as_str() <= version)
    {
        let delta = fetch(fetcher, address, left).ok()?;
        left = left.saturating_sub(delta.len() as u64);
        lay(&mut entities, &delta)?;
    }
    let mut lines = Vec::new();
    for line in entities.into_values() {
        lines.extend_from_slice(line.get().as_bytes());
        lines.push(b'\n');
    }
    Some(lines)
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
struct Line {
    op: String,
    entity: Box<RawValue>,
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty())
}

fn id(entity: &RawValue) -> Option<String> {
    serde_json::from_str::<Named>(entity.get()).ok().map(|named| named.id)
}

/// Entities by id; `None` if a line is none.
fn by_id(bytes: &[u8]) -> Option<BTreeMap<String, Box<RawValue>>> {
    let entity = |line| {
        let entity: Box<RawValue> = serde_json::from_slice(line).ok()?;
        Some((id(&entity)?, entity))
    };
    lines(bytes).map(entity).collect()
}

/// Lays a delta upon entities; `None` if it does not fit: it changes what is not there, or is no delta.
fn lay(entities: &mut BTreeMap<String, Box<RawValue>>, delta: &[u8]) -> Option<()> {
    for line in lines(delta) {
        let Line { op, entity } = serde_json::from_slice(line).ok()?;
        let id = id(&entity)?;
        let before = match op.as_str() {
            "ADD" => entities.insert(id, entity).or(Some(Box::default())),
            "MOD" => entities.insert(id, entity),
            "DEL" => entities.remove(&id),
            _ => None,
        };
        before?;
    }
    Some(())
}
