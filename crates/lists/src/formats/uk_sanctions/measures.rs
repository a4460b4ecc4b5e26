//! Which measures one entry is under: the indicators that are set and the measures named in words.

use crate::formats::draft::Draft;
use crate::formats::xml::Element;
use crate::programs::Program;
use cordon_model::{IssueKind, Measure};

/// `SanctionsImposedIndicators` and the same measures in words (`SanctionsImposed`), as letters in lower case.
const MEASURES: &[(&str, Measure)] = &[
    ("assetfreeze", Measure::AssetFreeze),
    ("armsembargo", Measure::ArmsEmbargo),
    ("targetedarmsembargo", Measure::ArmsEmbargo),
    ("charteringofships", Measure::TransportRestriction),
    ("closureofrepresentativeoffices", Measure::FinancialRestriction),
    ("crewservicingofshipsandaircraft", Measure::TransportRestriction),
    ("deflag", Measure::TransportRestriction),
    ("preventionofbusinessarrangements", Measure::FinancialRestriction),
    ("prohibitionofportentry", Measure::TransportRestriction),
    ("travelban", Measure::TravelBan),
    ("preventionofcharteringofships", Measure::TransportRestriction),
    ("preventionofcharteringofshipsandaircraft", Measure::TransportRestriction),
    ("technicalassistancerelatedtoaircraft", Measure::TransportRestriction),
    ("trustservicessanctions", Measure::TrustServices),
    ("directordisqualificationsanction", Measure::DirectorDisqualification),
    ("shippingsanctions", Measure::TransportRestriction),
    ("shippingsanctionsseeotherinformation", Measure::TransportRestriction),
];

fn measure(words: &str) -> Option<Measure> {
    let letters: String =
        words.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    MEASURES.iter().find(|row| row.0 == letters).map(|row| row.1)
}

/// The measures an entry names, in a fixed order.
pub(super) fn named(draft: &mut Draft<'_>, record: &mut Element) -> Vec<Measure> {
    let mut found: Vec<Measure> = Vec::new();
    let said = record.take_text("SanctionsImposed");
    for words in said.split('|').map(str::trim).filter(|words| !words.is_empty()) {
        let known = measure(words);
        if known.is_none() {
            let message = "not a measure we know; kept in the notes";
            draft.issue("SanctionsImposed", IssueKind::UnknownValue, words, message);
            draft.note(&format!("Sanctions imposed: {words}"));
        }
        found.push(known.unwrap_or(Measure::Other));
    }
    for indicators in record.take_all("SanctionsImposedIndicators") {
        for mut indicator in indicators.children {
            let set = std::mem::take(&mut indicator.text);
            draft.leftovers(&indicator);
            found.extend(indicated(draft, &indicator.name, &set));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The measures of a programme, for an entry that names none; travel bans are for persons.
pub(super) fn of_program(draft: &mut Draft<'_>, program: Option<&Program>) -> Vec<Measure> {
    let message = "no measure is named; those of the regime are taken";
    draft.issue("SanctionsImposed", IssueKind::Missing, "", message);
    let person = draft.entity.schema.is_person();
    let all = program.map(|program| program.measures).unwrap_or_default();
    all.iter().copied().filter(|measure| person || *measure != Measure::TravelBan).collect()
}

fn indicated(draft: &mut Draft<'_>, name: &str, set: &str) -> Option<Measure> {
    match set.to_lowercase().as_str() {
        "" | "false" | "0" => return None,
        "true" | "1" => {}
        _ => {
            draft.issue(name, IssueKind::Unparsed, set, "`true` or `false` was expected");
            return None;
        }
    }
    let found = measure(name);
    if found.is_none() {
        draft.issue(name, IssueKind::UnknownField, set, "not a measure we know");
    }
    Some(found.unwrap_or(Measure::Other))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{draft_of, element};
    use super::*;
    use crate::programs::{authority, program};
    use Measure::{
        AssetFreeze, DirectorDisqualification, Other, TransportRestriction, TravelBan, TrustServices,
    };
    use cordon_model::Schema;

    #[test]
    fn words_and_indicators() {
        for (xml, expected, issues) in [
            (
                "<SanctionsImposed>Asset freeze|Travel Ban|Trust Services Sanctions|Director Disqualification Sanction</SanctionsImposed>",
                vec![AssetFreeze, TravelBan, DirectorDisqualification, TrustServices],
                0,
            ),
            (
                "<SanctionsImposed>Shipping sanctions: (see \"Other information\")</SanctionsImposed>\
                 <SanctionsImposedIndicators><AssetFreeze>false</AssetFreeze></SanctionsImposedIndicators>",
                vec![TransportRestriction],
                0,
            ),
            (
                "<SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><Deflag>true</Deflag><New>true</New>\
                 <TravelBan>maybe</TravelBan></SanctionsImposedIndicators>",
                vec![AssetFreeze, TransportRestriction, Other],
                2,
            ),
            ("<SanctionsImposed>House arrest</SanctionsImposed>", vec![Other], 1),
            ("", vec![AssetFreeze, TravelBan], 1),
        ] {
            let mut read_measures = Vec::new();
            let (_, found) = draft_of(Schema::Person, |draft| {
                let mut record = element(&format!("<Designation>{xml}</Designation>"));
                read_measures = named(draft, &mut record);
                if read_measures.is_empty() {
                    read_measures = of_program(draft, program(authority::UK, "Cyber"));
                }
            });
            assert_eq!((read_measures, found.len()), (expected, issues), "{xml} {found:?}");
        }
    }
}
