//! Archives as served to the files inside them.

use crate::ListError;
use std::io::{Cursor, Read};

/// A file out of an archive, or the bytes given when they were not one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// File name without folders; the archive's ending is dropped.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Unpacks gzip and zip data, told by their first bytes, and returns other bytes as they are.
///
/// `limit` is the greatest number of bytes all files together may unpack to; more is an error, so that an archive
/// made to exhaust memory is refused. Folders inside a zip are passed over.
pub fn unpack(name: &str, bytes: Vec<u8>, limit: u64) -> Result<Vec<Unpacked>, ListError> {
    let fail = |reason: String| ListError::Archive { file: name.to_owned(), reason };
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut inner = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice())
            .take(limit + 1)
            .read_to_end(&mut inner)
            .map_err(|error| fail(format!("the gzip data is broken or cut off: {error}")))?;
        if inner.len() as u64 > limit {
            return Err(fail(format!("unpacks to more than {limit} bytes")));
        }
        return Ok(vec![Unpacked { name: without_ending(name, ".gz"), bytes: inner }]);
    }
    if bytes.starts_with(b"PK\x03\x04") && !name.to_lowercase().ends_with(".xlsx") {
        return unzip(bytes, limit).map_err(fail);
    }
    Ok(vec![Unpacked { name: name.to_owned(), bytes }])
}

fn unzip(bytes: Vec<u8>, limit: u64) -> Result<Vec<Unpacked>, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| format!("the zip archive is broken or cut off: {error}"))?;
    let mut files = Vec::new();
    let mut left = limit;
    for index in 0..archive.len() {
        let file =
            archive.by_index(index).map_err(|error| format!("entry {index} of the zip archive: {error}"))?;
        if file.is_dir() {
            continue;
        }
        let path = file.name().map_err(|error| format!("entry {index} of the zip archive: {error}"))?;
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let mut inner = Vec::new();
        file.take(left + 1)
            .read_to_end(&mut inner)
            .map_err(|error| format!("`{name}` in the zip archive: {error}"))?;
        left = left
            .checked_sub(inner.len() as u64)
            .ok_or_else(|| format!("unpacks to more than {limit} bytes"))?;
        files.push(Unpacked { name, bytes: inner });
    }
    Ok(files)
}

fn without_ending(name: &str, ending: &str) -> String {
    let cut = name.len().saturating_sub(ending.len());
    match (name.get(..cut), name.get(cut..)) {
        (Some(stem), Some(end)) if end.eq_ignore_ascii_case(ending) => stem.to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn plain_gzip_and_zip() {
        let plain = unpack("a.csv", b"x".to_vec(), 10).unwrap();
        assert_eq!(plain, [Unpacked { name: "a.csv".to_owned(), bytes: b"x".to_vec() }]);
        let unzipped = unpack("A.CSV.GZ", gzip(b"hello"), 10).unwrap();
        assert_eq!(unzipped, [Unpacked { name: "A.CSV".to_owned(), bytes: b"hello".to_vec() }]);
        let both = unpack("a.zip", zip(&[("folder/sdn.csv", b"1"), ("alt.csv", b"2")]), 10).unwrap();
        let names: Vec<&str> = both.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["sdn.csv", "alt.csv"]);
    }

    #[test]
    fn bombs_and_broken_archives_are_refused() {
        let zeros = vec![0u8; 1_000_000];
        assert!(unpack("a.gz", gzip(&zeros), 999_999).is_err());
        assert!(unpack("a.zip", zip(&[("a", &zeros)]), 999_999).is_err());
        assert!(
            unpack("a.zip", zip(&[("a", &zeros[..600_000]), ("b", &zeros[..600_000])]), 999_999).is_err()
        );
        let cut = gzip(&zeros);
        assert!(unpack("a.gz", cut[..cut.len() / 2].to_vec(), 1_000_000).is_err());
        let cut = zip(&[("a", &zeros)]);
        assert!(unpack("a.zip", cut[..cut.len() / 2].to_vec(), 1_000_000).is_err());
    }
}
