//! How fast: names per second, times of single queries, times to compile and to open.
//!
//! In: a clock, which is passed in. What is measured depends on the machine and what else it does.

use crate::statistics::{percentile, rounded};
use cordon_matching::{Options, Screener, Segment};
use cordon_model::{Entity, Snapshot};
use rayon::prelude::*;
use serde::Serialize;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

/// Time since some fixed moment, never going back.
pub type Clock<'a> = &'a (dyn Fn() -> Duration + Sync);

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Speed {
    /// Queries asked: names with a date of birth and a nationality.
    pub queries: usize,
    /// Queries per second on one thread.
    pub per_second: f64,
    /// Queries per second on two threads.
    pub per_second_two_threads: f64,
    /// Half of the queries take no longer than this, in milliseconds.
    pub p50_ms: f64,
    /// 99 of 100 queries take no longer than this, in milliseconds.
    pub p99_ms: f64,
    /// The slowest query, in milliseconds.
    pub slowest_ms: f64,
    /// Seconds to compile all lists.
    pub build_seconds: f64,
    /// Bytes of the compiled lists.
    pub bytes: usize,
    /// Milliseconds to open them in memory.
    pub open_ms: f64,
}

/// Most matches for one query, as commands have it when nothing else is asked for.
const LIMIT: usize = 5;

/// Asks the queries one by one, then on two threads; compiles and opens the entities.
pub(crate) fn measure(
    screener: &Screener,
    entities: &[Entity],
    queries: &[Entity],
    threshold: f64,
    clock: Clock<'_>,
) -> Speed {
    let options = Options { threshold, limit: LIMIT };
    let since = |moment: Duration| clock().saturating_sub(moment);
    let ask = |query: &Entity| screener.screen(query, options).map_or(0, |matches| matches.len());
    // Once before, so that lists are in memory and buffers lent.
    for query in queries.iter().take(100) {
        black_box(ask(query));
    }
    let mut times = Vec::with_capacity(queries.len());
    let begun = clock();
    for query in queries {
        let before = clock();
        ask(query);
        times.push(since(before).as_secs_f64() * 1000.0);
    }
    let one = since(begun).as_secs_f64();
    let two = two_threads(queries, &ask, clock);
    let snapshot = Snapshot::new("eval", None, entities.to_vec(), Vec::new());
    let begun = clock();
    let bytes = Arc::new(Segment::build(&snapshot));
    let build = since(begun).as_secs_f64();
    let begun = clock();
    let size = bytes.len();
    let opened = Segment::open(bytes);
    let open = if opened.is_ok() { since(begun).as_secs_f64() * 1000.0 } else { 0.0 };
    let rate = |seconds: f64| (queries.len() as f64 / seconds.max(1e-9)).round();
    let place = |times: &mut Vec<f64>, share| rounded(percentile(times, share).unwrap_or(0.0));
    Speed {
        queries: queries.len(),
        per_second: rate(one),
        per_second_two_threads: rate(two),
        p50_ms: place(&mut times, 0.5),
        p99_ms: place(&mut times, 0.99),
        slowest_ms: place(&mut times, 1.0),
        build_seconds: rounded(build),
        bytes: size,
        open_ms: rounded(open),
    }
}

fn two_threads(queries: &[Entity], ask: &(impl Fn(&Entity) -> usize + Sync), clock: Clock<'_>) -> f64 {
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(2).build() else { return f64::INFINITY };
    let begun = clock();
    pool.install(|| {
        queries.par_iter().for_each(|query| {
            black_box(ask(query));
        });
    });
    clock().saturating_sub(begun).as_secs_f64()
}
