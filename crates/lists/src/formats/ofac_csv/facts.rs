//! One segment of the remarks to a fact of the party.
//!
//! A segment with a label we know goes where the label says; one without a label is a title the primary row has
//! already given, an address on the net, or a note. A segment that looks labelled, but not by a label we know, is kept as
//! a note and is an issue.

use super::identifiers;
use super::labels::{self, Labelled, Meaning};
use super::measures;
use super::names::{name, unquote};
use super::party::Party;
use super::places::country_of_birth;
use cordon_model::{
    CountryRole, DateRole, Direction, Identifier, Issue, IssueKind, NameKind, PartialDate, Relation,
    RelationKind, Schema, Scheme,
};

/// Reads one segment into the party.
pub(in crate::formats) fn read(party: &mut Party, segment: &str, issues: &mut Vec<Issue>) {
    match labels::find(segment) {
        Some(found) => {
            if let Some((kind, message)) = read_labelled(party, segment, &found, issues) {
                party.note(segment);
                issues.push(Issue::new(party.entity.id.key(), FIELD, kind, segment, &message));
            }
        }
        None => read_free(party, segment, issues),
    }
}

/// The column of all segments.
const FIELD: &str = "Remarks";

/// Why a segment could not be read; it is then kept as a note.
type Refusal = (IssueKind, String);

fn read_labelled(
    party: &mut Party,
    segment: &str,
    found: &Labelled<'_>,
    issues: &mut Vec<Issue>,
) -> Option<Refusal> {
    let text = found.text;
    match found.meaning {
        Meaning::Date(role) => return read_date(party, role, text),
        Meaning::BirthPlace => {
            party.entity.add("birthPlace", text);
            if let Some(country) = country_of_birth(text) {
                party.entity.add_country(CountryRole::Birth, country);
            }
        }
        Meaning::Country(role) => read_country(party, role, text, segment, issues),
        Meaning::Registration => {
            let craft = party.entity.schema.is_craft();
            let role = if craft { CountryRole::Flag } else { CountryRole::Jurisdiction };
            issues.extend(party.add_country(role, FIELD, text));
        }
        Meaning::Gender => return read_gender(party, text),
        Meaning::Text(property) => party.entity.add(property, text),
        Meaning::Position => party.add_position(text),
        Meaning::WeakName => read_weak_name(party, segment, found),
        Meaning::IssuerName => party.entity.add_name(name(NameKind::Alias, text, false).from_cell(segment)),
        Meaning::Identifier(scheme) => read_identifier(party, segment, found.label, scheme, text, issues),
        Meaning::Crypto => return read_crypto(party, text),
        Meaning::Link(kind, direction) => {
            party.add_link(Relation::to_name(kind, direction, text, found.label));
        }
        Meaning::LinkInside => {
            let role = found.label.trim_end_matches(':');
            party.add_inside_link(Relation::to_name(RelationKind::Unknown, Direction::Outgoing, text, role));
        }
        Meaning::Measures(code) => return read_measures(party, code, segment),
        Meaning::Listed(code) => return read_listing(party, code, segment),
        Meaning::Note => party.note(labels::without_alt(segment)),
    }
    None
}

fn read_date(party: &mut Party, role: DateRole, text: &str) -> Option<Refusal> {
    match PartialDate::parse(text) {
        Ok(date) => party.entity.add_date(role, date),
        Err(error) => return Some((IssueKind::Unparsed, error.to_string())),
    }
    None
}

/// A nationality OFAC only supposes is a tie of unknown kind.
fn read_country(party: &mut Party, role: CountryRole, text: &str, segment: &str, issues: &mut Vec<Issue>) {
    let supposed = text.strip_prefix("possibly ");
    if supposed.is_some() {
        party.note(segment);
    }
    let role = if supposed.is_some() { CountryRole::Country } else { role };
    issues.extend(party.add_country(role, FIELD, supposed.unwrap_or(text)));
}

fn read_gender(party: &mut Party, text: &str) -> Option<Refusal> {
    let lower = text.to_lowercase();
    if !matches!(lower.as_str(), "male" | "female") {
        return Some((IssueKind::UnknownValue, "expected Male or Female".to_owned()));
    }
    party.entity.add("gender", &lower);
    None
}

/// A weak name; what kind of name it is beside that (former, trading) stays in the published text.
fn read_weak_name(party: &mut Party, segment: &str, found: &Labelled<'_>) {
    let weak = name(NameKind::WeakAlias, unquote(found.text), party.entity.schema.is_person());
    let plain = found.label == "a.k.a.";
    party.entity.add_name(if plain { weak } else { weak.from_cell(segment) });
}

/// An identifier; a second label inside it (`Identification Number ISIN: RU…`) is the narrower one.
fn read_identifier(
    party: &mut Party,
    segment: &str,
    label: &'static str,
    scheme: Scheme,
    text: &str,
    issues: &mut Vec<Issue>,
) {
    if let Some(inner) = labels::find(text)
        && let Meaning::Identifier(scheme) = inner.meaning
    {
        return read_identifier(party, segment, inner.label, scheme, inner.text, issues);
    }
    let key = party.entity.id.key().to_owned();
    let vessel = party.entity.schema == Schema::Vessel;
    let issue = |kind, message: &str| issues.push(Issue::new(&key, FIELD, kind, segment, message));
    match identifiers::read(label, scheme, text, vessel, issue) {
        Some(identifier) => party.entity.add_identifier(identifier),
        None => party.note(segment),
    }
}

fn read_crypto(party: &mut Party, text: &str) -> Option<Refusal> {
    let parsed = text.split_once(' ').map(|(currency, address)| Identifier::crypto(currency, address));
    match parsed {
        Some(Ok(identifier)) if !identifier.value.contains(' ') => party.entity.add_identifier(identifier),
        _ => return Some((IssueKind::Unparsed, "expected a currency and one address".to_owned())),
    }
    None
}

fn read_measures(party: &mut Party, code: &'static str, segment: &str) -> Option<Refusal> {
    let note = labels::without_alt(segment);
    let Some(measures) = measures::of_note(note) else {
        return Some((IssueKind::UnknownValue, format!("not a measure of {code} we know")));
    };
    party.note(note);
    party.say(code, measures);
    None
}

/// `Listing Date (EO 14024 Directive 2): 24 Feb 2022`.
fn read_listing(party: &mut Party, code: &'static str, segment: &str) -> Option<Refusal> {
    let day = segment.rsplit(')').next().unwrap_or_default().trim_start_matches([':', ' ']);
    match PartialDate::parse(day) {
        Ok(day) => party.add_listing(code, day),
        Err(error) => return Some((IssueKind::Unparsed, error.to_string())),
    }
    party.note(segment);
    None
}

fn read_free(party: &mut Party, segment: &str, issues: &mut Vec<Issue>) {
    if party.has_title(segment) {
        return;
    }
    if let Some((property, value)) = on_the_net(segment) {
        party.entity.add(property, value);
        return;
    }
    party.note(segment);
    if looks_labelled(segment) {
        let message = "a label or number we do not know; kept as a note";
        issues.push(Issue::new(party.entity.id.key(), FIELD, IssueKind::UnknownField, segment, message));
    }
}

/// An e-mail or web address without a label: `info@manartv.com`, `http://www.sanabel.org.uk (website)`.
fn on_the_net(segment: &str) -> Option<(&'static str, &str)> {
    let (address, kind) = segment.split_once(" (").unwrap_or((segment, ""));
    if address.contains(' ') || !(kind.is_empty() || kind.ends_with(')') || kind.ends_with(").")) {
        return None;
    }
    let site = ["http://", "https://", "www."].iter().any(|start| address.starts_with(start));
    match (site, address.contains('@')) {
        (true, _) => Some(("website", address)),
        (false, true) => Some(("email", address)),
        _ => None,
    }
}

/// Whether a text has a colon after at most this many words, or holds a number that is no year.
const LABEL_WORDS: usize = 8;

fn looks_labelled(segment: &str) -> bool {
    let colon = segment.split_once(": ").is_some_and(|(label, _)| label.split(' ').count() <= LABEL_WORDS);
    colon || segment.split([' ', '-', ',', '.', '(', ')']).any(is_number)
}

/// Three digits or more in one word, unless the word is a year or the number of a measure.
fn is_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let year = word.len() == 4 && digits == 4 && (word.starts_with("19") || word.starts_with("20"));
    let ordinal =
        word.ends_with("st") || word.ends_with("nd") || word.ends_with("rd") || word.ends_with("th");
    digits >= 3 && !year && !ordinal
}
