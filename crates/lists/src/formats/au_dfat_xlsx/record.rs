//! The rows of one entry to an entity.

use super::{committees, dates};
use crate::formats::draft::Draft;
use crate::formats::mentions;
use crate::formats::names::{is_foreign, mend};
use crate::formats::ofac::places::country_of_birth;
use crate::formats::prose::{date_at, dates_after, enumerated};
use crate::formats::table::Record;
use crate::formats::un_xml::cells;
use crate::formats::workbook::day;
use crate::programs::authority;
use cordon_model::{
    Address, Country, CountryRole, DateRole, Designation, Direction, Entity, EntityId, Issue, IssueKind,
    Measure, Name, NameKind, PartialDate, Relation, RelationKind, Schema,
};

/// Words of the column `Type`, in lower case.
const TYPES: [(&str, Schema); 3] =
    [("individual", Schema::Person), ("entity", Schema::Organization), ("vessel", Schema::Vessel)];

/// Words of the column `Name Type`, in lower case.
const NAME_TYPES: [(&str, NameKind); 6] = [
    ("primary name", NameKind::Primary),
    ("aka", NameKind::Alias),
    ("alias", NameKind::Alias),
    ("original script", NameKind::OriginalScript),
    ("formerly known as", NameKind::Former),
    ("previously listed as", NameKind::Former),
];

/// Reads the rows of one entry; `None` with an issue when none of them has a name.
pub(super) fn read(list: &str, key: &str, mut rows: Vec<Record>, issues: &mut Vec<Issue>) -> Option<Entity> {
    let kinds: Vec<String> = rows.iter_mut().map(|row| row.take("type")).collect();
    let schema = kinds.iter().find_map(|kind| schema_of(kind));
    let mut draft = Draft::new(list, key, schema.unwrap_or(Schema::LegalEntity), issues);
    for kind in kinds.iter().filter(|kind| schema_of(kind) != schema) {
        draft.issue(
            "type",
            IssueKind::UnknownValue,
            kind,
            "expected one of Individual, Entity, Vessel for all names",
        );
    }
    // The first row tells all; the others mostly repeat it.
    let mut read: Vec<(&str, String)> = Vec::new();
    for row in &mut rows {
        row.take("reference");
        read_name(&mut draft, row);
        for (column, reader) in FACTS {
            let cell = mend(&row.take(column));
            let seen = read.iter().any(|(other, text)| *other == *column && *text == cell);
            if !seen && !matches!(cell.to_lowercase().as_str(), "" | "na" | "n/a") {
                reader(&mut draft, &cell);
                read.push((column, cell));
            }
        }
    }
    read_designations(&mut draft, key, &read);
    for (column, value) in rows.into_iter().flat_map(Record::leftovers) {
        if column.is_empty() {
            let message = "a cell under no heading; kept as a note";
            draft.issue("row", IssueKind::UnknownField, &value, message);
            draft.note(&value);
        } else {
            draft.note(&format!("{column}: {value}"));
        }
    }
    draft.entity.names.sort_by_key(|name| name.kind);
    draft.finish("name_of_individual_or_entity")
}

fn schema_of(kind: &str) -> Option<Schema> {
    TYPES.iter().find(|row| row.0.eq_ignore_ascii_case(kind)).map(|row| row.1)
}

fn read_name(draft: &mut Draft<'_>, row: &mut Record) {
    let [cell, word] = ["name_of_individual_or_entity", "name_type"].map(|column| row.take(column));
    let kind = NAME_TYPES.iter().find(|known| known.0.eq_ignore_ascii_case(&word)).map(|known| known.1);
    if kind.is_none() {
        draft.issue(
            "name_type",
            IssueKind::UnknownValue,
            &word,
            "not a kind of name we know; read as an alias",
        );
    }
    let kind = kind.unwrap_or(NameKind::Alias);
    let cell = mend(&cell);
    let split = cells::split(&cell, draft.entity.schema.is_organisation());
    for (at, found) in split.names.iter().enumerate() {
        let kind = match kind {
            NameKind::Primary if at > 0 => NameKind::Alias,
            NameKind::Alias if is_foreign(&found.text) => NameKind::OriginalScript,
            kind => kind,
        };
        let mut name = Name::new(kind, &found.text).from_cell(&cell);
        name.language = found.language.map(str::to_owned);
        draft.entity.add_name(name);
    }
    for remark in &split.remarks {
        draft.note(&format!("{cell}: {remark}"));
    }
    for bracket in &split.unclear {
        let message = "a bracket we do not understand; kept in the name";
        draft.issue("name_of_individual_or_entity", IssueKind::Unparsed, bracket, message);
    }
}

/// A column of facts and what reads its cells.
type Fact = (&'static str, fn(&mut Draft<'_>, &str));

const FACTS: &[Fact] = &[
    ("date_of_birth", read_birth),
    ("place_of_birth", read_birth_place),
    ("citizenship", read_citizenship),
    ("address", read_addresses),
    ("additional_information", read_information),
    ("listing_information", |draft, cell| draft.note(&format!("Listing information: {cell}"))),
    ("committees", |_, _| {}),
    ("control_date", |_, _| {}),
];

fn read_birth(draft: &mut Draft<'_>, cell: &str) {
    let person = draft.entity.schema.is_person();
    let role = if person { DateRole::Birth } else { DateRole::Incorporation };
    let (dates, unread) = dates::dates(cell);
    for date in dates {
        draft.entity.add_date(role, date);
    }
    for piece in &unread {
        draft.issue("date_of_birth", IssueKind::Unparsed, piece, "not a date; the cell is kept in the notes");
    }
    if !unread.is_empty() {
        draft.note(&format!("Date of birth: {cell}"));
    }
}

fn read_birth_place(draft: &mut Draft<'_>, cell: &str) {
    for place in items(cell) {
        draft.entity.add("birthPlace", &place);
        if let Some(country) = country_of_birth(&place) {
            draft.entity.add_country(CountryRole::Birth, country);
        }
    }
}

fn read_citizenship(draft: &mut Draft<'_>, cell: &str) {
    for item in items(cell) {
        draft.read_country(CountryRole::Citizenship, "citizenship", "Citizenship", &item);
    }
}

fn read_addresses(draft: &mut Draft<'_>, cell: &str) {
    for (property, value) in mentions::contacts(cell) {
        draft.entity.add(property, &value);
    }
    for item in items(cell) {
        draft.add_address(address(&item));
    }
}

/// An address in one text: the country at its end, and a remark in brackets after it.
fn address(text: &str) -> Address {
    let (place, note) = match text.rsplit_once(" (") {
        Some((before, after)) if after.ends_with(')') => (before, after.trim_end_matches(')')),
        _ => (text, ""),
    };
    let last = place.rsplit([',', '-']).next().unwrap_or(place);
    let country = Country::parse(last.trim().trim_end_matches('.')).ok();
    let only = country.is_some() && last.len() == place.len();
    let street = match place.strip_suffix(last) {
        Some(_) if only => "",
        Some(before) if country.is_some() => before.trim_end_matches([',', '-', ' ']),
        _ => place,
    };
    Address { street: street.to_owned(), country, note: note.to_owned(), ..Address::default() }
}

/// The items of a cell: numbered by letters, or between semicolons.
fn items(cell: &str) -> Vec<String> {
    let numbered = enumerated(cell);
    let pieces = numbered.iter().flat_map(|item| item.split(';'));
    let pieces = pieces.map(|piece| piece.trim_matches([' ', ',', ';']).to_owned());
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// The words of the link to an entry whose reference number of the UN is mentioned.
const MENTIONED: &str = "named in the additional information";
/// The list the reference numbers are of.
const UN_LIST: &str = "un_sc_sanctions";

fn read_information(draft: &mut Draft<'_>, cell: &str) {
    draft.read_prose("additional_information", cell);
    for reference in mentions::references(cell) {
        let other = EntityId::new(UN_LIST, &reference).as_str().to_owned();
        let mut link = Relation::to_name(RelationKind::Unknown, Direction::Outgoing, "", MENTIONED);
        link.other = Some(other);
        if !draft.entity.relations.contains(&link) {
            draft.entity.relations.push(link);
        }
    }
}

/// Words before the day of listing.
const LISTED: [&str; 11] = [
    "listed on",
    "listed on:",
    "committee on",
    "committee) on",
    "by un on",
    "listedon",
    "regulations 2011 on",
    "this entity on",
    "this person on",
    "this individual on",
    "listed by the minister on",
];

fn read_designations(draft: &mut Draft<'_>, key: &str, read: &[(&str, String)]) {
    let of = |column: &str| -> Vec<&str> {
        read.iter().filter(|(name, _)| *name == column).map(|(_, cell)| cell.as_str()).collect()
    };
    let days = of("listing_information")
        .into_iter()
        .flat_map(|cell| LISTED.map(|words| dates_after(cell, &[words])));
    let listed = days.flatten().min().or_else(|| {
        let begins =
            |cell: &str| day(cell).or(date_at(&cell.split(' ').collect::<Vec<_>>()).map(|found| found.0));
        of("listing_information").into_iter().find_map(begins)
    });
    let mut amended: Vec<PartialDate> = of("control_date").into_iter().filter_map(day).collect();
    amended.sort_unstable();
    for cell in of("control_date").into_iter().filter(|cell| day(cell).is_none()) {
        draft.issue("control_date", IssueKind::Unparsed, cell, "expected a day");
    }
    let committees = of("committees");
    if committees.is_empty() {
        draft.issue("committees", IssueKind::Missing, "", "the committee or sanctions programme is missing");
    }
    let person = draft.entity.schema.is_person();
    for cell in committees {
        let programs = committees::find(cell);
        if programs.is_empty() {
            draft.issue("committees", IssueKind::UnknownValue, cell, "not a programme we know");
        }
        let known = programs.iter().map(|program| (program.code, program.title, program.measures));
        let unknown = programs.is_empty().then_some((cell, "", &[][..]));
        for (code, title, measures) in known.chain(unknown) {
            let said = |measure: &&Measure| person || **measure != Measure::TravelBan;
            let designation = Designation {
                authority: authority::AUSTRALIA.to_owned(),
                program: code.to_owned(),
                title: title.to_owned(),
                reference: key.to_owned(),
                measures: measures.iter().filter(said).copied().collect(),
                listed,
                amended: amended.clone(),
                ..Designation::default()
            };
            if !draft.entity.designations.contains(&designation) {
                draft.entity.designations.push(designation);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_one_text() {
        for (text, street, country, note) in [
            ("Tripoli, Libya (as at Feb. 2014)", "Tripoli", "ly", "as at Feb. 2014"),
            ("Türkiye", "", "tr", ""),
            ("Germany (in prison)", "", "de", "in prison"),
            (
                "53 Prospekt Vernadskogo, Moscow, 119415, Russian Federation",
                "53 Prospekt Vernadskogo, Moscow, 119415",
                "ru",
                "",
            ),
            ("House arrest Kigali, Rwanda.", "House arrest Kigali", "rw", ""),
            ("31 Mendeleeva Street Miass", "31 Mendeleeva Street Miass", "", ""),
        ] {
            let read = address(text);
            let code = read.country.map(|country| country.to_string()).unwrap_or_default();
            assert_eq!((read.street.as_str(), code.as_str(), read.note.as_str()), (street, country, note));
        }
    }
}
