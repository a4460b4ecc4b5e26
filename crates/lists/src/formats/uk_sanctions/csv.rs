//! The UK Sanctions List as a table: rows of one designation, each with one of its names and one of its addresses, to
//! `Designation` elements.

use super::{leaf, named, record};
use crate::ListError;
use crate::formats::reading::{Groups, Reading, pick};
use crate::formats::table::{self, Record, Shape};
use crate::formats::xml::Element;
use crate::formats::{ListFormat, SourceFile};
use cordon_model::{Issue, IssueKind, Snapshot};

/// UK Sanctions List CSV.
pub(crate) struct UkCsv;

static SHAPE: Shape = Shape {
    title: "UK Sanctions List CSV",
    delimiter: b',',
    required: &["unique_id", "name_6", "regime_name", "designation_type"],
};

const KEY: &str = "unique_id";

/// Columns and the place of their cells in a `Designation`.
const COLUMNS: &[(&str, &str)] = &[
    ("last_updated", "LastUpdated"),
    ("ofsi_group_id", "OFSIGroupID"),
    ("un_reference_number", "UNReferenceNumber"),
    ("name_1", "Names/Name/Name1"),
    ("name_2", "Names/Name/Name2"),
    ("name_3", "Names/Name/Name3"),
    ("name_4", "Names/Name/Name4"),
    ("name_5", "Names/Name/Name5"),
    ("name_6", "Names/Name/Name6"),
    ("name_type", "Names/Name/NameType"),
    ("alias_strength", "Names/Name/AliasStrength"),
    ("title", "Names/Name/Title"),
    ("name_non_latin_script", "NonLatinNames/NonLatinName/NameNonLatinScript"),
    ("non_latin_script_type", "NonLatinNames/NonLatinName/NonLatinScriptType"),
    ("non_latin_script_language", "NonLatinNames/NonLatinName/NonLatinScriptLanguage"),
    ("regime_name", "RegimeName"),
    ("designation_type", "IndividualEntityShip"),
    ("designation_source", "DesignationSource"),
    ("sanctions_imposed", "SanctionsImposed"),
    ("other_information", "OtherInformation"),
    ("uk_statement_of_reasons", "UKStatementofReasons"),
    ("address_line_1", "Addresses/Address/AddressLine1"),
    ("address_line_2", "Addresses/Address/AddressLine2"),
    ("address_line_3", "Addresses/Address/AddressLine3"),
    ("address_line_4", "Addresses/Address/AddressLine4"),
    ("address_line_5", "Addresses/Address/AddressLine5"),
    ("address_line_6", "Addresses/Address/AddressLine6"),
    ("address_postal_code", "Addresses/Address/AddressPostalCode"),
    ("address_country", "Addresses/Address/AddressCountry"),
    ("phone_number", "PhoneNumbers/PhoneNumber"),
    ("website", "Websites/Website"),
    ("email_address", "EmailAddresses/EmailAddress"),
    ("date_designated", "DateDesignated"),
    ("d_o_b", "IndividualDetails/DOB"),
    ("nationality_ies", "IndividualDetails/Nationality"),
    ("passport_number", "IndividualDetails/Passport/PassportNumber"),
    ("passport_additional_information", "IndividualDetails/Passport/PassportAdditionalInformation"),
    ("national_identifier_number", "IndividualDetails/NationalIdentifier/NationalIdentifierNumber"),
    (
        "national_identifier_additional_information",
        "IndividualDetails/NationalIdentifier/NationalIdentifierAdditionalInformation",
    ),
    ("position", "IndividualDetails/Position"),
    ("gender", "IndividualDetails/Gender"),
    ("town_of_birth", "IndividualDetails/Location/TownOfBirth"),
    ("country_of_birth", "IndividualDetails/Location/CountryOfBirth"),
    ("type_of_entity", "EntityDetails/TypeOfEntity"),
    ("subsidiaries", "EntityDetails/Subsidiary"),
    ("parent_company", "EntityDetails/ParentCompany"),
    ("business_registration_number_s", "EntityDetails/BusinessRegistrationNumber"),
    ("imo_number", "ShipDetails/IMONumber"),
    ("current_owner_operator_s", "ShipDetails/CurrentOwnerOperator"),
    ("previous_owner_operator_s", "ShipDetails/PreviousOwnerOperator"),
    ("current_believed_flag_of_ship", "ShipDetails/CurrentBelievedFlagOfShip"),
    ("previous_flags", "ShipDetails/PreviousFlag"),
    ("type_of_ship", "ShipDetails/TypeOfShip"),
    ("tonnage_of_ship", "ShipDetails/TonnageOfShip"),
    ("length_of_ship", "ShipDetails/LengthOfShip"),
    ("year_built", "ShipDetails/YearBuilt"),
    ("hull_identification_number_hin", "ShipDetails/HullIdentificationNumber"),
];

impl ListFormat for UkCsv {
    fn id(&self) -> &'static str {
        "uk_fcdo_csv"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(fits)
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = pick(files, fits, "UK-Sanctions-List.csv")?;
        let mut reading = Reading::new(list);
        let (published, body) = preamble(file.bytes, "Report Date");
        let file = SourceFile { name: file.name, bytes: &body };
        let known: Vec<&str> = COLUMNS.iter().map(|row| row.0).chain([KEY]).collect();
        let rows = table::read(&file, &SHAPE, &known, &mut reading.issues)?;
        let mut groups = Groups::default();
        for mut row in rows {
            let key = row.take(KEY);
            if key.is_empty() {
                let (place, cells) = (row.place.clone(), row.leftovers().map(|(_, cell)| cell));
                let value = cells.collect::<Vec<_>>().join(" ");
                let message = "a row without a unique id";
                reading.issues.push(Issue::new(&place, KEY, IssueKind::Dropped, &value, message));
                continue;
            }
            read_row(groups.of(&key, |key| designation("UniqueID", key)), row, COLUMNS);
        }
        for element in groups.into_elements() {
            reading.record(element, record::read);
        }
        Ok(reading.finish("Report Date", &published))
    }
}

fn fits(file: &SourceFile<'_>) -> bool {
    SHAPE.fits(&preamble(&file.bytes[..file.bytes.len().min(HEAD)], "Report Date").1)
}

/// Bytes among which the headings stand.
const HEAD: usize = 8192;

/// The value in the line before the headings, if it begins with these words, and the bytes with that line blank, so that
/// numbers of lines stay what they are.
pub(super) fn preamble<'a>(bytes: &'a [u8], words: &str) -> (String, std::borrow::Cow<'a, [u8]>) {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let end = plain.iter().position(|byte| *byte == b'\n').unwrap_or(plain.len());
    let line = String::from_utf8_lossy(&plain[..end]);
    let Some(rest) = line.trim_start_matches('"').strip_prefix(words) else {
        return (String::new(), bytes.into());
    };
    // Headings may begin with the same words as the line before them.
    if rest.matches(',').count() > 3 && rest.contains("Name") {
        return (String::new(), bytes.into());
    }
    let value = rest.trim_matches([':', ',', ' ', '"', '\r']).to_owned();
    (value, plain[end..].into())
}

/// A designation of which no more is known than its key, in this field.
pub(super) fn designation(field: &str, key: &str) -> Element {
    Element { children: vec![leaf(field, key)], ..named("Designation") }
}

/// Adds what a row says to the designation; what it already says is not repeated.
pub(super) fn read_row(designation: &mut Element, mut row: Record, columns: &[(&str, &str)]) {
    let mut fresh = named("Designation");
    for (column, path) in columns {
        let value = row.take(column);
        if !value.is_empty() {
            put(&mut fresh, path, &value);
        }
    }
    for (column, value) in row.leftovers() {
        put(&mut fresh, "OtherInformation", &format!("{column}: {value}"));
    }
    merge(designation, fresh);
}

/// Puts a text at a path of elements, into those that are there.
pub(super) fn put(element: &mut Element, path: &str, text: &str) {
    let Some((first, rest)) = path.split_once('/') else { return element.children.push(leaf(path, text)) };
    let at = element.children.iter().position(|child| child.name == first).unwrap_or_else(|| {
        element.children.push(named(first));
        element.children.len() - 1
    });
    put(&mut element.children[at], rest, text);
}

/// Groups whose children are values of their own, and not one value in parts.
const GROUPS: [&str; 9] = [
    "Names",
    "NonLatinNames",
    "Addresses",
    "PhoneNumbers",
    "Websites",
    "EmailAddresses",
    "IndividualDetails",
    "EntityDetails",
    "ShipDetails",
];

/// Adds the children of a row: groups are joined, values that are already there are left out.
pub(super) fn merge(designation: &mut Element, fresh: Element) {
    for child in fresh.children {
        let group = GROUPS.contains(&child.name.as_str());
        let held = designation.children.iter().position(|held| group && held.name == child.name);
        if let Some(at) = held {
            merge(&mut designation.children[at], child);
        } else if !designation.children.contains(&child) {
            designation.children.push(child);
        }
    }
}
