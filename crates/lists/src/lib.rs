//! Published list bytes to snapshots.
//!
//! In: the bytes of one version of a list, as served. Out: a [`cordon_model::Snapshot`] with an issue for everything
//! not understood, or a [`ListError`] when the bytes are not a whole file of the expected format.
//! Deliberately absent: network, files, clock, what to do with a refused version.

mod error;
mod formats;
pub mod programs;
mod starter;
mod unpack;
mod watchlists;

pub use error::ListError;
pub use formats::{FORMATS, ListFormat, OwnTable, Reading, SourceFile, format_for, format_named};
pub use starter::{STARTER, starter};
pub use unpack::{Unpacked, unpack};
pub use watchlists::{WATCHLISTS, watchlist};
