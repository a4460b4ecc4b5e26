//! Names as OFAC prints them.

use cordon_model::{Name, NameKind, NamePartKind};

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

/// A weak name out of its quotes. Apostrophes of the name itself stay: `''ABD AL-'IZ'` is `'ABD AL-'IZ`.
pub(super) fn unquote(text: &str) -> &str {
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
