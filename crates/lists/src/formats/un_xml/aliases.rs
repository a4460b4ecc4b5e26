//! `INDIVIDUAL_ALIAS` and `ENTITY_ALIAS`: a cell of names, a quality, and for persons the birth and the papers
//! claimed under the name.

use super::Draft;
use super::cells::{self, script_label};
use super::dates::without_zone;
use super::places::{join, read_country};
use crate::formats::countries;
use crate::formats::mentions::{nationality, parents};
use crate::formats::prose::{BORN, dates_after, identifiers};
use crate::formats::xml::Element;
use cordon_model::{CountryRole, DateRole, IssueKind, Name, NameKind, PartialDate};
use cordon_text::Script;

/// Quality words: a strength for persons, a kind of name for organisations.
const QUALITIES: [(&str, NameKind); 6] = [
    ("", NameKind::Alias),
    ("good", NameKind::Alias),
    ("low", NameKind::WeakAlias),
    ("a.k.a.", NameKind::Alias),
    ("f.k.a.", NameKind::Former),
    ("weak", NameKind::WeakAlias),
];

/// Remarks on an alias that say nothing a field of its own could hold.
const REMARKS: [&str; 6] =
    ["previously listed as", "formerly listed as", "nom de guerre", "combat name", "initials", "call sign"];

pub(super) fn read_alias(draft: &mut Draft<'_>, mut element: Element, organisation: bool) {
    let [quality, cell, birth, city, country, note] =
        ["QUALITY", "ALIAS_NAME", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH", "NOTE"]
            .map(|part| element.take_text(part));
    let field = element.name.clone();
    draft.leftovers(&element);
    if cell.is_empty() {
        let rest = join([&birth, &city, &country, &note]);
        if !rest.is_empty() {
            draft.issue(&field, IssueKind::Missing, &rest, "an alias without a name; kept in the notes");
            draft.note(&format!("Alias without a name: {rest}"));
        }
        return;
    }
    let kind = kind_of(draft, &field, &quality, &note);
    let found = cells::split(&cell, organisation);
    for name in &found.names {
        let mut name_read = Name::new(kind, &name.text).from_cell(&cell);
        name_read.language = name.language.map(str::to_owned);
        draft.entity.add_name(name_read);
    }
    let foreign = found.names.iter().any(|name| is_foreign(&name.text));
    let (others, noted) = names_in_note(&note, foreign);
    for name in &others {
        let mut name = Name::new(kind, name);
        name.published = Some(format!("{cell} ({note})"));
        draft.entity.add_name(name);
    }
    for bracket in &found.unclear {
        draft.issue(&field, IssueKind::Unparsed, bracket, "a bracket we do not understand; kept in the name");
    }
    let claims = read_claims(draft, &field, [&birth, &city, &country]);
    let mut said: Vec<String> = claims;
    said.extend(found.remarks.iter().cloned());
    let mut used = read_prose(draft, &note) || !others.is_empty();
    for remark in &found.remarks {
        read_prose(draft, remark);
    }
    if let Some(state) = countries::country(&note).filter(|_| !city.is_empty()) {
        draft.entity.add_country(CountryRole::Birth, state);
        used = true;
    }
    if !note.is_empty() && !noted {
        said.push(note.clone());
    }
    let remark = REMARKS.contains(&note.to_lowercase().trim_end_matches('.'));
    if !note.is_empty() && !noted && !remark && !used {
        draft.issue(
            &format!("{field}/NOTE"),
            IssueKind::Unparsed,
            &note,
            "a remark we do not understand; kept in the notes",
        );
    }
    if !said.is_empty() {
        let shown = found.names.first().map_or(cell.as_str(), |name| name.text.as_str());
        draft.note(&format!("Alias {shown}: {}", said.join("; ")));
    }
}

fn kind_of(draft: &mut Draft<'_>, field: &str, quality: &str, note: &str) -> NameKind {
    let lower = quality.to_lowercase();
    let kind = QUALITIES.iter().find(|row| row.0 == lower).map(|row| row.1);
    if kind.is_none() {
        draft.issue(
            &format!("{field}/QUALITY"),
            IssueKind::UnknownValue,
            quality,
            "not a quality we know; read as a full alias",
        );
    }
    if note.to_lowercase().contains("f.k.a") { NameKind::Former } else { kind.unwrap_or(NameKind::Alias) }
}

fn is_foreign(text: &str) -> bool {
    !matches!(Script::of_text(text), Script::Latin | Script::Common)
}

/// Birth claimed under the alias: facts of the person, and words for the note that ties them to the alias.
fn read_claims(draft: &mut Draft<'_>, field: &str, [birth, city, country]: [&String; 3]) -> Vec<String> {
    let mut said = Vec::new();
    if !birth.is_empty() {
        match PartialDate::parse(without_zone(birth)) {
            Ok(date) => draft.entity.add_date(DateRole::Birth, date),
            Err(error) => {
                draft.issue(
                    &format!("{field}/DATE_OF_BIRTH"),
                    IssueKind::Unparsed,
                    birth,
                    &error.to_string(),
                );
            }
        }
        said.push(format!("date of birth {birth}"));
    }
    let place = join([city, country]);
    if !place.is_empty() {
        read_country(
            draft,
            CountryRole::Birth,
            &format!("{field}/COUNTRY_OF_BIRTH"),
            "Place of birth",
            country,
        );
        draft.entity.add("birthPlace", &place);
        said.push(format!("place of birth {place}"));
    }
    said
}

/// Dates of birth, nationality, papers and parents named in a remark; whether there were any.
fn read_prose(draft: &mut Draft<'_>, text: &str) -> bool {
    let dates = dates_after(text, &BORN);
    let papers = identifiers(text, false);
    let (state, parents) = (nationality(text), parents(text));
    let used = !dates.is_empty() || !papers.is_empty() || state.is_some() || !parents.is_empty();
    if let Some(state) = state {
        draft.entity.add_country(CountryRole::Nationality, state);
    }
    for (property, name) in parents {
        draft.entity.add(property, &name);
    }
    for date in dates {
        draft.entity.add_date(DateRole::Birth, date);
    }
    for mut paper in papers {
        text.clone_into(&mut paper.note);
        draft.add_identifier(paper);
    }
    used
}

/// Names that stand in the note of an alias, and whether the note is nothing but names.
fn names_in_note(note: &str, foreign: bool) -> (Vec<String>, bool) {
    let lower = note.to_lowercase();
    let label =
        ["original script:", "in arabic script:", "in arabic:"].iter().find_map(|label| lower.find(label));
    if let Some(name) = label.and_then(|at| note.get(at..)).and_then(script_label) {
        return (vec![name.to_owned()], label == Some(0));
    }
    if let Some(rest) = lower.starts_with("transliterations:").then(|| &note["transliterations:".len()..]) {
        let end = rest.find([')', '(']).unwrap_or(rest.len());
        return (split_names(&rest[..end], ';'), false);
    }
    if let Some((names, _)) = note.split_once(" (transliterations of") {
        return (split_names(names, ','), false);
    }
    let bracket = note.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside);
    if let Some(inside) = bracket.filter(|inside| inside.contains(';')) {
        return (split_names(inside, ';'), false);
    }
    let plain = !note.contains(|letter: char| letter.is_ascii_digit() || letter == ':');
    if foreign && plain && note.contains(';') && !is_foreign(note) {
        return (split_names(note, ';'), true);
    }
    (Vec::new(), false)
}

fn split_names(text: &str, separator: char) -> Vec<String> {
    text.split(separator).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{draft_of, element};
    use super::*;

    /// Kind and text of each name, dates, identifiers, notes and issues of one alias.
    fn check(organisation: bool, xml: &str, expected: &str) {
        let (entity, issues) =
            draft_of(|draft| read_alias(draft, element("INDIVIDUAL_ALIAS", xml), organisation));
        let mut lines: Vec<String> =
            entity.names.iter().map(|name| format!("{}: {}", name.kind.label(), name.text)).collect();
        lines.extend(entity.dates.iter().map(|fact| format!("born {}", fact.date)));
        lines.extend(entity.identifiers.iter().map(|paper| format!("{:?} {}", paper.scheme, paper.value)));
        lines.extend(entity.values("notes").iter().map(|note| format!("note {note}")));
        lines.extend(issues.iter().map(|issue| format!("issue {:?} {}", issue.kind, issue.field)));
        assert_eq!(lines.join("\n"), expected, "{xml}");
    }

    #[test]
    fn qualities() {
        for (quality, expected) in [
            ("Good", "alias: A B"),
            ("Low", "weak alias: A B"),
            ("", "alias: A B"),
            ("a.k.a.", "alias: A B"),
            ("f.k.a.", "former: A B"),
            ("Fair", "alias: A B\nissue UnknownValue INDIVIDUAL_ALIAS/QUALITY"),
        ] {
            check(false, &format!("<QUALITY>{quality}</QUALITY><ALIAS_NAME>A B</ALIAS_NAME>"), expected);
        }
        check(false, "<QUALITY/><ALIAS_NAME/>", "");
    }

    #[test]
    fn claims_and_notes() {
        for (xml, expected) in [
            (
                "<ALIAS_NAME>Fabio Fusco</ALIAS_NAME><DATE_OF_BIRTH>1968-05-25</DATE_OF_BIRTH><CITY_OF_BIRTH>Naples</CITY_OF_BIRTH><COUNTRY_OF_BIRTH>Italy</COUNTRY_OF_BIRTH>",
                "alias: Fabio Fusco\nborn 1968-05-25\nnote Alias Fabio Fusco: date of birth 1968-05-25; place of birth Naples, Italy",
            ),
            (
                "<ALIAS_NAME>Abu Banat</ALIAS_NAME><NOTE>original script: Абу Банат</NOTE>",
                "alias: Abu Banat\nalias: Абу Банат",
            ),
            (
                "<ALIAS_NAME>Merai Zoghbai</ALIAS_NAME><NOTE>previously listed as, in Arabic: مرعي زغبي</NOTE>",
                "alias: Merai Zoghbai\nalias: مرعي زغبي\nnote Alias Merai Zoghbai: previously listed as, in Arabic: مرعي زغبي",
            ),
            (
                "<ALIAS_NAME>أبو دعاء</ALIAS_NAME><NOTE>(Abu Du’a; Abu Duaa’) prominently known by this nom de guerre</NOTE>",
                "alias: أبو دعاء\nalias: Abu Du’a\nalias: Abu Duaa’\nnote Alias أبو دعاء: (Abu Du’a; Abu Duaa’) prominently known by this nom de guerre",
            ),
            (
                "<ALIAS_NAME>شيخ يونس</ALIAS_NAME><NOTE>Sheikh Yunis; Shaykh Yunis the Mauritanian</NOTE>",
                "alias: شيخ يونس\nalias: Sheikh Yunis\nalias: Shaykh Yunis the Mauritanian",
            ),
            (
                "<ALIAS_NAME>A B</ALIAS_NAME><NOTE>born in 1955, passport number TR024417 issued 20 Dec. 2003 in Kabul, expired 29 Dec. 2006</NOTE>",
                "alias: A B\nborn 1955\nPassport TR024417\nnote Alias A B: born in 1955, passport number TR024417 issued 20 Dec. 2003 in Kabul, expired 29 Dec. 2006",
            ),
            (
                "<ALIAS_NAME>A B</ALIAS_NAME><NOTE>DOB: a) 11 Apr. 1960 b) 11 Apr. 1963. POB: Egypt. Nationality: Egypt</NOTE>",
                "alias: A B\nborn 1960-04-11\nborn 1963-04-11\nnote Alias A B: DOB: a) 11 Apr. 1960 b) 11 Apr. 1963. POB: Egypt. Nationality: Egypt",
            ),
            (
                "<ALIAS_NAME>A B</ALIAS_NAME><CITY_OF_BIRTH>Sereka</CITY_OF_BIRTH><NOTE>former Yugoslavia</NOTE>",
                "alias: A B\nnote Alias A B: place of birth Sereka; former Yugoslavia",
            ),
            (
                "<ALIAS_NAME>A B</ALIAS_NAME><NOTE>The Moroccan</NOTE>",
                "alias: A B\nnote Alias A B: The Moroccan\nissue Unparsed INDIVIDUAL_ALIAS/NOTE",
            ),
            (
                "<QUALITY>Good</QUALITY><DATE_OF_BIRTH>1980</DATE_OF_BIRTH>",
                "note Alias without a name: 1980\nissue Missing INDIVIDUAL_ALIAS",
            ),
        ] {
            check(false, xml, expected);
        }
    }
}
