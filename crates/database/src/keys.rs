//! The key that signs checkpoints, in the home folder.

use crate::OpenError;
use cordon_casework::audit::{PublicKey, Signer};
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Name of the file with the secret key, which only its owner may read.
pub const KEY_FILE: &str = "audit.key";
/// Name of the file with the public key, to be given to whoever verifies.
pub const PUBLIC_KEY_FILE: &str = "audit.pub";

/// The key of this home folder, made at the first use.
pub fn signer(home: &Path) -> Result<Signer, OpenError> {
    let path = home.join(KEY_FILE);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let signer =
                Signer::parse(&text).ok_or_else(|| wrong(&path, "is not a key: 64 hexadecimal digits"))?;
            publish(home, &signer)?;
            Ok(signer)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(home, &path),
        Err(error) => Err(wrong(&path, error)),
    }
}

/// The public key of this home folder, if a key was ever made.
pub fn public_key(home: &Path) -> Result<Option<PublicKey>, OpenError> {
    let path = home.join(PUBLIC_KEY_FILE);
    match fs::read_to_string(&path) {
        Ok(text) => PublicKey::parse(&text)
            .map(Some)
            .ok_or_else(|| wrong(&path, "is not a key: 64 hexadecimal digits")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(wrong(&path, error)),
    }
}

fn make(home: &Path, path: &Path) -> Result<Signer, OpenError> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| OpenError::Chance(error.to_string()))?;
    let signer = Signer::new(secret);
    let beside: PathBuf = home.join(format!("{KEY_FILE}.{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(&beside)
        .and_then(|mut file| writeln!(file, "{}", signer.reveal()).and_then(|()| file.sync_all()))
        // Another process may be making one: the first in place is the key.
        .and_then(|()| fs::hard_link(&beside, path));
    let _ = fs::remove_file(&beside);
    match written {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return self::signer(home),
        other => other.map_err(|error| wrong(path, error))?,
    }
    publish(home, &signer)?;
    Ok(signer)
}

/// Writes the public key where it is missing. One that is there is left: it may be all that tells that the secret key
/// was replaced.
fn publish(home: &Path, signer: &Signer) -> Result<(), OpenError> {
    let path = home.join(PUBLIC_KEY_FILE);
    let mut options = OpenOptions::new();
    let opened = options.write(true).create_new(true).open(&path);
    match opened.and_then(|mut file| writeln!(file, "{}", signer.public()).and_then(|()| file.sync_all())) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(wrong(&path, error)),
    }
}

fn wrong(path: &Path, why: impl std::fmt::Display) -> OpenError {
    OpenError::Key { path: path.to_owned(), why: format!("{why}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_kept_from_others() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(public_key(home.path()).unwrap(), None);
        let first = signer(home.path()).unwrap();
        assert_eq!(signer(home.path()).unwrap().public(), first.public());
        assert_eq!(public_key(home.path()).unwrap(), Some(first.public()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(home.path().join(KEY_FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(home.path().join(KEY_FILE), "x").unwrap();
        assert!(matches!(signer(home.path()), Err(OpenError::Key { .. })));
    }
}
