//! How snapshots lie on disk: a folder with a manifest, the entities and the issues, put in place whole. Manifest and
//! entities never change; the issues are those of the last reading of the same content. The form has a version, and
//! only this file knows it.

use crate::error::At;
use crate::home::{Places, Writer};
use crate::pointer::{to_json, versioned};
use crate::{StoreError, disk};
use cordon_model::{Digest, Entity, Issue, Snapshot, SnapshotId};
use flate2::{Compression, GzBuilder, read::GzDecoder};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

/// Version of the form: 1 is JSON Lines of whole entities in gzip, and plain JSON Lines of issues.
const VERSION: u32 = 1;

const MANIFEST: &str = "manifest.json";
const ENTITIES: &str = "entities.jsonl.gz";
const ISSUES: &str = "issues.jsonl";

/// Version of this engine, kept with what it wrote.
pub(crate) const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// One file a snapshot was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRecord {
    /// File name as served or given.
    pub name: String,
    /// Digest of the bytes as received; they are kept under it in `raw`.
    pub digest: Digest,
    /// Number of bytes as received.
    pub bytes: u64,
    /// Where it was fetched, without query and credentials; absent for a file that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// How a snapshot came to be accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acceptance {
    /// It kept every rule for new versions.
    Accepted,
    /// The operator took it against this rule.
    Forced(String),
}

/// What is known of a snapshot without reading it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    /// The list.
    pub list: String,
    /// The snapshot's id.
    pub snapshot: SnapshotId,
    /// The date its publisher gives it.
    pub published: Option<Date>,
    /// Digest of the content.
    pub content: Digest,
    /// When it was first fetched.
    pub fetched: Timestamp,
    /// The files it was read from.
    pub sources: Vec<SourceRecord>,
    /// Id of the format it was read with.
    pub format: String,
    /// Number of entities.
    pub entities: usize,
    /// Number of entities of each schema, by its `FollowTheMoney` name.
    pub schemas: BTreeMap<String, usize>,
    /// Number of issues when it was first read.
    pub issues: usize,
    /// Version of the engine that read it.
    pub engine: String,
    /// How it came to be accepted.
    pub state: Acceptance,
    /// Digest of the file of entities, to see damage.
    stored: Digest,
}

/// What a snapshot does not say of itself.
#[derive(Debug, Clone)]
pub(crate) struct Origins {
    pub(crate) fetched: Timestamp,
    pub(crate) sources: Vec<SourceRecord>,
    pub(crate) format: String,
    pub(crate) state: Acceptance,
}

/// Puts a snapshot in place unless it is there and whole, and gives its id.
pub(crate) fn keep(
    writer: &Writer<'_>,
    places: &Places,
    snapshot: &Snapshot,
    origins: Origins,
) -> Result<SnapshotId, StoreError> {
    let id = snapshot.id();
    if !is_whole(places, &id) {
        write(writer, places, snapshot, origins)?;
    }
    Ok(id)
}

fn write(
    _writer: &Writer<'_>,
    places: &Places,
    snapshot: &Snapshot,
    origins: Origins,
) -> Result<(), StoreError> {
    let folder = places.snapshot(&snapshot.id());
    let entities = lines(snapshot.entities()).and_then(|lines| compress(&lines)).at("write", &folder)?;
    let issues = lines(snapshot.issues()).at("write", &folder)?;
    let mut schemas = BTreeMap::new();
    for entity in snapshot.entities() {
        *schemas.entry(entity.schema.as_str().to_owned()).or_default() += 1;
    }
    let manifest = Manifest {
        version: VERSION,
        list: snapshot.list().to_owned(),
        snapshot: snapshot.id(),
        published: snapshot.published(),
        content: snapshot.content().clone(),
        fetched: origins.fetched,
        sources: origins.sources,
        format: origins.format,
        entities: snapshot.entities().len(),
        schemas,
        issues: snapshot.issues().len(),
        engine: ENGINE.to_owned(),
        state: origins.state,
        stored: Digest::of(&entities),
    };
    let manifest = to_json(&folder, &manifest)?;
    disk::put_folder(&folder, &[(ENTITIES, &entities), (ISSUES, &issues), (MANIFEST, &manifest)])
}

/// Keeps the issues of another reading of the same content, if they differ.
pub(crate) fn refresh_issues(
    _writer: &Writer<'_>,
    places: &Places,
    id: &SnapshotId,
    issues: &[Issue],
) -> Result<(), StoreError> {
    let path = places.snapshot(id).join(ISSUES);
    let bytes = lines(issues).at("write", &path)?;
    let same = disk::read_if_there(&path)?.is_some_and(|present| present == bytes);
    if same { Ok(()) } else { disk::put_file(&path, &bytes) }
}

fn lines<T: Serialize>(values: &[T]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for value in values {
        serde_json::to_writer(&mut bytes, value)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Gzip without a time or name in its header: the same content gives the same bytes.
fn compress(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Reads the manifest of a snapshot.
pub(crate) fn manifest(places: &Places, id: &SnapshotId) -> Result<Manifest, StoreError> {
    let path = places.snapshot(id).join(MANIFEST);
    let manifest: Manifest = versioned(&path, &disk::read(&path)?, VERSION)?;
    if manifest.list == places.list && manifest.snapshot == *id {
        Ok(manifest)
    } else {
        let reason = format!("it describes {} of `{}`", manifest.snapshot, manifest.list);
        Err(StoreError::Damaged { path, reason })
    }
}

/// Whether the snapshot is there as written.
pub(crate) fn is_whole(places: &Places, id: &SnapshotId) -> bool {
    let folder = places.snapshot(id);
    manifest(places, id).is_ok_and(|manifest| read_stored(places, &manifest).is_ok())
        && folder.join(ISSUES).is_file()
}

fn read_stored(places: &Places, manifest: &Manifest) -> Result<Vec<u8>, StoreError> {
    let path = places.snapshot(&manifest.snapshot).join(ENTITIES);
    let bytes = disk::read(&path)?;
    if Digest::of(&bytes) == manifest.stored {
        Ok(bytes)
    } else {
        Err(StoreError::Damaged { path, reason: "its digest is not the one in the manifest".to_owned() })
    }
}

/// Reads a snapshot.
pub(crate) fn read(places: &Places, id: &SnapshotId) -> Result<Snapshot, StoreError> {
    let manifest = manifest(places, id)?;
    let path = places.snapshot(id).join(ENTITIES);
    let stored = read_stored(places, &manifest)?;
    let entities: Vec<Entity> = parse_lines(&path, BufReader::new(GzDecoder::new(stored.as_slice())))?;
    let issues = read_issues(places, id)?;
    let snapshot = Snapshot::new(&manifest.list, manifest.published, entities, issues);
    if *snapshot.content() == manifest.content {
        Ok(snapshot)
    } else {
        let reason = format!("written by cordon {}, it reads differently in {ENGINE}", manifest.engine);
        Err(StoreError::Damaged { path, reason })
    }
}

/// Reads what was not understood of a snapshot.
pub(crate) fn read_issues(places: &Places, id: &SnapshotId) -> Result<Vec<Issue>, StoreError> {
    let path = places.snapshot(id).join(ISSUES);
    parse_lines(&path, disk::read(&path)?.as_slice())
}

fn parse_lines<T: for<'a> Deserialize<'a>>(
    path: &Path,
    mut reader: impl BufRead,
) -> Result<Vec<T>, StoreError> {
    let damaged = |at: usize, reason: String| StoreError::Damaged {
        path: path.to_owned(),
        reason: format!("line {at}: {reason}"),
    };
    let mut values = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        let at = values.len() + 1;
        match reader.read_until(b'\n', &mut line) {
            Ok(0) => return Ok(values),
            Ok(_) => {}
            Err(error) => return Err(damaged(at, error.to_string())),
        }
        values.push(serde_json::from_slice(&line).map_err(|error| damaged(at, error.to_string()))?);
    }
}

/// Manifests of every snapshot of a list that lies on disk, in the order of ids.
pub(crate) fn manifests(places: &Places) -> Result<Vec<Manifest>, StoreError> {
    disk::names(&places.snapshots)?
        .into_iter()
        .filter(|name| !disk::is_temporary(name) && places.snapshots.join(name).join(MANIFEST).is_file())
        .map(|name| manifest(places, &SnapshotId::from(name)))
        .collect()
}
