//! Tools for language models, by the model context protocol. The only file that knows `rmcp`.
//!
//! A tool asks the HTTP interface within the process, as the caller, so that rights, records and answers are the same.
//! Every answer names the versions of the lists.

use crate::caller::{Asker, Caller};
use crate::router::inner;
use crate::service::Shared;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, request::Parts};
use http_body_util::BodyExt as _;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, Implementation, JsonObject, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService, stdio};
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt as _};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::sync::Arc;
use tower::ServiceExt as _;

/// What a tool is called, what it does, what it takes.
struct Row {
    name: &'static str,
    about: &'static str,
    /// Parameters: name, JSON type, what it is, whether it is needed.
    takes: &'static [(&'static str, &'static str, &'static str, bool)],
}

const TOOLS: &[Row] = &[
    Row {
        name: "screen",
        about: "Look for a person, company, vessel or other party on the sanctions lists that are loaded. Gives every listed \
                entity that scores at or above the threshold, with the evidence for and against. No result means: not found \
                on the lists named in the answer, in the versions named there; nothing more.",
        takes: &[
            ("name", "string", "The name, in any script", true),
            (
                "schema",
                "string",
                "Person, Company, Organization, LegalEntity, Vessel, Airplane; any if not given",
                false,
            ),
            ("birth_date", "string", "Date of birth: 1975, 1975-04 or 1975-04-21", false),
            ("country", "string", "Country of any tie, by name or code", false),
            ("identifier", "string", "Number of a passport, identity card or register", false),
            ("dataset", "string", "A list's id; all lists if not given", false),
            ("threshold", "number", "Least score, 0 to 1", false),
            ("limit", "integer", "Most results, at most 500", false),
        ],
    },
    Row {
        name: "entity",
        about: "All that is known of one listed entity: names, dates, designations, links to others.",
        takes: &[("id", "string", "Its id, as in answers: un_sc_sanctions:KPi.001", true)],
    },
    Row {
        name: "explain",
        about: "Compare a name with one listed entity and give every piece of evidence, whatever the score.",
        takes: &[
            ("name", "string", "The name", true),
            ("id", "string", "The listed entity's id", true),
            ("schema", "string", "Person, Company, …", false),
            ("birth_date", "string", "Date of birth", false),
            ("country", "string", "Country of any tie", false),
        ],
    },
    Row {
        name: "diff",
        about: "What changed in a list between two versions: entities added, modified field by field, removed.",
        takes: &[
            ("list", "string", "The list's id", true),
            (
                "from",
                "string",
                "A day (2026-01-31) or a snapshot's id; the version before if not given",
                false,
            ),
            ("to", "string", "A day or a snapshot's id; the version in force if not given", false),
            ("limit", "integer", "Most changes, at most 1000", false),
            ("offset", "integer", "Changes before these", false),
        ],
    },
    Row {
        name: "lists",
        about: "The lists that are known or loaded: version, date of publication, age, number of entities, state.",
        takes: &[],
    },
];

impl Row {
    fn tool(&self) -> Tool {
        let properties: JsonObject = self
            .takes
            .iter()
            .map(|(name, kind, about, _)| ((*name).to_owned(), json!({"type": kind, "description": about})))
            .collect();
        let needed: Vec<&str> = self.takes.iter().filter(|row| row.3).map(|row| row.0).collect();
        let mut schema = JsonObject::new();
        schema.insert("type".to_owned(), "object".into());
        schema.insert("properties".to_owned(), properties.into());
        schema.insert("required".to_owned(), needed.into());
        schema.insert("additionalProperties".to_owned(), false.into());
        let hints = ToolAnnotations::new().read_only(true).idempotent(true).open_world(false);
        Tool::new(self.name, self.about, Arc::new(schema)).with_annotations(hints)
    }

    /// An error unless the arguments are those the tool takes.
    fn check(&self, given: &JsonObject) -> Result<(), String> {
        if let Some(name) = given.keys().find(|name| !self.takes.iter().any(|row| row.0 == name.as_str())) {
            return Err(format!("`{}` takes no `{}`", self.name, crate::screeners::short(name)));
        }
        for (name, kind, _, needed) in self.takes {
            let fits = match given.get(*name) {
                None | Some(Value::Null) => !needed,
                Some(value) => match *kind {
                    "string" => value.is_string(),
                    "integer" => value.is_u64(),
                    _ => value.is_number(),
                },
            };
            if !fits {
                return Err(format!("`{name}` is a {kind}{}", if *needed { " and needed" } else { "" }));
            }
        }
        Ok(())
    }
}

/// What a tool asks of the interface.
struct Ask {
    method: Method,
    path: String,
    body: String,
}

fn text<'a>(given: &'a JsonObject, name: &str) -> Option<&'a str> {
    given.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// A text as a part of an address.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte as char);
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

fn parameters(given: &JsonObject, names: &[&str]) -> String {
    let value = |name: &&str| match given.get(*name)? {
        Value::String(text) => Some(format!("{name}={}", encoded(text))),
        Value::Number(number) => Some(format!("{name}={number}")),
        _ => None,
    };
    names.iter().filter_map(value).collect::<Vec<_>>().join("&")
}

/// The party described by the arguments.
fn party(given: &JsonObject) -> Value {
    let mut properties = JsonObject::new();
    for (name, property) in
        [("name", "name"), ("birth_date", "birthDate"), ("country", "country"), ("identifier", "idNumber")]
    {
        if let Some(text) = text(given, name) {
            properties.insert(property.to_owned(), json!([text]));
        }
    }
    json!({"schema": text(given, "schema").unwrap_or("Thing"), "properties": properties})
}

fn get(path: String) -> Ask {
    Ask { method: Method::GET, path, body: String::new() }
}

/// The tools of a service.
#[derive(Clone)]
struct Tools {
    service: Shared,
    app: Router,
    /// Who asks where no request says it.
    local: Option<Asker>,
}

impl Tools {
    fn new(service: &Shared, local: Option<Asker>) -> Self {
        Self { app: inner(service), service: Arc::clone(service), local }
    }

    async fn ask(&self, asker: &Asker, ask: Ask) -> Result<Value, String> {
        let mut request = Request::builder()
            .method(ask.method)
            .uri(ask.path)
            .body(Body::from(ask.body))
            .map_err(|error| error.to_string())?;
        request.extensions_mut().insert(asker.clone());
        // A router's error type has no values.
        let response = self.app.clone().oneshot(request).await.map_err(|error| error.to_string())?;
        let status = response.status();
        let bytes = response.into_body().collect().await.map_err(|error| error.to_string())?.to_bytes();
        let value: Value = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        match status {
            StatusCode::PERMANENT_REDIRECT => Err("it is found under another id now".to_owned()),
            status if status.is_success() => Ok(value),
            _ => Err(value["detail"].as_str().map_or_else(|| value.to_string(), str::to_owned)),
        }
    }

    async fn call(&self, asker: &Asker, name: &str, given: &JsonObject) -> Result<Value, String> {
        match name {
            "screen" => {
                let dataset = encoded(text(given, "dataset").unwrap_or("all"));
                let options = parameters(given, &["threshold", "limit"]);
                let body = json!({"queries": {"q": party(given)}}).to_string();
                let path = format!("/match/{dataset}?{options}");
                let answer = self.ask(asker, Ask { method: Method::POST, path, body }).await?;
                Ok(answer["responses"]["q"].clone())
            }
            "entity" => {
                let id = encoded(text(given, "id").unwrap_or_default());
                self.ask(asker, get(format!("/entities/{id}"))).await
            }
            "explain" => {
                let id = encoded(text(given, "id").unwrap_or_default());
                let listed = self.ask(asker, get(format!("/entities/{id}?nested=false"))).await?;
                let body = json!({"left": party(given), "right": listed}).to_string();
                let path = "/pairs".to_owned();
                let answer = self.ask(asker, Ask { method: Method::POST, path, body }).await?;
                Ok(json!({"id": listed["id"], "caption": listed["caption"], "score": answer["score"],
                    "explanation": answer["explanation"], "error": answer["error"]}))
            }
            "diff" => {
                let list = encoded(text(given, "list").unwrap_or_default());
                let options = parameters(given, &["from", "to", "limit", "offset"]);
                self.ask(asker, get(format!("/diff/{list}?{options}"))).await
            }
            _ => self.ask(asker, get("/lists?limit=1000".to_owned())).await,
        }
    }

    /// What every answer rests on.
    fn checked(&self) -> Value {
        let screeners = self.service.screeners();
        let lists: Vec<_> = screeners.lists().iter().map(|held| held.checked()).collect();
        json!({"lists": lists, "engine": screeners.engine()})
    }
}

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        let engine = self.service.settings.engine.clone();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("cordon", engine).with_title("Cordon"))
            .with_instructions(
                "Sanctions screening against official lists. A match is a lead for a person to decide on, not a finding. \
                 Always name the lists and their versions, which stand in every answer under `checked`.",
            )
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(TOOLS.iter().map(Row::tool).collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let given = request.arguments.unwrap_or_default();
        let row = TOOLS.iter().find(|row| row.name == request.name).ok_or_else(|| {
            let known: Vec<&str> = TOOLS.iter().map(|row| row.name).collect();
            ErrorData::invalid_params(format!("no such tool; known: {}", known.join(", ")), None)
        })?;
        row.check(&given).map_err(|error| ErrorData::invalid_params(error, None))?;
        let shown = context.extensions.get::<Parts>().and_then(|parts| parts.extensions.get::<Asker>());
        let asker = shown.or(self.local.as_ref()).cloned();
        let asker = asker.unwrap_or_else(|| Asker::of(Caller::nobody()));
        let result = match self.call(&asker, row.name, &given).await {
            Ok(answer) => CallToolResult::structured(json!({"answer": answer, "checked": self.checked()})),
            Err(error) => {
                CallToolResult::structured_error(json!({"error": error, "checked": self.checked()}))
            }
        };
        Ok(result.into())
    }
}

/// The address at which tools are called over HTTP: without sessions, from known hosts, and from no page of another site.
pub(crate) fn routes(service: &Shared) -> Router<Shared> {
    let hosts = ["localhost", "127.0.0.1", "::1"].into_iter().map(str::to_owned);
    let hosts: Vec<String> = hosts.chain(service.settings.hosts.iter().cloned()).collect();
    let origins: Vec<String> = hosts
        .iter()
        .flat_map(|host| {
            let host =
                if host.contains(':') && !host.contains('.') { format!("[{host}]") } else { host.clone() };
            [format!("http://{host}:*"), format!("https://{host}:*")]
        })
        .collect();
    let config = StreamableHttpServerConfig::default()
        .with_allowed_hosts(hosts)
        .with_allowed_origins(origins)
        .enforce_origin_validation()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(service.settings.most_body);
    let tools = Tools::new(service, None);
    let tools = move || Ok(tools.clone());
    Router::new().route_service(
        "/mcp",
        StreamableHttpService::new(tools, Arc::new(NeverSessionManager::default()), config),
    )
}

/// Serves the tools on standard input and output, to whoever sits at the machine, until the input ends.
pub async fn serve_stdio(service: &Shared) -> Result<(), String> {
    let tools = Tools::new(service, Some(Asker::of(Caller::local())));
    let running = tools.serve(stdio()).await.map_err(|error| error.to_string())?;
    running.waiting().await.map_err(|error| error.to_string())?;
    Ok(())
}
