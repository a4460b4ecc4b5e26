//! What changed between two versions of a list, as lines of OpenSanctions' delta files that also say what changed.

use cordon_model::ftm::{FtmEntity, to_ftm};
use cordon_model::{Change, FieldChange};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// A line of a delta file; `MOD` lines also say what changed.
#[derive(Debug, serde::Serialize)]
pub struct WireChange<'a> {
    op: &'static str,
    entity: WireEntity<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<WireFields<'a>>,
}

#[derive(Debug, serde::Serialize)]
#[serde(untagged)]
enum WireEntity<'a> {
    Whole(Box<FtmEntity>),
    Id { id: &'a str },
}

/// Fields with their old and new values, as an object by field.
#[derive(Debug, Clone, Copy)]
pub struct WireFields<'a>(pub &'a [FieldChange]);

impl Serialize for WireFields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Sides<'a> {
            old: &'a [Value],
            new: &'a [Value],
        }
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for change in self.0 {
            map.serialize_entry(&change.field, &Sides { old: &change.removed, new: &change.added })?;
        }
        map.end()
    }
}

impl<'a> WireChange<'a> {
    /// The line of a change.
    pub fn new(change: &'a Change) -> Self {
        let (entity, changes) = match change {
            Change::Added(entity) => (WireEntity::Whole(Box::new(to_ftm(entity))), None),
            Change::Modified { entity, fields } => {
                (WireEntity::Whole(Box::new(to_ftm(entity))), Some(WireFields(fields)))
            }
            Change::Removed(entity) => (WireEntity::Id { id: entity.id.as_str() }, None),
        };
        Self { op: change.op(), entity, changes }
    }
}
