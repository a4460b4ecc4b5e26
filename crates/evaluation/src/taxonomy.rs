//! The kinds of alteration: what each does, and what a careful reviewer expects of it.
//!
//! One row a kind. Ids are frozen: baselines rest on them. Some kinds stand in several rows because not all of their cases are
//! expected to end alike; a row that cannot be made from a list by a program says why.

use crate::dice::Dice;
use crate::listed::Listed;
use crate::mutations::{
    accents, east, facts, layout, letters, organisations, parts, respelling, scripts, traps,
};
use cordon_model::Entity;
use serde::Serialize;
use std::fmt;

/// What a careful reviewer expects of a presented name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expect {
    /// It must alert: recall is counted.
    Match,
    /// A reviewer would want to see it: counted apart.
    Review,
    /// It names somebody else and must not alert: false matches are counted.
    Never,
    /// Nothing is expected; shown for information.
    Open,
}

impl Expect {
    /// Every expectation, in the order of reports.
    pub const ALL: [Self; 4] = [Self::Match, Self::Review, Self::Never, Self::Open];

    /// Whether an alert is what is wanted.
    pub(crate) fn is_wanted(self) -> bool {
        self != Self::Never
    }

    /// The words of reports.
    pub fn label(self) -> &'static str {
        ["must match", "should be shown", "must not match", "open"][self as usize]
    }
}

type Text = fn(&Listed<'_>, &mut Dice) -> Option<String>;
type Facts = fn(&Listed<'_>, &mut Dice) -> Option<Entity>;

/// How cases of a kind are made and asked.
#[derive(Clone, Copy)]
pub(crate) enum Make {
    /// A name, asked alone.
    Name(Text),
    /// A whole query.
    Query(Facts),
    /// A text that is searched for listed names.
    Payment(Text),
    /// A name in its own script, asked of a list from which all names in other scripts than Latin were taken.
    LatinOnly(Text),
    /// Two or three alterations of other kinds, one after the other.
    Combined,
    /// Not made; why.
    Not(&'static str),
}

/// A row of the taxonomy.
pub struct Kind {
    /// Number of the kind; several rows may share it.
    pub number: u8,
    /// Frozen id.
    pub id: &'static str,
    /// What is altered.
    pub title: &'static str,
    /// Listed → presented.
    pub example: &'static str,
    /// What is expected.
    pub expect: Expect,
    pub(crate) make: Make,
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl Kind {
    /// Why no case of this kind is made, if none is.
    pub fn not_made(&self) -> Option<&'static str> {
        match self.make {
            Not(why) => Some(why),
            _ => None,
        }
    }

    /// The kind of this id.
    pub fn of(id: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.id == id)
    }
}

const fn kind(
    number: u8,
    id: &'static str,
    expect: Expect,
    title: &'static str,
    example: &'static str,
    make: Make,
) -> Kind {
    Kind { number, id, title, example, expect, make }
}

use Expect::{Match, Never, Open, Review};
use Make::{Combined, LatinOnly, Name, Not, Payment, Query};

/// Every kind, by number.
#[rustfmt::skip]
pub const KINDS: &[Kind] = &[
    kind(1, "exact", Match, "as published", "Rim Yong Hyok → Rim Yong Hyok", Name(layout::published)),
    kind(1, "case_blanks", Match, "capitals and blanks", "Rim Yong Hyok → RIM  YONG HYOK", Name(layout::case_and_blanks)),
    kind(2, "marks", Match, "marks dropped, spelled out or put in", "Müller → Mueller; Gonzalez → González", Name(accents::marks)),
    kind(3, "punctuation", Match, "hyphens, apostrophes, full stops", "Paek Ch'ang-Ho → Paek Chang Ho", Name(layout::punctuation)),
    kind(4, "order", Match, "order and comma", "Igor Sechin → SECHIN, Igor", Name(layout::order)),
    kind(5, "family_first", Match, "family name in the other place, East Asia", "KIM Yong Bok → Yong Bok KIM", Name(layout::rotate)),
    kind(6, "joined", Match, "words written together", "Alisher Usmanov → AlisherUsmanov", Name(layout::join)),
    kind(7, "split", Match, "a word written as two", "Patrushev → Patr ushev", Name(layout::split)),
    kind(8, "missing_middle", Match, "middle name or patronymic left out", "Oleg Nikolaevich Kozhemyako → Oleg Kozhemyako", Name(parts::missing_middle)),
    kind(9, "extra_middle", Match, "middle name or patronymic added", "Igor Sechin → Igor Lvovich Sechin", Name(parts::extra_middle)),
    kind(10, "other_patronymic", Never, "contradicting patronymic", "Sergey Viktorovich Lavrov → Sergey Borisovich Lavrov", Name(parts::other_patronymic)),
    kind(11, "initials", Review, "given names as initials", "Ali Khamenei → A. Khamenei", Name(parts::initials)),
    kind(12, "rare_family", Review, "a rare family name alone", "Dmitry Ovsiannikov → Ovsiannikov", Name(parts::rare_family)),
    kind(12, "common_alone", Never, "a common name alone", "Ali Hassan → Hassan", Name(parts::common_alone)),
    kind(13, "pet_form", Review, "short and pet forms", "Vladimir → Vova", Name(parts::pet_form)),
    kind(13, "pet_form_birth", Match, "pet form with the date of birth", "Vladimir, 1952-10-07 → Vova, 1952-10-07", Query(facts::pet_form_with_birth)),
    kind(14, "title", Match, "title added or written together", "Kim Yong Bok → GeneralKimYongBok", Name(parts::title)),
    kind(15, "generation", Match, "mark of generation", "Rami Makhlouf → Rami Makhlouf Jr", Name(parts::generation)),
    kind(16, "transposed", Match, "two letters exchanged", "Sechin → Sehcin", Name(letters::transpose)),
    kind(17, "edited", Match, "a letter lost, put in or replaced", "Lavrov → Lavrv, Lawrov", Name(letters::edit)),
    kind(18, "keyboard", Match, "neighbouring key, doubled letter", "Bashar → Basharr", Name(letters::keyboard)),
    kind(19, "scanned", Match, "misread by a scanner", "Igor Sechin → Ig0r Sech1n", Name(letters::scan)),
    kind(20, "disguised", Match, "look-alike and unseen characters", "company → сompany with Cyrillic с", Name(letters::disguise)),
    kind(21, "truncated", Review, "cut at 35 or 70 characters", "…BELKASSEM DRISSI → …BELKASSEM DR", Name(layout::truncate)),
    kind(22, "duplicated", Match, "a word twice", "Sergey Shoigu → Sergey Sergey Shoigu", Name(layout::duplicate)),
    kind(23, "reversed", Open, "backwards", "Vladimir → rimidalV", Name(letters::reverse)),
    kind(24, "russian", Match, "systems of Russian romanisation", "Dmitry Ovsyannikov → Dmitrii Ovsiannikov", Name(respelling::russian)),
    kind(24, "from_cyrillic", Match, "listed in Cyrillic, asked romanised", "Доку Умаров → Doku Umarow", Name(scripts::from_cyrillic)),
    kind(24, "in_cyrillic", Match, "listed in Latin, asked in Cyrillic", "Igor Sechin → Игорь Сечин", Name(scripts::in_cyrillic)),
    kind(24, "cyrillic_latin_only", Match, "own Cyrillic name, list in Latin only", "Айрат Вахитов → Airat Vakhitov", LatinOnly(scripts::own_cyrillic)),
    kind(25, "eastern_names", Match, "Russian, Ukrainian, Belarusian forms", "Sergey Aksyonov → Serhiy Aksyonov", Name(parts::eastern_name)),
    kind(26, "soft_signs", Match, "ё, й and soft signs", "Aksyonov → Aksenov", Name(respelling::soft_signs)),
    kind(27, "adapted", Review, "inflected by a third language", "Mkrtychev → Mkrtychewa", Name(respelling::adapted)),
    kind(28, "round_trip", Review, "transliterated there and back", "Mayweather → Meyvezer", Name(respelling::round_trip)),
    kind(29, "arabic", Match, "Arabic romanisation", "Muhammad Qadhafi → Mohamed Gaddafi", Name(respelling::arabic)),
    kind(29, "in_arabic", Match, "listed in Latin, asked in Arabic", "Saddam Hussein → صدام حسين", Name(scripts::in_arabic)),
    kind(29, "arabic_latin_only", Match, "own Arabic name, list in Latin only", "صدام حسين التكريتي → Saddam Hussein al-Tikriti", LatinOnly(scripts::own_arabic)),
    kind(30, "arabic_particles", Match, "Arabic articles and filiation", "Abd al-Rahman → Abdurrahman; bin → ben", Name(respelling::arabic_particles)),
    kind(31, "kunya", Review, "kunya or nisba alone", "Ali Abu Rim al-Masri → Abu Rim", Name(parts::kunya_or_nisba)),
    kind(32, "persian", Match, "Persian and Arabic readings", "Qasem → Ghasem; -zadeh → -zade", Name(respelling::persian)),
    kind(33, "korean", Match, "Korean romanisation, north and south", "Ri Kyong Nam → Lee Gyeong-nam", Name(east::korean_spelling)),
    kind(33, "hangul", Match, "listed in Latin, asked in Hangul", "Kim Kyong Nam → 김경남", Name(east::hangul)),
    kind(34, "chinese", Match, "pinyin, Wade–Giles, Hong Kong", "Xi Jinping → Hsi Chin-p'ing; Zhang → Cheung", Name(east::chinese_spelling)),
    kind(34, "han_latin_only", Match, "own Chinese name, list in Latin only", "金铁三 → Kim Chol Sam", LatinOnly(scripts::own_han)),
    kind(35, "korean_characters", Match, "Korean name in Chinese characters", "Kim Jong Un → 金正恩", Name(east::korean_characters)),
    kind(35, "korean_pinyin", Open, "Chinese reading of a Korean name", "Kim Jong Un → Jin Zhengen", Name(east::korean_in_pinyin)),
    kind(36, "other_script", Review, "in Georgian, Armenian or Japanese letters", "Ivan Tanaka → イヴァン・タナカ", Name(scripts::in_another_script)),
    kind(36, "other_ending", Never, "family name with another people's ending", "Mkrtchyan → Mkrtchyev", Name(traps::other_ending)),
    kind(37, "turkic_vietnamese", Match, "Turkish, Azerbaijani, Vietnamese letters", "Yıldız → Yildiz; Nguyễn → Nguyen", Name(accents::turkic_or_vietnamese)),
    kind(38, "second_family", Match, "second family name left out", "Nicolás Maduro Moros → Nicolás Maduro", Name(parts::second_family)),
    kind(39, "former", Match, "married, former and previous names", "Olga Petrova → Olga Hartmann née Petrova", Name(parts::former)),
    kind(40, "legal_written", Match, "legal form written out or abbreviated", "SIS d.o.o. → SIS DOO", Name(organisations::legal_form_written)),
    kind(40, "legal_translated", Match, "legal form in another language", "LLC Verus → ООО Verus", Name(organisations::legal_form_translated)),
    kind(41, "legal_moved", Match, "legal form left out or moved, rare name", "LLC Verus → Verus", Name(organisations::legal_form_moved)),
    kind(42, "listed_acronym", Match, "listed acronym", "Korea Mining … Corporation → KOMID", Name(organisations::listed_acronym)),
    kind(42, "own_acronym", Review, "acronym that is not listed", "Eastern Stevedoring Trading Company → ESTC", Name(organisations::own_acronym)),
    kind(43, "translated", Match, "a word in another language", "Eastern Stevedoring → Vostochnaya Stevedoring", Name(organisations::translated)),
    kind(44, "generic", Match, "business words exchanged", "Trading → Trade; Corporation → Corp", Name(organisations::generic)),
    kind(45, "numbers", Match, "numbers, ordinals, Roman numerals", "Brigade 44 → Brigade Forty-Four", Name(organisations::number)),
    kind(46, "english", Match, "British and American spelling", "Organization → Organisation", Name(respelling::english)),
    kind(47, "business_added", Never, "a line of business added", "Crystalord Ltd → Crystalord Shipping Ltd", Name(organisations::business_added)),
    kind(47, "branch_added", Review, "a branch or place added", "Banco Santander → Banco Santander (Mexico)", Name(organisations::branch_added)),
    kind(48, "business_swapped", Never, "line of business exchanged", "China National Petroleum → China National Pipeline", Name(organisations::business_swapped)),
    kind(49, "inside", Never, "a name inside a longer word", "Putin → Computing", Name(traps::inside)),
    kind(50, "namesake", Never, "common name, other birth date and country", "Ali Hassan 1975 IQ → Ali Hassan 1999 NZ", Query(facts::namesake)),
    kind(51, "birth_noise", Match, "date of birth nearly right", "1975-05-06 → 1975-06-05, 1976, 1975-01-01", Query(facts::birth_noise)),
    kind(51, "birth_hijri", Review, "year of birth of the Hijri calendar", "1975 → 1395", Query(facts::birth_hijri)),
    kind(52, "renamed_ship", Match, "ship renamed, IMO number the same", "Angara IMO 9179842 → Golden Pearl IMO 9179842", Query(facts::renamed_ship)),
    kind(53, "other_ship", Never, "ship of the same name, other IMO number", "Maria 8517839 → Maria 9198783", Query(facts::other_ship)),
    kind(54, "identifier_noise", Match, "identifier with label, blanks, hyphens", "9161003 → IMO916-1003", Query(facts::identifier_noise)),
    kind(54, "identifier_other_name", Review, "passport or register number under another name", "Ali Hassan A12345 → Cosmo Tindle A12345", Query(facts::identifier_other_name)),
    kind(54, "identifier_misread", Review, "identifier misread, name in initials", "AO12345 → A012345", Query(facts::identifier_misread)),
    kind(55, "payment_text", Match, "inside the text of a payment", "/REF/ FOR ACC VERSOR SRO BRATISLAVA", Payment(facts::payment_text)),
    kind(56, "packed", Match, "several names in one field", "AHMAD SANTOS → AHMAD SANTOS (AHMED SANTOS)", Name(layout::packed)),
    kind(57, "one_word_digits", Match, "one word, or with digits", "Pharaoh; 3 Percenters", Name(layout::one_word_or_digits)),
    kind(58, "places", Open, "places under embargo", "Sevastopol → Севастополь", Not("places are the subject of embargo rules, not entries of a list")),
    kind(59, "combined", Match, "two or three of the above", "Dmitriy Ovsyannikov → Dmitri Ovsianikov", Combined),
];

/// Kinds that are combined: each leaves enough of a name that another may follow.
pub(crate) const COMBINABLE: &[&str] = &[
    "missing_middle",
    "order",
    "edited",
    "transposed",
    "russian",
    "arabic",
    "title",
    "punctuation",
    "case_blanks",
    "legal_written",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn all_59_kinds_are_there_and_ids_are_unique() {
        let numbers: BTreeSet<u8> = KINDS.iter().map(|kind| kind.number).collect();
        assert_eq!(numbers, (1..=59).collect());
        assert!(KINDS.windows(2).all(|pair| pair[0].number <= pair[1].number));
        let ids: BTreeSet<&str> = KINDS.iter().map(|kind| kind.id).collect();
        assert_eq!(ids.len(), KINDS.len());
        for id in COMBINABLE {
            assert!(matches!(Kind::of(id).unwrap().make, Name(_)), "{id}");
        }
    }
}
