//! Every room of the service, put together: routes and the document that describes them.

use crate::error::{ApiError, Code, Outcome};
use crate::service::Shared;
use crate::{api, mcp, middleware, ops, ui};
use axum::Router;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::SwaggerUi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Cordon",
        description = "Sanctions screening: official lists, matching with evidence, answers that name what was checked.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact(name = ""),
    ),
    tags(
        (name = "yente", description = "As clients of OpenSanctions' yente ask"),
        (name = "watchman", description = "As clients of moov's watchman ask"),
        (name = "cordon", description = "All that the command line can do"),
        (name = "operation", description = "For those who run it"),
    )
)]
struct Described;

/// The rooms, in the order in which their routes stand in the document.
fn rooms() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(Described::openapi())
        .merge(api::yente::routes())
        .merge(api::watchman::routes())
        .merge(api::own::routes())
        .merge(ops::routes())
}

/// The document that describes the API.
pub fn document() -> Document {
    rooms().into_openapi()
}

/// The whole service as one router.
pub fn router(service: &Shared) -> Router {
    let (routes, document) = rooms().split_for_parts();
    let routes = routes
        .merge(SwaggerUi::new("/docs").url("/openapi.json", document))
        .merge(ui::routes(service))
        .merge(mcp::routes(service))
        .fallback(nothing)
        .method_not_allowed_fallback(no_method);
    middleware::wrap(routes, service).with_state(service.clone())
}

/// The interface alone, for those who ask it within the process and say themselves who asks.
pub(crate) fn inner(service: &Shared) -> Router {
    rooms().split_for_parts().0.fallback(nothing).with_state(service.clone())
}

async fn nothing() -> Outcome<()> {
    Err(ApiError::new(Code::NotFound, "there is nothing at this address; `/docs` shows what there is"))
}

async fn no_method() -> Outcome<()> {
    Err(ApiError::new(Code::Method, "this address does not take this method; `/docs` shows what it takes"))
}
