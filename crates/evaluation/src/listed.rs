//! A listed name taken apart as far as its list allows: the words in the order in which people speak them, which of
//! them are the family name, and where the name comes from.

use crate::mutations::east::is_korean;
use cordon_model::{CountryRole, DateRole, Entity, Name, NamePartKind, PartialDate, Schema};
use cordon_text::fold::fold;
use cordon_text::frequency::{Population, half_bits};
use cordon_text::sound::Sound;
use cordon_text::{Script, words};
use std::collections::BTreeSet;
use std::ops::Range;

/// A name of an entity.
#[derive(Debug, Clone)]
pub(crate) struct Listed<'a> {
    /// Whose name it is.
    pub(crate) entity: &'a Entity,
    /// The name.
    pub(crate) name: &'a Name,
    /// Its words between blanks, given names first where the list tells them apart.
    pub(crate) words: Vec<&'a str>,
    /// The words that are the family name; empty for what is no person.
    pub(crate) family: Range<usize>,
    /// The script of most of its letters.
    pub(crate) script: Script,
}

/// Where a person's name comes from, as far as countries tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Slavic,
    Arabic,
    Persian,
    Korean,
    Chinese,
    Turkic,
    Vietnamese,
    Spanish,
    Portuguese,
    Armenian,
    Georgian,
    /// Other countries of Asia where names are not given and family names of the usual form.
    EastAsian,
}

const ORIGINS: &[(Origin, &[&str])] = &[
    (Origin::Korean, &["kp", "kr"]),
    (Origin::Chinese, &["cn", "hk", "tw", "mo"]),
    (Origin::Vietnamese, &["vn"]),
    (Origin::EastAsian, &["jp", "mm", "kh", "la", "th", "mn", "bt"]),
    (Origin::Armenian, &["am"]),
    (Origin::Georgian, &["ge"]),
    (Origin::Slavic, &["ru", "ua", "by", "su"]),
    (Origin::Persian, &["ir", "af", "tj"]),
    (Origin::Turkic, &["tr", "az", "tm"]),
    (
        Origin::Arabic,
        &[
            "sa", "iq", "sy", "lb", "eg", "ly", "tn", "dz", "ma", "ye", "jo", "kw", "qa", "ae", "bh", "om",
            "sd", "ps", "mr",
        ],
    ),
    (
        Origin::Spanish,
        &[
            "mx", "co", "ve", "es", "pe", "ec", "gt", "hn", "sv", "ni", "cr", "pa", "cu", "do", "ar", "cl",
            "bo", "py", "uy",
        ],
    ),
    (Origin::Portuguese, &["br", "pt", "ao", "mz", "gw"]),
];

/// Ties that say where a person comes from, the closest first.
const HOME: [CountryRole; 4] =
    [CountryRole::Nationality, CountryRole::Citizenship, CountryRole::Birth, CountryRole::Country];

/// Words inside names that are no names.
pub(crate) const PARTICLES: &[&str] = &[
    "al",
    "el",
    "bin",
    "ben",
    "ibn",
    "bint",
    "abu",
    "abou",
    "abd",
    "abdul",
    "abdel",
    "ould",
    "umm",
    "de",
    "del",
    "da",
    "dos",
    "di",
    "du",
    "la",
    "las",
    "los",
    "van",
    "von",
    "der",
    "den",
    "ul",
    "ur",
    "ud",
    "y",
    "e",
    "ag",
    "ap",
    "mc",
    "st",
    "san",
    "santa",
    "din",
    "عبد",
    "بن",
    "ابن",
    "أبو",
    "ابو",
    "ولد",
    "آل",
    "الله",
    "الدین",
    "الدين",
];

/// The kind of entity of a schema, `person`, `organisation`, `vessel`, `aircraft` or `other`.
pub(crate) fn group(schema: Schema) -> &'static str {
    match schema {
        Schema::Vessel => "vessel",
        Schema::Airplane => "aircraft",
        _ if schema.is_person() => "person",
        _ if schema.is_organisation() || schema == Schema::LegalEntity => "organisation",
        _ => "other",
    }
}

/// How common the words of a name are, rarest last.
pub const RARITIES: [&str; 3] = ["common", "usual", "rare"];

/// The name of a script in reports.
pub(crate) fn script_name(script: Script) -> String {
    if script == Script::Common { "None".to_owned() } else { format!("{script:?}") }
}

impl<'a> Listed<'a> {
    /// Takes a name apart.
    pub(crate) fn new(entity: &'a Entity, name: &'a Name) -> Self {
        let script = Script::of_text(&name.text);
        let mut listed = Self { entity, name, words: Vec::new(), family: 0..0, script };
        if !entity.schema.is_person() {
            listed.words = name.text.split_whitespace().collect();
            return listed;
        }
        let (given, family) = listed.given_and_family();
        if listed.is_family_first() {
            listed.family = 0..family.len();
            listed.words = family.into_iter().chain(given).collect();
        } else {
            listed.family = given.len()..given.len() + family.len();
            listed.words = given.into_iter().chain(family).collect();
        }
        if listed.family.is_empty() {
            let count = listed.words.len();
            listed.family =
                if listed.is_family_first() { 0..count.min(1) } else { count.saturating_sub(1)..count };
        }
        listed
    }

    /// Given names and family names, if the list types them or sets a comma; else all words as given names.
    fn given_and_family(&self) -> (Vec<&'a str>, Vec<&'a str>) {
        let split = |text: &'a str| text.split_whitespace();
        if !self.name.parts.is_empty() {
            let (family, given): (Vec<_>, Vec<_>) =
                self.name.parts.iter().partition(|part| part.kind == NamePartKind::Family);
            let texts = |parts: Vec<&'a cordon_model::NamePart>| {
                parts.into_iter().flat_map(|part| split(&part.text)).collect()
            };
            return (texts(given), texts(family));
        }
        match self.name.text.split_once(',') {
            Some((family, given)) if !given.trim().is_empty() && !given.contains(',') => {
                (split(given).collect(), split(family).collect())
            }
            _ => (split(&self.name.text).collect(), Vec::new()),
        }
    }

    /// The words with blanks between.
    pub(crate) fn spoken(&self) -> String {
        self.words.join(" ")
    }

    /// The same with one word replaced.
    pub(crate) fn with(&self, at: usize, word: &str) -> String {
        let mut words = self.words.clone();
        if let Some(place) = words.get_mut(at) {
            *place = word;
        }
        words.join(" ")
    }

    /// The same without one word.
    pub(crate) fn without(&self, at: usize) -> String {
        let words: Vec<&str> =
            self.words.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, word)| *word).collect();
        words.join(" ")
    }

    /// Words of the given names.
    pub(crate) fn given(&self) -> Vec<usize> {
        (0..self.words.len()).filter(|at| !self.family.contains(at)).collect()
    }

    /// The family name, if it is told apart.
    pub(crate) fn family_name(&self) -> Option<String> {
        let family = self.words.get(self.family.clone())?.join(" ");
        (!family.is_empty()).then_some(family)
    }

    /// The given names, if they are told apart.
    pub(crate) fn given_name(&self) -> Option<String> {
        let given: Vec<&str> =
            self.given().into_iter().filter_map(|at| self.words.get(at).copied()).collect();
        (!given.is_empty()).then(|| given.join(" "))
    }

    pub(crate) fn is_person(&self) -> bool {
        self.entity.schema.is_person()
    }

    pub(crate) fn is_latin(&self) -> bool {
        self.script == Script::Latin
    }

    /// The two letter codes of a person's home countries, the closest tie first.
    fn homes(&self) -> impl Iterator<Item = String> {
        HOME.iter().flat_map(|role| {
            let facts = self.entity.countries.iter().filter(move |fact| fact.role == *role);
            facts.map(|fact| fact.country.code().to_owned())
        })
    }

    /// Where a name comes from: by the first home country that tells, else by a Slavic patronymic.
    pub(crate) fn origin(&self) -> Option<Origin> {
        let of_home = |home: String| {
            ORIGINS.iter().find(|(_, codes)| codes.contains(&home.as_str())).map(|(origin, _)| *origin)
        };
        let by_home = self.homes().find_map(of_home);
        by_home.or_else(|| self.words.iter().any(|word| is_patronymic(word)).then_some(Origin::Slavic))
    }

    pub(crate) fn is_of(&self, origin: Origin) -> bool {
        self.is_person() && self.origin() == Some(origin)
    }

    fn is_family_first(&self) -> bool {
        matches!(self.origin(), Some(Origin::Korean | Origin::Chinese | Origin::Vietnamese))
    }

    /// Whether words of the name are syllables that must not be taken for first and middle names.
    pub(crate) fn is_syllabic(&self) -> bool {
        self.is_family_first() || self.origin() == Some(Origin::EastAsian) || is_korean(&self.words)
    }

    /// The first full date of birth.
    pub(crate) fn birth_day(&self) -> Option<(PartialDate, (i16, u8, u8))> {
        self.entity.dates_of(DateRole::Birth).find_map(|date| Some((date, date.exact_day()?)))
    }

    /// Half bits of information in a word.
    pub(crate) fn half_bits(&self, word: &str) -> u8 {
        let population = if self.is_person() { Population::People } else { Population::Organisations };
        half_bits(&Sound::of(&fold(word).text), population)
    }

    /// How common the words of the name are together, one of [`RARITIES`]: below 40 half bits, where a namesake among a
    /// million people is likely; below 64; and above. Names in other scripts are not told apart and count as rare.
    pub(crate) fn rarity(&self) -> &'static str {
        let bits: u32 = words(&self.name.text).iter().map(|word| u32::from(self.half_bits(word.text))).sum();
        RARITIES[if bits < 40 { 0 } else { usize::from(bits >= 64) + 1 }]
    }

    /// Whether a presented text names the entity no longer: no name of the entity is wholly in it.
    pub(crate) fn is_no_name_in(&self, text: &str) -> bool {
        let presented: BTreeSet<String> = folded(text).into_iter().collect();
        let sounds: Vec<Sound> = presented.iter().map(|word| Sound::of(word)).collect();
        let is_in = |word: &String| presented.contains(word) || sounds.contains(&Sound::of(word));
        self.entity.names.iter().all(|name| folded(&name.text).iter().any(|word| !is_in(word)))
    }
}

/// The words of a text, folded.
pub(crate) fn folded(text: &str) -> Vec<String> {
    words(text).iter().map(|word| fold(word.text).text).filter(|word| !word.is_empty()).collect()
}

/// Endings of Slavic patronymics in Latin and Cyrillic letters.
const PATRONYMICS: &[&str] = &[
    "ovich",
    "evich",
    "avich",
    "ovych",
    "evych",
    "yovych",
    "ovna",
    "evna",
    "ivna",
    "auna",
    "inichna",
    "ович",
    "евич",
    "овна",
    "евна",
    "івна",
    "йович",
];

/// Whether a word is a Slavic patronymic by its ending.
pub(crate) fn is_patronymic(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.chars().count() > 6 && PATRONYMICS.iter().any(|ending| lower.ends_with(ending))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use cordon_model::{Country, CountryFact, EntityId, NameKind};

    /// A person with one name and perhaps a nationality.
    pub(crate) fn person(name: &str, nationality: &str) -> Entity {
        let mut entity = named(Schema::Person, name);
        if let Some(country) = Country::from_code(nationality) {
            entity.countries.push(CountryFact { role: CountryRole::Nationality, country });
        }
        entity
    }

    pub(crate) fn named(schema: Schema, name: &str) -> Entity {
        let mut entity = Entity::new(EntityId::new("l", name), schema);
        entity.add_name(Name::new(NameKind::Primary, name));
        entity
    }

    #[test]
    fn names_taken_apart() {
        for (name, nationality, spoken, family) in [
            ("PUTIN, Vladimir Vladimirovich", "ru", "Vladimir Vladimirovich PUTIN", Some("PUTIN")),
            ("KIM JONG UN", "kp", "KIM JONG UN", Some("KIM")),
            ("KIM, Yong Chol", "kp", "KIM Yong Chol", Some("KIM")),
            ("Jimmy Cherizier", "ht", "Jimmy Cherizier", Some("Cherizier")),
            ("GONZALEZ DURAN, Jaime", "mx", "Jaime GONZALEZ DURAN", Some("GONZALEZ DURAN")),
            ("Abdurezak", "", "Abdurezak", Some("Abdurezak")),
        ] {
            let entity = person(name, nationality);
            let listed = Listed::new(&entity, &entity.names[0]);
            assert_eq!((listed.spoken().as_str(), listed.family_name().as_deref()), (spoken, family));
        }
        let firm = named(Schema::Company, "BANK, OF NOWHERE, LTD");
        assert_eq!(Listed::new(&firm, &firm.names[0]).spoken(), "BANK, OF NOWHERE, LTD");
    }

    #[test]
    fn origins_and_rarity() {
        for (name, nationality, origin) in [
            ("A B", "ir", Some(Origin::Persian)),
            ("A B", "", None),
            ("Petrov, Ivan Sergeyevich", "", Some(Origin::Slavic)),
        ] {
            let entity = person(name, nationality);
            assert_eq!(Listed::new(&entity, &entity.names[0]).origin(), origin, "{name}");
        }
        let rarity = |name: &str| {
            let entity = person(name, "");
            Listed::new(&entity, &entity.names[0]).rarity()
        };
        assert_eq!((rarity("Ali Hassan"), rarity("Ashot Mkrtychev Quixworth")), ("common", "rare"));
    }

    #[test]
    fn a_name_inside_another() {
        let entity = person("Sergey Lavrov", "ru");
        let listed = Listed::new(&entity, &entity.names[0]);
        assert!(!listed.is_no_name_in("LAVROV, Sergey Borisovich"));
        assert!(listed.is_no_name_in("Sergey Borisovich Petrov"));
    }
}
