//! Compiles a snapshot.

use super::format::{
    EntityRecord, IdentifierEntry, JoinEntry, KeyEntry, Layout, NamePart, NameRecord, NameToken, Section,
    Writer, into_buckets,
};
use super::view::{GROUPED, UNVOWELLED, View, slot};
use super::{Segment, SegmentInfo};
use crate::analyze::{Analysis, Form, Part, Style, readings};
use crate::facts::{OwnedFacts, Years};
use crate::joins::{MAX_JOINED, join_keys, joins};
use crate::likeness::{Prepared, Side, keys};
use crate::names::letter;
use crate::neighbours::Finder;
use cordon_model::{Entity, Snapshot};
use cordon_text::frequency::common_words;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use zerocopy::byteorder::little_endian::{U16, U32, U64};

/// One name of one entity, analysed in one style.
struct Analysed {
    entity: u32,
    name: u16,
    kind: u8,
    style: Style,
    analysis: Analysis,
}

pub(super) fn build(snapshot: &Snapshot) -> Vec<u8> {
    let entities = snapshot.entities();
    let names = analyse_names(entities);
    let mut writer = Writer::new();
    let (forms, ids) = write_names(&mut writer, &names);
    write_tokens(&mut writer, &forms, &ids);
    write_postings(&mut writer, &names, &ids, forms.len());
    write_joins(&mut writer, &names);
    write_entities(&mut writer, entities, &names);
    let info = SegmentInfo {
        list: snapshot.list().to_owned(),
        snapshot: snapshot.id().as_str().to_owned(),
        published: snapshot.published().map(|date| date.to_string()).unwrap_or_default(),
        entities: entities.len(),
    };
    // A struct of texts and a number always has a JSON form.
    writer.put(Section::Info, &serde_json::to_vec(&info).unwrap_or_default());
    with_neighbours(writer)
}

fn analyse_names(entities: &[Entity]) -> Vec<Analysed> {
    entities
        .par_iter()
        .enumerate()
        .flat_map_iter(|(index, entity)| {
            let names = entity.names.iter().enumerate().take(usize::from(u16::MAX));
            names.flat_map(move |(number, name)| {
                readings(&name.text, entity.schema).into_iter().map(move |(style, analysis)| Analysed {
                    entity: index as u32,
                    name: number as u16,
                    kind: name.kind as u8,
                    style,
                    analysis,
                })
            })
        })
        .collect()
}

/// Numbers the distinct forms of all tokens in their order as texts, and writes the names by those numbers.
fn write_names<'a>(
    writer: &mut Writer,
    names: &'a [Analysed],
) -> (Vec<&'a Form>, FxHashMap<(&'a str, bool), u32>) {
    let tokens = names.iter().flat_map(|name| &name.analysis.tokens);
    let mut forms: Vec<&Form> = tokens.flat_map(|token| &token.forms).collect();
    forms.sort_unstable_by_key(|form| (form.text.as_str(), form.unvowelled));
    forms.dedup_by_key(|form| (form.text.as_str(), form.unvowelled));
    let ids: FxHashMap<(&str, bool), u32> = forms
        .iter()
        .enumerate()
        .map(|(id, form)| ((form.text.as_str(), form.unvowelled), id as u32))
        .collect();
    let (mut records, mut entries, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for name in names {
        records.push(NameRecord {
            entity: U32::new(name.entity),
            tokens: U32::new(entries.len() as u32),
            parts: U32::new(parts.len() as u32),
            name: U16::new(name.name),
            kind: name.kind,
            style: name.style as u8,
            initials: U32::new(initials(&name.analysis)),
        });
        for (position, token) in name.analysis.tokens.iter().enumerate() {
            let first = token.forms[0].text.as_bytes()[0];
            parts.push(NamePart { part: token.part.to_byte(), weight: token.weight, first });
            for form in &token.forms {
                let id = ids.get(&(form.text.as_str(), form.unvowelled)).copied().unwrap_or_default();
                entries.push(NameToken { token: U32::new(id), position: position as u8 });
            }
        }
    }
    writer.put(Section::TokenLightest, &lightest(names, &ids, forms.len()));
    writer.put(Section::Names, &records);
    writer.put(Section::NameTokens, &entries);
    writer.put(Section::NameParts, &parts);
    (forms, ids)
}

/// The least weight of each form in any name; 0 where it tells nothing in one.
fn lightest(names: &[Analysed], ids: &FxHashMap<(&str, bool), u32>, forms: usize) -> Vec<u8> {
    let mut lightest = vec![u8::MAX; forms];
    for token in names.iter().flat_map(|name| &name.analysis.tokens) {
        let weight = if is_telling(token.part) { token.weight } else { 0 };
        for form in &token.forms {
            if let Some(known) =
                ids.get(&(form.text.as_str(), form.unvowelled)).and_then(|id| lightest.get_mut(*id as usize))
            {
                *known = weight.min(*known);
            }
        }
    }
    lightest
}

/// The letters of the initials of a name.
fn initials(analysis: &Analysis) -> u32 {
    let initials = analysis.tokens.iter().filter(|token| token.part == Part::Initial);
    initials.fold(0, |letters, token| letters | letter(token.forms[0].text.as_bytes()[0]))
}

/// A smaller dictionary is searched as fast as the neighbours of common words are looked up.
const SMALL_DICTIONARY: usize = 4096;

/// Writes the dictionary: the forms of all names, then common words that no name holds. These are in it only so that
/// their neighbours are known beforehand, since queries are full of them; no key leads to them.
fn write_tokens(writer: &mut Writer, forms: &[&Form], ids: &FxHashMap<(&str, bool), u32>) {
    let wanted = if forms.len() < SMALL_DICTIONARY { 0 } else { usize::MAX };
    let mut common: Vec<&str> =
        common_words().filter(|word| !ids.contains_key(&(*word, false))).take(wanted).collect();
    common.sort_unstable();
    common.dedup();
    let common: Vec<Form> =
        common.into_iter().map(|word| Form { text: word.to_owned(), unvowelled: false }).collect();
    let all: Vec<&Form> = forms.iter().copied().chain(&common).collect();
    let prepared: Vec<Prepared<'_>> = all.par_iter().map(|form| Prepared::new(form)).collect();
    writer.put_texts(Section::TokenText, Section::TokenTextAt, prepared.iter().map(|form| form.text));
    writer.put_texts(
        Section::TokenSound,
        Section::TokenSoundAt,
        prepared.iter().map(|form| form.sound.as_bytes()),
    );
    let flags: Vec<u8> = prepared
        .iter()
        .map(|form| if form.unvowelled { UNVOWELLED } else { 0 } | if form.grouped { GROUPED } else { 0 })
        .collect();
    writer.put(Section::TokenFlags, &flags);
    let mut slots = vec![U32::new(0); (all.len() * 2).next_power_of_two().max(16)];
    for (id, form) in prepared.iter().enumerate() {
        let Some(mut at) = slot(form.text, form.unvowelled, slots.len()) else { continue };
        while slots[at].get() != 0 {
            at = (at + 1) & (slots.len() - 1);
        }
        slots[at] = U32::new(id as u32 + 1);
    }
    writer.put(Section::TokenSlots, &slots);
    let entries: Vec<(u64, u32)> = prepared[..forms.len()]
        .par_iter()
        .enumerate()
        .flat_map_iter(|(id, form)| {
            let mut found = Vec::new();
            keys(form, Side::Listed, |key| found.push(key));
            found.sort_unstable();
            found.dedup();
            found.into_iter().map(move |key| (key, id as u32))
        })
        .collect();
    let (buckets, entries) = into_buckets(&entries);
    let entries: Vec<KeyEntry> = entries
        .into_iter()
        .map(|(tag, token)| KeyEntry { tag: U16::new(tag), token: U32::new(token) })
        .collect();
    writer.put(Section::KeyBuckets, &buckets);
    writer.put(Section::KeyEntries, &entries);
}

/// For each token, the names that hold it.
fn write_postings(
    writer: &mut Writer,
    names: &[Analysed],
    ids: &FxHashMap<(&str, bool), u32>,
    tokens: usize,
) {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for (name, analysed) in names.iter().enumerate() {
        for token in &analysed.analysis.tokens {
            for form in &token.forms {
                if let Some(&id) = ids.get(&(form.text.as_str(), form.unvowelled)) {
                    pairs.push((id, name as u32));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut at = vec![U32::new(0); tokens + 1];
    let mut next = 0;
    for (token, place) in at.iter_mut().enumerate() {
        while pairs.get(next).is_some_and(|pair| (pair.0 as usize) < token) {
            next += 1;
        }
        *place = U32::new(next as u32);
    }
    let postings: Vec<U32> = pairs.iter().map(|pair| U32::new(pair.1)).collect();
    writer.put(Section::PostingAt, &at);
    writer.put(Section::Postings, &postings);
}

pub(crate) fn is_telling(part: Part) -> bool {
    matches!(part, Part::Word | Part::Father | Part::Number | Part::Initial)
}

fn write_joins(writer: &mut Writer, names: &[Analysed]) {
    let entries: Vec<(u64, (u32, u8, u8))> = names
        .par_iter()
        .enumerate()
        .flat_map_iter(|(name, analysed)| {
            let mut found: Vec<(u64, (u32, u8, u8))> = Vec::new();
            let tokens = &analysed.analysis.tokens;
            for start in 0..tokens.len() {
                let mut joined = tokens[start].forms[0].sound();
                for at in start + 1..tokens.len().min(start + MAX_JOINED) {
                    if !joins(tokens[at - 1].part) || !joins(tokens[at].part) {
                        break;
                    }
                    joined = joined.join(&tokens[at].forms[0].sound());
                    let place = (name as u32, start as u8, (at - start + 1) as u8);
                    found.extend(join_keys(&joined).map(|key| (key, place)));
                }
            }
            found.sort_unstable();
            found.dedup();
            found.into_iter()
        })
        .collect();
    let (buckets, entries) = into_buckets(&entries);
    let entries: Vec<JoinEntry> = entries
        .into_iter()
        .map(|(tag, (name, start, len))| JoinEntry { tag: U16::new(tag), name: U32::new(name), start, len })
        .collect();
    writer.put(Section::JoinBuckets, &buckets);
    writer.put(Section::JoinEntries, &entries);
}

fn write_entities(writer: &mut Writer, entities: &[Entity], names: &[Analysed]) {
    let jsons: Vec<Vec<u8>> =
        entities.par_iter().map(|entity| serde_json::to_vec(entity).unwrap_or_default()).collect();
    let mut json = Vec::new();
    let (mut records, mut dates, mut countries) = (Vec::new(), Vec::new(), Vec::new());
    let (mut identifiers, mut index) = (Vec::new(), Vec::new());
    let mut name = 0;
    for (number, (entity, text)) in entities.iter().zip(&jsons).enumerate() {
        let facts = OwnedFacts::of(entity);
        while names.get(name).is_some_and(|analysed| (analysed.entity as usize) < number) {
            name += 1;
        }
        records.push(EntityRecord {
            json: U64::new(json.len() as u64),
            names: U32::new(name as u32),
            dates: U32::new(dates.len() as u32),
            countries: U32::new(countries.len() as u32),
            identifiers: U32::new(identifiers.len() as u32),
            births: Years::of_births(&facts.dates),
            schema: facts.schema as u8,
            gender: facts.gender,
        });
        json.extend_from_slice(text);
        index.extend(facts.identifiers.iter().map(|record| (record.key.get(), number as u32)));
        dates.extend(facts.dates);
        countries.extend(facts.countries);
        identifiers.extend(facts.identifiers);
    }
    records.push(EntityRecord {
        json: U64::new(json.len() as u64),
        names: U32::new(names.len() as u32),
        dates: U32::new(dates.len() as u32),
        countries: U32::new(countries.len() as u32),
        identifiers: U32::new(identifiers.len() as u32),
        ..EntityRecord::default()
    });
    index.sort_unstable();
    index.dedup();
    let index: Vec<IdentifierEntry> = index
        .into_iter()
        .map(|(key, entity)| IdentifierEntry { key: U64::new(key), entity: U32::new(entity) })
        .collect();
    writer.put(Section::Entities, &records);
    writer.put(Section::Dates, &dates);
    writer.put(Section::Countries, &countries);
    writer.put(Section::Identifiers, &identifiers);
    writer.put(Section::IdentifierIndex, &index);
    let ids = entities.iter().map(|entity| entity.id.as_str().as_bytes());
    writer.put_texts(Section::EntityIds, Section::EntityIdAt, ids);
    writer.put(Section::EntityJson, &json);
}

/// Looks up every token's neighbours in the segment written so far, and writes it again with them: the words of lists
/// are the words of most queries, and theirs are then known when the segment is opened.
fn with_neighbours(mut writer: Writer) -> Vec<u8> {
    writer.put(Section::NeighbourAt, &[U32::new(0)]);
    let bytes = writer.finish(Segment::VERSION);
    let view = Layout::read(&bytes, Segment::VERSION).and_then(|layout| View::new(&bytes, &layout));
    // What the writer has just written can be read.
    let Ok(view) = view else { return bytes };
    let found: Vec<Vec<_>> = (0..view.word_count() as u32)
        .into_par_iter()
        .map_init(Finder::new, |finder, token| {
            let mut found = Vec::new();
            finder.find(&view, &view.token(token), &mut found);
            found
        })
        .collect();
    let mut at = vec![U32::new(0)];
    let mut neighbours = Vec::new();
    for list in found {
        neighbours.extend(list);
        at.push(U32::new(neighbours.len() as u32));
    }
    writer.put(Section::NeighbourAt, &at);
    writer.put(Section::Neighbours, &neighbours);
    writer.finish(Segment::VERSION)
}
