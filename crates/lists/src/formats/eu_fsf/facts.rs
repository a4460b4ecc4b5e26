//! Births, citizenships and addresses.

use super::record::Record;
use crate::formats::countries::country;
use crate::formats::mentions::contacts;
use crate::formats::prose::identifiers;
use crate::formats::xml::Element;
use cordon_model::{Address, Country, CountryRole, DatePoint, DateRole, IssueKind, PartialDate};

/// What stands in place of a country that is not known.
const NO_COUNTRY: [&str; 2] = ["00", "UNKNOWN"];

/// Words in the key of a contact, with the property it is.
const CONTACTS: &[(&str, &str)] = &[
    ("mail", "email"),
    ("web", "website"),
    ("url", "website"),
    ("phone", "phone"),
    ("mobile", "phone"),
    ("tel", "phone"),
];

pub(super) fn read(record: &mut Record<'_>, element: &mut Element) {
    for birth in element.take_all("birthdate") {
        read_birth(record, birth);
    }
    for citizenship in element.take_all("citizenship") {
        read_citizenship(record, citizenship);
    }
    for address in element.take_all("address") {
        read_address(record, address);
    }
}

/// The country of an element, by its code, else by its description.
pub(super) fn read_country(record: &mut Record<'_>, element: &mut Element) -> Option<Country> {
    let field = format!("{}@countryIso2Code", element.name);
    let said = ["countryIso2Code", "countryDescription"].map(|name| element.take_attribute(name));
    let said: Vec<&str> = said
        .iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty() && !NO_COUNTRY.contains(text))
        .collect();
    let found = said.iter().find_map(|text| country(text));
    if found.is_none() && !said.is_empty() {
        let said = said.join(" ");
        record.draft.issue(
            &field,
            IssueKind::UnknownValue,
            &said,
            "not a country we know; kept in the notes",
        );
        record.draft.note(&format!("Country: {said}"));
    }
    found
}

/// The parts that are not empty, with a word between them.
pub(super) fn join<'a>(parts: impl IntoIterator<Item = &'a str>, between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

fn read_birth(record: &mut Record<'_>, mut element: Element) {
    let remarks = record.read_detail(&mut element);
    let [calendar, circa, date, day, month, year, from, to] = [
        "calendarType",
        "circa",
        "birthdate",
        "dayOfMonth",
        "monthOfYear",
        "year",
        "yearRangeFrom",
        "yearRangeTo",
    ]
    .map(|name| element.take_attribute(name));
    let [city, place, region, zip] =
        ["city", "place", "region", "zipCode"].map(|name| element.take_attribute(name));
    let country = read_country(record, &mut element);
    record.draft.leftovers(&element);
    let where_born = join([city.as_str(), &place, &region, &zip, country.map_or("", Country::name)], ", ");
    record.draft.entity.add("birthPlace", &where_born);
    if let Some(country) = country {
        record.draft.entity.add_country(CountryRole::Birth, country);
    }
    let parts = join([day.as_str(), &month, &year], "/");
    let range = join([from.as_str(), &to], " to ");
    let texts = [date.as_str(), parts.as_str(), range.as_str()];
    let published = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let gregorian = calendar.is_empty() || calendar.eq_ignore_ascii_case("GREGORIAN");
    let read = texts.into_iter().filter(|_| gregorian).find_map(read_date);
    let role = if record.draft.entity.schema.is_person() { DateRole::Birth } else { DateRole::Incorporation };
    match read {
        Some(date) => {
            record.draft.entity.add_date(role, if is_true(&circa) { date.circa() } else { date });
            for remark in remarks {
                record.draft.note(&format!("Date of birth {date}: {remark}"));
            }
        }
        None if published.is_empty() => {
            for remark in remarks {
                record.draft.note(&format!("Birth: {remark}"));
            }
        }
        None => {
            let message = if gregorian { "not a date" } else { "a date of another calendar" };
            record.draft.issue(
                "birthdate",
                IssueKind::Unparsed,
                published,
                &format!("{message}; kept in the notes"),
            );
            let remarks = remarks.join("; ");
            record
                .draft
                .note(join(["Date of birth:", published, &calendar.to_lowercase(), &remarks], " ").trim());
        }
    }
}

/// A date in any of the forms of the list; a range may lack one end.
fn read_date(text: &str) -> Option<PartialDate> {
    let years = |(from, to): (&str, &str)| {
        let point = |text: &str| DatePoint::new(text.trim().parse().ok()?, None, None);
        PartialDate::range(point(from)?, point(to)?)
    };
    PartialDate::parse(text).ok().or_else(|| text.split_once(" to ").and_then(years))
}

pub(super) fn is_true(flag: &str) -> bool {
    flag.eq_ignore_ascii_case("true") || flag == "1"
}

fn read_citizenship(record: &mut Record<'_>, mut element: Element) {
    let mut said = record.read_detail(&mut element);
    let country = read_country(record, &mut element);
    for (name, words) in [("region", ""), ("acquisitionDate", "since "), ("disenfranchisementDate", "until ")]
    {
        let value = element.take_attribute(name);
        said.extend(Some(format!("{words}{value}")).filter(|_| !value.is_empty()));
    }
    record.draft.leftovers(&element);
    if let Some(country) = country {
        record.draft.entity.add_country(CountryRole::Citizenship, country);
    }
    if !said.is_empty() {
        let name = country.map_or("", Country::name);
        record.draft.note(&format!("{}: {}", join(["Citizenship", name], " "), said.join("; ")));
    }
}

fn read_address(record: &mut Record<'_>, mut element: Element) {
    let mut said = record.read_detail(&mut element);
    read_contacts(record, &mut element, &mut said);
    let [street, place, po_box, city, region, postal_code] =
        ["street", "place", "poBox", "city", "region", "zipCode"].map(|name| element.take_attribute(name));
    if is_true(&element.take_attribute("asAtListingTime")) {
        said.push("at the time of listing".to_owned());
    }
    let country = read_country(record, &mut element);
    record.draft.leftovers(&element);
    let organisation = record.draft.entity.schema.is_organisation();
    for remark in &said {
        for (property, value) in contacts(remark) {
            record.draft.entity.add(property, &value);
        }
        for identifier in identifiers(remark, organisation) {
            record.draft.add_identifier("address/remark", identifier);
        }
    }
    let numbered = po_box.to_lowercase().contains("box");
    let po_box = if po_box.is_empty() || numbered { po_box } else { format!("P.O. Box {po_box}") };
    let street = join([street.as_str(), &place, &po_box], ", ");
    let note = said.join("; ");
    let address = Address { street, city, region, postal_code, country, note: String::new() };
    if address.is_empty() {
        record.draft.note(&note);
    } else {
        record.draft.add_address(Address { note, ..address });
    }
}

/// Telephone numbers, mail addresses and pages; other contacts are remarks on the address.
fn read_contacts(record: &mut Record<'_>, element: &mut Element, said: &mut Vec<String>) {
    for mut contact in element.take_all("contactInfo") {
        let (key, value) = (contact.take_attribute("key"), contact.take_attribute("value"));
        record.draft.leftovers(&contact);
        let lower = key.to_lowercase();
        match CONTACTS.iter().find(|row| lower.contains(row.0)) {
            Some((_, property)) => record.draft.entity.add(property, &value),
            None if value.is_empty() => {}
            None => said.push(join([key.as_str(), &value], ": ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{element, record_of};
    use super::*;
    use cordon_model::Schema;

    #[test]
    fn births() {
        for (attributes, dates, places, countries, notes, issues) in [
            (
                "birthdate='1937-04-28' dayOfMonth='28' monthOfYear='4' year='1937' circa='false' \
                 calendarType='GREGORIAN' city='al-Awja, near Tikrit' countryIso2Code='IQ' countryDescription='IRAQ'",
                vec!["1937-04-28"],
                vec!["al-Awja, near Tikrit, Iraq"],
                1,
                0,
                0,
            ),
            (
                "year='1962' circa='true' countryIso2Code='00' countryDescription='UNKNOWN'",
                vec!["1962~"],
                vec![],
                0,
                0,
                0,
            ),
            ("monthOfYear='3' year='1962'", vec!["1962-03"], vec![], 0, 0, 0),
            ("yearRangeFrom='1958' yearRangeTo='1960' circa='true'", vec!["1958~/1960"], vec![], 0, 0, 0),
            ("year='1380' calendarType='ISLAMIC'", vec![], vec![], 0, 1, 1),
            ("birthdate='soon'", vec![], vec![], 0, 1, 1),
            ("city='Kabul'", vec![], vec!["Kabul"], 0, 0, 0),
            ("countryIso2Code='ZZ' countryDescription='ATLANTIS'", vec![], vec![], 0, 1, 1),
            ("year='1962' century='20'", vec!["1962"], vec![], 0, 0, 1),
        ] {
            let (entity, found) = record_of(Schema::Person, |record| {
                read_birth(record, element(&format!("<birthdate {attributes}/>")));
            });
            let read: Vec<String> = entity.dates_of(DateRole::Birth).map(|date| date.to_string()).collect();
            assert_eq!(read, dates, "{attributes}");
            assert_eq!(entity.values("birthPlace"), places, "{attributes}");
            let counts = (entity.countries.len(), entity.values("notes").len(), found.len());
            assert_eq!(counts, (countries, notes, issues), "{attributes}");
        }
    }

    #[test]
    fn addresses() {
        let (entity, issues) = record_of(Schema::Organization, |record| {
            for text in [
                "<address street='Rashid Street' city='Baghdad' poBox='38' asAtListingTime='true' \
                 countryIso2Code='IQ'><remark>(previous location)</remark><contactInfo key='PHONE' value='+964 1'/>\
                 <contactInfo key='FAX' value='2'/></address>",
                "<address countryIso2Code='00'><remark>Italian Fiscal Code: SSYBLK62T26Z336L</remark></address>",
                "<address city='' countryIso2Code='00' countryDescription='UNKNOWN'/>",
            ] {
                read_address(record, element(text));
            }
        });
        assert!(issues.is_empty(), "{issues:?}");
        let [address] = entity.addresses.as_slice() else { panic!("{:?}", entity.addresses) };
        assert_eq!(address.line(), "Rashid Street, P.O. Box 38, Baghdad, Iraq");
        assert_eq!(address.note, "previous location; FAX: 2; at the time of listing");
        assert_eq!((entity.values("phone"), entity.identifiers.len()), (&["+964 1".to_owned()][..], 1));
        assert_eq!(entity.values("notes"), ["Italian Fiscal Code: SSYBLK62T26Z336L"]);
    }
}
