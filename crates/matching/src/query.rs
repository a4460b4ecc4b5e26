//! A query made ready for search: its names analysed, its facts as records.

use crate::analyze::{Analysis, MAX_TOKENS, Part, Style, readings};
use crate::facts::OwnedFacts;
use crate::joins::{MAX_JOINED, joins};
use crate::likeness::Prepared;
use crate::names::Side;
use crate::points::{Points, points_for, polyline};
use crate::policy::{NameWeights, Policy};
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
    /// What a candidate name must be able to match to reach the threshold with all the support facts can give, then
    /// with a step less of it each: see [`Query::need`].
    needs: [Need; LEVELS],
}

/// What a candidate name must at least be able to match of a name of the query, in thousandths of half bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Need {
    /// If every token of the query found a counterpart.
    pub(crate) whole: i32,
    /// If one did not: then what agrees must be rare enough by itself.
    pub(crate) partial: i32,
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
        let levels: [Level; LEVELS] =
            std::array::from_fn(|level| Level::new(least - support + level as Points * STEP, &policy.names));
        let mut names = Vec::new();
        for (index, name) in entity.names.iter().enumerate() {
            for (style, analysis) in readings(&name.text, entity.schema) {
                let mut prepared = prepare(index, style, analysis);
                prepared.needs = levels.map(|level| level.need(&prepared, &policy.names));
                names.push(prepared);
            }
        }
        Self { names, facts, least, support }
    }

    /// What a candidate name must be able to match when its entity's facts give so many points.
    pub(crate) fn need(&self, name: &QueryName, facts: Points) -> Need {
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
    QueryName { name, style, analysis, side, spans, whole, needs: [Need { whole: 0, partial: 0 }; LEVELS] }
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

/// What names must be like to give some number of points.
#[derive(Debug, Clone, Copy)]
struct Level {
    /// Least quality; more than any if none is enough.
    quality: i32,
    /// Least half bits that allow this quality when a token found no counterpart.
    evidence: i32,
}

/// More half bits than any name has.
const ALL_BITS: i32 = 1 << 13;

impl Level {
    fn new(least: Points, weights: &NameWeights) -> Self {
        let bonus = |quality| {
            if quality < weights.bonus_from {
                0
            } else {
                (weights.bonus_most - weights.bonus_least) * weights.bonus
            }
        };
        let quality = lowest(1001, |quality| polyline(&weights.quality, quality) + bonus(quality) >= least);
        let evidence = lowest(ALL_BITS, |bits| {
            polyline(&weights.evidence, bits).max(polyline(&weights.evidence_with_extra, bits)) >= quality
        });
        Self { quality, evidence }
    }

    /// Solves the formula of quality for what is matched, everything unmatched counting as little as it can.
    fn need(&self, name: &QueryName, weights: &NameWeights) -> Need {
        if self.quality > 1000 {
            return Need { whole: i32::MAX, partial: i32::MAX };
        }
        let lightest =
            weights.extra_in_query[name.style as usize].min(weights.contradiction).min(weights.loss);
        let (quality, lightest) = (i64::from(self.quality), i64::from(lightest));
        let against = quality * lightest * i64::from(name.whole) * 1000;
        let whole =
            (against as u64).div_ceil((1_000_000 - 1000 * quality + quality * lightest).max(1) as u64);
        let whole = i32::try_from(whole).unwrap_or(i32::MAX);
        Need { whole, partial: whole.max(self.evidence * 1000) }
    }
}

/// The lowest number from 0 that satisfies a condition which all higher ones satisfy too; `end` if none below does.
fn lowest(end: i32, satisfies: impl Fn(i32) -> bool) -> i32 {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if satisfies(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

impl QueryName {
    /// What a candidate must be able to match with all the support facts can give.
    pub(crate) fn least_need(&self) -> Need {
        self.needs[0]
    }

    /// Tokens of the query that need no counterpart of their own: its initials may stand for any word, and numbers may
    /// be passed over.
    pub(crate) fn free(&self) -> u32 {
        let initials = if self.style == Style::Person { self.side.initials } else { 0 };
        initials | self.side.numbers
    }
}
