//! Queries against compiled lists: matches with the evidence they rest on.
//!
//! In: a query as an [`cordon_model::Entity`] and a [`Screener`] made of [`Segment`]s and a [`Policy`]. Out: [`Match`]es,
//! best first. Pure and synchronous; the same query, segments and policy give the same bytes.
//! Deliberately absent: files (a segment is opened from bytes), network, clock, settings.

mod analyze;
mod candidates;
mod evidence;
mod explain;
mod facts;
mod joins;
mod likeness;
mod names;
mod neighbours;
mod ofac_score;
mod ofac_search;
mod packed;
mod parties;
mod points;
mod policy;
mod query;
mod screener;
mod search;
mod segment;
mod signals;

pub use evidence::{Aligned, Evidence, Match};
pub use ofac_score::ofac_score;
pub use parties::{Link, Parties, Rule, find_links};
pub use policy::Policy;
pub use screener::{Options, QueryError, Screener, score_pair};
pub use segment::{Bytes, Segment, SegmentError, SegmentInfo};
