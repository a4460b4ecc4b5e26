//! Processes that append under load are killed: the chain verifies, and no record is lost that was acknowledged.
//!
//! `CORDON_KILLS` sets how often (`cargo xtask kill-audit` sets 50). Called as `append LOCATION`, this program is one of
//! those processes; with a number of seconds behind, it ends by itself and says how many records a second it appended.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]
#![expect(clippy::print_stdout, reason = "the process that is killed says what was acknowledged")]

use cordon_casework::{AuditLog, Caller, Kind, NewRecord, Occasion, Random};
use cordon_database::{Location, open};
use jiff::Timestamp;
use libtest_mimic::{Arguments, Failed, Trial};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use testkit::Postgres;

/// Callers at a time in each process.
const CALLERS: u64 = 64;
/// A body of the usual size.
const BODY: usize = 600;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, word, location, rest @ ..] = arguments.as_slice()
        && word == "append"
    {
        let seconds = rest.first().and_then(|text| text.parse().ok());
        return append(&Location::of(Some(location), "".as_ref()), seconds);
    }
    #[expect(clippy::disallowed_methods, reason = "tests have no settings of their own")]
    let kills = std::env::var("CORDON_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(4);
    let arguments = Arguments::from_args();
    let server = if arguments.list { None } else { Postgres::start() };
    let address = server.as_ref().map(Postgres::database);
    let note = if address.is_none() { " (skipped: PostgreSQL is not installed)" } else { "" };
    let trials = vec![
        Trial::test("sqlite", move || {
            let folder = tempfile::tempdir()?;
            killed(&folder.path().join("cordon.db").display().to_string(), 1, kills)
        }),
        Trial::test(format!("postgres, two processes{note}"), {
            let address = address.clone();
            move || killed(&address.ok_or("no server")?, 2, kills)
        })
        .with_ignored_flag(address.is_none()),
    ];
    let conclusion = libtest_mimic::run(&arguments, trials);
    drop(server);
    conclusion.exit();
}

/// Appends until killed, and says of each record that it was acknowledged.
fn append(location: &Location, seconds: Option<u64>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let log = AuditLog::new(open(location).await.unwrap());
        let begun = Instant::now();
        let until = begun + Duration::from_secs(seconds.unwrap_or(3600));
        let callers: Vec<_> = (0..CALLERS)
            .map(|_| {
                let log = log.clone();
                tokio::spawn(async move {
                    let occasion =
                        Occasion::new(Timestamp::UNIX_EPOCH, Random::new([0; 64]), Caller::local(), None);
                    let mut count = 0_u64;
                    while Instant::now() < until {
                        let record = NewRecord::new(&occasion, Kind::SCREENING)
                            .asked("x".repeat(BODY))
                            .answer(b"[]", "{}");
                        let receipt = log.append(record).await.unwrap();
                        if seconds.is_none() {
                            let line = format!("{} {}\n", receipt.sequence, receipt.hash);
                            std::io::stdout().write_all(line.as_bytes()).unwrap();
                        }
                        count += 1;
                    }
                    count
                })
            })
            .collect();
        let mut count = 0;
        for caller in callers {
            count += caller.await.unwrap();
        }
        println!("{count} records, {:.0} a second", count as f64 / begun.elapsed().as_secs_f64());
    });
}

/// Kills so many processes so often, at points that differ, and looks at what is left.
fn killed(location: &str, processes: usize, kills: usize) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (mut total, mut restarts) = (0, 0);
    for kill in 0..kills {
        let mut acknowledged = Vec::new();
        let mut running = Vec::new();
        for process in 0..processes {
            let mut child = Command::new(std::env::current_exe()?)
                .args(["append", location])
                .stdout(Stdio::piped())
                .spawn()?;
            let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
            // The first few, so that all are at work, then a number that differs each time.
            let wanted = 1 + (kill * 7919 + process * 104_729) % 400;
            acknowledged.extend(lines.by_ref().take(wanted).collect::<Result<Vec<_>, _>>()?);
            running.push((child, lines));
        }
        for (child, _) in &mut running {
            child.kill()?;
        }
        for (mut child, lines) in running {
            child.wait()?;
            // What was said before the end and not yet heard was acknowledged too; the last line may be cut.
            acknowledged.extend(lines.map_while(Result::ok));
        }
        let lost = runtime.block_on(async {
            let log = AuditLog::new(open(&Location::of(Some(location), "".as_ref())).await.unwrap());
            let verdict = log.verify(None).await.unwrap();
            assert_eq!(verdict.faults, [], "after kill {kill}");
            let mut lost = Vec::new();
            for line in &acknowledged {
                let Some((sequence, hash)) = line.split_once(' ').filter(|(_, hash)| hash.len() == 64) else {
                    continue;
                };
                let found = log.record(sequence.parse().unwrap()).await.unwrap();
                if found.is_none_or(|found| found.hash != hash) {
                    lost.push(line.clone());
                }
            }
            lost
        });
        if !lost.is_empty() {
            return Err(
                format!("after kill {kill}, {} acknowledged records are lost: {lost:?}", lost.len()).into()
            );
        }
        total += acknowledged.len();
        restarts += 1;
    }
    if restarts != kills || total == 0 {
        return Err("nothing was acknowledged".into());
    }
    println!("{kills} times {processes} killed, {total} acknowledged records all there");
    Ok(())
}
