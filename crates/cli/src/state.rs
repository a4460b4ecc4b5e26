//! The database of users, keys and records, wired to what commands need. The only file that knows `cordon-database`.

use crate::fault::{Fault, Outcome};
use crate::wiring::World;
use clap::Args;
use cordon_casework::audit::{PublicKey, Signer};
use cordon_casework::{Accounts, AuditLog, Caller, InPlace, Occasion, Rules};
use cordon_database::{Location, chance, open};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::runtime::{self, Runtime};

/// Where state is kept.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// Database of users, keys and records: a file, or `postgres://…`; `cordon.db` in the home folder if not given
    #[arg(long, value_name = "DATABASE", env = "CORDON_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
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
        let home = world.folder().to_owned();
        let location = Location::of(place.database.as_deref(), &home);
        if let Location::Sqlite(path) = &location
            && let Some(folder) = path.parent()
        {
            std::fs::create_dir_all(folder)
                .map_err(|error| Fault::of(&error).about(format!("cannot make `{}`", folder.display())))?;
        }
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Fault::of(&error).about("cannot start"))?;
        let store = runtime.block_on(open(&location)).map_err(|error| Fault::of(&error))?;
        let random = chance().map_err(|error| Fault::of(&error))?;
        Ok(Self {
            runtime,
            home,
            accounts: Accounts::new(store.clone(), Arc::new(InPlace), Rules::default()),
            log: AuditLog::new(store),
            occasion: Occasion::new(world.now, random, Caller::local(), None),
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
        cordon_database::signer(&self.home).map_err(|error| Fault::of(&error))
    }
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
