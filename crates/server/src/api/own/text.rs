//! `/text`: listed parties named in running text.

use crate::api::extract::{Body, Params};
use crate::api::query::share;
use crate::caller::Asker;
use crate::error::{ErrorBody, Outcome};
use crate::question::{self, Answered, Question};
use crate::screeners::{Asked, Scope, Screeners};
use crate::service::{Now, Shared};
use axum::extract::State;
use axum::response::Response;
use cordon_screening::input::whole_text;
use cordon_screening::text::{Mention, THRESHOLD, scan};
use cordon_screening::wire::{Checked, WireMatch};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(text))
}

/// How a text is read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct How {
    /// A list or collection.
    #[serde(default = "all")]
    #[param(default = "all")]
    dataset: String,
    /// Least score of a name, 0 to 1.
    #[param(default = 0.85, minimum = 0, maximum = 1)]
    threshold: Option<f64>,
    /// Named set of weights.
    #[param(default = "default")]
    policy: Option<String>,
}

fn all() -> String {
    "all".to_owned()
}

/// A mention: where it stands, and the match of answers.
#[derive(Serialize)]
struct WireMention<'a> {
    quote: &'a str,
    line: usize,
    start: usize,
    end: usize,
    char_start: usize,
    char_end: usize,
    mention: &'static str,
    #[serde(flatten)]
    found: WireMatch<'a>,
}

#[derive(Serialize)]
struct Answer<'a> {
    mentions: Vec<WireMention<'a>>,
    /// Parties named.
    entities: usize,
    threshold: f64,
    checked: &'a Checked,
}

/// A text, asked of a dataset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TextQuestion {
    dataset: String,
    policy: String,
    threshold: f64,
    text: String,
}

impl Question for TextQuestion {
    const WORD: &'static str = "text";

    fn scope(&self) -> Scope {
        Scope::of(&self.dataset)
    }

    fn policy(&self) -> &str {
        &self.policy
    }

    fn answer(&self, _: &Screeners, asked: &Asked) -> Outcome<Answered> {
        let mentions = scan(&self.text, &asked.screener, self.threshold);
        let entities: BTreeSet<&str> =
            mentions.iter().map(|mention| mention.found.entity.id.as_str()).collect();
        let wire = mentions.iter().map(|mention| WireMention {
            quote: &mention.quote,
            line: mention.line,
            start: mention.bytes.start,
            end: mention.bytes.end,
            char_start: mention.chars.start,
            char_end: mention.chars.end,
            mention: match mention.mention {
                Mention::Full => "full",
                Mention::Short => "short",
            },
            found: WireMatch::new(&mention.found, self.threshold),
        });
        let entities = entities.len();
        let answer =
            Answer { entities, mentions: wire.collect(), threshold: self.threshold, checked: &asked.checked };
        let matched = u64::from(entities > 0);
        Ok(Answered { matched, matches: entities as u64, ..Answered::json(&answer)? })
    }
}

/// Finds the listed parties named in a text, which is the body (UTF-8, or another encoding that can be told).
#[utoipa::path(
    post, path = "/text", tag = "cordon", params(How),
    request_body(content = String, content_type = "text/plain"),
    responses((status = 200, description = "Mentions in the order of the text", content_type = "application/json"),
        (status = "4XX", body = ErrorBody))
)]
async fn text(
    State(service): State<Shared>,
    Now(screeners): Now,
    asker: Asker,
    Params(how): Params<How>,
    Body(body): Body,
) -> Outcome<Response> {
    let question = TextQuestion {
        dataset: how.dataset,
        policy: how.policy.unwrap_or_else(|| "default".to_owned()),
        threshold: share("threshold", how.threshold.unwrap_or(THRESHOLD))?,
        text: whole_text(body.to_vec()).0,
    };
    question::answer(&service, screeners, &asker, question).await
}
