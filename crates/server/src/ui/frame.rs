//! What stands around every page: navigation, who is logged in, which lists answers rest on.

use super::assets::EDITION;
use super::guard::Trouble;
use crate::caller::{Asker, Principal, Scope};
use crate::error::{ApiError, Outcome};
use crate::screeners::Screeners;
use crate::service::Shared;
use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{Html, IntoResponse as _, Response};
use std::sync::Arc;

/// Name of the cookie that keeps the colours chosen.
pub(super) const THEME: &str = "cordon-theme";

/// Who visits a page, and what pages need to know of them.
#[derive(Clone)]
pub(super) struct Visitor {
    pub(super) asker: Asker,
    /// The lists in force when the request came.
    pub(super) screeners: Arc<Screeners>,
    /// `light` or `dark` if chosen, else empty.
    theme: &'static str,
    /// The address asked for.
    here: String,
    /// Whether there are users to log in.
    pub(super) has_accounts: bool,
    pub(super) engine: String,
}

/// A list, as the foot of every page names it.
pub(super) struct Used {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) published: String,
}

/// What the layout shows.
pub(super) struct Frame {
    pub(super) edition: &'static str,
    pub(super) theme: &'static str,
    pub(super) here: String,
    pub(super) user: String,
    pub(super) csrf: String,
    pub(super) entries: Vec<Entry>,
    pub(super) lists: Vec<Used>,
    pub(super) engine: String,
    pub(super) has_accounts: bool,
}

/// An entry of the navigation.
pub(super) struct Entry {
    pub(super) address: &'static str,
    pub(super) word: &'static str,
    pub(super) is_here: bool,
}

/// Entries of the navigation, with what one must be allowed to see them, and whether they need accounts.
const ENTRIES: [(&str, &str, Scope, bool); 8] = [
    ("/", "Search", Scope::Screen, false),
    ("/ui/batch", "Files", Scope::Screen, false),
    ("/ui/lists", "Lists", Scope::Read, false),
    ("/ui/changes", "Changes", Scope::Read, false),
    ("/ui/evaluation", "Evaluation", Scope::Read, false),
    ("/ui/audit", "Record", Scope::Audit, true),
    ("/ui/users", "Users", Scope::Users, true),
    ("/ui/keys", "Keys", Scope::Keys, true),
];

impl Visitor {
    /// Who visits by this request.
    pub(super) fn of(service: &Shared, asker: Asker, uri: &Uri, headers: &HeaderMap) -> Self {
        let here = uri.path_and_query().map_or("/", |address| address.as_str()).to_owned();
        Self {
            asker,
            screeners: service.screeners(),
            theme: theme(headers),
            here,
            has_accounts: service.accounts.is_some(),
            engine: service.settings.engine.clone(),
        }
    }

    /// An error unless they may do this.
    pub(super) fn need(&self, scope: Scope) -> Outcome<()> {
        Ok(self.asker.caller.need(scope)?)
    }

    /// An error unless they may do this and a form came with the session's token.
    pub(super) fn may_change(&self, scope: Scope, token: Option<&str>) -> Outcome<()> {
        self.need(scope)?;
        Ok(self.asker.caller.check_csrf(token)?)
    }

    /// What stands around a page of the section at `address`.
    pub(super) fn frame(&self, address: &str) -> Frame {
        let caller = &self.asker.caller;
        let shown = ENTRIES.iter().filter(|row| caller.may(row.2) && (self.has_accounts || !row.3));
        let used = self.screeners.lists().iter().map(|held| Used {
            id: held.id().to_owned(),
            title: held.title.clone(),
            published: held.version.effective().map_or_else(|| "undated".to_owned(), |day| day.to_string()),
        });
        let user = match &caller.principal {
            Principal::User(_, name) => name.to_string(),
            _ => String::new(),
        };
        Frame {
            edition: &EDITION,
            theme: self.theme,
            here: self.here.clone(),
            csrf: caller.csrf.as_ref().map(|token| token.as_str().to_owned()).unwrap_or_default(),
            entries: shown
                .map(|row| Entry { address: row.0, word: row.1, is_here: row.0 == address })
                .collect(),
            lists: if *caller == crate::caller::Caller::nobody() { Vec::new() } else { used.collect() },
            engine: self.engine.clone(),
            has_accounts: self.has_accounts,
            user,
        }
    }
}

fn theme(headers: &HeaderMap) -> &'static str {
    let cookies = headers.get(header::COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    match pairs.find(|(name, _)| *name == THEME) {
        Some((_, "light")) => "light",
        Some((_, "dark")) => "dark",
        _ => "",
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Trouble> {
        let visitor = parts.extensions.get::<Self>().cloned();
        visitor.ok_or_else(|| Trouble(ApiError::internal("a page was asked for outside its frame")))
    }
}

/// A page.
pub(super) fn shown(page: &impl Template) -> Result<Response, Trouble> {
    let html = page.render().map_err(|error| Trouble(ApiError::internal(error.to_string())))?;
    Ok(Html(html).into_response())
}
