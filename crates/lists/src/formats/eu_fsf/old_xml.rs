//! The XML used until 2018: `ENTITY` elements, brought to the elements of schema 1.1.

use super::csv::contacts;
use super::record;
use crate::ListError;
use crate::formats::reading::Reading;
use crate::formats::xml::{self, Element, Shape};
use crate::formats::{ListFormat, SourceFile};
use cordon_model::{PartialDate, Snapshot};

/// EU financial sanctions XML before schema 1.1.
pub(crate) struct EuFsdXml;

static SHAPE: Shape = Shape {
    title: "EU financial sanctions XML of before 2018",
    root: "WHOLE",
    sections: &[],
    key: "Id",
    nothing: None,
};

/// Attributes of an entity and its details that hold its act: old name, new name.
const ACT: [(&str, &str); 3] =
    [("legal_basis", "numberTitle"), ("programme", "programme"), ("reg_date", "entryIntoForceDate")];

type Detail = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Details: old element, new element, and their fields with the attributes they become. Fields without an attribute are
/// taken apart.
const DETAILS: [Detail; 5] = [
    (
        "NAME",
        "nameAlias",
        &[
            ("LASTNAME", "lastName"),
            ("FIRSTNAME", "firstName"),
            ("MIDDLENAME", "middleName"),
            ("WHOLENAME", "wholeName"),
            ("GENDER", "gender"),
            ("TITLE", "title"),
            ("FUNCTION", "function"),
            ("LANGUAGE", "nameLanguage"),
        ],
    ),
    (
        "ADDRESS",
        "address",
        &[
            ("NUMBER", ""),
            ("STREET", "street"),
            ("ZIPCODE", "zipCode"),
            ("CITY", "city"),
            ("COUNTRY", "countryDescription"),
            ("OTHER", ""),
        ],
    ),
    ("BIRTH", "birthdate", &[("DATE", ""), ("PLACE", "city"), ("COUNTRY", "countryDescription")]),
    ("PASSPORT", "identification", &[("NUMBER", ""), ("COUNTRY", "countryDescription")]),
    ("CITIZEN", "citizenship", &[("COUNTRY", "countryDescription")]),
];

/// What stands in square brackets after the number of a paper.
const FLAGS: [(&str, &str); 5] = [
    ("known to be expired", "knownExpired"),
    ("known to be false", "knownFalse"),
    ("reported lost", "reportedLost"),
    ("revoked by issuer", "revokedByIssuer"),
    ("diplomatic", "diplomatic"),
];

impl ListFormat for EuFsdXml {
    fn id(&self) -> &'static str {
        "eu_fsd_xml"
    }

    fn title(&self) -> &'static str {
        SHAPE.title
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.iter().any(|file| SHAPE.fits(file.bytes))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let file = SHAPE.pick(files, "global.xml")?;
        let mut reading = Reading::new(list);
        let mut head = xml::read(file, &SHAPE, |element| {
            if element.name == "ENTITY" {
                reading.record(entity(element), record::read);
            } else {
                reading.unknown(element.leftovers());
            }
        })?;
        let published = head.take_attribute("Date");
        reading.unknown(head.leftovers(&SHAPE));
        Ok(reading.finish("Date", &published))
    }
}

fn entity(mut old: Element) -> Element {
    let mut new = named("sanctionEntity");
    set(&mut new, "logicalId", old.take_attribute("Id"));
    let mut subject = named("subjectType");
    set(&mut subject, "classificationCode", old.take_attribute("Type"));
    let mut act = named("regulation");
    for (from, to) in ACT {
        set(&mut act, to, old.take_attribute(from));
    }
    let url = old.take_attribute("pdf_link");
    act.children.push(Element { text: url, ..named("publicationUrl") });
    let remark = old.take_attribute("remark");
    new.children = vec![Element { text: remark, ..named("remark") }, subject, act];
    for (from, to, fields) in DETAILS {
        new.children.extend(old.take_all(from).into_iter().map(|detail| read_detail(detail, to, fields)));
    }
    // What is not known stays and is reported by the reader.
    new.children.append(&mut old.children);
    new.attributes.append(&mut old.attributes);
    new.text = old.text;
    new
}

fn read_detail(mut old: Element, name: &str, fields: &[(&str, &str)]) -> Element {
    let mut new = named(name);
    let mut summary = named("regulationSummary");
    set(&mut summary, "publicationDate", old.take_attribute("reg_date"));
    new.children.push(summary);
    for passed_over in ["Id", "Entity_id", "legal_basis", "pdf_link", "programme"] {
        old.take_attribute(passed_over);
    }
    for (field, attribute) in fields {
        let text = old.take_text(field);
        match (old.name.as_str(), *field) {
            ("ADDRESS", "NUMBER") => set(&mut new, "place", text),
            ("ADDRESS", _) if attribute.is_empty() => read_other(&mut new, &text),
            ("BIRTH", "DATE") => read_birth(&mut new, &text),
            ("PASSPORT", "NUMBER") => read_number(&mut new, &text),
            _ => set(&mut new, attribute, text),
        }
    }
    new.children.append(&mut old.children);
    new.attributes.append(&mut old.attributes);
    new.text = old.text;
    new
}

/// `PHONE[262 38 18-19]`, or a remark in brackets.
fn read_other(address: &mut Element, text: &str) {
    let found = contacts(text);
    if found.iter().any(|(key, _)| key.is_empty() || key.contains('(')) {
        return push_remark(address, text);
    }
    for (key, value) in found {
        let attributes = vec![("key".to_owned(), key.to_owned()), ("value".to_owned(), value.to_owned())];
        address.children.push(Element { attributes, ..named("contactInfo") });
    }
}

/// `1962-03-09`, `1962`, `1962 (approximative)`, `1958 - 1960 (approximative)`.
fn read_birth(birth: &mut Element, text: &str) {
    let (date, circa) = text.strip_suffix(" (approximative)").map_or((text, false), |date| (date, true));
    if circa && PartialDate::parse(date).is_ok() {
        set(birth, "circa", "true".to_owned());
    }
    set(birth, "birthdate", date.to_owned());
}

/// `AD001095 (passport-National passport) (in TRIPOLI) (valid to 2014-02-21)[known to be expired](remark)`.
fn read_number(paper: &mut Element, text: &str) {
    let kind = text.match_indices(" (").find_map(|(at, open)| {
        let inside = &text[at + open.len()..];
        let (code, rest) = inside.split_once('-')?;
        let (description, rest) = rest.split_once(')')?;
        code.bytes().all(|byte| byte.is_ascii_lowercase()).then_some((at, code, description, rest))
    });
    let Some((end, code, description, rest)) = kind else { return set(paper, "number", text.to_owned()) };
    set(paper, "number", text[..end].to_owned());
    set(paper, "identificationTypeCode", code.to_owned());
    set(paper, "identificationTypeDescription", description.to_owned());
    let mut rest = rest.trim();
    loop {
        let taken = [("(in ", "region"), ("(valid to ", "validTo"), ("(valid from ", "validFrom")]
            .iter()
            .find_map(|(open, name)| Some((*name, rest.strip_prefix(open)?.split_once(')')?)));
        if let Some((name, (value, after))) = taken {
            set(paper, name, value.to_owned());
            rest = after.trim_start();
        } else if let Some((flag, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            match FLAGS.iter().find(|row| row.0 == flag) {
                Some((_, name)) => set(paper, name, "true".to_owned()),
                None => push_remark(paper, flag),
            }
            rest = after.trim_start();
        } else {
            return push_remark(paper, rest);
        }
    }
}

fn push_remark(element: &mut Element, text: &str) {
    if !text.is_empty() {
        element.children.push(Element { text: text.to_owned(), ..named("remark") });
    }
}

fn set(element: &mut Element, name: &str, value: String) {
    if !value.is_empty() {
        element.attributes.push((name.to_owned(), value));
    }
}

fn named(name: &str) -> Element {
    Element { name: name.to_owned(), ..Element::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(element: &Element) -> String {
        let attributes = element.attributes.iter().map(|(name, value)| format!("{name}={value}"));
        let children = element.children.iter().map(|child| format!("{}:{}", child.name, child.text));
        attributes.chain(children).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_of_papers() {
        for (text, expected) in [
            ("AD001095", "number=AD001095"),
            (
                "AD001095 (passport-National passport) ((passport))",
                "number=AD001095 identificationTypeCode=passport identificationTypeDescription=National passport \
                 remark:((passport))",
            ),
            (
                "347834 (id-National card) (in TRIPOLI) (valid to 2014-02-21)[known to be expired](issued (x))",
                "number=347834 identificationTypeCode=id identificationTypeDescription=National card region=TRIPOLI \
                 validTo=2014-02-21 knownExpired=true remark:(issued (x))",
            ),
            (
                "A (b) 12 (other-Other number) [misuse]",
                "number=A (b) 12 identificationTypeCode=other identificationTypeDescription=Other number remark:misuse",
            ),
        ] {
            let mut paper = named("identification");
            read_number(&mut paper, text);
            assert_eq!(shown(&paper), expected, "{text}");
        }
    }

    #[test]
    fn other_parts_of_addresses() {
        for (text, expected) in [
            ("PHONE[262 38 18-19]", "contactInfo:"),
            ("(previous location)", "remark:(previous location)"),
            ("", ""),
        ] {
            let mut address = named("address");
            read_other(&mut address, text);
            assert_eq!(shown(&address), expected, "{text}");
        }
    }
}
