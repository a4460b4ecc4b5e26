//! `/`: one party against the lists, each match with its two names side by side and the evidence.

use super::asking::Asking;
use super::frame::{Frame, Visitor, shown};
use super::guard::{Trouble, back, theme_cookie};
use crate::api::extract::Body;
use crate::api::query::Pairs;
use crate::caller::Scope as Right;
use crate::error::{ApiError, Outcome};
use crate::question::{Question as _, keep};
use crate::service::Shared;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use cordon_matching::{Aligned, Match};
use cordon_model::{
    Country, CountryRole, DateRole, Entity, Identifier, Name, NameKind, PartialDate, Schema, Scheme,
};
use cordon_report::shown::{counted, cut, one_line};
use cordon_report::view::{self, Act, Fact, Verdict};
use cordon_screening::batch::Screened;
use cordon_screening::input::Row;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/", get(search)).route("/ui/theme", post(colours))
}

/// Most matches shown.
const MOST: usize = 50;
/// Longest text of a field, in characters.
const LONGEST: usize = 2000;
/// Most lines of facts and names shown of one match; the entity's page has all.
const MOST_LINES: usize = 12;

/// Kinds of party one can ask for: the word in addresses, the word shown.
const KINDS: [(&str, &str); 6] = [
    ("Person", "Person"),
    ("Organization", "Organisation"),
    ("Company", "Company"),
    ("Vessel", "Vessel"),
    ("Airplane", "Aircraft"),
    ("CryptoWallet", "Wallet"),
];

/// What the form holds.
#[derive(Default)]
struct Fields {
    name: String,
    kind: String,
    born: String,
    country: String,
    number: String,
    threshold: String,
    lists: Vec<String>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    title: String,
    fields: Fields,
    kinds: &'static [(&'static str, &'static str)],
    countries: Vec<(String, &'static str)>,
    lists: Vec<Choice>,
    usual: String,
    /// Filters are open when one is set.
    has_filters: bool,
    fault: String,
    answer: Option<Answer>,
}

/// A list one can ask.
struct Choice {
    id: String,
    title: String,
    chosen: bool,
}

struct Answer {
    verdict: String,
    is_clear: bool,
    hits: Vec<Hit>,
    checked: String,
    policy: String,
    record: Option<i64>,
}

struct Hit {
    score: String,
    strong: bool,
    caption: String,
    address: String,
    schema: &'static str,
    list: String,
    names: (String, String),
    words: Vec<Word>,
    evidence: Vec<Line>,
    facts: Vec<Fact>,
    acts: Vec<Act>,
}

/// Words of the two names, one above the other.
struct Word {
    asked: String,
    listed: String,
    class: &'static str,
    note: String,
}

struct Line {
    signal: String,
    verdict: Verdict,
    points: String,
    query: String,
    candidate: String,
    detail: String,
}

impl Fields {
    fn read(pairs: &Pairs) -> Self {
        let text = |name| pairs.one(name).unwrap_or_default().to_owned();
        Self {
            name: text("name"),
            kind: text("kind"),
            born: text("born"),
            country: text("country"),
            number: text("number"),
            threshold: text("threshold"),
            lists: pairs.many("list"),
        }
    }

    fn is_empty(&self) -> bool {
        self.name.is_empty() && self.number.is_empty()
    }

    fn has_filters(&self) -> bool {
        [&self.kind, &self.born, &self.country, &self.number, &self.threshold]
            .iter()
            .any(|text| !text.is_empty())
            || !self.lists.is_empty()
    }

    /// The question the fields ask.
    fn asking(&self) -> Outcome<Asking> {
        for (field, text) in [("name", &self.name), ("number", &self.number)] {
            if text.chars().count() > LONGEST {
                let message = format!("`{field}` has more than {LONGEST} letters");
                return Err(ApiError::bad(field, message).limit(LONGEST as u64));
            }
        }
        Ok(Asking {
            lists: self.lists.clone(),
            threshold: self.threshold()?,
            limit: MOST,
            queries: vec![self.query()?],
        })
    }

    fn threshold(&self) -> Outcome<Option<f64>> {
        if self.threshold.is_empty() {
            return Ok(None);
        }
        let number = self.threshold.parse().ok().filter(|number| (0.0..=1.0).contains(number));
        let wrong = || ApiError::bad("threshold", "the least score is a number from 0 to 1, as `0.7`");
        number.map(Some).ok_or_else(wrong)
    }

    fn query(&self) -> Outcome<Entity> {
        let schema = match self.kind.as_str() {
            "" => Schema::Thing,
            kind => Schema::from_word(kind)
                .ok_or_else(|| ApiError::bad("kind", format!("no kind is called `{}`", cut(kind, 40))))?,
        };
        let mut query = Entity::new(String::new().into(), schema);
        if !self.name.is_empty() {
            query.add_name(Name::new(NameKind::Primary, &self.name));
        }
        if !self.born.is_empty() {
            let date = PartialDate::parse(&self.born).map_err(|error| {
                ApiError::bad("born", format!("{error}; a year, a month or a day, as `1957-03-01`"))
            })?;
            query.add_date(DateRole::Birth, date);
        }
        if !self.country.is_empty() {
            let country =
                Country::parse(&self.country).map_err(|error| ApiError::bad("country", error.to_string()))?;
            query.add_country(CountryRole::Country, country);
        }
        if !self.number.is_empty() {
            let number = Identifier::parse(Scheme::Other, &self.number)
                .map_err(|error| ApiError::bad("number", error.to_string()))?;
            query.add_identifier(number);
        }
        Ok(query)
    }
}

async fn search(State(service): State<Shared>, visitor: Visitor, pairs: Pairs) -> Result<Response, Trouble> {
    visitor.need(Right::Screen)?;
    let fields = Fields::read(&pairs);
    let (answer, fault) = if fields.is_empty() {
        (None, String::new())
    } else {
        match answer(&service, &visitor, &fields).await {
            Ok(answer) => (Some(answer), String::new()),
            // What a person wrote wrongly is said beside what they wrote.
            Err(error) if error.code().status().is_client_error() => (None, error.message().to_owned()),
            Err(error) => return Err(error.into()),
        }
    };
    shown(&page(&visitor, fields, answer, fault))
}

fn page(visitor: &Visitor, fields: Fields, answer: Option<Answer>, fault: String) -> SearchPage {
    let lists = visitor.screeners.lists().iter().map(|held| Choice {
        id: held.id().to_owned(),
        title: held.title.clone(),
        chosen: fields.lists.iter().any(|id| id == held.id()),
    });
    let mut countries: Vec<(String, &'static str)> =
        Country::all().map(|country| (country.code().to_owned(), country.name())).collect();
    countries.sort_by_key(|country| country.1);
    SearchPage {
        frame: visitor.frame("/"),
        title: if fields.name.is_empty() { "Search".to_owned() } else { view::name(&fields.name) },
        kinds: &KINDS,
        countries,
        lists: lists.collect(),
        usual: cordon_matching::Policy::default().threshold().to_string(),
        has_filters: fields.has_filters(),
        fields,
        fault,
        answer,
    }
}

async fn answer(service: &Shared, visitor: &Visitor, fields: &Fields) -> Outcome<Answer> {
    let asking = fields.asking()?;
    let asked = visitor.screeners.asked(&asking.scope(), asking.policy())?;
    let of = std::sync::Arc::clone(&asked);
    let (asking, screened, answered) = service
        .matching(move || {
            let rows = asking.queries.iter().cloned().map(Row::asking).collect();
            let screened = asking.screened(&of, rows);
            let answered = asking.recorded(&of, &screened)?;
            Ok((asking, screened, answered))
        })
        .await?;
    service.metrics.screened(answered.names, answered.matched, answered.matches);
    let record = keep(service, &visitor.asker, &asking, &answered, &asked.checked).await?;
    let Some(Screened { row, matches }) = screened.into_iter().next() else {
        return Err(ApiError::internal("a question without a row"));
    };
    if let Some(error) = row.error {
        return Err(ApiError::bad("name", error));
    }
    let threshold = asking.options(&asked).threshold;
    let verdict = match matches.len() {
        0 => format!("Nothing in the lists checked matches at or above {threshold}."),
        MOST => format!("The best {MOST} matches at or above {threshold}; there may be more."),
        count => format!("{} at or above {threshold}.", counted(count as u64, "match")),
    };
    let checked: Vec<String> = asked
        .checked
        .lists
        .iter()
        .map(|list| {
            let day = list.published.as_deref().unwrap_or("undated");
            format!("{} ({day}, {})", list.id, counted(list.entities as u64, "entity"))
        })
        .collect();
    Ok(Answer {
        is_clear: matches.is_empty(),
        verdict,
        hits: matches.iter().map(|found| hit(&row.query, found)).collect(),
        checked: checked.join(", "),
        policy: asked.checked.policy.clone(),
        record,
    })
}

/// The address of an entity's page.
pub(super) fn address(id: &str) -> String {
    let id: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    format!("/ui/entity?id={id}")
}

fn hit(query: &Entity, found: &Match) -> Hit {
    let entity = &found.entity;
    let name = found.evidence.iter().find(|evidence| evidence.signal == "name");
    let lines = found.evidence.iter().map(|evidence| {
        let verdict = view::verdict(evidence);
        Line {
            signal: view::signal(evidence),
            verdict,
            points: if verdict == Verdict::Neither {
                "0".to_owned()
            } else {
                format!("{:+.1}", evidence.score)
            },
            query: view::name(&evidence.query),
            candidate: view::name(&evidence.candidate),
            detail: one_line(&evidence.detail),
        }
    });
    Hit {
        score: view::score(found.score),
        strong: found.score >= 0.9,
        caption: view::name(entity.caption()),
        address: address(entity.id.as_str()),
        schema: entity.schema.as_str(),
        list: entity.id.list().to_owned(),
        names: view::compared_names(query, found),
        words: name.map(|evidence| evidence.aligned.iter().map(word).collect()).unwrap_or_default(),
        evidence: lines.collect(),
        facts: view::facts(entity).into_iter().take(MOST_LINES).collect(),
        acts: entity.designations.iter().take(MOST_LINES).map(view::act).collect(),
    }
}

/// Words side by side with the class of how alike they are.
fn word(pair: &Aligned) -> Word {
    let (class, note) = match (pair.asked.is_empty(), pair.listed.is_empty(), pair.likeness) {
        (true, _, _) => ("lone", "only listed".to_owned()),
        (_, true, _) => ("lone", "only asked".to_owned()),
        (_, _, 1000) => ("same", "the same".to_owned()),
        (_, _, likeness) => ("alike", format!("{} % alike", likeness / 10)),
    };
    Word { asked: cut(&pair.asked, 80), listed: cut(&pair.listed, 80), class, note }
}

/// Keeps the colours chosen and goes back.
async fn colours(Body(body): Body) -> Result<Response, Trouble> {
    let form = Pairs::read(&body)?;
    let cookie = theme_cookie(form.one("theme").unwrap_or_default());
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&back(form.one("back")))).into_response())
}
