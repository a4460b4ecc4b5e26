//! The service as a program and its operator see it: keys, the record, replay, lists that change meanwhile.

use crate::home::{Home, entity, sample};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running service; ended when dropped.
struct Service {
    child: Child,
    address: String,
    /// What it said at its start.
    told: Vec<String>,
}

impl Service {
    /// Starts it; ready when it has told `lines` lines.
    fn start(home: &Home, more: &[&str], lines: usize) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cordon"))
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "error"])
            .args(more)
            .env("CORDON_HOME", home.path("home"))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let told: Vec<String> =
            BufReader::new(child.stderr.take().unwrap()).lines().take(lines).map(Result::unwrap).collect();
        let serving = told.iter().find_map(|line| line.split_once("serving at http://")).unwrap().1;
        let address = serving.split(';').next().unwrap().to_owned();
        Self { child, address, told }
    }

    /// Status, the number of the record, and the body.
    fn ask(&self, method: &str, path: &str, key: &str, body: &str) -> (u16, Option<i64>, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n{body}",
            self.address
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let record = head.lines().find_map(|line| line.strip_prefix("x-cordon-audit: ")?.parse().ok());
        (status, record, body.to_owned())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn query(name: &str) -> String {
    json!({"queries": {"q": {"schema": "Person", "properties": {"name": [name]}}}}).to_string()
}

#[test]
fn a_screening_is_recorded_and_replayed_after_the_list_has_changed() {
    let home = Home::with_list();
    let service = Service::start(&home, &[], 2);
    assert!(service.told.iter().any(|line| line.contains("/welcome?token=")), "{:?}", service.told);
    let body = query("Zoltan Quixworth");
    assert_eq!(service.ask("POST", "/match/default", "wrong", &body).0, 401);
    let key = home.run(0, &["keys", "add", "onboarding"]).0.trim().to_owned();
    let (status, record, answer) = service.ask("POST", "/match/default", &key, &body);
    let parsed: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((status, &parsed["responses"]["q"]["results"][0]["match"]), (200, &json!(true)), "{answer}");
    let record = record.unwrap().to_string();

    // The one who was found is delisted; the service takes that up by itself.
    let rest: Vec<String> =
        sample().into_iter().skip(1).chain([entity("9", "Person", "Ada Nine", "")]).collect();
    home.update("my_list", "2024-06-02", &rest).assert().code(0);
    let begun = Instant::now();
    loop {
        let (_, _, answer) = service.ask("POST", "/match/default", &key, &body);
        let parsed: Value = serde_json::from_str(&answer).unwrap();
        if parsed["responses"]["q"]["results"] == json!([]) {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "the new version is not taken up");
        std::thread::sleep(Duration::from_millis(100));
    }

    let (out, _) =
        home.run(0, &["audit", "replay", &record, "-o", home.path("again.json").to_str().unwrap()]);
    assert!(out.contains("the same answer"), "{out}");
    assert_eq!(home.read("again.json"), answer);
    let shown = &home.lines(0, &["audit", "show", &record, "--format", "jsonl"])[0];
    assert_eq!(shown["kind"], "screening", "{shown}");
    assert!(home.run(0, &["audit", "verify"]).0.contains("record"));
    let revoked = key.trim_start_matches("cordon_").get(..8).unwrap().to_owned();
    home.run(0, &["keys", "revoke", &revoked]);
    assert_eq!(service.ask("POST", "/match/default", &key, &body).0, 401);
}

#[test]
fn it_is_open_only_when_told_and_only_on_loopback() {
    let home = Home::with_list();
    let (_, err) = home.run(2, &["serve", "--listen", "0.0.0.0:0", "--no-auth", "--no-audit"]);
    assert!(err.contains("loopback"), "{err}");
    let (_, err) = home.run(2, &["serve", "--no-audit"]);
    assert!(err.contains("--no-auth"), "{err}");
    let service = Service::start(&home, &["--no-auth", "--no-audit"], 1);
    let (status, record, _) = service.ask("POST", "/match/default", "", &query("Nobody"));
    assert_eq!((status, record), (200, None));
    assert_eq!(service.ask("GET", "/healthz", "", "").0, 200);
}

#[test]
fn users_are_added_and_kept_out() {
    let home = Home::empty();
    let (out, _) = home.run(0, &["users", "add", "ana", "--role", "analyst"]);
    assert!(!out.trim().is_empty(), "the token is given");
    home.run(2, &["users", "add", "ana", "--role", "analyst"]);
    home.run(0, &["users", "disable", "ana"]);
    let users = home.lines(0, &["users", "list", "--format", "jsonl"]);
    assert_eq!((&users[0]["name"], &users[0]["role"]), (&json!("ana"), &json!("analyst")), "{users:?}");
}
