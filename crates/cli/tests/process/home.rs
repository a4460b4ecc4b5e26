//! A home folder with small lists of our own making, and the command run in it.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A temporary folder with a home in it.
pub(crate) struct Home {
    folder: TempDir,
}

/// One line of a list in `FollowTheMoney` JSON.
pub(crate) fn entity(key: &str, schema: &str, name: &str, more: &str) -> String {
    let sanction = format!(
        r#"{{"id":"{key}-s","schema":"Sanction","properties":{{"authority":["Testland"],"program":["Programme T"],"programId":["T1"],"listingDate":["2024-05-06"],"provisions":["asset freeze"],"sourceUrl":["https://example.org/{key}"]}}}}"#
    );
    format!(
        r#"{{"id":"{key}","caption":"{name}","schema":"{schema}","properties":{{"name":["{name}"],"topics":["sanction"],"sanctions":[{sanction}]{more}}}}}"#
    )
}

/// The lines of the list the tests screen against.
pub(crate) fn sample() -> Vec<String> {
    vec![
        entity("1", "Person", "Zoltan Quixworth", r#","birthDate":["1961-02-03"],"nationality":["kp"]"#),
        entity("2", "Company", "Marlinspike Heavy Industries", r#","country":["ru"]"#),
        entity("3", "Person", "<script>alert('x')</script> Umbrage", ""),
    ]
}

impl Home {
    /// A home without lists.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A home with `my_list`.
    pub(crate) fn with_list() -> Self {
        let home = Self::empty();
        home.update("my_list", "2024-06-01", &sample()).assert().code(0);
        home
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and gives its path.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The command with arguments, without the settings of whoever runs the tests.
    pub(crate) fn cordon<A: AsRef<Path>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cordon"));
        command.env_remove("NO_COLOR").env("CORDON_HOME", self.path("home"));
        command.args(arguments.iter().map(AsRef::as_ref)).current_dir(self.folder.path());
        command
    }

    /// The command that takes a list from lines.
    pub(crate) fn update(&self, list: &str, published: &str, lines: &[String]) -> Command {
        let file = self.file(&format!("{list}.ftm.jsonl"), lines.join("\n") + "\n");
        self.cordon(&["update", "--file", &format!("{list}={file}"), "--published", published])
    }

    /// Runs it, checks the exit code, and gives standard output and standard error.
    pub(crate) fn run(&self, code: i32, arguments: &[&str]) -> (String, String) {
        finish(self.cordon(arguments), code)
    }

    /// The same, with standard output as JSON lines.
    pub(crate) fn lines(&self, code: i32, arguments: &[&str]) -> Vec<Value> {
        json(&self.run(code, arguments).0)
    }
}

/// Runs a command, checks its exit code, and gives standard output and standard error.
pub(crate) fn finish(mut command: Command, code: i32) -> (String, String) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}\n{err}");
    (out, err)
}

/// Lines as JSON.
pub(crate) fn json(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
