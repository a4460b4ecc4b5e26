//! Words with a role in names: titles, particles, legal forms, numbers, and groups of words that mean the same.
//!
//! In: folded words ([`crate::fold`]) in their own script. Out: the role of the words at a place, and the group of a
//! romanised word. The tables stand beside this file as tab separated text; each says where its rows come from.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The role of one or several words of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Honorific, rank or office before or after a person's name; for ships the prefixes MV, MT, SS.
    Title,
    /// Article, preposition or filiation word inside any name: `al`, `bin`, `de`, `van`.
    Particle,
    /// Article, preposition or conjunction in the name of an organisation or a thing; in that of a person it may be a
    /// name: `the`, `of`, `un`, `na`.
    Connective,
    /// Legal form of an organisation; the number is its symbol, see [`legal_form`].
    LegalForm(u8),
    /// Several words that stand for one in the name of an organisation or a thing: `united states`, `usa`.
    Phrase(&'static str),
    /// A number written as digits, word, ordinal or Roman numeral.
    Number(u32),
}

/// A legal form's symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LegalForm {
    /// Short name of the symbol: `LLC`.
    pub name: &'static str,
    /// Forms of one family can be translations of each other: `limited`, `stock`, `partnership`, …
    pub family: &'static str,
}

/// A form's words after the first, with its role.
struct Phrase {
    rest: Vec<&'static str>,
    role: Role,
}

struct Tables {
    /// First word → phrases, longest first.
    roles: FxHashMap<&'static str, Vec<Phrase>>,
    legal_forms: Vec<LegalForm>,
    /// Endings and beginnings that scripts without blanks write together with the name: text, symbol.
    attached: Vec<(&'static str, u8)>,
    /// Romanised word → groups it belongs to.
    groups: FxHashMap<&'static str, Vec<Group>>,
}

/// Why two words mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKind {
    /// One given name in several languages: `vladimir`, `volodymyr`.
    GivenName,
    /// A short or pet form of a given name: `bill`, `william`.
    Nickname,
    /// One word in several languages, or its usual abbreviation: `bank`, `banque`; `corporation`, `corp`.
    Word,
}

/// A group of words with one meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// Number of the group.
    pub id: u16,
    /// Why its words belong together.
    pub kind: GroupKind,
}

const TITLES: &str = include_str!("lexicon/titles.tsv");
const PARTICLES: &str = include_str!("lexicon/particles.tsv");
const LEGAL_FORMS: &str = include_str!("lexicon/legal_forms.tsv");
const NUMBERS: &str = include_str!("lexicon/numbers.tsv");
const GROUPS: [(GroupKind, &str); 3] = [
    (GroupKind::GivenName, include_str!("lexicon/given_names.tsv")),
    (GroupKind::Nickname, include_str!("lexicon/nicknames.tsv")),
    (GroupKind::Word, include_str!("lexicon/words.tsv")),
];

static TABLES: LazyLock<Tables> = LazyLock::new(read);

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

fn forms(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(';').map(str::trim).filter(|form| !form.is_empty())
}

fn read() -> Tables {
    let mut tables = Tables {
        roles: FxHashMap::default(),
        legal_forms: Vec::new(),
        attached: Vec::new(),
        groups: FxHashMap::default(),
    };
    for row in rows(TITLES) {
        row.iter().flat_map(|cell| forms(cell)).for_each(|form| tables.add(form, Role::Title));
    }
    for row in rows(PARTICLES) {
        let [place, written] = row.as_slice() else { continue };
        let role = if *place == "organisations" { Role::Connective } else { Role::Particle };
        forms(written).for_each(|form| tables.add(form, role));
    }
    for row in rows(LEGAL_FORMS) {
        let [name, family, written, attached @ ..] = row.as_slice() else { continue };
        let symbol = tables.symbol(LegalForm { name, family });
        forms(written).for_each(|form| tables.add(form, Role::LegalForm(symbol)));
        for form in attached.iter().flat_map(|cell| forms(cell)) {
            tables.add(form, Role::LegalForm(symbol));
            tables.attached.push((form, symbol));
        }
    }
    // The longest is taken first.
    tables.attached.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    for row in rows(NUMBERS) {
        let [value, written] = row.as_slice() else { continue };
        let Ok(value) = value.parse() else { continue };
        forms(written).for_each(|form| tables.add(form, Role::Number(value)));
    }
    let mut id = 0;
    for (kind, text) in GROUPS {
        for row in rows(text) {
            let words = || row.iter().flat_map(|cell| forms(cell));
            let single = words().find(|form| !form.contains(' '));
            for word in words() {
                if let (true, Some(single)) = (word.contains(' '), single) {
                    tables.add(word, Role::Phrase(single));
                    continue;
                }
                let groups = tables.groups.entry(word).or_default();
                if !groups.contains(&Group { id, kind }) {
                    groups.push(Group { id, kind });
                }
            }
            id += 1;
        }
    }
    #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
    for phrases in tables.roles.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }
    tables
}

impl Tables {
    /// The symbol of a legal form, the same for all its rows.
    fn symbol(&mut self, form: LegalForm) -> u8 {
        let known = self.legal_forms.iter().position(|known| known.name == form.name);
        known.unwrap_or_else(|| {
            self.legal_forms.push(form);
            self.legal_forms.len() - 1
        }) as u8
    }

    fn add(&mut self, form: &'static str, role: Role) {
        let mut words = form.split(' ');
        if let Some(first) = words.next() {
            self.roles.entry(first).or_default().push(Phrase { rest: words.collect(), role });
        }
    }
}

/// The roles the words at the beginning of `words` can have, each with the number of words it takes, longest first.
pub fn roles<S: AsRef<str>>(words: &[S]) -> impl Iterator<Item = (Role, usize)> {
    let phrases =
        words.first().and_then(|first| TABLES.roles.get(first.as_ref())).map_or(&[][..], Vec::as_slice);
    phrases
        .iter()
        .filter(|phrase| {
            phrase.rest.len() < words.len()
                && phrase.rest.iter().zip(&words[1..]).all(|(form, word)| *form == word.as_ref())
        })
        .map(|phrase| (phrase.role, phrase.rest.len() + 1))
}

/// The legal form of a symbol.
pub fn legal_form(symbol: u8) -> Option<LegalForm> {
    TABLES.legal_forms.get(symbol as usize).copied()
}

/// Splits a legal form off the beginning or end of a word of a script that writes it together with the name
/// (`朝鲜贸易有限公司`): the rest and the symbol.
pub fn split_attached(word: &str) -> Option<(&str, u8)> {
    if word.is_ascii() || TABLES.roles.contains_key(word) {
        return None;
    }
    TABLES.attached.iter().find_map(|&(form, symbol)| {
        let rest = word.strip_suffix(form).or_else(|| word.strip_prefix(form))?;
        (!rest.is_empty()).then_some((rest, symbol))
    })
}

/// The groups of a romanised word; none for most words.
pub fn groups(word: &str) -> &'static [Group] {
    TABLES.groups.get(word).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    fn first(text: &str) -> Option<(Role, usize)> {
        let words: Vec<String> = text.split(' ').map(|word| fold(word).text).collect();
        roles(&words).next()
    }

    #[test]
    fn every_form_is_written_as_words_are_folded() {
        let mut wrong = Vec::new();
        for text in [TITLES, PARTICLES, LEGAL_FORMS, NUMBERS, GROUPS[0].1, GROUPS[1].1, GROUPS[2].1] {
            let skip =
                usize::from(text == NUMBERS || text == PARTICLES) + 2 * usize::from(text == LEGAL_FORMS);
            for row in rows(text) {
                for form in row.iter().skip(skip).flat_map(|cell| forms(cell)) {
                    let folded: Vec<String> = form.split(' ').map(|word| fold(word).text).collect();
                    let folded = folded.join(" ");
                    if folded != form {
                        wrong.push(format!("`{form}` folds to `{folded}`"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn roles_of_words() {
        assert_eq!(first("Dr"), Some((Role::Title, 1)));
        assert_eq!(first("al"), Some((Role::Particle, 1)));
        assert_eq!(first("III"), Some((Role::Number(3), 1)));
        assert_eq!(first("Lavrov"), None);
        let llc = first("LLC").map(|(role, _)| role);
        assert!(matches!(llc, Some(Role::LegalForm(_))));
        assert_eq!(first("Limited Liability Company"), llc.map(|role| (role, 3)));
        assert_eq!(first("Общество с ограниченной ответственностью"), llc.map(|role| (role, 4)));
        let Some(Role::LegalForm(symbol)) = llc else { panic!("no legal form") };
        assert_eq!(legal_form(symbol).map(|form| form.name), Some("LLC"));
    }

    #[test]
    fn attached_legal_forms() {
        assert_eq!(split_attached("朝鲜贸易有限公司").map(|(rest, _)| rest), Some("朝鲜贸易"));
        assert_eq!(split_attached("有限公司"), None);
        assert_eq!(split_attached("gazprom"), None);
    }

    #[test]
    fn groups_of_words() {
        let meet = |one: &str, two: &str| groups(one).iter().any(|group| groups(two).contains(group));
        assert!(meet("vladimir", "volodymyr"));
        assert!(meet("bill", "william"));
        assert!(meet("bank", "banque"));
        assert!(!meet("vladimir", "william"));
    }
}
