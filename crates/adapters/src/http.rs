//! Fetching over HTTP. All that is known of the HTTP client stays in this file.

use crate::{Fetch, FetchError, FetchFault, Request, Response, Validators};
use std::error::Error;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};
use std::time::{Duration, Instant};
use ureq::http::{HeaderMap, header};

/// How to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpSettings {
    /// The `User-Agent` header.
    pub user_agent: String,
    /// Longest time to connect, with TLS.
    pub connect: Duration,
    /// Longest silence of the server while we wait for it or read.
    pub silence: Duration,
    /// Longest time of one try, from the first redirect to the last byte.
    pub whole: Duration,
    /// Fewest bytes per second, on average, once a download has gone on for as long as `silence`.
    pub least_rate: u64,
    /// Most redirects followed.
    pub redirects: u32,
    /// Tries in all, where trying again may help.
    pub tries: u32,
    /// Pause before the second try; it doubles for each further one, and is varied by half either way.
    pub pause: Duration,
    /// A proxy's address, if one must be used.
    pub proxy: Option<String>,
}

impl Default for HttpSettings {
    /// Chosen so that the largest official lists (about 100 MB) arrive over a line of 3 Mbit/s.
    fn default() -> Self {
        Self {
            user_agent: concat!("cordon/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect: Duration::from_secs(15),
            silence: Duration::from_secs(30),
            whole: Duration::from_mins(5),
            least_rate: 1024,
            redirects: 10,
            tries: 3,
            pause: Duration::from_secs(2),
            proxy: None,
        }
    }
}

/// The fetcher of the command and the service.
#[derive(Debug, Clone)]
pub struct Http {
    agent: ureq::Agent,
    settings: HttpSettings,
}

impl Http {
    /// A fetcher with these settings. Fails if the proxy's address cannot be used.
    pub fn new(settings: HttpSettings) -> Result<Self, FetchError> {
        let proxy =
            match settings.proxy.as_deref() {
                None => None,
                Some(address) => Some(ureq::Proxy::new(address).map_err(|_| {
                    FetchError::new(address, FetchFault::Address("not the address of a proxy"))
                })?),
            };
        let config = ureq::Agent::config_builder()
            .user_agent(settings.user_agent.as_str())
            .timeout_connect(Some(settings.connect))
            .timeout_per_read(Some(settings.silence))
            .timeout_global(Some(settings.whole))
            .max_redirects(settings.redirects)
            .proxy(proxy)
            .build();
        Ok(Self { agent: config.new_agent(), settings })
    }

    fn try_once(&self, request: &Request<'_>) -> Result<Response, FetchError> {
        let fail = |fault| FetchError::new(request.address, fault);
        let encrypted = request.address.starts_with("https://");
        let mut call = self.agent.get(request.address).config().https_only(encrypted).build();
        if let Some(known) = request.known {
            for (name, value) in
                [(header::IF_NONE_MATCH, &known.etag), (header::IF_MODIFIED_SINCE, &known.modified)]
            {
                if let Some(value) = value {
                    call = call.header(name, value);
                }
            }
        }
        let response = call.call().map_err(|error| self.explain(request, 0, error))?;
        let status = response.status().as_u16();
        match status {
            200 => {}
            304 if request.known.is_some() => return Ok(Response::Unmodified),
            _ => return Err(fail(FetchFault::Status(status))),
        }
        let validators = validators(response.headers());
        let bytes = self.read(request, response.into_body())?;
        Ok(Response::File { bytes, validators })
    }

    /// Reads a body to its end, with an eye on its size and speed. That the end is the promised one, the client sees.
    fn read(&self, request: &Request<'_>, body: ureq::Body) -> Result<Vec<u8>, FetchError> {
        let fail = |fault| Err(FetchError::new(request.address, fault));
        if body.content_length().is_some_and(|length| length > request.limit) {
            return fail(FetchFault::TooLarge(request.limit));
        }
        let mut reader = body.into_reader();
        let mut bytes = Vec::new();
        let mut piece = vec![0; 64 * 1024];
        let begun = Instant::now();
        loop {
            let read = match reader.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => piece.get(..read).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    return Err(self.explain(request, bytes.len() as u64, ureq::Error::from(error)));
                }
            };
            bytes.extend_from_slice(read);
            let (length, time) = (bytes.len() as u64, begun.elapsed());
            if length > request.limit {
                return fail(FetchFault::TooLarge(request.limit));
            }
            let least = self.settings.least_rate as f64 * time.as_secs_f64();
            if time > self.settings.silence && (length as f64) < least {
                return fail(FetchFault::TooSlow(length, time));
            }
        }
        Ok(bytes)
    }

    /// Says in our words what the client says in its own, leaving out addresses.
    fn explain(&self, request: &Request<'_>, received: u64, error: ureq::Error) -> FetchError {
        use ureq::{Error as Client, Timeout};
        let fail = |fault| FetchError::new(request.address, fault);
        let limits = &self.settings;
        match error {
            Client::StatusCode(status) => fail(FetchFault::Status(status)),
            Client::Http(_) | Client::BadUri(_) => {
                fail(FetchFault::Address("not an address that can be fetched"))
            }
            Client::HostNotFound => fail(FetchFault::Unreachable).with_source(Plain("the host is not known")),
            Client::ConnectionFailed => fail(FetchFault::Unreachable),
            Client::TooManyRedirects => fail(FetchFault::Redirects(limits.redirects)),
            Client::RequireHttpsOnly(_) => fail(FetchFault::Downgrade),
            Client::Timeout(part) => fail(match part {
                Timeout::Connect | Timeout::Resolve => FetchFault::TimedOut("connecting", limits.connect),
                Timeout::Global | Timeout::PerCall => FetchFault::TimedOut("the download", limits.whole),
                _ => FetchFault::TimedOut("the server's answer", limits.silence),
            }),
            Client::Io(error) => match error.kind() {
                io::ErrorKind::UnexpectedEof => fail(FetchFault::CutOff(received)).with_source(error),
                io::ErrorKind::TimedOut => fail(FetchFault::TimedOut("the server's answer", limits.silence)),
                // What TLS has to complain of comes wrapped like this.
                io::ErrorKind::InvalidData => fail(FetchFault::Insecure(error.to_string())),
                _ if received > 0 => fail(FetchFault::CutOff(received)).with_source(error),
                _ => fail(FetchFault::Unreachable).with_source(error),
            },
            Client::Decompress(_, error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                fail(FetchFault::CutOff(received)).with_source(error)
            }
            Client::Decompress(what, _) => {
                fail(FetchFault::Broken(format!("its {what} data cannot be unpacked")))
            }
            Client::Tls(what) => fail(FetchFault::Insecure(what.to_owned())),
            Client::Rustls(error) => fail(FetchFault::Insecure(error.to_string())),
            Client::Protocol(error) => fail(FetchFault::Broken(error.to_string())),
            _ => fail(FetchFault::Broken("the client gave up".to_owned())),
        }
    }

    fn pause_before(&self, attempt: u32) -> Duration {
        let doubled = self.settings.pause.saturating_mul(1 << attempt.saturating_sub(2).min(16));
        // A random share from the seed of a fresh hasher: spreads the tries of many machines, nothing more.
        let random = RandomState::new().hash_one(attempt) % 1000;
        doubled.mul_f64(0.5 + random as f64 / 1000.0)
    }
}

impl Fetch for Http {
    fn fetch(&self, request: &Request<'_>) -> Result<Response, FetchError> {
        let mut attempt = 1;
        loop {
            match self.try_once(request) {
                Err(error) if error.fault().is_passing() && attempt < self.settings.tries => {
                    attempt += 1;
                    std::thread::sleep(self.pause_before(attempt));
                }
                other => return other.map_err(|error| error.after(attempt)),
            }
        }
    }
}

fn validators(headers: &HeaderMap) -> Validators {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Validators { etag: text(header::ETAG), modified: text(header::LAST_MODIFIED) }
}

/// A cause that is only words.
#[derive(Debug)]
struct Plain(&'static str);

impl std::fmt::Display for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for Plain {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_vary_by_half() {
        let http = Http::new(HttpSettings::default()).unwrap();
        for (attempt, middle) in [(2, 2.0), (3, 4.0), (4, 8.0)] {
            for _ in 0..50 {
                let pause = http.pause_before(attempt).as_secs_f64();
                assert!((middle * 0.5..=middle * 1.5).contains(&pause), "{attempt}: {pause}");
            }
        }
    }

    #[test]
    fn a_bad_proxy_is_named_without_its_password() {
        let settings =
            HttpSettings { proxy: Some("ftp://user:s3cret@".to_owned()), ..HttpSettings::default() };
        let error = Http::new(settings).unwrap_err().to_string();
        assert!(error.contains("proxy") && !error.contains("s3cret"), "{error}");
    }
}
