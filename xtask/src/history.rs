//! `cargo xtask history DATA CORDON`: a hundred daily versions of a real list, and what they cost; `cargo xtask kill
//! CORDON N`: the real command killed in the middle of updates.

use crate::Outcome;
use flate2::read::GzDecoder;
use std::io::Read;
use std::path::Path;
use std::process::Command;

const LIST: &str = "us_ofac_sdn";

/// The real versions, and for how many days each is in force; on each day some rows change.
const VERSIONS: [&str; 5] = ["2023-12-20a", "2023-12-20b", "2024-04-26", "2024-05-01", "2024-05-03"];
const DAYS_EACH: usize = 20;

/// Rows that change from one day to the next; the real list changes on about every third day, by 20 rows or so.
const EDITS: usize = 15;

/// What the snapshots of all days may cost, as a multiple of the first one; and so for the files as received.
const MOST: u64 = 3;

pub(crate) fn run(data: &Path, cordon: &Path) -> Outcome {
    let folder = tempfile::tempdir()?;
    let home = folder.path().join("home");
    let file = folder.path().join("sdn.csv");
    let mut first = [0, 0];
    let days = VERSIONS.len() * DAYS_EACH;
    for day in 0..days {
        std::fs::write(&file, version(data, day)?)?;
        let given = format!("{LIST}={}", file.display());
        let published = date(day);
        call(cordon, &home, &["update", "--file", &given, "--published", &published])?;
        if day == 0 {
            first = [size(&home.join("snapshots"))?, size(&home.join("raw"))?];
        }
    }
    let last = [size(&home.join("snapshots"))?, size(&home.join("raw"))?];
    for (what, (first, last)) in ["snapshots", "raw files"].iter().zip(first.into_iter().zip(last)) {
        let line = format!("{what}: {first} bytes for one version, {last} for {days}");
        if last > MOST * first {
            return Err(format!("{line}: more than {MOST} times").into());
        }
        say(&line);
    }
    // Reading them all verifies their digests.
    for pair in (1..days).step_by(11).collect::<Vec<_>>().windows(2) {
        call(cordon, &home, &["diff", LIST, &date(pair[0]), &date(pair[1]), "--format", "jsonl"])?;
    }
    Ok(())
}

/// Dates that follow each other, in months of 28 days.
fn date(day: usize) -> String {
    format!("{}-{:02}-{:02}", 2020 + day / 336, day / 28 % 12 + 1, day % 28 + 1)
}

/// The list as on a day: the real version, with the rows of this day and those before it since that version changed.
fn version(data: &Path, day: usize) -> Result<String, crate::Error> {
    let name = VERSIONS.get(day / DAYS_EACH).ok_or("no such day")?;
    let packed = std::fs::File::open(data.join("ofac/sdn-daily").join(name).join("sdn.csv.gz"))?;
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text)?;
    let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
    let count = rows.len().saturating_sub(1).max(1);
    for edit in 0..day % DAYS_EACH * EDITS {
        if let Some(row) = rows.get_mut(edit * 7919 % count)
            && let Some(whole) = row.trim_end().strip_suffix('"')
        {
            *row = format!("{whole} Amended {edit}.\"");
        }
    }
    Ok(rows.join("\r\n") + "\r\n")
}

fn call(cordon: &Path, home: &Path, arguments: &[&str]) -> Outcome {
    let output = Command::new(cordon).arg("--home").arg(home).args(arguments).output()?;
    if output.status.success() {
        Ok(())
    } else {
        Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
    }
}

/// Bytes of all files below a folder.
fn size(folder: &Path) -> Result<u64, crate::Error> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        sum += if path.is_dir() { size(&path)? } else { std::fs::metadata(&path)?.len() };
    }
    Ok(sum)
}

pub(crate) fn kill(cordon: &Path, kills: usize) -> Outcome {
    let seen = testkit::kill_updates(cordon, kills)?;
    say(&format!(
        "{kills} updates killed: {} left the older version, {} the newer ({} had ended); nothing else was seen",
        seen.older, seen.newer, seen.ended
    ));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a task speaks to the person who runs it")]
fn say(line: &str) {
    println!("{line}");
}
