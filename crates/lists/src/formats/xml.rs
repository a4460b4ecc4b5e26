//! The pull reader of XML lists: bytes in, one small tree per record out, in file order.
//!
//! The whole file is never held as a tree. Names are local names, attributes that only declare or locate schemas are
//! left out. A file that stops before its closing root tag is cut off. Absent: encodings other than UTF-8.

use super::reading::pick;
use crate::{ListError, SourceFile, formats::describe};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Deepest nesting read: the deepest format has ten levels; more is none of them and would cost stack.
const DEEPEST: usize = 16;

/// What is known about a kind of file before it is read. Names are local names: prefixes are passed over.
pub(super) struct Shape {
    /// What people call the format, for messages.
    pub(super) title: &'static str,
    /// The root element.
    pub(super) root: &'static str,
    /// Elements below the root that hold records; every other child of the root is a record itself.
    pub(super) sections: &'static [&'static str],
    /// The child element or attribute that names a record, for messages.
    pub(super) key: &'static str,
    /// A text that stands for "not available" and is read as none.
    pub(super) nothing: Option<&'static str>,
}

impl Shape {
    /// The file that fits, else the first one; an error without any, which names the usual file.
    pub(super) fn pick<'a, 'b>(
        &self,
        files: &'b [SourceFile<'a>],
        usual: &str,
    ) -> Result<&'b SourceFile<'a>, ListError> {
        pick(files, |file| self.fits(file.bytes), usual)
    }

    /// Whether the beginning of some bytes holds the root's opening tag.
    pub(super) fn fits(&self, bytes: &[u8]) -> bool {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
        head.match_indices(self.root).any(|(at, root)| {
            let before = head[..at].chars().next_back();
            let after = head[at + root.len()..].chars().next();
            matches!(before, Some('<' | ':'))
                && after.is_none_or(|after| after.is_whitespace() || matches!(after, '>' | '/'))
        })
    }
}

/// Bytes among which the root's opening tag is looked for.
const HEAD: usize = 4096;

/// An element with its text (white space folded) and its children.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
    /// Attributes other than name space declarations and schema locations.
    pub(super) attributes: Vec<(String, String)>,
}

impl Element {
    /// Takes out every child of this name.
    pub(super) fn take_all(&mut self, name: &str) -> Vec<Self> {
        self.children.extract_if(.., |child| child.name == name).collect()
    }

    /// Takes out the children `item` of the children `list`. Whatever else the lists hold stays; lists without any of it go.
    pub(super) fn take_items(&mut self, list: &str, item: &str) -> Vec<Self> {
        let mut found = Vec::new();
        for child in self.children.iter_mut().filter(|child| child.name == list) {
            found.extend(child.take_all(item));
        }
        self.children.retain(|child| child.name != list || *child != Self::named(list));
        found
    }

    fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Takes out the text of the first child of this name that has one, and every empty child of this name. A child with
    /// children or attributes stays where it is.
    pub(super) fn take_text(&mut self, name: &str) -> String {
        let plain =
            |child: &Self| child.name == name && child.children.is_empty() && child.attributes.is_empty();
        self.children.retain(|child| !(plain(child) && child.text.is_empty()));
        let at = self.children.iter().position(plain);
        at.map(|at| self.children.remove(at).text).unwrap_or_default()
    }

    /// Takes out the value of an attribute; empty when it is not there.
    pub(super) fn take_attribute(&mut self, name: &str) -> String {
        let at = self.attributes.iter().position(|attribute| attribute.0 == name);
        at.map(|at| self.attributes.remove(at).1).unwrap_or_default()
    }

    /// Leaves out attributes that are passed over.
    pub(super) fn drop_attributes(&mut self, names: &[&str]) {
        self.attributes.retain(|attribute| !names.contains(&attribute.0.as_str()));
    }

    /// What is left after all known fields were taken: paths of elements and attributes with their texts.
    pub(super) fn leftovers(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        self.collect("", &mut found);
        found
    }

    fn collect(&self, above: &str, found: &mut Vec<(String, String)>) {
        let path = if above.is_empty() { self.name.clone() } else { format!("{above}/{}", self.name) };
        for (name, value) in &self.attributes {
            found.push((format!("{path}@{name}"), value.clone()));
        }
        if !self.text.is_empty() {
            found.push((path.clone(), self.text.clone()));
        }
        for child in &self.children {
            child.collect(&path, found);
        }
    }
}

/// What stands at the top of the file.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Attributes of the root.
    pub(super) attributes: Vec<(String, String)>,
    /// Texts beside the records, and attributes of sections.
    pub(super) unknown: Vec<(String, String)>,
}

impl Head {
    /// What was not taken, by path.
    pub(super) fn leftovers(self, shape: &Shape) -> Vec<(String, String)> {
        let attributes = self.attributes.into_iter();
        attributes
            .map(|(name, value)| (format!("{}@{name}", shape.root), value))
            .chain(self.unknown)
            .collect()
    }

    /// Takes out the value of an attribute of the root; empty when it is not there.
    pub(super) fn take_attribute(&mut self, name: &str) -> String {
        let at = self.attributes.iter().position(|attribute| attribute.0 == name);
        at.map(|at| self.attributes.remove(at).1).unwrap_or_default()
    }
}

/// Reads the file to its closing root tag and hands every record to `record`.
pub(super) fn read(
    file: &SourceFile<'_>,
    shape: &'static Shape,
    record: impl FnMut(Element),
) -> Result<Head, ListError> {
    if file.bytes.is_empty() {
        return Err(ListError::Empty { file: file.name.to_owned() });
    }
    let not_this = || ListError::NotThisFormat {
        file: file.name.to_owned(),
        expected: shape.title.to_owned(),
        found: describe(file.bytes),
    };
    let text = match std::str::from_utf8(file.bytes) {
        Ok(text) => text,
        Err(_) if !shape.fits(file.bytes) => return Err(not_this()),
        Err(error) => {
            let at = format!("byte {}", error.valid_up_to());
            return Err(if error.error_len().is_none() {
                ListError::CutOff { file: file.name.to_owned(), at }
            } else {
                malformed(file, at, "not UTF-8")
            });
        }
    };
    let text = text.trim_start_matches('\u{feff}');
    let mut walk = Walk {
        file,
        shape,
        record,
        head: Head::default(),
        stack: Vec::new(),
        open: Vec::new(),
        closed: false,
    };
    let mut reader = Reader::from_str(text);
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(_) if !walk.started() => return Err(not_this()),
            Err(error) => {
                let ended = matches!(error, quick_xml::Error::Syntax(_))
                    || reader.buffer_position() as usize >= text.len();
                return Err(if ended {
                    walk.cut_off()
                } else {
                    malformed(file, line_of(text, reader.error_position() as usize), &error.to_string())
                });
            }
        };
        if matches!(event, Event::Eof) {
            break;
        }
        match walk.step(&event) {
            Ok(()) => {}
            Err(Stop::NotThis) => return Err(not_this()),
            Err(Stop::Malformed(reason)) => {
                return Err(malformed(file, line_of(text, reader.buffer_position() as usize), &reason));
            }
        }
    }
    if walk.closed {
        Ok(walk.head)
    } else if walk.started() {
        Err(walk.cut_off())
    } else {
        Err(not_this())
    }
}

fn malformed(file: &SourceFile<'_>, at: String, reason: &str) -> ListError {
    ListError::Malformed { file: file.name.to_owned(), at, reason: reason.to_owned() }
}

fn line_of(text: &str, position: usize) -> String {
    let before = &text.as_bytes()[..position.min(text.len())];
    format!("line {}", before.split(|byte| *byte == b'\n').count())
}

enum Stop {
    NotThis,
    Malformed(String),
}

struct Walk<'a, F> {
    file: &'a SourceFile<'a>,
    shape: &'static Shape,
    record: F,
    head: Head,
    /// Open elements of the record being read.
    stack: Vec<Element>,
    /// Open root and section.
    open: Vec<String>,
    closed: bool,
}

impl<F: FnMut(Element)> Walk<'_, F> {
    fn started(&self) -> bool {
        self.closed || !self.open.is_empty()
    }

    fn cut_off(&self) -> ListError {
        let at = self.stack.first().map_or_else(
            || format!("inside {}", self.open.last().map_or(self.shape.root, String::as_str)),
            |record| {
                let child = record.children.iter().find(|child| child.name == self.shape.key);
                let attribute = record.attributes.iter().find(|attribute| attribute.0 == self.shape.key);
                let key = child.map(|child| &child.text).or(attribute.map(|attribute| &attribute.1));
                let key = key.map(|key| format!(" {key}")).unwrap_or_default();
                format!("inside {}{key}", record.name)
            },
        );
        ListError::CutOff { file: self.file.name.to_owned(), at }
    }

    fn step(&mut self, event: &Event<'_>) -> Result<(), Stop> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::Empty(tag) => {
                self.start(tag)?;
                self.end();
                Ok(())
            }
            Event::End(_) => {
                self.end();
                Ok(())
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let letter = resolve(reference)
                    .ok_or_else(|| Stop::Malformed(format!("unknown entity `&{};`", &**reference)))?;
                self.text(&letter.to_string())
            }
            Event::DocType(_) if self.started() => {
                Err(Stop::Malformed("a document type inside the list".to_owned()))
            }
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) | Event::Eof => Ok(()),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Stop> {
        let name = local(tag.name().as_ref()).to_owned();
        let attributes = attributes(tag)?;
        if self.closed {
            return Err(Stop::Malformed(format!("element `{name}` after the end of the list")));
        }
        if self.open.is_empty() {
            if name != self.shape.root {
                return Err(Stop::NotThis);
            }
            self.head.attributes = attributes;
            self.open.push(name);
        } else if self.stack.is_empty()
            && self.open.len() == 1
            && self.shape.sections.contains(&name.as_str())
        {
            let unknown = attributes.into_iter().map(|(key, value)| (format!("{name}@{key}"), value));
            self.head.unknown.extend(unknown);
            self.open.push(name);
        } else if self.stack.len() >= DEEPEST {
            return Err(Stop::Malformed(format!("elements nested more than {DEEPEST} deep")));
        } else {
            self.stack.push(Element { name, attributes, ..Element::default() });
        }
        Ok(())
    }

    /// The reader has already checked that the tag closes the innermost open element.
    fn end(&mut self) {
        let Some(mut element) = self.stack.pop() else {
            self.open.pop();
            self.closed = self.open.is_empty();
            return;
        };
        element.text = fold_white_space(&element.text);
        if self.shape.nothing.is_some_and(|nothing| element.text == nothing) {
            element.text.clear();
        }
        match self.stack.last_mut() {
            Some(parent) => parent.children.push(element),
            None => (self.record)(element),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Stop> {
        match self.stack.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None if self.closed => return Err(Stop::Malformed("text after the end of the list".to_owned())),
            None if self.open.is_empty() => return Err(Stop::NotThis),
            None => self.head.unknown.push((self.open.join("/"), fold_white_space(text))),
        }
        Ok(())
    }
}

fn attributes(tag: &BytesStart<'_>) -> Result<Vec<(String, String)>, Stop> {
    let mut found = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| Stop::Malformed(error.to_string()))?;
        let name: &str = attribute.key.as_ref();
        if name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xsi:") {
            continue;
        }
        let value: &str = attribute.value.as_ref();
        let value = quick_xml::escape::unescape(value).map_err(|error| Stop::Malformed(error.to_string()))?;
        found.push((local(name).to_owned(), fold_white_space(&value)));
    }
    Ok(found)
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn resolve(reference: &BytesRef<'_>) -> Option<char> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok().flatten();
    }
    let named = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
    named.iter().find(|row| row.0 == &**reference).map(|row| row.1)
}

/// Runs of white space become one blank, outer ones and outer invisible marks go.
pub(super) fn fold_white_space(text: &str) -> String {
    let mark = |letter: char| matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}');
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace().map(|word| word.trim_matches(mark)).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}
