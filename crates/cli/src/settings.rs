//! The settings file: `cordon.toml` in the home folder, or the one named by `--settings`.
//! In: the file; `docs/settings.md` tells every key. Out: every value checked. Deliberately absent: weights of
//! matching, which belong to policies.

use crate::fault::{Fault, Outcome};
use cordon_adapters::HttpSettings;
use cordon_lists::{ListFormat, OwnTable, Reading, STARTER, format_named, watchlist};
use cordon_model::{Bounds, Watchlist};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of the settings file in the home folder.
const NAME: &str = "cordon.toml";

/// Hours between two looks at a list, where nothing is said.
const CADENCE_HOURS: u32 = 24;

/// What the operator set.
#[derive(Default)]
pub(crate) struct Settings {
    /// How to fetch.
    pub(crate) http: HttpSettings,
    /// Lists of one's own, and known ones that are to be otherwise, by id.
    pub(crate) lists: BTreeMap<String, OwnList>,
}

/// A list as the settings have it.
pub(crate) struct OwnList {
    pub(crate) title: String,
    pub(crate) source: OwnSource,
    /// How it is read; `None` for the first format that recognises it.
    pub(crate) format: Option<OwnFormat>,
    pub(crate) bounds: Bounds,
    pub(crate) cadence_hours: u32,
}

/// How a list of one's own is read.
pub(crate) enum OwnFormat {
    Known(&'static dyn ListFormat),
    Table(Box<OwnTable>),
}

impl OwnFormat {
    /// The format.
    pub(crate) fn get(&self) -> &dyn ListFormat {
        match self {
            Self::Known(format) => *format,
            Self::Table(table) => &**table,
        }
    }
}

/// Where a list of one's own comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OwnSource {
    File(PathBuf),
    Addresses(Vec<String>),
    /// An index in OpenSanctions' form, and the data set meant in it.
    Index(String, String),
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    fetch: FetchTable,
    lists: BTreeMap<String, ListTable>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FetchTable {
    user_agent: Option<String>,
    proxy: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ListTable {
    title: Option<String>,
    file: Option<PathBuf>,
    address: Option<String>,
    addresses: Option<Vec<String>>,
    index: Option<String>,
    dataset: Option<String>,
    format: Option<String>,
    columns: BTreeMap<String, String>,
    program: Option<String>,
    authority: Option<String>,
    measures: Option<Vec<String>>,
    cadence_hours: Option<u32>,
    bounds: Option<BoundsTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BoundsTable {
    least: Option<usize>,
    most: Option<usize>,
    largest_fall: Option<f64>,
}

impl Settings {
    /// Reads the file named, which must be there, or the one in the home folder, which need not.
    pub(crate) fn read(named: Option<&Path>, home: &Path) -> Outcome<Self> {
        let path = named.map_or_else(|| home.join(NAME), Path::to_owned);
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let folder = path.parent().unwrap_or(Path::new(""));
                Self::parse(&text, folder)
                    .map_err(|reason| Fault::new(format!("settings `{}`: {reason}", path.display())))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => {
                Ok(Self::default())
            }
            Err(error) => Err(Fault::of(&error).about(format!("cannot read settings `{}`", path.display()))),
        }
    }

    fn parse(text: &str, folder: &Path) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| {
            let line =
                error.span().map(|span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
            let line = line.map(|line| format!("line {line}: ")).unwrap_or_default();
            format!("{line}{}", error.message())
        })?;
        let default = HttpSettings::default();
        let http = HttpSettings {
            user_agent: file.fetch.user_agent.unwrap_or_else(|| default.user_agent.clone()),
            proxy: file.fetch.proxy,
            ..default
        };
        let checked = |(id, table): (String, ListTable)| {
            let list = OwnList::new(&id, table, folder).map_err(|reason| format!("list `{id}`: {reason}"))?;
            Ok((id, list))
        };
        let lists = file.lists.into_iter().map(checked).collect::<Result<_, String>>()?;
        Ok(Self { http, lists })
    }
}

impl OwnList {
    /// Whether the settings say how it is read.
    pub(crate) fn is_table(&self) -> bool {
        matches!(self.format, Some(OwnFormat::Table(_)))
    }

    fn new(id: &str, table: ListTable, folder: &Path) -> Result<Self, String> {
        let letter = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
        if id == STARTER || id.is_empty() || id.len() > 100 || !id.bytes().all(letter) {
            return Err(
                "not an id for a list: use lower case letters, digits and `_`, at most 100 characters".into(),
            );
        }
        let row = watchlist(id);
        let format = format(&table, row)?;
        let title = table.title.clone().or_else(|| row.map(|row| row.title.to_owned())).unwrap_or_default();
        let bounds = bounds(table.bounds.as_ref(), row.map_or(Bounds::UNKNOWN, |row| row.bounds))?;
        let cadence_hours = table.cadence_hours.or(row.map(|row| row.cadence_hours)).unwrap_or(CADENCE_HOURS);
        if cadence_hours == 0 {
            return Err("`cadence_hours` must be 1 or more".to_owned());
        }
        Ok(Self { title, source: source(id, table, row, folder)?, format, bounds, cadence_hours })
    }
}

/// Where it comes from: exactly one way must be given, unless the list is known.
fn source(id: &str, table: ListTable, row: Option<&Watchlist>, folder: &Path) -> Result<OwnSource, String> {
    if table.dataset.is_some() && table.index.is_none() {
        return Err("`dataset` is of use with `index` only".to_owned());
    }
    let dataset = table.dataset.unwrap_or_else(|| id.to_owned());
    let ways = [
        table.file.map(|file| OwnSource::File(folder.join(file))),
        table.address.map(|address| OwnSource::Addresses(vec![address])),
        table.addresses.map(OwnSource::Addresses),
        table.index.map(|index| OwnSource::Index(index, dataset)),
    ];
    let mut ways: Vec<OwnSource> = ways.into_iter().flatten().collect();
    if ways.is_empty()
        && let Some(row) = row
    {
        ways.push(OwnSource::Addresses(row.addresses.iter().map(|address| (*address).to_owned()).collect()));
    }
    let addresses: &[String] = match ways.as_slice() {
        [OwnSource::Addresses(addresses)] if addresses.is_empty() => {
            return Err("`addresses` names none".to_owned());
        }
        [OwnSource::Addresses(addresses)] => addresses,
        [OwnSource::Index(address, _)] => std::slice::from_ref(address),
        [OwnSource::File(_)] => &[],
        _ => return Err("give one of `file`, `address`, `addresses` and `index`".to_owned()),
    };
    let known = |address: &String| ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
    match addresses.iter().find(|address| !known(address)) {
        Some(wrong) => Err(format!("`{wrong}` is not a web address: it must begin with https:// or http://")),
        None => ways.pop().ok_or_else(String::new),
    }
}

/// How it is read. Columns and what being listed means can be said of tables of one's own only.
fn format(table: &ListTable, row: Option<&Watchlist>) -> Result<Option<OwnFormat>, String> {
    let own = !table.columns.is_empty()
        || table.program.is_some()
        || table.authority.is_some()
        || table.measures.is_some();
    let named = table.format.as_deref().or(row.map(|row| row.format));
    if own && named.is_some_and(|format| format != "plain_csv") {
        return Err(
            "`columns`, `program`, `authority` and `measures` are for format `plain_csv` only".to_owned()
        );
    }
    if own && table.index.is_some() {
        return Err("`columns`, `program`, `authority` and `measures` are not for an `index`".to_owned());
    }
    if own {
        let mut reading = Reading::default();
        if let Some(program) = &table.program {
            reading = reading.program(program);
        }
        if let Some(authority) = &table.authority {
            reading = reading.authority(authority);
        }
        if let Some(measures) = &table.measures {
            reading = reading.measures(measures.iter().map(String::as_str))?;
        }
        for (column, field) in &table.columns {
            reading =
                reading.column(column, field).map_err(|reason| format!("column `{column}`: {reason}"))?;
        }
        return Ok(Some(OwnFormat::Table(Box::new(OwnTable(reading)))));
    }
    let Some(named) = named else { return Ok(None) };
    let format = format_named(named).ok_or_else(|| {
        let known: Vec<&str> = cordon_lists::FORMATS.iter().map(|format| format.id()).collect();
        format!("no format is called `{named}`: known are {}", known.join(", "))
    })?;
    Ok(Some(OwnFormat::Known(format)))
}

fn bounds(table: Option<&BoundsTable>, usual: Bounds) -> Result<Bounds, String> {
    let Some(table) = table else { return Ok(usual) };
    let bounds = Bounds {
        least: table.least.unwrap_or(usual.least),
        most: table.most.unwrap_or(usual.most),
        largest_fall: table.largest_fall.unwrap_or(usual.largest_fall),
    };
    if bounds.least > bounds.most {
        return Err(format!("`bounds`: least {} is above most {}", bounds.least, bounds.most));
    }
    if !(0.0..=1.0).contains(&bounds.largest_fall) {
        return Err("`bounds`: largest_fall must be from 0 to 1".to_owned());
    }
    Ok(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Settings, String> {
        Settings::parse(text, Path::new("/etc/cordon"))
    }

    #[test]
    fn lists_of_ones_own() {
        let settings = parse(
            r#"
            [fetch]
            user_agent = "bank/1"
            [lists.house]
            title = "House list"
            file = "house.csv"
            bounds = { most = 50 }
            columns = { Kunde = "name", Notiz = "ignore" }
            [lists.sanctions]
            index = "https://example.org/index.json"
            [lists.us_ofac_sdn]
            cadence_hours = 3
            "#,
        )
        .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(settings.http.user_agent, "bank/1");
        let house = &settings.lists["house"];
        assert_eq!(house.source, OwnSource::File("/etc/cordon/house.csv".into()));
        assert_eq!((house.title.as_str(), house.bounds.least, house.bounds.most), ("House list", 1, 50));
        assert_eq!(
            (house.cadence_hours, house.format.as_ref().map(|format| format.get().id())),
            (24, Some("plain_csv"))
        );
        let index = OwnSource::Index("https://example.org/index.json".to_owned(), "sanctions".to_owned());
        assert_eq!(settings.lists["sanctions"].source, index);
        let sdn = &settings.lists["us_ofac_sdn"];
        let usual = watchlist("us_ofac_sdn").unwrap().addresses.iter().map(ToString::to_string).collect();
        assert_eq!(sdn.source, OwnSource::Addresses(usual));
        assert_eq!((sdn.cadence_hours, sdn.bounds.least), (3, 5000));
    }

    /// Every mistake is one line that says where and what.
    #[test]
    fn wrong_settings_are_one_clear_line() {
        for (text, words) in [
            ("lists", "line 1: "),
            ("[lists.a]\nfile = 3", "line 2: invalid type"),
            ("[lists.a]\nfile = \"x\"\ncolour = \"red\"", "line 3: unknown field `colour`"),
            ("[lists.\"Upper Case\"]\nfile = \"x\"", "`Upper Case`: not an id"),
            ("[lists.starter]\nfile = \"x\"", "`starter`: not an id"),
            ("[lists.a]\ntitle = \"x\"", "list `a`: give one of `file`"),
            ("[lists.a]\nfile = \"x\"\naddress = \"https://x\"", "list `a`: give one of `file`"),
            ("[lists.a]\naddresses = []", "`addresses` names none"),
            ("[lists.a]\naddress = \"ftp://x\"", "`ftp://x` is not a web address"),
            ("[lists.a]\nfile = \"x\"\nformat = \"xls\"", "no format is called `xls`: known are ofac_csv"),
            (
                "[lists.a]\nfile = \"x\"\ncolumns = { A = \"shoe size\" }",
                "column `A`: `shoe size` is not a field",
            ),
            (
                "[lists.a]\nfile = \"x\"\nmeasures = [\"freeze\"]",
                "`freeze` is not a measure: known are asset freeze",
            ),
            ("[lists.a]\nfile = \"x\"\nformat = \"un_xml\"\nprogram = \"p\"", "for format `plain_csv` only"),
            ("[lists.a]\nfile = \"x\"\nbounds = { least = 9, most = 3 }", "least 9 is above most 3"),
            ("[lists.a]\nfile = \"x\"\nbounds = { largest_fall = 3.0 }", "from 0 to 1"),
            ("[lists.a]\nfile = \"x\"\ncadence_hours = 0", "must be 1 or more"),
            ("[lists.a]\nfile = \"x\"\ndataset = \"y\"", "`dataset` is of use with `index` only"),
        ] {
            let Err(line) = parse(text) else { panic!("{text}") };
            assert!(line.contains(words) && !line.contains('\n'), "{text}: {line}");
        }
    }
}
