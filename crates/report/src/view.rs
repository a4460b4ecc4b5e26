//! Entities and evidence in words, shared by every output that people read.

use crate::shown::{cut, one_line};
use cordon_matching::{Evidence, Match};
use cordon_model::{
    Check, CountryRole, DateRole, Designation, Entity, Identifier, Name, PartialDate, Relation,
};
use cordon_screening::input::SHOWN_NAME;

/// A fact with the word for it: `born`, `1957-03`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The word.
    pub label: String,
    /// The value.
    pub value: String,
}

fn fact(label: &str, value: String) -> Fact {
    Fact { label: label.to_owned(), value }
}

/// A name, safe and at most [`SHOWN_NAME`] characters.
pub fn name(text: &str) -> String {
    cut(text, SHOWN_NAME)
}

/// The word for a date's role.
pub fn date_word(role: DateRole) -> &'static str {
    match role {
        DateRole::Birth => "born",
        DateRole::Death => "died",
        DateRole::Incorporation => "founded",
        DateRole::Dissolution => "dissolved",
        DateRole::Build => "built",
    }
}

/// A date in words: `1957-03-01`, `about 1957`, `1957 to 1960`.
pub fn date(date: PartialDate) -> String {
    let about = if date.is_circa() { "about " } else { "" };
    let to = if date.is_range() { format!(" to {}", date.to()) } else { String::new() };
    format!("{about}{}{to}", date.from())
}

/// The word for a country's role.
pub fn country_word(role: CountryRole) -> &'static str {
    match role {
        CountryRole::Nationality => "nationality",
        CountryRole::Citizenship => "citizenship",
        CountryRole::Birth => "born in",
        CountryRole::Jurisdiction => "registered in",
        CountryRole::Flag => "flag",
        CountryRole::PastFlag => "earlier flag",
        CountryRole::Country => "country",
    }
}

/// An identifier's value, with its country and a warning when its check digit is wrong.
pub fn identifier(identifier: &Identifier) -> String {
    let mut text = one_line(&identifier.value);
    if let Some(country) = identifier.country {
        text.extend([" (", country.name(), ")"]);
    }
    if identifier.check == Check::Failed {
        text.push_str(" (check digit wrong)");
    }
    text
}

/// Everything known of an entity beside names, designations and links.
pub fn facts(entity: &Entity) -> Vec<Fact> {
    let mut facts = Vec::new();
    for known in &entity.dates {
        facts.push(fact(date_word(known.role), date(known.date)));
    }
    for known in &entity.countries {
        facts.push(fact(country_word(known.role), known.country.name().to_owned()));
    }
    for known in &entity.identifiers {
        facts.push(fact(&one_line(&known.label()), identifier(known)));
    }
    for address in &entity.addresses {
        facts.push(fact("address", cut(&address.line(), 300)));
    }
    for (property, values) in &entity.properties {
        for value in values.iter().filter(|_| is_shown(property)) {
            facts.push(fact(&property_word(property), cut(value, 300)));
        }
    }
    merged(facts)
}

/// Facts of one label on one line.
fn merged(facts: Vec<Fact>) -> Vec<Fact> {
    let mut out: Vec<Fact> = Vec::new();
    for fact in facts {
        match out.iter_mut().find(|other| other.label == fact.label) {
            Some(other) if other.value.split("; ").any(|value| value == fact.value) => {}
            Some(other) => {
                other.value.push_str("; ");
                other.value.push_str(&fact.value);
            }
            None => out.push(fact),
        }
    }
    out
}

/// Properties that tell a reviewer nothing are left out; JSON has them all.
fn is_shown(property: &str) -> bool {
    !matches!(
        property,
        "topics" | "sourceUrl" | "programId" | "program" | "modifiedAt" | "createdAt" | "keywords"
    )
}

/// `birthPlace` as `birth place`.
fn property_word(property: &str) -> String {
    let mut word = String::with_capacity(property.len() + 2);
    for letter in one_line(property).chars() {
        if letter.is_uppercase() {
            word.push(' ');
            word.extend(letter.to_lowercase());
        } else {
            word.push(letter);
        }
    }
    word
}

/// A name with the word for its kind, unless it is the primary one.
pub fn named(known: &Name) -> String {
    match known.kind {
        cordon_model::NameKind::Primary => name(&known.text),
        kind => format!("{} ({})", name(&known.text), kind.label()),
    }
}

/// A designation in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Code and title of the programme.
    pub program: String,
    /// Who designated.
    pub authority: String,
    /// Day of listing, of the last change and of the end, as far as published.
    pub dates: Vec<String>,
    /// What it forbids; empty if not published.
    pub measures: String,
    /// The authority's reference; empty if not published.
    pub reference: String,
    /// Why, in the authority's words, cut; empty if not published.
    pub reason: String,
    /// A web address, or empty.
    pub url: String,
}

/// A designation in words.
pub fn act(designation: &Designation) -> Act {
    let known = [&designation.program, &designation.title];
    let mut program: Vec<String> =
        known.iter().map(|text| one_line(text)).filter(|text| !text.is_empty()).collect();
    program.dedup();
    let mut dates: Vec<String> = designation.listed.iter().map(|day| date(*day)).collect();
    if let Some(last) = designation.amended.last() {
        dates.push(format!("amended {}", date(*last)));
    }
    if let Some(ended) = designation.ended {
        dates.push(format!("ended {}", date(ended)));
    }
    let is_web = ["https://", "http://"].iter().any(|scheme| designation.url.starts_with(scheme));
    Act {
        program: program.join(": "),
        authority: one_line(&designation.authority),
        dates,
        measures: designation.measures.iter().map(|measure| measure.label()).collect::<Vec<_>>().join(", "),
        reference: one_line(&designation.reference),
        reason: cut(&designation.reason, 600),
        url: if is_web { one_line(&designation.url) } else { String::new() },
    }
}

impl Act {
    /// Programme, authority and dates on one line.
    pub fn line(&self) -> String {
        let parts = [&self.authority, &self.program].into_iter().chain(&self.dates);
        parts.filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// A link in words: `owned or controlled by Green Pine`.
pub fn relation(link: &Relation, other: Option<&str>) -> String {
    let id = link.other.as_deref().unwrap_or_default();
    let known = [link.name.as_str(), other.unwrap_or_default()].into_iter().find(|name| !name.is_empty());
    let mut text = format!("{} {}", link.label(), name(known.unwrap_or(id)));
    for (before, part, after) in [(" (", link.role.as_str(), ")"), (", ", link.share.as_str(), "")] {
        if !part.is_empty() {
            text.extend([before, &one_line(part), after]);
        }
    }
    if known.is_some() && !id.is_empty() {
        text.extend([" [", &one_line(id), "]"]);
    }
    text
}

/// Whether evidence speaks for a match, against it, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It speaks for it.
    For,
    /// It speaks against it.
    Against,
    /// It speaks for neither.
    Neither,
}

impl Verdict {
    /// A mark people read.
    pub fn mark(self) -> &'static str {
        match self {
            Self::For => "+",
            Self::Against => "−",
            Self::Neither => "·",
        }
    }

    /// A word people read.
    pub fn word(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Neither => "neither",
        }
    }
}

/// The verdict of evidence.
pub fn verdict(evidence: &Evidence) -> Verdict {
    match evidence.score.partial_cmp(&0.0) {
        Some(std::cmp::Ordering::Greater) => Verdict::For,
        Some(std::cmp::Ordering::Less) => Verdict::Against,
        _ => Verdict::Neither,
    }
}

/// A signal's id as words: `birth date`.
pub fn signal(evidence: &Evidence) -> String {
    evidence.signal.replace('_', " ")
}

/// The two names that were compared: the query's and the list entry's.
pub fn compared_names(query: &Entity, found: &Match) -> (String, String) {
    match found.evidence.iter().find(|evidence| evidence.signal == "name") {
        Some(evidence) => (name(&evidence.query), name(&evidence.candidate)),
        None => (name(query.caption()), name(found.entity.caption())),
    }
}

/// A score with two decimals that never rounds up to the threshold or to certainty.
pub fn score(score: f64) -> String {
    format!("{:.2}", (score * 100.0 + 1e-9).floor() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cordon_model::{EntityId, Measure, NameKind, PartialDate, Schema};

    #[test]
    fn designations_on_one_line() {
        let designation = Designation {
            authority: "OFAC".to_owned(),
            program: "DPRK2".to_owned(),
            title: "North Korea".to_owned(),
            measures: vec![Measure::AssetFreeze],
            listed: PartialDate::parse("2016-03-02").ok(),
            url: "javascript:alert(1)".to_owned(),
            ..Designation::default()
        };
        let act = act(&designation);
        assert_eq!(act.line(), "OFAC, DPRK2: North Korea, 2016-03-02");
        assert_eq!((act.measures.as_str(), act.url.as_str()), ("asset freeze", ""));
    }

    #[test]
    fn dates_in_words() {
        for (text, words) in
            [("1957-03", "1957-03"), ("1957~", "about 1957"), ("1957~/1960", "about 1957 to 1960")]
        {
            assert_eq!(date(PartialDate::parse(text).unwrap()), words);
        }
    }

    #[test]
    fn links_name_the_other_party() {
        let mut link = Relation::to_name(
            cordon_model::RelationKind::Ownership,
            cordon_model::Direction::Incoming,
            "A",
            "owner",
        );
        assert_eq!(relation(&link, None), "owned or controlled by A (owner)");
        link.other = Some("l:7".to_owned());
        assert_eq!(relation(&link, Some("B")), "owned or controlled by A (owner) [l:7]");
        link.name.clear();
        assert_eq!(relation(&link, Some("B")), "owned or controlled by B (owner) [l:7]");
        assert_eq!(relation(&link, None), "owned or controlled by l:7 (owner)");
    }

    #[test]
    fn facts_of_one_label_share_a_line() {
        let mut entity = Entity::new(EntityId::new("l", "1"), Schema::Person);
        entity.add_name(Name::new(NameKind::Alias, "A\u{7}"));
        for date in ["1957", "1958", "1957"] {
            entity.add_date(DateRole::Birth, PartialDate::parse(date).unwrap());
        }
        entity.add("birthPlace", "Pyongyang");
        entity.add("topics", "sanction");
        let facts: Vec<(String, String)> =
            facts(&entity).into_iter().map(|fact| (fact.label, fact.value)).collect();
        let expected = [("born", "1957; 1958"), ("birth place", "Pyongyang")];
        assert_eq!(facts, expected.map(|(label, value)| (label.to_owned(), value.to_owned())));
        assert_eq!(named(&entity.names[0]), "A\u{fffd} (alias)");
    }

    #[test]
    fn scores_are_not_flattered() {
        for (value, text) in [(1.0, "1.00"), (0.999, "0.99"), (0.7, "0.70"), (0.29, "0.29"), (0.0, "0.00")] {
            assert_eq!(score(value), text);
        }
    }
}
