//! The names of an identity: parts with their kinds, and spellings of the parts in other languages and scripts.

use crate::formats::names::is_foreign;
use crate::formats::xml::Element;
use cordon_model::{Name, NameKind, NamePartKind};
use std::collections::BTreeMap;

/// Kinds of parts and what they are; a title is no part of the name.
const PARTS: [(&str, Option<NamePartKind>); 12] = [
    ("family-name", Some(NamePartKind::Family)),
    ("given-name", Some(NamePartKind::Given)),
    ("further-given-name", Some(NamePartKind::Middle)),
    ("father-name", Some(NamePartKind::Patronymic)),
    ("grand-father-name", Some(NamePartKind::Patronymic)),
    ("maiden-name", Some(NamePartKind::Maiden)),
    ("tribal-name", Some(NamePartKind::Family)),
    ("title", None),
    ("suffix", None),
    ("other", None),
    ("whole-name", None),
    ("not-defined", None),
];

/// Kinds of names; a name of low quality is weak whatever its kind.
const KINDS: [(&str, NameKind); 3] = [
    ("primary-name", NameKind::Primary),
    ("alias", NameKind::Alias),
    ("formerly-known-as", NameKind::Former),
];

/// What a `name` holds.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) names: Vec<Name>,
    pub(super) titles: Vec<String>,
    /// Words for kinds that are not in the tables: field and word.
    pub(super) unknown: Vec<(&'static str, String)>,
}

/// A part with its spellings by language, script and number.
struct Part {
    order: u32,
    kind: Option<NamePartKind>,
    text: String,
    spellings: BTreeMap<(String, String, usize), String>,
}

/// Reads a name; `main` says whether it belongs to the main identity of its target.
pub(super) fn read(element: &mut Element, main: bool) -> Read {
    let mut read = Read::default();
    element.take_attribute("ssid");
    element.take_attribute("lang");
    let kind = element.take_attribute("name-type");
    let known = KINDS.iter().find(|row| row.0 == kind).map(|row| row.1);
    if known.is_none() {
        read.unknown.push(("name@name-type", kind));
    }
    let kind = match (element.take_attribute("quality").as_str(), known.unwrap_or(NameKind::Alias)) {
        ("low" | "poor" | "weak", NameKind::Alias) => NameKind::WeakAlias,
        (_, NameKind::Primary) if !main => NameKind::Alias,
        (_, kind) => kind,
    };
    let mut parts: Vec<Part> =
        element.take_all("name-part").iter_mut().filter_map(|part| read_part(part, &mut read)).collect();
    parts.sort_by_key(|part| part.order);
    read.names.extend(name(kind, &parts));
    let mut keys: Vec<&(String, String, usize)> =
        parts.iter().flat_map(|part| part.spellings.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let latin = key.1 == "LATN" || key.1.is_empty();
        let text = |part: &Part| -> Option<String> {
            part.spellings.get(key).cloned().or_else(|| latin.then(|| part.text.clone()))
        };
        let spelt: Vec<Part> = parts
            .iter()
            .filter_map(|part| {
                Some(Part {
                    order: part.order,
                    kind: part.kind,
                    text: text(part)?,
                    spellings: BTreeMap::new(),
                })
            })
            .collect();
        let spelling = match kind {
            NameKind::Primary | NameKind::Alias if !latin => NameKind::OriginalScript,
            NameKind::Primary => NameKind::Alias,
            kind => kind,
        };
        let named = name(spelling, &spelt);
        read.names.extend(named.map(|name| Name { language: language(&key.0), ..name }));
    }
    read
}

/// Three letters in lower case; `not-defined` is none.
fn language(code: &str) -> Option<String> {
    (code.len() == 3 || code.len() == 2).then(|| code.to_lowercase())
}

fn read_part(element: &mut Element, read: &mut Read) -> Option<Part> {
    let order = element.take_attribute("order").parse().unwrap_or(u32::MAX);
    let kind = element.take_attribute("name-part-type");
    let text = element.take_text("value");
    let mut spellings = BTreeMap::new();
    for mut variant in element.take_all("spelling-variant") {
        let (lang, script) = (variant.take_attribute("lang"), variant.take_attribute("script"));
        let same = |key: &&(String, String, usize)| key.0 == lang && key.1 == script;
        let number = spellings.keys().filter(same).count();
        if !variant.text.is_empty() {
            spellings.insert((lang, script, number), variant.text);
        }
    }
    let known = PARTS.iter().find(|row| row.0 == kind);
    if kind == "title" {
        read.titles.push(text);
        return None;
    }
    if known.is_none() {
        read.unknown.push(("name-part@name-part-type", kind));
    }
    Some(Part { order, kind: known.and_then(|row| row.1), text, spellings })
}

fn name(kind: NameKind, parts: &[Part]) -> Option<Name> {
    let texts: Vec<&str> =
        parts.iter().map(|part| part.text.as_str()).filter(|text| !text.is_empty()).collect();
    let whole = texts.join(" ");
    let kind = if is_foreign(&whole) && kind == NameKind::Alias { NameKind::OriginalScript } else { kind };
    let typed = parts.iter().filter_map(|part| Some((part.kind?, part.text.as_str())));
    (!whole.is_empty()).then(|| Name::new(kind, &whole).with_parts(typed))
}
