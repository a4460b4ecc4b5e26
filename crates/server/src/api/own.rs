//! All that the command line can do, one file each.

mod diff;
mod history;
mod lists;
mod pairs;
mod screen;
mod text;

pub(crate) use screen::Rows;
pub(crate) use text::TextQuestion;

use crate::service::Shared;
use utoipa_axum::router::OpenApiRouter;

pub(crate) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .merge(lists::routes())
        .merge(diff::routes())
        .merge(history::routes())
        .merge(screen::routes())
        .merge(pairs::routes())
        .merge(text::routes())
}
