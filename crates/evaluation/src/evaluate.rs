//! All measurements of one screener, put together.

use crate::cases::{Asked, Case, altered, cases, listed};
use crate::dice::hash;
use crate::outcome::{FLOOR, Outcome, outcomes, shown, why};
use crate::people::people;
use crate::proofs;
use crate::report::{Cell, FalseAlert, KindResult, Miss, Part, Point, Report, Settings, Total, Unlisted};
use crate::speed::{Clock, measure};
use crate::statistics::{Count, Share, rounded};
use crate::taxonomy::{Expect, KINDS, Kind};
use cordon_matching::{Match, Options, Screener};
use cordon_model::Entity;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Version of the report's shape.
const VERSION: u32 = 1;

/// False alerts shown of each group of unlisted people.
const EXAMPLES: usize = 10;

/// Lower end, upper end and step of the curve, in thousandths.
const CURVE: (usize, usize, usize) = (500, 1000, 10);

/// What is measured beside the lists themselves.
#[derive(Default)]
pub struct Extra<'a> {
    /// People known to be on no list.
    pub unlisted: Vec<Entity>,
    /// The clock, if speed is to be measured.
    pub clock: Option<Clock<'a>>,
    /// Is told what is being done, for people who wait.
    pub notice: Option<&'a (dyn Fn(&str) + Sync)>,
}

/// Measures a screener.
pub fn evaluate(screener: &Screener, settings: Settings, extra: &Extra<'_>) -> Report {
    let notice = |step: &str| extra.notice.iter().for_each(|tell| tell(step));
    let entities: Vec<Entity> = screener.segments().iter().flat_map(|segment| segment.entities()).collect();
    notice("altering listed names");
    let cases = all_cases(&entities, settings);
    notice("asking altered names");
    let outcomes = outcomes(screener, &cases, settings.threshold);
    let told: Vec<(&Case<'_>, &Outcome)> = cases.iter().zip(&outcomes).collect();
    notice("asking for people who are on no list");
    let crowd = crowd(screener, settings, &extra.unlisted);
    notice("asking every name as listed");
    let exact = proofs::exact(screener, &entities, settings.threshold);
    notice("comparing with brute force");
    let sample = sample(&cases, settings);
    let exhaustive = proofs::exhaustive(screener, &sample, settings.threshold);
    let kinds = kinds(&told, settings.threshold);
    let speed = extra.clock.map(|clock| {
        notice("measuring speed");
        let queries: Vec<Entity> =
            people(settings.people, settings.seed).into_iter().map(|person| person.entity).collect();
        measure(screener, &entities, &queries, settings.threshold, clock)
    });
    let must: Vec<(&Case<'_>, bool)> = told
        .iter()
        .filter(|(case, _)| case.kind.expect == Expect::Match)
        .map(|(case, outcome)| (*case, outcome.score >= settings.threshold))
        .collect();
    Report {
        version: VERSION,
        settings,
        totals: totals(&kinds),
        by_script: parts(&must, |case| case.script.clone()),
        by_group: parts(&must, |case| case.group.to_owned()),
        by_rarity: parts(&must, |case| case.rarity.to_owned()),
        curve: curve(&told, &crowd),
        unlisted: crowd.iter().map(|group| unlisted(group, settings.threshold)).collect(),
        exact,
        exhaustive,
        misses: misses(&told, settings, true),
        false_matches: misses(&told, settings, false),
        kinds,
        speed,
    }
}

fn all_cases(entities: &[Entity], settings: Settings) -> Vec<Case<'_>> {
    let names = listed(entities);
    KINDS.par_iter().flat_map_iter(|kind| cases(&names, kind, settings.seed, settings.cases)).collect()
}

/// Queries of all kinds, drawn evenly, for the comparison with brute force.
fn sample<'a>(cases: &'a [Case<'_>], settings: Settings) -> Vec<&'a Entity> {
    let mut drawn: Vec<(u64, &Entity)> = cases
        .iter()
        .filter_map(|case| match &case.asked {
            Asked::Query(query) => {
                let subject = ["exhaustive", case.kind.id, case.entity.id.as_str()];
                Some((hash(settings.seed, &subject), query))
            }
            _ => None,
        })
        .collect();
    drawn.sort_by_key(|(throw, _)| *throw);
    drawn.into_iter().take(settings.exhaustive).map(|(_, query)| query).collect()
}

fn kinds(told: &[(&Case<'_>, &Outcome)], threshold: f64) -> Vec<KindResult> {
    let of_kind = |kind: &'static Kind| {
        let mut cells: BTreeMap<(&'static str, String), Count> = BTreeMap::new();
        for (case, outcome) in told.iter().filter(|(case, _)| case.kind.id == kind.id) {
            cells.entry((case.group, case.script.clone())).or_default().add(outcome.score >= threshold);
        }
        let count = cells.values().fold(Count::default(), |sum, count| sum.with(*count));
        KindResult {
            id: kind.id,
            number: kind.number,
            title: kind.title,
            example: kind.example,
            expect: kind.expect,
            count: count.into(),
            cells: cells
                .into_iter()
                .map(|((group, script), count)| Cell { group, script, count: count.into() })
                .collect(),
            not_made: kind.not_made(),
        }
    };
    KINDS.iter().map(of_kind).collect()
}

fn totals(kinds: &[KindResult]) -> Vec<Total> {
    let of_expect = |expect: Expect| {
        let measured: Vec<Share> = kinds
            .iter()
            .filter(|kind| kind.expect == expect && kind.count.cases > 0)
            .map(|kind| kind.count)
            .collect();
        let count = measured.iter().fold(Count::default(), |sum, share| sum.with(share.count()));
        let sum: f64 = measured.iter().filter_map(|share| share.share).sum();
        let mean = (!measured.is_empty()).then(|| rounded(sum / measured.len() as f64));
        Total { expect, count: count.into(), mean }
    };
    Expect::ALL.into_iter().map(of_expect).collect()
}

/// Counts by a part of each case, the greatest first.
fn parts(told: &[(&Case<'_>, bool)], of: impl Fn(&Case<'_>) -> String) -> Vec<Part> {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for (case, hit) in told {
        counts.entry(of(case)).or_default().add(*hit);
    }
    by_size(counts)
}

fn by_size(counts: BTreeMap<String, Count>) -> Vec<Part> {
    let mut parts: Vec<Part> =
        counts.into_iter().map(|(part, count)| Part { part, count: count.into() }).collect();
    parts.sort_by(|one, two| (two.count.cases, &one.part).cmp(&(one.count.cases, &two.part)));
    parts
}

/// A group of unlisted people, each with the best match.
struct Group {
    id: &'static str,
    title: &'static str,
    people: Vec<(String, String, Option<Match>)>,
}

fn crowd(screener: &Screener, settings: Settings, own: &[Entity]) -> Vec<Group> {
    let generated = people(settings.people, settings.seed);
    let best = |query: &Entity| {
        let matches = screener.screen(query, Options { threshold: FLOOR, limit: 1 }).ok()?;
        matches.into_iter().next()
    };
    let asked = |culture: &str, query: &Entity| (culture.to_owned(), query.caption().to_owned(), best(query));
    let mut groups = vec![
        Group {
            id: "generated",
            title: "made-up people with date of birth and nationality",
            people: generated.par_iter().map(|person| asked(person.culture, &person.entity)).collect(),
        },
        Group {
            id: "generated_name_alone",
            title: "the same people by name alone",
            people: generated.par_iter().map(|person| asked(person.culture, &person.name_alone())).collect(),
        },
        Group {
            id: "generated_altered",
            title: "the same names altered as listed ones are",
            people: generated
                .par_iter()
                .filter_map(|person| Some(asked(person.culture, &altered(&person.entity, settings.seed)?)))
                .collect(),
        },
    ];
    if !own.is_empty() {
        groups.push(Group {
            id: "own",
            title: "the people given",
            people: own.par_iter().map(|query| asked("", query)).collect(),
        });
    }
    groups
}

fn unlisted(group: &Group, threshold: f64) -> Unlisted {
    let alert = |found: &Option<Match>| found.as_ref().is_some_and(|found| found.score >= threshold);
    let mut cultures: BTreeMap<String, Count> = BTreeMap::new();
    for (culture, _, found) in group.people.iter().filter(|(culture, ..)| !culture.is_empty()) {
        cultures.entry(culture.clone()).or_default().add(alert(found));
    }
    let mut by_culture = by_size(cultures);
    by_culture.sort_by(|one, two| two.count.share.unwrap_or(0.0).total_cmp(&one.count.share.unwrap_or(0.0)));
    let mut examples: Vec<FalseAlert> = group
        .people
        .iter()
        .filter(|(.., found)| alert(found))
        .filter_map(|(_, name, found)| {
            let found = found.as_ref()?;
            Some(FalseAlert {
                name: name.clone(),
                id: found.entity.id.to_string(),
                caption: found.entity.caption().to_owned(),
                score: shown(found.score),
                why: why(&found.evidence),
            })
        })
        .collect();
    examples.sort_by(|one, two| two.score.total_cmp(&one.score).then_with(|| one.name.cmp(&two.name)));
    examples.truncate(EXAMPLES);
    let count = Count::of(group.people.iter().map(|(.., found)| alert(found)));
    Unlisted {
        id: group.id,
        title: group.title,
        count: count.into(),
        per_thousand: rounded(count.share() * 1000.0),
        by_culture,
        examples,
    }
}

fn curve(told: &[(&Case<'_>, &Outcome)], crowd: &[Group]) -> Vec<Point> {
    let (low, high, step) = CURVE;
    let of = |expect: Expect, threshold: f64| {
        let cases = told.iter().filter(|(case, _)| case.kind.expect == expect);
        rounded(Count::of(cases.map(|(_, outcome)| outcome.score >= threshold)).share())
    };
    let alerts = |id: &str, threshold: f64| {
        let people = &crowd.iter().find(|group| group.id == id)?.people;
        let alert = |found: &Option<Match>| found.as_ref().is_some_and(|found| found.score >= threshold);
        Some(rounded(Count::of(people.iter().map(|(.., found)| alert(found))).share() * 1000.0))
    };
    (low..=high)
        .step_by(step)
        .map(|thousandths| {
            let threshold = thousandths as f64 / 1000.0;
            Point {
                threshold,
                must_match: of(Expect::Match, threshold),
                should_be_shown: of(Expect::Review, threshold),
                must_not_match: of(Expect::Never, threshold),
                per_thousand: alerts("generated", threshold).unwrap_or(0.0),
                per_thousand_name_alone: alerts("generated_name_alone", threshold).unwrap_or(0.0),
                per_thousand_own: alerts("own", threshold),
            }
        })
        .collect()
}

/// The worst cases of each kind: of wanted alerts those with the lowest scores, of unwanted ones the highest.
fn misses(told: &[(&Case<'_>, &Outcome)], settings: Settings, wanted: bool) -> Vec<Miss> {
    let mut misses = Vec::new();
    for kind in KINDS.iter().filter(|kind| kind.expect.is_wanted() == wanted && kind.expect != Expect::Open) {
        let mut of_kind: Vec<Miss> = told
            .iter()
            .filter(|(case, _)| case.kind.id == kind.id)
            .filter(|(_, outcome)| (outcome.score >= settings.threshold) != wanted)
            .map(|(case, outcome)| Miss {
                kind: kind.id,
                id: case.entity.id.to_string(),
                listed: case.listed.to_owned(),
                presented: case.presented.clone(),
                score: shown(outcome.score),
                why: outcome.why.clone(),
            })
            .collect();
        let worst = |miss: &Miss| if wanted { miss.score } else { -miss.score };
        of_kind.sort_by(|one, two| worst(one).total_cmp(&worst(two)).then_with(|| one.id.cmp(&two.id)));
        of_kind.truncate(settings.misses);
        misses.extend(of_kind);
    }
    misses
}
