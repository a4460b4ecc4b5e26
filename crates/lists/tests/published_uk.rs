//! Real published lists of the United Kingdom; cases are reported as ignored where the files are absent.

#![expect(clippy::unwrap_used, reason = "what cannot be read here fails the test")]

use cordon_lists::{SourceFile, format_for};
use cordon_model::{DateRole, NameKind, Schema, Scheme, Snapshot};
use std::collections::{BTreeMap, BTreeSet};
use testkit::Case;

const OFSI: &str = "uk/ofsi/2016-02-12/ConList.csv.gz";
const XML: &str = "uk/uksl-excerpt/2026-03-26/UK_Sanctions_List.xml";
const CSV: &str = "uk/uksl-excerpt/2026-10-08/UK_Sanctions_List.csv";

fn snapshot(path: &str, list: &str, format: &str) -> Snapshot {
    let bytes = testkit::bytes(path);
    let file = SourceFile { name: "list", bytes: &bytes };
    let found = format_for(&[file]).unwrap();
    assert_eq!(found.id(), format);
    found.parse(list, &[file]).unwrap()
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

fn treasury_list_of_2016() {
    let snapshot = snapshot(OFSI, "gb_hmt_sanctions", "uk_ofsi_csv");
    assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), Some("2016-02-12"));
    assert_eq!(snapshot.entities().len(), 463);
    assert_eq!(count(&snapshot, Schema::Person) + count(&snapshot, Schema::Organization), 463);
    // The file is a cut by rows: 228 groups have lost the row of their prime alias. The rest are a continent, a
    // misspelt nationality and a republic of a former state.
    let expected = BTreeMap::from(
        [
            ("Missing NameType", 228),
            ("UnknownValue AddressCountry", 1),
            ("UnknownValue CountryOfBirth", 1),
            ("UnknownValue Nationality", 1),
        ]
        .map(|(what, count)| (what.to_owned(), count)),
    );
    assert_eq!(issues(&snapshot), expected);
    // One group is listed under three regimes, one under two.
    let designations: usize = snapshot.entities().iter().map(|entity| entity.designations.len()).sum();
    assert_eq!(designations, 463 + 3);
}

/// Every name and date of birth of the file stands in the snapshot, whole or taken apart.
fn nothing_of_2016_is_lost() {
    let bytes = testkit::bytes(OFSI);
    let text: String =
        bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '\u{fffd}' }).collect();
    let snapshot = snapshot(OFSI, "gb_hmt_sanctions", "uk_ofsi_csv");
    let body = text.split_once('\n').unwrap().1;
    let mut reader = csv::Reader::from_reader(body.as_bytes());
    let (mut names, mut dates, mut papers, mut groups) = (0, 0, 0, BTreeSet::new());
    for row in reader.records() {
        let row = row.unwrap();
        let key = row.get(28).unwrap();
        groups.insert(key.to_owned());
        let entity = snapshot.entity(&format!("gb_hmt_sanctions:{key}")).unwrap();
        let parts = [1, 2, 3, 4, 5, 0].map(|at| row.get(at).unwrap().trim()).join(" ");
        let name = parts.split_whitespace().collect::<Vec<_>>().join(" ");
        let same = |held: &str| {
            held.chars().count() == name.chars().count()
                && held.chars().zip(name.chars()).all(|(one, other)| one == other || other == '\u{fffd}')
        };
        let held =
            entity.names.iter().any(|held| same(&held.text) || held.published.as_deref().is_some_and(same));
        assert!(held || name.is_empty(), "{key}: {name}");
        names += 1;
        if let Some(year) = row.get(7).unwrap().get(6..) {
            dates += 1;
            assert!(
                entity.dates_of(DateRole::Birth).any(|date| date.to_string().starts_with(year)),
                "{key}: {year}"
            );
        }
        let digits: String = row.get(11).unwrap().chars().filter(char::is_ascii_digit).collect();
        if !digits.is_empty() {
            papers += 1;
            let first = entity.identifiers.iter().any(|held| {
                let held: String = held.value.chars().filter(char::is_ascii_digit).collect();
                digits.contains(&held)
            });
            assert!(first, "{key}: {digits}");
        }
    }
    assert_eq!((names, dates, papers, groups.len()), (800, 497, 167, 463));
}

fn excerpt_of_the_xml() {
    let snapshot = snapshot(XML, "gb_fcdo_sanctions", "uk_fcdo_xml");
    assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), Some("2026-03-26"));
    assert_eq!(issues(&snapshot), BTreeMap::new());
    let counts =
        [Schema::Organization, Schema::Person, Schema::Vessel].map(|schema| count(&snapshot, schema));
    assert_eq!(counts, [1, 3, 3]);
    let exchange = snapshot.entity("gb_fcdo_sanctions:AFG0002").unwrap();
    assert_eq!((exchange.names.len(), exchange.addresses.len()), (9, 3));
    assert_eq!(exchange.referents, ["gb_hmt_sanctions:12704", "un_sc_sanctions:TAe.011"]);
    let original = snapshot.entity("gb_fcdo_sanctions:RUS1884").unwrap();
    let name = original.names.iter().find(|name| name.kind == NameKind::OriginalScript).unwrap();
    assert_eq!((name.text.as_str(), name.language.as_deref()), ("Алексей Клявин", Some("ru")));
}

fn excerpt_of_the_table() {
    let snapshot = snapshot(CSV, "gb_fcdo_sanctions", "uk_fcdo_csv");
    assert_eq!(snapshot.published().map(|date| date.to_string()).as_deref(), Some("2026-10-08"));
    assert_eq!((snapshot.entities().len(), issues(&snapshot)), (1, BTreeMap::new()));
    let ship = snapshot.entity("gb_fcdo_sanctions:RUS2176").unwrap();
    assert_eq!((ship.caption(), ship.schema), ("KOROLEV PROSPECT", Schema::Vessel));
    assert_eq!(
        (ship.identifiers[0].scheme, ship.identifiers[0].value.as_str()),
        (Scheme::ImoShip, "9826902")
    );
    assert_eq!(ship.relations[0].name, "Stream Ship Management FZCO");
}

const CASES: &[Case] = &[
    Case { name: "Treasury list of 2016", needs: &[OFSI], run: treasury_list_of_2016 },
    Case { name: "nothing of 2016 is lost", needs: &[OFSI], run: nothing_of_2016_is_lost },
    Case { name: "excerpt of the XML of 2026", needs: &[XML], run: excerpt_of_the_xml },
    Case { name: "excerpt of the table of 2026", needs: &[CSV], run: excerpt_of_the_table },
];

fn main() {
    testkit::run(CASES).exit();
}
