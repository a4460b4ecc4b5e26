//! Korean and Chinese names in the spellings, scripts and readings they have.
//!
//! In the tables a row is one syllable. Sources: the romanisations of the two Koreas and the family names usual abroad;
//! the systems of pinyin, Wade–Giles and Hong Kong.

use super::recased;
use crate::dice::Dice;
use crate::listed::{Listed, Origin};

/// The syllable as the north writes it, in Hangul, one Chinese character that is read so, that character's pinyin, and other
/// spellings with blanks between.
struct Syllable {
    north: &'static str,
    hangul: char,
    han: char,
    pinyin: &'static str,
    others: &'static str,
}

const fn syllable(
    north: &'static str,
    hangul: char,
    han: char,
    pinyin: &'static str,
    others: &'static str,
) -> Syllable {
    Syllable { north, hangul, han, pinyin, others }
}

const KOREAN: &[Syllable] = &[
    syllable("kim", '김', '金', "jin", "kim gim"),
    syllable("ri", '리', '李', "li", "lee rhee yi li"),
    syllable("pak", '박', '朴', "piao", "park bak"),
    syllable("choe", '최', '崔', "cui", "choi choe"),
    syllable("jong", '정', '正', "zheng", "jung jeong chong chung"),
    syllable("chong", '정', '鄭', "zheng", "jong jung jeong chung"),
    syllable("kang", '강', '姜', "jiang", "gang kang"),
    syllable("jo", '조', '趙', "zhao", "cho jo"),
    syllable("cho", '조', '曺', "cao", "jo cho"),
    syllable("yun", '윤', '尹', "yin", "yoon yun"),
    syllable("jang", '장', '張', "zhang", "chang jang"),
    syllable("chang", '창', '昌', "chang", "chang"),
    syllable("rim", '림', '林', "lin", "lim im rim"),
    syllable("han", '한', '韓', "han", "han hahn"),
    syllable("o", '오', '吳', "wu", "oh o"),
    syllable("so", '서', '徐', "xu", "seo suh so"),
    syllable("sin", '신', '申', "shen", "shin sin"),
    syllable("kwon", '권', '權', "quan", "gwon kwon"),
    syllable("hwang", '황', '黃', "huang", "whang hwang"),
    syllable("an", '안', '安', "an", "ahn an"),
    syllable("song", '성', '成', "cheng", "sung seong song"),
    syllable("ryu", '류', '柳', "liu", "yu yoo ryu lyu"),
    syllable("hong", '홍', '洪', "hong", "hong"),
    syllable("paek", '백', '白', "bai", "baek baik paik"),
    syllable("no", '노', '盧', "lu", "noh roh no"),
    syllable("ro", '로', '盧', "lu", "noh roh ro"),
    syllable("nam", '남', '南', "nan", "nam"),
    syllable("yang", '양', '楊', "yang", "yang"),
    syllable("mun", '문', '文', "wen", "moon mun"),
    syllable("ho", '호', '浩', "hao", "ho"),
    syllable("u", '우', '宇', "yu", "woo u"),
    syllable("un", '은', '恩', "en", "eun un"),
    syllable("il", '일', '日', "ri", "il"),
    syllable("chol", '철', '哲', "zhe", "cheol chul chol"),
    syllable("yong", '영', '永', "yong", "young yeong yong"),
    syllable("myong", '명', '明', "ming", "myung myeong myong"),
    syllable("hyok", '혁', '赫', "he", "hyuk hyeok"),
    syllable("kyong", '경', '慶', "qing", "kyung gyeong kyoung"),
    syllable("hyon", '현', '賢', "xian", "hyun hyeon"),
    syllable("hyong", '형', '亨', "heng", "hyung hyeong"),
    syllable("chun", '춘', '春', "chun", "choon chun"),
    syllable("sok", '석', '錫', "xi", "suk seok"),
    syllable("hak", '학', '學', "xue", "hak"),
    syllable("tae", '태', '泰', "tai", "tae"),
    syllable("jin", '진', '鎭', "zhen", "jin chin"),
    syllable("won", '원', '元', "yuan", "won"),
    syllable("kuk", '국', '國', "guo", "guk kook"),
    syllable("guk", '국', '國', "guo", "kuk gook"),
    syllable("ryong", '룡', '龍', "long", "yong ryong"),
    syllable("hui", '희', '姬', "ji", "hee hui"),
    syllable("sang", '상', '相', "xiang", "sang"),
    syllable("kun", '근', '根', "gen", "geun keun"),
    syllable("su", '수', '秀', "xiu", "soo su"),
    syllable("kwang", '광', '光', "guang", "gwang kwang"),
    syllable("ju", '주', '朱', "zhu", "joo chu"),
    syllable("min", '민', '民', "min", "min"),
    syllable("sun", '순', '順', "shun", "soon sun"),
    syllable("gyu", '규', '奎', "kui", "kyu gyu"),
    syllable("kyu", '규', '奎', "kui", "gyu kyu"),
    syllable("in", '인', '仁', "ren", "in"),
    syllable("gi", '기', '基', "ji", "ki gi"),
    syllable("ki", '기', '基', "ji", "gi ki"),
    syllable("nyong", '녕', '寧', "ning", "young nyeong"),
    syllable("hae", '해', '海', "hai", "hae"),
    syllable("ok", '옥', '玉', "yu", "ok"),
    syllable("sam", '삼', '三', "san", "sam"),
    syllable("man", '만', '萬', "wan", "man"),
    syllable("bok", '복', '福', "fu", "pok bok"),
    syllable("pom", '범', '範', "fan", "beom bum"),
    syllable("bom", '범', '範', "fan", "beom bum"),
    syllable("thae", '태', '泰', "tai", "tae"),
    syllable("dok", '덕', '德', "de", "deok duk"),
    syllable("tok", '덕', '德', "de", "deok duk"),
    syllable("mu", '무', '武', "wu", "moo mu"),
    syllable("hun", '훈', '勳', "xun", "hoon hun"),
    syllable("jae", '재', '在', "zai", "jae chae"),
    syllable("gil", '길', '吉', "ji", "kil gil"),
    syllable("kil", '길', '吉', "ji", "gil kil"),
    syllable("jun", '준', '俊', "jun", "joon chun"),
    syllable("chan", '찬', '燦', "can", "chan"),
    syllable("ung", '웅', '雄', "xiong", "woong ung"),
    syllable("rok", '록', '祿', "lu", "rok nok"),
    syllable("dong", '동', '東', "dong", "tong dong"),
    syllable("tong", '동', '東', "dong", "dong"),
    syllable("pyong", '병', '秉', "bing", "byung byeong"),
    syllable("byong", '병', '秉', "bing", "byung byeong"),
    syllable("yol", '열', '烈', "lie", "yeol yul"),
    syllable("ryol", '렬', '烈', "lie", "yeol ryul"),
    syllable("chae", '채', '蔡', "cai", "chae"),
    syllable("kwan", '관', '寬', "kuan", "gwan kwan"),
    syllable("hwa", '화', '和', "he", "hwa"),
    syllable("sik", '식', '植', "zhi", "shik sik"),
    syllable("hwan", '환', '煥', "huan", "hwan"),
    syllable("gwang", '광', '光', "guang", "kwang"),
    syllable("ra", '라', '羅', "luo", "na ra"),
    syllable("ko", '고', '高', "gao", "go koh"),
    syllable("ha", '하', '河', "he", "ha"),
    syllable("kye", '계', '桂', "gui", "gye kye"),
];

/// Whether every word is a syllable of Korean names as the north writes them.
pub(crate) fn is_korean(words: &[&str]) -> bool {
    let is_syllable = |word: &&str| KOREAN.iter().any(|row| row.north == word.to_lowercase());
    words.len() > 1 && words.iter().all(is_syllable)
}

/// The syllables of a Korean name by words and hyphens, each with the word it stands in; `None` if one is not in the table.
fn korean(listed: &Listed<'_>) -> Option<Vec<(&'static Syllable, usize)>> {
    if !listed.is_of(Origin::Korean) || !listed.is_latin() {
        return None;
    }
    let mut found = Vec::new();
    for (at, word) in listed.words.iter().enumerate() {
        for piece in word.split('-') {
            let small: String = piece.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
            found.push((KOREAN.iter().find(|row| row.north == small)?, at));
        }
    }
    (2..=4).contains(&found.len()).then_some(found)
}

/// Another romanisation of a Korean name.
pub(crate) fn korean_spelling(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let syllables = korean(listed)?;
    let mut pieces: Vec<String> = Vec::new();
    for (row, at) in &syllables {
        let others: Vec<&str> = row.others.split(' ').collect();
        pieces.push(recased(dice.pick(&others)?, listed.words[*at]));
    }
    let hyphen = if dice.chance(40) { "-" } else { " " };
    let text = match pieces.as_slice() {
        [family, one, two] => {
            format!("{family} {one}{hyphen}{}", if hyphen == "-" { two.to_lowercase() } else { two.clone() })
        }
        pieces => pieces.join(" "),
    };
    (text.to_lowercase().replace('-', " ") != listed.spoken().to_lowercase().replace('-', " "))
        .then_some(text)
}

/// A Korean name in Hangul, as the north or the south writes it.
pub(crate) fn hangul(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    Some(korean(listed)?.iter().map(|(row, _)| row.hangul).collect())
}

/// A Korean name in Chinese characters.
pub(crate) fn korean_characters(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    Some(korean(listed)?.iter().map(|(row, _)| row.han).collect())
}

/// The Chinese reading of a Korean name's characters.
pub(crate) fn korean_in_pinyin(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    let syllables = korean(listed)?;
    let (family, given) = syllables.split_first()?;
    let given: String = given.iter().map(|(row, _)| row.pinyin).collect();
    Some(format!("{} {}", super::capitalised(family.0.pinyin), super::capitalised(&given)))
}

const INITIALS: &[(&str, &str)] = &[
    ("zh", "ch"),
    ("ch", "ch'"),
    ("sh", "sh"),
    ("b", "p"),
    ("p", "p'"),
    ("m", "m"),
    ("f", "f"),
    ("d", "t"),
    ("t", "t'"),
    ("n", "n"),
    ("l", "l"),
    ("g", "k"),
    ("k", "k'"),
    ("h", "h"),
    ("j", "ch"),
    ("q", "ch'"),
    ("x", "hs"),
    ("r", "j"),
    ("z", "ts"),
    ("c", "ts'"),
    ("s", "s"),
    ("w", "w"),
    ("y", "y"),
    ("", ""),
];

/// Finals of pinyin with those of Wade–Giles.
const FINALS: &[(&str, &str)] = &[
    ("iang", "iang"),
    ("iong", "iung"),
    ("uang", "uang"),
    ("ang", "ang"),
    ("eng", "eng"),
    ("ing", "ing"),
    ("ong", "ung"),
    ("ian", "ien"),
    ("iao", "iao"),
    ("uai", "uai"),
    ("uan", "uan"),
    ("ai", "ai"),
    ("an", "an"),
    ("ao", "ao"),
    ("ei", "ei"),
    ("en", "en"),
    ("ia", "ia"),
    ("ie", "ieh"),
    ("in", "in"),
    ("iu", "iu"),
    ("ou", "ou"),
    ("ua", "ua"),
    ("ue", "ueh"),
    ("ui", "ui"),
    ("un", "un"),
    ("uo", "o"),
    ("a", "a"),
    ("e", "e"),
    ("i", "i"),
    ("o", "o"),
    ("u", "u"),
];

/// Whole syllables that the two tables do not give.
const IRREGULAR: &[(&str, &str)] = &[
    ("zhi", "chih"),
    ("chi", "ch'ih"),
    ("shi", "shih"),
    ("ri", "jih"),
    ("zi", "tzu"),
    ("ci", "tz'u"),
    ("si", "ssu"),
    ("ge", "ko"),
    ("ke", "k'o"),
    ("he", "ho"),
    ("gui", "kuei"),
    ("kui", "k'uei"),
    ("guo", "kuo"),
    ("kuo", "k'uo"),
    ("huo", "huo"),
    ("yan", "yen"),
    ("ye", "yeh"),
    ("you", "yu"),
    ("yong", "yung"),
    ("yi", "i"),
    ("er", "erh"),
    ("xue", "hsueh"),
];

/// The family names of Hong Kong beside their pinyin.
const CANTONESE: &[(&str, &str)] = &[
    ("zhang", "cheung"),
    ("chen", "chan"),
    ("li", "lee"),
    ("wang", "wong"),
    ("huang", "wong"),
    ("lin", "lam"),
    ("liu", "lau"),
    ("wu", "ng"),
    ("yang", "yeung"),
    ("zhou", "chow"),
    ("xu", "hui"),
    ("zhao", "chiu"),
    ("he", "ho"),
    ("guo", "kwok"),
    ("ye", "yip"),
    ("cai", "choi"),
    ("zheng", "cheng"),
    ("xie", "tse"),
    ("luo", "law"),
    ("liang", "leung"),
    ("feng", "fung"),
    ("deng", "tang"),
    ("zhu", "chu"),
];

/// Usual Chinese family names: words of other languages of China are read by these systems no more.
const FAMILIES: &[&str] = &[
    "wang", "li", "zhang", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun", "ma", "zhu",
    "hu", "guo", "he", "lin", "gao", "luo", "zheng", "liang", "xie", "song", "tang", "han", "feng", "deng",
    "cao", "peng", "zeng", "xiao", "tian", "dong", "pan", "yuan", "cai", "jiang", "yu", "du", "ye", "cheng",
    "wei", "su", "lu", "ding", "ren", "shen", "yao", "cui", "zhong", "tan", "fan", "jin", "shi", "liao",
    "jia", "xia", "fu", "bai", "fang", "zou", "meng", "xiong", "qin", "qiu", "hou", "jiang", "yin", "xue",
    "yan", "lei", "long", "tao", "qian", "xi", "ruan", "you", "kong", "dai", "mao", "hao", "gu", "gong",
    "wan", "qi", "chi", "ge", "ni", "yue", "xiang", "zhuang", "geng", "nie", "guan",
];

fn is_syllable(text: &str) -> bool {
    if IRREGULAR.iter().any(|row| row.0 == text) {
        return true;
    }
    let parted =
        |initial: &str| text.strip_prefix(initial).is_some_and(|last| FINALS.iter().any(|row| row.0 == last));
    INITIALS.iter().any(|row| parted(row.0))
}

/// The fewest syllables a word can be read as.
fn syllables(word: &str) -> Option<Vec<&str>> {
    if word.is_empty() {
        return Some(Vec::new());
    }
    (1..=word.len().min(6)).rev().find_map(|length| {
        let head = word.get(..length).filter(|head| is_syllable(head))?;
        let mut rest = syllables(&word[length..])?;
        rest.insert(0, head);
        Some(rest)
    })
}

fn wade_giles(syllable: &str) -> Option<String> {
    if let Some((_, other)) = IRREGULAR.iter().find(|row| row.0 == syllable) {
        return Some((*other).to_owned());
    }
    let (initial, last) = INITIALS.iter().find_map(|row| Some((row.1, syllable.strip_prefix(row.0)?)))?;
    let (_, last) = FINALS.iter().find(|row| row.0 == last)?;
    Some(format!("{initial}{last}"))
}

/// A Chinese name in Wade–Giles, with or without its apostrophes, or with the family name of Hong Kong.
pub(crate) fn chinese_spelling(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if !listed.is_of(Origin::Chinese) || !listed.is_latin() || !(2..=4).contains(&listed.words.len()) {
        return None;
    }
    let small: Vec<String> =
        listed.words.iter().map(|word| word.to_lowercase().replace(['\'', '-'], "")).collect();
    let parted: Vec<Vec<&str>> = small.iter().map(|word| syllables(word)).collect::<Option<_>>()?;
    if dice.chance(30)
        && let Some((_, family)) = CANTONESE.iter().find(|row| row.0 == small[0])
    {
        return Some(listed.with(0, &recased(family, listed.words[0])));
    }
    if !FAMILIES.contains(&small[0].as_str()) {
        return None;
    }
    let apostrophes = dice.chance(50);
    let mut words = Vec::new();
    for (word, pieces) in listed.words.iter().zip(parted) {
        let pieces: Vec<String> = pieces.into_iter().map(wade_giles).collect::<Option<_>>()?;
        let joined = pieces.join("-");
        let joined = if apostrophes { joined } else { joined.replace('\'', "") };
        words.push(recased(&joined, word));
    }
    let text = words.join(" ");
    let telling = words.iter().all(|word| word.chars().count() > 1);
    (telling && text.to_lowercase() != listed.spoken().to_lowercase()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listed::tests::person;
    use std::collections::BTreeSet;

    fn all(
        name: &str,
        country: &str,
        make: fn(&Listed<'_>, &mut Dice) -> Option<String>,
    ) -> BTreeSet<String> {
        let entity = person(name, country);
        let listed = Listed::new(&entity, &entity.names[0]);
        (0..200).filter_map(|seed| make(&listed, &mut Dice::new(seed, &[]))).collect()
    }

    #[test]
    fn korean_names() {
        let found = all("KIM KYONG NAM", "kp", korean_spelling);
        assert!(found.contains("GIM GYEONG NAM") && found.contains("KIM KYUNG NAM"), "{found:?}");
        assert_eq!(all("RI HONG-SOK", "kp", hangul), BTreeSet::from(["리홍석".to_owned()]));
        assert_eq!(all("Kim Jong Un", "kp", korean_characters), BTreeSet::from(["金正恩".to_owned()]));
        assert_eq!(all("Kim Jong Un", "kp", korean_in_pinyin), BTreeSet::from(["Jin Zhengen".to_owned()]));
        assert!(all("Kim Jong Un", "ru", hangul).is_empty());
    }

    #[test]
    fn chinese_names() {
        let found = all("XI Jinping", "cn", chinese_spelling);
        assert!(found.contains("HSI Chin-p'ing") && found.contains("HSI Chin-ping"), "{found:?}");
        assert!(all("ZHANG Wei", "cn", chinese_spelling).contains("CHEUNG Wei"));
        assert!(all("SMITH John", "cn", chinese_spelling).is_empty());
        assert_eq!(syllables("xiaoming"), Some(vec!["xiao", "ming"]));
    }
}
