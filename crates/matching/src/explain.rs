//! Evidence in words, for the matches that are returned.

use crate::evidence::{Aligned, Evidence};
use crate::names::{INITIAL_LIKENESS, Pair, bits};
use crate::screener::name_label;
use crate::search::{Hit, Scratch, Search};
use crate::signals::SIGNALS;
use cordon_model::Entity;

/// Every signal that spoke for or against one match; their scores add up to the match's.
pub(crate) fn evidence(
    search: &Search<'_>,
    hit: &Hit,
    query: &Entity,
    entity: &Entity,
    scratch: &mut Scratch,
) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    evidence.extend(name(search, hit, query, entity, scratch));
    let facts = search.query.facts.view();
    let candidate = search.view.facts(hit.entity);
    for signal in &SIGNALS {
        if let Some(found) = (signal.compare)(&facts, &candidate, &search.policy.facts) {
            let (mut left, mut right) =
                ((signal.show)(&facts, found.query), (signal.show)(&candidate, found.candidate));
            if signal.id == "identifier" {
                left = identifier(query, &left, found.query);
                right = identifier(entity, &right, found.candidate);
            }
            evidence.push(Evidence {
                signal: signal.id,
                score: f64::from(found.points) / 1000.0,
                detail: found.detail.to_owned(),
                query: left,
                candidate: right,
                aligned: Vec::new(),
            });
        }
    }
    evidence.sort_by(|one, two| two.score.total_cmp(&one.score));
    evidence
}

/// An identifier with its value; records hold only its hash, and leave out those too short to compare.
fn identifier(entity: &Entity, label: &str, record: usize) -> String {
    let comparable = entity.identifiers.iter().filter(|identifier| crate::facts::is_comparable(identifier));
    comparable
        .into_iter()
        .nth(record)
        .map_or_else(|| label.to_owned(), |found| format!("{} {}", found.label(), found.value))
}

fn name(
    search: &Search<'_>,
    hit: &Hit,
    query: &Entity,
    entity: &Entity,
    scratch: &mut Scratch,
) -> Option<Evidence> {
    let asked = search.query.names.get(hit.query_name)?;
    let record = search.view.names.get(hit.name? as usize)?;
    let listed = entity.names.get(record.name.get() as usize)?;
    let (score, side, pairs) = search.explain(hit, scratch)?;
    let tokens = search.view.name_tokens(hit.name?);
    let word = |at: usize| {
        let first = tokens.iter().find(|token| usize::from(token.position) == at);
        first.map_or("", |token| {
            std::str::from_utf8(search.view.token(token.token.get()).text).unwrap_or_default()
        })
    };
    let own = |at: usize| asked.analysis.tokens.get(at).map_or("", |token| token.forms[0].text.as_str());
    let both = |pair: &Pair| Aligned {
        asked: join(pair.query, &own),
        listed: join(pair.candidate, &word),
        likeness: pair.likeness,
    };
    let mut phrases: Vec<String> = pairs.iter().map(|pair| phrase(&both(pair))).collect();
    // Side by side they are read in the order asked.
    let mut in_order: Vec<&Pair> = pairs.iter().collect();
    in_order.sort_by_key(|pair| pair.query.trailing_zeros());
    let mut aligned: Vec<Aligned> = in_order.into_iter().map(both).collect();
    if score.query_left != 0 {
        let alone = join(score.query_left, &own);
        phrases.push(format!("only asked: {alone}"));
        aligned.push(Aligned { asked: alone, listed: String::new(), likeness: 0 });
    }
    if score.candidate_left != 0 {
        let alone = join(score.candidate_left & side.telling, &word);
        phrases.push(format!("only listed: {alone}"));
        aligned.push(Aligned { asked: String::new(), listed: alone, likeness: 0 });
    }
    if asked.analysis.disguised {
        phrases.push("invisible or look-alike characters".to_owned());
    }
    Some(Evidence {
        signal: "name",
        score: f64::from(score.points(&search.policy.names)) / 1000.0,
        detail: format!("{}: {}", name_label(record.kind), phrases.join("; ")),
        query: query.names.get(asked.name).map(|name| name.text.clone()).unwrap_or_default(),
        candidate: listed.text.clone(),
        aligned,
    })
}

fn join<'a>(mask: u32, word: &impl Fn(usize) -> &'a str) -> String {
    bits(mask).map(word).collect::<Vec<_>>().join(" ")
}

fn phrase(pair: &Aligned) -> String {
    let Aligned { asked, listed, likeness } = pair;
    match *likeness {
        1000 => format!("{asked} = {listed}"),
        INITIAL_LIKENESS => format!("{asked} ~ {listed} (initial)"),
        likeness => format!("{asked} ~ {listed} ({:.2})", f64::from(likeness) / 1000.0),
    }
}
