//! Identifier kinds of remarks, and what stands behind the words: `Passport A10472263 (Malaysia) issued 2004`.

use cordon_model::{Check, Country, Identifier, IssueKind, PartialDate, Scheme};

/// OFAC's words for each kind of identifier and the scheme it belongs to.
///
/// The words are those of OFAC's own reference list of document types, and older spellings still in the files.
pub(in crate::formats) const KINDS: &[(&str, Scheme)] = &[
    ("Afghan Money Service Provider License Number", Scheme::Registration),
    ("Aircraft Construction Number (also called L/N or S/N or F/N)", Scheme::AircraftSerial),
    ("Aircraft Manufacturer's Serial Number (MSN)", Scheme::AircraftSerial),
    ("Aircraft Mode S Transponder Code", Scheme::Other),
    ("Aircraft Serial Identification", Scheme::AircraftSerial),
    ("Aircraft Tail Number", Scheme::AircraftTail),
    ("BIK (RU)", Scheme::Bik),
    ("Birth Certificate Number", Scheme::NationalId),
    ("Bosnian Personal ID No.", Scheme::NationalId),
    ("Branch Unit Number", Scheme::Registration),
    ("British National Overseas Passport", Scheme::Passport),
    ("Business Number", Scheme::Registration),
    ("Business Registration Document #", Scheme::Registration),
    ("Business Registration Number", Scheme::Registration),
    ("C.I.F.", Scheme::TaxId),
    ("C.I.N.", Scheme::Registration),
    ("C.R. No.", Scheme::Registration),
    ("C.U.I.", Scheme::NationalId),
    ("C.U.I.P.", Scheme::NationalId),
    ("C.U.I.T.", Scheme::TaxId),
    ("C.U.R.P.", Scheme::NationalId),
    ("Cartilla de Servicio Militar Nacional", Scheme::NationalId),
    ("Cedula No.", Scheme::NationalId),
    ("Central Registration System Number", Scheme::Registration),
    ("Certificate of Incorporation Number", Scheme::Registration),
    ("Chamber of Commerce Number", Scheme::Registration),
    ("Chinese Commercial Code", Scheme::Other),
    ("Citizen's Card Number", Scheme::NationalId),
    ("CNP (Personal Numerical Code)", Scheme::NationalId),
    ("Commercial Registry Number", Scheme::Registration),
    ("Company ID", Scheme::Registration),
    ("Company Number", Scheme::Registration),
    ("Credencial electoral", Scheme::NationalId),
    ("D-U-N-S Number", Scheme::Duns),
    ("D.N.I.", Scheme::NationalId),
    ("Diplomatic Passport", Scheme::Passport),
    ("Driver's License No.", Scheme::Other),
    ("Dubai Chamber of Commerce Membership No.", Scheme::Registration),
    ("Economic Register Number (CBLS)", Scheme::Registration),
    ("Electoral Registry No.", Scheme::NationalId),
    ("Enterprise Number", Scheme::Registration),
    ("Equity Ticker", Scheme::Ticker),
    ("File Number", Scheme::Registration),
    ("Fiscal Code", Scheme::TaxId),
    ("Folio Mercantil No.", Scheme::Registration),
    ("Global Intermediary Identification Number", Scheme::Other),
    ("Government Gazette Number", Scheme::Registration),
    ("I.F.E.", Scheme::NationalId),
    ("Identification Number", Scheme::NationalId),
    ("Immigration No.", Scheme::Other),
    ("International Maritime Organization No.", Scheme::ImoCompany),
    ("ISIN", Scheme::Isin),
    ("Istanbul Chamber of Comm. No.", Scheme::Registration),
    ("Italian Fiscal Code", Scheme::TaxId),
    ("Kenyan ID No.", Scheme::NationalId),
    ("LE Number", Scheme::NationalId),
    ("Legal Entity Number", Scheme::Registration),
    ("License", Scheme::Registration),
    ("Matricula Mercantil No", Scheme::Registration),
    ("MICEX Code", Scheme::Ticker),
    ("Military Registration Number", Scheme::NationalId),
    ("MMSI", Scheme::Mmsi),
    ("Moroccan Personal ID No.", Scheme::NationalId),
    ("MSB Registration Number", Scheme::Registration),
    ("N.I.E.", Scheme::NationalId),
    ("N.I.F.", Scheme::TaxId),
    ("National Foreign ID Number", Scheme::NationalId),
    ("National ID No.", Scheme::NationalId),
    ("NIT #", Scheme::TaxId),
    ("Numero de Identidad", Scheme::NationalId),
    ("Numero Unico de Identificacao Tributaria (NUIT)", Scheme::TaxId),
    ("Organization Code", Scheme::Registration),
    ("Other Vessel Call Sign", Scheme::CallSign),
    ("Paraguayan tax identification number", Scheme::TaxId),
    ("Passport", Scheme::Passport),
    ("Permit Number", Scheme::Registration),
    ("Personal ID Card", Scheme::NationalId),
    ("Pilot License Number", Scheme::Other),
    ("Previous Aircraft Tail Number", Scheme::AircraftTail),
    ("Public Registration Number", Scheme::Registration),
    ("Public Security and Immigration No.", Scheme::Other),
    ("R.F.C.", Scheme::TaxId),
    ("Refugee ID Card", Scheme::Other),
    ("Registered Charity No.", Scheme::Registration),
    ("Registration Certificate Number (Dubai)", Scheme::Registration),
    ("Registration ID", Scheme::Registration),
    ("Registration Number", Scheme::Registration),
    ("Residency Number", Scheme::NationalId),
    ("RFC", Scheme::TaxId),
    ("RIF #", Scheme::TaxId),
    ("Romanian C.R.", Scheme::Registration),
    ("Romanian Permanent Resident", Scheme::NationalId),
    ("Romanian Tax Registration", Scheme::TaxId),
    ("RSIN", Scheme::TaxId),
    ("RTN", Scheme::TaxId),
    ("RUC #", Scheme::TaxId),
    ("Russian State Individual Business Registration Number Pattern (OGRNIP)", Scheme::Ogrn),
    ("Seafarer's Identification Document", Scheme::Other),
    ("Serial No.", Scheme::Other),
    ("SRE Permit No.", Scheme::Registration),
    ("SSN", Scheme::SocialSecurity),
    ("Stateless Person ID Card", Scheme::Other),
    ("Stateless Person Passport", Scheme::Passport),
    ("SWIFT/BIC", Scheme::Bic),
    ("Tarjeta Profesional", Scheme::Other),
    ("Tax ID No.", Scheme::TaxId),
    ("Tazkira National ID Card", Scheme::NationalId),
    ("Temporary suspension of deportation No.", Scheme::Other),
    ("Tourism License No.", Scheme::Registration),
    ("Trade License No.", Scheme::Registration),
    ("Trademark number", Scheme::Other),
    ("Travel Document Number", Scheme::Passport),
    ("Turkish Identificiation Number", Scheme::NationalId),
    ("Turkish Identification Number", Scheme::NationalId),
    ("U.S.A. Passport", Scheme::Passport),
    ("UAE Identification", Scheme::NationalId),
    ("UK Company Number", Scheme::Registration),
    ("UN/LOCODE", Scheme::Other),
    ("Unified Social Credit Code (USCC)", Scheme::Registration),
    ("United Social Credit Code Certificate (USCCC)", Scheme::Registration),
    ("US FEIN", Scheme::TaxId),
    ("V.A.T. Number", Scheme::Vat),
    ("Vessel Registration Identification", Scheme::Registration),
    ("VisaNumberID", Scheme::Other),
];

/// The text behind the words for an identifier, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
struct Parts<'a> {
    value: &'a str,
    country: Option<Country>,
    issued: Option<PartialDate>,
    expires: Option<PartialDate>,
    /// Place of issue, state, register court and other words, in the order read.
    notes: Vec<&'a str>,
}

/// What a file says about a document beside its number.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::formats) struct Given {
    pub(in crate::formats) country: Option<Country>,
    pub(in crate::formats) issued: Option<PartialDate>,
    pub(in crate::formats) expires: Option<PartialDate>,
    /// Issuing authority, place of issue, "fraudulent" and other remarks.
    pub(in crate::formats) notes: Vec<String>,
}

/// Reads what follows the words `kind`; `None` when no number can be found. `issue` is told what is odd.
///
/// What is `given` beside the text goes before what stands in it. `vessel` tells a ship's IMO number from a company's.
pub(super) fn read(
    kind: &str,
    scheme: Scheme,
    text: &str,
    given: Option<&Given>,
    vessel: bool,
    mut issue: impl FnMut(IssueKind, &str),
) -> Option<Identifier> {
    let mut parts = Parts::of(text);
    if let Some(given) = given {
        parts.country = given.country.or(parts.country);
        parts.issued = given.issued.or(parts.issued);
        parts.expires = given.expires.or(parts.expires);
        parts.notes.extend(given.notes.iter().map(String::as_str));
    }
    if scheme == Scheme::Ticker {
        parts.take_exchange();
    }
    if needs_digit(scheme) && !parts.value.bytes().any(|byte| byte.is_ascii_digit()) {
        issue(IssueKind::Unparsed, "expected an identifier with a digit; kept as a note");
        return None;
    }
    let parsed = best(scheme, parts.value, parts.country, vessel);
    let mut identifier = parsed.map_err(|error| issue(IssueKind::Unparsed, &error.to_string())).ok()?;
    identifier = identifier.with_kind(kind).with_country(parts.country);
    identifier.issued = parts.issued;
    identifier.expires = parts.expires;
    identifier.note = parts.notes.join("; ");
    if identifier.check == Check::Failed {
        let label = identifier.scheme.label();
        issue(IssueKind::CheckFailed, &format!("length or check digit of the {label} is wrong"));
    }
    Some(identifier)
}

/// Schemes whose values may be letters alone.
fn needs_digit(scheme: Scheme) -> bool {
    use Scheme::{AircraftTail, Bic, CallSign, Other, Ticker};
    !matches!(scheme, AircraftTail | Bic | CallSign | Other | Ticker)
}

/// Parses `value` in the narrowest scheme that fits: OFAC files IMO, INN, OGRN and LEI numbers under wider words.
fn best(
    scheme: Scheme,
    value: &str,
    country: Option<Country>,
    vessel: bool,
) -> Result<Identifier, cordon_model::IdentifierError> {
    let imo = value.get(..3).filter(|start| start.eq_ignore_ascii_case("imo")).map(|_| value[3..].trim());
    if let Some(number) = imo.filter(|number| number.starts_with(|first: char| first.is_ascii_digit())) {
        return Identifier::parse(if vessel { Scheme::ImoShip } else { Scheme::ImoCompany }, number);
    }
    let russian = country.is_some_and(|country| country.code() == "ru");
    let narrower = match scheme {
        Scheme::TaxId if russian => &[Scheme::Inn][..],
        Scheme::Registration if russian => &[Scheme::Ogrn, Scheme::Lei],
        Scheme::Registration => &[Scheme::Lei],
        _ => &[],
    };
    let passed = narrower
        .iter()
        .filter_map(|scheme| Identifier::parse(*scheme, value).ok())
        .find(|identifier| identifier.check == Check::Passed && identifier.published.is_none());
    passed.map_or_else(|| Identifier::parse(scheme, value), Ok)
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let mut parts = Self::default();
        let mut rest = text.trim();
        while let Some(before) = parts.take_last_date(rest) {
            rest = before;
        }
        while let Some(before) = parts.take_last_brackets(rest) {
            rest = before;
        }
        let mut pieces = rest.split(", ");
        let first = pieces.next().unwrap_or_default();
        pieces.for_each(|piece| parts.take_piece(piece));
        parts.take_value(first);
        parts
    }

    /// Takes `issued 04 Oct 2000` or `expires May 2007 to Jun 2008` off the end, with a place behind `in`.
    fn take_last_date(&mut self, text: &'a str) -> Option<&'a str> {
        let (at, word) =
            DATE_WORDS.iter().filter_map(|word| Some((last_start(text, word.0)?, word))).max()?;
        let after = text[at + word.0.len()..].trim_end_matches([')', ',', '.']);
        let (date, place) = after.split_once(" in ").unwrap_or((after, ""));
        let date = PartialDate::parse(date).ok()?;
        if word.1 {
            self.expires = Some(date);
        } else {
            self.issued = Some(date);
        }
        self.note(place);
        Some(text[..at].trim_end_matches([' ', ',']))
    }

    /// Takes `(Malaysia)` off the end: the country, or a place within it.
    fn take_last_brackets(&mut self, text: &'a str) -> Option<&'a str> {
        let inner = text.strip_suffix(')')?;
        let (before, inner) = inner.rsplit_once('(')?;
        if before.is_empty() && !inner.contains(')') {
            // The brackets hold the number itself.
            self.value = inner;
            return Some("");
        }
        let before = before.strip_suffix(' ')?;
        let country =
            Country::parse(inner).or_else(|_| Country::parse(inner.split('.').next().unwrap_or_default()));
        match country {
            Ok(country) if self.country.is_none() => self.country = Some(country),
            _ if inner.contains(|letter: char| letter.is_ascii_digit()) => return None,
            _ => self.note(inner),
        }
        Some(before.trim_end())
    }

    /// Takes what stands behind a comma: a country, a date or other words.
    fn take_piece(&mut self, piece: &'a str) {
        if self.take_last_date(piece) == Some("") {
            return;
        }
        match Country::parse(piece) {
            Ok(country) if self.country.is_none() => self.country = Some(country),
            _ => self.note(piece),
        }
    }

    /// Takes the number; words before and after it are notes, or the country.
    fn take_value(&mut self, text: &'a str) {
        let text = NUMBER_SIGNS.iter().find_map(|sign| text.strip_prefix(sign)).unwrap_or(text).trim();
        if text.is_empty() {
            return;
        }
        let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
        let mut start = 0;
        let mut end = 0;
        let mut digits = false;
        for word in text.split_inclusive(' ') {
            let prose = is_prose(word.trim_end());
            if digits && prose {
                break;
            }
            digits |= has_digit(word);
            end += word.len();
            if !digits && prose && start + word.len() == end && has_digit(&text[end..]) {
                start = end;
            }
        }
        self.value = text[start..end].trim();
        self.note(text[..start].trim_end_matches([':', ' ']));
        let after = text[end..].trim();
        match Country::parse(after) {
            Ok(country) if self.country.is_none() => self.country = Some(country),
            _ => self.note(after),
        }
    }

    /// Takes the country of the exchange off a ticker: `00883 HK`.
    fn take_exchange(&mut self) {
        if let Some((ticker, code)) = self.value.rsplit_once(' ')
            && let Some(country) = Country::from_code(code)
        {
            self.value = ticker.trim_end();
            self.country = Some(country);
        }
    }

    fn note(&mut self, text: &'a str) {
        if !text.trim().is_empty() {
            self.notes.push(text.trim());
        }
    }
}

/// Words and signs for "number" that may stand between the kind and the value.
const NUMBER_SIGNS: [&str; 3] = ["No. ", "No.: ", "# "];

/// Words before a date, and whether the date is that of expiry.
const DATE_WORDS: [(&str, bool); 5] = [
    ("issued ", false),
    ("expires ", true),
    ("expired ", true),
    ("Issue Date ", false),
    ("Expire Date ", true),
];

/// The last place where `word` begins a word of `text`.
fn last_start(text: &str, word: &str) -> Option<usize> {
    let at = text.rfind(word)?;
    (at == 0 || text[..at].ends_with([' ', ','])).then_some(at)
}

/// A word of letters and hyphens, some of them small: three or more, or two small ones.
fn is_prose(word: &str) -> bool {
    let word = word.trim_end_matches(':');
    let small = word.chars().filter(|letter| letter.is_lowercase()).count();
    word.chars().all(|letter| letter.is_alphabetic() || letter == '-')
        && small > 0
        && (word.len() > 2 || small == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scheme, value, country, issue, expiry and note of an identifier, with the messages raised.
    fn summary(kind: &str, text: &str, vessel: bool) -> String {
        let scheme = KINDS.iter().find(|row| row.0 == kind).unwrap().1;
        let mut said = Vec::new();
        let read = read(kind, scheme, text, None, vessel, |kind, _| said.push(format!("{kind:?}")));
        let Some(read) = read else { return said.join(" ") };
        let country = read.country.map(|country| country.to_string());
        let date = |date: Option<PartialDate>| date.map(|date| date.to_string());
        let parts = [
            country,
            date(read.issued).map(|date| format!("i:{date}")),
            date(read.expires).map(|date| format!("x:{date}")),
        ];
        let mut out = format!("{:?} {}", read.scheme, read.value);
        for part in parts
            .into_iter()
            .flatten()
            .chain((!read.note.is_empty()).then(|| format!("[{}]", read.note)))
            .chain(said)
        {
            out.push(' ');
            out.push_str(&part);
        }
        out
    }

    #[test]
    fn published_forms() {
        for (kind, text, expected) in [
            ("Passport", "A10472263 (Malaysia)", "Passport A10472263 my"),
            (
                "Passport",
                "K754050 issued 26 May 1999 expires 25 May 2004",
                "Passport K754050 i:1999-05-26 x:2004-05-25",
            ),
            (
                "Passport",
                "Z3079423 (India) expires 01 Jan 2026 to 31 Dec 2026",
                "Passport Z3079423 in x:2026-01-01/2026-12-31",
            ),
            ("Passport", "C234897(0) (United Kingdom)", "Passport C2348970 gb"),
            ("Passport", "D000000483, Diplomatic (Syria)", "Passport D000000483 sy [Diplomatic]"),
            ("Passport", "I066302 (Cabo Verde.  Previously Cape Verde.)", "Passport I066302 cv"),
            (
                "Passport",
                "4117921 issued under the name Dilawar Khan",
                "Passport 4117921 [issued under the name Dilawar Khan]",
            ),
            ("Passport", "M0018061/104,issued 12 September 1993", "Passport M0018061104 i:1993-09-12"),
            (
                "Passport",
                "No.: 0310857, Eritrea, Issue Date 21 August 2006, Expire Date 20 August 2008)",
                "Passport 0310857 er i:2006-08-21 x:2008-08-20",
            ),
            ("Passport", "and National ID were issued in Ulm, Germany", "Unparsed"),
            ("U.S.A. Passport", "issued 21 Jun 1992 in Amman, Jordan", "Unparsed"),
            ("Folio Mercantil No.", "22839 (Jalisco) (Mexico)", "Registration 22839 mx [Jalisco]"),
            ("Registration Number", "HRB 32490 (Mainz) (Germany)", "Registration HRB32490 de [Mainz]"),
            (
                "Public Registration Number",
                "467323, Doc. 694710 (Panama)",
                "Registration 467323 pa [Doc. 694710]",
            ),
            (
                "Immigration No.",
                "A7800002 Border Crossing (United States)",
                "Other A7800002 us [Border Crossing]",
            ),
            ("National ID No.", "13/Ta Ta Na (Naing)019077 (Burma)", "NationalId 13TATANANAING019077 mm"),
            ("National ID No.", "(HWI)040182 (Burma)", "NationalId HWI040182 mm"),
            ("V.A.T. Number", "BE 454,419,759", "Vat BE454419759"),
            ("Tax ID No.", "7707083893 (Russia)", "Inn 7707083893 ru"),
            ("Tax ID No.", "7707083894 (Russia)", "TaxId 7707083894 ru"),
            ("Registration Number", "1027700132195 (Russia)", "Ogrn 1027700132195 ru"),
            ("Legal Entity Number", "253400V1H6ART1UQ0N98 (Russia)", "Lei 253400V1H6ART1UQ0N98 ru"),
            ("Legal Entity Number", "851683897 (Netherlands)", "Registration 851683897 nl"),
            ("Identification Number", "IMO 2041999", "ImoCompany 2041999"),
            ("International Maritime Organization No.", "(5777731)", "ImoCompany 5777731"),
            ("SWIFT/BIC", "CKLB CN BJ", "Bic CKLBCNBJ"),
            ("SWIFT/BIC", "CKLBCN", "Bic CKLBCN CheckFailed"),
            ("Equity Ticker", "600677  CN", "Ticker 600677 cn"),
            ("UN/LOCODE", "UA FEO", "Other UAFEO"),
        ] {
            assert_eq!(summary(kind, text, false), expected, "{text}");
        }
        let ship = summary("Vessel Registration Identification", "IMO 9161003", true);
        assert_eq!(ship, "ImoShip 9161003");
        let other = summary("Vessel Registration Identification", "RS 150443 (Russia)", true);
        assert_eq!(other, "Registration RS150443 ru");
    }
}
