//! `nameAlias`: names in the languages of the Union and others, with titles and functions.
//!
//! The list marks no primary name. It is the first strong name in Latin letters that is not a translation into a language
//! of the Union other than English, else the first strong name, else the first.

use super::record::Record;
use crate::formats::prose::enumerated;
use crate::formats::un_xml::cells;
use crate::formats::xml::Element;
use cordon_model::{IssueKind, Name, NameKind, NamePartKind};
use cordon_text::Script;

const FIELD: &str = "nameAlias";

/// Languages of the Union that are not written in Latin letters: a name in them translates, it is no original.
const TRANSLATIONS: [&str; 2] = ["bg", "el"];

/// Words in remarks that say more of a name than its strong or weak flag does.
const REMARKED: &[(&str, NameKind)] = &[
    ("formerly", NameKind::Former),
    ("f.k.a", NameKind::Former),
    ("fka", NameKind::Former),
    ("low quality", NameKind::WeakAlias),
    ("weak", NameKind::WeakAlias),
];

/// One element taken apart.
struct Alias {
    text: String,
    parts: [String; 3],
    strong: bool,
    language: String,
    remarks: Vec<String>,
}

impl Alias {
    fn is_foreign(&self) -> bool {
        is_foreign(&self.text)
    }

    fn may_be_primary(&self) -> bool {
        self.strong && !self.is_foreign() && matches!(self.language.as_str(), "" | "en")
    }
}

pub(super) fn read(record: &mut Record<'_>, elements: Vec<Element>) {
    let aliases: Vec<Alias> =
        elements.into_iter().filter_map(|element| read_element(record, element)).collect();
    let primary = aliases
        .iter()
        .position(Alias::may_be_primary)
        .or_else(|| aliases.iter().position(|alias| alias.strong))
        .unwrap_or_default();
    let first = aliases.get(primary).map(|alias| (primary, alias));
    let others = aliases.iter().enumerate().filter(|(at, _)| *at != primary);
    for (at, alias) in first.into_iter().chain(others) {
        let kind = match REMARKED.iter().find(|row| said(&alias.remarks, row.0)) {
            _ if at == primary => NameKind::Primary,
            Some(row) => row.1,
            None if alias.strong => NameKind::Alias,
            None => NameKind::WeakAlias,
        };
        add(record, alias, kind);
    }
}

fn said(remarks: &[String], word: &str) -> bool {
    remarks.iter().any(|remark| remark.to_lowercase().contains(word))
}

/// Takes an element apart; `None` with an issue when it holds no name.
fn read_element(record: &mut Record<'_>, mut element: Element) -> Option<Alias> {
    let remarks = record.read_detail(&mut element);
    let parts = ["firstName", "middleName", "lastName"].map(|part| element.take_attribute(part));
    let whole = element.take_attribute("wholeName");
    let [title, function, gender] =
        ["title", "function", "gender"].map(|field| element.take_attribute(field));
    let strong = !element.take_attribute("strong").eq_ignore_ascii_case("false");
    let language = language(record, &element.take_attribute("nameLanguage"));
    record.draft.leftovers(&element);
    record.draft.entity.add("title", &title);
    for function in enumerated(&function) {
        record.draft.entity.add("position", &function);
    }
    read_gender(record, &gender);
    let joined =
        parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let text = if whole.is_empty() { joined } else { whole };
    if text.is_empty() {
        let rest = [title, function].join(" ");
        record.draft.issue(FIELD, IssueKind::Missing, rest.trim(), "a name element without a name");
        return None;
    }
    for remark in &remarks {
        record.draft.note(&format!("Name {text}: {remark}"));
    }
    Some(Alias { text, parts, strong, language, remarks })
}

/// The language's ISO 639 code in lower case; empty when none is published.
fn language(record: &mut Record<'_>, said: &str) -> String {
    let code = said.len() == 2 && said.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !code && !said.is_empty() {
        let message = "a language code of two letters was expected";
        record.draft.issue(&format!("{FIELD}@nameLanguage"), IssueKind::UnknownValue, said, message);
    }
    if code { said.to_lowercase() } else { String::new() }
}

fn read_gender(record: &mut Record<'_>, said: &str) {
    match said {
        "" | "?" => {}
        "M" => record.draft.entity.add("gender", "male"),
        "F" => record.draft.entity.add("gender", "female"),
        _ => record.draft.issue(
            &format!("{FIELD}@gender"),
            IssueKind::UnknownValue,
            said,
            "`M`, `F` or `?` was expected",
        ),
    }
}

/// Adds the names of a cell: the first as this kind, further ones as aliases of the same strength.
fn add(record: &mut Record<'_>, alias: &Alias, kind: NameKind) {
    let person = record.draft.entity.schema.is_person();
    let found = cells::split(&alias.text, !person);
    let [given, middle, family] = alias.parts.each_ref().map(String::as_str);
    for (at, held) in found.names.iter().enumerate() {
        let rest = if kind == NameKind::Primary { NameKind::Alias } else { kind };
        let kind = if at == 0 { kind } else { rest };
        let mut name =
            Name::new(of_text(kind, &held.text, &alias.language), &held.text).from_cell(&alias.text);
        if person && found.names.len() == 1 {
            name = name.with_parts([
                (NamePartKind::Given, given),
                (NamePartKind::Middle, middle),
                (NamePartKind::Family, family),
            ]);
        }
        let published = Some(alias.language.as_str()).filter(|language| !language.is_empty());
        name.language = held.language.or(published).map(str::to_owned);
        if !(name.kind == NameKind::Alias && is_held(record, &name.text)) {
            record.draft.entity.add_name(name);
        }
    }
    for remark in &found.remarks {
        record.draft.note(&format!("{}: {remark}", alias.text));
    }
    for bracket in &found.unclear {
        let message = "a bracket we do not understand; kept in the name";
        record.draft.issue(FIELD, IssueKind::Unparsed, bracket, message);
    }
}

/// Whether the same text is already there as a stronger or equal name.
fn is_held(record: &Record<'_>, text: &str) -> bool {
    record.draft.entity.names.iter().any(|name| name.text == text && name.kind <= NameKind::Alias)
}

/// A strong name in another script is an original, unless it is a translation.
fn of_text(kind: NameKind, text: &str, language: &str) -> NameKind {
    let original = kind == NameKind::Alias && is_foreign(text) && !TRANSLATIONS.contains(&language);
    if original { NameKind::OriginalScript } else { kind }
}

fn is_foreign(text: &str) -> bool {
    !matches!(Script::of_text(text), Script::Latin | Script::Common)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{element, record_of};
    use super::*;
    use cordon_model::Schema;

    fn names(aliases: &[&str]) -> (Vec<String>, usize) {
        let (entity, issues) = record_of(Schema::Person, |record| {
            let elements = aliases.iter().map(|alias| element(&format!("<nameAlias {alias}/>"))).collect();
            read(record, elements);
        });
        let shown = |name: &Name| {
            let language = name.language.as_deref().unwrap_or_default();
            format!("{} {}/{} {language}", name.kind.label(), name.text, name.parts.len())
                .trim_end()
                .to_owned()
        };
        (entity.names.iter().map(shown).collect(), issues.len())
    }

    #[test]
    fn kinds_of_names() {
        for (aliases, expected, issues) in [
            (
                &[
                    "wholeName='Абу Али' strong='true' nameLanguage='RU'",
                    "wholeName='Abou Ali' strong='true' nameLanguage='FR'",
                    "firstName='Abu' lastName='Ali' wholeName='Abu Ali' strong='true' nameLanguage=''",
                    "wholeName='The Old Man' strong='false'",
                    "wholeName='Абу Али' nameLanguage='BG' strong='true'",
                ][..],
                &[
                    "primary Abu Ali/2",
                    "original script Абу Али/0 ru",
                    "alias Abou Ali/0 fr",
                    "weak alias The Old Man/0",
                ][..],
                0,
            ),
            (&["firstName='A' middleName='B' lastName='C' wholeName=''"], &["primary A B C/3"], 0),
            (&["wholeName='X' strong='false'"], &["primary X/0"], 0),
            (
                &["wholeName='' function='Minister'", "wholeName='Y' nameLanguage='EN'"],
                &["primary Y/0 en"],
                1,
            ),
            (&["wholeName='Y' nameLanguage='English'"], &["primary Y/0"], 1),
            (&["wholeName='Jin Tiesan (金铁三)'"], &["primary Jin Tiesan/0", "original script 金铁三/0"], 0),
        ] {
            let (found, said) = names(aliases);
            assert_eq!(
                (found, said),
                (expected.iter().map(|&text| text.to_owned()).collect(), issues),
                "{aliases:?}"
            );
        }
    }
}
