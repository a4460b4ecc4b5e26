//! The table of Japanese names in Chinese characters.

use cordon_text::Script;
use cordon_text::romanise::romanise;
use cordon_text::sound::{Sound, similarity};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Dearest family and given names taken from IPADIC: above these costs stand place names and rare readings.
const DEAREST: [(&str, i32); 2] = [("姓", 7700), ("名", 8470)];
/// What a reading that Wikidata has is taken to cost: less than a usual one, more than the most frequent.
const PAIRED: i32 = 7600;
/// Most readings of a name.
const READINGS: usize = 2;
const HEAD: &str = "# Japanese names: word, readings in Hepburn without length marks. Made by `cargo xtask lexicon-japanese` from\n\
                    # Wikidata (CC0-1.0) and IPADIC 2.7.0 (licence in IPADIC-LICENCE.txt beside this file).\n";

/// The names of IPADIC, and those of which Wikidata has Chinese characters, kana and Latin that agree.
pub(super) fn table(paired: &[(String, String, Vec<String>)], ipadic: &str) -> String {
    let mut words: BTreeMap<String, BTreeMap<String, i32>> = BTreeMap::new();
    let mut add = |word: &str, reading: Option<String>, cost: i32| {
        let han = word.chars().all(|letter| Script::of(letter) == Script::Han) && word.chars().count() <= 4;
        if let Some(reading) = reading.filter(|_| han) {
            let known = words.entry(word.to_owned()).or_default().entry(reading).or_insert(cost);
            *known = cost.min(*known);
        }
    };
    for (word, kana, latin) in paired {
        let reading = hepburn(kana);
        let agrees = |reading: &String| {
            latin.iter().any(|word| similarity(&Sound::of(word), &Sound::of(reading), 0) >= 900)
        };
        add(word, reading.filter(agrees), PAIRED);
    }
    for line in ipadic.lines() {
        let columns: Vec<&str> = line.split(',').collect();
        let (Some(word), Some(cost), Some(kind), Some(kana)) =
            (columns.first(), columns.get(3), columns.get(7), columns.get(11))
        else {
            continue;
        };
        let dearest = DEAREST.iter().find(|row| row.0 == *kind).map_or(0, |row| row.1);
        if let Ok(cost) = cost.parse::<i32>()
            && cost <= dearest
        {
            add(word, hepburn(kana), cost);
        }
    }
    let mut table = HEAD.to_owned();
    for (word, readings) in words {
        let mut ranked: Vec<(i32, String)> = readings.into_iter().map(|(text, cost)| (cost, text)).collect();
        ranked.sort();
        let texts: Vec<String> = ranked.into_iter().take(READINGS).map(|row| row.1).collect();
        let _ = writeln!(table, "{word}\t{}", texts.join(" "));
    }
    table
}

fn hepburn(kana: &str) -> Option<String> {
    romanise(kana, Script::Hiragana).into_iter().flatten().next().map(|reading| reading.text)
}
