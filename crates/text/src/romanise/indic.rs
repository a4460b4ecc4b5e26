//! The scripts of India and Sri Lanka.
//!
//! In: a word. Out: one position. The nine Indian blocks share one layout, so one table by offset serves them; Sinhala
//! has its own. Sources: the Unicode charts, ISO 15919 without marks, and the spellings of passports: `ee` and `oo` are
//! left to the comparison, the vowel inherent in a consonant is dropped where northern languages do not speak it.

use super::{Position, full};
use crate::Script;

/// Vowels by offset from the block: independent letters from 0x05.
const VOWELS: &[&str] = &["a", "a", "i", "i", "u", "u", "ri", "li", "e", "e", "e", "ai", "o", "o", "o", "au"];
/// Consonants by offset from 0x15.
const CONSONANTS: &[&str] = &[
    "k", "kh", "g", "gh", "ng", "ch", "chh", "j", "jh", "ny", "t", "th", "d", "dh", "n", "t", "th", "d",
    "dh", "n", "n", "p", "ph", "b", "bh", "m", "y", "r", "r", "l", "l", "zh", "v", "sh", "sh", "s", "h",
];
/// Vowel signs by offset from 0x3E.
const SIGNS: &[&str] = &["a", "i", "i", "u", "u", "ri", "ri", "e", "e", "e", "ai", "o", "o", "o", "au"];
/// Consonants that a dot below changes.
const DOTTED: &[(&str, &str)] =
    &[("k", "q"), ("kh", "kh"), ("g", "gh"), ("j", "z"), ("d", "r"), ("dh", "rh"), ("ph", "f"), ("y", "y")];

/// Letters that a script reads in its own way, before the shared tables.
const OWN: &[(char, Sign)] = &[
    ('য', Sign::Consonant("j")),
    ('\u{09DF}', Sign::Consonant("y")),
    ('ৰ', Sign::Consonant("r")),
    ('ৱ', Sign::Consonant("w")),
    ('ৎ', Sign::Coda("t")),
    ('ੰ', Sign::Coda("n")),
    ('ੱ', Sign::Skip),
    ('ੲ', Sign::Skip),
    ('ੳ', Sign::Skip),
    ('ச', Sign::Consonant("s")),
    ('ற', Sign::Consonant("r")),
    ('ஃ', Sign::Skip),
    ('த', Sign::Consonant("th")),
    ('ൺ', Sign::Coda("n")),
    ('ൻ', Sign::Coda("n")),
    ('ർ', Sign::Coda("r")),
    ('ൽ', Sign::Coda("l")),
    ('ൾ', Sign::Coda("l")),
    ('ൿ', Sign::Coda("k")),
    ('ୟ', Sign::Consonant("y")),
    ('ୱ', Sign::Consonant("w")),
    ('ങ', Sign::Consonant("ng")),
    ('ൗ', Sign::Vowel("au")),
    ('ௗ', Sign::Vowel("au")),
    ('ॅ', Sign::Vowel("e")),
    ('ॉ', Sign::Vowel("o")),
];

/// Sinhala from U+0D82.
const SINHALA: &[(char, char, &[&str])] = &[
    (
        'අ',
        'ඖ',
        &["a", "a", "e", "e", "i", "i", "u", "u", "ri", "ri", "li", "li", "e", "e", "ai", "o", "o", "au"],
    ),
    (
        'ක',
        'න',
        &[
            "k", "kh", "g", "gh", "n", "ng", "ch", "chh", "j", "jh", "gn", "gn", "nj", "t", "th", "d", "dh",
            "n", "nd", "th", "th", "d", "dh", "n",
        ],
    ),
    ('ඳ', 'ර', &["nd", "p", "ph", "b", "bh", "m", "mb", "y", "r"]),
    ('ල', 'ල', &["l"]),
    ('ව', 'ෆ', &["w", "sh", "sh", "s", "h", "l", "f"]),
    ('ා', 'ූ', &["a", "e", "e", "i", "i", "u", "u", "u"]),
    ('ෘ', 'ෟ', &["ru", "e", "e", "ai", "o", "o", "au", "li"]),
];

/// What a character does in its syllable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A consonant with the vowel a in it.
    Consonant(&'static str),
    /// A vowel letter, or a sign that takes the place of the a.
    Vowel(&'static str),
    /// A consonant without vowel that ends a syllable.
    Coda(&'static str),
    /// Takes the a away.
    Virama,
    /// Changes the consonant before.
    Dot,
    Skip,
}

fn sign(letter: char, script: Script) -> Sign {
    if let Some((_, own)) = OWN.iter().find(|row| row.0 == letter) {
        return *own;
    }
    if script == Script::Sinhala {
        return sinhala(letter);
    }
    // Every block begins at a multiple of 0x80.
    let offset = letter as usize & 0x7F;
    let at = |table: &[&'static str], from: usize| {
        offset.checked_sub(from).and_then(|index| table.get(index)).copied()
    };
    match offset {
        0x01 | 0x02 => Sign::Coda("n"),
        0x03 => Sign::Coda("h"),
        0x3C => Sign::Dot,
        0x4D => Sign::Virama,
        0x05..=0x14 => at(VOWELS, 0x05).map_or(Sign::Skip, Sign::Vowel),
        0x15..=0x39 => at(CONSONANTS, 0x15).map_or(Sign::Skip, Sign::Consonant),
        0x3E..=0x4C => at(SIGNS, 0x3E).map_or(Sign::Skip, Sign::Vowel),
        0x56 | 0x57 => Sign::Vowel("ai"),
        0x60 => Sign::Vowel("ri"),
        _ => Sign::Skip,
    }
}

fn sinhala(letter: char) -> Sign {
    match letter {
        'ං' => return Sign::Coda("n"),
        'ඃ' => return Sign::Coda("h"),
        '්' => return Sign::Virama,
        _ => {}
    }
    let range = SINHALA.iter().find(|row| (row.0..=row.1).contains(&letter));
    let text = range.and_then(|row| row.2.get(letter as usize - row.0 as usize));
    match text {
        Some(text) if ('ක'..='ෆ').contains(&letter) => Sign::Consonant(text),
        Some(text) => Sign::Vowel(text),
        None => Sign::Skip,
    }
}

/// A consonant or vowel as spoken.
#[derive(Debug, Clone, Copy)]
struct Phone {
    text: &'static str,
    vowel: bool,
    /// The a that is not written.
    inherent: bool,
    /// A sign that ends a syllable.
    coda: bool,
}

impl Phone {
    const fn new(text: &'static str, vowel: bool) -> Self {
        Self { text, vowel, inherent: false, coda: false }
    }
}

fn phones(word: &str, script: Script) -> Vec<Phone> {
    let mut phones: Vec<Phone> = Vec::new();
    let drop_inherent = |phones: &mut Vec<Phone>| {
        if phones.last().is_some_and(|phone| phone.inherent) {
            phones.pop();
        }
    };
    // Bengali য is y with a dot and after another consonant.
    let word = word.replace("\u{09AF}\u{09BC}", "\u{09DF}").replace("\u{09CD}\u{09AF}", "\u{09CD}\u{09DF}");
    for letter in word.chars() {
        match sign(letter, script) {
            Sign::Consonant(text) => {
                phones.push(Phone::new(text, false));
                phones.push(Phone { inherent: true, ..Phone::new("a", true) });
            }
            Sign::Vowel(text) => {
                drop_inherent(&mut phones);
                phones.push(Phone::new(text, true));
            }
            Sign::Coda(text) => phones.push(Phone { coda: true, ..Phone::new(text, false) }),
            Sign::Virama => drop_inherent(&mut phones),
            Sign::Dot => {
                let consonant = phones.iter_mut().rev().find(|phone| !phone.vowel);
                if let Some(phone) = consonant {
                    phone.text =
                        DOTTED.iter().find(|row| row.0 == phone.text).map_or(phone.text, |row| row.1);
                }
            }
            Sign::Skip => {}
        }
    }
    phones
}

/// Drops the inherent vowels that northern languages do not speak: at the end after one consonant, and between a
/// vowel and consonant before and a consonant and vowel after (Ohala's rule, from the end).
fn drop_schwas(phones: &mut Vec<Phone>) {
    let mut at = phones.len();
    while at > 0 {
        at -= 1;
        if !phones[at].inherent || at < 2 {
            continue;
        }
        let vowel = |index: usize| phones.get(index).map(|phone| phone.vowel);
        let last = at + 1 == phones.len();
        // A nasal before the last consonant makes no cluster: सिंह is singh.
        let nasal = last && at > 2 && phones[at - 2].coda && vowel(at - 3) == Some(true);
        let after_one = vowel(at - 2) == Some(true) || nasal;
        let before_one = vowel(at + 1) == Some(false) && vowel(at + 2) == Some(true);
        if after_one && (last || before_one) {
            phones.remove(at);
        }
    }
}

/// Tamil writes k, t, th, p for g, d, dh, b too: voiced after a nasal and between vowels, unless doubled.
fn voiced(phones: &[Phone], at: usize) -> &'static str {
    let text = phones[at].text;
    let before = at.checked_sub(1).and_then(|index| phones.get(index));
    let after_vowel = phones.get(at + 1).is_some_and(|phone| phone.vowel);
    let soft = before.is_some_and(|phone| phone.vowel || matches!(phone.text, "n" | "m" | "ng" | "ny"));
    match text {
        "k" if soft && after_vowel => "g",
        "t" if soft && after_vowel => "d",
        "th" if soft && after_vowel => "dh",
        "p" if soft && after_vowel => "b",
        _ => text,
    }
}

/// The word as spoken, and with other values of letters that have two.
pub(super) fn read(word: &str, script: Script) -> Vec<Position> {
    let mut phones = phones(word, script);
    let north = matches!(
        script,
        Script::Devanagari | Script::Bengali | Script::Gurmukhi | Script::Gujarati | Script::Oriya
    );
    if north {
        drop_schwas(&mut phones);
    }
    let plain: String = phones.iter().map(|phone| phone.text).collect();
    let mut readings = vec![plain];
    if script == Script::Tamil {
        readings.insert(0, (0..phones.len()).map(|at| voiced(&phones, at)).collect());
    }
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    vec![full(readings.into_iter().map(|text| text + &digits))]
}
