//! Foreign names written by sound, guessed back to Latin letters.
//!
//! In: a word of Katakana, Hangul, Chinese characters, Arabic or Hebrew, and nothing else. Out: the likeliest Latin
//! spellings. Each unit of the word stands for a chunk of Latin letters with a cost learnt from paired names; letter
//! triples have costs learnt from Latin names; the cheapest sums are the guesses. The tables stand beside this file
//! and are made by `cargo xtask lexicon`.

use crate::Script;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Longest word, in units, that is guessed at; longer ones are phrases, not names.
const MAX_UNITS: usize = 28;
/// Number of partial spellings kept after each unit. Twice as many find no more names.
const BEAM: usize = 8;
/// A further guess has to come within this cost of the best, in thousandths of a nat.
const MARGIN: u32 = 1800;
/// Weight of a triple's cost against that of a chunk, in hundredths: triples favour short spellings, which lose letters.
const TRIPLE_WEIGHT: u32 = 40;
/// Cost of a triple that no row has.
const UNKNOWN: u8 = 60;
/// Letters of the table of triples: a to z and the edge of the word.
const LETTERS: usize = 27;
const EDGE: usize = 26;

/// Chunks of Latin letters, and their costs, by unit.
type Chunks<'a> = HashMap<&'a str, Vec<(&'a str, u32)>>;

/// What is known of how one script writes sounds.
pub struct Sounds<'a> {
    script: Script,
    chunks: Chunks<'a>,
    triples: &'a [u8],
}

static TRIPLES: LazyLock<Vec<u8>> = LazyLock::new(|| triples(include_str!("triples.tsv")));
static KATAKANA: LazyLock<Sounds> =
    LazyLock::new(|| shipped(Script::Katakana, include_str!("sounds_katakana.tsv")));
static HANGUL: LazyLock<Sounds> =
    LazyLock::new(|| shipped(Script::Hangul, include_str!("sounds_hangul.tsv")));
static HAN: LazyLock<Sounds> = LazyLock::new(|| shipped(Script::Han, include_str!("sounds_han.tsv")));
static ARABIC: LazyLock<Sounds> =
    LazyLock::new(|| shipped(Script::Arabic, include_str!("sounds_arabic.tsv")));
static HEBREW: LazyLock<Sounds> =
    LazyLock::new(|| shipped(Script::Hebrew, include_str!("sounds_hebrew.tsv")));

fn shipped(script: Script, table: &'static str) -> Sounds<'static> {
    Sounds::new(script, table, &TRIPLES)
}

fn of(script: Script) -> Option<&'static Sounds<'static>> {
    match script {
        Script::Katakana => Some(&KATAKANA),
        Script::Hangul => Some(&HANGUL),
        Script::Han => Some(&HAN),
        Script::Arabic => Some(&ARABIC),
        Script::Hebrew => Some(&HEBREW),
        _ => None,
    }
}

/// [`Sounds::guess`] by the tables shipped; nothing for scripts without one.
pub(super) fn guess(word: &str, script: Script, most: usize) -> Vec<String> {
    of(script).map(|sounds| sounds.guess(word, most)).unwrap_or_default()
}

/// Whether every unit of the word has chunks.
pub(super) fn covers(word: &str, script: Script) -> bool {
    of(script).is_some_and(|sounds| units(word, script).iter().all(|unit| sounds.row(unit).is_some()))
}

/// Rows: unit, tab, then chunk and cost with blanks between; `-` is no letter at all.
fn read(table: &str) -> Chunks<'_> {
    let mut chunks = Chunks::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let Some((unit, row)) = line.split_once('\t') else { continue };
        let mut words = row.split(' ');
        let mut row = Vec::new();
        while let (Some(chunk), Some(cost)) = (words.next(), words.next()) {
            row.push((chunk.trim_matches('-'), cost.parse().unwrap_or(99)));
        }
        chunks.insert(unit, row);
    }
    chunks
}

/// Reads a table of triples: two letters, tab, the cost of each third letter, one character a letter counted from `0`.
#[must_use]
pub fn triples(table: &str) -> Vec<u8> {
    let mut costs = vec![UNKNOWN; LETTERS * LETTERS * LETTERS];
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let Some((pair, row)) = line.split_once('\t') else { continue };
        let mut at = 0;
        for letter in pair.bytes() {
            at = at * LETTERS + letter_index(letter);
        }
        for (slot, cost) in costs.iter_mut().skip(at * LETTERS).zip(row.bytes()) {
            *slot = cost.saturating_sub(b'0');
        }
    }
    costs
}

fn letter_index(letter: u8) -> usize {
    if letter.is_ascii_lowercase() { usize::from(letter - b'a') } else { EDGE }
}

/// A word as the units that stand for chunks of Latin letters.
///
/// The first unit is marked with `^` and the last with `$`, since they sound differently there; Chinese characters are
/// too many for that. Units of Katakana are a kana with the small kana and length mark after it; of Hangul the letters of each
/// syllable; else single characters.
pub fn units(word: &str, script: Script) -> Vec<String> {
    let mut units = match script {
        Script::Katakana | Script::Hiragana => kana_units(word),
        Script::Hangul => jamo(word),
        _ => word.chars().map(String::from).collect(),
    };
    if script == Script::Han {
        return units;
    }
    if let Some(first) = units.first_mut() {
        first.insert(0, '^');
    }
    if let Some(last) = units.last_mut() {
        last.push('$');
    }
    units
}

fn kana_units(word: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for kana in word.chars() {
        match kana {
            'ッ' | 'っ' => {}
            'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ー' => {
                match units.last_mut() {
                    Some(last) => last.push(kana),
                    None => units.push(kana.into()),
                }
            }
            _ => units.push(kana.into()),
        }
    }
    units
}

fn jamo(word: &str) -> Vec<String> {
    const SILENT: u32 = 11;
    const LIQUID: u32 = 5;
    const LIQUID_CODA: u32 = 8;
    let mut units: Vec<String> = Vec::new();
    let mut coda_before = 0;
    for syllable in word.chars() {
        let Some(index) = (syllable as u32).checked_sub(0xAC00).filter(|index| *index < 11172) else {
            continue;
        };
        let (onset, vowel, coda) = (index / 588, index % 588 / 28, index % 28);
        let onset_letter = char::from_u32(0x1100 + onset);
        if coda_before == LIQUID_CODA && onset == LIQUID {
            // Two of them write an l, one an r.
            units.last_mut().into_iter().for_each(|last| last.extend(onset_letter));
        } else if onset != SILENT {
            units.extend(onset_letter.map(String::from));
        }
        units.extend(char::from_u32(0x1161 + vowel).map(String::from));
        if coda != 0 {
            units.extend(char::from_u32(0x11A7 + coda).map(String::from));
        }
        coda_before = coda;
    }
    units
}

/// A beginning of a spelling.
struct Partial {
    cost: u32,
    /// The last two letters, for the table of triples.
    pair: usize,
    text: String,
}

/// A beginning with one more chunk, by its place in the beam.
#[derive(Clone, Copy)]
struct Step<'a> {
    cost: u32,
    pair: usize,
    from: usize,
    chunk: &'a str,
}

impl<'a> Step<'a> {
    fn new(part: &Partial, from: usize, chunk: &'a str, cost: u32, triples: &[u8]) -> Self {
        let mut step = Self { cost: part.cost + cost * 100, pair: part.pair, from, chunk };
        for letter in chunk.bytes() {
            step.letter(letter_index(letter), triples);
        }
        step
    }

    fn letter(&mut self, index: usize, triples: &[u8]) {
        let at = self.pair * LETTERS + index;
        self.cost += u32::from(triples.get(at).copied().unwrap_or(UNKNOWN)) * TRIPLE_WEIGHT;
        self.pair = at % (LETTERS * LETTERS);
    }
}

impl<'a> Sounds<'a> {
    /// Reads a table of chunks; the triples are those of [`triples`].
    pub fn new(script: Script, table: &'a str, triples: &'a [u8]) -> Self {
        Self { script, chunks: read(table), triples }
    }

    /// The row of a unit; a marked unit without a row of its own has the row of the unmarked one.
    fn row(&self, unit: &str) -> Option<&Vec<(&'a str, u32)>> {
        let less = || unit.strip_suffix('$').or_else(|| unit.strip_prefix('^'));
        let plain = || unit.trim_matches(['^', '$']);
        self.chunks.get(unit).or_else(|| self.chunks.get(less()?)).or_else(|| self.chunks.get(plain()))
    }

    /// Up to `most` likely Latin spellings of a word, the likeliest first; none if the word has a unit the tables do not
    /// know or more than 28 units.
    pub fn guess(&self, word: &str, most: usize) -> Vec<String> {
        let units = units(word, self.script);
        if !(1..=MAX_UNITS).contains(&units.len()) {
            return Vec::new();
        }
        let mut beam = vec![Partial { cost: 0, pair: EDGE * LETTERS + EDGE, text: String::new() }];
        let mut steps = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            let Some(row) = self.row(unit) else { return Vec::new() };
            steps.clear();
            for (from, part) in beam.iter().enumerate() {
                steps.extend(
                    row.iter().map(|&(chunk, cost)| Step::new(part, from, chunk, cost, self.triples)),
                );
            }
            if at + 1 == units.len() {
                for step in &mut steps {
                    step.letter(EDGE, self.triples);
                }
            }
            beam = cheapest(&mut steps, &beam);
        }
        let limit = beam.first().map_or(0, |first| first.cost + MARGIN);
        let likely = beam.into_iter().filter(|part| part.cost <= limit && !part.text.is_empty());
        likely.map(|part| part.text).take(most).collect()
    }
}

/// The spellings of the cheapest steps, each once.
fn cheapest(steps: &mut [Step], beam: &[Partial]) -> Vec<Partial> {
    steps.sort_by_key(|step| (step.cost, step.from));
    let mut kept: Vec<Partial> = Vec::with_capacity(BEAM);
    for step in steps.iter() {
        if kept.len() == BEAM {
            break;
        }
        let Some(part) = beam.get(step.from) else { continue };
        let text = format!("{}{}", part.text, step.chunk);
        if kept.iter().all(|known| known.text != text) {
            kept.push(Partial { cost: step.cost, pair: step.pair, text });
        }
    }
    kept
}
