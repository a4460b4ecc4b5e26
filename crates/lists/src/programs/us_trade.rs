//! Lists and statutes of the US Departments of Commerce and State that restrict trade with named parties.
//!
//! Sources: title 15, subtitle B, chapter VII, subchapter C, and title 22, chapter I, subchapter M, of the Code of
//! Federal Regulations, and the statutes named in each row. The codes are the words of the consolidated screening list.

use super::Program;
use cordon_model::Measure::{
    ArmsEmbargo, AssetFreeze, Debarment, ExportControl, FinancialRestriction, ImportRestriction,
};

/// Lists of the Bureau of Industry and Security.
pub(super) const BIS: &[Program] = &[
    Program {
        code: "DPL",
        title: "Denied Persons List",
        measures: &[ExportControl],
        reference: "15 CFR 764.3(a)(2); 15 CFR 766.25",
    },
    Program {
        code: "EL",
        title: "Entity List",
        measures: &[ExportControl],
        reference: "15 CFR 744.11, 744.16; supplement no. 4 to part 744",
    },
    Program {
        code: "MEU",
        title: "Military End User List",
        measures: &[ExportControl],
        reference: "15 CFR 744.21; supplement no. 7 to part 744",
    },
    Program {
        code: "UVL",
        title: "Unverified List",
        measures: &[ExportControl],
        reference: "15 CFR 744.15; supplement no. 6 to part 744",
    },
];

/// The debarment list and the nonproliferation statutes of the Department of State.
pub(super) const STATE: &[Program] = &[
    Program {
        code: "Chemical and Biological Weapons Act",
        title: "Chemical and Biological Weapons Control and Warfare Elimination Act, foreign persons",
        measures: &[Debarment, ImportRestriction],
        reference: "22 U.S.C. 2798",
    },
    Program {
        code: "Chemical and Biological Weapons Control and Warfare Elimination Act (CBW Act)",
        title: "Chemical and Biological Weapons Control and Warfare Elimination Act, governments",
        measures: &[ArmsEmbargo, ExportControl, FinancialRestriction],
        reference: "22 U.S.C. 5605",
    },
    Program {
        code: "DTC",
        title: "Parties debarred from exports of defence articles",
        measures: &[ExportControl],
        reference: "22 CFR 127.7; 22 U.S.C. 2778(g)(4)",
    },
    Program {
        code: "E.O. 12938",
        title: "Proliferation of weapons of mass destruction",
        measures: &[Debarment, ImportRestriction],
        reference: "E.O. 12938; E.O. 13094",
    },
    Program {
        code: "E.O. 13382",
        title: "Blocking property of proliferators of weapons of mass destruction and their supporters",
        measures: &[AssetFreeze],
        reference: "E.O. 13382; 31 CFR part 544",
    },
    Program {
        code: "Export-Import Bank Act",
        title: "Export-Import Bank Act, nuclear explosive devices",
        measures: &[FinancialRestriction],
        reference: "12 U.S.C. 635(b)(4)",
    },
    Program {
        code: "INKSNA",
        title: "Iran, North Korea, and Syria Nonproliferation Act",
        measures: &[Debarment, ArmsEmbargo, ExportControl],
        reference: "50 U.S.C. 1701 note; Public Law 106-178",
    },
    Program {
        code: "Missile Sanctions laws",
        title: "Missile sanctions",
        measures: &[Debarment, ExportControl, ImportRestriction],
        reference: "22 U.S.C. 2797b",
    },
    Program {
        code: "Nuclear Proliferation Prevention Act",
        title: "Nuclear Proliferation Prevention Act",
        measures: &[Debarment],
        reference: "22 U.S.C. 6301",
    },
    Program {
        code: "Transfer of Lethal Military Equipment",
        title: "Transfer of lethal military equipment to state sponsors of terrorism",
        measures: &[Debarment],
        reference: "22 U.S.C. 2378",
    },
];
