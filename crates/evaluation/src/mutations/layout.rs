//! Order, blanks, punctuation and length: the same letters laid out otherwise.

use super::{capitalised, letters::long_words};
use crate::dice::Dice;
use crate::listed::Listed;
use cordon_model::NameKind;

/// The name as published.
#[expect(clippy::unnecessary_wraps, reason = "alterations have one signature")]
pub(crate) fn published(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    Some(listed.name.text.clone())
}

/// The name as published, of names of one word or with digits: filters like to leave them out.
pub(crate) fn one_word_or_digits(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    let text = &listed.name.text;
    let one = listed.words.len() == 1 && text.chars().count() >= 4;
    (one || text.chars().any(|letter| letter.is_ascii_digit())).then(|| text.clone())
}

/// Other capitals, other blanks.
#[expect(clippy::unnecessary_wraps, reason = "alterations have one signature")]
pub(crate) fn case_and_blanks(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let text = &listed.name.text;
    Some(match dice.below(5) {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        2 => listed.words.iter().map(|word| capitalised(word)).collect::<Vec<_>>().join(" "),
        3 => text.split_whitespace().collect::<Vec<_>>().join("  "),
        _ => format!("\u{a0}{} ", text.split_whitespace().collect::<Vec<_>>().join("\u{a0}")),
    })
}

const APOSTROPHES: [char; 4] = ['\'', '’', '`', 'ʿ'];

/// Hyphens, apostrophes and full stops dropped, exchanged or put in.
pub(crate) fn punctuation(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let text = listed.spoken();
    if text.contains(APOSTROPHES) {
        let other = *dice.pick(&["", "’", "'", "`"])?;
        let changed = text.replace(APOSTROPHES, other);
        return (changed != text).then_some(changed);
    }
    if text.contains('-') {
        return Some(text.replace('-', if dice.chance(70) { " " } else { "\u{2010}" }));
    }
    if text.contains('.') {
        return Some(text.replace('.', ""));
    }
    if !listed.is_person() || listed.words.len() < 3 {
        return None;
    }
    // Two neighbouring given names of a person are as often written with a hyphen.
    let given = listed.given();
    let neighbours: Vec<usize> = given
        .iter()
        .copied()
        .filter(|at| given.contains(&(at + 1)) && listed.words[*at].chars().count() > 1)
        .collect();
    let at = *dice.pick(&neighbours)?;
    let joined = format!("{}-{}", listed.words[at], listed.words[at + 1]);
    Some(listed.with(at, &joined)).map(|text| without_next(&text, &joined, listed.words[at + 1]))
}

/// Drops the word after `joined`, which now holds it.
fn without_next(text: &str, joined: &str, next: &str) -> String {
    text.replacen(&format!("{joined} {next}"), joined, 1)
}

/// Family name first with a comma, or given names first without.
pub(crate) fn order(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    if !listed.is_person() || listed.words.len() < 2 {
        return None;
    }
    if listed.name.text.contains(',') {
        return Some(listed.spoken());
    }
    Some(format!("{}, {}", listed.family_name()?.to_uppercase(), listed.given_name()?))
}

/// The family name of a name that begins with it goes to the end, or back.
pub(crate) fn rotate(listed: &Listed<'_>, _: &mut Dice) -> Option<String> {
    if !(listed.is_person() && listed.is_syllabic()) || listed.words.len() < 2 {
        return None;
    }
    let (given, family) = (listed.given_name()?, listed.family_name()?);
    let spoken = listed.spoken();
    [format!("{given} {family}"), format!("{family} {given}")].into_iter().find(|text| *text != spoken)
}

/// Two neighbouring words written together; all of them if there are two.
pub(crate) fn join(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let count = listed.words.len();
    if count < 2 {
        return None;
    }
    let at = dice.below(count - 1);
    let (one, two) = (listed.words[at], listed.words[at + 1]);
    if !(one.chars().all(char::is_alphabetic) && two.chars().all(char::is_alphabetic)) {
        return None;
    }
    let joined = format!("{one}{two}");
    Some(without_next(&listed.with(at, &joined), &joined, two))
}

/// One long word written as two.
pub(crate) fn split(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let least = if listed.words.len() == 1 { 8 } else { 6 };
    let at = *dice.pick(&long_words(listed, least))?;
    let letters: Vec<char> = listed.words[at].chars().collect();
    let cut = 2 + dice.below(letters.len() - 3);
    let (one, two): (String, String) = (letters[..cut].iter().collect(), letters[cut..].iter().collect());
    Some(listed.with(at, &format!("{one} {two}")))
}

/// One word written twice.
pub(crate) fn duplicate(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if listed.words.len() < 2 {
        return None;
    }
    let at = dice.below(listed.words.len());
    let word = listed.words[at];
    Some(listed.with(at, &format!("{word} {word}")))
}

/// Lengths at which payment messages cut names: a line of MT fields, and the name of an ISO 20022 party in older use.
const FIELDS: [usize; 2] = [35, 70];

/// Cut at the end of a field.
pub(crate) fn truncate(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    let text = listed.spoken();
    let length = text.chars().count();
    let fields: Vec<usize> = FIELDS.into_iter().filter(|field| *field < length).collect();
    let field = *dice.pick(&fields)?;
    Some(text.chars().take(field).collect::<String>().trim_end().to_owned())
}

/// The published cell with all its names, or two names of the entity packed into one.
pub(crate) fn packed(listed: &Listed<'_>, dice: &mut Dice) -> Option<String> {
    if let Some(cell) = listed.name.published.as_ref().filter(|cell| cell.chars().count() < 120)
        && cell.contains(['(', '/', ';', '"', '“'])
    {
        return Some(cell.clone());
    }
    if listed.words.len() < 2 {
        return None;
    }
    let strong = listed.entity.names.iter().filter(|name| {
        matches!(name.kind, NameKind::Primary | NameKind::Alias)
            && name.text != listed.name.text
            && name.text.split_whitespace().count() > 1
            && name.text.chars().count() < 60
    });
    let others: Vec<&str> = strong.map(|name| name.text.as_str()).collect();
    let other = dice.pick(&others)?;
    let form = *dice.pick(&["{} ({})", "{} / {}", "{} a.k.a. {}"])?;
    Some(form.replacen("{}", &listed.name.text, 1).replacen("{}", other, 1))
}
