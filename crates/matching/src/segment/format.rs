//! The file: a header, a table of sections, and sections of fixed-size little-endian records.
//!
//! Readers get slices of records straight from the bytes. Every number read from a file is used through bounds-checked
//! access, so a damaged file gives wrong answers or an error, never a panic.

use super::SegmentError;
use crate::facts::Years;
use std::ops::Range;
use zerocopy::byteorder::little_endian::{U16, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// First bytes of a segment.
const MAGIC: [u8; 8] = *b"CORDSEG\0";

/// The sections, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Info,
    TokenText,
    TokenTextAt,
    TokenSound,
    TokenSoundAt,
    TokenFlags,
    TokenLightest,
    TokenSlots,
    KeyBuckets,
    KeyEntries,
    PostingAt,
    Postings,
    NeighbourAt,
    Neighbours,
    Names,
    NameTokens,
    NameParts,
    JoinBuckets,
    JoinEntries,
    Entities,
    Dates,
    Countries,
    Identifiers,
    IdentifierIndex,
    EntityIds,
    EntityIdAt,
    EntityJson,
}

pub(crate) const SECTIONS: usize = Section::EntityJson as usize + 1;

#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Header {
    magic: [u8; 8],
    version: U32,
    sections: U32,
}

#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct SectionEntry {
    start: U64,
    len: U64,
}

/// A listed name as analysed.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct NameRecord {
    pub(crate) entity: U32,
    /// First of the name's entries in `NameTokens`; the next record's is their end.
    pub(crate) tokens: U32,
    /// First of the name's entries in `NameParts`; the next record's is their end.
    pub(crate) parts: U32,
    /// Index of the name in the entity.
    pub(crate) name: U16,
    /// [`cordon_model::NameKind`] as a number.
    pub(crate) kind: u8,
    /// [`crate::analyze::Style`] as a number.
    pub(crate) style: u8,
    /// Letters of its initials, a bit each.
    pub(crate) initials: U32,
}

/// A form of a token at a position of a name.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct NameToken {
    pub(crate) token: U32,
    pub(crate) position: u8,
}

/// A position of a name.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct NamePart {
    pub(crate) part: u8,
    pub(crate) weight: u8,
    pub(crate) first: u8,
}

/// A token that shares a key with all others of its bucket that bear the same tag.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    FromBytes,
    IntoBytes,
    Immutable,
    KnownLayout,
    Unaligned,
)]
#[repr(C)]
pub(crate) struct KeyEntry {
    pub(crate) tag: U16,
    pub(crate) token: U32,
}

/// A token alike another, with its similarity for names of persons and for others.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Neighbour {
    pub(crate) token: U32,
    pub(crate) likeness: [U16; 2],
}

/// Neighbouring positions of a name written together.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct JoinEntry {
    pub(crate) tag: U16,
    pub(crate) name: U32,
    /// First position.
    pub(crate) start: u8,
    /// Number of positions.
    pub(crate) len: u8,
}

/// An entity's places in the other sections; the next record's are their ends.
#[derive(Debug, Clone, Copy, Default, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct EntityRecord {
    pub(crate) json: U64,
    pub(crate) names: U32,
    pub(crate) dates: U32,
    pub(crate) countries: U32,
    pub(crate) identifiers: U32,
    pub(crate) births: Years,
    pub(crate) schema: u8,
    pub(crate) gender: u8,
}

/// An identifier's key with the entity that bears it; ascending.
#[derive(Debug, Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct IdentifierEntry {
    pub(crate) key: U64,
    pub(crate) entity: U32,
}

/// Where the sections of a segment are.
#[derive(Debug, Clone)]
pub(crate) struct Layout([(usize, usize); SECTIONS]);

impl Layout {
    /// Reads the header and checks that every section lies within the file.
    pub(crate) fn read(bytes: &[u8], version: u32) -> Result<Self, SegmentError> {
        let damaged = SegmentError::Damaged;
        let (header, rest) = Header::ref_from_prefix(bytes).map_err(|_| damaged("it is too short"))?;
        if header.magic != MAGIC {
            return Err(damaged("it does not begin like one"));
        }
        if header.version.get() != version {
            return Err(SegmentError::OtherVersion { found: header.version.get() });
        }
        if header.sections.get() as usize != SECTIONS {
            return Err(damaged("its number of sections is wrong"));
        }
        let (table, _) = <[SectionEntry]>::ref_from_prefix_with_elems(rest, SECTIONS)
            .map_err(|_| damaged("its table of sections is cut off"))?;
        let mut layout = [(0, 0); SECTIONS];
        for (slot, entry) in layout.iter_mut().zip(table) {
            let (start, len) = (entry.start.get(), entry.len.get());
            let end = start.checked_add(len).filter(|end| *end <= bytes.len() as u64);
            let end = end.ok_or(damaged("a section lies outside the file"))?;
            *slot = (start as usize, end as usize);
        }
        Ok(Self(layout))
    }

    pub(crate) fn range(&self, section: Section) -> Range<usize> {
        let (start, end) = self.0[section as usize];
        start..end
    }
}

/// Collects sections and writes the file.
pub(crate) struct Writer {
    sections: Vec<Vec<u8>>,
}

impl Writer {
    pub(crate) fn new() -> Self {
        Self { sections: vec![Vec::new(); SECTIONS] }
    }

    pub(crate) fn put<T: IntoBytes + Immutable>(&mut self, section: Section, records: &[T]) {
        self.sections[section as usize] = records.as_bytes().to_vec();
    }

    /// Texts one after the other, with the place of each and the end of the last.
    pub(crate) fn put_texts<'a>(
        &mut self,
        text: Section,
        at: Section,
        texts: impl Iterator<Item = &'a [u8]>,
    ) {
        let mut blob = Vec::new();
        let mut places = vec![U32::new(0)];
        for text in texts {
            blob.extend_from_slice(text);
            places.push(U32::new(blob.len() as u32));
        }
        self.sections[text as usize] = blob;
        self.put(at, &places);
    }

    pub(crate) fn finish(&self, version: u32) -> Vec<u8> {
        let header = Header { magic: MAGIC, version: U32::new(version), sections: U32::new(SECTIONS as u32) };
        let mut start = (size_of::<Header>() + SECTIONS * size_of::<SectionEntry>()) as u64;
        let total: usize = self.sections.iter().map(Vec::len).sum();
        let mut bytes = Vec::with_capacity(start as usize + total);
        bytes.extend_from_slice(header.as_bytes());
        for section in &self.sections {
            let len = section.len() as u64;
            bytes.extend_from_slice(SectionEntry { start: U64::new(start), len: U64::new(len) }.as_bytes());
            start += len;
        }
        for section in &self.sections {
            bytes.extend_from_slice(section);
        }
        bytes
    }
}

/// Number of buckets for a number of entries: a power of two with about two entries a bucket.
pub(crate) fn bucket_count(entries: usize) -> usize {
    (entries / 2).next_power_of_two().max(16)
}

/// The bucket of a key, and the tag that tells keys of one bucket apart.
pub(crate) fn place(key: u64, buckets: usize) -> (usize, u16) {
    ((key >> 16) as usize & (buckets - 1), key as u16)
}

/// Sorts entries into buckets: the beginning of each bucket with the end of the last, and the entries.
pub(crate) fn into_buckets<T: Copy>(entries: &[(u64, T)]) -> (Vec<U32>, Vec<(u16, T)>) {
    let buckets = bucket_count(entries.len());
    let mut counts = vec![0u32; buckets + 1];
    for (key, _) in entries {
        counts[place(*key, buckets).0 + 1] += 1;
    }
    for at in 1..counts.len() {
        counts[at] += counts[at - 1];
    }
    let mut next = counts.clone();
    let mut sorted: Vec<Option<(u16, T)>> = vec![None; entries.len()];
    for &(key, value) in entries {
        let (bucket, tag) = place(key, buckets);
        sorted[next[bucket] as usize] = Some((tag, value));
        next[bucket] += 1;
    }
    (counts.into_iter().map(U32::new).collect(), sorted.into_iter().flatten().collect())
}
