//! Latin names in other scripts, and names in their own script.
//!
//! Only letters and names whose spelling there is beyond doubt are used: a name that holds anything else is left alone.

use crate::dice::Dice;
use crate::listed::{Listed, Origin};
use cordon_text::Script;

/// A name in another script of Cyrillic letters, as published.
pub(crate) fn own_cyrillic(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    own(listed, Script::Cyrillic)
}

/// The same in Arabic letters.
pub(crate) fn own_arabic(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    own(listed, Script::Arabic)
}

/// The same in Chinese characters.
pub(crate) fn own_han(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    own(listed, Script::Han)
}

/// Persons only: names of organisations are translated, not transliterated.
fn own(listed: &Listed<'_>, script: Script) -> Option<String> {
    let enough = listed.words.len() > 1 || script == Script::Han;
    (listed.script == script && listed.is_person() && enough).then(|| listed.name.text.clone())
}

/// Pieces of words with what stands for them; the first that fits is taken. `$` binds to the end, `^` to the beginning.
type Letters = &'static [(&'static str, &'static str)];

/// Given names whose Cyrillic form the letters do not give.
const RUSSIAN_NAMES: &[(&str, &str)] = &[
    ("igor", "Игорь"),
    ("olga", "Ольга"),
    ("tatyana", "Татьяна"),
    ("tatiana", "Татьяна"),
    ("natalya", "Наталья"),
    ("natalia", "Наталия"),
    ("elena", "Елена"),
    ("ekaterina", "Екатерина"),
    ("yekaterina", "Екатерина"),
    ("evgeny", "Евгений"),
    ("yevgeny", "Евгений"),
    ("evgeniy", "Евгений"),
    ("alexander", "Александр"),
    ("alexandr", "Александр"),
    ("alexey", "Алексей"),
    ("alexei", "Алексей"),
    ("sergei", "Сергей"),
    ("andrei", "Андрей"),
    ("nikolai", "Николай"),
    ("maria", "Мария"),
    ("anastasia", "Анастасия"),
    ("eduard", "Эдуард"),
    ("dmitri", "Дмитрий"),
    ("dmitrii", "Дмитрий"),
    ("yuri", "Юрий"),
    ("yuriy", "Юрий"),
    ("vitaly", "Виталий"),
    ("ilya", "Илья"),
    ("vasilyevich", "Васильевич"),
    ("vasilievich", "Васильевич"),
    ("anatolyevich", "Анатольевич"),
    ("anatolievich", "Анатольевич"),
    ("yevgenyevich", "Евгеньевич"),
    ("evgenyevich", "Евгеньевич"),
    ("valeryevich", "Валерьевич"),
    ("valerievich", "Валерьевич"),
    ("gennadyevich", "Геннадьевич"),
    ("grigoryevich", "Григорьевич"),
    ("yuryevich", "Юрьевич"),
    ("yurievich", "Юрьевич"),
    ("arkadyevich", "Аркадьевич"),
    ("vitalyevich", "Витальевич"),
];

const CYRILLIC: Letters = &[
    ("shch", "щ"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("sky$", "ский"),
    ("skiy$", "ский"),
    ("skaya$", "ская"),
    ("ey$", "ей"),
    ("ay$", "ай"),
    ("oy$", "ой"),
    ("iy$", "ий"),
    ("ry$", "рий"),
    ("ny$", "ний"),
    ("ly$", "лий"),
    ("yu", "ю"),
    ("ya", "я"),
    ("ye", "е"),
    ("yo", "ё"),
    ("^e", "е"),
    ("a", "а"),
    ("b", "б"),
    ("v", "в"),
    ("g", "г"),
    ("d", "д"),
    ("e", "е"),
    ("z", "з"),
    ("i", "и"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("f", "ф"),
    ("h", "х"),
    ("x", "кс"),
    ("y", "ы"),
];

/// A Russian name in Cyrillic letters.
pub(crate) fn in_cyrillic(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    if !listed.is_of(Origin::Slavic) || listed.words.len() < 2 {
        return None;
    }
    by_words(listed, |word| {
        let known = RUSSIAN_NAMES.iter().find(|row| row.0 == word).map(|row| row.1.to_owned());
        known.or_else(|| spelled(word, CYRILLIC).map(|text| super::capitalised(&text)))
    })
}

/// Arabic names in Arabic letters, by the spellings lists give them.
const ARABIC_NAMES: &[(&[&str], &str)] = &[
    (&["muhammad", "mohammed", "mohamed", "mohammad"], "محمد"),
    (&["ahmad", "ahmed"], "أحمد"),
    (&["hussein", "husayn", "hussain", "husain"], "حسين"),
    (&["hasan", "hassan"], "حسن"),
    (&["mahmoud", "mahmud"], "محمود"),
    (&["yusuf", "youssef", "yousef"], "يوسف"),
    (&["ibrahim"], "إبراهيم"),
    (&["ismail", "isma'il"], "إسماعيل"),
    (&["khalid", "khaled"], "خالد"),
    (&["said", "sa'id", "saeed"], "سعيد"),
    (&["abdallah", "abdullah"], "عبدالله"),
    (&["umar", "omar"], "عمر"),
    (&["uthman", "othman"], "عثمان"),
    (&["sulayman", "suleiman", "sulaiman"], "سليمان"),
    (&["qadhafi", "gaddafi", "qaddafi"], "القذافي"),
    (&["jamal"], "جمال"),
    (&["rashid"], "رشيد"),
    (&["tariq", "tarek", "tareq"], "طارق"),
    (&["faysal", "faisal"], "فيصل"),
    (&["nasir", "nasser"], "ناصر"),
    (&["karim"], "كريم"),
    (&["salih", "saleh"], "صالح"),
    (&["mustafa"], "مصطفى"),
    (&["qasim", "qassem", "qasem"], "قاسم"),
    (&["ali"], "علي"),
    (&["hamid"], "حميد"),
    (&["majid"], "ماجد"),
    (&["salim"], "سليم"),
    (&["saddam"], "صدام"),
    (&["bashar"], "بشار"),
    (&["walid", "waleed"], "وليد"),
    (&["mahdi"], "مهدي"),
    (&["musa"], "موسى"),
    (&["dawud", "daoud"], "داود"),
    (&["yahya"], "يحيى"),
    (&["samir"], "سمير"),
    (&["usama", "osama"], "أسامة"),
    (&["abbas"], "عباس"),
    (&["adnan"], "عدنان"),
    (&["amin"], "أمين"),
    (&["anwar"], "أنور"),
    (&["ayman"], "أيمن"),
    (&["aziz"], "عزيز"),
    (&["farid"], "فريد"),
    (&["fawzi"], "فوزي"),
    (&["habib"], "حبيب"),
    (&["hamza"], "حمزة"),
    (&["haydar", "haidar"], "حيدر"),
    (&["jabir", "jaber"], "جابر"),
    (&["kamal"], "كمال"),
    (&["malik"], "مالك"),
    (&["mansur", "mansour"], "منصور"),
    (&["marwan"], "مروان"),
    (&["munir"], "منير"),
    (&["nabil"], "نبيل"),
    (&["najib"], "نجيب"),
    (&["rafiq"], "رفيق"),
    (&["ridha", "rida"], "رضا"),
    (&["sabri"], "صبري"),
    (&["salman"], "سلمان"),
    (&["shakir"], "شاكر"),
    (&["taha"], "طه"),
    (&["tahir", "taher"], "طاهر"),
    (&["yasin", "yassin"], "ياسين"),
    (&["zaki"], "زكي"),
    (&["al-tikriti"], "التكريتي"),
    (&["al-masri"], "المصري"),
    (&["al-iraqi"], "العراقي"),
    (&["al-assad", "al-asad"], "الأسد"),
    (&["al-hamid"], "الحميد"),
    (&["bin", "ibn", "ben"], "بن"),
    (&["haj", "hajj"], "الحاج"),
];

/// An Arabic name in Arabic letters.
pub(crate) fn in_arabic(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    let people = matches!(listed.origin(), None | Some(Origin::Arabic));
    if !listed.is_person() || !people || listed.words.len() < 2 {
        return None;
    }
    by_words(listed, |word| ARABIC_NAMES.iter().find(|row| row.0.contains(&word)).map(|row| row.1.to_owned()))
}

const GEORGIAN: Letters = &[
    ("sh", "შ"),
    ("ch", "ჩ"),
    ("zh", "ჟ"),
    ("kh", "ხ"),
    ("gh", "ღ"),
    ("ts", "ც"),
    ("dz", "ძ"),
    ("a", "ა"),
    ("b", "ბ"),
    ("g", "გ"),
    ("d", "დ"),
    ("e", "ე"),
    ("v", "ვ"),
    ("z", "ზ"),
    ("i", "ი"),
    ("k", "კ"),
    ("l", "ლ"),
    ("m", "მ"),
    ("n", "ნ"),
    ("o", "ო"),
    ("p", "პ"),
    ("r", "რ"),
    ("s", "ს"),
    ("t", "ტ"),
    ("u", "უ"),
    ("j", "ჯ"),
    ("h", "ჰ"),
    ("q", "ქ"),
    ("f", "ფ"),
];

const ARMENIAN: Letters = &[
    ("sh", "շ"),
    ("ch", "չ"),
    ("zh", "ժ"),
    ("kh", "խ"),
    ("gh", "ղ"),
    ("ts", "ց"),
    ("dz", "ձ"),
    ("ya", "յա"),
    ("a", "ա"),
    ("b", "բ"),
    ("g", "գ"),
    ("d", "դ"),
    ("e", "ե"),
    ("z", "զ"),
    ("i", "ի"),
    ("l", "լ"),
    ("k", "կ"),
    ("h", "հ"),
    ("m", "մ"),
    ("n", "ն"),
    ("o", "ո"),
    ("p", "պ"),
    ("j", "ջ"),
    ("r", "ր"),
    ("s", "ս"),
    ("v", "վ"),
    ("t", "տ"),
    ("u", "ու"),
    ("f", "ֆ"),
    ("q", "ք"),
];

const KANA: Letters = &[
    ("sha", "シャ"),
    ("shi", "シ"),
    ("shu", "シュ"),
    ("sho", "ショ"),
    ("she", "シェ"),
    ("sh", "シュ"),
    ("cha", "チャ"),
    ("chi", "チ"),
    ("chu", "チュ"),
    ("cho", "チョ"),
    ("che", "チェ"),
    ("ch", "チ"),
    ("tsu", "ツ"),
    ("ts", "ツ"),
    ("ja", "ジャ"),
    ("ji", "ジ"),
    ("ju", "ジュ"),
    ("jo", "ジョ"),
    ("fa", "ファ"),
    ("fi", "フィ"),
    ("fe", "フェ"),
    ("fo", "フォ"),
    ("fu", "フ"),
    ("f", "フ"),
    ("ka", "カ"),
    ("ki", "キ"),
    ("ku", "ク"),
    ("ke", "ケ"),
    ("ko", "コ"),
    ("k", "ク"),
    ("ga", "ガ"),
    ("gi", "ギ"),
    ("gu", "グ"),
    ("ge", "ゲ"),
    ("go", "ゴ"),
    ("g", "グ"),
    ("sa", "サ"),
    ("si", "シ"),
    ("su", "ス"),
    ("se", "セ"),
    ("so", "ソ"),
    ("s", "ス"),
    ("za", "ザ"),
    ("zi", "ジ"),
    ("zu", "ズ"),
    ("ze", "ゼ"),
    ("zo", "ゾ"),
    ("z", "ズ"),
    ("ta", "タ"),
    ("ti", "ティ"),
    ("tu", "トゥ"),
    ("te", "テ"),
    ("to", "ト"),
    ("t", "ト"),
    ("da", "ダ"),
    ("di", "ディ"),
    ("du", "ドゥ"),
    ("de", "デ"),
    ("do", "ド"),
    ("d", "ド"),
    ("na", "ナ"),
    ("ni", "ニ"),
    ("nu", "ヌ"),
    ("ne", "ネ"),
    ("no", "ノ"),
    ("n", "ン"),
    ("ha", "ハ"),
    ("hi", "ヒ"),
    ("hu", "フ"),
    ("he", "ヘ"),
    ("ho", "ホ"),
    ("ba", "バ"),
    ("bi", "ビ"),
    ("bu", "ブ"),
    ("be", "ベ"),
    ("bo", "ボ"),
    ("b", "ブ"),
    ("va", "ヴァ"),
    ("vi", "ヴィ"),
    ("ve", "ヴェ"),
    ("vo", "ヴォ"),
    ("v", "ヴ"),
    ("pa", "パ"),
    ("pi", "ピ"),
    ("pu", "プ"),
    ("pe", "ペ"),
    ("po", "ポ"),
    ("p", "プ"),
    ("ma", "マ"),
    ("mi", "ミ"),
    ("mu", "ム"),
    ("me", "メ"),
    ("mo", "モ"),
    ("m", "ム"),
    ("ya", "ヤ"),
    ("yu", "ユ"),
    ("yo", "ヨ"),
    ("ra", "ラ"),
    ("ri", "リ"),
    ("ru", "ル"),
    ("re", "レ"),
    ("ro", "ロ"),
    ("r", "ル"),
    ("la", "ラ"),
    ("li", "リ"),
    ("lu", "ル"),
    ("le", "レ"),
    ("lo", "ロ"),
    ("l", "ル"),
    ("wa", "ワ"),
    ("a", "ア"),
    ("i", "イ"),
    ("u", "ウ"),
    ("e", "エ"),
    ("o", "オ"),
];

/// A name in Georgian, Armenian or Japanese letters.
pub(crate) fn in_another_script(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if !listed.is_person() || !(2..=3).contains(&listed.words.len()) || listed.is_syllabic() {
        return None;
    }
    let (letters, between) = *dice.pick(&[(GEORGIAN, " "), (ARMENIAN, " "), (KANA, "・")])?;
    Some(by_words(listed, |word| spelled(word, letters))?.replace(' ', between))
}

/// Every word of a Latin name, small, by one function.
fn by_words(listed: &Listed<'_>, one: impl Fn(&str) -> Option<String>) -> Option<String> {
    if !listed.is_latin() {
        return None;
    }
    let words: Option<Vec<String>> = listed.words.iter().map(|word| one(&word.to_lowercase())).collect();
    words.map(|words| words.join(" "))
}

fn spelled(word: &str, letters: Letters) -> Option<String> {
    let mut text = String::new();
    let mut at = 0;
    while at < word.len() {
        let rest = word.get(at..)?;
        let fits = |piece: &str| {
            let bare = piece.trim_start_matches('^').trim_end_matches('$');
            rest.starts_with(bare)
                && (!piece.ends_with('$') || rest.len() == bare.len())
                && (!piece.starts_with('^') || at == 0)
        };
        let (piece, other) = letters.iter().find(|row| fits(row.0))?;
        text.push_str(other);
        at += piece.trim_start_matches('^').trim_end_matches('$').len();
    }
    Some(text)
}

/// Systems for Cyrillic letters of a passport or a paper, one column each: BGN/PCGN, ICAO, German, French.
const SYSTEMS: &[(char, [&str; 4])] = &[
    ('а', ["a", "a", "a", "a"]),
    ('б', ["b", "b", "b", "b"]),
    ('в', ["v", "v", "w", "v"]),
    ('г', ["g", "g", "g", "g"]),
    ('д', ["d", "d", "d", "d"]),
    ('е', ["e", "e", "e", "e"]),
    ('ё', ["yo", "e", "jo", "io"]),
    ('ж', ["zh", "zh", "sch", "j"]),
    ('з', ["z", "z", "s", "z"]),
    ('и', ["i", "i", "i", "i"]),
    ('й', ["y", "i", "j", "i"]),
    ('к', ["k", "k", "k", "k"]),
    ('л', ["l", "l", "l", "l"]),
    ('м', ["m", "m", "m", "m"]),
    ('н', ["n", "n", "n", "n"]),
    ('о', ["o", "o", "o", "o"]),
    ('п', ["p", "p", "p", "p"]),
    ('р', ["r", "r", "r", "r"]),
    ('с', ["s", "s", "s", "s"]),
    ('т', ["t", "t", "t", "t"]),
    ('у', ["u", "u", "u", "ou"]),
    ('ф', ["f", "f", "f", "f"]),
    ('х', ["kh", "kh", "ch", "kh"]),
    ('ц', ["ts", "ts", "z", "ts"]),
    ('ч', ["ch", "ch", "tsch", "tch"]),
    ('ш', ["sh", "sh", "sch", "ch"]),
    ('щ', ["shch", "shch", "schtsch", "chtch"]),
    ('ъ', ["", "ie", "", ""]),
    ('ы', ["y", "y", "y", "y"]),
    ('ь', ["", "", "", ""]),
    ('э', ["e", "e", "e", "e"]),
    ('ю', ["yu", "iu", "ju", "iou"]),
    ('я', ["ya", "ia", "ja", "ia"]),
    ('і', ["i", "i", "i", "i"]),
    ('ї', ["yi", "i", "ji", "i"]),
    ('є', ["ye", "ie", "je", "ie"]),
];

/// A name listed in Cyrillic letters in one of the systems of romanisation.
pub(crate) fn from_cyrillic(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if listed.script != Script::Cyrillic || listed.words.len() < 2 || !listed.is_person() {
        return None;
    }
    let system = dice.below(4);
    let one = |word: &&str| -> Option<String> {
        let letters = word.to_lowercase();
        let spelled: Option<String> = letters
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .map(|letter| SYSTEMS.iter().find(|row| row.0 == letter).map(|row| row.1[system]))
            .collect();
        Some(super::capitalised(&spelled?))
    };
    let words: Option<Vec<String>> = listed.words.iter().map(one).collect();
    words.map(|words| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listed::tests::person;

    fn made(name: &str, country: &str, make: fn(&Listed<'_>, &mut Dice) -> Option<String>) -> Option<String> {
        let entity = person(name, country);
        make(&Listed::new(&entity, &entity.names[0]), &mut Dice::new(1, &[]))
    }

    #[test]
    fn names_in_other_scripts() {
        for (name, country, make, expected) in [
            (
                "SECHIN, Igor Ivanovich",
                "ru",
                in_cyrillic as fn(&Listed<'_>, &mut Dice) -> Option<String>,
                Some("Игорь Иванович Сечин"),
            ),
            ("Zhirinovsky, Yury", "ru", in_cyrillic, Some("Юрий Жириновский")),
            ("Muhammad Hasan al-Masri", "eg", in_arabic, Some("محمد حسن المصري")),
            ("Muhammad Quixworth", "eg", in_arabic, None),
            ("Умаров Доку Хаматович", "ru", own_cyrillic, Some("Умаров Доку Хаматович")),
            ("Umarov Doku", "ru", own_cyrillic, None),
        ] {
            assert_eq!(made(name, country, make).as_deref(), expected, "{name}");
        }
        assert_eq!(spelled("tanaka", KANA).as_deref(), Some("タナカ"));
        assert_eq!(spelled("ivane", GEORGIAN).as_deref(), Some("ივანე"));
        assert_eq!(spelled("müller", GEORGIAN), None);
        let romanised = made("Доку Умаров", "ru", from_cyrillic);
        assert_eq!(romanised.as_deref(), Some("Doku Umarov"));
    }
}
