//! Australia's sanctions: those of the UN Security Council, given effect by the Charter of the United Nations Act 1945, and
//! its own, under the Autonomous Sanctions Act 2011.
//!
//! The codes are the words of the published list. Dealing with an entry's assets is an offence under section 27 of the
//! Charter Act or regulations 14 and 15 of the Autonomous Sanctions Regulations 2011; listed persons may not enter. The
//! listing under resolution 1373 (2001) concerns assets alone.

use super::Program;
use cordon_model::Measure;
use cordon_model::Measure::{AssetFreeze, TravelBan};

const LISTED: &[Measure] = &[AssetFreeze, TravelBan];
/// The regulations under the Autonomous Sanctions Act.
const OWN: &str = "Autonomous Sanctions Regulations 2011, regulation 6";

const fn row(code: &'static str, title: &'static str, reference: &'static str) -> Program {
    Program { code, title, measures: LISTED, reference }
}

/// Every programme on the list.
pub(super) const PROGRAMS: &[Program] = &[
    row(
        "1267/1989/2253 (ISIL (Da'esh) and Al-Qaida)",
        "ISIL (Da'esh) and Al-Qaida",
        "Charter of the United Nations Act 1945; UNSCR 1267 (1999), 1989 (2011), 2253 (2015)",
    ),
    Program {
        code: "1373 (2001)",
        title: "Counter-terrorism",
        measures: &[AssetFreeze],
        reference: "Charter of the United Nations Act 1945, section 15; UNSCR 1373 (2001)",
    },
    row("1518 (Iraq)", "Iraq", "Charter of the United Nations Act 1945; UNSCR 1518 (2003)"),
    row(
        "1533 (Democratic Republic of the Congo)",
        "Democratic Republic of the Congo",
        "Charter of the United Nations Act 1945; UNSCR 1533 (2004)",
    ),
    row("1591 (Sudan)", "Sudan", "Charter of the United Nations Act 1945; UNSCR 1591 (2005)"),
    row(
        "1718 (DPRK)",
        "Democratic People's Republic of Korea",
        "Charter of the United Nations Act 1945; UNSCR 1718 (2006)",
    ),
    row("1970 (Libya)", "Libya", "Charter of the United Nations Act 1945; UNSCR 1970 (2011)"),
    row("1973 (Libya)", "Libya", "Charter of the United Nations Act 1945; UNSCR 1973 (2011)"),
    row("1988 (Taliban)", "The Taliban", "Charter of the United Nations Act 1945; UNSCR 1988 (2011)"),
    row("2093 (2013)", "Somalia", "Charter of the United Nations Act 1945; UNSCR 2093 (2013)"),
    row(
        "2127 (Central African Republic)",
        "Central African Republic",
        "Charter of the United Nations Act 1945; UNSCR 2127 (2013)",
    ),
    row("2140 (Yemen)", "Yemen", "Charter of the United Nations Act 1945; UNSCR 2140 (2014)"),
    row("2206 (South Sudan)", "South Sudan", "Charter of the United Nations Act 1945; UNSCR 2206 (2015)"),
    row("2713 (Al-Shabaab)", "Al-Shabaab", "Charter of the United Nations Act 1945; UNSCR 2713 (2023)"),
    row(
        "751 (Somalia and Eritrea)",
        "Somalia and Eritrea",
        "Charter of the United Nations Act 1945; UNSCR 751 (1992), 1907 (2009)",
    ),
    row("Autonomous (DPRK)", "Democratic People's Republic of Korea, Australia's own", OWN),
    row("Autonomous (FFRY)", "Former Federal Republic of Yugoslavia, Australia's own", OWN),
    row("Autonomous (Iran)", "Iran, Australia's own", OWN),
    row("Autonomous (Libya)", "Libya, Australia's own", OWN),
    row("Autonomous (Myanmar)", "Myanmar, Australia's own", OWN),
    row("Autonomous (Russia)", "Russia, Australia's own", OWN),
    row("Autonomous (Syria)", "Syria, Australia's own", OWN),
    row("Autonomous (Thematic - Corruption)", "Serious corruption", OWN),
    row("Autonomous (Thematic - Cyber)", "Significant cyber incidents", OWN),
    row("Autonomous (Thematic - Human Rights)", "Serious violations of human rights", OWN),
    row("Autonomous (Ukraine)", "Ukraine, Australia's own", OWN),
    row("Autonomous (Zimbabwe)", "Zimbabwe, Australia's own", OWN),
];
