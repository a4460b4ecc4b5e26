//! What changed between two snapshots of a list.

use crate::{Entity, EntityId, Snapshot};
use serde_json::Value;
use std::collections::BTreeMap;

/// One field's old and new values; an empty side means the field was absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Path of the field in the entity: `names`, `dates`, `properties.title`, …
    pub field: String,
    /// Values only the older version has.
    pub removed: Vec<Value>,
    /// Values only the newer version has.
    pub added: Vec<Value>,
}

/// One entity's change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It was not in the older snapshot.
    Added(Entity),
    /// It is in both and differs.
    Modified {
        /// The newer version.
        entity: Entity,
        /// Field by field, by name.
        fields: Vec<FieldChange>,
    },
    /// It is not in the newer snapshot.
    Removed(Entity),
}

impl Change {
    /// Id of the entity that changed.
    pub fn id(&self) -> &EntityId {
        match self {
            Self::Added(entity) | Self::Removed(entity) | Self::Modified { entity, .. } => &entity.id,
        }
    }

    /// The operation's name in delta lines: `ADD`, `MOD` or `DEL`.
    pub fn op(&self) -> &'static str {
        match self {
            Self::Added(_) => "ADD",
            Self::Modified { .. } => "MOD",
            Self::Removed(_) => "DEL",
        }
    }
}

/// The changes from one snapshot to another, in the order of entity ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delta {
    /// One per entity that differs.
    pub changes: Vec<Change>,
}

impl Delta {
    /// Compares two snapshots by entity id and content.
    pub fn between(older: &Snapshot, newer: &Snapshot) -> Self {
        let mut changes = Vec::new();
        let mut old = older.entities().iter().peekable();
        let mut new = newer.entities().iter().peekable();
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => break,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(one), Some(two)) => one.id.cmp(&two.id),
            };
            match order {
                std::cmp::Ordering::Less => changes.extend(old.next().cloned().map(Change::Removed)),
                std::cmp::Ordering::Greater => changes.extend(new.next().cloned().map(Change::Added)),
                std::cmp::Ordering::Equal => {
                    if let (Some(one), Some(two)) = (old.next(), new.next())
                        && one != two
                    {
                        changes.push(Change::Modified { entity: two.clone(), fields: fields(one, two) });
                    }
                }
            }
        }
        Self { changes }
    }

    /// How many entities were added, modified and removed.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |op| self.changes.iter().filter(|change| change.op() == op).count();
        (count("ADD"), count("MOD"), count("DEL"))
    }

    /// The entities of the newer snapshot, made from those of the older and this delta.
    pub fn apply(&self, older: &[Entity]) -> Vec<Entity> {
        let mut entities: BTreeMap<&EntityId, &Entity> =
            older.iter().map(|entity| (&entity.id, entity)).collect();
        for change in &self.changes {
            match change {
                Change::Added(entity) | Change::Modified { entity, .. } => {
                    entities.insert(&entity.id, entity);
                }
                Change::Removed(entity) => {
                    entities.remove(&entity.id);
                }
            }
        }
        entities.into_values().cloned().collect()
    }
}

/// The fields in which two versions of an entity differ.
fn fields(one: &Entity, two: &Entity) -> Vec<FieldChange> {
    let (one, two) = (flatten(one), flatten(two));
    let names: std::collections::BTreeSet<&String> = one.keys().chain(two.keys()).collect();
    let none = Vec::new();
    names
        .into_iter()
        .filter_map(|name| {
            let (old, new) = (one.get(name).unwrap_or(&none), two.get(name).unwrap_or(&none));
            let only = |these: &[Value], those: &[Value]| -> Vec<Value> {
                these.iter().filter(|value| !those.contains(value)).cloned().collect()
            };
            let (removed, added) = (only(old, new), only(new, old));
            if old == new {
                None
            } else if removed.is_empty() && added.is_empty() {
                // The same values in another order or number.
                Some(FieldChange { field: name.clone(), removed: old.clone(), added: new.clone() })
            } else {
                Some(FieldChange { field: name.clone(), removed, added })
            }
        })
        .collect()
}

fn flatten(entity: &Entity) -> BTreeMap<String, Vec<Value>> {
    let mut flat = BTreeMap::new();
    let Ok(Value::Object(fields)) = serde_json::to_value(entity) else { return flat };
    for (name, value) in fields {
        match value {
            Value::Object(inner) => {
                for (property, value) in inner {
                    flat.insert(format!("{name}.{property}"), list(value));
                }
            }
            value => {
                flat.insert(name, list(value));
            }
        }
    }
    flat
}

fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values,
        value => vec![value],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Name, NameKind, Schema};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn snapshot(entries: &[(u8, u8)]) -> Snapshot {
        let entities = entries
            .iter()
            .map(|(key, version)| {
                let mut entity = Entity::new(EntityId::new("l", &key.to_string()), Schema::Person);
                entity.add_name(Name::new(NameKind::Primary, &format!("name {key}")));
                entity.add("title", &format!("title {version}"));
                entity
            })
            .collect();
        Snapshot::new("l", None, entities, vec![])
    }

    #[test]
    fn added_modified_removed() {
        let delta =
            Delta::between(&snapshot(&[(1, 0), (2, 0), (3, 0)]), &snapshot(&[(2, 0), (3, 1), (4, 0)]));
        assert_eq!(delta.counts(), (1, 1, 1));
        let Some(Change::Modified { fields, .. }) = delta.changes.iter().find(|change| change.op() == "MOD")
        else {
            panic!("no modification");
        };
        assert_eq!(fields.len(), 1);
        assert_eq!(fields[0].field, "properties.title");
        assert_eq!(
            (fields[0].removed[0].as_str(), fields[0].added[0].as_str()),
            (Some("title 0"), Some("title 1"))
        );
    }

    /// An entity of which every sort of field may hold what the numbers say.
    fn rich(values: &[u8]) -> Entity {
        use crate::{DateRole, Designation, Identifier, PartialDate, Scheme};
        let mut entity = Entity::new(EntityId::new("l", "1"), Schema::Person);
        for (at, value) in values.iter().enumerate() {
            match at % 6 {
                0 => entity.add_name(Name::new(NameKind::Alias, &format!("name {value}"))),
                1 => entity.add("position", &format!("position {value}")),
                2 => entity
                    .add_date(DateRole::Birth, PartialDate::parse(&format!("19{:02}", value % 100)).unwrap()),
                3 => entity
                    .add_identifier(Identifier::parse(Scheme::Passport, &format!("P10{value:03}")).unwrap()),
                4 => entity
                    .designations
                    .push(Designation { program: format!("P{value}"), ..Designation::default() }),
                _ => entity.referents.push(format!("old:{value}")),
            }
        }
        entity
    }

    /// The fields of the older entity, changed as a delta says, each as a set of values.
    fn changed(older: &Entity, fields: &[FieldChange]) -> BTreeMap<String, BTreeSet<String>> {
        let set = |values: Vec<Value>| values.iter().map(Value::to_string).collect::<BTreeSet<String>>();
        let mut flat: BTreeMap<_, _> =
            flatten(older).into_iter().map(|(name, values)| (name, set(values))).collect();
        for change in fields {
            let values = flat.entry(change.field.clone()).or_default();
            change.removed.iter().for_each(|value| {
                values.remove(&value.to_string());
            });
            values.extend(change.added.iter().map(Value::to_string));
        }
        flat.retain(|_, values| !values.is_empty());
        flat
    }

    proptest! {
        /// What is said of each field is all there is to know: with it the older entity becomes the newer.
        #[test]
        fn fields_of_a_change_make_the_newer_entity(
            old in proptest::collection::vec(0u8..6, 0..18),
            new in proptest::collection::vec(0u8..6, 0..18),
        ) {
            let (old, new) = (rich(&old), rich(&new));
            let alone = |entity: &Entity| Snapshot::new("l", None, vec![entity.clone()], vec![]);
            let delta = Delta::between(&alone(&old), &alone(&new));
            match delta.changes.as_slice() {
                [] => prop_assert_eq!(&old, &new),
                [Change::Modified { entity, fields }] => {
                    prop_assert_eq!(entity, &new);
                    prop_assert_eq!(changed(&old, fields), changed(&new, &[]));
                }
                other => prop_assert!(false, "{:?}", other),
            }
        }

        #[test]
        fn applied_to_the_older_it_gives_the_newer(
            old in proptest::collection::btree_map(0u8..30, 0u8..3, 0..30),
            new in proptest::collection::btree_map(0u8..30, 0u8..3, 0..30),
        ) {
            let old = snapshot(&old.into_iter().collect::<Vec<_>>());
            let new = snapshot(&new.into_iter().collect::<Vec<_>>());
            let delta = Delta::between(&old, &new);
            let applied = Snapshot::new("l", None, delta.apply(old.entities()), vec![]);
            prop_assert_eq!(applied.content(), new.content());
            prop_assert_eq!(delta.changes.is_empty(), old.content() == new.content());
        }
    }
}
