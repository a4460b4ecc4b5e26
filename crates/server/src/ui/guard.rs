//! What every page goes through: called by a known name, changes from our own pages alone, headers, errors as pages.

use super::frame::{Frame, THEME, Visitor};
use crate::caller::Asker;
use crate::error::{ApiError, Code, Outcome};
use crate::service::Shared;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};

/// Headers of every page: nothing from elsewhere, no script but our files, no frames around it, nothing kept.
const HEADERS: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// An error that is shown as a page.
#[derive(Debug)]
pub(super) struct Trouble(pub(super) ApiError);

impl<E: Into<ApiError>> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = self.0.clone().into_response();
        response.extensions_mut().insert(self.0);
        response
    }
}

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    frame: Frame,
    status: u16,
    title: &'static str,
    message: String,
}

/// Puts headers on pages and makes pages of errors.
pub(super) async fn dressed(State(service): State<Shared>, mut request: Request, next: Next) -> Response {
    let Some(asker) = request.extensions().get::<Asker>().cloned() else {
        return ApiError::internal("a page was asked for by nobody").into_response();
    };
    let visitor = Visitor::of(&service, asker, request.uri(), request.headers());
    let is_part = request.headers().contains_key("hx-request");
    let allowed = called(&service.settings.hosts, request.headers())
        .and_then(|()| from_here(request.method(), request.headers()));
    let mut response = match allowed {
        Ok(()) => {
            request.extensions_mut().insert(visitor.clone());
            next.run(request).await
        }
        Err(error) => Trouble(error).into_response(),
    };
    if let Some(error) = response.extensions_mut().remove::<ApiError>() {
        response = page(&visitor, &error, service.accounts.is_some(), is_part);
    }
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

fn page(visitor: &Visitor, error: &ApiError, has_accounts: bool, is_part: bool) -> Response {
    let frame = visitor.frame("");
    if error.code() == Code::Unauthorised && has_accounts {
        let next: String = form_urlencoded::byte_serialize(frame.here.as_bytes()).collect();
        let login = format!("/login?next={next}");
        // A part of a page must not become the login page.
        return match HeaderValue::try_from(&login) {
            Ok(address) if is_part => {
                (StatusCode::NO_CONTENT, [(HeaderName::from_static("hx-redirect"), address)]).into_response()
            }
            _ => Redirect::to(&login).into_response(),
        };
    }
    let status = error.code().status();
    let title = match error.code() {
        Code::NotFound => "Nothing here",
        Code::Forbidden | Code::Unauthorised => "Not allowed",
        Code::Internal | Code::Busy | Code::TimedOut | Code::TooMany => "This did not work",
        _ => "Not understood",
    };
    let page = TroublePage { frame, status: status.as_u16(), title, message: error.message().to_owned() };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => status.into_response(),
    }
}

/// An error unless the service is called by a name of its own: another name may be a foreign site's, made to lead here.
fn called(hosts: &[String], headers: &HeaderMap) -> Outcome<()> {
    let text = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match text.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => text.split(':').next().unwrap_or_default(),
    };
    let is_loopback = name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    if is_loopback || hosts.iter().any(|host| host.eq_ignore_ascii_case(name)) {
        return Ok(());
    }
    Err(ApiError::new(
        Code::Forbidden,
        "the service does not know itself by this name; start it with `--host NAME` to reach its pages by it",
    ))
}

/// An error for a change that another site's page sends.
fn from_here(method: &Method, headers: &HeaderMap) -> Outcome<()> {
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text(HeaderName::from_static("sec-fetch-site"));
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    let foreign = site.is_some_and(|site| !matches!(site, "same-origin" | "none"))
        || origin.is_some_and(|origin| Some(origin) != text(header::HOST))
        || text(header::ORIGIN) == Some("null");
    if foreign {
        return Err(ApiError::new(Code::Forbidden, "this form was sent from another site"));
    }
    Ok(())
}

/// A place of ours to go back to; the first page if the text is no such place.
pub(super) fn back(text: Option<&str>) -> String {
    let local = |text: &&str| {
        text.starts_with('/')
            && !text.starts_with("//")
            && text.chars().all(|letter| letter.is_ascii_graphic() && letter != '\\')
    };
    text.filter(local).unwrap_or("/").to_owned()
}

/// Keeps the colours chosen for a year.
pub(super) fn theme_cookie(theme: &str) -> String {
    let (value, seconds) = match theme {
        "light" => ("light", 31_536_000),
        "dark" => ("dark", 31_536_000),
        _ => ("", 0),
    };
    format!("{THEME}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_of_ours_are_gone_back_to() {
        for (text, place) in [
            ("/ui/lists?x=%20", "/ui/lists?x=%20"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a b", "/"),
            ("/\nx", "/"),
            ("", "/"),
        ] {
            assert_eq!(back(Some(text)), place, "{text:?}");
        }
    }

    #[test]
    fn names_by_which_it_is_called() {
        for (host, known) in [
            ("localhost:8600", true),
            ("127.0.0.1:8600", true),
            ("[::1]:8600", true),
            ("screen.example.org", true),
            ("SCREEN.example.org:443", true),
            ("evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]);
            assert_eq!(called(&["screen.example.org".to_owned()], &headers).is_ok(), known, "{host}");
        }
    }

    #[test]
    fn changes_come_from_our_own_pages() {
        for (name, value, fine) in [
            ("sec-fetch-site", "same-origin", true),
            ("sec-fetch-site", "cross-site", false),
            ("sec-fetch-site", "same-site", false),
            ("origin", "http://localhost:8600", true),
            ("origin", "http://localhost:9", false),
            ("origin", "null", false),
        ] {
            let headers = HeaderMap::from_iter([
                (header::HOST, HeaderValue::from_static("localhost:8600")),
                (name.parse().unwrap(), value.parse().unwrap()),
            ]);
            assert_eq!(from_here(&Method::POST, &headers).is_ok(), fine, "{name} {value}");
            assert!(from_here(&Method::GET, &headers).is_ok());
        }
    }
}
