//! What some bytes look like, in words for an operator.

/// Describes the beginning of a file: `an HTML page`, `a JSON error message`, `XML with root sdnList`, …
pub(crate) fn describe(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let lower = text.to_lowercase();
    if bytes.is_empty() {
        return "an empty file".to_owned();
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return "a zip archive".to_owned();
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return "gzip data".to_owned();
    }
    if bytes.starts_with(b"%PDF") {
        return "a PDF document".to_owned();
    }
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") || lower.contains("<html") {
        return "an HTML page".to_owned();
    }
    if lower.starts_with('<') {
        return root_element(text)
            .map_or_else(|| "XML without an element".to_owned(), |root| format!("XML with root {root}"));
    }
    if lower.starts_with('{') || lower.starts_with('[') {
        let error = ["\"status\"", "\"error\"", "\"message\""].iter().any(|key| lower.contains(key));
        let entity = lower.contains("\"schema\"");
        return if error && !entity { "a JSON error message".to_owned() } else { "JSON".to_owned() };
    }
    if text.chars().take(200).filter(|letter| letter.is_control() && !letter.is_whitespace()).count() > 4 {
        return "binary data".to_owned();
    }
    let line: String = text.lines().next().unwrap_or_default().chars().take(60).collect();
    format!("text beginning `{line}`")
}

/// The local name of the first element.
fn root_element(text: &str) -> Option<String> {
    let mut rest = text;
    loop {
        let start = rest.find('<')?;
        rest = &rest[start + 1..];
        if rest.starts_with(['?', '!']) {
            continue;
        }
        let name: String = rest
            .chars()
            .take_while(|letter| !letter.is_whitespace() && !matches!(letter, '>' | '/'))
            .collect();
        return (!name.is_empty()).then(|| name.rsplit(':').next().unwrap_or(&name).to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_downloads_look_like() {
        for (bytes, expected) in [
            (&b""[..], "an empty file"),
            (b"<!DOCTYPE html><html><body>Service unavailable", "an HTML page"),
            (
                br#"{"timestamp":"2026-02-01","status":500,"error":"Internal Server Error"}"#,
                "a JSON error message",
            ),
            (b"<?xml version='1.0'?>\n<!-- x -->\n<n:sdnList xmlns:n='y'>", "XML with root sdnList"),
            (b"PK\x03\x04rest", "a zip archive"),
            (b"hello, world\n", "text beginning `hello, world`"),
        ] {
            assert_eq!(describe(bytes), expected);
        }
    }
}
