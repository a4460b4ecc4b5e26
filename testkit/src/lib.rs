//! Helpers of tests: real data that may be absent, and cases that say so.

mod kill;
mod postgres;

pub use kill::{Kills, kill_updates};
pub use postgres::Postgres;

use libtest_mimic::{Arguments, Conclusion, Failed, Trial};
use std::io::Read;
use std::path::PathBuf;

/// Folder of real list files, beside the checkout; `CORDON_TEST_DATA` names another.
fn folder() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings of their own")]
    let named = std::env::var("CORDON_TEST_DATA").ok();
    named.map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")),
        PathBuf::from,
    )
}

/// The path of a real data file or folder, if it is there.
pub fn data(path: &str) -> Option<PathBuf> {
    let path = folder().join(path);
    path.exists().then_some(path)
}

/// The bytes of a real data file, unpacked when its name ends in `.gz`.
///
/// # Panics
/// When the file is absent or cannot be read: a case that calls this must declare the file as needed.
pub fn bytes(path: &str) -> Vec<u8> {
    let full = data(path).unwrap_or_else(|| panic!("{path} is not there"));
    let raw = std::fs::read(&full).unwrap_or_else(|error| panic!("{path}: {error}"));
    if full.extension().is_some_and(|end| end == "gz") {
        let mut out = Vec::new();
        flate2::read::MultiGzDecoder::new(raw.as_slice())
            .read_to_end(&mut out)
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        return out;
    }
    raw
}

/// A test that needs real data.
pub struct Case {
    /// Name shown.
    pub name: &'static str,
    /// Files or folders it reads, below the data folder.
    pub needs: &'static [&'static str],
    /// The test; a panic is a failure.
    pub run: fn(),
}

/// Runs the cases; those whose data is absent are reported as ignored.
pub fn run(cases: &[Case]) -> Conclusion {
    let arguments = Arguments::from_args();
    let trials = cases
        .iter()
        .map(|case| {
            let run = case.run;
            let absent = case.needs.iter().any(|path| data(path).is_none());
            let name =
                if absent { format!("{} (skipped: no data)", case.name) } else { case.name.to_owned() };
            Trial::test(name, move || {
                std::panic::catch_unwind(run).map_err(|panic| {
                    let text = panic
                        .downcast_ref::<String>()
                        .cloned()
                        .or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
                    Failed::from(text.unwrap_or_else(|| "panicked".to_owned()))
                })
            })
            .with_ignored_flag(absent)
        })
        .collect();
    libtest_mimic::run(&arguments, trials)
}
