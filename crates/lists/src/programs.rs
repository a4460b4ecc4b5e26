//! Programmes under which authorities designate: title, measures, reference.

mod au;
mod ca;
mod ch;
mod eu;
mod in_house;
mod ofac;
mod uk;
mod un;
mod us_trade;

use cordon_model::Measure;

/// One programme of one authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program {
    /// The code as the authority writes it: `DPRK2`.
    pub code: &'static str,
    /// Full title.
    pub title: &'static str,
    /// What a designation under it forbids, unless the entry itself says otherwise.
    pub measures: &'static [Measure],
    /// Where the rule can be read: an act, an order, a resolution or an address.
    pub reference: &'static str,
}

/// Authority names used in designations, one constant each.
pub mod authority {
    /// Australia's Department of Foreign Affairs and Trade.
    pub const AUSTRALIA: &str = "DFAT Australia";
    /// US Department of Commerce, Bureau of Industry and Security.
    pub const BIS: &str = "BIS";
    /// Canada's department of foreign affairs.
    pub const CANADA: &str = "Global Affairs Canada";
    /// Whoever keeps a list of their own.
    pub const IN_HOUSE: &str = "in-house";
    /// US Department of the Treasury, Office of Foreign Assets Control.
    pub const OFAC: &str = "OFAC";
    /// Switzerland's State Secretariat for Economic Affairs.
    pub const SECO: &str = "SECO";
    /// US Department of State.
    pub const STATE: &str = "US Department of State";
    /// Council of the European Union.
    pub const EU: &str = "Council of the EU";
    /// United Kingdom: the Foreign, Commonwealth and Development Office and, before it, the Treasury.
    pub const UK: &str = "UK FCDO";
    /// United Nations Security Council.
    pub const UN: &str = "UN Security Council";
}

/// The table of each authority.
const TABLES: &[(&str, &[Program])] = &[
    (authority::AUSTRALIA, au::PROGRAMS),
    (authority::BIS, us_trade::BIS),
    (authority::CANADA, ca::PROGRAMS),
    (authority::EU, eu::PROGRAMS),
    (authority::IN_HOUSE, in_house::PROGRAMS),
    (authority::OFAC, ofac::PROGRAMS),
    (authority::SECO, ch::PROGRAMS),
    (authority::STATE, us_trade::STATE),
    (authority::UK, uk::PROGRAMS),
    (authority::UN, un::PROGRAMS),
];

/// The programme `code` of an authority.
pub fn program(authority: &str, code: &str) -> Option<&'static Program> {
    let (_, table) = TABLES.iter().find(|(name, _)| *name == authority)?;
    table.iter().find(|program| program.code.eq_ignore_ascii_case(code))
}

/// Every programme with its authority.
pub fn all() -> impl Iterator<Item = (&'static str, &'static Program)> {
    TABLES.iter().flat_map(|(authority, table)| table.iter().map(move |program| (*authority, program)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_rows_complete() {
        let mut seen = BTreeSet::new();
        for (authority, program) in all() {
            assert!(
                seen.insert((authority, program.code.to_ascii_uppercase())),
                "{authority} {}",
                program.code
            );
            assert!(!program.title.is_empty() && !program.reference.is_empty(), "{}", program.code);
            assert!(!program.measures.is_empty(), "{}", program.code);
        }
    }
}
