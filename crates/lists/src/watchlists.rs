//! The lists Cordon knows how to get, one row each.

use cordon_model::{Bounds, Watchlist};

/// Every known list, by id.
pub static WATCHLISTS: &[Watchlist] = &[
    Watchlist {
        id: "au_dfat_sanctions",
        title: "Australian Sanctions Consolidated List",
        issuer: "Australian Government Department of Foreign Affairs and Trade",
        format: "au_dfat_xlsx",
        addresses: &[
            "https://www.dfat.gov.au/sites/default/files/Australian_Sanctions_Consolidated_List.xlsx",
        ],
        licence: "CC-BY 4.0",
        cadence_hours: 24,
        bounds: Bounds { least: 2_000, most: 30_000, largest_fall: 0.2 },
    },
    Watchlist {
        id: "ca_dfatd_sema_sanctions",
        title: "Canada Consolidated Autonomous Sanctions List",
        issuer: "Global Affairs Canada",
        format: "ca_sema_xml",
        addresses: &[
            "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml",
        ],
        licence: "Open Government Licence - Canada",
        cadence_hours: 24,
        bounds: Bounds { least: 1_000, most: 30_000, largest_fall: 0.2 },
    },
    Watchlist {
        id: "ch_seco_sanctions",
        title: "Swiss SECO Sanctions",
        issuer: "Swiss State Secretariat for Economic Affairs",
        format: "ch_seco_xml",
        addresses: &[
            "https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction",
        ],
        licence: "Swiss federal open data, free use",
        cadence_hours: 24,
        bounds: Bounds { least: 2_000, most: 50_000, largest_fall: 0.2 },
    },
    Watchlist {
        id: "eu_fsf",
        title: "EU Consolidated List of Persons, Groups and Entities subject to Financial Sanctions",
        issuer: "European Commission",
        format: "eu_fsf_xml",
        // The token is the one the Commission prints beside the list in the EU's open data portal; it names no user.
        addresses: &[
            "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",
        ],
        licence: "European Union, reuse with attribution (Commission Decision 2011/833/EU)",
        cadence_hours: 6,
        bounds: Bounds { least: 500, most: 30_000, largest_fall: 0.2 },
    },
    Watchlist {
        id: "gb_fcdo_sanctions",
        title: "UK Sanctions List",
        issuer: "Foreign, Commonwealth and Development Office of the United Kingdom",
        format: "uk_fcdo_xml",
        addresses: &["https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml"],
        licence: "Open Government Licence v3.0",
        cadence_hours: 6,
        bounds: Bounds { least: 1_000, most: 30_000, largest_fall: 0.2 },
    },
    Watchlist {
        id: "un_sc_sanctions",
        title: "UN Security Council Consolidated List",
        issuer: "United Nations Security Council",
        format: "un_xml",
        addresses: &["https://scsanctions.un.org/resources/xml/en/consolidated.xml"],
        licence: "UN list, published for implementation; reuse with attribution",
        cadence_hours: 6,
        bounds: Bounds { least: 500, most: 5_000, largest_fall: 0.2 },
    },
    Watchlist {
        id: "us_bis_denied",
        title: "US BIS Denied Persons List",
        issuer: "US Department of Commerce, Bureau of Industry and Security",
        format: "bis_dpl_tsv",
        addresses: &["https://www.bis.doc.gov/dpl/dpl.txt"],
        licence: "US Government work, public domain",
        cadence_hours: 24,
        bounds: Bounds { least: 200, most: 5_000, largest_fall: 0.3 },
    },
    Watchlist {
        id: "us_ofac_cons",
        title: "US OFAC Consolidated (non-SDN) List",
        issuer: "US Department of the Treasury, Office of Foreign Assets Control",
        // Of OFAC's formats the one that says most: original scripts, typed links, days of listing, its own date. It holds
        // every name, number and programme of the CSV files; those, too, are read when they are given by hand.
        format: "ofac_enhanced_xml",
        addresses: &[
            "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_ENHANCED.ZIP",
        ],
        licence: "US Government work, public domain",
        cadence_hours: 1,
        bounds: Bounds { least: 200, most: 5_000, largest_fall: 0.3 },
    },
    Watchlist {
        id: "us_ofac_sdn",
        title: "US OFAC Specially Designated Nationals (SDN) List",
        issuer: "US Department of the Treasury, Office of Foreign Assets Control",
        // For the reason given at `us_ofac_cons`. One archive is also one state of the list; the four CSV files are
        // fetched one after the other and may straddle a publication.
        format: "ofac_enhanced_xml",
        addresses: &[
            "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN_ENHANCED.ZIP",
        ],
        licence: "US Government work, public domain",
        cadence_hours: 1,
        bounds: Bounds { least: 5_000, most: 100_000, largest_fall: 0.2 },
    },
    Watchlist {
        id: "us_trade_csl",
        title: "US Consolidated Screening List",
        issuer: "US Department of Commerce, International Trade Administration",
        format: "us_csl_csv",
        addresses: &["https://api.trade.gov/static/consolidated_screening_list/consolidated.csv"],
        licence: "US Government work, public domain",
        cadence_hours: 24,
        bounds: Bounds { least: 8_000, most: 100_000, largest_fall: 0.2 },
    },
];

/// The row of a list.
pub fn watchlist(id: &str) -> Option<&'static Watchlist> {
    WATCHLISTS.iter().find(|row| row.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_and_name_formats_we_have() {
        for pair in WATCHLISTS.windows(2) {
            assert!(pair[0].id < pair[1].id, "{}", pair[1].id);
        }
        for row in WATCHLISTS {
            assert!(crate::format_named(row.format).is_some(), "{}: no format {}", row.id, row.format);
            assert!(row.bounds.least < row.bounds.most && (0.0..1.0).contains(&row.bounds.largest_fall));
        }
    }
}
