//! The rules a new version must keep to be taken.

use super::job::Job;
use crate::error::Refusal;
use crate::{Acceptance, Reason, snapshots};
use cordon_model::Snapshot;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

impl Job<'_> {
    /// Whether this is the content in force, under the same date or a later one that can be right.
    pub(super) fn is_in_force(&self, new: &Snapshot) -> bool {
        let Some(current) = self.pointer.in_force() else { return false };
        let id = &current.accepted.snapshot;
        let same_content = snapshots::manifest(&self.places, id)
            .is_ok_and(|manifest| manifest.content == *new.content())
            && snapshots::is_whole(&self.places, id);
        same_content
            && match (current.published(), new.published()) {
                (_, None) => true,
                (None, Some(_)) => false,
                (Some(old), Some(new)) => {
                    old == new || (old < new && new <= self.latest_date() && !self.update.force)
                }
            }
    }

    pub(super) fn guard(&self, new: &Snapshot) -> Result<Acceptance, Reason> {
        let Some(reason) = self.broken_rule(new) else { return Ok(Acceptance::Accepted) };
        if self.update.force && !new.entities().is_empty() {
            return Ok(Acceptance::Forced(reason));
        }
        Err(Reason::Refused(Refusal::Guard { files: self.file_names(), reason }))
    }

    /// The rule for new versions that this one breaks.
    fn broken_rule(&self, new: &Snapshot) -> Option<String> {
        let current = self.pointer.in_force();
        let last = current.as_ref().map(|current| current.accepted.entities);
        if let Some(reason) = self.update.target.bounds.refuse(new.entities().len(), last) {
            return Some(reason);
        }
        let published = new.published()?;
        if published > self.latest_date() {
            return Some(format!("published {published}, more than a year after today ({})", self.today()));
        }
        let latest = current?.published()?;
        (published < latest)
            .then(|| format!("published {published}, before what is in force (published {latest})"))
    }

    fn today(&self) -> Date {
        self.now.to_zoned_datetime(TimeZone::UTC).date()
    }

    /// The latest publication date believed: one taken amiss (2062 for 2026) would bar every later version. A year
    /// leaves room for a machine whose clock is behind.
    fn latest_date(&self) -> Date {
        self.today().saturating_add(1.year())
    }
}
