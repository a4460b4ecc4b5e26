//! A query made ready for search: its names analysed, its facts as records.

use crate::analyze::{Analysis, MAX_TOKENS, Part, Style, readings};
use crate::facts::OwnedFacts;
use crate::joins::{MAX_JOINED, joins};
use crate::likeness::Prepared;
use crate::names::Side;
use crate::points::{Points, points_for, polyline};
use crate::policy::Policy;
use cordon_model::{DateRole, Entity};
use cordon_text::lexicon;
use cordon_text::sound::Sound;

/// A form of a token that owns its text.
#[derive(Debug, Clone)]
pub(crate) struct OwnedForm {
    pub(crate) text: String,
    pub(crate) unvowelled: bool,
    grouped: bool,
    pub(crate) sound: Sound,
}

impl OwnedForm {
    pub(crate) fn new(text: String, unvowelled: bool) -> Self {
        let sound = if unvowelled { Sound::of_unvowelled(&text) } else { Sound::of(&text) };
        Self::with_sound(text, unvowelled, sound)
    }

    fn with_sound(text: String, unvowelled: bool, sound: Sound) -> Self {
        let grouped = !unvowelled && !lexicon::groups(&text).is_empty();
        Self { text, unvowelled, grouped, sound }
    }

    pub(crate) fn prepared(&self) -> Prepared<'_> {
        Prepared {
            text: self.text.as_bytes(),
            unvowelled: self.unvowelled,
            grouped: self.grouped,
            sound: self.sound,
        }
    }
}

/// Tokens of a query name that are looked up together.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    /// The tokens.
    pub(crate) mask: u32,
    /// Their forms; one if they are several tokens written together.
    pub(crate) forms: Vec<OwnedForm>,
    /// Whether they are several tokens written together.
    pub(crate) joined: bool,
}

/// A name of the query in one style.
#[derive(Debug, Clone)]
pub(crate) struct QueryName {
    /// Index of the name in the query.
    pub(crate) name: usize,
    pub(crate) style: Style,
    pub(crate) analysis: Analysis,
    pub(crate) side: Side,
    pub(crate) spans: Vec<Span>,
    /// Half bits of all telling tokens.
    pub(crate) whole: i32,
    /// Half bits of the query's tokens that a candidate name must at least be able to match to reach the threshold with
    /// all the support facts can give.
    pub(crate) need: i32,
    /// The same for less support, a step less each: see [`Query::need`].
    needs: [i32; LEVELS],
}

/// Steps of support for which the need of a name is known beforehand.
const LEVELS: usize = 16;
/// Points a step.
const STEP: Points = 500;

/// A query ready for search.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(crate) names: Vec<QueryName>,
    pub(crate) facts: OwnedFacts,
    /// Points an entity must reach.
    pub(crate) least: Points,
    /// Points that facts can add at most, identifiers aside.
    pub(crate) support: Points,
}

impl Query {
    /// Prepares a query for matches of at least `threshold` ten-thousandths.
    pub(crate) fn new(entity: &Entity, threshold: u16, policy: &Policy) -> Self {
        let facts = OwnedFacts::of(entity);
        let least = points_for(threshold);
        let support = support(&facts, policy);
        let mut names = Vec::new();
        for (index, name) in entity.names.iter().enumerate() {
            for (style, analysis) in readings(&name.text, entity.schema) {
                let mut prepared = prepare(index, style, analysis);
                let levels: [i32; LEVELS] = std::array::from_fn(|level| {
                    need(&prepared, least - support + level as Points * STEP, policy)
                });
                (prepared.need, prepared.needs) = (levels[0], levels);
                names.push(prepared);
            }
        }
        Self { names, facts, least, support }
    }
}

impl Query {
    /// Half bits that a candidate name must be able to match when its entity's facts give so many points.
    pub(crate) fn need(&self, name: &QueryName, facts: Points) -> i32 {
        let level = ((self.support - facts) / STEP).clamp(0, LEVELS as Points - 1);
        name.needs[level as usize]
    }
}

fn support(facts: &OwnedFacts, policy: &Policy) -> Points {
    let weights = &policy.facts;
    let birth = facts.dates.iter().any(|date| date.role == DateRole::Birth as u8);
    let any = |known: bool, points: Points| if known { points } else { 0 };
    any(birth, weights.birth_day)
        + any(!facts.countries.is_empty(), weights.country_same)
        + any(facts.gender != 0, weights.gender_same)
}

fn prepare(name: usize, style: Style, analysis: Analysis) -> QueryName {
    let mut side = Side::EMPTY;
    let mut spans = Vec::new();
    for (at, token) in analysis.tokens.iter().enumerate().take(MAX_TOKENS) {
        side.push(token.part, token.weight, token.forms[0].text.as_bytes()[0]);
        if matches!(token.part, Part::LegalForm(_)) {
            continue;
        }
        let forms = token.forms.iter().map(|form| OwnedForm::new(form.text.clone(), form.unvowelled));
        spans.push(Span { mask: 1 << at, forms: forms.collect(), joined: false });
    }
    join_spans(&analysis, &mut spans);
    let whole = side.weight_of(side.telling);
    QueryName { name, style, analysis, side, spans, whole, need: 0, needs: [0; LEVELS] }
}

/// Adds neighbouring tokens as written together.
fn join_spans(analysis: &Analysis, spans: &mut Vec<Span>) {
    let tokens = &analysis.tokens;
    for start in 0..tokens.len() {
        if !joins(tokens[start].part) {
            continue;
        }
        let mut mask = 1u32 << start;
        let mut sound = tokens[start].forms[0].sound();
        let mut text = tokens[start].forms[0].text.clone();
        for (at, token) in tokens.iter().enumerate().take(start + MAX_JOINED).skip(start + 1) {
            if !joins(token.part) {
                break;
            }
            mask |= 1 << at;
            sound = sound.join(&token.forms[0].sound());
            text.push_str(&token.forms[0].text);
            spans.push(Span {
                mask,
                forms: vec![OwnedForm::with_sound(text.clone(), false, sound)],
                joined: true,
            });
        }
    }
}

/// The half bits of a query name that must be matched for its quality to be able to reach `least` points.
fn need(name: &QueryName, least: Points, policy: &Policy) -> i32 {
    let weights = &policy.names;
    let reaches = |potential: i32| {
        let quality = upper_quality(name, potential, policy);
        let bonus = if quality >= weights.bonus_from {
            (weights.bonus_most - weights.bonus_least) * weights.bonus
        } else {
            0
        };
        polyline(&weights.quality, quality) + bonus >= least
    };
    let (mut low, mut high) = (0, name.whole + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        if reaches(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The greatest quality a candidate name can have of which at most `potential` half bits of the query can be matched.
pub(crate) fn upper_quality(name: &QueryName, potential: i32, policy: &Policy) -> i32 {
    if potential >= name.whole {
        return 1000;
    }
    let weights = &policy.names;
    let left = name.whole - potential;
    let against = left * weights.extra_in_query[name.style as usize].min(weights.contradiction);
    let share = potential * 1_000_000 / (potential * 1000 + against).max(1);
    share.min(polyline(&weights.evidence, potential))
}

impl QueryName {
    /// The most half bits that a candidate can match when the tokens `hit` found a counterpart: the query's initials
    /// may stand for any of its words, and its initials, if it has any, for any word of the query. Numbers that found
    /// none are passed over.
    pub(crate) fn potential(&self, hit: u32, candidate_has_initials: bool) -> i32 {
        let missed = self.side.telling & !hit;
        let by_initials = match (self.style, candidate_has_initials) {
            (Style::Other, _) => 0,
            (Style::Person, false) => missed & self.side.initials,
            (Style::Person, true) => missed,
        };
        self.side.weight_of(hit | by_initials | self.side.numbers)
    }
}
