//! Services over a [`cordon_matching::Screener`] that keep nothing between calls.
//!
//! In: readers of customer files, rows, texts. Out: rows turned into queries, their matches, and the one wire form of
//! answers. Deliberately absent: files (readers are passed in), the clock (times are passed in), how answers are laid
//! out for people.

pub mod batch;
pub mod change;
pub mod input;
pub mod pairs;
pub mod text;
pub mod wire;
