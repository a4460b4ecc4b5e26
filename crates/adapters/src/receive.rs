//! Getting the files of a new version, fetched or given, as received.

use crate::error::Failure;
use crate::fetch::file_name;
use crate::pointer::Known;
use crate::{
    Fetch, FetchError, FetchFault, Home, Limits, Reason, Request, Response, SourceRecord, disk, raw, shown,
};
use cordon_model::Digest;
use std::io;
use std::path::Path;

/// A file as received.
pub(crate) struct Received {
    pub(crate) record: SourceRecord,
    pub(crate) bytes: Vec<u8>,
}

impl Received {
    pub(crate) fn new(name: String, bytes: Vec<u8>, address: Option<String>) -> Self {
        let record = SourceRecord { name, digest: Digest::of(&bytes), bytes: bytes.len() as u64, address };
        Self { record, bytes }
    }
}

/// What came of looking for a new version.
pub(crate) enum Arrival {
    /// The server says that every file is the one we have.
    Unmodified,
    /// Files, in the order the format wants them, and what the server says of them.
    Files(Vec<Received>, Vec<Known>),
}

/// Reads the file, or every file in the folder in the order of their names. Names that begin with a dot, and folders
/// in the folder, are passed over.
pub(crate) fn take(path: &Path, limits: &Limits) -> Result<Arrival, Reason> {
    let fail = |path: &Path, source| Reason::Failed(Failure::Given { path: path.to_owned(), source });
    let name = |path: &Path| {
        path.file_name().map_or_else(|| "file".to_owned(), |name| name.to_string_lossy().into_owned())
    };
    let mut left = limits.received;
    let mut read = |path: &Path| -> Result<Received, Reason> {
        let bytes = disk::read_limited(path, left).map_err(|source| fail(path, source))?;
        left -= bytes.len() as u64;
        Ok(Received::new(name(path), bytes, None))
    };
    if !path.is_dir() {
        return Ok(Arrival::Files(vec![read(path)?], Vec::new()));
    }
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|source| fail(path, source))? {
        let inside = entry.map_err(|source| fail(path, source))?.path();
        if inside.is_file() && !name(&inside).starts_with('.') {
            paths.push(inside);
        }
    }
    if paths.is_empty() {
        return Err(fail(path, io::Error::new(io::ErrorKind::NotFound, "there is no file in this folder")));
    }
    paths.sort();
    let files = paths.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    Ok(Arrival::Files(files, Vec::new()))
}

/// Fetches every address, asking the server for changes only where `before` names the file we have.
pub(crate) fn fetch(
    home: &Home,
    before: &[Known],
    fetcher: &dyn Fetch,
    addresses: &[&str],
    limits: &Limits,
) -> Result<Arrival, Reason> {
    if addresses.is_empty() {
        return Err(Reason::Failed(Failure::NoAddress));
    }
    let mut left = limits.received;
    let mut modified = false;
    let mut files = Vec::new();
    let mut known = Vec::new();
    for address in addresses {
        let key = Digest::of(address.as_bytes());
        let before = before.iter().find(|known| known.address == key);
        // Without the file itself, "unmodified" would be of no use.
        let kept = before.and_then(|before| Some((before, raw::find(home, &before.file)?)));
        let request =
            Request { address, known: kept.as_ref().map(|(before, _)| &before.validators), limit: left };
        let (bytes, validators) = match (fetcher.fetch(&request)?, kept) {
            (Response::File { bytes, validators }, _) => {
                modified = true;
                (bytes, validators)
            }
            (Response::Unmodified, Some((before, bytes))) => (bytes, before.validators.clone()),
            (Response::Unmodified, None) => {
                let reason = "unmodified, without having been asked".to_owned();
                return Err(FetchError::new(address, FetchFault::Broken(reason)).into());
            }
        };
        left = left.saturating_sub(bytes.len() as u64);
        let file = Received::new(file_name(address), bytes, Some(shown(address)));
        known.push(Known { address: key, file: file.record.digest.clone(), validators });
        files.push(file);
    }
    if !modified {
        return Ok(Arrival::Unmodified);
    }
    known.retain(|known| !known.validators.is_empty());
    Ok(Arrival::Files(files, known))
}
