//! The database of users, keys and records, wired to what commands need. The only file that knows `cordon-database`.

use crate::fault::{Fault, Outcome};
use crate::wiring::World;
use clap::Args;
use cordon_casework::audit::{PublicKey, Signer};
use cordon_casework::{Accounts, AuditLog, Caller, InPlace, LinkToken, Occasion, Rules, Store};
use cordon_database::{Location, Offloaded, chance, open};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::runtime::{self, Runtime};

/// Passwords hashed at a time by a service: each takes 19 MiB and a core.
const HASHES_AT_ONCE: usize = 2;

/// Where state is kept.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// Database of users, keys and records: a file, or `postgres://…`; `cordon.db` in the home folder if not given
    #[arg(long, value_name = "DATABASE", env = "CORDON_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
}

/// Years for which records are kept, as 31 CFR 501.601 asks since March 2025.
const YEARS: &str = "10";

/// How long records are kept.
#[derive(Debug, Args)]
pub(crate) struct Retention {
    /// Years for which records are kept
    #[arg(long, value_name = "N", default_value = YEARS, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) years: u16,
}

/// The database, opened.
pub(crate) struct State {
    runtime: Runtime,
    home: PathBuf,
    pub(crate) accounts: Accounts,
    pub(crate) log: AuditLog,
    pub(crate) occasion: Occasion,
}

impl State {
    /// Opens the database as whoever sits at the machine.
    pub(crate) fn open(world: &World, place: &Where) -> Outcome<Self> {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Fault::of(&error).about("cannot start"))?;
        let store = runtime.block_on(store(world, place))?;
        Ok(Self {
            runtime,
            home: world.folder().to_owned(),
            accounts: Accounts::new(store.clone(), Arc::new(InPlace), Rules::default()),
            log: AuditLog::new(store),
            occasion: occasion(world.now, Caller::local())?,
        })
    }

    /// Waits for an answer.
    pub(crate) fn ask<T, E: std::error::Error>(
        &self,
        answer: impl Future<Output = Result<T, E>>,
    ) -> Outcome<T> {
        self.runtime.block_on(answer).map_err(|error| Fault::of(&error))
    }

    /// The key that signs checkpoints, made at the first use.
    pub(crate) fn signer(&self) -> Outcome<Signer> {
        signer(&self.home)
    }
}

/// Circumstances of something done on this machine.
pub(crate) fn occasion(now: Timestamp, caller: Caller) -> Outcome<Occasion> {
    let random = chance().map_err(|error| Fault::of(&error))?;
    Ok(Occasion::new(now, random, caller, None))
}

/// The key of a home folder that signs checkpoints, made at the first use.
pub(crate) fn signer(home: &Path) -> Outcome<Signer> {
    cordon_database::signer(home).map_err(|error| Fault::of(&error))
}

/// Opens the database named, or the one of the home folder.
pub(crate) async fn store(world: &World, place: &Where) -> Outcome<Arc<dyn Store>> {
    let location = Location::of(place.database.as_deref(), world.folder());
    if let Location::Sqlite(path) = &location
        && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)
            .map_err(|error| Fault::of(&error).about(format!("cannot make `{}`", folder.display())))?;
    }
    open(&location).await.map_err(|error| Fault::of(&error).about("cannot open the database"))
}

/// Users and keys for a service, and the secret with which the first admin sets a password where there is no user yet.
pub(crate) async fn accounts(world: &World, store: Arc<dyn Store>) -> Outcome<(Accounts, Option<LinkToken>)> {
    let accounts = Accounts::new(store, Arc::new(Offloaded::new(HASHES_AT_ONCE)), Rules::default());
    let nobody = occasion(world.now, Caller::nobody())?;
    let link = accounts.first_start(&nobody).await.map_err(|error| Fault::of(&error))?;
    Ok((accounts, link))
}

/// The key that verifies checkpoints: of the file given, else of the home folder if it has one.
pub(crate) fn public_key(world: &World, given: Option<&Path>) -> Outcome<Option<PublicKey>> {
    let Some(path) = given else {
        return cordon_database::public_key(world.folder()).map_err(|error| Fault::of(&error));
    };
    let about = || format!("public key `{}`", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| Fault::of(&error).about(about()))?;
    let key = PublicKey::parse(&text);
    key.map(Some).ok_or_else(|| Fault::new("expected 64 hexadecimal digits").about(about()))
}
