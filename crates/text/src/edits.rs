//! Edit distance between words, and the keys under which words within that distance meet.

/// Longest word, in bytes, that is compared by edits; longer ones by their beginning.
const MAX_LEN: usize = 64;

/// A word made ready to be compared with many others.
///
/// Words are compared by byte: they are ASCII after romanisation.
#[derive(Debug, Clone)]
pub struct Pattern {
    word: [u8; MAX_LEN],
    len: usize,
    /// For each byte, the places where it stands.
    places: [u64; 128],
}

impl Pattern {
    /// A pattern of a word; at most its first 64 bytes.
    pub fn new(word: &[u8]) -> Self {
        let mut pattern = Self { word: [0; MAX_LEN], len: word.len().min(MAX_LEN), places: [0; 128] };
        for (at, &byte) in word.iter().take(MAX_LEN).enumerate() {
            pattern.word[at] = byte;
            pattern.places[usize::from(byte & 0x7f)] |= 1 << at;
        }
        pattern
    }

    fn as_bytes(&self) -> &[u8] {
        &self.word[..self.len]
    }

    /// Number of insertions, deletions, substitutions and swaps of neighbours that turn one word into the other
    /// (optimal string alignment), or `None` if more than `limit`.
    pub fn distance(&self, other: &[u8], limit: usize) -> Option<usize> {
        let other = &other[..other.len().min(MAX_LEN)];
        if self.len.abs_diff(other.len()) > limit {
            return None;
        }
        if self.len == 0 {
            return Some(other.len());
        }
        let total = self.bit_parallel(other);
        (total <= limit).then_some(total)
    }

    /// Hyyrö's bit-parallel algorithm for optimal string alignment; the pattern has 1 to 64 bytes.
    fn bit_parallel(&self, other: &[u8]) -> usize {
        let top = 1u64 << (self.len - 1);
        let (mut positive, mut negative, mut zero, mut before) = (u64::MAX, 0u64, 0u64, 0u64);
        let mut total = self.len;
        for &symbol in other {
            let equal = self.places[usize::from(symbol & 0x7f)];
            let swap = ((!zero & equal) << 1) & before;
            zero = ((equal & positive).wrapping_add(positive) ^ positive) | equal | negative | swap;
            let up = negative | !(zero | positive);
            let down = zero & positive;
            total += usize::from(up & top != 0);
            total -= usize::from(down & top != 0);
            let up = up << 1 | 1;
            let down = down << 1;
            positive = down | !(zero | up);
            negative = up & zero;
            before = equal;
        }
        total
    }

    /// Similarity of two words of which the shorter tolerates the edits between them ([`tolerance`]), in thousandths; 0
    /// otherwise. Letters that changed places or stand twice count for less than other letters: hands do that, not names.
    pub fn similarity(&self, other: &[u8]) -> Likeness {
        let (shorter, longer) = (self.len.min(other.len()), self.len.max(other.len()));
        let Some(edits) = self.distance(other, tolerance(shorter).max(slips(shorter))) else {
            return Likeness::NONE;
        };
        let word = self.as_bytes();
        let slip = match edits {
            0 => false,
            // Of so short a word any two edits would make an anagram of too many others.
            2 if tolerance(shorter) < 2 => is_swapped_twice(word, other),
            _ => is_anagram(word, other) || is_doubling(word, other),
        };
        if edits > tolerance(shorter) && !slip {
            return Likeness::NONE;
        }
        let cost = if slip { 250 } else { 1000 } * edits;
        Likeness { thousandths: 1000 - (cost / longer.max(1)).min(1000) as u16, slip }
    }
}

/// How alike two words are by their letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// 0 to 1000.
    pub thousandths: u16,
    /// Whether they differ only in letters that changed places or stand twice.
    pub slip: bool,
}

impl Likeness {
    const NONE: Self = Self { thousandths: 0, slip: false };
}

fn is_anagram(one: &[u8], two: &[u8]) -> bool {
    if one.len() != two.len() {
        return false;
    }
    let mut counts = [0i8; 128];
    for (&left, &right) in one.iter().zip(two) {
        counts[usize::from(left & 0x7f)] += 1;
        counts[usize::from(right & 0x7f)] -= 1;
    }
    counts.iter().all(|count| *count == 0)
}

/// Whether two swaps of neighbours turn one word into the other.
fn is_swapped_twice(one: &[u8], two: &[u8]) -> bool {
    if one.len() != two.len() || one.len() > MAX_LEN || !is_anagram(one, two) {
        return false;
    }
    let mut word = [0; MAX_LEN];
    let word = &mut word[..one.len()];
    word.copy_from_slice(one);
    (1..one.len()).any(|first| {
        word.swap(first - 1, first);
        let found = is_swapped_once(word, two);
        word.swap(first - 1, first);
        found
    })
}

/// Whether one swap of neighbours turns one word into another of its length.
fn is_swapped_once(one: &[u8], two: &[u8]) -> bool {
    let Some(first) = one.iter().zip(two).position(|(left, right)| left != right) else { return false };
    let rest = first + 2;
    one.get(first + 1) == two.get(first)
        && two.get(first + 1) == one.get(first)
        && one.get(rest..) == two.get(rest..)
}

/// Whether the words are the same once letters that repeat the one before are dropped.
fn is_doubling(one: &[u8], two: &[u8]) -> bool {
    let mut left =
        one.iter().enumerate().filter(|(at, byte)| *at == 0 || one[at - 1] != **byte).map(|(_, byte)| byte);
    let mut right =
        two.iter().enumerate().filter(|(at, byte)| *at == 0 || two[at - 1] != **byte).map(|(_, byte)| byte);
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (one, two) if one != two => return false,
            _ => {}
        }
    }
}

/// Number of edits between two words, see [`Pattern::distance`].
pub fn distance(one: &[u8], two: &[u8], limit: usize) -> Option<usize> {
    Pattern::new(one).distance(two, limit)
}

/// How many edits a word of this length may have suffered and still be looked up.
pub const fn tolerance(len: usize) -> usize {
    match len {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

/// How many slips – swaps of neighbours, doublings – a word of this length may have suffered and still be looked up: by
/// its letters in the order of the alphabet, where edits of another kind would leave too little of it.
pub const fn slips(len: usize) -> usize {
    match len {
        0 | 1 => 0,
        2 | 3 => 1,
        _ => 2,
    }
}

/// Length of the beginning of a word that deletion keys are made from. Two words within `k` edits of each other have
/// beginnings of this length that share a key, since only letters within it are matched to letters within it or lost.
const KEY_LEN: usize = 9;

/// Calls `visit` with the hash of every string that is left of a word's beginning after at most `tolerance(len)`
/// deletions. Two words within the smaller of their tolerances of each other share at least one hash.
pub fn deletion_keys(word: &[u8], mut visit: impl FnMut(u64)) {
    let deletions = tolerance(word.len());
    let start = &word[..word.len().min(KEY_LEN)];
    visit(hash(start.iter().copied()));
    if deletions == 0 {
        return;
    }
    for first in 0..start.len() {
        // Deleting either of two equal neighbours leaves the same string.
        if first > 0 && start[first] == start[first - 1] {
            continue;
        }
        let without = |at: usize| at != first;
        visit(hash((0..start.len()).filter(|at| without(*at)).map(|at| start[at])));
        if deletions == 2 {
            for second in first + 1..start.len() {
                visit(hash((0..start.len()).filter(|at| without(*at) && *at != second).map(|at| start[at])));
            }
        }
    }
}

/// FNV-1a with a final mix: stable for ever, since index files hold it.
pub fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    state ^= state >> 32;
    state = state.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    state ^ state >> 29
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// The textbook table, as the oracle.
    fn by_table(one: &[u8], two: &[u8]) -> usize {
        let mut table = vec![vec![0; two.len() + 1]; one.len() + 1];
        for row in 0..=one.len() {
            for column in 0..=two.len() {
                table[row][column] = if row == 0 {
                    column
                } else if column == 0 {
                    row
                } else {
                    let change = usize::from(one[row - 1] != two[column - 1]);
                    let mut cost = (table[row - 1][column - 1] + change)
                        .min(table[row - 1][column] + 1)
                        .min(table[row][column - 1] + 1);
                    if row > 1
                        && column > 1
                        && one[row - 1] == two[column - 2]
                        && one[row - 2] == two[column - 1]
                    {
                        cost = cost.min(table[row - 2][column - 2] + 1);
                    }
                    cost
                };
            }
        }
        table[one.len()][two.len()]
    }

    #[test]
    fn known_distances() {
        for (one, two, expected) in [
            ("sechin", "sehcin", 1),
            ("lavrov", "lavrv", 1),
            ("", "abc", 3),
            ("ab", "ba", 1),
            ("macron", "marcon", 1),
        ] {
            assert_eq!(distance(one.as_bytes(), two.as_bytes(), 9), Some(expected), "{one} {two}");
        }
        assert_eq!(distance(b"abcdef", b"uvwxyz", 2), None);
    }

    #[test]
    fn slips_count_for_less() {
        for (one, two, value, slip) in [
            ("chol", "hcol", 938, true),
            ("li", "il", 875, true),
            ("monir", "mnori", 900, true),
            ("tariq", "artiq", 900, true),
            ("rami", "mari", 0, false),
            ("bashar", "basharr", 965, true),
            ("lavrov", "lawrov", 834, false),
            ("kim", "kam", 0, false),
            ("ivan", "ivanov", 0, false),
        ] {
            let likeness = Pattern::new(one.as_bytes()).similarity(two.as_bytes());
            assert_eq!((likeness.thousandths, likeness.slip), (value, slip), "{one} {two}");
        }
    }

    fn keys(word: &str) -> BTreeSet<u64> {
        let mut keys = BTreeSet::new();
        deletion_keys(word.as_bytes(), |key| {
            keys.insert(key);
        });
        keys
    }

    proptest! {
        #[test]
        fn agrees_with_the_table(one in "[a-e]{0,14}", two in "[a-e]{0,14}") {
            let expected = by_table(one.as_bytes(), two.as_bytes());
            prop_assert_eq!(distance(one.as_bytes(), two.as_bytes(), 64), Some(expected));
        }

        #[test]
        fn words_within_tolerance_share_a_key(word in "[a-d]{1,16}", edits in proptest::collection::vec((0u8..4, 0usize..16, 0u8..4), 0..=2)) {
            let mut other: Vec<u8> = word.clone().into_bytes();
            for (kind, at, letter) in edits {
                let at = at % other.len().max(1);
                match kind {
                    0 => other.insert(at, b'a' + letter),
                    1 if other.len() > 1 => { other.remove(at); }
                    2 if !other.is_empty() => other[at] = b'a' + letter,
                    _ if at + 1 < other.len() => other.swap(at, at + 1),
                    _ => {}
                }
            }
            let other = String::from_utf8(other).unwrap();
            let limit = tolerance(word.len()).min(tolerance(other.len()));
            if distance(word.as_bytes(), other.as_bytes(), limit).is_some() {
                prop_assert!(!keys(&word).is_disjoint(&keys(&other)), "{} {}", word, other);
            }
        }
    }
}
