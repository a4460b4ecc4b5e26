//! The whole command as a script sees it, in home folders with small lists of our own making.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod eval;
mod home;
mod keeping;
mod lists;
mod policy;
mod screen;
mod service;
