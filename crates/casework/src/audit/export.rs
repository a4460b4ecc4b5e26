//! Records as JSON Lines that can be verified by themselves.
//!
//! The first line, `{"proof":{…}}`, says which records follow, what the last one's hash is, and which checkpoints were
//! signed on them; then one line per record, every value the text that was hashed, `sequence` aside.

use super::checkpoint::{Checkpoint, CheckpointKind};
use super::record::{FIELDS, Head, Row};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// What an export says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Sequence of the first record.
    pub first: i64,
    /// The last record.
    pub last: Head,
    /// Checkpoints on these records.
    pub checkpoints: Vec<Checkpoint>,
}

impl Proof {
    /// The line, without its end.
    pub fn line(&self) -> String {
        let checkpoint = |point: &Checkpoint| {
            json!({
                "kind": point.kind.as_str(), "sequence": point.sequence, "hash": point.hash, "at": point.at,
                "key": point.key, "signature": point.signature,
            })
        };
        let checkpoints: Vec<Value> = self.checkpoints.iter().map(checkpoint).collect();
        let proof = json!({
            "first": self.first, "last": self.last.sequence, "hash": self.last.hash, "checkpoints": checkpoints,
        });
        json!({ "proof": proof }).to_string()
    }

    /// Reads the line; the error says what is wrong with it.
    pub fn parse(line: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let proof = value.get("proof").ok_or("it is not an export: the first line holds no `proof`")?;
        let checkpoint = |point: &Value| {
            let word = text(point, "kind")?;
            Ok(Checkpoint {
                kind: CheckpointKind::from_word(&word).ok_or_else(|| format!("`kind` cannot be `{word}`"))?,
                sequence: number(point, "sequence")?,
                hash: text(point, "hash")?,
                at: text(point, "at")?,
                key: text(point, "key")?,
                signature: text(point, "signature")?,
            })
        };
        let checkpoints = proof.get("checkpoints").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        Ok(Self {
            first: number(proof, "first")?,
            last: Head { sequence: number(proof, "last")?, hash: text(proof, "hash")? },
            checkpoints: checkpoints.iter().map(checkpoint).collect::<Result<_, String>>()?,
        })
    }
}

/// A record's line, without its end. Bytes that are no text, which only tampering makes, are shown as `�`.
pub fn row_line(row: &Row) -> String {
    let mut line = format!("{{\"sequence\":{}", row.sequence);
    let texts = FIELDS.into_iter().zip(&row.fields).chain([("marks", &row.marks), ("hash", &row.hash)]);
    for (name, text) in texts {
        let _ = write!(line, ",\"{name}\":{}", Value::from(String::from_utf8_lossy(text)));
    }
    line.push('}');
    line
}

/// Reads a record's line; the error says what is wrong with it.
pub fn parse_row(line: &str) -> Result<Row, String> {
    let map: Map<String, Value> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let value = Value::Object(map);
    let mut fields: [Vec<u8>; FIELDS.len()] = Default::default();
    for (field, name) in fields.iter_mut().zip(FIELDS) {
        *field = text(&value, name)?.into_bytes();
    }
    let bytes = |name| text(&value, name).map(String::into_bytes);
    Ok(Row { sequence: number(&value, "sequence")?, fields, marks: bytes("marks")?, hash: bytes("hash")? })
}

fn text(value: &Value, name: &str) -> Result<String, String> {
    value
        .get(name)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(|| format!("`{name}` is missing or no text"))
}

fn number(value: &Value, name: &str) -> Result<i64, String> {
    value.get(name).and_then(Value::as_i64).ok_or_else(|| format!("`{name}` is missing or no number"))
}
