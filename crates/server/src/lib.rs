//! The service: HTTP API, model context protocol and pages over lists that are swapped while it answers.
//!
//! In: a [`Library`] (the lists that are kept), settings, requests. Out: answers that name the lists, policy and
//! engine they rest on. Deliberately absent: rules and scores (floors below), files and databases (ports above them).

pub mod api;
pub mod caller;
pub mod error;
mod facts;
pub mod library;
mod listen;
mod mcp;
mod metrics;
mod middleware;
mod ops;
mod pool;
mod question;
mod router;
mod screeners;
mod seen;
mod service;
mod settings;
pub mod ui;

pub use library::{Joined, Library, LibraryError, ListRecord, MemoryLibrary, Version};
pub use listen::{bind, serve_on};
pub use mcp::serve_stdio;
pub use question::{links_of, replay};
pub use router::{document, router};
pub use screeners::{Asked, Held, Scope, Screeners};
pub use service::{Kept, Now, Service, Shared};
pub use settings::{Access, Settings};
