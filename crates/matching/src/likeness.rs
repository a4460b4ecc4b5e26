//! Which words can be taken for each other, and how alike they are.
//!
//! Two forms are alike when a key of one is a probe of the other *and* their similarity reaches [`LEAST`]. The index looks
//! words up by these keys, and the pairwise comparison asks for them too, so both always say the same.

use crate::analyze::{Form, Style};
use cordon_text::edits::{Pattern, deletion_keys, hash};
use cordon_text::lexicon::{self, Group, GroupKind};
use cordon_text::sound::{Skeleton, Sound, similarity, unvowelled_similarity};

/// Least similarity, in thousandths, at which two forms count as alike.
pub(crate) const LEAST: u16 = 750;

/// Similarity of two given names that are one name in two languages.
const SAME_NAME: u16 = 960;
/// The same for short names that do not sound alike: families of one character are written in as many ways as there are
/// languages of China, and each way is that of other families too.
const SAME_SHORT_NAME: u16 = 860;
/// Longest of them, in letters.
const SHORT_NAME: usize = 5;
/// Least similarity of names that sound alike at all.
const ALIKE_AT_ALL: u16 = 700;
/// Similarity of a full name and its pet form.
const NICKNAME: u16 = 880;
/// Similarity of a word and its translation or abbreviation.
const SAME_WORD: u16 = 950;

/// What one difference counts in a short word, in tenths, by its number of sounds: a third of `kim` is more than a third
/// of a name.
const SHORT_WORD: [u16; 6] = [30, 30, 26, 20, 15, 12];

/// A form prepared for comparison.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prepared<'a> {
    /// ASCII.
    pub(crate) text: &'a [u8],
    pub(crate) unvowelled: bool,
    /// Whether the word belongs to a group of words with one meaning.
    pub(crate) grouped: bool,
    pub(crate) sound: Sound,
}

impl<'a> Prepared<'a> {
    pub(crate) fn new(form: &'a Form) -> Self {
        Self {
            text: form.text.as_bytes(),
            unvowelled: form.unvowelled,
            grouped: !form.unvowelled && !lexicon::groups(&form.text).is_empty(),
            sound: form.sound(),
        }
    }

    fn groups(&self) -> &'static [Group] {
        if !self.grouped {
            return &[];
        }
        std::str::from_utf8(self.text).map_or(&[], lexicon::groups)
    }
}

/// Consonants a skeleton must have for words with one consonant more or less to be looked up too.
const LONG_SKELETON: usize = 5;

fn tagged(tag: u64, value: u64) -> u64 {
    hash(tag.to_le_bytes().into_iter().chain(value.to_le_bytes()))
}

const SKELETON: u64 = 0x5ce1;
const SHORTENED: u64 = 0x54e2;
const GROUP: u64 = 0x6209;
const SWAP: u64 = 0x50a9;

/// Longest word that is looked up by its letters in the order of the alphabet; of longer ones deletions leave enough for
/// two swaps.
const LONGEST_SWAPPED: usize = 6;

/// The keys of a sound's skeletons as they are.
pub(crate) fn skeleton_keys(sound: &Sound) -> impl Iterator<Item = u64> {
    Skeleton::all(sound)
        .filter(|skeleton| !skeleton.is_empty())
        .map(|skeleton| tagged(SKELETON, skeleton.to_bits()))
}

/// Which side of a comparison asks for keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The word is in the dictionary.
    Listed,
    /// The word is looked up.
    Asked,
}

/// Calls `visit` with every key of a form. A listed and an asked word meet if they have one in common; whichever of the
/// two is listed makes no difference to whether they do.
pub(crate) fn keys(form: &Prepared<'_>, side: Side, mut visit: impl FnMut(u64)) {
    if !form.unvowelled {
        deletion_keys(form.text, &mut visit);
        if (2..=LONGEST_SWAPPED).contains(&form.text.len()) {
            let mut letters = [0u8; LONGEST_SWAPPED];
            letters[..form.text.len()].copy_from_slice(form.text);
            letters.sort_unstable();
            visit(hash(SWAP.to_le_bytes().into_iter().chain(letters)));
        }
        for group in form.groups() {
            visit(tagged(GROUP, u64::from(group.id)));
        }
    }
    for skeleton in Skeleton::all(&form.sound) {
        if skeleton.is_empty() {
            continue;
        }
        let bits = skeleton.to_bits();
        visit(tagged(SKELETON, bits));
        // A word with one consonant more meets the shorter one through its shortened skeletons: a listed one has them as
        // keys of their own, an asked one looks for the whole skeletons of shorter words.
        let shortened = match side {
            Side::Listed => SHORTENED,
            Side::Asked => SKELETON,
        };
        if skeleton.len() > LONG_SKELETON {
            for shorter in skeleton.shortened() {
                visit(tagged(shortened, shorter.to_bits()));
            }
        }
        if side == Side::Asked && skeleton.len() >= LONG_SKELETON {
            visit(tagged(SHORTENED, bits));
        }
    }
}

/// A form made ready to be compared with many others.
pub(crate) struct Matcher<'a> {
    form: Prepared<'a>,
    pattern: Pattern,
}

impl<'a> Matcher<'a> {
    pub(crate) fn new(form: Prepared<'a>) -> Self {
        Self { form, pattern: Pattern::new(form.text) }
    }

    /// Similarity to a form that shares a key, in thousandths, in names of persons and in others; 0 if below [`LEAST`].
    pub(crate) fn likeness(&self, other: &Prepared<'_>) -> [u16; 2] {
        let one = &self.form;
        let both = |value: u16| if value < LEAST { [0; 2] } else { [value; 2] };
        match (one.unvowelled, other.unvowelled) {
            (false, false) if one.text == other.text => [1000; 2],
            (true, true) if one.text == other.text => [1000; 2],
            (false, false) => self.by_letters_and_sound(other),
            (true, true) => both(similarity(&one.sound, &other.sound, LEAST)),
            (true, false) => both(unvowelled_similarity(&one.sound, &other.sound, LEAST)),
            (false, true) => both(unvowelled_similarity(&other.sound, &one.sound, LEAST)),
        }
    }

    fn by_letters_and_sound(&self, other: &Prepared<'_>) -> [u16; 2] {
        let one = &self.form;
        let mut grouped =
            if one.grouped && other.grouped { by_group(one.groups(), other.groups()) } else { [0; 2] };
        if grouped[0] == SAME_NAME
            && one.text.len().max(other.text.len()) <= SHORT_NAME
            && similarity(&one.sound, &other.sound, ALIKE_AT_ALL) == 0
        {
            grouped[0] = SAME_SHORT_NAME;
        }
        let letters = self.pattern.similarity(other.text);
        let sounds = one.sound.as_bytes().len().max(other.sound.as_bytes().len());
        let factor = SHORT_WORD.get(sounds).copied().unwrap_or(10);
        // What a short word forgives must be the more alike to begin with.
        let least = 1000 - (1000 - LEAST) * 10 / factor;
        let sound = similarity(&one.sound, &other.sound, least).min(990);
        let plain = sound.max(if letters.slip { 0 } else { letters.thousandths });
        let plain = 1000 - ((1000 - plain) * factor / 10).min(1000);
        let mut best = plain.max(if letters.slip { letters.thousandths } else { 0 });
        if extends(one.text, other.text) || extends(other.text, one.text) {
            if is_patronymic(one.text, other.text) || is_patronymic(other.text, one.text) {
                return grouped;
            }
            if is_inflected(one.text, other.text) || is_inflected(other.text, one.text) {
                best = best.max(INFLECTED);
            }
        }
        // Two fathers' names are alike as far as the fathers' are, whatever their endings share.
        if best < 1000
            && !letters.slip
            && let (Some(left), Some(right)) = (father(one.text), father(other.text))
            && similarity(&Sound::of(left), &Sound::of(right), LEAST) == 0
        {
            return grouped;
        }
        let best = if best < LEAST { 0 } else { best };
        grouped.map(|value| value.max(best))
    }
}

/// Whether one word is the other, a last letter aside, with an ending.
fn extends(word: &[u8], name: &[u8]) -> bool {
    name.len() < word.len() && name.len() > 1 && word.starts_with(&name[..name.len() - 1])
}

/// Endings that make a father's name, or a family's, of a given name.
const PATRONYMICS: [&[u8]; 12] = [
    b"ovich", b"evich", b"ovych", b"yevich", b"ovna", b"evna", b"ivna", b"ov", b"ova", b"ev", b"eva", b"ovic",
];

/// The beginning of a word that has the ending of a father's name in full.
pub(crate) fn father(word: &[u8]) -> Option<&str> {
    const ENDINGS: [&[u8]; 8] = [b"ovich", b"evich", b"ovych", b"evych", b"ovna", b"evna", b"ivna", b"ovic"];
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(*ending))?;
    std::str::from_utf8(stem).ok().filter(|stem| stem.len() > 1)
}

/// Whether one word is the other with an ending that makes another name of it.
fn is_patronymic(word: &[u8], name: &[u8]) -> bool {
    let Some(ending) = word.strip_prefix(name.strip_suffix(b"y").unwrap_or(name)) else { return false };
    name.len() > 2 && PATRONYMICS.contains(&ending)
}

/// Similarity of a name and its form in a language that gives it an ending.
const INFLECTED: u16 = 950;

/// Whether one word is the other, a Slavic name, with the ending Latvian and Lithuanian give it: `Putins`, `Putinas`.
fn is_inflected(word: &[u8], name: &[u8]) -> bool {
    const SLAVIC: [&[u8]; 11] = [b"ov", b"ev", b"in", b"yn", b"ij", b"ej", b"ir", b"or", b"an", b"av", b"ko"];
    let Some(ending) = word.strip_prefix(name) else { return false };
    let baltic: [&[u8]; 3] = [b"s", b"as", b"is"];
    name.len() > 4 && baltic.contains(&ending) && SLAVIC.iter().any(|end| name.ends_with(end))
}

fn by_group(one: &[Group], two: &[Group]) -> [u16; 2] {
    let mut best = [0; 2];
    for group in one.iter().filter(|group| two.contains(group)) {
        let (style, value) = match group.kind {
            GroupKind::GivenName => (Style::Person, SAME_NAME),
            GroupKind::Nickname => (Style::Person, NICKNAME),
            GroupKind::Word => (Style::Other, SAME_WORD),
        };
        best[style as usize] = value.max(best[style as usize]);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn form(text: &str) -> Form {
        Form { text: text.trim_start_matches('*').to_owned(), unvowelled: text.starts_with('*') }
    }

    /// 0 when no key is shared.
    fn alike(one: &str, two: &str, style: Style) -> u16 {
        let (one, two) = (form(one), form(two));
        let (one, two) = (Prepared::new(&one), Prepared::new(&two));
        let all = |form: &Prepared<'_>, side: Side| {
            let mut all = BTreeSet::new();
            keys(form, side, |key| {
                all.insert(key);
            });
            all
        };
        let meet = !all(&one, Side::Asked).is_disjoint(&all(&two, Side::Listed));
        assert_eq!(
            meet,
            !all(&two, Side::Asked).is_disjoint(&all(&one, Side::Listed)),
            "keys meet one way only"
        );
        if meet { Matcher::new(one).likeness(&two)[style as usize] } else { 0 }
    }

    #[test]
    fn words_taken_for_each_other() {
        for (one, two, least, most) in [
            ("putin", "putin", 1000, 1000),
            ("putin", "pudin", 800, 950),
            ("mohammed", "muhammad", 850, 999),
            ("*mhmd", "muhammad", 800, 900),
            ("vladimir", "volodymyr", 900, 960),
            ("bill", "william", 850, 900),
            ("bank", "banque", 0, 900),
            ("li", "il", 850, 900),
            ("kim", "lee", 0, 0),
            ("kim", "kam", 0, 0),
            ("dang", "ding", 0, 850),
            ("ivan", "ivanov", 0, 0),
            ("oleksandr", "oleksandrovych", 0, 0),
            ("ivanov", "petrov", 0, 0),
            ("jobs", "jabs", 700, 900),
            ("sechin", "sehcin", 850, 999),
            ("putin", "putinas", 950, 950),
            ("storm", "stom", 750, 850),
            ("asad", "ssad", 750, 850),
            ("qaeda", "qaida", 980, 999),
            ("abdulqader", "abduqladre", 800, 950),
            ("patterson", "paterson", 950, 999),
            ("fyodorovich", "viktorovich", 0, 0),
            ("viktorovich", "victorovich", 950, 999),
            ("mkrtychev", "mkrtchyan", 0, 850),
        ] {
            let value = alike(one, two, Style::Person);
            assert!((least..=most).contains(&value), "{one} {two}: {value}");
            assert_eq!(value, alike(two, one, Style::Person), "{one} {two}");
        }
        assert_eq!(alike("bank", "banque", Style::Other), 950);
    }
}
