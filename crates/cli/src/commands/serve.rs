//! `cordon serve`: the HTTP interface and the pages.

mod upkeep;

use super::{Answer, Run};
use crate::fault::{Fault, Outcome};
use crate::output::tell;
use crate::state::{self, Retention, Where};
use crate::wiring::{ENGINE, World};
use clap::{Args, ValueEnum};
use cordon_casework::{AuditLog, LinkToken};
use cordon_server::{Access, Kept, Service, Settings};
use jiff::Timestamp;
use std::io;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use tokio::runtime;
use tracing_subscriber::EnvFilter;
use upkeep::Upkeep;

/// Serve the HTTP interface and the pages
///
/// The lists are those of the home folder; when `cordon update` puts a new version in force, it is taken up without a
/// restart. What is screened is never logged; it is recorded in the database. The first start prints the link at which the
/// password of the user `admin` is set.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address and port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8600")]
    listen: SocketAddr,

    /// Let everyone in who reaches the port; on loopback only
    #[arg(long)]
    no_auth: bool,

    /// Keep no record of what is screened; only together with `--no-auth`
    #[arg(long, requires = "no_auth")]
    no_audit: bool,

    #[command(flatten)]
    place: Where,

    #[command(flatten)]
    retention: Retention,

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

    /// Users and keys, and the record, as far as they are wanted; and the secret of the first admin's link.
    async fn kept(&self, world: &World) -> Outcome<(Kept, Option<LinkToken>)> {
        if self.no_audit {
            return Ok((Kept::default(), None));
        }
        let store = state::store(world, &self.place).await?;
        let audit = Some(AuditLog::new(Arc::clone(&store)));
        if self.no_auth {
            return Ok((Kept { accounts: None, audit }, None));
        }
        let (accounts, link) = state::accounts(world, store).await?;
        Ok((Kept { accounts: Some(accounts), audit }, link))
    }

    async fn serve(&self, world: &World) -> Outcome<()> {
        let (kept, link) = self.kept(world).await?;
        let (accounts, audit) = (kept.accounts.clone(), kept.audit.clone());
        let service = Service::open(Arc::new(world.shelf()), self.settings(), Timestamp::now, kept)
            .map_err(|error| Fault::of(&error))?;
        let cannot = |error: io::Error| Fault::of(&error).about(format!("cannot serve at {}", self.listen));
        let listener = cordon_server::bind(&service, self.listen).await.map_err(cannot)?;
        let address = listener.local_addr().map_err(cannot)?;
        tell(&format!("serving at http://{address}; the interface is described at /docs"));
        if let Some(link) = link {
            tell(&format!(
                "there is no user yet: set the password of `admin` within a day at http://{address}/welcome?token={}",
                link.reveal()
            ));
        }
        if let Some(audit) = audit {
            let upkeep = Upkeep::new(world, accounts, audit, self.retention.years)?;
            tokio::spawn(upkeep.run());
        }
        cordon_server::serve_on(service, listener, stopped()).await.map_err(cannot)
    }

    fn log(&self) -> Outcome<()> {
        let filter = EnvFilter::try_new(&self.log)
            .map_err(|error| Fault::of(&error).about(format!("`--log {}`", self.log)))?;
        let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
        let set = match self.log_format {
            LogFormat::Text => lines.try_init(),
            LogFormat::Json => lines.json().try_init(),
        };
        set.map_err(|error| Fault::new(error.to_string()))
    }
}

impl Run for Serve {
    fn run(&self, world: &World) -> Outcome<Answer> {
        self.log()?;
        let runtime = runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Fault::of(&error).about("cannot start"))?;
        runtime.block_on(self.serve(world))?;
        // A batch whose client went away may still be at its last rows.
        runtime.shutdown_background();
        Ok(Answer::Clear)
    }
}

/// Done when the process is asked to end.
pub(super) async fn stopped() {
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
