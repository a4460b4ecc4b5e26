//! The entities of a snapshot as files: whole ones, and changes from another snapshot, laid one upon another.

use super::{CHANGES, DEEPEST, ENGINE, ENTITIES, Manifest, manifest, read_issues};
use crate::home::Places;
use crate::{StoreError, disk};
use cordon_model::{Change, Digest, Entity, EntityId, Snapshot, SnapshotId};
use flate2::{Compression, GzBuilder, read::GzDecoder};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// One line of a file of changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Line {
    /// The entity is new, or is like this now.
    Put(Box<Entity>),
    /// The entity is there no more.
    Drop(EntityId),
}

impl Line {
    fn id(&self) -> &EntityId {
        match self {
            Self::Put(entity) => &entity.id,
            Self::Drop(id) => id,
        }
    }

    fn entity(self) -> Option<Entity> {
        match self {
            Self::Put(entity) => Some(*entity),
            Self::Drop(_) => None,
        }
    }
}

impl From<Change> for Line {
    fn from(change: Change) -> Self {
        match change {
            Change::Added(entity) | Change::Modified { entity, .. } => Self::Put(Box::new(entity)),
            Change::Removed(entity) => Self::Drop(entity.id),
        }
    }
}

/// Values as JSON Lines.
pub(super) fn lines<T: Serialize>(values: &[T]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for value in values {
        serde_json::to_writer(&mut bytes, value)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Gzip without a time or name in its header: the same content gives the same bytes.
pub(super) fn compress(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

pub(super) fn unpacked(bytes: &[u8]) -> impl BufRead {
    BufReader::new(GzDecoder::new(bytes))
}

pub(super) fn parse_lines<T: for<'a> Deserialize<'a>>(
    path: &Path,
    reader: impl BufRead,
) -> Result<Vec<T>, StoreError> {
    let mut values = Vec::new();
    each_line(path, reader, |line| {
        values.push(serde_json::from_slice(line)?);
        Ok(true)
    })?;
    Ok(values)
}

/// Hands over lines until told (`false`) that no more are wanted.
fn each_line(
    path: &Path,
    mut reader: impl BufRead,
    mut take: impl FnMut(&[u8]) -> serde_json::Result<bool>,
) -> Result<(), StoreError> {
    let damaged = |at: usize, reason: String| StoreError::Damaged {
        path: path.to_owned(),
        reason: format!("line {at}: {reason}"),
    };
    let mut line = Vec::new();
    for at in 1.. {
        line.clear();
        match reader.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => return Err(damaged(at, error.to_string())),
        }
        if !take(&line).map_err(|error| damaged(at, error.to_string()))? {
            break;
        }
    }
    Ok(())
}

/// The file of entities or changes of a snapshot.
fn file(places: &Places, manifest: &Manifest) -> PathBuf {
    let name = if manifest.base.is_some() { CHANGES } else { ENTITIES };
    places.snapshot(&manifest.snapshot).join(name)
}

fn read_file(places: &Places, manifest: &Manifest) -> Result<(PathBuf, Vec<u8>), StoreError> {
    let path = file(places, manifest);
    let bytes = disk::read(&path)?;
    if Digest::of(&bytes) == manifest.stored {
        Ok((path, bytes))
    } else {
        Err(StoreError::Damaged { path, reason: "its digest is not the one in the manifest".to_owned() })
    }
}

/// The snapshots a snapshot rests on and itself: first the whole one, then one upon another.
fn layers(places: &Places, id: &SnapshotId) -> Result<Vec<Manifest>, StoreError> {
    let mut layers = vec![manifest(places, id)?];
    while let Some(base) = layers.last().and_then(|top| top.base.clone()) {
        if layers.len() > DEEPEST as usize {
            let reason = "it rests on more snapshots than were ever laid upon each other".to_owned();
            return Err(StoreError::Damaged { path: places.snapshot(id), reason });
        }
        layers.push(manifest(places, &base.snapshot)?);
    }
    layers.reverse();
    Ok(layers)
}

/// Whether the files of entities and changes are there as written.
pub(super) fn is_readable(places: &Places, id: &SnapshotId) -> bool {
    layers(places, id).is_ok_and(|layers| layers.iter().all(|layer| read_file(places, layer).is_ok()))
}

/// Reads a snapshot, and checks that its content is what it was.
pub(crate) fn read(places: &Places, id: &SnapshotId) -> Result<Snapshot, StoreError> {
    let layers = layers(places, id)?;
    let mut entities: BTreeMap<EntityId, Entity> = BTreeMap::new();
    for layer in &layers {
        let (path, bytes) = read_file(places, layer)?;
        if layer.base.is_none() {
            let whole: Vec<Entity> = parse_lines(&path, unpacked(&bytes))?;
            entities = whole.into_iter().map(|entity| (entity.id.clone(), entity)).collect();
            continue;
        }
        for line in parse_lines::<Line>(&path, unpacked(&bytes))? {
            match line {
                Line::Put(entity) => entities.insert(entity.id.clone(), *entity),
                Line::Drop(id) => entities.remove(&id),
            };
        }
    }
    let manifest = manifest(places, id)?;
    let issues = read_issues(places, id)?;
    let snapshot =
        Snapshot::new(&manifest.list, manifest.published, entities.into_values().collect(), issues);
    if *snapshot.content() == manifest.content {
        Ok(snapshot)
    } else {
        let reason = format!("written by cordon {}, it reads differently in {ENGINE}", manifest.engine);
        Err(StoreError::Damaged { path: file(places, &manifest), reason })
    }
}

/// One entity in one snapshot, without reading the others. `known` holds what was found so far, so that looking
/// through a whole history reads every file once.
pub(crate) fn version_of(
    places: &Places,
    id: &SnapshotId,
    entity: &EntityId,
    known: &mut BTreeMap<SnapshotId, Option<Entity>>,
) -> Result<Option<Entity>, StoreError> {
    let mut layers = layers(places, id)?;
    let mut passed = Vec::new();
    let mut found = None;
    while let Some(layer) = layers.pop() {
        if let Some(version) = known.get(&layer.snapshot) {
            found.clone_from(version);
            break;
        }
        let said = find(places, &layer, entity)?;
        passed.push(layer.snapshot);
        if let Some(line) = said {
            found = line.entity();
            break;
        }
    }
    for id in passed {
        known.insert(id, found.clone());
    }
    Ok(found)
}

/// What a file says of an entity: how it is, that it is not there, or (changes) nothing.
fn find(places: &Places, layer: &Manifest, entity: &EntityId) -> Result<Option<Line>, StoreError> {
    let (path, bytes) = read_file(places, layer)?;
    if layer.base.is_some() {
        let lines: Vec<Line> = parse_lines(&path, unpacked(&bytes))?;
        return Ok(lines.into_iter().find(|line| line.id() == entity));
    }
    // Every line begins with the id, so that the others need not be parsed.
    let beginning = format!("{{\"id\":{},", serde_json::Value::from(entity.as_str()));
    let mut found: Option<Entity> = None;
    each_line(&path, unpacked(&bytes), |line| {
        if line.starts_with(beginning.as_bytes()) {
            found = Some(serde_json::from_slice(line)?);
        }
        Ok(found.is_none())
    })?;
    Ok(Some(found.map_or_else(|| Line::Drop(entity.clone()), |entity| Line::Put(Box::new(entity)))))
}
