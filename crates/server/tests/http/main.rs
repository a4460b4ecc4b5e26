//! The service asked without sockets, a file for each interface.
#![allow(clippy::unwrap_used, reason = "it is a test")]

mod auth;
mod bad_input;
mod mcp;
mod own;
mod pages;
mod rooms;
mod support;
mod swap;
mod watchman;
mod yente;
