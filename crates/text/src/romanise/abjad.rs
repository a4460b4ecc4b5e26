//! Arabic script, with the letters of Persian, Urdu, Pashto and Uyghur, and Hebrew.
//!
//! In: a word in normal form. Out: for Arabic a position for the article and each part of a compound, for Hebrew one.
//! Each has the spellings the names known have, else one guessed by sound, and the `unvowelled` reading: consonants and
//! long vowels by letter, ʿayn as `a`, hamza as the letter that carries it or nothing, final `ة` as `h`. Sources: BGN/PCGN
//! 1956 for Arabic, 1958 for Persian, 1968 for Pashto, 1962 for Hebrew, all without marks.

use super::{Position, Reading, full, lexicon, sounds};
use crate::Script;

/// Letters that writers exchange for each other, and the one that tables hold.
const SAME: &[(char, char)] = &[
    ('أ', 'ا'),
    ('إ', 'ا'),
    ('آ', 'ا'),
    ('ٱ', 'ا'),
    ('ى', 'ي'),
    ('ی', 'ي'),
    ('ې', 'ي'),
    ('ۍ', 'ي'),
    ('ے', 'ي'),
    ('ئ', 'ي'),
    ('ؤ', 'و'),
    ('ک', 'ك'),
    ('ڪ', 'ك'),
    ('ہ', 'ه'),
    ('ھ', 'ه'),
    ('ە', 'ه'),
    ('ۀ', 'ه'),
    ('ۂ', 'ه'),
    ('ة', 'ه'),
    ('ۃ', 'ه'),
    ('ך', 'כ'),
    ('ם', 'מ'),
    ('ן', 'נ'),
    ('ף', 'פ'),
    ('ץ', 'צ'),
];

/// Harakat, Quranic marks, tatweel, single hamza, niqqud.
fn is_dropped(letter: char) -> bool {
    matches!(letter, '\u{0591}'..='\u{05C7}' | '\u{0610}'..='\u{061A}' | 'ء' | 'ـ' | '\u{064B}'..='\u{065F}'
        | '\u{0670}' | '\u{06D6}'..='\u{06ED}')
}

/// See [`super::normal`].
pub(super) fn normal(word: &str) -> String {
    let letters = word.chars().filter(|letter| !is_dropped(*letter));
    letters
        .map(|letter| SAME.iter().find(|row| row.0 == letter).map_or(letter, |row| row.1))
        .map(|letter| match letter as u32 {
            code @ (0x0660..=0x0669 | 0x06F0..=0x06F9) => char::from(b'0' + (code & 0xF) as u8),
            _ => letter,
        })
        .collect()
}

/// Consonants and long vowels of Arabic script; a second value is the Persian one.
const ARABIC: &[(char, &str)] = &[
    ('ا', "a"),
    ('ب', "b"),
    ('پ', "p"),
    ('ت', "t"),
    ('ث', "th s"),
    ('ج', "j"),
    ('چ', "ch"),
    ('ح', "h"),
    ('خ', "kh"),
    ('د', "d"),
    ('ذ', "dh z"),
    ('ر', "r"),
    ('ز', "z"),
    ('ژ', "zh"),
    ('س', "s"),
    ('ش', "sh"),
    ('ص', "s"),
    ('ض', "d z"),
    ('ط', "t"),
    ('ظ', "z"),
    ('ع', "a"),
    ('غ', "gh"),
    ('ف', "f"),
    ('ق', "q"),
    ('ك', "k"),
    ('گ', "g"),
    ('ل', "l"),
    ('م', "m"),
    ('ن', "n"),
    ('ه', "h"),
    ('و', "w"),
    ('ي', "y"),
    ('ٹ', "t"),
    ('ڈ', "d"),
    ('ڑ', "r"),
    ('ں', "n"),
    ('ټ', "t"),
    ('ډ', "d"),
    ('ړ', "r"),
    ('ږ', "zh g"),
    ('ښ', "sh kh"),
    ('ځ', "z"),
    ('څ', "ts"),
    ('ڼ', "n"),
    ('ګ', "g"),
    ('ڤ', "v"),
    ('ڭ', "ng"),
    ('ݣ', "g"),
    ('ۇ', "w"),
    ('ۆ', "w"),
    ('ۈ', "w"),
    ('ۋ', "w"),
    ('ڥ', "v"),
    ('ڨ', "g"),
];

/// Hebrew letters; a second value is that of the letter without a point in it. Those of two letters come first.
const HEBREW: &[(char, &str)] = &[
    ('א', "a"),
    ('ב', "b v"),
    ('ג', "g"),
    ('ד', "d"),
    ('ה', "h"),
    ('ו', "w"),
    ('ז', "z"),
    ('ח', "h"),
    ('ט', "t"),
    ('י', "y"),
    ('כ', "k kh"),
    ('ל', "l"),
    ('מ', "m"),
    ('נ', "n"),
    ('ס', "s"),
    ('ע', "a"),
    ('פ', "p f"),
    ('צ', "ts"),
    ('ק', "k"),
    ('ר', "r"),
    ('ש', "sh s"),
    ('ת', "t"),
    ('װ', "w"),
    ('ױ', "wy"),
    ('ײ', "y"),
];

/// Words and beginnings of compounds that are parts of Arabic names, in normal form.
const PARTS: &[(&str, &[&str])] = &[
    ("بن", &["bin"]),
    ("ابن", &["ibn"]),
    ("بنت", &["bint"]),
    ("ابو", &["abu"]),
    ("ابي", &["abi", "abu"]),
    ("ابا", &["aba"]),
    ("عبد", &["abd", "abdul"]),
    ("ال", &["al"]),
    ("دين", &["din"]),
    ("الله", &["allah", "ullah"]),
    ("ام", &["umm"]),
    ("ولد", &["ould", "walad"]),
    ("ذو", &["dhu", "zul"]),
    ("و", &["wa"]),
    ("عبدالله", &["abdullah"]),
    ("في", &["fi"]),
    ("الهام", &["ilham"]),
    ("الياس", &["ilyas", "elias"]),
    ("الماس", &["almas"]),
    ("البيرت", &["albert"]),
    ("من", &["min"]),
    ("نژاد", &["nejad", "nezhad"]),
    ("زاده", &["zadeh", "zada"]),
    ("پور", &["pour", "pur"]),
];
/// Endings of Persian family names, which stand apart, joined or with a joiner that does not show.
const ENDINGS: &[&str] = &["نژاد", "زاده", "پور"];
/// First names that Persian and Urdu join to a second.
const JOINED: &[&str] = &["محمد", "علي", "غلام", "امير", "سيد", "مير", "شاه", "خير", "نور", "ابو"];
const ARTICLE: &str = "ال";

/// The parts of the word.
pub(super) fn read(word: &str, script: Script) -> Vec<Position> {
    if script == Script::Hebrew {
        return vec![hebrew(word)];
    }
    parts(word).into_iter().map(arabic).collect()
}

fn known(word: &str) -> Vec<&'static str> {
    let part = PARTS.iter().find(|row| row.0 == word);
    part.map_or_else(|| lexicon::find(lexicon::ARABIC, word), |row| row.1.to_vec())
}

fn is_known(word: &str) -> bool {
    !known(word).is_empty()
}

fn length(word: &str) -> usize {
    word.chars().count()
}

/// Takes a word apart into article, filiation words and names.
fn parts(word: &str) -> Vec<&str> {
    if PARTS.iter().any(|row| row.0 == word) {
        return vec![word];
    }
    if let Some(rest) = word.strip_prefix(ARTICLE)
        && length(rest) >= 2
        && has_article(word, rest)
    {
        let mut found = vec![&word[..ARTICLE.len()]];
        found.extend(parts(rest));
        return found;
    }
    if let Some((left, right)) = compound(word) {
        let mut found = parts(left);
        if let Some(rest) = right.strip_prefix(ARTICLE).filter(|_| right != "الله") {
            found.extend([&right[..ARTICLE.len()], rest]);
        } else {
            found.push(right);
        }
        return found;
    }
    vec![word]
}

/// Whether a word begins with the article and not with letters that look like it (`الياس`).
fn has_article(word: &str, rest: &str) -> bool {
    match known(word).first() {
        Some(first) => is_known(rest) && first.starts_with(['a', 'e', 'u']) && first.get(1..2) == Some("l"),
        None => true,
    }
}

/// The two parts of a compound: something and an article with its noun (`عبدالرحمن`), or two joined names.
fn compound(word: &str) -> Option<(&str, &str)> {
    for (at, _) in word.match_indices(ARTICLE).filter(|(at, _)| *at > 0) {
        let (left, right) = word.split_at(at);
        let noun = &right[ARTICLE.len()..];
        let certain = left == "عبد" || left == "ابو" || noun == "دين" || right == "الرحمن";
        let likely = !is_known(word) && is_known(left) && is_known(noun);
        if length(left) >= 2 && length(noun) >= 3 && right != "الله" && (certain || likely) {
            return Some((left, right));
        }
    }
    if is_known(word) {
        return None;
    }
    let ending = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    if let Some(family) = ending.filter(|family| length(family) >= 3) {
        return Some(word.split_at(family.len()));
    }
    JOINED.iter().find_map(|first| {
        let rest = word.strip_prefix(first).filter(|rest| length(rest) >= 3)?;
        (is_known(rest) || *first == "ابو").then(|| word.split_at(first.len()))
    })
}

fn arabic(part: &str) -> Position {
    let known = known(part);
    let mut readings = full(known.iter().copied());
    if PARTS.iter().any(|row| row.0 == part) {
        return readings;
    }
    if known.is_empty() {
        readings.extend(full(sounds::guess(part, Script::Arabic, 2)));
    }
    readings.extend([0, 1].map(|column| Reading::unvowelled(letters(part, ARABIC, |_, _| column))));
    readings
}

fn hebrew(word: &str) -> Position {
    let known = lexicon::find(lexicon::HEBREW, word);
    let mut readings = full(known.iter().copied());
    if known.is_empty() {
        readings.extend(full(sounds::guess(word, Script::Hebrew, 2)));
    }
    // b, k, p are v, kh, f at the end (p nearly always), after vowels often.
    let last = length(word).saturating_sub(1);
    readings.push(Reading::unvowelled(letters(word, HEBREW, |at, letter| {
        usize::from(at == last && letter == 'פ')
    })));
    readings
        .push(Reading::unvowelled(letters(word, HEBREW, |at, letter| usize::from(at > 0 && letter != 'ש'))));
    readings
}

/// The word letter by letter, each in the column that `column` chooses by place and letter.
fn letters(word: &str, table: &[(char, &'static str)], column: impl Fn(usize, char) -> usize) -> String {
    let mut out = String::with_capacity(word.len());
    for (at, letter) in word.chars().enumerate() {
        let texts = table.iter().find(|row| row.0 == letter).map_or("", |row| row.1);
        let text =
            texts.split(' ').nth(column(at, letter)).or_else(|| texts.split(' ').next()).unwrap_or_default();
        out.push_str(text);
        out.extend(Some(letter).filter(char::is_ascii_digit));
    }
    out
}
