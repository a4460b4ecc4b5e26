//! One version of one list.

use crate::{Entity, Issue};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::fmt::Write as _;

/// A SHA-256 digest, written as 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::finish(Sha256::new_with_prefix(bytes))
    }

    /// The digest written as 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == 64 && text.bytes().all(digit)).then(|| Self(text.to_owned()))
    }

    fn finish(hasher: Sha256) -> Self {
        let mut text = String::with_capacity(64);
        for byte in hasher.finalize() {
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// The 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first twelve digits: enough to tell versions of a list apart when shown.
    pub fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.short())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Name of a snapshot: its publication date (`undated` if the list carries none) and the start of its content digest,
/// as in `2026-02-27-3f9a0c11d2e4`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SnapshotId(String);

impl SnapshotId {
    /// The id of content published on a day.
    pub fn new(published: Option<Date>, content: &Digest) -> Self {
        match published {
            Some(date) => Self(format!("{date}-{}", content.short())),
            None => Self(format!("undated-{}", content.short())),
        }
    }

    /// The written form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for SnapshotId {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for SnapshotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One version of one list, complete and never changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    list: String,
    published: Option<Date>,
    entities: Vec<Entity>,
    issues: Vec<Issue>,
    content: Digest,
}

impl Snapshot {
    /// A snapshot of `list`. Entities are put in the order of their ids, issues in the order of their records.
    ///
    /// Where two entities bear one id the first is kept and an issue names the other.
    pub fn new(
        list: &str,
        published: Option<Date>,
        mut entities: Vec<Entity>,
        mut issues: Vec<Issue>,
    ) -> Self {
        entities.sort_by(|one, two| one.id.cmp(&two.id));
        entities.dedup_by(|later, kept| {
            let same = later.id == kept.id;
            if same && later != kept {
                let message = "a second record bears this id; the first is kept";
                issues.push(Issue::new(
                    later.id.key(),
                    "id",
                    crate::IssueKind::Dropped,
                    later.caption(),
                    message,
                ));
            }
            same
        });
        issues.sort();
        let content = content_digest(list, &entities);
        Self { list: list.to_owned(), published, entities, issues, content }
    }

    /// The list's id.
    pub fn list(&self) -> &str {
        &self.list
    }

    /// The date the publisher gives the version.
    pub fn published(&self) -> Option<Date> {
        self.published
    }

    /// The same snapshot with a publication date, for files that carry none.
    #[must_use]
    pub fn dated(mut self, published: Option<Date>) -> Self {
        self.published = published.or(self.published);
        self
    }

    /// Entities in the order of their ids.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entity with this id.
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        let at = self.entities.binary_search_by(|entity| entity.id.as_str().cmp(id)).ok()?;
        self.entities.get(at)
    }

    /// What was not understood.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// Digest of the entities' content: two files that say the same have the same, however they are written.
    pub fn content(&self) -> &Digest {
        &self.content
    }

    /// The snapshot's name.
    pub fn id(&self) -> SnapshotId {
        SnapshotId::new(self.published, &self.content)
    }
}

fn content_digest(list: &str, entities: &[Entity]) -> Digest {
    let mut hasher = Sha256::new_with_prefix(list.as_bytes());
    let mut line = Vec::new();
    for entity in entities {
        line.clear();
        line.push(b'\n');
        // Writing a value without maps of non-string keys to memory cannot fail.
        if serde_json::to_writer(&mut line, entity).is_ok() {
            hasher.update(&line);
        }
    }
    Digest::finish(hasher)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EntityId, Name, NameKind, Schema};

    fn entity(key: &str, name: &str) -> Entity {
        let mut entity = Entity::new(EntityId::new("l", key), Schema::Person);
        entity.add_name(Name::new(NameKind::Primary, name));
        entity
    }

    #[test]
    fn order_of_records_does_not_change_the_content() {
        let one = Snapshot::new("l", None, vec![entity("1", "A"), entity("2", "B")], vec![]);
        let two = Snapshot::new("l", None, vec![entity("2", "B"), entity("1", "A")], vec![]);
        assert_eq!(one.id(), two.id());
        let three = Snapshot::new("l", None, vec![entity("2", "B"), entity("1", "a")], vec![]);
        assert_ne!(one.content(), three.content());
    }

    #[test]
    fn a_repeated_id_is_an_issue() {
        let snapshot = Snapshot::new("l", None, vec![entity("1", "A"), entity("1", "B")], vec![]);
        assert_eq!(snapshot.entities().len(), 1);
        assert_eq!(snapshot.entity("l:1").map(Entity::caption), Some("A"));
        assert_eq!(snapshot.issues().len(), 1);
    }

    #[test]
    fn digests_are_sha_256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Digest::of(b"").as_str(), empty);
    }
}
