//! The names of a segment that are worth looking into.
//!
//! In: a query name and the tokens of the dictionary alike its own. Out: every name that could reach the threshold, and
//! few others. A name qualifies by what is *marked* for it while the lists of names of all those tokens are read: for
//! each token of the query how well its best counterpart there can agree, in a few classes. Names with the same mark are
//! judged once.

use crate::analyze::{MAX_TOKENS, Style};
use crate::names::bits;
use crate::query::{FEW_TOKENS, LEVELS, Query, QueryName, Reach};
use crate::search::{Method, Scratch, Search};
use zerocopy::byteorder::little_endian::U32;

/// Names that are marked in the time in which one is looked into.
const LOOKED_INTO: usize = 48;

/// Least agreement of each class, in thousandths.
const CLASSES: [u16; 4] = [1000, 930, 800, 0];

/// Place of the tokens that found an initial in a mark; the classes of each token stand below.
const INITIALS: usize = FEW_TOKENS * CLASSES.len();

/// How many marks are remembered with what was judged of them.
const JUDGED: usize = 64;

/// No mark: there are more bits in it than a mark has.
const NO_MARK: u32 = u32::MAX;

/// What is marked for names, for one name of the query at a time.
pub(crate) struct Marks {
    /// A bit for each class of each token, and for each token an initial may stand for. All zero between searches.
    of: Vec<u32>,
    /// The most on which the counterparts of a class agree, in thousandths of half bits, and the least on which they
    /// do not; `None` for classes without a counterpart and those that cannot help to the threshold.
    classes: [[Option<(i32, i32)>; CLASSES.len()]; FEW_TOKENS],
    judged: [(u32, Verdict); JUDGED],
}

/// How much facts must support a name with some mark: the last level at which [`Query::allows`] it; `None` if all support
/// there can be is not enough.
type Verdict = Option<u8>;

impl Marks {
    pub(crate) fn new() -> Self {
        Self {
            of: Vec::new(),
            classes: [[None; CLASSES.len()]; FEW_TOKENS],
            judged: [(NO_MARK, None); JUDGED],
        }
    }

    /// The bit of a token's class.
    fn bit(at: usize, class: usize) -> u32 {
        1 << (at * CLASSES.len() + class)
    }

    /// What names with this mark need.
    fn judge(&mut self, query: &Query, name: &QueryName, mark: u32) -> Verdict {
        let slot = (mark.wrapping_mul(0x9E37_79B9) >> 26) as usize % JUDGED;
        let (known, verdict) = self.judged[slot];
        if known == mark {
            return verdict;
        }
        let mut reach = Reach::with_initials(mark >> INITIALS);
        for (at, classes) in self.classes.iter().enumerate() {
            for (class, bound) in classes.iter().enumerate() {
                if mark & Self::bit(at, class) != 0
                    && let Some((matched, lost)) = *bound
                {
                    reach.note(at, matched, lost);
                }
            }
        }
        let allowed = (0..LEVELS as u8).take_while(|level| query.allows(name, &reach, usize::from(*level)));
        let verdict = allowed.last();
        self.judged[slot] = (mark, verdict);
        verdict
    }

    /// Begins with another name of the query.
    fn begin(&mut self) {
        self.classes = [[None; CLASSES.len()]; FEW_TOKENS];
        self.judged = [(NO_MARK, None); JUDGED];
    }

    /// Notes a counterpart of one token.
    fn note(&mut self, at: usize, agreement: u16, matched: i32, lost: i32) {
        let bound = &mut self.classes[at][class(agreement)];
        let (most, least) = bound.unwrap_or((matched, lost));
        *bound = Some((most.max(matched), least.min(lost)));
    }

    /// Drops the classes that do not help to the threshold even if every other token agreed wholly.
    fn drop_useless(&mut self, query: &Query, name: &QueryName) {
        for at in 0..name.side.len() {
            for bound in &mut self.classes[at] {
                let Some((matched, lost)) = *bound else { continue };
                let mut reach = Reach::new();
                for other in (0..name.side.len()).filter(|other| *other != at) {
                    reach.note(other, name.side.weight(other) * 1000, 0);
                }
                reach.note(at, matched, lost);
                if !query.allows(name, &reach, 0) {
                    *bound = None;
                }
            }
        }
    }
}

/// The class of an agreement.
fn class(agreement: u16) -> usize {
    CLASSES.iter().position(|least| agreement >= *least).unwrap_or(CLASSES.len() - 1)
}

/// The dictionary's tokens that are the first letters of the query's tokens.
type Initials = [Option<u32>; MAX_TOKENS];

impl Search<'_> {
    /// Calls `visit` with every name of the segment that may reach the threshold, once each.
    pub(crate) fn candidates(
        &self,
        index: usize,
        name: &QueryName,
        scratch: &mut Scratch,
        visit: &mut impl FnMut(&mut Scratch, u32),
    ) {
        let initials = self.initials(name);
        if self.method == Method::Exhaustive {
            for candidate in 0..self.view.names.len() as u32 {
                visit(scratch, candidate);
            }
            return;
        }
        let essential = self.essential(index, name, &initials, scratch);
        let marked = self.mark(index, name, essential, &initials, scratch);
        let mut consider = |scratch: &mut Scratch, candidate: u32, initial: bool| {
            if !is_new(candidate, scratch) {
                return;
            }
            let may_suffice = if marked {
                self.is_marked_enough(name, candidate, scratch)
            } else {
                // An initial is no whole agreement.
                !(initial && name.apart_needs_all && self.is_born_apart(candidate))
            };
            if may_suffice {
                visit(scratch, candidate);
            }
        };
        let Some(essential) = essential else {
            for candidate in 0..self.view.names.len() as u32 {
                consider(scratch, candidate, false);
            }
            if marked {
                self.unmark(index, &initials, scratch);
            }
            return;
        };
        for at in 0..scratch.hits.len() {
            let hit = scratch.hits[at];
            if hit.query_name as usize == index && hit.mask & essential != 0 {
                for posting in self.view.postings(hit.token) {
                    consider(scratch, posting.get(), false);
                }
            }
        }
        for at in 0..scratch.joined.len() {
            let joined = scratch.joined[at];
            if joined.query_name as usize == index && essential >> joined.position & 1 == 1 {
                consider(scratch, joined.name, false);
            }
        }
        for token in bits(essential).filter_map(|at| initials[at]) {
            for posting in self.view.postings(token) {
                consider(scratch, posting.get(), true);
            }
        }
        if marked {
            self.unmark(index, &initials, scratch);
        }
    }

    /// Whether what is marked for a name can suffice with what is known of its entity.
    fn is_marked_enough(&self, name: &QueryName, candidate: u32, scratch: &mut Scratch) -> bool {
        let mark = scratch.marks.of.get(candidate as usize).copied().unwrap_or_default();
        let Some(level) = scratch.marks.judge(self.query, name, mark) else { return false };
        let level = usize::from(level);
        // Years of birth are quickly compared, and most people were born in others.
        if level < self.query.apart && self.is_born_apart(candidate) {
            return false;
        }
        let Some(record) = self.view.names.get(candidate as usize) else { return false };
        level >= self.query.level(self.facts_points(record.entity.get(), scratch))
    }

    /// Marks in every name which tokens of the query found a counterpart there and how well they may agree, if that is
    /// less work than looking into each name the essential tokens lead to.
    fn mark(
        &self,
        index: usize,
        name: &QueryName,
        essential: Option<u32>,
        initials: &Initials,
        scratch: &mut Scratch,
    ) -> bool {
        if name.side.len() > FEW_TOKENS {
            return false;
        }
        let (mut wanted, mut all) = (0, 0);
        let mut count = |token: u32, tokens: u32| {
            let names = self.view.posting_count(token);
            all += names;
            wanted += if essential.is_some_and(|essential| tokens & essential == 0) { 0 } else { names };
        };
        let Scratch { marks, hits, joined, .. } = scratch;
        let hits = || hits.iter().filter(|hit| hit.query_name as usize == index);
        let joined = || joined.iter().filter(|joined| usize::from(joined.query_name) == index);
        hits().for_each(|hit| count(hit.token, hit.mask));
        for (at, token) in initials.iter().enumerate() {
            if let Some(token) = token {
                count(*token, 1 << at);
            }
        }
        if essential.is_some() && wanted * LOOKED_INTO < all {
            return false;
        }
        marks.begin();
        marks.of.resize(self.view.names.len().max(marks.of.len()), 0);
        for hit in hits() {
            for at in bits(hit.mask) {
                let (agreement, matched, lost) = self.bound(name, hit.token, hit.mask, hit.agreement, at);
                marks.note(at, agreement, matched, lost);
            }
        }
        for joined in joined() {
            let at = usize::from(joined.position);
            marks.note(at, 1000, name.side.weight(at) * 1000, 0);
        }
        marks.drop_useless(self.query, name);
        let mut put = |bit: u32, names: &[U32]| {
            for posting in names {
                if let Some(known) = marks.of.get_mut(posting.get() as usize) {
                    *known |= bit;
                }
            }
        };
        for hit in hits() {
            let mut tokens = 0;
            for at in bits(hit.mask) {
                let (agreement, ..) = self.bound(name, hit.token, hit.mask, hit.agreement, at);
                let class = class(agreement);
                if marks.classes[at][class].is_some() {
                    tokens |= Marks::bit(at, class);
                }
            }
            if tokens != 0 {
                put(tokens, self.view.postings(hit.token));
            }
        }
        for (at, token) in initials.iter().enumerate().take(name.side.len()) {
            if let Some(token) = token {
                put(1 << (INITIALS + at), self.view.postings(*token));
            }
        }
        for joined in joined() {
            put(Marks::bit(usize::from(joined.position), 0), &[U32::new(joined.name)]);
        }
        true
    }

    /// How well one token of the query agrees at most with a counterpart in the dictionary, alone or written together
    /// with others: its class, and thousandths of half bits that agree at most and disagree at least.
    fn bound(&self, name: &QueryName, token: u32, mask: u32, agreement: u16, at: usize) -> (u16, i32, i32) {
        let weight = name.side.weight(at);
        let lightest = i32::from(self.view.lightest(token));
        if !mask.is_power_of_two() || lightest == 0 {
            return (1000, weight * 1000, 0);
        }
        let agreed = i32::from(agreement);
        (agreement, weight * agreed, weight.min(lightest) * (1000 - agreed))
    }

    /// Takes back what [`Search::mark`] marked.
    fn unmark(&self, index: usize, initials: &Initials, scratch: &mut Scratch) {
        let Scratch { marks, hits, joined, .. } = scratch;
        let mut clear = |name: u32| {
            if let Some(known) = marks.of.get_mut(name as usize) {
                *known = 0;
            }
        };
        let hits = hits.iter().filter(|hit| hit.query_name as usize == index).map(|hit| hit.token);
        for token in hits.chain(initials.iter().flatten().copied()) {
            self.view.postings(token).iter().for_each(|posting| clear(posting.get()));
        }
        for joined in joined.iter() {
            clear(joined.name);
        }
    }

    /// Whether the bearer of a name was born years before or after the party asked for.
    fn is_born_apart(&self, candidate: u32) -> bool {
        let Some(births) = self.query.births else { return false };
        let entity = self.view.names.get(candidate as usize).map_or(u32::MAX, |record| record.entity.get());
        self.view.births(entity).is_apart(births)
    }

    /// The dictionary's tokens that are the first letters of tokens for which an initial may stand.
    fn initials(&self, name: &QueryName) -> Initials {
        let mut initials = [None; MAX_TOKENS];
        if name.style == Style::Person {
            for at in bits(name.side.telling & !name.free()) {
                let first = name.analysis.tokens[at].forms[0].text.get(..1);
                initials[at] = first.and_then(|first| self.view.find_form(first.as_bytes(), false));
            }
        }
        initials
    }

    /// The tokens of which a name must hold at least one, or its initial, to reach the threshold, chosen so that they
    /// lead to as few names as possible; `None` when no choice of tokens is enough and every name has to be looked at.
    fn essential(
        &self,
        index: usize,
        name: &QueryName,
        initials: &Initials,
        scratch: &Scratch,
    ) -> Option<u32> {
        let mut costs = [0usize; MAX_TOKENS];
        for hit in scratch.hits.iter().filter(|hit| hit.query_name as usize == index) {
            let count = self.view.posting_count(hit.token);
            for at in bits(hit.mask) {
                costs[at] += count;
            }
        }
        let mut order = [0u8; MAX_TOKENS];
        let mut len = 0;
        let mut essential = 0u32;
        for at in bits(name.side.telling & !name.free()) {
            costs[at] += initials[at].map_or(0, |token| self.view.posting_count(token));
            order[len] = at as u8;
            len += 1;
            essential |= 1 << at;
        }
        // What tokens that lead nowhere can match: initials match words, articles and titles match their like, and
        // numbers may be passed over.
        let mut potential = name.side.weight_of(name.side.all() & !essential);
        let need = name.need.partial;
        if len == 0 || potential * 1000 >= need {
            return None;
        }
        // The costliest are left out first, as long as those left out cannot reach the threshold by themselves. One
        // stays: a name that holds none of the tokens lacks that one too.
        order[..len].sort_unstable_by_key(|at| std::cmp::Reverse((costs[*at as usize], *at)));
        for &at in &order[..len.saturating_sub(1)] {
            let more = name.side.weight(at as usize);
            if (potential + more) * 1000 < need {
                potential += more;
                essential &= !(1 << at);
            }
        }
        Some(essential)
    }
}

/// Whether a name is met for the first time for this query name.
fn is_new(candidate: u32, scratch: &mut Scratch) -> bool {
    let stamp = scratch.stamp;
    scratch.seen.get_mut(candidate as usize).is_some_and(|seen| std::mem::replace(seen, stamp) != stamp)
}
