//! One set of cases over every store: in memory, SQLite and PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

mod accounts;
mod audit;
mod shared;
mod tampering;

use cordon_casework::{
    Accounts, Caller, InPlace, LoginOutcome, Memory, Occasion, Password, Random, Rules, Store,
};
use cordon_database::{Location, open};
use jiff::{SignedDuration, Timestamp};
use libtest_mimic::{Arguments, Failed, Trial};
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use testkit::Postgres;

/// Where a case gets its store.
#[derive(Clone)]
pub(crate) enum Place {
    Memory(Arc<Memory>),
    Database(
        Location,
        #[expect(dead_code, reason = "keeps the folder until the case ends")] Arc<Option<tempfile::TempDir>>,
    ),
}

impl Place {
    /// Opens the store; a database is the same one each time.
    pub(crate) async fn open(&self) -> Arc<dyn Store> {
        match self {
            Self::Memory(memory) => memory.clone(),
            Self::Database(location, _) => open(location).await.unwrap(),
        }
    }

    /// Accounts of the store.
    pub(crate) async fn accounts(&self) -> Accounts {
        Accounts::new(self.open().await, Arc::new(InPlace), Rules::default())
    }
}

/// Makes an empty place.
type Make = fn() -> Place;

type Case = fn(Place) -> Pin<Box<dyn Future<Output = ()>>>;

/// Rows: name, whether a database is needed, case.
macro_rules! cases {
    ($($needs_database:literal $module:ident :: $name:ident),* $(,)?) => {
        &[$((stringify!($name), $needs_database, |place| Box::pin($module::$name(place)))),*]
    };
}

const CASES: &[(&str, bool, Case)] = cases![
    false accounts::the_first_start_makes_one_admin,
    false accounts::names_are_locked_after_failures_known_or_not,
    false accounts::a_guess_is_counted_however_many_come_at_once,
    false accounts::sessions_end,
    false accounts::links_are_used_once_and_end,
    false accounts::users_are_changed_by_those_who_may,
    false accounts::the_last_admin_stays,
    false accounts::passwords_are_changed_by_their_owners,
    false accounts::keys_open_what_they_are_for_until_revoked,
    false accounts::identity_providers_vouch_for_tied_users,
    false accounts::what_is_swept_no_longer_counts,
    false audit::records_come_back_as_they_were,
    false audit::records_are_found,
    false audit::a_conflict_leaves_neither_change_nor_record,
    false audit::every_change_has_its_record,
    false audit::many_at_once_make_one_chain,
    false audit::old_records_are_cut_off_and_the_rest_verifies,
    false audit::checkpoints_are_verified,
    true shared::what_is_written_is_there_after_opening_again,
    true shared::several_writers_make_one_chain,
    true shared::several_first_starts_make_one_admin,
    true tampering::the_database_refuses_to_forget,
    true tampering::any_changed_column_is_named,
    true tampering::removed_rows_are_named,
];

fn postgres() -> Option<&'static Postgres> {
    static SERVER: OnceLock<Option<Postgres>> = OnceLock::new();
    SERVER.get_or_init(Postgres::start).as_ref()
}

fn run(case: Case, place: Place) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let run = AssertUnwindSafe(|| runtime.block_on(case(place)));
    std::panic::catch_unwind(run).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        Failed::from(
            text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default(),
        )
    })
}

fn in_memory() -> Place {
    Place::Memory(Arc::new(Memory::new()))
}

fn in_sqlite() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::of(None, folder.path());
    Place::Database(location, Arc::new(Some(folder)))
}

fn in_postgres() -> Place {
    let address = postgres().unwrap().database();
    Place::Database(Location::of(Some(&address), "".as_ref()), Arc::new(None))
}

fn main() {
    let arguments = Arguments::from_args();
    let absent = !arguments.list && postgres().is_none();
    let mut trials = Vec::new();
    for (name, needs_database, case) in CASES {
        let stores: [(&str, Make, bool); 3] = [
            ("memory", in_memory, !needs_database),
            ("sqlite", in_sqlite, true),
            ("postgres", in_postgres, true),
        ];
        for (store, place, wanted) in stores {
            let skipped = store == "postgres" && absent;
            let note = if skipped { " (skipped: PostgreSQL is not installed)" } else { "" };
            if wanted {
                trials.push(
                    Trial::test(format!("{store}::{name}{note}"), move || run(*case, place()))
                        .with_ignored_flag(skipped),
                );
            }
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    stop_postgres();
    conclusion.exit();
}

/// Statics are not dropped, and a server left behind would go on.
fn stop_postgres() {
    if let Some(server) = postgres() {
        server.stop();
    }
}

/// A time so many minutes after the tests begin.
pub(crate) fn minute(minute: i64) -> Timestamp {
    "2026-03-01T08:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute)
}

/// An occasion with chance of its own.
pub(crate) fn occasion(at: i64, caller: Caller) -> Occasion {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed).to_le_bytes();
    let random = std::array::from_fn(|index| count[index % 8] ^ (index / 8) as u8);
    Occasion::new(minute(at), Random::new(random), caller, Some([192, 0, 2, 7].into()))
}

pub(crate) fn nobody(at: i64) -> Occasion {
    occasion(at, Caller::nobody())
}

pub(crate) fn local(at: i64) -> Occasion {
    occasion(at, Caller::local())
}

pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// Adds a user with [`PASSWORD`].
pub(crate) async fn with_password(accounts: &Accounts, name: &str, role: cordon_casework::Role) {
    let link = accounts.add_user(&local(0), name, role).await.unwrap();
    accounts.redeem(&nobody(0), &link, &Password::new(PASSWORD).unwrap()).await.unwrap();
}

/// What comes of a login, in a word.
pub(crate) async fn log_in(accounts: &Accounts, at: i64, name: &str, password: &str) -> &'static str {
    match accounts.log_in(&nobody(at), name, &Password::typed(password)).await.unwrap() {
        LoginOutcome::In(_) => "in",
        LoginOutcome::Wrong => "wrong",
        LoginOutcome::Locked { .. } => "locked",
    }
}
