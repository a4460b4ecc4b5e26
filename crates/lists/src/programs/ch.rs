//! Switzerland's sanctions, by ordinance under the Embargo Act (SR 946.231).
//!
//! The codes are the English keys of the published list. A set of measures within an ordinance can forbid less than what
//! stands here; the list names the set. The SR number stands where it is known for sure, else the act.

use super::Program;
use cordon_model::Measure;
use cordon_model::Measure::{AssetFreeze, TravelBan};

const LISTED: &[Measure] = &[AssetFreeze, TravelBan];
const ACT: &str = "Embargo Act, SR 946.231";

const fn row(code: &'static str, title: &'static str, reference: &'static str) -> Program {
    Program { code, title, measures: LISTED, reference }
}

/// Every programme on the list.
pub(super) const PROGRAMS: &[Program] = &[
    row("Belarus", "Measures against Belarus", "SR 946.231.116.9"),
    row("Burundi", "Measures against Burundi", ACT),
    row("Central African Republic", "Measures concerning the Central African Republic", ACT),
    row("Democratic Republic of the Congo", "Measures concerning the Democratic Republic of the Congo", ACT),
    row("Guatemala", "Measures concerning Guatemala", ACT),
    row("Guinea", "Measures against Guinea", ACT),
    row("Guinea-Bissau", "Measures against Guinea-Bissau", ACT),
    row("Haiti", "Measures concerning Haiti", ACT),
    row("Hamas", "Ban on Hamas and measures against its supporters", ACT),
    row("Iran", "Measures against the Islamic Republic of Iran", "SR 946.231.143.6"),
    row("Iraq", "Economic measures against the Republic of Iraq", "SR 946.206"),
    row("Lebanon", "Measures concerning Lebanon", ACT),
    row("Libya", "Measures against Libya", "SR 946.231.149.82"),
    row("Mali", "Measures against Mali", ACT),
    row("Moldova", "Measures concerning the Republic of Moldova", ACT),
    row("Myanmar", "Measures against Myanmar", "SR 946.231.157.5"),
    row("Nicaragua", "Measures against Nicaragua", ACT),
    row("North Korea", "Measures against the Democratic People's Republic of Korea", "SR 946.231.127.6"),
    row("Somalia", "Measures against Somalia", ACT),
    row("South Sudan", "Measures against South Sudan", ACT),
    row("Sudan", "Measures against Sudan", ACT),
    row("Syria", "Measures against Syria", "SR 946.231.172.7"),
    row(
        "Taliban",
        "Measures against persons and organisations linked to the Taliban and Al-Qaida",
        "SR 946.203",
    ),
    row("Ukraine", "Measures in connection with the situation in Ukraine", "SR 946.231.176.72"),
    row("Venezuela", "Measures against Venezuela", "SR 946.231.178.5"),
    row("Yemen", "Measures against Yemen", ACT),
    row("Zimbabwe", "Measures against Zimbabwe", "SR 946.209.2"),
];
