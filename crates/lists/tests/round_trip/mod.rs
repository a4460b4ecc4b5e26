//! Any entity to FollowTheMoney and back: what FollowTheMoney has a place for is the same afterwards.

use cordon_lists::{SourceFile, format_named};
use cordon_model::ftm::to_ftm;
use cordon_model::{
    Address, Country, CountryFact, CountryRole, DateFact, DatePoint, DateRole, Designation, Direction,
    Entity, EntityId, Identifier, Measure, Name, NameKind, NamePartKind, PartialDate, Relation, RelationKind,
    Schema, Scheme,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

const LIST: &str = "ex_list";

fn read_back(entity: &Entity) -> Entity {
    let line = serde_json::to_string(&to_ftm(entity)).unwrap() + "\n";
    let file = SourceFile { name: "entities.ftm.json", bytes: line.as_bytes() };
    let snapshot = format_named("ftm_json").unwrap().parse(LIST, &[file]).unwrap();
    assert_eq!(snapshot.entities().len(), 1, "{line}");
    snapshot.entities()[0].clone()
}

/// The entity without what FollowTheMoney has no place for, its values in one order.
fn carried(mut entity: Entity) -> Entity {
    for (index, name) in entity.names.iter_mut().enumerate() {
        name.language = None;
        name.published = None;
        if index > 0 {
            name.parts.clear();
        }
        name.parts.retain(|part| part.kind != NamePartKind::Nickname);
        for part in &mut name.parts {
            if part.kind == NamePartKind::Maiden {
                part.kind = NamePartKind::Family;
            }
        }
    }
    let mut dates: Vec<DateFact> = Vec::new();
    for fact in &entity.dates {
        for end in [fact.date.from(), fact.date.to()] {
            dates.extend(point(Some(end)).map(|date| DateFact { role: fact.role, date }));
        }
    }
    entity.dates = dates;
    for identifier in &mut entity.identifiers {
        identifier.issued = beginning(identifier.issued);
        identifier.expires = beginning(identifier.expires);
    }
    for act in &mut entity.designations {
        act.listed = beginning(act.listed);
        act.ended = beginning(act.ended);
        act.amended = act.amended.iter().filter_map(|date| beginning(Some(*date))).collect();
        act.amended.sort_unstable();
        act.amended.dedup();
        act.measures.sort_unstable();
        act.measures.dedup();
    }
    for relation in &mut entity.relations {
        relation.start = beginning(relation.start);
        relation.end = beginning(relation.end);
    }
    in_order(entity)
}

fn in_order(mut entity: Entity) -> Entity {
    entity.names[1..].sort();
    entity.dates.sort();
    entity.dates.dedup();
    entity.countries.sort();
    entity.identifiers.sort();
    entity.addresses.sort();
    entity.designations.sort();
    entity.relations.sort();
    entity.referents.sort();
    entity.properties.values_mut().for_each(|values| values.sort());
    entity
}

fn point(point: Option<DatePoint>) -> Option<PartialDate> {
    point.and_then(|point| PartialDate::point(point.year(), point.month(), point.day()))
}

fn beginning(date: Option<PartialDate>) -> Option<PartialDate> {
    point(date.map(PartialDate::from))
}

fn word() -> impl Strategy<Value = String> {
    "[A-Z][a-z]{2,6}"
}

fn words() -> impl Strategy<Value = String> {
    vec(word(), 1..4).prop_map(|words| words.join(" "))
}

fn date() -> impl Strategy<Value = PartialDate> {
    (1900i16..2030, option::of(1u8..=12), option::of(1u8..=28), option::of(0i16..5), any::<bool>()).prop_map(
        |(year, month, day, more, circa)| {
            let from = DatePoint::new(year, month, month.and(day)).unwrap();
            let to = more.and_then(|more| DatePoint::new(year + 1 + more, None, None));
            let date = to.and_then(|to| PartialDate::range(from, to)).or(point(Some(from))).unwrap();
            if circa { date.circa() } else { date }
        },
    )
}

fn country() -> impl Strategy<Value = Country> {
    prop::sample::select(Country::all().collect::<Vec<_>>())
}

fn schema() -> impl Strategy<Value = Schema> {
    prop::sample::select(vec![
        Schema::Thing,
        Schema::LegalEntity,
        Schema::Person,
        Schema::Organization,
        Schema::Company,
        Schema::PublicBody,
        Schema::Vessel,
        Schema::Airplane,
        Schema::Security,
    ])
}

/// A primary name with parts out of it, its original script, and others.
fn names() -> impl Strategy<Value = Vec<Name>> {
    let kinds = prop::sample::select(vec![NameKind::Alias, NameKind::WeakAlias, NameKind::Former]);
    let other = (kinds, words(), option::of(Just("ru".to_owned())), any::<bool>()).prop_map(
        |(kind, text, language, published)| {
            let mut name = Name::new(kind, &text);
            name.language = language;
            name.published = published.then(|| format!("{text} (x)"));
            name
        },
    );
    let script = option::of(prop::sample::select(vec!["김정은", "Иван Орлов", "حسن"]));
    (word(), word(), word(), any::<[bool; 3]>(), script, vec(other, 0..4)).prop_map(
        |(given, father, family, typed, script, others)| {
            let parts = [
                (NamePartKind::Given, &given),
                (NamePartKind::Patronymic, &father),
                (NamePartKind::Family, &family),
            ];
            let text = format!("{given} {father} {family}");
            let typed = parts
                .iter()
                .zip(typed)
                .filter(|(_, typed)| *typed)
                .map(|((kind, text), _)| (*kind, text.as_str()));
            let mut names = vec![Name::new(NameKind::Primary, &text).with_parts(typed)];
            names.extend(script.map(|script| Name::new(NameKind::OriginalScript, script)));
            for other in others {
                if !names.iter().any(|name| name.text == other.text) {
                    names.push(other);
                }
            }
            names
        },
    )
}

/// Identifiers of every scheme whose property tells it from others, and of others with their words.
fn identifier() -> impl Strategy<Value = Identifier> {
    let scheme = prop::sample::select(Scheme::all().collect::<Vec<_>>());
    let about = (
        option::of(words()),
        option::of(country()),
        option::of(date()),
        option::of(date()),
        option::of(words()),
    );
    (scheme, "[0-9A-Z]{6,12}( [0-9]{2})?", about).prop_map(
        |(scheme, text, (kind, country, issued, expires, note))| {
            let mut read = Identifier::parse(scheme, &text).unwrap();
            read.kind = kind.unwrap_or_default();
            if read.scheme == Scheme::Crypto {
                read.kind = read.kind.to_uppercase();
            }
            read.country = country;
            read.issued = issued;
            read.expires = expires;
            read.note = note.unwrap_or_default();
            read
        },
    )
}

fn address() -> impl Strategy<Value = Address> {
    (
        option::of(words()),
        option::of(words()),
        option::of(word()),
        option::of("[0-9]{5}"),
        option::of(country()),
        option::of(words()),
    )
        .prop_map(|(street, city, region, postal_code, country, note)| Address {
            street: street.unwrap_or_default(),
            city: city.unwrap_or_default(),
            region: region.unwrap_or_default(),
            postal_code: postal_code.unwrap_or_default(),
            country,
            note: note.unwrap_or_default(),
        })
        .prop_filter("an address is not empty", |address| !address.is_empty())
}

fn designation() -> impl Strategy<Value = Designation> {
    let measures: Vec<Measure> = Measure::TABLE.iter().map(|row| row.0).collect();
    let texts =
        (words(), "[A-Z]{2}-[0-9]{3}", option::of(words()), option::of("[A-Z]{3}[0-9]"), option::of(words()));
    let dates = (option::of(date()), vec(date(), 0..3), option::of(date()));
    (texts, vec(prop::sample::select(measures), 0..4), dates, option::of(word())).prop_map(
        |((authority, program, title, reference, reason), measures, (listed, amended, ended), url)| {
            Designation {
                authority,
                program,
                title: title.unwrap_or_default(),
                reference: reference.unwrap_or_default(),
                measures,
                listed,
                amended,
                ended,
                reason: reason.unwrap_or_default(),
                url: url.map(|path| format!("https://authority.example/{path}")).unwrap_or_default(),
            }
        },
    )
}

fn relation() -> impl Strategy<Value = Relation> {
    let kinds = prop::sample::select(vec![
        RelationKind::Ownership,
        RelationKind::Directorship,
        RelationKind::Membership,
        RelationKind::Employment,
        RelationKind::Representation,
        RelationKind::Family,
        RelationKind::Associate,
        RelationKind::Support,
        RelationKind::Succession,
        RelationKind::Unknown,
    ]);
    let directions = prop::sample::select(vec![Direction::Outgoing, Direction::Incoming]);
    let ends = (option::of("ex_list:[a-z]{3}[0-9]"), option::of(words()));
    let more = (option::of("[0-9]{1,2}%"), option::of(date()), option::of(date()), option::of(words()));
    (kinds, directions, ends, option::of(words()), more).prop_map(
        |(kind, direction, (other, name), role, (share, start, end, quality))| {
            let name = if other.is_none() {
                name.unwrap_or_else(|| "Nobody".to_owned())
            } else {
                name.unwrap_or_default()
            };
            Relation {
                kind,
                direction,
                other,
                name,
                role: role.unwrap_or_default(),
                share: share.unwrap_or_default(),
                start,
                end,
                quality: quality.unwrap_or_default(),
            }
        },
    )
}

prop_compose! {
    fn entity()(
        schema in schema(),
        names in names(),
        dates in vec((prop::sample::select(DateRole::TABLE.map(|row| row.0).to_vec()), date()), 0..3),
        countries in vec((prop::sample::select(CountryRole::TABLE.map(|row| row.0).to_vec()), country()), 0..4),
        identifiers in vec(identifier(), 0..4),
        addresses in vec(address(), 0..3),
        designations in vec(designation(), 0..3),
        relations in vec(relation(), 0..3),
        properties in proptest::collection::btree_map("(gender|title|notes|topics|website|target|datasets)", vec(words(), 1..3), 0..4),
        referents in vec("ex_list:[a-z]{4}", 0..3),
    ) -> Entity {
        let mut entity = Entity::new(EntityId::new(LIST, "own"), schema);
        entity.names = names;
        for (role, date) in dates {
            entity.add_date(role, date);
        }
        for (role, country) in countries {
            let fact = CountryFact { role, country };
            if !entity.countries.contains(&fact) {
                entity.countries.push(fact);
            }
        }
        for identifier in identifiers {
            // A registration is an aircraft's mark, and a mark a registration, where the schema says so.
            let told = match identifier.scheme {
                Scheme::Registration => schema != Schema::Airplane,
                Scheme::AircraftTail => schema == Schema::Airplane,
                _ => true,
            };
            if told && !entity.identifiers.iter().any(|held| held.value == identifier.value) {
                entity.identifiers.push(identifier);
            }
        }
        for address in addresses {
            if !entity.addresses.contains(&address) {
                entity.addresses.push(address);
            }
        }
        for act in designations {
            if !entity.designations.contains(&act) {
                entity.designations.push(act);
            }
        }
        for relation in relations {
            if !entity.relations.contains(&relation) {
                entity.relations.push(relation);
            }
        }
        for (property, values) in properties {
            match property.as_str() {
                "target" => entity.add("target", "false"),
                _ => values.iter().for_each(|value| entity.add(&property, value)),
            }
        }
        entity.referents = referents;
        entity
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn facts_are_the_same_after_the_wire(entity in entity()) {
        prop_assert_eq!(read_back(&entity), carried(entity));
    }
}
