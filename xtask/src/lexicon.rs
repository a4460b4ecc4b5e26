//! `cargo xtask lexicon`: the tables of names and sounds of the romanisation.
//!
//! In: the data folder – paired names of Wikidata, UN names in original script, names on the UN and OFAC lists –, Unihan,
//! IPADIC. Out: `crates/text/src/romanise/{names,sounds}_*.tsv`, `triples.tsv` and `han.tsv`, the same bytes for the same
//! data. Deliberately absent: `names_kept.tsv`, which is kept by hand.

mod align;
mod han;
mod japanese;
mod sources;
mod triples;

use crate::Error;
use align::Model;
use cordon_text::Script;
use cordon_text::romanise::sounds::{self, Sounds};
use cordon_text::romanise::{by_letters, normal};
use cordon_text::sound::{Sound, similarity};
use sources::Pair;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How the tables of one script are made.
struct Recipe {
    script: Script,
    /// End of the file names.
    name: &'static str,
    /// Least mean log likelihood per unit of a pair that counts as the same name.
    plausible: f64,
    /// Least weight of evidence for a row of names.
    evidence: f64,
    /// Least number of names with a unit that is written out for guessing; 0 if none is.
    units: f64,
}

const RECIPES: &[Recipe] = &[
    Recipe { script: Script::Arabic, name: "arabic", plausible: -2.6, evidence: 0.9, units: 2.0 },
    Recipe { script: Script::Hebrew, name: "hebrew", plausible: -2.6, evidence: 0.9, units: 2.0 },
    Recipe { script: Script::Katakana, name: "katakana", plausible: -2.6, evidence: 1.5, units: 2.0 },
    Recipe { script: Script::Hangul, name: "hangul", plausible: -1.8, evidence: 0.9, units: 2.0 },
    Recipe { script: Script::Han, name: "han", plausible: -3.0, evidence: 1.0, units: 4.0 },
    Recipe { script: Script::Cyrillic, name: "cyrillic", plausible: -2.2, evidence: 2.5, units: 0.0 },
];

/// Power of the mean likelihood in the rank of a spelling.
const LIKELY: f64 = 1.5;
/// How much likelier two words of one UN entry have to be than a pair: nobody says that they belong together.
const STRICTER: f64 = 0.9;
/// Similarity of the first guess, in thousandths, from which a name needs no row.
const GUESSED: u16 = 920;
/// Rounds of learning; the likelihood hardly rises after them.
const ROUNDS: usize = 6;
/// A row's share of the whole below which a second spelling is left out.
const SECOND: f64 = 0.4;

fn target(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/text/src/romanise").join(file)
}

/// A script's pairs that are the same name, with what they teach.
struct Learnt {
    pairs: Vec<Pair>,
    model: Model,
    sounds: String,
}

fn learn(recipe: &Recipe, mut pairs: Vec<Pair>, original: &[sources::Entry]) -> Learnt {
    let first = Model::learn(recipe.script, &pairs, ROUNDS);
    pairs.extend(sources::align_names(recipe.script, original, &first, recipe.plausible + STRICTER));
    pairs.retain(|pair| first.score(pair) >= recipe.plausible);
    let model = Model::learn(recipe.script, &pairs, ROUNDS);
    let sounds = head("Sounds", "unit, chunks of Latin letters with their costs in tenths of a nat")
        + &model.table(recipe.units);
    Learnt { pairs, model, sounds }
}

/// Makes the tables of names and sounds from the data folder.
pub(crate) fn run(data: &Path) -> Result<(), Error> {
    let mut pairs = sources::pairs(data)?;
    let lists = sources::list_words(data)?;
    let original = sources::original_script(data)?;
    let learnt: Vec<(&Recipe, Learnt)> = RECIPES
        .iter()
        .map(|recipe| (recipe, learn(recipe, pairs.remove(&recipe.script).unwrap_or_default(), &original)))
        .collect();
    let mut latin: BTreeMap<String, f64> = BTreeMap::new();
    for pair in learnt.iter().flat_map(|row| &row.1.pairs) {
        *latin.entry(pair.latin.clone()).or_default() += 1.0;
    }
    let triples = head("Letter triples", "two letters, costs of the third") + &triples::table(&latin);
    std::fs::write(target("triples.tsv"), &triples)?;
    let triples = sounds::triples(&triples);
    for (recipe, learnt) in &learnt {
        let guesser = Sounds::new(recipe.script, &learnt.sounds, &triples);
        std::fs::write(
            target(&format!("names_{}.tsv", recipe.name)),
            names(recipe, learnt, &guesser, &lists),
        )?;
        if recipe.units > 0.0 {
            std::fs::write(target(&format!("sounds_{}.tsv", recipe.name)), &learnt.sounds)?;
        }
    }
    Ok(())
}

/// Makes the table of Japanese names in Chinese characters from the data folder and IPADIC's `Noun.name.csv` in UTF-8
/// (`mecab-ipadic` of Debian).
pub(crate) fn run_japanese(data: &Path, ipadic: &Path) -> Result<(), Error> {
    std::fs::write(
        target("names_japanese.tsv"),
        japanese::table(&sources::kanji(data)?, &std::fs::read_to_string(ipadic)?),
    )?;
    Ok(())
}

/// Makes the table of Chinese characters from the unpacked text files of Unihan in a folder (`unicode-data` of Debian).
pub(crate) fn run_characters(unihan: &Path) -> Result<(), Error> {
    let head = "# Chinese characters: character, Pinyin, Hong Kong spelling, Korean syllable, s if only simplified.\n\
                # Made by `cargo xtask lexicon-han` from the Unihan database, Unicode 15 (Unicode-3.0 licence).\n";
    std::fs::write(target("han.tsv"), head.to_owned() + &han::table(unihan)?)?;
    Ok(())
}

fn head(what: &str, columns: &str) -> String {
    format!(
        "# {what}: {columns}. Made by `cargo xtask lexicon` from Wikidata (CC0-1.0),\n\
         # by way of the COLING 2018 transliteration benchmark and nomenklatura's name parts, and the UN Security Council's list.\n"
    )
}

/// The table of names: for each word the spelling with most evidence, and another if it sounds different.
fn names(recipe: &Recipe, learnt: &Learnt, guesser: &Sounds<'_>, lists: &BTreeMap<String, f64>) -> String {
    let mut words: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for pair in &learnt.pairs {
        *words.entry(&pair.word).or_default().entry(&pair.latin).or_default() += pair.weight;
    }
    let mut table = head("Names", "word, Latin spellings");
    for (word, spellings) in words {
        if spellings.values().sum::<f64>() < recipe.evidence {
            continue;
        }
        let mut ranked: Vec<(f64, &str)> = spellings
            .iter()
            .map(|(latin, weight)| {
                let likely = (learnt.model.score_of(word, latin) * LIKELY).exp();
                let listed = (1.0 + lists.get(*latin).copied().unwrap_or_default()).sqrt();
                (weight * likely * listed, *latin)
            })
            .collect();
        ranked.sort_by(|one, two| two.0.total_cmp(&one.0).then_with(|| one.1.cmp(two.1)));
        let chosen = choose(&ranked);
        if !needless(recipe, word, &chosen, guesser) {
            let _ = writeln!(table, "{word}\t{}", chosen.join(" "));
        }
    }
    table
}

/// The first spelling, and a second that does not sound like it and has enough evidence.
fn choose<'a>(ranked: &[(f64, &'a str)]) -> Vec<&'a str> {
    let Some(&(best, first)) = ranked.first() else { return Vec::new() };
    let far = |other: &str| similarity(&Sound::of(first), &Sound::of(other), 0) < 880;
    let second = ranked[1..].iter().find(|(weight, other)| *weight >= best * SECOND && far(other));
    std::iter::once(first).chain(second.map(|row| row.1)).collect()
}

/// Whether letter tables or the first guess read the word as the names do.
fn needless(recipe: &Recipe, word: &str, chosen: &[&str], guesser: &Sounds<'_>) -> bool {
    let alike = |text: &str, least: u16| {
        chosen.iter().all(|spelling| similarity(&Sound::of(text), &Sound::of(spelling), 0) >= least)
    };
    let least = if recipe.script == Script::Cyrillic { 780 } else { 850 };
    let by_letters = by_letters(&normal(word, recipe.script), recipe.script);
    // That a word is a name at all tells where to split Arabic words, and foreign names from short Korean and Chinese.
    let tells = match recipe.script {
        Script::Arabic => true,
        Script::Hangul | Script::Han => word.chars().count() <= 3,
        _ => false,
    };
    let guess = if recipe.units > 0.0 && !tells { guesser.guess(word, 1) } else { Vec::new() };
    by_letters.iter().any(|text| alike(text, least)) || guess.iter().any(|text| alike(text, GUESSED))
}
