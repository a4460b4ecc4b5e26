//! What may be done, and which roles may do it: one table.

use std::fmt;

/// One thing that may be done. Routes and commands each need one; API keys are given some.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// See lists, entities, changes and reports.
    Read,
    /// Ask whether someone is listed.
    Screen,
    /// Work on alerts and cases.
    Cases,
    /// Decide what needs a second pair of eyes.
    Approve,
    /// Bring lists up to date.
    Update,
    /// Read, verify and export the audit log.
    Audit,
    /// Add and change users.
    Users,
    /// Make and revoke API keys.
    Keys,
}

/// What a user is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Sees.
    Viewer,
    /// Screens and works on alerts.
    Analyst,
    /// An analyst who may decide on the work of others and read the audit log.
    Approver,
    /// May do everything.
    Admin,
}

/// Scopes in the order shown, with the word for each and the least role that has it.
const SCOPES: &[(Scope, &str, Role)] = &[
    (Scope::Read, "read", Role::Viewer),
    (Scope::Screen, "screen", Role::Analyst),
    (Scope::Cases, "cases", Role::Analyst),
    (Scope::Approve, "approve", Role::Approver),
    (Scope::Audit, "audit", Role::Approver),
    (Scope::Update, "update", Role::Admin),
    (Scope::Users, "users", Role::Admin),
    (Scope::Keys, "keys", Role::Admin),
];

const ROLES: &[(Role, &str)] = &[
    (Role::Viewer, "viewer"),
    (Role::Analyst, "analyst"),
    (Role::Approver, "approver"),
    (Role::Admin, "admin"),
];

impl Scope {
    /// Every scope, in the order shown.
    pub fn all() -> impl Iterator<Item = Self> {
        SCOPES.iter().map(|row| row.0)
    }

    /// Its word.
    pub fn as_str(self) -> &'static str {
        SCOPES.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The scope of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        SCOPES.iter().find(|row| row.1 == word).map(|row| row.0)
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Role {
    /// Every role, the least first.
    pub fn all() -> impl Iterator<Item = Self> {
        ROLES.iter().map(|row| row.0)
    }

    /// Its word.
    pub fn as_str(self) -> &'static str {
        ROLES.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The role of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        ROLES.iter().find(|row| row.1 == word).map(|row| row.0)
    }

    /// What it may do.
    pub fn scopes(self) -> Scopes {
        SCOPES.iter().filter(|row| row.2 <= self).map(|row| row.0).collect()
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of scopes, written as their words with blanks between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scopes(u16);

impl Scopes {
    /// Every scope.
    pub fn all() -> Self {
        Scope::all().collect()
    }

    /// Whether this one is in it.
    pub fn has(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// Whether all of the other are in it.
    pub fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The scopes, in the order shown.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::all().filter(move |scope| self.has(*scope))
    }

    /// The set written as words; the word that is none is the error.
    pub fn from_words(text: &str) -> Result<Self, String> {
        let words = text.split([' ', ',']).filter(|word| !word.is_empty());
        words.map(|word| Scope::from_word(word).ok_or_else(|| word.to_owned())).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Scope::as_str).collect();
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_what_its_row_says() {
        for (role, words) in [
            (Role::Viewer, "read"),
            (Role::Analyst, "read screen cases"),
            (Role::Approver, "read screen cases approve audit"),
            (Role::Admin, "read screen cases approve audit update users keys"),
        ] {
            assert_eq!(role.scopes().to_string(), words);
            assert_eq!(Role::from_word(role.as_str()), Some(role));
        }
        assert_eq!(Role::Admin.scopes(), Scopes::all());
    }

    #[test]
    fn sets_are_written_and_read() {
        for text in ["", "read", "read screen", "screen keys"] {
            assert_eq!(Scopes::from_words(text).unwrap().to_string(), text);
        }
        assert_eq!(Scopes::from_words("keys,read").unwrap().to_string(), "read keys");
        assert_eq!(Scopes::from_words("read root"), Err("root".to_owned()));
        assert!(Role::Approver.scopes().covers(Role::Analyst.scopes()));
        assert!(!Role::Analyst.scopes().covers(Role::Approver.scopes()));
    }
}
