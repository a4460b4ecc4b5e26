//! A process that updates without end is killed again and again; whatever it left must be whole.

#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use cordon_adapters::{Home, Source, Target, Update, Wait, update};
use cordon_model::{Bounds, Snapshot};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use libtest_mimic::{Arguments, Failed, Trial};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::{Lines, parsed, text, tree};

const LIST: &str = "test_list";
const CHILD: &str = "--update-until-killed";
const FIRST: Date = date(2026, 1, 1);

/// Kills in one run; more with less time between them find no more than these.
const KILLS: u64 = 60;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, home] = arguments.as_slice()
        && flag == CHILD
    {
        update_until_killed(Path::new(home));
    }
    let trials = vec![
        Trial::test("a killed update leaves the old version or the new one", || {
            checked(kill_again_and_again)
        }),
        Trial::test("two processes that update wait for each other", || checked(two_at_once)),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn checked(test: fn()) -> Result<(), Failed> {
    std::panic::catch_unwind(test).map_err(|_| Failed::from("see the panic above"))
}

/// The version published on a day: its size and some of its names follow from the day, so that any mixture of two
/// shows; most names stay, so that it is kept as changes.
fn version(day: Date) -> String {
    let number = usize::from(day.day_of_year().unsigned_abs());
    let whole = text(&day.to_string(), 1, 300 + number % 7, "Name");
    whole.replace(&format!("Name {}1\n", number % 29 + 1), &format!("Day {number}\n"))
}

fn take(home: &Home, content: &str, wait: Wait<'_>) -> bool {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(content.as_bytes()).unwrap();
    let target = Target { list: LIST, format: Some(&Lines), bounds: Bounds::UNKNOWN };
    let mut order = Update::new(target, Source::Given(file.path()));
    order.wait = wait;
    update(home, &order, Timestamp::UNIX_EPOCH + 500_000.hours()).is_ok()
}

fn next_day(home: &Home) -> Date {
    let in_force = home.store().in_force(LIST).unwrap();
    in_force.map_or(FIRST, |in_force| in_force.published().unwrap().tomorrow().unwrap())
}

/// The life of the process that is killed: good versions, refused ones and the same one again. Another process may
/// be a day ahead, so that a good version is refused too.
fn update_until_killed(home: &Path) -> ! {
    let home = Home::open(home).unwrap();
    // Ends with the test, however that ends: its end of the pipe is closed then.
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::abort();
    });
    std::io::stdout().write_all(b"!").unwrap();
    std::io::stdout().flush().unwrap();
    loop {
        let day = next_day(&home);
        take(&home, &version(day), Wait::default());
        take(&home, "list 2026-01-01\nno end", Wait::default());
        take(&home, &version(day), Wait::default());
    }
}

/// What is in force is one published version, whole; gives its day.
fn look(home: &Home) -> Option<Date> {
    let store = home.store();
    let in_force = store.in_force(LIST).unwrap()?;
    let day = in_force.published().unwrap();
    let expected: Snapshot = parsed(LIST, &version(day));
    let id = &in_force.accepted.snapshot;
    assert_eq!(store.snapshot(LIST, id).unwrap(), expected);
    let segment = store.segment(LIST, id).unwrap().segment;
    assert_eq!(segment.info().entities, expected.entities().len());
    // Every day from the first on was in force; by now there may be more.
    let days: Vec<_> = store.history(LIST).unwrap().iter().map(|entry| entry.published.unwrap()).collect();
    assert!(
        days.contains(&day) && days.iter().copied().eq(FIRST.series(1.day()).take(days.len())),
        "{days:?}"
    );
    Some(day)
}

fn kill_again_and_again() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path().join("home")).unwrap();
    let (done, looks) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        // A reader who looks all the time, at the home the others are writing to.
        scope.spawn(|| {
            let mut last = None;
            while !done.load(Ordering::Relaxed) {
                let seen = look(&home);
                assert!(seen >= last, "{seen:?} after {last:?}");
                last = seen;
                looks.fetch_add(1, Ordering::Relaxed);
            }
        });
        let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for round in 0..KILLS {
                kill_once(&home, round);
            }
        }));
        done.store(true, Ordering::Relaxed);
        killed.unwrap();
    });
    assert!(looks.into_inner() > 10);
    assert!(look(&home).is_some());
    assert!(take(&home, &version(next_day(&home)), Wait::NOT));
    let mut left = tree(home.folder());
    left.retain(|name, _| name.contains(".tmp"));
    assert!(left.is_empty(), "{:?}", left.keys());
}

/// Starts a process that updates, and waits until it has begun.
fn start(home: &Home) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([CHILD.as_ref(), home.folder().as_os_str()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0]).unwrap();
    child
}

fn kill_once(home: &Home, round: u64) {
    let mut child = start(home);
    let before = look(home);
    // Spread over the first 60 ms without a pattern that an update could follow; …
    std::thread::sleep(Duration::from_micros((round + 1) * 7919 * 13 % 60_000));
    // … but now and then an update must get to its end, however slow the disk.
    let begun = Instant::now();
    while round.is_multiple_of(4) && look(home) == before {
        assert!(begun.elapsed() < Duration::from_mins(1), "no update goes well");
    }
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success(), "it ended before it was killed");
    look(&Home::open(home.folder()).unwrap());
}

fn two_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    let mut child = start(&home);
    let begun = Instant::now();
    let mut taken = 0;
    while taken < 5 {
        // The child may be first with a day; then the same version again is no harm.
        taken += usize::from(take(&home, &version(next_day(&home)), Wait::default()));
        look(&home);
        assert!(begun.elapsed() < Duration::from_mins(1), "{taken}");
    }
    assert!(child.try_wait().unwrap().is_none(), "the other process gave up");
    child.kill().unwrap();
    child.wait().unwrap();
    look(&home);
}
