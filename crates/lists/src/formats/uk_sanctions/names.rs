//! `Name` and `NonLatinName`: the primary name, its variations and aliases, and names in other scripts.

use crate::formats::draft::Draft;
use crate::formats::un_xml::cells;
use crate::formats::xml::Element;
use cordon_model::{IssueKind, Name, NameKind, NamePartKind};
use cordon_text::Script;

/// Parts of a name in the order in which they are written; the last is the surname, or the whole name of a party that is
/// no person.
const PARTS: [(&str, NamePartKind); 6] = [
    ("Name1", NamePartKind::Given),
    ("Name2", NamePartKind::Middle),
    ("Name3", NamePartKind::Middle),
    ("Name4", NamePartKind::Middle),
    ("Name5", NamePartKind::Middle),
    ("Name6", NamePartKind::Family),
];

/// `NameType`. A variation of the primary name is another spelling of it.
const TYPES: &[(&str, NameKind)] = &[
    ("Primary Name", NameKind::Primary),
    ("Primary Name Variation", NameKind::Alias),
    ("Prime Alias", NameKind::Primary),
    ("Alias", NameKind::Alias),
    ("AKA", NameKind::Alias),
    ("FKA", NameKind::Former),
];

/// `AliasStrength`, without full stops.
const STRENGTHS: &[(&str, bool)] = &[
    ("good quality aka", true),
    ("good quality", true),
    ("good", true),
    ("high", true),
    ("strong", true),
    ("low quality aka", false),
    ("low quality", false),
    ("low", false),
    ("weak", false),
];

/// `NonLatinScriptLanguage`, with ISO 639 codes.
const LANGUAGES: &[(&str, &str)] = &[
    ("amharic", "am"),
    ("arabic", "ar"),
    ("armenian", "hy"),
    ("azerbaijani", "az"),
    ("belarusian", "be"),
    ("belarussian", "be"),
    ("bengali", "bn"),
    ("bulgarian", "bg"),
    ("burmese", "my"),
    ("chinese", "zh"),
    ("cantonese", "zh"),
    ("mandarin", "zh"),
    ("dari", "prs"),
    ("farsi", "fa"),
    ("georgian", "ka"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("japanese", "ja"),
    ("kazakh", "kk"),
    ("korean", "ko"),
    ("kurdish", "ku"),
    ("kyrgyz", "ky"),
    ("macedonian", "mk"),
    ("pashto", "ps"),
    ("persian", "fa"),
    ("russian", "ru"),
    ("serbian", "sr"),
    ("tajik", "tg"),
    ("thai", "th"),
    ("tigrinya", "ti"),
    ("turkmen", "tk"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
    ("uzbek", "uz"),
];

/// `NonLatinScriptType`, with the script its letters must be of.
const SCRIPTS: &[(&str, Script)] = &[
    ("arabic", Script::Arabic),
    ("armenian", Script::Armenian),
    ("bengali", Script::Bengali),
    ("burmese", Script::Myanmar),
    ("chinese", Script::Han),
    ("cyrillic", Script::Cyrillic),
    ("devanagari", Script::Devanagari),
    ("ethiopic", Script::Ethiopic),
    ("georgian", Script::Georgian),
    ("greek", Script::Greek),
    ("han", Script::Han),
    ("hangul", Script::Hangul),
    ("hebrew", Script::Hebrew),
    ("japanese", Script::Han),
    ("korean", Script::Hangul),
    ("myanmar", Script::Myanmar),
    ("persian", Script::Arabic),
    ("persoarabic", Script::Arabic),
    ("simplified chinese", Script::Han),
    ("thai", Script::Thai),
    ("traditional chinese", Script::Han),
];

pub(super) fn read(draft: &mut Draft<'_>, record: &mut Element) {
    let mut found = Vec::new();
    for mut group in record.take_all("Names") {
        for name in group.take_all("Name") {
            found.extend(read_name(draft, name));
        }
        draft.leftovers(&group);
    }
    if !found.iter().any(|name| name.kind == NameKind::Primary) && !found.is_empty() {
        draft.issue(
            "NameType",
            IssueKind::Missing,
            "",
            "the primary name is missing; another takes its place",
        );
        let best = (0..found.len()).min_by_key(|&at| found[at].kind).unwrap_or_default();
        found[best].kind = NameKind::Primary;
    }
    found.sort_by_key(|name| name.kind != NameKind::Primary);
    for (at, name) in found.into_iter().enumerate() {
        let kind = if at > 0 && name.kind == NameKind::Primary { NameKind::Alias } else { name.kind };
        add(draft, &name, kind);
    }
    for mut group in record.take_all("NonLatinNames") {
        for name in group.take_all("NonLatinName") {
            read_non_latin(draft, name);
        }
        draft.leftovers(&group);
    }
}

/// A name with its parts, before its place among the others is known.
struct Read {
    kind: NameKind,
    text: String,
    parts: [String; 6],
}

/// Takes a name apart; `None` with an issue when nothing is in it.
fn read_name(draft: &mut Draft<'_>, mut element: Element) -> Option<Read> {
    let parts = PARTS.map(|(part, _)| element.take_text(part));
    let [said, strength, title] =
        ["NameType", "AliasStrength", "Title"].map(|field| element.take_text(field));
    draft.leftovers(&element);
    for title in super::cells::texts(&title) {
        draft.entity.add("title", &title);
    }
    let text = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        draft.issue("Name", IssueKind::Missing, &said, "a name element without a name");
        return None;
    }
    Some(Read { kind: kind(draft, &said, &strength), text, parts })
}

fn kind(draft: &mut Draft<'_>, said: &str, strength: &str) -> NameKind {
    let kind = TYPES.iter().find(|row| row.0.eq_ignore_ascii_case(said)).map(|row| row.1);
    if kind.is_none() {
        let message = "not a kind of name we know; read as an alias";
        draft.issue("NameType", IssueKind::UnknownValue, said, message);
    }
    let kind = kind.unwrap_or(NameKind::Alias);
    let folded = strength.to_lowercase().replace('.', "");
    let strong = STRENGTHS.iter().find(|row| row.0 == folded).map(|row| row.1);
    if strong.is_none() && !strength.is_empty() {
        let message = "not a strength we know; read as strong";
        draft.issue("AliasStrength", IssueKind::UnknownValue, strength, message);
    }
    if kind == NameKind::Alias && strong == Some(false) { NameKind::WeakAlias } else { kind }
}

/// Adds the names of a cell: the first as this kind, further ones as aliases of the same strength.
fn add(draft: &mut Draft<'_>, read: &Read, kind: NameKind) {
    let person = draft.entity.schema.is_person();
    let found = cells::split(&read.text, !person);
    let rest = if kind == NameKind::Primary { NameKind::Alias } else { kind };
    for (at, held) in found.names.iter().enumerate() {
        let kind = if at == 0 { kind } else { rest };
        let mut name = Name::new(kind, &held.text).from_cell(&read.text);
        name.language = held.language.map(str::to_owned);
        let filled = read.parts.iter().filter(|part| !part.is_empty()).count();
        if person && filled > 1 && name.published.is_none() {
            name = name
                .with_parts(PARTS.iter().zip(&read.parts).map(|((_, kind), part)| (*kind, part.as_str())));
        }
        if !is_held(draft, &name) {
            draft.entity.add_name(name);
        }
    }
    for remark in &found.remarks {
        draft.note(&format!("{}: {remark}", read.text));
    }
    for bracket in &found.unclear {
        let message = "a bracket we do not understand; kept in the name";
        draft.issue("Name", IssueKind::Unparsed, bracket, message);
    }
}

/// Words before names that remarks give a party, beside those in fields of their own.
const ALSO: [&str; 4] =
    ["also referred to as ", "also referred to ", "also known as ", "also known by the name "];
/// A name in a remark has no more words than this.
const LONGEST: usize = 5;

/// Names a remark gives the party: `Also referred to as Abu Anis and Abu Anas.` They are broad names that were not
/// thought fit for a field of their own.
pub(super) fn read_remark(draft: &mut Draft<'_>, remark: &str) {
    let lower = remark.to_lowercase();
    if lower.len() != remark.len() {
        return;
    }
    let Some((at, words)) = ALSO.iter().find_map(|words| lower.find(words).map(|at| (at, words))) else {
        return;
    };
    let rest = &remark[at + words.len()..];
    let end = rest.find([';', '(', ')']).unwrap_or(rest.len()).min(rest.find(". ").unwrap_or(rest.len()));
    for text in rest[..end]
        .trim_end_matches('.')
        .split(',')
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" or "))
    {
        let text = text.trim().trim_start_matches("and ").trim_matches([' ', '\'', '"', '‘', '’', '“', '”']);
        let capital = text.starts_with(char::is_uppercase);
        let fits =
            text.split(' ').count() <= LONGEST && !text.contains(|letter: char| letter.is_ascii_digit());
        let name = Name::new(NameKind::WeakAlias, text).from_cell(&remark[at..at + words.len() + end]);
        let held = draft.entity.names.iter().any(|held| held.text == name.text);
        if capital && fits && !held {
            draft.entity.add_name(name);
        }
    }
}

/// Whether the same text is already there as a name of the same or a greater strength.
fn is_held(draft: &Draft<'_>, name: &Name) -> bool {
    draft.entity.names.iter().any(|held| held.text == name.text && held.kind <= name.kind)
}

fn read_non_latin(draft: &mut Draft<'_>, mut element: Element) {
    let [text, script, said] = ["NameNonLatinScript", "NonLatinScriptType", "NonLatinScriptLanguage"]
        .map(|field| element.take_text(field));
    draft.leftovers(&element);
    if text.is_empty() {
        return;
    }
    let language = LANGUAGES.iter().find(|row| row.0.eq_ignore_ascii_case(&said)).map(|row| row.1);
    if language.is_none() && !said.is_empty() {
        let message = "not a language we know; the name is kept without one";
        draft.issue("NonLatinScriptLanguage", IssueKind::UnknownValue, &said, message);
    }
    check_script(draft, &text, &script);
    let person = draft.entity.schema.is_person();
    for held in cells::split(&text, !person).names {
        let mut name = Name::new(NameKind::OriginalScript, &held.text).from_cell(&text);
        name.language = held.language.or(language).map(str::to_owned);
        draft.entity.add_name(name);
    }
}

/// An issue for a script we do not know, and for a name that is not written in the script it should be.
fn check_script(draft: &mut Draft<'_>, text: &str, said: &str) {
    if said.is_empty() {
        return;
    }
    let expected = SCRIPTS.iter().find(|row| row.0.eq_ignore_ascii_case(said)).map(|row| row.1);
    let found = Script::of_text(text);
    let kana = expected == Some(Script::Han) && matches!(found, Script::Hiragana | Script::Katakana);
    if expected.is_none() {
        draft.issue("NonLatinScriptType", IssueKind::UnknownValue, said, "not a script we know");
    } else if expected != Some(found) && !kana {
        let message = format!("the name is not written in this script (`{text}`)");
        draft.issue("NonLatinScriptType", IssueKind::CheckFailed, said, &message);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{draft_of, element};
    use super::*;
    use cordon_model::Schema;

    fn check(schema: Schema, xml: &str, expected: &[&str], issues: usize) {
        let (entity, found) = draft_of(schema, |draft| {
            let mut record = element(&format!("<Designation>{xml}</Designation>"));
            read(draft, &mut record);
        });
        let shown = |name: &Name| {
            let language = name.language.as_deref().unwrap_or_default();
            format!("{} {}/{} {language}", name.kind.label(), name.text, name.parts.len())
                .trim_end()
                .to_owned()
        };
        assert_eq!(entity.names.iter().map(shown).collect::<Vec<_>>(), expected, "{xml}");
        assert_eq!(found.len(), issues, "{xml} {found:?}");
    }

    #[test]
    fn kinds_of_names() {
        let name = |parts: &str, kind: &str, more: &str| {
            format!("<Name>{parts}<NameType>{kind}</NameType>{more}</Name>")
        };
        let frank = "<Name1>Sergey</Name1><Name2>Ottovich</Name2><Name6>FRANK</Name6>";
        for (names, expected, issues) in [
            (name(frank, "Primary Name", "<Title>Dr</Title>"), &["primary Sergey Ottovich FRANK/3"][..], 0),
            (
                name("<Name6>Abu X</Name6>", "Alias", "<AliasStrength>Low quality a.k.a</AliasStrength>")
                    + &name(
                        "<Name6>Abou X</Name6>",
                        "Alias",
                        "<AliasStrength>Good quality a.k.a</AliasStrength>",
                    )
                    + &name(frank, "Primary Name", "")
                    + &name("<Name1>S</Name1><Name6>FRANK</Name6>", "Primary Name Variation", ""),
                &[
                    "primary Sergey Ottovich FRANK/3",
                    "weak alias Abu X/0",
                    "alias Abou X/0",
                    "alias S FRANK/2",
                ],
                0,
            ),
            (
                name("<Name6>X</Name6>", "Alias", "<AliasStrength>Low quality a.k.a</AliasStrength>")
                    + &name("<Name6>Y</Name6>", "Alias", ""),
                &["primary Y/0", "weak alias X/0"],
                1,
            ),
            (name("<Name6>X</Name6>", "Nickname", ""), &["primary X/0"], 2),
            (name("", "Alias", ""), &[], 1),
            (
                name("<Name6>X</Name6>", "FKA", "") + &name("<Name6>Y</Name6>", "Prime Alias", ""),
                &["primary Y/0", "former X/0"],
                0,
            ),
        ] {
            check(Schema::Person, &format!("<Names>{names}</Names>"), expected, issues);
        }
    }

    #[test]
    fn names_in_remarks() {
        for (remark, expected) in [
            ("UN Ref QI.B.62.02. Also referred to as Abu Obeida. Professor", vec!["Abu Obeida"]),
            (
                "Also known as Shaykh al-Fatih, Abu Ashraf and Al Fatih. Tall",
                vec!["Shaykh al-Fatih", "Abu Ashraf", "Al Fatih"],
            ),
            (
                "Also referred to Ahmed the Tanzanian, Foopie and Fupi.",
                vec!["Ahmed the Tanzanian", "Foopie", "Fupi"],
            ),
            ("also known as a financier of 3 groups", vec![]),
            ("A firm known as X", vec![]),
        ] {
            let (entity, _) = draft_of(Schema::Person, |draft| read_remark(draft, remark));
            let names: Vec<&str> = entity.names.iter().map(|name| name.text.as_str()).collect();
            assert_eq!(names, expected, "{remark}");
            assert!(entity.names.iter().all(|name| name.kind == NameKind::WeakAlias));
        }
    }

    #[test]
    fn names_in_other_scripts() {
        for (fields, expected, issues) in [
            (
                "<NameNonLatinScript>Алексей Клявин</NameNonLatinScript><NonLatinScriptType>Cyrillic</NonLatinScriptType>\
                 <NonLatinScriptLanguage>Russian</NonLatinScriptLanguage>",
                &["original script Алексей Клявин/0 ru"][..],
                0,
            ),
            ("<NameNonLatinScript>صرافی روشان</NameNonLatinScript>", &["original script صرافی روشان/0"], 0),
            (
                "<NameNonLatinScript>Abc</NameNonLatinScript><NonLatinScriptType>Cyrillic</NonLatinScriptType>",
                &["original script Abc/0"],
                1,
            ),
            (
                "<NameNonLatinScript>Абв</NameNonLatinScript><NonLatinScriptType>Runes</NonLatinScriptType>\
                 <NonLatinScriptLanguage>Norse</NonLatinScriptLanguage>",
                &["original script Абв/0"],
                2,
            ),
            ("<NameNonLatinScript/>", &[], 0),
        ] {
            let xml = format!("<NonLatinNames><NonLatinName>{fields}</NonLatinName></NonLatinNames>");
            check(Schema::Organization, &xml, expected, issues);
        }
    }
}
