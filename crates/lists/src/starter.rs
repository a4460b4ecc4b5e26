//! The built-in list: a small sample of real designations, for use while no official list is loaded.

use crate::{ListError, SourceFile, format_named};
use cordon_model::Snapshot;

/// The list's id.
pub const STARTER: &str = "starter";

/// Name of the file, for messages.
const FILE: &str = "starter.ftm.jsonl";

/// Reads the built-in list.
pub fn starter() -> Result<Snapshot, ListError> {
    let bytes = include_bytes!("../starter/starter.ftm.jsonl");
    let format = format_named("ftm_json").ok_or_else(|| ListError::UnknownFormat {
        file: FILE.to_owned(),
        found: "FollowTheMoney JSON Lines".to_owned(),
    })?;
    format.parse(STARTER, &[SourceFile { name: FILE, bytes }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_list_is_whole() {
        let snapshot = starter().unwrap();
        assert!(snapshot.entities().len() > 300, "{}", snapshot.entities().len());
        assert_eq!(snapshot.issues(), []);
        for entity in snapshot.entities() {
            assert!(!entity.names.is_empty() && !entity.designations.is_empty(), "{}", entity.id);
        }
    }
}
