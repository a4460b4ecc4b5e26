//! How snapshots lie on disk: a folder with a manifest, the entities and the issues, put in place whole. Manifest and
//! entities never change; the issues are those of the last reading of the same content. Entities are whole, or the
//! changes from an earlier snapshot where that is shorter. The form has a version, and only this room knows it.

mod stored;

use crate::error::At;
use crate::home::{Places, Writer};
use crate::pointer::{to_json, versioned};
use crate::{StoreError, disk};
use cordon_model::{Delta, Digest, Issue, Snapshot, SnapshotId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;
pub(crate) use stored::{Line, read, version_of};
use stored::{compress, is_readable, lines, parse_lines, unpacked};

/// Version of the form: 1 is JSON Lines of whole entities in gzip, and plain JSON Lines of issues; in 2 the entities
/// may be changes from another snapshot, and the issues are in gzip.
const VERSION: u32 = 2;

const MANIFEST: &str = "manifest.json";
const ENTITIES: &str = "entities.jsonl.gz";
const CHANGES: &str = "changes.jsonl.gz";
const ISSUES: &str = "issues.jsonl.gz";
const ISSUES_OF_FORM_1: &str = "issues.jsonl";

/// Most snapshots between one kept as changes and the whole one it rests on: a damaged file costs no more than these.
const DEEPEST: u32 = 128;

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
    /// Digest of the file of entities or changes, to see damage.
    stored: Digest,
    /// What the changes are from; absent where the entities are whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base: Option<Base>,
}

/// What a snapshot kept as changes rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Base {
    /// The snapshot the changes are from.
    snapshot: SnapshotId,
    /// How many snapshots kept as changes lie one upon another, this one counted.
    depth: u32,
    /// Bytes of all their changes.
    changes: u64,
    /// Bytes of the whole snapshot below them.
    whole: u64,
}

/// What a snapshot does not say of itself.
#[derive(Debug, Clone)]
pub(crate) struct Origins {
    pub(crate) fetched: Timestamp,
    pub(crate) sources: Vec<SourceRecord>,
    pub(crate) format: String,
    pub(crate) state: Acceptance,
}

/// The snapshot that was in force when another came, and what the other changes in it.
pub(crate) struct Earlier<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) delta: &'a Delta,
}

/// Puts a snapshot in place unless it is there and whole, and gives its id.
pub(crate) fn keep(
    writer: &Writer<'_>,
    places: &Places,
    snapshot: &Snapshot,
    earlier: Option<&Earlier<'_>>,
    origins: Origins,
) -> Result<SnapshotId, StoreError> {
    let id = snapshot.id();
    if !is_whole(places, &id) {
        // One that is there and damaged is mended with a whole one: it may be below the earlier one.
        let earlier = earlier.filter(|_| !places.snapshot(&id).exists());
        write(writer, places, snapshot, earlier, origins)?;
    }
    Ok(id)
}

fn write(
    _writer: &Writer<'_>,
    places: &Places,
    snapshot: &Snapshot,
    earlier: Option<&Earlier<'_>>,
    origins: Origins,
) -> Result<(), StoreError> {
    let folder = places.snapshot(&snapshot.id());
    let changes = earlier.and_then(|earlier| as_changes(places, earlier));
    let (name, bytes, base) = if let Some((bytes, base)) = changes {
        (CHANGES, bytes, Some(base))
    } else {
        let whole = lines(snapshot.entities()).and_then(|lines| compress(&lines));
        (ENTITIES, whole.at("write", &folder)?, None)
    };
    let issues = lines(snapshot.issues()).and_then(|lines| compress(&lines)).at("write", &folder)?;
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
        stored: Digest::of(&bytes),
        base,
    };
    let manifest = to_json(&folder, &manifest)?;
    disk::put_folder(&folder, &[(name, &bytes), (ISSUES, &issues), (MANIFEST, &manifest)])
}

/// The changes from the earlier snapshot as they are stored, unless a whole snapshot is due: when the changes since
/// the last whole one would be larger than it. So all the changes of a list cost at most twice what they are, beside
/// one whole snapshot, and reading any snapshot costs at most twice what reading a whole one does.
fn as_changes(places: &Places, earlier: &Earlier<'_>) -> Option<(Vec<u8>, Base)> {
    let id = earlier.snapshot.id();
    let below = manifest(places, &id).ok()?;
    let whole = || Some(std::fs::metadata(places.snapshot(&id).join(ENTITIES)).ok()?.len());
    let (depth, changes, whole) = match &below.base {
        Some(base) => (base.depth, base.changes, base.whole),
        None => (0, 0, whole()?),
    };
    let changed: Vec<Line> = earlier.delta.changes.iter().cloned().map(Line::from).collect();
    let bytes = compress(&lines(&changed).ok()?).ok()?;
    let changes = changes + bytes.len() as u64;
    let base = Base { snapshot: id.clone(), depth: depth + 1, changes, whole };
    (base.depth <= DEEPEST && changes <= whole && is_whole(places, &id)).then_some((bytes, base))
}

/// Keeps the issues of another reading of the same content, if they differ.
pub(crate) fn refresh_issues(
    _writer: &Writer<'_>,
    places: &Places,
    id: &SnapshotId,
    issues: &[Issue],
) -> Result<(), StoreError> {
    if read_issues(places, id).is_ok_and(|present| present == issues) {
        return Ok(());
    }
    let path = places.snapshot(id).join(ISSUES);
    let bytes = lines(issues).and_then(|lines| compress(&lines)).at("write", &path)?;
    disk::put_file(&path, &bytes)
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

/// Whether the snapshot is there as written, with all it rests on.
pub(crate) fn is_whole(places: &Places, id: &SnapshotId) -> bool {
    is_readable(places, id) && issues_file(places, id).is_file()
}

/// The file of issues: that of form 1 where there is none of the present form.
fn issues_file(places: &Places, id: &SnapshotId) -> PathBuf {
    let folder = places.snapshot(id);
    let (now, before) = (folder.join(ISSUES), folder.join(ISSUES_OF_FORM_1));
    if !now.is_file() && before.is_file() { before } else { now }
}

/// Reads what was not understood of a snapshot.
pub(crate) fn read_issues(places: &Places, id: &SnapshotId) -> Result<Vec<Issue>, StoreError> {
    let path = issues_file(places, id);
    let bytes = disk::read(&path)?;
    if path.extension().is_some_and(|ending| ending == "gz") {
        parse_lines(&path, unpacked(&bytes))
    } else {
        parse_lines(&path, bytes.as_slice())
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
