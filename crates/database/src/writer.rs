//! The queue before the one writer of a store: what waits while a transaction runs goes into the next one together.

use cordon_casework::{Change, NewRecord, Receipt, StoreError};
use cordon_model::Digest;
use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

/// Most jobs of one transaction.
const BATCH: usize = 512;
/// Most jobs that wait; more callers wait for a place.
const QUEUE: usize = 4096;

/// One thing to be written.
#[derive(Debug)]
pub(crate) enum Task {
    /// Changes and their record.
    Commit(Vec<Change>, Box<NewRecord>),
    /// The use of a session.
    Touch(Digest, Timestamp),
    /// Removal of sessions and failures of before these times.
    Sweep(Timestamp, Timestamp),
}

/// What comes of a task; no receipt where no record was written.
pub(crate) type Done = Result<Option<Receipt>, StoreError>;

/// A task with whoever waits for it.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) task: Task,
    pub(crate) answer: oneshot::Sender<Done>,
}

/// The callers' end of the queue.
#[derive(Debug, Clone)]
pub(crate) struct Queue(mpsc::Sender<Job>);

/// The writer's end.
#[derive(Debug)]
pub(crate) struct Jobs(mpsc::Receiver<Job>);

/// A queue.
pub(crate) fn queue() -> (Queue, Jobs) {
    let (sender, receiver) = mpsc::channel(QUEUE);
    (Queue(sender), Jobs(receiver))
}

impl Queue {
    /// Has a task done.
    pub(crate) async fn run(&self, task: Task) -> Done {
        let (answer, done) = oneshot::channel();
        self.0.send(Job { task, answer }).await.map_err(|_| closed())?;
        done.await.unwrap_or_else(|_| Err(closed()))
    }
}

impl Jobs {
    /// What waits, once anything does; nothing when all callers are gone.
    pub(crate) async fn next(&mut self) -> Vec<Job> {
        let mut jobs = Vec::new();
        self.0.recv_many(&mut jobs, BATCH).await;
        jobs
    }
}

fn closed() -> StoreError {
    failure("write", "the writer has ended".to_owned())
}

/// A failure that several callers are told.
pub(crate) fn failure(doing: &'static str, why: String) -> StoreError {
    StoreError::Failed { doing, source: why.into() }
}
