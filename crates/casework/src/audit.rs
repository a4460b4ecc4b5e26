//! The record of what was done: a chain of digests, signed now and then.
//!
//! Each record holds the hash of the one before, so that none can be changed, removed or put in between without every
//! later hash being wrong; a checkpoint is a signature over one of the hashes, so that the whole cannot be made anew.

mod chain;
mod checkpoint;
mod export;
mod log;
mod record;

pub use chain::{Fault, Verdict, Walk};
pub use checkpoint::{Checkpoint, CheckpointKind, PublicKey, Signer};
pub use export::{Proof, parse_row, row_line};
pub use log::AuditLog;
pub use record::{
    AuditRecord, FIELDS, Head, Kind, ListSnapshot, NewRecord, Receipt, RecordQuery, Row, VERSION, genesis,
    time_text,
};
