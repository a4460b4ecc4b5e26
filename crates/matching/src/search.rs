//! From a query to the entities of a segment that reach its threshold.
//!
//! Every name that could reach it is scored. A name is passed over only when the tokens of the query that have a
//! counterpart in it cannot, even if they agreed wholly and nothing else spoke against it, lift it to the threshold.

use crate::analyze::{MAX_TOKENS, Part, Style};
use crate::candidates::Marks;
use crate::joins::{MAX_JOINED, join_keys, joined_likeness, joins, may_be_joined};
use crate::names::{MAX_PAIRS, NameScore, Pair, Pairs, Side, score};
use crate::neighbours::Finder;
use crate::points::{Points, polyline};
use crate::policy::Policy;
use crate::query::{OwnedForm, Query, QueryName, Reach, Span};
use crate::segment::{Neighbour, View, is_telling};
use crate::signals;
use cordon_model::NameKind;
use cordon_text::sound::Sound;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// An entity that reached the threshold, by its best name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) entity: u32,
    /// Index into the segment's names; `None` if only an identifier led here and no name was asked.
    pub(crate) name: Option<u32>,
    /// Index into the query's prepared names.
    pub(crate) query_name: usize,
    pub(crate) points: Points,
}

/// A token of the dictionary that is alike a span of the query.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TokenHit {
    pub(crate) token: u32,
    pub(crate) query_name: u16,
    /// The tokens of the query.
    pub(crate) mask: u32,
    likeness: u16,
    /// Thousandths of the weight on which the tokens agree.
    pub(crate) agreement: u16,
    /// The next entry of the token, [`NONE`] after the last.
    next: u32,
}

/// No entry.
const NONE: u32 = u32::MAX;

/// Neighbouring tokens of a name that sound like a token of the query when written together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Joined {
    pub(crate) name: u32,
    pub(crate) query_name: u16,
    pub(crate) position: u8,
    /// The neighbouring tokens.
    mask: u32,
    likeness: u16,
}

/// Buffers kept from query to query.
pub(crate) struct Scratch {
    finder: Finder,
    neighbours: Vec<Neighbour>,
    pub(crate) hits: Vec<TokenHit>,
    /// Token → the last of its entries in `hits`; of meaning only for tokens in `hit_bits`.
    table: Vec<u32>,
    /// One bit a token of the dictionary: whether it is in `hits`. Most tokens of most names are not.
    hit_bits: Vec<u64>,
    /// Names with neighbouring tokens that a token of the query may be, written together.
    pub(crate) joined: Vec<Joined>,
    pub(crate) marks: Marks,
    /// Names seen for the current query name, by stamp.
    pub(crate) seen: Vec<u32>,
    pub(crate) stamp: u32,
    pairs: Pairs,
    /// The entity whose facts were compared last, and their points.
    facts: (Option<u32>, Points),
    /// Neighbours of forms that are not in the dictionary.
    cache: FxHashMap<u64, Cached>,
}

/// A form with its neighbours in a segment.
struct Cached {
    segment: u64,
    text: String,
    unvowelled: bool,
    neighbours: Vec<Neighbour>,
}

/// The neighbours of a form if they are remembered.
fn cached<'a>(
    cache: &'a FxHashMap<u64, Cached>,
    key: u64,
    (segment, text, unvowelled): (u64, &str, bool),
) -> Option<&'a [Neighbour]> {
    let known = cache.get(&key)?;
    let same = known.segment == segment && known.text == text && known.unvowelled == unvowelled;
    same.then_some(known.neighbours.as_slice())
}

fn cache_key((segment, text, unvowelled): (u64, &str, bool)) -> u64 {
    let mut hasher = FxHasher::default();
    (segment, text, unvowelled).hash(&mut hasher);
    hasher.finish()
}

/// Forms whose neighbours are remembered; beyond that the memory is emptied.
const CACHED_FORMS: usize = 1 << 16;

impl Scratch {
    pub(crate) fn new() -> Self {
        Self {
            finder: Finder::new(),
            neighbours: Vec::new(),
            hits: Vec::new(),
            table: Vec::new(),
            hit_bits: Vec::new(),
            joined: Vec::new(),
            marks: Marks::new(),
            seen: Vec::new(),
            stamp: 0,
            pairs: Pairs::EMPTY,
            facts: (None, 0),
            cache: FxHashMap::default(),
        }
    }
}

impl Scratch {
    /// Remembers what was just found; of two forms with one key the later.
    fn remember_neighbours(&mut self, key: u64, (segment, text, unvowelled): (u64, &str, bool)) {
        if self.cache.len() >= CACHED_FORMS {
            self.cache.clear();
        }
        let neighbours = self.neighbours.clone();
        self.cache.insert(key, Cached { segment, text: text.to_owned(), unvowelled, neighbours });
    }
}

/// How names are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// By the index.
    Indexed,
    /// By comparing the query with every token of the dictionary and every name: the proof of the index.
    Exhaustive,
}

/// One search in one segment.
pub(crate) struct Search<'a> {
    pub(crate) view: View<'a>,
    /// Tells segments apart in the cache.
    pub(crate) segment: u64,
    pub(crate) query: &'a Query,
    pub(crate) policy: &'a Policy,
    pub(crate) method: Method,
}

impl Search<'_> {
    /// Appends every entity that reaches the query's threshold, once each, in no particular order.
    pub(crate) fn run(&self, scratch: &mut Scratch, found: &mut Vec<Hit>) {
        let start = found.len();
        scratch.facts = (None, 0);
        if scratch.seen.len() < self.view.names.len() {
            scratch.seen.resize(self.view.names.len(), 0);
        }
        self.look_up(scratch);
        for (index, name) in self.query.names.iter().enumerate() {
            scratch.stamp = scratch.stamp.wrapping_add(1);
            if scratch.stamp == 0 {
                scratch.seen.fill(0);
                scratch.stamp = 1;
            }
            self.candidates(index, name, scratch, &mut |scratch, candidate| {
                self.consider(index, name, candidate, scratch, found, start);
            });
        }
        self.by_identifier(scratch, found, start);
    }

    /// Finds the dictionary's tokens that are alike the query's.
    fn look_up(&self, scratch: &mut Scratch) {
        for hit in &scratch.hits {
            if let Some(word) = scratch.hit_bits.get_mut(hit.token as usize / 64) {
                *word = 0;
            }
        }
        scratch.hits.clear();
        scratch.joined.clear();
        let words = self.view.token_count() / 64 + 1;
        if scratch.hit_bits.len() < words {
            scratch.hit_bits.resize(words, 0);
            scratch.table.resize(words * 64, 0);
        }
        for (index, name) in self.query.names.iter().enumerate() {
            for span in &name.spans {
                self.look_up_span(index as u16, name.style, span, scratch);
            }
        }
        for at in 0..scratch.hits.len() {
            let token = scratch.hits[at].token as usize;
            if let (Some(word), Some(first)) =
                (scratch.hit_bits.get_mut(token / 64), scratch.table.get_mut(token))
            {
                let known = *word >> (token % 64) & 1 == 1;
                scratch.hits[at].next = if known { *first } else { NONE };
                *word |= 1 << (token % 64);
                *first = at as u32;
            }
        }
        scratch.joined.sort_unstable();
    }

    fn look_up_span(&self, query_name: u16, style: Style, span: &Span, scratch: &mut Scratch) {
        if span.joined {
            let sound = span.forms[0].sound;
            self.joined_neighbours(&span.forms[0].text, &sound, scratch);
            for neighbour in std::mem::take(&mut scratch.neighbours) {
                let token = neighbour.token.get();
                let likeness = neighbour.likeness(style);
                scratch.hits.push(self.token_hit(token, query_name, span.mask, likeness));
            }
            return;
        }
        for form in &span.forms {
            self.neighbours(form, scratch);
            for at in 0..scratch.neighbours.len() {
                let neighbour = scratch.neighbours[at];
                let likeness = neighbour.likeness(style);
                if likeness > 0 {
                    let token = neighbour.token.get();
                    scratch.hits.push(self.token_hit(token, query_name, span.mask, likeness));
                }
            }
        }
        self.look_up_joins(query_name, span, scratch);
    }

    fn token_hit(&self, token: u32, query_name: u16, mask: u32, likeness: u16) -> TokenHit {
        let agreement = polyline(&self.policy.names.agreement, i32::from(likeness)).clamp(0, 1000) as u16;
        TokenHit { token, query_name, mask, likeness, agreement, next: NONE }
    }

    /// Finds the names of which neighbouring tokens, written together, sound like a token of the query.
    fn look_up_joins(&self, query_name: u16, span: &Span, scratch: &mut Scratch) {
        let word = span.forms[0].sound;
        if !may_be_joined(&word) {
            return;
        }
        let position = span.mask.trailing_zeros() as u8;
        let mut consider = |name: u32, start: u8, len: u8| {
            let likeness = self.join_likeness(&word, name, start, len);
            if likeness > 0 {
                let mask = ((1u32 << len) - 1) << start;
                scratch.joined.push(Joined { name, query_name, position, mask, likeness });
            }
        };
        match self.method {
            Method::Indexed => {
                for entry in join_keys(&word).flat_map(|key| self.view.joins_with(key)) {
                    consider(entry.name.get(), entry.start, entry.len);
                }
            }
            Method::Exhaustive => {
                for name in 0..self.view.names.len() as u32 {
                    let positions = self.view.name_parts(name).len().min(MAX_TOKENS) as u8;
                    for start in 0..positions {
                        for len in 2..=(positions - start).min(MAX_JOINED as u8) {
                            consider(name, start, len);
                        }
                    }
                }
            }
        }
    }

    /// Similarity of a word and neighbouring tokens of a name written together; 0 if they cannot be that word.
    fn join_likeness(&self, word: &Sound, name: u32, start: u8, len: u8) -> u16 {
        let parts = self.view.name_parts(name);
        let places = usize::from(start)..usize::from(start) + usize::from(len);
        let part = |at: usize| parts.get(at).map(|part| Part::from_byte(part.part));
        if places.end > MAX_TOKENS || !places.clone().all(|at| part(at).is_some_and(joins)) {
            return 0;
        }
        if !places.clone().any(|at| part(at).is_some_and(is_telling)) {
            return 0;
        }
        let mut joined: Option<Sound> = None;
        for at in places {
            let Some(sound) = self.view.position_sound(name, at as u8) else { return 0 };
            joined = Some(joined.map_or(sound, |before| before.join(&sound)));
        }
        joined.map_or(0, |joined| joined_likeness(word, &joined))
    }

    /// Fills `scratch.neighbours` with the tokens alike a form.
    fn neighbours(&self, form: &OwnedForm, scratch: &mut Scratch) {
        scratch.neighbours.clear();
        let prepared = form.prepared();
        if self.method == Method::Exhaustive {
            Finder::exhaustive(&self.view, &prepared, &mut scratch.neighbours);
            return;
        }
        if let Some(token) = self.view.find_form(prepared.text, prepared.unvowelled) {
            scratch.neighbours.extend_from_slice(self.view.neighbours(token));
            return;
        }
        let form = (self.segment, form.text.as_str(), form.unvowelled);
        let key = cache_key(form);
        if let Some(known) = cached(&scratch.cache, key, form) {
            scratch.neighbours.extend_from_slice(known);
            return;
        }
        scratch.finder.find(&self.view, &prepared, &mut scratch.neighbours);
        scratch.remember_neighbours(key, form);
    }

    /// Fills `scratch.neighbours` with the tokens that several tokens of the query may be, written together.
    fn joined_neighbours(&self, text: &str, sound: &Sound, scratch: &mut Scratch) {
        scratch.neighbours.clear();
        if self.method == Method::Exhaustive {
            for token in 0..self.view.token_count() as u32 {
                let other = self.view.token(token);
                let whole = !other.unvowelled && may_be_joined(&other.sound);
                let likeness = if whole { joined_likeness(&other.sound, sound) } else { 0 };
                if likeness > 0 {
                    scratch.neighbours.push(Neighbour::new(token, [likeness; 2]));
                }
            }
            return;
        }
        let form = (self.segment ^ u64::MAX, text, false);
        let key = cache_key(form);
        if let Some(known) = cached(&scratch.cache, key, form) {
            scratch.neighbours.extend_from_slice(known);
            return;
        }
        scratch.finder.find_joined(&self.view, sound, &mut scratch.neighbours);
        scratch.remember_neighbours(key, form);
    }

    /// Scores one name and remembers its entity if it reaches the threshold.
    fn consider(
        &self,
        index: usize,
        name: &QueryName,
        candidate: u32,
        scratch: &mut Scratch,
        found: &mut Vec<Hit>,
        start: usize,
    ) {
        let Some(record) = self.view.names.get(candidate as usize) else { return };
        if !self.styles_meet(name, record.style) {
            return;
        }
        let entity = record.entity.get();
        let gate = if self.method == Method::Exhaustive { None } else { Some(entity) };
        let Some(side) = self.compare(index, name, candidate, scratch, gate) else { return };
        let score = score(name.style, &name.side, &side, &mut scratch.pairs, &self.policy.names);
        let points =
            self.weakened(score, candidate).points(&self.policy.names) + self.facts_points(entity, scratch);
        self.remember(Hit { entity, name: Some(candidate), query_name: index, points }, found, start);
    }

    /// Points of what is known beside names. Names of one entity follow each other, so the last is remembered.
    pub(crate) fn facts_points(&self, entity: u32, scratch: &mut Scratch) -> Points {
        if scratch.facts.0 != Some(entity) {
            let facts = self.view.facts(entity);
            let points = signals::sum(&self.query.facts.view(), &facts, &self.policy.facts);
            scratch.facts = (Some(entity), points);
        }
        scratch.facts.1
    }

    /// A query read in both styles meets each name in the name's own style only.
    fn styles_meet(&self, name: &QueryName, style: u8) -> bool {
        name.style as u8 == style
            || !self.query.names.iter().any(|other| other.name == name.name && other.style as u8 == style)
    }

    fn remember(&self, mut hit: Hit, found: &mut Vec<Hit>, start: usize) {
        hit.points = hit.points.max(LOWEST);
        if hit.points < self.query.least {
            return;
        }
        // Of equal points the first name of the entity and of the query stands, whatever order they were met in.
        let rank = |hit: &Hit| (hit.points, std::cmp::Reverse((hit.name, hit.query_name)));
        match found[start..].iter_mut().find(|known| known.entity == hit.entity) {
            Some(known) if rank(&hit) > rank(known) => *known = hit,
            Some(_) => {}
            None => found.push(hit),
        }
    }

    /// A weak alias that does not agree wholly says less.
    pub(crate) fn weakened(&self, mut score: NameScore, candidate: u32) -> NameScore {
        let weak = self
            .view
            .names
            .get(candidate as usize)
            .is_some_and(|record| record.kind == NameKind::WeakAlias as u8);
        if weak && score.quality < WHOLE_QUALITY {
            score.quality = (score.quality - self.policy.names.weak_alias).max(0);
        }
        score
    }

    /// Collects the pairs of alike tokens into `scratch.pairs`. `None` if, the name being one of the entity `gate`, the
    /// tokens that found a counterpart cannot lift it to the threshold.
    pub(crate) fn compare(
        &self,
        index: usize,
        name: &QueryName,
        candidate: u32,
        scratch: &mut Scratch,
        gate: Option<u32>,
    ) -> Option<Side> {
        let initials = self.view.names.get(candidate as usize).map_or(0, |record| record.initials.get());
        if let Some(entity) = gate
            && !self.may_suffice(index, name, (candidate, entity, initials), scratch)
        {
            return None;
        }
        scratch.pairs.clear();
        let mut reach = Reach::new();
        let parts = self.view.name_parts(candidate);
        for entry in self.view.name_tokens(candidate) {
            for hit in hits_of(entry.token.get(), &scratch.hits, &scratch.table, &scratch.hit_bits) {
                if hit.query_name as usize == index {
                    let candidate = 1 << (entry.position & 31);
                    scratch.pairs.push(Pair { query: hit.mask, candidate, likeness: hit.likeness });
                    reach.add(&name.side, hit.mask, hit.agreement, parts.get(usize::from(entry.position)));
                }
            }
        }
        if !scratch.joined.is_empty() {
            Self::join_pairs(index, &name.side, candidate, scratch, &mut reach);
        }
        if let Some(entity) = gate {
            reach.add_initials(&name.side, initials);
            // It must suffice with all the support facts can give, then with what this entity's facts do give.
            let suffices = |facts| self.query.suffices(name, &reach, facts);
            if !suffices(self.query.support) || !suffices(self.facts_points(entity, scratch)) {
                return None;
            }
        }
        let mut side = Side::EMPTY;
        for part in parts {
            side.push(Part::from_byte(part.part), part.weight, part.first);
        }
        Some(side)
    }

    /// Whether a name of an entity holds counterparts of enough tokens of the query, however well they agree. Most names
    /// do not, and most of those are recognised here.
    fn may_suffice(
        &self,
        index: usize,
        name: &QueryName,
        (candidate, entity, initials): (u32, u32, u32),
        scratch: &Scratch,
    ) -> bool {
        let mut mask = 0;
        for entry in self.view.name_tokens(candidate) {
            for hit in hits_of(entry.token.get(), &scratch.hits, &scratch.table, &scratch.hit_bits) {
                if hit.query_name as usize == index {
                    mask |= hit.mask;
                }
            }
        }
        for joined in joined_in(candidate, index, &scratch.joined) {
            mask |= 1 << joined.position;
        }
        let initials = if name.style == Style::Person && initials != 0 {
            name.side.beginning_with(name.side.telling, initials)
        } else {
            0
        };
        let apart = self.query.births.is_some_and(|births| self.view.births(entity).is_apart(births));
        name.enough(mask, initials, apart)
    }

    /// Adds pairs of one token of the query with several of the candidate.
    fn join_pairs(index: usize, side: &Side, candidate: u32, scratch: &mut Scratch, reach: &mut Reach) {
        for joined in joined_in(candidate, index, &scratch.joined) {
            let query = 1 << joined.position;
            reach.add(side, query, 1000, None);
            scratch.pairs.push(Pair { query, candidate: joined.mask, likeness: joined.likeness });
        }
    }

    /// Entities that bear an identifier of the query, whatever their names.
    fn by_identifier(&self, scratch: &mut Scratch, found: &mut Vec<Hit>, start: usize) {
        for record in &self.query.facts.identifiers {
            for entity in self.view.entities_with_identifier(record.key.get()) {
                self.whole_entity(entity, scratch, found, start);
            }
        }
    }

    /// Scores every name of one entity.
    pub(crate) fn whole_entity(
        &self,
        entity: u32,
        scratch: &mut Scratch,
        found: &mut Vec<Hit>,
        start: usize,
    ) {
        let facts = self.facts_points(entity, scratch);
        if self.query.names.is_empty() {
            self.remember(Hit { entity, name: None, query_name: 0, points: facts }, found, start);
            return;
        }
        for candidate in self.view.entity_names(entity) {
            for (index, name) in self.query.names.iter().enumerate() {
                let style = self.view.names.get(candidate as usize).map_or(0, |record| record.style);
                if !self.styles_meet(name, style) {
                    continue;
                }
                let Some(side) = self.compare(index, name, candidate, scratch, None) else { continue };
                let score = score(name.style, &name.side, &side, &mut scratch.pairs, &self.policy.names);
                let points = self.weakened(score, candidate).points(&self.policy.names);
                self.remember(
                    Hit { entity, name: Some(candidate), query_name: index, points: points + facts },
                    found,
                    start,
                );
            }
        }
    }

    /// The pairs chosen between a name of the query and one of the segment, and their score.
    pub(crate) fn explain(&self, hit: &Hit, scratch: &mut Scratch) -> Option<(NameScore, Side, Vec<Pair>)> {
        let name = self.query.names.get(hit.query_name)?;
        let candidate = hit.name?;
        self.look_up(scratch);
        let side = self.compare(hit.query_name, name, candidate, scratch, None)?;
        let score = score(name.style, &name.side, &side, &mut scratch.pairs, &self.policy.names);
        let pairs = scratch.pairs.as_slice().to_vec();
        debug_assert!(pairs.len() <= MAX_PAIRS);
        Some((self.weakened(score, candidate), side, pairs))
    }
}

/// The joined words of one name.
fn joined_in(candidate: u32, index: usize, joined: &[Joined]) -> impl Iterator<Item = &Joined> {
    let of = move |joined: &Joined| (joined.name, usize::from(joined.query_name));
    let start = joined.partition_point(|joined| of(joined) < (candidate, index));
    joined[start..].iter().take_while(move |joined| of(joined) == (candidate, index))
}

/// The entries of one token of the dictionary.
fn hits_of<'a>(
    token: u32,
    hits: &'a [TokenHit],
    table: &[u32],
    bits: &[u64],
) -> impl Iterator<Item = &'a TokenHit> {
    let at = token as usize;
    let hit = bits.get(at / 64).is_some_and(|word| word >> (token % 64) & 1 == 1);
    let mut next = if hit { table.get(at).copied().unwrap_or(NONE) } else { NONE };
    std::iter::from_fn(move || {
        let hit = hits.get(next as usize)?;
        next = hit.next;
        Some(hit)
    })
}

/// Sums below this are all the same: as good as impossible.
pub(crate) const LOWEST: Points = -10_000;

/// Least quality of a name that agrees wholly, trifles aside.
const WHOLE_QUALITY: i32 = 975;
