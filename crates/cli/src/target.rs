//! Where an answer is written: standard output, or a file that appears whole or not at all.

use crate::fault::{Fault, Outcome};
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// An open target. Dropping it without [`Target::finish`] leaves no file.
pub(crate) enum Target {
    /// Standard output.
    Stdout(BufWriter<io::Stdout>),
    /// A file under a temporary name beside its place.
    Whole(BufWriter<NamedTempFile>, PathBuf),
    /// A device or pipe, which cannot be replaced.
    Direct(BufWriter<File>),
}

impl Target {
    /// Opens the file, or standard output if there is none (or it is called `-`).
    pub(crate) fn open(path: Option<&Path>) -> Outcome<Self> {
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
            return Ok(Self::Stdout(BufWriter::new(io::stdout())));
        };
        let failed = |error: io::Error| Fault::of(&error).about(format!("cannot write `{}`", path.display()));
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Err(failed(io::ErrorKind::IsADirectory.into())),
            Ok(found) if !found.is_file() => {
                let file = File::options().write(true).open(path).map_err(failed)?;
                Ok(Self::Direct(BufWriter::new(file)))
            }
            // A link is followed, so that it stays one.
            found => {
                let place =
                    if found.is_ok() { fs::canonicalize(path).map_err(failed)? } else { path.to_owned() };
                let folder = match place.parent() {
                    Some(folder) if !folder.as_os_str().is_empty() => folder,
                    _ => Path::new("."),
                };
                // Said here, because the temporary file's name would only puzzle.
                fs::metadata(folder).map_err(failed)?;
                Ok(Self::Whole(BufWriter::new(beside(folder).map_err(failed)?), place))
            }
        }
    }

    /// Whether people look at it while it is written.
    pub(crate) fn is_terminal(&self) -> bool {
        matches!(self, Self::Stdout(_)) && io::stdout().is_terminal()
    }

    /// Writes all and puts the file in its place.
    pub(crate) fn finish(self) -> Outcome<()> {
        match self {
            Self::Stdout(mut out) => out.flush().map_err(|error| Fault::writing(&error)),
            Self::Direct(mut out) => out.flush().map_err(|error| Fault::writing(&error)),
            Self::Whole(out, place) => {
                let failed =
                    |error: io::Error| Fault::of(&error).about(format!("cannot write `{}`", place.display()));
                let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
                file.as_file().sync_all().map_err(failed)?;
                file.persist(&place).map_err(|error| failed(error.error))?;
                Ok(())
            }
        }
    }
}

/// A temporary file with the rights a new file of the user has.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".cordon-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Whole(out, _) => out.write(bytes),
            Self::Direct(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Whole(out, _) => out.flush(),
            Self::Direct(out) => out.flush(),
        }
    }
}
