//! `cordon mcp`: tools for language models on standard input and output.

use super::{Answer, Run};
use crate::fault::{Fault, Outcome};
use crate::wiring::{ENGINE, World};
use clap::Args;
use cordon_server::{Access, Kept, Service, Settings};
use jiff::Timestamp;
use std::sync::Arc;
use tokio::runtime;

/// Offer screening to a language model, by the model context protocol on standard input and output
///
/// Tools: screen, entity, explain, diff, lists. Every answer names the versions of the lists. The same tools are served
/// over HTTP by `cordon serve`, at /mcp.
#[derive(Debug, Args)]
pub(crate) struct Mcp {}

impl Run for Mcp {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let settings = Settings { engine: ENGINE.to_owned(), access: Access::Open, ..Settings::default() };
        let service = Service::open(Arc::new(world.shelf()), settings, Timestamp::now, Kept::default())
            .map_err(|error| Fault::of(&error))?;
        let runtime = runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Fault::of(&error).about("cannot start"))?;
        runtime
            .block_on(cordon_server::serve_stdio(&service))
            .map_err(|error| Fault::new(error).about("the conversation was broken off"))?;
        runtime.shutdown_background();
        Ok(Answer::Clear)
    }
}
