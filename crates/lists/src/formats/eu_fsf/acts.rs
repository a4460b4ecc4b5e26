//! `regulation`: the act in force, and the days of listing and amendment.
//!
//! The list publishes a day of designation for some entries only. For the others the day of listing is that of the earliest
//! act the record still cites: the party was listed by then.

use super::record::Record;
use crate::formats::xml::Element;
use crate::programs::{Program, authority, program};
use cordon_model::{Designation, IssueKind, Measure, PartialDate};

pub(super) fn read(record: &mut Record<'_>, element: &mut Element, reference: &str) {
    let [designated, ended, reason] =
        ["designationDate", "delistingDate", "designationDetails"].map(|name| element.take_attribute(name));
    let designated = record.draft.read_date("designationDate", &designated);
    let ended = record.draft.read_date("delistingDate", &ended);
    let mut acts: Vec<(String, String)> = Vec::new();
    for regulation in element.take_all("regulation") {
        acts.push(read_act(record, regulation));
    }
    if acts.is_empty() {
        record.draft.issue("regulation", IssueKind::Missing, "", "the act is missing");
        acts.push((String::new(), String::new()));
    }
    for code in record
        .remarks()
        .iter()
        .flat_map(|remark| further_programs(remark))
        .map(str::to_owned)
        .collect::<Vec<_>>()
    {
        if !acts.iter().any(|(known, _)| *known == code) {
            acts.push((code, String::new()));
        }
    }
    let mut days = std::mem::take(&mut record.published);
    days.sort_unstable();
    days.dedup();
    let listed = designated.or(days.first().copied()).or(record.in_force);
    let amended: Vec<PartialDate> = days.into_iter().filter(|day| Some(*day) > listed).collect();
    for (code, url) in acts {
        let program = program_of(record, &code);
        let designation = Designation {
            authority: authority::EU.to_owned(),
            title: program.map(|program| program.title.to_owned()).unwrap_or_default(),
            measures: measures(program, record.draft.entity.schema.is_person()),
            program: program.map_or(code, |program| program.code.to_owned()),
            reference: reference.to_owned(),
            listed,
            amended: amended.clone(),
            ended,
            reason: reason.clone(),
            url,
        };
        record.draft.entity.designations.push(designation);
    }
}

/// Takes a `regulation` apart: its programme and address.
fn read_act(record: &mut Record<'_>, mut act: Element) -> (String, String) {
    act.take_attribute("logicalId");
    let [kind, organisation, published, in_force, title, code] = [
        "regulationType",
        "organisationType",
        "publicationDate",
        "entryIntoForceDate",
        "numberTitle",
        "programme",
    ]
    .map(|name| act.take_attribute(name));
    let url = act.take_text("publicationUrl");
    for mut remark in act.take_all("remark") {
        let text = std::mem::take(&mut remark.text);
        record.draft.note(&text);
        record.draft.leftovers(&remark);
    }
    // A correction of the act's text: who is listed stays as it is.
    act.take_all("corrigendum");
    record.draft.leftovers(&act);
    let in_force = record.draft.read_date("regulation@entryIntoForceDate", &in_force);
    let published = record.draft.read_date("regulation@publicationDate", &published);
    record.published.extend(published);
    record.in_force = record.in_force.or(in_force);
    if !title.is_empty() {
        let words: Vec<&str> = [organisation.as_str(), kind.as_str(), title.as_str()]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        record.draft.note(&format!("Act in force: {}", words.join(" ")));
    }
    (code, url)
}

/// Programmes named in remarks of the older form: `Entity is sanctioned in regime 753/2011 (OJ L199) of programme AFG,
/// in regime 881/2002 (OJ L139) of programme TAQA`.
fn further_programs(remark: &str) -> impl Iterator<Item = &str> {
    remark.split("of programme ").skip(1).filter_map(|rest| {
        let code = rest.split(|letter: char| !letter.is_ascii_alphanumeric()).next()?;
        (!code.is_empty()).then_some(code)
    })
}

fn program_of(record: &mut Record<'_>, code: &str) -> Option<&'static Program> {
    let found = program(authority::EU, code);
    if code.is_empty() {
        record.draft.issue("regulation@programme", IssueKind::Missing, "", "the programme is missing");
    } else if found.is_none() {
        let message = "not a programme we know; what it forbids is not known";
        record.draft.issue("regulation@programme", IssueKind::UnknownValue, code, message);
    }
    found
}

/// The measures of a programme; travel bans are for persons.
fn measures(program: Option<&Program>, person: bool) -> Vec<Measure> {
    let all = program.map(|program| program.measures).unwrap_or_default();
    all.iter().copied().filter(|measure| person || *measure != Measure::TravelBan).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{element, record_of};
    use super::*;
    use cordon_model::Schema;

    #[test]
    fn acts_and_their_days() {
        for (attributes, child, program, listed, amended, issues) in [
            ("", "programme='ZWE' publicationDate='2018-02-16'", "ZWE", "2018-02-16", 0, 0),
            (
                "designationDate='2002-02-21'",
                "programme='ZWE' publicationDate='2018-02-16'",
                "ZWE",
                "2002-02-21",
                1,
                0,
            ),
            (
                "",
                "programme='taqa' publicationDate='16.2.2018' entryIntoForceDate='2018-02-17'",
                "TAQA",
                "2018-02-16",
                0,
                0,
            ),
            ("", "programme='TAQA' entryIntoForceDate='2018-02-17'", "TAQA", "2018-02-17", 0, 0),
            ("", "programme='NEW' publicationDate='2018-02-16'", "NEW", "2018-02-16", 0, 1),
            ("", "publicationDate='soon'", "", "", 0, 2),
        ] {
            let (entity, found) = record_of(Schema::Organization, |record| {
                let mut element =
                    element(&format!("<sanctionEntity {attributes}><regulation {child}/></sanctionEntity>"));
                read(record, &mut element, "EU.1.2");
            });
            let [act] = entity.designations.as_slice() else { panic!("{:?}", entity.designations) };
            let day = act.listed.map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(
                (act.program.as_str(), day.as_str(), act.amended.len()),
                (program, listed, amended),
                "{child}"
            );
            assert_eq!(found.len(), issues, "{child} {found:?}");
            assert!(!act.measures.contains(&Measure::TravelBan));
        }
    }

    #[test]
    fn programmes_in_remarks() {
        let remark = "(Entity is sanctioned in regime 753/2011 (OJ L199) of programme AFG, in regime 881/2002 (OJ L139) of programme TAQA)";
        assert_eq!(further_programs(remark).collect::<Vec<_>>(), ["AFG", "TAQA"]);
        assert_eq!(further_programs("a programme of work").count(), 0);
    }
}
