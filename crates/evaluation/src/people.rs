//! Made-up people who are on no list, of many cultures.
//!
//! In: a number and a seed. Out: persons with a name, a date of birth and a nationality. Names are put together from
//! lists of usual ones, the more usual more often; that a listed person bears the same name is as likely as in life.

mod tables;

use crate::dice::Dice;
use cordon_model::{Country, CountryRole, DateRole, Entity, EntityId, Name, NameKind, PartialDate, Schema};
use std::collections::BTreeSet;
use tables::CULTURES;

/// How a culture's names are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Given name, family name.
    GivenFamily,
    /// Family name, given name.
    FamilyGiven,
    /// Family name and a given name of two syllables.
    FamilySyllables,
    /// Given name, patronymic of the father's name, family name with an ending for women.
    Patronymic,
    /// Given name, the father's family name, the mother's.
    TwoFamilies,
    /// Given name, the father's, family name or the grandfather's.
    Chain,
}

/// A culture with its usual names, the most usual first, blanks between.
struct Culture {
    id: &'static str,
    countries: &'static [&'static str],
    form: Form,
    men: &'static str,
    women: &'static str,
    families: &'static str,
}

/// A made-up person.
#[derive(Debug, Clone)]
pub(crate) struct Unlisted {
    /// Culture the name is of.
    pub(crate) culture: &'static str,
    /// Name, date of birth and nationality.
    pub(crate) entity: Entity,
}

impl Unlisted {
    /// The same with the name alone.
    pub(crate) fn name_alone(&self) -> Entity {
        named(self.entity.caption())
    }
}

fn named(name: &str) -> Entity {
    let mut entity = Entity::new(EntityId::from(String::new()), Schema::Person);
    entity.add_name(Name::new(NameKind::Primary, name));
    entity
}

/// As many people as wanted, of all cultures in turn. No name comes twice.
pub(crate) fn people(count: usize, seed: u64) -> Vec<Unlisted> {
    let mut names = BTreeSet::new();
    let mut people = Vec::with_capacity(count);
    // A culture whose names are used up is passed over; the bound only guards against all of them being so.
    for turn in 0..count * 20 {
        if people.len() == count {
            break;
        }
        let culture = &CULTURES[turn % CULTURES.len()];
        let dice = &mut Dice::new(seed, &["people", culture.id, &turn.to_string()]);
        if let Some(person) = person(culture, dice)
            && names.insert(person.entity.caption().to_owned())
        {
            people.push(person);
        }
    }
    people
}

fn person(culture: &Culture, dice: &mut Dice) -> Option<Unlisted> {
    let mut entity = named(&name(culture, dice)?);
    let year = 1940 + dice.below(66) as i16;
    let (month, day) = (1 + dice.below(12) as u8, 1 + dice.below(28) as u8);
    entity.add_date(DateRole::Birth, PartialDate::point(year, Some(month), Some(day))?);
    entity.add_country(CountryRole::Nationality, Country::from_code(dice.pick_early(culture.countries)?)?);
    Some(Unlisted { culture: culture.id, entity })
}

fn name(culture: &Culture, dice: &mut Dice) -> Option<String> {
    let words = |text: &'static str| text.split(' ').collect::<Vec<&str>>();
    let female = dice.chance(50);
    let (men, families) = (words(culture.men), words(culture.families));
    let given_names = if female { words(culture.women) } else { men.clone() };
    let given = *dice.pick_early(&given_names)?;
    let family = *dice.pick_early(&families)?;
    Some(match culture.form {
        Form::GivenFamily => format!("{given} {family}"),
        Form::FamilyGiven => format!("{family} {given}"),
        Form::FamilySyllables => format!("{family} {given} {}", dice.pick(&given_names)?),
        Form::Patronymic => {
            let father = patronymic(dice.pick_early(&men)?, female);
            let family = if female { of_a_woman(family) } else { family.to_owned() };
            format!("{given} {father} {family}")
        }
        Form::TwoFamilies => format!("{given} {family} {}", dice.pick_early(&families)?),
        Form::Chain => format!("{given} {} {family}", dice.pick_early(&men)?),
    })
}

fn patronymic(father: &str, female: bool) -> String {
    let (stem, son, daughter) = if let Some(stem) = father.strip_suffix("iy") {
        (format!("{stem}y"), "evich", "evna")
    } else if let Some(stem) = father.strip_suffix(['y', 'i']) {
        (stem.to_owned(), "evich", "evna")
    } else if let Some(stem) = father.strip_suffix(['a', 'o']) {
        (stem.to_owned(), "ovich", "ovna")
    } else {
        (father.to_owned(), "ovich", "ovna")
    };
    format!("{stem}{}", if female { daughter } else { son })
}

fn of_a_woman(family: &str) -> String {
    match family.strip_suffix("sky") {
        Some(stem) => format!("{stem}skaya"),
        None if family.ends_with("ov") || family.ends_with("ev") || family.ends_with("in") => {
            format!("{family}a")
        }
        None => family.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_repeat_differ_and_are_whole() {
        let first = people(2000, 1);
        let captions = |people: &[Unlisted]| {
            people.iter().map(|person| person.entity.caption().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(captions(&first), captions(&people(2000, 1)));
        assert_ne!(captions(&first), captions(&people(2000, 2)));
        assert_eq!(first.len(), 2000);
        for person in &first {
            assert_eq!((person.entity.dates.len(), person.entity.countries.len()), (1, 1));
            assert!(person.entity.caption().split(' ').count() >= 2, "{}", person.entity.caption());
            assert_eq!(person.name_alone().dates, []);
        }
    }

    #[test]
    fn tables_are_sound() {
        let ids: BTreeSet<&str> = CULTURES.iter().map(|culture| culture.id).collect();
        assert!(ids.len() == CULTURES.len() && ids.len() >= 20, "{}", ids.len());
        for culture in CULTURES {
            assert!(
                culture.countries.iter().all(|code| Country::from_code(code).is_some()),
                "{}",
                culture.id
            );
            for names in [culture.men, culture.women, culture.families] {
                let known: Vec<&str> = names.split(' ').collect();
                let distinct: BTreeSet<&&str> = known.iter().collect();
                assert!(known.len() >= 20 && distinct.len() == known.len(), "{}: {known:?}", culture.id);
                assert!(known.iter().all(|name| !name.is_empty()), "{}", culture.id);
            }
        }
    }

    #[test]
    fn russian_endings() {
        for (father, son, daughter) in [
            ("Ivan", "Ivanovich", "Ivanovna"),
            ("Sergey", "Sergeevich", "Sergeevna"),
            ("Dmitriy", "Dmitryevich", "Dmitryevna"),
        ] {
            assert_eq!(
                (patronymic(father, false).as_str(), patronymic(father, true).as_str()),
                (son, daughter)
            );
        }
        assert_eq!(of_a_woman("Zhukovsky"), "Zhukovskaya");
        assert_eq!(of_a_woman("Bondarenko"), "Bondarenko");
    }
}
