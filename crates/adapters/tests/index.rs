//! Data sets in OpenSanctions' form: whole, by deltas, and back to the whole where the deltas do not lead.

#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use cordon_adapters::{
    Home, IndexSource, Outcome, Source, Target, Update, UpdateError, Updated, Wait, update,
};
use cordon_model::Entity;
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use support::Publisher;

const LIST: &str = "os_test";
const INDEX: &str = "https://a.example/index.json";
const WHOLE: &str = "https://a.example/entities.ftm.json";
const DELTAS: &str = "https://a.example/delta.json";

fn main() -> ExitCode {
    type Test = (&'static str, fn());
    let tests: [Test; 4] = [
        ("deltas are followed from version to version", deltas_are_followed),
        ("where deltas do not lead, the whole is fetched", the_whole_is_the_way_back),
        ("what an index gets wrong is told and nothing is taken", wrong_indexes),
        ("versions are texts, and none goes back", versions_are_texts),
    ];
    let trial = |(name, run): &Test| {
        let run = *run;
        Trial::test(*name, move || std::panic::catch_unwind(run).map_err(|_| Failed::from("see above")))
    };
    let mut trials: Vec<Trial> = tests.iter().map(trial).collect();
    let real = "opensanctions/yente-fixtures";
    let absent = testkit::data(real).is_none();
    let name = if absent { "published deltas (skipped: no data)" } else { "published deltas" };
    let published = Trial::test(name, || {
        std::panic::catch_unwind(published_deltas).map_err(|_| Failed::from("see above"))
    });
    trials.push(published.with_ignored_flag(absent));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn person(key: &str, name: &str) -> String {
    format!(
        r#"{{"id":"{key}","caption":"{name}","schema":"Person","properties":{{"name":["{name}"],"topics":["sanction"]}}}}"#
    )
}

fn op(op: &str, entity: &str) -> String {
    format!("{{\"op\":\"{op}\",\"entity\":{entity}}}\n")
}

struct House {
    home: Home,
    publisher: Publisher,
    dataset: &'static str,
    _folder: tempfile::TempDir,
}

impl House {
    fn new(dataset: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(folder.path()).unwrap();
        Self { home, publisher: Publisher::default(), dataset, _folder: folder }
    }

    fn publish(&self, version: &str, more: &str) {
        let index = format!(
            r#"{{"datasets":[{{"name":"other","version":"1"}},{{"name":"{}","version":"{version}","delta_url":"{DELTAS}",
            "resources":[{{"name":"names.txt","url":"x"}},{{"name":"entities.ftm.json","url":"{WHOLE}"{more}}}]}}]}}"#,
            self.dataset
        );
        self.publisher.publish(INDEX, index);
    }

    /// Publishes the whole and the deltas by version.
    fn contents(&self, whole: &[String], deltas: &[(&str, Option<String>)]) {
        self.publisher.publish(WHOLE, whole.join("\n") + "\n");
        let mut versions = BTreeMap::new();
        for (version, delta) in deltas {
            let address = format!("https://a.example/{version}/entities.delta.json");
            if let Some(delta) = delta {
                self.publisher.publish(&address, delta.clone());
            }
            versions.insert(*version, address);
        }
        let index = serde_json::json!({"versions": versions, "updated_at": "2024-05-28T14:47:29Z"});
        self.publisher.publish(DELTAS, index.to_string());
    }

    fn update(&self) -> Result<Updated, UpdateError> {
        let source = IndexSource { address: INDEX, dataset: self.dataset };
        let mut order = Update::new(Target::of(LIST), Source::Indexed(&self.publisher, source));
        order.wait = Wait::NOT;
        update(&self.home, &order, "2026-03-01T00:00:00Z".parse().unwrap())
    }

    /// The addresses asked since the last time.
    fn asked(&self) -> Vec<String> {
        self.publisher
            .log
            .take()
            .into_iter()
            .map(|(address, _)| address.replace("https://a.example/", ""))
            .collect()
    }

    fn entities(&self) -> Vec<Entity> {
        let store = self.home.store();
        let id = store.in_force(LIST).unwrap().unwrap().accepted.snapshot;
        store.snapshot(LIST, &id).unwrap().entities().to_vec()
    }

    fn names(&self) -> Vec<(String, String)> {
        let pair = |entity: &Entity| (entity.id.key().to_owned(), entity.caption().to_owned());
        self.entities().iter().map(pair).collect()
    }
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(key, name)| ((*key).to_owned(), (*name).to_owned())).collect()
}

fn deltas_are_followed() {
    let house = House::new("set");
    house.contents(
        &[person("a", "Anna"), person("b", "Boris"), person("c", "Clara")],
        &[("20240101000000-aaa", None)],
    );
    house.publish("20240101000000-aaa", "");
    let first = house.update().unwrap();
    assert_eq!(
        (first.outcome, house.asked()),
        (Outcome::Accepted, vec!["index.json".into(), "entities.ftm.json".into()])
    );
    assert_eq!(first.in_force.published(), Some(jiff::civil::date(2024, 1, 1)));
    assert_eq!(house.update().unwrap().outcome, Outcome::Unchanged);
    assert_eq!(house.asked(), ["index.json"]);

    // Two deltas, an empty one, and a version in between that has none.
    let two = op("MOD", &person("b", "Boris II")) + &op("DEL", r#"{"id":"a"}"#);
    house.contents(
        &["the whole is not asked for".to_owned()],
        &[
            ("20240101000000-aaa", None),
            ("20240102000000-bbb", Some(op("ADD", &person("d", "Dora")))),
            ("20240103000000-ccc", Some(String::new())),
            ("20240105000000-eee", Some(two)),
            ("20240107000000-ggg", Some(op("DEL", r#"{"id":"c"}"#))),
        ],
    );
    house.publish("20240105000000-eee", "");
    let second = house.update().unwrap();
    let changes = second.in_force.accepted.changes.unwrap();
    assert_eq!((changes.added, changes.changed, changes.removed), (1, 1, 1));
    assert_eq!(house.names(), pairs(&[("b", "Boris II"), ("c", "Clara"), ("d", "Dora")]));
    assert!(!house.asked().contains(&"entities.ftm.json".to_owned()));
    // A version that changed nothing has no delta at all.
    house.publish("20240106000000-fff", "");
    assert_eq!(house.update().unwrap().outcome, Outcome::Unchanged);
    assert_eq!(house.asked(), ["index.json", "delta.json"]);
    house.publish("20240107000000-ggg", "");
    house.update().unwrap();
    assert_eq!(house.names(), pairs(&[("b", "Boris II"), ("d", "Dora")]));
}

fn the_whole_is_the_way_back() {
    let after = op("ADD", &person("d", "Dora"));
    let missing = op("DEL", r#"{"id":"nobody"}"#);
    for (case, deltas) in [
        ("older than the first delta", vec![("20240102000000-bbb", Some(after.clone()))]),
        ("a delta that is not there", vec![("20240101000000-aaa", None), ("20240102000000-bbb", None)]),
        ("no deltas", vec![]),
        (
            "deletes what is not there",
            vec![("20240101000000-aaa", None), ("20240102000000-bbb", Some(missing))],
        ),
        (
            "changes what is not there",
            vec![("20240101000000-aaa", None), ("20240102000000-bbb", Some(op("MOD", &person("x", "X"))))],
        ),
        ("no delta", vec![("20240101000000-aaa", None), ("20240102000000-bbb", Some("<html>".to_owned()))]),
        (
            "another operation",
            vec![("20240101000000-aaa", None), ("20240102000000-bbb", Some(op("PUT", &person("x", "X"))))],
        ),
        ("cut off", vec![("20240101000000-aaa", None), ("20240102000000-bbb", Some(after[..40].to_owned()))]),
    ] {
        let house = House::new("set");
        house.contents(&[person("a", "Anna"), person("b", "Boris")], &[]);
        house.publish("20240101000000-aaa", "");
        house.update().unwrap();
        house.contents(&[person("a", "Anna"), person("b", "Boris"), person("d", "Dora")], &deltas);
        house.publish("20240102000000-bbb", "");
        house.asked();
        house.update().unwrap();
        assert!(house.asked().contains(&"entities.ftm.json".to_owned()), "{case}");
        assert_eq!(house.names(), pairs(&[("a", "Anna"), ("b", "Boris"), ("d", "Dora")]), "{case}");
    }
}

fn wrong_indexes() {
    let house = House::new("set");
    house.contents(&[person("a", "Anna"), person("b", "Boris")], &[]);
    house.publish("20240101000000-aaa", "");
    house.update().unwrap();
    // The SHA-1 of nothing.
    let checksum = r#","checksum":"da39a3ee5e6b4b0d3255bfef95601890afd80709""#;
    house.publish("20240102000000-bbb", checksum);
    let line = house.update().unwrap_err().to_string();
    assert!(
        line.contains("entities.ftm.json: its checksum is ") && line.contains("2 entities stays"),
        "{line}"
    );
    for (text, words) in [
        ("<html>", "index.json: expected an index in OpenSanctions' form, found a page"),
        ("{\"datasets\":[]}", "data set `set`: it is not in the index"),
        ("{\"name\":\"set\",\"version\":\"3\"}", "no resource `entities.ftm.json` in `set`"),
    ] {
        house.publisher.publish(INDEX, text.to_owned());
        let line = house.update().unwrap_err().to_string();
        assert!(line.contains(words) && line.ends_with("2 entities stays in force"), "{line}");
    }
    // A good checksum, in an index of the data set's own.
    let whole = person("a", "Anna") + "\n";
    house.publisher.publish(WHOLE, whole.clone());
    let sum = cordon_model::Digest::of(whole.as_bytes());
    let own = format!(
        r#"{{"name":"set","version":"20240103000000-ccc","resources":[{{"name":"entities.ftm.json","url":"{WHOLE}","checksum":"{sum}"}}]}}"#
    );
    house.publisher.publish(INDEX, own);
    assert_eq!(house.update().unwrap().in_force.accepted.entities, 1);
}

fn versions_are_texts() {
    let house = House::new("set");
    house.contents(&[person("a", "Anna")], &[]);
    for (version, taken) in
        [("20240101000000-zzz", true), ("20240101000000-aaa", false), ("9", true), ("10", false)]
    {
        house.publish(version, "");
        let result = house.update();
        assert_eq!(result.is_ok(), taken, "{version}: {result:?}");
        if let Err(error) = result {
            assert!(
                error.is_refused() && error.to_string().contains("before what is in force (version "),
                "{error}"
            );
        }
    }
}

/// The deltas yente is tested with, from version to version; at the end what laying them by hand gives.
fn published_deltas() {
    let house = House::new("sanctions");
    let file = |path: &str| {
        String::from_utf8(testkit::bytes(&format!("opensanctions/yente-fixtures/{path}"))).unwrap()
    };
    let versions = [
        "20240527134702-zbn",
        "20240527194702-wnk",
        "20240528014702-pfh",
        "20240528074703-npf",
        "20240528134729-3iv",
    ];
    let mut expected: BTreeSet<String> = BTreeSet::new();
    let id = |value: &serde_json::Value| value["id"].as_str().unwrap().to_owned();
    let whole = file("t1/entities.ftm.json");
    expected.extend(whole.lines().map(|line| id(&serde_json::from_str(line).unwrap())));
    house.contents(&[whole.trim_end().to_owned()], &[]);
    house.publish(versions[0], "");
    house.update().unwrap();
    let deltas: Vec<(&str, Option<String>)> = versions
        .iter()
        .map(|version| (*version, Some(file(&format!("t2/{version}/entities.delta.json")))))
        .collect();
    for (version, delta) in &deltas {
        for line in delta.as_ref().unwrap().lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let id = id(&line["entity"]);
            if line["op"] == "DEL" {
                expected.remove(&id)
            } else {
                expected.insert(id)
            };
        }
        house.contents(&["not asked for".to_owned()], &deltas);
        house.publish(version, "");
        house.asked();
        house.update().unwrap();
        assert!(!house.asked().contains(&"entities.ftm.json".to_owned()), "{version}");
    }
    // Records that are parts of others (sanctions, addresses) are no entities of their own.
    let found: BTreeSet<String> = house.entities().iter().map(|entity| entity.id.key().to_owned()).collect();
    assert!(
        found.is_subset(&expected) && found.contains("Q4365364") && !found.contains("NK-500Poltergeist"),
        "{found:?}"
    );
    assert!(found.len() >= 8, "{found:?}");
}
