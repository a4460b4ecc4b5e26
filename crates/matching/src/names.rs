//! Two names, token against token: what agrees, what is left over, and how good a match that makes.
//!
//! In: the tokens of both sides by part and weight, and every pair of tokens that are alike. Out: the pairs chosen and
//! a [`NameScore`]. No allocation: this runs once per candidate name.

use crate::analyze::{MAX_TOKENS, Part, Style};
use crate::points::{Points, polyline};
use crate::policy::NameWeights;

/// The tokens of one side, as parallel arrays.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Side {
    len: u8,
    parts: [Part; MAX_TOKENS],
    weights: [u8; MAX_TOKENS],
    firsts: [u8; MAX_TOKENS],
    /// Tokens that tell: words, initials and numbers.
    pub(crate) telling: u32,
    /// Tokens that are initials.
    pub(crate) initials: u32,
    /// Tokens that are numbers.
    pub(crate) numbers: u32,
    /// Tokens that are fathers' names.
    pub(crate) fathers: u32,
}

impl Side {
    pub(crate) const EMPTY: Self = Self {
        len: 0,
        parts: [Part::Word; MAX_TOKENS],
        weights: [0; MAX_TOKENS],
        firsts: [0; MAX_TOKENS],
        telling: 0,
        initials: 0,
        numbers: 0,
        fathers: 0,
    };

    /// Adds a token with its first letter; tokens beyond [`MAX_TOKENS`] are not compared.
    pub(crate) fn push(&mut self, part: Part, weight: u8, first: u8) {
        let at = self.len as usize;
        if at == MAX_TOKENS {
            return;
        }
        (self.parts[at], self.weights[at], self.firsts[at]) = (part, weight, first);
        match part {
            Part::Word => self.telling |= 1 << at,
            Part::Father => {
                self.telling |= 1 << at;
                self.fathers |= 1 << at;
            }
            Part::Number => {
                self.telling |= 1 << at;
                self.numbers |= 1 << at;
            }
            Part::Initial => {
                self.telling |= 1 << at;
                self.initials |= 1 << at;
            }
            Part::Particle | Part::Title | Part::LegalForm(_) => {}
        }
        self.len += 1;
    }

    pub(crate) fn len(&self) -> usize {
        self.len as usize
    }

    /// The mask of all tokens.
    pub(crate) fn all(&self) -> u32 {
        ((1u64 << self.len) - 1) as u32
    }

    pub(crate) fn part(&self, at: usize) -> Part {
        self.parts[at]
    }

    pub(crate) fn weight(&self, at: usize) -> i32 {
        i32::from(self.weights[at])
    }

    /// Of a set of tokens those that begin with one of the letters, a bit each as [`letter`] gives it.
    pub(crate) fn beginning_with(&self, mask: u32, letters: u32) -> u32 {
        bits(mask).filter(|at| letters & letter(self.firsts[*at]) != 0).fold(0, |found, at| found | 1 << at)
    }

    /// Sum of the weights of a set of tokens.
    pub(crate) fn weight_of(&self, mask: u32) -> i32 {
        let (mut rest, mut sum) = (mask, 0);
        while rest != 0 {
            sum += i32::from(self.weights[rest.trailing_zeros() as usize]);
            rest &= rest - 1;
        }
        sum
    }

    fn legal_forms(&self) -> impl Iterator<Item = u8> {
        self.parts[..self.len()].iter().filter_map(|part| match part {
            Part::LegalForm(symbol) => Some(*symbol),
            _ => None,
        })
    }
}

/// The bit of a letter; letters that are not in the alphabet share theirs with others.
pub(crate) fn letter(first: u8) -> u32 {
    1 << (first & 31)
}

/// The positions of the bits set in a mask, ascending.
pub(crate) fn bits(mask: u32) -> impl Iterator<Item = usize> {
    let mut rest = mask;
    std::iter::from_fn(move || {
        if rest == 0 {
            return None;
        }
        let at = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        Some(at)
    })
}

/// Tokens of the query that are alike tokens of the candidate; several on one side when they are written together on
/// the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) query: u32,
    pub(crate) candidate: u32,
    /// Similarity in thousandths.
    pub(crate) likeness: u16,
}

/// Greatest number of pairs considered for two names.
pub(crate) const MAX_PAIRS: usize = 96;

/// A list of pairs on the stack.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pairs {
    len: usize,
    pairs: [Pair; MAX_PAIRS],
}

impl Pairs {
    pub(crate) const EMPTY: Self =
        Self { len: 0, pairs: [Pair { query: 0, candidate: 0, likeness: 0 }; MAX_PAIRS] };

    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    /// Adds a pair; of two with the same tokens the more alike stays. When the list is full the pair is left out: with
    /// so many pairs the names share far more tokens than decide.
    pub(crate) fn push(&mut self, pair: Pair) {
        let same = |other: &&mut Pair| other.query == pair.query && other.candidate == pair.candidate;
        if let Some(known) = self.pairs[..self.len].iter_mut().find(same) {
            known.likeness = known.likeness.max(pair.likeness);
        } else if self.len < MAX_PAIRS {
            self.pairs[self.len] = pair;
            self.len += 1;
        }
    }

    pub(crate) fn as_slice(&self) -> &[Pair] {
        &self.pairs[..self.len]
    }
}

/// How good a match two names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameScore {
    /// 0 to 1000; 1000 when every telling token agrees exactly and none is left over.
    pub(crate) quality: i32,
    /// Half bits on which the names agree.
    pub(crate) matched: i32,
    /// Telling tokens of the query that found no partner.
    pub(crate) query_left: u32,
    /// Telling tokens of the candidate that found no partner.
    pub(crate) candidate_left: u32,
}

/// Chooses the best disjoint pairs, matches initials, and scores what agrees against what does not.
///
/// `pairs` is left holding the chosen ones, best first.
pub(crate) fn score(
    style: Style,
    query: &Side,
    candidate: &Side,
    pairs: &mut Pairs,
    weights: &NameWeights,
) -> NameScore {
    let neutral = neutral(query, candidate, pairs, weights.neutral);
    let repeats = Repeats::of(pairs);
    choose(query, candidate, pairs);
    let (mut query_left, mut candidate_left) = (query.telling & !neutral.0, candidate.telling & !neutral.1);
    let (mut matched, mut lost) = (0, 0);
    let (mut words, mut inexact) = (0, false);
    for pair in pairs.as_slice() {
        query_left &= !pair.query;
        candidate_left &= !pair.candidate;
        let weight = query.weight_of(pair.query).min(candidate.weight_of(pair.candidate));
        let agreed = weight * polyline(&weights.agreement, i32::from(pair.likeness));
        matched += agreed;
        lost += weight * 1000 - agreed;
        inexact |= pair.likeness < weights.inexact;
        words += i32::from(pair.query & query.telling & !query.initials != 0);
    }
    let mut partial = false;
    if style == Style::Person && words > 0 {
        let before = query_left | candidate_left;
        matched += 1000 * match_initials(query, candidate, &mut query_left, &mut candidate_left, pairs);
        partial = before != query_left | candidate_left;
    }
    repeats.drop_from(&mut query_left, &mut candidate_left);
    // A father's name that only one side gives says nothing, if all the rest agrees.
    if words > 1 && query_left & !query.fathers | candidate_left & !candidate.fathers == 0 {
        if candidate_left == 0 && query_left != 0 {
            (query_left, partial) = (0, true);
        } else if query_left == 0 && candidate_left != 0 {
            (candidate_left, partial) = (0, true);
        }
    }
    // Another number of the same series is something else, but near enough to be looked at.
    let mut renumbered = false;
    if words > 0 && (query_left & query.numbers) | (candidate_left & candidate.numbers) != 0 {
        query_left &= !query.numbers;
        candidate_left &= !candidate.numbers;
        (renumbered, inexact) = (true, true);
    }
    let rest = |side: &Side, left: u32| side.weight_of(left) * 1000;
    let (query_rest, candidate_rest) = (rest(query, query_left), rest(candidate, candidate_left));
    let shared = query_rest.min(candidate_rest);
    let (query_extra, candidate_extra) = (query_rest - shared, candidate_rest - shared);
    let contradicted = if shared > 0 { shared.max(weights.contradiction_least * 1000) } else { 0 };
    let against = i64::from(contradicted) * i64::from(weights.contradiction)
        + i64::from(lost) * i64::from(weights.loss)
        + i64::from(query_extra) * i64::from(weights.extra_in_query[style as usize])
        + i64::from(candidate_extra) * i64::from(weights.extra_in_candidate[style as usize]);
    let total = i64::from(matched) * 1000 + against;
    let mut quality = if total == 0 { 0 } else { (i64::from(matched) * 1_000_000 / total) as i32 };
    partial |= query_left | candidate_left != 0;
    if inexact {
        quality = quality.min(polyline(&weights.evidence_inexact, matched / 1000));
    }
    if partial {
        let line = if query_extra > 0 { &weights.evidence_with_extra } else { &weights.evidence };
        quality = quality.min(polyline(line, matched / 1000));
    }
    if renumbered {
        quality -= weights.number_differs;
    }
    quality -= trifles(style, query, candidate, pairs, weights);
    NameScore { quality: quality.max(0), matched: matched / 1000, query_left, candidate_left }
}

/// Telling tokens of either side that are alike a title or particle of the other, and as such tell nothing.
fn neutral(query: &Side, candidate: &Side, pairs: &Pairs, least: u16) -> (u32, u32) {
    let mut neutral = (0, 0);
    for pair in pairs.as_slice().iter().filter(|pair| pair.likeness >= least) {
        match (pair.query & query.telling != 0, pair.candidate & candidate.telling != 0) {
            (true, false) => neutral.0 |= pair.query,
            (false, true) => neutral.1 |= pair.candidate,
            _ => {}
        }
    }
    neutral
}

/// Tokens of one side that are the same as one token of the other, so that one may be the other said twice.
struct Repeats {
    query: u32,
    candidate: u32,
}

impl Repeats {
    fn of(pairs: &Pairs) -> Self {
        let mut repeats = Self { query: 0, candidate: 0 };
        let pairs = pairs.as_slice();
        for (at, one) in pairs.iter().enumerate() {
            for two in pairs[at + 1..].iter().filter(|two| one.likeness.min(two.likeness) == 1000) {
                if one.candidate == two.candidate {
                    repeats.query |= one.query | two.query;
                }
                if one.query == two.query {
                    repeats.candidate |= one.candidate | two.candidate;
                }
            }
        }
        repeats
    }

    /// Leaves out what was said twice, if all that the other side says has found its partner.
    fn drop_from(&self, query_left: &mut u32, candidate_left: &mut u32) {
        if *candidate_left == 0 {
            *query_left &= !self.query;
        } else if *query_left == 0 {
            *candidate_left &= !self.candidate;
        }
    }
}

/// Keeps the best pairs that share no token: greedily by the weight on which they agree.
fn choose(query: &Side, candidate: &Side, pairs: &mut Pairs) {
    let gain = |pair: &Pair| {
        query.weight_of(pair.query).min(candidate.weight_of(pair.candidate)) * i32::from(pair.likeness)
    };
    let all = &mut pairs.pairs[..pairs.len];
    all.sort_unstable_by_key(|pair| {
        (std::cmp::Reverse((gain(pair), pair.likeness)), pair.query, pair.candidate)
    });
    let (mut query_used, mut candidate_used, mut kept) = (0, 0, 0);
    for at in 0..all.len() {
        let pair = all[at];
        // An article is no partner for a word that tells.
        let tells = (pair.query & query.telling != 0) == (pair.candidate & candidate.telling != 0);
        if tells && pair.query & query_used == 0 && pair.candidate & candidate_used == 0 {
            query_used |= pair.query;
            candidate_used |= pair.candidate;
            all[kept] = pair;
            kept += 1;
        }
    }
    pairs.len = kept;
}

/// Likeness noted for an initial and the word it may stand for.
pub(crate) const INITIAL_LIKENESS: u16 = 1;

/// Pairs initials left over on one side with words left over on the other that begin with the letter, in order of
/// place. Returns the half bits gained.
fn match_initials(
    query: &Side,
    candidate: &Side,
    query_left: &mut u32,
    candidate_left: &mut u32,
    pairs: &mut Pairs,
) -> i32 {
    let mut gained = 0;
    let mut pass =
        |initials: &Side, initials_left: &mut u32, words: &Side, words_left: &mut u32, swap: bool| {
            for at in bits(*initials_left & initials.initials) {
                let letter = initials.firsts[at];
                if let Some(word) = bits(*words_left).find(|word| words.firsts[*word] == letter) {
                    *initials_left &= !(1 << at);
                    *words_left &= !(1 << word);
                    gained += initials.weight(at).min(words.weight(word));
                    let (one, two) = (1 << at, 1 << word);
                    let (query, candidate) = if swap { (two, one) } else { (one, two) };
                    pairs.push(Pair { query, candidate, likeness: INITIAL_LIKENESS });
                }
            }
        };
    pass(query, query_left, candidate, candidate_left, false);
    pass(candidate, candidate_left, query, query_left, true);
    gained
}

/// Small deductions that keep a fuller agreement ahead of a lesser one without deciding anything.
fn trifles(style: Style, query: &Side, candidate: &Side, pairs: &Pairs, weights: &NameWeights) -> i32 {
    let paired =
        pairs.as_slice().iter().fold((0, 0), |(one, two), pair| (one | pair.query, two | pair.candidate));
    let particles = |side: &Side, paired: u32| {
        (0..side.len()).filter(|at| side.part(*at) == Part::Particle && paired >> at & 1 == 0).count() as i32
    };
    let mut trifle =
        (particles(query, paired.0) + particles(candidate, paired.1)).min(3) * weights.particle_missing;
    if style == Style::Other {
        let one = query.legal_forms().last();
        let two = candidate.legal_forms().last();
        trifle += match (one, two) {
            (Some(one), Some(two)) if one == two => 0,
            (Some(one), Some(two)) if same_family(one, two) => weights.legal_form_missing,
            (Some(_), Some(_)) => weights.legal_form_differs,
            (None, None) => 0,
            _ => weights.legal_form_missing,
        };
    }
    trifle
}

fn same_family(one: u8, two: u8) -> bool {
    use cordon_text::lexicon::legal_form;
    match (legal_form(one), legal_form(two)) {
        (Some(one), Some(two)) => {
            one.family == two.family || one.family == "company" || two.family == "company"
        }
        _ => false,
    }
}

impl NameScore {
    /// Points for a name of this quality; rarer names that agree well say more.
    pub(crate) fn points(&self, weights: &NameWeights) -> Points {
        let base = polyline(&weights.quality, self.quality);
        if self.quality < weights.bonus_from {
            return base;
        }
        base + (self.matched - weights.bonus_least).clamp(0, weights.bonus_most - weights.bonus_least)
            * weights.bonus
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;
    use proptest::prelude::*;

    fn side(tokens: &[(Part, u8, u8)]) -> Side {
        let mut side = Side::EMPTY;
        for &(part, weight, first) in tokens {
            side.push(part, weight, first);
        }
        side
    }

    fn words(weights: &[u8]) -> Side {
        side(&weights.iter().map(|weight| (Part::Word, *weight, b'x')).collect::<Vec<_>>())
    }

    fn check(query: &Side, candidate: &Side, pairs: &[(u32, u32, u16)]) -> NameScore {
        let mut list = Pairs::EMPTY;
        for &(query, candidate, likeness) in pairs {
            list.push(Pair { query, candidate, likeness });
        }
        score(Style::Person, query, candidate, &mut list, &Policy::default().names)
    }

    #[test]
    fn whole_agreement_is_whole() {
        let score = check(&words(&[12, 30]), &words(&[12, 30]), &[(1, 1, 1000), (2, 2, 1000)]);
        assert_eq!((score.quality, score.matched), (1000, 42));
    }

    #[test]
    fn one_other_given_name_contradicts() {
        let score = check(&words(&[12, 34]), &words(&[14, 34]), &[(2, 2, 1000)]);
        assert!(score.quality < 700, "{score:?}");
    }

    #[test]
    fn a_missing_middle_name_does_not() {
        let score = check(&words(&[14, 34]), &words(&[14, 20, 34]), &[(1, 1, 1000), (2, 4, 1000)]);
        assert!(score.quality > 800, "{score:?}");
    }

    #[test]
    fn an_initial_stands_for_its_word() {
        let query = side(&[(Part::Initial, 8, b'i'), (Part::Word, 34, b's')]);
        let candidate = side(&[(Part::Word, 14, b'i'), (Part::Word, 34, b's')]);
        let other = side(&[(Part::Word, 14, b'o'), (Part::Word, 34, b's')]);
        let pairs = [(2, 2, 1000)];
        assert!(check(&query, &candidate, &pairs).quality > check(&query, &other, &pairs).quality);
    }

    #[test]
    fn tokens_are_used_once() {
        let score = check(&words(&[20, 20]), &words(&[20]), &[(1, 1, 1000), (2, 1, 980)]);
        assert_eq!(score.query_left, 2);
        // Said twice, it is the same word.
        let score = check(&words(&[20, 20]), &words(&[20]), &[(1, 1, 1000), (2, 1, 1000)]);
        assert_eq!(score.query_left, 0);
    }

    proptest! {
        #[test]
        fn quality_is_bounded(
            query in proptest::collection::vec(2u8..34, 1..8),
            candidate in proptest::collection::vec(2u8..34, 1..8),
            pairs in proptest::collection::vec((0u32..8, 0u32..8, 680u16..=1000), 0..20),
        ) {
            let pairs: Vec<(u32, u32, u16)> = pairs
                .into_iter()
                .filter(|(one, two, _)| (*one as usize) < query.len() && (*two as usize) < candidate.len())
                .map(|(one, two, likeness)| (1 << one, 1 << two, likeness))
                .collect();
            let score = check(&words(&query), &words(&candidate), &pairs);
            prop_assert!((0..=1000).contains(&score.quality));
            prop_assert!(score.matched <= query.iter().map(|weight| i32::from(*weight)).sum());
        }
    }
}
