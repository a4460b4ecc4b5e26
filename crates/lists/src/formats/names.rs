//! Texts that hold several names: separators that do not break names, "also known as" remarks, letters lost or garbled
//! before publication.
//!
//! In: one published text with single blanks. Out: its names. What the names are of, and brackets that are no such
//! remark, are left to the formats.

use super::un_xml::cells;
use cordon_model::{Digest, Name, NameKind};
use cordon_text::lexicon::{Role, roles};
use cordon_text::{Script, fold, words};

/// A text taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct KnownAs {
    /// The text without the remarks.
    pub(super) name: String,
    /// The names the remarks hold.
    pub(super) others: Vec<(NameKind, String)>,
}

/// Words that announce another name.
const MARKERS: [(&str, NameKind); 17] = [
    ("also known as", NameKind::Alias),
    ("now known as", NameKind::Alias),
    ("doing business as", NameKind::Alias),
    ("trading as", NameKind::Alias),
    ("formerly known as", NameKind::Former),
    ("formerly", NameKind::Former),
    ("a.k.a.", NameKind::Alias),
    ("a.k.a", NameKind::Alias),
    ("a/k/a", NameKind::Alias),
    ("aka", NameKind::Alias),
    ("d.b.a.", NameKind::Alias),
    ("d/b/a", NameKind::Alias),
    ("dba", NameKind::Alias),
    ("f.k.a.", NameKind::Former),
    ("f/k/a", NameKind::Former),
    ("fka", NameKind::Former),
    ("n.k.a.", NameKind::Alias),
];

/// Takes `X (a.k.a. Y; Z)`, `X [aka Y, Z]`, `X, f.k.a., Y`, `X D/B/A Y` apart.
pub(super) fn known_as(text: &str) -> KnownAs {
    let mut found = KnownAs::default();
    let mut rest = text;
    while let Some((before, inside, after)) = marked_bracket(rest) {
        found.name.push_str(before);
        found.take(inside);
        rest = after;
    }
    match bare_marker(rest) {
        Some((at, kind, end)) => {
            found.name.push_str(&rest[..at]);
            found.add(kind, &rest[end..]);
        }
        None => found.name.push_str(rest),
    }
    found.name = clean(&found.name).split_whitespace().collect::<Vec<_>>().join(" ");
    found
}

impl KnownAs {
    /// Takes a remark that begins with a marker and may hold others.
    fn take(&mut self, remark: &str) {
        if let Some((kind, length)) = marker(remark) {
            match bare_marker(&remark[length..]) {
                Some((at, ..)) => {
                    self.add(kind, &remark[length..length + at]);
                    self.take(remark[length + at..].trim_start());
                }
                None => self.add(kind, &remark[length..]),
            }
        }
    }

    fn add(&mut self, kind: NameKind, names: &str) {
        for name in names.split(';').flat_map(|part| between_commas(clean(part))) {
            for name in between_ands(name, &self.name) {
                let name = clean(name);
                if !name.is_empty() {
                    self.others.push((kind, name.to_owned()));
                }
            }
        }
    }
}

/// Reads a cell that names an organisation, or a party not known to be a person: its name of this kind, the names of
/// its remarks, and as weak aliases the short forms in brackets. The names remember a cell that says more than they do.
pub(super) fn of_organisation(cell: &str, kind: NameKind) -> Vec<Name> {
    let published = mend(cell);
    let known = known_as(&published);
    let mut found = Vec::new();
    let all = [(kind, known.name)].into_iter().chain(known.others);
    for (kind, text) in all.filter(|(_, text)| !text.is_empty()) {
        for (at, name) in cells::split(&text, true).names.into_iter().enumerate() {
            let kind = if at > 0 && is_short(&name.text) { NameKind::WeakAlias } else { kind };
            let kind = if at > 0 && kind == NameKind::Primary { NameKind::Alias } else { kind };
            found.push(Name::new(kind, &name.text).from_cell(&published));
        }
    }
    found
}

/// A short digest of a name's letters and digits: the key of a party that is published without one.
pub(super) fn digest(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase);
    Digest::of(letters.collect::<String>().as_bytes()).short().to_owned()
}

/// Letters a short form has at most.
const SHORT: usize = 8;

fn is_short(text: &str) -> bool {
    text.chars().count() <= SHORT && !text.contains(' ') && !is_foreign(text)
}

/// A text without separators and blanks around it.
pub(super) fn clean(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | ':'))
}

/// The kind of name that a marker at the beginning of a text announces, and the marker's length.
fn marker(text: &str) -> Option<(NameKind, usize)> {
    MARKERS.iter().find_map(|(marker, kind)| {
        let start = text.get(..marker.len())?;
        let next = text[marker.len()..].chars().next();
        let ends = next.is_none_or(|next| !next.is_alphanumeric());
        (ends && start.eq_ignore_ascii_case(marker)).then_some((*kind, marker.len()))
    })
}

/// The text before the first bracket that begins with a marker, what the bracket holds, and the text after it. A
/// bracket that never closes ends with the text.
fn marked_bracket(text: &str) -> Option<(&str, &str, &str)> {
    let opens = text.char_indices().filter(|(_, letter)| matches!(letter, '(' | '['));
    for (at, open) in opens {
        let inside = &text[at + 1..];
        if marker(inside).is_none() {
            continue;
        }
        let close = if open == '(' { ')' } else { ']' };
        let mut depth = 1usize;
        let end = inside.char_indices().find_map(|(end, letter)| {
            depth += usize::from(letter == open);
            depth -= usize::from(letter == close);
            (depth == 0).then_some(end)
        });
        return Some(match end {
            Some(end) => (&text[..at], &inside[..end], &inside[end + 1..]),
            None => (&text[..at], inside, ""),
        });
    }
    None
}

/// A marker outside brackets, or at the end of the text: its place, kind and end. Only abbreviations count, as the
/// longer words occur in names.
fn bare_marker(text: &str) -> Option<(usize, NameKind, usize)> {
    text.char_indices().find_map(|(at, _)| {
        let starts = at == 0 || text[..at].ends_with([' ', ',']);
        let (kind, length) = marker(&text[at..]).filter(|_| starts)?;
        let abbreviation = text[at..at + length].contains(['.', '/']);
        let depth: i32 =
            text[..at].chars().map(|letter| i32::from(letter == '(') - i32::from(letter == ')')).sum();
        (abbreviation && depth == 0).then_some((at, kind, at + length))
    })
}

/// Splits at commas, but not inside brackets or quotation marks, before a legal form, a suffix of a person's name or a
/// word in small letters: `Almaz, JSC, Zvezda, Ltd.` are two names.
pub(super) fn between_commas(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(',') {
        let (before, after) = (&text[start..at], &text[at + 1..]);
        let next = after.split(',').next().unwrap_or_default().trim();
        let inside = is_open(before);
        let continues = next.chars().next().is_none_or(|first| first.is_lowercase() || first == '-');
        if !inside && !continues && !is_suffix(next) {
            pieces.push(&text[start..at]);
            start = at + 1;
        }
    }
    pieces.push(&text[start..]);
    pieces.into_iter().map(clean).filter(|piece| !piece.is_empty()).collect()
}

/// Whether a bracket or quotation mark is open at the end of a text.
pub(super) fn is_open(text: &str) -> bool {
    let count = |letters: &[char]| text.chars().filter(|letter| letters.contains(letter)).count();
    let pairs = [('(', ')'), ('[', ']'), ('«', '»'), ('“', '”'), ('（', '）')];
    pairs.iter().any(|(open, close)| count(&[*open]) > count(&[*close])) || count(&['"']) % 2 == 1
}

/// Whether a text is nothing but a legal form or a suffix of a person's name.
fn is_suffix(text: &str) -> bool {
    let words: Vec<String> = words(text).iter().map(|word| fold::fold(word.text).text).collect();
    let plain: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(plain.as_slice(), ["jr" | "sr" | "ii" | "iii" | "iv"]) || is_legal_form(&plain)
}

fn is_legal_form(words: &[&str]) -> bool {
    let forms = roles(words).filter(|(role, _)| matches!(role, Role::LegalForm(_)));
    let mut lengths = forms.map(|(_, length)| length).peekable();
    lengths.any(|length| length == words.len() || is_legal_form(&words[length..]))
}

/// Splits at ` and ` where both sides name the party: each shares a word, or its beginning, with the other side or with
/// the name already known.
fn between_ands<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let mut pieces = vec![text];
    while let Some(last) = pieces.last().copied() {
        let split = last.match_indices(" and ").find_map(|(at, mark)| {
            let (left, right) = (&last[..at], &last[at + mark.len()..]);
            let said = shares(left, right) || (shares(left, name) && shares(right, name));
            said.then_some((left, right))
        });
        let Some((left, right)) = split else { break };
        pieces.pop();
        pieces.extend([left, right]);
    }
    pieces
}

/// Letters of the beginning of a word that must agree for two words to be spellings of one.
const STEM: usize = 4;

/// Words of names of companies that say nothing about which company it is.
const COMMON: [&str; 14] = [
    "join", "stoc", "comp", "limi", "publ", "open", "scie", "prod", "asso", "liab", "indu", "rese", "stat",
    "inst",
];

/// Whether two texts share the beginning of a word that is not common.
fn shares(one: &str, two: &str) -> bool {
    let stems = |text: &str| -> Vec<String> {
        let folded = words(text).into_iter().map(|word| fold::fold(word.text).text);
        let stem = |word: String| word.chars().take(STEM).collect::<String>();
        folded
            .map(stem)
            .filter(|stem| stem.chars().count() == STEM && !COMMON.contains(&stem.as_str()))
            .collect()
    };
    let two = stems(two);
    stems(one).iter().any(|stem| two.contains(stem))
}

/// Whether a text is written in a script other than Latin.
pub(super) fn is_foreign(text: &str) -> bool {
    !matches!(Script::of_text(text), Script::Latin | Script::Common)
}

/// Whether a letter was replaced by a question mark or U+FFFD inside a word before publication: `Xi?an`.
pub(super) fn has_lost_letters(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let inside = letters
        .windows(3)
        .any(|three| three[1] == '?' && three[0].is_alphabetic() && three[2].is_alphabetic());
    inside || text.contains(char::REPLACEMENT_CHARACTER)
}

/// Control characters that are letters of Windows-1252 read as Latin-1, and what they stand for.
const WINDOWS_1252: [(char, char); 8] = [
    ('\u{85}', '…'),
    ('\u{91}', '‘'),
    ('\u{92}', '’'),
    ('\u{93}', '“'),
    ('\u{94}', '”'),
    ('\u{96}', '–'),
    ('\u{97}', '—'),
    ('\u{a0}', ' '),
];

/// A text with letters of Windows-1252 in place of control characters, and invisible marks at its ends dropped.
pub(super) fn mend(text: &str) -> String {
    let mended: String = text
        .chars()
        .map(|letter| WINDOWS_1252.iter().find(|row| row.0 == letter).map_or(letter, |row| row.1))
        .collect();
    super::xml::fold_white_space(&mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_names_in_remarks() {
        for (text, name, others) in [
            ("Almaz", "Almaz", &[][..]),
            (
                "Far East Trading Company, Inc. (a.k.a. FETCO, Inc.)",
                "Far East Trading Company, Inc.",
                &["FETCO, Inc."],
            ),
            (
                "Astronautics Institute [aka Astronautics Center, Aerospace Institute]",
                "Astronautics Institute",
                &["Astronautics Center", "Aerospace Institute"],
            ),
            ("JSC NIIP, f.k.a., Otkrytoe NIIP", "JSC NIIP", &["former Otkrytoe NIIP"]),
            ("SIBERIAN AIRLINES D/B/A S7 AIRLINES", "SIBERIAN AIRLINES", &["S7 AIRLINES"]),
            ("PEARL (A.K.A. NEI-CHIEN CHU) LI", "PEARL LI", &["NEI-CHIEN CHU"]),
            ("Promgaz, AO (f.k.a. Otkrytoe Promgaz)", "Promgaz, AO", &["former Otkrytoe Promgaz"]),
            (
                "Proletarsky Zavod, PJSC (also known as Public Joint Stock Company Proletarsky Plant and Public \
                 Joint Stock Company Proletarsky Zavod)",
                "Proletarsky Zavod, PJSC",
                &[
                    "Public Joint Stock Company Proletarsky Plant",
                    "Public Joint Stock Company Proletarsky Zavod",
                ],
            ),
            (
                "NPO “Echelon” (also known as Joint Stock Company “Echelon Union for Science and Development”)",
                "NPO “Echelon”",
                &["Joint Stock Company “Echelon Union for Science and Development”"],
            ),
            ("Omsk Plant (also known as Omsk Factory", "Omsk Plant", &["Omsk Factory"]),
            ("Akanonu Fabian Mgbobila", "Akanonu Fabian Mgbobila", &[]),
            ("University (BUAA)", "University (BUAA)", &[]),
            ("f.k.a. Sibirskaya Kompaniya OAO", "", &["former Sibirskaya Kompaniya OAO"]),
        ] {
            let found = known_as(text);
            let shown: Vec<String> = found
                .others
                .iter()
                .map(
                    |(kind, text)| {
                        if *kind == NameKind::Former { format!("former {text}") } else { text.clone() }
                    },
                )
                .collect();
            assert_eq!(
                (found.name.as_str(), shown),
                (name, others.iter().map(|&text| text.to_owned()).collect())
            );
        }
    }

    #[test]
    fn commas_between_names() {
        for (text, expected) in [
            (
                "Air Bagan Holdings Pte. Ltd., Air Bagan Limited",
                &["Air Bagan Holdings Pte. Ltd.", "Air Bagan Limited"][..],
            ),
            ("Almaz, JSC, Zvezda, Co., Ltd.", &["Almaz, JSC", "Zvezda, Co., Ltd."]),
            ("Невское ПКБ, АО", &["Невское ПКБ, АО"]),
            (
                "Агентство по делам государств, соотечественников",
                &["Агентство по делам государств, соотечественников"],
            ),
            (
                "Центр (исследовательский, Боевого применения)",
                &["Центр (исследовательский, Боевого применения)"],
            ),
            ("Yevgeny, Yevgeni, Evgeni", &["Yevgeny", "Yevgeni", "Evgeni"]),
            ("Ernesto, Jr., Pedro", &["Ernesto, Jr.", "Pedro"]),
            (", ,", &[]),
        ] {
            assert_eq!(between_commas(text), expected, "{text}");
        }
    }

    #[test]
    fn letters_lost_and_garbled() {
        assert!(has_lost_letters("Xi?an Institute") && has_lost_letters("caf\u{fffd}"));
        assert!(!has_lost_letters("OOO ?Zvezda?") && !has_lost_letters("Who?"));
        assert_eq!(mend("Xi\u{92}an\u{a0} Factory "), "Xi’an Factory");
    }
}
