//! One entity through the versions of its list.

use cordon_model::{Change, Delta, Entity, FieldChange, Snapshot};
use jiff::civil::Date;

/// What became of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was in the first version we have.
    FirstSeen,
    /// It was put on the list.
    Listed,
    /// Its entry changed.
    Amended,
    /// It was taken off the list.
    Delisted,
    /// It was put on the list again.
    Relisted,
}

impl Fate {
    /// The word people read.
    pub fn word(self) -> &'static str {
        match self {
            Self::FirstSeen => "first seen",
            Self::Listed => "listed",
            Self::Amended => "amended",
            Self::Delisted => "delisted",
            Self::Relisted => "relisted",
        }
    }

    /// The operation in delta lines.
    pub fn op(self) -> &'static str {
        match self {
            Self::FirstSeen | Self::Listed | Self::Relisted => "ADD",
            Self::Amended => "MOD",
            Self::Delisted => "DEL",
        }
    }
}

/// What became of an entity in one version of its list.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The day from which the version counts.
    pub day: Date,
    /// The version.
    pub snapshot: String,
    /// What became of it.
    pub fate: Fate,
    /// The fields that changed, if it was amended.
    pub fields: Vec<FieldChange>,
}

/// An entity through the versions of its list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// How it was last, if it ever was.
    pub last: Option<Entity>,
    /// Whether the last version looked at has it.
    pub listed: bool,
    /// The days of the first and last version looked at.
    pub span: Option<(Date, Date)>,
    /// What became of it, the oldest first.
    pub steps: Vec<Step>,
}

impl Timeline {
    /// The timeline of an entity: the day and id of each version, the oldest first, with the entity as it was in it.
    pub fn of(versions: Vec<(Date, String, Option<Entity>)>) -> Self {
        let days = || versions.iter().map(|version| version.0);
        let span = days().min().zip(days().max());
        let alone =
            |entity: Option<&Entity>| Snapshot::new("", None, entity.into_iter().cloned().collect(), vec![]);
        let (mut timeline, mut before) = (Self { span, ..Self::default() }, None::<Entity>);
        for (index, (day, snapshot, after)) in versions.into_iter().enumerate() {
            let delta = Delta::between(&alone(before.as_ref()), &alone(after.as_ref()));
            let step = delta.changes.into_iter().next().map(|change| {
                let (fate, fields) = match change {
                    Change::Added(_) if index == 0 => (Fate::FirstSeen, Vec::new()),
                    Change::Added(_) if timeline.last.is_some() => (Fate::Relisted, Vec::new()),
                    Change::Added(_) => (Fate::Listed, Vec::new()),
                    Change::Modified { fields, .. } => (Fate::Amended, fields),
                    Change::Removed(_) => (Fate::Delisted, Vec::new()),
                };
                Step { day, snapshot, fate, fields }
            });
            timeline.steps.extend(step);
            timeline.last = after.clone().or(timeline.last);
            before = after;
        }
        timeline.listed = before.is_some();
        timeline
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cordon_model::{EntityId, Name, NameKind, Schema};
    use jiff::civil::date;

    #[test]
    fn an_entity_is_listed_amended_delisted_and_relisted() {
        let version = |month: i8, name: Option<&str>| {
            let entity = name.map(|name| {
                let mut entity = Entity::new(EntityId::new("l", "1"), Schema::Person);
                entity.add_name(Name::new(NameKind::Primary, name));
                entity
            });
            (date(2026, month, 1), format!("s{month}"), entity)
        };
        let whole = vec![
            version(1, None),
            version(2, Some("A")),
            version(3, Some("B")),
            version(4, None),
            version(5, None),
            version(6, Some("B")),
        ];
        let timeline = Timeline::of(whole.clone());
        let fates: Vec<(i8, Fate)> =
            timeline.steps.iter().map(|step| (step.day.month(), step.fate)).collect();
        let expected = [(2, Fate::Listed), (3, Fate::Amended), (4, Fate::Delisted), (6, Fate::Relisted)];
        assert_eq!(fates, expected);
        assert!(timeline.listed);
        let known = Timeline::of(whole[1..4].to_vec());
        assert_eq!((known.steps[0].fate, known.listed), (Fate::FirstSeen, false));
        assert_eq!(known.last.unwrap().caption(), "B");
        assert_eq!(Timeline::of(Vec::new()), Timeline::default());
    }
}
