//! The formats we read, one row each.

mod au_dfat_xlsx;
mod bis_dpl_tsv;
mod ca_sema_xml;
mod ch_seco_xml;
mod countries;
mod draft;
mod eu_fsf;
mod ftm_json;
mod links;
mod mentions;
mod names;
mod ofac;
mod ofac_advanced_xml;
mod ofac_csv;
mod ofac_enhanced_xml;
mod ofac_xml;
mod os_simple_csv;
mod papers;
mod plain_csv;
mod prose;
mod reading;
mod sniff;
mod table;
mod uk_sanctions;
mod un_xml;
mod us_csl_csv;
mod workbook;
mod xml;

use crate::ListError;
use cordon_model::Snapshot;
pub use plain_csv::{OwnTable, Reading};
pub(crate) use sniff::describe;

/// One file of a version of a list, unpacked.
#[derive(Debug, Clone, Copy)]
pub struct SourceFile<'a> {
    /// File name without folders, as served: `sdn.csv`.
    pub name: &'a str,
    /// All its bytes.
    pub bytes: &'a [u8],
}

/// A way of publishing a list.
pub trait ListFormat: Sync {
    /// Id, frozen: `ofac_csv`.
    fn id(&self) -> &'static str;

    /// What people call it: `OFAC legacy CSV`.
    fn title(&self) -> &'static str;

    /// Whether the beginnings of the files look like this format.
    fn recognises(&self, files: &[SourceFile<'_>]) -> bool;

    /// Reads one version of the list `list`; entity ids begin with `list`.
    ///
    /// An error leaves nothing usable. A file that is not this format, empty, cut off or not readable to its end is
    /// an error; a record that is not understood is an issue.
    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError>;
}

/// Every format, in the order in which unknown files are tried.
pub static FORMATS: &[&dyn ListFormat] = &[
    &ofac_csv::OfacCsv,
    &ofac_xml::OfacXml,
    &ofac_advanced_xml::OfacAdvancedXml,
    &ofac_enhanced_xml::OfacEnhancedXml,
    &un_xml::UnXml,
    &eu_fsf::EuFsfXml,
    &eu_fsf::EuFsfCsv,
    &eu_fsf::EuFsdXml,
    &uk_sanctions::UkXml,
    &uk_sanctions::UkCsv,
    &uk_sanctions::OfsiCsv,
    &us_csl_csv::UsCslCsv,
    &bis_dpl_tsv::BisDplTsv,
    &ca_sema_xml::CaSemaXml,
    &au_dfat_xlsx::AuDfatXlsx,
    &ch_seco_xml::ChSecoXml,
    &os_simple_csv::OsSimpleCsv,
    &ftm_json::FtmJson,
    // Claims what no other format does.
    &plain_csv::PlainCsv,
];

/// The format with this id.
pub fn format_named(id: &str) -> Option<&'static dyn ListFormat> {
    FORMATS.iter().copied().find(|format| format.id() == id)
}

/// The first format that recognises the files.
pub fn format_for(files: &[SourceFile<'_>]) -> Result<&'static dyn ListFormat, ListError> {
    FORMATS.iter().copied().find(|format| format.recognises(files)).ok_or_else(|| {
        let (file, bytes) = files.first().map_or(("", &[][..]), |file| (file.name, file.bytes));
        if bytes.is_empty() {
            ListError::Empty { file: file.to_owned() }
        } else {
            ListError::UnknownFormat { file: file.to_owned(), found: describe(bytes) }
        }
    })
}
