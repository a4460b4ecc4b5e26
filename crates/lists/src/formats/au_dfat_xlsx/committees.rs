//! The words of the column `Committees`, which name resolutions of the UN or Australia's own sanctions.

use crate::programs::{Program, all, authority};

/// The programmes a cell names, in the order of the table; dashes and blanks differ from row to row.
pub(super) fn find(cell: &str) -> Vec<&'static Program> {
    let cell = plain(cell);
    let table = all().filter(|(name, _)| *name == authority::AUSTRALIA).map(|(_, program)| program);
    table.filter(|program| cell.contains(&plain(program.code))).collect()
}

fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            '–' | '—' => plain.push('-'),
            '’' => plain.push('\''),
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        for (cell, expected) in [
            ("1718 (DPRK) ", &["1718 (DPRK)"][..]),
            ("Autonomous (Thematic – Corruption)", &["Autonomous (Thematic - Corruption)"]),
            ("1267/1989/2253 (ISIL (Da’esh) and Al-Qaida)", &["1267/1989/2253 (ISIL (Da'esh) and Al-Qaida)"]),
            ("1970 (Libya) 1973 (Libya)", &["1970 (Libya)", "1973 (Libya)"]),
            ("Autonomous (DPRK)", &["Autonomous (DPRK)"]),
            ("Atlantis", &[]),
        ] {
            let codes: Vec<&str> = find(cell).iter().map(|program| program.code).collect();
            assert_eq!(codes, expected, "{cell}");
        }
    }
}
