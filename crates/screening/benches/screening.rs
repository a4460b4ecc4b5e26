//! From published bytes to answers: load, compile, open, search, batch.
//!
//! With real list files beside the checkout the lists are UN 2026-02-27 and OFAC SDN 2024-01-08 and the queries are
//! unlisted people; without them the built-in list and the example of the repository, said in the names of the benches.

use cordon_lists::{SourceFile, format_for, starter, unpack};
use cordon_matching::{Options, Policy, Screener, Segment};
use cordon_model::{
    Country, CountryRole, DateRole, Entity, EntityId, Name, NameKind, PartialDate, Schema, Snapshot,
};
use cordon_screening::batch::Batch;
use cordon_screening::input::Row;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::sync::Arc;

/// One list as published: its id and its files.
struct Source {
    list: &'static str,
    files: Vec<(String, Vec<u8>)>,
}

impl Source {
    fn read(list: &'static str, paths: &[&str]) -> Self {
        let files = paths.iter().flat_map(|path| {
            let name = path.rsplit('/').next().unwrap_or(path);
            unpack(name, testkit::bytes(path), 1 << 30).unwrap_or_default()
        });
        Self { list, files: files.map(|file| (file.name, file.bytes)).collect() }
    }

    fn parse(&self) -> Snapshot {
        let files: Vec<SourceFile<'_>> =
            self.files.iter().map(|(name, bytes)| SourceFile { name, bytes }).collect();
        format_for(&files)
            .and_then(|format| format.parse(self.list, &files))
            .expect("a published list is readable")
    }
}

const OFAC: [&str; 4] = [
    "ofac/sdn-csv/2024-01-08/sdn.csv.gz",
    "ofac/sdn-csv/2024-01-08/alt.csv.gz",
    "ofac/sdn-csv/2024-01-08/add.csv.gz",
    "ofac/sdn-csv/2024-01-08/sdn_comments.csv",
];
const UN: [&str; 1] = ["un/2026-02-27/consolidated.xml.gz"];
const PEOPLE: &str = "matching/unlisted_people_us.csv.gz";

fn sources() -> Vec<Source> {
    let there = OFAC.iter().chain(&UN).chain([&PEOPLE]).all(|path| testkit::data(path).is_some());
    if there {
        vec![Source::read("us_ofac_sdn", &OFAC), Source::read("un_sc_sanctions", &UN)]
    } else {
        Vec::new()
    }
}

/// People on no list, by name, birth date and nationality; without real data the names of the built-in list, altered.
fn queries(snapshots: &[Snapshot]) -> Vec<Entity> {
    if testkit::data(PEOPLE).is_none() {
        let entities = snapshots.iter().flat_map(Snapshot::entities);
        return entities.map(|entity| person(&format!("{}e", entity.caption()), "", "")).collect();
    }
    let bytes = testkit::bytes(PEOPLE);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let rows = reader.records().filter_map(Result::ok);
    rows.map(|row| person(row.get(0).unwrap_or(""), row.get(5).unwrap_or(""), row.get(7).unwrap_or("")))
        .collect()
}

fn person(name: &str, born: &str, nationality: &str) -> Entity {
    let mut person = Entity::new(EntityId::from(String::new()), Schema::Person);
    person.add_name(Name::new(NameKind::Primary, name));
    if let Ok(date) = PartialDate::parse(born) {
        person.add_date(DateRole::Birth, date);
    }
    if let Ok(country) = Country::parse(nationality) {
        person.add_country(CountryRole::Nationality, country);
    }
    person
}

fn screening(bench: &mut Criterion) {
    let sources = sources();
    let real = !sources.is_empty();
    let label = |what: &str| format!("{what} ({})", if real { "UN + OFAC" } else { "built-in list" });
    let snapshots: Vec<Snapshot> =
        if real { sources.iter().map(Source::parse).collect() } else { starter().into_iter().collect() };
    let segments: Vec<Arc<Vec<u8>>> =
        snapshots.iter().map(|snapshot| Arc::new(Segment::build(snapshot))).collect();
    let open = || -> Vec<Arc<Segment>> {
        let opened = segments.iter().map(|bytes| Segment::open(Arc::<Vec<u8>>::clone(bytes)));
        opened.map(|segment| Arc::new(segment.expect("a segment just built is readable"))).collect()
    };
    let screener = Screener::new(open(), Policy::default());
    let queries = queries(&snapshots);
    let options = Options { threshold: 0.7, limit: 5 };

    let mut group = bench.benchmark_group("lists");
    group.sample_size(10);
    if real {
        group.bench_function(label("load"), |run| {
            run.iter(|| sources.iter().map(Source::parse).collect::<Vec<_>>());
        });
    }
    group.bench_function(label("compile"), |run| {
        run.iter(|| snapshots.iter().map(Segment::build).collect::<Vec<_>>());
    });
    group.finish();
    bench.bench_function(&label("open"), |run| run.iter(|| black_box(open())));

    let mut at = 0;
    bench.bench_function(&label("search"), |run| {
        run.iter(|| {
            at = (at + 1) % queries.len();
            black_box(screener.screen(&queries[at], options))
        });
    });
    let mut group = bench.benchmark_group("batch");
    group.sample_size(10);
    group.throughput(Throughput::Elements(queries.len() as u64));
    group.bench_function(label("batch"), |run| {
        let rows = || queries.iter().cloned().map(|query| Ok(Row::asking(query))).collect::<Vec<_>>();
        run.iter_batched(
            rows,
            |rows| Batch::new(&screener, options, rows.into_iter()).count(),
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

criterion_group!(benches, screening);
criterion_main!(benches);
