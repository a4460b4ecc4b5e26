//! From a query to the entities of a segment that reach its threshold.
//!
//! Every name that could reach it is scored. A name is passed over only when the tokens of the query that have a
//! counterpart in it cannot, even if they agreed wholly and nothing else spoke against it, lift it to the threshold.

use crate::analyze::{MAX_TOKENS, Part, Style};
use crate::joins::{LEAST_JOINED, MAX_JOINED, join_keys, joined_likeness};
use crate::names::{MAX_PAIRS, NameScore, Pair, Pairs, Side, bits, score};
use crate::neighbours::Finder;
use crate::points::Points;
use crate::policy::Policy;
use crate::query::{OwnedForm, Query, QueryName, Span};
use crate::segment::{Neighbour, View, is_telling};
use crate::signals;
use cordon_model::NameKind;
use cordon_text::sound::Sound;
use rustc_hash::FxHashMap;

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
struct TokenHit {
    token: u32,
    query_name: u16,
    mask: u32,
    likeness: u16,
}

/// Buffers kept from query to query.
pub(crate) struct Scratch {
    finder: Finder,
    neighbours: Vec<Neighbour>,
    hits: Vec<TokenHit>,
    /// Token → its entries in `hits`.
    table: FxHashMap<u32, (u32, u32)>,
    /// Names with neighbouring tokens that a token of the query may be, written together.
    joined: Vec<(u32, u16, u8)>,
    /// Names seen for the current query name, by stamp.
    seen: Vec<u32>,
    stamp: u32,
    pairs: Pairs,
    /// Neighbours of forms that are not in the dictionary.
    cache: FxHashMap<(u64, String, bool), Vec<Neighbour>>,
}

/// Forms whose neighbours are remembered; beyond that the memory is emptied.
const CACHED_FORMS: usize = 1 << 16;

impl Scratch {
    pub(crate) fn new() -> Self {
        Self {
            finder: Finder::new(),
            neighbours: Vec::new(),
            hits: Vec::new(),
            table: FxHashMap::default(),
            joined: Vec::new(),
            seen: Vec::new(),
            stamp: 0,
            pairs: Pairs::EMPTY,
            cache: FxHashMap::default(),
        }
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
        scratch.hits.clear();
        scratch.joined.clear();
        scratch.table.clear();
        for (index, name) in self.query.names.iter().enumerate() {
            for span in &name.spans {
                self.look_up_span(index as u16, name.style, span, scratch);
            }
        }
        scratch.hits.sort_unstable_by_key(|hit| (hit.token, hit.query_name, hit.mask));
        let mut at = 0;
        while at < scratch.hits.len() {
            let token = scratch.hits[at].token;
            let start = at;
            while scratch.hits.get(at).is_some_and(|hit| hit.token == token) {
                at += 1;
            }
            scratch.table.insert(token, (start as u32, at as u32));
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
                scratch.hits.push(TokenHit { token, query_name, mask: span.mask, likeness });
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
                    scratch.hits.push(TokenHit { token, query_name, mask: span.mask, likeness });
                }
            }
        }
        let position = span.mask.trailing_zeros() as u8;
        match self.method {
            Method::Indexed => {
                for key in join_keys(&span.forms[0].sound) {
                    let names = self.view.names_with_join(key);
                    scratch.joined.extend(names.map(|name| (name, query_name, position)));
                }
            }
            Method::Exhaustive => {
                let names = 0..self.view.names.len() as u32;
                scratch.joined.extend(names.map(|name| (name, query_name, position)));
            }
        }
    }

    /// Fills `scratch.neighbours` with the tokens alike a form.
    fn neighbours(&self, form: &OwnedForm, scratch: &mut Scratch) {
        scratch.neighbours.clear();
        let prepared = form.prepared();
        if self.method == Method::Exhaustive {
            Finder::exhaustive(&self.view, &prepared, &mut scratch.neighbours);
            return;
        }
        if let Some(token) = self.view.find_token(&prepared) {
            scratch.neighbours.extend_from_slice(self.view.neighbours(token));
            return;
        }
        let key = (self.segment, form.text.clone(), form.unvowelled);
        if let Some(known) = scratch.cache.get(&key) {
            scratch.neighbours.extend_from_slice(known);
            return;
        }
        scratch.finder.find(&self.view, &prepared, &mut scratch.neighbours);
        if scratch.cache.len() >= CACHED_FORMS {
            scratch.cache.clear();
        }
        scratch.cache.insert(key, scratch.neighbours.clone());
    }

    /// Fills `scratch.neighbours` with the tokens that several tokens of the query may be, written together.
    fn joined_neighbours(&self, text: &str, sound: &Sound, scratch: &mut Scratch) {
        scratch.neighbours.clear();
        if self.method == Method::Exhaustive {
            for token in 0..self.view.token_count() as u32 {
                let likeness = joined_likeness(&self.view.token(token).sound, sound);
                if likeness > 0 && !self.view.token(token).unvowelled {
                    scratch.neighbours.push(Neighbour::new(token, [likeness; 2]));
                }
            }
            return;
        }
        let key = (self.segment ^ u64::MAX, text.to_owned(), false);
        if let Some(known) = scratch.cache.get(&key) {
            scratch.neighbours.extend_from_slice(known);
            return;
        }
        scratch.finder.find_joined(&self.view, sound, &mut scratch.neighbours);
        if scratch.cache.len() >= CACHED_FORMS {
            scratch.cache.clear();
        }
        scratch.cache.insert(key, scratch.neighbours.clone());
    }

    /// Calls `visit` with every name of the segment that may reach the threshold, once each.
    fn candidates(
        &self,
        index: usize,
        name: &QueryName,
        scratch: &mut Scratch,
        visit: &mut impl FnMut(&mut Scratch, u32),
    ) {
        let essential =
            if self.method == Method::Exhaustive { None } else { self.essential(index, name, scratch) };
        let Some(essential) = essential else {
            for candidate in 0..self.view.names.len() as u32 {
                visit(scratch, candidate);
            }
            return;
        };
        for at in 0..scratch.hits.len() {
            let hit = scratch.hits[at];
            if hit.query_name as usize != index || hit.mask & essential == 0 {
                continue;
            }
            for posting in self.view.postings(hit.token) {
                once(posting.get(), scratch, visit);
            }
        }
        if name.style == Style::Person {
            for token in bits(essential).filter_map(|at| self.initial_token(name, at)) {
                for posting in self.view.postings(token) {
                    once(posting.get(), scratch, visit);
                }
            }
        }
        for at in 0..scratch.joined.len() {
            let (candidate, query_name, position) = scratch.joined[at];
            if query_name as usize == index && essential >> position & 1 == 1 {
                once(candidate, scratch, visit);
            }
        }
    }

    /// The dictionary's token that is the first letter of a token of the query.
    fn initial_token(&self, name: &QueryName, at: usize) -> Option<u32> {
        let text = &name.analysis.tokens[at].forms[0].text;
        let form = OwnedForm::new(text.get(..1)?.to_owned(), false);
        self.view.find_token(&form.prepared())
    }

    /// The tokens of which a name must hold at least one, or its initial, to reach the threshold, chosen so that they
    /// lead to as few names as possible; `None` when no choice of tokens is enough and every name has to be looked at.
    fn essential(&self, index: usize, name: &QueryName, scratch: &Scratch) -> Option<u32> {
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
        for at in bits(name.side.telling & !name.side.initials) {
            if name.style == Style::Person {
                costs[at] += self.initial_token(name, at).map_or(0, |token| self.view.posting_count(token));
            }
            order[len] = at as u8;
            len += 1;
            essential |= 1 << at;
        }
        // What tokens that lead nowhere can match: initials match words, articles and titles match their like.
        let mut potential = name.side.weight_of(name.side.all() & !essential);
        if potential >= name.need {
            return None;
        }
        // The costliest are left out first, as long as those left out cannot reach the threshold by themselves.
        order[..len].sort_unstable_by_key(|at| std::cmp::Reverse((costs[*at as usize], *at)));
        for &at in &order[..len] {
            let more = name.side.weight(at as usize);
            if potential + more < name.need {
                potential += more;
                essential &= !(1 << at);
            }
        }
        Some(essential)
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
        let Some(points) = self.name_points(index, name, candidate, scratch) else { return };
        if points + self.query.support < self.query.least && self.query.facts.identifiers.is_empty() {
            return;
        }
        let entity = record.entity.get();
        let facts = signals::sum(&self.query.facts.view(), &self.view.facts(entity), &self.policy.facts);
        self.remember(
            Hit { entity, name: Some(candidate), query_name: index, points: points + facts },
            found,
            start,
        );
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

    /// Points of one name against another, or `None` if it cannot reach the threshold.
    fn name_points(
        &self,
        index: usize,
        name: &QueryName,
        candidate: u32,
        scratch: &mut Scratch,
    ) -> Option<Points> {
        let side = self.compare(index, name, candidate, scratch, self.method == Method::Exhaustive)?;
        let score = score(name.style, &name.side, &side, &mut scratch.pairs, &self.policy.names);
        Some(self.weakened(score, candidate).points(&self.policy.names))
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

    /// Collects the pairs of alike tokens into `scratch.pairs`. `None` if the query's tokens that found a counterpart
    /// cannot reach the threshold, unless `always`.
    pub(crate) fn compare(
        &self,
        index: usize,
        name: &QueryName,
        candidate: u32,
        scratch: &mut Scratch,
        always: bool,
    ) -> Option<Side> {
        scratch.pairs.clear();
        let mut hit = 0u32;
        for entry in self.view.name_tokens(candidate) {
            let Some(&(start, end)) = scratch.table.get(&entry.token.get()) else { continue };
            for token_hit in &scratch.hits[start as usize..end as usize] {
                if token_hit.query_name as usize == index {
                    hit |= token_hit.mask;
                    let pair = Pair {
                        query: token_hit.mask,
                        candidate: 1 << (entry.position & 31),
                        likeness: token_hit.likeness,
                    };
                    scratch.pairs.push(pair);
                }
            }
        }
        hit |= self.join_pairs(index, name, candidate, scratch);
        let parts = self.view.name_parts(candidate);
        let initials = parts.iter().any(|part| Part::from_byte(part.part) == Part::Initial);
        let potential = name.side.weight_of(hit) + name.initial_potential(hit, initials);
        if potential < name.need && !always {
            return None;
        }
        let mut side = Side::EMPTY;
        for part in parts {
            side.push(Part::from_byte(part.part), part.weight, part.first);
        }
        Some(side)
    }

    /// Adds pairs of one token of the query with several of the candidate; the tokens of the query that found one.
    fn join_pairs(&self, index: usize, name: &QueryName, candidate: u32, scratch: &mut Scratch) -> u32 {
        let start = scratch.joined.partition_point(|entry| *entry < (candidate, index as u16, 0));
        let mut hit = 0;
        for at in start..scratch.joined.len() {
            let (joined, query_name, position) = scratch.joined[at];
            if joined != candidate || query_name as usize != index {
                break;
            }
            let word = name.analysis.tokens[position as usize].forms[0].sound();
            self.joined_parts(candidate, &word, &mut |mask, likeness| {
                hit |= 1 << position;
                scratch.pairs.push(Pair { query: 1 << position, candidate: mask, likeness });
            });
        }
        hit
    }

    /// Calls `visit` with every row of neighbouring tokens of a name that sounds like the word when written together.
    fn joined_parts(&self, candidate: u32, word: &Sound, visit: &mut impl FnMut(u32, u16)) {
        let mut sounds = [None; MAX_TOKENS];
        for entry in self.view.name_tokens(candidate) {
            // The first form of a position comes first.
            let slot = &mut sounds[entry.position as usize & 31];
            if slot.is_none() {
                *slot = Some(self.view.token(entry.token.get()).sound);
            }
        }
        let parts = self.view.name_parts(candidate);
        let joins = |at: usize| {
            parts.get(at).is_some_and(|part| {
                matches!(Part::from_byte(part.part), Part::Word | Part::Particle | Part::Initial)
            })
        };
        let telling = |at: usize| parts.get(at).is_some_and(|part| is_telling(Part::from_byte(part.part)));
        for start in 0..parts.len().min(sounds.len()) {
            let Some(mut joined) = sounds[start].filter(|_| joins(start)) else { continue };
            let mut mask = 1u32 << start;
            let mut any = telling(start);
            for at in start + 1..(start + MAX_JOINED).min(sounds.len()) {
                let Some(sound) = sounds[at].filter(|_| joins(at)) else { break };
                joined = joined.join(&sound);
                mask |= 1 << at;
                any |= telling(at);
                let likeness = joined_likeness(word, &joined);
                if likeness >= LEAST_JOINED && any {
                    visit(mask, likeness);
                }
            }
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
        let facts = signals::sum(&self.query.facts.view(), &self.view.facts(entity), &self.policy.facts);
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
                let Some(side) = self.compare(index, name, candidate, scratch, true) else { continue };
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
        let side = self.compare(hit.query_name, name, candidate, scratch, true)?;
        let score = score(name.style, &name.side, &side, &mut scratch.pairs, &self.policy.names);
        let pairs = scratch.pairs.as_slice().to_vec();
        debug_assert!(pairs.len() <= MAX_PAIRS);
        Some((self.weakened(score, candidate), side, pairs))
    }
}

/// Visits a name unless it has been visited for this query name.
fn once(candidate: u32, scratch: &mut Scratch, visit: &mut impl FnMut(&mut Scratch, u32)) {
    let stamp = scratch.stamp;
    if let Some(seen) = scratch.seen.get_mut(candidate as usize)
        && *seen != stamp
    {
        *seen = stamp;
        visit(scratch, candidate);
    }
}

/// Sums below this are all the same: as good as impossible.
const LOWEST: Points = -10_000;

/// Least quality of a name that agrees wholly, trifles aside.
const WHOLE_QUALITY: i32 = 975;
