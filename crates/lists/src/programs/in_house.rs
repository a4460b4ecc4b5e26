//! The one programme of lists of one's own.

use super::Program;
use cordon_model::Measure;

/// The programme of every entry.
pub(super) const PROGRAMS: &[Program] = &[Program {
    code: "in-house",
    title: "List of one's own",
    measures: &[Measure::Other],
    reference: "the policy of whoever keeps the list",
}];
