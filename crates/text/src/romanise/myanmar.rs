//! Burmese.
//!
//! In: a word. Out: a position for each syllable, since Burmese names are syllables written apart in Latin and together
//! in Burmese; one for a foreign name. Source: the BGN/PCGN agreement of 1970 without tones, which is how names are spelt.

use super::{Position, full};

/// Consonants from U+1000.
const CONSONANTS: &[&str] = &[
    "k", "kh", "g", "g", "ng", "s", "s", "z", "z", "ny", "ny", "t", "t", "d", "d", "n", "t", "ht", "d", "d",
    "n", "p", "p", "b", "b", "m", "y", "y", "l", "w", "th", "h", "l", "",
];
/// Rhymes: signs after the consonants without tone marks, and how they sound. Longest first where one begins another.
const RHYMES: &[(&str, &str)] = &[
    ("ောင်", "aung"),
    ("ေါင်", "aung"),
    ("ောက်", "auk"),
    ("ေါက်", "auk"),
    ("ိုင်", "aing"),
    ("ိုက်", "aik"),
    ("ိုယ်", "o"),
    ("ော်", "aw"),
    ("ေါ်", "aw"),
    ("ော", "aw"),
    ("ေါ", "aw"),
    ("ိန်", "ein"),
    ("ိမ်", "ein"),
    ("ိတ်", "eik"),
    ("ိပ်", "eik"),
    ("ုန်", "on"),
    ("ုမ်", "on"),
    ("ုတ်", "ok"),
    ("ုပ်", "ok"),
    ("ုံ", "on"),
    ("ို", "o"),
    ("က်", "et"),
    ("င်", "in"),
    ("စ်", "it"),
    ("ဇ်", "it"),
    ("ည်", "i"),
    ("ဉ်", "in"),
    ("တ်", "at"),
    ("န်", "an"),
    ("ပ်", "at"),
    ("မ်", "an"),
    ("ယ်", "e"),
    ("လ်", "al"),
    ("သ်", "at"),
    ("ံ", "an"),
    ("ာ", "a"),
    ("ါ", "a"),
    ("ိ", "i"),
    ("ီ", "i"),
    ("ု", "u"),
    ("ူ", "u"),
    ("ေ", "e"),
    ("ဲ", "e"),
];
/// Vowel letters that stand alone.
const LETTERS: &[(char, &str)] =
    &[('ဣ', "i"), ('ဤ', "i"), ('ဥ', "u"), ('ဦ', "u"), ('ဧ', "ay"), ('ဩ', "aw"), ('ဪ', "aw")];
/// Kills the vowel of a consonant, which then belongs to the rhyme.
const ASAT: char = '\u{103A}';

/// The syllables of the word.
pub(super) fn read(word: &str) -> Vec<Position> {
    // Tone marks; the mark of stacked consonants is read as one that kills.
    let letters: Vec<char> = word
        .chars()
        .filter(|letter| !matches!(letter, '\u{1037}' | '\u{1038}'))
        .flat_map(|letter| if letter == '\u{1039}' { vec![ASAT] } else { vec![letter] })
        .collect();
    let mut syllables = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let (text, next) = syllable(&letters, at);
        at = next.max(at + 1);
        if !text.is_empty() {
            syllables.push(text);
        }
    }
    // Burmese names have closed syllables or tones; three and more open ones are a foreign name.
    let open = word.chars().all(|letter| !matches!(letter, ASAT | '\u{1037}' | '\u{1038}'));
    if open && syllables.len() > 2 {
        return vec![full([syllables.concat()])];
    }
    syllables.into_iter().map(|text| full([text])).collect()
}

fn consonant(letter: char) -> Option<&'static str> {
    (letter as usize).checked_sub(0x1000).and_then(|index| CONSONANTS.get(index)).copied()
}

/// The syllable that begins at `at`, and where the next begins.
fn syllable(letters: &[char], at: usize) -> (String, usize) {
    if let Some((_, text)) = LETTERS.iter().find(|row| row.0 == letters[at]) {
        return ((*text).to_owned(), at + 1);
    }
    let Some(onset) = consonant(letters[at]) else {
        return (letters[at].to_digit(36).map(|_| letters[at].into()).unwrap_or_default(), at + 1);
    };
    let marks =
        letters[at + 1..].iter().take_while(|letter| ('\u{103B}'..='\u{103E}').contains(*letter)).count();
    let medials = &letters[at + 1..=at + marks];
    let mut text = with_medials(onset, medials);
    let rest: String = letters[at + 1 + marks..].iter().collect();
    let rhyme = RHYMES.iter().find(|row| rest.starts_with(row.0));
    // After w the rhymes in n and t keep their u: `ွန်` is un, `ွတ်` ut.
    let rounded = medials.contains(&'\u{103D}');
    match rhyme.map(|row| row.1) {
        Some(rhyme @ ("an" | "at")) if rounded => {
            text.pop();
            text.push('u');
            text.push_str(&rhyme[1..]);
        }
        Some(rhyme) => text.push_str(rhyme),
        None => text.push('a'),
    }
    (text, at + 1 + marks + rhyme.map_or(0, |row| row.0.chars().count()))
}

/// A consonant with y, r, w or h under it.
fn with_medials(onset: &str, medials: &[char]) -> String {
    let has = |letter: char| medials.contains(&letter);
    let glide = has('\u{103B}') || has('\u{103C}');
    let mut text = match onset {
        "kh" if glide => "ch".to_owned(),
        "y" if has('\u{103E}') => "sh".to_owned(),
        _ if glide => format!("{onset}y"),
        _ => onset.to_owned(),
    };
    if has('\u{103E}') && !text.starts_with('s') {
        text.insert(0, 'h');
    }
    if has('\u{103D}') {
        text.push('w');
    }
    text
}
