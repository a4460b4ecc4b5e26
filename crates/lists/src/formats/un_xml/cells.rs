//! Name cells: one published cell to the names it holds and the remarks around them.
//!
//! A cell may hold several names (`A; B`, `a) A b) B`), the name in its own script in brackets, its short form in
//! brackets, or a remark in brackets. What stands in brackets and is none of these is reported by the caller.

use crate::formats::prose::is_enumerator;
use cordon_text::Script;

/// A cell taken apart.
#[derive(Debug, Default, PartialEq)]
pub(in crate::formats) struct Cell {
    /// The names, in the order of the cell, each once.
    pub(in crate::formats) names: Vec<Found>,
    /// Remarks that are no names.
    pub(in crate::formats) remarks: Vec<String>,
    /// Brackets of which it is not clear what they are.
    pub(in crate::formats) unclear: Vec<String>,
}

/// One name of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) struct Found {
    pub(in crate::formats) text: String,
    /// ISO 639 code of the language the cell names.
    pub(in crate::formats) language: Option<&'static str>,
}

/// Remarks that stand alone in brackets or after a dash.
const REMARKS: [&str; 12] = [
    "previously listed as",
    "formerly listed as",
    "combat name",
    "birth name",
    "nom de guerre",
    "prominently known as",
    "sub-unit name",
    "third",
    "initials",
    "call sign",
    "translation",
    "deceased",
];

/// Languages named in brackets, with their ISO 639 codes.
const LANGUAGES: [(&str, &str); 3] = [("tigrinya", "ti"), ("amharic", "am"), ("dari", "prs")];

/// Words before the name in its own script: in English, and "by-name" in Arabic.
const SCRIPT_LABELS: [&str; 5] = ["original script:", "in arabic script:", "in arabic:", "arabic:", "الكنية"];
const SCRIPT_MARK: &str = "(original script)";

/// Words that begin a statement after a name. The Arabic word for "son of" is left alone: it is also part of names
/// ("Ould").
const STATEMENTS: [&str; 3] = [" son of ", ", born ", " born "];

/// Takes apart a cell that names an organisation, or a person.
pub(in crate::formats) fn split(cell: &str, organisation: bool) -> Cell {
    let mut out = Cell::default();
    let cell = cell.trim_start_matches([')', ',', ';', ' ']).trim_end_matches([',', ';', ' ']);
    if cell.is_empty() {
        return out;
    }
    if !balanced(cell) {
        out.unclear.push(cell.to_owned());
        out.push(cell, None);
        return out;
    }
    for item in items(cell, organisation) {
        piece(&item, organisation, &mut out);
    }
    if out.names.is_empty() {
        out.push(cell, None);
    }
    out
}

impl Cell {
    fn push(&mut self, text: &str, language: Option<&'static str>) {
        let text = unquoted(text.trim().trim_matches([',', ';']).trim());
        if text.chars().any(char::is_alphanumeric) && !self.names.iter().any(|name| name.text == text) {
            self.names.push(Found { text: text.to_owned(), language });
        }
    }
}

/// Whether every bracket closes and none closes that did not open; the brackets of `b)` do not count.
fn balanced(text: &str) -> bool {
    let mut depth = 0i32;
    for word in text.split(' ').filter(|word| !is_enumerator(word)) {
        for letter in word.chars() {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            if depth < 0 {
                return false;
            }
        }
    }
    depth == 0
}

/// The items of a cell at the level outside brackets: between semicolons, numbered, or, for persons, several single
/// words between commas (`Abdurezak, Abdelrazaq, Abdrazzak`; one comma is "family name, given name").
fn items(cell: &str, organisation: bool) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut depth = 0i32;
    for word in cell.split(' ') {
        if depth == 0 && is_enumerator(word) {
            found.push(String::new());
            continue;
        }
        if let Some(current) = found.last_mut()
            && !current.is_empty()
        {
            current.push(' ');
        }
        for letter in word.chars() {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            if depth == 0 && matches!(letter, ';' | '؛' | '،') {
                found.push(String::new());
            } else if let Some(current) = found.last_mut() {
                current.push(letter);
            }
        }
    }
    let found: Vec<String> =
        found.into_iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect();
    if let [only] = found.as_slice()
        && !organisation
    {
        let parts: Vec<&str> = only.split(", ").collect();
        let single = |part: &&str| part.chars().count() >= 4 && part.chars().all(char::is_alphabetic);
        if parts.len() > 2 && parts.iter().all(single) {
            return parts.into_iter().map(str::to_owned).collect();
        }
    }
    found
}

/// One item: a name with what stands in brackets and after it.
fn piece(item: &str, organisation: bool, out: &mut Cell) {
    if let Some(own) = script_label(item) {
        return piece(own, organisation, out);
    }
    let (base, brackets) = brackets(item);
    let base = base.as_str();
    let (base, remark) = cut_remark(base, organisation);
    let mut keep_whole = false;
    let mut names: Vec<String> = Vec::new();
    let mut language = None;
    for bracket in &brackets {
        match meaning(bracket, &base, item, organisation) {
            Meaning::Remark => out.remarks.push(bracket.clone()),
            Meaning::Language(code) => language = Some(code),
            Meaning::Names => names.extend(items(bracket, organisation)),
            Meaning::ShortForms => names.extend(bracket.split(", ").map(str::to_owned)),
            Meaning::PartOfName => keep_whole = true,
            Meaning::Unclear => {
                keep_whole = true;
                out.unclear.push(bracket.clone());
            }
        }
    }
    if keep_whole {
        out.push(item, language);
    } else if !(base.is_empty() && item.starts_with('(')) {
        for text in by_script(&base) {
            for text in by_slash(&text, organisation) {
                out.push(&text, language);
            }
        }
    }
    out.remarks.extend(remark);
    for name in names {
        piece(&name, organisation, out);
    }
}

/// The text outside the brackets and the brackets' contents. A bracket before all other text is part of it:
/// `(Sheikh) Musa`.
fn brackets(item: &str) -> (String, Vec<String>) {
    let (mut base, mut found, mut depth) = (String::new(), Vec::<String>::new(), 0usize);
    let leading = item.starts_with('(') && !item.ends_with(')');
    for letter in item.chars() {
        match letter {
            '(' => {
                depth += 1;
                if depth == 1 {
                    if !(leading && base.trim().is_empty() && found.is_empty()) {
                        found.push(String::new());
                    }
                    continue;
                }
            }
            ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    continue;
                }
            }
            _ => {}
        }
        match found.last_mut().filter(|_| depth > 0) {
            Some(bracket) => bracket.push(letter),
            None => base.push(letter),
        }
    }
    let base = base.split_whitespace().collect::<Vec<_>>().join(" ");
    (
        base,
        found.into_iter().map(|bracket| bracket.trim().to_owned()).filter(|text| !text.is_empty()).collect(),
    )
}

enum Meaning {
    Remark,
    Language(&'static str),
    Names,
    ShortForms,
    PartOfName,
    Unclear,
}

fn meaning(bracket: &str, base: &str, item: &str, organisation: bool) -> Meaning {
    let lower = bracket.to_lowercase();
    if let Some((_, code)) = LANGUAGES.iter().find(|row| row.0 == lower) {
        return Meaning::Language(code);
    }
    if REMARKS.contains(&lower.as_str()) || !crate::formats::mentions::references(bracket).is_empty() {
        return Meaning::Remark;
    }
    let first_item = items(bracket, true).into_iter().next().unwrap_or_default();
    let (one, two) = (Script::of_text(base), Script::of_text(&first_item));
    let scripts = one != Script::Common && two != Script::Common && one != two;
    if script_label(bracket).is_some() || scripts {
        return Meaning::Names;
    }
    let ends = item.ends_with(')');
    if ends && bracket.split(", ").next().is_some_and(|first| is_short_form(first, base)) {
        return Meaning::ShortForms;
    }
    if organisation {
        return Meaning::PartOfName;
    }
    let words = bracket.split(' ').count();
    if words > 3 || bracket.bytes().any(|byte| byte.is_ascii_digit()) {
        Meaning::Remark
    } else {
        Meaning::Unclear
    }
}

/// Whether a word is the short form of a name: two to eight letters, at least two of them capitals, that occur in
/// this order in the name from the beginning of a word on; or, beginning like the name, letters without a vowel. The
/// name of a country is none.
fn is_short_form(word: &str, name: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let capitals = letters.iter().filter(|letter| letter.is_uppercase()).count();
    let joined =
        word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | ' ' | '/' | '.'));
    if !(2..=8).contains(&letters.len())
        || capitals < 2
        || !joined
        || crate::formats::countries::country(word).is_some()
    {
        return false;
    }
    let lower: Vec<char> = letters.iter().flat_map(|letter| letter.to_lowercase()).collect();
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let starts =
        (0..name.len()).filter(|&at| name[at] == lower[0] && (at == 0 || !name[at - 1].is_alphanumeric()));
    let in_order = |start: usize| {
        let mut rest = name[start..].iter();
        lower.iter().all(|letter| rest.any(|other| other == letter))
    };
    let consonants = !lower.iter().any(|letter| "aeiouy".contains(*letter)) && name.first() == lower.first();
    starts.into_iter().any(in_order) || consonants
}

/// The name after `original script:` and the like, or before `(original script)`.
pub(super) fn script_label(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    let label = SCRIPT_LABELS.iter().find(|label| lower.starts_with(**label));
    if let Some(label) = label {
        return text.get(label.len()..).map(str::trim);
    }
    let cut = lower.len().checked_sub(SCRIPT_MARK.len())?;
    (lower.len() == text.len() && lower.ends_with(SCRIPT_MARK))
        .then(|| text.get(..cut))
        .flatten()
        .map(str::trim)
}

/// Cuts a remark off the end of a name: `… - sub-unit name`, `… son of …`, `…, born in …`.
fn cut_remark(base: &str, organisation: bool) -> (String, Option<String>) {
    if let Some((name, last)) = base.rsplit_once(" - ")
        && REMARKS.contains(&last.to_lowercase().as_str())
    {
        return (name.to_owned(), Some(last.to_owned()));
    }
    if organisation {
        return (base.to_owned(), None);
    }
    for mark in STATEMENTS {
        if let Some((name, rest)) = base.split_once(mark).filter(|(name, _)| !name.trim().is_empty()) {
            let mark = mark.trim_matches([',', ' ']);
            return (name.to_owned(), Some(format!("{mark} {rest}")));
        }
    }
    (base.to_owned(), None)
}

/// Two names that stand beside each other in two scripts: `Agha Jan آغا جان`.
fn by_script(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let latin: Vec<Option<bool>> = words
        .iter()
        .map(|word| match Script::of_text(word) {
            Script::Common => None,
            script => Some(script == Script::Latin),
        })
        .collect();
    let first = latin.iter().flatten().next().copied();
    let change = latin.iter().position(|&word| word.is_some() && word != first);
    match change {
        Some(at) if latin[at..].iter().flatten().all(|&word| Some(word) != first) => {
            vec![words[..at].join(" "), words[at..].join(" ")]
        }
        _ => vec![text.to_owned()],
    }
}

/// A name and its short form: `AL-ITIHAAD AL-ISLAMIYA / AIAI`.
fn by_slash(text: &str, organisation: bool) -> Vec<String> {
    match text.split_once(" / ") {
        Some((name, short)) if organisation && is_short_form(short, name) => {
            vec![name.to_owned(), short.to_owned()]
        }
        _ => vec![text.to_owned()],
    }
}

/// The text without quotation marks around the whole of it.
fn unquoted(text: &str) -> &str {
    for (open, close) in [('"', '"'), ('“', '”'), ('«', '»')] {
        if let Some(inside) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
            && !inside.contains([open, close])
        {
            return inside.trim();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(organisation: bool, cases: &[(&str, &[&str], usize, usize)]) {
        for (cell, names, remarks, unclear) in cases {
            let found = split(cell, organisation);
            let texts: Vec<&str> = found.names.iter().map(|name| name.text.as_str()).collect();
            assert_eq!(texts, *names, "{cell}");
            assert_eq!((found.remarks.len(), found.unclear.len()), (*remarks, *unclear), "{cell}: {found:?}");
        }
    }

    #[test]
    fn cells_of_persons() {
        check(
            false,
            &[
                ("Kim Chol", &["Kim Chol"], 0, 0),
                ("Jin Tiesan (金铁三)", &["Jin Tiesan", "金铁三"], 0, 0),
                ("Abu Muhammad (original script: Абу Мухаммад)", &["Abu Muhammad", "Абу Мухаммад"], 0, 0),
                ("Saqr Al-Jaddawi (الكنية صقر الجداوي)", &["Saqr Al-Jaddawi", "صقر الجداوي"], 0, 0),
                (
                    "حسن غول (Hassan Ghul; Hassan Gul; Hasan Gul)",
                    &["حسن غول", "Hassan Ghul", "Hassan Gul", "Hasan Gul"],
                    0,
                    0,
                ),
                ("Agha Jan Alizai اغا جان عالیزی", &["Agha Jan Alizai", "اغا جان عالیزی"], 0, 0),
                ("شيخ الفاتح ، الفاتح", &["شيخ الفاتح", "الفاتح"], 0, 0),
                ("Azim Adhajani; Azim Agha-Jani", &["Azim Adhajani", "Azim Agha-Jani"], 0, 0),
                (
                    "Mohammed Sabet; Mohammad Sabet b) M. Javad Sabet",
                    &["Mohammed Sabet", "Mohammad Sabet", "M. Javad Sabet"],
                    0,
                    0,
                ),
                ("Abdurezak, Abdelrazaq, Abdulrazak", &["Abdurezak", "Abdelrazaq", "Abdulrazak"], 0, 0),
                ("AW-MOHAMUD, Ahmed Abdi", &["AW-MOHAMUD, Ahmed Abdi"], 0, 0),
                ("Hilarion Santos, III (third)", &["Hilarion Santos, III"], 1, 0),
                ("Nik Mohammad (previously listed as)", &["Nik Mohammad"], 1, 0),
                ("El Para (combat name)", &["El Para"], 1, 0),
                (
                    "Haji Gulab Gul son of Haji Hazrat Gul (حاجی گلاب گل ولد حاجی حضرت گل )",
                    &["Haji Gulab Gul", "حاجی گلاب گل ولد حاجی حضرت گل"],
                    1,
                    0,
                ),
                ("Khirullah Khairkhwa, born in Kandahar on 01 Jan.1967", &["Khirullah Khairkhwa"], 1, 0),
                ("Mohammad Ishaq Akhund born in 1963", &["Mohammad Ishaq Akhund"], 1, 0),
                ("(Sheikh) Musa Hilal", &["Sheikh Musa Hilal"], 0, 0),
                (") Abdelrahman al Dabissi", &["Abdelrahman al Dabissi"], 0, 0),
                ("Lom-ali Butayev (Butaev)", &["Lom-ali Butayev (Butaev)"], 0, 1),
                ("“Chief Kahwa”", &["Chief Kahwa"], 0, 0),
                ("“General” Sidiki", &["“General” Sidiki"], 0, 0),
                (
                    "Abdel Sabri (false identity related to identification number 6910275240086)",
                    &["Abdel Sabri"],
                    1,
                    0,
                ),
                ("ኤርሚኣስ ግርማይ (Tigrinya)", &["ኤርሚኣስ ግርማይ"], 0, 0),
                ("Noor (مح", &["Noor (مح"], 0, 1),
                ("()", &[], 0, 0),
            ],
        );
        assert_eq!(split("ፍትዊ (Tigrinya)", false).names[0].language, Some("ti"));
    }

    #[test]
    fn cells_of_organisations() {
        check(
            true,
            &[
                ("AL-HARAMAIN FOUNDATION (INDONESIA)", &["AL-HARAMAIN FOUNDATION (INDONESIA)"], 0, 0),
                ("BUTEMBO AIRLINES (BAL)", &["BUTEMBO AIRLINES", "BAL"], 0, 0),
                (
                    "ISLAMIC STATE IN IRAQ AND THE LEVANT - KHORASAN (ISIL- K)",
                    &["ISLAMIC STATE IN IRAQ AND THE LEVANT - KHORASAN", "ISIL- K"],
                    0,
                    0,
                ),
                (
                    "TOUS POUR LA PAIX ET LE DEVELOPPEMENT (NGO)",
                    &["TOUS POUR LA PAIX ET LE DEVELOPPEMENT (NGO)"],
                    0,
                    0,
                ),
                ("NUCLEAR RESEARCH CENTER (NFRPC)", &["NUCLEAR RESEARCH CENTER", "NFRPC"], 0, 0),
                (
                    "COMPAGNIE DES GRANDS LACS (CDGL) ; GREAT LAKES BUSINESS COMPANY (GLBC)",
                    &["COMPAGNIE DES GRANDS LACS", "CDGL", "GREAT LAKES BUSINESS COMPANY", "GLBC"],
                    0,
                    0,
                ),
                ("HARAKAT UL-MUJAHIDIN / HUM", &["HARAKAT UL-MUJAHIDIN", "HUM"], 0, 0),
                (
                    "STATE ORGANIZATION / DEPARTMENT OF STATISTICS",
                    &["STATE ORGANIZATION / DEPARTMENT OF STATISTICS"],
                    0,
                    0,
                ),
                (
                    "Hay’at Tahrir al-Sham (HTS) (هيئة تحرير الشام (original script); Hay’et Tahrir al-Sham)",
                    &["Hay’at Tahrir al-Sham", "HTS", "هيئة تحرير الشام", "Hay’et Tahrir al-Sham"],
                    0,
                    0,
                ),
                (
                    "أنصار الشريعة بليبيا (Ansar al Charia in Libya (ASL))",
                    &["أنصار الشريعة بليبيا", "Ansar al Charia in Libya", "ASL"],
                    0,
                    0,
                ),
                (
                    "شبكة أنصار (Ansar al-Mujahideen Network - sub-unit name)",
                    &["شبكة أنصار", "Ansar al-Mujahideen Network"],
                    1,
                    0,
                ),
                ("SECOND ACADEMY (KPE.018)", &["SECOND ACADEMY"], 1, 0),
                (
                    "STATE ESTABLISHMENT FOR MIDDLE AREA (ROADS",
                    &["STATE ESTABLISHMENT FOR MIDDLE AREA (ROADS"],
                    0,
                    1,
                ),
                ("AL-BASHIR TRADING COMPANY, LTD", &["AL-BASHIR TRADING COMPANY, LTD"], 0, 0),
                ("\"The Base\"", &["The Base"], 0, 0),
                ("華信船務(香港)有限公司", &["華信船務(香港)有限公司"], 0, 0),
            ],
        );
    }
}
