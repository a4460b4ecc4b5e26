//! The service's state: what requests share.

use crate::error::{ApiError, Outcome};
use crate::library::{Library, LibraryError};
use crate::metrics::Metrics;
use crate::pool::Pool;
use crate::screeners::Screeners;
use crate::settings::Settings;
use arc_swap::ArcSwap;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use cordon_casework::{Accounts, AuditLog};
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::{Arc, Mutex, PoisonError};

/// What handlers are given.
pub type Shared = Arc<Service>;

/// What requests share.
pub struct Service {
    /// The lists that are kept.
    pub library: Arc<dyn Library>,
    /// Settings.
    pub settings: Settings,
    /// Users, sessions and keys; `None` where everyone is let in.
    pub accounts: Option<Accounts>,
    /// The record of what was done; `None` where none is kept.
    pub audit: Option<AuditLog>,
    pub(crate) metrics: Metrics,
    pub(crate) pool: Pool,
    screeners: ArcSwap<Screeners>,
    /// Held while new screeners are opened, so that two looks do not race.
    refreshing: Mutex<()>,
    clock: fn() -> Timestamp,
}

/// What is kept beside lists.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Users, sessions and keys; without them nobody but everybody is let in.
    pub accounts: Option<Accounts>,
    /// The record of what was done.
    pub audit: Option<AuditLog>,
}

impl Service {
    /// Opens what is in force.
    pub fn open(
        library: Arc<dyn Library>,
        settings: Settings,
        clock: fn() -> Timestamp,
        kept: Kept,
    ) -> Result<Shared, LibraryError> {
        let screeners = Screeners::open(&*library, &settings.engine, None)?;
        Ok(Arc::new(Self {
            metrics: Metrics::new(),
            pool: Pool::new(settings.most_waiting),
            screeners: ArcSwap::from_pointee(screeners),
            refreshing: Mutex::new(()),
            library,
            settings,
            clock,
            accounts: kept.accounts,
            audit: kept.audit,
        }))
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The lists in force. A request asks once and keeps what it was given.
    pub fn screeners(&self) -> Arc<Screeners> {
        self.screeners.load_full()
    }

    /// Reads from the library, off the reactor.
    pub(crate) async fn reading<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Self) -> Result<T, LibraryError> + Send + 'static,
    ) -> Outcome<T> {
        let service = Arc::clone(self);
        let read = tokio::task::spawn_blocking(move || read(&service)).await;
        Ok(read.map_err(|error| ApiError::internal(error.to_string()))??)
    }

    /// The lists as they were on a day; those that had no version then are not among them.
    pub(crate) async fn screeners_on(self: &Arc<Self>, day: Date) -> Outcome<Arc<Screeners>> {
        let lists = self.screeners();
        self.reading(move |service| {
            let mut versions = Vec::new();
            for held in lists.lists() {
                match service.library.on(held.id(), day) {
                    Ok(version) => versions.push(version),
                    Err(LibraryError::NotFound(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            if versions.is_empty() {
                return Err(LibraryError::NotFound(format!("no list was in force on {day}")));
            }
            let joined = lists.joined().clone();
            Ok(Arc::new(Screeners::of(&*service.library, &service.settings.engine, versions, joined)?))
        })
        .await
    }

    /// Matches, on the threads kept for it.
    pub(crate) async fn matching<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        self.pool.run(work).await?
    }

    /// Looks whether lists have changed, and puts new screeners in the place of the old ones if so; says whether it
    /// did. What fails leaves the old ones in force. Blocks.
    pub fn refresh(&self) -> Result<bool, LibraryError> {
        let _alone = self.refreshing.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.screeners();
        if before.are(&self.library.in_force()?, self.library.joined()?.digest.as_deref()) {
            return Ok(false);
        }
        let after = Screeners::open(&*self.library, &self.settings.engine, Some(&before))?;
        self.screeners.store(Arc::new(after));
        Ok(true)
    }
}

/// The lists in force when the request came: extracted once, kept to its end.
pub struct Now(pub Arc<Screeners>);

impl FromRequestParts<Shared> for Now {
    type Rejection = ApiError;

    async fn from_request_parts(_: &mut Parts, service: &Shared) -> Result<Self, ApiError> {
        Ok(Self(service.screeners()))
    }
}
