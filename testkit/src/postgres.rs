//! A PostgreSQL server for tests, where its programs are installed.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// A server of its own, with its data in a temporary folder; ends with the value.
#[derive(Debug)]
pub struct Postgres {
    folder: tempfile::TempDir,
    programs: PathBuf,
    /// User and group the server runs as, if not ours: it refuses to run as root.
    owner: Option<(u32, u32)>,
    server: Child,
    databases: AtomicU32,
}

impl Postgres {
    /// Starts a server; `None` if PostgreSQL is not installed or cannot be started here.
    pub fn start() -> Option<Self> {
        let programs = programs()?;
        let folder = tempfile::tempdir().ok()?;
        let owner = owner().ok()?;
        #[cfg(unix)]
        if let Some((user, group)) = owner {
            std::os::unix::fs::chown(folder.path(), Some(user), Some(group)).ok()?;
        }
        let data = folder.path().join("data");
        let made = command(&programs, "initdb", owner)
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D"])
            .arg(&data)
            .status()
            .ok()?;
        if !made.success() {
            return None;
        }
        let server = command(&programs, "postgres", owner)
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(folder.path())
            // The tests end processes and not the power.
            .args(["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200"])
            .spawn()
            .ok()?;
        let running = Self { folder, programs, owner, server, databases: AtomicU32::new(0) };
        for _ in 0..300 {
            if running.run("select 1") {
                return Some(running);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        None
    }

    fn run(&self, sql: &str) -> bool {
        let psql =
            if self.programs.join("psql").exists() { self.programs.join("psql") } else { "psql".into() };
        let status = Command::new(psql)
            .args(["-q", "-U", "postgres", "-d", "postgres", "-c", sql, "-h"])
            .arg(self.folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    }

    /// The address of a new, empty database.
    ///
    /// # Panics
    /// When the server does not answer.
    pub fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        assert!(self.run(&format!("create database {name}")), "PostgreSQL does not answer");
        format!("postgres://postgres@localhost/{name}?host={}", self.folder.path().display())
    }
}

impl Postgres {
    /// Stops the server. Its value need not be dropped then, as values in statics are not.
    pub fn stop(&self) -> bool {
        let stopped = command(&self.programs, "pg_ctl", self.owner)
            .args(["stop", "-m", "immediate", "-D"])
            .arg(self.folder.path().join("data"))
            .status();
        let _ = std::fs::remove_dir_all(self.folder.path());
        stopped.is_ok_and(|status| status.success())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if !self.stop() {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}

fn command(programs: &Path, name: &str, owner: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(programs.join(name));
    command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    if let Some((user, group)) = owner {
        use std::os::unix::process::CommandExt as _;
        command.uid(user).gid(group);
    }
    command
}

/// The folder with the server's programs, the newest version first. Debian keeps them off the path.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.push("/usr/local/bin".into());
    folders.push("/usr/bin".into());
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

/// Who the server must run as: nobody else but for root, who needs the user of Debian's package, or any without rights.
/// An error if nobody can be found.
fn owner() -> Result<Option<(u32, u32)>, ()> {
    let id = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse::<u32>().ok()
    };
    if id(&["-u"]).ok_or(())? != 0 {
        return Ok(None);
    }
    let of = |name: &str| Some((id(&["-u", name])?, id(&["-g", name])?));
    of("postgres").or_else(|| of("nobody")).map(Some).ok_or(())
}
