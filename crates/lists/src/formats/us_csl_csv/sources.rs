//! The lists the consolidated screening list is made of.
//!
//! Each is named by the letters in brackets in the column `source`: `Entity List (EL) - Bureau of Industry and
//! Security`.

use crate::programs::authority;
use cordon_model::Measure;
use cordon_model::Measure::{
    ExportControl, FinancialRestriction, ImportRestriction, InvestmentBan, SectoralRestriction, TravelBan,
};

/// What a listing is an act under.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Acts {
    /// The programmes named in the row, with all they forbid.
    Programmes,
    /// The programmes named in the row, of which this list carries out no more than these measures and those the row
    /// itself names.
    Within(&'static [Measure]),
    /// The list itself is the programme.
    List,
}

/// One of the lists.
#[derive(Debug)]
pub(super) struct Source {
    /// The letters in brackets.
    pub(super) tag: &'static str,
    pub(super) title: &'static str,
    pub(super) authority: &'static str,
    pub(super) acts: Acts,
    /// FollowTheMoney topic of its parties.
    pub(super) topic: &'static str,
}

const fn row(
    tag: &'static str,
    title: &'static str,
    authority: &'static str,
    acts: Acts,
    topic: &'static str,
) -> Source {
    Source { tag, title, authority, acts, topic }
}

use Acts::{List, Programmes, Within};
use authority::{BIS, OFAC, STATE};

/// Directives 1 to 4 of E.O. 13662 limit dealings in debt and equity, and projects, of sectors of an economy.
const SECTORAL: &[Measure] = &[SectoralRestriction, FinancialRestriction];
const FINANCE: &[Measure] = &[FinancialRestriction];
/// E.O. 13608: dealings in goods, services and technology in or from the United States are forbidden.
const EVADER: &[Measure] = &[FinancialRestriction, ExportControl, ImportRestriction, TravelBan];

const SOURCES: [Source; 13] = [
    row("CAP", "CAPTA List", OFAC, Within(FINANCE), "sanction"),
    row(
        "CMIC",
        "Non-SDN Chinese Military-Industrial Complex Companies List",
        OFAC,
        Within(&[InvestmentBan]),
        "sanction",
    ),
    row("DPL", "Denied Persons List", BIS, List, "export.control"),
    row("DTC", "ITAR Debarred", STATE, List, "export.control"),
    row("EL", "Entity List", BIS, List, "export.control"),
    row("FSE", "Foreign Sanctions Evaders", OFAC, Within(EVADER), "sanction"),
    row("ISN", "Nonproliferation Sanctions", STATE, Programmes, "sanction"),
    row("MEU", "Military End User List", BIS, List, "export.control"),
    row("NS-MBS List", "Non-SDN Menu-Based Sanctions List", OFAC, Within(FINANCE), "sanction"),
    row("PLC", "Palestinian Legislative Council List", OFAC, Programmes, "sanction"),
    row("SDN", "Specially Designated Nationals", OFAC, Programmes, "sanction"),
    row("SSI", "Sectoral Sanctions Identifications List", OFAC, Within(SECTORAL), "sanction"),
    row("UVL", "Unverified List", BIS, List, "export.risk"),
];

/// The list a cell of the column `source` names.
pub(super) fn find(cell: &str) -> Option<&'static Source> {
    let (_, rest) = cell.split_once('(')?;
    let (tag, _) = rest.split_once(')')?;
    SOURCES.iter().find(|source| source.tag == tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programs::program;

    #[test]
    fn lists_by_the_letters_in_brackets() {
        for (cell, title) in [
            ("Entity List (EL) - Bureau of Industry and Security", Some("Entity List")),
            (
                "Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department",
                Some("Non-SDN Menu-Based Sanctions List"),
            ),
            ("Capta List (CAP) - Treasury Department", Some("CAPTA List")),
            ("Martian List (ML) - Treasury Department", None),
            ("Entity List", None),
            ("", None),
        ] {
            assert_eq!(find(cell).map(|source| source.title), title, "{cell}");
        }
    }

    #[test]
    fn lists_that_are_programmes_have_a_row_of_their_own() {
        for source in SOURCES.iter().filter(|source| source.acts == List) {
            assert!(program(source.authority, source.tag).is_some(), "{}", source.tag);
        }
    }
}
