//! Names as OFAC prints them.

use super::party::Party;
use cordon_model::{Issue, IssueKind, Name, NameKind, NamePartKind};
use cordon_text::Script;

/// A name of a party; a person's is taken apart into family name and given names.
///
/// Persons are printed `FAMILY, Given Other`. Patronymics and middle names are not marked, so they stay with the given
/// names; `Jr.` and the like belong to neither part.
pub(in crate::formats) fn name(kind: NameKind, text: &str, person: bool) -> Name {
    let name = Name::new(kind, text);
    if !person {
        return name;
    }
    let pieces: Vec<&str> = text.split(',').map(str::trim).filter(|piece| !is_suffix(piece)).collect();
    match pieces.split_first() {
        Some((family, given)) if !given.is_empty() => {
            let given = given.join(" ");
            name.with_parts([(NamePartKind::Family, *family), (NamePartKind::Given, &given)])
        }
        _ => name,
    }
}

fn is_suffix(piece: &str) -> bool {
    let piece = piece.trim_end_matches('.').to_lowercase();
    matches!(piece.as_str(), "jr" | "sr" | "ii" | "iii" | "iv")
}

/// OFAC's words for parts of names. Names of organisations, ships and aircraft are one part.
const PARTS: &[(&str, Option<NamePartKind>)] = &[
    ("Last Name", Some(NamePartKind::Family)),
    ("First Name", Some(NamePartKind::Given)),
    ("Middle Name", Some(NamePartKind::Middle)),
    ("Patronymic", Some(NamePartKind::Patronymic)),
    ("Matronymic", Some(NamePartKind::Matronymic)),
    ("Maiden Name", Some(NamePartKind::Maiden)),
    ("Nickname", Some(NamePartKind::Nickname)),
    ("Entity Name", None),
    ("Vessel Name", None),
    ("Aircraft Name", None),
];

/// Whether these are words for a part of a name.
pub(in crate::formats) fn is_part(words: &str) -> bool {
    PARTS.iter().any(|row| row.0 == words)
}

/// A name of typed parts: OFAC's words and the text of each.
///
/// `printed` is the name as the file prints it; where it prints none, or prints it in capitals alone though the parts
/// keep theirs (as it does outside the Latin script), the name is `FAMILY, Given Other` of the parts. Scripts without
/// blanks between words go without the comma. `None` when there is no text at all.
pub(in crate::formats) fn of_parts(
    kind: NameKind,
    parts: &[(String, String)],
    printed: &str,
    person: bool,
) -> Option<Name> {
    let typed = |words: &str| PARTS.iter().find(|row| row.0 == words).and_then(|row| row.1);
    if let ([(words, text)], true) = (parts, person)
        && typed(words) == Some(NamePartKind::Family)
    {
        // Some aliases hold a whole name in one part.
        return (!text.is_empty()).then(|| name(kind, text, person));
    }
    let is_family = |words: &str| {
        matches!(typed(words), Some(NamePartKind::Family | NamePartKind::Matronymic | NamePartKind::Maiden))
    };
    let joined = |family: bool| -> String {
        let texts =
            parts.iter().filter(|(words, _)| is_family(words) == family).map(|(_, text)| text.as_str());
        texts.collect::<Vec<_>>().join(" ")
    };
    let (family, others) = (joined(true), joined(false));
    let composed = match (family.as_str(), others.as_str()) {
        ("", one) | (one, "") => one.to_owned(),
        (family, others) if is_unspaced(family) => format!("{family}{others}"),
        (family, others) => format!("{family}, {others}"),
    };
    let latin = Script::of_text(printed) == Script::Latin;
    let text = if printed.is_empty() || (!latin && !composed.is_empty()) { &composed } else { printed };
    let typed = parts.iter().filter_map(|(words, text)| Some((typed(words)?, text.as_str())));
    let parts: Vec<(NamePartKind, &str)> = typed.collect();
    let parts = if person { parts } else { Vec::new() };
    (!text.is_empty()).then(|| Name::new(kind, text).with_parts(parts))
}

/// Whether a text is in a script that puts no blanks between words.
fn is_unspaced(text: &str) -> bool {
    matches!(Script::of_text(text), Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul)
}

/// Kinds of aliases. A current name (`N.K.A.`) is an alias, and a note says that it is current.
const ALIASES: &[(&str, NameKind)] = &[
    ("a.k.a.", NameKind::Alias),
    ("f.k.a.", NameKind::Former),
    ("n.k.a.", NameKind::Alias),
    ("Name", NameKind::Alias),
];

/// Adds a name other than the primary one. `words` are OFAC's for its kind; a weak one remembers them, unless they are
/// the usual ones.
pub(in crate::formats) fn add_alias(
    party: &mut Party,
    words: &str,
    weak: bool,
    mut name: Name,
    issues: &mut Vec<Issue>,
) {
    let known = ALIASES.iter().find(|row| row.0.eq_ignore_ascii_case(words)).map(|row| row.1);
    if known.is_none() {
        let message = "expected a.k.a., f.k.a. or n.k.a.; read as an alias";
        issues.push(Issue::new(party.entity.id.key(), "alias type", IssueKind::UnknownValue, words, message));
    }
    name.kind = if weak { NameKind::WeakAlias } else { known.unwrap_or(NameKind::Alias) };
    if weak && !matches!(words.to_lowercase().as_str(), "a.k.a." | "name") {
        let cell = format!("{} '{}'", words.to_lowercase(), name.text);
        name = name.from_cell(&cell);
    }
    if words.eq_ignore_ascii_case("n.k.a.") {
        party.note(&format!("now known as {}", name.text));
    }
    party.entity.add_name(name);
}

/// A weak name out of its quotes. Apostrophes of the name itself stay: `''ABD AL-'IZ'` is `'ABD AL-'IZ`.
pub(in crate::formats) fn unquote(text: &str) -> &str {
    let inner = |text: &'_ str| text.len() > 1 && text.starts_with('\'') && text.ends_with('\'');
    if !inner(text) {
        return text.trim_matches('\'').trim();
    }
    let once = &text[1..text.len() - 1];
    let twice = inner(once) && !once[1..once.len() - 1].contains('\'');
    if twice { &once[1..once.len() - 1] } else { once }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_have_parts() {
        for (text, expected) in [
            ("MALKEVICH, Alexander Aleksandrovich", &["MALKEVICH", "Alexander Aleksandrovich"][..]),
            ("DELOS REYES, Feliciano Semborio, Jr.", &["DELOS REYES", "Feliciano Semborio"]),
            ("KNOWLES, JR., Samuel", &["KNOWLES", "Samuel"]),
            ("MARUF, Taha, Muhyi al-Din", &["MARUF", "Taha Muhyi al-Din"]),
            ("ZULKARNAEN", &[]),
            ("DOE,", &["DOE"]),
        ] {
            let name = name(NameKind::Primary, text, true);
            let parts: Vec<&str> = name.parts.iter().map(|part| part.text.as_str()).collect();
            assert_eq!((name.text.as_str(), parts.as_slice()), (text, expected));
        }
        assert!(name(NameKind::Primary, "AEROTAXI, S.A.", false).parts.is_empty());
    }

    #[test]
    fn parts_of_files() {
        let named = |parts: &[(&str, &str)], printed: &str| {
            let parts: Vec<(String, String)> =
                parts.iter().map(|(words, text)| ((*words).to_owned(), (*text).to_owned())).collect();
            let name = of_parts(NameKind::Alias, &parts, printed, true)?;
            let parts: Vec<String> =
                name.parts.iter().map(|part| format!("{:?} {}", part.kind, part.text)).collect();
            Some((name.text, parts.join("; ")))
        };
        for (parts, printed, text, read) in [
            (
                &[("Last Name", "HANIYA"), ("First Name", "Ismail"), ("Patronymic", "Abdul")][..],
                "",
                "HANIYA, Ismail Abdul",
                "Family HANIYA; Given Ismail; Patronymic Abdul",
            ),
            (
                &[("First Name", "Joaquin"), ("Last Name", "GUZMAN"), ("Matronymic", "LOERA")],
                "GUZMAN LOERA, Joaquin",
                "GUZMAN LOERA, Joaquin",
                "Given Joaquin; Family GUZMAN; Matronymic LOERA",
            ),
            (
                &[("Last Name", "ZAHAR, Mahmoud")],
                "ZAHAR, Mahmoud",
                "ZAHAR, Mahmoud",
                "Family ZAHAR; Given Mahmoud",
            ),
            (
                &[("Last Name", "Путин"), ("First Name", "Владимир")],
                "ПУТИН, Владимир",
                "Путин, Владимир",
                "Family Путин; Given Владимир",
            ),
            (&[("Last Name", "孟"), ("First Name", "晚舟")], "孟, 晚舟", "孟晚舟", "Family 孟; Given 晚舟"),
            (&[("Nickname", "El Mayo")], "", "El Mayo", "Nickname El Mayo"),
            (&[], "PRINTED ALONE", "PRINTED ALONE", ""),
        ] {
            assert_eq!(named(parts, printed), Some((text.to_owned(), read.to_owned())), "{text}");
        }
        assert_eq!(named(&[], ""), None);
        assert_eq!(named(&[("Last Name", "")], ""), None);
    }

    #[test]
    fn aliases_of_files() {
        use cordon_model::Schema;
        let mut party = Party::open("l", "1", Schema::Organization);
        let mut issues = Vec::new();
        for (words, weak, text) in [
            ("A.K.A.", false, "ONE"),
            ("f.k.a.", false, "TWO"),
            ("N.K.A.", false, "THREE"),
            ("A.K.A.", true, "FOUR"),
            ("F.K.A.", true, "FIVE"),
            ("D.B.A.", false, "SIX"),
        ] {
            add_alias(&mut party, words, weak, Name::new(NameKind::Alias, text), &mut issues);
        }
        let names: Vec<String> = party
            .entity
            .names
            .iter()
            .map(|name| format!("{} {} {:?}", name.kind.label(), name.text, name.published))
            .collect();
        assert_eq!(
            names,
            [
                "alias ONE None",
                "former TWO None",
                "alias THREE None",
                "weak alias FOUR None",
                "weak alias FIVE Some(\"f.k.a. 'FIVE'\")",
                "alias SIX None",
            ]
        );
        assert_eq!((party.entity.values("notes").len(), issues.len()), (1, 1));
    }

    #[test]
    fn quotes() {
        for (text, expected) in [
            ("'BNC'", "BNC"),
            ("''FOOPIE''", "FOOPIE"),
            ("''ABD AL-'IZ'", "'ABD AL-'IZ"),
            ("'Abu Haza''", "Abu Haza'"),
            ("'LLC 'DSD''", "LLC 'DSD'"),
            ("''ASRA, Abu'", "'ASRA, Abu"),
            ("'OPEN", "OPEN"),
            ("''", ""),
            ("'", ""),
            ("", ""),
        ] {
            assert_eq!(unquote(text), expected, "{text}");
        }
    }
}
