//! Lists that are given in pages.

use crate::error::{ApiError, Outcome};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Most items on a page.
pub(crate) const MOST: usize = 1000;

/// Which page is wanted.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// Most items on the page, at most 1000.
    #[serde(default = "hundred")]
    #[param(default = 100, maximum = 1000)]
    pub(crate) limit: usize,
    /// Items before the page.
    #[serde(default)]
    #[param(default = 0)]
    pub(crate) offset: usize,
}

fn hundred() -> usize {
    100
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Paged<T> {
    /// The items.
    pub(crate) results: Vec<T>,
    /// Number of items on all pages.
    pub(crate) total: usize,
    /// Most items on the page.
    pub(crate) limit: usize,
    /// Items before the page.
    pub(crate) offset: usize,
}

impl Page {
    /// An error unless the page is of a size that is given.
    pub(crate) fn check(self) -> Outcome<()> {
        if self.limit > MOST {
            return Err(ApiError::bad("limit", format!("at most {MOST} items on a page")).limit(MOST as u64));
        }
        Ok(())
    }

    /// The items on the page.
    pub(crate) fn cut<T>(self, items: impl Iterator<Item = T>) -> Vec<T> {
        items.skip(self.offset).take(self.limit).collect()
    }

    /// The page of these items.
    pub(crate) fn of<T>(self, items: Vec<T>) -> Outcome<Paged<T>> {
        self.check()?;
        let total = items.len();
        Ok(Paged { results: self.cut(items.into_iter()), total, limit: self.limit, offset: self.offset })
    }
}
