//! `identification`: numbers of papers and registers, each parsed once, with what is said about the paper.

use super::facts::{is_true, join, read_country};
use super::record::Record;
use crate::formats::papers::{Number, first_country, has_digit, number, scheme_of};
use crate::formats::prose::{EXPIRES, ISSUED, date_after};
use crate::formats::xml::Element;
use cordon_model::{Identifier, IssueKind, Scheme};

const FIELD: &str = "identification";

/// `identificationTypeCode` → scheme. `other` is decided by the words around the number.
const CODES: &[(&str, Scheme)] = &[
    ("passport", Scheme::Passport),
    ("diplomaticpassport", Scheme::Passport),
    ("travelcardid", Scheme::Passport),
    ("traveldoc", Scheme::Passport),
    ("id", Scheme::NationalId),
    ("electionid", Scheme::Other),
    ("residentperm", Scheme::Other),
    ("drivinglicence", Scheme::Other),
    ("driverlic", Scheme::Other),
    ("birthcert", Scheme::Other),
    ("other", Scheme::Other),
    ("ssn", Scheme::SocialSecurity),
    ("fiscalcode", Scheme::TaxId),
    ("taxid", Scheme::TaxId),
    ("vatnumber", Scheme::Vat),
    ("regnumber", Scheme::Registration),
    ("tradelic", Scheme::Registration),
    (BANK, Scheme::Bic),
    ("imo", Scheme::ImoShip),
    ("imonumber", Scheme::ImoShip),
];

/// The code of a bank's identifier, the only one that may hold letters alone.
const BANK: &str = "swiftbic";

/// Words in descriptions of kinds whose code we do not know, before the words of papers in general.
const DESCRIBED: &[(&str, Scheme)] =
    &[("regist", Scheme::Registration), ("vat", Scheme::Vat), ("imo", Scheme::ImoShip)];

/// Kinds whose description says no more than the scheme.
const PLAIN: [&str; 4] = [
    "National passport",
    "National identification card",
    "Other identification number",
    "Social Security Number",
];

/// Flags, with the words for them.
const FLAGS: [(&str, &str); 5] = [
    ("diplomatic", "diplomatic"),
    ("knownExpired", "known to be expired"),
    ("knownFalse", "known to be false"),
    ("reportedLost", "reported lost"),
    ("revokedByIssuer", "revoked by issuer"),
];

pub(super) fn read(record: &mut Record<'_>, mut element: Element) {
    let remarks = record.read_detail(&mut element);
    let mut said: Vec<String> = FLAGS
        .iter()
        .filter(|(flag, _)| is_true(&element.take_attribute(flag)))
        .map(|(_, words)| (*words).to_owned())
        .collect();
    for (name, words) in
        [("issuedBy", "issued by "), ("region", "in "), ("nameOnDocument", "in the name of ")]
    {
        let value = element.take_attribute(name);
        said.extend(Some(format!("{words}{value}")).filter(|_| !value.is_empty()));
    }
    let [cell, latin, code, description, issue, from, to] = [
        "number",
        "latinNumber",
        "identificationTypeCode",
        "identificationTypeDescription",
        "issueDate",
        "validFrom",
        "validTo",
    ]
    .map(|name| element.take_attribute(name));
    let country = read_country(record, &mut element);
    record.draft.leftovers(&element);
    let remark = remarks.join("; ");
    said.extend(remarks);
    let issued = if issue.is_empty() { from } else { issue };
    let issued = record
        .draft
        .read_date(&format!("{FIELD}@issueDate"), &issued)
        .or_else(|| date_after(&remark, &ISSUED));
    let expires =
        record.draft.read_date(&format!("{FIELD}@validTo"), &to).or_else(|| date_after(&remark, &EXPIRES));
    for cell in [cell.as_str(), latin.as_str()].into_iter().filter(|cell| !cell.is_empty()) {
        let bank = code.eq_ignore_ascii_case(BANK);
        let found = if bank { Number { value: cell.to_owned(), ..Number::default() } } else { number(cell) };
        if !has_digit(&found.value) && !bank {
            let shown = join([description.as_str(), cell, &said.join("; ")], ": ");
            record.draft.note(&format!("Document without a number: {shown}"));
            continue;
        }
        let scheme = scheme(record, &code, &description, [&found.words, &remark]);
        let Ok(mut identifier) = Identifier::parse(scheme, &found.value) else { continue };
        let plain = PLAIN.contains(&description.as_str());
        identifier = identifier.with_kind(if plain { &found.words } else { &description });
        identifier.country = country.or(found.country).or_else(|| first_country(&capitalised(&remark)));
        identifier.issued = issued;
        identifier.expires = found.expires.or(expires);
        let notes = [found.remark.as_str()].into_iter().chain(said.iter().map(String::as_str));
        identifier.note = join(notes.filter(|note| !is_plain(note)), "; ");
        record.draft.add_identifier(FIELD, identifier);
    }
    if cell.is_empty() && latin.is_empty() && !said.is_empty() {
        record.draft.note(&format!(
            "Document without a number: {}",
            join([description.as_str(), &said.join("; ")], ": ")
        ));
    }
}

/// Whether a remark is only the word for the paper.
fn is_plain(note: &str) -> bool {
    matches!(
        note.to_lowercase().as_str(),
        "passport" | "id" | "passport no:" | "national id" | "passport number"
    )
}

/// A remark in small letters with its first letter raised, so that a demonym at its beginning is seen.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The scheme of a number: that of the code, unless it says nothing; then that of the words around the number.
fn scheme(record: &mut Record<'_>, code: &str, description: &str, around: [&str; 2]) -> Scheme {
    let known = CODES.iter().find(|row| row.0.eq_ignore_ascii_case(code)).map(|row| row.1);
    let said = |texts: &[&str]| texts.iter().find_map(|text| scheme_of(text));
    match known {
        Some(Scheme::Other) if code.eq_ignore_ascii_case("other") => said(&around).unwrap_or(Scheme::Other),
        Some(Scheme::NationalId) => said(&around[..1]).unwrap_or(Scheme::NationalId),
        Some(scheme) => scheme,
        None => {
            let shown = join([code, description], " ");
            let message = "not a kind of document we know; read by its description";
            record.draft.issue(
                &format!("{FIELD}@identificationTypeCode"),
                IssueKind::UnknownValue,
                &shown,
                message,
            );
            let lower = description.to_lowercase();
            let described = DESCRIBED.iter().find(|row| lower.contains(row.0)).map(|row| row.1);
            described.or_else(|| said(&[description, around[0], around[1]])).unwrap_or(Scheme::Other)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{element, record_of};
    use super::*;
    use cordon_model::{Country, Schema};

    #[test]
    fn documents() {
        for (xml, expected, notes, issues) in [
            (
                "<identification number='AD001095' identificationTypeCode='passport' \
                 identificationTypeDescription='National passport' countryIso2Code='00' countryDescription='UNKNOWN'>\
                 <remark>(passport)</remark></identification>",
                "Passport AD001095  /  ",
                0,
                0,
            ),
            (
                "<identification number='SE-011697' identificationTypeCode='passport' knownExpired='true' \
                 countryIso2Code='AF'><remark>afghan passport number issued on 25 jan. 1988 in kabul, expired on \
                 23 feb. 2000</remark></identification>",
                "Passport SE011697 af 1988-01-25/2000-02-23 ",
                0,
                0,
            ),
            (
                "<identification number='Ration card 6110922' identificationTypeCode='other' \
                 identificationTypeDescription='Other identification number'/>",
                "Other 6110922  / Ration card",
                0,
                0,
            ),
            (
                "<identification number='D 000912' identificationTypeCode='other'><remark>passport</remark></identification>",
                "Passport D000912  / ",
                0,
                0,
            ),
            (
                "<identification number='7707083893' identificationTypeCode='taxid' validFrom='2001-02-03' \
                 identificationTypeDescription='Tax Identification Number' countryIso2Code='RU'/>",
                "TaxId 7707083893 ru 2001-02-03/ Tax Identification Number",
                0,
                0,
            ),
            (
                "<identification number='DEUTDEFF' identificationTypeCode='swiftbic' identificationTypeDescription='SWIFT/BIC'/>",
                "Bic DEUTDEFF  / SWIFT/BIC",
                0,
                0,
            ),
            ("<identification number='UNKNOWN' identificationTypeCode='other'/>", "", 1, 0),
            ("<identification number='12345' identificationTypeCode='libcard'/>", "Other 12345  / ", 0, 1),
        ] {
            let (entity, found) = record_of(Schema::Person, |record| read(record, element(xml)));
            let date = |date: Option<cordon_model::PartialDate>| {
                date.map(|date| date.to_string()).unwrap_or_default()
            };
            let shown = entity.identifiers.first().map(|held| {
                let country = held.country.as_ref().map_or("", Country::code);
                let dates = format!("{}/{}", date(held.issued), date(held.expires));
                format!("{:?} {} {country} {dates} {}", held.scheme, held.value, held.kind)
            });
            assert_eq!(shown.unwrap_or_default().trim_end(), expected.trim_end(), "{xml}");
            assert_eq!((entity.values("notes").len(), found.len()), (notes, issues), "{xml}");
        }
    }
}
