//! Files as received, by the digest of their bytes: what a snapshot was read from can be looked at again. A file that
//! is much like an earlier one is kept as the differences from it; only this room knows how.

mod differences;

use crate::error::At;
use crate::home::Writer;
use crate::pointer::versioned;
use crate::{Home, StoreError, disk};
use cordon_model::Digest;
use flate2::{Compression, GzBuilder, read::GzDecoder};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Ending of the names of files kept as differences.
pub(crate) const ENDING: &str = ".diff";

/// Version of the form of differences: a line of JSON, then steps in gzip.
const VERSION: u32 = 1;

/// Most files kept as differences, one from another, before a whole one.
const DEEPEST: u32 = 128;

/// The first line of a file kept as differences.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    version: u32,
    /// The file the differences are from.
    base: Digest,
    /// How many files kept as differences lie one upon another, this one counted.
    depth: u32,
    /// Bytes of all their differences.
    changes: u64,
    /// Bytes of the whole file below them.
    whole: u64,
    /// Bytes of the file itself.
    length: u64,
}

/// Keeps the bytes; does nothing if they are there already, whole. `like` is a kept file they may be much like.
pub(crate) fn keep(
    writer: &Writer<'_>,
    digest: &Digest,
    bytes: &[u8],
    like: Option<&Digest>,
) -> Result<(), StoreError> {
    let home = writer.home();
    if find(home, digest).is_some() {
        return Ok(());
    }
    match like.and_then(|base| different(home, bytes, base)) {
        Some(differences) => disk::put_file(&differences_file(home, digest), &differences),
        None => disk::put_file(&home.raw_file(digest), bytes),
    }
}

/// The file as differences from the base, unless a whole file is due: when the differences since the last whole one
/// would be larger than it, or the base is not to be had.
fn different(home: &Home, bytes: &[u8], base: &Digest) -> Option<Vec<u8>> {
    let older = find(home, base)?;
    let (depth, changes, whole) = match head_of(home, base) {
        Some(head) => (head.depth, head.changes, head.whole),
        None => (0, 0, older.len() as u64),
    };
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::default());
    encoder.write_all(&differences::between(&older, bytes)?).ok()?;
    let steps = encoder.finish().ok()?;
    let changes = changes + steps.len() as u64;
    let head = Head {
        version: VERSION,
        base: base.clone(),
        depth: depth + 1,
        changes,
        whole,
        length: bytes.len() as u64,
    };
    if head.depth > DEEPEST || changes > whole {
        return None;
    }
    let mut file = serde_json::to_vec(&head).ok()?;
    file.push(b'\n');
    file.extend(steps);
    Some(file)
}

/// The bytes with this digest, if they are there and whole.
pub(crate) fn find(home: &Home, digest: &Digest) -> Option<Vec<u8>> {
    let mut steps = Vec::new();
    let mut next = digest.clone();
    let mut bytes = loop {
        if let Some(whole) = disk::read_if_there(&home.raw_file(&next)).ok().flatten() {
            break whole;
        }
        if steps.len() > DEEPEST as usize {
            return None;
        }
        let (head, gzip) = read_differences(&differences_file(home, &next)).ok()??;
        next = head.base;
        steps.push((head.length, gzip));
    };
    for (length, gzip) in steps.into_iter().rev() {
        let mut plain = Vec::new();
        GzDecoder::new(gzip.as_slice()).read_to_end(&mut plain).ok()?;
        bytes = differences::applied(&bytes, &plain, length)?;
    }
    (Digest::of(&bytes) == *digest).then_some(bytes)
}

fn differences_file(home: &Home, digest: &Digest) -> PathBuf {
    home.raw().join(format!("{digest}{ENDING}"))
}

fn head_of(home: &Home, digest: &Digest) -> Option<Head> {
    if home.raw_file(digest).is_file() {
        return None;
    }
    Some(read_differences(&differences_file(home, digest)).ok()??.0)
}

fn read_differences(path: &Path) -> Result<Option<(Head, Vec<u8>)>, StoreError> {
    let Some(mut bytes) = disk::read_if_there(path)? else { return Ok(None) };
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(std::io::ErrorKind::UnexpectedEof.into());
    let end = end.at("read", path)?;
    let steps = bytes.split_off(end + 1);
    Ok(Some((versioned(path, &bytes, VERSION)?, steps)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Wait;
    use crate::support::{text, tree};

    #[test]
    fn files_much_like_others_are_kept_as_differences_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(folder.path()).unwrap();
        let writer = home.writer(&Wait::NOT).unwrap();
        let mut before: Option<Digest> = None;
        let mut kept = Vec::new();
        for day in 0..150 {
            let bytes = text("2026-02-01", 1, 2000, "Name").replace("Name 77\n", &format!("Day {day}\n"));
            let digest = Digest::of(bytes.as_bytes());
            keep(&writer, &digest, bytes.as_bytes(), before.as_ref()).unwrap();
            before = Some(digest.clone());
            kept.push((digest, bytes));
        }
        let files = tree(&home.raw());
        let whole = files.keys().filter(|name| !name.ends_with(ENDING)).count();
        assert_eq!((files.len(), whole), (150, 2), "the first, and one after the deepest");
        let size: usize = files.values().map(Vec::len).sum();
        assert!(size < 4 * kept[0].1.len(), "{size}");
        for (digest, bytes) in &kept {
            assert_eq!(find(&home, digest).as_deref(), Some(bytes.as_bytes()));
        }
        // What shares nothing is whole, and so is what comes after a damaged file.
        let numbers =
            (0..5000u64).flat_map(|number| number.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes());
        let other: Vec<u8> = numbers.collect();
        keep(&writer, &Digest::of(&other), &other, before.as_ref()).unwrap();
        assert!(home.raw_file(&Digest::of(&other)).is_file());
        let last = &kept[149].0;
        std::fs::write(differences_file(&home, last), b"{}\n").unwrap();
        assert_eq!(find(&home, last), None);
        keep(&writer, last, kept[149].1.as_bytes(), Some(last)).unwrap();
        assert!(find(&home, last).is_some() && home.raw_file(last).is_file());
    }
}
