//! Share of real names whose romanisation finds their Latin spelling, by source and script.

#![allow(clippy::print_stdout, reason = "the shares are what the person who runs this wants to see")]

use cordon_text::romanise::{Reading, romanise};
use cordon_text::sound::{Sound, similarity, unvowelled_similarity};
use cordon_text::{Script, fold, words};
use std::collections::BTreeMap;
use testkit::Case;

const UN: &str = "un/2026-02-27/consolidated.xml.gz";
const PUTIN: &str = "matching/putin_names.txt";
const VARIANTS: &str = "matching/given-name-variants.txt.gz";

fn main() -> std::process::ExitCode {
    testkit::run(&[
        Case { name: "words of UN names in original script", needs: &[UN], run: un_names },
        Case { name: "single name parts of Wikidata", needs: &["matching/transliteration"], run: name_parts },
        Case { name: "sets of given names in many scripts", needs: &[VARIANTS], run: variants },
        Case { name: "one name in many scripts", needs: &[PUTIN], run: one_name },
    ])
    .exit_code()
}

fn text(path: &str) -> String {
    String::from_utf8(testkit::bytes(path)).expect("the files are UTF-8")
}

/// Similarity in thousandths.
fn alike(reading: &Reading, latin: &Sound) -> u16 {
    if reading.unvowelled {
        return unvowelled_similarity(&Sound::of_unvowelled(&reading.text), latin, 0);
    }
    similarity(&Sound::of(&reading.text), latin, 0)
}

/// How well the readings of a word fit a Latin word that is to be all of it: readings of several positions are joined.
fn fit(word: &str, latin: &Sound) -> u16 {
    let positions = romanise(word, Script::of_text(word));
    if let [position] = positions.as_slice() {
        return position.iter().map(|reading| alike(reading, latin)).max().unwrap_or_default();
    }
    let joined = |at: usize| {
        let readings = positions.iter().map(|position| position.get(at).unwrap_or(&position[0]));
        readings.fold(Reading::full(""), |whole, reading| Reading {
            text: whole.text + &reading.text,
            unvowelled: whole.unvowelled || reading.unvowelled,
        })
    };
    (0..4).map(|at| alike(&joined(at), latin)).max().unwrap_or_default()
}

/// Found and all, by key.
#[derive(Default)]
struct Shares(BTreeMap<String, (usize, usize)>);

impl Shares {
    fn count(&mut self, key: &str, found: bool) {
        let row = self.0.entry(key.to_owned()).or_default();
        row.0 += usize::from(found);
        row.1 += 1;
    }

    /// Prints all shares, and asserts those that have a floor, in thousandths.
    fn check(&self, floors: &[(&str, usize)]) {
        for (key, (found, all)) in &self.0 {
            println!("{key}: {found} of {all}, {} ‰", found * 1000 / all);
        }
        for (key, floor) in floors {
            let (found, all) = self.0.get(*key).copied().unwrap_or((0, 1));
            assert!(found * 1000 >= floor * all, "{key}: {found} of {all} is below {floor} ‰");
        }
    }
}

fn fields(entry: &str, names: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for name in names {
        for part in entry.split(&format!("<{name}>")).skip(1) {
            let value = part.split('<').next().unwrap_or_default();
            found.extend(words(value).iter().map(|word| fold::fold(word.text).text));
        }
    }
    found
}

/// Every position of every original word of a person is compared with all Latin words of that person.
fn un_names() {
    let mut shares = Shares::default();
    for entry in text(UN).split("</INDIVIDUAL>") {
        let latin: Vec<Sound> =
            fields(entry, &["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "ALIAS_NAME"])
                .iter()
                .map(|word| Sound::of(word))
                .collect();
        for word in fields(entry, &["NAME_ORIGINAL_SCRIPT"]) {
            let script = Script::of_text(&word);
            if matches!(script, Script::Latin | Script::Common) {
                continue;
            }
            for position in romanise(&word, script) {
                let best = |unvowelled: bool| {
                    let readings = position.iter().filter(|reading| unvowelled || !reading.unvowelled);
                    readings
                        .flat_map(|reading| latin.iter().map(|word| alike(reading, word)))
                        .max()
                        .unwrap_or_default()
                };
                shares.count(&format!("{script:?}"), best(true) >= 800);
                shares.count(&format!("{script:?} with vowels"), best(false) >= 800);
            }
        }
    }
    shares.check(&[("Arabic", 870), ("Arabic with vowels", 850), ("Cyrillic", 970)]);
}

fn name_parts() {
    let mut shares = Shares::default();
    for name in ["arabic", "chinese", "hebrew", "japanese", "katakana", "korean", "russian"] {
        for line in text(&format!("matching/transliteration/wd_{name}_20.shared.tsv.gz")).lines() {
            let mut columns = line.split('\t');
            let (Some(latin), Some(word)) = (columns.next(), columns.next()) else { continue };
            let latin = Sound::of(&fold::fold(latin).text);
            shares.count(name, fit(&fold::fold(&word.replace(' ', "")).text, &latin) >= 750);
        }
    }
    shares.check(&[
        ("arabic", 950),
        ("chinese", 890),
        ("hebrew", 960),
        ("japanese", 930),
        ("katakana", 940),
        ("korean", 810),
        ("russian", 935),
    ]);
}

/// Each word of a set is compared with all Latin words of its set.
fn variants() {
    let mut shares = Shares::default();
    for line in text(VARIANTS).lines() {
        let Some((names, _)) = line.rsplit_once(" => ") else { continue };
        let (latin, others): (Vec<String>, Vec<String>) = names
            .split(", ")
            .filter(|name| !name.contains([' ', '-', '・', '·', '＝']))
            .map(|name| fold::fold(name).text)
            .partition(|word| Script::of_text(word) == Script::Latin);
        let latin: Vec<Sound> = latin.iter().map(|word| Sound::of(word)).collect();
        for word in others.iter().filter(|_| !latin.is_empty()) {
            let best = latin.iter().map(|latin| fit(word, latin)).max().unwrap_or_default();
            shares.count(&format!("{:?}", Script::of_text(word)), best >= 750);
        }
    }
    shares.check(&[
        ("Arabic", 970),
        ("Armenian", 955),
        ("Bengali", 965),
        ("Cyrillic", 960),
        ("Devanagari", 960),
        ("Georgian", 960),
        ("Greek", 960),
        ("Han", 930),
        ("Hangul", 870),
        ("Hebrew", 975),
        ("Hiragana", 875),
        ("Katakana", 960),
        ("Thai", 900),
    ]);
}

/// All spellings of Vladimir Putin are found by both names.
fn one_name() {
    for line in text(PUTIN).lines() {
        let all: Vec<String> = words(line).iter().map(|word| fold::fold(word.text).text).collect();
        let words: Vec<&String> = all.iter().filter(|word| Script::of_text(word) != Script::Latin).collect();
        if words.is_empty() || words.iter().any(|word| word.chars().count() == 1) {
            continue;
        }
        let best =
            |latin: &str| words.iter().map(|word| fit(word, &Sound::of(latin))).max().unwrap_or_default();
        assert!(best("putin") >= 750, "{line}: putin {}", best("putin"));
        assert!(
            words.len() == 1 || line.starts_with("Президент") || best("vladimir") >= 750,
            "{line}: {}",
            best("vladimir")
        );
    }
}
