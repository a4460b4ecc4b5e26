//! The lists' words for regimes.

use crate::programs::{self, Program, authority, program};

/// Names of regimes that are neither a code nor a title of the table of programmes, with the code.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("al-qaida", "ISIL (Da'esh) and Al-Qaida"),
    ("burma", "Myanmar"),
    ("counter-terrorism (international sanctions)", "Counter-Terrorism (International)"),
    ("counter-terrorism (sanctions)", "Counter-Terrorism (Domestic)"),
    ("guinea-bissau (sanctions) (eu exit) regulations 2019", "Guinea-Bissau"),
    ("iran (nuclear proliferation)", "Iran (Nuclear)"),
    ("iran (human rights)", "Iran (Human Rights)"),
    ("north korea (democratic people's republic of korea)", "Democratic People's Republic of Korea"),
    ("republic of guinea-bissau", "Guinea-Bissau"),
    ("republic of belarus", "Belarus"),
];

/// The programme of a regime's name, short or in full.
pub(super) fn of_name(name: &str) -> Option<&'static Program> {
    let key = key(name);
    let code = OTHER_NAMES.iter().find(|row| row.0 == key).map(|row| row.1);
    code.and_then(|code| program(authority::UK, code)).or_else(|| {
        let mut rows =
            programs::all().filter(|(authority, _)| *authority == authority::UK).map(|(_, row)| row);
        rows.find(|row| self::key(row.code) == key || self::key(row.title) == key)
    })
}

/// Lower case, straight apostrophes, single blanks, no leading article.
fn key(name: &str) -> String {
    let lower = name.to_lowercase().replace(['’', '‘'], "'");
    let words =
        lower.split_whitespace().collect::<Vec<_>>().join(" ").replace(" and al-qaeda", " and al-qaida");
    words.strip_prefix("the ").unwrap_or(&words).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_regimes() {
        for (name, code) in [
            ("The Russia (Sanctions) (EU Exit) Regulations 2019", Some("Russia")),
            (
                "Isil (Da'esh) and Al-Qaeda (United Nations Sanctions) (EU Exit) Regulations 2019",
                Some("ISIL (Da'esh) and Al-Qaida"),
            ),
            (
                "The Democratic People’s Republic of Korea (Sanctions) (EU Exit) Regulations 2019",
                Some("Democratic People's Republic of Korea"),
            ),
            ("The Global Human Rights Sanctions Regulations 2020", Some("Global Human Rights")),
            ("Al-Qaida", Some("ISIL (Da'esh) and Al-Qaida")),
            ("Ukraine (Sovereignty)", Some("Ukraine (Sovereignty)")),
            ("Atlantis", None),
        ] {
            assert_eq!(of_name(name).map(|program| program.code), code, "{name}");
        }
        for (_, code) in OTHER_NAMES {
            assert!(program(authority::UK, code).is_some(), "{code}");
        }
    }
}
