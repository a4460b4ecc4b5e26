//! Names that hold more than one name, or one written in an unusual way.
//!
//! In: a name as written and the style of its bearer. Out: other texts under which the name is to be read as well: the
//! sides of slashes, semicolons and `formerly`, the name without an abbreviation in brackets, words parted where
//! capitals begin, words of organisations in English.

use crate::analyze::Style;
use cordon_text::terms::translated;
use cordon_text::{Word, words};

/// Words between two names of one party, as they are folded.
const MARKERS: &[&[&str]] = &[
    &["also", "known", "as"],
    &["formerly", "known", "as"],
    &["previously", "known", "as"],
    &["now", "known", "as"],
    &["trading", "as"],
    &["doing", "business", "as"],
    &["a", "k", "a"],
    &["f", "k", "a"],
    &["n", "k", "a"],
    &["d", "b", "a"],
    &["aka"],
    &["fka"],
    &["nka"],
    &["dba"],
    &["alias"],
    &["formerly"],
    &["previously"],
    &["nee"],
    &["ex"],
];

/// The other texts of a name; none for most names.
pub(crate) fn packed(text: &str, style: Style) -> Vec<String> {
    let found = words(text);
    let mut texts = Vec::new();
    if style == Style::Other && text.contains(';') {
        let sides = text.split(';').filter(|side| words(side).len() > 1);
        texts.extend(sides.map(|side| without_abbreviations(side).unwrap_or_else(|| side.to_owned())));
    } else if splits_at_slashes(text) {
        let sides: Vec<&str> = text.split('/').filter(|side| words(side).len() > 1).collect();
        // `Al-Qa'ida/Islamic Army`: of two names one may be a single word.
        if sides.len() > 1 || text.split('/').count() == 2 {
            texts.extend(sides.into_iter().map(str::to_owned));
        }
    }
    texts.extend(sides_of_marker(text, &found));
    if style == Style::Other {
        texts.extend(without_abbreviations(text));
        texts.extend(ship_prefix(text));
        texts.extend(translated(text));
    }
    texts.extend(parted(text, &found));
    texts
}

/// The names before and after the first marker: `Silver Harmony (ex MARIA E)`.
fn sides_of_marker(text: &str, found: &[Word<'_>]) -> Vec<String> {
    let marker_at = |at: usize| {
        MARKERS.iter().find(|marker| {
            let here = found.get(at..at + marker.len());
            here.is_some_and(|here| here.iter().zip(**marker).all(|(word, part)| is_written(word.text, part)))
        })
    };
    let Some((at, marker)) = (0..found.len()).find_map(|at| Some((at, marker_at(at)?))) else {
        return Vec::new();
    };
    let before = at.checked_sub(1).and_then(|last| text.get(..found[last].range.end));
    let after = found.get(at + marker.len()).and_then(|first| text.get(first.range.start..));
    match (before, after) {
        (_, None) => Vec::new(),
        (before, Some(after)) => before.into_iter().chain([after]).map(str::to_owned).collect(),
    }
}

/// Whether a word is a part of a marker: `f.k.a`, `née`.
fn is_written(word: &str, part: &str) -> bool {
    let mut letters = word.chars().filter(|letter| *letter != '.');
    part.chars().all(|wanted| {
        letters.next().is_some_and(|letter| {
            letter.to_ascii_lowercase() == wanted || (wanted == 'e' && matches!(letter, 'é' | 'É'))
        })
    }) && letters.next().is_none()
}

/// `M/T FREEDOM` with its prefix as one word.
fn ship_prefix(text: &str) -> Option<String> {
    let (prefix, name) = text.trim_start().split_once(' ')?;
    let mut letters = prefix.chars();
    let shape =
        (letters.next()?.is_ascii_alphabetic(), letters.next()?, letters.next()?.is_ascii_alphabetic());
    (shape == (true, '/', true) && letters.next().is_none())
        .then(|| format!("{} {name}", prefix.replace('/', "")))
}

/// The name with a blank wherever a capital follows a small letter, if the parts are long enough to be words:
/// `IssamSHAMMOUT`.
fn parted(text: &str, found: &[Word<'_>]) -> Option<String> {
    const LEAST_LETTERS: usize = 3;
    let glued = |word: &Word<'_>| {
        let letters = word.text.chars().zip(word.text.chars().skip(1));
        letters.into_iter().any(|(one, two)| one.is_lowercase() && two.is_uppercase())
    };
    if !found.iter().any(glued) {
        return None;
    }
    let mut parted = String::with_capacity(text.len() + 4);
    let mut changed = false;
    for word in found {
        let mut parts: Vec<String> = vec![String::new()];
        let mut before = ' ';
        for letter in word.text.chars() {
            if before.is_lowercase() && letter.is_uppercase() {
                parts.push(String::new());
            }
            if let Some(part) = parts.last_mut() {
                part.push(letter);
            }
            before = letter;
        }
        let long = parts.iter().all(|part| part.chars().count() >= LEAST_LETTERS);
        let parts = if parts.len() > 1 && long { parts } else { vec![word.text.to_owned()] };
        changed |= parts.len() > 1;
        for part in parts {
            parted.push_str(&part);
            parted.push(' ');
        }
    }
    changed.then_some(parted)
}

/// The name without the abbreviations that follow it in brackets: `Tehrik-e Taliban Pakistan (TTP)`.
fn without_abbreviations(text: &str) -> Option<String> {
    const LEAST_LETTERS: usize = 6;
    let mut rest = String::with_capacity(text.len());
    let mut left = text;
    while let Some((before, (inside, after))) =
        left.split_once('(').and_then(|(before, after)| Some((before, after.split_once(')')?)))
    {
        rest.push_str(before);
        if !is_abbreviation(inside) {
            rest.push_str(inside);
        }
        left = after;
    }
    rest.push_str(left);
    let letters = rest.chars().filter(|letter| letter.is_alphabetic()).count();
    let shorter = letters < text.chars().filter(|letter| letter.is_alphabetic()).count();
    (shorter && letters >= LEAST_LETTERS).then_some(rest)
}

/// Whether a text begins with a short word of several capitals: `TTP`, `JuA`, `ISIL-SEA, ISIL in South-East Asia`.
fn is_abbreviation(text: &str) -> bool {
    const LONGEST: usize = 8;
    let Some(first) = text.split([' ', ',']).find(|word| !word.is_empty()) else { return false };
    first.len() <= LONGEST && first.chars().filter(|letter| letter.is_uppercase()).count() > 1
}

/// Whether slashes stand between names rather than inside dates, fractions and abbreviations.
fn splits_at_slashes(text: &str) -> bool {
    text.contains('/')
        && text.split('/').all(|side| {
            let side = side.trim();
            let word = |end: Option<char>| {
                end.is_some_and(|letter| letter.is_alphabetic() || matches!(letter, ')' | '.'))
            };
            side.chars().filter(|letter| letter.is_alphabetic()).count() > 2
                && word(side.chars().next_back())
                && side.chars().next().is_some_and(|letter| letter.is_alphabetic() || letter == '(')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_texts_of_a_name() {
        for (text, style, expected) in [
            ("Silver Harmony (ex MARIA E)", Style::Other, &["Silver Harmony", "MARIA E)"][..]),
            (
                "Castellane Holdings f.k.a. JEMAAH ISLAMIAH",
                Style::Other,
                &["Castellane Holdings", "JEMAAH ISLAMIAH"],
            ),
            ("John Doe alias Red", Style::Person, &["John Doe", "Red"]),
            ("IssamSHAMMOUT", Style::Person, &["Issam SHAMMOUT "]),
            ("McDonald", Style::Person, &[]),
            ("M/T FREEDOM", Style::Other, &["MT FREEDOM"]),
            ("A/S Norden", Style::Other, &["AS Norden"]),
            ("Tehrik-e Taliban Pakistan (TTP)", Style::Other, &["Tehrik-e Taliban Pakistan "]),
            ("Al-Qa'ida/Islamic Army", Style::Other, &["Al-Qa'ida", "Islamic Army"]),
            ("Exxon Mobil", Style::Other, &[]),
        ] {
            assert_eq!(packed(text, style), expected, "{text}");
        }
    }
}
