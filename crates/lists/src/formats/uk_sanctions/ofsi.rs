//! The Treasury's consolidated list of financial sanctions targets: rows of one group, each with one of its names, to
//! `Designation` elements. Both layouts are read: that of before 2022 and the wider one since.
//!
//! The list holds those whose funds are frozen; it says nothing of other measures.

use super::csv::{designation, merge, preamble, put, read_row};
use super::{leaf, named, record};
use crate::ListError;
use crate::formats::prose::word_positions;
use crate::formats::reading::{Groups, Reading, pick};
use crate::formats::table::{self, Record, Shape};
use crate::formats::xml::Element;
use crate::formats::{ListFormat, SourceFile, mentions};
use cordon_model::{Issue, IssueKind, Snapshot};
use std::borrow::Cow;

/// Consolidated list of the Office of Financial Sanctions Implementation, CSV.
pub(crate) struct OfsiCsv;

static SHAPE: Shape = Shape {
    title: "OFSI consolidated list CSV",
    delimiter: b',',
    required: &["name_6", "group_type", "alias_type", "group_id"],
};

const KEY: &str = "group_id";
/// Words before the day of the list, in the line before the headings.
const PUBLISHED: &str = "Last Updated";
/// What being on this list means.
const MEASURE: &str = "Asset freeze";

/// Columns and the place of their cells in a `Designation`.
const COLUMNS: &[(&str, &str)] = &[
    ("name_1", "Names/Name/Name1"),
    ("name_2", "Names/Name/Name2"),
    ("name_3", "Names/Name/Name3"),
    ("name_4", "Names/Name/Name4"),
    ("name_5", "Names/Name/Name5"),
    ("name_6", "Names/Name/Name6"),
    ("title", "Names/Name/Title"),
    ("alias_type", "Names/Name/NameType"),
    ("alias_quality", "Names/Name/AliasStrength"),
    ("name_non_latin_script", "NonLatinNames/NonLatinName/NameNonLatinScript"),
    ("non_latin_script_type", "NonLatinNames/NonLatinName/NonLatinScriptType"),
    ("non_latin_script_language", "NonLatinNames/NonLatinName/NonLatinScriptLanguage"),
    ("dob", "IndividualDetails/DOB"),
    ("town_of_birth", "IndividualDetails/Location/TownOfBirth"),
    ("country_of_birth", "IndividualDetails/Location/CountryOfBirth"),
    ("nationality", "IndividualDetails/Nationality"),
    ("ni_number", "IndividualDetails/NationalIdentifier/NationalIdentifierNumber"),
    ("national_identification_number", "IndividualDetails/NationalIdentifier/NationalIdentifierNumber"),
    (
        "national_identification_details",
        "IndividualDetails/NationalIdentifier/NationalIdentifierAdditionalInformation",
    ),
    ("position", "IndividualDetails/Position"),
    ("address_1", "Addresses/Address/AddressLine1"),
    ("address_2", "Addresses/Address/AddressLine2"),
    ("address_3", "Addresses/Address/AddressLine3"),
    ("address_4", "Addresses/Address/AddressLine4"),
    ("address_5", "Addresses/Address/AddressLine5"),
    ("address_6", "Addresses/Address/AddressLine6"),
    ("post_zip_code", "Addresses/Address/AddressPostalCode"),
    ("country", "Addresses/Address/AddressCountry"),
    ("group_type", "IndividualEntityShip"),
    ("regime", "RegimeName"),
    ("last_updated", "LastUpdated"),
];

/// Columns that are read before the others.
const OWN: [&str; 6] = [
    KEY,
    "other_information",
    "listed_on",
    "uk_sanctions_list_date_designated",
    // The numbers themselves in the older layout, the words beside them in the newer.
    "passport_number",
    "passport_details",
];

/// Labels of the statements packed into one cell, as letters in lower case, and their place in a `Designation`.
const LABELS: &[(&str, &str)] = &[
    ("uksanctionslistref", "UniqueID"),
    ("unref", "UNReferenceNumber"),
    ("ukstatementofreasons", "UKStatementofReasons"),
    ("gender", "IndividualDetails/Gender"),
    ("phonenumber", "PhoneNumbers/PhoneNumber"),
    ("website", "Websites/Website"),
    ("emailaddress", "EmailAddresses/EmailAddress"),
    ("typeofentity", "EntityDetails/TypeOfEntity"),
    ("subsidiaries", "EntityDetails/Subsidiary"),
    ("parentcompany", "EntityDetails/ParentCompany"),
    ("businessregno", "EntityDetails/BusinessRegistrationNumber"),
    ("imonumber", "ShipDetails/IMONumber"),
    ("currentowners", "ShipDetails/CurrentOwnerOperator"),
    ("previousowners", "ShipDetails/PreviousOwnerOperator"),
    ("flagofship", "ShipDetails/CurrentBelievedFlagOfShip"),
    ("previousflags", "ShipDetails/PreviousFlag"),
    ("typeofship", "ShipDetails/TypeOfShip"),
    ("tonnageofship", "ShipDetails/TonnageOfShip"),
    ("lengthofship", "ShipDetails/LengthOfShip"),
    ("yearbuilt", "ShipDetails/YearBuilt"),
    ("hullidentificationnumber", "ShipDetails/HullIdentificationNumber"),
];

impl ListFormat for OfsiCsv {
    fn id(&self) -> &'static str {
        "uk_ofsi_csv"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(fits)
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = pick(files, fits, "ConList.csv")?;
        let mut reading = Reading::new(list);
        let (published, body) = preamble(file.bytes, PUBLISHED);
        let body = utf_8(body);
        let file = SourceFile { name: file.name, bytes: &body };
        let known: Vec<&str> = COLUMNS.iter().map(|row| row.0).chain(OWN).collect();
        let rows = table::read(&file, &SHAPE, &known, &mut reading.issues)?;
        let mut groups = Groups::default();
        for mut row in rows {
            let key = row.take(KEY);
            if key.is_empty() {
                let (place, cells) = (row.place.clone(), row.leftovers().map(|(_, cell)| cell));
                let value = cells.collect::<Vec<_>>().join(" ");
                let message = "a row without a group id";
                reading.issues.push(Issue::new(&place, KEY, IssueKind::Dropped, &value, message));
                continue;
            }
            read_own(groups.of(&key, |key| designation("OFSIGroupID", key)), row);
        }
        for mut element in groups.into_elements() {
            put(&mut element, "SanctionsImposed", MEASURE);
            reading.record(element, record::read_group);
        }
        Ok(reading.finish(PUBLISHED, &published))
    }
}

fn fits(file: &SourceFile<'_>) -> bool {
    SHAPE.fits(&preamble(&file.bytes[..file.bytes.len().min(HEAD)], PUBLISHED).1)
}

/// Bytes among which the headings stand.
const HEAD: usize = 4096;

/// The bytes as UTF-8: those that are not are read as Windows-1252, which the list was served in.
fn utf_8(bytes: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if std::str::from_utf8(&bytes).is_ok() {
        return bytes;
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    Cow::Owned(text.into_owned().into_bytes())
}

/// Adds a row to its group; the columns that are not one value are taken apart.
fn read_own(group: &mut Element, mut row: Record) {
    let [_, other, listed, designated, passport, details] = OWN.map(|column| row.take(column));
    let listed = if designated.is_empty() { listed } else { designated };
    let mut own: Vec<(String, String)> = vec![("DateDesignated".to_owned(), listed)];
    own.extend(unpack(&other));
    let (passport, details) = if passport.is_empty() { (details, passport) } else { (passport, details) };
    let mut paper = named("Passport");
    for (field, text) in [("PassportNumber", passport), ("PassportAdditionalInformation", details)] {
        paper.children.extend(Some(leaf(field, &text)).filter(|_| !text.is_empty()));
    }
    if !paper.children.is_empty() {
        let mut details = named("IndividualDetails");
        details.children.push(paper);
        merge(group, Element { children: vec![details], ..named("Designation") });
    }
    for (path, text) in own.into_iter().filter(|(_, text)| !text.is_empty()) {
        if !holds(group, &path, &text) {
            put(group, &path, &text);
        }
    }
    read_row(group, row, COLUMNS);
}

fn holds(element: &Element, path: &str, text: &str) -> bool {
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let mut found = element.children.iter().filter(|child| child.name == first);
    if rest.is_empty() {
        found.any(|child| child.text == text)
    } else {
        found.any(|child| holds(child, rest, text))
    }
}

/// The statements of the cell of other information: `(UK Sanctions List Ref):RUS0296. (Gender):Male`, each with its place.
/// What stands before the first label, and what a label we do not know says, is a remark.
fn unpack(cell: &str) -> Vec<(String, String)> {
    let mut starts: Vec<(usize, usize, &str)> = Vec::new();
    for (close, _) in cell.match_indices("):") {
        let Some(open) = cell[..close].rfind('(') else { continue };
        let label = &cell[open + 1..close];
        let whole = !label.contains(')') && label.len() <= LONGEST_LABEL;
        if whole && label.starts_with(char::is_uppercase) {
            starts.push((open, close + 2, label));
        }
    }
    let head = cell[..starts.first().map_or(cell.len(), |start| start.0)].trim();
    let mut found: Vec<(String, String)> = Vec::new();
    let reference = un_reference(head);
    found.extend(reference.map(|reference| ("UNReferenceNumber".to_owned(), reference)));
    let mut remarks = vec![head.to_owned()];
    for (at, (_, from, label)) in starts.iter().enumerate() {
        let to = starts.get(at + 1).map_or(cell.len(), |next| next.0);
        let text = cell[*from..to].trim().trim_end_matches('.').trim();
        let letters: String =
            label.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        match LABELS.iter().find(|row| row.0 == letters) {
            Some((_, path)) => found.push(((*path).to_owned(), text.to_owned())),
            None => remarks.push(format!("{label}: {text}")),
        }
    }
    remarks.retain(|remark| !remark.is_empty());
    found.push(("OtherInformation".to_owned(), remarks.join(" ")));
    found
}

/// No label is longer.
const LONGEST_LABEL: usize = 40;

/// The party's own reference number in a remark: the one right after `UN Ref`.
fn un_reference(remark: &str) -> Option<String> {
    let lower = remark.to_lowercase();
    let at = word_positions(&lower, "un ref").into_iter().next().filter(|_| lower.len() == remark.len())?;
    let said = remark[at + "un ref".len()..].trim_start_matches([':', '.', ' ']);
    let word = said.split(' ').next()?;
    mentions::references(word).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_statements() {
        for (cell, expected) in [
            (
                "(UK Sanctions List Ref):RUS0296. (UK Statement of Reasons):He leads (or led) a firm. (Gender):Male",
                vec![
                    "UniqueID=RUS0296",
                    "UKStatementofReasons=He leads (or led) a firm",
                    "IndividualDetails/Gender=Male",
                ],
            ),
            ("UN Ref QI.B.62.02. Professor", vec!["OtherInformation=UN Ref QI.B.62.02. Professor"]),
            (
                "UN REF:QDi.352 Commander, see QDi.001",
                vec!["UNReferenceNumber=QDi.352", "OtherInformation=UN REF:QDi.352 Commander, see QDi.001"],
            ),
            (
                "A remark. (Further Information):tall",
                vec!["OtherInformation=A remark. Further Information: tall"],
            ),
            ("(Gender):Male. Year built):2004", vec!["IndividualDetails/Gender=Male. Year built):2004"]),
            ("", vec![]),
        ] {
            let found: Vec<String> = unpack(cell)
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(path, text)| format!("{path}={text}"))
                .collect();
            assert_eq!(found, expected, "{cell}");
        }
    }
}
