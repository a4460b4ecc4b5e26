//! Costs of letter triples in Latin names.

use std::collections::BTreeMap;

const LETTERS: usize = 27;
const EDGE: usize = 26;
/// Shares of the estimates from three, two and one letters: mostly the longest, the others where that was never seen.
const SHARES: [f64; 3] = [0.75, 0.2, 0.05];
/// Highest cost written, so that it stays one printable character.
const DEAREST: f64 = 70.0;

/// Rows of two letters (`_` is the edge of the word) and 27 characters, each the cost of a third letter in tenths of a
/// nat, counted from `0`.
pub(super) fn table(names: &BTreeMap<String, f64>) -> String {
    let mut counts =
        [vec![0.0; LETTERS * LETTERS * LETTERS], vec![0.0; LETTERS * LETTERS], vec![0.0; LETTERS]];
    for (name, weight) in names {
        let mut pair = EDGE * LETTERS + EDGE;
        let letters = name.bytes().filter(u8::is_ascii_lowercase).map(|letter| usize::from(letter - b'a'));
        for letter in letters.chain([EDGE]) {
            let triple = pair * LETTERS + letter;
            counts[0][triple] += weight.sqrt();
            pair = triple % (LETTERS * LETTERS);
            counts[1][pair] += weight.sqrt();
            counts[2][letter] += weight.sqrt();
        }
    }
    let mut table = String::new();
    for pair in 0..LETTERS * LETTERS {
        table.extend([sign(pair / LETTERS), sign(pair % LETTERS), '\t']);
        for letter in 0..LETTERS {
            table.push(char::from(b'0' + cost(&counts, pair, letter) as u8));
        }
        table.push('\n');
    }
    table
}

fn cost(counts: &[Vec<f64>; 3], pair: usize, letter: usize) -> f64 {
    let share = |table: &[f64], row: usize| {
        let row = &table[row * LETTERS..(row + 1) * LETTERS];
        (row[letter] + 0.01) / (row.iter().sum::<f64>() + 0.27)
    };
    let chance = SHARES[0] * share(&counts[0], pair)
        + SHARES[1] * share(&counts[1], pair % LETTERS)
        + SHARES[2] * share(&counts[2], 0);
    (-10.0 * chance.ln()).round().clamp(0.0, DEAREST)
}

fn sign(letter: usize) -> char {
    if letter == EDGE { '_' } else { char::from(b'a' + letter as u8) }
}
