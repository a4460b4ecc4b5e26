//! Names as published, with what the publisher says about them.

use serde::{Deserialize, Serialize};

/// What kind of name a publisher says this is.
///
/// The order is the order of display: the primary name comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// The name the party is listed under.
    Primary,
    /// The primary name in its own script.
    OriginalScript,
    /// Another name of the same strength ("a.k.a.", good quality).
    Alias,
    /// A broad or generic name ("weak a.k.a.", low quality): corroborates, rarely proves.
    WeakAlias,
    /// A name no longer borne ("f.k.a.").
    Former,
}

impl NameKind {
    /// Every kind with its FollowTheMoney property, in order of display.
    pub const TABLE: [(Self, &'static str); 5] = [
        (Self::Primary, "name"),
        (Self::OriginalScript, "name"),
        (Self::Alias, "alias"),
        (Self::WeakAlias, "weakAlias"),
        (Self::Former, "previousName"),
    ];

    /// The FollowTheMoney property that carries names of this kind.
    pub fn property(self) -> &'static str {
        Self::TABLE[self as usize].1
    }

    /// The word people read: `primary`, `original script`, `alias`, `weak alias`, `former`.
    pub fn label(self) -> &'static str {
        ["primary", "original script", "alias", "weak alias", "former"][self as usize]
    }
}

/// The role of one part of a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamePartKind {
    /// First name or names.
    Given,
    /// Second or middle names.
    Middle,
    /// The father's name.
    Patronymic,
    /// The mother's name, or a second family name.
    Matronymic,
    /// Surname.
    Family,
    /// Surname before marriage.
    Maiden,
    /// Short or pet name.
    Nickname,
}

impl NamePartKind {
    /// Every kind with its FollowTheMoney property.
    pub const TABLE: [(Self, &'static str); 7] = [
        (Self::Given, "firstName"),
        (Self::Middle, "middleName"),
        (Self::Patronymic, "fatherName"),
        (Self::Matronymic, "motherName"),
        (Self::Family, "lastName"),
        (Self::Maiden, "lastName"),
        (Self::Nickname, "weakAlias"),
    ];

    /// The FollowTheMoney property that carries parts of this kind.
    pub fn property(self) -> &'static str {
        Self::TABLE[self as usize].1
    }
}

/// One typed part of a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NamePart {
    /// The role the publisher gives the part.
    pub kind: NamePartKind,
    /// The part as published.
    pub text: String,
}

/// One name of a party.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name {
    /// Kind and strength.
    pub kind: NameKind,
    /// One name as published, outer white space trimmed; never empty.
    pub text: String,
    /// Typed parts in the order given, when the publisher separates them; empty otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<NamePart>,
    /// ISO 639 code of the name's language, when published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The whole published cell when it held more than this one name (several names, brackets, notes).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
}

impl Name {
    /// A name without typed parts. White space around `text` is dropped.
    pub fn new(kind: NameKind, text: &str) -> Self {
        Self { kind, text: text.trim().to_owned(), parts: Vec::new(), language: None, published: None }
    }

    /// The same name with typed parts; empty parts are left out.
    #[must_use]
    pub fn with_parts<'a>(mut self, parts: impl IntoIterator<Item = (NamePartKind, &'a str)>) -> Self {
        self.parts.extend(
            parts
                .into_iter()
                .filter(|(_, text)| !text.trim().is_empty())
                .map(|(kind, text)| NamePart { kind, text: text.trim().to_owned() }),
        );
        self
    }

    /// The same name, remembering the published cell it was taken from if that said more.
    #[must_use]
    pub fn from_cell(mut self, cell: &str) -> Self {
        if cell.trim() != self.text {
            self.published = Some(cell.to_owned());
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_the_order_of_their_kinds() {
        for (index, (kind, _)) in NameKind::TABLE.iter().enumerate() {
            assert_eq!(*kind as usize, index);
        }
        for (index, (kind, _)) in NamePartKind::TABLE.iter().enumerate() {
            assert_eq!(*kind as usize, index);
        }
    }
}
