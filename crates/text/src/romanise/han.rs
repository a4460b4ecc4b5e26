//! Chinese characters, as Chinese, Korean and Japanese names have them.
//!
//! In: a word. Out: a position for each character; one for each part of a Japanese name that the table of those names
//! knows; one for a foreign name spelt by sound. Sources: Unihan for Mandarin, Cantonese and Korean readings of
//! characters, Hanyu Pinyin without marks, Wade–Giles without marks, the spelling of Hong Kong's identity cards.
//! A word with a character that only simplified writing has is read as mainland Chinese alone.

use super::{Position, Reading, full, hangul, lexicon, sounds};
use crate::Script;

/// Rows: character, tab, Pinyin, tab, Hong Kong spelling, tab, Korean syllable, tab, `s` if only simplified.
const CHARACTERS: &str = include_str!("han.tsv");

/// Characters with another reading in names than the usual one: as a surname, else anywhere.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan"),
    ('單', "shan"),
    ('仇', "qiu"),
    ('解', "xie"),
    ('任', "ren"),
    ('曾', "zeng"),
    ('区', "ou"),
    ('區', "ou"),
    ('查', "zha"),
    ('盖', "ge"),
    ('蓋', "ge"),
    ('翟', "zhai"),
    ('乐', "yue"),
    ('樂', "yue"),
    ('朴', "piao pu"),
    ('尉', "wei yu"),
    ('缪', "miao"),
    ('繆', "miao"),
    ('员', "yun"),
    ('冼', "xian"),
    ('覃', "qin tan"),
    ('折', "she"),
    ('黑', "he"),
    ('秘', "bi"),
    ('洗', "xian"),
    ('华', "hua"),
    ('華', "hua"),
    ('宁', "ning"),
    ('纪', "ji"),
    ('那', "na"),
    ('应', "ying"),
    ('召', "shao"),
    ('葛', "ge"),
    ('曲', "qu"),
    ('阚', "kan"),
    ('闞', "kan"),
    ('逄', "pang"),
    ('种', "chong"),
    ('厍', "she"),
    ('令', "ling"),
    ('呂', "lu"),
    ('吕', "lu"),
    ('沈', "shen"),
    ('訾', "zi"),
    ('乜', "nie"),
    ('句', "gou"),
    ('牟', "mou mu"),
    ('晟', "sheng"),
    ('卜', "bu"),
    ('柏', "bai bo"),
    ('隗', "wei kui"),
    ('撒', "sa"),
    ('不', "bu"),
    ('费', "fei"),
    ('費', "fei"),
    ('车', "che"),
];
const ANYWHERE: &[(char, &str)] = &[
    ('长', "chang zhang"),
    ('長', "chang zhang"),
    ('乐', "le yue"),
    ('樂', "le yue"),
    ('朝', "chao zhao"),
    ('重', "zhong chong"),
    ('行', "xing hang"),
    ('晟', "sheng cheng"),
    ('藏', "zang cang"),
    ('都', "du dou"),
    ('茜', "qian xi"),
    ('娜', "na"),
    ('卜', "bu"),
    ('校', "xiao"),
    ('会', "hui"),
    ('會', "hui"),
    ('大', "da"),
    ('广', "guang"),
    ('厂', "chang"),
    ('了', "liao"),
    ('女', "nu"),
    ('曾', "zeng"),
    ('石', "shi"),
    ('和', "he"),
    ('贾', "jia"),
    ('賈', "jia"),
    ('翟', "zhai"),
    ('祭', "ji"),
    ('佛', "fo fu"),
    ('调', "diao tiao"),
    ('调', "diao tiao"),
    ('参', "can shen"),
    ('差', "cha chai"),
];
/// Surnames of two characters, which Latin writes as one word.
const DOUBLE: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒", "东方", "東方", "独孤", "獨孤", "南宫",
    "南宮", "夏侯", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "慕容", "令狐", "长孙", "長孫", "宇文", "轩辕",
    "軒轅", "端木", "百里", "呼延", "完颜", "完顏",
];
/// The most frequent Chinese surnames: a word of two or three characters that begins with one is a Chinese name.
const CHINESE: &str = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧\
蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾鐘汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文\
习習温溫栗";
/// Characters that foreign names are full of and Chinese given names hardly have.
const FOREIGN: &str = "尔爾斯特姆瓦茨兹茲弗夫格蒂娃姬洛尼";
/// Surnames of Koreans, traditional and simplified.
const KOREAN: &str = "金李朴崔鄭郑姜趙赵尹張张林韓韩申吳吴徐權权黃黄安宋柳洪全高文孫孙梁裵白許许南沈盧卢河田丁郭成車车具禹朱任羅罗辛閔闵陳陈嚴严蔡元千方孔康\
玄咸卞楊杨呂吕秋都蘇苏石魯鲁馬马吉劉刘廉玉";

/// What is known of one character.
#[derive(Debug, Clone, Copy, Default)]
struct Character {
    pinyin: &'static str,
    cantonese: &'static str,
    korean: Option<char>,
    simplified: bool,
}

fn character(letter: char) -> Character {
    let Some(row) = lexicon::row(CHARACTERS, letter.encode_utf8(&mut [0; 4])) else {
        return Character::default();
    };
    let mut columns = row.split('\t');
    let mut next = || columns.next().unwrap_or_default();
    Character { pinyin: next(), cantonese: next(), korean: next().chars().next(), simplified: next() == "s" }
}

/// The word as the language it looks like writes it.
pub(super) fn read(word: &str) -> Vec<Position> {
    let letters: Vec<char> = word.chars().map(|letter| if letter == '〇' { '零' } else { letter }).collect();
    if letters.is_empty() {
        return Vec::new();
    }
    if let Some(position) = known_foreign(word) {
        return vec![position];
    }
    if let Some(positions) = japanese(word, &letters) {
        return positions;
    }
    if sounds_foreign(word, &letters) {
        return vec![foreign(word, &[])];
    }
    chinese(&letters)
}

/// All characters in Pinyin as one word.
pub(super) fn letters(word: &str) -> Vec<String> {
    vec![word.chars().map(pinyin).collect()]
}

/// The first Pinyin reading of a character; of rare ones the nearest ASCII.
fn pinyin(letter: char) -> String {
    let known = character(letter).pinyin;
    if known.is_empty() { any_ascii::any_ascii_char(letter).to_ascii_lowercase() } else { known.to_owned() }
}

fn known_foreign(word: &str) -> Option<Position> {
    let known = lexicon::find(lexicon::HAN, word);
    (!known.is_empty()).then(|| foreign(word, &known))
}

/// Whether all characters are used for sounds, and the first is no frequent Chinese surname of a short name without
/// typical foreign characters.
fn sounds_foreign(word: &str, letters: &[char]) -> bool {
    let given = letters.get(1..).unwrap_or_default();
    let chinese = letters.first().is_some_and(|first| CHINESE.contains(*first))
        && letters.len() <= 3
        && !(letters.len() == 3 && given.iter().any(|letter| FOREIGN.contains(*letter)));
    (2..=9).contains(&letters.len()) && !chinese && sounds::covers(word, Script::Han)
}

fn foreign(word: &str, known: &[&str]) -> Position {
    let mut readings = full(known.iter().copied());
    readings.extend(full(sounds::guess(word, Script::Han, if known.is_empty() { 3 } else { 1 })));
    readings.extend(letters(word).into_iter().map(Reading::full));
    readings
}

/// Japanese names: known whole, or as family and given name.
fn japanese(word: &str, letters: &[char]) -> Option<Vec<Position>> {
    let first = *letters.first()?;
    let chinese =
        CHINESE.contains(first) && letters.len() == 3 || DOUBLE.iter().any(|name| word.starts_with(name));
    if chinese {
        return None;
    }
    let names = |part: &str| lexicon::find(lexicon::JAPANESE, part);
    let position = |part: &str| full(names(part).into_iter().map(String::from).chain(self::letters(part)));
    if letters.len() > 1 && !names(word).is_empty() {
        return Some(vec![position(word)]);
    }
    // Two characters are the usual length of both parts.
    let splits = [2, 1, 3].into_iter().filter(|count| letters.len() > 2 && *count < letters.len());
    splits.filter_map(|count| word.char_indices().nth(count)).find_map(|(at, _)| {
        let (family, given) = word.split_at(at);
        (!names(family).is_empty() && !names(given).is_empty())
            .then(|| vec![position(family), position(given)])
    })
}

fn chinese(letters: &[char]) -> Vec<Position> {
    let simplified = letters.iter().any(|letter| character(*letter).simplified);
    let korean = letters.first().is_some_and(|first| KOREAN.contains(*first)) || !simplified;
    let korean = korean && letters.len() <= 4;
    let whole: String = letters.iter().collect();
    let double = letters.len() > 2 && DOUBLE.iter().any(|name| whole.starts_with(name));
    let mut positions = Vec::with_capacity(letters.len());
    if double {
        positions.push(full([letters[..2].iter().map(|letter| pinyin(*letter)).collect::<String>()]));
    }
    for (at, letter) in letters.iter().enumerate().skip(if double { 2 } else { 0 }) {
        let surname = at == 0 && letters.len() <= 4;
        positions.push(one(*letter, surname, simplified, korean));
    }
    if let ([letter], [position]) = (letters, positions.as_mut_slice()) {
        position.extend(full(lexicon::find(lexicon::JAPANESE, letter.encode_utf8(&mut [0; 4]))));
    }
    positions
}

/// The readings of one character of a Chinese or Korean name.
fn one(letter: char, surname: bool, simplified: bool, korean: bool) -> Position {
    let known = character(letter);
    let special =
        |table: &'static [(char, &'static str)]| table.iter().find(|row| row.0 == letter).map(|row| row.1);
    let special = special(SURNAMES).filter(|_| surname).or_else(|| special(ANYWHERE));
    let mandarin: Vec<String> =
        special.map_or_else(|| vec![pinyin(letter)], |texts| texts.split(' ').map(String::from).collect());
    let mut readings = full(mandarin.iter().cloned());
    if let Some(syllable) = known.korean.filter(|_| korean) {
        let spellings =
            if surname { hangul::surname_spellings(syllable) } else { hangul::syllable(syllable) };
        readings.extend(full(spellings.into_iter().take(2)));
    }
    if !simplified {
        readings.extend([Reading::full(known.cantonese), Reading::full(wade_giles(&mandarin[0]))]);
    }
    readings
}

/// Initials of Pinyin and Wade–Giles; longer ones first.
const INITIALS: &[(&str, &str)] = &[
    ("zh", "ch"),
    ("ch", "ch"),
    ("sh", "sh"),
    ("b", "p"),
    ("p", "p"),
    ("m", "m"),
    ("f", "f"),
    ("d", "t"),
    ("t", "t"),
    ("n", "n"),
    ("l", "l"),
    ("g", "k"),
    ("k", "k"),
    ("h", "h"),
    ("j", "ch"),
    ("q", "ch"),
    ("x", "hs"),
    ("r", "j"),
    ("z", "ts"),
    ("c", "ts"),
    ("s", "s"),
    ("y", "y"),
    ("w", "w"),
];
/// Whole syllables that Wade–Giles spells apart.
const SYLLABLES: &[(&str, &str)] = &[
    ("zhi", "chih"),
    ("chi", "chih"),
    ("shi", "shih"),
    ("ri", "jih"),
    ("zi", "tzu"),
    ("ci", "tzu"),
    ("si", "szu"),
    ("er", "erh"),
    ("yi", "i"),
    ("ye", "yeh"),
    ("yan", "yen"),
    ("you", "yu"),
    ("yong", "yung"),
    ("ge", "ko"),
    ("ke", "ko"),
    ("he", "ho"),
    ("e", "o"),
];
/// Finals of Pinyin and Wade–Giles.
const FINALS: &[(&str, &str)] = &[
    ("ian", "ien"),
    ("ie", "ieh"),
    ("iong", "iung"),
    ("ong", "ung"),
    ("uo", "o"),
    ("ue", "ueh"),
    ("ui", "ui"),
];

fn wade_giles(pinyin: &str) -> String {
    if let Some((_, text)) = SYLLABLES.iter().find(|row| row.0 == pinyin) {
        return (*text).to_owned();
    }
    let Some((initial, text)) = INITIALS.iter().find(|row| pinyin.starts_with(row.0)) else {
        return pinyin.to_owned();
    };
    let rest = &pinyin[initial.len()..];
    let end = FINALS.iter().find(|row| row.0 == rest).map_or(rest, |row| row.1);
    format!("{text}{end}")
}
