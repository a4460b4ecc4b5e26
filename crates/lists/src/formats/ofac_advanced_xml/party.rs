//! One `DistinctParty` to a [`Party`]: kind, names, documents.

use super::places::Document;
use super::{Reading, features, is_true};
use crate::formats::ofac::facts;
use crate::formats::ofac::listings::Standing;
use crate::formats::ofac::names::{add_alias, is_part, of_parts};
use crate::formats::ofac::party::Party;
use crate::formats::ofac::record::{has_name, unknown};
use crate::formats::ofac::remarks::segments;
use crate::formats::xml::Element;
use cordon_model::{Issue, IssueKind, NameKind, Schema};
use cordon_text::Script;
use std::collections::HashMap;

/// Types of parties, and of things of the type `Transport`.
const TYPES: [(&str, Schema); 5] = [
    ("Individual", Schema::Person),
    ("Entity", Schema::Organization),
    ("Other Entity", Schema::LegalEntity),
    ("Vessel", Schema::Vessel),
    ("Aircraft", Schema::Airplane),
];

/// Reads a party; one without a number or a name is an issue.
pub(super) fn read(reading: &mut Reading<'_>, mut element: Element) {
    let key = element.take_attribute("FixedRef");
    if key.is_empty() {
        let message = "a party without a number cannot be kept";
        reading.issues.push(Issue::new("file", "FixedRef", IssueKind::Dropped, "", message));
        return;
    }
    let remarks = element.take_text("Comment");
    let mut profiles = element.take_all("Profile");
    let sub_type = profiles.iter_mut().map(|profile| profile.take_attribute("PartySubTypeID")).next();
    let schema = schema(reading, &key, &sub_type.unwrap_or_default());
    let mut party = Party::open(reading.list, &key, schema);
    let mut numbers = Vec::new();
    let mut bearers = Vec::new();
    for profile in &mut profiles {
        numbers.push(profile.take_attribute("ID"));
        for identity in profile.take_all("Identity") {
            bearers.push(read_identity(reading, &mut party, identity));
        }
    }
    for segment in segments(&remarks) {
        facts::read(&mut party, "Comment", segment, &mut reading.issues);
    }
    for mut profile in profiles {
        for feature in profile.take_all("Feature") {
            features::read(reading, &mut party, feature);
        }
        unknown(&key, profile.leftovers(), &mut reading.issues);
    }
    unknown(&key, element.leftovers(), &mut reading.issues);
    for bearer in &bearers {
        read_documents(reading, &mut party, bearer);
    }
    if has_name(&party, &mut reading.issues) {
        let at = reading.parties.len();
        reading.profiles.extend(numbers.into_iter().map(|number| (number, at)));
        reading.parties.push(party);
        reading.standings.push(Standing::default());
    }
}

/// The kind of a party: its sub type's own words are "Unknown" unless it is a ship or an aircraft.
fn schema(reading: &mut Reading<'_>, key: &str, sub_type: &str) -> Schema {
    let tables = &reading.tables;
    let of_type = tables.attribute("PartySubType", sub_type, "PartyTypeID").unwrap_or_default();
    let words = [tables.text("PartySubType", sub_type), tables.text("PartyType", of_type)];
    let found = words.iter().flatten().find_map(|words| TYPES.iter().find(|row| row.0 == *words));
    found.map_or_else(
        || {
            let words: Vec<&str> = words.into_iter().flatten().collect();
            let message = "expected an individual, an entity, a vessel or an aircraft";
            let issue =
                Issue::new(key, "PartySubTypeID", IssueKind::UnknownValue, &words.join(", "), message);
            reading.issues.push(issue);
            Schema::LegalEntity
        },
        |row| row.1,
    )
}

/// An identity, to which documents refer.
struct Bearer {
    number: String,
    /// Number and text of each writing of its names.
    names: HashMap<String, String>,
}

/// Reads the names of an identity. Those of one that is not the primary one are aliases.
fn read_identity(reading: &mut Reading<'_>, party: &mut Party, mut identity: Element) -> Bearer {
    let key = party.entity.id.key().to_owned();
    identity.take_attribute("FixedRef");
    let [number, primary, untrue] = ["ID", "Primary", "False"].map(|name| identity.take_attribute(name));
    let groups = groups(&mut identity);
    let mut names = HashMap::new();
    for mut alias in identity.take_all("Alias") {
        alias.take_attribute("FixedRef");
        let [words, first, weak] =
            ["AliasTypeID", "Primary", "LowQuality"].map(|name| alias.take_attribute(name));
        let words = reading.code(&key, "AliasType", &words);
        let primary = is_true(&primary) && is_true(&first);
        for name in alias.take_all("DocumentedName") {
            let said = Alias { words: &words, primary, weak: is_true(&weak), untrue: is_true(&untrue) };
            names.extend(read_name(reading, party, name, &said, &groups));
        }
        unknown(&key, alias.leftovers(), &mut reading.issues);
    }
    unknown(&key, identity.leftovers(), &mut reading.issues);
    Bearer { number, names }
}

/// What is said about the writings of one name.
struct Alias<'a> {
    words: &'a str,
    primary: bool,
    weak: bool,
    /// Whether the identity is a false one.
    untrue: bool,
}

/// Number of a group of parts → number of the type of part.
fn groups(identity: &mut Element) -> HashMap<String, String> {
    let mut groups = HashMap::new();
    for mut master in identity.take_items("NamePartGroups", "MasterNamePartGroup") {
        for mut group in master.take_all("NamePartGroup") {
            groups.insert(group.take_attribute("ID"), group.take_attribute("NamePartTypeID"));
        }
    }
    groups
}

/// Reads one writing of a name: its number and its text.
fn read_name(
    reading: &mut Reading<'_>,
    party: &mut Party,
    mut element: Element,
    alias: &Alias<'_>,
    groups: &HashMap<String, String>,
) -> Option<(String, String)> {
    let key = party.entity.id.key().to_owned();
    let number = element.take_attribute("ID");
    element.drop_attributes(&["FixedRef", "DocNameStatusID"]);
    let mut parts = Vec::new();
    for mut part in element.take_all("DocumentedNamePart") {
        for mut value in part.take_all("NamePartValue") {
            value.drop_attributes(&["ScriptID", "ScriptStatusID", "Acronym"]);
            let group = value.take_attribute("NamePartGroupID");
            let text = std::mem::take(&mut value.text);
            unknown(&key, value.leftovers(), &mut reading.issues);
            let of_type = groups.get(&group).cloned().unwrap_or_default();
            let words = reading.code(&key, "NamePartType", &of_type);
            if !is_part(&words) {
                let message = format!("`{words}` is not a part of a name we know");
                reading.issues.push(Issue::new(
                    &key,
                    "NamePartGroupID",
                    IssueKind::UnknownValue,
                    &text,
                    &message,
                ));
            }
            if !text.is_empty() {
                parts.push((words, text));
            }
        }
        unknown(&key, part.leftovers(), &mut reading.issues);
    }
    unknown(&key, element.leftovers(), &mut reading.issues);
    let Some(mut name) = of_parts(NameKind::Alias, &parts, "", party.entity.schema.is_person()) else {
        reading.issues.push(Issue::new(
            &key,
            "DocumentedName",
            IssueKind::Missing,
            &number,
            "a name has a text",
        ));
        return None;
    };
    let text = name.text.clone();
    if alias.untrue {
        party.note(&format!("Name of a false identity: {text}"));
    }
    let latin = matches!(Script::of_text(&text), Script::Latin | Script::Common);
    if alias.primary {
        name.kind = if latin { NameKind::Primary } else { NameKind::OriginalScript };
        party.entity.add_name(name);
    } else {
        add_alias(party, alias.words, alias.weak, name, &mut reading.issues);
    }
    Some((number, text))
}

/// Gives the party the documents of an identity. One in another name than the one the party is listed under says so.
fn read_documents(reading: &mut Reading<'_>, party: &mut Party, identity: &Bearer) {
    for mut document in reading.documents.remove(&identity.number).unwrap_or_default() {
        let bearer = identity.names.get(&document.name).filter(|text| {
            !party.entity.names.iter().any(|name| name.kind == NameKind::Primary && name.text == **text)
        });
        document.given.notes.extend(bearer.map(|text| format!("in the name of {text}")));
        let Document { words, number, given, .. } = document;
        facts::read_document(party, &words, &number, &given, &mut reading.issues);
    }
}
