//! The HTTP interfaces, one file each.
#![allow(unused_qualifications, reason = "utoipa's macros write qualified names")]

pub(crate) mod extract;
pub(crate) mod own;
pub(crate) mod page;
pub(crate) mod query;
pub(crate) mod watchman;
pub(crate) mod yente;
