//! Numbers of passports, identity papers, registers and ledgers, with the words around them.

use crate::formats::countries::{country, country_word};
use crate::formats::draft::Draft;
use crate::formats::papers::{Number, first_country, has_digit, number, scheme_of};
use crate::formats::prose::{EXPIRES, ISSUED, date_after, identifiers};
use cordon_model::{Identifier, Scheme};

/// Words with which a statement on a paper begins that is not its number.
const CLAUSES: [&str; 7] = [". ", ", ", "; ", "issued", "expire", "valid", "under name"];

/// Words in register numbers, with the scheme.
const REGISTERS: &[(&str, Scheme)] = &[
    ("ogrn", Scheme::Ogrn),
    ("огрн", Scheme::Ogrn),
    ("inn", Scheme::Inn),
    ("инн", Scheme::Inn),
    ("lei", Scheme::Lei),
    ("swift", Scheme::Bic),
    ("bic", Scheme::Bic),
    ("vat", Scheme::Vat),
    ("duns", Scheme::Duns),
    ("d-u-n-s", Scheme::Duns),
    ("bik", Scheme::Bik),
    ("imo", Scheme::ImoCompany),
    ("tax", Scheme::TaxId),
    ("kpp", Scheme::Other),
    ("okpo", Scheme::Other),
];

/// Currencies of ledger addresses.
const CURRENCIES: [&str; 16] = [
    "ARB", "BCH", "BNB", "BSC", "BSV", "BTC", "DASH", "DOGE", "ETH", "LTC", "SOL", "TRX", "USDC", "USDT",
    "XBT", "XMR",
];
/// No ledger address is shorter.
const SHORTEST_ADDRESS: usize = 25;

/// A number and what else the cell says.
fn cut(cell: &str) -> (&str, &str) {
    let lower = cell.to_lowercase();
    if lower.len() != cell.len() {
        return (cell, "");
    }
    let found = CLAUSES.iter().flat_map(|clause| lower.match_indices(clause)).map(|(at, _)| at);
    match found.filter(|at| has_digit(&cell[..*at]) && ends_a_number(&lower[..*at])).min() {
        Some(at) => (cell[..at].trim(), cell[at..].trim_start_matches(['.', ',', ';', ' '])),
        None => (cell, ""),
    }
}

/// Whether a text before a point is not the `No` of a number still to come.
fn ends_a_number(before: &str) -> bool {
    let last = before.rsplit(' ').next().unwrap_or_default();
    !matches!(last, "no" | "n" | "nr")
}

/// A cell's number with the words around it, the country and the remarks its brackets hold, and what else it says.
fn take_apart(cell: &str) -> (Number, Vec<String>) {
    let spaced = cell
        .replace("no.", "no. ")
        .replace("number:", "number: ")
        .replace("ID Card ", "identity card number ");
    let (head, rest) = cut(&spaced);
    let mut remarks = Vec::new();
    let mut head = head.trim_end_matches(['.', ' ']);
    // The cut may lie inside a bracket.
    if let Some(open) = head.rfind('(').filter(|open| !head[*open..].contains(')')) {
        remarks.push(head[open + 1..].trim().to_owned());
        head = head[..open].trim_end();
    }
    let mut bracketed = None;
    while let Some((before, inside)) = head.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        match country(inside) {
            Some(country) => bracketed = Some(country),
            None => remarks.push(inside.trim().to_owned()),
        }
        head = before.trim_end();
    }
    remarks.reverse();
    let mut found = number(head);
    found.country =
        bracketed.or(found.country).or_else(|| remarks.iter().find_map(|remark| first_country(remark)));
    remarks.extend([found.remark.clone(), rest.to_owned()]);
    remarks.retain(|remark| !remark.is_empty());
    (found, remarks)
}

/// Reads a paper: its number with words around it, and what is published beside it.
pub(super) fn read_paper(draft: &mut Draft<'_>, field: &str, usual: Scheme, cell: &str, beside: &str) {
    let (found, mut said) = take_apart(cell);
    said.extend(Some(beside.to_owned()).filter(|text| !text.is_empty()));
    let note = said.join("; ");
    let dated = scheme_of(&found.words).is_none()
        && CLAUSES.iter().any(|clause| found.words.to_lowercase().contains(clause));
    if !has_digit(&found.value) || dated {
        let words = [cell, beside].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
        if !words.is_empty() {
            draft.note(&format!("{field}: {words}"));
        }
        return;
    }
    let Ok(mut identifier) = Identifier::parse(paper_scheme(&found, &note, usual), &found.value) else {
        return;
    };
    identifier = identifier.with_kind(kind(&found));
    identifier.country = found
        .country
        .or_else(|| first_country(beside))
        .or_else(|| said.iter().find_map(|text| first_country(text)));
    // What follows the number of another paper is said of that.
    let others = identifiers(&note, false);
    let own =
        if others.is_empty() { note.as_str() } else { note.split(" passport n").next().unwrap_or_default() };
    identifier.issued = date_after(own, &ISSUED);
    identifier.expires = found.expires.or_else(|| date_after(own, &EXPIRES));
    identifier.note = note;
    draft.add_identifier(field, identifier);
    for other in others {
        draft.add_identifier(field, other);
    }
}

/// The scheme of a paper: that of the words before its number, else of those beside it, else the column's. Passports are
/// spoken of beside the number in many words; only an identity paper among them is another kind.
fn paper_scheme(found: &Number, note: &str, usual: Scheme) -> Scheme {
    let beside = scheme_of(note);
    let other = usual != Scheme::Passport || note.to_lowercase().contains("identi");
    scheme_of(&found.words).or(beside.filter(|_| other)).unwrap_or(usual)
}

/// Words that say no more of a paper than its scheme does.
const PLAIN: [&str; 12] = [
    "passport",
    "number",
    "no",
    "id",
    "identification",
    "identity",
    "card",
    "national",
    "civil",
    "ni",
    "foreign",
    "travel",
];

/// The words for a paper, unless they say no more than its scheme and country.
fn kind(found: &Number) -> &str {
    let words: Vec<&str> = found.words.split(' ').collect();
    let named = (1..=words.len()).rev().find(|count| country(&words[..*count].join(" ")).is_some());
    let says = |word: &&str| {
        let word = word.trim_matches([':', '.', ',']);
        !word.is_empty() && !PLAIN.contains(&word.to_lowercase().as_str()) && country_word(word).is_none()
    };
    if words.iter().skip(named.unwrap_or_default()).any(says) { &found.words } else { "" }
}

/// Reads a cell of register numbers: `1027700132195 (Russia)`, `INN: 7706061801; OGRN 1027700132195`.
pub(super) fn read_registration(draft: &mut Draft<'_>, field: &str, cell: &str) {
    for piece in cell.split([';', ',']).map(str::trim).filter(|piece| !piece.is_empty()) {
        let lower = piece.to_lowercase();
        let words = |word: &&str| {
            lower
                .split(|letter: char| !(letter.is_alphanumeric() || letter == '-'))
                .any(|other| other == *word)
        };
        let scheme = REGISTERS.iter().find(|row| words(&row.0)).map_or(Scheme::Registration, |row| row.1);
        let found = number(&piece.replace(':', " ").split_whitespace().collect::<Vec<_>>().join(" "));
        let letters = matches!(scheme, Scheme::Bic | Scheme::Lei);
        if !has_digit(&found.value) && !letters {
            draft.note(&format!("{field}: {piece}"));
            continue;
        }
        let value =
            if letters { piece.rsplit([' ', ':']).next().unwrap_or(piece) } else { found.value.as_str() };
        let Ok(identifier) = Identifier::parse(scheme, value) else { continue };
        let mut identifier = identifier.with_country(found.country);
        found.remark.clone_into(&mut identifier.note);
        if matches!(scheme, Scheme::Registration | Scheme::Other) {
            identifier = identifier.with_kind(&found.words);
        }
        draft.add_identifier(field, identifier);
    }
}

/// Ledger addresses a text names after their currency: `(1) ETH: 0x… (2) USDT: T…`.
pub(super) fn read_ledgers(draft: &mut Draft<'_>, field: &str, text: &str) {
    let mut currency = None;
    for word in text.split([' ', ',', ';']).map(|word| word.trim_matches(['(', ')', '.'])) {
        let named = word.trim_end_matches(':');
        if CURRENCIES.contains(&named) {
            currency = Some(named);
        } else if let Some(currency) = currency
            && is_ledger_address(word)
            && let Ok(identifier) = Identifier::crypto(currency, word)
        {
            draft.add_identifier(field, identifier);
        } else if word.ends_with(':')
            || word.len() > 3
                && !word.ends_with("address")
                && !word.ends_with("addresses")
                && word != "wallet"
        {
            currency = None;
        }
    }
}

fn is_ledger_address(word: &str) -> bool {
    word.len() >= SHORTEST_ADDRESS && word.bytes().all(|byte| byte.is_ascii_alphanumeric()) && has_digit(word)
}

#[cfg(test)]
mod tests {
    use super::super::tests::draft_of;
    use super::*;
    use cordon_model::{Country, Entity, PartialDate, Schema};

    fn shown(entity: &Entity) -> Vec<String> {
        let date = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let one = |held: &Identifier| {
            let country = held.country.as_ref().map_or("", Country::code);
            format!(
                "{:?} {} {country} {}/{} {}",
                held.scheme,
                held.value,
                date(held.issued),
                date(held.expires),
                held.kind
            )
            .trim_end()
            .to_owned()
        };
        entity.identifiers.iter().map(one).collect()
    }

    #[test]
    fn papers() {
        for (usual, cell, beside, expected) in [
            (Scheme::Passport, "OA454044", "", "Passport OA454044  /"),
            (
                Scheme::Passport,
                "A0501801",
                "Issued in India on 26 July 1985",
                "Passport A0501801 in 1985-07-26/",
            ),
            (
                Scheme::Passport,
                "G827238 (Tunisian). Issued on 1 June 1996. Expired on 31 May 2001",
                "",
                "Passport G827238 tn 1996-06-01/2001-05-31",
            ),
            (Scheme::Passport, "284158, expires 21 Aug 2005 (Iraq)", "", "Passport 284158 iq /2005-08-21"),
            (
                Scheme::Passport,
                "Passport: Pakistani Passport no. FA0157612. Issued: 23/01/2009. Expired: 22/07/2014.",
                "",
                "Passport FA0157612 pk 2009-01-23/2014-07-22",
            ),
            (
                Scheme::Passport,
                "DG5149481 (Pakistan)Issued 22.8.2006, expired on 21.8.2011.",
                "",
                "Passport DG5149481 pk 2006-08-22/2011-08-21",
            ),
            (
                Scheme::NationalId,
                "Italian Fiscal Code SSYBLK62T26Z336L",
                "",
                "TaxId SSYBLK62T26Z336L it / Italian Fiscal Code",
            ),
            (Scheme::NationalId, "Ration card no. 1729765", "", "Other 1729765  / Ration card no."),
            (Scheme::NationalId, "54201-247561-5", "Pakistan", "NationalId 542012475615 pk /"),
            (
                Scheme::NationalId,
                "57388 (Afghan)(tazkira). Issued in Lashkar Gah",
                "",
                "NationalId 57388 af /",
            ),
            (
                Scheme::NationalId,
                "Qatari ID no.: 25463401784 (expires on 6.12.2019)",
                "",
                "NationalId 25463401784 qa /2019-12-06",
            ),
            (
                Scheme::NationalId,
                "German Federal ID Card 7020783883. Issued in Ulm",
                "",
                "NationalId 7020783883 de / German Federal identity card number",
            ),
            (
                Scheme::NationalId,
                "Saudi Arabian national identification number:1027508157",
                "",
                "NationalId 1027508157 sa /",
            ),
            (Scheme::Passport, "388181 (Yemen).", "", "Passport 388181 ye /"),
            (
                Scheme::Passport,
                "Passport No: 515458008 (Russian foreign travel passport number, expires 30.5.2017)",
                "",
                "Passport 515458008 ru /2017-05-30",
            ),
            (
                Scheme::Passport,
                "Yemeni passport number 17979 issued under name A B. Yemeni passport number 02117777 issued on 8.11.2005",
                "",
                "Passport 17979 ye /; Passport 02117777 ye 2005-11-08/",
            ),
            (Scheme::Passport, "(Eqypt). Issued 1993", "", ""),
            (Scheme::Passport, "unknown", "", ""),
        ] {
            let (entity, issues) =
                draft_of(Schema::Person, |draft| read_paper(draft, "PassportNumber", usual, cell, beside));
            assert_eq!(shown(&entity).join("; "), expected, "{cell}");
            assert!(issues.is_empty(), "{cell} {issues:?}");
        }
    }

    #[test]
    fn registers() {
        for (cell, expected) in [
            ("1027700132195 (Russia)", vec!["Registration 1027700132195 ru /"]),
            ("INN: 7707083893; OGRN 1027700132195", vec!["Inn 7707083893  /", "Ogrn 1027700132195  /"]),
            ("Tax ID No. 770708389 (Belarus)", vec!["TaxId 770708389 by /"]),
            ("Registration Number 12345", vec!["Registration 12345  / Registration Number"]),
            ("SWIFT: DEUTDEFF", vec!["Bic DEUTDEFF  /"]),
            ("none known", vec![]),
        ] {
            let (entity, _) = draft_of(Schema::Organization, |draft| {
                read_registration(draft, "BusinessRegistrationNumber", cell);
            });
            assert_eq!(shown(&entity), expected, "{cell}");
        }
    }

    #[test]
    fn ledgers() {
        let text = "Digital wallets: (1) ETH: 0x7F367cC41522cE07553e823bf3be79A889DEbe1B (2) USDT: \
                    TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf, see ETH prices of 0123456789012345678901234567890 units. \
                    Owner: 0123456789abcdef0123456789abcdef";
        let (entity, _) = draft_of(Schema::Person, |draft| read_ledgers(draft, "OtherInformation", text));
        let expected = [
            "Crypto 0x7f367cc41522ce07553e823bf3be79a889debe1b  / ETH",
            "Crypto TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf  / USDT",
        ];
        assert_eq!(shown(&entity), expected);
    }
}
