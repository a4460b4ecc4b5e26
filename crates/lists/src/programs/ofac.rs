//! OFAC's programme codes: what each stands for and what a listing under it forbids.
//!
//! Sources: the programme tags OFAC prints beside its lists, the executive orders and statutes named in each row, and
//! title 31, chapter V, of the Code of Federal Regulations. A travel ban stands only where the order or statute itself
//! suspends entry or denies visas, and has a meaning for persons alone. Rows of lists that do not block property
//! (`NS-…`, `FSE-…`, `561…`, `CMIC-…`) name what they do forbid. Absent: whether a programme is still in force, which
//! the lists themselves say by listing parties under it.

use super::Program;
use cordon_model::Measure::{
    self, AssetFreeze, ExportControl, FinancialRestriction, ImportRestriction, InvestmentBan, TravelBan,
};

/// Property is blocked.
const BLOCK: &[Measure] = &[AssetFreeze];
/// Property is blocked and entry refused.
const BLOCK_AND_ENTRY: &[Measure] = &[AssetFreeze, TravelBan];
/// Dealings by or through United States financial institutions are limited, refused, or put foreign banks at risk.
const FINANCE: &[Measure] = &[FinancialRestriction];
/// E.O. 13608: dealings in goods, services and technology in or from the United States are forbidden.
const EVADER: &[Measure] = &[FinancialRestriction, ExportControl, ImportRestriction, TravelBan];

const fn row(
    code: &'static str,
    measures: &'static [Measure],
    title: &'static str,
    reference: &'static str,
) -> Program {
    Program { code, title, measures, reference }
}

pub(super) const PROGRAMS: &[Program] = &[
    row(
        "561-Related",
        FINANCE,
        "Foreign financial institutions subject to correspondent or payable-through account sanctions (CAPTA)",
        "31 CFR part 561; CISADA section 104",
    ),
    row(
        "561List",
        FINANCE,
        "Foreign financial institutions subject to part 561 sanctions",
        "31 CFR part 561; CISADA section 104",
    ),
    row("BALKANS", BLOCK, "Western Balkans", "E.O. 13219; E.O. 13304; 31 CFR part 588"),
    row(
        "BALKANS-EO14033",
        BLOCK_AND_ENTRY,
        "Destabilising situation in the Western Balkans",
        "E.O. 14033; 31 CFR part 588",
    ),
    row("BELARUS", BLOCK, "Belarus", "E.O. 13405; 31 CFR part 548"),
    row("BELARUS-EO14038", BLOCK_AND_ENTRY, "Belarus", "E.O. 14038; 31 CFR part 548"),
    row("BPI-PA", BLOCK, "Blocked pending investigation, USA PATRIOT Act", "50 U.S.C. 1702(a)(1)(B)"),
    row(
        "BPI-RUSSIA-EO14024",
        BLOCK,
        "Blocked pending investigation, Russian harmful foreign activities",
        "E.O. 14024; 31 CFR part 587",
    ),
    row(
        "BPI-SDNTK",
        BLOCK,
        "Blocked pending investigation, Foreign Narcotics Kingpin Designation Act",
        "21 U.S.C. 1901 to 1908; 31 CFR part 598",
    ),
    row("BPI-SUDAN-14098", BLOCK, "Blocked pending investigation, Sudan", "E.O. 14098"),
    row("BURMA", BLOCK, "Burma", "E.O. 13448; E.O. 13464; E.O. 13619; 31 CFR part 537"),
    row("BURMA-EO14014", BLOCK_AND_ENTRY, "Situation in Burma", "E.O. 14014; 31 CFR part 525"),
    row("BURUNDI", BLOCK_AND_ENTRY, "Burundi", "E.O. 13712; 31 CFR part 554"),
    row(
        "CAATSA - IRAN",
        BLOCK,
        "Countering America's Adversaries Through Sanctions Act, Iran",
        "Public Law 115-44, title I",
    ),
    row(
        "CAATSA - RUSSIA",
        BLOCK,
        "Countering America's Adversaries Through Sanctions Act, Russia",
        "Public Law 115-44, title II; E.O. 13849",
    ),
    row("CAR", BLOCK_AND_ENTRY, "Central African Republic", "E.O. 13667; 31 CFR part 553"),
    row(
        "CMIC-EO13959",
        &[InvestmentBan],
        "Non-SDN Chinese Military-Industrial Complex Companies",
        "E.O. 13959, as amended by E.O. 14032; 31 CFR part 586",
    ),
    row("COTED", BLOCK, "Cote d'Ivoire", "E.O. 13396; 31 CFR part 543"),
    row("CUBA", BLOCK, "Cuban Assets Control Regulations", "31 CFR part 515"),
    row(
        "CYBER",
        BLOCK_AND_ENTRY,
        "Significant malicious cyber-enabled activities",
        "E.O. 13694; 31 CFR part 578",
    ),
    row(
        "CYBER2",
        BLOCK_AND_ENTRY,
        "Significant malicious cyber-enabled activities, as amended in 2016",
        "E.O. 13694, as amended by E.O. 13757; 31 CFR part 578",
    ),
    row(
        "CYBER3",
        BLOCK_AND_ENTRY,
        "Significant malicious cyber-enabled activities, as amended in 2025",
        "E.O. 13694, as amended by E.O. 14144; 31 CFR part 578",
    ),
    row("DARFUR", BLOCK, "Darfur", "E.O. 13400; 31 CFR part 546"),
    row("DPRK", BLOCK, "North Korea", "E.O. 13551; 31 CFR part 510"),
    row(
        "DPRK-NKSPEA",
        BLOCK,
        "North Korea Sanctions and Policy Enhancement Act of 2016",
        "Public Law 114-122",
    ),
    row("DPRK2", BLOCK_AND_ENTRY, "North Korea", "E.O. 13687; 31 CFR part 510"),
    row("DPRK3", BLOCK_AND_ENTRY, "North Korea", "E.O. 13722; 31 CFR part 510"),
    row("DPRK4", BLOCK_AND_ENTRY, "North Korea", "E.O. 13810; 31 CFR part 510"),
    row(
        "DRCONGO",
        BLOCK,
        "Democratic Republic of the Congo",
        "E.O. 13413, as amended by E.O. 13671; 31 CFR part 547",
    ),
    row(
        "ELECTION-EO13848",
        BLOCK_AND_ENTRY,
        "Foreign interference in a United States election",
        "E.O. 13848; 31 CFR part 579",
    ),
    row(
        "ETHIOPIA-EO14046",
        BLOCK_AND_ENTRY,
        "Humanitarian and human rights crisis in Ethiopia",
        "E.O. 14046; 31 CFR part 550",
    ),
    row("FSE-IR", EVADER, "Foreign Sanctions Evaders, Iran", "E.O. 13608"),
    row("FSE-SY", EVADER, "Foreign Sanctions Evaders, Syria", "E.O. 13608"),
    row("FTO", BLOCK, "Foreign Terrorist Organizations", "8 U.S.C. 1189; 31 CFR part 597"),
    row("GLOMAG", BLOCK_AND_ENTRY, "Global Magnitsky", "E.O. 13818; 31 CFR part 583"),
    row(
        "HIFPAA",
        BLOCK,
        "Hizballah International Financing Prevention Amendments Act",
        "Public Law 115-272; 31 CFR part 566",
    ),
    row("HK-EO13936", BLOCK_AND_ENTRY, "Hong Kong", "E.O. 13936; 31 CFR part 585"),
    row("HKAA", FINANCE, "Hong Kong Autonomy Act", "Public Law 116-149"),
    row("HOSTAGES-EO14078", BLOCK_AND_ENTRY, "Hostage-taking and wrongful detention", "E.O. 14078"),
    row(
        "HRIT-IR",
        BLOCK_AND_ENTRY,
        "Grave human rights abuses via information technology, Iran",
        "E.O. 13606",
    ),
    row(
        "HRIT-SY",
        BLOCK_AND_ENTRY,
        "Grave human rights abuses via information technology, Syria",
        "E.O. 13606",
    ),
    row("ICC-EO14203", BLOCK_AND_ENTRY, "International Criminal Court", "E.O. 14203"),
    row("ICCP-EO13928", BLOCK_AND_ENTRY, "International Criminal Court", "E.O. 13928"),
    row(
        "IFCA",
        BLOCK,
        "Iran Freedom and Counter-Proliferation Act of 2012",
        "22 U.S.C. 8801 to 8811; E.O. 13846",
    ),
    row("IFSR", FINANCE, "Iranian Financial Sanctions Regulations", "31 CFR part 561"),
    row(
        "ILLICIT-DRUGS-EO",
        BLOCK_AND_ENTRY,
        "Foreign persons involved in the global illicit drug trade",
        "E.O. 14059; 31 CFR part 599",
    ),
    row(
        "ILLICIT-DRUGS-EO14059",
        BLOCK_AND_ENTRY,
        "Foreign persons involved in the global illicit drug trade",
        "E.O. 14059; 31 CFR part 599",
    ),
    row(
        "IRAN",
        BLOCK,
        "Government of Iran and Iranian financial institutions",
        "E.O. 13599; 31 CFR part 560",
    ),
    row("IRAN-CON-ARMS-EO", BLOCK_AND_ENTRY, "Conventional arms activities of Iran", "E.O. 13949"),
    row("IRAN-EO13846", BLOCK_AND_ENTRY, "Reimposed sanctions with respect to Iran", "E.O. 13846"),
    row("IRAN-EO13871", BLOCK_AND_ENTRY, "Iron, steel, aluminium and copper sectors of Iran", "E.O. 13871"),
    row("IRAN-EO13876", BLOCK_AND_ENTRY, "Office of the Supreme Leader of Iran", "E.O. 13876"),
    row("IRAN-EO13902", BLOCK_AND_ENTRY, "Further sectors of the Iranian economy", "E.O. 13902"),
    row(
        "IRAN-HR",
        BLOCK_AND_ENTRY,
        "Human rights abuses in Iran",
        "E.O. 13553; CISADA section 105; 31 CFR part 562",
    ),
    row(
        "IRAN-TRA",
        BLOCK_AND_ENTRY,
        "Iran Threat Reduction and Syria Human Rights Act of 2012",
        "E.O. 13628; Public Law 112-158",
    ),
    row("IRAQ2", BLOCK, "Former Iraqi regime", "E.O. 13315, as amended by E.O. 13350; 31 CFR part 576"),
    row("IRAQ3", BLOCK, "Stabilisation of Iraq", "E.O. 13438; 31 CFR part 576"),
    row("IRGC", BLOCK, "Islamic Revolutionary Guard Corps, its agents and affiliates", "31 CFR part 561"),
    row("ISA", BLOCK, "Iran Sanctions Act", "Public Law 104-172; 50 U.S.C. 1701 note"),
    row("JADE", BLOCK_AND_ENTRY, "Tom Lantos Block Burmese JADE Act of 2008", "Public Law 110-286"),
    row("LEBANON", BLOCK, "Sovereignty of Lebanon", "E.O. 13441; 31 CFR part 549"),
    row("LIBERIA", BLOCK, "Former regime of Charles Taylor", "E.O. 13348; 31 CFR part 593"),
    row("LIBYA2", BLOCK, "Libya", "E.O. 13566; 31 CFR part 570"),
    row("LIBYA3", BLOCK_AND_ENTRY, "Libya", "E.O. 13726; 31 CFR part 570"),
    row(
        "MAGNIT",
        BLOCK_AND_ENTRY,
        "Sergei Magnitsky Rule of Law Accountability Act of 2012",
        "Public Law 112-208; 31 CFR part 584",
    ),
    row("MALI-EO13882", BLOCK_AND_ENTRY, "Situation in Mali", "E.O. 13882; 31 CFR part 555"),
    row("MBS", FINANCE, "Non-SDN Menu-Based Sanctions", "the statute or order named in the entry"),
    row("NICARAGUA", BLOCK_AND_ENTRY, "Situation in Nicaragua", "E.O. 13851; 31 CFR part 582"),
    row(
        "NICARAGUA-NHRAA",
        BLOCK_AND_ENTRY,
        "Nicaragua Human Rights and Anticorruption Act of 2018",
        "Public Law 115-335; 31 CFR part 582",
    ),
    row(
        "NPWMD",
        BLOCK,
        "Proliferators of weapons of mass destruction and their supporters",
        "E.O. 13382; 31 CFR part 544",
    ),
    row(
        "NS-PLC",
        FINANCE,
        "Non-SDN Palestinian Legislative Council List",
        "General License 4 under E.O. 13224; 31 CFR parts 594, 595 and 597",
    ),
    row(
        "PAARSSR-EO13894",
        BLOCK_AND_ENTRY,
        "Promoting Accountability for Assad and Regional Stabilization",
        "E.O. 13894, as amended by E.O. 14312; 31 CFR part 569",
    ),
    row(
        "PEESA",
        BLOCK_AND_ENTRY,
        "Protecting Europe's Energy Security Act of 2019",
        "Public Law 116-92, title LXXV",
    ),
    row(
        "PEESA-EO14039",
        BLOCK_AND_ENTRY,
        "Certain Russian energy export pipelines",
        "E.O. 14039; Public Law 116-92, title LXXV",
    ),
    row(
        "RUSSIA-EO14024",
        BLOCK_AND_ENTRY,
        "Harmful foreign activities of the Russian Federation",
        "E.O. 14024; 31 CFR part 587",
    ),
    row("RUSSIA-EO14065", BLOCK_AND_ENTRY, "So-called DNR and LNR regions of Ukraine", "E.O. 14065"),
    row("SDGT", BLOCK, "Global terrorism", "E.O. 13224, as amended by E.O. 13886; 31 CFR part 594"),
    row("SDNT", BLOCK, "Narcotics traffickers centred in Colombia", "E.O. 12978; 31 CFR part 536"),
    row(
        "SDNTK",
        BLOCK,
        "Foreign Narcotics Kingpin Designation Act",
        "21 U.S.C. 1901 to 1908; 31 CFR part 598",
    ),
    row("SDT", BLOCK, "Terrorists who threaten the Middle East peace process", "E.O. 12947; 31 CFR part 595"),
    row("SOMALIA", BLOCK, "Conflict in Somalia", "E.O. 13536, as amended by E.O. 13620; 31 CFR part 551"),
    row("SOUTH SUDAN", BLOCK_AND_ENTRY, "South Sudan", "E.O. 13664; 31 CFR part 558"),
    row(
        "SSIDES",
        BLOCK_AND_ENTRY,
        "Support for the Sovereignty, Integrity, Democracy, and Economic Stability of Ukraine Act of 2014",
        "Public Law 113-95; 31 CFR part 589",
    ),
    row("SUDAN", BLOCK, "Government of Sudan", "E.O. 13067; E.O. 13412; 31 CFR part 538"),
    row("SUDAN-EO14098", BLOCK_AND_ENTRY, "Destabilisation of Sudan", "E.O. 14098"),
    row(
        "SYRIA",
        BLOCK,
        "Syria",
        "E.O. 13338; E.O. 13460; E.O. 13572; E.O. 13573; E.O. 13582; 31 CFR part 542",
    ),
    row(
        "SYRIA-CAESAR",
        BLOCK_AND_ENTRY,
        "Caesar Syria Civilian Protection Act of 2019",
        "Public Law 116-92, title LXXIV",
    ),
    row(
        "SYRIA-EO13894",
        BLOCK_AND_ENTRY,
        "Situation in and in relation to Syria",
        "E.O. 13894; 31 CFR part 569",
    ),
    row(
        "TCO",
        BLOCK_AND_ENTRY,
        "Significant transnational criminal organizations",
        "E.O. 13581, as amended by E.O. 13863; 31 CFR part 590",
    ),
    row("UHRPA", BLOCK_AND_ENTRY, "Uyghur Human Rights Policy Act of 2020", "Public Law 116-145"),
    row("UKRAINE-EO13660", BLOCK_AND_ENTRY, "Situation in Ukraine", "E.O. 13660; 31 CFR part 589"),
    row(
        "UKRAINE-EO13661",
        BLOCK_AND_ENTRY,
        "Actions of the Russian Government in Ukraine",
        "E.O. 13661; 31 CFR part 589",
    ),
    row("UKRAINE-EO13662", BLOCK_AND_ENTRY, "Sectors of the Russian economy", "E.O. 13662; 31 CFR part 589"),
    row("UKRAINE-EO13685", BLOCK_AND_ENTRY, "Crimea region of Ukraine", "E.O. 13685; 31 CFR part 589"),
    row("VENEZUELA", BLOCK_AND_ENTRY, "Situation in Venezuela", "E.O. 13692; 31 CFR part 591"),
    row(
        "VENEZUELA-EO13850",
        BLOCK_AND_ENTRY,
        "Sectors of and corruption in Venezuela",
        "E.O. 13850; 31 CFR part 591",
    ),
    row("VENEZUELA-EO13884", BLOCK_AND_ENTRY, "Government of Venezuela", "E.O. 13884; 31 CFR part 591"),
    row("WEST-BANK-EO14115", BLOCK_AND_ENTRY, "West Bank", "E.O. 14115"),
    row("YEMEN", BLOCK_AND_ENTRY, "Stability of Yemen", "E.O. 13611; 31 CFR part 552"),
    row("ZIMBABWE", BLOCK, "Zimbabwe", "E.O. 13288; E.O. 13391; E.O. 13469; 31 CFR part 541"),
];
