//! Which chunks of Latin letters the units of a word stand for, learnt from paired names by expectation and
//! maximisation.

use super::sources::Pair;
use cordon_text::Script;
use cordon_text::romanise::sounds::units;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

/// Longest chunk of one unit.
const CHUNK: usize = 4;
/// Chance of a chunk never seen with a unit.
const UNSEEN: f64 = 1e-5;
/// Rarest chunk and most chunks of a unit written out.
const RAREST: f64 = 0.012;
const MOST: usize = 10;

/// Chances of chunks by unit.
pub(super) struct Model {
    script: Script,
    units: HashMap<String, usize>,
    /// Chunks are packed with [`pack`].
    chances: Vec<HashMap<u32, f64>>,
    /// Number of names with each unit.
    seen: Vec<f64>,
}

fn pack(chunk: &[u8]) -> u32 {
    chunk.iter().fold(0, |packed, letter| packed * 32 + u32::from(letter & 31))
}

fn unpack(mut packed: u32) -> String {
    let mut letters = Vec::new();
    while packed > 0 {
        letters.push(b'a' - 1 + (packed % 32) as u8);
        packed /= 32;
    }
    letters.reverse();
    if letters.is_empty() { "-".to_owned() } else { String::from_utf8_lossy(&letters).into_owned() }
}

impl Model {
    pub(super) fn learn(script: Script, pairs: &[Pair], rounds: usize) -> Self {
        let mut model = Self { script, units: HashMap::new(), chances: Vec::new(), seen: Vec::new() };
        let rows: Vec<(Vec<usize>, &[u8], f64)> = pairs
            .iter()
            .map(|pair| {
                let row = units(&pair.word, script).into_iter().map(|unit| model.intern(unit)).collect();
                (row, pair.latin.as_bytes(), pair.weight.sqrt())
            })
            .collect();
        model.seen.resize(model.units.len(), 0.0);
        for unit in rows.iter().flat_map(|row| &row.0) {
            model.seen[*unit] += 1.0;
        }
        for round in 0..rounds {
            let mut counts = vec![HashMap::new(); model.units.len()];
            for (row, latin, weight) in &rows {
                model.count(row, latin, *weight, round == 0, &mut counts);
            }
            model.chances = counts;
            model.chances.iter_mut().for_each(normalise);
        }
        model.fall_back();
        model
    }

    /// Gives units seen only at an edge of words a row for elsewhere too.
    fn fall_back(&mut self) {
        let marked: BTreeMap<String, usize> =
            self.units.iter().map(|(unit, index)| (unit.clone(), *index)).collect();
        for (unit, index) in marked {
            let plain = unit.trim_matches(['^', '$']);
            if !self.units.contains_key(plain) {
                let next = self.intern(plain.to_owned());
                let row = self.chances[index].clone();
                self.chances.resize(next + 1, row);
                self.seen.resize(next + 1, self.seen[index]);
            }
        }
    }

    fn intern(&mut self, unit: String) -> usize {
        let next = self.units.len();
        *self.units.entry(unit).or_insert(next)
    }

    fn chance(&self, unit: usize, chunk: &[u8], even: bool) -> f64 {
        if even {
            // Before anything is known, short chunks are likelier than long ones.
            return [0.1, 1.0, 0.8, 0.3, 0.1][chunk.len()];
        }
        self.chances.get(unit).and_then(|row| row.get(&pack(chunk)).copied()).unwrap_or_default().max(UNSEEN)
    }

    /// Sums over all alignments of the units and letters before each pair of places.
    fn forward(&self, row: &[usize], latin: &[u8], even: bool) -> Vec<Vec<f64>> {
        let mut sums = vec![vec![0.0; latin.len() + 1]; row.len() + 1];
        sums[0][0] = 1.0;
        for (at, unit) in row.iter().enumerate() {
            for from in 0..=latin.len() {
                if sums[at][from] > 0.0 {
                    for to in from..=latin.len().min(from + CHUNK) {
                        sums[at + 1][to] += sums[at][from] * self.chance(*unit, &latin[from..to], even);
                    }
                }
            }
        }
        sums
    }

    fn count(&self, row: &[usize], latin: &[u8], weight: f64, even: bool, counts: &mut [HashMap<u32, f64>]) {
        let before = self.forward(row, latin, even);
        let total = before[row.len()][latin.len()];
        if total <= 0.0 {
            return;
        }
        let mut after = vec![0.0; latin.len() + 1];
        after[latin.len()] = 1.0;
        for (at, unit) in row.iter().enumerate().rev() {
            let mut next = vec![0.0; latin.len() + 1];
            for from in 0..=latin.len() {
                for to in from..=latin.len().min(from + CHUNK) {
                    let chunk = &latin[from..to];
                    let way = self.chance(*unit, chunk, even) * after[to];
                    next[from] += way;
                    let share = before[at][from] * way / total;
                    if share > 1e-6 {
                        *counts[*unit].entry(pack(chunk)).or_default() += share * weight;
                    }
                }
            }
            after = next;
        }
    }

    /// Mean log likelihood per unit of a pair.
    pub(super) fn score(&self, pair: &Pair) -> f64 {
        self.score_of(&pair.word, &pair.latin)
    }

    pub(super) fn score_of(&self, word: &str, latin: &str) -> f64 {
        let row: Vec<usize> = units(word, self.script)
            .into_iter()
            .map(|unit| self.units.get(&unit).copied().unwrap_or(usize::MAX))
            .collect();
        let sums = self.forward(&row, latin.as_bytes(), false);
        sums[row.len()][latin.len()].ln() / row.len().max(1) as f64
    }

    /// Rows of units that `least` names have, sorted, with their chunks and costs.
    pub(super) fn table(&self, least: f64) -> String {
        let sorted: BTreeMap<&String, &usize> = self.units.iter().collect();
        let mut table = String::new();
        for (unit, index) in sorted.into_iter().filter(|row| self.seen[*row.1] >= least) {
            let mut chunks: Vec<(u32, f64)> =
                self.chances[*index].iter().map(|(chunk, chance)| (*chunk, *chance)).collect();
            chunks.sort_by(|one, two| two.1.total_cmp(&one.1).then_with(|| one.0.cmp(&two.0)));
            chunks.retain(|row| row.1 >= RAREST);
            chunks.truncate(MOST);
            let texts: Vec<String> = chunks
                .iter()
                .map(|(chunk, chance)| format!("{} {}", unpack(*chunk), (-10.0 * chance.ln()).round()))
                .collect();
            if !texts.is_empty() {
                let _ = writeln!(table, "{unit}\t{}", texts.join(" ").replace("-0", "0"));
            }
        }
        table
    }
}

/// Counts to chances that add up to one, summed in a fixed order.
fn normalise(row: &mut HashMap<u32, f64>) {
    let sorted: BTreeMap<u32, f64> = row.iter().map(|(chunk, count)| (*chunk, *count)).collect();
    // Half a count more: what was seen once is not certain.
    let total: f64 = sorted.values().sum::<f64>() + 0.5;
    *row = sorted.into_iter().map(|(chunk, count)| (chunk, count / total)).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_survive_packing() {
        for chunk in ["a", "z", "shch", "aa"] {
            assert_eq!(unpack(pack(chunk.as_bytes())), chunk);
        }
        assert_eq!(unpack(pack(b"")), "-");
    }

    #[test]
    fn units_find_their_letters() {
        let pair = |word: &str, latin: &str| Pair { word: word.into(), latin: latin.into(), weight: 1.0 };
        let pairs = [pair("ма", "ma"), pair("ам", "am"), pair("мм", "mm"), pair("аа", "aa")];
        let model = Model::learn(Script::Cyrillic, &pairs, 8);
        assert!(model.score_of("ма", "ma") > model.score_of("ма", "am") + 1.0);
        assert!(model.table(1.0).contains("^м\tm 2"), "{}", model.table(1.0));
    }
}
