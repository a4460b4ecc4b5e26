//! One `entity` to a [`Party`].

use super::{Codes, details, names, referenced};
use crate::formats::ofac::dates::day;
use crate::formats::ofac::facts;
use crate::formats::ofac::listings::Standing;
use crate::formats::ofac::party::Party;
use crate::formats::ofac::places::Postal;
use crate::formats::ofac::record::{has_name, unknown};
use crate::formats::ofac::remarks::segments;
use crate::formats::ofac::ties::Tie;
use crate::formats::xml::Element;
use cordon_model::{Issue, IssueKind, PartialDate, Schema};

/// Values of `entityType`.
const TYPES: [(&str, Schema); 4] = [
    ("Individual", Schema::Person),
    ("Entity", Schema::Organization),
    ("Vessel", Schema::Vessel),
    ("Aircraft", Schema::Airplane),
];

/// Reads an entity; `None` with an issue when it has no number or no name.
pub(super) fn read(list: &str, mut entity: Element, codes: &Codes, issues: &mut Vec<Issue>) -> Option<Party> {
    let key = entity.take_attribute("id");
    if key.is_empty() {
        let message = "an entity without a number cannot be kept";
        issues.push(Issue::new("file", "entity@id", IssueKind::Dropped, "", message));
        return None;
    }
    let mut info = entity.take_all("generalInfo");
    let kind = info.iter_mut().map(|info| referenced(info, "entityType")).find(|kind| !kind.is_empty());
    let kind = kind.unwrap_or_default();
    let schema = TYPES.iter().find(|row| row.0.eq_ignore_ascii_case(&kind)).map(|row| row.1);
    if schema.is_none() {
        let message = "expected Individual, Entity, Vessel or Aircraft";
        issues.push(Issue::new(&key, "entityType", IssueKind::UnknownValue, &kind, message));
    }
    let mut party = Party::open(list, &key, schema.unwrap_or(Schema::LegalEntity));
    let mut record = Record { party: &mut party, key: &key, issues };
    let standing = record.standing(&mut entity);
    names::read(&mut record, &mut entity);
    record.info(info);
    record.addresses(&mut entity, codes);
    details::features(&mut record, &mut entity);
    details::documents(&mut record, &mut entity);
    record.relationships(&mut entity);
    unknown(&key, entity.leftovers(), issues);
    if !has_name(&party, issues) {
        return None;
    }
    standing.apply(&mut party, issues);
    Some(party)
}

/// A party while its entity is being read.
pub(super) struct Record<'a> {
    pub(super) party: &'a mut Party,
    pub(super) key: &'a str,
    pub(super) issues: &'a mut Vec<Issue>,
}

impl Record<'_> {
    pub(super) fn issue(&mut self, field: &str, kind: IssueKind, value: &str, message: &str) {
        self.issues.push(Issue::new(self.key, field, kind, value, message));
    }

    /// An issue for each part of an element that was not taken out.
    pub(super) fn unknown(&mut self, element: &Element) {
        unknown(self.key, element.leftovers(), self.issues);
    }

    /// The texts of a list.
    fn texts(&mut self, entity: &mut Element, list: &str, item: &str) -> Vec<String> {
        let mut found = Vec::new();
        for mut element in items(entity, list, item) {
            found.push(std::mem::take(&mut element.text));
            self.unknown(&element);
        }
        found
    }

    fn standing(&mut self, entity: &mut Element) -> Standing {
        let mut standing = Standing::default();
        for mut list in items(entity, "sanctionsLists", "sanctionsList") {
            let published = list.take_attribute("datePublished");
            let date = PartialDate::parse(&published).ok().filter(|_| day(&published).is_some());
            if date.is_none() {
                let message = "the day of listing was expected";
                self.issue("datePublished", IssueKind::Unparsed, &published, message);
            }
            standing.add_list(&std::mem::take(&mut list.text), date);
            self.unknown(&list);
        }
        let codes = self.texts(entity, "sanctionsPrograms", "sanctionsProgram");
        if codes.is_empty() {
            self.issues.push(self.party.without_program("sanctionsPrograms"));
        }
        for code in codes {
            self.party.add_program("sanctionsProgram", &code, self.issues);
        }
        for kind in self.texts(entity, "sanctionsTypes", "sanctionsType") {
            standing.add_kind(&kind);
        }
        for authority in self.texts(entity, "legalAuthorities", "legalAuthority") {
            standing.add_authority(&authority);
        }
        standing
    }

    fn info(&mut self, info: Vec<Element>) {
        for mut info in info {
            info.take_text("identityId");
            let title = info.take_text("title");
            if !title.is_empty() {
                self.party.read_titles(&title);
            }
            for segment in segments(&info.take_text("remarks")) {
                facts::read(self.party, "remarks", segment, self.issues);
            }
            self.unknown(&info);
        }
    }

    /// Addresses, each in every script it is given in.
    fn addresses(&mut self, entity: &mut Element, codes: &Codes) {
        for mut address in items(entity, "addresses", "address") {
            let reference = address.children.iter().find(|child| child.name == "country");
            let reference = reference
                .and_then(|country| country.attributes.iter().find(|attribute| attribute.0 == "refId"))
                .map(|attribute| attribute.1.clone())
                .unwrap_or_default();
            let code = codes.get(&reference).cloned().unwrap_or_default();
            let country = referenced(&mut address, "country");
            let mut translations = address.take_items("translations", "translation");
            if translations.is_empty() {
                translations.push(Element::default());
            }
            for mut translation in translations {
                let mut postal = Postal { country: country.clone(), code: code.clone(), ..Postal::default() };
                translation.take_attribute("id");
                translation.take_text("isPrimary");
                referenced(&mut translation, "script");
                for mut part in translation.take_items("addressParts", "addressPart") {
                    part.take_attribute("id");
                    let (words, text) = (referenced(&mut part, "type"), part.take_text("value"));
                    self.unknown(&part);
                    if !postal.put(&words, &text) {
                        self.party.note(&format!("Address, {words}: {text}"));
                        let message =
                            format!("`{words}` is not a part of an address we know; kept as a note");
                        self.issue("addressPart", IssueKind::UnknownValue, &text, &message);
                    }
                }
                self.unknown(&translation);
                if let Some(address) = postal.address(self.key, self.issues) {
                    self.party.add_address(address);
                }
            }
            self.unknown(&address);
        }
    }

    fn relationships(&mut self, entity: &mut Element) {
        for mut link in items(entity, "relationships", "relationship") {
            let mut tie = Tie {
                words: referenced(&mut link, "type"),
                quality: referenced(&mut link, "quality"),
                former: super::is_true(&link.take_text("isFormer")),
                ..Tie::default()
            };
            for mut other in link.take_all("relatedEntity") {
                tie.other = other.take_attribute("entityId");
                tie.name = std::mem::take(&mut other.text);
                self.unknown(&other);
            }
            let comment = link.take_text("comments");
            if !comment.is_empty() {
                self.party.note(&format!("{} {}: {comment}", tie.words, tie.name));
            }
            self.unknown(&link);
            if tie.other.is_empty() {
                self.issue("relationship", IssueKind::Missing, &tie.name, "a link names another party");
            } else {
                tie.add_to(self.party, self.issues);
            }
        }
    }
}

/// The items of a list without their numbers.
fn items(entity: &mut Element, list: &str, item: &str) -> Vec<Element> {
    let mut found = entity.take_items(list, item);
    for element in &mut found {
        element.drop_attributes(&["id", "refId"]);
    }
    found
}
