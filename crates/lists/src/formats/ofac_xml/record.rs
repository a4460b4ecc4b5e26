//! One `sdnEntry` to a [`Party`].

use super::items;
use crate::formats::ofac::facts;
use crate::formats::ofac::identifiers::Given;
use crate::formats::ofac::labels::{self, Meaning};
use crate::formats::ofac::measures::Family;
use crate::formats::ofac::names::{add_alias, name};
use crate::formats::ofac::party::Party;
use crate::formats::ofac::places::Postal;
use crate::formats::ofac::record::{has_name, texts, unknown};
use crate::formats::ofac::remarks::segments;
use crate::formats::xml::Element;
use cordon_model::{Country, CountryRole, Issue, IssueKind, NameKind, PartialDate, Schema};

/// Values of `sdnType`.
const TYPES: [(&str, Schema); 4] = [
    ("Individual", Schema::Person),
    ("Entity", Schema::Organization),
    ("Vessel", Schema::Vessel),
    ("Aircraft", Schema::Airplane),
];

/// Reads an entry; `None` with an issue when it has no number or no name.
pub(super) fn read(list: &str, family: Family, mut entry: Element, issues: &mut Vec<Issue>) -> Option<Party> {
    let key = entry.take_text("uid");
    let [last, first] = ["lastName", "firstName"].map(|field| entry.take_text(field));
    if key.is_empty() {
        let message = "an entry without a number cannot be kept";
        issues.push(Issue::new("file", "uid", IssueKind::Dropped, &full_name(&last, &first), message));
        return None;
    }
    let kind = entry.take_text("sdnType");
    let schema = TYPES.iter().find(|row| row.0.eq_ignore_ascii_case(&kind)).map(|row| row.1);
    if schema.is_none() {
        let message = "expected Individual, Entity, Vessel or Aircraft";
        issues.push(Issue::new(&key, "sdnType", IssueKind::UnknownValue, &kind, message));
    }
    let mut party = Party::open(list, &key, schema.unwrap_or(Schema::LegalEntity));
    let person = party.entity.schema.is_person();
    party.entity.add_name(name(NameKind::Primary, &full_name(&last, &first), person));
    let mut reader = Reader { party, entry, key, issues };
    reader.programs();
    reader.titles();
    reader.vessel();
    reader.aliases();
    reader.addresses();
    reader.countries();
    reader.births();
    reader.ids();
    reader.remarks();
    let Reader { mut party, entry, key, issues } = reader;
    unknown(&key, entry.leftovers(), issues);
    if !has_name(&party, issues) {
        return None;
    }
    party.finish(|_| family);
    Some(party)
}

/// `FAMILY, Given`, as the CSV files print it.
fn full_name(last: &str, first: &str) -> String {
    match (last, first) {
        ("", one) | (one, "") => one.to_owned(),
        (last, first) => format!("{last}, {first}"),
    }
}

struct Reader<'a> {
    party: Party,
    entry: Element,
    key: String,
    issues: &'a mut Vec<Issue>,
}

impl Reader<'_> {
    fn issue(&mut self, field: &str, kind: IssueKind, value: &str, message: &str) {
        self.issues.push(Issue::new(&self.key, field, kind, value, message));
    }

    fn programs(&mut self) {
        let codes = texts(&self.key, &mut self.entry, ["programList", "program"], self.issues);
        if codes.is_empty() {
            self.issues.push(self.party.without_program("program"));
        }
        for code in codes {
            self.party.add_program("program", &code, self.issues);
        }
    }

    fn titles(&mut self) {
        let title = self.entry.take_text("title");
        if !title.is_empty() {
            self.party.read_titles(&title);
        }
    }

    fn vessel(&mut self) {
        for mut vessel in self.entry.take_all("vesselInfo") {
            self.party.entity.add("type", &vessel.take_text("vesselType"));
            for field in ["tonnage", "grossRegisteredTonnage"] {
                self.party.add_tonnage(field, &vessel.take_text(field));
            }
            let [sign, flag, owner] =
                ["callSign", "vesselFlag", "vesselOwner"].map(|field| vessel.take_text(field));
            if !sign.is_empty() {
                self.issues.extend(self.party.add_call_sign("callSign", &sign));
            }
            if !flag.is_empty() {
                self.issues.extend(self.party.add_country(CountryRole::Flag, "vesselFlag", &flag));
            }
            if !owner.is_empty() {
                self.party.add_owner(&owner);
            }
            unknown(&self.key, vessel.leftovers(), self.issues);
        }
    }

    fn aliases(&mut self) {
        let person = self.party.entity.schema.is_person();
        for mut alias in items(&mut self.entry, "akaList", "aka") {
            let [words, category, last, first] =
                ["type", "category", "lastName", "firstName"].map(|field| alias.take_text(field));
            unknown(&self.key, alias.leftovers(), self.issues);
            let text = full_name(&last, &first);
            if text.is_empty() {
                self.issue("aka", IssueKind::Missing, &words, "an alias has a name");
                continue;
            }
            if !matches!(category.as_str(), "strong" | "weak") {
                let message = "expected strong or weak; read as strong";
                self.issue("category", IssueKind::UnknownValue, &category, message);
            }
            let name = name(NameKind::Alias, &text, person);
            add_alias(&mut self.party, &words, category == "weak", name, self.issues);
        }
    }

    fn addresses(&mut self) {
        for mut address in items(&mut self.entry, "addressList", "address") {
            let postal = Postal {
                lines: ["address1", "address2", "address3"].map(|field| address.take_text(field)).to_vec(),
                city: address.take_text("city"),
                state: address.take_text("stateOrProvince"),
                post_code: address.take_text("postalCode"),
                country: address.take_text("country"),
                ..Postal::default()
            };
            unknown(&self.key, address.leftovers(), self.issues);
            if let Some(address) = postal.address(&self.key, self.issues) {
                self.party.add_address(address);
            }
        }
    }

    fn countries(&mut self) {
        for (list, item, words) in [
            ("nationalityList", "nationality", "Nationality Country"),
            ("citizenshipList", "citizenship", "Citizenship Country"),
        ] {
            self.facts(list, item, "country", words);
        }
    }

    fn births(&mut self) {
        self.facts("dateOfBirthList", "dateOfBirthItem", "dateOfBirth", "Birthdate");
        self.facts("placeOfBirthList", "placeOfBirthItem", "placeOfBirth", "Place of Birth");
    }

    /// Reads a list of facts of one kind, the main ones first.
    fn facts(&mut self, list: &str, item: &str, field: &str, words: &str) {
        let mut found = items(&mut self.entry, list, item);
        let main: Vec<bool> = found.iter_mut().map(|item| item.take_text("mainEntry") == "true").collect();
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|at| !main[*at]);
        for at in order {
            let text = found[at].take_text(field);
            unknown(&self.key, found[at].leftovers(), self.issues);
            if !text.is_empty() {
                facts::read_fact(&mut self.party, words, &text, self.issues);
            }
        }
    }

    /// The list of documents is one of all facts a party has.
    fn ids(&mut self) {
        for mut id in items(&mut self.entry, "idList", "id") {
            let [words, number, country, issued, expires] =
                ["idType", "idNumber", "idCountry", "issueDate", "expirationDate"]
                    .map(|field| id.take_text(field));
            unknown(&self.key, id.leftovers(), self.issues);
            let labelled = labels::find(&words).map(|found| found.meaning);
            let bare = [&country, &issued, &expires].iter().all(|text| text.is_empty());
            if bare && !matches!(labelled, Some(Meaning::Identifier(_))) {
                facts::read_fact(&mut self.party, &words, &number, self.issues);
                continue;
            }
            let given = Given {
                issued: self.date("issueDate", &issued),
                expires: self.date("expirationDate", &expires),
                ..Given::default()
            };
            let given = self.country(given, &country);
            facts::read_document(&mut self.party, &words, &number, &given, self.issues);
        }
    }

    fn date(&mut self, field: &str, text: &str) -> Option<PartialDate> {
        if text.is_empty() {
            return None;
        }
        let read = PartialDate::parse(text);
        if let Err(error) = &read {
            self.issue(field, IssueKind::Unparsed, text, &error.to_string());
        }
        read.ok()
    }

    fn country(&mut self, mut given: Given, text: &str) -> Given {
        given.country = Country::parse(text).ok();
        if given.country.is_none() && !text.is_empty() {
            given.notes.push(text.to_owned());
            self.issue("idCountry", IssueKind::UnknownValue, text, "not a country we know; kept as a remark");
        }
        given
    }

    fn remarks(&mut self) {
        for segment in segments(&self.entry.take_text("remarks")) {
            facts::read(&mut self.party, "remarks", segment, self.issues);
        }
    }
}
