//! What was: the versions of a list, the attempts that went wrong, and one entity through all of them.

use crate::fault::Outcome;
use crate::wiring::{STARTER, World, store_fault};
use cordon_adapters::{Acceptance, Accepted, Attempt, Changes, Manifest};
use cordon_model::{Change, Delta, Entity, EntityId, FieldChange, Snapshot};
use jiff::Timestamp;
use jiff::civil::Date;

/// Something that happened to a list.
pub(crate) enum Past {
    /// A version was put in force.
    Version { accepted: Accepted, manifest: Option<Box<Manifest>> },
    /// An attempt did not end well.
    Attempt(Attempt),
}

impl Past {
    /// When.
    pub(crate) fn at(&self) -> Timestamp {
        match self {
            Self::Version { accepted, .. } => accepted.fetched,
            Self::Attempt(attempt) => attempt.at,
        }
    }

    /// The rule a version was taken against.
    pub(crate) fn forced(&self) -> Option<&str> {
        match self {
            Self::Version { manifest: Some(manifest), .. } => match &manifest.state {
                Acceptance::Forced(rule) => Some(rule),
                Acceptance::Accepted => None,
            },
            _ => None,
        }
    }
}

/// What became of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
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
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::FirstSeen => "first seen",
            Self::Listed => "listed",
            Self::Amended => "amended",
            Self::Delisted => "delisted",
            Self::Relisted => "relisted",
        }
    }

    /// The operation in delta lines.
    pub(crate) fn op(self) -> &'static str {
        match self {
            Self::FirstSeen | Self::Listed | Self::Relisted => "ADD",
            Self::Amended => "MOD",
            Self::Delisted => "DEL",
        }
    }
}

/// What became of an entity in one version of its list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub(crate) day: Date,
    pub(crate) snapshot: String,
    pub(crate) fate: Fate,
    pub(crate) fields: Vec<FieldChange>,
}

/// An entity through the versions of its list.
pub(crate) struct Timeline {
    /// How it was last, if it ever was.
    pub(crate) last: Option<Entity>,
    /// Whether the last version looked at has it.
    pub(crate) listed: bool,
    /// The days of the first and last version looked at.
    pub(crate) span: Option<(Date, Date)>,
    pub(crate) steps: Vec<Step>,
}

impl World {
    /// What happened to a list, the oldest first.
    pub(crate) fn past(&self, list: &str) -> Outcome<Vec<Past>> {
        let fault = |error| store_fault(&error);
        let store = self.store();
        let mut past: Vec<Past> =
            store.unsuccessful(list).map_err(fault)?.into_iter().map(Past::Attempt).collect();
        let mut before: Option<Accepted> = None;
        for mut accepted in store.history(list).map_err(fault)? {
            if let Some(before) = before.as_ref().filter(|_| accepted.changes.is_none()) {
                let read = |entry: &Accepted| store.snapshot(list, &entry.snapshot);
                // One that cannot be read is shown without counts.
                let counted =
                    read(before).and_then(|old| Ok(Changes::of(&Delta::between(&old, &read(&accepted)?))));
                accepted.changes = counted.ok();
            }
            before = Some(accepted.clone());
            let manifest = store.manifest(list, &accepted.snapshot).ok().map(Box::new);
            past.push(Past::Version { accepted, manifest });
        }
        past.sort_by_key(Past::at);
        Ok(past)
    }

    /// An entity through the versions of its list, up to a day.
    pub(crate) fn timeline(&self, list: &str, id: &str, until: Option<Date>) -> Outcome<Timeline> {
        let versions = if list == STARTER {
            Vec::new()
        } else {
            let id = EntityId::from(id.to_owned());
            self.store().versions_of(list, &id).map_err(|error| store_fault(&error))?
        };
        let known = |(accepted, _): &(Accepted, _)| until.is_none_or(|day| accepted.effective() <= day);
        Ok(timeline(versions.into_iter().filter(known).collect()))
    }
}

fn timeline(versions: Vec<(Accepted, Option<Entity>)>) -> Timeline {
    let days = || versions.iter().map(|(accepted, _)| accepted.effective());
    let span = days().min().zip(days().max());
    let alone =
        |entity: Option<&Entity>| Snapshot::new("", None, entity.into_iter().cloned().collect(), vec![]);
    let (mut steps, mut last, mut before): (Vec<Step>, Option<Entity>, Option<Entity>) =
        (Vec::new(), None, None);
    for (index, (accepted, after)) in versions.into_iter().enumerate() {
        let delta = Delta::between(&alone(before.as_ref()), &alone(after.as_ref()));
        let step = delta.changes.into_iter().next().map(|change| Step {
            day: accepted.effective(),
            snapshot: accepted.snapshot.to_string(),
            fate: match &change {
                Change::Added(_) if index == 0 => Fate::FirstSeen,
                Change::Added(_) if last.is_some() => Fate::Relisted,
                Change::Added(_) => Fate::Listed,
                Change::Modified { .. } => Fate::Amended,
                Change::Removed(_) => Fate::Delisted,
            },
            fields: match change {
                Change::Modified { fields, .. } => fields,
                _ => Vec::new(),
            },
        });
        steps.extend(step);
        last = after.clone().or(last);
        before = after;
    }
    Timeline { last, listed: before.is_some(), span, steps }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cordon_model::{Name, NameKind, Schema};
    use jiff::civil::date;

    #[test]
    fn an_entity_is_listed_amended_delisted_and_relisted() {
        let version = |month: i8, name: Option<&str>| {
            let accepted = Accepted {
                snapshot: format!("s{month}").into(),
                published: Some(date(2026, month, 1)),
                fetched: Timestamp::UNIX_EPOCH,
                entities: 1,
                issues: 0,
                changes: None,
            };
            let entity = name.map(|name| {
                let mut entity = Entity::new(EntityId::new("l", "1"), Schema::Person);
                entity.add_name(Name::new(NameKind::Primary, name));
                entity
            });
            (accepted, entity)
        };
        let fates = |versions: Vec<(Accepted, Option<Entity>)>| {
            let timeline = timeline(versions);
            let fates: Vec<(i8, Fate)> =
                timeline.steps.iter().map(|step| (step.day.month(), step.fate)).collect();
            (fates, timeline.listed)
        };
        let whole = [
            version(1, None),
            version(2, Some("A")),
            version(3, Some("B")),
            version(4, None),
            version(5, None),
            version(6, Some("B")),
        ];
        let expected = vec![(2, Fate::Listed), (3, Fate::Amended), (4, Fate::Delisted), (6, Fate::Relisted)];
        assert_eq!(fates(whole.to_vec()), (expected.clone(), true));
        assert_eq!(fates(whole[..5].to_vec()), (expected[..3].to_vec(), false));
        assert_eq!(fates(whole[1..3].to_vec()), (vec![(2, Fate::FirstSeen), (3, Fate::Amended)], true));
        assert_eq!(timeline(Vec::new()).span, None);
    }
}
