//! Compiled segments: made when a snapshot is accepted, mapped to memory when it is asked, made again when missing.

use crate::home::{Places, Writer};
use crate::{Home, Manifest, StoreError, Wait, disk, error, snapshots};
use cordon_matching::{Bytes, Segment, SegmentError};
use cordon_model::{Snapshot, SnapshotId};
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Where an open segment came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Its file.
    Mapped,
    /// It was missing, damaged or of another version, and was compiled again from its snapshot.
    Compiled,
    /// As `Compiled`, but it could not be kept: every start compiles it again. Says why.
    Memory(String),
}

/// An open segment.
#[derive(Clone)]
pub struct Opened {
    /// The segment.
    pub segment: Arc<Segment>,
    /// Where it came from.
    pub origin: Origin,
}

/// Compiles a snapshot and keeps the result. It is opened once before it is kept: what does not open is never found.
pub(crate) fn compile(
    writer: &Writer<'_>,
    places: &Places,
    snapshot: &Snapshot,
) -> Result<(), Result<StoreError, SegmentError>> {
    let bytes = Arc::new(Segment::build(snapshot));
    Segment::open(bytes.clone() as Bytes).map_err(Err)?;
    keep(writer, places, &snapshot.id(), &bytes).map_err(Ok)
}

fn keep(_writer: &Writer<'_>, places: &Places, id: &SnapshotId, bytes: &[u8]) -> Result<(), StoreError> {
    disk::put_file(&places.segment(id), bytes)
}

/// Whether the segment of a snapshot is there and opens.
pub(crate) fn is_there(places: &Places, manifest: &Manifest) -> bool {
    map(&places.segment(&manifest.snapshot)).is_ok_and(|bytes| open_bytes(bytes, manifest).is_ok())
}

/// Opens the segment of a snapshot, compiling it again if need be. Works on a read-only home.
pub(crate) fn open(home: &Home, places: &Places, id: &SnapshotId) -> Result<Opened, StoreError> {
    let manifest = snapshots::manifest(places, id)?;
    if let Ok(bytes) = map(&places.segment(id))
        && let Ok(segment) = open_bytes(bytes, &manifest)
    {
        return Ok(Opened { segment: Arc::new(segment), origin: Origin::Mapped });
    }
    let snapshot = snapshots::read(places, id)?;
    let bytes = Arc::new(Segment::build(&snapshot));
    let kept = home.writer(&Wait::NOT).and_then(|writer| keep(&writer, places, id, &bytes));
    let (bytes, origin) = match kept {
        Ok(()) => (map(&places.segment(id)).unwrap_or(bytes), Origin::Compiled),
        Err(error) if error.forbids_writing() => (bytes as Bytes, Origin::Memory(error::chain(&error))),
        Err(error) => return Err(error),
    };
    let segment = open_bytes(bytes, &manifest)
        .map_err(|error| StoreError::Damaged { path: places.segment(id), reason: error.to_string() })?;
    Ok(Opened { segment: Arc::new(segment), origin })
}

fn open_bytes(bytes: Bytes, manifest: &Manifest) -> Result<Segment, SegmentError> {
    let segment = Segment::open(bytes)?;
    let info = segment.info();
    let same = info.list == manifest.list
        && info.snapshot == manifest.snapshot.as_str()
        && info.entities == manifest.entities;
    if same { Ok(segment) } else { Err(SegmentError::Damaged("it was compiled from another snapshot")) }
}

#[expect(unsafe_code, reason = "mapping a file is unsafe because others might change it")]
fn map(path: &Path) -> io::Result<Bytes> {
    let file = File::open(path)?;
    // SAFETY: a segment's file is written under a temporary name, renamed once it is whole, and never written or
    // truncated after that; a new one of the same name is another file. Removing a file leaves its maps intact.
    let map = unsafe { memmap2::Mmap::map(&file) }?;
    Ok(Arc::new(map))
}
