//! Which file of the set is which: by its name in any case, else by the shape of its first row.

use super::{party, table};
use crate::ListError;
use crate::formats::ofac::measures::Family;
use crate::formats::{SourceFile, describe};
use cordon_model::{Issue, IssueKind};

/// What a file of the set holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Primary,
    Aliases,
    Addresses,
    Comments,
}

/// A row of the table of files.
struct Kind {
    part: Part,
    /// Columns of every row; no two parts have as many.
    columns: usize,
    /// What the rows hold, for people.
    holds: &'static str,
    sdn: &'static str,
    non_sdn: &'static str,
}

const KINDS: [Kind; 4] = [
    Kind { part: Part::Primary, columns: 12, holds: "parties", sdn: "sdn.csv", non_sdn: "cons_prim.csv" },
    Kind { part: Part::Aliases, columns: 5, holds: "aliases", sdn: "alt.csv", non_sdn: "cons_alt.csv" },
    Kind { part: Part::Addresses, columns: 6, holds: "addresses", sdn: "add.csv", non_sdn: "cons_add.csv" },
    Kind {
        part: Part::Comments,
        columns: 2,
        holds: "continued remarks",
        sdn: "sdn_comments.csv",
        non_sdn: "cons_comments.csv",
    },
];

impl Part {
    fn kind(self) -> &'static Kind {
        &KINDS[self as usize]
    }

    pub(super) fn columns(self) -> usize {
        self.kind().columns
    }

    pub(super) fn holds(self) -> &'static str {
        self.kind().holds
    }

    /// The file's usual name.
    pub(super) fn file(self, family: Family) -> &'static str {
        match family {
            Family::Sdn => self.kind().sdn,
            Family::NonSdn => self.kind().non_sdn,
        }
    }
}

/// The files of one version of one list.
pub(super) struct FileSet<'a> {
    pub(super) family: Family,
    /// In the order of [`Part`].
    files: [Option<SourceFile<'a>>; 4],
}

impl<'a> FileSet<'a> {
    pub(super) fn get(&self, part: Part) -> Option<SourceFile<'a>> {
        self.files[part as usize]
    }
}

/// The part a file name stands for, and the list it belongs to.
fn by_name(name: &str) -> Option<(Part, Family)> {
    KINDS.iter().find_map(|kind| {
        let is = |usual: &str| usual.eq_ignore_ascii_case(name);
        match (is(kind.sdn), is(kind.non_sdn)) {
            (true, _) => Some((kind.part, Family::Sdn)),
            (_, true) => Some((kind.part, Family::NonSdn)),
            _ => None,
        }
    })
}

/// The part whose shape the first row of some bytes has; a party's third cell is its type.
fn by_shape(bytes: &[u8]) -> Option<Part> {
    let row = table::first_row(bytes)?;
    let part = KINDS.iter().find(|kind| kind.columns == row.columns()).map(|kind| kind.part)?;
    (part != Part::Primary || row.cell(2).is_none_or(party::is_type)).then_some(part)
}

/// Whether any of the files is by name or shape one of a set, and has the shape of its part.
pub(super) fn recognises(files: &[SourceFile<'_>]) -> bool {
    files.iter().any(|file| match (by_name(file.name), by_shape(file.bytes)) {
        (Some((named, _)), shape) => shape == Some(named),
        (None, shape) => shape == Some(Part::Primary),
    })
}

/// Gives each file its place. A set has one primary file; a side file of the other list is passed over with an issue,
/// as is a file that is no part of a set; a side file that is not there is an issue, too.
pub(super) fn arrange<'a>(
    files: &[SourceFile<'a>],
    issues: &mut Vec<Issue>,
) -> Result<FileSet<'a>, ListError> {
    if let Some(file) = files.iter().find(|file| file.bytes.is_empty()) {
        return Err(ListError::Empty { file: file.name.to_owned() });
    }
    let placed: Vec<Placed<'a>> = files
        .iter()
        .map(|file| match by_name(file.name) {
            Some((part, family)) => (*file, Some(part), Some(family)),
            None => (*file, by_shape(file.bytes), None),
        })
        .collect();
    let family = family_of(&placed)?;
    let mut set = FileSet { family, files: [None; 4] };
    for (file, part, named) in placed {
        match part {
            Some(part) if named.is_none_or(|named| named == family) => put(&mut set, part, file)?,
            _ => issues.push(passed_over(file)),
        }
        if let (Some(Part::Primary), None) = (part, named) {
            issues.push(unknown_name(file));
        }
    }
    for kind in KINDS.iter().filter(|kind| set.get(kind.part).is_none()) {
        issues.push(absent(kind.part, family));
    }
    Ok(set)
}

/// A file with the part and the list it was found to belong to.
type Placed<'a> = (SourceFile<'a>, Option<Part>, Option<Family>);

/// The list the one primary file belongs to; one without any of OFAC's names is read as the SDN list's.
fn family_of(placed: &[Placed<'_>]) -> Result<Family, ListError> {
    let mut primary = placed.iter().filter(|(_, part, _)| *part == Some(Part::Primary));
    match (primary.next(), primary.next()) {
        (Some((one, ..)), Some((two, ..))) => return Err(second(*two, Part::Primary, one.name)),
        (Some((_, _, family)), None) => return Ok(family.unwrap_or(Family::Sdn)),
        (None, _) => {}
    }
    let side = placed.iter().find(|(_, part, _)| part.is_some());
    match (placed.first(), side) {
        (_, Some((file, _, family))) => Err(ListError::MissingFile {
            file: Part::Primary.file(family.unwrap_or(Family::Sdn)).to_owned(),
            given: file.name.to_owned(),
        }),
        (Some((file, _, _)), None) => Err(not_this(*file)),
        (None, None) => Err(ListError::MissingFile {
            file: Part::Primary.file(Family::Sdn).to_owned(),
            given: "nothing".to_owned(),
        }),
    }
}

fn second(file: SourceFile<'_>, part: Part, other: &str) -> ListError {
    ListError::Malformed {
        file: file.name.to_owned(),
        at: "file set".to_owned(),
        reason: format!("holds {} as {other} does; give the files of one list", part.holds()),
    }
}

fn put<'a>(set: &mut FileSet<'a>, part: Part, file: SourceFile<'a>) -> Result<(), ListError> {
    let place = &mut set.files[part as usize];
    if let Some(other) = place {
        return Err(second(file, part, other.name));
    }
    *place = Some(file);
    Ok(())
}

/// What to say of bytes that are none of the set's files.
pub(super) fn not_this(file: SourceFile<'_>) -> ListError {
    ListError::NotThisFormat {
        file: file.name.to_owned(),
        expected: super::TITLE.to_owned(),
        found: describe(file.bytes),
    }
}

fn passed_over(file: SourceFile<'_>) -> Issue {
    let message = "the file is no part of this list and was passed over";
    Issue::new("file", file.name, IssueKind::UnknownField, &describe(file.bytes), message)
}

fn unknown_name(file: SourceFile<'_>) -> Issue {
    let message =
        "the file bears none of OFAC's names; its columns are those of sdn.csv and it was read as such";
    Issue::new("file", file.name, IssueKind::UnknownValue, file.name, message)
}

fn absent(part: Part, family: Family) -> Issue {
    let message = format!("the file is not there, so the {} are missing from this version", part.holds());
    Issue::new("file", part.file(family), IssueKind::Missing, part.file(family), &message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &[u8] = b"36,\"A\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a";
    const ALT: &[u8] = b"36,12,\"aka\",\"B\",-0- \r\n\x1a";

    fn file<'a>(name: &'a str, bytes: &'a [u8]) -> SourceFile<'a> {
        SourceFile { name, bytes }
    }

    #[test]
    fn files_find_their_places() {
        let mut issues = Vec::new();
        let files = [file("CONS_ALT.CSV", ALT), file("readme.txt", b"hello"), file("Cons_Prim.csv", ROW)];
        let set = arrange(&files, &mut issues).unwrap();
        assert_eq!(set.family, Family::NonSdn);
        assert!(set.get(Part::Aliases).is_some() && set.get(Part::Addresses).is_none());
        let about: Vec<&str> = issues.iter().map(|issue| issue.field.as_str()).collect();
        assert_eq!(about, ["readme.txt", "cons_add.csv", "cons_comments.csv"]);
    }

    #[test]
    fn a_file_under_another_name_is_told_by_its_shape() {
        let mut issues = Vec::new();
        let set = arrange(&[file("ofac-2024.csv", ROW), file("names.csv", ALT)], &mut issues).unwrap();
        assert_eq!(
            (set.family, set.get(Part::Aliases).map(|file| file.name)),
            (Family::Sdn, Some("names.csv"))
        );
        assert!(issues.iter().any(|issue| issue.kind == IssueKind::UnknownValue));
    }

    #[test]
    fn sets_that_are_refused() {
        for (files, expected) in [
            (vec![file("sdn.csv", b"")], "sdn.csv: the file is empty"),
            (vec![file("sdn.csv", ROW), file("alt.csv", b"")], "alt.csv: the file is empty"),
            (vec![file("alt.csv", ALT)], "sdn.csv is missing beside alt.csv"),
            (vec![file("list.csv", b"<html>")], "list.csv: expected OFAC legacy CSV, found an HTML page"),
            (
                vec![file("sdn.csv", ROW), file("cons_prim.csv", ROW)],
                "cons_prim.csv: file set: holds parties as sdn.csv does; give the files of one list",
            ),
            (vec![], "sdn.csv is missing beside nothing"),
        ] {
            let error = arrange(&files, &mut Vec::new()).err().map(|error| error.to_string());
            assert_eq!(error.as_deref(), Some(expected));
        }
    }
}
