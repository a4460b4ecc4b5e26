//! Listed parties named in running text.
//!
//! In: a text and a [`Screener`]. Out: [`TextMatch`]es in the order of the text, each with the quoted span. What is not a
//! name – a word in the middle of a sentence, a common noun at its beginning – is not asked about; a family name alone
//! counts only after the whole name has been met.

use cordon_matching::{Match, Options, Screener};
use cordon_model::{Entity, EntityId, Name, NameKind, Schema};
use cordon_text::fold::fold;
use cordon_text::lexicon::{self, Role};
use cordon_text::{Script, Word, words};
use std::collections::BTreeMap;
use std::ops::Range;

/// How a mention names its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mention {
    /// By a whole name.
    Full,
    /// By part of a name that stands in full elsewhere in the text.
    Short,
}

/// A listed party named in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextMatch {
    /// The party, with the score and evidence of the name found.
    pub found: Match,
    /// How it is named.
    pub mention: Mention,
    /// Bytes of the text that name it.
    pub bytes: Range<usize>,
    /// The same in characters.
    pub chars: Range<usize>,
    /// Line, from 1.
    pub line: usize,
    /// The text of the span.
    pub quote: String,
}

/// Most words of a name in running text.
const MAX_WORDS: usize = 8;

/// Least score of a name in running text when none is asked for: a text holds hundreds of names nobody asked about.
pub const THRESHOLD: f64 = 0.85;

/// Words written small inside names.
const INSIDE: &[&str] = &[
    "al", "el", "bin", "ibn", "ben", "bint", "abu", "de", "da", "do", "dos", "del", "della", "di", "du",
    "des", "la", "le", "van", "von", "der", "den", "ter", "ten", "zu", "of", "and", "for", "the", "und",
    "et", "y", "ul", "ur", "ud", "un", "ok", "il",
];

/// Finds the listed parties named in a text whose names score at least `threshold`.
///
/// Spans do not overlap: of two the better stays, of equals the shorter.
pub fn scan(text: &str, screener: &Screener, threshold: f64) -> Vec<TextMatch> {
    let words: Vec<Word<'_>> = words(text).into_iter().map(without_possessive).collect();
    let mut finds = full_names(text, &words, screener, threshold);
    finds.sort_by(|one, two| {
        // More of the name first, then less beside it: a title before a name is not part of it.
        let rank = |find: &Find| find.found.evidence.iter().map(|evidence| evidence.score).sum::<f64>();
        rank(two)
            .total_cmp(&rank(one))
            .then_with(|| (one.words.len(), one.words.start).cmp(&(two.words.len(), two.words.start)))
    });
    let mut taken = vec![false; words.len()];
    let mut kept = Vec::new();
    for find in finds {
        if taken[find.words.clone()].iter().any(|taken| *taken) {
            continue;
        }
        taken[find.words.clone()].fill(true);
        kept.push(find);
    }
    let short = short_names(&words, &taken, &kept);
    kept.extend(short);
    kept.sort_by_key(|find| find.words.start);
    let mut places = Places { byte: 0, chars: 0, line: 1 };
    kept.into_iter().map(|find| places.locate(text, &words, find)).collect()
}

/// A name found at some words.
struct Find {
    words: Range<usize>,
    found: Match,
    mention: Mention,
}

/// A word less the ending of the English genitive.
fn without_possessive(mut word: Word<'_>) -> Word<'_> {
    for ending in ["'s", "’s", "'S", "’S"] {
        if let Some(stem) = word.text.strip_suffix(ending).filter(|stem| !stem.is_empty()) {
            word.range.end -= ending.len();
            word.text = stem;
            break;
        }
    }
    word
}

/// Whether a word can end a name: any that can stand in one, or a legal form (`s.r.o.`).
fn can_end(word: &str) -> bool {
    can_name(word) || lexicon::roles(&[fold(word).text]).any(|(role, _)| matches!(role, Role::LegalForm(_)))
}

/// Whether a word can stand in a name: written large, in a script without capitals, or a number.
fn can_name(word: &str) -> bool {
    let Some(first) = word.chars().find(|letter| letter.is_alphanumeric()) else { return word == "&" };
    first.is_uppercase() || first.is_numeric() || !has_case(first)
}

fn has_case(letter: char) -> bool {
    matches!(Script::of(letter), Script::Latin | Script::Cyrillic | Script::Greek | Script::Armenian)
}

fn full_names(text: &str, words: &[Word<'_>], screener: &Screener, threshold: f64) -> Vec<Find> {
    let mut finds = Vec::new();
    let mut asked: BTreeMap<String, Option<Match>> = BTreeMap::new();
    for start in 0..words.len() {
        if !can_name(words[start].text) {
            continue;
        }
        for end in start + 1..=(start + MAX_WORDS).min(words.len()) {
            let last = &words[end - 1];
            if end > start + 1 && (last.after_break || !(can_end(last.text) || INSIDE.contains(&last.text))) {
                break;
            }
            if !can_end(last.text) {
                continue;
            }
            let span = &text[words[start].range.start..last.range.end];
            let found = asked.entry(span.to_owned()).or_insert_with(|| ask(span, screener, threshold));
            if let Some(found) = found {
                finds.push(Find { words: start..end, found: found.clone(), mention: Mention::Full });
            }
        }
    }
    finds
}

/// The best match of a span, if the span is a name of the party and nothing more or less.
fn ask(span: &str, screener: &Screener, threshold: f64) -> Option<Match> {
    let mut query = Entity::new(EntityId::from(String::new()), Schema::Thing);
    query.add_name(Name::new(NameKind::Primary, span));
    let best = screener.screen(&query, Options { threshold, limit: 1 }).ok()?.into_iter().next()?;
    let name = best.evidence.iter().find(|evidence| evidence.signal == "name")?;
    let whole = !name.detail.contains("only asked");
    let several = words(span).len() > 1;
    // One word proves something only if it is the whole of a name that is not a mere nickname.
    let sole = !name.detail.contains("only listed")
        && !name.detail.starts_with("weak alias")
        && span.chars().count() > 3;
    (whole && (several || sole)).then_some(best)
}

/// Words that are part of a name found in full elsewhere and of no other party's.
fn short_names(words: &[Word<'_>], taken: &[bool], full: &[Find]) -> Vec<Find> {
    let mut parts: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (index, find) in
        full.iter().enumerate().filter(|(_, find)| find.found.entity.schema == Schema::Person)
    {
        for word in &words[find.words.clone()] {
            let part = parts.entry(word.text.to_lowercase()).or_insert(Some(index));
            let other = part.is_some_and(|known| full[known].found.entity.id != find.found.entity.id);
            if other {
                *part = None;
            }
        }
    }
    let family = |find: &Find, word: &str| {
        let parts = find.found.entity.names.iter().flat_map(|name| &name.parts);
        let typed = parts.filter(|part| part.kind == cordon_model::NamePartKind::Family);
        let mut typed = typed.peekable();
        if typed.peek().is_some() {
            typed.any(|part| part.text.to_lowercase() == word)
        } else {
            // Without typed parts the family name is the first or the last word.
            let name = &words[find.words.clone()];
            [name.first(), name.last()].into_iter().flatten().any(|part| part.text.to_lowercase() == word)
        }
    };
    words
        .iter()
        .enumerate()
        .filter(|(at, word)| !taken[*at] && can_name(word.text) && word.text.chars().count() > 2)
        .filter_map(|(at, word)| {
            let lower = word.text.to_lowercase();
            let find = &full[(*parts.get(&lower)?)?];
            // Part of another, longer name is not a name of its own.
            let beside = |near: Option<usize>| {
                near.and_then(|near| words.get(near))
                    .is_some_and(|word| can_name(word.text) && !word.after_break)
            };
            let alone =
                !(beside(at.checked_sub(1)) && !word.after_break && !is_first(words, at) && !taken[at - 1]);
            (family(find, &lower) && alone).then(|| Find {
                words: at..at + 1,
                found: find.found.clone(),
                mention: Mention::Short,
            })
        })
        .collect()
}

/// Whether a word begins a sentence, so that its capital says nothing of the one before.
fn is_first(words: &[Word<'_>], at: usize) -> bool {
    at == 0 || words[at].after_break
}

/// Counts characters and lines once while going through a text.
struct Places {
    byte: usize,
    chars: usize,
    line: usize,
}

impl Places {
    fn locate(&mut self, text: &str, words: &[Word<'_>], find: Find) -> TextMatch {
        let (start, end) = (words[find.words.start].range.start, words[find.words.end - 1].range.end);
        let before = &text[self.byte..start];
        self.chars += before.chars().count();
        self.line += before.matches('\n').count();
        self.byte = start;
        let quote = &text[start..end];
        TextMatch {
            found: find.found,
            mention: find.mention,
            bytes: start..end,
            chars: self.chars..self.chars + quote.chars().count(),
            line: self.line,
            quote: quote.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cordon_matching::{Policy, Segment};
    use cordon_model::Snapshot;
    use std::sync::Arc;

    fn screener() -> Screener {
        let entities = [
            ("kim", Schema::Person, "KIM Jong Un"),
            ("putin", Schema::Person, "Vladimir Vladimirovich PUTIN"),
            ("versor", Schema::Company, "VERSOR S.R.O."),
            ("komid", Schema::Organization, "Korea Mining Development Trading Corporation"),
        ];
        let entities = entities.map(|(key, schema, name)| {
            let mut entity = Entity::new(EntityId::new("l", key), schema);
            entity.add_name(Name::new(NameKind::Primary, name));
            entity
        });
        let bytes = Segment::build(&Snapshot::new("l", None, entities.to_vec(), vec![]));
        Screener::new(vec![Arc::new(Segment::open(Arc::new(bytes)).unwrap())], Policy::default())
    }

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = scan(text, &screener(), THRESHOLD);
        let found: Vec<(&str, &str)> =
            found.iter().map(|one| (one.found.entity.id.key(), one.quote.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn parties_named_in_sentences() {
        check(
            "Kim Jong Un’s visit to President Vladimir Putin.",
            &[("kim", "Kim Jong Un"), ("putin", "Vladimir Putin")],
        );
        check("The goods went to Versor s.r.o. in Bratislava", &[("versor", "Versor s.r.o")]);
        check(
            "from Korea Mining Development Trading Corporation, the main arms dealer",
            &[("komid", "Korea Mining Development Trading Corporation")],
        );
        check("Matthew Miller spoke to Kim Smith.", &[]);
        check("Встреча: Владимир Путин", &[("putin", "Владимир Путин")]);
    }

    #[test]
    fn a_family_name_counts_after_the_whole_name() {
        check("Putin spoke.", &[]);
        check("Vladimir Putin came. Later Putin left.", &[("putin", "Vladimir Putin"), ("putin", "Putin")]);
        check("Vladimir Putin met Igor Putin.", &[("putin", "Vladimir Putin")]);
    }

    #[test]
    fn places_are_counted() {
        let text = "\nÜber\nKim Jong Un";
        let found = scan(text, &screener(), THRESHOLD);
        assert_eq!((found[0].line, found[0].bytes.clone(), found[0].chars.clone()), (3, 7..18, 6..17));
        assert_eq!(&text[found[0].bytes.clone()], "Kim Jong Un");
    }
}
