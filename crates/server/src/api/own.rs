//! All that the command line can do, one file each.

mod lists;
mod text;

pub(crate) use text::TextQuestion;

use crate::service::Shared;
use utoipa_axum::router::OpenApiRouter;

pub(crate) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().merge(lists::routes()).merge(text::routes())
}
