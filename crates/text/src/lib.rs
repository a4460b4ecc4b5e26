//! Strings only: scripts, clean-up, romanisation, words, legal forms, distances.
//!
//! In: text. Out: text, numbers, small enums. Every function is total.
//! Deliberately absent: entities, lists, scores of names.

pub mod edits;
pub mod fold;
pub mod frequency;
pub mod lexicon;
pub mod romanise;
mod script;
pub mod sound;
pub mod terms;
mod words;

pub use script::Script;
pub use words::{Word, words};
