//! One record: its parts, the bytes that are hashed, and the row it is stored as.
//!
//! The bytes that are hashed, version 1: the line `cordon audit record 1`, then for `sequence` and each of [`FIELDS`] a
//! line `NAME:LENGTH:TEXT` where LENGTH counts the bytes of TEXT. An absent value is an empty text.

use crate::occasion::Occasion;
use crate::secret::hex;
use cordon_model::Digest;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::fmt;

/// Version of the form of records.
pub const VERSION: &str = "1";

/// The fields of a record, in the order in which they are hashed and stored.
pub const FIELDS: [&str; 12] = [
    "version", "at", "kind", "who", "origin", "asked", "answer", "outcome", "lists", "policy", "engine",
    "previous",
];

/// Place of the hash of the record before, in [`FIELDS`].
pub(crate) const PREVIOUS: usize = 11;

/// Hexadecimal digits of the mark of a field.
const MARK: usize = 8;

/// What the first record has for the hash of the one before.
pub fn genesis() -> Digest {
    Digest::of(b"cordon audit chain")
}

/// What kind of thing was done.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kind(Cow<'static, str>);

impl Kind {
    /// Someone was screened.
    pub const SCREENING: Self = Self(Cow::Borrowed("screening"));
    /// A list was brought up to date, or refused.
    pub const LIST_UPDATE: Self = Self(Cow::Borrowed("list.update"));
    /// Someone logged in.
    pub const LOGIN: Self = Self(Cow::Borrowed("login"));
    /// Someone failed to log in.
    pub const LOGIN_FAILED: Self = Self(Cow::Borrowed("login.failed"));
    /// Someone logged out.
    pub const LOGOUT: Self = Self(Cow::Borrowed("logout"));
    /// A user was added.
    pub const USER_ADDED: Self = Self(Cow::Borrowed("user.added"));
    /// A user's role or state was changed.
    pub const USER_CHANGED: Self = Self(Cow::Borrowed("user.changed"));
    /// A user set a password.
    pub const PASSWORD_SET: Self = Self(Cow::Borrowed("user.password"));
    /// A one-time link was made.
    pub const LINK_MADE: Self = Self(Cow::Borrowed("user.link"));
    /// A key was made.
    pub const KEY_ADDED: Self = Self(Cow::Borrowed("key.added"));
    /// A key was revoked.
    pub const KEY_REVOKED: Self = Self(Cow::Borrowed("key.revoked"));
    /// The chain was signed.
    pub const CHECKPOINT: Self = Self(Cow::Borrowed("audit.checkpoint"));
    /// Records beyond the time they are kept were removed.
    pub const PRUNED: Self = Self(Cow::Borrowed("audit.pruned"));
    /// Records were taken out to be shown to someone.
    pub const EXPORTED: Self = Self(Cow::Borrowed("audit.exported"));

    /// A kind by its word; later versions may know more.
    pub fn named(word: String) -> Self {
        Self(Cow::Owned(word))
    }

    /// Its word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The version of a list that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSnapshot {
    /// The list's id.
    pub list: String,
    /// The snapshot's id.
    pub snapshot: String,
}

/// What is to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecord {
    /// When.
    pub at: Timestamp,
    /// What kind of thing.
    pub kind: Kind,
    /// Who asked for it.
    pub who: String,
    /// The address it was asked from, if over a network.
    pub origin: String,
    /// What was asked, as JSON that suffices to ask it again.
    pub asked: String,
    /// Digest of the bytes answered, if there were any.
    pub answer: Option<Digest>,
    /// What came of it in short, as JSON.
    pub outcome: String,
    /// Versions of lists the answer rests on.
    pub lists: Vec<ListSnapshot>,
    /// Name and digest of the policy, if one was used.
    pub policy: String,
    /// Version of the engine.
    pub engine: String,
}

impl NewRecord {
    /// A record of what is done on this occasion.
    pub fn new(occasion: &Occasion, kind: Kind) -> Self {
        Self {
            at: occasion.now,
            kind,
            who: occasion.caller.principal.to_string(),
            origin: occasion.origin.map(|address| address.to_string()).unwrap_or_default(),
            asked: String::new(),
            answer: None,
            outcome: String::new(),
            lists: Vec::new(),
            policy: String::new(),
            engine: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// With what was asked, as JSON.
    #[must_use]
    pub fn asked(mut self, asked: impl Into<String>) -> Self {
        self.asked = asked.into();
        self
    }

    /// With the bytes answered, which are digested, and the answer in short, as JSON.
    #[must_use]
    pub fn answer(mut self, bytes: &[u8], outcome: impl Into<String>) -> Self {
        self.answer = Some(Digest::of(bytes));
        self.outcome = outcome.into();
        self
    }

    /// With what came of it, as JSON.
    #[must_use]
    pub fn outcome(mut self, outcome: impl Into<String>) -> Self {
        self.outcome = outcome.into();
        self
    }

    /// With what the answer rests on.
    #[must_use]
    pub fn resting_on(mut self, lists: Vec<ListSnapshot>, policy: &str, engine: &str) -> Self {
        self.lists = lists;
        policy.clone_into(&mut self.policy);
        engine.clone_into(&mut self.engine);
        self
    }

    /// The row of this record at a place in the chain.
    pub fn row(&self, sequence: i64, previous: &Digest) -> Row {
        let lists: Vec<String> =
            self.lists.iter().map(|list| format!("{}@{}", list.list, list.snapshot)).collect();
        let fields = [
            VERSION.to_owned(),
            time_text(self.at),
            self.kind.to_string(),
            self.who.clone(),
            self.origin.clone(),
            self.asked.clone(),
            self.answer.as_ref().map(ToString::to_string).unwrap_or_default(),
            self.outcome.clone(),
            lists.join(" "),
            self.policy.clone(),
            self.engine.clone(),
            previous.to_string(),
        ]
        // PostgreSQL keeps no zero letter in a text.
        .map(|text| if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }.into_bytes());
        let mut row = Row { sequence, fields, marks: Vec::new(), hash: Vec::new() };
        row.marks = row.expected_marks().into_bytes();
        row.hash = row.expected_hash().to_string().into_bytes();
        row
    }
}

/// A time as rows have it: UTC to the microsecond, so that the order of texts is that of times.
pub fn time_text(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// Where a record was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its place in the chain, from 1; its name for people.
    pub sequence: i64,
    /// Its hash.
    pub hash: Digest,
}

/// The end of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Sequence of the last record; 0 if there was none.
    pub sequence: i64,
    /// Its hash, as stored.
    pub hash: String,
}

impl Head {
    /// The head of an empty chain.
    pub fn empty() -> Self {
        Self { sequence: 0, hash: genesis().to_string() }
    }
}

/// Which records are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordQuery {
    /// Not before this time.
    pub from: Option<Timestamp>,
    /// Before this time.
    pub to: Option<Timestamp>,
    /// Of this kind.
    pub kind: Option<String>,
    /// By this principal, as records name it.
    pub who: Option<String>,
    /// With this text in what was asked or in what came of it; capitals do not matter, in Latin letters at least.
    pub text: Option<String>,
    /// Older than this sequence; for the next page.
    pub before: Option<i64>,
    /// At most this many; 0 is 50.
    pub limit: usize,
}

/// A record as it is stored, byte for byte, so that any change can be named even where it makes nonsense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place in the chain.
    pub sequence: i64,
    /// Texts of [`FIELDS`].
    pub fields: [Vec<u8>; FIELDS.len()],
    /// The beginnings of digests of sequence and fields: they say which field was changed, the hash that one was.
    pub marks: Vec<u8>,
    /// SHA-256 of the record.
    pub hash: Vec<u8>,
}

impl Row {
    /// The hash that sequence and fields give.
    pub fn expected_hash(&self) -> Digest {
        self.hash_at(self.sequence)
    }

    /// The hash that the fields give at another place.
    pub(crate) fn hash_at(&self, sequence: i64) -> Digest {
        let sequence = sequence.to_string();
        let length = self.fields.iter().map(Vec::len).sum::<usize>();
        let mut bytes = Vec::with_capacity(length + 512);
        bytes.extend_from_slice(b"cordon audit record 1\n");
        for (name, text) in self.named(&sequence) {
            bytes.extend_from_slice(format!("{name}:{}:", text.len()).as_bytes());
            bytes.extend_from_slice(text);
            bytes.push(b'\n');
        }
        Digest::of(&bytes)
    }

    /// The marks that sequence and fields give.
    pub(crate) fn expected_marks(&self) -> String {
        let sequence = self.sequence.to_string();
        self.named(&sequence).map(|(_, text)| hex(&Sha256::digest(text)[..MARK / 2])).collect()
    }

    /// Fields that are not as their marks say.
    pub(crate) fn unlike_marks(&self) -> Vec<&'static str> {
        let expected = self.expected_marks();
        let names = std::iter::once("sequence").chain(FIELDS);
        let differs = |(index, name): (usize, &'static str)| {
            let at = index * MARK..(index + 1) * MARK;
            (self.marks.get(at.clone()) != expected.as_bytes().get(at)).then_some(name)
        };
        names.enumerate().filter_map(differs).collect()
    }

    fn named<'a>(&'a self, sequence: &'a str) -> impl Iterator<Item = (&'static str, &'a [u8])> {
        let fields = FIELDS.into_iter().zip(self.fields.iter().map(Vec::as_slice));
        std::iter::once(("sequence", sequence.as_bytes())).chain(fields)
    }

    /// Text of the hash of the record before.
    pub(crate) fn previous(&self) -> &[u8] {
        &self.fields[PREVIOUS]
    }
}

/// A record read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// Its place in the chain.
    pub sequence: i64,
    /// What was recorded.
    pub record: NewRecord,
    /// Hash of the record before.
    pub previous: String,
    /// Its hash.
    pub hash: String,
}

impl AuditRecord {
    /// Reads a row. The error names the field that cannot be read.
    pub fn of(row: &Row) -> Result<Self, String> {
        let text = |index: usize| {
            std::str::from_utf8(&row.fields[index])
                .map(ToOwned::to_owned)
                .map_err(|_| format!("record {}: `{}` is not UTF-8", row.sequence, FIELDS[index]))
        };
        let version = text(0)?;
        if version != VERSION {
            return Err(format!(
                "record {}: its form has version `{version}`, this engine reads `{VERSION}`",
                row.sequence
            ));
        }
        let at = text(1)?;
        let answer = text(6)?;
        let lists = text(8)?;
        let list = |part: &str| {
            let (list, snapshot) = part.split_once('@').unwrap_or((part, ""));
            ListSnapshot { list: list.to_owned(), snapshot: snapshot.to_owned() }
        };
        let wrong = |index: usize, value: &str| {
            format!("record {}: `{}` cannot be `{value}`", row.sequence, FIELDS[index])
        };
        let record = NewRecord {
            at: at.parse().map_err(|_| wrong(1, &at))?,
            kind: Kind::named(text(2)?),
            who: text(3)?,
            origin: text(4)?,
            asked: text(5)?,
            answer: if answer.is_empty() {
                None
            } else {
                Some(Digest::parse(&answer).ok_or_else(|| wrong(6, &answer))?)
            },
            outcome: text(7)?,
            lists: lists.split(' ').filter(|part| !part.is_empty()).map(list).collect(),
            policy: text(9)?,
            engine: text(10)?,
        };
        let hash = String::from_utf8_lossy(&row.hash).into_owned();
        Ok(Self { sequence: row.sequence, record, previous: text(PREVIOUS)?, hash })
    }
}
