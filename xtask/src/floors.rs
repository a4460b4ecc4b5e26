//! `cargo xtask floors`: every crate imports only what its floor allows.
//!
//! The table is the one of `ARCHITECTURE.md`; a crate missing here, or a dependency not allowed, fails the task.

use crate::Outcome;
use std::path::Path;

/// A crate with the crates of this repository it may depend on, and the outside crates it must never reach.
struct Room {
    folder: &'static str,
    may: &'static [&'static str],
    never: &'static [&'static str],
}

/// Crates that open files, sockets or read the clock.
const EFFECTS: &[&str] =
    &["ureq", "memmap2", "tempfile", "directories", "clap", "indicatif", "tokio", "sqlx"];

const ROOMS: &[Room] = &[
    Room { folder: "crates/text", may: &[], never: EFFECTS },
    Room { folder: "crates/model", may: &[], never: EFFECTS },
    Room { folder: "crates/lists", may: &["cordon-model", "cordon-text"], never: EFFECTS },
    Room { folder: "crates/matching", may: &["cordon-model", "cordon-text"], never: EFFECTS },
    Room {
        folder: "crates/screening",
        may: &["cordon-matching", "cordon-model", "cordon-text"],
        never: EFFECTS,
    },
    Room {
        folder: "crates/evaluation",
        may: &["cordon-matching", "cordon-model", "cordon-screening", "cordon-text"],
        never: EFFECTS,
    },
    Room { folder: "crates/casework", may: &["cordon-model"], never: EFFECTS },
    Room {
        folder: "crates/adapters",
        may: &["cordon-lists", "cordon-matching", "cordon-model"],
        never: &["clap", "indicatif"],
    },
    Room {
        folder: "crates/report",
        may: &["cordon-lists", "cordon-matching", "cordon-model", "cordon-screening", "cordon-text"],
        never: &["axum", "clap", "indicatif", "sqlx", "tokio", "ureq"],
    },
    Room {
        folder: "crates/server",
        may: &[
            "cordon-casework",
            "cordon-evaluation",
            "cordon-lists",
            "cordon-matching",
            "cordon-model",
            "cordon-report",
            "cordon-screening",
            "cordon-text",
        ],
        never: &["clap", "indicatif", "sqlx", "ureq"],
    },
    Room {
        folder: "crates/database",
        may: &["cordon-casework", "cordon-model"],
        never: &["clap", "indicatif"],
    },
    Room {
        folder: "crates/cli",
        may: &[
            "cordon-adapters",
            "cordon-casework",
            "cordon-database",
            "cordon-evaluation",
            "cordon-lists",
            "cordon-matching",
            "cordon-model",
            "cordon-report",
            "cordon-screening",
            "cordon-server",
            "cordon-text",
        ],
        never: &[],
    },
];

pub(crate) fn run(root: &Path) -> Outcome {
    let mut faults = Vec::new();
    for room in ROOMS {
        let manifest = std::fs::read_to_string(root.join(room.folder).join("Cargo.toml"))?;
        for dependency in dependencies(&manifest) {
            let ours = dependency.starts_with("cordon-");
            if (ours && !room.may.contains(&dependency)) || room.never.contains(&dependency) {
                faults.push(format!("{} must not depend on {dependency}", room.folder));
            }
        }
    }
    for entry in std::fs::read_dir(root.join("crates"))? {
        let folder = format!("crates/{}", entry?.file_name().to_string_lossy());
        if !ROOMS.iter().any(|room| room.folder == folder) {
            faults.push(format!("{folder} stands on no floor: give it a row in xtask/src/floors.rs"));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n       ").into()) }
}

/// Names under `[dependencies]`; what only tests and builds use is free.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['=', '.', ' ']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_dependencies() {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\n# note\nserde.workspace = true\ncsv = \"1\"\n\n[dev-dependencies]\nproptest = \"1\"\n";
        assert_eq!(dependencies(manifest).collect::<Vec<_>>(), ["serde", "csv"]);
    }

    #[test]
    fn the_house_is_in_order() {
        run(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
    }
}
