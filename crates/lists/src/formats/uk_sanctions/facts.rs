//! What is said of persons, organisations and ships: births, nationalities, positions, papers, owners, flags.
//!
//! The details stand in groups within groups. A group is read as a whole, everything else leaf by leaf; the names of the
//! groups around a leaf do not matter.

use super::cells::{items, texts};
use super::numbers;
use crate::formats::countries::country_cell;
use crate::formats::draft::Draft;
use crate::formats::links::relatives;
use crate::formats::xml::Element;
use cordon_model::{
    Address, CountryRole, DateRole, Direction, Identifier, IssueKind, PartialDate, Relation, RelationKind,
    Scheme,
};

/// Elements that hold details.
const DETAILS: [&str; 6] =
    ["IndividualDetails", "EntityDetails", "ShipDetails", "PhoneNumbers", "Websites", "EmailAddresses"];

/// What one leaf holds.
enum Leaf {
    /// A date of a role.
    Date(DateRole),
    /// A country in a role.
    Country(CountryRole),
    /// A property.
    Property(&'static str),
    Phone,
    Gender,
    Registration,
    Number(Scheme, &'static str),
    /// Parties by name: kind of link, which end the holder is, the words for it.
    Parties(RelationKind, Direction, &'static str),
    /// A remark that begins with these words.
    Note(&'static str),
}

/// Leaves by name.
const LEAVES: &[(&str, Leaf)] = &[
    ("DOB", Leaf::Date(DateRole::Birth)),
    ("Nationality", Leaf::Country(CountryRole::Nationality)),
    ("Position", Leaf::Property("position")),
    ("Gender", Leaf::Gender),
    ("PhoneNumber", Leaf::Phone),
    ("Website", Leaf::Property("website")),
    ("EmailAddress", Leaf::Property("email")),
    ("TypeOfEntity", Leaf::Note("Type of entity: ")),
    ("Subsidiary", Leaf::Parties(RelationKind::Ownership, Direction::Outgoing, "subsidiary")),
    ("ParentCompany", Leaf::Parties(RelationKind::Ownership, Direction::Incoming, "parent company")),
    ("BusinessRegistrationNumber", Leaf::Registration),
    ("IMONumber", Leaf::Number(Scheme::ImoShip, "")),
    (
        "CurrentOwnerOperator",
        Leaf::Parties(RelationKind::Ownership, Direction::Incoming, "current owner or operator"),
    ),
    // A former owner is no owner: ownership rules must not see it.
    (
        "PreviousOwnerOperator",
        Leaf::Parties(RelationKind::Unknown, Direction::Incoming, "previous owner or operator"),
    ),
    ("CurrentBelievedFlagOfShip", Leaf::Country(CountryRole::Flag)),
    ("PreviousFlag", Leaf::Country(CountryRole::PastFlag)),
    ("TypeOfShip", Leaf::Property("type")),
    ("TonnageOfShip", Leaf::Property("tonnage")),
    ("LengthOfShip", Leaf::Note("Length of ship: ")),
    ("YearBuilt", Leaf::Date(DateRole::Build)),
    ("HullIdentificationNumber", Leaf::Number(Scheme::Other, "Hull identification number")),
];

/// A passport or identity paper: the leaf of its number, the leaf beside it, and its usual scheme.
const PAPERS: [(&str, &str, Scheme); 2] = [
    ("PassportNumber", "PassportAdditionalInformation", Scheme::Passport),
    ("NationalIdentifierNumber", "NationalIdentifierAdditionalInformation", Scheme::NationalId),
];

pub(super) fn read(draft: &mut Draft<'_>, record: &mut Element) {
    for name in DETAILS {
        for group in record.take_all(name) {
            walk(draft, group);
        }
    }
    for mut group in record.take_all("Addresses") {
        for address in group.take_all("Address") {
            read_address(draft, address);
        }
        draft.leftovers(&group);
    }
}

fn walk(draft: &mut Draft<'_>, mut element: Element) {
    if element.children.is_empty() {
        let text = std::mem::take(&mut element.text);
        draft.leftovers(&element);
        if !text.is_empty() {
            read_leaf(draft, &element.name, &text);
        }
        return;
    }
    for (number, beside, scheme) in PAPERS {
        if element.children.iter().any(|child| child.name == number || child.name == beside) {
            let (number_cell, beside) = (element.take_text(number), element.take_text(beside));
            read_papers(draft, number, scheme, &number_cell, &beside);
        }
    }
    if element.children.iter().any(|child| child.name == "TownOfBirth" || child.name == "CountryOfBirth") {
        let (town, country) = (element.take_text("TownOfBirth"), element.take_text("CountryOfBirth"));
        read_birth_places(draft, &town, &country);
    }
    for child in std::mem::take(&mut element.children) {
        walk(draft, child);
    }
    draft.leftovers(&element);
}

fn read_leaf(draft: &mut Draft<'_>, name: &str, text: &str) {
    let Some((_, leaf)) = LEAVES.iter().find(|row| row.0 == name) else {
        draft.issue(
            name,
            IssueKind::UnknownField,
            text,
            "an element the format does not know; kept in the notes",
        );
        return draft.note(&format!("{name}: {text}"));
    };
    match leaf {
        Leaf::Date(role) => {
            for text in texts(text) {
                read_dates(draft, name, *role, &text);
            }
        }
        Leaf::Country(role) => {
            for text in texts(text) {
                draft.read_country(*role, name, name, &text);
            }
        }
        Leaf::Property(property) => {
            for text in texts(text) {
                draft.entity.relations.extend(relatives(&text));
                draft.entity.add(property, &text);
            }
        }
        // A spreadsheet has turned the plus before some numbers into a minus.
        Leaf::Phone => {
            for text in texts(text) {
                draft.entity.add("phone", text.trim_start_matches('-'));
            }
        }
        Leaf::Gender => read_gender(draft, text),
        Leaf::Registration => {
            for text in texts(text) {
                numbers::read_registration(draft, name, &text);
            }
        }
        Leaf::Number(scheme, kind) => read_number(draft, name, *scheme, kind, text),
        Leaf::Parties(kind, direction, role) => {
            let parties = texts(text);
            let parties = parties.iter().flat_map(|text| text.split(';')).map(str::trim);
            for party in parties.filter(|party| party.chars().any(char::is_alphanumeric)) {
                draft.entity.relations.push(Relation::to_name(*kind, *direction, party, role));
            }
        }
        Leaf::Note(words) => draft.note(&format!("{words}{text}")),
    }
}

/// A date, or several with words between: `(1) 1960 (2) 1961`, `1958 or 1959`.
fn read_dates(draft: &mut Draft<'_>, field: &str, role: DateRole, text: &str) {
    let parts: Vec<PartialDate> =
        text.split(" or ").map_while(|part| PartialDate::parse(part).ok()).collect();
    if parts.len() == text.split(" or ").count() {
        for date in parts {
            draft.entity.add_date(role, date);
        }
        return;
    }
    draft.issue(field, IssueKind::Unparsed, text, "not a date; kept in the notes");
    draft.note(&format!("{field}: {text}"));
}

fn read_gender(draft: &mut Draft<'_>, text: &str) {
    match text.to_lowercase().as_str() {
        "unknown" => {}
        gender @ ("male" | "female") => draft.entity.add("gender", gender),
        _ => draft.issue("Gender", IssueKind::UnknownValue, text, "`Male` or `Female` was expected"),
    }
}

fn read_number(draft: &mut Draft<'_>, field: &str, scheme: Scheme, kind: &str, text: &str) {
    for text in texts(text).iter().flat_map(|text| text.split([',', ';'])) {
        match Identifier::parse(scheme, text) {
            Ok(identifier) if text.bytes().any(|byte| byte.is_ascii_digit()) => {
                draft.add_identifier(field, identifier.with_kind(kind));
            }
            _ => draft.note(&format!("{field}: {text}")),
        }
    }
}

/// Numbers and the words beside them; as many words as numbers belong to one each, otherwise all to every number.
fn read_papers(draft: &mut Draft<'_>, field: &str, scheme: Scheme, numbers: &str, beside: &str) {
    let (found, said) = (texts(numbers), texts(beside));
    if found.is_empty() {
        return numbers::read_paper(draft, field, scheme, "", beside);
    }
    for (at, number) in found.iter().enumerate() {
        let beside = if said.len() == found.len() { said[at].as_str() } else { beside };
        numbers::read_paper(draft, field, scheme, number, beside);
    }
}

/// Towns and countries of birth, joined by their numbers.
fn read_birth_places(draft: &mut Draft<'_>, town: &str, country: &str) {
    let (towns, countries) = (items(town), items(country));
    for country in &countries {
        draft.read_country(CountryRole::Birth, "CountryOfBirth", "Country of birth", &country.text);
    }
    let country_of = |number: Option<&usize>| {
        countries
            .iter()
            .find(|country| {
                country.numbers.is_empty() || number.is_some_and(|number| country.numbers.contains(number))
            })
            .map(|country| country.text.as_str())
    };
    for town in &towns {
        let parts = [Some(town.text.as_str()), country_of(town.numbers.first())];
        draft.entity.add("birthPlace", &parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
    }
    if towns.is_empty() {
        for country in &countries {
            draft.entity.add("birthPlace", &country.text);
        }
    }
}

fn read_address(draft: &mut Draft<'_>, mut element: Element) {
    let lines = ["1", "2", "3", "4", "5", "6"].map(|line| element.take_text(&format!("AddressLine{line}")));
    let [postal_code, said] = ["AddressPostalCode", "AddressCountry"].map(|field| element.take_text(field));
    draft.leftovers(&element);
    let street =
        lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    let cell = country_cell(&said);
    if cell.countries.is_empty() && !said.is_empty() {
        let message = "not a country we know; kept in the address note";
        draft.issue("AddressCountry", IssueKind::UnknownValue, &said, message);
    }
    let note = if cell.says_more { said } else { String::new() };
    let address = Address { street, postal_code, note, ..Address::default() };
    if cell.countries.is_empty() {
        return draft.add_address(address);
    }
    for country in cell.countries {
        draft.add_address(Address { country: Some(country), ..address.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{draft_of, element};
    use super::*;
    use cordon_model::{Country, Schema};

    #[test]
    fn persons() {
        let xml = "<Designation><IndividualDetails><Individual><DOBs><DOB>dd/mm/1945</DOB><DOB>05/10/1963</DOB>\
                   <DOB>soon</DOB></DOBs><Nationalities><Nationality>(1) German (2) Moroccan</Nationality>\
                   <Nationality>Atlantis</Nationality></Nationalities><PassportDetails><Passport>\
                   <PassportNumber>75 1234567</PassportNumber><PassportAdditionalInformation>Russia. Issued on 4 May \
                   2010</PassportAdditionalInformation></Passport></PassportDetails><Positions><Position>a) Minister \
                   b) Brother of Jan Novak</Position></Positions><Genders><Gender>Male</Gender></Genders><BirthDetails>\
                   <Location><TownOfBirth>(1) Tunis (2) -</TownOfBirth><CountryOfBirth>(1) Tunisia (2) Libya\
                   </CountryOfBirth></Location></BirthDetails><Heights><Height>180</Height></Heights></Individual>\
                   </IndividualDetails></Designation>";
        let (entity, issues) = draft_of(Schema::Person, |draft| read(draft, &mut element(xml)));
        let dates: Vec<String> = entity.dates.iter().map(|fact| fact.date.to_string()).collect();
        assert_eq!(dates, ["1945", "1963-10-05"]);
        let countries: Vec<&str> = entity.countries.iter().map(|fact| fact.country.name()).collect();
        assert_eq!(countries.len(), 4);
        assert_eq!(entity.values("birthPlace"), ["Tunis, Tunisia"]);
        assert_eq!(entity.values("position"), ["Minister", "Brother of Jan Novak"]);
        assert_eq!(
            (entity.relations.len(), entity.identifiers.len(), entity.values("gender").len()),
            (1, 1, 1)
        );
        assert_eq!(entity.identifiers[0].country.map(Country::name), Some("Russia"));
        let fields: Vec<&str> = issues.iter().map(|issue| issue.field.as_str()).collect();
        assert_eq!(fields, ["DOB", "Nationality", "Height"]);
    }

    #[test]
    fn ships_and_organisations() {
        let xml = "<Designation><ShipDetails><Ship><IMONumbers><IMONumber>IMO9288851</IMONumber></IMONumbers>\
                   <CurrentOwnerOperators><CurrentOwnerOperator>CUBE SA; BALL LTD</CurrentOwnerOperator>\
                   </CurrentOwnerOperators><CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Comoros\
                   </CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips><PreviousFlags><PreviousFlag>Panama\
                   </PreviousFlag></PreviousFlags><YearsBuilt><YearBuilt>2004</YearBuilt></YearsBuilt></Ship>\
                   </ShipDetails><EntityDetails><Entity><ParentCompanies><ParentCompany>Holding</ParentCompany>\
                   </ParentCompanies></Entity></EntityDetails><Addresses><Address><AddressLine1>Chaghi</AddressLine1>\
                   <AddressLine6>Baluchistan</AddressLine6><AddressCountry>Italy (Domicile)</AddressCountry></Address>\
                   </Addresses></Designation>";
        let (entity, issues) = draft_of(Schema::Vessel, |draft| read(draft, &mut element(xml)));
        assert!(issues.is_empty(), "{issues:?}");
        assert_eq!(
            (entity.identifiers[0].value.as_str(), entity.dates[0].date.to_string().as_str()),
            ("9288851", "2004")
        );
        let names: Vec<&str> = entity.relations.iter().map(|link| link.name.as_str()).collect();
        assert_eq!(names, ["Holding", "CUBE SA", "BALL LTD"]);
        let roles: Vec<CountryRole> = entity.countries.iter().map(|fact| fact.role).collect();
        assert_eq!(roles, [CountryRole::Flag, CountryRole::PastFlag]);
        let address = &entity.addresses[0];
        assert_eq!(
            (address.line().as_str(), address.note.as_str()),
            ("Chaghi, Baluchistan, Italy", "Italy (Domicile)")
        );
    }
}
