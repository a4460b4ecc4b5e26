//! How well a screener finds altered names, and how often it cries wolf.
//!
//! In: a [`cordon_matching::Screener`], [`Settings`], perhaps people of one's own who are on no list. Out: a [`Report`],
//! the same for the same lists, policy and settings. Deliberately absent: files, the clock (speed is measured with one that is
//! passed in), how a report is drawn.

mod baseline;
mod cases;
mod dice;
mod evaluate;
mod listed;
mod mutations;
mod outcome;
mod people;
mod proofs;
mod report;
mod speed;
mod statistics;
mod taxonomy;

pub use baseline::{Baseline, Change};
pub use evaluate::{Extra, evaluate};
pub use listed::RARITIES;
pub use report::{
    Cell, Exact, Exclusion, Exhaustive, FalseAlert, KindResult, Miss, Part, Point, Reason, Report, Settings,
    Total, Unlisted,
};
pub use speed::{Clock, Speed};
pub use statistics::{Count, Share};
pub use taxonomy::{Expect, KINDS, Kind};
