//! Matching through its public door: kinds of alteration, the proof of the index, scores that recompute.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
#![expect(clippy::float_cmp, reason = "scores must be the same to the last digit")]

use cordon_matching::{Match, Options, Policy, Screener, Segment, score_pair};
use cordon_model::{
    Country, CountryRole, DateRole, Entity, EntityId, Identifier, Name, NameKind, PartialDate, Schema,
    Scheme, Snapshot,
};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

fn entity(key: &str, schema: Schema, names: &[&str]) -> Entity {
    let mut entity = Entity::new(EntityId::new("test", key), schema);
    for (index, name) in names.iter().enumerate() {
        let kind = if index == 0 { NameKind::Primary } else { NameKind::Alias };
        entity.add_name(Name::new(kind, name));
    }
    entity
}

fn screener(entities: Vec<Entity>) -> Screener {
    let bytes = Segment::build(&Snapshot::new("test", None, entities, vec![]));
    Screener::new(vec![Arc::new(Segment::open(Arc::new(bytes)).unwrap())], Policy::default())
}

fn ids(matches: &[Match]) -> Vec<(String, String)> {
    matches.iter().map(|found| (found.entity.id.as_str().to_owned(), format!("{:.4}", found.score))).collect()
}

fn score(schema: Schema, query: &str, listed: &str) -> f64 {
    score_pair(&Policy::default(), &entity("q", schema, &[query]), entity("c", schema, &[listed])).score
}

/// Kinds of alteration of a person's name, and whether they must still be found at the policy's threshold.
#[test]
fn altered_names_of_persons() {
    for (listed, asked, found) in [
        ("Rim Yong Hyok", "RIM  YONG HYOK", true),
        ("Müller Hans", "Mueller, Hans", true),
        ("Paek Ch'ang-Ho", "Paek Chang Ho", true),
        ("Igor Sechin", "SECHIN, Igor", true),
        ("KIM Yong Bok", "Yong Bok Kim", true),
        ("Alisher Usmanov", "AlisherUsmanov", true),
        ("Vanderbilt Cornelius", "Van der Bilt Cornelius", true),
        ("Nikolai Patrushev", "Nikolai Patr ushev", true),
        ("Oleg Nikolaevich Kozhemyako", "Oleg Kozhemyako", true),
        ("Vladimir Putin", "Vladimir Vladimirovich Putin", true),
        ("Sergey Viktorovich Lavrov", "Sergey Borisovich Lavrov", false),
        ("Rami Makhlouf", "Dr. Rami Makhlouf", true),
        ("Igor Sechin", "Igor Sehcin", true),
        ("Sergey Lavrov", "Sergey Lavrv", true),
        ("Sergey Lavrov", "Sergey Lawrov", true),
        ("Bashar Assad", "Basharr Assad", true),
        ("Igor Sechin", "Ig0r Sech1n", true),
        ("Vladimir Putin", "Vladimir P\u{200B}utin", true),
        ("Vladimir Putin", "Vladimir \u{0420}utin", true),
        ("Sergey Shoigu", "Sergey Sergey Shoigu", true),
        ("Abd al-Rahman Yasin", "Abdurrahman Yasin", true),
        ("SHAMMOUT, Issam", "IssamSHAMMOUT", true),
        ("Kim Jong Un", "Kim Jong-un", true),
        ("Kim Jong Un", "Kim Jongun", true),
        ("Rami Makhlouf", "Ihab Makhlouf", false),
        ("Ivan Ivanov", "Ivan Petrov", false),
        ("Benjamin Netanyahu", "Boris Netanyahu", false),
        ("Emmanuel Macron", "Emmanuel Marcon", true),
    ] {
        let value = score(Schema::Person, asked, listed);
        assert_eq!(value >= 0.7, found, "{listed} asked as {asked}: {value}");
    }
}

#[test]
fn altered_names_of_others() {
    for (listed, asked, found) in [
        ("SIS d.o.o.", "SIS DOO", true),
        ("Verus LLC", "LIMITED LIABILITY COMPANY VERUS", true),
        ("Deutsche Bank AG", "Deutsche Bank", true),
        ("BAE Systems Inc", "BAE Industries Inc", false),
        ("Ilam Petrochemical Company", "I1AM PETR0CHEMICAL COMPANY", true),
        ("Sasco Angara", "5ASC0 ANGARA", true),
        ("Maria E", "Silver Harmony (ex MARIA E)", true),
        ("Jemaah Islamiah", "Castellane Holdings f.k.a. JEMAAH ISLAMIAH", true),
        ("Freedom Star", "M/T FREEDOM STAR", true),
        ("Butembo Airlines", "BUTEMBO AIRLINES (BAL)", true),
        ("Jamaat-ul-Ahrar", "JAMAAT-UL-AHRAR (JuA)", true),
        (
            "Great Lakes Business Company",
            "CAGL (COMPAGNIE AERIENNE) ; GREAT LAKES BUSINESS COMPANY (GLBC)",
            true,
        ),
        ("Banco Santander", "Banque Santander", true),
        ("Brigade 44", "Brigade Forty-Four", true),
        ("Maria 3", "Maria III", true),
        ("Maria 3", "Maria 4", false),
        ("Good Will Company", "Goodwill Company", true),
    ] {
        let value = score(Schema::Company, asked, listed);
        assert_eq!(value >= 0.7, found, "{listed} asked as {asked}: {value}");
    }
}

#[test]
fn identifiers_decide() {
    let mut ship = entity("angara", Schema::Vessel, &["ANGARA"]);
    ship.add_identifier(Identifier::parse(Scheme::ImoShip, "9179842").unwrap());
    let screener = screener(vec![ship]);
    let ask = |name: &str, imo: &str| {
        let mut query = entity("q", Schema::Vessel, &[name]);
        query.add_identifier(Identifier::parse(Scheme::ImoShip, imo).unwrap());
        screener.screen(&query, Options { threshold: 0.7, limit: 5 }).unwrap()
    };
    assert_eq!(ask("Renamed Star", "IMO 9179842").len(), 1);
    assert_eq!(ask("Angara", "9198783").len(), 0);
    let mut query = Entity::new(EntityId::new("", ""), Schema::Vessel);
    query.add_identifier(Identifier::parse(Scheme::ImoShip, "9179842").unwrap());
    assert_eq!(screener.screen(&query, Options { threshold: 0.7, limit: 5 }).unwrap().len(), 1);
}

#[test]
fn dates_support_and_contradict() {
    let mut listed = entity("1", Schema::Person, &["Ali Hassan"]);
    listed.add_date(DateRole::Birth, PartialDate::parse("1975-03-04").unwrap());
    let screener = screener(vec![listed]);
    let ask = |date: Option<&str>| {
        let mut query = entity("q", Schema::Person, &["Ali Hassan"]);
        if let Some(date) = date {
            query.add_date(DateRole::Birth, PartialDate::parse(date).unwrap());
        }
        screener.screen(&query, Options { threshold: 0.0, limit: 1 }).unwrap()[0].score
    };
    assert!(ask(None) >= 0.99);
    assert!(ask(Some("1975-03-04")) > ask(None));
    assert!(ask(Some("1999-11-25")) < 0.7);
}

#[test]
fn a_query_of_nothing_is_refused() {
    let screener = screener(vec![entity("1", Schema::Person, &["Ali"])]);
    let query = Entity::new(EntityId::new("", ""), Schema::Person);
    assert!(screener.screen(&query, Options { threshold: 0.7, limit: 5 }).is_err());
    assert!(
        screener.screen(&entity("q", Schema::Person, &["--"]), Options { threshold: 0.7, limit: 5 }).is_err()
    );
}

#[test]
fn damaged_bytes_are_refused_or_harmless() {
    let bytes = Segment::build(&Snapshot::new(
        "test",
        None,
        vec![entity("1", Schema::Person, &["Ali Hassan"])],
        vec![],
    ));
    for cut in 0..bytes.len() {
        if let Ok(segment) = Segment::open(Arc::new(bytes[..cut].to_vec())) {
            drop(segment);
            panic!("a cut-off segment was opened at {cut}");
        }
    }
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        if let Ok(segment) = Segment::open(Arc::new(damaged)) {
            let screener = Screener::new(vec![Arc::new(segment)], Policy::default());
            let _ = screener
                .screen(&entity("q", Schema::Thing, &["Ali Hassan"]), Options { threshold: 0.5, limit: 5 });
        }
    }
}

const FIRST: &[&str] = &[
    "Mohammed", "Ali", "Kim", "Jong", "Vladimir", "Sergey", "Ivan", "Abdul", "Maria", "Li", "Juan", "Carlos",
    "Fatima", "Hassan", "A.", "Oleg", "Yong", "Chol", "Trading", "Bank", "General", "Star", "44",
];
const LAST: &[&str] = &[
    "Hassan",
    "Khan",
    "Un",
    "Putin",
    "Lavrov",
    "Kozhemyako",
    "Rahman",
    "Al-Tikriti",
    "Wang",
    "Perez",
    "Sechin",
    "Ri",
    "Company",
    "LLC",
    "Holdings",
    "Mkrtychev",
    "Yevgenyevich",
    "محمد",
    "Путин",
    "de la Cruz",
    "Makhlouf",
    "Usmanov",
    "bin Laden",
];

fn a_name() -> impl Strategy<Value = String> {
    let part = prop_oneof![proptest::sample::select(FIRST), proptest::sample::select(LAST)];
    proptest::collection::vec(part, 1..=4).prop_map(|parts| parts.join(" "))
}

fn a_party() -> impl Strategy<Value = Entity> {
    let schema =
        proptest::sample::select(&[Schema::Person, Schema::Company, Schema::LegalEntity, Schema::Vessel][..]);
    let names = proptest::collection::vec(a_name(), 1..=3);
    let year = proptest::option::of(1950i16..1960);
    let country = proptest::option::of(proptest::sample::select(&["ru", "kp", "iq"][..]));
    let number = proptest::option::of(proptest::sample::select(&["9179842", "7707083893", "AB12345"][..]));
    (schema, names, year, country, number).prop_map(|(schema, names, year, country, number)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut party = entity("x", schema, &names);
        if let Some(date) = year.and_then(|year| PartialDate::point(year, Some(3), Some(4))) {
            party.add_date(DateRole::Birth, date);
        }
        if let Some(country) = country.and_then(Country::from_code) {
            party.add_country(CountryRole::Nationality, country);
        }
        if let Some(number) = number.and_then(|number| Identifier::parse(Scheme::Inn, number).ok()) {
            party.add_identifier(number);
        }
        party
    })
}

/// Swaps, drops, doubles and joins letters of a name.
fn alter(name: &str, edits: &[(u8, usize)]) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    for &(kind, at) in edits {
        if letters.is_empty() {
            break;
        }
        let at = at % letters.len();
        match kind % 4 {
            0 if at + 1 < letters.len() => letters.swap(at, at + 1),
            1 => {
                letters.remove(at);
            }
            2 => letters.insert(at, letters[at]),
            _ => letters[at] = 'o',
        }
    }
    letters.into_iter().collect()
}

static LISTED: LazyLock<Screener> = LazyLock::new(|| {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let entities = (0..300).map(|key| {
        let mut party = a_party().new_tree(&mut runner).unwrap().current();
        party.id = EntityId::new("test", &key.to_string());
        party
    });
    screener(entities.collect())
});

/// Number of cases; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    ProptestConfig::default().cases.max(300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// The index finds what comparison with every name finds: the same entities with the same scores.
    #[test]
    fn the_index_loses_nothing(
        mut query in a_party(),
        edits in proptest::collection::vec((0u8..4, 0usize..40), 0..4),
        threshold in proptest::sample::select(&[0.0, 0.0001, 0.3, 0.5, 0.7, 0.9][..]),
    ) {
        query.names[0].text = alter(&query.names[0].text, &edits);
        let options = Options { threshold, limit: 1000 };
        let (indexed, exhaustive) = (LISTED.screen(&query, options), LISTED.screen_exhaustively(&query, options));
        match (indexed, exhaustive) {
            (Ok(indexed), Ok(exhaustive)) => {
                let missed: Vec<_> = exhaustive.iter().filter(|found| !indexed.contains(found)).collect();
                prop_assert!(missed.is_empty(), "{:?} {:?} missed {:#?}", query.schema, query.names, missed);
                prop_assert_eq!(ids(&indexed), ids(&exhaustive));
            }
            (indexed, exhaustive) => prop_assert_eq!(indexed.is_err(), exhaustive.is_err()),
        }
    }

    /// A match's score is what its evidence adds up to, and the same pair alone gives the same score.
    #[test]
    fn scores_recompute(query in a_party()) {
        let policy = Policy::default();
        for found in LISTED.screen(&query, Options { threshold: 0.5, limit: 20 }).unwrap() {
            prop_assert_eq!(policy.score(&found.evidence), found.score);
            let alone = score_pair(&policy, &query, found.entity.clone());
            prop_assert_eq!(alone.score, found.score, "{:?}\n{:?}", alone.evidence, found.evidence);
        }
    }

    #[test]
    fn any_query_is_answered(name in "\\PC{0,60}") {
        let query = entity("q", Schema::Thing, &[&name]);
        let _ = LISTED.screen(&query, Options { threshold: 0.7, limit: 5 });
    }
}

#[test]
fn every_listed_name_finds_its_entity_first() {
    let entities: Vec<Entity> = LISTED.segments()[0].entities().collect();
    for listed in entities {
        for name in &listed.names {
            let query = entity("q", listed.schema, &[&name.text]);
            let found = LISTED.screen(&query, Options { threshold: 0.7, limit: 50 }).unwrap();
            let own = found.iter().find(|found| found.entity.id == listed.id);
            let own = own.unwrap_or_else(|| panic!("{} is not found", name.text));
            assert!(own.score >= 0.99, "{}: {} {:?}", name.text, own.score, own.evidence);
        }
    }
}

#[test]
fn building_twice_gives_the_same_bytes() {
    let entities: Vec<Entity> = LISTED.segments()[0].entities().collect();
    let snapshot = Snapshot::new("test", None, entities, vec![]);
    assert!(Segment::build(&snapshot) == Segment::build(&snapshot));
}
