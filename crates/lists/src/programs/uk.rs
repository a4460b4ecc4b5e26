//! Regimes of the United Kingdom: the regulations under the Sanctions and Anti-Money Laundering Act 2018, and the regimes
//! the Treasury's list named before them.
//!
//! The code is the regime's short name, as the Treasury's list writes it; the title is that of the regulations, as the UK
//! Sanctions List writes it. The measures are those a designation can carry by the regulations; an entry says which it
//! does. Measures of whole sectors are not repeated here.

use super::Program;
use cordon_model::Measure;
use cordon_model::Measure::{
    ArmsEmbargo, AssetFreeze, DirectorDisqualification, TransportRestriction, TravelBan, TrustServices,
};

/// Funds frozen, persons refused entry.
const USUAL: &[Measure] = &[AssetFreeze, TravelBan];
/// The same with an arms embargo on the designated.
const ARMS: &[Measure] = &[AssetFreeze, TravelBan, ArmsEmbargo];
/// Funds frozen, nothing more.
const FREEZE: &[Measure] = &[AssetFreeze];

const fn row(
    code: &'static str,
    title: &'static str,
    measures: &'static [Measure],
    reference: &'static str,
) -> Program {
    Program { code, title, measures, reference }
}

pub(super) const PROGRAMS: &[Program] = &[
    row("Afghanistan", "The Afghanistan (Sanctions) (EU Exit) Regulations 2020", ARMS, "S.I. 2020/948"),
    row("Belarus", "The Republic of Belarus (Sanctions) (EU Exit) Regulations 2019", USUAL, "S.I. 2019/600"),
    row(
        "Bosnia and Herzegovina",
        "The Bosnia and Herzegovina (Sanctions) (EU Exit) Regulations 2020",
        USUAL,
        "S.I. 2020/608",
    ),
    row("Burundi", "The Burundi (Sanctions) Regulations 2021", USUAL, "S.I. 2021/1404"),
    row(
        "Central African Republic",
        "The Central African Republic (Sanctions) (EU Exit) Regulations 2020",
        USUAL,
        "S.I. 2020/616",
    ),
    row(
        "Chemical Weapons",
        "The Chemical Weapons (Sanctions) (EU Exit) Regulations 2019",
        USUAL,
        "S.I. 2019/618",
    ),
    row(
        "Counter-Terrorism (Domestic)",
        "The Counter-Terrorism (Sanctions) (EU Exit) Regulations 2019",
        USUAL,
        "S.I. 2019/577",
    ),
    row(
        "Counter-Terrorism (International)",
        "The Counter-Terrorism (International Sanctions) (EU Exit) Regulations 2019",
        ARMS,
        "S.I. 2019/573",
    ),
    row("Cyber", "The Cyber (Sanctions) (EU Exit) Regulations 2020", USUAL, "S.I. 2020/597"),
    row(
        "Democratic People's Republic of Korea",
        "The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019",
        &[AssetFreeze, TravelBan, TransportRestriction],
        "S.I. 2019/411",
    ),
    row(
        "Democratic Republic of the Congo",
        "The Democratic Republic of the Congo (Sanctions) (EU Exit) Regulations 2019",
        USUAL,
        "S.I. 2019/433",
    ),
    row(
        "Egypt",
        "Egypt: misappropriation of state funds (ended in 2021)",
        FREEZE,
        "Council Regulation (EU) No 270/2011",
    ),
    row(
        "Global Anti-Corruption",
        "The Global Anti-Corruption Sanctions Regulations 2021",
        USUAL,
        "S.I. 2021/488",
    ),
    row("Global Human Rights", "The Global Human Rights Sanctions Regulations 2020", USUAL, "S.I. 2020/680"),
    row(
        "Global Irregular Migration",
        "The Global Irregular Migration and Trafficking in Persons Sanctions Regulations 2025",
        &[AssetFreeze, TravelBan, DirectorDisqualification],
        "S.I. 2025/902",
    ),
    row("Guinea", "The Guinea (Sanctions) (EU Exit) Regulations 2019", USUAL, "S.I. 2019/1145"),
    row(
        "Guinea-Bissau",
        "The Republic of Guinea-Bissau (Sanctions) (EU Exit) Regulations 2019",
        USUAL,
        "S.I. 2019/554",
    ),
    row("Haiti", "The Haiti (Sanctions) Regulations 2022", ARMS, "S.I. 2022/1281"),
    row("Iran", "The Iran (Sanctions) Regulations 2023", USUAL, "S.I. 2023/1314"),
    row(
        "Iran (Human Rights)",
        "The Iran (Sanctions) (Human Rights) (EU Exit) Regulations 2019",
        USUAL,
        "S.I. 2019/134",
    ),
    row(
        "Iran (Nuclear)",
        "The Iran (Sanctions) (Nuclear) (EU Exit) Regulations 2019",
        USUAL,
        "S.I. 2019/461",
    ),
    row("Iraq", "The Iraq (Sanctions) (EU Exit) Regulations 2020", FREEZE, "S.I. 2020/707"),
    row(
        "ISIL (Da'esh) and Al-Qaida",
        "The ISIL (Da'esh) and Al-Qaida (United Nations Sanctions) (EU Exit) Regulations 2019",
        ARMS,
        "S.I. 2019/466",
    ),
    row("Ivory Coast", "Ivory Coast (ended in 2016)", USUAL, "Council Regulation (EC) No 560/2005"),
    row("Lebanon", "The Lebanon (Sanctions) (EU Exit) Regulations 2020", USUAL, "S.I. 2020/612"),
    row(
        "Lebanon (Assassination of Rafiq Hariri and others)",
        "The Lebanon (Sanctions) (Assassination of Rafiq Hariri and others) (EU Exit) Regulations 2020",
        USUAL,
        "S.I. 2020/617",
    ),
    row(
        "Libya",
        "The Libya (Sanctions) (EU Exit) Regulations 2020",
        &[AssetFreeze, TravelBan, TransportRestriction],
        "S.I. 2020/1665",
    ),
    row("Mali", "The Mali (Sanctions) (EU Exit) Regulations 2020", USUAL, "S.I. 2020/705"),
    row(
        "Misappropriation",
        "The Misappropriation (Sanctions) (EU Exit) Regulations 2020",
        FREEZE,
        "S.I. 2020/1468",
    ),
    row("Myanmar", "The Myanmar (Sanctions) Regulations 2021", USUAL, "S.I. 2021/496"),
    row("Nicaragua", "The Nicaragua (Sanctions) (EU Exit) Regulations 2020", USUAL, "S.I. 2020/610"),
    row(
        "Russia",
        "The Russia (Sanctions) (EU Exit) Regulations 2019",
        &[AssetFreeze, TravelBan, TrustServices, DirectorDisqualification, TransportRestriction],
        "S.I. 2019/855",
    ),
    row("Somalia", "The Somalia (Sanctions) (EU Exit) Regulations 2020", ARMS, "S.I. 2020/642"),
    row("South Sudan", "The South Sudan (Sanctions) (EU Exit) Regulations 2019", USUAL, "S.I. 2019/438"),
    row("Sudan", "The Sudan (Sanctions) (EU Exit) Regulations 2020", USUAL, "S.I. 2020/753"),
    row("Syria", "The Syria (Sanctions) (EU Exit) Regulations 2019", USUAL, "S.I. 2019/792"),
    row(
        "Terrorism and Terrorist Financing",
        "Terrorism and terrorist financing (until 2020)",
        FREEZE,
        "Terrorist Asset-Freezing etc. Act 2010, Council Regulation (EC) No 2580/2001",
    ),
    row(
        "Tunisia",
        "Tunisia: misappropriation of state funds (until 2020)",
        FREEZE,
        "Council Regulation (EU) No 101/2011",
    ),
    row(
        "Ukraine (Misappropriation)",
        "Ukraine: misappropriation of state funds (until 2020)",
        FREEZE,
        "Council Regulation (EU) No 208/2014",
    ),
    row(
        "Ukraine (Sovereignty)",
        "Ukraine: territorial integrity, sovereignty and independence (until 2020)",
        USUAL,
        "Council Regulation (EU) No 269/2014",
    ),
    row(
        "Unauthorised Drilling Activities in the Eastern Mediterranean",
        "The Unauthorised Drilling Activities in the Eastern Mediterranean (Sanctions) (EU Exit) Regulations 2020",
        USUAL,
        "S.I. 2020/1474",
    ),
    row("Venezuela", "The Venezuela (Sanctions) (EU Exit) Regulations 2019", USUAL, "S.I. 2019/135"),
    row("Yemen", "The Yemen (Sanctions) (EU Exit) Regulations 2020", ARMS, "S.I. 2020/1278"),
    row("Zimbabwe", "The Zimbabwe (Sanctions) (EU Exit) Regulations 2019", USUAL, "S.I. 2019/604"),
];
