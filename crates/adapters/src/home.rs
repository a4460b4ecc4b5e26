//! The home folder: what lies where, and who may write.
//!
//! ```text
//! raw/<sha256>[.diff]                       files as received, whole or as differences from another
//! snapshots/<list>/<snapshot id>/…          immutable versions of lists, whole or as changes from another
//! index/<list>/<snapshot id>.v<form>.seg    compiled segments, made again when missing
//! lists/<list>.json                         what is in force, since when, and the last attempt
//! lock                                      held by whoever writes; readers need it for nothing
//! ```

use crate::error::At;
use crate::{Store, StoreError, disk};
use cordon_matching::Segment;
use cordon_model::{Digest, SnapshotId};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Greatest length of a list id: well below what file systems allow for a name.
const LONGEST_ID: usize = 100;

/// Time between two looks at a lock another process holds.
const LOOK: Duration = Duration::from_millis(50);

/// The platform's folder for Cordon's data: `~/.local/share/cordon` on Linux, `~/Library/Application Support/cordon`
/// on macOS, `%APPDATA%\cordon\data` on Windows. `None` if the user has no home folder.
pub fn default_home() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "cordon").map(|folders| folders.data_dir().to_owned())
}

/// How long to wait for another process to finish writing, and whom to tell.
#[derive(Clone, Copy)]
pub struct Wait<'a> {
    /// Give up after this time.
    pub limit: Duration,
    /// Called once with a line for people, if there is a wait at all.
    pub notice: &'a dyn Fn(&str),
}

impl Default for Wait<'_> {
    /// Ten minutes, in silence: an update holds the lock while it downloads.
    fn default() -> Self {
        Self { limit: Duration::from_mins(10), notice: &|_| () }
    }
}

impl Wait<'_> {
    /// Do not wait at all.
    pub const NOT: Wait<'static> = Wait { limit: Duration::ZERO, notice: &|_| () };
}

/// The folder that holds everything Cordon keeps.
#[derive(Debug, Clone)]
pub struct Home {
    folder: PathBuf,
}

impl Home {
    /// The home folder at `folder`. It need not be there: folders are made when something is first written, so that
    /// a read-only or missing home can be read.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let folder = folder.into();
        match std::fs::metadata(&folder) {
            Ok(found) if !found.is_dir() => {
                Err(std::io::Error::from(std::io::ErrorKind::NotADirectory)).at("open", &folder)
            }
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).at("open", &folder),
            _ => Ok(Self { folder }),
        }
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What it holds, for reading.
    pub fn store(&self) -> Store<'_> {
        Store::new(self)
    }

    /// Becomes the one who writes, waiting for another process if need be. Dropping the writer, or the end of the
    /// process, lets the next one in.
    pub fn writer(&self, wait: &Wait<'_>) -> Result<Writer<'_>, StoreError> {
        disk::make_folder(&self.folder)?;
        let path = self.folder.join("lock");
        let lock =
            OpenOptions::new().create(true).truncate(false).write(true).open(&path).at("open", &path)?;
        let begun = Instant::now();
        let mut told = false;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Writer { home: self, _lock: lock }),
                Err(TryLockError::Error(error)) => return Err(error).at("lock", &path),
                Err(TryLockError::WouldBlock) if begun.elapsed() >= wait.limit => {
                    return Err(StoreError::Busy { path, waited: wait.limit });
                }
                Err(TryLockError::WouldBlock) => {
                    if !std::mem::replace(&mut told, true) {
                        let line = format!(
                            "another process is updating `{}`: waiting up to {} s",
                            self.folder.display(),
                            wait.limit.as_secs()
                        );
                        (wait.notice)(&line);
                    }
                    std::thread::sleep(LOOK.min(wait.limit.saturating_sub(begun.elapsed())));
                }
            }
        }
    }

    /// The places of a list.
    pub(crate) fn places(&self, list: &str) -> Result<Places, StoreError> {
        if !is_list_id(list) {
            return Err(StoreError::ListId { id: list.chars().take(LONGEST_ID).collect() });
        }
        Ok(Places {
            list: list.to_owned(),
            pointer: self.pointers().join(format!("{list}.json")),
            snapshots: self.folder.join("snapshots").join(list),
            index: self.folder.join("index").join(list),
        })
    }

    /// The places of every list that has a pointer, in the order of ids.
    pub(crate) fn all_places(&self) -> Result<Vec<Places>, StoreError> {
        disk::names(&self.pointers())?
            .iter()
            .filter_map(|name| name.strip_suffix(".json"))
            .filter(|id| is_list_id(id))
            .map(|id| self.places(id))
            .collect()
    }

    pub(crate) fn pointers(&self) -> PathBuf {
        self.folder.join("lists")
    }

    pub(crate) fn raw(&self) -> PathBuf {
        self.folder.join("raw")
    }

    pub(crate) fn raw_file(&self, digest: &Digest) -> PathBuf {
        self.raw().join(digest.as_str())
    }

    /// The places of every list that has a folder below `snapshots` or `index`.
    pub(crate) fn places_below(&self, what: &str) -> Result<Vec<Places>, StoreError> {
        let names = disk::names(&self.folder.join(what))?;
        names.iter().filter(|name| is_list_id(name)).map(|name| self.places(name)).collect()
    }
}

fn is_list_id(id: &str) -> bool {
    let letter = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
    !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(letter)
}

/// The right to write to a home folder.
#[derive(Debug)]
pub struct Writer<'a> {
    pub(crate) home: &'a Home,
    /// Closing the file gives the lock back.
    _lock: File,
}

impl<'a> Writer<'a> {
    /// The home folder.
    pub fn home(&self) -> &'a Home {
        self.home
    }
}

/// Where the files of one list lie. Its list id is safe as the name of a file.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    pub(crate) list: String,
    pub(crate) pointer: PathBuf,
    pub(crate) snapshots: PathBuf,
    pub(crate) index: PathBuf,
}

impl Places {
    /// The folder of a snapshot.
    pub(crate) fn snapshot(&self, id: &SnapshotId) -> PathBuf {
        self.snapshots.join(id.as_str())
    }

    /// The file of a compiled segment.
    pub(crate) fn segment(&self, id: &SnapshotId) -> PathBuf {
        self.index.join(segment_name(id))
    }
}

/// The name of the file of a segment compiled by this engine.
pub(crate) fn segment_name(id: &SnapshotId) -> String {
    format!("{id}.v{}.seg", Segment::VERSION)
}

/// Whether a snapshot id is safe as the name of a file, as all are that were made by [`SnapshotId::new`].
pub(crate) fn is_file_name(id: &SnapshotId) -> bool {
    let text = id.as_str();
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'-';
    !text.is_empty() && text.len() <= LONGEST_ID && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_ids_cannot_leave_their_folder() {
        let home = Home::open("nowhere").unwrap();
        for good in ["un_sc_sanctions", "a", "2", "x9_"] {
            assert!(home.places(good).is_ok(), "{good}");
        }
        let long = "a".repeat(LONGEST_ID + 1);
        for bad in
            ["", ".", "..", "../x", "a/b", "a\\b", "A", "ä", "a b", "a.json", "a\0", "-", long.as_str()]
        {
            assert!(matches!(home.places(bad), Err(StoreError::ListId { .. })), "{bad}");
        }
    }

    #[test]
    fn snapshot_ids_read_from_files_cannot_leave_their_folder() {
        for (text, safe) in [
            ("2026-02-27-3f9a0c11d2e4", true),
            ("undated-3f9a", true),
            ("..", false),
            ("a/b", false),
            ("", false),
        ] {
            assert_eq!(is_file_name(&SnapshotId::from(text.to_owned())), safe, "{text}");
        }
    }

    #[test]
    fn a_file_is_not_a_home() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, b"x").unwrap();
        assert!(Home::open(&file).is_err());
    }

    #[test]
    fn one_writer_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(folder.path().join("deep/home")).unwrap();
        let first = home.writer(&Wait::NOT).unwrap();
        let told = std::cell::RefCell::new(Vec::new());
        let wait = Wait {
            limit: Duration::from_millis(120),
            notice: &|line| told.borrow_mut().push(line.to_owned()),
        };
        let second = home.writer(&wait);
        assert!(matches!(second, Err(StoreError::Busy { .. })));
        assert_eq!(told.borrow().len(), 1);
        drop(first);
        assert!(home.writer(&Wait::NOT).is_ok());
    }
}
