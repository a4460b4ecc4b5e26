//! Real published EU lists; cases are reported as ignored where the files are absent.

#![expect(clippy::unwrap_used, reason = "what cannot be read here fails the test")]

use cordon_lists::{SourceFile, format_for};
use cordon_model::{DateRole, Schema, Snapshot};
use std::collections::BTreeMap;
use testkit::Case;

const LIST: &str = "eu_fsf";
const OLD: &str = "eu/fsd-1.0/2016-02-11/global.xml.gz";

fn snapshot(path: &str, format: &str) -> Snapshot {
    let bytes = testkit::bytes(path);
    let file = SourceFile { name: "list.xml", bytes: &bytes };
    let found = format_for(&[file]).unwrap();
    assert_eq!(found.id(), format);
    found.parse(LIST, &[file]).unwrap()
}

fn count(snapshot: &Snapshot, schema: Schema) -> usize {
    snapshot.entities().iter().filter(|entity| entity.schema == schema).count()
}

fn issues(snapshot: &Snapshot) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for issue in snapshot.issues() {
        *found.entry(format!("{:?} {}", issue.kind, issue.field)).or_default() += 1;
    }
    found
}

fn whole_list_of_2016() {
    let snapshot = snapshot(OLD, "eu_fsd_xml");
    assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), Some("2016-02-11"));
    assert_eq!((count(&snapshot, Schema::Person), count(&snapshot, Schema::Organization)), (319, 276));
    // Four nicknames in brackets, and a bracket that never closes.
    assert_eq!(issues(&snapshot), BTreeMap::from([("Unparsed nameAlias".to_owned(), 5)]));
    for (program, expected) in [("IRQ", 292), ("TERR", 22), ("COD", 16), ("ZWE", 2)] {
        let held = snapshot.entities().iter().filter(|entity| entity.designations[0].program == program);
        assert_eq!(held.count(), expected, "{program}");
    }
}

/// Every name, date and number of the file stands in the snapshot, whole or taken apart.
fn nothing_of_2016_is_lost() {
    let text = String::from_utf8(testkit::bytes(OLD)).unwrap();
    let snapshot = snapshot(OLD, "eu_fsd_xml");
    let (mut names, mut dates, mut papers) = (0, 0, 0);
    for record in text.split("<ENTITY Id=\"").skip(1) {
        let (key, record) = record.split_once('"').unwrap();
        let entity = snapshot.entity(&format!("{LIST}:{key}")).unwrap();
        for cell in between(record, "WHOLENAME") {
            names += 1;
            let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
            let held =
                entity.names.iter().any(|name| name.text == cell || name.published.as_deref() == Some(&cell));
            assert!(held, "{key}: {cell}");
        }
        for cell in between(record, "DATE") {
            dates += 1;
            let year = &cell[..4];
            let held = entity.dates_of(DateRole::Birth).any(|date| date.to_string().starts_with(year));
            assert!(held, "{key}: {cell}");
        }
        for cell in between(record, "NUMBER").filter(|cell| cell.contains(" (")) {
            papers += 1;
            let digits: String =
                cell.split(" (").next().unwrap().chars().filter(char::is_ascii_digit).collect();
            let held = entity
                .identifiers
                .iter()
                .any(|held| held.value.chars().filter(char::is_ascii_digit).collect::<String>() == digits);
            assert!(held || digits.is_empty(), "{key}: {cell}");
        }
    }
    assert_eq!((names, dates, papers), (2993, 584, 137));
}

/// The texts of the elements of this name that are not empty, with entities resolved.
fn between<'a>(text: &'a str, name: &str) -> impl Iterator<Item = String> + use<'a> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let pieces: Vec<&str> = text
        .split(&open)
        .skip(1)
        .filter_map(|rest| rest.split_once(&close))
        .map(|(inside, _)| inside)
        .collect();
    pieces.into_iter().filter(|inside| !inside.is_empty()).map(|inside| {
        inside
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&apos;", "'")
            .replace("&quot;", "\"")
    })
}

fn excerpt_of_2018() {
    let snapshot = snapshot("eu/fsf-1.1-excerpt/2018-12-21.xml", "eu_fsf_xml");
    assert_eq!((snapshot.entities().len(), snapshot.issues().len()), (2, 0));
    let group = snapshot.entity("eu_fsf:207").unwrap();
    assert_eq!((group.names.len(), group.schema), (19, Schema::Organization));
    let languages = group.names.iter().filter(|name| name.language.is_some()).count();
    assert_eq!((group.caption(), languages), ("İslami Büyük Doğu Akıncılar Cephesi", 16));
    assert_eq!(group.referents, ["eu_fsf:EU.3523.13"]);
}

fn excerpt_of_2024() {
    let snapshot = snapshot("eu/fsf-1.1-excerpt/2024-12-11.xml", "eu_fsf_xml");
    assert_eq!((snapshot.entities().len(), snapshot.issues().len()), (1, 0));
    let person = snapshot.entity("eu_fsf:13").unwrap();
    assert_eq!((person.caption(), person.names.len()), ("Saddam Hussein Al-Tikriti", 3));
    let act = &person.designations[0];
    assert_eq!(
        (act.program.as_str(), act.listed.map(|day| day.to_string()).as_deref()),
        ("IRQ", Some("2003-07-08"))
    );
}

const CASES: &[Case] = &[
    Case { name: "whole list of 2016", needs: &[OLD], run: whole_list_of_2016 },
    Case { name: "nothing of 2016 is lost", needs: &[OLD], run: nothing_of_2016_is_lost },
    Case { name: "excerpt of 2018", needs: &["eu/fsf-1.1-excerpt"], run: excerpt_of_2018 },
    Case { name: "excerpt of 2024", needs: &["eu/fsf-1.1-excerpt"], run: excerpt_of_2024 },
];

fn main() {
    testkit::run(CASES).exit();
}
