//! Slips of typists, readers of scans, and evaders: single letters.

use super::{places, recased};
use crate::dice::Dice;
use crate::listed::Listed;
use cordon_text::Script;

/// Least letters of a word that is mistyped, beside others and alone: a slip in a shorter one often makes another real
/// name.
const LEAST: [usize; 2] = [5, 7];

fn least(listed: &Listed<'_>) -> usize {
    LEAST[usize::from(listed.words.len() == 1)]
}

type Letters = Vec<char>;

/// Words long enough to be recognised after a slip.
pub(crate) fn long_words(listed: &Listed<'_>, least: usize) -> Vec<usize> {
    places(&listed.words, |word| word.chars().count() >= least && word.chars().all(char::is_alphabetic))
}

/// The name with one long word changed by `change`, which is given its letters written small; tries a few times.
fn slip(
    listed: &Listed<'_>,
    dice: &mut Dice,
    change: impl Fn(&mut Letters, &mut Dice) -> Option<()>,
) -> Option<String> {
    let words = long_words(listed, least(listed));
    for _ in 0..6 {
        let at = *dice.pick(&words)?;
        let before = listed.words[at];
        let mut letters: Letters = before.to_lowercase().chars().collect();
        if change(&mut letters, dice).is_some() {
            let after = recased(&letters.into_iter().collect::<String>(), before);
            if after.to_lowercase() != before.to_lowercase() {
                return Some(listed.with(at, &after));
            }
        }
    }
    None
}

/// Two neighbouring letters change places.
pub(crate) fn transpose(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    slip(listed, dice, |letters, dice| {
        let at = dice.below(letters.len() - 1);
        letters.swap(at, at + 1);
        Some(())
    })
}

/// One letter is lost, put in, or replaced.
pub(crate) fn edit(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    slip(listed, dice, |letters, dice| {
        let at = dice.below(letters.len());
        let other = another_letter(letters, dice)?;
        match dice.below(3) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at.max(1), other),
            _ => letters[at] = other,
        }
        Some(())
    })
}

/// A letter that could stand in the word: any Latin one, else one of the word's own.
fn another_letter(letters: &[char], dice: &mut Dice) -> Option<char> {
    const LATIN: [char; 20] =
        ['a', 'e', 'i', 'o', 'u', 'n', 'r', 's', 't', 'l', 'd', 'm', 'k', 'h', 'b', 'g', 'p', 'v', 'z', 'y'];
    if Script::of(*letters.first()?) == Script::Latin {
        return dice.pick(&LATIN).copied();
    }
    dice.pick(letters).copied()
}

const KEYBOARD: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// The key beside the right one is hit, or the right one twice.
pub(crate) fn keyboard(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    slip(listed, dice, |letters, dice| {
        let at = dice.below(letters.len() - 1) + 1;
        let letter = letters[at];
        if dice.chance(50) {
            letters.insert(at, letter);
            return Some(());
        }
        let row = KEYBOARD.iter().find(|row| row.contains(letter))?;
        let place = row.find(letter)?;
        let beside = if dice.chance(50) { place.checked_sub(1) } else { Some(place + 1) };
        letters[at] = beside.and_then(|place| row.chars().nth(place))?;
        Some(())
    })
}

/// What a reader of scans takes for what.
const SCANNED: &[(&str, &str)] = &[
    ("o", "0"),
    ("O", "0"),
    ("i", "1"),
    ("I", "1"),
    ("l", "1"),
    ("L", "1"),
    ("s", "5"),
    ("S", "5"),
    ("B", "8"),
    ("rn", "m"),
    ("m", "rn"),
    ("RN", "M"),
    ("cl", "d"),
    ("vv", "w"),
    ("w", "vv"),
    ("I", "l"),
    ("l", "I"),
];

/// One or two letters are misread.
pub(crate) fn scan(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let mut text = listed.spoken();
    if long_words(listed, least(listed)).is_empty() {
        return None;
    }
    let slips = 1 + dice.below(listed.words.len().min(2));
    for _ in 0..slips {
        let mut spots: Vec<(usize, &str, &str)> = Vec::new();
        for (right, wrong) in SCANNED {
            spots.extend(text.match_indices(right).map(|(at, _)| (at, *right, *wrong)));
        }
        let Some(&(at, right, wrong)) = dice.pick(&spots) else { break };
        text.replace_range(at..at + right.len(), wrong);
    }
    (text != listed.spoken()).then_some(text)
}

/// Cyrillic letters that look like Latin ones.
const LOOKALIKES: &[(char, char)] = &[
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('i', 'і'),
    ('s', 'ѕ'),
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
];

/// Characters that are not seen.
const UNSEEN: [char; 4] = ['\u{200B}', '\u{200C}', '\u{00AD}', '\u{2060}'];

/// Letters of another script that look alike, or characters that are not seen, slip past a careless filter.
pub(crate) fn disguise(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let mut letters: Letters = listed.spoken().chars().collect();
    if dice.chance(30) {
        let inner: Vec<usize> = (1..letters.len())
            .filter(|at| letters[*at].is_alphabetic() && letters[at - 1].is_alphabetic())
            .collect();
        letters.insert(*dice.pick(&inner)?, *dice.pick(&UNSEEN)?);
        return Some(letters.into_iter().collect());
    }
    let mut places: Vec<(usize, char)> = letters
        .iter()
        .enumerate()
        .filter_map(|(at, letter)| Some((at, LOOKALIKES.iter().find(|(latin, _)| latin == letter)?.1)))
        .collect();
    dice.shuffle(&mut places);
    // A whole word in another script is no disguise but a name in that script.
    places.truncate((1 + dice.below(3)).min(listed.spoken().chars().count() / 4));
    if places.is_empty() {
        return None;
    }
    for (at, twin) in places {
        letters[at] = twin;
    }
    Some(letters.into_iter().collect())
}

/// The whole text backwards.
#[expect(clippy::unnecessary_wraps, reason = "alterations have one signature")]
pub(crate) fn reverse(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    Some(listed.spoken().chars().rev().collect())
}
