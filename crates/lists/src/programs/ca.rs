//! Canada's autonomous sanctions, by regulations.
//!
//! Sources: the Special Economic Measures Act (S.C. 1992, c. 17), the Justice for Victims of Corrupt Foreign Officials Act
//! (S.C. 2017, c. 21) and the regulations under them, registered in the Statutory Orders and Regulations (SOR). All forbid
//! dealings in property of the listed; section 35.1 of the Immigration and Refugee Protection Act refuses entry to listed
//! persons. The codes are the words of the published list.

use super::Program;
use cordon_model::Measure;
use cordon_model::Measure::{AssetFreeze, TravelBan};

const LISTED: &[Measure] = &[AssetFreeze, TravelBan];

const fn row(code: &'static str, title: &'static str, reference: &'static str) -> Program {
    Program { code, title, measures: LISTED, reference }
}

/// Where the number of the regulations is not known for sure, the act is named.
const ACT: &str = "Special Economic Measures Act, S.C. 1992, c. 17";

/// Every set of regulations on the list.
pub(super) const PROGRAMS: &[Program] = &[
    row("Belarus", "Special Economic Measures (Belarus) Regulations", "SOR/2020-214"),
    row("Burma", "Special Economic Measures (Burma) Regulations", "SOR/2007-285"),
    row("China", "Special Economic Measures (People's Republic of China) Regulations", "SOR/2021-49"),
    row(
        "Extremist settler violence",
        "Special Economic Measures (Extremist Settler Violence) Regulations",
        ACT,
    ),
    row("Guatemala", "Special Economic Measures (Guatemala) Regulations", ACT),
    row("Haiti", "Special Economic Measures (Haiti) Regulations", "SOR/2022-226"),
    row("Hamas", "Special Economic Measures (Hamas Terrorist Attacks) Regulations", ACT),
    row("Iran", "Special Economic Measures (Iran) Regulations", "SOR/2010-165"),
    row("JVCFOR", "Justice for Victims of Corrupt Foreign Officials Regulations", "SOR/2017-233"),
    row("Moldova", "Special Economic Measures (Moldova) Regulations", "SOR/2023-109"),
    row("Nicaragua", "Special Economic Measures (Nicaragua) Regulations", "SOR/2019-232"),
    row("Russia", "Special Economic Measures (Russia) Regulations", "SOR/2014-58"),
    row("South Sudan", "Special Economic Measures (South Sudan) Regulations", "SOR/2014-235"),
    row("Sri Lanka", "Special Economic Measures (Sri Lanka) Regulations", ACT),
    row("Sudan", "Special Economic Measures (Sudan) Regulations", ACT),
    row("Syria", "Special Economic Measures (Syria) Regulations", "SOR/2011-114"),
    row("Ukraine", "Special Economic Measures (Ukraine) Regulations", "SOR/2014-60"),
    row("Venezuela", "Special Economic Measures (Venezuela) Regulations", "SOR/2017-204"),
    row("Zimbabwe", "Special Economic Measures (Zimbabwe) Regulations", "SOR/2008-248"),
];
