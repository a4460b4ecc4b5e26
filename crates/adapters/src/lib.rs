//! Fetching published lists, and the home folder that keeps them.
//!
//! In: the address, file, folder or archive of a list, and the time. Out: immutable snapshots on disk, a pointer to
//! the one in force, and compiled segments mapped to memory. Whatever happens during an [`update`], a reader sees the
//! last good snapshot or the new one, whole.
//! Deliberately absent: how lists are written (`cordon-lists`), scores, the environment, the command line.

#[cfg(test)]
extern crate self as cordon_adapters;

mod disk;
mod error;
mod fetch;
mod home;
mod http;
mod index;
mod parties;
mod pointer;
mod raw;
mod receive;
mod segments;
mod snapshots;
mod store;
mod sweep;
mod update;
mod watch;

#[cfg(test)]
#[path = "../tests/support/mod.rs"]
mod support;

pub use error::{Failure, Reason, Refusal, Stays, StoreError, UpdateError};
pub use fetch::{Fetch, FetchError, FetchFault, Request, Response, Validators, shown};
pub use home::{Home, Wait, Writer, default_home};
pub use http::{Http, HttpSettings};
pub use index::IndexSource;
pub use parties::PartyFile;
pub use pointer::{Accepted, Attempt, Changes, InForce, Outcome};
pub use segments::{Opened, Origin};
pub use snapshots::{Acceptance, Manifest, SourceRecord};
pub use store::{Condition, ListState, Store};
pub use update::{Limits, Source, Target, Update, Updated, update};
pub use watch::{Clock, Event, Watched, watch};
