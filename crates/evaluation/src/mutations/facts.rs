//! The name as listed with other facts, and other names with the same facts.

use crate::dice::Dice;
use crate::listed::{Listed, group};
use cordon_model::{
    Country, CountryRole, DateRole, Entity, EntityId, Identifier, Name, NameKind, PartialDate, Scheme,
};

/// A query of one name for the kind of entity listed.
pub(crate) fn query(listed: &Listed<'_>, text: &str) -> Entity {
    let mut query = Entity::new(EntityId::from(String::new()), listed.entity.schema);
    query.add_name(Name::new(NameKind::Primary, text));
    query
}

fn with_birth(listed: &Listed<'_>, text: &str, date: PartialDate) -> Entity {
    let mut query = query(listed, text);
    query.add_date(DateRole::Birth, date);
    query
}

/// A pet form together with the right date of birth.
pub(crate) fn pet_form_with_birth(listed: &Listed<'_>, dice: &mut Dice) -> Option<Entity> {
    let (date, _) = listed.birth_day()?;
    Some(with_birth(listed, &super::parts::pet_form(listed, dice)?, date))
}

/// Countries far from most of those that lists name, for people who only share a name.
const ELSEWHERE: [&str; 6] = ["nz", "is", "fi", "uy", "jp", "ca"];

/// A namesake: the same name, born half a life apart in another country. Of names whose words are common only.
pub(crate) fn namesake(listed: &Listed<'_>, dice: &mut Dice) -> Option<Entity> {
    let (_, (year, month, day)) = listed.birth_day()?;
    let same_day_only =
        listed.entity.dates_of(DateRole::Birth).all(|date| (date.earliest().0 - year).abs() < 6);
    if listed.rarity() != "common" || listed.words.len() < 2 || !same_day_only {
        return None;
    }
    let apart = 15 + dice.below(20) as i16;
    let other = if year > 1960 { year - apart } else { year + apart };
    let date = PartialDate::point(other, Some(month % 12 + 1), Some((day + 7) % 27 + 1))?;
    let own: Vec<&str> = listed.entity.countries.iter().map(|fact| fact.country.code()).collect();
    let countries: Vec<&&str> = ELSEWHERE.iter().filter(|code| !own.contains(code)).collect();
    let mut query = with_birth(listed, &listed.spoken(), date);
    query.add_country(CountryRole::Nationality, Country::from_code(dice.pick(&countries)?)?);
    (!own.is_empty()).then_some(query)
}

/// The date of birth as it is often wrong: day and month exchanged, a year off, about the year, the year or the first of
/// January alone.
pub(crate) fn birth_noise(listed: &Listed<'_>, dice: &mut Dice) -> Option<Entity> {
    let (_, (year, month, day)) = listed.birth_day()?;
    let date = match dice.below(5) {
        0 if day <= 12 && day != month => PartialDate::point(year, Some(day), Some(month))?,
        0 | 1 => {
            let other = if dice.chance(50) { year + 1 } else { year - 1 };
            PartialDate::point(other, Some(month), Some(day.min(28)))?
        }
        2 => PartialDate::point(year, None, None)?.circa(),
        3 => PartialDate::point(year, None, None)?,
        _ => PartialDate::point(year, Some(1), Some(1))?,
    };
    (listed.words.len() > 1).then(|| with_birth(listed, &listed.spoken(), date))
}

/// The year of birth of the Hijri calendar.
pub(crate) fn birth_hijri(listed: &Listed<'_>, _: &mut Dice) -> Option<Entity> {
    let (_, (year, _, _)) = listed.birth_day()?;
    let muslim =
        matches!(listed.origin(), Some(crate::listed::Origin::Arabic | crate::listed::Origin::Persian));
    // 33 lunar years are 32 solar ones, counted from AD 622.
    let hijri = (f64::from(year - 622) * 33.0 / 32.0).round() as i16;
    (muslim && listed.words.len() > 1)
        .then(|| Some(with_birth(listed, &listed.spoken(), PartialDate::point(hijri, None, None)?)))
        .flatten()
}

const SHIP_WORDS: [[&str; 8]; 2] = [
    ["Golden", "Silver", "Ocean", "Nordic", "Pacific", "Royal", "Coral", "Amber"],
    ["Horizon", "Pearl", "Falcon", "Meadow", "Harmony", "Lantern", "Sparrow", "Willow"],
];

fn ship_name(dice: &mut Dice) -> Option<String> {
    Some(format!("{} {}", dice.pick(&SHIP_WORDS[0])?, dice.pick(&SHIP_WORDS[1])?))
}

fn imo_of<'a>(listed: &Listed<'a>) -> Option<&'a Identifier> {
    let entity = listed.entity;
    let ship = group(entity.schema) == "vessel";
    entity.identifiers.iter().find(|id| ship && id.scheme == Scheme::ImoShip)
}

/// A ship under a new name: the hull's number is the same.
pub(crate) fn renamed_ship(listed: &Listed<'_>, dice: &mut Dice) -> Option<Entity> {
    let imo = imo_of(listed)?;
    let mut query = query(listed, &ship_name(dice)?);
    query.add_identifier(Identifier::parse(Scheme::ImoShip, &imo.value).ok()?);
    Some(query)
}

/// An IMO number whose check digit is right and that no listed ship is likely to bear.
fn free_imo(dice: &mut Dice) -> String {
    let digits: Vec<usize> =
        (0..6).map(|at| if at == 0 { 5 + dice.below(5) } else { dice.below(10) }).collect();
    let sum: usize = digits.iter().zip((2..=7).rev()).map(|(digit, weight)| digit * weight).sum();
    digits.iter().chain([&(sum % 10)]).map(ToString::to_string).collect()
}

/// Another ship of the same name.
pub(crate) fn other_ship(listed: &Listed<'_>, dice: &mut Dice) -> Option<Entity> {
    imo_of(listed)?;
    let number = free_imo(dice);
    if listed.entity.identifiers.iter().any(|id| id.value == number) {
        return None;
    }
    let mut query = query(listed, &listed.spoken());
    query.add_identifier(Identifier::parse(Scheme::ImoShip, &number).ok()?);
    Some(query)
}

/// Names nobody on a list is likely to bear.
const STRANGERS: [&str; 4] =
    ["Ottoline Featherstonehaugh", "Barnaby Wrexleigh", "Philippa Umbersdale", "Cosmo Tindlemarsh"];

fn stranger(listed: &Listed<'_>, dice: &mut Dice) -> Option<Entity> {
    let name = match group(listed.entity.schema) {
        "person" => (*dice.pick(&STRANGERS)?).to_owned(),
        "vessel" => ship_name(dice)?,
        _ => format!("{} Wrexleigh Partners", dice.pick(&SHIP_WORDS[0])?),
    };
    Some(query(listed, &name))
}

/// Schemes whose values are long enough to be recognised, with labels people put before them.
const LABELS: &[(Scheme, &str)] = &[
    (Scheme::ImoShip, "IMO"),
    (Scheme::Inn, "INN "),
    (Scheme::Ogrn, "OGRN: "),
    (Scheme::Passport, ""),
    (Scheme::NationalId, ""),
    (Scheme::Lei, ""),
    (Scheme::Bic, ""),
    (Scheme::TaxId, ""),
    (Scheme::Registration, ""),
    (Scheme::Mmsi, "MMSI "),
];

fn known_identifier<'a>(listed: &Listed<'a>, dice: &mut Dice) -> Option<(&'a Identifier, &'static str)> {
    let entity = listed.entity;
    let known: Vec<(&Identifier, &str)> = entity
        .identifiers
        .iter()
        .filter(|id| id.value.len() >= 6 && id.value.is_ascii())
        .filter_map(|id| Some((id, LABELS.iter().find(|row| row.0 == id.scheme)?.1)))
        .collect();
    dice.pick(&known).copied()
}

/// Schemes whose values are unique in the world.
const UNIQUE: [Scheme; 5] = [Scheme::ImoShip, Scheme::Inn, Scheme::Ogrn, Scheme::Lei, Scheme::Bic];

/// An identifier with blanks, hyphens, small letters or its label: one that is unique in the world under another name,
/// another one beside the initials of a person's name.
pub(crate) fn identifier_noise(listed: &Listed<'_>, dice: &mut Dice) -> Option<Entity> {
    let (known, label) = known_identifier(listed, dice)?;
    let query = if UNIQUE.contains(&known.scheme) {
        stranger(listed, dice)?
    } else {
        query(listed, &super::parts::initials(listed, dice)?)
    };
    with_noise(query, known, label, dice)
}

/// A passport or register number, not unique in the world, under another name.
pub(crate) fn identifier_other_name(listed: &Listed<'_>, dice: &mut Dice) -> Option<Entity> {
    let (known, label) =
        known_identifier(listed, dice).filter(|(known, _)| !UNIQUE.contains(&known.scheme))?;
    with_noise(stranger(listed, dice)?, known, label, dice)
}

fn with_noise(mut query: Entity, known: &Identifier, label: &str, dice: &mut Dice) -> Option<Entity> {
    let (head, tail) = known.value.split_at(known.value.len() / 2);
    let written = match dice.below(3) {
        0 => format!("{label}{head}{tail}"),
        1 => format!("{head}-{tail}"),
        _ => format!(" {} {} ", head.to_lowercase(), tail.to_lowercase()),
    };
    query.add_identifier(Identifier::parse(known.scheme, &written).ok()?.with_country(known.country));
    Some(query)
}

/// Letters and digits that look alike, exchanged once in a passport or register number under the listed name's initials.
pub(crate) fn identifier_misread(listed: &Listed<'_>, dice: &mut Dice) -> Option<Entity> {
    const ALIKE: [(char, char); 8] =
        [('O', '0'), ('0', 'O'), ('I', '1'), ('1', 'I'), ('B', '8'), ('8', 'B'), ('S', '5'), ('5', 'S')];
    let (known, _) = known_identifier(listed, dice)?;
    let mut letters: Vec<char> = known.value.chars().collect();
    let spots: Vec<(usize, char)> = letters
        .iter()
        .enumerate()
        .filter_map(|(at, letter)| Some((at, ALIKE.iter().find(|row| row.0 == *letter)?.1)))
        .collect();
    let &(at, other) = dice.pick(&spots)?;
    letters[at] = other;
    let value: String = letters.into_iter().collect();
    let mut query = query(listed, &super::parts::initials(listed, dice)?);
    query.add_identifier(Identifier::parse(known.scheme, &value).ok()?.with_country(known.country));
    Some(query)
}

/// The name inside the text of a payment.
pub(crate) fn payment_text(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if listed.words.len() < 2 || !listed.is_latin() || listed.name.text.contains(['(', '/', ',']) {
        return None;
    }
    let form = *dice.pick(&[
        "/REF/ FOR ACC {} BRATISLAVA INV 7",
        "/INS/ORDER OF {} /INV/2023-114 DD 03.04",
        "PAYMENT FOR GOODS, {}, CONTRACT 88/21",
        "/BNF/{} //UNDER PO 5521",
    ])?;
    Some(form.replace("{}", &listed.spoken().to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listed::tests::{named, person};
    use cordon_model::{Check, Schema};

    #[test]
    fn other_people_and_ships() {
        let mut entity = person("Ali Hassan", "iq");
        entity.add_date(DateRole::Birth, PartialDate::parse("1975-05-06").unwrap());
        let listed = Listed::new(&entity, &entity.names[0]);
        for seed in 0..50 {
            let query = namesake(&listed, &mut Dice::new(seed, &[])).unwrap();
            let year = query.dates[0].date.earliest().0;
            assert!((year - 1975).abs() >= 15 && query.countries[0].country.code() != "iq");
            assert!(free_imo(&mut Dice::new(seed, &[])).len() == 7);
            let noisy = birth_noise(&listed, &mut Dice::new(seed, &[])).unwrap();
            assert!((noisy.dates[0].date.earliest().0 - 1975).abs() <= 1);
        }
        let mut ship = named(Schema::Vessel, "LADY R");
        ship.add_identifier(Identifier::parse(Scheme::ImoShip, "9161003").unwrap());
        let listed = Listed::new(&ship, &ship.names[0]);
        let mut dice = Dice::new(5, &[]);
        let other = other_ship(&listed, &mut dice).unwrap();
        assert_eq!(other.identifiers[0].check, Check::Passed);
        assert_ne!(other.identifiers[0].value, "9161003");
        assert_eq!(renamed_ship(&listed, &mut dice).unwrap().identifiers[0].value, "9161003");
        for seed in 0..20 {
            let noisy = identifier_noise(&listed, &mut Dice::new(seed, &[])).unwrap();
            assert_eq!(noisy.identifiers[0].value, "9161003");
        }
    }
}
