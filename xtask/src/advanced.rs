//! `cargo xtask advanced DATA [CORDON]`: a file in OFAC's ADVANCED format as large as the SDN list's, and how long and how
//! much memory reading it takes.
//!
//! In: the folder of list files, and the path of the command to measure; without one the file is read in this process.
//! Out: figures on standard output. The file repeats the parties of the complete non-SDN list under new numbers, each with
//! a name in another script, a ledger address and, for some, what a ship has. Memory is read from `/proc`, so it is told
//! on Linux alone.

use crate::Error;
use cordon_lists::{SourceFile, format_named, unpack};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The complete file of the format, below the folder of list files.
const SOURCE: &str = "ofac/cons-advanced-xml/2020-03-17/cons_advanced.xml.gz";
/// Bytes of `SDN_ADVANCED.XML` in July 2026.
const BYTES: usize = 125_744_456;
/// Sections that hold records, in the order of the schema.
const SECTIONS: [&str; 5] =
    ["Locations", "IDRegDocuments", "DistinctParties", "ProfileRelationships", "SanctionsEntries"];
/// Attributes that number records; all others number rows of the code tables.
const NUMBERS: [&str; 13] = [
    "ID",
    "FixedRef",
    "IdentityID",
    "LocationID",
    "FeatureVersionID",
    "DocumentedNameID",
    "NamePartGroupID",
    "From-ProfileID",
    "To-ProfileID",
    "ProfileID",
    "IDRegDocumentID",
    "SanctionsEntryID",
    "IssuedIn-LocationID",
];
/// Every how many parties one is a ship.
const SHIPS: usize = 20;

pub(crate) fn run(data: &Path, cordon: Option<&Path>) -> Result<(), Error> {
    let path = data.join(SOURCE);
    let packed = std::fs::read(&path).map_err(|error| format!("`{}`: {error}", path.display()))?;
    let files = unpack("cons_advanced.xml.gz", packed, 1 << 30)?;
    let text = String::from_utf8(files.into_iter().next().ok_or("the archive is empty")?.bytes)?;
    let large = enlarge(&text, BYTES)?;
    match cordon {
        Some(cordon) => update(large, cordon),
        None => parse(large),
    }
}

/// Reads the file in this process.
#[expect(clippy::print_stdout, reason = "a task speaks to the person who runs it")]
fn parse(large: String) -> Result<(), Error> {
    let bytes = large.into_bytes();
    let file = SourceFile { name: "SDN_ADVANCED.XML", bytes: &bytes };
    let format = format_named("ofac_advanced_xml").ok_or("the format has no row in the table")?;
    let begun = Instant::now();
    let snapshot = format.parse("us_ofac_sdn", &[file])?;
    println!(
        "{} bytes, {} parties, {} issues: read in {:.2} s, {}",
        bytes.len(),
        snapshot.entities().len(),
        snapshot.issues().len(),
        begun.elapsed().as_secs_f64(),
        shown(peak("self")),
    );
    Ok(())
}

/// Has the command take the file as a new version of the list, in a home of its own.
#[expect(clippy::print_stdout, reason = "a task speaks to the person who runs it")]
fn update(large: String, cordon: &Path) -> Result<(), Error> {
    let folder = std::env::temp_dir().join(format!("cordon-advanced-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let outcome = measure(&folder, large, cordon);
    std::fs::remove_dir_all(&folder)?;
    let (bytes, seconds, peak) = outcome?;
    println!("{bytes} bytes: `cordon update` took {:.2} s, {}", seconds.as_secs_f64(), shown(peak));
    Ok(())
}

fn measure(folder: &Path, large: String, cordon: &Path) -> Result<(usize, Duration, Option<u64>), Error> {
    let file: PathBuf = folder.join("SDN_ADVANCED.XML");
    std::fs::write(&file, &large)?;
    let bytes = large.len();
    drop(large);
    let begun = Instant::now();
    let mut child = Command::new(cordon)
        .arg("--home")
        .arg(folder.join("home"))
        .args(["update", "--file"])
        .arg(format!("us_ofac_sdn={}", file.display()))
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| format!("`{}`: {error}", cordon.display()))?;
    let id = child.id().to_string();
    let mut most = None;
    loop {
        most = most.max(peak(&id));
        if let Some(status) = child.try_wait()? {
            let seconds = begun.elapsed();
            return if status.success() {
                Ok((bytes, seconds, most))
            } else {
                Err(format!("`cordon update` ended with {status}").into())
            };
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Most kilobytes a process has had in memory so far.
fn peak(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn shown(peak: Option<u64>) -> String {
    peak.map_or_else(|| "memory unknown".to_owned(), |kilobytes| format!("at most {} MB", kilobytes / 1_000))
}

/// A file of at least so many bytes that repeats the records of one.
fn enlarge(text: &str, bytes: usize) -> Result<String, Error> {
    let (head, body) = text.split_once("</ReferenceValueSets>").ok_or("the code tables are missing")?;
    let mut contents = Vec::new();
    for section in SECTIONS {
        let (_, rest) = body.split_once(&format!("<{section}>")).ok_or("a section is missing")?;
        let (content, _) = rest.split_once(&format!("</{section}>")).ok_or("a section is cut off")?;
        contents.push(if section == "DistinctParties" { enrich(content) } else { content.to_owned() });
    }
    let once: usize = contents.iter().map(String::len).sum();
    let copies = bytes.div_ceil(once);
    let mut large = String::with_capacity(head.len() + once * copies + (bytes >> 4));
    large.push_str(&with_tables(head));
    large.push_str("</ReferenceValueSets>");
    for (section, content) in SECTIONS.iter().zip(&contents) {
        let _ = write!(large, "<{section}>");
        for copy in 0..copies {
            renumber(content, copy, &mut large);
        }
        let _ = write!(large, "</{section}>");
    }
    large.push_str("</Sanctions>\n");
    Ok(large)
}

/// The code tables with the rows that [`enrich`] needs.
fn with_tables(head: &str) -> String {
    let rows = [
        ("</FeatureTypeValues>", "<FeatureType ID=\"2\">VESSEL TYPE</FeatureType>"),
        ("</FeatureTypeValues>", "<FeatureType ID=\"3\">Vessel Flag</FeatureType>"),
        ("</FeatureTypeValues>", "<FeatureType ID=\"1\">Vessel Call Sign</FeatureType>"),
        ("</FeatureTypeValues>", "<FeatureType ID=\"345\">Digital Currency Address - ETH</FeatureType>"),
        ("</ScriptValues>", "<Script ID=\"220\" ScriptCode=\"Cyrl\">Cyrillic</Script>"),
    ];
    rows.iter().fold(head.to_owned(), |head, (end, row)| head.replacen(end, &format!("{row}{end}"), 1))
}

/// Gives every party a name in another script and a ledger address, and makes some of them ships.
fn enrich(parties: &str) -> String {
    let mut rich = String::with_capacity(parties.len() * 5 / 4);
    for (at, party) in parties.split_inclusive("</DistinctParty>").enumerate() {
        let Some((names, rest)) = party.split_once("</DocumentedName>") else {
            rich.push_str(party);
            continue;
        };
        let (facts, end) = rest.split_once("</Profile>").unwrap_or((rest, ""));
        let ship = at % SHIPS == 0;
        let names = if ship {
            names.replace("PartySubTypeID=\"3\"", "PartySubTypeID=\"1\"")
        } else {
            names.to_owned()
        };
        let _ = write!(rich, "{names}</DocumentedName>{}{facts}", foreign_name(&names));
        let mut fact = |number: usize, kind: u32, value: &str| {
            let _ = write!(
                rich,
                "<Feature ID=\"{number}{at}\" FeatureTypeID=\"{kind}\"><FeatureVersion ID=\"{number}{at}\" \
                 ReliabilityID=\"1\"><Comment /><VersionDetail DetailTypeID=\"1432\">{value}</VersionDetail>\
                 </FeatureVersion></Feature>"
            );
        };
        fact(90_001, 345, &format!("0x{:040x}", (at as u128 + 1) * 0x9e37_79b9_7f4a_7c15_f39c_c060));
        if ship {
            fact(90_002, 2, "General Cargo");
            fact(90_003, 3, "Panama");
            fact(90_004, 1, &format!("HP{at:04}"));
        }
        let _ = write!(rich, "</Profile>{end}");
    }
    rich
}

/// The name just written, once more in Cyrillic letters.
fn foreign_name(names: &str) -> String {
    const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
    const CYRILLIC: &str = "абцдефгхийклмнопкрстуввкыз";
    let letters = |text: &str| -> String {
        let other =
            |letter: char| LATIN.find(letter.to_ascii_lowercase()).and_then(|at| CYRILLIC.chars().nth(at));
        text.chars().map(|letter| other(letter).unwrap_or(letter)).collect()
    };
    let name = names.rsplit("<DocumentedName ").next().unwrap_or_default();
    let mut foreign = format!("<DocumentedName {}", name.replace("ScriptID=\"215\"", "ScriptID=\"220\""));
    foreign = foreign.replacen("ID=\"", "ID=\"8", 1);
    let mut written = String::with_capacity(foreign.len() * 2);
    for piece in foreign.split_inclusive('>') {
        match piece.split_once("</NamePartValue") {
            Some((text, end)) => written.push_str(&(letters(text) + "</NamePartValue" + end)),
            None => written.push_str(piece),
        }
    }
    written + "</DocumentedName>"
}

/// Writes records under the numbers of a copy: each number gets the copy's behind it, in three digits.
fn renumber(records: &str, copy: usize, out: &mut String) {
    let mut rest = records;
    while let Some(at) = rest.find("=\"") {
        let name = rest[..at].rsplit([' ', '\n']).next().unwrap_or_default();
        let numbered = NUMBERS.contains(&name);
        let Some(end) = rest[at + 2..].find('"').map(|end| at + 2 + end) else { break };
        out.push_str(&rest[..end]);
        if numbered {
            let _ = write!(out, "{copy:03}");
        }
        rest = &rest[end..];
        // The closing quote is not the beginning of a value.
        out.push('"');
        rest = &rest[1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_numbers_of_their_own() {
        let mut out = String::new();
        let record = "<Feature ID=\"7\" FeatureTypeID=\"8\"><X IdentityID=\"9\" /> a</Feature>";
        renumber(record, 12, &mut out);
        assert_eq!(out, "<Feature ID=\"7012\" FeatureTypeID=\"8\"><X IdentityID=\"9012\" /> a</Feature>");
    }

    #[test]
    fn names_are_written_in_another_script() {
        let names = "<Alias><DocumentedName ID=\"1\"><NamePartValue NamePartGroupID=\"2\" ScriptID=\"215\">ABE Co.</NamePartValue>";
        let expected = "<DocumentedName ID=\"81\"><NamePartValue NamePartGroupID=\"2\" ScriptID=\"220\">абе цо.</NamePartValue></DocumentedName>";
        assert_eq!(foreign_name(names), expected);
    }
}
