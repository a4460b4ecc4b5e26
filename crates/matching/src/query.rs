//! A query made ready for search: its names analysed, its facts as records.

use crate::analyze::{Analysis, INITIAL_WEIGHT, MAX_TOKENS, Part, Style, readings};
use crate::facts::{OwnedFacts, Years};
use crate::joins::{MAX_JOINED, joins};
use crate::likeness::Prepared;
use crate::names::{Side, bits};
use crate::points::{Points, points_for, polyline};
use crate::policy::{NameWeights, Policy};
use crate::segment::{NamePart, is_telling};
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
    /// What a candidate name must be able to match to reach the threshold with all the support facts can give.
    pub(crate) need: Need,
    /// Thousandths of half bits of every set of the first tokens; then of initials that stand for them.
    sums: [[i32; 1 << FEW_TOKENS]; 2],
    /// What names must be like with all the support facts can give, and for parties born years apart.
    quick: [Level; 2],
    /// Whether a name of a party born years apart must have a counterpart for every token.
    pub(crate) apart_needs_all: bool,
}

/// Tokens of which every set has a sum of its own.
pub(crate) const FEW_TOKENS: usize = 6;

/// What a candidate name must at least be able to match of a name of the query, in thousandths of half bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Need {
    /// If every token of the query found a counterpart.
    pub(crate) whole: i32,
    /// If one did not: then what agrees must be rare enough by itself.
    pub(crate) partial: i32,
}

/// Steps of support for which the need of a name is known beforehand.
pub(crate) const LEVELS: usize = 8;
/// Points a step.
const STEP: Points = 1000;

/// A query ready for search.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(crate) names: Vec<QueryName>,
    pub(crate) facts: OwnedFacts,
    /// Years of birth, if known.
    pub(crate) births: Option<Years>,
    /// What names must be like, by the points that facts give.
    levels: [Level; LEVELS],
    /// The level for parties born years apart.
    pub(crate) apart: usize,
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
        let apart = level_at(support, support - policy.facts.birth_day + policy.facts.birth_differs);
        let mut levels = [Level::NEVER; LEVELS];
        for (step, level) in levels.iter_mut().enumerate() {
            *level = Level::new(least - support + step as Points * STEP, &policy.names);
            if level.quality > 1000 {
                break;
            }
        }
        let mut names = Vec::new();
        for (index, name) in entity.names.iter().enumerate() {
            for (style, analysis) in readings(&name.text, entity.schema) {
                let mut prepared = prepare(index, style, analysis);
                prepared.need = levels[0].need(&prepared);
                let needs_all = levels[apart].need(&prepared).partial >= ALL_BITS * 1000;
                prepared.apart_needs_all = needs_all;
                prepared.quick = [levels[0], levels[apart]];
                prepared.sum_sets();
                names.push(prepared);
            }
        }
        let births = Some(Years::of_births(&facts.dates)).filter(|years| years.are_known());
        Self { names, facts, births, levels, apart, least, support }
    }

    /// Whether a name that can match so much reaches the threshold when its entity's facts give so many points.
    pub(crate) fn suffices(&self, name: &QueryName, reach: &Reach, facts: Points) -> bool {
        self.allows(name, reach, self.level(facts))
    }

    /// Whether it does at a level; if it does not at one, then at no higher.
    pub(crate) fn allows(&self, name: &QueryName, reach: &Reach, level: usize) -> bool {
        self.levels[level].allows(name, reach)
    }

    /// The level for an entity whose facts give so many points: 0 if they give all they can, higher for less.
    pub(crate) fn level(&self, facts: Points) -> usize {
        level_at(self.support, facts)
    }
}

/// The level for facts that give so many points.
fn level_at(support: Points, facts: Points) -> usize {
    ((support - facts) / STEP).clamp(0, LEVELS as Points - 1) as usize
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
    QueryName {
        name,
        style,
        analysis,
        side,
        spans,
        whole,
        need: Need { whole: 0, partial: 0 },
        sums: [[0; 1 << FEW_TOKENS]; 2],
        quick: [Level::NEVER; 2],
        apart_needs_all: false,
    }
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
    /// What a half bit of the query that found no counterpart, or agrees badly, counts at least, in thousandths.
    lightest: [i32; 2],
    /// Least quality; more than any if none is enough.
    quality: i32,
    /// Least half bits that allow this quality when a token found no counterpart.
    evidence: i32,
}

/// Half bits beyond which the lines of evidence are flat, and more than any name has.
const ENDS: i32 = 128;
const ALL_BITS: i32 = 1 << 13;

impl Level {
    /// Allows nothing.
    const NEVER: Self = Self { lightest: [0; 2], quality: 1001, evidence: ALL_BITS };

    fn new(least: Points, weights: &NameWeights) -> Self {
        let bonus = |quality| {
            if quality < weights.bonus_from {
                0
            } else {
                (weights.bonus_most - weights.bonus_least) * weights.bonus
            }
        };
        let quality = lowest(1001, |quality| polyline(&weights.quality, quality) + bonus(quality) >= least);
        let evidence = lowest(ENDS, |bits| {
            polyline(&weights.evidence, bits).max(polyline(&weights.evidence_with_extra, bits)) >= quality
        });
        let evidence = if evidence < ENDS { evidence } else { ALL_BITS };
        let lightest = weights.extra_in_query.map(|extra| extra.min(weights.contradiction).min(weights.loss));
        Self { lightest, quality, evidence }
    }

    /// Solves the formula of quality for what is matched if everything matched agrees wholly.
    fn need(self, name: &QueryName) -> Need {
        if self.quality > 1000 {
            return Need { whole: i32::MAX, partial: i32::MAX };
        }
        let (quality, lightest) = (i64::from(self.quality), i64::from(self.lightest[name.style as usize]));
        let against = quality * lightest * i64::from(name.whole) * 1000;
        let whole =
            (against as u64).div_ceil((1_000_000 - 1000 * quality + quality * lightest).max(1) as u64);
        let whole = i32::try_from(whole).unwrap_or(i32::MAX);
        Need { whole, partial: whole.max(self.evidence * 1000) }
    }

    /// Whether what can be matched allows the quality, everything that speaks against it counting as little as it can.
    fn allows(self, name: &QueryName, reach: &Reach) -> bool {
        let free = name.free();
        let (mut matched, mut against) = (name.side.weight_of(free) * 1000, 0);
        for at in bits(reach.hit & !free) {
            matched += reach.matched[at];
            against += reach.lost[at];
        }
        let missed = name.side.telling & !(reach.hit | free);
        against += name.side.weight_of(missed) * 1000;
        // An initial may stand for a word instead of what the word was found to be like.
        if name.style == Style::Person {
            for at in bits(reach.initials & name.side.telling & !free) {
                let initial = name.side.weight(at).min(i32::from(INITIAL_WEIGHT)) * 1000;
                let (own, lost) = if reach.hit >> at & 1 == 1 {
                    (reach.matched[at], reach.lost[at])
                } else {
                    (0, name.side.weight(at) * 1000)
                };
                matched += (initial - own).max(0);
                against -= lost;
            }
        }
        self.suffices(name.style, matched, against, missed == 0)
    }

    /// Whether so many thousandths of half bits matched and unmatched allow the quality.
    fn suffices(self, style: Style, matched: i32, against: i32, whole: bool) -> bool {
        let (matched, against) = (i64::from(matched), i64::from(against));
        let total = matched * 1000 + against * i64::from(self.lightest[style as usize]);
        matched * 1_000_000 >= i64::from(self.quality) * total
            && (whole || matched >= i64::from(self.evidence) * 1000)
    }
}

/// How much of a name of the query a candidate can match at most, in thousandths of half bits.
pub(crate) struct Reach {
    /// Tokens that found a counterpart.
    hit: u32,
    /// The most on which each agrees, and the least on which it does not.
    matched: [i32; MAX_TOKENS],
    lost: [i32; MAX_TOKENS],
    /// Tokens for which an initial of the candidate may stand.
    initials: u32,
}

impl Reach {
    pub(crate) fn new() -> Self {
        Self { hit: 0, matched: [0; MAX_TOKENS], lost: [0; MAX_TOKENS], initials: 0 }
    }

    /// Adds a counterpart of tokens of the query in some part of the candidate, agreeing by so many thousandths.
    pub(crate) fn add(&mut self, side: &Side, mask: u32, agreement: u16, part: Option<&NamePart>) {
        let Some(part) = part.filter(|part| mask.is_power_of_two() && is_telling(Part::from_byte(part.part)))
        else {
            // Several tokens share the weight; what is like a title or an article is passed over.
            for at in bits(mask) {
                self.note(at, side.weight(at) * 1000, 0);
            }
            return;
        };
        let at = mask.trailing_zeros() as usize;
        let weight = side.weight(at).min(i32::from(part.weight));
        let matched = weight * i32::from(agreement);
        self.note(at, matched, weight * 1000 - matched);
    }

    /// Adds the initials of the candidate, by their letters.
    pub(crate) fn add_initials(&mut self, side: &Side, letters: u32) {
        if letters != 0 {
            self.initials = side.beginning_with(side.telling, letters);
        }
    }

    /// What is known of tokens by themselves: those for which an initial may stand.
    pub(crate) fn with_initials(initials: u32) -> Self {
        Self { initials, ..Self::new() }
    }

    /// Adds a counterpart of one token that agrees on so many thousandths of half bits, and does not on so many.
    pub(crate) fn note(&mut self, at: usize, matched: i32, lost: i32) {
        let known = self.hit >> at & 1 == 1;
        self.lost[at] = if known { self.lost[at].min(lost) } else { lost };
        self.matched[at] = self.matched[at].max(matched);
        self.hit |= 1 << at;
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
    /// Whether a name can reach the threshold that holds counterparts of the tokens `hit` and initials of the tokens
    /// `initials`, if they agree wholly and its entity's facts give all they can, being born years `apart` or not; always
    /// if the query has more than [`FEW_TOKENS`].
    pub(crate) fn enough(&self, hit: u32, initials: u32, apart: bool) -> bool {
        if self.side.len() > FEW_TOKENS {
            return true;
        }
        let hit = (hit | self.free()) & self.side.all();
        let initials = initials & self.side.telling & !hit;
        let missed = self.side.telling & !hit;
        let against = self.sums[0][(missed & !initials) as usize];
        let matched = self.sums[0][hit as usize] + self.sums[1][initials as usize];
        self.quick[usize::from(apart)].suffices(self.style, matched, against, missed == 0)
    }

    fn sum_sets(&mut self) {
        for mask in 0..1u32 << self.side.len().min(FEW_TOKENS) {
            let initial = |at: usize| self.side.weight(at).min(i32::from(INITIAL_WEIGHT));
            let initials: i32 = bits(mask).map(initial).sum();
            self.sums[0][mask as usize] = self.side.weight_of(mask) * 1000;
            self.sums[1][mask as usize] = initials * 1000;
        }
    }

    /// Tokens of the query that need no counterpart of their own: its initials may stand for any word; numbers and
    /// fathers' names may be passed over.
    pub(crate) fn free(&self) -> u32 {
        let initials = if self.style == Style::Person { self.side.initials } else { 0 };
        initials | self.side.numbers | self.side.fathers
    }
}
