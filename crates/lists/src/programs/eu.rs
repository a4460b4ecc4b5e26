//! Regimes of the Council of the EU, by the programme codes of the consolidated list of financial sanctions.
//!
//! The measures are those of a listing in the list of financial sanctions: funds are frozen, and persons are refused
//! entry where the Council decision beside the regulation says so. Export bans, services and sectors of the same regimes
//! are not in that list. Regimes that have ended stay, for old versions of the list.

use super::Program;
use cordon_model::Measure;
use cordon_model::Measure::{AssetFreeze, TravelBan};

/// Funds frozen, persons refused entry.
const BOTH: &[Measure] = &[AssetFreeze, TravelBan];
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
    row("AFG", "Afghanistan", BOTH, "Regulation (EU) No 753/2011, Decision 2011/486/CFSP"),
    row("BDI", "Burundi", BOTH, "Regulation (EU) 2015/1755, Decision (CFSP) 2015/1763"),
    row("BIH", "Bosnia and Herzegovina", BOTH, "Decision 2011/173/CFSP"),
    row("BLR", "Belarus", BOTH, "Regulation (EC) No 765/2006, Decision 2012/642/CFSP"),
    row("CAF", "Central African Republic", BOTH, "Regulation (EU) No 224/2014, Decision 2013/798/CFSP"),
    row(
        "CHEM",
        "Use and proliferation of chemical weapons",
        BOTH,
        "Regulation (EU) 2018/1542, Decision (CFSP) 2018/1544",
    ),
    row("CIV", "Côte d'Ivoire", BOTH, "Regulation (EC) No 560/2005, Decision 2010/656/CFSP"),
    row(
        "COD",
        "Democratic Republic of the Congo",
        BOTH,
        "Regulation (EC) No 1183/2005, Decision 2010/788/CFSP",
    ),
    row(
        "CYB",
        "Cyber-attacks threatening the Union or its Member States",
        BOTH,
        "Regulation (EU) 2019/796, Decision (CFSP) 2019/797",
    ),
    row(
        "EGY",
        "Egypt: misappropriation of state funds",
        FREEZE,
        "Regulation (EU) No 270/2011, Decision 2011/172/CFSP",
    ),
    row("ERI", "Eritrea", BOTH, "Regulation (EU) No 667/2010, Decision 2010/127/CFSP"),
    row(
        "EUAQ",
        "ISIL (Da'esh) and Al-Qaida: autonomous measures of the Union",
        BOTH,
        "Regulation (EU) 2016/1686, Decision (CFSP) 2016/1693",
    ),
    row("GIN", "Guinea", BOTH, "Regulation (EU) No 1284/2009, Decision 2010/638/CFSP"),
    row("GNB", "Guinea-Bissau", BOTH, "Regulation (EU) No 377/2012, Decision 2012/285/CFSP"),
    row("GTM", "Guatemala", BOTH, "Regulation (EU) 2024/287, Decision (CFSP) 2024/254"),
    row(
        "HAM",
        "Supporters of violent actions by Hamas and the Palestinian Islamic Jihad",
        BOTH,
        "Regulation (EU) 2024/386, Decision (CFSP) 2024/385",
    ),
    row(
        "HR",
        "Serious human rights violations and abuses",
        BOTH,
        "Regulation (EU) 2020/1998, Decision (CFSP) 2020/1999",
    ),
    row("HTI", "Haiti", BOTH, "Regulation (EU) 2022/2309, Decision (CFSP) 2022/2319"),
    row("IRN", "Iran", BOTH, "Regulations (EU) No 267/2012, No 359/2011 and 2023/1529"),
    row("IRQ", "Iraq", FREEZE, "Regulation (EC) No 1210/2003, Common Position 2003/495/CFSP"),
    row("LBN", "Lebanon", BOTH, "Regulations (EC) No 305/2006 and (EU) 2021/1275"),
    row("LBR", "Liberia", FREEZE, "Regulation (EC) No 872/2004"),
    row("LBY", "Libya", BOTH, "Regulation (EU) 2016/44, Decision (CFSP) 2015/1333"),
    row(
        "MDA",
        "Moldova: actions destabilising the Republic of Moldova",
        BOTH,
        "Regulation (EU) 2023/888, Decision (CFSP) 2023/891",
    ),
    row("MLI", "Mali", BOTH, "Regulation (EU) 2017/1770, Decision (CFSP) 2017/1775"),
    row("MMR", "Myanmar/Burma", BOTH, "Regulation (EU) No 401/2013, Decision 2013/184/CFSP"),
    row("NER", "Niger", BOTH, "Regulation (EU) 2023/2406, Decision (CFSP) 2023/2287"),
    row("NIC", "Nicaragua", BOTH, "Regulation (EU) 2019/1716, Decision (CFSP) 2019/1720"),
    row(
        "PRK",
        "Democratic People's Republic of Korea",
        BOTH,
        "Regulation (EU) 2017/1509, Decision (CFSP) 2016/849",
    ),
    row("RUS", "Russia: internal repression", BOTH, "Regulation (EU) 2024/1485, Decision (CFSP) 2024/1484"),
    row(
        "RUSDA",
        "Russia's destabilising activities",
        BOTH,
        "Regulation (EU) 2024/2642, Decision (CFSP) 2024/2643",
    ),
    row(
        "SDN",
        "Sudan (United Nations measures)",
        BOTH,
        "Regulation (EU) No 747/2014, Decision 2014/450/CFSP",
    ),
    row(
        "SDNZ",
        "Sudan: activities undermining stability and the political transition",
        BOTH,
        "Regulation (EU) 2023/2147, Decision (CFSP) 2023/2135",
    ),
    row("SOM", "Somalia", BOTH, "Regulation (EU) No 356/2010, Decision 2010/231/CFSP"),
    row("SSD", "South Sudan", BOTH, "Regulation (EU) 2015/735, Decision (CFSP) 2015/740"),
    row("SYR", "Syria", BOTH, "Regulation (EU) No 36/2012, Decision 2013/255/CFSP"),
    row(
        "TAQA",
        "ISIL (Da'esh) and Al-Qaida (United Nations measures)",
        BOTH,
        "Regulation (EC) No 881/2002, Decision (CFSP) 2016/1693",
    ),
    row(
        "TERR",
        "Specific measures to combat terrorism",
        FREEZE,
        "Regulation (EC) No 2580/2001, Common Position 2001/931/CFSP",
    ),
    row(
        "TUN",
        "Tunisia: misappropriation of state funds",
        FREEZE,
        "Regulation (EU) No 101/2011, Decision 2011/72/CFSP",
    ),
    row(
        "TUR",
        "Türkiye: unauthorised drilling in the Eastern Mediterranean",
        BOTH,
        "Regulation (EU) 2019/1890, Decision (CFSP) 2019/1894",
    ),
    row(
        "UKR",
        "Ukraine: territorial integrity, sovereignty and independence; misappropriation of state funds",
        BOTH,
        "Regulations (EU) No 269/2014 and No 208/2014",
    ),
    row(
        "UNLI",
        "United Nations listings awaiting an act of the Union",
        FREEZE,
        "resolutions of the UN Security Council",
    ),
    row("VEN", "Venezuela", BOTH, "Regulation (EU) 2017/2063, Decision (CFSP) 2017/2074"),
    row("YEM", "Yemen", BOTH, "Regulation (EU) No 1352/2014, Decision 2014/932/CFSP"),
    row("ZWE", "Zimbabwe", BOTH, "Regulation (EC) No 314/2004, Decision 2011/101/CFSP"),
];
