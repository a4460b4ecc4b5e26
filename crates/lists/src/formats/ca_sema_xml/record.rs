//! One `record` to an entity: every field is taken out of it, what is left is an issue.

use super::names::{Aliases, aliases, between_slashes, of_person};
use super::regulations;
use crate::formats::draft::Draft;
use crate::formats::names::{digest, of_organisation};
use crate::formats::xml::Element;
use crate::programs::authority;
use cordon_model::{
    DateRole, Designation, Entity, Identifier, Issue, IssueKind, NameKind, PartialDate, Schema, Scheme,
};

/// Reads a record; `None` with an issue when it has no name.
pub(super) fn read(list: &str, mut record: Element, issues: &mut Vec<Issue>) -> Option<Entity> {
    let mut take = |fields: &[&str]| -> String {
        let texts = fields.iter().map(|field| record.take_text(field));
        texts.reduce(|first, next| if first.is_empty() { next } else { first }).unwrap_or_default()
    };
    let [family, given] = ["LastName", "GivenName"].map(|field| take(&[field]));
    let whole = take(&["EntityOrShip", "Entity"]);
    let title = take(&["TitleOrShip", "Title"]);
    let [country, schedule, item, number] =
        ["Country", "Schedule", "Item", "ShipIMONumber"].map(|field| take(&[field]));
    let born = take(&["DateOfBirthOrShipBuildDate", "DateOfBirth"]);
    let [listed, also] = ["DateOfListing", "Aliases"].map(|field| take(&[field]));

    let code = regulations::code(&country).to_owned();
    let schema = match (whole.is_empty(), number.is_empty()) {
        (true, _) => Schema::Person,
        (false, true) => Schema::Organization,
        (false, false) => Schema::Vessel,
    };
    let key = format!("{}-{}", code.replace(' ', "-"), digest(&format!("{family} {given} {whole}")));
    let mut draft = Draft::new(list, &key, schema, issues);
    let person = schema.is_person();
    if !whole.is_empty() && !family.is_empty() {
        draft.issue("LastName", IssueKind::Ambiguous, &family, "a record names both a person and an entity");
    }
    read_names(&mut draft, &family, &given, &whole, &also);
    read_title(&mut draft, &title);
    read_dates(&mut draft, &born);
    if !number.is_empty() {
        match Identifier::parse(Scheme::ImoShip, &number) {
            Ok(identifier) => draft.add_identifier("ShipIMONumber", identifier),
            Err(error) => draft.issue("ShipIMONumber", IssueKind::Unparsed, &number, &error.to_string()),
        }
    }
    let program = regulations::find(&code);
    if program.is_none() {
        draft.issue("Country", IssueKind::UnknownValue, &country, "not regulations we know");
    }
    let listed = draft.read_date("DateOfListing", &listed);
    let place = [code.clone(), schedule_words(&schedule), format!("item {item}")];
    let place: Vec<&str> = place.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    draft.entity.designations.push(Designation {
        authority: authority::CANADA.to_owned(),
        title: program.map_or("", |program| program.title).to_owned(),
        measures: regulations::measures(&code, &schedule, person),
        program: code,
        reference: place.join(", "),
        listed,
        ..Designation::default()
    });
    record.text.clear();
    draft.leftovers(&record);
    draft.finish("LastName")
}

/// `1, Part 2` is `schedule 1, part 2`.
fn schedule_words(schedule: &str) -> String {
    let lower = schedule.to_lowercase();
    if lower.is_empty() || lower.starts_with("part") { lower } else { format!("schedule {lower}") }
}

fn read_names(draft: &mut Draft<'_>, family: &str, given: &str, whole: &str, also: &str) {
    let person = draft.entity.schema.is_person();
    if person {
        for name in of_person(family, given) {
            draft.entity.add_name(name);
        }
    } else if draft.entity.schema == Schema::Vessel {
        draft.entity.add_name(cordon_model::Name::new(NameKind::Primary, whole));
    } else {
        for (at, text) in between_slashes(whole).into_iter().enumerate() {
            let kind = if at == 0 { NameKind::Primary } else { NameKind::Alias };
            for name in of_organisation(text, kind) {
                draft.entity.add_name(name.from_cell(whole));
            }
        }
    }
    let Aliases { names, unclear } = aliases(also, person);
    for text in unclear {
        let message = "spellings of parts of a name; kept as one name";
        draft.issue("Aliases", IssueKind::Unparsed, &text, message);
    }
    for name in names {
        draft.entity.add_name(name);
    }
    draft.entity.names.sort_by_key(|name| name.kind);
}

/// A rank in English and French, or the type of a ship.
fn read_title(draft: &mut Draft<'_>, title: &str) {
    match draft.entity.schema {
        Schema::Vessel => draft.entity.add("type", title),
        Schema::Person => title.split('/').for_each(|word| draft.entity.add("title", word)),
        _ => draft.note(title),
    }
}

/// Reads the dates of birth or of building, several with `or` between them.
fn read_dates(draft: &mut Draft<'_>, text: &str) {
    if text.is_empty() {
        return;
    }
    let role = match draft.entity.schema {
        Schema::Person => DateRole::Birth,
        Schema::Vessel => DateRole::Build,
        _ => DateRole::Incorporation,
    };
    let lower = text.to_lowercase();
    for part in lower.split(" or ") {
        match PartialDate::parse(part) {
            Ok(date) => draft.entity.add_date(role, date),
            Err(error) => {
                draft.note(&format!("Date of birth: {text}"));
                draft.issue("DateOfBirthOrShipBuildDate", IssueKind::Unparsed, text, &error.to_string());
            }
        }
    }
}
