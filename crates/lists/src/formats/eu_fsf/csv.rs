//! The table twin of schema 1.1: rows of one entity, each with one of its details, to `sanctionEntity` elements.
//!
//! Every column is a row of one table: the element and attribute it holds. Columns of acts of details serve for their day
//! alone.

use super::record;
use crate::ListError;
use crate::formats::reading::{Groups, Reading};
use crate::formats::table::{self, Record, Shape};
use crate::formats::xml::Element;
use crate::formats::{ListFormat, SourceFile};
use cordon_model::{Issue, IssueKind, Snapshot};

/// EU financial sanctions CSV, version 1.1.
pub(crate) struct EuFsfCsv;

static SHAPE: Shape = Shape {
    title: "EU financial sanctions CSV 1.1",
    delimiter: b';',
    required: &["entity_logicalid", "entity_subjecttype", "namealias_wholename"],
};

/// The column of the day of the file, the same in every row.
const GENERATED: &str = "filegenerationdate";
const KEY: &str = "entity_logicalid";

/// Columns of the entity itself: column, child element (none for the entity's own attributes) and attribute (none for text).
const ENTITY: &[(&str, &str, &str)] = &[
    ("entity_eu_referencenumber", "", "euReferenceNumber"),
    ("entity_unitednationid", "", "unitedNationId"),
    ("entity_designationdate", "", "designationDate"),
    ("entity_delistingdate", "", "delistingDate"),
    ("entity_designationdetails", "", "designationDetails"),
    ("entity_remark", "remark", ""),
    ("entity_subjecttype", "subjectType", "code"),
    ("entity_subjecttype_classificationcode", "subjectType", "classificationCode"),
    ("entity_regulation_type", "regulation", "regulationType"),
    ("entity_regulation_organisationtype", "regulation", "organisationType"),
    ("entity_regulation_publicationdate", "regulation", "publicationDate"),
    ("entity_regulation_entryintoforcedate", "regulation", "entryIntoForceDate"),
    ("entity_regulation_numbertitle", "regulation", "numberTitle"),
    ("entity_regulation_programme", "regulation", "programme"),
];
const ACT_URL: &str = "entity_regulation_publicationurl";

/// A detail: the beginning of its columns' names, its element, and its own columns with their attributes.
struct Detail {
    prefix: &'static str,
    element: &'static str,
    columns: &'static [(&'static str, &'static str)],
}

const DETAILS: [Detail; 5] = [
    Detail {
        prefix: "namealias_",
        element: "nameAlias",
        columns: &[
            ("lastname", "lastName"),
            ("firstname", "firstName"),
            ("middlename", "middleName"),
            ("wholename", "wholeName"),
            ("namelanguage", "nameLanguage"),
            ("gender", "gender"),
            ("title", "title"),
            ("function", "function"),
            ("strong", "strong"),
        ],
    },
    Detail {
        prefix: "address_",
        element: "address",
        columns: &[
            ("city", "city"),
            ("street", "street"),
            ("pobox", "poBox"),
            ("zipcode", "zipCode"),
            ("region", "region"),
            ("place", "place"),
            ("asatlistingtime", "asAtListingTime"),
            ("countryiso2code", "countryIso2Code"),
            ("countrydescription", "countryDescription"),
        ],
    },
    Detail {
        prefix: "birthdate_",
        element: "birthdate",
        columns: &[
            ("birthdate", "birthdate"),
            ("day", "dayOfMonth"),
            ("month", "monthOfYear"),
            ("year", "year"),
            ("yearrangefrom", "yearRangeFrom"),
            ("yearrangeto", "yearRangeTo"),
            ("circa", "circa"),
            ("calendartype", "calendarType"),
            ("zipcode", "zipCode"),
            ("region", "region"),
            ("place", "place"),
            ("city", "city"),
            ("countryiso2code", "countryIso2Code"),
            ("countrydescription", "countryDescription"),
        ],
    },
    Detail {
        prefix: "identification_",
        element: "identification",
        columns: &[
            ("number", "number"),
            ("diplomatic", "diplomatic"),
            ("knownexpired", "knownExpired"),
            ("knownfalse", "knownFalse"),
            ("reportedlost", "reportedLost"),
            ("revokedbyissuer", "revokedByIssuer"),
            ("issuedby", "issuedBy"),
            ("issueddate", "issueDate"),
            ("issuedate", "issueDate"),
            ("validfrom", "validFrom"),
            ("validto", "validTo"),
            ("latinnumber", "latinNumber"),
            ("nameondocument", "nameOnDocument"),
            ("typecode", "identificationTypeCode"),
            ("typedescription", "identificationTypeDescription"),
            ("region", "region"),
            ("countryiso2code", "countryIso2Code"),
            ("countrydescription", "countryDescription"),
        ],
    },
    Detail {
        prefix: "citizenship_",
        element: "citizenship",
        columns: &[
            ("region", "region"),
            ("acquisitiondate", "acquisitionDate"),
            ("disenfranchisementdate", "disenfranchisementDate"),
            ("countryiso2code", "countryIso2Code"),
            ("countrydescription", "countryDescription"),
        ],
    },
];

/// Columns every detail may have beside its own.
const COMMON: [&str; 4] = ["logicalid", "regulationlanguage", "remark", "contactinfo"];
/// Columns of the act of a detail. The first serves for its day; the others repeat what stands in the act.
const ACT: [&str; 7] = [
    "regulation_publicationdate",
    "regulation_type",
    "regulation_organisationtype",
    "regulation_entryintoforcedate",
    "regulation_numbertitle",
    "regulation_programme",
    "regulation_publicationurl",
];

impl ListFormat for EuFsfCsv {
    fn id(&self) -> &'static str {
        "eu_fsf_csv"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = SHAPE.pick(files, "csvFullSanctionsList_1_1.csv")?;
        let mut reading = Reading::new(list);
        let known = known_columns();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let rows = table::read(file, &SHAPE, &known, &mut reading.issues)?;
        let mut published = String::new();
        let mut groups = Groups::default();
        for mut row in rows {
            let generated = row.take(GENERATED);
            published = if published.is_empty() { generated } else { published };
            if row.get(KEY).is_empty() {
                let place = row.place.clone();
                let value = row.leftovers().map(|(_, cell)| cell).collect::<Vec<_>>().join(" ");
                let message = "a row without a logical id";
                reading.issues.push(Issue::new(&place, KEY, IssueKind::Dropped, &value, message));
                continue;
            }
            read_row(groups.of(row.get(KEY), entity), row);
        }
        for element in groups.into_elements() {
            reading.record(element, record::read);
        }
        Ok(reading.finish("fileGenerationDate", &published))
    }
}

fn known_columns() -> Vec<String> {
    let mut known: Vec<String> = vec![GENERATED.to_owned(), KEY.to_owned(), ACT_URL.to_owned()];
    known.extend(ENTITY.iter().map(|row| row.0.to_owned()));
    for detail in &DETAILS {
        let own = detail.columns.iter().map(|row| row.0);
        known.extend(own.chain(COMMON).chain(ACT).map(|column| format!("{}{column}", detail.prefix)));
    }
    known
}

fn entity(key: &str) -> Element {
    let attributes = vec![("logicalId".to_owned(), key.to_owned())];
    Element { name: "sanctionEntity".to_owned(), attributes, ..Element::default() }
}

/// Adds what a row says to the entity's element; what it already says is not repeated.
fn read_row(entity: &mut Element, mut row: Record) {
    row.take(KEY);
    let mut children: Vec<Element> = Vec::new();
    for (column, child, attribute) in ENTITY {
        let value = row.take(column);
        if value.is_empty() {
            continue;
        }
        if child.is_empty() {
            if !entity.attributes.iter().any(|(name, _)| name == attribute) {
                entity.attributes.push(((*attribute).to_owned(), value));
            }
            continue;
        }
        let at = children.iter().position(|held| held.name == *child).unwrap_or_else(|| {
            children.push(named(child));
            children.len() - 1
        });
        if attribute.is_empty() {
            children[at].text = value;
        } else {
            children[at].attributes.push(((*attribute).to_owned(), value));
        }
    }
    let url = row.take(ACT_URL);
    if let Some(act) = children.iter_mut().find(|child| child.name == "regulation" && !url.is_empty()) {
        act.children.push(Element { text: url, ..named("publicationUrl") });
    }
    children.extend(DETAILS.iter().filter_map(|detail| read_detail(detail, &mut row)));
    for (column, value) in row.leftovers() {
        children.push(Element { text: format!("{column}: {value}"), ..named("remark") });
    }
    for child in children {
        if !entity.children.contains(&child) {
            entity.children.push(child);
        }
    }
}

/// The element of a detail; `None` when its columns are empty but for flags that are not set.
fn read_detail(detail: &Detail, row: &mut Record) -> Option<Element> {
    let mut take = |column: &str| row.take(&format!("{}{column}", detail.prefix));
    let mut element = named(detail.element);
    for (column, attribute) in detail.columns {
        let value = take(column);
        if !value.is_empty() {
            element.attributes.push(((*attribute).to_owned(), value));
        }
    }
    let [_, _, remark, contact] = COMMON.map(&mut take);
    let [published, ..] = ACT.map(&mut take);
    if !remark.is_empty() {
        element.children.push(Element { text: remark, ..named("remark") });
    }
    for (key, value) in contacts(&contact) {
        let attributes = vec![("key".to_owned(), key.to_owned()), ("value".to_owned(), value.to_owned())];
        element.children.push(Element { attributes, ..named("contactInfo") });
    }
    let says = element.attributes.iter().any(|(_, value)| value != "false" && value != "GREGORIAN");
    if !says && element.children.is_empty() {
        return None;
    }
    if !published.is_empty() {
        let attributes = vec![("publicationDate".to_owned(), published)];
        element.children.push(Element { attributes, ..named("regulationSummary") });
    }
    Some(element)
}

fn named(name: &str) -> Element {
    Element { name: name.to_owned(), ..Element::default() }
}

/// Contacts in one text: `PHONE[262 38 18-19] EMAIL[a@b.c]`; a text of another form is one contact without a key.
pub(super) fn contacts(text: &str) -> Vec<(&str, &str)> {
    let pieces: Vec<(&str, &str)> = text
        .split(']')
        .filter_map(|piece| piece.split_once('['))
        .map(|(key, value)| (key.trim_matches([' ', ',', ';']), value.trim()))
        .collect();
    match pieces.is_empty() {
        true if text.is_empty() => Vec::new(),
        true => vec![("", text)],
        false => pieces,
    }
}
