//! The sections of an open segment as slices.

use super::SegmentError;
use super::format::{
    EntityRecord, IdentifierEntry, JoinEntry, KeyEntry, Layout, NamePart, NameRecord, NameToken, Neighbour,
    Section, place,
};
use crate::analyze::Style;
use crate::facts::{CountryRecord, DateRecord, Facts, IdentifierRecord, Years};
use crate::likeness::Prepared;
use cordon_model::{Entity, Schema};
use cordon_text::edits::hash;
use cordon_text::sound::Sound;
use std::ops::Range;
use zerocopy::byteorder::little_endian::{U16, U32};
use zerocopy::{FromBytes, Immutable, KnownLayout, Unaligned};

/// Flag of a token that lacks its short vowels.
pub(crate) const UNVOWELLED: u8 = 1;
/// Flag of a token that belongs to a group of words with one meaning.
pub(crate) const GROUPED: u8 = 2;

/// Slices of all sections.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) info: &'a [u8],
    token_text: &'a [u8],
    token_text_at: &'a [U32],
    token_sound: &'a [u8],
    token_sound_at: &'a [U32],
    token_flags: &'a [u8],
    token_lightest: &'a [u8],
    token_slots: &'a [U32],
    key_buckets: &'a [U32],
    key_entries: &'a [KeyEntry],
    posting_at: &'a [U32],
    postings: &'a [U32],
    neighbour_at: &'a [U32],
    neighbours: &'a [Neighbour],
    pub(crate) names: &'a [NameRecord],
    name_tokens: &'a [NameToken],
    name_parts: &'a [NamePart],
    join_buckets: &'a [U32],
    join_entries: &'a [JoinEntry],
    pub(crate) entities: &'a [EntityRecord],
    dates: &'a [DateRecord],
    countries: &'a [CountryRecord],
    identifiers: &'a [IdentifierRecord],
    identifier_index: &'a [IdentifierEntry],
    entity_ids: &'a [u8],
    entity_id_at: &'a [U32],
    entity_json: &'a [u8],
}

/// The records from one place to another.
fn cut<T>(records: &[T], start: U32, end: U32) -> &[T] {
    records.get(start.get() as usize..end.get() as usize).unwrap_or_default()
}

/// The slice from one entry of a table of places to the next.
fn between<'a, T>(records: &'a [T], at: &[U32], index: usize) -> &'a [T] {
    let ends = at.get(index).zip(at.get(index + 1));
    ends.and_then(|(start, end)| records.get(start.get() as usize..end.get() as usize)).unwrap_or_default()
}

fn section<'a, T>(bytes: &'a [u8], layout: &Layout, section: Section) -> Result<&'a [T], SegmentError>
where
    T: FromBytes + Immutable + KnownLayout + Unaligned,
{
    <[T]>::ref_from_bytes(bytes.get(layout.range(section)).unwrap_or_default())
        .map_err(|_| SegmentError::Damaged("a section holds part of a record"))
}

impl<'a> View<'a> {
    /// Takes the sections apart; checks only that they hold whole records.
    pub(crate) fn new(bytes: &'a [u8], layout: &Layout) -> Result<Self, SegmentError> {
        Ok(Self {
            info: section(bytes, layout, Section::Info)?,
            token_text: section(bytes, layout, Section::TokenText)?,
            token_text_at: section(bytes, layout, Section::TokenTextAt)?,
            token_sound: section(bytes, layout, Section::TokenSound)?,
            token_sound_at: section(bytes, layout, Section::TokenSoundAt)?,
            token_flags: section(bytes, layout, Section::TokenFlags)?,
            token_lightest: section(bytes, layout, Section::TokenLightest)?,
            token_slots: section(bytes, layout, Section::TokenSlots)?,
            key_buckets: section(bytes, layout, Section::KeyBuckets)?,
            key_entries: section(bytes, layout, Section::KeyEntries)?,
            posting_at: section(bytes, layout, Section::PostingAt)?,
            postings: section(bytes, layout, Section::Postings)?,
            neighbour_at: section(bytes, layout, Section::NeighbourAt)?,
            neighbours: section(bytes, layout, Section::Neighbours)?,
            names: section(bytes, layout, Section::Names)?,
            name_tokens: section(bytes, layout, Section::NameTokens)?,
            name_parts: section(bytes, layout, Section::NameParts)?,
            join_buckets: section(bytes, layout, Section::JoinBuckets)?,
            join_entries: section(bytes, layout, Section::JoinEntries)?,
            entities: section(bytes, layout, Section::Entities)?,
            dates: section(bytes, layout, Section::Dates)?,
            countries: section(bytes, layout, Section::Countries)?,
            identifiers: section(bytes, layout, Section::Identifiers)?,
            identifier_index: section(bytes, layout, Section::IdentifierIndex)?,
            entity_ids: section(bytes, layout, Section::EntityIds)?,
            entity_id_at: section(bytes, layout, Section::EntityIdAt)?,
            entity_json: section(bytes, layout, Section::EntityJson)?,
        })
    }

    /// Number of tokens that names hold; common words that none holds come after them.
    pub(crate) fn token_count(&self) -> usize {
        self.posting_at.len().saturating_sub(1)
    }

    /// Number of tokens and common words.
    pub(crate) fn word_count(&self) -> usize {
        self.token_flags.len()
    }

    /// A token of the dictionary, prepared for comparison.
    pub(crate) fn token(&self, token: u32) -> Prepared<'a> {
        let index = token as usize;
        let flags = self.token_flags.get(index).copied().unwrap_or_default();
        Prepared {
            text: between(self.token_text, self.token_text_at, index),
            unvowelled: flags & UNVOWELLED != 0,
            grouped: flags & GROUPED != 0,
            sound: Sound::from_bytes(between(self.token_sound, self.token_sound_at, index)),
        }
    }

    /// The dictionary's token of exactly this form.
    pub(crate) fn find_form(&self, form: &[u8], unvowelled: bool) -> Option<u32> {
        let slots = self.token_slots.len();
        let mut at = slot(form, unvowelled, slots)?;
        for _ in 0..slots {
            let token = self.token_slots[at].get().checked_sub(1)?;
            let flags = self.token_flags.get(token as usize).copied().unwrap_or_default();
            let text = between(self.token_text, self.token_text_at, token as usize);
            if text == form && (flags & UNVOWELLED != 0) == unvowelled {
                return Some(token);
            }
            at = (at + 1) & (slots - 1);
        }
        None
    }

    /// The least weight, in half bits, that a token has in any name; 0 if it tells nothing in one of them.
    pub(crate) fn lightest(&self, token: u32) -> u8 {
        self.token_lightest.get(token as usize).copied().unwrap_or_default()
    }

    /// Every token of the dictionary that may share the key; a few may not.
    pub(crate) fn tokens_with_key(&self, key: u64) -> impl Iterator<Item = u32> + use<'a> {
        let buckets = self.key_buckets.len().saturating_sub(1);
        let (bucket, tag) = if buckets == 0 { (0, 0) } else { place(key, buckets) };
        let entries = between(self.key_entries, self.key_buckets, bucket);
        entries.iter().filter(move |entry| entry.tag.get() == tag).map(|entry| entry.token.get())
    }

    /// The tokens alike a token of the dictionary, itself among them.
    pub(crate) fn neighbours(&self, token: u32) -> &'a [Neighbour] {
        between(self.neighbours, self.neighbour_at, token as usize)
    }

    /// The names that hold a token.
    pub(crate) fn postings(&self, token: u32) -> &'a [U32] {
        between(self.postings, self.posting_at, token as usize)
    }

    /// Number of names that hold a token.
    pub(crate) fn posting_count(&self, token: u32) -> usize {
        self.postings(token).len()
    }

    /// Places where neighbouring positions of a name, written together, have this key; a few may not.
    pub(crate) fn joins_with(&self, key: u64) -> impl Iterator<Item = &'a JoinEntry> + use<'a> {
        let buckets = self.join_buckets.len().saturating_sub(1);
        let (bucket, tag) = if buckets == 0 { (0, 0) } else { place(key, buckets) };
        let entries = between(self.join_entries, self.join_buckets, bucket);
        entries.iter().filter(move |entry| entry.tag.get() == tag)
    }

    /// The sound of a position's first form.
    pub(crate) fn position_sound(&self, name: u32, position: u8) -> Option<Sound> {
        let token = self.name_tokens(name).iter().find(|token| token.position == position)?;
        Some(self.token(token.token.get()).sound)
    }

    fn name_range(&self, name: u32, place: impl Fn(&NameRecord) -> u32, end: usize) -> Range<usize> {
        let start = self.names.get(name as usize).map_or(0, |record| place(record) as usize);
        let next = self.names.get(name as usize + 1).map_or(end, |record| place(record) as usize);
        start..next
    }

    /// The token forms of a name with their positions.
    pub(crate) fn name_tokens(&self, name: u32) -> &'a [NameToken] {
        let range = self.name_range(name, |record| record.tokens.get(), self.name_tokens.len());
        self.name_tokens.get(range).unwrap_or_default()
    }

    /// The positions of a name.
    pub(crate) fn name_parts(&self, name: u32) -> &'a [NamePart] {
        let range = self.name_range(name, |record| record.parts.get(), self.name_parts.len());
        self.name_parts.get(range).unwrap_or_default()
    }

    /// Number of entities.
    pub(crate) fn entity_count(&self) -> usize {
        self.entities.len().saturating_sub(1)
    }

    /// The names of an entity.
    pub(crate) fn entity_names(&self, entity: u32) -> Range<u32> {
        let at = |index: usize| self.entities.get(index).map_or(0, |record| record.names.get());
        at(entity as usize)..at(entity as usize + 1)
    }

    /// What is known of an entity beside its names.
    pub(crate) fn facts(&self, entity: u32) -> Facts<'a> {
        let at = entity as usize;
        let (this, next) = match (self.entities.get(at), self.entities.get(at + 1)) {
            (Some(this), Some(next)) => (*this, *next),
            _ => (EntityRecord::default(), EntityRecord::default()),
        };
        Facts {
            schema: Schema::from_index(this.schema as usize).unwrap_or(Schema::Thing),
            gender: this.gender,
            dates: cut(self.dates, this.dates, next.dates),
            countries: cut(self.countries, this.countries, next.countries),
            identifiers: cut(self.identifiers, this.identifiers, next.identifiers),
        }
    }

    /// The years in which an entity may have been born.
    pub(crate) fn births(&self, entity: u32) -> Years {
        self.entities.get(entity as usize).map(|record| record.births).unwrap_or_default()
    }

    /// The entities that bear an identifier of this key.
    pub(crate) fn entities_with_identifier(&self, key: u64) -> impl Iterator<Item = u32> + use<'a> {
        let start = self.identifier_index.partition_point(|entry| entry.key.get() < key);
        self.identifier_index[start..]
            .iter()
            .take_while(move |entry| entry.key.get() == key)
            .map(|entry| entry.entity.get())
    }

    /// An entity's id.
    pub(crate) fn entity_id(&self, entity: u32) -> &'a str {
        std::str::from_utf8(between(self.entity_ids, self.entity_id_at, entity as usize)).unwrap_or_default()
    }

    /// The entity with this id.
    pub(crate) fn find_entity(&self, id: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.entity_count() as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.entity_id(middle).cmp(id) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The whole entity.
    pub(crate) fn entity(&self, entity: u32) -> Option<Entity> {
        let start = self.entities.get(entity as usize)?.json.get() as usize;
        let end = self.entities.get(entity as usize + 1)?.json.get() as usize;
        serde_json::from_slice(self.entity_json.get(start..end)?).ok()
    }
}

/// First slot of a form in a table of `slots`, a power of two; `None` for an empty table.
pub(crate) fn slot(form: &[u8], unvowelled: bool, slots: usize) -> Option<usize> {
    let key = hash(form.iter().copied().chain(std::iter::once(u8::from(unvowelled))));
    slots.is_power_of_two().then(|| key as usize & (slots - 1))
}

impl Neighbour {
    pub(crate) fn likeness(self, style: Style) -> u16 {
        self.likeness[style as usize].get()
    }

    pub(crate) fn new(token: u32, likeness: [u16; 2]) -> Self {
        Self { token: U32::new(token), likeness: likeness.map(U16::new) }
    }
}
