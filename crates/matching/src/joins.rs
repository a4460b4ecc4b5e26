//! Words written together: when one token of a name is several of another.

use crate::analyze::Part;
use cordon_text::edits::hash;
use cordon_text::sound::{Skeleton, Sound, similarity};

/// Greatest number of neighbouring tokens taken as written together.
pub(crate) const MAX_JOINED: usize = 4;

/// Least similarity, in thousandths, of a joined word and its parts together.
pub(crate) const LEAST_JOINED: u16 = 850;

/// Consonants and sounds a word must have to be looked up as one that sounds like a joined one.
const LEAST_CONSONANTS: usize = 2;
const LEAST_SOUNDS: usize = 6;

/// Sounds a shorter word must have to be looked up as one that sounds the same (`Hua Wei`, `Huawei`).
const LEAST_SAME: usize = 4;

/// Whether a token of this part is ever written together with its neighbours.
pub(crate) fn joins(part: Part) -> bool {
    matches!(part, Part::Word | Part::Father | Part::Particle | Part::Initial | Part::Title)
}

/// Keys under which a word meets neighbouring tokens that sound like it when written together.
pub(crate) fn join_keys(sound: &Sound) -> impl Iterator<Item = u64> {
    const JOIN: u64 = 0x7013;
    const SAME: u64 = 0x5a3e;
    let sounds = sound.as_bytes().len();
    let edges = edges(sound);
    Skeleton::all(sound)
        .filter(move |skeleton| skeleton.len() >= LEAST_CONSONANTS && sounds >= LEAST_SOUNDS)
        .map(move |skeleton| {
            let bits = skeleton.to_bits().to_le_bytes();
            hash(JOIN.to_le_bytes().into_iter().chain(bits).chain(edges))
        })
        .chain((sounds >= LEAST_SAME).then(|| {
            let symbols = sound.as_bytes().iter().copied();
            hash(SAME.to_le_bytes().into_iter().chain(symbols))
        }))
}

/// Classes of the first and the last sound: a joined word begins as its first part does and ends as its last.
fn edges(sound: &Sound) -> [u8; 2] {
    let class = |symbol: Option<&u8>| match symbol.copied().unwrap_or_default() {
        symbol if b"aeiouhywjX".contains(&symbol) => b'a',
        b'q' | b'g' | b'G' => b'k',
        b'b' => b'p',
        b'd' => b't',
        b'v' => b'f',
        b'z' | b'S' | b'Z' | b'C' | b'T' | b'c' => b's',
        symbol => symbol,
    };
    [class(sound.as_bytes().first()), class(sound.as_bytes().last())]
}

/// Whether a word is long enough to be several written together.
pub(crate) fn may_be_joined(word: &Sound) -> bool {
    word.as_bytes().len() >= LEAST_SAME
}

/// Similarity of a word and neighbouring tokens written together, in thousandths; 0 unless they share a key and reach
/// [`LEAST_JOINED`].
pub(crate) fn joined_likeness(word: &Sound, joined: &Sound) -> u16 {
    if edges(word) != edges(joined) {
        return 0;
    }
    let value = similarity(word, joined, LEAST_JOINED);
    if value == 0 || !join_keys(word).any(|key| join_keys(joined).any(|other| other == key)) {
        return 0;
    }
    value
}
