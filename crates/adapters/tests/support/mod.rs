//! A tiny format of lists, for tests (`list <date or ->`, one `<key> <name>` a line, `end`), and a publisher.

#![allow(dead_code, unreachable_pub, reason = "part of several test programs, each of which uses a part")]
#![allow(clippy::unwrap_used, reason = "tests")]

use cordon_adapters::{Fetch, FetchError, FetchFault, Request, Response, Validators};
use cordon_lists::{ListError, ListFormat, SourceFile};
use cordon_model::{Digest, Entity, EntityId, Issue, IssueKind, Name, NameKind, Schema, Snapshot};
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The format.
pub struct Lines;

impl ListFormat for Lines {
    fn id(&self) -> &'static str {
        "lines"
    }

    fn title(&self) -> &'static str {
        "test lines"
    }

    fn recognises(&self, files: &[SourceFile<'_>]) -> bool {
        files.first().is_some_and(|file| file.bytes.starts_with(b"list "))
    }

    fn parse(&self, list: &str, files: &[SourceFile<'_>]) -> Result<Snapshot, ListError> {
        let mut published = None;
        let mut entities = Vec::new();
        let mut issues = Vec::new();
        for file in files {
            for line in body(file, &mut published)?.lines() {
                if let Some((key, text)) = line.split_once(' ') {
                    let mut entity = Entity::new(EntityId::new(list, key), Schema::Person);
                    entity.add_name(Name::new(NameKind::Primary, text));
                    entities.push(entity);
                } else {
                    issues.push(Issue::new(line, "name", IssueKind::Missing, "", "expected a name"));
                }
            }
        }
        Ok(Snapshot::new(list, published, entities, issues))
    }
}

/// The lines between the first and the last, the first one's date being taken.
fn body<'a>(file: &SourceFile<'a>, published: &mut Option<Date>) -> Result<&'a str, ListError> {
    let name = file.name.to_owned();
    let text = std::str::from_utf8(file.bytes).unwrap_or_default();
    if file.bytes.is_empty() {
        return Err(ListError::Empty { file: name });
    }
    let Some((date, rest)) = text.strip_prefix("list ").and_then(|rest| rest.split_once('\n')) else {
        let found = if text.starts_with("<html") { "an HTML page" } else { "something else" };
        return Err(ListError::NotThisFormat {
            file: name,
            expected: "test lines".into(),
            found: found.into(),
        });
    };
    *published = (*published).max(date.parse::<Date>().ok());
    let at = format!("byte {}", file.bytes.len());
    rest.strip_suffix("end\n").ok_or(ListError::CutOff { file: name, at })
}

/// A file of the format: `count` entities from number `from` on, named after `word`.
pub fn text(date: &str, from: usize, count: usize, word: &str) -> String {
    let mut text = format!("list {date}\n");
    for number in from..from + count {
        let _ = writeln!(text, "{number} {word} {number}");
    }
    text.push_str("end\n");
    text
}

/// What a file holds.
pub fn parsed(list: &str, text: &str) -> Snapshot {
    Lines.parse(list, &[SourceFile { name: "file", bytes: text.as_bytes() }]).unwrap()
}

/// A publisher without a network, who knows what it gave out.
#[derive(Default)]
pub struct Publisher {
    /// Files by address; one that is not there is status 404.
    pub files: RefCell<BTreeMap<String, String>>,
    /// Each request: the address, and whether it was answered with a file.
    pub log: RefCell<Vec<(String, bool)>>,
}

impl Publisher {
    pub fn publish(&self, address: &str, text: String) {
        self.files.borrow_mut().insert(address.to_owned(), text);
    }
}

impl Fetch for Publisher {
    fn fetch(&self, request: &Request<'_>) -> Result<Response, FetchError> {
        let files = self.files.borrow();
        let text = files
            .get(request.address)
            .ok_or_else(|| FetchError::new(request.address, FetchFault::Status(404)))?;
        let etag = Some(Digest::of(text.as_bytes()).short().to_owned());
        let same = request.known.is_some_and(|known| known.etag == etag);
        self.log.borrow_mut().push((request.address.to_owned(), !same));
        if same {
            return Ok(Response::Unmodified);
        }
        if text.len() as u64 > request.limit {
            return Err(FetchError::new(request.address, FetchFault::TooLarge(request.limit)));
        }
        Ok(Response::File { bytes: text.clone().into(), validators: Validators { etag, modified: None } })
    }
}

/// Every file below a folder, by its path from there, with its bytes.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}
