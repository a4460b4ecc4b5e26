//! The score of OFAC's Sanctions List Search: one name as typed against one as listed.
//!
//! In: two texts. Out: 50 to 100 as the search shows it, or nothing. OFAC says what is done (its FAQ 249): the better of
//! Jaro-Winkler on the whole name, and of a composite of Jaro-Winkler and Soundex over the parts of the name; parts meet
//! when they begin with the same letter and are at least half alike. The weights, which it does not publish, were chosen
//! to agree with measured scores. Facts beside the name play no part.

use crate::policy::Policy;
use cordon_text::edits::Pattern;
use cordon_text::fold::fold;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The constants of the score. Shares and similarities are in thousandths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfacWeights {
    /// Share of what is missing to full similarity that a letter in common at the beginning makes good.
    prefix: u16,
    /// Greatest number of such letters in whole names.
    whole_prefix: usize,
    /// The same in parts of names.
    part_prefix: usize,
    /// Letters a part of the query must have to be looked up; shorter ones are, when there are no others.
    part_letters: usize,
    /// Letters that need no edit in the longer of two parts, as a share: parts less alike do not meet.
    part_alike: u16,
    /// Share of the parts' spelling in a composite with their sound.
    spelling: u16,
    /// What the composite adds when all parts sound the same; in proportion when some do.
    sounding: u16,
    /// Lowest score the search shows, 0 to 100.
    least: u8,
    /// Score from which a match is reported unless another threshold is asked for.
    pub(crate) threshold: u16,
}

/// A name ready for comparison. Letters are folded: lower case, without marks, Latin only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// Letters, digits and hyphens; no blanks.
    pub(crate) whole: Vec<u8>,
    /// The parts between blanks, hyphens and other marks.
    pub(crate) parts: Vec<Part>,
}

/// A part of a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Part {
    /// Letters and digits, at least one.
    pub(crate) text: String,
    /// Soundex code; `None` for a part that begins with a digit.
    sound: Option<[u8; 4]>,
}

/// How alike two parts are.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(crate) struct PartScore {
    /// 0 to 1.
    pub(crate) spelling: f64,
    /// Whether the Soundex codes are the same.
    pub(crate) sounds: bool,
}

/// The two scores of which the higher counts, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OfacScore {
    pub(crate) whole: u8,
    pub(crate) parts: u8,
}

/// Letters of a name beyond which its further parts are not compared.
const LONGEST: usize = 1024;

/// The score that OFAC's Sanctions List Search shows for a listed name, 50 to 100. `None` for less, which the search does
/// not show, and for names without a Latin letter or a digit.
pub fn ofac_score(query: &str, listed: &str) -> Option<u8> {
    static WEIGHTS: LazyLock<Option<OfacWeights>> = LazyLock::new(|| Policy::named("ofac")?.ofac);
    let weights = WEIGHTS.as_ref()?;
    weights.compare(&weights.asked(&Written::of(query)?), &Written::of(listed)?).shown(weights)
}

impl Written {
    /// A name ready for comparison; `None` without a Latin letter or a digit.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let (mut whole, mut parts) = (Vec::new(), Vec::new());
        for chunk in text.split_inclusive(is_break) {
            if whole.len() > LONGEST {
                break;
            }
            let end = chunk.chars().next_back().filter(|letter| is_break(*letter));
            let word = chunk.strip_suffix(is_break).unwrap_or(chunk);
            let mut folded = fold(word).text;
            folded.retain(|letter| letter.is_ascii_alphanumeric());
            whole.extend_from_slice(folded.as_bytes());
            if !folded.is_empty() {
                parts.push(Part { sound: soundex(&folded), text: folded });
            }
            if end.is_some_and(is_hyphen) {
                whole.push(b'-');
            }
        }
        (!parts.is_empty()).then_some(Self { whole, parts })
    }
}

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether a part of a name ends here. Apostrophes join what stands around them.
fn is_break(letter: char) -> bool {
    let ascii_mark = letter.is_ascii() && !letter.is_ascii_alphanumeric() && !matches!(letter, '\'' | '`');
    ascii_mark || is_hyphen(letter) || letter.is_whitespace()
}

impl Part {
    /// The first letter or digit.
    pub(crate) fn first(&self) -> u8 {
        self.text.as_bytes()[0]
    }
}

impl OfacWeights {
    /// A query's name with the parts that are looked up. The whole and its first part's letter stay.
    pub(crate) fn asked(&self, name: &Written) -> Asked {
        let long: Vec<Part> =
            name.parts.iter().filter(|part| part.text.len() >= self.part_letters).cloned().collect();
        Asked {
            whole: name.whole.clone(),
            first: name.parts[0].first(),
            parts: if long.is_empty() { name.parts.clone() } else { long },
        }
    }

    /// Compares two names.
    pub(crate) fn compare(&self, asked: &Asked, listed: &Written) -> OfacScore {
        let meets = listed.parts.iter().any(|part| part.first() == asked.first);
        let best = asked.parts.iter().map(|part| self.best(part, &listed.parts).map(|best| best.1));
        OfacScore {
            whole: if meets { self.whole(&asked.whole, &listed.whole) } else { 0 },
            parts: self.composite(best),
        }
    }

    /// Of the parts of a listed name the one most alike, by its place.
    pub(crate) fn best(&self, part: &Part, listed: &[Part]) -> Option<(usize, PartScore)> {
        let pattern = Pattern::new(part.text.as_bytes());
        let met =
            listed.iter().enumerate().filter_map(|(at, other)| Some((at, self.part(part, &pattern, other)?)));
        met.reduce(|best, other| if other.1 > best.1 { other } else { best })
    }

    /// How alike two parts are; `None` if they do not meet. The pattern is the first one's.
    pub(crate) fn part(&self, one: &Part, pattern: &Pattern, two: &Part) -> Option<PartScore> {
        if one.first() != two.first() {
            return None;
        }
        let longer = one.text.len().max(two.text.len());
        let edits = longer * (1000 - usize::from(self.part_alike)) / 1000;
        pattern.distance(two.text.as_bytes(), edits)?;
        Some(PartScore {
            spelling: self.jaro_winkler(one.text.as_bytes(), two.text.as_bytes(), self.part_prefix),
            sounds: one.text == two.text || (one.sound.is_some() && one.sound == two.sound),
        })
    }

    /// The composite over all parts of the query, rounded up.
    pub(crate) fn composite(&self, parts: impl ExactSizeIterator<Item = Option<PartScore>>) -> u8 {
        let count = parts.len().max(1) as f64;
        let (mut spelling, mut sounding) = (0.0, 0.0);
        for part in parts.flatten() {
            spelling += part.spelling / count;
            sounding += f64::from(u8::from(part.sounds)) / count;
        }
        let both = spelling * thousandths(self.spelling) + sounding * thousandths(self.sounding);
        // What a sum of thirds is off by must not lift a score to the next point.
        (spelling.max(both) * 100.0 - 1e-9).ceil().clamp(0.0, 100.0) as u8
    }

    /// The score of whole names, rounded to the nearest, halves to the even.
    pub(crate) fn whole(&self, one: &[u8], two: &[u8]) -> u8 {
        (self.jaro_winkler(one, two, self.whole_prefix) * 100.0).round_ties_even() as u8
    }

    /// A score of whole names that they cannot surpass when at most so many of their letters are in common.
    pub(crate) fn whole_at_most(&self, one: &[u8], two: &[u8], common: usize) -> u8 {
        let jaro = jaro_of(common as f64, 0.0, one, two);
        (self.boosted(jaro, one, two, self.whole_prefix) * 100.0).ceil() as u8
    }

    fn jaro_winkler(&self, one: &[u8], two: &[u8], longest: usize) -> f64 {
        self.boosted(jaro(one, two), one, two, longest)
    }

    fn boosted(&self, jaro: f64, one: &[u8], two: &[u8], longest: usize) -> f64 {
        let common = one.iter().zip(two).take(longest).take_while(|(one, two)| one == two).count();
        jaro + common as f64 * thousandths(self.prefix) * (1.0 - jaro)
    }
}

/// A name of a query ready for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) whole: Vec<u8>,
    /// First letter: whole names meet when a part of the listed one begins with it.
    pub(crate) first: u8,
    pub(crate) parts: Vec<Part>,
}

impl OfacScore {
    /// The higher of the two, unless the search would not show it.
    pub(crate) fn shown(self, weights: &OfacWeights) -> Option<u8> {
        let score = self.whole.max(self.parts);
        (score >= weights.least).then_some(score)
    }
}

fn thousandths(value: u16) -> f64 {
    f64::from(value) / 1000.0
}

/// Jaro similarity, 0 to 1: letters in common within half the longer length, less half of those out of order.
fn jaro(one: &[u8], two: &[u8]) -> f64 {
    let reach = (one.len().max(two.len()) / 2).saturating_sub(1);
    let mut taken = vec![false; two.len()];
    let mut common = Vec::with_capacity(one.len());
    for (at, letter) in one.iter().enumerate() {
        let end = (at + reach + 1).min(two.len());
        let free = (at.saturating_sub(reach)..end).find(|place| !taken[*place] && two[*place] == *letter);
        if let Some(place) = free {
            taken[place] = true;
            common.push(*letter);
        }
    }
    let others = two.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(letter, _)| letter);
    let moved = common.iter().zip(others).filter(|(one, two)| one != two).count();
    jaro_of(common.len() as f64, moved as f64 / 2.0, one, two)
}

/// Jaro similarity by the number of letters in common and of those out of order.
fn jaro_of(common: f64, moved: f64, one: &[u8], two: &[u8]) -> f64 {
    if common == 0.0 {
        return 0.0;
    }
    (common / one.len() as f64 + common / two.len() as f64 + (common - moved) / common) / 3.0
}

/// American Soundex of a lower-case word: its first letter and three digits. `h` and `w` do not part equal digits,
/// vowels do.
fn soundex(word: &str) -> Option<[u8; 4]> {
    let (&first, rest) = word.as_bytes().split_first()?;
    if !first.is_ascii_lowercase() {
        return None;
    }
    let mut code = [first, b'0', b'0', b'0'];
    let (mut len, mut last) = (1, sound_digit(first));
    for &letter in rest {
        let digit = sound_digit(letter);
        if digit.is_some() && digit != last && len < code.len() {
            code[len] = digit.unwrap_or(b'0');
            len += 1;
        }
        if !matches!(letter, b'h' | b'w') {
            last = digit;
        }
    }
    Some(code)
}

fn sound_digit(letter: u8) -> Option<u8> {
    Some(match letter {
        b'b' | b'f' | b'p' | b'v' => b'1',
        b'c' | b'g' | b'j' | b'k' | b'q' | b's' | b'x' | b'z' => b'2',
        b'd' | b't' => b'3',
        b'l' => b'4',
        b'm' | b'n' => b'5',
        b'r' => b'6',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_public_figures() {
        for (query, listed, score) in [
            // Order, middle names and short parts say nothing.
            ("KIM JONG UN", "KIM, Jung Jong", Some(100)),
            ("OSAMA BIN LADEN", "BIN LADEN, Osama", Some(100)),
            ("AL-QAEDA", "AL-QAEDA IN THE INDIAN SUBCONTINENT", Some(100)),
            ("Z", "Brigade Z", Some(100)),
            // The whole name decides.
            ("KIM JONG UN", "KIM, Song Hun", Some(93)),
            ("KIM JONG UN", "KIM, Yong Su", Some(90)),
            ("AL QAEDA", "AL QAIDA", Some(94)),
            // The parts decide.
            ("VLADIMR PUTIN", "PUTIN, Vladimir Vladimirovich", Some(99)),
            ("BIN LADEN", "BIN LADIN, Osama", Some(96)),
            // The sound decides.
            ("ESCOBAR", "ESSABAR, Zakariya", Some(82)),
            // No part begins as the query does.
            ("BUSH GEORGE", "HASWANI, George", Some(50)),
            ("GEORGE BUSH", "PUTIN, Vladimir", None),
            ("Владимир Путин", "PUTIN, Vladimir", None),
            ("...", "PUTIN, Vladimir", None),
            ("PUTIN", "", None),
        ] {
            assert_eq!(ofac_score(query, listed), score, "{query} | {listed}");
        }
    }

    #[test]
    fn marks_and_letters() {
        let written = Written::of("O'Brien–Müller, J.P.").unwrap();
        assert_eq!(written.whole, b"obrien-mullerjp");
        let parts: Vec<&str> = written.parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(parts, ["obrien", "muller", "j", "p"]);
        assert_eq!(Written::of("Ёлки"), None);
    }

    #[test]
    fn soundex_codes() {
        for (word, code) in [
            ("robert", "r163"),
            ("rupert", "r163"),
            ("ashcraft", "a261"),
            ("tymczak", "t522"),
            ("pfister", "p236"),
            ("lee", "l000"),
        ] {
            assert_eq!(soundex(word).unwrap(), code.as_bytes(), "{word}");
        }
        assert_eq!(soundex("44th"), None);
    }

    #[test]
    fn jaro_of_textbooks() {
        for (one, two, value) in
            [("martha", "marhta", 0.9444), ("dixon", "dicksonx", 0.7667), ("a", "b", 0.0)]
        {
            assert!((jaro(one.as_bytes(), two.as_bytes()) - value).abs() < 5e-5, "{one} {two}");
        }
    }

    proptest! {
        #[test]
        fn a_name_is_itself(name in "[A-Za-z]{1,12}([ -][A-Za-z]{1,12}){0,4}") {
            prop_assert_eq!(ofac_score(&name, &name), Some(100));
        }

        #[test]
        fn scores_are_shown_or_not(query in "\\PC{0,40}", listed in "\\PC{0,40}") {
            prop_assert!(ofac_score(&query, &listed).is_none_or(|score| (50..=100).contains(&score)));
        }
    }
}
