//! One text as steps that make it from another: copies of pieces of the older text, and pieces of its own.
//!
//! Both texts are cut where their content says so, so that an insertion moves no cut but its own; a piece of the
//! newer text that the older one has is a copy.

use std::collections::HashMap;

/// Pieces are about this long: shorter ones find more, longer ones need fewer steps.
const PIECE: u32 = 64;

/// No piece is shorter, …
const LEAST: usize = 16;

/// … none is longer.
const MOST: usize = 1024;

/// The steps that make `newer` from `older`; `None` for texts of 4 GiB and more.
pub(super) fn between(older: &[u8], newer: &[u8]) -> Option<Vec<u8>> {
    u32::try_from(older.len().max(newer.len())).ok()?;
    let mut places: HashMap<&[u8], usize> = HashMap::new();
    let mut at = 0;
    for piece in pieces(older) {
        places.entry(piece).or_insert(at);
        at += piece.len();
    }
    let mut steps = Steps::default();
    for piece in pieces(newer) {
        // A repeated piece is best copied from where the last copy ended.
        let end = steps.from + steps.copied;
        let follows = steps.own.is_empty() && older.get(end..).is_some_and(|rest| rest.starts_with(piece));
        match places.get(piece) {
            _ if follows => steps.copied += piece.len(),
            Some(from) => steps.copy(*from, piece.len()),
            None => steps.own.extend_from_slice(piece),
        }
    }
    steps.end();
    Some(steps.written)
}

/// The newer text, of `length` bytes; `None` if the steps do not lead there.
pub(super) fn applied(older: &[u8], mut steps: &[u8], length: u64) -> Option<Vec<u8>> {
    let mut newer = Vec::new();
    while !steps.is_empty() {
        let mut number = || {
            let (bytes, rest) = steps.split_first_chunk::<4>()?;
            steps = rest;
            Some(u32::from_le_bytes(*bytes) as usize)
        };
        let (from, copied, own) = (number()?, number()?, number()?);
        newer.extend_from_slice(older.get(from..from.checked_add(copied)?)?);
        newer.extend_from_slice(steps.get(..own)?);
        steps = steps.get(own..)?;
        if newer.len() as u64 > length {
            return None;
        }
    }
    (newer.len() as u64 == length).then_some(newer)
}

/// Steps being written: each is a copy, then bytes of the newer text's own.
#[derive(Default)]
struct Steps {
    from: usize,
    copied: usize,
    own: Vec<u8>,
    written: Vec<u8>,
}

impl Steps {
    fn copy(&mut self, from: usize, length: usize) {
        self.end();
        (self.from, self.copied) = (from, length);
    }

    fn end(&mut self) {
        if self.copied > 0 || !self.own.is_empty() {
            for number in [self.from, self.copied, self.own.len()] {
                self.written.extend_from_slice(&(number as u32).to_le_bytes());
            }
            self.written.append(&mut self.own);
        }
        (self.from, self.copied) = (0, 0);
    }
}

/// The text in pieces that end where a hash of the last bytes says so.
fn pieces(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut hash = 0u32;
        let mut end = rest.len().min(MOST);
        for (index, byte) in rest.iter().enumerate().take(end) {
            // Every byte is gone from the hash after 32 more.
            hash = (hash << 1).wrapping_add(u32::from(*byte).wrapping_mul(0x9E37_79B1) >> 3);
            if index + 1 >= LEAST && (hash >> 16).is_multiple_of(PIECE) {
                end = index + 1;
                break;
            }
        }
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_small_edit_is_small() {
        let rows: Vec<String> =
            (0..5000).map(|number| format!("{number},\"NAME {number}\",-0-\r\n")).collect();
        let older = rows.concat();
        let newer = older.replace("NAME 2500", "NAME THAT IS LONGER").replace("1,\"NAME 1\",-0-\r\n", "");
        let steps = between(older.as_bytes(), newer.as_bytes()).unwrap();
        assert!(steps.len() < 600, "{}", steps.len());
        assert_eq!(applied(older.as_bytes(), &steps, newer.len() as u64).as_deref(), Some(newer.as_bytes()));
    }

    proptest! {
        #[test]
        fn applied_to_the_older_they_give_the_newer(
            older in proptest::collection::vec(0u8..4, 0..3000),
            edits in proptest::collection::vec((0usize..3000, 0usize..200, proptest::collection::vec(any::<u8>(), 0..60)), 0..8),
        ) {
            let mut newer = older.clone();
            for (at, gone, put) in edits {
                let at = at.min(newer.len());
                let end = (at + gone).min(newer.len());
                newer.splice(at..end, put);
            }
            let steps = between(&older, &newer).unwrap();
            prop_assert_eq!(applied(&older, &steps, newer.len() as u64), Some(newer));
        }

        #[test]
        fn damaged_steps_are_no_text(older: Vec<u8>, steps: Vec<u8>, length in 0u64..100) {
            let made = applied(&older, &steps, length);
            prop_assert!(made.is_none_or(|text| text.len() as u64 == length));
        }
    }
}
