//! What an update does with each sort of version.

use super::*;
use crate::snapshots::ENGINE;
use crate::support::{Lines, Publisher, parsed, text, tree};
use crate::{Acceptance, Condition, Origin};
use cordon_lists::SourceFile;
use cordon_model::SnapshotId;
use flate2::write::GzEncoder;
use std::io::Write;
use tempfile::TempDir;

const LIST: &str = "test_list";
const ADDRESSES: &[&str] =
    &["https://a.example/one.txt?token=s3cret", "https://user:s3cret@a.example/two.txt"];

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn at(hour: i64) -> Timestamp {
    time("2026-03-01T00:00:00Z") + jiff::SignedDuration::from_hours(hour)
}

fn target() -> Target<'static> {
    Target { list: LIST, format: Some(&Lines), bounds: Bounds { least: 2, most: 1000, largest_fall: 0.5 } }
}

struct House {
    home: Home,
    input: TempDir,
    _folder: TempDir,
    hour: i64,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(folder.path().join("home")).unwrap();
        Self { home, input: tempfile::tempdir().unwrap(), _folder: folder, hour: 0 }
    }

    fn run(
        &mut self,
        change: impl FnOnce(&mut Update<'_>),
        source: Source<'_>,
    ) -> Result<Updated, UpdateError> {
        self.hour += 1;
        let mut order = Update::new(target(), source);
        order.wait = Wait::NOT;
        change(&mut order);
        update(&self.home, &order, at(self.hour))
    }

    fn give_with(
        &mut self,
        bytes: impl AsRef<[u8]>,
        change: impl FnOnce(&mut Update<'_>),
    ) -> Result<Updated, UpdateError> {
        let path = self.input.path().join("given.txt");
        std::fs::write(&path, bytes).unwrap();
        self.run(change, Source::Given(&path))
    }

    fn give(&mut self, bytes: impl AsRef<[u8]>) -> Result<Updated, UpdateError> {
        self.give_with(bytes, |_| ())
    }

    fn fetch(&mut self, publisher: &Publisher) -> Result<Updated, UpdateError> {
        self.run(|_| (), Source::Fetched(publisher, ADDRESSES))
    }

    fn in_force(&self) -> Option<SnapshotId> {
        self.home.store().in_force(LIST).unwrap().map(|in_force| in_force.accepted.snapshot)
    }

    fn condition(&self) -> (Condition, String) {
        let states = self.home.store().lists(at(self.hour)).unwrap();
        let state = states.into_iter().find(|state| state.id == LIST).unwrap();
        (state.condition, state.attempt.map(|attempt| attempt.reason).unwrap_or_default())
    }

    fn raw_files(&self) -> usize {
        tree(self.home.folder()).keys().filter(|name| name.starts_with("raw/")).count()
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_first_version_is_all_there() {
    let mut house = House::new();
    assert!(house.home.store().in_force(LIST).unwrap().is_none());
    let given = text("2026-02-01", 1, 10, "Name").replace("end", "11\nend");
    let updated = house.give(&given).unwrap();
    let expected = parsed(LIST, &given);
    let store = house.home.store();
    assert_eq!((updated.outcome, updated.previous), (Outcome::Accepted, None));
    assert_eq!(updated.in_force.accepted.snapshot, expected.id());
    let id = expected.id();
    assert_eq!(store.snapshot(LIST, &id).unwrap(), expected);
    assert_eq!(store.issues(LIST, &id).unwrap(), expected.issues());
    let manifest = store.manifest(LIST, &id).unwrap();
    assert_eq!((manifest.entities, manifest.issues, manifest.format.as_str()), (10, 1, "lines"));
    assert_eq!(manifest.schemas.get("Person"), Some(&10));
    assert_eq!(manifest.sources.len(), 1);
    assert_eq!(manifest.sources[0].digest, cordon_model::Digest::of(given.as_bytes()));
    let raw = house.home.raw_file(&manifest.sources[0].digest);
    assert_eq!(std::fs::read(raw).unwrap(), given.as_bytes());
    let opened = store.segments([LIST]).unwrap();
    assert_eq!(opened[0].1.origin, Origin::Mapped);
    assert_eq!(opened[0].1.segment.entities().collect::<Vec<_>>(), expected.entities());
    assert_eq!(store.loaded().unwrap(), [LIST]);
    assert_eq!(house.condition().0, Condition::Ok);
}

/// Each bad version after a good one: what the line says, and that the good one stays.
#[test]
fn bad_versions_are_refused_in_one_line() {
    let good = text("2026-02-01", 1, 100, "Name");
    let html = "<html>Service unavailable</html>".to_owned();
    let cases: &[(&str, Vec<u8>, &str)] = &[
        ("empty", Vec::new(), "given.txt: the file is empty"),
        ("html", html.into(), "given.txt: expected test lines, found an HTML page"),
        ("cut off", good.as_bytes()[..500].to_vec(), "given.txt: the file is cut off (byte 500)"),
        (
            "shrunken",
            text("2026-02-02", 1, 40, "Name").into(),
            "given.txt: 40 entities after 100: 60 % fewer, at most 50 % allowed",
        ),
        ("none left", text("2026-02-02", 1, 0, "Name").into(), "given.txt: 0 entities, at least 2 expected"),
        (
            "too many",
            text("2026-02-02", 1, 1001, "Name").into(),
            "given.txt: 1001 entities, at most 1000 expected",
        ),
        (
            "older",
            text("2026-01-31", 1, 100, "Older").into(),
            "given.txt: published 2026-01-31, before what is in force (published 2026-02-01)",
        ),
        ("same content, older date", text("2026-01-31", 1, 100, "Name").into(), "before what is in force"),
        (
            "year mistaken",
            text("2062-02-02", 1, 100, "Name").into(),
            "given.txt: published 2062-02-02, more than a year after today (2026-03-01)",
        ),
        (
            "broken gzip",
            gzip(good.as_bytes())[..200].to_vec(),
            "given.txt: the gzip data is broken or cut off",
        ),
    ];
    let mut house = House::new();
    let id = house.give(&good).unwrap().in_force.accepted.snapshot;
    for (case, bytes, expected) in cases {
        let error = house.give(bytes).unwrap_err();
        let line = error.to_string();
        assert!(error.is_refused(), "{case}: {line}");
        assert!(line.starts_with("test_list: ") && line.contains(expected), "{case}: {line}");
        assert!(
            line.ends_with(&format!("; snapshot {id} with 100 entities stays in force")),
            "{case}: {line}"
        );
        assert!(!line.contains('\n'), "{case}: {line}");
        assert_eq!(house.in_force(), Some(id.clone()), "{case}");
        let (condition, reason) = house.condition();
        assert_eq!(condition, Condition::Refused, "{case}");
        assert!(reason.contains(expected), "{case}: {reason}");
        assert!(house.raw_files() <= 3, "{case}: the good file and the two last refused");
    }
    assert_eq!(house.give(&good).unwrap().outcome, Outcome::Unchanged);
    assert_eq!(house.condition(), (Condition::Ok, String::new()));
    house.give(&good).unwrap();
    assert_eq!(house.raw_files(), 1, "refused files go when they are history");
}

#[test]
fn without_a_good_version_nothing_is_in_force() {
    let mut house = House::new();
    let line = house.give("<html>").unwrap_err().to_string();
    assert!(line.ends_with("; nothing is in force"), "{line}");
    assert_eq!(house.in_force(), None);
    assert_eq!(house.condition().0, Condition::Refused);
    assert!(matches!(house.home.store().segments([LIST]), Err(StoreError::NothingInForce { .. })));
    assert!(house.home.store().loaded().unwrap().is_empty());
    let absent = house.run(|_| (), Source::Given(Path::new("not/there.txt"))).unwrap_err();
    assert!(!absent.is_refused());
    assert!(absent.to_string().starts_with("test_list: cannot read `not/there.txt`: "), "{absent}");
    assert_eq!(house.condition().0, Condition::Failed);
}

#[test]
fn force_takes_what_a_rule_refuses_but_never_nothing() {
    let mut house = House::new();
    house.give(text("2026-02-01", 1, 100, "Name")).unwrap();
    let shrunken = text("2026-01-01", 1, 10, "Name");
    let forced = house.give_with(&shrunken, |order| order.force = true).unwrap();
    assert!(forced.forced.as_ref().is_some_and(|rule| rule.contains("90 % fewer")), "{forced:?}");
    let id = parsed(LIST, &shrunken).id();
    assert_eq!(house.in_force(), Some(id.clone()));
    assert!(matches!(house.home.store().manifest(LIST, &id).unwrap().state, Acceptance::Forced(_)));
    for bad in [text("2026-02-02", 1, 0, "Name"), "<html>".to_owned(), String::new()] {
        assert!(house.give_with(bad, |order| order.force = true).is_err());
        assert_eq!(house.in_force(), Some(id.clone()));
    }
}

/// The same content again: nothing new, whatever the bytes; a date is news only where there was none.
#[test]
fn the_same_content_is_no_new_snapshot() {
    let mut house = House::new();
    let first = house.give(text("-", 1, 10, "Name")).unwrap().in_force;
    assert!(first.accepted.snapshot.as_str().starts_with("undated-"));
    let again = house.give(text("-", 1, 10, "Name")).unwrap();
    assert_eq!((again.outcome, &again.in_force.accepted), (Outcome::Unchanged, &first.accepted));
    assert!(again.in_force.checked > first.checked);

    let dated = house
        .give_with(text("-", 1, 10, "Name"), |order| order.published = Some(jiff::civil::date(2026, 1, 8)));
    let dated = dated.unwrap();
    assert_eq!(dated.outcome, Outcome::Accepted);
    assert!(dated.in_force.accepted.snapshot.as_str().starts_with("2026-01-08-"));

    let later = house.give(text("2026-02-08", 1, 10, "Name")).unwrap();
    assert_eq!((later.outcome, &later.in_force.accepted), (Outcome::Unchanged, &dated.in_force.accepted));
    assert_eq!(later.in_force.published(), Some(jiff::civil::date(2026, 2, 8)));
    let between = house.give(text("2026-02-07", 1, 11, "Name")).unwrap_err();
    assert!(between.to_string().contains("before what is in force (published 2026-02-08)"), "{between}");
    let undated = house.give(text("-", 1, 12, "Name")).unwrap();
    assert_eq!(undated.in_force.published(), None, "what was confirmed was other content");
    assert_eq!(house.home.store().history(LIST).unwrap().len(), 3);

    // Only force makes a date alone a new version, once there is one.
    let dated = |order: &mut Update<'_>| order.published = Some(jiff::civil::date(2026, 2, 10));
    house.give_with(text("-", 1, 12, "Name"), dated).unwrap();
    let forced = house.give_with(text("2026-02-11", 1, 12, "Name"), |order| order.force = true).unwrap();
    assert_eq!((forced.outcome, forced.forced), (Outcome::Accepted, None));
    assert!(forced.in_force.accepted.snapshot.as_str().starts_with("2026-02-11-"));
}

#[test]
fn other_issues_of_the_same_content_are_kept() {
    let mut house = House::new();
    let plain = text("2026-02-01", 1, 10, "Name");
    let id = house.give(&plain).unwrap().in_force.accepted.snapshot;
    let updated = house.give(plain.replace("end", "11\n12\nend")).unwrap();
    assert_eq!((updated.outcome, updated.in_force.accepted.issues), (Outcome::Unchanged, 2));
    assert_eq!(house.home.store().issues(LIST, &id).unwrap().len(), 2);
    assert_eq!(house.home.store().snapshot(LIST, &id).unwrap().issues().len(), 2);

    // The same when the content comes back after another: its first reading stays, but for the issues.
    let first = house.give(text("-", 1, 11, "Name")).unwrap().in_force.accepted;
    house.give(text("-", 1, 12, "Name")).unwrap();
    let again = house.give(text("-", 1, 11, "Name").replace("end", "12\nend")).unwrap().in_force.accepted;
    assert_eq!((&again.snapshot, again.issues), (&first.snapshot, 1));
    assert!(again.fetched > first.fetched);
    assert_eq!(house.home.store().issues(LIST, &again.snapshot).unwrap().len(), 1);
    assert_eq!(house.home.store().manifest(LIST, &again.snapshot).unwrap().fetched, first.fetched);
}

#[test]
fn files_archives_and_folders_are_taken() {
    let (one, two) = (text("2026-02-01", 1, 10, "One"), text("2026-02-01", 11, 10, "Two"));
    let both = Lines
        .parse(
            LIST,
            &[("1", &one), ("2", &two)].map(|(name, text)| SourceFile { name, bytes: text.as_bytes() }),
        )
        .unwrap();
    let folder = |files: &[(&str, Vec<u8>)]| {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        folder
    };
    let take = |path: &Path| House::new().run(|_| (), Source::Given(path));

    let plain = folder(&[
        ("b.txt", two.clone().into()),
        ("a.txt.gz", gzip(one.as_bytes())),
        (".hidden", b"x".into()),
    ]);
    std::fs::create_dir(plain.path().join("inner")).unwrap();
    assert_eq!(take(plain.path()).unwrap().in_force.accepted.snapshot, both.id());
    let many: Vec<(String, Vec<u8>)> =
        (10..22).map(|number| (format!("{number}.txt"), text("-", number, 2, "Name").into())).collect();
    let many: Vec<(&str, Vec<u8>)> =
        many.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let (many, mut house) = (folder(&many), House::new());
    let id = house.run(|_| (), Source::Given(many.path())).unwrap().in_force.accepted.snapshot;
    let sources = house.home.store().manifest(LIST, &id).unwrap().sources;
    assert!(sources.is_sorted_by(|one, two| one.name < two.name), "{sources:?}");

    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in
        [("x/a.txt", one.as_bytes()), ("__MACOSX/x/._a.txt", b"twin"), ("x/b.txt", two.as_bytes())]
    {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    let archive =
        folder(&[("lists.zip", archive.finish().unwrap().into_inner()), (".hidden.txt", one.clone().into())]);
    assert_eq!(take(&archive.path().join("lists.zip")).unwrap().in_force.accepted.snapshot, both.id());
    let hidden = archive.path().join(".hidden.txt");
    assert_eq!(take(&hidden).unwrap().in_force.accepted.snapshot, parsed(LIST, &one).id());

    let single = plain.path().join("a.txt.gz");
    assert_eq!(take(&single).unwrap().in_force.accepted.snapshot, parsed(LIST, &one).id());

    let twice = folder(&[("a.txt", one.clone().into()), ("A.TXT.gz", gzip(one.as_bytes()))]);
    let error = take(twice.path()).unwrap_err().to_string();
    assert!(error.contains("there are several files named"), "{error}");
    let empty = folder(&[]);
    let error = take(empty.path()).unwrap_err().to_string();
    assert!(error.contains("there is no file in this folder"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_are_taken() {
    use std::os::unix::ffi::OsStrExt;
    let mut house = House::new();
    let path = house.input.path().join(std::ffi::OsStr::from_bytes(b"li\xffst.txt"));
    std::fs::write(&path, text("2026-02-01", 1, 10, "Name")).unwrap();
    let id = house.run(|_| (), Source::Given(&path)).unwrap().in_force.accepted.snapshot;
    let name = &house.home.store().manifest(LIST, &id).unwrap().sources[0].name;
    assert_eq!(name, "li\u{fffd}st.txt");
    let odd = house.home.folder().join(std::ffi::OsStr::from_bytes(b"home\xff"));
    let home = Home::open(&odd).unwrap();
    update(&home, &Update::new(target(), Source::Given(&path)), at(1)).unwrap();
    assert!(home.store().segments([LIST]).is_ok());
}

#[test]
fn sizes_are_limited() {
    let given = text("2026-02-01", 1, 100, "Name");
    let length = given.len() as u64;
    for (bytes, received, unpacked, good) in [
        (given.clone().into_bytes(), length, 0, true),
        (given.clone().into_bytes(), length - 1, length, false),
        (gzip(given.as_bytes()), length, length, true),
        (gzip(given.as_bytes()), length, length - 1, false),
    ] {
        let result = House::new().give_with(bytes, |order| order.limits = Limits { received, unpacked });
        assert_eq!(result.is_ok(), good, "{received} {unpacked}: {result:?}");
    }
    // All files together.
    let publisher = Publisher::default();
    publisher.publish(ADDRESSES[0], text("2026-02-01", 1, 100, "Name"));
    publisher.publish(ADDRESSES[1], text("2026-02-01", 101, 100, "Name"));
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<String> = publisher.files.borrow().values().cloned().collect();
    for (index, file) in files.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{index}.txt.gz")), gzip(file.as_bytes())).unwrap();
    }
    let plain = files.iter().map(|file| file.len() as u64).sum::<u64>();
    let packed = files.iter().map(|file| gzip(file.as_bytes()).len() as u64).sum::<u64>();
    let (fetched, given) = (Source::Fetched(&publisher, ADDRESSES), Source::Given(folder.path()));
    for (source, received, unpacked, good) in [
        (fetched, plain, 0, true),
        (fetched, plain - 1, 0, false),
        (given, packed, plain, true),
        (given, packed - 1, plain, false),
        (given, packed, plain - 1, false),
    ] {
        let result = House::new().run(|order| order.limits = Limits { received, unpacked }, source);
        assert_eq!(result.is_ok(), good, "{received} {unpacked}: {result:?}");
    }
}

/// A list is never read from another publisher's file, neither given by hand nor served.
#[test]
fn a_file_of_another_publisher_is_refused() {
    let xml = "<?xml version=\"1.0\"?><CONSOLIDATED_LIST dateGenerated=\"2026-02-01T00:00:00Z\"><INDIVIDUALS/><ENTITIES>\
        <ENTITY><DATAID>1</DATAID><FIRST_NAME>One</FIRST_NAME><REFERENCE_NUMBER>KPe.001</REFERENCE_NUMBER></ENTITY>\
        <ENTITY><DATAID>2</DATAID><FIRST_NAME>Two</FIRST_NAME><REFERENCE_NUMBER>KPe.002</REFERENCE_NUMBER></ENTITY>\
        </ENTITIES></CONSOLIDATED_LIST>";
    let mut house = House::new();
    let error = house.give(xml).unwrap_err();
    assert!(error.to_string().contains("expected test lines"), "{error}");
    let publisher = Publisher::default();
    for address in ADDRESSES {
        publisher.publish(address, xml.to_owned());
    }
    let error = house.fetch(&publisher).unwrap_err();
    assert!(error.to_string().contains("expected test lines"), "{error}");
}

#[test]
fn an_unknown_list_needs_a_format_that_is_recognised() {
    let mut house = House::new();
    let error =
        house.give_with("nothing anyone knows", |order| order.target = Target::of("my_list")).unwrap_err();
    assert!(error.is_refused(), "{error}");
    assert!(error.to_string().starts_with("my_list: given.txt: "), "{error}");
    let error = house.give_with("x", |order| order.target.list = "../my_list").unwrap_err();
    assert!(error.to_string().contains("`../my_list` is not a list id"), "{error}");
    let none = Publisher::default();
    let error =
        house.run(|order| order.target = Target::of("my_list"), Source::of("my_list", &none)).unwrap_err();
    assert!(error.to_string().contains("no address"), "{error}");
}

/// What is fetched is asked for again only if it changed, as long as what is in force would be read the same.
#[test]
fn unchanged_files_are_not_fetched_again() {
    let publisher = Publisher::default();
    publisher.publish(ADDRESSES[0], text("2026-02-01", 1, 10, "One"));
    publisher.publish(ADDRESSES[1], text("2026-02-01", 11, 10, "Two"));
    let mut house = House::new();
    let sent = |publisher: &Publisher| publisher.log.take().iter().map(|(_, sent)| *sent).collect::<Vec<_>>();
    let first = house.fetch(&publisher).unwrap();
    assert_eq!(sent(&publisher), [true, true]);
    let second = house.fetch(&publisher).unwrap();
    assert_eq!((second.outcome, &second.in_force.accepted), (Outcome::Unchanged, &first.in_force.accepted));
    assert_eq!(sent(&publisher), [false, false]);

    // One file changed: the other comes from the files kept.
    publisher.publish(ADDRESSES[1], text("2026-02-02", 11, 12, "Two"));
    let third = house.fetch(&publisher).unwrap();
    assert_eq!((third.outcome, third.in_force.accepted.entities), (Outcome::Accepted, 22));
    assert_eq!(sent(&publisher), [false, true]);

    // A refused version is fetched again: it may be whole the next time.
    publisher.publish(ADDRESSES[1], "<html>".to_owned());
    for _ in 0..2 {
        assert!(house.fetch(&publisher).unwrap_err().is_refused());
        assert_eq!(sent(&publisher), [false, true]);
    }
    publisher.publish(ADDRESSES[1], text("2026-02-02", 11, 12, "Two"));
    assert_eq!(house.fetch(&publisher).unwrap().outcome, Outcome::Unchanged);
    assert_eq!(sent(&publisher), [false, false]);
    assert_eq!(house.condition().0, Condition::Ok);

    // The same content in other bytes is known by them from then on, and both are kept.
    publisher.publish(ADDRESSES[1], text("2026-02-02", 11, 12, "Two").replace("end", "99\nend"));
    assert_eq!(house.fetch(&publisher).unwrap().outcome, Outcome::Unchanged);
    house.give_with(text("-", 1, 5, "Name"), |order| order.target.list = "other_list").unwrap();
    publisher.log.take();
    house.fetch(&publisher).unwrap();
    assert_eq!(sent(&publisher), [false, false]);

    // Asked whole: with a date of its own, by force, read by another engine, or without the file as it was.
    let raw =
        house.home.raw_file(&cordon_model::Digest::of(publisher.files.borrow()[ADDRESSES[1]].as_bytes()));
    let manifest =
        house.home.places(LIST).unwrap().snapshot(&house.in_force().unwrap()).join("manifest.json");
    let engine = std::fs::read_to_string(&manifest).unwrap();
    let fetched = Source::Fetched(&publisher, ADDRESSES);
    house.run(|order| order.published = Some(jiff::civil::date(2026, 2, 2)), fetched).unwrap();
    assert_eq!(sent(&publisher), [true, true]);
    house.run(|order| order.force = true, fetched).unwrap();
    assert_eq!(sent(&publisher), [true, true]);
    std::fs::write(&manifest, engine.replace(ENGINE, "0.0.1")).unwrap();
    house.fetch(&publisher).unwrap();
    assert_eq!(sent(&publisher), [true, true]);
    std::fs::write(&manifest, engine).unwrap();
    for damage in [None, Some(b"rot".to_vec()), Some(vec![b'x'; 300])] {
        // Whole, or as differences.
        let there =
            [raw.clone(), raw.with_extension("diff")].into_iter().find(|path| path.is_file()).unwrap();
        match damage {
            None => std::fs::remove_file(&there).unwrap(),
            Some(bytes) => std::fs::write(&there, bytes).unwrap(),
        }
        house.fetch(&publisher).unwrap();
        assert_eq!(sent(&publisher), [false, true]);
        house.fetch(&publisher).unwrap();
        assert_eq!(sent(&publisher), [false, false]);
    }

    // Damage to what is in force is repaired, though nothing changed at the publisher.
    let id = house.in_force().unwrap();
    let before = house.home.store().snapshot(LIST, &id).unwrap();
    let folder = house.home.places(LIST).unwrap().snapshot(&id);
    let stored = ["entities.jsonl.gz", "changes.jsonl.gz"].map(|name| folder.join(name));
    std::fs::write(stored.iter().find(|path| path.is_file()).unwrap(), b"rot").unwrap();
    assert!(matches!(house.home.store().snapshot(LIST, &id), Err(StoreError::Damaged { .. })));
    house.fetch(&publisher).unwrap();
    assert_eq!(sent(&publisher), [true, true]);
    assert_eq!(house.home.store().snapshot(LIST, &id).unwrap(), before);
    assert_eq!(house.home.store().history(LIST).unwrap().len(), 2);
    assert!(!tree(house.home.folder()).keys().any(|name| name.contains(".tmp")));

    // A file that is gone is a failure, told without the secrets in its address.
    publisher.files.borrow_mut().remove(ADDRESSES[0]);
    let error = house.fetch(&publisher).unwrap_err();
    assert!(!error.is_refused());
    assert!(
        error.to_string().contains("https://a.example/one.txt: the server answered with status 404"),
        "{error}"
    );
    assert_eq!(house.condition().0, Condition::Failed);
    for (name, bytes) in tree(house.home.folder()) {
        assert!(!String::from_utf8_lossy(&bytes).contains("s3cret"), "{name}");
    }
}

#[test]
fn days_and_beginnings_of_ids_find_snapshots() {
    let mut house = House::new();
    // Number, publication date: the undated one counts from the day it is fetched (hours after 2026-03-01).
    let versions = ["2026-01-10", "2026-02-10", "-"];
    let ids: Vec<SnapshotId> = versions
        .iter()
        .enumerate()
        .map(|(index, date)| {
            let given = text(date, 1, 10 + index, "Name");
            house.give(given).unwrap().in_force.accepted.snapshot
        })
        .collect();
    let store = house.home.store();
    for (wanted, expected) in [
        ("2026-01-10", Some(0)),
        ("2026-02-09", Some(0)),
        ("2026-02-10", Some(1)),
        ("2026-02-28", Some(1)),
        ("2026-03-01", Some(2)),
        ("2027-01-01", Some(2)),
        ("2026-01-09", None),
        ("2026-01-1", Some(0)),
        ("undated", Some(2)),
        (&ids[1].as_str()[11..17], Some(1)),
        (ids[1].as_str(), Some(1)),
        ("2026", None),
        ("", None),
        ("nothing", None),
        ("../..", None),
    ] {
        let found = store.find(LIST, wanted).ok().map(|entry| entry.snapshot);
        assert_eq!(found.as_ref(), expected.map(|index: usize| &ids[index]), "{wanted}");
    }
    let several = store.find(LIST, "2026").unwrap_err();
    assert!(matches!(&several, StoreError::Ambiguous { found, .. } if found.len() == 2), "{several}");

    // Back to content that was in force before: it is in force, and the day knows it.
    house.give(text("-", 1, 11, "Name")).unwrap();
    house.give(text("-", 1, 12, "Name")).unwrap();
    let store = house.home.store();
    assert_eq!(store.find(LIST, "2026-03-05").unwrap().snapshot, ids[2]);
    assert_eq!(house.in_force().as_ref(), Some(&ids[2]));
    assert_eq!(store.history(LIST).unwrap().len(), 5);
    assert_eq!(store.find(LIST, ids[2].as_str()).unwrap().snapshot, ids[2], "twice in force is not two");
}

#[test]
fn age_and_staleness() {
    let mut house = House::new();
    let now = |text: &str| time(text);
    // A list of the table, so that it has a cadence (6 hours: stale after 48).
    let list = "un_sc_sanctions";
    let order = |order: &mut Update<'_>| order.target.list = "un_sc_sanctions";
    let state = |house: &House, now: Timestamp| {
        house.home.store().lists(now).unwrap().into_iter().find(|state| state.id == list).unwrap()
    };
    assert_eq!(state(&house, at(0)).condition, Condition::Absent);
    house.give_with(text("2026-02-27", 1, 10, "Name"), order).unwrap();
    for (at, condition, hours) in [
        ("2026-03-01T02:00:00Z", Condition::Ok, 50),
        ("2026-03-03T01:00:00Z", Condition::Ok, 97),
        ("2026-03-03T02:00:00Z", Condition::Stale, 98),
        ("2026-01-01T00:00:00Z", Condition::Ok, 0),
    ] {
        let state = state(&house, now(at));
        assert_eq!((state.condition, state.age.map(|age| age.as_hours())), (condition, Some(hours)), "{at}");
    }
    house.give_with("<html>", order).unwrap_err();
    let refused = state(&house, now("2026-04-01T00:00:00Z"));
    assert_eq!((refused.condition, refused.stale), (Condition::Refused, true));
    assert_eq!(refused.in_force.map(|in_force| in_force.accepted.entities), Some(10));
    assert!(!refused.title.is_empty());

    std::fs::write(house.home.places(list).unwrap().pointer, r#"{"version":9}"#).unwrap();
    let state = state(&house, at(0));
    assert!(
        matches!(&state.condition, Condition::Unreadable(reason) if reason.contains("newer")),
        "{state:?}"
    );
    assert!(house.home.store().loaded().is_err());
    let error = house.give_with(text("2026-02-28", 1, 10, "Name"), order).unwrap_err().to_string();
    assert!(
        error.contains("use a newer cordon") && error.ends_with("what is in force was left alone"),
        "{error}"
    );
}

#[test]
fn what_was_refused_of_one_list_outlives_the_update_of_another() {
    let mut house = House::new();
    house.give("<html>").unwrap_err();
    house.give_with(text("-", 1, 5, "Name"), |order| order.target.list = "other_list").unwrap();
    assert!(house.home.raw_file(&cordon_model::Digest::of(b"<html>")).exists());
}

#[test]
fn a_manifest_of_other_content_is_damage() {
    let mut house = House::new();
    let id = house.give(text("2026-01-01", 1, 100, "One")).unwrap().in_force.accepted.snapshot;
    let manifest = house.home.places(LIST).unwrap().snapshot(&id).join("manifest.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let content = house.home.store().manifest(LIST, &id).unwrap().content;
    let other = cordon_model::Digest::of(b"other");
    std::fs::write(&manifest, text.replace(content.as_str(), other.as_str())).unwrap();
    let error = house.home.store().snapshot(LIST, &id).unwrap_err();
    assert!(error.to_string().contains("reads differently"), "{error}");
}

#[test]
fn a_damaged_pointer_is_made_again_from_the_snapshots() {
    let mut house = House::new();
    house.give(text("2026-01-01", 1, 100, "One")).unwrap();
    house.give(text("2026-02-01", 1, 100, "Two")).unwrap();
    let history = house.home.store().history(LIST).unwrap();
    std::fs::write(house.home.places(LIST).unwrap().pointer, "{rot").unwrap();
    assert!(matches!(house.home.store().in_force(LIST), Err(StoreError::Damaged { .. })));
    let line = house.give(text("2026-03-01", 1, 10, "Three")).unwrap_err().to_string();
    assert!(line.contains("10 entities after 100") && line.contains(history[1].snapshot.as_str()), "{line}");
    // All but what each changed in the one before, which is not written in the snapshots.
    let uncounted = |entry: &Accepted| Accepted { changes: None, ..entry.clone() };
    assert!(house.home.store().history(LIST).unwrap().into_iter().eq(history.iter().map(uncounted)));
}

#[test]
fn segments_are_compiled_again_when_they_do_not_open() {
    let mut house = House::new();
    let given = text("2026-02-01", 1, 100, "Name");
    let id = house.give(&given).unwrap().in_force.accepted.snapshot;
    let file = house.home.places(LIST).unwrap().segment(&id);
    let good = std::fs::read(&file).unwrap();
    let origin = |house: &House| house.home.store().segment(LIST, &id).unwrap().origin;
    let other = parsed(LIST, &text("2026-02-01", 1, 100, "Other"));
    for bad in [
        None,
        Some(Vec::new()),
        Some(good[..good.len() / 2].to_vec()),
        Some(cordon_matching::Segment::build(&other)),
    ] {
        let ruin = || match &bad {
            None => std::fs::remove_file(&file).unwrap(),
            Some(bytes) => {
                // As damage on disk, not in place: the file may be mapped.
                std::fs::remove_file(&file).unwrap();
                std::fs::write(&file, bytes).unwrap();
            }
        };
        ruin();
        assert_eq!(origin(&house), Origin::Compiled);
        assert_eq!(origin(&house), Origin::Mapped);
        ruin();
        let writer = house.home.writer(&Wait::NOT).unwrap();
        let busy = origin(&house);
        assert!(matches!(&busy, Origin::Memory(reason) if reason.contains("another process")), "{busy:?}");
        drop(writer);
        crate::disk::fault::plan(0, crate::disk::fault::Mode::Once);
        let full = origin(&house);
        crate::disk::fault::finish();
        assert!(matches!(&full, Origin::Memory(reason) if reason.contains(".seg")), "{full:?}");
        assert_eq!(house.give(&given).unwrap().outcome, Outcome::Unchanged);
        assert_eq!(origin(&house), Origin::Mapped);
        assert_eq!(std::fs::read(&file).unwrap(), good);
    }
}

#[test]
fn an_open_segment_outlives_its_file() {
    let mut house = House::new();
    let mut first = None;
    for version in 0..6 {
        house.give(text("2026-02-01", version, 100, "Name")).unwrap();
        first.get_or_insert_with(|| house.home.store().segments([LIST]).unwrap());
    }
    let kept = tree(&house.home.places(LIST).unwrap().index).len();
    assert_eq!(kept, 4, "three before the last update, and the new one");
    let (in_force, opened) = &first.unwrap()[0];
    assert!(!house.home.places(LIST).unwrap().segment(&in_force.accepted.snapshot).exists());
    assert_eq!(opened.segment.entities().count(), 100);
}
