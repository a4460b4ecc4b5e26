//! Cyrillic in the languages that write names with it.
//!
//! In: a word. Out: one position. The letters of a word tell its language as far as they can. Sources: BGN/PCGN as OFAC
//! uses it, ICAO 9303 part 3 for passports, the Ukrainian (2010), Belarusian (2007) and Bulgarian (2009) laws, Gaj's
//! Latin for Serbian and Macedonian without its marks, since lists print it so.

use super::alphabet::{Row, spell};
use super::{Position, eastern, full, lexicon};

/// What most languages share; rows of a language come before.
const COMMON: &[Row] = &[
    ("^е", "ye"),
    ("^ё", "yo"),
    ("ае", "aye ae"),
    ("ее", "eye ee"),
    ("ое", "oye"),
    ("уе", "uye"),
    ("ие", "iye"),
    ("ые", "yye"),
    ("яе", "yaye"),
    ("юе", "yuye"),
    ("ье", "ye"),
    ("ъе", "ye"),
    ("ьё", "ye yo"),
    ("ъё", "ye yo"),
    ("ьо", "yo"),
    ("ьи", "yi"),
    ("ья", "ya"),
    ("ъя", "ya"),
    ("ью", "yu"),
    ("ъю", "yu"),
    ("ия$", "iya"),
    ("а", "a"),
    ("б", "b"),
    ("в", "v"),
    ("г", "g"),
    ("д", "d"),
    ("е", "e"),
    ("ё", "e yo"),
    ("ж", "zh"),
    ("з", "z"),
    ("и", "i"),
    ("й", "y"),
    ("к", "k"),
    ("л", "l"),
    ("м", "m"),
    ("н", "n"),
    ("о", "o"),
    ("п", "p"),
    ("р", "r"),
    ("с", "s"),
    ("т", "t"),
    ("у", "u"),
    ("ф", "f"),
    ("х", "kh h"),
    ("ц", "ts"),
    ("ч", "ch"),
    ("ш", "sh"),
    ("щ", "shch"),
    ("ъ", "_"),
    ("ы", "y"),
    ("ь", "_"),
    ("э", "e"),
    ("ю", "yu"),
    ("я", "ya"),
    ("і", "i"),
    ("ї", "i"),
    ("є", "ie"),
    ("ґ", "g"),
    ("ў", "u"),
    ("ј", "j"),
    ("љ", "lj"),
    ("њ", "nj"),
    ("ђ", "dj"),
    ("ћ", "c"),
    ("џ", "dz"),
    ("ѓ", "gj"),
    ("ќ", "kj"),
    ("ѕ", "dz"),
    ("ѐ", "e"),
    ("ѝ", "i"),
    ("ә", "a"),
    ("ғ", "g"),
    ("қ", "k"),
    ("ң", "n"),
    ("ө", "o"),
    ("ұ", "u"),
    ("ү", "u"),
    ("һ", "h"),
    ("ҷ", "j"),
    ("ҳ", "h"),
    ("ӣ", "i"),
    ("ӯ", "u"),
    ("җ", "j"),
    ("ҙ", "z"),
    ("ҡ", "k"),
    ("ҫ", "s"),
    ("ҥ", "n"),
    ("ҕ", "gh"),
    ("ӑ", "a"),
    ("ӗ", "e"),
    ("ӳ", "u"),
    ("ӏ", "_"),
    ("ӱ", "u"),
    ("ӧ", "o"),
    ("ӓ", "a"),
    ("ҿ", "ch"),
    ("ҽ", "ch"),
    ("ҩ", "o"),
    ("ҭ", "t"),
    ("ҧ", "p"),
    ("ѣ", "e"),
    ("ѳ", "f"),
    ("ѵ", "i"),
];

const UKRAINIAN: &[Row] = &[
    ("зг", "zgh zg"),
    ("^є", "ye"),
    ("^ї", "yi"),
    ("^й", "y"),
    ("г", "h g"),
    ("и", "y"),
    ("е", "e"),
    ("ьо", "io"),
    ("йо", "yo"),
];
const BELARUSIAN: &[Row] = &[("г", "h g"), ("дз", "dz"), ("ё", "io yo"), ("і", "i")];
const BULGARIAN: &[Row] = &[("щ", "sht"), ("ъ", "a u"), ("х", "h"), ("е", "e")];
/// First reading: Latin without marks; second: by sound.
const SERBIAN: &[Row] = &[
    ("ч", "c ch"),
    ("ћ", "c ch"),
    ("ш", "s sh"),
    ("ж", "z zh"),
    ("џ", "dz j"),
    ("ц", "c ts"),
    ("х", "h"),
    ("ј", "j y"),
    ("љ", "lj ly"),
    ("њ", "nj ny"),
    ("е", "e"),
];
const KAZAKH: &[Row] = &[("и", "i"), ("ай", "ay"), ("у", "u")];
const MONGOLIAN: &[Row] = &[("ж", "j"), ("^е", "ye"), ("ь", "i")];
/// Tajik, and Uzbek with its letters.
const TAJIK: &[Row] = &[("ў", "o u"), ("қ", "q"), ("ж", "j")];

/// Letters that only one language or group has, and its rows. The first that fits counts.
const LANGUAGES: &[(&str, &[Row])] = &[
    ("ҳҷӣӯ", TAJIK),
    ("әұһқғ", KAZAKH),
    ("өү", MONGOLIAN),
    ("іїєґ", UKRAINIAN),
    ("ў", BELARUSIAN),
    ("јљњђћџѓќѕ", SERBIAN),
];

/// Rows for a word that no letter of its own betrays.
fn by_spelling(word: &str) -> &'static [Row] {
    let letters: Vec<char> = word.chars().collect();
    let vowel = |letter: char| "аеёиоуыэюя".contains(letter);
    // Russian has the hard sign only before vowels.
    let hard = letters
        .iter()
        .enumerate()
        .any(|(at, letter)| *letter == 'ъ' && letters.get(at + 1).is_some_and(|next| !vowel(*next)));
    if hard {
        return BULGARIAN;
    }
    let ukrainian = ["енко", "чук", "щук", "шин", "ько", "юк"].iter().any(|end| word.ends_with(end));
    if ukrainian { &[("г", "g h")] } else { &[] }
}

/// The word by its letters, as the foreign name it is known to be, and as the Chinese or Korean one it may be.
pub(super) fn read(word: &str) -> Vec<Position> {
    let known = lexicon::find(lexicon::CYRILLIC, word).into_iter().map(String::from);
    let eastern = eastern::chinese(word).into_iter().chain(eastern::korean(word));
    vec![full(letters(word).into_iter().chain(known).chain(eastern))]
}

/// The word by its letters alone.
pub(super) fn letters(word: &str) -> Vec<String> {
    let has = |row: &&(&str, &[Row])| word.chars().any(|letter| row.0.contains(letter));
    let mut special = LANGUAGES.iter().find(has).map_or_else(|| by_spelling(word), |row| row.1);
    // The letter і is also Belarusian and Kazakh, which then mostly have another letter of their own.
    if word.contains('і') {
        let kazakh = word.contains(['қ', 'ғ', 'ң', 'ү', 'ө', 'ұ', 'ә']);
        special = if word.contains('ў') {
            BELARUSIAN
        } else if kazakh {
            KAZAKH
        } else {
            special
        };
    }
    vec![spell_in(word, special, 0), spell_in(word, special, 1)]
}

fn spell_in(word: &str, special: &'static [Row], reading: usize) -> String {
    let table: Vec<Row> = special.iter().chain(COMMON).copied().collect();
    spell(word, &table, reading)
}
