//! One snapshot, compiled: opened from bytes without reading them.

mod build;
mod format;
mod view;

use cordon_model::{Entity, Snapshot};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

pub(crate) use build::is_telling;
use format::Layout;
pub(crate) use format::{NamePart, Neighbour};
pub(crate) use view::View;

/// The bytes of a segment: a memory map or a vector.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// What a segment says about the snapshot it was compiled from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    layout: Layout,
    info: SegmentInfo,
}

impl Segment {
    /// Format version; a segment of another version is refused. It changes with the analysis as well as with the
    /// layout, since a segment holds analysed names.
    pub const VERSION: u32 = 6;

    /// Compiles a snapshot to the bytes of a segment. The same snapshot gives the same bytes.
    pub fn build(snapshot: &Snapshot) -> Vec<u8> {
        build::build(snapshot)
    }

    /// Opens a segment; checks its header and the bounds of its tables, reads nothing else.
    pub fn open(bytes: Bytes) -> Result<Self, SegmentError> {
        let slice = (*bytes).as_ref();
        let layout = Layout::read(slice, Self::VERSION)?;
        let view = View::new(slice, &layout)?;
        let info = serde_json::from_slice(view.info)
            .map_err(|_| SegmentError::Damaged("its description cannot be read"))?;
        Ok(Self { bytes, layout, info })
    }

    /// What it was compiled from.
    pub fn info(&self) -> &SegmentInfo {
        &self.info
    }

    /// Size of its bytes.
    pub fn size(&self) -> usize {
        (*self.bytes).as_ref().len()
    }

    /// The sections as slices. Opening has checked them, so this fails only if the bytes have changed since.
    pub(crate) fn view(&self) -> Result<View<'_>, SegmentError> {
        View::new((*self.bytes).as_ref(), &self.layout)
    }

    /// Every entity, in the order of ids.
    pub fn entities(&self) -> impl Iterator<Item = Entity> {
        let view = self.view().ok();
        let count = view.as_ref().map_or(0, View::entity_count);
        (0..count as u32).filter_map(move |entity| view.as_ref().and_then(|view| view.entity(entity)))
    }

    /// The entity with this id.
    pub fn entity(&self, id: &str) -> Option<Entity> {
        let view = self.view().ok()?;
        view.entity(view.find_entity(id)?)
    }
}
