//! Logging in and out, and the one-time link by which a password is set.

use super::frame::{Frame, Visitor, shown};
use super::guard::{Trouble, back};
use crate::api::extract::Body;
use crate::api::query::Pairs;
use crate::error::{ApiError, Code, Outcome};
use crate::service::{Service, Shared};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use cordon_casework::{Accounts, CommandError, LinkToken, LoginOutcome, Password, SessionToken};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/login", get(login).post(log_in))
        .route("/logout", axum::routing::post(log_out))
        .route("/welcome", get(welcome).post(redeem))
}

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    frame: Frame,
    next: String,
    name: String,
    fault: String,
    notice: &'static str,
}

#[derive(Template)]
#[template(path = "welcome.html")]
struct WelcomePage {
    frame: Frame,
    token: String,
    name: String,
    fault: String,
}

/// The users, where there are any.
pub(super) fn accounts(service: &Service) -> Outcome<&Accounts> {
    service.accounts.as_ref().ok_or_else(|| {
        ApiError::new(
            Code::NotFound,
            "this service was started without users; everyone on this machine is let in",
        )
    })
}

/// Whether the browser came over HTTPS, as the proxy before us says.
pub(super) fn is_secure(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|scheme| scheme.as_bytes().eq_ignore_ascii_case(b"https"))
}

fn cookies(headers: &HeaderMap) -> &str {
    headers.get(header::COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

async fn login(State(service): State<Shared>, visitor: Visitor, pairs: Pairs) -> Result<Response, Trouble> {
    accounts(&service)?;
    let notice = if pairs.one("set").is_some() { "Your password is set. Log in with it." } else { "" };
    let (next, name) = (back(pairs.one("next")), pairs.one("name").unwrap_or_default().to_owned());
    shown(&LoginPage { frame: visitor.frame(""), next, name, fault: String::new(), notice })
}

async fn log_in(
    State(service): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    Body(body): Body,
) -> Result<Response, Trouble> {
    let form = Pairs::read(&body)?;
    let (name, next) = (form.one("name").unwrap_or_default(), back(form.one("next")));
    let password = Password::typed(form.raw("password").unwrap_or_default());
    let accounts = accounts(&service)?;
    let outcome = accounts.log_in(&visitor.asker.occasion(&service)?, name, &password).await?;
    let fault = match outcome {
        LoginOutcome::In(session) => {
            let cookie = session.token.set_cookie(is_secure(&headers), &accounts.rules().sessions);
            return Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&next)).into_response());
        }
        LoginOutcome::Wrong => "Name or password is wrong.".to_owned(),
        LoginOutcome::Locked { until } => {
            format!("Too many tries. The next can be made at {} UTC.", until.strftime("%H:%M:%S"))
        }
    };
    shown(&LoginPage { frame: visitor.frame(""), next, name: name.to_owned(), fault, notice: "" })
}

async fn log_out(
    State(service): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    Body(body): Body,
) -> Result<Response, Trouble> {
    let form = Pairs::read(&body)?;
    visitor.asker.caller.check_csrf(form.one("csrf"))?;
    accounts(&service)?.log_out(&visitor.asker.occasion(&service)?, cookies(&headers)).await?;
    let cleared = SessionToken::clear_cookie(is_secure(&headers));
    Ok(([(header::SET_COOKIE, cleared)], Redirect::to("/login")).into_response())
}

async fn welcome(State(service): State<Shared>, visitor: Visitor, pairs: Pairs) -> Result<Response, Trouble> {
    let token = pairs.one("token").unwrap_or_default();
    let named = accounts(&service)?.link_is_for(service.now(), &LinkToken::presented(token)).await?;
    let name = named.ok_or_else(|| {
        ApiError::new(
            Code::NotFound,
            "this link was used, has ended or never was: ask an admin for a new one",
        )
    })?;
    let (token, name) = (token.to_owned(), name.to_string());
    shown(&WelcomePage { frame: visitor.frame(""), token, name, fault: String::new() })
}

async fn redeem(
    State(service): State<Shared>,
    visitor: Visitor,
    Body(body): Body,
) -> Result<Response, Trouble> {
    let form = Pairs::read(&body)?;
    let token = form.one("token").unwrap_or_default();
    let (one, two) = (form.raw("password").unwrap_or_default(), form.raw("again").unwrap_or_default());
    let fault = match Password::new(one) {
        _ if one != two => "The two passwords differ.".to_owned(),
        Err(error) => error.to_string(),
        Ok(password) => {
            let occasion = visitor.asker.occasion(&service)?;
            let redeemed =
                accounts(&service)?.redeem(&occasion, &LinkToken::presented(token), &password).await;
            match redeemed {
                Ok(name) => return Ok(Redirect::to(&format!("/login?set=1&name={name}")).into_response()),
                Err(CommandError::State(why)) => why,
                Err(error) => return Err(error.into()),
            }
        }
    };
    let name = form.one("name").unwrap_or_default().to_owned();
    shown(&WelcomePage { frame: visitor.frame(""), token: token.to_owned(), name, fault })
}
