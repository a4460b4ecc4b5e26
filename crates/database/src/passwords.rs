//! Hashing of passwords on threads of its own.

use cordon_casework::{Boxed, Password, PasswordHash, Passwords};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Hashes on the runtime's blocking threads, a few at a time: each takes 19 MiB and a core for tens of milliseconds.
#[derive(Debug, Clone)]
pub struct Offloaded(Arc<Semaphore>);

impl Offloaded {
    /// At most so many at a time.
    pub fn new(at_once: usize) -> Self {
        Self(Arc::new(Semaphore::new(at_once.max(1))))
    }

    async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _turn = self.0.acquire().await.ok()?;
        tokio::task::spawn_blocking(job).await.ok()
    }
}

impl Passwords for Offloaded {
    fn hash(&self, password: Password, salt: [u8; 16]) -> Boxed<'_, PasswordHash> {
        // A hash that could not be made opens nothing.
        Box::pin(async move {
            let made = self.run(move || PasswordHash::of(&password, salt)).await;
            made.unwrap_or_else(|| PasswordHash::stored(String::new()))
        })
    }

    fn check(&self, password: Password, hash: PasswordHash) -> Boxed<'_, bool> {
        Box::pin(async move { self.run(move || hash.is_of(&password)).await.unwrap_or(false) })
    }
}
