//! People, places, entries and addresses that sentences mention: contacts, links, references, parents, nationality.
//!
//! In: one text with single blanks. Out: what can be taken from it for sure; the text itself is kept elsewhere.

use super::countries;
use super::prose::word_positions;
use cordon_model::Country;

/// Contacts: FollowTheMoney property and value, in the order of the text.
pub(super) fn contacts(text: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for word in text.split([' ', ',', ';']).map(|word| word.trim_matches(['(', ')', '.', ':', '\''])) {
        let web = word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.");
        if word.contains('@') && word.rsplit('@').next().is_some_and(|host| host.contains('.')) {
            found.push(("email", word.to_owned()));
        } else if web && !is_notice(word) && !word.contains("un.org/") {
            found.push(("website", word.to_owned()));
        }
    }
    let lower = text.to_lowercase();
    if lower.len() == text.len() {
        for keyword in ["telephone", "phone", "tel", "mobile"] {
            for start in word_positions(&lower, keyword) {
                found.extend(phones(&text[start + keyword.len()..]).map(|phone| ("phone", phone)));
            }
        }
    }
    found
}

/// Telephone numbers at the beginning of a text, after a colon or the word "number".
fn phones(text: &str) -> impl Iterator<Item = String> {
    let text = text.trim_start_matches(['.', ':', ' ']);
    let text = ["numbers", "number"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let text = text.trim_start_matches(['.', ':', ' ']);
    let end = text
        .find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '+' | ' ' | '-' | '/' | ','))
        .unwrap_or(text.len());
    let numbers: Vec<String> = text[..end]
        .split([',', '/'])
        .map(|number| number.trim_matches([' ', '-']).to_owned())
        .filter(|number| number.bytes().filter(u8::is_ascii_digit).count() >= 6)
        .collect();
    numbers.into_iter()
}

const NOTICES: &str = "https://www.interpol.int/en/notice/search/un";

fn is_notice(link: &str) -> bool {
    link.contains("interpol.int/")
}

/// Links to the INTERPOL-UN notice of this very entry; links to the page of all notices are passed over.
pub(super) fn notices(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(NOTICES).filter_map(|(at, _)| {
        let link = text[at..].split([' ', ')', ',']).next()?.trim_end_matches('.');
        link.ends_with(|last: char| last.is_ascii_digit()).then_some(link)
    })
}

/// Permanent reference numbers of other entries, `QDe.115`, each once, in the order of the text.
pub(super) fn references(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.') {
        let word = word.trim_matches('.');
        if let Some(reference) = reference(word)
            && !found.contains(&reference)
        {
            found.push(reference);
        }
    }
    found
}

/// Two letters of the regime, `i` or `e`, a point and three digits; case is mended.
fn reference(word: &str) -> Option<String> {
    let (letters, digits) = word.split_once('.')?;
    let shape = letters.len() == 3
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
        && letters.ends_with(['i', 'e', 'I', 'E'])
        && digits.len() == 3
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    let regime = letters.get(..2)?.to_uppercase();
    let kind = letters.get(2..)?.to_lowercase();
    (shape && letters.starts_with(|first: char| first.is_ascii_uppercase()))
        .then(|| format!("{regime}{kind}.{digits}"))
}

/// The reference an entry had before it was numbered anew: `[Old Reference # E.47.A.8]`.
pub(super) fn old_references(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("[Old Reference # ").filter_map(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        rest.split_once(']').map(|(reference, _)| reference.trim())
    })
}

/// `male` or `female`, where a comment says so with the word gender.
pub(super) fn gender(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    lower.match_indices("gender").find_map(|(at, word)| {
        let said = lower[at + word.len()..].trim_start_matches([':', ' ', '[']);
        ["female", "male"].into_iter().find(|gender| said.starts_with(gender))
    })
}

/// The country after the word nationality: `Nationality: Egypt`, `(Nationality - Iraq)`.
pub(super) fn nationality(text: &str) -> Option<Country> {
    let lower = text.to_lowercase();
    let at = lower.find("nationality").filter(|_| lower.len() == text.len())?;
    let said = text[at + "nationality".len()..].trim_start_matches([':', ' ', '-']);
    let end = said.find(['.', ',', ';', ')']).unwrap_or(said.len());
    countries::country(&said[..end])
}

/// Names of father and mother: FollowTheMoney property and name.
pub(super) fn parents(text: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let plain = text.replace('’', "'");
    for (words, property) in [("Father's name", "fatherName"), ("Mother's name", "motherName")] {
        for (at, _) in plain.match_indices(words) {
            let rest = plain[at + words.len()..].trim_start_matches([':', ' ']);
            let rest = rest.strip_prefix("is ").unwrap_or(rest).trim_start_matches([':', ' ']);
            let end = rest.find(['.', ',', ';', '(', '[']).unwrap_or(rest.len());
            let name = rest[..end].trim();
            let words = name.split(' ').count();
            let named = name.starts_with(char::is_uppercase)
                && (1..=8).contains(&words)
                && !name.contains(|letter: char| letter.is_ascii_digit())
                && !name.contains("'s name");
            if named {
                found.push((property, name.to_owned()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_links_and_references() {
        let text = "Email: a@b.kp; c@d.org. Telephone numbers: +850-2-18111, 12; Fax: 99999999. \
                    Website: http://www.e.ir) See https://www.interpol.int/en/notice/search/un/5817661.";
        let found = contacts(text);
        let expected = [
            ("email", "a@b.kp"),
            ("email", "c@d.org"),
            ("website", "http://www.e.ir"),
            ("phone", "+850-2-18111"),
        ];
        assert_eq!(found, expected.map(|(property, value)| (property, value.to_owned())));
        assert_eq!(
            notices(text).collect::<Vec<_>>(),
            ["https://www.interpol.int/en/notice/search/un/5817661"]
        );
        assert_eq!(notices("https://www.interpol.int/en/notice/search/un/ x").count(), 0);
        let text = "Linked to (QDe.115), QDi.001 and KPE.018; see S/RES/1267, e.g. abi.123. [Old Reference # E.47.A.8]";
        assert_eq!(references(text), ["QDe.115", "QDi.001", "KPe.018"]);
        assert_eq!(old_references(text).collect::<Vec<_>>(), ["E.47.A.8"]);
    }

    #[test]
    fn family_and_gender() {
        let text = "Father’s name is Abd al-Razzaq (deceased). Mother's name: Sakina. Gender [Male].";
        let found = parents(text);
        let expected = [("fatherName", "Abd al-Razzaq"), ("motherName", "Sakina")];
        assert_eq!(found, expected.map(|(property, value)| (property, value.to_owned())));
        assert_eq!(
            (gender(text), gender("Gender: female"), gender("gender equality")),
            (Some("male"), Some("female"), None)
        );
        assert_eq!(nationality("(Nationality - Iraq)").map(Country::name), Some("Iraq"));
    }
}
