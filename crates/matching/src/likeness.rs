//! Which words can be taken for each other, and how alike they are.
//!
//! Two forms are alike when they share a key *and* their similarity reaches [`LEAST`]. The index looks words up by
//! these keys, and the pairwise comparison asks for a shared key too, so both always say the same.

use crate::analyze::{Form, Style};
use cordon_text::edits::{deletion_keys, distance, hash, tolerance};
use cordon_text::lexicon::{self, GroupKind};
use cordon_text::sound::{Skeleton, Sound, similarity, unvowelled_similarity};

/// Least similarity, in thousandths, at which two forms count as alike.
pub(crate) const LEAST: u16 = 680;

/// Similarity of two given names that are one name in two languages.
const SAME_NAME: u16 = 930;
/// Similarity of a full name and its pet form.
const NICKNAME: u16 = 850;
/// Similarity of a word and its translation or abbreviation.
const SAME_WORD: u16 = 950;
/// Similarity of two short words of the same letters in another order.
const SHORT_SWAP: u16 = 720;

/// A form prepared for comparison.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prepared<'a> {
    pub(crate) text: &'a str,
    pub(crate) unvowelled: bool,
    pub(crate) sound: Sound,
}

impl<'a> Prepared<'a> {
    pub(crate) fn new(form: &'a Form) -> Self {
        Self { text: &form.text, unvowelled: form.unvowelled, sound: form.sound() }
    }
}

/// Consonants a skeleton must have for words with one consonant more or less to be looked up too.
const LONG_SKELETON: usize = 5;

fn tagged(tag: u64, value: u64) -> u64 {
    hash(tag.to_le_bytes().into_iter().chain(value.to_le_bytes()))
}

fn skeleton_key(skeleton: Skeleton) -> u64 {
    const SKELETON: u64 = 0x5ce1;
    tagged(SKELETON, skeleton.to_bits())
}

/// The keys of a sound's skeletons as they are.
pub(crate) fn skeleton_keys(sound: &Sound) -> impl Iterator<Item = u64> {
    Skeleton::all(sound).filter(|skeleton| !skeleton.is_empty()).map(skeleton_key)
}

/// Calls `visit` with every key of a form. Keys of different kinds never meet.
pub(crate) fn keys(form: &Prepared<'_>, mut visit: impl FnMut(u64)) {
    const GROUP: u64 = 0x6209;
    const SWAP: u64 = 0x50a9;
    let bytes = form.text.as_bytes();
    if !form.unvowelled {
        deletion_keys(bytes, &mut visit);
        if matches!(bytes.len(), 2 | 3) {
            let mut letters = [0u8; 3];
            letters[..bytes.len()].copy_from_slice(bytes);
            letters.sort_unstable();
            visit(hash(SWAP.to_le_bytes().into_iter().chain(letters)));
        }
        for group in lexicon::groups(form.text) {
            visit(tagged(GROUP, u64::from(group.id)));
        }
    }
    for skeleton in Skeleton::all(&form.sound) {
        if skeleton.is_empty() {
            continue;
        }
        visit(skeleton_key(skeleton));
        if skeleton.len() >= LONG_SKELETON {
            for shorter in skeleton.shortened() {
                visit(skeleton_key(shorter));
            }
        }
    }
}

/// Similarity of two forms that share a key, in thousandths; 0 if below [`LEAST`].
pub(crate) fn likeness(one: &Prepared<'_>, two: &Prepared<'_>, style: Style) -> u16 {
    let best = match (one.unvowelled, two.unvowelled) {
        (false, false) if one.text == two.text => 1000,
        (false, false) => by_letters(one.text, two.text)
            .max(by_group(one.text, two.text, style))
            .max(similarity(&one.sound, &two.sound, LEAST).min(990)),
        (true, true) if one.text == two.text => 1000,
        (true, true) => similarity(&one.sound, &two.sound, LEAST),
        (true, false) => unvowelled_similarity(&one.sound, &two.sound, LEAST),
        (false, true) => unvowelled_similarity(&two.sound, &one.sound, LEAST),
    };
    if best < LEAST { 0 } else { best }
}

fn by_letters(one: &str, two: &str) -> u16 {
    let (one, two) = (one.as_bytes(), two.as_bytes());
    let (shorter, longer) = (one.len().min(two.len()), one.len().max(two.len()));
    if longer <= 3 {
        let sorted = |word: &[u8]| {
            let mut letters = [0u8; 3];
            letters[..word.len()].copy_from_slice(word);
            letters.sort_unstable();
            letters
        };
        return if shorter == longer && shorter > 1 && sorted(one) == sorted(two) { SHORT_SWAP } else { 0 };
    }
    distance(one, two, tolerance(shorter)).map_or(0, |edits| 1000 - (1000 * edits / longer) as u16)
}

fn by_group(one: &str, two: &str, style: Style) -> u16 {
    let others = lexicon::groups(two);
    lexicon::groups(one)
        .iter()
        .filter(|group| others.contains(group))
        .map(|group| match (group.kind, style) {
            (GroupKind::GivenName, Style::Person) => SAME_NAME,
            (GroupKind::Nickname, Style::Person) => NICKNAME,
            (GroupKind::Word, Style::Other) => SAME_WORD,
            _ => 0,
        })
        .max()
        .unwrap_or(0)
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
        let all = |form: &Prepared<'_>| {
            let mut all = BTreeSet::new();
            keys(form, |key| {
                all.insert(key);
            });
            all
        };
        if all(&one).is_disjoint(&all(&two)) { 0 } else { likeness(&one, &two, style) }
    }

    #[test]
    fn words_taken_for_each_other() {
        for (one, two, least, most) in [
            ("putin", "putin", 1000, 1000),
            ("putin", "pudin", 800, 950),
            ("mohammed", "muhammad", 850, 999),
            ("*mhmd", "muhammad", 800, 900),
            ("vladimir", "volodymyr", 900, 960),
            ("bill", "william", 850, 850),
            ("bank", "banque", 0, 900),
            ("li", "il", 720, 760),
            ("kim", "lee", 0, 0),
            ("ivanov", "petrov", 0, 0),
            ("jobs", "jabs", 700, 900),
            ("sechin", "sehcin", 800, 999),
        ] {
            let value = alike(one, two, Style::Person);
            assert!((least..=most).contains(&value), "{one} {two}: {value}");
            assert_eq!(value, alike(two, one, Style::Person), "{one} {two}");
        }
        assert_eq!(alike("bank", "banque", Style::Other), 950);
    }
}
