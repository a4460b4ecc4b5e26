//! `Sanction` entities.

use super::reader::{ABOUT_THE_RECORD, Reader};
use super::wire::FtmEntity;
use crate::{Designation, Issue, IssueKind, Measure};

/// Properties of a `Sanction` that are read, and those told in the reason.
const SANCTION: [&str; 18] = [
    "entity",
    "authority",
    "program",
    "programId",
    "programUrl",
    "authorityId",
    "unscId",
    "listingDate",
    "startDate",
    "date",
    "endDate",
    "modifiedAt",
    "provisions",
    "reason",
    "sourceUrl",
    "status",
    "duration",
    "summary",
];

/// Words for measures in the provisions of published sanctions, as far as they are not our own.
const PROVISIONS: [(&str, Measure); 20] = [
    ("freez", Measure::AssetFreeze),
    ("block", Measure::AssetFreeze),
    ("gel des avoirs", Measure::AssetFreeze),
    ("блокування активів", Measure::AssetFreeze),
    ("targeted financial sanction", Measure::AssetFreeze),
    ("travel", Measure::TravelBan),
    ("entry", Measure::TravelBan),
    ("visa", Measure::TravelBan),
    ("arms", Measure::ArmsEmbargo),
    ("export", Measure::ExportControl),
    ("trust services", Measure::TrustServices),
    ("director disqualification", Measure::DirectorDisqualification),
    ("debarment", Measure::Debarment),
    ("procurement", Measure::Debarment),
    ("investment", Measure::InvestmentBan),
    ("transport", Measure::TransportRestriction),
    ("aircraft ban", Measure::TransportRestriction),
    ("ship ban", Measure::TransportRestriction),
    ("securities", Measure::FinancialRestriction),
    ("policy of denial", Measure::ExportControl),
];

/// Reads a `Sanction` entity.
///
/// Of several listing dates the first is the day of listing, the others count as amendments. Provisions that are not
/// understood, status and duration are told in the reason.
pub fn read_designation(wire: &FtmEntity) -> (Designation, Vec<Issue>) {
    let mut reader = Reader::of(wire);
    reader.unknown(wire, &SANCTION, &ABOUT_THE_RECORD);
    let mut listings = ["listingDate", "startDate", "date"]
        .into_iter()
        .map(|property| reader.dates(wire, property))
        .find(|dates| !dates.is_empty())
        .unwrap_or_default();
    let listed = (!listings.is_empty()).then(|| listings.remove(0));
    let mut amended = reader.dates(wire, "modifiedAt");
    amended.extend(listings);
    amended.sort_unstable();
    amended.dedup();
    let first = |properties: &[&str]| {
        let found = properties.iter().map(|property| wire.first(property)).find(|text| !text.is_empty());
        found.unwrap_or_default().to_owned()
    };
    let program = first(&["programId", "program"]);
    let title = wire.first("program").to_owned();
    let mut reason: Vec<String> =
        wire.texts("reason").chain(wire.texts("summary")).map(str::to_owned).collect();
    let (measures, unclear) = measures(wire);
    for text in unclear {
        let message = "a provision we do not know; told in the reason";
        reader.issue("provisions", IssueKind::UnknownValue, text, message);
        reason.push(format!("Provisions: {text}"));
    }
    for (property, label) in [("status", "Status"), ("duration", "Duration")] {
        reason.extend(wire.texts(property).map(|text| format!("{label}: {text}")));
    }
    let designation = Designation {
        authority: wire.first("authority").to_owned(),
        title: if title == program { String::new() } else { title },
        program,
        reference: first(&["authorityId", "unscId", "recordId"]),
        measures,
        listed,
        amended,
        ended: reader.dates(wire, "endDate").pop(),
        reason: reason.join("\n"),
        url: first(&["sourceUrl", "programUrl"]),
    };
    (designation, reader.issues)
}

/// The measures of the provisions, in the order of the vocabulary, and provisions that name none.
fn measures(wire: &FtmEntity) -> (Vec<Measure>, Vec<&str>) {
    let (mut found, mut unclear) = (Vec::new(), Vec::new());
    for text in wire.texts("provisions") {
        let lower = text.to_lowercase();
        let named: Vec<Measure> = match Measure::from_label(&lower) {
            Some(measure) => vec![measure],
            None => PROVISIONS.iter().filter(|row| lower.contains(row.0)).map(|row| row.1).collect(),
        };
        if named.is_empty() {
            unclear.push(text);
            found.push(Measure::Other);
        }
        found.extend(named);
    }
    found.sort_unstable();
    found.dedup();
    (found, unclear)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provisions_as_published() {
        for (text, expected, unclear) in [
            ("Asset freeze, Trust Services Sanctions", vec![Measure::AssetFreeze, Measure::TrustServices], 0),
            ("Targeted financial sanction", vec![Measure::AssetFreeze], 0),
            ("travel ban", vec![Measure::TravelBan], 0),
            ("frowning", vec![Measure::Other], 1),
        ] {
            let mut wire = FtmEntity { schema: "Sanction".to_owned(), ..FtmEntity::default() };
            wire.push("provisions", text);
            let (designation, issues) = read_designation(&wire);
            assert_eq!((designation.measures, issues.len()), (expected, unclear), "{text}");
            assert_eq!(designation.reason.is_empty(), unclear == 0, "{text}");
        }
    }
}
