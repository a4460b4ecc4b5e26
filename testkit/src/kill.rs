//! The real `cordon update`, killed at random points: whatever it leaves is one of two versions, whole.

use std::collections::hash_map::RandomState;
use std::fmt::Write as _;
use std::hash::BuildHasher;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const LIST: &str = "killed";

/// Persons on the list, beside the one that names the version.
const PERSONS: usize = 400;

/// What came of the kills.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kills {
    /// The older version was still in force.
    pub older: usize,
    /// The newer one was.
    pub newer: usize,
    /// Of these, updates that ended before they were killed.
    pub ended: usize,
}

/// Starts and kills `kills` updates in one home folder; an error says what was left that should not have been.
pub fn kill_updates(cordon: &Path, kills: usize) -> Result<Kills, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let house =
        House { cordon, home: folder.path().join("home"), file: folder.path().join("list.ftm.jsonl") };
    let begun = Instant::now();
    house.write(0)?;
    house.finish(0)?;
    let whole = begun.elapsed();
    let mut in_force = 0;
    let mut seen = Kills::default();
    for version in 1..=kills {
        house.write(version)?;
        let ended = house.start_and_kill(whole.mul_f64(1.2 * chance()))?;
        let found = house.look()?;
        match found {
            found if found == in_force => seen.older += 1,
            found if found == version => seen.newer += 1,
            other => return Err(format!("version {other} is in force after {in_force} and {version}")),
        }
        if ended && found != version {
            return Err(format!("version {version} was accepted, and {found} is in force"));
        }
        seen.ended += usize::from(ended);
        in_force = found;
    }
    // Every version that was ever in force is still there, whole, and the home goes on.
    house.write(kills + 1)?;
    house.finish(kills + 1)?;
    house.read_all()?;
    Ok(seen)
}

/// A number from 0 up to 1.
fn chance() -> f64 {
    RandomState::new().hash_one(0) as f64 / u64::MAX as f64
}

struct House<'a> {
    cordon: &'a Path,
    home: std::path::PathBuf,
    file: std::path::PathBuf,
}

impl House<'_> {
    /// Writes a version: most of it is as in the one before.
    fn write(&self, version: usize) -> Result<(), String> {
        let mut lines = String::new();
        let mut person = |key: &str, name: &str| {
            let _ = writeln!(
                lines,
                r#"{{"id":"{key}","caption":"{name}","schema":"Person","properties":{{"name":["{name}"]}}}}"#
            );
        };
        person("marker", &format!("Marker {version}"));
        for number in 0..PERSONS + version % 3 {
            let edited = number % 100 == version % 100;
            person(
                &number.to_string(),
                &if edited { format!("Edited {version}") } else { format!("Person {number}") },
            );
        }
        std::fs::write(&self.file, lines).map_err(|error| error.to_string())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.cordon);
        command.arg("--home").arg(&self.home).args(arguments).stdin(Stdio::null());
        command
    }

    fn update(&self) -> Command {
        let given = format!("{LIST}={}", self.file.display());
        let mut command = self.command(&["update", "--file", &given, "--published", "2026-01-01"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn finish(&self, version: usize) -> Result<(), String> {
        let status = self.update().status().map_err(|error| error.to_string())?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("the update to version {version} failed: {status}"))
        }
    }

    /// Whether the update ended well before it was killed.
    fn start_and_kill(&self, after: Duration) -> Result<bool, String> {
        let mut child = self.update().spawn().map_err(|error| error.to_string())?;
        std::thread::sleep(after);
        let _ = child.kill();
        child.wait().map(|status| status.success()).map_err(|error| error.to_string())
    }

    fn lines(&self, arguments: &[&str]) -> Result<Vec<serde_json::Value>, String> {
        let output = self.command(arguments).output().map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.code() == Some(2) {
            return Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)));
        }
        text.lines().map(|line| serde_json::from_str(line).map_err(|error| error.to_string())).collect()
    }

    /// The version in force: what the list, the index and the number of entities say, which must agree.
    fn look(&self) -> Result<usize, String> {
        let list = self.lines(&["lists", LIST, "--format", "jsonl"])?;
        let entities = list.first().and_then(|list| list["entities"].as_u64()).unwrap_or_default();
        let marker = self.lines(&["entity", &format!("{LIST}:marker"), "--format", "jsonl"])?;
        let caption = marker.first().and_then(|marker| marker["caption"].as_str()).unwrap_or_default();
        let version: usize = caption
            .strip_prefix("Marker ")
            .and_then(|number| number.parse().ok())
            .ok_or("no marker is in force")?;
        let expected = (PERSONS + version % 3 + 1) as u64;
        if entities == expected {
            Ok(version)
        } else {
            Err(format!("version {version} has {entities} entities, not {expected}"))
        }
    }

    /// Reads every version there was, each against the next.
    fn read_all(&self) -> Result<(), String> {
        let past = self.lines(&["lists", LIST, "--history", "--format", "jsonl"])?;
        let ids: Vec<&str> = past.iter().filter_map(|past| past["snapshot"].as_str()).collect();
        for pair in ids.windows(2) {
            if self.lines(&["diff", LIST, pair[0], pair[1], "--format", "jsonl"])?.is_empty() {
                return Err(format!("nothing changed from {} to {}", pair[0], pair[1]));
            }
        }
        Ok(())
    }
}
