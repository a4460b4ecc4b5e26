//! Samples of OFAC's three XML formats with the entities and issues they must give, the same parties in all of OFAC's
//! formats, and what becomes of damaged copies.
//!
//! The samples of the non-SDN list are trimmed real files. Those of the SDN list hold parties of the real `sdn.csv` in the
//! schemas of the two larger formats. `UPDATE_EXPECTED=1` writes the expected files anew; read the difference first.

#![expect(clippy::unwrap_used, reason = "what cannot be read or written here fails the test")]

mod common;

use common::{compare, lines};
use cordon_lists::{ListError, ListFormat, SourceFile, format_for, format_named};
use cordon_model::{Entity, Name, NameKind, Snapshot};
use proptest::prelude::*;
use std::collections::BTreeSet;

struct Sample {
    format: &'static str,
    list: &'static str,
    /// Name of the file without its ending.
    name: &'static str,
    text: &'static str,
    published: &'static str,
}

const STANDARD: Sample = Sample {
    format: "ofac_xml",
    list: "us_ofac_cons",
    name: "consolidated",
    text: include_str!("corpus/us_ofac_cons/consolidated.xml"),
    published: "2026-01-08",
};
const STANDARD_2018: Sample = Sample {
    format: "ofac_xml",
    list: "us_ofac_cons",
    name: "consolidated-2018",
    text: include_str!("corpus/us_ofac_cons/consolidated-2018.xml"),
    published: "2018-04-06",
};
const ENHANCED: Sample = Sample {
    format: "ofac_enhanced_xml",
    list: "us_ofac_cons",
    name: "cons_enhanced",
    text: include_str!("corpus/us_ofac_cons/cons_enhanced.xml"),
    published: "2025-01-10",
};
const ADVANCED: Sample = Sample {
    format: "ofac_advanced_xml",
    list: "us_ofac_cons",
    name: "cons_advanced",
    text: include_str!("corpus/us_ofac_cons/cons_advanced.xml"),
    published: "2020-03-17",
};
const SDN_ENHANCED: Sample = Sample {
    format: "ofac_enhanced_xml",
    list: "us_ofac_sdn",
    name: "sdn_enhanced",
    text: include_str!("corpus/us_ofac_sdn/sdn_enhanced.xml"),
    published: "2024-01-08",
};
const SDN_ADVANCED: Sample = Sample {
    format: "ofac_advanced_xml",
    list: "us_ofac_sdn",
    name: "sdn_advanced",
    text: include_str!("corpus/us_ofac_sdn/sdn_advanced.xml"),
    published: "2024-01-08",
};
const SAMPLES: [&Sample; 6] = [&STANDARD, &STANDARD_2018, &ENHANCED, &ADVANCED, &SDN_ENHANCED, &SDN_ADVANCED];

fn parse(sample: &Sample, bytes: &[u8]) -> Result<Snapshot, ListError> {
    let file = SourceFile { name: "list.xml", bytes };
    format_named(sample.format).expect("the format has a row in the table").parse(sample.list, &[file])
}

fn read(sample: &Sample) -> Snapshot {
    parse(sample, sample.text.as_bytes()).unwrap()
}

#[test]
fn samples_give_what_is_expected() {
    for sample in SAMPLES {
        let snapshot = read(sample);
        let published = snapshot.published().map(|date| date.to_string());
        assert_eq!(published.as_deref(), Some(sample.published), "{}", sample.name);
        compare(sample.list, &format!("expected-{}.jsonl", sample.name), &lines(snapshot.entities()));
        compare(sample.list, &format!("issues-{}.jsonl", sample.name), &lines(snapshot.issues()));
    }
}

#[test]
fn samples_are_recognised_by_their_first_lines() {
    for sample in SAMPLES {
        let head = &sample.text.as_bytes()[..600];
        for (name, bytes) in [("list", head), ("sdn.csv", sample.text.as_bytes())] {
            let found = format_for(&[SourceFile { name, bytes }]).map(ListFormat::id);
            assert_eq!(found.ok(), Some(sample.format), "{}", sample.name);
        }
    }
}

#[test]
fn every_party_has_a_primary_name_a_designation_with_measures_and_a_source() {
    for sample in SAMPLES {
        for entity in read(sample).entities() {
            assert_eq!(entity.names[0].kind, NameKind::Primary, "{}", entity.id);
            assert!(!entity.designations.is_empty(), "{}", entity.id);
            assert!(entity.designations.iter().all(|one| !one.measures.is_empty()), "{}", entity.id);
            assert!(entity.values("sourceUrl")[0].ends_with(entity.id.key()), "{}", entity.id);
        }
    }
}

/// The same content written with other white space, quotes, prefixes and comments.
#[test]
fn how_the_file_is_written_does_not_matter() {
    for sample in SAMPLES {
        let first = read(sample);
        let loose = sample.text.replace("><", ">\n\t  <").replace("</", "\n </");
        let dense = sample.text.lines().map(str::trim).collect::<Vec<_>>().join("");
        let commented = sample.text.replace("    <", "    <!-- note --><");
        let marked = format!("\u{feff}{}", sample.text);
        for (what, text) in
            [("loose", &loose), ("dense", &dense), ("commented", &commented), ("marked", &marked)]
        {
            let snapshot = parse(sample, text.as_bytes()).unwrap();
            let said = (snapshot.content(), snapshot.issues());
            assert_eq!(said, (first.content(), first.issues()), "{} {what}", sample.name);
        }
    }
}

/// Rows of `sdn.csv` and `alt.csv` of January 2024, of parties that stand in the samples of the larger formats.
const SDN_ROWS: [&str; 5] = [
    r#"4238,"MAR AZUL","vessel","CUBA",-0- ,"CL2192","Tug",-0- ,"212","Cuba","Samir de Navegacion S.A.",-0- "#,
    r#"4243,"EBANO","vessel","CUBA",-0- ,-0- ,"General Cargo","2595","1865","Panama",-0- ,"Vessel Registration Identification IMO 7406784; f.k.a. 'ANA I'; f.k.a. 'SAND SWAN'.""#,
    r#"15431,"EP-GOM","aircraft","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Aircraft Construction Number (also called L/N or S/N or F/N) 8401; Aircraft Manufacture Date 1992; Aircraft Model IL76-TD; Aircraft Operator YAS AIR; Aircraft Manufacturer's Serial Number (MSN) 1023409321; Linked To: POUYA AIR.""#,
    r#"26745,"BAZZI, Wael","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB Oct 1989; alt. DOB 31 Oct 1989; POB Freetown, Sierra Leone; nationality Belgium; Additional Sanctions Information - Subject to Secondary Sanctions Pursuant to the Hizballah Financial Sanctions Regulations; Gender Male; Passport EN312261 (Belgium); National ID No. 89103150321; Linked To: BAZZI, Mohammad Ibrahim.""#,
    r#"29702,"LIFSHITS, Artem Mikhaylovich","individual","CYBER2] [ELECTION-EO13848",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 26 Dec 1992; nationality Russia; Email Address mycryptodeals@yandex.ru; alt. Email Address artemlv@hotmail.com; Gender Male; Digital Currency Address - XBT 12udabs2TkX7NXCSj6KpqXfakjE52ZPLhz; alt. Digital Currency Address - XBT 1DT3tenf14cxz9WFNxmYrXFbB6TFiVWA9U; Digital Currency Address - ETH 0x901bb9583b24d97e995513c6778dc6888ab6870e; alt. Digital Currency Address - ETH 0xa7e5d5a720f06526557c513402f2e6b5fa20b008; Secondary sanctions risk: Ukraine-/Russia-Related Sanctions Regulations, 31 CFR 589.201; Phone Number 79110354982; Digital Currency Address - LTC Leo3j36nn1JcsUQruytQhFUdCdCH5YHMR3; Digital Currency Address - DASH Xs3vzQmNvAxRa3Xo8XzQqUb3BMgb9EogF4; Passport 719032284.""#,
];
const SDN_ALIASES: [&str; 2] =
    [r#"26745,42258,"aka","BAZZI, Wa'el",-0- "#, r#"26745,42261,"aka","BAZZI, Wa'il Muhammad",-0- "#];
const SDN_ADDRESSES: [&str; 2] = [
    r#"26745,40562,"Eglantierlaan 15","Antwerpen 2020","Belgium",-0- "#,
    r#"29702,44767,"Primorsky Prospect 159","Saint Petersburg 197374","Russia",-0- "#,
];

/// What all of OFAC's formats say of a party: links and days of listing are left out, as are parts of names and names in
/// other scripts.
fn common_to_all(entity: &Entity) -> Entity {
    let mut entity = entity.clone();
    entity.relations.clear();
    entity.names.retain(|name| name.kind != NameKind::OriginalScript);
    for name in &mut entity.names {
        *name = Name { parts: Vec::new(), ..name.clone() };
    }
    entity.designations.iter_mut().for_each(|designation| designation.listed = None);
    entity.identifiers.sort();
    entity.addresses.sort();
    entity.names.sort();
    entity.properties.values_mut().for_each(|values| values.sort());
    entity
}

#[test]
fn the_same_party_is_the_same_in_every_format() {
    let whole = |rows: &[&str]| format!("{}\r\n\x1a", rows.join("\r\n"));
    let texts = [whole(&SDN_ROWS), whole(&SDN_ALIASES), whole(&SDN_ADDRESSES), "\x1a".to_owned()];
    let names = ["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"];
    let files: Vec<SourceFile<'_>> =
        names.iter().zip(&texts).map(|(name, text)| SourceFile { name, bytes: text.as_bytes() }).collect();
    let csv = format_named("ofac_csv").unwrap().parse("us_ofac_sdn", &files).unwrap();
    let of = |snapshot: &Snapshot| snapshot.entities().iter().map(common_to_all).collect::<Vec<_>>();
    for sample in [&SDN_ENHANCED, &SDN_ADVANCED] {
        for (one, two) in of(&csv).iter().zip(&of(&read(sample))) {
            assert_eq!(one, two, "{}", sample.name);
        }
    }
    let [enhanced, advanced] = [&SDN_ENHANCED, &SDN_ADVANCED].map(|sample| {
        let mut entities = read(sample).entities().to_vec();
        // Only one of the two gives a name beside the number of a party outside the file.
        entities.iter_mut().flat_map(|entity| &mut entity.relations).for_each(|link| link.name.clear());
        entities
    });
    assert_eq!(enhanced, advanced);
}

/// A sample with one text changed, as kinds of issues, records, fields and values that were not there before.
fn said(sample: &Sample, from: &str, to: &str) -> Vec<String> {
    assert!(sample.text.contains(from), "{from}");
    let usual: BTreeSet<String> = issues(&read(sample)).into_iter().collect();
    let changed = parse(sample, sample.text.replacen(from, to, 1).as_bytes()).unwrap();
    issues(&changed).into_iter().filter(|issue| !usual.contains(issue)).collect()
}

fn issues(snapshot: &Snapshot) -> Vec<String> {
    let shown = |issue: &cordon_model::Issue| {
        format!("{:?} {} {} {}", issue.kind, issue.record, issue.field, issue.value)
    };
    snapshot.issues().iter().map(shown).collect()
}

#[test]
fn what_is_not_known_is_said() {
    for (sample, from, to, expected) in [
        (&STANDARD, "<Record_Count>10<", "<Record_Count>11<", &["Missing file Record_Count 11"][..]),
        (&STANDARD, "01/08/2026", "2026-01-08", &["Unparsed file Publish_Date 2026-01-08"]),
        (&STANDARD, "<uid>9639</uid>", "", &["Dropped file uid HANIYA, Ismail Abdul Salah"]),
        (
            &STANDARD,
            "<lastName>HANIYA</lastName>",
            "<lastName>HANIYA</lastName><risk>high</risk>",
            &["UnknownField 9639 sdnEntry/risk high"],
        ),
        (
            &STANDARD,
            "<sdnType>Individual</sdnType>",
            "<sdnType>Robot</sdnType>",
            &["UnknownValue 9639 sdnType Robot"],
        ),
        (&STANDARD, "<program>NS-PLC</program>", "", &["Missing 9639 program "]),
        (
            &STANDARD,
            "<program>NS-PLC</program>",
            "<program>MARS</program>",
            &["UnknownValue 9639 program MARS"],
        ),
        (&STANDARD, "<category>strong<", "<category>loud<", &["UnknownValue 9639 category loud"]),
        (&STANDARD, "<dateOfBirth>1962<", "<dateOfBirth>soon<", &["Unparsed 9639 Birthdate DOB soon"]),
        (&STANDARD, "<type>a.k.a.<", "<type>d.b.a.<", &["UnknownValue 9639 alias type d.b.a."]),
        (
            &STANDARD,
            "<idType>SWIFT/BIC<",
            "<idType>Shoe Size<",
            &["UnknownField 15268 Shoe Size Shoe Size CKLBCNBJ"],
        ),
        (&STANDARD, "<idCountry>Russia<", "<idCountry>Atlantis<", &["UnknownValue 17016 idCountry Atlantis"]),
        (&ENHANCED, "2025-01-10T00:00:00", "soon", &["Unparsed file dataAsOf soon"]),
        (
            &ENHANCED,
            "<filters>",
            "<filters><countries>RU</countries>",
            &["UnknownField file filters/countries RU"],
        ),
        (
            &ENHANCED,
            ">Individual</entityType>",
            ">Robot</entityType>",
            &["UnknownValue 9639 entityType Robot"],
        ),
        (
            &ENHANCED,
            "<generalInfo>",
            "<generalInfo><mood>bad</mood>",
            &["UnknownField 9639 generalInfo/mood bad"],
        ),
        (
            &ENHANCED,
            "<fromDateBegin>1962-01-01",
            "<fromDateBegin>1963-01-01",
            &["Unparsed 9639 valueDate 1963-01-01 1962-01-01 1962-12-31 1962-12-31"],
        ),
        (&ENHANCED, ">Last Name</type>", ">Pen Name</type>", &["UnknownValue 9639 namePart HANIYA"]),
        (
            &ENHANCED,
            ">Non-SDN Palestinian Legislative Council List<",
            ">Naughty List<",
            &["UnknownValue 9639 list Naughty List"],
        ),
        (&ENHANCED, ">Reject<", ">Frown<", &["UnknownValue 9639 sanctions type Frown"]),
        (
            &ENHANCED,
            "<documentNumber>1027700159497<",
            "<documentNumber><",
            &["Missing 17017 documentNumber Registration ID"],
        ),
        (
            &ENHANCED,
            ">Registration ID</type>",
            ">Loyalty Card</type>",
            &["UnknownValue 17017 Loyalty Card Loyalty Card 1027700159497 (Russia)"],
        ),
        (&ENHANCED, ">Gender</type>", ">Shoe Size</type>", &["UnknownField 9647 Shoe Size Shoe Size Male"]),
        (&ADVANCED, "<Year>2020</Year>", "<Year>20</Year>", &["Missing file DateOfIssue "]),
        (&ADVANCED, "PartySubTypeID=\"4\"", "PartySubTypeID=\"99\"", &["UnknownValue 9639 PartySubTypeID "]),
        (
            &ADVANCED,
            "AliasTypeID=\"1400\"",
            "AliasTypeID=\"77\"",
            &["UnknownValue 9639 AliasType 77", "UnknownValue 9639 alias type 77"],
        ),
        (
            &ADVANCED,
            "FeatureTypeID=\"8\"",
            "FeatureTypeID=\"9999\"",
            &["UnknownField 9639 9999 9999 1962", "UnknownValue 9639 FeatureType 9999"],
        ),
        (
            &ADVANCED,
            "<VersionLocation LocationID=\"12812\"",
            "<VersionLocation LocationID=\"1\"",
            &["Orphan 9639 LocationID 1"],
        ),
        (&ADVANCED, "ProfileID=\"9639\" ListID", "ProfileID=\"1\" ListID", &["Orphan 1 SanctionsEntry 1"]),
        (
            &ADVANCED,
            "<Profile ID=\"9639\"",
            "<Profile DeltaAction=\"ADD\" ID=\"9639\"",
            &["UnknownField 9639 Profile@DeltaAction ADD"],
        ),
        (
            &ADVANCED,
            "EntryEventTypeID=\"1\"",
            "EntryEventTypeID=\"2\"",
            &["UnknownValue 9639 EntryEventType 2", "UnknownValue 9639 EntryEventType 2"],
        ),
    ] {
        let found = said(sample, from, to);
        let mut expected: Vec<String> = expected.iter().map(|&one| one.to_owned()).collect();
        expected.sort();
        let mut found_sorted = found.clone();
        found_sorted.sort();
        assert_eq!(found_sorted, expected, "{} {to}", sample.name);
    }
}

/// What a changed sample says of the party it was changed in.
fn changed(sample: &Sample, key: &str, changes: &[(&str, &str)]) -> Entity {
    let mut text = sample.text.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    parse(sample, text.as_bytes()).unwrap().entity(&format!("{}:{key}", sample.list)).unwrap().clone()
}

#[test]
fn marks_of_doubt_are_kept() {
    let note = |entity: &Entity, scheme: &str| {
        let found = entity.identifiers.iter().find(|one| one.label() == scheme).unwrap();
        (found.note.clone(), found.issued.map(|date| date.to_string()))
    };
    let enhanced = changed(
        &SDN_ENHANCED,
        "26745",
        &[(
            "<documentNumber>EN312261</documentNumber>\n          <isValid>true",
            "<documentNumber>EN312261</documentNumber>\n          <issueDate>2001-02-03</issueDate><isValid>false",
        )],
    );
    assert_eq!(note(&enhanced, "Passport"), ("fraudulent".to_owned(), Some("2001-02-03".to_owned())));
    let date = "<DocumentDate IDRegDocDateTypeID=\"1480\"><DatePeriod CalendarTypeID=\"1\"><Start><From><Year>2001\
                </Year><Month>2</Month><Day>3</Day></From></Start></DatePeriod></DocumentDate>";
    let table = "<IDRegDocDateTypeValues><IDRegDocDateType ID=\"1480\">Issue Date</IDRegDocDateType>\
                 </IDRegDocDateTypeValues></ReferenceValueSets>";
    let advanced = changed(
        &SDN_ADVANCED,
        "26745",
        &[
            ("</ReferenceValueSets>", table),
            (
                " IssuedBy-CountryID=\"11046\" ValidityID=\"1\"",
                " IssuedBy-CountryID=\"11046\" ValidityID=\"2\"",
            ),
            (
                "<IDRegistrationNo>EN312261</IDRegistrationNo>",
                &format!("<IDRegistrationNo>EN312261</IDRegistrationNo>{date}"),
            ),
        ],
    );
    assert_eq!(note(&advanced, "Passport"), ("fraudulent".to_owned(), Some("2001-02-03".to_owned())));
}

#[test]
fn approximate_days_false_facts_and_former_links() {
    let dates = |entity: &Entity| entity.dates.iter().map(|fact| fact.date.to_string()).collect::<Vec<_>>();
    let circa = changed(&ENHANCED, "9639", &[("<isApproximate>false", "<isApproximate>true")]);
    assert_eq!(dates(&circa), ["1962~"]);
    let circa = changed(&ADVANCED, "9639", &[("Approximate=\"false\"", "Approximate=\"true\"")]);
    assert_eq!(dates(&circa), ["1962~"]);
    let place = "<value>Shati</value>";
    let untrue = changed(
        &ENHANCED,
        "9639",
        &[(place, "<value>Shati</value><reliability refId=\"1561\">False</reliability>")],
    );
    assert!(untrue.values("birthPlace").is_empty());
    assert_eq!(untrue.values("notes")[0], "Reported as false: Place of Birth Shati");
    let former = changed(&ADVANCED, "18267", &[("Former=\"false\"", "Former=\"true\"")]);
    assert_eq!(former.relations[0].quality, "former");
}

#[test]
fn other_files_are_refused() {
    for sample in [&STANDARD, &ENHANCED, &ADVANCED] {
        let title = format_named(sample.format).unwrap().title();
        for (bytes, found) in [
            (&b"<!DOCTYPE html><html><body>Busy</body></html>"[..], "an HTML page"),
            (b"{\"status\":500,\"error\":\"x\"}", "a JSON error message"),
            (b"<CONSOLIDATED_LIST></CONSOLIDATED_LIST>", "XML with root CONSOLIDATED_LIST"),
        ] {
            let expected = format!("list.xml: expected {title}, found {found}");
            assert_eq!(parse(sample, bytes).unwrap_err().to_string(), expected);
        }
        assert_eq!(parse(sample, b"").unwrap_err().to_string(), "list.xml: the file is empty");
    }
}

#[test]
fn bombs_are_refused() {
    let kinds = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>";
    for sample in [&STANDARD, &ENHANCED, &ADVANCED] {
        let declared = sample.text.split_once("?>").unwrap();
        let bomb = format!("{}?>{kinds}{}", declared.0, declared.1.replacen("HANIYA<", "&b;<", 1));
        let deep = sample.text.replacen("HANIYA<", &format!("{}<", "<a>".repeat(100_000)), 1);
        for text in [bomb, deep] {
            let refused = parse(sample, text.as_bytes());
            assert!(matches!(refused, Err(ListError::Malformed { .. })), "{}: {refused:?}", sample.name);
        }
    }
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    for sample in [&STANDARD_2018, &SDN_ENHANCED, &SDN_ADVANCED] {
        let whole = sample.text.trim_end().as_bytes();
        let step = whole.len() / 400;
        let near_end = whole.len() - 200..whole.len();
        for length in (0..whole.len()).step_by(step).chain(near_end) {
            let error = parse(sample, &whole[..length]).expect_err(&format!("cut after {length} bytes"));
            let cut_off = matches!(error, ListError::CutOff { .. });
            assert!(cut_off || length < 400, "{}, cut after {length} bytes: {error}", sample.name);
        }
        assert!(parse(sample, whole).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400), at in 0..SAMPLES.len()) {
        let _ = parse(SAMPLES[at], &bytes);
        let _ = format_for(&[SourceFile { name: "list", bytes: &bytes }]).map(ListFormat::id);
    }

    #[test]
    fn any_text_in_any_field(
        text in "[\\PC<>&;()a-c0-9 -]{0,40}",
        at in any::<prop::sample::Index>(),
        sample in 0..SAMPLES.len(),
    ) {
        let sample = SAMPLES[sample];
        let fields: Vec<(usize, &str)> = sample.text.match_indices("</").collect();
        let (position, _) = fields[at.index(fields.len())];
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let changed = format!("{}{escaped}{}", &sample.text[..position], &sample.text[position..]);
        prop_assert!(parse(sample, changed.as_bytes()).is_ok());
    }

    #[test]
    fn any_text_in_any_attribute(
        text in "[^\"<&\\p{Cc}]{0,20}",
        at in any::<prop::sample::Index>(),
        sample in 2..SAMPLES.len(),
    ) {
        let sample = SAMPLES[sample];
        let body = sample.text.find("<DateOfIssue").or_else(|| sample.text.find("<filters>")).unwrap();
        let fields: Vec<(usize, &str)> =
            sample.text.match_indices("=\"").filter(|(position, _)| *position > body).collect();
        let (position, _) = fields[at.index(fields.len())];
        let rest = &sample.text[position + 2..];
        let end = rest.find('"').unwrap();
        let changed = format!("{}{text}{}", &sample.text[..position + 2], &rest[end..]);
        prop_assert!(parse(sample, changed.as_bytes()).is_ok());
    }

    #[test]
    fn damaged_samples_never_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        sample in 0..SAMPLES.len(),
    ) {
        let sample = SAMPLES[sample];
        let mut bytes = sample.text.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = parse(sample, &bytes);
    }
}
