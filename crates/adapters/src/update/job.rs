//! One update under way, up to the snapshot: receive ► unpack ► parse.

use super::{Source, Update, Updated};
use crate::home::{Places, Writer};
use crate::index::{self, Found, Have};
use crate::pointer::{Indexed, Pointer};
use crate::receive::{self, Arrival, Received};
use crate::snapshots::ENGINE;
use crate::{Fetch, IndexSource, Reason, SourceRecord, raw, shown, snapshots};
use cordon_lists::{FORMATS, ListError, ListFormat, SourceFile, Unpacked, format_for, unpack};
use cordon_model::Snapshot;
use jiff::Timestamp;

/// Whose format it is: ids of formats begin with their publisher, `ofac_csv`.
fn publisher(format: &str) -> &str {
    format.split('_').next().unwrap_or(format)
}

/// One update under way.
pub(super) struct Job<'a> {
    pub(super) update: &'a Update<'a>,
    pub(super) now: Timestamp,
    pub(super) writer: Writer<'a>,
    pub(super) places: Places,
    pub(super) pointer: Pointer,
    /// The files received so far.
    pub(super) sources: Vec<SourceRecord>,
    /// The version of the data set they are, if they come from an index.
    pub(super) indexed: Option<Indexed>,
}

impl Job<'_> {
    pub(super) fn run(&mut self) -> Result<Updated, Reason> {
        let (files, known) = match self.receive()? {
            Arrival::Unmodified => return self.confirm(None),
            Arrival::Files(files, known) => (files, known),
        };
        let files = self.unpack(files)?;
        let (format, snapshot) = self.parse(&files)?;
        drop(files);
        let day = self.indexed.as_ref().and_then(|indexed| index::day(&indexed.version));
        let snapshot = snapshot.dated(self.update.published.or(day));
        if self.is_in_force(&snapshot) {
            self.pointer.known = known;
            self.pointer.indexed = self.indexed.take();
            return self.confirm_content(&snapshot);
        }
        let state = self.guard(&snapshot)?;
        self.accept(&snapshot, format, state, known)
    }

    fn receive(&mut self) -> Result<Arrival, Reason> {
        match self.update.source {
            Source::Given(path) => receive::take(path, &self.update.limits),
            Source::Indexed(fetcher, source) => self.look(fetcher, source),
            Source::Fetched(fetcher, addresses) => {
                let known = if self.would_read_the_same() { self.pointer.known.as_slice() } else { &[] };
                receive::fetch(self.writer.home(), known, fetcher, addresses, &self.update.limits)
            }
        }
    }

    /// Looks in an index for a version other than the one in force.
    fn look(&mut self, fetcher: &dyn Fetch, source: IndexSource<'_>) -> Result<Arrival, Reason> {
        let before = self
            .pointer
            .indexed
            .as_ref()
            .filter(|indexed| indexed.dataset == source.dataset && self.would_read_the_same());
        let have = before.and_then(|indexed| {
            let entities = raw::find(self.writer.home(), &indexed.file)?;
            Some(Have { version: indexed.version.clone(), entities })
        });
        match index::look(fetcher, source, have, self.update.limits.received)? {
            Found::Same => Ok(Arrival::Unmodified),
            Found::Version { version, entities, address } => {
                let file = Received::new(index::ENTITIES.to_owned(), entities, Some(shown(&address)));
                let (dataset, digest) = (source.dataset.to_owned(), file.record.digest.clone());
                self.indexed = Some(Indexed { dataset, version, file: digest });
                Ok(Arrival::Files(vec![file], Vec::new()))
            }
        }
    }

    /// Whether files that did not change would give what is in force: nothing is asked of them but what they say, what
    /// is in force is whole, and this engine read it.
    fn would_read_the_same(&self) -> bool {
        if self.update.whole || self.update.force || self.update.published.is_some() {
            return false;
        }
        self.pointer.history.last().is_some_and(|entry| {
            snapshots::manifest(&self.places, &entry.snapshot).is_ok_and(|manifest| manifest.engine == ENGINE)
                && snapshots::is_whole(&self.places, &entry.snapshot)
        })
    }

    /// Keeps the files as received and unpacks them.
    fn unpack(&mut self, files: Vec<Received>) -> Result<Vec<Unpacked>, Reason> {
        let before = self.pointer.history.last();
        let before = before.and_then(|entry| snapshots::manifest(&self.places, &entry.snapshot).ok());
        let before = before.map(|manifest| manifest.sources).unwrap_or_default();
        for file in &files {
            // What came under this name before is the likeliest to be much the same.
            let like = before.iter().find(|source| source.name == file.record.name);
            raw::keep(&self.writer, &file.record.digest, &file.bytes, like.map(|source| &source.digest))?;
            self.sources.push(file.record.clone());
        }
        let mut unpacked: Vec<Unpacked> = Vec::new();
        let mut left = self.update.limits.unpacked;
        for Received { record, bytes } in files {
            let broken = |reason: String| ListError::Archive { file: record.name.clone(), reason };
            let mut inner = unpack(&record.name, bytes, left)?;
            // Archives made on macOS carry a hidden twin of each file; a file given by its hidden name is meant.
            if inner.len() > 1 {
                inner.retain(|file| !file.name.starts_with('.'));
            }
            if inner.is_empty() {
                return Err(broken("there is no file in it".to_owned()).into());
            }
            for file in inner {
                left = left.saturating_sub(file.bytes.len() as u64);
                if unpacked.iter().any(|other| other.name.eq_ignore_ascii_case(&file.name)) {
                    return Err(broken(format!("there are several files named `{}`", file.name)).into());
                }
                unpacked.push(file);
            }
        }
        Ok(unpacked)
    }

    fn parse(&self, files: &[Unpacked]) -> Result<(&'static str, Snapshot), Reason> {
        let files: Vec<SourceFile<'_>> =
            files.iter().map(|file| SourceFile { name: &file.name, bytes: &file.bytes }).collect();
        let format = self.format(&files)?;
        Ok((format.id(), format.parse(self.update.target.list, &files)?))
    }

    /// The target's format. A file given by hand may be in another one of the same publisher, if that recognises it
    /// and the target's does not; what a publisher serves must be what it always was.
    fn format(&self, files: &[SourceFile<'_>]) -> Result<&dyn ListFormat, ListError> {
        let Some(usual) = self.update.target.format else {
            return format_for(files).map(|format| format as _);
        };
        let given = matches!(self.update.source, Source::Given(_));
        if given && !usual.recognises(files) {
            let other = FORMATS
                .iter()
                .copied()
                .find(|format| publisher(format.id()) == publisher(usual.id()) && format.recognises(files));
            return Ok(other.map_or(usual, |format| format as _));
        }
        Ok(usual)
    }

    /// The first names of the files received.
    pub(super) fn file_names(&self) -> String {
        const SHOWN: usize = 3;
        let names: Vec<&str> = self.sources.iter().take(SHOWN).map(|source| source.name.as_str()).collect();
        match self.sources.len().saturating_sub(SHOWN) {
            0 => names.join(", "),
            more => format!("{} and {more} more", names.join(", ")),
        }
    }
}
