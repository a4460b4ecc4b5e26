//! Comparison with expected files, for tests of trimmed real files.

use std::path::PathBuf;

/// One JSON line per value.
pub(crate) fn lines<T: serde::Serialize>(values: &[T]) -> String {
    values.iter().map(|value| serde_json::to_string(value).unwrap() + "\n").collect()
}

/// Compares a text line by line with `tests/corpus/FOLDER/NAME`; `UPDATE_EXPECTED=1` writes the file anew.
pub(crate) fn compare(folder: &str, name: &str, actual: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder).join(name);
    #[expect(clippy::disallowed_methods, reason = "a switch of these tests alone, not a setting")]
    let update = std::env::var("UPDATE_EXPECTED").is_ok_and(|value| value == "1");
    if update {
        std::fs::write(&path, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (at, (actual, expected)) in actual.lines().zip(expected.lines()).enumerate() {
        assert_eq!(actual, expected, "{folder}/{name}, line {}", at + 1);
    }
    assert_eq!(actual.lines().count(), expected.lines().count(), "{folder}/{name}");
}
