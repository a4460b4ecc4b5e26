//! `cordon serve`: the HTTP interface and the pages.

use super::{Answer, Run};
use crate::fault::{Fault, Outcome};
use crate::output::tell;
use crate::wiring::{ENGINE, World};
use clap::{Args, ValueEnum};
use cordon_casework::{Accounts, AuditLog, Caller, Occasion, Rules, Store};
use cordon_database::{Location, Offloaded, chance};
use cordon_server::{Access, Kept, Service, Settings};
use jiff::Timestamp;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use tokio::runtime;
use tracing_subscriber::EnvFilter;

/// Serve the HTTP interface and the pages
///
/// The lists are those of the home folder; when `cordon update` puts a new version in force, it is taken up without a
/// restart. What is screened is never logged.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address and port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8600")]
    listen: SocketAddr,

    /// Let everyone in who reaches the port; on loopback only
    #[arg(long)]
    no_auth: bool,

    /// Database of users, keys and records: a file, or `postgres://…`; `cordon.db` in the home folder if not given
    #[arg(long, value_name = "DATABASE", env = "CORDON_DATABASE", hide_env_values = true)]
    database: Option<String>,

    /// Keep no record of what is screened; only with `--no-auth`
    #[arg(long, requires = "no_auth")]
    no_audit: bool,

    /// Requests a second of one key or user; not limited if not given
    #[arg(long, value_name = "N")]
    rate: Option<NonZeroU32>,

    /// Name under which the service is reached, beside loopback; may be given several times
    #[arg(long, value_name = "HOST")]
    host: Vec<String>,

    /// How much is logged on standard error: `error`, `warn`, `info`, `debug`, or a filter by module
    #[arg(long, value_name = "LEVEL", default_value = "info", env = "CORDON_LOG", hide_env_values = true)]
    log: String,

    /// How log lines are written
    #[arg(long, value_enum, default_value = "text")]
    log_format: LogFormat,
}

/// Passwords hashed at a time: each takes 19 MiB and a core.
const HASHES_AT_ONCE: usize = 2;

/// Opens the database named, or the one in the home folder.
async fn open_store(world: &World, named: Option<&str>) -> Outcome<Arc<dyn Store>> {
    let location = Location::of(named, world.folder());
    if let Location::Sqlite(path) = &location
        && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)
            .map_err(|error| Fault::of(&error).about(format!("cannot make `{}`", folder.display())))?;
    }
    cordon_database::open(&location)
        .await
        .map_err(|error| Fault::of(&error).about("cannot open the database"))
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Serve {
    fn settings(&self) -> Settings {
        Settings {
            engine: ENGINE.to_owned(),
            access: if self.no_auth { Access::Open } else { Access::Guarded },
            most_rate: self.rate,
            hosts: self.host.clone(),
            ..Settings::default()
        }
    }

    /// Users, keys and records, and the first admin's link where there is no user yet.
    async fn kept(&self, world: &World) -> Outcome<Kept> {
        if self.no_audit {
            return Ok(Kept::default());
        }
        let store = open_store(world, self.database.as_deref()).await?;
        let audit = Some(AuditLog::new(Arc::clone(&store)));
        if self.no_auth {
            return Ok(Kept { accounts: None, audit });
        }
        let accounts = Accounts::new(store, Arc::new(Offloaded::new(HASHES_AT_ONCE)), Rules::default());
        let random = chance().map_err(|error| Fault::of(&error))?;
        let nobody = Occasion::new(world.now, random, Caller::nobody(), None);
        if let Some(link) = accounts.first_start(&nobody).await.map_err(|error| Fault::of(&error))? {
            tell(&format!(
                "no user is there yet: set the password of `admin` within a day at http://{}/welcome?token={}",
                self.listen,
                link.reveal()
            ));
        }
        Ok(Kept { accounts: Some(accounts), audit })
    }

    fn log(&self) -> Outcome<()> {
        let filter = EnvFilter::try_new(&self.log)
            .map_err(|error| Fault::of(&error).about(format!("`--log {}`", self.log)))?;
        let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        let set = match self.log_format {
            LogFormat::Text => lines.try_init(),
            LogFormat::Json => lines.json().try_init(),
        };
        set.map_err(|error| Fault::new(error.to_string()))
    }
}

impl Run for Serve {
    fn run(&self, world: &World) -> Outcome<Answer> {
        if !self.no_auth {
            return Err(Fault::new("keys and users are not there yet")
                .hint("`--no-auth` lets everyone in who reaches the port, and is allowed on loopback only"));
        }
        self.log()?;
        let service =
            Service::open(Arc::new(world.shelf()), self.settings(), Timestamp::now, Kept::default())
                .map_err(|error| Fault::of(&error))?;
        let runtime = runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Fault::of(&error).about("cannot start"))?;
        tell(&format!("serving at http://{}; the interface is described at /docs", self.listen));
        runtime
            .block_on(cordon_server::serve(service, self.listen, stopped()))
            .map_err(|error| Fault::of(&error).about(format!("cannot serve at {}", self.listen)))?;
        // A batch whose client went away may still be at its last rows.
        runtime.shutdown_background();
        Ok(Answer::Clear)
    }
}

/// Done when the process is asked to end.
async fn stopped() {
    let interrupted = async {
        // Without handlers the process ends at once, which is safe too.
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => tokio::select! {
                () = interrupted => {}
                _ = terminated.recv() => {}
            },
            Err(_) => interrupted.await,
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
