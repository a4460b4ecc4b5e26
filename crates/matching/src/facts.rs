//! What is known of a party beside its names, in the fixed-size records that index files hold.

use cordon_model::{Check, CountryRole, DateRole, Entity, Identifier, PartialDate, Schema, Scheme};
use cordon_text::edits::hash;
use zerocopy::byteorder::little_endian::{I16, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// First and last possible day of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct DateRecord {
    pub(crate) from_year: I16,
    pub(crate) from_month: u8,
    pub(crate) from_day: u8,
    pub(crate) to_year: I16,
    pub(crate) to_month: u8,
    pub(crate) to_day: u8,
    /// 1 circa, 2 an exact day.
    pub(crate) flags: u8,
    /// [`DateRole`] as a number.
    pub(crate) role: u8,
}

impl DateRecord {
    pub(crate) const CIRCA: u8 = 1;
    pub(crate) const EXACT: u8 = 2;

    pub(crate) fn new(role: DateRole, date: PartialDate) -> Self {
        let (from, to) = (date.earliest(), date.latest());
        let mut flags = 0;
        if date.is_circa() {
            flags |= Self::CIRCA;
        }
        if date.exact_day().is_some() {
            flags |= Self::EXACT;
        }
        Self {
            from_year: I16::new(from.0),
            from_month: from.1,
            from_day: from.2,
            to_year: I16::new(to.0),
            to_month: to.1,
            to_day: to.2,
            flags,
            role: role as u8,
        }
    }

    pub(crate) fn from(&self) -> (i16, u8, u8) {
        (self.from_year.get(), self.from_month, self.from_day)
    }

    pub(crate) fn to(&self) -> (i16, u8, u8) {
        (self.to_year.get(), self.to_month, self.to_day)
    }

    pub(crate) fn is_exact(&self) -> bool {
        self.flags & Self::EXACT != 0
    }

    pub(crate) fn is_circa(&self) -> bool {
        self.flags & Self::CIRCA != 0
    }

    /// For explanations.
    pub(crate) fn show(&self) -> String {
        let (from, to) = (self.from(), self.to());
        let circa = if self.is_circa() { "circa " } else { "" };
        let whole_year = from.1 == 1 && from.2 == 1 && to.1 == 12 && to.2 == 31;
        match (from == to, whole_year, from.0 == to.0) {
            (true, ..) => format!("{circa}{:04}-{:02}-{:02}", from.0, from.1, from.2),
            (_, true, true) => format!("{circa}{:04}", from.0),
            (_, true, false) => format!("{circa}{:04} to {:04}", from.0, to.0),
            _ if from.0 == to.0 && from.1 == to.1 => format!("{circa}{:04}-{:02}", from.0, from.1),
            _ => format!(
                "{circa}{:04}-{:02}-{:02} to {:04}-{:02}-{:02}",
                from.0, from.1, from.2, to.0, to.1, to.2
            ),
        }
    }
}

/// First and last possible year of all births of a party; a wide net for quick rejection.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned,
)]
#[repr(C)]
pub(crate) struct Years {
    first: I16,
    last: I16,
}

/// Years beyond which births differ for certain, and what `circa` adds.
pub(crate) const YEARS_APART: i16 = 5;
pub(crate) const CIRCA_YEARS: i16 = 2;

impl Years {
    pub(crate) fn of_births(dates: &[DateRecord]) -> Self {
        let mut years: Option<(i16, i16)> = None;
        for date in dates.iter().filter(|date| date.role == DateRole::Birth as u8) {
            let margin = if date.is_circa() { CIRCA_YEARS } else { 0 };
            let (from, to) = (date.from().0.saturating_sub(margin), date.to().0.saturating_add(margin));
            years = Some(years.map_or((from, to), |known| (known.0.min(from), known.1.max(to))));
        }
        let (first, last) = years.unwrap_or_default();
        Self { first: I16::new(first), last: I16::new(last) }
    }

    /// Whether there is a birth at all.
    pub(crate) fn are_known(self) -> bool {
        self != Self::default()
    }

    /// Whether every birth of one party is years from every birth of the other.
    pub(crate) fn is_apart(self, other: Self) -> bool {
        let beyond = |one: Self, two: Self| {
            i32::from(one.first.get()) > i32::from(two.last.get()) + i32::from(YEARS_APART)
        };
        self.are_known() && other.are_known() && (beyond(self, other) || beyond(other, self))
    }
}

/// A country and how it is tied to the party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct CountryRecord {
    pub(crate) code: [u8; 2],
    /// [`CountryRole`] as a number.
    pub(crate) role: u8,
}

/// An identifier by the hash of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct IdentifierRecord {
    /// Hash of the value in the form of [`identifier_key`].
    pub(crate) key: U64,
    /// Issuing country, zeros if unknown.
    pub(crate) country: [u8; 2],
    /// [`Scheme`] as a number.
    pub(crate) scheme: u8,
    /// 1 if the check digit fails.
    pub(crate) flags: u8,
}

/// Gender as published.
pub(crate) const MALE: u8 = 1;
pub(crate) const FEMALE: u8 = 2;

/// What is known of a party beside its names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) schema: Schema,
    /// 0 unknown, [`MALE`] or [`FEMALE`].
    pub(crate) gender: u8,
    pub(crate) dates: &'a [DateRecord],
    pub(crate) countries: &'a [CountryRecord],
    pub(crate) identifiers: &'a [IdentifierRecord],
}

/// [`Facts`] that own their records.
#[derive(Debug, Clone)]
pub(crate) struct OwnedFacts {
    pub(crate) schema: Schema,
    pub(crate) gender: u8,
    pub(crate) dates: Vec<DateRecord>,
    pub(crate) countries: Vec<CountryRecord>,
    pub(crate) identifiers: Vec<IdentifierRecord>,
}

impl OwnedFacts {
    pub(crate) fn of(entity: &Entity) -> Self {
        let gender = entity.values("gender").iter().map(|text| gender(text)).find(|gender| *gender != 0);
        let mut countries: Vec<CountryRecord> = entity
            .countries
            .iter()
            .map(|fact| CountryRecord { code: fact.country.to_bytes(), role: fact.role as u8 })
            .collect();
        for address in &entity.addresses {
            let record = address
                .country
                .map(|country| CountryRecord { code: country.to_bytes(), role: CountryRole::Country as u8 });
            countries.extend(record.filter(|record| !countries.contains(record)));
        }
        Self {
            schema: entity.schema,
            gender: gender.unwrap_or(0),
            dates: entity.dates.iter().map(|fact| DateRecord::new(fact.role, fact.date)).collect(),
            countries,
            identifiers: entity.identifiers.iter().filter_map(identifier).collect(),
        }
    }

    pub(crate) fn view(&self) -> Facts<'_> {
        Facts {
            schema: self.schema,
            gender: self.gender,
            dates: &self.dates,
            countries: &self.countries,
            identifiers: &self.identifiers,
        }
    }
}

fn gender(text: &str) -> u8 {
    let text = text.trim();
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is(&["male", "m", "man"]) {
        MALE
    } else if is(&["female", "f", "woman"]) {
        FEMALE
    } else {
        0
    }
}

/// Values shorter than this, or made of one character, identify nobody.
const LEAST_IDENTIFIER: usize = 4;

/// Whether an identifier's value can be compared at all.
pub(crate) fn is_comparable(identifier: &Identifier) -> bool {
    let mut letters = identifier.value.chars();
    let Some(first) = letters.next() else { return false };
    let short = identifier.value.chars().count() < LEAST_IDENTIFIER && identifier.scheme != Scheme::CallSign;
    !short && !letters.all(|letter| letter == first)
}

fn identifier(identifier: &Identifier) -> Option<IdentifierRecord> {
    is_comparable(identifier).then(|| IdentifierRecord {
        key: U64::new(identifier_key(identifier.scheme, &identifier.value)),
        country: identifier.country.map(cordon_model::Country::to_bytes).unwrap_or_default(),
        scheme: identifier.scheme as u8,
        flags: u8::from(identifier.check == Check::Failed),
    })
}

/// Hash under which identifiers of any scheme meet. O and 0, I and 1 are one character, since they are mistyped for each
/// other; ledger addresses are exact, case and all.
pub(crate) fn identifier_key(scheme: Scheme, value: &str) -> u64 {
    if scheme == Scheme::Crypto {
        return hash(value.bytes());
    }
    hash(value.bytes().map(|byte| match byte {
        b'O' => b'0',
        b'I' => b'1',
        byte => byte,
    }))
}
