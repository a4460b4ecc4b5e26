//! Removing what no longer serves: what an aborted update left behind, segments of older snapshots, files of refused
//! versions that were looked at since. Only names that this crate makes are touched: the folder may hold other things.
//! Everything here is best effort: what stays is only in the way of disk space.

use crate::home::{Places, Writer, segment_name};
use crate::pointer::Pointer;
use crate::{StoreError, disk, raw, snapshots};
use cordon_model::Digest;
use std::collections::BTreeSet;
use std::path::Path;

/// Segments kept of each list: the one in force, and earlier ones that a reader may just be about to open or that
/// were lately asked for. Any other is compiled again when it is asked for.
const SEGMENTS: usize = 3;

/// Sweeps the whole home folder. The caller holds the lock, so nothing found is being written.
pub(crate) fn sweep(writer: &Writer<'_>) {
    let home = writer.home();
    let nothing = |_: &str| false;
    sweep_folder(&home.pointers(), &nothing);
    for places in home.places_below("snapshots").unwrap_or_default() {
        sweep_folder(&places.snapshots, &nothing);
        for name in disk::names(&places.snapshots).unwrap_or_default() {
            sweep_folder(&places.snapshots.join(name), &nothing);
        }
    }
    for places in home.places_below("index").unwrap_or_default() {
        let kept = segments_kept(&places);
        let surplus = |name: &str| is_segment(name) && kept.as_ref().is_some_and(|kept| !kept.contains(name));
        sweep_folder(&places.index, &surplus);
    }
    // If any file that might name a raw file cannot be read, every raw file stays. What others are kept as differences
    // from is named by the manifest of an earlier snapshot.
    let named = raw_files_named(writer).ok();
    let surplus =
        |name: &str| is_raw(name) && named.as_ref().is_some_and(|named| !named.contains(digest_in(name)));
    sweep_folder(&home.raw(), &surplus);
}

/// Removes from a folder what was never put in place, and what is surplus.
fn sweep_folder(folder: &Path, surplus: &dyn Fn(&str) -> bool) {
    for name in disk::names(folder).unwrap_or_default() {
        if disk::is_temporary(&name) || surplus(&name) {
            let path = folder.join(&name);
            if path.is_dir() { disk::remove_folder(&path) } else { disk::remove_file(&path) }
        }
    }
}

/// Whether this is the name of a file as received, whole or as differences.
fn is_raw(name: &str) -> bool {
    let name = digest_in(name);
    name.len() == 64 && name.bytes().all(|letter| letter.is_ascii_hexdigit() && !letter.is_ascii_uppercase())
}

fn digest_in(name: &str) -> &str {
    name.strip_suffix(raw::ENDING).unwrap_or(name)
}

/// Whether this is the name of a segment, of whatever version of the engine.
fn is_segment(name: &str) -> bool {
    let version = name.strip_suffix(".seg").and_then(|rest| rest.rsplit_once(".v"));
    version.is_some_and(|(_, version)| version.parse::<u32>().is_ok())
}

/// Names of the segments to keep of a list; `None` if that cannot be told.
fn segments_kept(places: &Places) -> Option<BTreeSet<String>> {
    let pointer = Pointer::read(places).ok()?;
    let latest = pointer.history.iter().rev().take(SEGMENTS);
    Some(latest.map(|entry| segment_name(&entry.snapshot)).collect())
}

fn raw_files_named(writer: &Writer<'_>) -> Result<BTreeSet<String>, StoreError> {
    let home = writer.home();
    let mut named = BTreeSet::new();
    let mut name = |digest: &Digest| {
        named.insert(digest.as_str().to_owned());
    };
    for places in home.places_below("snapshots")? {
        for manifest in snapshots::manifests(&places)? {
            manifest.sources.iter().for_each(|source| name(&source.digest));
        }
    }
    for places in home.all_places()? {
        let pointer = Pointer::read(&places)?;
        pointer.known.iter().for_each(|known| name(&known.file));
        pointer.indexed.iter().for_each(|indexed| name(&indexed.file));
        pointer.attempt.iter().flat_map(|attempt| &attempt.sources).for_each(&mut name);
    }
    Ok(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::tree;
    use crate::{Home, Wait};

    #[test]
    fn only_our_own_leftovers_go() {
        let folder = tempfile::tempdir().unwrap();
        let stale = "0".repeat(64);
        let files = [
            ("raw/.tmp-12-3", true),
            (&format!("raw/{stale}"), true),
            (&format!("raw/{}.diff", "1".repeat(64)), true),
            ("lists/.tmp-1-0", true),
            ("snapshots/l/.tmp-1-7/manifest.json", true),
            ("snapshots/l/2026-01-01-00/.tmp-1-0", true),
            ("index/l/.tmp-1-1", true),
            ("index/l/2026-01-01-00.v0.seg", true),
            ("raw/.tmp-editor", false),
            ("raw/.tmp-1", false),
            ("raw/survey.csv", false),
            (&format!("raw/{stale}.csv"), false),
            (&format!("raw/{}", "F".repeat(64)), false),
            ("snapshots/l/holiday/photo.jpg", false),
            ("snapshots/Pictures/.tmp-1-2", false),
            ("index/l/notes.seg", false),
            ("index/index.html", false),
            ("lists/shopping.txt", false),
            (".tmp-1-1", false),
        ];
        for (name, _) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, b"x").unwrap();
        }
        sweep(&Home::open(folder.path()).unwrap().writer(&Wait::NOT).unwrap());
        let left = tree(folder.path());
        for (name, goes) in files {
            assert_eq!(!left.contains_key(name), goes, "{name}");
        }
    }
}
