//! Names that share letters with a listed one and are other names.

use super::{capitalised, recased};
use crate::dice::Dice;
use crate::listed::Listed;

/// Words in which another word hides: what stands before and after it.
const AROUND: &[(&str, &str)] = &[
    ("com", "g"),
    ("", "ovsky"),
    ("", "enko"),
    ("", "shvili"),
    ("ras", ""),
    ("", "sson"),
    ("mar", ""),
    ("", "ellini"),
    ("tro", "er"),
];

/// Given names that no pet form or language ties to another.
const OTHER_GIVEN: &[&str] =
    &["Bertrand", "Ingrid", "Tobias", "Priscilla", "Rutger", "Odette", "Winston", "Gudrun"];

/// The rarest word of a name inside a longer word, beside a given name that is not listed.
pub(crate) fn inside(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if !listed.is_latin() || listed.words.len() < 2 {
        return None;
    }
    let long = listed.words.iter().filter(|word| {
        (4..=8).contains(&word.chars().count()) && word.chars().all(|letter| letter.is_ascii_alphabetic())
    });
    let word = long.max_by_key(|word| listed.half_bits(word))?.to_lowercase();
    let (before, after) = dice.pick(AROUND)?;
    let hidden = capitalised(&format!("{before}{word}{after}"));
    let other = dice.pick(OTHER_GIVEN)?;
    Some(if listed.is_person() { format!("{other} {hidden}") } else { format!("{hidden} {other}") })
}

/// Endings that turn a family name into that of another people.
const ENDINGS: &[(&str, &[&str])] = &[
    ("yan", &["yev", "idze", "yuk"]),
    ("ian", &["iev", "iuk"]),
    ("shvili", &["dze", "ia"]),
    ("adze", &["ashvili", "ava"]),
    ("enko", &["ov", "yan", "ovich"]),
];

/// The family name with the ending of another people.
pub(crate) fn other_ending(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let last = listed.family.end.checked_sub(1).filter(|_| listed.is_person() && listed.words.len() > 1)?;
    let family = listed.words[last].to_lowercase();
    let (ending, others) =
        ENDINGS.iter().find(|row| family.ends_with(row.0) && family.len() > row.0.len() + 2)?;
    let changed = format!("{}{}", family.strip_suffix(ending)?, dice.pick(others)?);
    let text = listed.with(last, &recased(&changed, listed.words[last]));
    listed.is_no_name_in(&text).then_some(text)
}
