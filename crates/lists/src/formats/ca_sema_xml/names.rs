//! Names of persons and the cell of aliases.
//!
//! In: the fields of a record with single blanks. Out: names. One cell holds several names between semicolons, slashes
//! and commas, some with their language before a colon.

use crate::formats::names::{between_commas, clean, is_foreign, is_open, of_organisation};
use cordon_model::{Name, NameKind, NamePartKind};

/// A name of parts, and the spelling of its surname in brackets as another: `DIKIY (DIKY)`.
pub(super) fn of_person(family: &str, given: &str) -> Vec<Name> {
    let inside = family.split_once(" (").and_then(|(before, rest)| Some((before, rest.strip_suffix(')')?)));
    let spellings = inside.map_or_else(|| vec![family], |(before, inside)| vec![before, inside]);
    let name = |(at, family): (usize, &str)| {
        let kind = if at == 0 { NameKind::Primary } else { NameKind::Alias };
        let text = format!("{given} {family}");
        Name::new(kind, &text).with_parts([(NamePartKind::Given, given), (NamePartKind::Family, family)])
    };
    spellings.into_iter().enumerate().map(name).collect()
}

/// Words before a colon that tell the language of what follows.
const LANGUAGES: [(&str, &str); 6] = [
    ("Russian:", "rus"),
    ("Belarusian:", "bel"),
    ("Belarussian:", "bel"),
    ("Ukrainian:", "ukr"),
    ("Persian:", "fas"),
    ("Arabic:", "ara"),
];

/// The cell of aliases taken apart.
#[derive(Debug, Default)]
pub(super) struct Aliases {
    pub(super) names: Vec<Name>,
    /// Texts that give spellings of parts of a name rather than names; they are among the names as they stand.
    pub(super) unclear: Vec<String>,
}

/// Reads the cell of aliases.
pub(super) fn aliases(cell: &str, person: bool) -> Aliases {
    let mut found = Aliases::default();
    let mut language = None;
    for piece in before_languages(cell).into_iter().flat_map(|piece| split(piece, ';')) {
        let (said, text) = language_of(piece);
        language = said.or(language);
        // `Aleksander/ Aleksandr or Alexander Vladimirovich Karnienko`
        let spelt = between_words(text);
        if person && (spelt.is_none() || has_loose_slash(text)) {
            found.unclear.push(text.to_owned());
            found.names.push(alias(text, person).from_cell(cell));
            continue;
        }
        let texts = spelt.filter(|_| person).unwrap_or_else(|| vec![text]);
        for text in texts.into_iter().flat_map(between_slashes).flat_map(between_commas) {
            let names =
                if person { vec![alias(text, person)] } else { of_organisation(text, NameKind::Alias) };
            for mut name in names {
                if is_foreign(&name.text) {
                    name.kind = NameKind::OriginalScript;
                    name.language = language.map(str::to_owned);
                }
                found.names.push(name.from_cell(cell));
            }
        }
    }
    found
}

/// Splits a text of full names at `or` and `and`; `None` when a side is a single word, as in `Anna or Hanna Leusik`.
fn between_words(text: &str) -> Option<Vec<&str>> {
    let pieces: Vec<&str> = text.split(" or ").flat_map(|piece| piece.split(" and ")).map(clean).collect();
    (pieces.len() == 1 || pieces.iter().all(|piece| piece.contains(' '))).then_some(pieces)
}

/// A single word is no more than a part of a person's name.
fn alias(text: &str, person: bool) -> Name {
    let text = text.trim_matches(['"', '“', '”', ' ']);
    let weak = person && !text.contains(' ') && !is_foreign(text);
    Name::new(if weak { NameKind::WeakAlias } else { NameKind::Alias }, text)
}

/// Splits before the words that tell a language.
fn before_languages(cell: &str) -> Vec<&str> {
    let mut starts: Vec<usize> =
        LANGUAGES.iter().flat_map(|row| cell.match_indices(row.0).map(|found| found.0)).collect();
    starts.push(0);
    starts.push(cell.len());
    starts.sort_unstable();
    starts.dedup();
    starts.windows(2).map(|pair| clean(&cell[pair[0]..pair[1]])).filter(|piece| !piece.is_empty()).collect()
}

fn language_of(piece: &str) -> (Option<&'static str>, &str) {
    let row = LANGUAGES.iter().find(|row| piece.starts_with(row.0));
    row.map_or((None, piece), |row| (Some(row.1), clean(&piece[row.0.len()..])))
}

fn split(text: &str, mark: char) -> impl Iterator<Item = &str> {
    text.split(mark).map(clean).filter(|piece| !piece.is_empty())
}

/// Whether a slash stands beside a single Latin word, and so separates parts of a name.
fn has_loose_slash(text: &str) -> bool {
    text.contains('/') && text.split('/').any(|side| !side.trim().contains(' ') && !is_foreign(side))
}

/// Letters on both sides of a slash that separates names; fewer belong to an abbreviation as in `A/S`.
const SIDE: usize = 4;

/// Splits at slashes between names, as in `Hara Institute/Institut Hara`.
pub(super) fn between_slashes(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('/') {
        let (before, after) = (&text[start..at], &text[at + 1..]);
        let long = |side: &str| side.chars().filter(|letter| letter.is_alphabetic()).count() >= SIDE;
        let next = after.split('/').next().unwrap_or_default();
        if long(before) && long(next) && !is_open(before) {
            pieces.push(clean(before));
            start = at + 1;
        }
    }
    pieces.push(clean(&text[start..]));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(names: &[Name]) -> Vec<String> {
        let kind = |name: &Name| match name.kind {
            NameKind::Primary => "P",
            NameKind::Alias => "A",
            NameKind::WeakAlias => "W",
            NameKind::OriginalScript => "O",
            NameKind::Former => "F",
        };
        let language =
            |name: &Name| name.language.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
        names.iter().map(|name| format!("{}{} {}", kind(name), language(name), name.text)).collect()
    }

    #[test]
    fn cells_of_aliases() {
        for (cell, person, expected) in [
            ("Галина Карелова", true, &["O Галина Карелова"][..]),
            ("VYSOTSKIY", true, &["W VYSOTSKIY"]),
            ("Yevgeniy Prigozhin; Евгений Пригожин", true, &["A Yevgeniy Prigozhin", "O Евгений Пригожин"]),
            ("حسن الورديان/حسن محمد", true, &["O حسن الورديان", "O حسن محمد"]),
            (
                "Kolya Lukashenka, Nick Luka, Belarusian: Мікалай Лукашэнка; Russian: Николай Лукашенко, Коля Лукашенко",
                true,
                &[
                    "A Kolya Lukashenka",
                    "A Nick Luka",
                    "O bel Мікалай Лукашэнка",
                    "O rus Николай Лукашенко",
                    "O rus Коля Лукашенко",
                ],
            ),
            (
                "Abdul Dagalo and Abdelrahim Dagalo Mousa Arabic:عبدالرحيم دقلو",
                true,
                &["A Abdul Dagalo", "A Abdelrahim Dagalo Mousa", "O ara عبدالرحيم دقلو"],
            ),
            ("RAOS JSC; РУСАТОМ Оверсиз", false, &["A RAOS JSC", "O РУСАТОМ Оверсиз"]),
            ("Hara Institute/Institut Hara, HI", false, &["A Hara Institute", "A Institut Hara", "A HI"]),
            ("Megafon A/S", false, &["A Megafon A/S"]),
        ] {
            let found = aliases(cell, person);
            assert_eq!(
                (shown(&found.names), found.unclear.len()),
                (expected.iter().map(ToString::to_string).collect(), 0)
            );
        }
        let found = aliases("Nikolay or Nikolai / Vasilievich Maximavich, Russian: Николай Максимович", true);
        assert_eq!(found.unclear, ["Nikolay or Nikolai / Vasilievich Maximavich"]);
        assert_eq!(found.names.len(), 2);
    }

    #[test]
    fn surnames_spelt_twice() {
        assert_eq!(shown(&of_person("DIKIY (DIKY)", "Aleksey")), ["P Aleksey DIKIY", "A Aleksey DIKY"]);
        assert_eq!(shown(&of_person("Mahoso", "Tafataona P.")), ["P Tafataona P. Mahoso"]);
    }
}
