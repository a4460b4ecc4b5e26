//! `cordon serve`: the HTTP interface and the pages.

use super::{Answer, Run};
use crate::fault::{Fault, Outcome};
use crate::output::tell;
use crate::wiring::{ENGINE, World};
use clap::{Args, ValueEnum};
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
