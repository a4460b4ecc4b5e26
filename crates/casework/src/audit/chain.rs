//! Walking the chain and naming what was tampered with.

use super::checkpoint::{Checkpoint, CheckpointKind, PublicKey};
use super::record::{FIELDS, Head, PREVIOUS, Row, genesis};
use std::collections::BTreeMap;
use std::fmt;

/// Most faults that are told one by one.
const MOST: usize = 100;
/// Most records of a gap that are kept in mind, to tell where a record with a changed sequence belongs.
const GAP: i64 = 1000;

/// One thing that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The record; of a gap, the first one missing.
    pub sequence: i64,
    /// The column, if one alone is at fault.
    pub field: Option<&'static str>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field {
            Some(field) => write!(f, "record {}, `{field}`: {}", self.sequence, self.what),
            None => write!(f, "record {}: {}", self.sequence, self.what),
        }
    }
}

/// What a walk found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Records looked at.
    pub records: u64,
    /// Sequence of the first and the last of them; `None` if there was none.
    pub range: Option<(i64, i64)>,
    /// Hash at the end.
    pub head: String,
    /// Checkpoints whose signatures were checked.
    pub checkpoints: usize,
    /// What is wrong, at most a hundred things; nothing if all is well.
    pub faults: Vec<Fault>,
}

impl Verdict {
    /// Whether all is as it was written.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }
}

/// A walk over rows in the order of their sequences.
#[derive(Debug)]
pub struct Walk {
    /// Sequence the next row should have; `None` before the first of a part of a chain.
    next: Option<i64>,
    /// Hash the next row should name; `None` where it cannot be known.
    previous: Option<Vec<u8>>,
    /// Hashes that checkpoints name, still to be met.
    signed: BTreeMap<i64, Vec<Checkpoint>>,
    /// Sequences that were passed over.
    missing: Vec<(i64, i64)>,
    /// Rows out of place.
    strays: Vec<Row>,
    verdict: Verdict,
}

impl Walk {
    /// A walk over a whole chain. Without a key, the signatures of checkpoints are not checked, and what was cut off
    /// cannot be told from what was removed.
    pub fn whole(checkpoints: Vec<Checkpoint>, key: Option<&PublicKey>) -> Self {
        let cut = checkpoints
            .iter()
            .filter(|point| point.kind == CheckpointKind::Cut)
            .max_by_key(|cut| cut.sequence);
        let begin = cut.map_or_else(
            || (1, genesis().to_string().into_bytes()),
            |cut| (cut.sequence + 1, cut.hash.clone().into_bytes()),
        );
        let mut walk = Self::new(Some(begin.0), Some(begin.1));
        walk.sign(checkpoints, key);
        walk
    }

    /// A walk over a part of a chain, which begins wherever its first row does.
    pub fn part(checkpoints: Vec<Checkpoint>, key: Option<&PublicKey>) -> Self {
        let mut walk = Self::new(None, None);
        walk.sign(checkpoints, key);
        walk
    }

    fn new(next: Option<i64>, previous: Option<Vec<u8>>) -> Self {
        let verdict =
            Verdict { records: 0, range: None, head: String::new(), checkpoints: 0, faults: Vec::new() };
        Self { next, previous, signed: BTreeMap::new(), missing: Vec::new(), strays: Vec::new(), verdict }
    }

    fn sign(&mut self, checkpoints: Vec<Checkpoint>, key: Option<&PublicKey>) {
        for checkpoint in checkpoints {
            match key {
                Some(key) if !checkpoint.is_signed_by(key) => {
                    self.fault(
                        checkpoint.sequence,
                        None,
                        "a checkpoint on it is not signed by the key of this house",
                    );
                    continue;
                }
                Some(_) => self.verdict.checkpoints += 1,
                None => {}
            }
            self.signed.entry(checkpoint.sequence).or_default().push(checkpoint);
        }
    }

    fn fault(&mut self, sequence: i64, field: Option<&'static str>, what: impl Into<String>) {
        if self.verdict.faults.len() < MOST {
            self.verdict.faults.push(Fault { sequence, field, what: what.into() });
        }
    }

    /// Looks at the next row.
    pub fn step(&mut self, row: &Row) {
        self.verdict.records += 1;
        let expected = row.expected_hash().to_string();
        let sound = expected.as_bytes() == row.hash;
        let unlike = row.unlike_marks();
        if unlike.contains(&"sequence") && !sound {
            self.strays.push(row.clone());
            return;
        }
        let linked = self.place(row);
        let mut onward = row.hash.clone();
        if sound {
            if row.marks != row.expected_marks().as_bytes() {
                self.fault(row.sequence, Some("marks"), "differs from what the record was written with");
            }
            if linked && self.previous.as_deref().is_some_and(|previous| previous != row.previous()) {
                self.fault(
                    row.sequence,
                    Some(FIELDS[PREVIOUS]),
                    "is not the hash of the record before: that one was written anew or replaced",
                );
            }
        } else if unlike.is_empty() {
            self.fault(row.sequence, Some("hash"), "differs from what the record was written with");
            onward = expected.clone().into_bytes();
        } else {
            for field in unlike {
                self.fault(row.sequence, Some(field), "differs from what the record was written with");
            }
        }
        for checkpoint in self.signed.remove(&row.sequence).unwrap_or_default() {
            if checkpoint.hash.as_bytes() != onward {
                self.fault(
                    row.sequence,
                    None,
                    format!("a checkpoint of {} names another hash", checkpoint.at),
                );
            }
        }
        self.verdict.head = String::from_utf8_lossy(&onward).into_owned();
        self.previous = Some(onward);
        let first = self.verdict.range.map_or(row.sequence, |range| range.0);
        self.verdict.range = Some((first, row.sequence));
    }

    /// Notes a gap before the row. Whether the row before it is the one it was linked to.
    fn place(&mut self, row: &Row) -> bool {
        let next = self.next.unwrap_or(row.sequence);
        self.next = Some(row.sequence.saturating_add(1));
        if next < row.sequence {
            self.missing.push((next, row.sequence - 1));
        }
        next == row.sequence
    }

    /// Ends the walk at what the store or an export says is the end of the chain.
    pub fn end(mut self, head: Option<&Head>) -> Verdict {
        for row in std::mem::take(&mut self.strays) {
            let belongs = self
                .missing
                .iter()
                .flat_map(|gap| gap.0..=gap.1.min(gap.0.saturating_add(GAP)))
                .chain(self.next)
                .find(|sequence| row.hash_at(*sequence).to_string().as_bytes() == row.hash);
            if let Some(sequence) = belongs {
                self.fault(row.sequence, Some("sequence"), format!("differs: it was {sequence}"));
                self.settle(sequence, &row);
            } else {
                self.fault(row.sequence, None, "differs in `sequence` and more, or does not belong here");
            }
        }
        for (first, last) in std::mem::take(&mut self.missing) {
            let what = if first == last {
                "is missing".to_owned()
            } else {
                format!("and all up to {last} are missing")
            };
            self.fault(first, None, what);
        }
        if let Some(head) = head {
            self.compare(head);
        }
        let end = self.next.unwrap_or_default();
        let unmet: Vec<i64> = self.signed.range(end..).map(|(sequence, _)| *sequence).collect();
        for sequence in unmet.into_iter().filter(|_| head.is_some()) {
            self.fault(sequence, None, "is missing, though a checkpoint was signed on it");
        }
        self.verdict.faults.sort_by_key(|fault| fault.sequence);
        self.verdict
    }

    /// Takes a sequence out of the gaps, now that its row is found.
    fn settle(&mut self, sequence: i64, row: &Row) {
        if self.next == Some(sequence) {
            self.next = Some(sequence + 1);
            self.previous = Some(row.hash.clone());
            return;
        }
        let gaps = std::mem::take(&mut self.missing);
        let parts = gaps.into_iter().flat_map(|(first, last)| {
            if (first..=last).contains(&sequence) {
                [(first, sequence - 1), (sequence + 1, last)]
            } else {
                [(first, last), (1, 0)]
            }
        });
        self.missing = parts.filter(|(first, last)| first <= last).collect();
    }

    fn compare(&mut self, head: &Head) {
        let last = self.next.unwrap_or(1) - 1;
        let hash = self.previous.clone().unwrap_or_default();
        if head.sequence > last {
            self.fault(last + 1, None, format!("and all up to {} are missing at the end", head.sequence));
        } else if head.sequence < last {
            self.fault(last, None, format!("stands behind the end of the chain, which is {}", head.sequence));
        } else if head.hash.as_bytes() != hash && last > 0 {
            self.fault(last, None, "its hash is not the one noted as the end of the chain");
        }
    }
}
