//! Matching off the reactor: the processor's threads, and a queue of bounded length before them.

use crate::error::{ApiError, Code, Outcome};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tokio::sync::{Semaphore, oneshot};

/// The queue.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    places: Arc<Semaphore>,
}

impl Pool {
    /// A queue in which so many pieces of work may stand or be done at a time.
    pub(crate) fn new(most: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(most)) }
    }

    /// Does `work` on a thread of its own kind; refused when the queue is full. Work nobody waits for any more is
    /// not begun.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Outcome<T> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| {
            ApiError::new(Code::Busy, "too many requests are waiting to be matched; try again shortly")
        })?;
        let (sender, receiver) = oneshot::channel();
        rayon::spawn(move || {
            if sender.is_closed() {
                return;
            }
            let done = catch_unwind(AssertUnwindSafe(work));
            drop(place);
            // The receiver may have gone away meanwhile.
            let _ = sender.send(done);
        });
        match receiver.await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) => Err(ApiError::internal("matching panicked")),
            Err(_) => Err(ApiError::internal("matching was given up")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_error_and_a_full_queue_refuses() {
        let pool = Pool::new(1);
        assert_eq!(pool.run(|| 7).await.unwrap(), 7);
        let panicked = pool.run(|| panic!("as asked")).await;
        assert_eq!(panicked.map_err(|error: ApiError| error.code()), Err::<(), _>(Code::Internal));
        let (release, wait) = std::sync::mpsc::channel::<()>();
        let first = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(move || wait.recv()).await }
        });
        while pool.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(pool.run(|| ()).await.map_err(|error| error.code()), Err(Code::Busy));
        drop(release);
        first.await.unwrap().unwrap().unwrap_err();
        assert!(pool.run(|| ()).await.is_ok());
    }
}
