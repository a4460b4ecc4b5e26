//! The names of one entity, each in every script it is given in.

use super::record::Record;
use super::{is_true, referenced};
use crate::formats::ofac::names::{add_alias, is_part, of_parts};
use crate::formats::xml::Element;
use cordon_model::{IssueKind, Name, NameKind};

/// Reads every name of an entity.
pub(super) fn read(record: &mut Record<'_>, entity: &mut Element) {
    for mut name in entity.take_items("names", "name") {
        name.take_attribute("id");
        let primary = is_true(&name.take_text("isPrimary"));
        let weak = is_true(&name.take_text("isLowQuality"));
        let words = referenced(&mut name, "aliasType");
        for translation in name.take_items("translations", "translation") {
            add(record, translation, primary, weak, &words);
        }
        record.unknown(&name);
    }
}

/// Reads a name in one script. The first script of the primary name is that of the name a party is listed under.
fn add(record: &mut Record<'_>, mut translation: Element, primary: bool, weak: bool, words: &str) {
    translation.take_attribute("id");
    let first = is_true(&translation.take_text("isPrimary"));
    referenced(&mut translation, "script");
    let printed = printed(&mut translation);
    let parts = parts(record, &mut translation);
    record.unknown(&translation);
    let kind = match (primary, first) {
        (true, true) => NameKind::Primary,
        (true, false) => NameKind::OriginalScript,
        (false, _) => NameKind::Alias,
    };
    let person = record.party.entity.schema.is_person();
    let Some(name) = of_parts(kind, &parts, &printed, person) else {
        record.issue("name", IssueKind::Missing, words, "a name has a text");
        return;
    };
    put(record, name, words, weak);
}

fn put(record: &mut Record<'_>, name: Name, words: &str, weak: bool) {
    if name.kind == NameKind::Alias {
        add_alias(record.party, words, weak, name, record.issues);
    } else {
        record.party.entity.add_name(name);
    }
}

/// The whole name as the file prints it.
fn printed(translation: &mut Element) -> String {
    let [whole, last, first] = ["formattedFullName", "formattedLastName", "formattedFirstName"]
        .map(|field| translation.take_text(field));
    match (whole.as_str(), last.as_str(), first.as_str()) {
        ("", one, "") | ("", "", one) => one.to_owned(),
        ("", last, first) => format!("{last}, {first}"),
        _ => whole,
    }
}

/// OFAC's words and the text of each part.
fn parts(record: &mut Record<'_>, translation: &mut Element) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    for mut part in translation.take_items("nameParts", "namePart") {
        part.take_attribute("id");
        let (words, text) = (referenced(&mut part, "type"), part.take_text("value"));
        record.unknown(&part);
        if !is_part(&words) {
            let message = format!("`{words}` is not a part of a name we know");
            record.issue("namePart", IssueKind::UnknownValue, &text, &message);
        }
        if !text.is_empty() {
            parts.push((words, text));
        }
    }
    parts
}
