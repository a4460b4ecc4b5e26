//! Pages without a browser: what is shown is escaped, changes need the session's token, nothing loads from elsewhere.

use crate::support::{ask, bytes, now};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use cordon_casework::{Accounts, AuditLog, Caller, InPlace, Memory, Occasion, Random, Rules, Store};
use cordon_model::{Entity, EntityId, Name, NameKind, Schema, Snapshot};
use cordon_server::{Access, Kept, MemoryLibrary, Service, Settings};
use jiff::civil::date;
use std::sync::Arc;

/// Texts that would do harm where they are not shown as what they are.
const HARMFUL: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' OR 1=1; DROP TABLE users; --",
    "javascript:alert(1)",
    "</title><svg onload=alert(1)>",
    "{{ 7 * 7 }}${7*7}",
    "&lt;b&gt;",
    "\u{202e}gnp.exe\u{0}",
];

/// A list whose every text is harmful, in two versions.
fn library() -> MemoryLibrary {
    let library = MemoryLibrary::default();
    for (day, places) in [(1, 0..4), (2, 0..8)] {
        let entities = places.map(|place: usize| {
            let text = HARMFUL[place];
            let mut entity = Entity::new(EntityId::new("own", &format!("{place}{text}")), Schema::Person);
            entity.add_name(Name::new(NameKind::Primary, &format!("Pak Han Se {text}")));
            entity.add("notes", &format!("{day} {text}"));
            entity.add("birthPlace", text);
            entity
        });
        let snapshot = Snapshot::new("own", Some(date(2026, 2, day)), entities.collect(), Vec::new());
        library.put(snapshot, Some(now())).unwrap();
    }
    library
}

fn open() -> Router {
    let settings = Settings { access: Access::Open, ..Settings::default() };
    cordon_server::router(&Service::open(Arc::new(library()), settings, now, Kept::default()).unwrap())
}

fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost:8600");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

async fn page(app: &Router, path: &str) -> (StatusCode, String) {
    let response = ask(app, request("GET", path, &[], "")).await;
    (response.status(), String::from_utf8(bytes(response).await).unwrap())
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Whether a page holds markup that none of our templates has.
fn is_harmless(html: &str) -> bool {
    let ours = html.matches("<script src=\"/ui/assets/").count();
    html.matches("<script").count() == ours
        && !html.contains("<img")
        && !html.contains("<svg onload")
        && !html.contains("href=\"javascript:")
        && !html.contains(" onerror=alert(1)>")
        && !html.contains(" style=")
        && !html.contains("<title>\u{202e}")
}

#[tokio::test]
async fn harmful_texts_are_shown_as_what_they_are() {
    let app = open();
    for (place, text) in HARMFUL.iter().enumerate() {
        let query = encoded(text);
        let id = encoded(&format!("own:{place}{text}"));
        for path in [
            format!("/?name={query}"),
            format!("/?name=Pak+Han+Se+{query}&threshold=0.5"),
            format!("/?name=x&born={query}"),
            format!("/?name=x&country={query}"),
            format!("/?name=x&kind={query}"),
            format!("/?name=x&list={query}"),
            format!("/?name=x&threshold={query}"),
            format!("/ui/entity?id={id}"),
            format!("/ui/entity?id={query}"),
            format!("/ui/changes?list=own&older={query}"),
            format!("/ui/issues?list={query}"),
            format!("/ui/batch/job?id={query}"),
        ] {
            let (status, html) = page(&app, &path).await;
            assert!(status.is_success() || status.is_client_error(), "{status} {path}");
            assert!(is_harmless(&html), "{path}: {html}");
        }
    }
    // What is found and what is opened shows the name as the list has it.
    let (name, id) = (format!("Pak Han Se {}", HARMFUL[0]), format!("own:0{}", HARMFUL[0]));
    for path in [format!("/?name={}", encoded(&name)), format!("/ui/entity?id={}", encoded(&id))] {
        let (_, html) = page(&app, &path).await;
        let main = html.split("<main").nth(1).unwrap().replace("value=\"", "");
        assert!(main.contains(">Pak Han Se &#60;script&#62;alert(1)&#60;/script&#62;<"), "{path}: {html}");
    }
    let (_, html) = page(&app, "/ui/changes?list=own").await;
    assert!(is_harmless(&html) && html.contains("DROP TABLE users"), "{html}");
}

#[tokio::test]
async fn every_page_names_its_lists_and_loads_nothing_from_elsewhere() {
    let app = open();
    for path in
        ["/", "/?name=Pak", "/ui/lists", "/ui/changes", "/ui/batch", "/ui/issues?list=own", "/ui/nothing?"]
    {
        let response = ask(&app, request("GET", path, &[], "")).await;
        if path == "/ui/nothing?" {
            assert_eq!(response.status(), StatusCode::NOT_FOUND);
            continue;
        }
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        assert!(
            policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let html = String::from_utf8(bytes(response).await).unwrap();
        assert!(html.contains("own <time>2026-02-02</time>"), "{path} names its lists: {html}");
        assert!(!html.contains("http://") && !html.contains("https://"), "{path}: {html}");
        for address in html.split("/ui/assets/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let response = ask(&app, request("GET", &format!("/ui/assets/{address}"), &[], "")).await;
            assert_eq!(response.status(), StatusCode::OK, "{address}");
        }
    }
}

#[tokio::test]
async fn what_was_written_wrongly_is_said_beside_it() {
    let app = open();
    for (query, said) in [
        ("name=Pak&born=never", "a year, a month or a day"),
        ("name=Pak&threshold=7", "from 0 to 1"),
        ("name=Pak&kind=Ghost", "no kind is called `Ghost`"),
        ("name=Pak&list=nope", "nope"),
        ("name=%2C", "no name and no identifier"),
    ] {
        let (status, html) = page(&app, &format!("/?{query}")).await;
        assert_eq!(status, StatusCode::OK, "{query}");
        assert!(html.contains("role=\"alert\"") && html.contains(said), "{query}: {html}");
    }
}

#[tokio::test]
async fn other_sites_and_names_are_refused() {
    let app = open();
    for (method, headers, status) in [
        ("GET", vec![("host", "evil.example")], 403),
        ("POST", vec![("sec-fetch-site", "cross-site")], 403),
        ("POST", vec![("origin", "https://evil.example")], 403),
        ("POST", vec![("origin", "http://localhost:8600")], 303),
    ] {
        let path = if method == "GET" { "/" } else { "/ui/theme" };
        let mut builder = Request::builder().method(method).uri(path);
        if method == "POST" {
            builder = builder.header("host", "localhost:8600");
        }
        for (name, value) in &headers {
            builder = builder.header(*name, *value);
        }
        let response = ask(&app, builder.body(Body::from("theme=dark&back=//evil.example")).unwrap()).await;
        assert_eq!(response.status().as_u16(), status, "{headers:?}");
        if status == 303 {
            assert_eq!(response.headers()["location"], "/");
            assert!(response.headers()["set-cookie"].to_str().unwrap().starts_with("cordon-theme=dark"));
        }
    }
}

#[tokio::test]
async fn a_visit_without_scripts() {
    let store: Arc<dyn Store> = Arc::new(Memory::new());
    let accounts = Accounts::new(Arc::clone(&store), Arc::new(InPlace), Rules::default());
    let kept = Kept { accounts: Some(accounts.clone()), audit: Some(AuditLog::new(store)) };
    let settings = Settings { access: Access::Guarded, ..Settings::default() };
    let app = cordon_server::router(&Service::open(Arc::new(library()), settings, now, kept).unwrap());
    let nobody = Occasion::new(now(), Random::new([7; 64]), Caller::nobody(), None);
    let link = accounts.first_start(&nobody).await.unwrap().unwrap();
    for path in ["/", "/ui/lists", "/ui/users", "/ui/audit", "/ui/batch", "/ui/entity?id=own:1"] {
        let response = ask(&app, request("GET", path, &[], "")).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path}");
        assert!(response.headers()["location"].to_str().unwrap().starts_with("/login?next="), "{path}");
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let set = format!("token={}&password=correct+horse+battery&again=correct+horse+battery", link.reveal());
    let response = ask(&app, request("POST", "/welcome", &form, &set)).await;
    assert_eq!(response.headers()["location"], "/login?set=1&name=admin");
    let wrong = ask(&app, request("POST", "/login", &form, "name=admin&password=x")).await;
    assert!(String::from_utf8(bytes(wrong).await).unwrap().contains("Name or password is wrong"));
    let right = "name=admin&password=correct+horse+battery&next=%2Fui%2Fusers";
    let response = ask(&app, request("POST", "/login", &form, right)).await;
    assert_eq!(response.headers()["location"], "/ui/users");
    let cookie = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    let get = |path: &str| request("GET", path, &[("cookie", cookie)], "");
    let html = String::from_utf8(bytes(ask(&app, get("/ui/users")).await).await).unwrap();
    let token = html.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    for (sent, status) in [("", 403), ("0", 403), (token, 200)] {
        let body = format!("do=add&name=ana&role=analyst&csrf={sent}");
        let headers = [form[0], ("cookie", cookie)];
        let response = ask(&app, request("POST", "/ui/users", &headers, &body)).await;
        assert_eq!(response.status().as_u16(), status, "{sent}");
    }
    for path in
        ["/?name=Pak+Han+Se", "/ui/keys", "/ui/account", "/ui/audit?verify=1", "/ui/audit/record?id=1"]
    {
        assert_eq!(ask(&app, get(path)).await.status(), StatusCode::OK, "{path}");
    }
    let html = String::from_utf8(bytes(ask(&app, get("/ui/audit?kind=screening")).await).await).unwrap();
    assert!(html.contains("user:admin") && html.contains("screening"), "a search is recorded: {html}");
}
