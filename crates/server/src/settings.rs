//! What can be set of the service, and what holds when nothing is.

use std::num::NonZeroU32;
use std::time::Duration;

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Callers show a key or a session.
    #[default]
    Guarded,
    /// Everyone who reaches the port, which must be on loopback.
    Open,
}

/// Settings of the service. Sizes are in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Version of the engine, as answers carry it.
    pub engine: String,
    /// Who may ask.
    pub access: Access,
    /// Longest body of a request that is read whole.
    pub most_body: usize,
    /// Longest body of a request that is read as a stream.
    pub most_stream: u64,
    /// Time in which a request that is not streamed must be answered.
    pub answer_within: Duration,
    /// Time a client may take for the head of a request, and for a part of a body that is streamed.
    pub head_within: Duration,
    /// Most lines in the head of a request.
    pub most_headers: usize,
    /// Longest head of a request.
    pub most_head: usize,
    /// Connections served at a time.
    pub most_connections: usize,
    /// Requests that may be matched or wait for it at a time; more are refused.
    pub most_waiting: usize,
    /// Requests a second of one caller, and as many at once; `None` does not limit them.
    pub most_rate: Option<NonZeroU32>,
    /// Time between two looks at whether lists have changed.
    pub look_every: Duration,
    /// Time in which open requests may end when the service is told to stop.
    pub stop_within: Duration,
    /// Names by which the service may be called beside loopback; others are refused where pages and tools ask.
    pub hosts: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            access: Access::Guarded,
            most_body: 8 << 20,
            most_stream: 4 << 30,
            answer_within: Duration::from_secs(30),
            head_within: Duration::from_secs(20),
            most_headers: 64,
            most_head: 64 << 10,
            most_connections: 4096,
            most_waiting: 1024,
            most_rate: None,
            look_every: Duration::from_secs(2),
            stop_within: Duration::from_secs(20),
            hosts: Vec::new(),
        }
    }
}
