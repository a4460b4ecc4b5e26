//! The table of places, to which addresses and places of birth refer by number.

use super::unknown;
use crate::formats::countries::country;
use crate::formats::xml::Element;
use cordon_model::{Country, Issue, IssueKind};
use std::collections::BTreeMap;

/// One place.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Place {
    pub(super) location: String,
    pub(super) area: String,
    pub(super) country: Option<Country>,
}

impl Place {
    /// Location, area and country in one line.
    pub(super) fn line(&self) -> String {
        let country = self.country.map(Country::name).unwrap_or_default();
        let parts = [self.location.as_str(), self.area.as_str(), country];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Every place by its number.
#[derive(Debug, Default)]
pub(super) struct Places(BTreeMap<String, Place>);

impl Places {
    pub(super) fn add(&mut self, mut element: Element, issues: &mut Vec<Issue>) {
        let number = element.take_attribute("ssid");
        let location = element.take_text("location");
        // Other spellings of a place are of no use where the place itself is not matched.
        let areas: Vec<String> = element.take_all("area").into_iter().map(|area| area.text).collect();
        element.take_all("location-variant");
        element.take_all("area-variant");
        let found = element.take_all("country").into_iter().next().map(|mut named| read_country(&mut named));
        if let Some(Err(text)) = &found {
            let message = "not a country we know; the place is kept without it";
            issues.push(Issue::new(&number, "place/country", IssueKind::UnknownValue, text, message));
        }
        unknown(&number, &element, issues);
        let place = Place { location, area: areas.join(", "), country: found.and_then(Result::ok) };
        self.0.insert(number, place);
    }

    pub(super) fn get(&self, number: &str) -> Option<&Place> {
        self.0.get(number)
    }
}

/// The country of an element with a code and a name; its text when neither is one we know.
pub(super) fn read_country(element: &mut Element) -> Result<Country, String> {
    let code = element.take_attribute("iso-code");
    let name = std::mem::take(&mut element.text);
    Country::from_code(&code).or_else(|| country(&name)).ok_or(if name.is_empty() { code } else { name })
}
