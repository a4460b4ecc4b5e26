//! Real versions of the UN list from a server, in the order they were published, with everything servers have been seen
//! to do wrong between them.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "support/server.rs"]
mod server;

use cordon_adapters::{Condition, Home, ListState, Outcome, Source, Target, Update, Wait, update};
use cordon_model::SnapshotId;
use server::{Reply, Server, good, gzip, head, http};
use std::process::ExitCode;
use std::time::Duration;
use testkit::{Case, bytes};

const LIST: &str = "un_sc_sanctions";
const DAYS: [(&str, usize); 5] = [
    ("2020-11-24", 1018),
    ("2020-12-01", 1006),
    ("2025-04-19", 877),
    ("2025-12-10", 999),
    ("2026-02-27", 1003),
];

fn main() -> ExitCode {
    let needs = &["un", "ofac/sdn-csv/2024-01-08"];
    testkit::run(&[Case {
        name: "real versions from a server that misbehaves between them",
        needs,
        run: serve,
    }])
    .exit_code()
}

fn version(day: &str) -> Vec<u8> {
    bytes(&format!("un/{day}/consolidated.xml.gz"))
}

/// What the server does wrong, the condition it leaves the list in, and words of the reason.
fn misbehaviour(current: &str) -> Vec<(&'static str, Reply, Condition, &'static str)> {
    use Condition::{Failed, Refused};
    let whole = version(current);
    let length = whole.len().to_string();
    let half = whole[..whole.len() / 2].to_vec();
    let redirect = head("302 Found", &[("Location", "/list.txt"), ("Content-Length", "0")]);
    let raw = |head: String, body: &[u8]| Reply::Raw(head, body.to_vec());
    vec![
        ("500", raw(head("500 Oops", &[("Content-Length", "4")]), b"oops"), Failed, "status 500 (2 tries)"),
        ("HTML", good("<!doctype html><html><body>Maintenance</body></html>"), Refused, "found an HTML page"),
        ("JSON error", good(r#"{"timestamp":1,"status":500,"error":"x"}"#), Refused, "found "),
        ("nothing", good(""), Refused, "the file is empty"),
        (
            "cut off on the way",
            raw(head("200 OK", &[("Content-Length", &length)]), &half),
            Failed,
            "the connection ended",
        ),
        ("cut off before", good(&half), Refused, "cut off"),
        ("slow drip", Reply::Drip(1, Duration::from_millis(20)), Failed, "too slow"),
        ("silence", Reply::Silent, Failed, "took longer"),
        ("redirect loop", raw(redirect, b""), Failed, "redirects"),
        (
            "another publisher's file",
            good(bytes("ofac/sdn-csv/2024-01-08/sdn.csv.gz")),
            Refused,
            "expected UN",
        ),
        ("gzip bomb", good(gzip(&vec![b'x'; 40_000_000])), Refused, "unpacks to more than"),
        ("304, unasked", raw(head("304 Same", &[]), b""), Failed, "304"),
    ]
}

struct House {
    home: Home,
    server: Server,
}

impl House {
    fn update(&self, reply: Reply) -> Result<Outcome, String> {
        let http = http(reply.is_slow());
        self.server.set(reply);
        let addresses = [self.server.address.as_str()];
        let mut order = Update::new(Target::of(LIST), Source::Fetched(&http, &addresses));
        (order.limits.unpacked, order.wait) = (30_000_000, Wait::NOT);
        let now = "2026-03-01T00:00:00Z".parse().unwrap();
        update(&self.home, &order, now).map(|updated| updated.outcome).map_err(|error| error.to_string())
    }

    fn state(&self) -> ListState {
        let states = self.home.store().lists("2026-03-01T00:00:00Z".parse().unwrap()).unwrap();
        states.into_iter().find(|state| state.id == LIST).unwrap()
    }

    /// What is in force, read back whole with its digest, and as the segment has it.
    fn in_force(&self) -> Option<(SnapshotId, usize)> {
        let store = self.home.store();
        let accepted = store.in_force(LIST).unwrap()?.accepted;
        let snapshot = store.snapshot(LIST, &accepted.snapshot).unwrap();
        let segment = store.segment(LIST, &accepted.snapshot).unwrap().segment;
        assert_eq!(
            (snapshot.id(), snapshot.entities().len()),
            (accepted.snapshot.clone(), segment.info().entities)
        );
        Some((accepted.snapshot, accepted.entities))
    }
}

fn serve() {
    let folder = tempfile::tempdir().unwrap();
    let house = House { home: Home::open(folder.path()).unwrap(), server: Server::start() };
    // A first start while the publisher is down leaves nothing in force, and says why.
    for (case, reply, condition, words) in misbehaviour(DAYS[0].0).into_iter().take(4) {
        house.update(reply).unwrap_err();
        let state = house.state();
        assert!(state.in_force.is_none() && state.condition == condition, "{case}");
        assert!(state.attempt.unwrap().reason.contains(words), "{case}");
    }
    let mut wrongs = misbehaviour(DAYS[1].0).into_iter().cycle();
    for (index, (day, entities)) in DAYS.iter().enumerate() {
        let packed = gzip(&version(day));
        let reply = match index % 3 {
            0 => Reply::Tagged(version(day)),
            1 => Reply::Raw(head("200 OK", &[("Content-Encoding", "gzip")]), packed),
            _ => good(packed),
        };
        assert_eq!(house.update(reply), Ok(Outcome::Accepted), "{day}");
        let good = house.in_force();
        assert!(
            good.as_ref().is_some_and(|(id, count)| id.as_str().starts_with(day) && count == entities),
            "{good:?}"
        );
        assert_eq!(house.state().condition, Condition::Ok);
        for (case, reply, condition, words) in wrongs.by_ref().take(5) {
            let line = house.update(reply).unwrap_err();
            assert!(line.contains(words) && line.ends_with("stays in force"), "{day}, {case}: {line}");
            let state = house.state();
            assert_eq!(state.condition, condition, "{day}, {case}");
            assert!(state.attempt.unwrap().reason.contains(words), "{day}, {case}");
            assert_eq!(house.in_force(), good, "{day}, {case}");
        }
        // An older version may not come back; the same one again, tagged, is 304 the second time.
        if let Some((older, _)) = index.checked_sub(1).and_then(|before| DAYS.get(before)) {
            let line = house.update(self::good(version(older))).unwrap_err();
            assert!(line.contains("before what is in force"), "{day}: {line}");
            assert_eq!(house.in_force(), good, "{day}");
        }
        for _ in 0..2 {
            assert_eq!(house.update(Reply::Tagged(version(day))), Ok(Outcome::Unchanged), "{day}");
        }
        assert!(house.server.requests()[0].to_lowercase().contains("if-none-match"), "{day}");
        assert_eq!((house.in_force(), house.state().condition), (good, Condition::Ok), "{day}");
    }
    assert_eq!(house.home.store().history(LIST).unwrap().len(), DAYS.len());
    assert!(house.home.store().unsuccessful(LIST).unwrap().len() >= 25);
}
