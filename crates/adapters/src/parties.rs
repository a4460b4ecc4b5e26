//! What joins records of different lists, in one file: found links with the snapshots they were found in, and what a
//! user said.

use crate::error::At;
use crate::home::Writer;
use crate::{Store, StoreError, disk};
use cordon_matching::{Link, Parties};
use cordon_model::{Digest, EntityId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::SystemTime;

/// Version of the file's form.
const VERSION: u32 = 1;

const FILE: &str = "parties.json";

/// The links between records of lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyFile {
    version: u32,
    /// Version of the rules by which links were found; others are found again.
    pub rules: String,
    /// The snapshots they were found in, by list.
    pub over: BTreeMap<String, String>,
    /// Links found.
    pub found: Vec<Link>,
    /// Links a user made.
    pub stated: Vec<Link>,
    /// Links a user undid; they stay undone whatever is found later.
    pub undone: BTreeSet<(EntityId, EntityId)>,
}

impl Default for PartyFile {
    fn default() -> Self {
        Self {
            version: VERSION,
            rules: String::new(),
            over: BTreeMap::new(),
            found: Vec::new(),
            stated: Vec::new(),
            undone: BTreeSet::new(),
        }
    }
}

impl PartyFile {
    /// Every link, those a user made first.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.stated.iter().chain(&self.found)
    }

    /// Whether a user undid a link.
    pub fn is_undone(&self, link: &Link) -> bool {
        self.undone.contains(&(link.one.clone(), link.two.clone()))
    }

    /// Digest of what joins records; `None` if nothing does.
    pub fn digest(&self) -> Option<Digest> {
        let joins = self.links().any(|link| !self.is_undone(link));
        let bytes = serde_json::to_vec(&(&self.found, &self.stated, &self.undone)).unwrap_or_default();
        joins.then(|| Digest::of(&bytes))
    }

    /// The groups.
    pub fn parties(&self) -> Parties {
        let links: Vec<Link> = self.links().cloned().collect();
        Parties::new(&links, &self.undone)
    }
}

/// Where what joined records at some time is kept by its digest, so that answers of then can be given again.
const FOLDER: &str = "parties";

impl Store<'_> {
    /// The links kept; none before the first were.
    pub fn parties(&self) -> Result<PartyFile, StoreError> {
        Ok(party_file(&self.home.folder().join(FILE))?.unwrap_or_default())
    }

    /// The links as they were when they had this digest; `None` if they are not kept.
    pub fn parties_as(&self, digest: &Digest) -> Result<Option<PartyFile>, StoreError> {
        party_file(&self.home.folder().join(FOLDER).join(format!("{digest}.json")))
    }

    /// When the links were last put in place; `None` before the first were. Other links have another time.
    pub fn parties_changed(&self) -> Result<Option<SystemTime>, StoreError> {
        let path = self.home.folder().join(FILE);
        match std::fs::metadata(&path).and_then(|file| file.modified()) {
            Ok(time) => Ok(Some(time)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).at("read", &path),
        }
    }
}

fn party_file(path: &Path) -> Result<Option<PartyFile>, StoreError> {
    let Some(bytes) = disk::read_if_there(path)? else { return Ok(None) };
    let file: PartyFile = serde_json::from_slice(&bytes).map_err(std::io::Error::from).at("read", path)?;
    if file.version != VERSION {
        let other = format!("it has version {}, this program knows {VERSION}", file.version);
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, other)).at("read", path);
    }
    Ok(Some(file))
}

impl Writer<'_> {
    /// Puts the links in place of those kept before.
    pub fn keep_parties(&self, file: &PartyFile) -> Result<(), StoreError> {
        let path = self.home.folder().join(FILE);
        let bytes = serde_json::to_vec(file).map_err(std::io::Error::from).at("write", &path)?;
        if let Some(digest) = file.digest() {
            let folder = self.home.folder().join(FOLDER);
            std::fs::create_dir_all(&folder).at("make", &folder)?;
            disk::put_file(&folder.join(format!("{digest}.json")), &bytes)?;
        }
        disk::put_file(&path, &bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Home, Wait};
    use cordon_matching::Rule;

    #[test]
    fn links_are_kept_and_what_was_undone_stays_undone() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(folder.path()).unwrap();
        assert_eq!(home.store().parties().unwrap(), PartyFile::default());
        let id = |text: &str| EntityId::from(text.to_owned());
        let link = |one, two, rule| Link::new(id(one), id(two), rule, String::new());
        let mut file = PartyFile {
            found: vec![link("a:1", "b:1", Rule::Reference), link("a:2", "b:2", Rule::Identifier)],
            stated: vec![link("c:1", "b:1", Rule::Stated)],
            ..PartyFile::default()
        };
        file.undone.insert((id("a:2"), id("b:2")));
        home.writer(&Wait::NOT).unwrap().keep_parties(&file).unwrap();
        let read = home.store().parties().unwrap();
        assert_eq!(read, file);
        assert_eq!(read.parties().members("a:1").len(), 3);
        assert!(read.parties().members("a:2").is_empty());
        let before = read.digest().unwrap();
        home.writer(&Wait::NOT).unwrap().keep_parties(&PartyFile::default()).unwrap();
        assert_eq!(home.store().parties().unwrap(), PartyFile::default());
        assert_eq!(home.store().parties_as(&before).unwrap(), Some(file));
        std::fs::write(folder.path().join(FILE), b"{").unwrap();
        assert!(home.store().parties().is_err());
    }
}
