//! FollowTheMoney JSON Lines: `entities.ftm.json`, where records name each other by id, and `targets.nested.json`,
//! where they stand inside each other, in any mixture.
//!
//! In: one or more files with one entity a line. Out: a snapshot of the parties and things; sanctions, addresses,
//! documents and links become parts of those they are about. An entity that is only linked to listed parties
//! (`target` is false) is kept and bears the property `target` with the value `false`. The values of a property have
//! no order in FollowTheMoney, so all but the caption are put in one. The snapshot is dated by the latest
//! `last_seen` or `last_change`; these times, `first_seen` and the order of lines are no content.
//! Absent: JSON arrays, delta lines.

mod collect;
mod join;
mod vocabulary;

use super::{ListFormat, SourceFile, describe};
use crate::ListError;
use collect::Joiner;
use cordon_model::ftm::FtmEntity;
use cordon_model::{Issue, IssueKind, Snapshot};

/// FollowTheMoney JSON Lines.
pub(crate) struct FtmJson;

impl ListFormat for FtmJson {
    fn id(&self) -> &'static str {
        "ftm_json"
    }

    fn title(&self) -> &'static str {
        "FollowTheMoney JSON Lines"
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.first().is_some_and(|file| {
            let first = lines(file.bytes).map(|(_, line)| line).next().unwrap_or_default();
            let head = &first[..first.len().min(1 << 20)];
            let holds = |key: &[u8]| head.windows(key.len()).any(|window| window == key);
            head.starts_with(b"{") && holds(b"\"schema\"") && holds(b"\"properties\"")
        })
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        if files.is_empty() {
            let given = "none".to_owned();
            return Err(ListError::MissingFile { file: "entities.ftm.json".to_owned(), given });
        }
        let mut joiner = Joiner::new(list);
        for file in files {
            read(file, &mut joiner)?;
        }
        let (published, entities, issues) = joiner.finish();
        Ok(Snapshot::new(list, published, entities, issues))
    }
}

/// Lines that are not blank, trimmed, with their numbers.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let numbered = bytes.split(|byte| *byte == b'\n').enumerate();
    numbered.map(|(at, line)| (at + 1, line.trim_ascii())).filter(|(_, line)| !line.is_empty())
}

fn read(file: &SourceFile<'_>, joiner: &mut Joiner<'_>) -> Result<(), ListError> {
    if file.bytes.is_empty() {
        return Err(ListError::Empty { file: file.name.to_owned() });
    }
    let open = !file.bytes.ends_with(b"\n");
    let last = lines(file.bytes).last().map_or(0, |(number, _)| number);
    let (mut understood, mut broken) = (0usize, Vec::new());
    for (number, line) in lines(file.bytes) {
        match serde_json::from_slice::<FtmEntity>(line) {
            Ok(wire) => {
                understood += 1;
                joiner.accept(&format!("line {number}"), wire);
            }
            Err(error) if error.is_eof() && open && number == last && understood > 0 => {
                let at = format!("line {number}");
                return Err(ListError::CutOff { file: file.name.to_owned(), at });
            }
            Err(error) => {
                let value = String::from_utf8_lossy(line);
                let message = format!("not a FollowTheMoney entity: {error}");
                let record = format!("line {number}");
                broken.push(Issue::new(&record, "line", IssueKind::Dropped, &value, &message));
            }
        }
    }
    if understood == 0 {
        return Err(ListError::NotThisFormat {
            file: file.name.to_owned(),
            expected: "FollowTheMoney JSON Lines".to_owned(),
            found: describe(file.bytes),
        });
    }
    joiner.report(broken);
    Ok(())
}
