//! The few file operations of the home folder. Each leaves the old state or the new one: what is written goes to a
//! temporary name beside its place, reaches the disk, and is then renamed.

use crate::StoreError;
use crate::error::At;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Beginning of the names of files and folders that are not yet in place. Only the holder of the lock makes any, so
/// under the lock every one that is found was left behind.
const TEMPORARY: &str = ".tmp-";

/// Size of the pieces in which files are written; small in tests, so that small files are cut within.
const PIECE: usize = if cfg!(test) { 1024 } else { 64 * 1024 };

/// Called before every operation that changes the disk. In tests it can fail, to see what is left behind.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "fails in tests")]
fn step(_name: &'static str) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
use fault::step;

/// Whether a file or folder of this name was not yet in place.
pub(crate) fn is_temporary(name: &str) -> bool {
    let numbers = name.strip_prefix(TEMPORARY).and_then(|rest| rest.split_once('-'));
    numbers.is_some_and(|(process, count)| process.parse::<u32>().is_ok() && count.parse::<u64>().is_ok())
}

fn temporary_beside(path: &Path) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!("{TEMPORARY}{}-{count}", std::process::id()))
}

/// A file that counts its writes as steps; a write that is made to fail leaves half its bytes.
struct Stepping(File);

impl Write for Stepping {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = step("write") {
            let half = bytes.get(..bytes.len() / 2).unwrap_or_default();
            self.0.write_all(half)?;
            return Err(error);
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    step("create")?;
    let mut writer = BufWriter::with_capacity(PIECE, Stepping(File::create(path)?));
    for piece in bytes.chunks(PIECE) {
        writer.write_all(piece)?;
    }
    let Stepping(file) = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    step("sync file")?;
    sync(&file)
}

/// Waits until the disk has it. The tests of this crate end processes and not the power, so they need not wait.
fn sync(file: &File) -> io::Result<()> {
    if cfg!(test) { Ok(()) } else { file.sync_all() }
}

/// Makes the names in a folder reach the disk. Only Unix lets a folder be opened for that.
fn sync_folder(path: &Path) -> io::Result<()> {
    step("sync folder")?;
    if cfg!(unix) { sync(&File::open(path)?) } else { Ok(()) }
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Makes a folder and those above it, and makes their names reach the disk.
pub(crate) fn make_folder(path: &Path) -> Result<(), StoreError> {
    if path.is_dir() {
        return Ok(());
    }
    let above = parent(path);
    if !above.as_os_str().is_empty() {
        make_folder(above)?;
    }
    let made = step("make folder").and_then(|()| fs::create_dir(path));
    match made {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => return Ok(()),
        other => other.at("create", path)?,
    }
    if above.as_os_str().is_empty() { Ok(()) } else { sync_folder(above).at("sync", above) }
}

/// Puts a file in place, whole, over the one of its name if there is one. Its folder is made if needed.
pub(crate) fn put_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    make_folder(parent(path))?;
    let temporary = temporary_beside(path);
    let put = write_through(&temporary, bytes)
        .and_then(|()| step("rename"))
        .and_then(|()| fs::rename(&temporary, path));
    if put.is_err() {
        remove_file(&temporary);
    }
    put.at("write", path)?;
    sync_folder(parent(path)).at("write", path)
}

/// Puts a folder with these files in place, whole. A folder of its name is moved away first.
pub(crate) fn put_folder(path: &Path, files: &[(&str, &[u8])]) -> Result<(), StoreError> {
    make_folder(parent(path))?;
    let temporary = temporary_beside(path);
    let put = fill_folder(&temporary, files).and_then(|()| replace_folder(&temporary, path));
    if put.is_err() {
        remove_folder(&temporary);
    }
    put.at("write", path)?;
    sync_folder(parent(path)).at("write", path)
}

fn fill_folder(temporary: &Path, files: &[(&str, &[u8])]) -> io::Result<()> {
    step("make folder")?;
    fs::create_dir(temporary)?;
    for (name, bytes) in files {
        write_through(&temporary.join(name), bytes)?;
    }
    sync_folder(temporary)
}

fn replace_folder(temporary: &Path, path: &Path) -> io::Result<()> {
    if path.exists() {
        let away = temporary_beside(path);
        step("move away")?;
        fs::rename(path, &away)?;
        step("rename")?;
        fs::rename(temporary, path)?;
        remove_folder(&away);
        return Ok(());
    }
    step("rename")?;
    fs::rename(temporary, path)
}

/// Removes a file if it is there. A failure is passed over: what is left behind is swept by the next update.
pub(crate) fn remove_file(path: &Path) {
    let _ = step("remove").and_then(|()| fs::remove_file(path));
}

/// Removes a folder if it is there; as [`remove_file`].
pub(crate) fn remove_folder(path: &Path) {
    let _ = step("remove").and_then(|()| fs::remove_dir_all(path));
}

/// Reads a file to its end.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    fs::read(path).at("read", path)
}

/// Reads a file to its end; `None` if there is no such file.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(error).at("read", path),
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Reads all of a file or stream of at most `limit` bytes.
pub(crate) fn read_limited(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        let text = format!("it is larger than {limit} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, text));
    }
    Ok(bytes)
}

/// Names in a folder, in order; none if there is no such folder. Names that are not UTF-8 are none of ours.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if is_absent(&error) => return Ok(Vec::new()),
        Err(error) => return Err(error).at("read", folder),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry.at("read", folder)?.file_name().into_string());
    }
    names.sort();
    Ok(names)
}

/// Makes chosen steps fail, for this thread alone.
#[cfg(test)]
pub(crate) mod fault {
    use std::cell::RefCell;
    use std::io;

    /// What happens at the chosen step.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum Mode {
        /// That step alone fails: a full disk, say.
        Once,
        /// That step and all after it fail: the process is dead.
        Dead,
        /// The thread panics.
        Panic,
    }

    struct Plan {
        at: usize,
        mode: Mode,
        steps: Vec<&'static str>,
    }

    thread_local! {
        static PLAN: RefCell<Option<Plan>> = const { RefCell::new(None) };
    }

    /// Makes step `at`, counted from 0, fail.
    pub(crate) fn plan(at: usize, mode: Mode) {
        PLAN.set(Some(Plan { at, mode, steps: Vec::new() }));
    }

    /// Ends the plan and gives the names of the steps that were reached.
    pub(crate) fn finish() -> Vec<&'static str> {
        PLAN.take().map(|plan| plan.steps).unwrap_or_default()
    }

    pub(super) fn step(name: &'static str) -> io::Result<()> {
        PLAN.with_borrow_mut(|plan| {
            let Some(plan) = plan else { return Ok(()) };
            let index = plan.steps.len();
            plan.steps.push(name);
            match plan.mode {
                Mode::Once if index == plan.at => {}
                Mode::Dead if index >= plan.at => {}
                // Unwinds as a panic does, without its message and backtrace.
                Mode::Panic if index == plan.at => std::panic::resume_unwind(Box::new(name)),
                _ => return Ok(()),
            }
            Err(io::Error::new(io::ErrorKind::StorageFull, "made to fail"))
        })
    }
}
