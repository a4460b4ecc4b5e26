//! Random values shown once and kept as digests.

use cordon_model::Digest;
use std::fmt::Write as _;

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes that lower-case hexadecimal digits stand for.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let digits = text.as_bytes();
    if digits.len() != N * 2 {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

/// The digest a secret is kept as. `what` keeps digests of different uses apart. Fast hashing suffices: secrets have
/// 256 random bits, so there is nothing to guess.
pub(crate) fn digest(what: &str, secret: &str) -> Digest {
    Digest::of(format!("cordon {what}\n{secret}").as_bytes())
}

/// Whether two texts are the same, in a time that does not depend on where they differ.
pub(crate) fn same(left: &str, right: &str) -> bool {
    let differing = left.bytes().zip(right.bytes()).fold(0, |bits, (left, right)| bits | (left ^ right));
    left.len() == right.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_there_and_back() {
        assert_eq!(hex(&[0, 15, 255]), "000fff");
        assert_eq!(unhex("000fff"), Some([0, 15, 255]));
        for bad in ["", "00", "000FFF", "00 fff", "000fffff", "äää"] {
            assert_eq!(unhex::<3>(bad), None, "{bad}");
        }
    }

    #[test]
    fn sameness() {
        for (left, right, is_same) in
            [("", "", true), ("a", "a", true), ("a", "b", false), ("a", "ab", false)]
        {
            assert_eq!(same(left, right), is_same);
        }
        assert_ne!(digest("a", "x"), digest("b", "x"));
    }
}
