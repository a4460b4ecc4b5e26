//! What is counted and measured, as Prometheus reads it.

use crate::service::Service;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::atomic::AtomicU64;
use std::time::Duration;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct List {
    list: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Snapshot {
    list: String,
    snapshot: String,
}

type Ratio = Gauge<f64, AtomicU64>;

/// Counters and histograms.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    latency: Family<Route, Histogram>,
    in_flight: Gauge,
    names: Counter,
    matched: Counter,
    matches: Counter,
    entities: Family<Snapshot, Gauge>,
    index: Family<List, Gauge>,
    age: Family<List, Ratio>,
}

/// Bounds of the latency histogram, in seconds: a query takes some hundred microseconds.
fn histogram() -> Histogram {
    Histogram::new([
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
    ])
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let metrics = Self {
            registry: Registry::default(),
            requests: Family::default(),
            latency: Family::new_with_constructor(histogram as fn() -> Histogram),
            in_flight: Gauge::default(),
            names: Counter::default(),
            matched: Counter::default(),
            matches: Counter::default(),
            entities: Family::default(),
            index: Family::default(),
            age: Family::default(),
        };
        metrics.registered()
    }

    fn registered(mut self) -> Self {
        let registry = &mut self.registry;
        registry.register("cordon_requests", "Requests answered", self.requests.clone());
        registry.register_with_unit(
            "cordon_request_duration",
            "Time to answer a request",
            Unit::Seconds,
            self.latency.clone(),
        );
        registry.register("cordon_requests_in_flight", "Requests being answered", self.in_flight.clone());
        registry.register("cordon_names_screened", "Queries screened", self.names.clone());
        registry.register("cordon_names_matched", "Queries with at least one match", self.matched.clone());
        registry.register("cordon_matches", "Matches given", self.matches.clone());
        registry.register("cordon_list_entities", "Entities of a list in force", self.entities.clone());
        registry.register_with_unit(
            "cordon_list_index",
            "Size of a list's compiled index",
            Unit::Bytes,
            self.index.clone(),
        );
        registry.register_with_unit(
            "cordon_list_age",
            "Time since a list was published, or fetched if it carries no date",
            Unit::Seconds,
            self.age.clone(),
        );
        self
    }

    pub(crate) fn begun(&self) {
        self.in_flight.inc();
    }

    pub(crate) fn ended(&self) {
        self.in_flight.dec();
    }

    pub(crate) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let (method, route) = (method.to_owned(), route.to_owned());
        self.latency.get_or_create(&Route { route: route.clone() }).observe(took.as_secs_f64());
        self.requests.get_or_create(&Request { method, route, status }).inc();
    }

    /// Counts queries that were screened, those of them that matched, and the matches given.
    pub(crate) fn screened(&self, names: u64, matched: u64, matches: u64) {
        self.names.inc_by(names);
        self.matched.inc_by(matched);
        self.matches.inc_by(matches);
    }

    /// The text Prometheus reads.
    pub(crate) fn text(&self, service: &Service) -> String {
        let now = service.now();
        self.entities.clear();
        self.index.clear();
        self.age.clear();
        for held in service.screeners().lists() {
            let version = &held.version;
            let list = List { list: version.list.clone() };
            let snapshot = Snapshot { list: version.list.clone(), snapshot: version.snapshot.clone() };
            self.entities.get_or_create(&snapshot).set(version.entities as i64);
            self.index.get_or_create(&list).set(held.segment.size() as i64);
            let midnight = version
                .published
                .and_then(|day| day.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok())
                .map(|time| time.timestamp());
            if let Some(since) = midnight.or(version.fetched) {
                self.age.get_or_create(&list).set(now.duration_since(since).as_secs_f64());
            }
        }
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
