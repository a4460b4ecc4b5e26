//! Alphabets that write every vowel: Greek, Armenian, Georgian.
//!
//! In: a word. Out: one position, a reading for each column of the script's table. Sources: ELOT 743 (Greek passports)
//! and the sound of the letters; BGN/PCGN 1981 for Eastern Armenian, Western Armenian values beside it; the Georgian
//! national system of 2002.

use super::{Position, full};
use crate::Script;

/// Letters and what they are in each reading, separated by blanks; a reading beyond the last takes the last, `_` is
/// nothing. `^` before the letters: only at the beginning; `$` after them: only at the end. Longer rows come first.
pub(super) type Row = (&'static str, &'static str);

/// First reading: ELOT 743; second: by sound, as foreign names are written in Greek.
const GREEK: &[Row] = &[
    ("^μπ", "b"),
    ("^ντ", "nt d"),
    ("^γκ", "gk g"),
    ("^τζ", "tz j"),
    ("μπ", "mp b"),
    ("ντ", "nt d"),
    ("γκ", "gk g"),
    ("γγ", "ng"),
    ("γξ", "nx"),
    ("γχ", "nch nh"),
    ("τζ", "tz j"),
    ("ου", "ou u"),
    ("αυ", "av au"),
    ("ευ", "ev eu"),
    ("ηυ", "iv"),
    ("αι", "ai e"),
    ("ει", "ei i"),
    ("οι", "oi i"),
    ("υι", "yi i"),
    ("α", "a"),
    ("β", "v"),
    ("γ", "g"),
    ("δ", "d"),
    ("ε", "e"),
    ("ζ", "z"),
    ("η", "i"),
    ("θ", "th"),
    ("ι", "i"),
    ("κ", "k"),
    ("λ", "l"),
    ("μ", "m"),
    ("ν", "n"),
    ("ξ", "x"),
    ("ο", "o"),
    ("π", "p"),
    ("ρ", "r"),
    ("σ", "s"),
    ("ς", "s"),
    ("τ", "t"),
    ("υ", "y"),
    ("φ", "f"),
    ("χ", "ch h"),
    ("ψ", "ps"),
    ("ω", "o"),
];

/// First reading: Eastern; second: Western.
const ARMENIAN: &[Row] = &[
    ("եան$", "yan ian"),
    ("յան$", "yan ian"),
    ("^ե", "ye"),
    ("ու", "u"),
    ("^ո", "vo"),
    ("^յ", "h"),
    ("իւ", "yu"),
    ("եւ", "ev"),
    ("և", "ev"),
    ("ա", "a"),
    ("բ", "b p"),
    ("գ", "g k"),
    ("դ", "d t"),
    ("ե", "e"),
    ("զ", "z"),
    ("է", "e"),
    ("ը", "y e"),
    ("թ", "t"),
    ("ժ", "zh"),
    ("ի", "i"),
    ("լ", "l"),
    ("խ", "kh"),
    ("ծ", "ts dz"),
    ("կ", "k g"),
    ("հ", "h"),
    ("ձ", "dz ts"),
    ("ղ", "gh"),
    ("ճ", "ch j"),
    ("մ", "m"),
    ("յ", "y"),
    ("ն", "n"),
    ("շ", "sh"),
    ("ո", "o"),
    ("չ", "ch"),
    ("պ", "p b"),
    ("ջ", "j ch"),
    ("ռ", "r"),
    ("ս", "s"),
    ("վ", "v"),
    ("տ", "t d"),
    ("ր", "r"),
    ("ց", "ts"),
    ("ւ", "v"),
    ("փ", "p"),
    ("ք", "k"),
    ("օ", "o"),
    ("ֆ", "f"),
    ("ՙ", "_"),
];

/// Second reading: `ფ` stands for f in foreign names.
const GEORGIAN: &[Row] = &[
    ("ა", "a"),
    ("ბ", "b"),
    ("გ", "g"),
    ("დ", "d"),
    ("ე", "e"),
    ("ვ", "v"),
    ("ზ", "z"),
    ("თ", "t"),
    ("ი", "i"),
    ("კ", "k"),
    ("ლ", "l"),
    ("მ", "m"),
    ("ნ", "n"),
    ("ო", "o"),
    ("პ", "p"),
    ("ჟ", "zh"),
    ("რ", "r"),
    ("ს", "s"),
    ("ტ", "t"),
    ("უ", "u"),
    ("ფ", "p f"),
    ("ქ", "k"),
    ("ღ", "gh"),
    ("ყ", "q"),
    ("შ", "sh"),
    ("ჩ", "ch"),
    ("ც", "ts"),
    ("ძ", "dz"),
    ("წ", "ts"),
    ("ჭ", "ch"),
    ("ხ", "kh"),
    ("ჯ", "j"),
    ("ჰ", "h"),
    ("ჱ", "e"),
    ("ჲ", "y"),
    ("ჳ", "vi"),
    ("ჴ", "kh"),
    ("ჵ", "o"),
    ("ჶ", "f"),
];

/// Both readings of the word.
pub(super) fn read(word: &str, script: Script) -> Vec<Position> {
    let table = match script {
        Script::Greek => GREEK,
        Script::Armenian => ARMENIAN,
        _ => GEORGIAN,
    };
    vec![full([spell(word, table, 0), spell(word, table, 1)])]
}

/// The word letter by letter in one reading. Letters without a row are left out, digits kept.
pub(super) fn spell(word: &str, table: &[Row], reading: usize) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let begins = |row: &&Row| {
            let (initial, key) = row.0.strip_prefix('^').map_or((false, row.0), |key| (true, key));
            let (last, key) = key.strip_suffix('$').map_or((false, key), |key| (true, key));
            let length = key.len();
            rest.starts_with(key) && (!initial || rest.len() == word.len()) && (!last || rest.len() == length)
        };
        if let Some((key, texts)) = table.iter().find(begins) {
            rest = &rest[key.trim_matches(['^', '$']).len()..];
            let text =
                texts.split(' ').nth(reading).or_else(|| texts.split(' ').next_back()).unwrap_or_default();
            out.push_str(text.trim_matches('_'));
        } else {
            out.extend(Some(letter).filter(char::is_ascii_digit));
            rest = &rest[letter.len_utf8()..];
        }
    }
    out
}
