//! What OFAC's formats have in common: its words for facts, identifiers, measures, links and parts of names.
//!
//! In: texts and pieces of a record that a format has cut out. Out: a [`party::Party`], and links between parties.
//! Absent: how any of the formats is laid out.

pub(super) mod dates;
pub(super) mod facts;
pub(super) mod identifiers;
pub(super) mod labels;
pub(super) mod links;
pub(super) mod listings;
pub(super) mod measures;
pub(super) mod names;
pub(super) mod party;
pub(super) mod places;
pub(super) mod record;
pub(super) mod remarks;
pub(super) mod ties;
