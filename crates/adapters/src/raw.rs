//! Files as received, by the digest of their bytes: what a snapshot was read from can be looked at again.

use crate::home::Writer;
use crate::{Home, StoreError, disk};
use cordon_model::Digest;

/// Keeps the bytes; does nothing if they are there already, whole.
pub(crate) fn keep(writer: &Writer<'_>, digest: &Digest, bytes: &[u8]) -> Result<(), StoreError> {
    match find(writer.home(), digest) {
        Some(_) => Ok(()),
        None => disk::put_file(&writer.home().raw_file(digest), bytes),
    }
}

/// The bytes with this digest, if they are there and whole.
pub(crate) fn find(home: &Home, digest: &Digest) -> Option<Vec<u8>> {
    let bytes = disk::read_if_there(&home.raw_file(digest)).ok().flatten()?;
    (Digest::of(&bytes) == *digest).then_some(bytes)
}
