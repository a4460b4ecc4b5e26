//! A server that misbehaves in every way seen of publishers' servers, and a fetcher that is soon tired of it.

#![allow(dead_code, unreachable_pub, reason = "part of several test programs, each of which uses a part")]
#![allow(clippy::unwrap_used, reason = "tests")]

use cordon_adapters::{Http, HttpSettings};
use flate2::{Compression, write::GzEncoder};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the server does with a request.
#[derive(Clone)]
pub enum Reply {
    /// Status line and headers, and the body as it is: nothing is added.
    Raw(String, Vec<u8>),
    /// A good head; then so many bytes at a time, for ever.
    Drip(usize, Duration),
    /// Takes the request and says nothing.
    Silent,
    /// Good, with an `ETag`; 304 to who knows it.
    Tagged(Vec<u8>),
    /// The first replies, then the last one again and again.
    Then(Vec<Reply>),
}

impl Reply {
    pub fn is_slow(&self) -> bool {
        match self {
            Self::Drip(..) | Self::Silent => true,
            Self::Then(replies) => replies.iter().any(Self::is_slow),
            Self::Raw(..) | Self::Tagged(_) => false,
        }
    }
}

pub fn head(status: &str, headers: &[(&str, &str)]) -> String {
    let mut head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    for (name, value) in headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    head.push_str("\r\n");
    head
}

pub fn good(body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref().to_vec();
    Reply::Raw(head("200 OK", &[("Content-Length", &body.len().to_string())]), body)
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub struct Server {
    pub address: String,
    reply: Arc<Mutex<Reply>>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://user:s3cret@{}/list.txt?token=s3cret", listener.local_addr().unwrap());
        let reply = Arc::new(Mutex::new(good("")));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let shared = (reply.clone(), requests.clone());
        // Ends with the test program.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (reply, requests) = shared.clone();
                std::thread::spawn(move || answer(stream, &reply, &requests));
            }
        });
        Self { address, reply, requests }
    }

    pub fn set(&self, reply: Reply) {
        *self.reply.lock().unwrap() = reply;
        self.requests.lock().unwrap().clear();
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Errors are of no interest: the client may leave at any time.
fn answer(stream: TcpStream, reply: &Mutex<Reply>, requests: &Mutex<Vec<String>>) -> Option<()> {
    let mut request = String::new();
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    while !request.ends_with("\r\n\r\n") {
        if reader.read_line(&mut request).ok()? == 0 {
            return None;
        }
    }
    let index = {
        let mut requests = requests.lock().ok()?;
        requests.push(request.clone());
        requests.len() - 1
    };
    let now = match &*reply.lock().ok()? {
        Reply::Then(replies) => replies.get(index.min(replies.len() - 1))?.clone(),
        one => one.clone(),
    };
    send(stream, &request, now)
}

fn send(mut stream: TcpStream, request: &str, reply: Reply) -> Option<()> {
    match reply {
        Reply::Raw(head, body) => {
            stream.write_all(head.as_bytes()).ok()?;
            stream.write_all(&body).ok()
        }
        Reply::Drip(bytes, pause) => {
            stream.write_all(head("200 OK", &[]).as_bytes()).ok()?;
            loop {
                stream.write_all(&vec![b'l'; bytes]).ok()?;
                std::thread::sleep(pause);
            }
        }
        Reply::Silent => {
            std::thread::sleep(Duration::from_secs(20));
            None
        }
        Reply::Tagged(body) => {
            let tag = format!("\"{}\"", body.len());
            if request.to_lowercase().contains(&format!("if-none-match: {tag}")) {
                return stream.write_all(head("304 Not Modified", &[("ETag", &tag)]).as_bytes()).ok();
            }
            let length = body.len().to_string();
            let head = head("200 OK", &[("ETag", &tag), ("Content-Length", &length)]);
            stream.write_all(head.as_bytes()).ok()?;
            stream.write_all(&body).ok()
        }
        Reply::Then(_) => None,
    }
}

/// A fetcher that gives up on a slow server soon, or one that bears with a busy machine.
pub fn http(hasty: bool) -> Http {
    let (silence, whole) = if hasty { (400, 1500) } else { (10_000, 60_000) };
    let settings = HttpSettings {
        silence: Duration::from_millis(silence),
        whole: Duration::from_millis(whole),
        least_rate: 1000,
        tries: 2,
        pause: Duration::from_millis(1),
        user_agent: "cordon-test/1".to_owned(),
        ..HttpSettings::default()
    };
    Http::new(settings).unwrap()
}
