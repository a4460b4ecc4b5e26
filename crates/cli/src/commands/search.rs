//! `cordon search`: one name against the lists.

use super::screen::{close, heading, options, summary};
use super::{Answer, Run};
use crate::arguments::{Against, Most, To};
use crate::fault::{Fault, Outcome};
use crate::output::{self, Closing, Paper, report, tell};
use crate::target::Target;
use crate::wiring::World;
use clap::Args;
use cordon_model::{
    Country, CountryRole, DateRole, Entity, Identifier, Name, NameKind, PartialDate, Schema, Scheme,
};
use cordon_screening::batch::{Counts, screen};
use cordon_screening::input::Row;
use std::time::Instant;

/// Ask about one name
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The name; several words need no quotes
    #[arg(required = true, num_args = 1.., value_name = "NAME")]
    name: Vec<String>,

    /// Kind of party: Person, Company, Organization, Vessel, …
    #[arg(long, value_parser = schema)]
    schema: Option<Schema>,

    /// Another name of the same party
    #[arg(long, value_name = "NAME")]
    alias: Vec<String>,

    /// Date of birth: a year, a month or a day
    #[arg(long, value_name = "DATE")]
    birth_date: Vec<PartialDate>,

    /// A country it is tied to, by code or name
    #[arg(long, value_parser = country)]
    country: Vec<Country>,

    /// Nationality, by code or name
    #[arg(long, value_parser = country, value_name = "COUNTRY")]
    nationality: Vec<Country>,

    /// Gender: male, female or other
    #[arg(long, value_parser = ["male", "female", "other"])]
    gender: Option<String>,

    /// Number of a passport
    #[arg(long, value_name = "NUMBER")]
    passport: Vec<String>,

    /// IMO number of a ship or its owner
    #[arg(long, value_name = "NUMBER")]
    imo: Vec<String>,

    /// Any other identifier
    #[arg(long, value_name = "VALUE")]
    identifier: Vec<String>,

    #[command(flatten)]
    to: To,

    #[command(flatten)]
    against: Against,

    #[command(flatten)]
    most: Most,
}

fn schema(text: &str) -> Result<Schema, String> {
    let known = || Schema::all().map(Schema::as_str).collect::<Vec<_>>().join(", ");
    Schema::from_word(text).ok_or_else(|| format!("expected one of {}", known()))
}

fn country(text: &str) -> Result<Country, String> {
    Country::parse(text).map_err(|error| error.to_string())
}

impl Search {
    fn query(&self) -> Outcome<Entity> {
        let name = self.name.join(" ");
        if !name.chars().any(char::is_alphanumeric) {
            return Err(Fault::new("no name to search for"));
        }
        let mut query = Entity::new(String::new().into(), self.schema.unwrap_or(Schema::Thing));
        query.add_name(Name::new(NameKind::Primary, &name));
        self.alias.iter().for_each(|alias| query.add_name(Name::new(NameKind::Alias, alias)));
        self.birth_date.iter().for_each(|date| query.add_date(DateRole::Birth, *date));
        self.country.iter().for_each(|country| query.add_country(CountryRole::Country, *country));
        self.nationality.iter().for_each(|country| query.add_country(CountryRole::Nationality, *country));
        self.gender.iter().for_each(|gender| query.add("gender", gender));
        for (scheme, values) in [
            (Scheme::Passport, &self.passport),
            (Scheme::ImoShip, &self.imo),
            (Scheme::Other, &self.identifier),
        ] {
            for value in values {
                query.add_identifier(Identifier::parse(scheme, value).map_err(|error| Fault::of(&error))?);
            }
        }
        Ok(query)
    }
}

impl Run for Search {
    fn run(&self, world: &World) -> Outcome<Answer> {
        let begun = Instant::now();
        let query = self.query()?;
        let against = &self.against;
        let loaded = world.load(&against.lists, against.as_of, against.policy.as_deref())?;
        let options = options(against, &self.most, &loaded);
        loaded.warnings.iter().for_each(|warning| tell(&format!("warning: {warning}")));
        let heading = heading(world, query.caption(), against, &loaded, options);
        let target = Target::open(self.to.output.as_deref())?;
        let paper = Paper::of(&target, world.no_color);
        let mut report = report(output::format(&self.to), target, heading, paper)?;
        let screened = screen(&loaded.screener, options, Row::asking(query));
        report.row(&screened).map_err(|error| Fault::writing(&error))?;
        let matched = !screened.matches.is_empty();
        let counts =
            Counts { rows: 1, matched: u64::from(matched), errors: u64::from(screened.row.error.is_some()) };
        let summary = summary(counts, options, begun);
        close(report, &Closing { summary, sha256: None })?;
        Ok(Answer::matched(matched))
    }
}
