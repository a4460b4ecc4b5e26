//! Running text or a name to words.

use crate::fold::{is_apostrophe, is_invisible};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// A word with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// Byte range in the text.
    pub range: Range<usize>,
    /// The word as written.
    pub text: &'a str,
    /// Whether a comma stands between this word and the one before.
    pub after_comma: bool,
    /// Whether something stronger than a blank, hyphen, comma or full stop of an abbreviation stands between this word
    /// and the one before: a bracket, slash, semicolon, colon, quotation mark, line break or end of a sentence.
    pub after_break: bool,
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter) || is_apostrophe(letter) || is_invisible(letter)
}

/// The words of a text, in order.
///
/// Letters, digits, marks, apostrophes and invisible characters make words; all else separates. Single letters with
/// full stops between them and no blank are one word (`S.A.`, `J.P.`, `d.o.o.`). `&` is a word of its own.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut found: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    let mut gap = 0;
    for (at, letter) in text.char_indices() {
        if in_word(letter) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(begin) = start.take() {
            finish(&mut found, text, gap, begin..at);
            gap = at;
        }
        if letter == '&' {
            finish(&mut found, text, gap, at..at + 1);
            gap = at + 1;
        }
    }
    if let Some(begin) = start {
        finish(&mut found, text, gap, begin..text.len());
    }
    found
}

fn finish<'a>(found: &mut Vec<Word<'a>>, text: &'a str, gap: usize, range: Range<usize>) {
    let Some(word) = text.get(range.clone()) else { return };
    if word.chars().all(|letter| is_apostrophe(letter) || is_invisible(letter)) {
        return;
    }
    let between = text.get(gap..range.start).unwrap_or_default();
    if between == "."
        && let Some(last) = found.last_mut()
        && is_abbreviation(last.text)
        && is_single(word)
    {
        last.range.end = range.end;
        last.text = &text[last.range.clone()];
        return;
    }
    let first = found.is_empty();
    found.push(Word {
        range,
        text: word,
        after_comma: between.contains([',', '،', '、', '，']),
        after_break: !first && breaks(between),
    });
}

fn is_single(word: &str) -> bool {
    let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
    letters.next().is_some() && letters.next().is_none() && word.chars().count() == 1
}

/// A single letter, or single letters with full stops between.
fn is_abbreviation(word: &str) -> bool {
    word.split('.').all(is_single)
}

fn breaks(between: &str) -> bool {
    between.chars().any(|letter| {
        !letter.is_whitespace()
            && !matches!(
                letter,
                ',' | '-' | '\u{2010}'..='\u{2013}' | '.' | '_' | '·' | '・' | '&' | '،' | '、' | '，'
            )
    }) || between.contains('\n')
        || between.contains(". ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).iter().map(|word| word.text).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_of_names() {
        check("SECHIN, Igor Ivanovich", &["SECHIN", "Igor", "Ivanovich"]);
        check("Al-Qa'ida/Islamic Army", &["Al", "Qa'ida", "Islamic", "Army"]);
        check("BANCO, S.A. de C.V.", &["BANCO", "S.A", "de", "C.V"]);
        check("SIS d.o.o.", &["SIS", "d.o.o"]);
        check("J.-C. Juncker", &["J", "C", "Juncker"]);
        check("A. B. Smith", &["A", "B", "Smith"]);
        check("Procter & Gamble", &["Procter", "&", "Gamble"]);
        check("P\u{200B}utin", &["P\u{200B}utin"]);
        check("バラク・オバマ", &["バラク", "オバマ"]);
        check("St. Petersburg", &["St", "Petersburg"]);
        check(" ' - ", &[]);
    }

    #[test]
    fn commas_and_breaks() {
        let found = words("Kim, Jong (Un); he. Then");
        let marks: Vec<(bool, bool)> =
            found.iter().map(|word| (word.after_comma, word.after_break)).collect();
        assert_eq!(marks, [(false, false), (true, false), (false, true), (false, true), (false, true)]);
    }

    proptest! {
        #[test]
        fn ranges_ascend_and_fit(text in "\\PC{0,60}") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.range.start >= end && word.range.end <= text.len());
                prop_assert_eq!(&text[word.range.clone()], word.text);
                end = word.range.end;
            }
        }
    }
}
