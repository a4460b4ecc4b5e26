//! What columns of tables of parties are called, and what they are taken for: one table, for customer files and lists.
//!
//! In: a header. Out: a meaning for each column that is understood. Absent: what cells hold.

use crate::{CountryRole, DateRole, NameKind, NamePartKind, Schema, Scheme};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One part of an address given in several columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressPart {
    /// The whole address, or its street lines.
    Street,
    /// City.
    City,
    /// State or province.
    Region,
    /// Postal code.
    PostalCode,
    /// Country of the address.
    Country,
}

/// What a column can be taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The customer's key of the record.
    Id,
    /// A whole name.
    Name(NameKind),
    /// A whole name if the record has no other; what bears it is of this kind.
    Fallback(Schema),
    /// Part of a person's name.
    Part(NamePartKind),
    /// Kind of party.
    Schema,
    /// A date.
    Date(DateRole),
    /// A country.
    Country(CountryRole),
    /// An identifier.
    Identifier(Scheme),
    /// Currency of a ledger address.
    Currency,
    /// Part of an address.
    Address(AddressPart),
    /// Another `FollowTheMoney` property.
    Property(&'static str),
}

impl Meaning {
    /// The words people read: `date of birth`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Id => "your key of the record",
            Self::Name(NameKind::Primary | NameKind::OriginalScript) => "name",
            Self::Name(NameKind::Alias) => "other name",
            Self::Name(NameKind::WeakAlias) => "weak other name",
            Self::Name(NameKind::Former) => "former name",
            Self::Fallback(_) => "name where the record has no other",
            Self::Part(NamePartKind::Given) => "given name",
            Self::Part(NamePartKind::Middle) => "middle name",
            Self::Part(NamePartKind::Patronymic) => "father's name",
            Self::Part(NamePartKind::Matronymic) => "mother's or second family name",
            Self::Part(NamePartKind::Family) => "family name",
            Self::Part(NamePartKind::Maiden) => "family name before marriage",
            Self::Part(NamePartKind::Nickname) => "pet name",
            Self::Schema => "kind of party",
            Self::Date(DateRole::Birth) => "date of birth",
            Self::Date(DateRole::Death) => "date of death",
            Self::Date(DateRole::Incorporation) => "date of foundation",
            Self::Date(DateRole::Dissolution) => "date of dissolution",
            Self::Date(DateRole::Build) => "date of building",
            Self::Country(CountryRole::Nationality) => "nationality",
            Self::Country(CountryRole::Citizenship) => "citizenship",
            Self::Country(CountryRole::Birth) => "country of birth",
            Self::Country(CountryRole::Jurisdiction) => "country of registration",
            Self::Country(CountryRole::Flag) => "flag",
            Self::Country(CountryRole::PastFlag) => "earlier flag",
            Self::Country(CountryRole::Country) => "country",
            Self::Identifier(scheme) => scheme.label(),
            Self::Currency => "currency of the ledger address",
            Self::Address(AddressPart::Street) => "address",
            Self::Address(AddressPart::City) => "city of the address",
            Self::Address(AddressPart::Region) => "region of the address",
            Self::Address(AddressPart::PostalCode) => "postal code of the address",
            Self::Address(AddressPart::Country) => "country of the address",
            Self::Property(property) => property,
        }
    }

    /// Whether something can be asked by this alone.
    pub fn asks(self) -> bool {
        matches!(self, Self::Name(_) | Self::Fallback(_) | Self::Part(_) | Self::Identifier(_))
    }

    /// Whether a record has this once only.
    fn is_single(self) -> bool {
        matches!(self, Self::Id | Self::Schema)
    }
}

/// A column and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name as written; repeated names are numbered: `note (2)`.
    pub name: String,
    /// What it was taken for; `None` when it is carried through.
    pub meaning: Option<Meaning>,
}

impl Column {
    /// The column of a file that is a list of names without a header.
    pub fn bare_name() -> Self {
        Self { name: "name".to_owned(), meaning: Some(Meaning::Name(NameKind::Primary)) }
    }

    /// Whether something can be asked by this column alone.
    pub fn asks(&self) -> bool {
        self.meaning.is_some_and(Meaning::asks)
    }
}

const fn identifier(scheme: Scheme) -> Meaning {
    Meaning::Identifier(scheme)
}

/// Meaning and the names people use for it, as [`header_key`] writes them, the plainest first.
const TABLE: &[(Meaning, &str)] = &[
    (
        Meaning::Id,
        "id recordid rowid uid uuid reference ref externalid key number accountid accountref caseid no nr",
    ),
    (
        Meaning::Name(NameKind::Primary),
        "name fullname wholename names legalname displayname accountname accountholder accountholdername \
         subject namelatin nameenglish nameinenglish latinname englishname originalname nameoriginal \
         originalscript nativename nameinnativescript caption beneficiary counterparty payee customer \
         client entity party nom nomcomplet nombre nombrecompleto nome nomecompleto vollername \
         vollständigername фио піб наименование найменування название 姓名 名称 名稱 名前 氏名 이름 성명 الاسم \
         الاسمالكامل نام",
    ),
    (
        Meaning::Name(NameKind::Alias),
        "alias aliases aka alsoknownas othername othernames alternativename alternatename altname \
         altnames alternativenames tradingname tradingas dba doingbusinessas псевдоним",
    ),
    (
        Meaning::Name(NameKind::WeakAlias),
        "weakalias weakaka lowqualityaka nickname petname shortname abbreviation",
    ),
    (
        Meaning::Name(NameKind::Former),
        "previousname previousnames formername formernames fka formerlyknownas oldname",
    ),
    (
        Meaning::Fallback(Schema::Organization),
        "company companyname organisation organization organisationname organizationname orgname business \
         businessname firm firmname employer firma raisonsociale razonsocial ragionesociale 公司 公司名称 \
         компания организация",
    ),
    (Meaning::Fallback(Schema::Vessel), "vessel vesselname ship shipname"),
    (Meaning::Fallback(Schema::Airplane), "aircraft aircraftname"),
    (Meaning::Fallback(Schema::Person), "personname individual individualname"),
    (
        Meaning::Part(NamePartKind::Given),
        "firstname first given givenname givennames forename forenames christianname fname vorname \
         vornamen prénom prenom prénoms prenoms имя імя імʼя 名",
    ),
    (
        Meaning::Part(NamePartKind::Middle),
        "middlename middlenames middle middleinitial mname secondname segundonombre",
    ),
    (Meaning::Part(NamePartKind::Patronymic), "fathername fathersname patronymic отчество побатькові"),
    (
        Meaning::Part(NamePartKind::Matronymic),
        "mothername mothersname secondsurname secondlastname apellidomaterno segundoapellido",
    ),
    (
        Meaning::Part(NamePartKind::Family),
        "lastname last surname family familyname lname nachname familienname zuname nomdefamille apellido \
         apellidos apellidopaterno primerapellido cognome sobrenome apelido фамилия прізвище 姓",
    ),
    (Meaning::Part(NamePartKind::Maiden), "maidenname birthname geburtsname nomdejeunefille"),
    (
        Meaning::Schema,
        "schema type entitytype partytype customertype kind category persontype legaltype subjecttype typ \
         тип",
    ),
    (
        Meaning::Date(DateRole::Birth),
        "dob birthdate birthday dateofbirth born bornon birth yob yearofbirth birthyear dobirth \
         geburtsdatum geburtstag geburtsjahr datedenaissance fechadenacimiento fechanacimiento \
         datadinascita datadenascimento datanascimento датарождения датанародження годрождения 出生日期 生年月日 \
         생년월일 تاريخالميلاد",
    ),
    (Meaning::Date(DateRole::Death), "deathdate dateofdeath dod died"),
    (
        Meaning::Date(DateRole::Incorporation),
        "incorporationdate dateofincorporation incorporated founded foundingdate dateoffoundation \
         registrationdate established gründungsdatum",
    ),
    (Meaning::Date(DateRole::Dissolution), "dissolutiondate dateofdissolution dissolved"),
    (Meaning::Date(DateRole::Build), "builddate yearbuilt yearofbuild buildyear built"),
    (
        Meaning::Country(CountryRole::Nationality),
        "nationality nationalities nat nationalité nationalite nationalität nacionalidad nazionalità \
         nacionalidade национальность 国籍 國籍 국적 الجنسية",
    ),
    (
        Meaning::Country(CountryRole::Citizenship),
        "citizenship citizenships citizen countryofcitizenship staatsangehörigkeit staatsbürgerschaft \
         citoyenneté ciudadanía cittadinanza гражданство громадянство",
    ),
    (Meaning::Country(CountryRole::Birth), "birthcountry countryofbirth geburtsland paysdenaissance"),
    (
        Meaning::Country(CountryRole::Jurisdiction),
        "jurisdiction countryofincorporation incorporationcountry countryofregistration \
         registrationcountry registeredin domicile sitzland",
    ),
    (Meaning::Country(CountryRole::Flag), "flag flagstate flagcountry vesselflag"),
    (Meaning::Country(CountryRole::PastFlag), "pastflag pastflags previousflag formerflag formerflags"),
    (
        Meaning::Country(CountryRole::Country),
        "country countries countrycode countryname countryiso residence countryofresidence \
         residencecountry land pays país pais paese страна країна 国家 國家 국가 البلد",
    ),
    (
        identifier(Scheme::Passport),
        "passport passports passportno passportnumber passportnr passportid traveldocument \
         traveldocumentnumber reisepass reisepassnummer passnummer passeport numerodepasseport pasaporte \
         passaporto паспорт номерпаспорта 护照 护照号 护照号码 여권번호",
    ),
    (
        identifier(Scheme::NationalId),
        "idnumber idno nationalid nationalidno nationalidnumber identitynumber identityno identitycard \
         identitycardnumber idcard idcardnumber personalid personalidnumber personalnumber citizenid \
         ausweisnummer personalausweis cnic dni cedula cédula curp 身份证 身份证号 身份证号码",
    ),
    (
        identifier(Scheme::TaxId),
        "taxid taxno taxnumber tin taxidentificationnumber taxpayerid taxidnumber steuernummer nif ein \
         rfc",
    ),
    (identifier(Scheme::Inn), "inn inncode инн"),
    (identifier(Scheme::Ogrn), "ogrn ogrncode огрн"),
    (identifier(Scheme::Bik), "bik bikcode бик"),
    (
        identifier(Scheme::Registration),
        "registrationnumber registrationno regno regnumber registration companynumber \
         companyregistrationnumber companyno registernumber handelsregisternummer hrb crn siren \
         businessregistrationnumber edrpou",
    ),
    (identifier(Scheme::ImoShip), "imo imono imonumber imonr imoshipnumber vesselimo"),
    (identifier(Scheme::ImoCompany), "imocompany imocompanynumber"),
    (identifier(Scheme::Mmsi), "mmsi mmsino mmsinumber"),
    (identifier(Scheme::CallSign), "callsign radiocallsign"),
    (identifier(Scheme::Lei), "lei leicode legalentityidentifier"),
    (identifier(Scheme::Bic), "bic swift swiftbic biccode swiftcode bicswift swiftbiccode"),
    (identifier(Scheme::Iban), "iban ibannumber accountiban"),
    (identifier(Scheme::Isin), "isin isincode"),
    (identifier(Scheme::Vat), "vat vatcode vatno vatnumber vatid ustid ustidnr"),
    (identifier(Scheme::Duns), "duns dunscode dunsnumber"),
    (identifier(Scheme::Uei), "uei uniqueentityid uniqueentityidentifier"),
    (identifier(Scheme::SocialSecurity), "ssn socialsecuritynumber socialsecurityno"),
    (
        identifier(Scheme::Crypto),
        "crypto cryptoaddress cryptowallet wallet walletaddress publickey digitalcurrencyaddress \
         bitcoinaddress btcaddress ethaddress blockchainaddress",
    ),
    (identifier(Scheme::AircraftTail), "tailnumber tailno aircraftregistration aircrafttailnumber"),
    (identifier(Scheme::AircraftSerial), "serialnumber aircraftserialnumber msn constructionnumber"),
    (identifier(Scheme::Ticker), "ticker tickersymbol"),
    (identifier(Scheme::Wikidata), "wikidata wikidataid qid"),
    (
        identifier(Scheme::Other),
        "identifier identifiers otherid documentnumber documentno docnumber iddocument iddocumentnumber",
    ),
    (Meaning::Currency, "walletcurrency cryptocurrency coin"),
    (
        Meaning::Address(AddressPart::Street),
        "address addresses fulladdress street streetaddress addressline address1 address2 address3 \
         addressline1 addressline2 addressline3 postaladdress registeredaddress adresse strasse straße \
         dirección direccion indirizzo endereço адрес адреса 地址 住所 주소 العنوان",
    ),
    (
        Meaning::Address(AddressPart::City),
        "city town addresscity stadt ort ville ciudad città cidade город місто 城市 도시",
    ),
    (Meaning::Address(AddressPart::Region), "state province region county addressstate bundesland"),
    (
        Meaning::Address(AddressPart::PostalCode),
        "postalcode postcode zip zipcode plz postleitzahl codepostal códigopostal codigopostal индекс",
    ),
    (Meaning::Address(AddressPart::Country), "addresscountry countryofaddress"),
    (Meaning::Property("gender"), "gender sex geschlecht sexe sexo sesso пол стать 性别 性別 성별 الجنس"),
    (
        Meaning::Property("birthPlace"),
        "birthplace placeofbirth pob cityofbirth birthcity geburtsort lieudenaissance lugardenacimiento \
         luogodinascita месторождения 出生地",
    ),
    (Meaning::Property("position"), "position jobtitle occupation role function beruf должность"),
    (Meaning::Property("title"), "title salutation honorific anrede"),
    (Meaning::Property("email"), "email emails emailaddress mail emailid"),
    (Meaning::Property("website"), "website websites url web homepage domain"),
    (Meaning::Property("phone"), "phone phones phonenumber telephone tel mobile mobilenumber telefon"),
];

/// Words before a column's name that say whose it is: `customer_dob` is a date of birth.
const OWNERS: &[&str] = &[
    "customer",
    "client",
    "entity",
    "party",
    "subject",
    "person",
    "account",
    "beneficiary",
    "counterparty",
    "company",
    "vessel",
    "ship",
    "business",
    "organisation",
    "organization",
    "individual",
    "applicant",
    "supplier",
    "vendor",
    "partner",
    "registered",
    "primary",
    "main",
];

/// A column's name as the table has it: without what stands in brackets, in lower case, letters and digits only.
pub fn header_key(name: &str) -> String {
    let mut depth = 0u32;
    let mut key = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && letter.is_alphanumeric() => key.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    key
}

/// What a column of this name is taken for.
pub fn recognise(name: &str) -> Option<Meaning> {
    ranked(name).map(|(meaning, _)| meaning)
}

/// A column's meaning, and how plainly its name says so: less is plainer.
fn ranked(name: &str) -> Option<(Meaning, usize)> {
    let key = header_key(name);
    let owned =
        |owner: &&str| key.strip_prefix(owner).and_then(find).map(|(meaning, rank)| (meaning, rank + 1000));
    find(&key).or_else(|| OWNERS.iter().find_map(owned))
}

fn find(key: &str) -> Option<(Meaning, usize)> {
    WORDS.get(key).copied().or_else(|| ftm_property(key).map(|meaning| (meaning, 0)))
}

/// The words of the table with their meaning and their place in its row.
static WORDS: LazyLock<BTreeMap<&str, (Meaning, usize)>> = LazyLock::new(|| {
    let row = |(meaning, words): &(Meaning, &'static str)| {
        let meaning = *meaning;
        words.split_ascii_whitespace().enumerate().map(move |(rank, word)| (word, (meaning, rank)))
    };
    TABLE.iter().flat_map(row).collect()
});

/// A `FollowTheMoney` property in lower case.
fn ftm_property(key: &str) -> Option<Meaning> {
    fn row<T: Copy>(table: &[(T, &'static str)], key: &str) -> Option<T> {
        table.iter().find(|row| row.1.eq_ignore_ascii_case(key)).map(|row| row.0)
    }
    let scheme = || Scheme::all().find(|scheme| scheme.property().eq_ignore_ascii_case(key));
    row(&NameKind::TABLE, key)
        .map(Meaning::Name)
        .or_else(|| row(&NamePartKind::TABLE, key).map(Meaning::Part))
        .or_else(|| row(&DateRole::TABLE, key).map(Meaning::Date))
        .or_else(|| row(&CountryRole::TABLE, key).map(Meaning::Country))
        .or_else(|| scheme().map(Meaning::Identifier))
}

/// Takes each column of a header for what its name says. Of several columns for a thing a record has once, the one
/// that says so most plainly is taken and the others are carried.
pub fn layout(header: &[String]) -> Vec<Column> {
    let found: Vec<Option<(Meaning, usize)>> = header.iter().map(|name| ranked(name)).collect();
    let best = |meaning: Meaning| {
        let ranks = found.iter().enumerate().filter_map(|(index, found)| Some((index, (*found)?)));
        ranks
            .filter(|(_, (other, _))| *other == meaning)
            .min_by_key(|(_, (_, rank))| *rank)
            .map(|(index, _)| index)
    };
    let mut columns: Vec<Column> = Vec::with_capacity(header.len());
    for (index, name) in header.iter().enumerate() {
        let meaning = found.get(index).copied().flatten().map(|(meaning, _)| meaning);
        let meaning = meaning.filter(|meaning| !meaning.is_single() || best(*meaning) == Some(index));
        columns.push(Column { name: unique(name.trim(), index, &columns), meaning });
    }
    columns
}

fn unique(name: &str, index: usize, columns: &[Column]) -> String {
    let base = if name.is_empty() { format!("column {}", index + 1) } else { name.to_owned() };
    let taken = |name: &str| columns.iter().any(|column| column.name == name);
    if !taken(&base) {
        return base;
    }
    let mut numbered = (2..=columns.len() + 2).map(|count| format!("{base} ({count})"));
    numbered.find(|name| !taken(name)).unwrap_or(base)
}

/// Whether the only "header" is likelier a name than a title: a file that is just a list of names.
pub fn is_bare_list(columns: &[Column]) -> bool {
    matches!(columns, [Column { name, meaning: None }] if name.chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_things() {
        let mut seen = BTreeMap::new();
        for (meaning, names) in TABLE {
            for name in names.split_ascii_whitespace() {
                assert_eq!(name, header_key(name), "the table must be written as keys");
                let before = seen.insert(name, *meaning);
                assert_eq!(before, None, "`{name}`");
            }
        }
    }

    #[test]
    fn names_people_use() {
        let name = Meaning::Name(NameKind::Primary);
        let birth = Meaning::Date(DateRole::Birth);
        for (header, expected) in [
            ("name", Some(name)),
            ("Full Name", Some(name)),
            ("FULL-NAME", Some(name)),
            ("fullName", Some(name)),
            ("\u{feff}name", Some(name)),
            ("customer_name", Some(name)),
            ("Entity Name", Some(name)),
            ("company_name", Some(Meaning::Fallback(Schema::Organization))),
            ("Company", Some(Meaning::Fallback(Schema::Organization))),
            ("vessel name", Some(Meaning::Fallback(Schema::Vessel))),
            ("first_name", Some(Meaning::Part(NamePartKind::Given))),
            ("Given Name(s)", Some(Meaning::Part(NamePartKind::Given))),
            ("surname", Some(Meaning::Part(NamePartKind::Family))),
            ("family_name", Some(Meaning::Part(NamePartKind::Family))),
            ("middle_name", Some(Meaning::Part(NamePartKind::Middle))),
            ("A.K.A.", Some(Meaning::Name(NameKind::Alias))),
            ("weakAlias", Some(Meaning::Name(NameKind::WeakAlias))),
            ("DOB", Some(birth)),
            ("Date of Birth (YYYY-MM-DD)", Some(birth)),
            ("birth_date", Some(birth)),
            ("customer_dob", Some(birth)),
            ("year_of_birth", Some(birth)),
            ("Geburtsdatum", Some(birth)),
            ("дата рождения", Some(birth)),
            ("birthDate", Some(birth)),
            ("nationality", Some(Meaning::Country(CountryRole::Nationality))),
            ("Citizenship", Some(Meaning::Country(CountryRole::Citizenship))),
            ("country_of_birth", Some(Meaning::Country(CountryRole::Birth))),
            ("place_of_birth", Some(Meaning::Property("birthPlace"))),
            ("country", Some(Meaning::Country(CountryRole::Country))),
            ("sex", Some(Meaning::Property("gender"))),
            ("schema", Some(Meaning::Schema)),
            ("Entity Type", Some(Meaning::Schema)),
            ("passport_no", Some(identifier(Scheme::Passport))),
            ("id_number", Some(identifier(Scheme::NationalId))),
            ("national id", Some(identifier(Scheme::NationalId))),
            ("INN", Some(identifier(Scheme::Inn))),
            ("tax_id", Some(identifier(Scheme::TaxId))),
            ("imo_number", Some(identifier(Scheme::ImoShip))),
            ("MMSI", Some(identifier(Scheme::Mmsi))),
            ("call_sign", Some(identifier(Scheme::CallSign))),
            ("leiCode", Some(identifier(Scheme::Lei))),
            ("swift", Some(identifier(Scheme::Bic))),
            ("iban", Some(identifier(Scheme::Iban))),
            ("isin", Some(identifier(Scheme::Isin))),
            ("registration_number", Some(identifier(Scheme::Registration))),
            ("wallet", Some(identifier(Scheme::Crypto))),
            ("uniqueEntityId", Some(identifier(Scheme::Uei))),
            ("address", Some(Meaning::Address(AddressPart::Street))),
            ("postal_code", Some(Meaning::Address(AddressPart::PostalCode))),
            ("flag", Some(Meaning::Country(CountryRole::Flag))),
            ("pastFlags", Some(Meaning::Country(CountryRole::PastFlag))),
            ("id", Some(Meaning::Id)),
            ("customer_id", Some(Meaning::Id)),
            ("email", Some(Meaning::Property("email"))),
            ("position", Some(Meaning::Property("position"))),
            ("segment", None),
            ("filename", None),
            ("country_risk", None),
            ("", None),
        ] {
            assert_eq!(recognise(header), expected, "{header}");
        }
    }

    #[test]
    fn a_second_key_is_carried_and_repeated_names_are_numbered() {
        let header = ["no", "company_id", "name", "id", "note", "note", ""].map(str::to_owned);
        let columns = layout(&header);
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["no", "company_id", "name", "id", "note", "note (2)", "column 7"]);
        let keys: Vec<bool> = columns.iter().map(|column| column.meaning == Some(Meaning::Id)).collect();
        assert_eq!(keys, [false, false, false, true, false, false, false]);
    }
}
