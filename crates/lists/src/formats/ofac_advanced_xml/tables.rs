//! The file's own tables of codes: `AliasTypeValues`, `CountryValues`, …

use crate::formats::ofac::record::unknown;
use crate::formats::xml::Element;
use cordon_model::Issue;
use std::collections::HashMap;

/// A row of a table.
#[derive(Debug, Default)]
struct Row {
    text: String,
    attributes: Vec<(String, String)>,
}

/// Every table by the name of its rows, every row by its number.
#[derive(Debug, Default)]
pub(super) struct Tables {
    tables: HashMap<String, HashMap<String, Row>>,
}

impl Tables {
    /// Adds a table.
    pub(super) fn add(&mut self, mut table: Element, issues: &mut Vec<Issue>) {
        for mut row in std::mem::take(&mut table.children) {
            let number = row.take_attribute("ID");
            let read =
                Row { text: std::mem::take(&mut row.text), attributes: std::mem::take(&mut row.attributes) };
            unknown("file", row.leftovers(), issues);
            self.tables.entry(row.name).or_default().insert(number, read);
        }
        unknown("file", table.leftovers(), issues);
    }

    fn row(&self, table: &str, number: &str) -> Option<&Row> {
        self.tables.get(table)?.get(number)
    }

    /// The text of a row.
    pub(super) fn text(&self, table: &str, number: &str) -> Option<&str> {
        self.row(table, number).map(|row| row.text.as_str())
    }

    /// An attribute of a row.
    pub(super) fn attribute(&self, table: &str, number: &str, name: &str) -> Option<&str> {
        let attributes = &self.row(table, number)?.attributes;
        attributes.iter().find(|attribute| attribute.0 == name).map(|attribute| attribute.1.as_str())
    }
}
