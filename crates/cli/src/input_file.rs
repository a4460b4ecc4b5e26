//! The file to screen: opened, counted and digested while it is read, unpacked if it is gzip.

use crate::fault::{Fault, Outcome};
use cordon_screening::batch::Counts;
use cordon_screening::input::Form;
use flate2::read::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Cursor, IsTerminal as _, Read};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Rows between two looks at the progress bar.
const TICK: u64 = 256;

/// An open input.
pub(crate) struct InputFile {
    /// Its name without folders; `standard input` for that.
    pub(crate) name: String,
    /// The form its name tells.
    pub(crate) form: Option<Form>,
    /// Its bytes, unpacked.
    pub(crate) reader: Box<dyn Read>,
    meter: Arc<Mutex<Meter>>,
}

struct Meter {
    hasher: Sha256,
    bar: ProgressBar,
}

impl InputFile {
    /// Opens a file, or standard input for `-`. `bar` tells whether progress may be shown.
    pub(crate) fn open(path: &Path, bar: bool) -> Outcome<Self> {
        let failed = |error: io::Error| Fault::of(&error).about(format!("cannot read `{}`", path.display()));
        let (name, size, raw): (String, Option<u64>, Box<dyn Read>) = if path.as_os_str() == "-" {
            ("standard input".to_owned(), None, Box::new(io::stdin()))
        } else {
            let file = File::open(path).map_err(failed)?;
            let found = file.metadata().map_err(failed)?;
            if found.is_dir() {
                return Err(failed(io::ErrorKind::IsADirectory.into()));
            }
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            (name, Some(found.len()).filter(|_| found.is_file()), Box::new(file))
        };
        let bar = if bar && io::stderr().is_terminal() { progress(size) } else { ProgressBar::hidden() };
        let meter = Arc::new(Mutex::new(Meter { hasher: Sha256::new(), bar }));
        let metered = Metered { inner: raw, meter: Arc::clone(&meter) };
        let (reader, packed) = unpacked(metered).map_err(failed)?;
        let plain = if packed { name.strip_suffix(".gz").unwrap_or(&name) } else { &name };
        let form = Form::of_name(plain);
        Ok(Self { name, form, reader, meter })
    }

    /// A handle that outlives the reader.
    pub(crate) fn progress(&self) -> Progress {
        Progress(Arc::clone(&self.meter))
    }
}

/// How far reading has come.
pub(crate) struct Progress(Arc<Mutex<Meter>>);

impl Progress {
    /// Shows how many rows were answered.
    pub(crate) fn rows(&self, counts: Counts) {
        if counts.rows.is_multiple_of(TICK)
            && let Ok(meter) = self.0.lock()
            && !meter.bar.is_hidden()
        {
            meter.bar.set_message(format!("{} rows, {} matched", counts.rows, counts.matched));
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Ok(meter) = self.0.lock() {
            meter.bar.finish_and_clear();
        }
    }

    /// SHA-256 of the file as it lies there, of which all has been read.
    pub(crate) fn sha256(&self) -> String {
        let mut text = String::with_capacity(64);
        if let Ok(meter) = self.0.lock() {
            for byte in meter.hasher.clone().finalize() {
                let _ = write!(text, "{byte:02x}");
            }
        }
        text
    }
}

fn progress(size: Option<u64>) -> ProgressBar {
    let (bar, template) = match size {
        Some(size) => (ProgressBar::new(size), "{bar:30} {percent:>3} %  {msg}  {eta} left"),
        None => (ProgressBar::new_spinner(), "{spinner} {msg}  {elapsed}"),
    };
    bar.enable_steady_tick(Duration::from_millis(200));
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

struct Metered {
    inner: Box<dyn Read>,
    meter: Arc<Mutex<Meter>>,
}

impl Read for Metered {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        if let Ok(mut meter) = self.meter.lock() {
            meter.hasher.update(out.get(..count).unwrap_or_default());
            meter.bar.inc(count as u64);
        }
        Ok(count)
    }
}

/// The bytes inside gzip data, told by their beginning, or the bytes as they are.
fn unpacked(mut reader: Metered) -> io::Result<(Box<dyn Read>, bool)> {
    let mut head = Vec::new();
    reader.by_ref().take(2).read_to_end(&mut head)?;
    let packed = head == [0x1f, 0x8b];
    let whole = Cursor::new(head).chain(reader);
    Ok(if packed { (Box::new(MultiGzDecoder::new(whole)), true) } else { (Box::new(whole), false) })
}
