//! One `identity` of a target: names, dates, places, nationalities and papers.

use super::names;
use super::places::{Place, Places, read_country};
use crate::formats::draft::Draft;
use crate::formats::xml::Element;
use cordon_model::{
    Address, CountryRole, DatePoint, DateRole, Identifier, IssueKind, PartialDate, Schema, Scheme,
};

/// Kinds of papers.
const PAPERS: [(&str, Scheme); 7] = [
    ("passport", Scheme::Passport),
    ("diplomatic-passport", Scheme::Passport),
    ("travel-document", Scheme::Passport),
    ("id-card", Scheme::NationalId),
    ("identity-card", Scheme::NationalId),
    ("ssn", Scheme::SocialSecurity),
    ("tax-number", Scheme::TaxId),
];

/// Reads an identity into the draft.
pub(super) fn read(draft: &mut Draft<'_>, mut element: Element, places: &Places) {
    element.take_attribute("ssid");
    let main = element.take_attribute("main") == "true";
    for mut name in element.take_all("name") {
        let read = names::read(&mut name, main);
        for name in read.names {
            draft.entity.add_name(name);
        }
        for title in read.titles {
            draft.entity.add("title", &title);
        }
        for (field, word) in read.unknown {
            draft.issue(
                field,
                IssueKind::UnknownValue,
                &word,
                "not a kind we know; read as another name or part",
            );
        }
        draft.leftovers(&name);
    }
    for day in element.take_all("day-month-year") {
        read_date(draft, day);
    }
    for mut nationality in element.take_all("nationality") {
        nationality.take_attribute("ssid");
        nationality.take_attribute("quality");
        for mut country in nationality.take_all("country") {
            match read_country(&mut country) {
                Ok(country) => draft.entity.add_country(CountryRole::Nationality, country),
                Err(text) => {
                    draft.note(&format!("Nationality: {text}"));
                    draft.issue("nationality", IssueKind::UnknownValue, &text, "not a country we know");
                }
            }
            draft.leftovers(&country);
        }
        draft.leftovers(&nationality);
    }
    for mut birth in element.take_all("place-of-birth") {
        let place = take_place(draft, &mut birth, places);
        draft.entity.add("birthPlace", &place.line());
        if let Some(country) = place.country {
            draft.entity.add_country(CountryRole::Birth, country);
        }
        draft.leftovers(&birth);
    }
    for address in element.take_all("address") {
        read_address(draft, address, places);
    }
    for paper in element.take_all("identification-document") {
        read_paper(draft, paper, places);
    }
    draft.leftovers(&element);
}

/// Takes the number of a place, its quality and its own number out of an element.
fn take_place(draft: &mut Draft<'_>, element: &mut Element, places: &Places) -> Place {
    element.take_attribute("ssid");
    element.take_attribute("quality");
    let number = element.take_attribute("place-id");
    if number.is_empty() {
        return Place::default();
    }
    let found = places.get(&number).cloned();
    if found.is_none() {
        let field = format!("{}@place-id", element.name);
        draft.issue(&field, IssueKind::Orphan, &number, "a place that is not in the table of places");
    }
    found.unwrap_or_default()
}

/// A date of birth; for others than persons, of foundation or building.
fn read_date(draft: &mut Draft<'_>, mut element: Element) {
    element.take_attribute("ssid");
    let [day, month, year, calendar, quality] =
        ["day", "month", "year", "calendar", "quality"].map(|attribute| element.take_attribute(attribute));
    draft.leftovers(&element);
    let role = match draft.entity.schema {
        Schema::Person => DateRole::Birth,
        Schema::Vessel | Schema::Airplane => DateRole::Build,
        _ => DateRole::Incorporation,
    };
    let number = |text: &str| text.parse::<u8>().ok().filter(|number| *number > 0);
    let point = year.parse().ok().and_then(|year| DatePoint::new(year, number(&month), number(&day)));
    let date = point.and_then(|point| PartialDate::range(point, point));
    let gregorian = calendar.is_empty() || calendar.eq_ignore_ascii_case("gregorian");
    match date.filter(|_| gregorian) {
        Some(date) => {
            let circa = matches!(quality.as_str(), "low" | "poor" | "approximate");
            draft.entity.add_date(role, if circa { date.circa() } else { date });
        }
        None if day.is_empty() && month.is_empty() && year.is_empty() => {}
        None => {
            let said = format!("{day}.{month}.{year} {calendar}");
            draft.note(&format!("Date: {said}"));
            let message = "not a day, month or year of the Gregorian calendar; kept as a note";
            draft.issue("day-month-year", IssueKind::Unparsed, &said, message);
        }
    }
}

fn read_address(draft: &mut Draft<'_>, mut element: Element, places: &Places) {
    element.take_attribute("main");
    let place = take_place(draft, &mut element, places);
    let [care_of, details, po_box, postal_code, remark] =
        ["c-o", "address-details", "p-o-box", "zip-code", "remark"].map(|field| element.take_text(field));
    draft.leftovers(&element);
    let street = [care_of, details, po_box];
    let street: Vec<&str> = street.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    draft.add_address(Address {
        street: street.join(", "),
        city: place.location,
        region: place.area,
        postal_code,
        country: place.country,
        note: remark,
    });
}

fn read_paper(draft: &mut Draft<'_>, mut element: Element, places: &Places) {
    let kind = element.take_attribute("document-type");
    let place = take_place(draft, &mut element, places);
    let [number, issued, expires, remark] =
        ["number", "date-of-issue", "expiry-date", "remark"].map(|field| element.take_text(field));
    let issuer = element.take_all("issuer").into_iter().next().and_then(|mut issuer| {
        let code = issuer.take_attribute("code");
        cordon_model::Country::from_code(&code).or_else(|| crate::formats::countries::country(&issuer.text))
    });
    draft.leftovers(&element);
    let scheme = PAPERS.iter().find(|row| row.0 == kind).map_or(Scheme::Other, |row| row.1);
    let (issued, expires) =
        (draft.read_date("date-of-issue", &issued), draft.read_date("expiry-date", &expires));
    match Identifier::parse(scheme, &number) {
        Ok(identifier) => {
            let country = issuer.or(place.country);
            let kind = kind.replace('-', " ");
            let found = Identifier { country, kind, note: remark, issued, expires, ..identifier };
            draft.add_identifier("identification-document", found);
        }
        Err(_) if number.is_empty() => draft.note(&format!("{kind} {remark}")),
        Err(error) => {
            draft.note(&format!("{kind} {number}"));
            draft.issue("identification-document", IssueKind::Unparsed, &number, &error.to_string());
        }
    }
}
