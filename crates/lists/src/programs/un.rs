//! Regimes of the UN Security Council, by the number of their committee.
//!
//! The code is the number the committee bears now, which is the resolution that set it up or the one it was last
//! renamed after. The measures are those the resolutions lay on listed persons and groups; a ban that holds for a
//! whole state is not repeated here. Travel bans bind persons alone.

use super::Program;
use cordon_model::Measure::{ArmsEmbargo, AssetFreeze, TravelBan};

pub(super) const PROGRAMS: &[Program] = &[
    Program {
        code: "1267",
        title: "ISIL (Da'esh) and Al-Qaida (resolutions 1267 (1999), 1989 (2011) and 2253 (2015))",
        measures: &[AssetFreeze, TravelBan, ArmsEmbargo],
        reference: "S/RES/1267 (1999), S/RES/1989 (2011), S/RES/2253 (2015), S/RES/2368 (2017), S/RES/2734 (2024)",
    },
    Program {
        code: "1518",
        title: "Iraq (resolution 1518 (2003))",
        measures: &[AssetFreeze],
        reference: "S/RES/1483 (2003), S/RES/1518 (2003)",
    },
    Program {
        code: "1533",
        title: "Democratic Republic of the Congo (resolution 1533 (2004))",
        measures: &[AssetFreeze, TravelBan],
        reference: "S/RES/1533 (2004), S/RES/1596 (2005), S/RES/2293 (2016)",
    },
    Program {
        code: "1591",
        title: "Sudan (resolution 1591 (2005))",
        measures: &[AssetFreeze, TravelBan],
        reference: "S/RES/1591 (2005)",
    },
    Program {
        code: "1636",
        title: "Lebanon (resolution 1636 (2005))",
        measures: &[AssetFreeze, TravelBan],
        reference: "S/RES/1636 (2005)",
    },
    Program {
        code: "1718",
        title: "Democratic People's Republic of Korea (resolution 1718 (2006))",
        measures: &[AssetFreeze, TravelBan],
        reference: "S/RES/1718 (2006), S/RES/1874 (2009), S/RES/2094 (2013), S/RES/2270 (2016), S/RES/2321 (2016)",
    },
    Program {
        code: "1737",
        title: "Islamic Republic of Iran (resolution 1737 (2006), applied again since 28 September 2025)",
        measures: &[AssetFreeze, TravelBan],
        reference: "S/RES/1737 (2006), S/RES/1747 (2007), S/RES/1803 (2008), S/RES/1929 (2010), S/RES/2231 (2015)",
    },
    Program {
        code: "1970",
        title: "Libya (resolution 1970 (2011))",
        measures: &[AssetFreeze, TravelBan],
        reference: "S/RES/1970 (2011), S/RES/1973 (2011), S/RES/2009 (2011)",
    },
    Program {
        code: "1988",
        title: "Taliban (resolution 1988 (2011))",
        measures: &[AssetFreeze, TravelBan, ArmsEmbargo],
        reference: "S/RES/1988 (2011), S/RES/2255 (2015)",
    },
    Program {
        code: "2048",
        title: "Guinea-Bissau (resolution 2048 (2012))",
        measures: &[TravelBan],
        reference: "S/RES/2048 (2012)",
    },
    Program {
        code: "2140",
        title: "Yemen (resolution 2140 (2014))",
        measures: &[AssetFreeze, TravelBan, ArmsEmbargo],
        reference: "S/RES/2140 (2014), S/RES/2216 (2015)",
    },
    Program {
        code: "2206",
        title: "South Sudan (resolution 2206 (2015))",
        measures: &[AssetFreeze, TravelBan],
        reference: "S/RES/2206 (2015), S/RES/2428 (2018)",
    },
    Program {
        code: "2374",
        title: "Mali (resolution 2374 (2017), ended on 31 August 2023)",
        measures: &[AssetFreeze, TravelBan],
        reference: "S/RES/2374 (2017), S/RES/2649 (2022)",
    },
    Program {
        code: "2653",
        title: "Haiti (resolution 2653 (2022))",
        measures: &[AssetFreeze, TravelBan, ArmsEmbargo],
        reference: "S/RES/2653 (2022)",
    },
    Program {
        code: "2713",
        title: "Al-Shabaab, formerly Somalia (resolutions 751 (1992), 1844 (2008) and 2713 (2023))",
        measures: &[AssetFreeze, TravelBan, ArmsEmbargo],
        reference: "S/RES/751 (1992), S/RES/1844 (2008), S/RES/2713 (2023)",
    },
    Program {
        code: "2745",
        title: "Central African Republic (resolutions 2127 (2013) and 2745 (2024))",
        measures: &[AssetFreeze, TravelBan],
        reference: "S/RES/2127 (2013), S/RES/2134 (2014), S/RES/2745 (2024)",
    },
];
