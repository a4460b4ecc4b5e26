//! Chinese and Korean names in Cyrillic.
//!
//! In: a word. Out: its Pinyin, or the spellings its Korean syllables have in Latin, if all of it is such syllables; the
//! letters of Cyrillic by themselves lead elsewhere (`Цзиньпин`, `Чен Ын`). Sources: the system of Palladius for Chinese, that of
//! Kontsevich for Korean with the older spellings of names from the North, read as both Koreas spell names.

/// Beginnings of Chinese syllables, longest first; those in front of `и`, `ю`, `я` and `е` have a second value.
const INITIALS: &[(&str, &str, &str)] = &[
    ("цз", "z", "j"),
    ("чж", "zh", "zh"),
    ("ц", "c", "q"),
    ("ч", "ch", "ch"),
    ("ш", "sh", "sh"),
    ("с", "s", "x"),
    ("ж", "r", "r"),
    ("б", "b", "b"),
    ("п", "p", "p"),
    ("м", "m", "m"),
    ("ф", "f", "f"),
    ("д", "d", "d"),
    ("т", "t", "t"),
    ("н", "n", "n"),
    ("л", "l", "l"),
    ("г", "g", "g"),
    ("к", "k", "k"),
    ("х", "h", "h"),
];

/// Ends of Chinese syllables after a beginning, and as syllables of their own; longest first.
const FINALS: &[(&str, &str, &str)] = &[
    ("юань", "uan", "yuan"),
    ("юнь", "un", "yun"),
    ("уань", "uan", ""),
    ("уан", "uang", ""),
    ("уай", "uai", ""),
    ("унь", "un", ""),
    ("янь", "ian", "yan"),
    ("инь", "in", "yin"),
    ("ань", "an", "an"),
    ("энь", "en", "en"),
    ("вань", "", "wan"),
    ("вэнь", "", "wen"),
    ("вай", "", "wai"),
    ("вэй", "", "wei"),
    ("ван", "", "wang"),
    ("вэн", "", "weng"),
    ("юэ", "ue", "yue"),
    ("юй", "u", "yu"),
    ("юн", "iong", "yong"),
    ("ян", "iang", "yang"),
    ("яо", "iao", "yao"),
    ("ин", "ing", "ying"),
    ("ун", "ong", ""),
    ("уа", "ua", ""),
    ("уо", "uo", ""),
    ("уй", "ui", ""),
    ("ан", "ang", "ang"),
    ("эн", "eng", ""),
    ("ай", "ai", "ai"),
    ("эй", "ei", "ei"),
    ("ао", "ao", "ao"),
    ("оу", "ou", "ou"),
    ("во", "", "wo"),
    ("ва", "", "wa"),
    ("эр", "", "er"),
    ("я", "ia", "ya"),
    ("е", "ie", "ye"),
    ("ю", "iu", "you"),
    ("и", "i", "yi"),
    ("у", "u", "wu"),
    ("а", "a", "a"),
    ("о", "uo", ""),
    ("э", "e", "e"),
];

/// What Russian words hardly have: a word of Chinese syllables with one of these is Chinese.
const CHINESE_MARKS: [&str; 12] =
    ["цз", "чж", "юй", "юэ", "юань", "юнь", "янь", "инь", "энь", "эй", "уй", "уан"];

/// Most syllables of a word; given names have two, surnames one or two.
const MOST: usize = 3;

/// The word in Pinyin, if it is Chinese.
pub(super) fn chinese(word: &str) -> Option<String> {
    if !CHINESE_MARKS.iter().any(|mark| word.contains(mark)) {
        return None;
    }
    syllables(word, MOST)
}

/// The rest of a word in at most so many Chinese syllables.
fn syllables(rest: &str, most: usize) -> Option<String> {
    if rest.is_empty() {
        return Some(String::new());
    }
    if most == 0 {
        return None;
    }
    let begin = INITIALS.iter().find_map(|row| Some((row.1, row.2, rest.strip_prefix(row.0)?)));
    let after = begin.map_or(rest, |(_, _, after)| after);
    FINALS.iter().find_map(|(letters, joined, alone)| {
        let next = after.strip_prefix(letters)?;
        let syllable = match begin {
            None if alone.is_empty() => return None,
            None => (*alone).to_owned(),
            Some(_) if joined.is_empty() => return None,
            Some((hard, soft, _)) => {
                let is_soft = letters.starts_with(['и', 'ю', 'я', 'е']);
                let lips = matches!(hard, "b" | "p" | "m" | "f") && *joined == "uo";
                format!("{}{}", if is_soft { soft } else { hard }, if lips { "o" } else { joined })
            }
        };
        Some(syllable + &syllables(next, most - 1)?)
    })
}

/// Korean syllables of names: Cyrillic, Latin spellings.
const KOREAN: &[(&str, &[&str])] = &[
    ("ен", &["yong", "yon"]),
    ("ён", &["yong", "yon"]),
    ("ын", &["un"]),
    ("ыль", &["ul"]),
    ("ир", &["il"]),
    ("иль", &["il"]),
    ("им", &["im"]),
    ("ин", &["in"]),
    ("у", &["u"]),
    ("ук", &["uk"]),
    ("ун", &["ung", "un"]),
    ("ок", &["ok"]),
    ("юн", &["yun"]),
    ("ван", &["wan"]),
    ("вон", &["won"]),
    ("бон", &["bong"]),
    ("пон", &["pong"]),
    ("бом", &["bom"]),
    ("пом", &["pom"]),
    ("бен", &["byong"]),
    ("бён", &["byong"]),
    ("пен", &["pyong"]),
    ("пён", &["pyong"]),
    ("бок", &["bok"]),
    ("пок", &["pok"]),
    ("пэк", &["paek"]),
    ("ган", &["gang"]),
    ("кан", &["kang"]),
    ("гван", &["gwang"]),
    ("кван", &["kwang", "kwan"]),
    ("квон", &["kwon"]),
    ("ген", &["gyong"]),
    ("гён", &["gyong"]),
    ("кен", &["kyong"]),
    ("кён", &["kyong"]),
    ("гын", &["gun"]),
    ("кын", &["kun"]),
    ("гю", &["gyu"]),
    ("кю", &["kyu"]),
    ("ги", &["gi"]),
    ("ки", &["ki"]),
    ("гиль", &["gil"]),
    ("киль", &["kil"]),
    ("гук", &["guk"]),
    ("кук", &["kuk"]),
    ("дон", &["dong"]),
    ("тон", &["tong"]),
    ("дэ", &["dae"]),
    ("тэ", &["tae"]),
    ("тхэ", &["tae"]),
    ("док", &["dok"]),
    ("ток", &["tok"]),
    ("мен", &["myong"]),
    ("мён", &["myong"]),
    ("мин", &["min"]),
    ("мун", &["mun"]),
    ("ман", &["man"]),
    ("ми", &["mi"]),
    ("нам", &["nam"]),
    ("нен", &["nyong"]),
    ("рен", &["ryong"]),
    ("рён", &["ryong"]),
    ("рим", &["rim"]),
    ("рель", &["ryol"]),
    ("рёль", &["ryol"]),
    ("рок", &["rok"]),
    ("сен", &["song", "sung"]),
    ("сон", &["song", "sung"]),
    ("сын", &["sung"]),
    ("сан", &["sang"]),
    ("сам", &["sam"]),
    ("сок", &["sok"]),
    ("сук", &["suk"]),
    ("соль", &["sol"]),
    ("су", &["su"]),
    ("сун", &["sun"]),
    ("сик", &["sik"]),
    ("син", &["sin"]),
    ("хен", &["hyon"]),
    ("хён", &["hyon"]),
    ("хек", &["hyok"]),
    ("хёк", &["hyok"]),
    ("хи", &["hui"]),
    ("хва", &["hwa"]),
    ("хван", &["hwang"]),
    ("хо", &["ho"]),
    ("хон", &["hong"]),
    ("хун", &["hun"]),
    ("хак", &["hak"]),
    ("хэ", &["hae"]),
    ("хе", &["hae"]),
    ("чан", &["chang", "jang"]),
    ("чхан", &["chang"]),
    ("чен", &["jong", "chong"]),
    ("чон", &["jong", "chong", "jon"]),
    ("чжон", &["jong"]),
    ("чхон", &["chon"]),
    ("чхоль", &["chol"]),
    ("чоль", &["chol"]),
    ("чер", &["chol"]),
    ("чжун", &["jun"]),
    ("чун", &["jung", "chun"]),
    ("чхун", &["chun"]),
    ("чжу", &["ju"]),
    ("чу", &["ju"]),
    ("чжи", &["ji"]),
    ("чжин", &["jin"]),
    ("чин", &["jin"]),
    ("чжэ", &["jae"]),
    ("чэ", &["chae", "jae"]),
    ("чо", &["jo", "cho"]),
    ("цой", &["choe"]),
    ("чхве", &["choe"]),
];

/// The Latin spellings of a word of one or two Korean syllables; none of others.
pub(super) fn korean(word: &str) -> Vec<String> {
    let whole = |text: &str| KOREAN.iter().find(|row| row.0 == text).map(|row| row.1);
    if let Some(spellings) = whole(word) {
        return spellings.iter().map(|spelling| (*spelling).to_owned()).collect();
    }
    let split = word.char_indices().skip(1).find_map(|(at, _)| {
        let (first, second) = word.split_at(at);
        Some((whole(first)?, whole(second)?))
    });
    split.map(|(first, second)| vec![format!("{}{}", first[0], second[0])]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_words() {
        for (word, expected) in [
            ("цзиньпин", Some("jinping")),
            ("чжан", Some("zhang")),
            ("цзян", Some("jiang")),
            ("цзэдун", Some("zedong")),
            ("юань", Some("yuan")),
            ("вэньцзе", Some("wenjie")),
            ("чжунго", Some("zhongguo")),
            ("гуанчжоу", Some("guangzhou")),
            ("сюй", Some("xu")),
            ("путин", None),
            ("иван", None),
            ("бо", None),
            ("чжоубо", Some("zhoubo")),
        ] {
            assert_eq!(chinese(word).as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn korean_words() {
        assert_eq!(korean("чен"), ["jong", "chong"]);
        assert_eq!(korean("ын"), ["un"]);
        assert_eq!(korean("ченын"), ["jongun"]);
        assert!(korean("лавров").is_empty());
    }
}
