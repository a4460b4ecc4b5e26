//! The tables of programmes and of the sets of measures within them.

use super::unknown;
use crate::formats::xml::Element;
use crate::programs::{authority, program};
use cordon_model::Measure;
use cordon_model::Measure::{
    ArmsEmbargo, AssetFreeze, ExportControl, FinancialRestriction, TransportRestriction, TravelBan,
};
use cordon_model::{Issue, IssueKind};
use std::collections::BTreeMap;

/// A set of measures of a programme.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Set {
    /// English key of the programme: `Belarus`.
    pub(super) program: String,
    /// Ordinance and set in English.
    pub(super) title: String,
    pub(super) measures: Vec<Measure>,
}

/// Every set by its number.
#[derive(Debug, Default)]
pub(super) struct Programs(BTreeMap<String, Set>);

/// Words in the English text of a set, in lower case, and what they stand for; all rows that fit count.
const WORDS: [(&str, &[Measure]); 12] = [
    ("restrictions on named individuals", &[AssetFreeze, TravelBan]),
    ("financial sanctions", &[AssetFreeze]),
    ("freezing", &[AssetFreeze]),
    ("assets", &[AssetFreeze]),
    ("travel", &[TravelBan]),
    ("entry", &[TravelBan]),
    ("money and capital market", &[FinancialRestriction]),
    ("financial restrictions", &[FinancialRestriction]),
    ("transactions", &[FinancialRestriction]),
    ("vessel", &[TransportRestriction]),
    ("arms", &[ArmsEmbargo]),
    ("goods", &[ExportControl]),
];

impl Programs {
    pub(super) fn add(&mut self, mut element: Element, issues: &mut Vec<Issue>) {
        let number = element.take_attribute("ssid");
        for passed_over in ["version-date", "predecessor-version-date"] {
            element.take_attribute(passed_over);
        }
        element.take_text("origin");
        let key = english(element.take_all("program-key"));
        let name = english(element.take_all("program-name"));
        let known = program(authority::SECO, &key);
        if known.is_none() {
            let message = "not a programme we know; what its sets forbid is told by their words";
            issues.push(Issue::new(&number, "program-key", IssueKind::UnknownValue, &key, message));
        }
        let mut sets: BTreeMap<String, Vec<Element>> = BTreeMap::new();
        for mut set in element.take_all("sanctions-set") {
            sets.entry(set.take_attribute("ssid")).or_default().push(set);
        }
        for (id, texts) in sets {
            let text = english(texts);
            let mut measures = measures(&text);
            if measures.is_empty() {
                measures = known.map(|known| known.measures.to_vec()).unwrap_or_default();
            }
            let title = [name.as_str(), text.as_str()].join(": ");
            let title = title.trim_matches([':', ' ']).to_owned();
            self.0.insert(id, Set { program: key.clone(), title, measures });
        }
        unknown(&number, &element, issues);
    }

    pub(super) fn get(&self, number: &str) -> Option<&Set> {
        self.0.get(number)
    }
}

/// The text in English, else the first one; the other languages say the same.
fn english(texts: Vec<Element>) -> String {
    let mut texts: Vec<(String, String)> =
        texts.into_iter().map(|mut text| (text.take_attribute("lang"), text.text)).collect();
    let at = texts.iter().position(|(language, _)| matches!(language.as_str(), "eng" | "en")).unwrap_or(0);
    if texts.is_empty() { String::new() } else { texts.swap_remove(at).1 }
}

fn measures(text: &str) -> Vec<Measure> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    for measure in WORDS.iter().filter(|(words, _)| lower.contains(words)).flat_map(|row| row.1) {
        if !found.contains(measure) {
            found.push(*measure);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sets_forbid() {
        for (text, expected) in [
            ("article 12 -- Restrictions on named individuals and entities", &[AssetFreeze, TravelBan][..]),
            ("article 16 and 17 -- Restrictions on the money and capital market", &[FinancialRestriction]),
            ("Vessel-related measures", &[TransportRestriction]),
            (
                "article 15 (Financial sanctions) and article 17 (Travel restrictions)",
                &[AssetFreeze, TravelBan],
            ),
            ("Annexe 8", &[]),
        ] {
            assert_eq!(measures(text), expected, "{text}");
        }
    }
}
