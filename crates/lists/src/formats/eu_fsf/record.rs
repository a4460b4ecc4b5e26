//! One `sanctionEntity` to an entity: every field is taken out of the record, what is left is an issue.

use super::{acts, facts, names, papers};
use crate::formats::draft::Draft;
use crate::formats::links::{self, Party, UN_LIST};
use crate::formats::mentions;
use crate::formats::xml::Element;
use cordon_model::{Issue, IssueKind, PartialDate, Schema};

/// Words for the link to a party that a remark mentions.
const MENTIONED: &str = "named in the remarks";

/// `classificationCode` → kind of party. Ships are not told from other enterprises.
const KINDS: &[(&str, Schema)] = &[
    ("P", Schema::Person),
    ("person", Schema::Person),
    ("E", Schema::Organization),
    ("enterprise", Schema::Organization),
];

/// A record while it is being read.
pub(super) struct Record<'a> {
    pub(super) draft: Draft<'a>,
    /// Days on which the acts that the details cite were published.
    pub(super) published: Vec<PartialDate>,
    /// Day on which the act of the entry came into force.
    pub(super) in_force: Option<PartialDate>,
    /// Remarks on the party itself.
    remarks: Vec<String>,
    /// Its reference numbers on the UN list.
    un_references: Vec<String>,
}

/// Reads a record; `None` with an issue when it has no name or nothing to identify it by.
pub(super) fn read(list: &str, mut element: Element, issues: &mut Vec<Issue>) -> Option<Party> {
    let key = element.take_attribute("logicalId");
    if key.is_empty() {
        let message = "a record without a logical id";
        let name = element.children.iter().find(|child| child.name == "nameAlias");
        let name = name.and_then(|name| name.attributes.iter().find(|(field, _)| field == "wholeName"));
        let value = name.map_or("", |(_, value)| value.as_str());
        issues.push(Issue::new("file", "logicalId", IssueKind::Dropped, value, message));
        return None;
    }
    let mut draft = Draft::new(list, &key, Schema::LegalEntity, issues);
    draft.entity.schema = schema(&mut draft, element.take_all("subjectType"));
    let mut record = Record::new(draft);
    let reference = record.read_references(list, &mut element);
    record.read_remarks(&mut element);
    names::read(&mut record, element.take_all("nameAlias"));
    facts::read(&mut record, &mut element);
    for identification in element.take_all("identification") {
        papers::read(&mut record, identification);
    }
    acts::read(&mut record, &mut element, &reference);
    record.draft.leftovers(&element);
    record.finish()
}

/// The kind of party: an unknown one is a person or an organisation.
fn schema(draft: &mut Draft<'_>, subjects: Vec<Element>) -> Schema {
    let mut said = String::new();
    for mut subject in subjects {
        let codes = ["classificationCode", "code"].map(|name| subject.take_attribute(name));
        draft.leftovers(&subject);
        for code in codes.into_iter().filter(|code| !code.is_empty()) {
            if let Some((_, schema)) = KINDS.iter().find(|row| row.0.eq_ignore_ascii_case(&code)) {
                return *schema;
            }
            said = code;
        }
    }
    let kind = if said.is_empty() { IssueKind::Missing } else { IssueKind::UnknownValue };
    draft.issue("subjectType", kind, &said, "a person or an enterprise was expected");
    Schema::LegalEntity
}

impl<'a> Record<'a> {
    pub(super) fn new(draft: Draft<'a>) -> Self {
        Self { draft, published: Vec::new(), in_force: None, remarks: Vec::new(), un_references: Vec::new() }
    }

    /// The numbers of the entry: its EU reference becomes a referent and is returned, those of the UN become referents.
    fn read_references(&mut self, list: &str, element: &mut Element) -> String {
        let reference = element.take_attribute("euReferenceNumber");
        self.draft.refer(list, &reference);
        let united_nations = element.take_attribute("unitedNationId");
        self.un_references = mentions::references(&united_nations);
        for reference in &self.un_references {
            self.draft.refer(UN_LIST, reference);
        }
        if self.un_references.is_empty() && !united_nations.is_empty() {
            self.draft.note(&format!("UN reference: {united_nations}"));
        }
        reference
    }

    /// Remarks on the party, each kept whole, and what can be taken from them for sure.
    fn read_remarks(&mut self, element: &mut Element) {
        for remark in remarks(self, element) {
            self.draft.read_prose("remark", &remark);
            self.draft.entity.relations.extend(links::relatives(&remark));
            self.remarks.push(remark);
        }
    }

    /// Takes what every detail carries: its ids and language are passed over, the day of its act is kept. The remarks
    /// on it are returned.
    pub(super) fn read_detail(&mut self, element: &mut Element) -> Vec<String> {
        element.take_attribute("logicalId");
        element.take_attribute("regulationLanguage");
        for mut act in element.take_all("regulationSummary") {
            let published = act.take_attribute("publicationDate");
            let date = self.draft.read_date("regulationSummary@publicationDate", &published);
            self.published.extend(date);
        }
        remarks(self, element)
    }

    /// Programmes the remarks name beside the one of the entry.
    pub(super) fn remarks(&self) -> &[String] {
        &self.remarks
    }

    fn finish(self) -> Option<Party> {
        let texts = self.remarks.into_iter().map(|remark| (remark, MENTIONED)).collect();
        let entity = self.draft.finish("nameAlias")?;
        Some(Party { entity, un_references: self.un_references, texts })
    }
}

/// The remarks in an element, and what stands in its place for fields not yet invented.
fn remarks(record: &mut Record<'_>, element: &mut Element) -> Vec<String> {
    let mut found = Vec::new();
    for mut remark in element.take_all("remark") {
        let text = std::mem::take(&mut remark.text);
        record.draft.leftovers(&remark);
        found.extend(Some(unbracketed(&text).to_owned()).filter(|text| !text.is_empty()));
    }
    for mut more in element.take_all("additionalInformation") {
        let (key, value) = (more.take_attribute("key"), more.take_attribute("value"));
        record.draft.leftovers(&more);
        found.extend(Some(format!("{key}: {value}")).filter(|_| !value.is_empty()));
    }
    found
}

/// A remark without the one pair of brackets around the whole of it.
fn unbracketed(text: &str) -> &str {
    let inside = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).map(str::trim);
    let mut depth = 0i32;
    let whole = inside.is_some_and(|inside| {
        inside.chars().all(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            depth >= 0
        })
    });
    inside.filter(|_| whole).map_or(text, unbracketed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_around_remarks() {
        for (text, expected) in [
            ("(passport)", "passport"),
            ("((a) Died in 2003)", "(a) Died in 2003"),
            ("(one) (two)", "(one) (two)"),
            ("a (b)", "a (b)"),
            ("", ""),
        ] {
            assert_eq!(unbracketed(text), expected, "{text}");
        }
    }
}
