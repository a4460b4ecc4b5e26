//! One segment of the remarks, or one fact given under words of its own, to a fact of the party.
//!
//! A segment with a label we know goes where the label says; one without a label is a title the primary row has
//! already given, an address on the net, or a note. A segment that looks labelled, but not by a label we know, is kept as
//! a note and is an issue.

use super::identifiers::{self, Given};
use super::labels::{self, Labelled, Meaning};
use super::measures;
use super::names::{name, unquote};
use super::party::Party;
use super::places::country_of_birth;
use cordon_model::{
    CountryRole, DateRole, Direction, Identifier, Issue, IssueKind, NameKind, PartialDate, Relation,
    RelationKind, Schema, Scheme,
};

/// Reads one segment of remarks into the party. Issues are about the field `field`.
pub(in crate::formats) fn read(party: &mut Party, field: &str, segment: &str, issues: &mut Vec<Issue>) {
    let mut said = Said { field, segment, issues };
    match labels::find(segment) {
        Some(found) => read_known(party, &found, None, &mut said),
        None => read_free(party, &mut said),
    }
}

/// Reads a fact that a file gives under words of their own, as `Website`, `www.vtb.ru`. Words we do not know are an
/// issue; the fact is then kept as a note. A text may hold further facts behind semicolons.
pub(in crate::formats) fn read_fact(party: &mut Party, words: &str, text: &str, issues: &mut Vec<Issue>) {
    let more = text.match_indices("; ").map(|(at, _)| at).find(|at| labels::find(&text[at + 2..]).is_some());
    read_given(party, words, &text[..more.unwrap_or(text.len())], None, issues);
    if let Some(at) = more {
        // The rest begins with words of its own.
        read_rest(party, words, &text[at + 2..], issues);
    }
}

fn read_rest(party: &mut Party, field: &str, text: &str, issues: &mut Vec<Issue>) {
    let more = text.match_indices("; ").map(|(at, _)| at).find(|at| labels::find(&text[at + 2..]).is_some());
    read(party, field, &text[..more.unwrap_or(text.len())], issues);
    if let Some(at) = more {
        read_rest(party, field, &text[at + 2..], issues);
    }
}

/// Reads a document a file gives under words of their own, with what it says beside the number.
pub(in crate::formats) fn read_document(
    party: &mut Party,
    words: &str,
    number: &str,
    given: &Given,
    issues: &mut Vec<Issue>,
) {
    read_given(party, words, number, Some(given), issues);
}

fn read_given(party: &mut Party, words: &str, text: &str, given: Option<&Given>, issues: &mut Vec<Issue>) {
    let usual = XML_WORDS.iter().find(|row| row.0.eq_ignore_ascii_case(words)).map_or(words, |row| row.1);
    let segment = format!("{usual} {text}");
    let country = given.and_then(|given| given.country).map(|country| format!(" ({})", country.name()));
    let shown = format!("{}{}", segment.trim_end(), country.unwrap_or_default());
    let mut said = Said { field: words, segment: &shown, issues };
    match labels::find(&segment) {
        // A document is one whatever words it is given under.
        Some(found) if given.is_none() || matches!(found.meaning, Meaning::Identifier(_)) => {
            read_known(party, &found, given, &mut said);
        }
        _ if given.is_some() => {
            said.issue(
                party,
                IssueKind::UnknownValue,
                "not a kind of document we know; kept under its words",
            );
            read_identifier(party, words, Scheme::Other, text, given, &mut said);
        }
        _ => {
            party.note(said.segment);
            said.issue(party, IssueKind::UnknownField, "a kind of fact we do not know; kept as a note");
        }
    }
}

/// The words of the XML files where remarks have others.
const XML_WORDS: &[(&str, &str)] = &[
    ("Birthdate", "DOB"),
    ("Place of Birth", "POB"),
    ("Nationality Country", "nationality"),
    ("Citizenship Country", "citizen"),
];

/// What a segment is read from, for issues.
struct Said<'a> {
    field: &'a str,
    segment: &'a str,
    issues: &'a mut Vec<Issue>,
}

impl Said<'_> {
    fn issue(&mut self, party: &Party, kind: IssueKind, message: &str) {
        self.issues.push(Issue::new(party.entity.id.key(), self.field, kind, self.segment, message));
    }
}

/// Why a segment could not be read; it is then kept as a note.
type Refusal = (IssueKind, String);

fn read_known(party: &mut Party, found: &Labelled<'_>, given: Option<&Given>, said: &mut Said<'_>) {
    if let Some((kind, message)) = read_labelled(party, found, given, said) {
        party.note(said.segment);
        said.issue(party, kind, &message);
    }
}

fn read_labelled(
    party: &mut Party,
    found: &Labelled<'_>,
    given: Option<&Given>,
    said: &mut Said<'_>,
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
        Meaning::Country(role) => read_country(party, role, text, said),
        Meaning::Registration => {
            let craft = party.entity.schema.is_craft();
            let role = if craft { CountryRole::Flag } else { CountryRole::Jurisdiction };
            said.issues.extend(party.add_country(role, said.field, text));
        }
        Meaning::Gender => return read_gender(party, text),
        Meaning::Text(property) => party.entity.add(property, text),
        Meaning::Tonnage(property) => party.add_tonnage(property, text),
        Meaning::Position => party.add_position(text),
        Meaning::WeakName => read_weak_name(party, said.segment, found),
        Meaning::IssuerName => {
            party
                .entity
                .add_name(name(NameKind::Alias, text, false).from_cell(labels::without_alt(said.segment)));
        }
        Meaning::CallSign => said.issues.extend(party.add_call_sign(said.field, text)),
        Meaning::Identifier(scheme) => read_identifier(party, found.label, scheme, text, given, said),
        Meaning::Crypto => return read_crypto(party, text),
        Meaning::Link(kind, direction) => {
            party.add_link(Relation::to_name(kind, direction, text, found.label));
        }
        Meaning::LinkInside => {
            let role = found.label.trim_end_matches(':');
            party.add_inside_link(Relation::to_name(RelationKind::Unknown, Direction::Outgoing, text, role));
        }
        Meaning::Measures(code) => return read_measures(party, code, said.segment),
        Meaning::Listed(code) => return read_listing(party, code, said.segment),
        Meaning::Note => party.note(labels::without_alt(said.segment)),
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
fn read_country(party: &mut Party, role: CountryRole, text: &str, said: &mut Said<'_>) {
    let supposed = text.strip_prefix("possibly ");
    if supposed.is_some() {
        party.note(said.segment);
    }
    let role = if supposed.is_some() { CountryRole::Country } else { role };
    said.issues.extend(party.add_country(role, said.field, supposed.unwrap_or(text)));
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
    label: &str,
    scheme: Scheme,
    text: &str,
    given: Option<&Given>,
    said: &mut Said<'_>,
) {
    if let Some(inner) = labels::find(text)
        && let Meaning::Identifier(scheme) = inner.meaning
    {
        return read_identifier(party, inner.label, scheme, inner.text, given, said);
    }
    let vessel = party.entity.schema == Schema::Vessel;
    let (key, segment) = (party.entity.id.key().to_owned(), said.segment);
    let issue = |kind, message: &str| said.issues.push(Issue::new(&key, said.field, kind, segment, message));
    match identifiers::read(label, scheme, text, given, vessel, issue) {
        Some(identifier) => party.add_identifier(identifier),
        None => party.note(segment),
    }
}

fn read_crypto(party: &mut Party, text: &str) -> Option<Refusal> {
    let parsed = text.split_once(' ').map(|(currency, address)| Identifier::crypto(currency, address));
    match parsed {
        Some(Ok(identifier)) if !identifier.value.contains(' ') => party.add_identifier(identifier),
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

fn read_free(party: &mut Party, said: &mut Said<'_>) {
    let segment = said.segment;
    if party.has_title(segment) {
        return;
    }
    if let Some((property, value)) = on_the_net(segment) {
        party.entity.add(property, value);
        return;
    }
    party.note(segment);
    if looks_labelled(segment) {
        said.issue(party, IssueKind::UnknownField, "a label or number we do not know; kept as a note");
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
