//! Updates from a server that misbehaves in every way seen of publishers' servers.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "support/server.rs"]
mod server;
mod support;

use cordon_adapters::{
    Condition, Fetch, FetchFault, Home, Limits, Outcome, Request, Response, Source, Target, Update,
    UpdateError, Updated, Wait, update,
};
use cordon_model::{Bounds, SnapshotId};
use jiff::civil::Date;
use server::{Reply, Server, good, gzip, head, http};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;
use support::{Lines, parsed, text};

const LIST: &str = "test_list";

struct House {
    server: Server,
    home: Home,
    _folder: tempfile::TempDir,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(folder.path()).unwrap();
        Self { server: Server::start(), home, _folder: folder }
    }

    fn update(&self, reply: Reply) -> Result<Updated, UpdateError> {
        let http = http(reply.is_slow());
        self.server.set(reply);
        let target = Target { list: LIST, format: Some(&Lines), bounds: Bounds::UNKNOWN };
        let addresses = [self.server.address.as_str()];
        let mut order = Update::new(target, Source::Fetched(&http, &addresses));
        order.limits = Limits { received: 1_000_000, unpacked: 1_000_000 };
        order.wait = Wait::NOT;
        update(&self.home, &order, "2026-03-01T00:00:00Z".parse().unwrap())
    }

    fn in_force(&self) -> Option<SnapshotId> {
        self.home.store().in_force(LIST).unwrap().map(|in_force| in_force.accepted.snapshot)
    }

    fn condition(&self) -> (Condition, String) {
        let states = self.home.store().lists("2026-03-01T00:00:00Z".parse().unwrap()).unwrap();
        let state = states.into_iter().find(|state| state.id == LIST).unwrap();
        (state.condition, state.attempt.unwrap().reason)
    }
}

/// Case, reply, whether it is a refusal, what the reason says, and requests made.
type Case = (&'static str, Reply, bool, &'static str, usize);

fn bad_replies() -> Vec<Case> {
    let whole = text("2026-02-02", 1, 100, "Name");
    let bomb = gzip(&vec![b'x'; 20_000_000]);
    let length = whole.len().to_string();
    let half = whole.as_bytes()[..whole.len() / 2].to_vec();
    let promised = head("200 OK", &[("Content-Length", &length)]);
    let chunked = head("200 OK", &[("Transfer-Encoding", "chunked")]);
    let packed = head("200 OK", &[("Content-Encoding", "gzip")]);
    let raw = |head: &str, body: &[u8]| Reply::Raw(head.to_owned(), body.to_vec());
    let redirect = head("302 Found", &[("Location", "/list.txt"), ("Content-Length", "0")]);
    vec![
        (
            "status 500",
            raw(&head("500 Oops", &[("Content-Length", "4")]), b"oops"),
            false,
            "status 500 (2 tries)",
            2,
        ),
        ("status 403", raw(&head("403 No", &[("Content-Length", "2")]), b"no"), false, "status 403", 1),
        ("status 429", raw(&head("429 Slow", &[("Content-Length", "2")]), b"no"), false, "status 429", 1),
        ("status 204", raw(&head("204 None", &[]), b""), false, "status 204", 1),
        ("status 206", raw(&head("206 Part", &[("Content-Length", "4")]), b"list"), false, "status 206", 1),
        ("status 304, unasked", raw(&head("304 Same", &[]), b""), false, "status 304", 1),
        (
            "HTML",
            good("<html>Maintenance</html>"),
            true,
            "list.txt: expected test lines, found an HTML page",
            1,
        ),
        (
            "JSON error",
            good(r#"{"status":500}"#),
            true,
            "list.txt: expected test lines, found something else",
            1,
        ),
        ("nothing", good(""), true, "list.txt: the file is empty", 1),
        ("cut off before its length", raw(&promised, &half), false, "the connection ended", 2),
        ("cut off in a chunk", raw(&chunked, b"400\r\nlist 2026"), false, "the connection ended", 2),
        ("cut off between chunks", raw(&chunked, b"4\r\nlist\r\n"), false, "the connection ended", 2),
        (
            "cut off without a length",
            raw(&head("200 OK", &[]), &half),
            true,
            "list.txt: the file is cut off",
            1,
        ),
        ("cut off in gzip", raw(&packed, &gzip(whole.as_bytes())[..300]), false, "the connection ended", 2),
        ("not gzip", raw(&packed, whole.as_bytes()), false, "its gzip data cannot be unpacked", 2),
        ("gzip bomb on the way", raw(&packed, &bomb), false, "larger than 1000000 bytes", 1),
        ("gzip bomb as a file", good(&bomb), true, "unpacks to more than 1000000 bytes", 1),
        (
            "too large by its length",
            raw(&head("200 OK", &[("Content-Length", "1000001")]), b""),
            false,
            "larger than 1000000 bytes",
            1,
        ),
        (
            "too large",
            raw(&head("200 OK", &[]), &vec![b'x'; 1_000_001]),
            false,
            "larger than 1000000 bytes",
            1,
        ),
        ("not HTTP", raw("list of names\r\n\r\n", b""), false, "broken", 2),
        ("nobody speaks", raw("", b""), false, "", 2),
        ("slow drip", Reply::Drip(1, Duration::from_millis(20)), false, "too slow", 2),
        (
            "no end",
            Reply::Drip(1000, Duration::from_millis(20)),
            false,
            "the download took longer than 1.5 s (2 tries)",
            2,
        ),
        ("silence", Reply::Silent, false, "the server's answer took longer than 0.4 s (2 tries)", 2),
        (
            "silence in the middle",
            Reply::Drip(1, Duration::from_secs(5)),
            false,
            "the server's answer took longer",
            2,
        ),
        ("redirect loop", raw(&redirect, b""), false, "more than 10 redirects", 11),
    ]
}

#[test]
fn whatever_the_server_does_the_good_version_stays() {
    let house = House::new();
    let first = house.update(Reply::Silent).unwrap_err();
    assert!(first.to_string().ends_with("; nothing is in force"), "{first}");
    let id = house.update(good(text("2026-02-01", 1, 100, "Name"))).unwrap().in_force.accepted.snapshot;
    for (case, reply, refused, expected, requests) in bad_replies() {
        let error = house.update(reply).unwrap_err();
        let line = error.to_string();
        assert_eq!(error.is_refused(), refused, "{case}: {line}");
        assert!(line.starts_with("test_list: ") && line.contains(expected), "{case}: {line}");
        assert!(
            line.ends_with(&format!("; snapshot {id} with 100 entities stays in force")),
            "{case}: {line}"
        );
        assert!(!line.contains("s3cret") && !line.contains('\n'), "{case}: {line}");
        assert_eq!(house.server.requests().len(), requests, "{case}: {line}");
        assert_eq!(house.in_force(), Some(id.clone()), "{case}");
        let condition = if refused { Condition::Refused } else { Condition::Failed };
        let (found, reason) = house.condition();
        assert_eq!(found, condition, "{case}");
        assert!(line.contains(&reason) && !reason.is_empty(), "{case}: {reason}");
    }
    let next = text("2026-02-02", 1, 101, "Name");
    let updated = house.update(good(&next)).unwrap();
    assert_eq!(updated.in_force.accepted.snapshot, parsed(LIST, &next).id());
    assert_eq!(house.condition(), (Condition::Ok, String::new()));
}

#[test]
fn good_versions_come_plain_packed_redirected_and_at_the_second_try() {
    let oops = Reply::Raw(head("503 Busy", &[("Content-Length", "0")]), Vec::new());
    let redirect = |status: &str| {
        Reply::Raw(head(status, &[("Location", "/other?x=1"), ("Content-Length", "0")]), Vec::new())
    };
    let packed = |body: &[u8]| Reply::Raw(head("200 OK", &[("Content-Encoding", "gzip")]), gzip(body));
    let whole = |number: usize| text(&format!("2026-02-0{number}"), 1, 100, "Name");
    let house = House::new();
    for (number, reply, requests) in [
        (1, good(whole(1)), 1),
        (2, packed(whole(2).as_bytes()), 1),
        (3, good(gzip(whole(3).as_bytes())), 1),
        (4, Reply::Then(vec![oops, good(whole(4))]), 2),
        (5, Reply::Then(vec![redirect("302 Found"), redirect("307 There"), good(whole(5))]), 3),
        (6, Reply::Then(vec![Reply::Silent, good(whole(6))]), 2),
    ] {
        let updated = house.update(reply).unwrap();
        assert_eq!(updated.in_force.published().map(Date::day), Some(number), "{number}");
        assert_eq!(house.server.requests().len(), requests, "{number}");
        let manifest = house.home.store().manifest(LIST, &updated.in_force.accepted.snapshot).unwrap();
        assert_eq!(manifest.sources[0].name, "list.txt", "{number}");
        assert!(!manifest.sources[0].address.as_ref().unwrap().contains("s3cret"), "{number}");
    }
    let request = &house.server.requests()[0];
    assert!(request.contains("cordon-test/1"), "{request}");
}

#[test]
fn what_did_not_change_is_not_sent() {
    let house = House::new();
    let (one, two) = (text("2026-02-01", 1, 100, "Name"), text("2026-02-02", 1, 101, "Name"));
    for (body, outcome, asked) in [
        (&one, Outcome::Accepted, false),
        (&one, Outcome::Unchanged, true),
        (&one, Outcome::Unchanged, true),
        (&two, Outcome::Accepted, true),
        (&two, Outcome::Unchanged, true),
    ] {
        let updated = house.update(Reply::Tagged(body.clone().into_bytes())).unwrap();
        assert_eq!(updated.outcome, outcome);
        assert_eq!(updated.in_force.accepted.snapshot, parsed(LIST, body).id());
        assert_eq!(house.server.requests()[0].to_lowercase().contains("if-none-match"), asked);
    }
}

#[test]
fn what_no_server_answers_is_told() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let fetch = |address: &str| http(false).fetch(&Request { address, known: None, limit: 1000 });
    let error = fetch(&format!("http://{free}/x")).unwrap_err();
    assert_eq!(error.fault(), &FetchFault::Unreachable);
    assert!(std::error::Error::source(&error).is_some(), "{error}");
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}/x", plain.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in plain.incoming().flatten() {
            let _ = stream.write_all(head("400 Speak plainly", &[]).as_bytes());
            let _ = stream.read(&mut [0; 1000]);
        }
    });
    let error = fetch(&address).unwrap_err();
    assert!(matches!(error.fault(), FetchFault::Insecure(_)), "{error:?}");
    for bad in ["", "list.txt", "ftp://a.example/x", "http://", "http://a b/"] {
        let answer: Result<Response, _> = fetch(bad);
        assert!(
            matches!(answer.as_ref().map_err(|error| error.fault().is_passing()), Err(false)),
            "{bad}: {answer:?}"
        );
    }
}
