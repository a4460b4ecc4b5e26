//! Parts of persons' names left out, added or exchanged.

use super::{another, capitalised, places, recased};
use crate::dice::Dice;
use crate::listed::{Listed, Origin, PARTICLES, RARITIES, is_patronymic};
use cordon_model::NameKind;

fn is_particle(word: &str) -> bool {
    let lower = word.to_lowercase();
    let bare = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    PARTICLES.contains(&bare)
        || lower.starts_with("al-")
        || lower.starts_with("el-")
        || lower.starts_with("abd")
}

/// Words between the first given name and the family name that are names of their own.
fn middles(listed: &Listed<'_>) -> Vec<usize> {
    if !listed.is_person() || listed.is_syllabic() || listed.words.len() < 3 {
        return Vec::new();
    }
    let given = listed.given();
    let beside_particle = |at: usize| {
        let near = |index: Option<usize>| {
            index.and_then(|index| listed.words.get(index)).is_some_and(|word| is_particle(word))
        };
        near(at.checked_sub(1)) || near(Some(at)) || near(Some(at + 1))
    };
    given.into_iter().skip(1).filter(|at| !beside_particle(*at) && listed.words[*at].len() > 2).collect()
}

/// A middle name or patronymic left out.
pub(crate) fn missing_middle(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let at = *dice.pick(&middles(listed))?;
    Some(listed.without(at))
}

/// Fathers' names as Russian patronymics: of sons, of daughters.
const FATHERS: &[(&str, &str)] = &[
    ("Borisovich", "Borisovna"),
    ("Stepanovich", "Stepanovna"),
    ("Arkadyevich", "Arkadyevna"),
    ("Timofeyevich", "Timofeyevna"),
    ("Genrikhovich", "Genrikhovna"),
    ("Fyodorovich", "Fyodorovna"),
    ("Lvovich", "Lvovna"),
    ("Maksimovich", "Maksimovna"),
    ("Grigoryevich", "Grigoryevna"),
    ("Yakovlevich", "Yakovlevna"),
    ("Leonidovich", "Leonidovna"),
    ("Ruslanovich", "Ruslanovna"),
];

/// Second given names by origin.
const SECOND_NAMES: &[(Origin, &[&str])] = &[
    (Origin::Arabic, &["Mahmoud", "Saleh", "Yousef", "Khaled", "Nasser", "Tariq", "Jamil"]),
    (Origin::Persian, &["Reza", "Mahdi", "Karim", "Javad", "Nader", "Rahim"]),
    (Origin::Spanish, &["Alberto", "Eduardo", "Ernesto", "Rafael", "Tomas", "Felipe"]),
    (Origin::Portuguese, &["Augusto", "Rogerio", "Henrique", "Tiago", "Marcelo"]),
    (Origin::Turkic, &["Kemal", "Emre", "Burak", "Cenk", "Orhan"]),
];

fn is_female(listed: &Listed<'_>) -> bool {
    listed.entity.values("gender").iter().any(|gender| gender == "female")
        || listed.words.iter().any(|word| {
            let lower = word.to_lowercase();
            ["ovna", "evna", "ova", "eva", "skaya", "ina"].iter().any(|ending| lower.ends_with(ending))
        })
}

/// A patronymic or second given name put between, where the entity has no longer name that it would contradict.
pub(crate) fn extra_middle(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let longer = listed.entity.names.iter().any(|name| name.text.split_whitespace().count() > 2);
    if !listed.is_person()
        || listed.words.len() != 2
        || listed.family.len() != 1
        || longer
        || !listed.is_latin()
        // Of common names the added one makes another person as likely.
        || listed.rarity() == RARITIES[0]
    {
        return None;
    }
    let added = match listed.origin()? {
        Origin::Slavic => {
            let (son, daughter) = dice.pick(FATHERS)?;
            if is_female(listed) { daughter } else { son }
        }
        origin => {
            let (_, names) = SECOND_NAMES.iter().find(|row| row.0 == origin)?;
            dice.pick(names)?
        }
    };
    Some(format!("{} {added} {}", listed.given_name()?, listed.family_name()?))
}

/// The patronymic replaced by that of another father.
pub(crate) fn other_patronymic(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if !listed.is_person() || !listed.is_latin() {
        return None;
    }
    let at = *dice.pick(&places(&listed.words, is_patronymic))?;
    let own = listed.words[at].to_lowercase();
    let others: Vec<&(&str, &str)> = FATHERS
        .iter()
        .filter(|(son, _)| son.to_lowercase()[..4] != own[..own.floor_char_boundary(4)])
        .collect();
    let (son, daughter) = dice.pick(&others)?;
    let text = listed.with(at, if own.ends_with("na") { daughter } else { son });
    listed.is_no_name_in(&text).then_some(text)
}

/// Given names as initials: all of them, or the first.
pub(crate) fn initials(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if !listed.is_person() || listed.is_syllabic() || listed.words.len() < 2 {
        return None;
    }
    let all = dice.chance(50);
    let given = listed.given();
    let short = |(at, word): (usize, &&str)| match word.chars().next() {
        Some(first)
            if given.contains(&at) && (all || given.first() == Some(&at)) && word.chars().count() > 2 =>
        {
            format!("{first}.")
        }
        _ => (*word).to_owned(),
    };
    let text = listed.words.iter().enumerate().map(short).collect::<Vec<_>>().join(" ");
    (text != listed.spoken()).then_some(text)
}

/// Half bits from which a word is rare: fewer than one name in 30,000 holds it.
const RARE: u8 = 30;
/// Half bits up to which a word is common: at least one name in 256 holds it.
const COMMON: u8 = 16;

/// The family name alone, if it is rare.
pub(crate) fn rare_family(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    let family = listed.family_name().filter(|_| listed.words.len() > 1 && !listed.is_syllabic())?;
    let rare = !family.contains(' ') && family.chars().count() >= 6 && listed.half_bits(&family) >= RARE;
    (rare && listed.is_no_name_in(&family)).then_some(family)
}

/// The family name or the given name alone, if it is common.
pub(crate) fn common_alone(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if !listed.is_person() || listed.words.len() < 2 || !listed.is_latin() {
        return None;
    }
    let parts = [listed.family_name(), listed.given_name()];
    let common =
        |part: &String| !part.contains(' ') && listed.half_bits(part) <= COMMON && listed.is_no_name_in(part);
    let parts: Vec<String> = parts.into_iter().flatten().filter(common).collect();
    dice.pick(&parts).cloned()
}

/// A given name in a row, then its short and pet forms.
const PET_FORMS: &[&[&str]] = &[
    &["vladimir", "vova", "volodya"],
    &["aleksandr", "alexander", "sasha", "alex"],
    &["aleksandra", "alexandra", "sasha"],
    &["dmitry", "dmitriy", "dmitri", "dima", "mitya"],
    &["sergey", "sergei", "seryozha", "serge"],
    &["mikhail", "misha"],
    &["nikolay", "nikolai", "kolya"],
    &["ivan", "vanya"],
    &["alexey", "aleksey", "alexei", "alyosha", "lyosha"],
    &["andrey", "andrei", "andriusha"],
    &["yevgeny", "evgeny", "evgeniy", "zhenya"],
    &["konstantin", "kostya"],
    &["pavel", "pasha"],
    &["viktor", "victor", "vitya"],
    &["yury", "yuri", "yura"],
    &["igor", "gosha"],
    &["anatoly", "anatoliy", "tolya"],
    &["boris", "borya"],
    &["vasily", "vasiliy", "vasya"],
    &["grigory", "grigoriy", "grisha"],
    &["leonid", "lyonya"],
    &["roman", "roma"],
    &["anastasia", "nastya"],
    &["ekaterina", "yekaterina", "katya"],
    &["tatiana", "tatyana", "tanya"],
    &["natalia", "natalya", "natasha"],
    &["olga", "olya"],
    &["elena", "yelena", "lena"],
    &["irina", "ira"],
    &["maria", "mariya", "masha"],
    &["jose", "pepe"],
    &["francisco", "paco", "pancho"],
    &["jesus", "chuy"],
    &["antonio", "tono"],
    &["enrique", "kike", "quique"],
    &["guadalupe", "lupe"],
    &["eduardo", "lalo"],
    &["ignacio", "nacho"],
    &["alejandro", "alex"],
    &["benjamin", "ben", "benny"],
    &["william", "bill", "will"],
    &["robert", "bob", "rob"],
    &["richard", "dick", "rick"],
    &["james", "jim", "jimmy"],
    &["john", "jack", "johnny"],
    &["joseph", "joe"],
    &["thomas", "tom"],
    &["michael", "mike"],
    &["charles", "charlie", "chuck"],
    &["edward", "ed", "ted"],
    &["daniel", "dan", "danny"],
    &["david", "dave"],
    &["peter", "pete"],
    &["steven", "stephen", "steve"],
    &["christopher", "chris"],
    &["anthony", "tony"],
    &["samuel", "sam"],
    &["elizabeth", "liz", "beth"],
    &["margaret", "peggy", "maggie"],
    &["katherine", "kate", "kathy"],
    &["giovanni", "gianni"],
    &["giuseppe", "beppe", "peppe"],
    &["mehmet", "memo"],
    &["ibrahim", "ibo"],
    &["stanislav", "stas"],
    &["vyacheslav", "slava"],
    &["gennady", "gena"],
    &["valery", "valera"],
    &["ruslan", "rusik"],
    &["zoran", "zoki"],
    &["aleksandar", "aca", "sasa"],
];

/// Forms of one row that are full names, not pet forms: a full name is not replaced by another spelling of it here.
const FULL_FORMS: &[&str] = &[
    "alexander",
    "alexandra",
    "dmitriy",
    "dmitri",
    "sergei",
    "nikolai",
    "aleksey",
    "alexei",
    "andrei",
    "evgeny",
    "evgeniy",
    "victor",
    "yuri",
    "anatoliy",
    "vasiliy",
    "grigoriy",
    "yekaterina",
    "tatyana",
    "natalya",
    "yelena",
    "mariya",
    "stephen",
];

/// A given name replaced by its pet form.
pub(crate) fn pet_form(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let first = *listed.given().first()?;
    let word = listed.words[first].to_lowercase();
    let row = PET_FORMS.iter().find(|row| {
        row[0] == word || (row.contains(&word.as_str()) && FULL_FORMS.contains(&word.as_str()))
    })?;
    let pets: Vec<&&str> = row[1..].iter().filter(|form| !FULL_FORMS.contains(form)).collect();
    if !listed.is_person() || listed.words.len() < 2 {
        return None;
    }
    Some(listed.with(first, &recased(dice.pick(&pets)?, listed.words[first])))
}

const TITLES: &[&str] = &[
    "Dr",
    "Dr.",
    "Prof.",
    "Mr",
    "General",
    "Gen.",
    "Colonel",
    "Col.",
    "Major",
    "Engineer",
    "Sheikh",
    "Haji",
    "Hajji",
    "Mullah",
    "Sayyid",
    "Ambassador",
    "Minister",
];
const TITLES_OF_WOMEN: &[&str] = &["Mrs", "Ms", "Dr", "Dr.", "Prof.", "Sister"];
const TITLES_AFTER: &[&str] = &["Ph.D.", "MD", "Esq.", "MBA"];
const TITLES_OF_SHIPS: &[&str] = &["MV", "M/V", "MT", "M/T", "SS"];

/// A title put before, after, or written together with the name.
pub(crate) fn title(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let spoken = listed.spoken();
    if crate::listed::group(listed.entity.schema) == "vessel" {
        return Some(format!("{} {spoken}", dice.pick(TITLES_OF_SHIPS)?));
    }
    let titled = TITLES.iter().chain(TITLES_OF_WOMEN).any(|title| {
        listed
            .words
            .first()
            .is_some_and(|word| word.trim_end_matches('.').eq_ignore_ascii_case(title.trim_end_matches('.')))
    });
    if !listed.is_person() || listed.words.len() < 2 || titled || !listed.is_latin() {
        return None;
    }
    let titles = if is_female(listed) { TITLES_OF_WOMEN } else { TITLES };
    match dice.below(10) {
        0 | 1 => Some(format!("{spoken}, {}", dice.pick(TITLES_AFTER)?)),
        2 => {
            let words: Vec<String> = listed.words.iter().map(|word| capitalised(word)).collect();
            Some(format!("{}{}", dice.pick(&["General", "Colonel", "Sheikh", "Dr"])?, words.concat()))
        }
        _ => Some(format!("{} {spoken}", dice.pick(titles)?)),
    }
}

/// A mark of generation put after.
pub(crate) fn generation(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if !listed.is_person() || listed.words.len() < 2 || !listed.is_latin() || listed.is_syllabic() {
        return None;
    }
    let forms: &[&str] = match listed.origin() {
        Some(Origin::Portuguese) => &["Junior", "Filho", "Neto"],
        Some(Origin::Spanish) => &["Jr.", "hijo"],
        None => &["Jr", "Jr.", "Sr.", "II", "III"],
        Some(_) => &["Jr", "Jr.", "Sr."],
    };
    Some(format!("{} {}", listed.spoken(), dice.pick(forms)?))
}

/// Only the kunya (`Abu Rim`) or the nisba (`al-Tikriti`) of a longer name.
pub(crate) fn kunya_or_nisba(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    if !listed.is_person() || listed.words.len() < 4 {
        return None;
    }
    let words = &listed.words;
    let kunya = words
        .windows(2)
        .find(|pair| matches!(pair[0].to_lowercase().as_str(), "abu" | "abou") && !is_particle(pair[1]));
    let nisba = words.last().filter(|word| {
        let lower = word.to_lowercase();
        (lower.starts_with("al-") || lower.starts_with("el-")) && lower.ends_with('i')
    });
    let text = kunya.map(|pair| pair.join(" ")).or_else(|| nisba.map(|word| (*word).to_owned()))?;
    listed.is_no_name_in(&text).then_some(text)
}

/// The second of two family names left out.
pub(crate) fn second_family(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    let iberian = listed.is_of(Origin::Spanish) || listed.is_of(Origin::Portuguese);
    let family: Vec<&str> = listed.words.get(listed.family.clone())?.to_vec();
    let [first, second] = family.as_slice() else { return None };
    if !iberian || listed.given().is_empty() || is_particle(first) || is_particle(second) {
        return None;
    }
    let kept = if listed.is_of(Origin::Portuguese) { second } else { first };
    Some(format!("{} {kept}", listed.given_name()?))
}

/// Names that ships are given.
const NEW_SHIP_NAMES: &[&str] = &["Golden Pearl", "Nordic Falcon", "Coral Willow", "Silver Harmony"];

/// Family names that a marriage may bring.
const MARRIED: &[&str] = &["Lindqvist", "Hartmann", "Bellweather", "Castellane", "Oduya", "Thornbury"];

/// A former name alone; or the listed name as the one borne before.
pub(crate) fn former(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if listed.name.kind == NameKind::Former {
        return (listed.words.len() > 1).then(|| listed.name.text.clone());
    }
    if listed.is_person() {
        let family = listed.family_name()?;
        let given = listed.given_name().filter(|_| is_female(listed) && listed.is_latin())?;
        let form = *dice.pick(&["née", "born", "formerly"])?;
        return Some(format!("{given} {} {form} {}", dice.pick(MARRIED)?, capitalised(&family)));
    }
    if listed.words.len() < 2 || !listed.is_latin() || listed.name.text.contains('(') {
        return None;
    }
    match crate::listed::group(listed.entity.schema) {
        "vessel" => return Some(format!("{} (ex {})", dice.pick(NEW_SHIP_NAMES)?, listed.name.text)),
        "organisation" => {}
        _ => return None,
    }
    let form = *dice.pick(&["f.k.a.", "formerly", "(formerly"])?;
    let close = if form.starts_with('(') { ")" } else { "" };
    Some(format!("{} Holdings {form} {}{close}", dice.pick(MARRIED)?, listed.name.text))
}

/// One given name in several languages of the east of Europe: Russian (in its spellings), Ukrainian, Belarusian.
const EASTERN_NAMES: &[&[&str]] = &[
    &["vladimir", "volodymyr", "uladzimir"],
    &["sergey", "serhiy", "siarhei"],
    &["sergei", "serhii", "siarhei"],
    &["aleksandr", "oleksandr", "aliaksandr"],
    &["alexander", "oleksandr", "aliaksandr"],
    &["nikolay", "mykola", "mikalai"],
    &["nikolai", "mykola", "mikalai"],
    &["dmitry", "dmytro", "dzmitry"],
    &["dmitriy", "dmytro", "dzmitry"],
    &["andrey", "andriy", "andrei"],
    &["aleksey", "oleksiy", "aliaksei"],
    &["alexey", "oleksii", "aliaksei"],
    &["mikhail", "mykhailo"],
    &["yevgeny", "yevhen", "yauhen"],
    &["evgeny", "yevhen", "yauhen"],
    &["igor", "ihor", "ihar"],
    &["oleg", "oleh", "aleh"],
    &["pavel", "pavlo"],
    &["konstantin", "kostiantyn", "kanstantsin"],
    &["anatoly", "anatoliy", "anatol"],
    &["vasily", "vasyl"],
    &["grigory", "hryhoriy", "ryhor"],
    &["yury", "yuriy"],
    &["viktor", "viktar"],
    &["natalya", "nataliya", "natallia"],
    &["yelena", "olena", "alena"],
    &["elena", "olena", "alena"],
    &["svetlana", "svitlana", "sviatlana"],
    &["tatyana", "tetiana", "tatsiana"],
    &["olga", "olha", "volha"],
    &["irina", "iryna"],
    &["ekaterina", "kateryna", "katsiaryna"],
    &["galina", "halyna"],
    &["kirill", "kyrylo", "kiryl"],
    &["ilya", "illia"],
    &["nikita", "mykyta", "mikita"],
    &["artem", "artsiom"],
    &["gennady", "hennadiy", "henadz"],
    &["leonid", "leanid"],
    &["denis", "denys", "dzianis"],
    &["roman", "raman"],
    &["maksim", "maksym"],
    &["stepan", "stsiapan"],
    &["pyotr", "petro", "piotr"],
    &["владимир", "володимир", "уладзімір"],
    &["сергей", "сергій", "сяргей"],
    &["александр", "олександр", "аляксандр"],
    &["николай", "микола", "мікалай"],
];

/// The given name in its Ukrainian or Belarusian form, or back.
pub(crate) fn eastern_name(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let first = *listed.given().first()?;
    if !listed.is_of(Origin::Slavic) || listed.words.len() < 2 {
        return None;
    }
    let other = another(EASTERN_NAMES, &listed.words[first].to_lowercase(), dice)?;
    Some(listed.with(first, &recased(other, listed.words[first])))
}
