//! `/ui/users`, `/ui/keys`, `/ui/account`: who may do what.

use super::frame::{Frame, Visitor, shown};
use super::guard::Trouble;
use super::login::accounts;
use crate::api::extract::Body;
use crate::api::query::Pairs;
use crate::caller::Scope as Right;
use crate::error::{ApiError, Outcome};
use crate::service::Shared;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use cordon_casework::{LoginOutcome, NewKey, Password, Role, Scopes};
use cordon_report::shown::one_line;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::num::NonZeroU32;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/ui/users", get(users).post(change_users))
        .route("/ui/keys", get(keys).post(change_keys))
        .route("/ui/account", get(account).post(change_password))
}

#[derive(Template)]
#[template(path = "users.html")]
struct UsersPage {
    frame: Frame,
    users: Vec<UserLine>,
    roles: Vec<(&'static str, String)>,
    /// A one-time link just made, with the name it is for.
    link: Option<(String, String)>,
    fault: String,
}

struct UserLine {
    name: String,
    role: &'static str,
    state: &'static str,
    class: &'static str,
    disabled: bool,
    created: String,
}

fn minute(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

async fn users_page(
    service: &Shared,
    visitor: &Visitor,
    link: Option<(String, String)>,
    fault: String,
) -> Result<Response, Trouble> {
    let users = accounts(service)?.users(&visitor.asker.occasion(service)?).await?;
    let line = |user: cordon_casework::User| {
        let (state, class) = match (user.disabled, &user.password) {
            (true, _) => ("disabled", "bad"),
            (false, None) => ("invited", "old"),
            (false, Some(_)) => ("active", "ok"),
        };
        UserLine {
            name: user.name.to_string(),
            role: user.role.as_str(),
            state,
            class,
            disabled: user.disabled,
            created: minute(user.created),
        }
    };
    let roles = Role::all().map(|role| (role.as_str(), role.scopes().to_string()));
    shown(&UsersPage {
        frame: visitor.frame("/ui/users"),
        users: users.into_iter().map(line).collect(),
        roles: roles.collect(),
        link,
        fault,
    })
}

async fn users(State(service): State<Shared>, visitor: Visitor) -> Result<Response, Trouble> {
    visitor.need(Right::Users)?;
    users_page(&service, &visitor, None, String::new()).await
}

fn role(form: &Pairs) -> Outcome<Role> {
    let word = form.one("role").unwrap_or_default();
    Role::from_word(word)
        .ok_or_else(|| ApiError::bad("role", format!("no role is called `{}`", one_line(word))))
}

/// What is wrong with what a person wrote is said on the page; other errors are pages of their own.
fn said(error: ApiError) -> Result<String, Trouble> {
    if error.code().status().is_client_error() { Ok(error.message().to_owned()) } else { Err(error.into()) }
}

async fn change_users(
    State(service): State<Shared>,
    visitor: Visitor,
    Body(body): Body,
) -> Result<Response, Trouble> {
    let form = Pairs::read(&body)?;
    visitor.may_change(Right::Users, form.one("csrf"))?;
    match changed_users(&service, &visitor, &form).await {
        Ok(Some(link)) => {
            let name = form.one("name").unwrap_or_default().to_owned();
            users_page(&service, &visitor, Some((name, link)), String::new()).await
        }
        Ok(None) => Ok(Redirect::to("/ui/users").into_response()),
        Err(error) => users_page(&service, &visitor, None, said(error)?).await,
    }
}

/// Does what the form asks; a one-time link, if one was made.
async fn changed_users(service: &Shared, visitor: &Visitor, form: &Pairs) -> Outcome<Option<String>> {
    let (accounts, occasion) = (accounts(service)?, visitor.asker.occasion(service)?);
    let name = form.one("name").unwrap_or_default();
    let link = match form.one("do").unwrap_or_default() {
        "add" => Some(accounts.add_user(&occasion, name, role(form)?).await?),
        "link" => Some(accounts.new_link_for(&occasion, name).await?),
        other => {
            match other {
                "role" => accounts.set_role(&occasion, name, role(form)?).await?,
                "disable" => accounts.set_disabled(&occasion, name, true).await?,
                "enable" => accounts.set_disabled(&occasion, name, false).await?,
                "unlock" => accounts.unlock(&occasion, name).await?,
                _ => return Err(ApiError::bad("do", "the form asks for nothing known here")),
            }
            None
        }
    };
    Ok(link.map(|link| format!("/welcome?token={}", link.reveal())))
}

#[derive(Template)]
#[template(path = "keys.html")]
struct KeysPage {
    frame: Frame,
    keys: Vec<KeyLine>,
    scopes: Vec<&'static str>,
    /// A key just made: the only time it is seen.
    secret: String,
    fault: String,
}

struct KeyLine {
    id: String,
    label: String,
    scopes: String,
    rate: String,
    created: String,
    by: String,
    expires: String,
    state: &'static str,
    class: &'static str,
}

async fn keys_page(
    service: &Shared,
    visitor: &Visitor,
    secret: String,
    fault: String,
) -> Result<Response, Trouble> {
    let keys = accounts(service)?.keys(&visitor.asker.occasion(service)?).await?;
    let now = service.now();
    let line = |key: cordon_casework::ApiKey| {
        let (state, class) = match (key.revoked, key.is_live(now)) {
            (Some(_), _) => ("revoked", "bad"),
            (None, true) => ("live", "ok"),
            (None, false) => ("expired", "old"),
        };
        KeyLine {
            id: key.id.to_string(),
            label: one_line(&key.label),
            scopes: key.scopes.to_string(),
            rate: key.rate_limit.map_or_else(|| "any".to_owned(), |rate| format!("{rate}/s")),
            created: minute(key.created),
            by: key.created_by,
            expires: key.expires.map_or_else(|| "never".to_owned(), minute),
            state,
            class,
        }
    };
    shown(&KeysPage {
        frame: visitor.frame("/ui/keys"),
        keys: keys.into_iter().map(line).collect(),
        scopes: visitor.asker.caller.scopes.iter().map(Right::as_str).collect(),
        secret,
        fault,
    })
}

async fn keys(State(service): State<Shared>, visitor: Visitor) -> Result<Response, Trouble> {
    visitor.need(Right::Keys)?;
    keys_page(&service, &visitor, String::new(), String::new()).await
}

async fn change_keys(
    State(service): State<Shared>,
    visitor: Visitor,
    Body(body): Body,
) -> Result<Response, Trouble> {
    let form = Pairs::read(&body)?;
    visitor.may_change(Right::Keys, form.one("csrf"))?;
    match changed_keys(&service, &visitor, &form).await {
        Ok(Some(secret)) => keys_page(&service, &visitor, secret, String::new()).await,
        Ok(None) => Ok(Redirect::to("/ui/keys").into_response()),
        Err(error) => keys_page(&service, &visitor, String::new(), said(error)?).await,
    }
}

/// Does what the form asks; the key, if one was made.
async fn changed_keys(service: &Shared, visitor: &Visitor, form: &Pairs) -> Outcome<Option<String>> {
    let (accounts, occasion) = (accounts(service)?, visitor.asker.occasion(service)?);
    if form.one("do") == Some("revoke") {
        accounts.revoke_key(&occasion, form.one("id").unwrap_or_default()).await?;
        return Ok(None);
    }
    let day: Option<Date> = form.parse("expires", "a day, as `2027-01-31`")?;
    // The last day is meant whole.
    let end = day.and_then(|day| day.tomorrow().ok()?.to_zoned_datetime(TimeZone::UTC).ok());
    let expires = end.map(|time| time.timestamp());
    let rate: Option<NonZeroU32> = form.parse("rate", "a whole number above 0")?;
    let scopes = Scopes::from_words(&form.many("scope").join(" "))
        .map_err(|word| ApiError::bad("scope", format!("no scope is called `{}`", one_line(&word))))?;
    let label = form.one("label").unwrap_or_default().to_owned();
    let new = NewKey { label, scopes, expires, rate_limit: rate };
    let (_, presented) = accounts.add_key(&occasion, new).await?;
    Ok(Some(presented.reveal().to_owned()))
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    frame: Frame,
    scopes: String,
    fault: String,
    notice: &'static str,
}

fn account_page(visitor: &Visitor, fault: String, notice: &'static str) -> Result<Response, Trouble> {
    let scopes = visitor.asker.caller.scopes.to_string().replace(' ', ", ");
    shown(&AccountPage { frame: visitor.frame("/ui/account"), scopes, fault, notice })
}

async fn account(State(service): State<Shared>, visitor: Visitor, pairs: Pairs) -> Result<Response, Trouble> {
    accounts(&service)?;
    visitor.need(Right::Read)?;
    account_page(
        &visitor,
        String::new(),
        if pairs.one("set").is_some() { "Your password is changed." } else { "" },
    )
}

async fn change_password(
    State(service): State<Shared>,
    visitor: Visitor,
    headers: axum::http::HeaderMap,
    Body(body): Body,
) -> Result<Response, Trouble> {
    let form = Pairs::read(&body)?;
    visitor.may_change(Right::Read, form.one("csrf"))?;
    let text = |name| form.raw(name).unwrap_or_default();
    if text("password") != text("again") {
        return account_page(&visitor, "The two passwords differ.".to_owned(), "");
    }
    let new = match Password::new(text("password")) {
        Ok(password) => password,
        Err(error) => return account_page(&visitor, error.to_string(), ""),
    };
    let accounts = accounts(&service)?;
    let occasion = visitor.asker.occasion(&service)?;
    let fault = match accounts.change_password(&occasion, &Password::typed(text("old")), &new).await? {
        LoginOutcome::In(session) => {
            let cookie =
                session.token.set_cookie(super::login::is_secure(&headers), &accounts.rules().sessions);
            return Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/ui/account?set=1")).into_response());
        }
        LoginOutcome::Wrong => "The old password is wrong.".to_owned(),
        LoginOutcome::Locked { until } => {
            format!("Too many tries. The next can be made at {} UTC.", until.strftime("%H:%M:%S"))
        }
    };
    account_page(&visitor, fault, "")
}
