//! Words of organisations' names in scripts of which the sound of a word does not tell its meaning.
//!
//! In: a name as written. Out: the name with those words in English: `华为技术有限公司` as `华为 technology 有限公司`. What is
//! not known stays as it is. The table stands in `lexicon/terms.tsv`.

use crate::romanise::normal;
use crate::{Script, words};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("lexicon/terms.tsv");

/// Letters that Arabic writes together with the word after them: `and`, `for`, the article.
const ARABIC_PREFIXES: [&str; 6] = ["وال", "بال", "لل", "ال", "و", "ل"];

/// Words in normal form → English.
static TERMS: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    let mut terms = FxHashMap::default();
    for (english, words) in rows {
        for word in words.split(';') {
            terms.entry(normal(word, Script::of_text(word))).or_insert(english);
        }
    }
    terms
});

/// Letters of the longest word that is found inside others.
static LONGEST: LazyLock<usize> =
    LazyLock::new(|| TERMS.keys().map(|word| word.chars().count()).max().unwrap_or_default());

/// The name with the words the table knows in English; `None` if it knows none.
pub fn translated(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut out = String::with_capacity(text.len() * 2);
    let mut found = false;
    for word in words(text) {
        let script = Script::of_text(word.text);
        found |= match script {
            Script::Han | Script::Hangul | Script::Katakana | Script::Hiragana => inside(word.text, &mut out),
            Script::Arabic | Script::Hebrew => whole(word.text, script, &mut out),
            _ => {
                out.push_str(word.text);
                false
            }
        };
        out.push(' ');
    }
    found.then_some(out)
}

/// Writes a word without blanks, each part that the table knows in English, the longest first.
fn inside(word: &str, out: &mut String) -> bool {
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let (mut at, mut found) = (0, false);
    while at + 1 < ends.len() {
        let longest = (*LONGEST).min(ends.len() - 1 - at);
        let known = (2..=longest).rev().find_map(|letters| {
            let part = &word[ends[at]..ends[at + letters]];
            TERMS.get(part).map(|english| (letters, *english))
        });
        if let Some((letters, english)) = known {
            out.push(' ');
            out.push_str(english);
            out.push(' ');
            at += letters;
            found = true;
        } else {
            out.push_str(&word[ends[at]..ends[at + 1]]);
            at += 1;
        }
    }
    found
}

/// Writes a word in English if the table knows it, with or without what Arabic writes before it.
fn whole(word: &str, script: Script, out: &mut String) -> bool {
    let plain = normal(word, script);
    let rest = ARABIC_PREFIXES.iter().filter_map(|prefix| plain.strip_prefix(prefix));
    let english = std::iter::once(plain.as_str()).chain(rest).find_map(|word| TERMS.get(word));
    out.push_str(english.unwrap_or(&word));
    english.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_organisations() {
        for (text, expected) in [
            ("华为技术有限公司", "华为 technology 有限公司"),
            ("中国石油天然气集团公司", "china petroleum gas group 公司"),
            ("삼성전자", "삼성 electronics"),
            ("شركة الاتصالات السورية", "company communications syrian"),
            ("بنك صادرات ایران", "bank export iran"),
            ("三菱重工業株式会社", "三菱 heavy industries 株式会社"),
        ] {
            let found = translated(text).unwrap_or_default();
            assert_eq!(found.split_whitespace().collect::<Vec<_>>().join(" "), expected, "{text}");
        }
        for text in ["Gazprom", "Газпром", "习近平", ""] {
            assert_eq!(translated(text), None, "{text}");
        }
    }

    #[test]
    fn rows_are_plain() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (english, words) = line.split_once('\t').unwrap_or_default();
            assert!(
                !english.is_empty() && english.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' '),
                "{line}"
            );
            for word in words.split(';') {
                assert!(!word.contains([' ', '\u{200C}']) && word.chars().count() > 1, "{word}");
            }
        }
    }
}
