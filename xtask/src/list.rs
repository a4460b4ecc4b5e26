//! Official list files on disk to a snapshot.

use crate::Error;
use cordon_lists::{SourceFile, format_for, unpack};
use cordon_model::Snapshot;
use std::path::Path;

/// Greatest size of an unpacked file.
const LIMIT: u64 = 1 << 30;

/// Reads a list from its file, or from a folder that holds all its files, packed or not.
pub(crate) fn read(id: &str, path: &Path) -> Result<Snapshot, Error> {
    let fail = |error: std::io::Error| format!("`{}`: {error}", path.display());
    let mut paths = if path.is_dir() {
        std::fs::read_dir(path)
            .map_err(fail)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<Vec<_>, _>>()?
    } else {
        vec![path.to_owned()]
    };
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        files.extend(unpack(&name, std::fs::read(&path).map_err(fail)?, LIMIT)?);
    }
    let sources: Vec<SourceFile<'_>> =
        files.iter().map(|file| SourceFile { name: &file.name, bytes: &file.bytes }).collect();
    Ok(format_for(&sources)?.parse(id, &sources)?)
}
