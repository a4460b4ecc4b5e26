//! What fetching means to the rest of this crate: one address in, its bytes or a reason out.

use serde::{Deserialize, Serialize};
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// What a server says of a version of a file, to be asked later whether there is another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The `ETag` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The `Last-Modified` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
}

impl Validators {
    /// Whether the server said nothing.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.modified.is_none()
    }
}

/// One file to fetch.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Where.
    pub address: &'a str,
    /// What the server said of the version we have, if we have one.
    pub known: Option<&'a Validators>,
    /// Greatest number of bytes to take.
    pub limit: u64,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    /// The version we have is the current one.
    Unmodified,
    /// Another version, whole.
    File {
        /// Its bytes.
        bytes: Vec<u8>,
        /// What the server says of it.
        validators: Validators,
    },
}

/// A way to fetch files.
pub trait Fetch {
    /// Fetches one file, whole or not at all.
    fn fetch(&self, request: &Request<'_>) -> Result<Response, FetchError>;
}

/// What went wrong in a fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchFault {
    /// The address cannot be used.
    Address(&'static str),
    /// No connection; the source says why.
    Unreachable,
    /// The server answered with this status.
    Status(u16),
    /// It took too long: which part, and the limit.
    TimedOut(&'static str, Duration),
    /// Bytes came so slowly that it must be given up: bytes and time so far.
    TooSlow(u64, Duration),
    /// More bytes than this.
    TooLarge(u64),
    /// The connection ended before the file did, after so many bytes.
    CutOff(u64),
    /// More redirects than this.
    Redirects(u32),
    /// A redirect from an encrypted to an open connection.
    Downgrade,
    /// The server could not be trusted, or does not speak TLS: certificate unknown, expired, of another name.
    Insecure(String),
    /// The answer breaks the rules of HTTP or gzip.
    Broken(String),
}

impl FetchFault {
    /// Whether the same request may go well a little later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Status(status) => *status >= 500,
            Self::Unreachable
            | Self::TimedOut(..)
            | Self::TooSlow(..)
            | Self::CutOff(_)
            | Self::Broken(_) => true,
            Self::Address(_)
            | Self::TooLarge(_)
            | Self::Redirects(_)
            | Self::Downgrade
            | Self::Insecure(_) => false,
        }
    }
}

impl fmt::Display for FetchFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(reason) => f.write_str(reason),
            Self::Unreachable => f.write_str("no connection"),
            Self::Status(status) => write!(f, "the server answered with status {status}"),
            Self::TimedOut(part, limit) => {
                write!(f, "{part} took longer than {} s", limit.as_secs_f64())
            }
            Self::TooSlow(bytes, time) => {
                write!(f, "too slow: {bytes} bytes in {:.1} s", time.as_secs_f64())
            }
            Self::TooLarge(limit) => write!(f, "the file is larger than {limit} bytes"),
            Self::CutOff(bytes) => {
                write!(f, "the connection ended after {bytes} bytes, before the end of the file")
            }
            Self::Redirects(most) => write!(f, "more than {most} redirects"),
            Self::Downgrade => f.write_str("redirected from https to an address that is not encrypted"),
            Self::Insecure(reason) => write!(f, "no secure connection: {reason}"),
            Self::Broken(reason) => write!(f, "the answer is broken: {reason}"),
        }
    }
}

/// Why a file could not be fetched.
#[derive(Debug)]
pub struct FetchError {
    /// The address without query and credentials.
    address: String,
    fault: FetchFault,
    tries: u32,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl FetchError {
    /// An error about an address.
    pub fn new(address: &str, fault: FetchFault) -> Self {
        Self { address: shown(address), fault, tries: 1, source: None }
    }

    /// The same error with what caused it. Its text must hold no secrets.
    #[must_use]
    pub fn with_source(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// The same error after so many tries.
    #[must_use]
    pub fn after(mut self, tries: u32) -> Self {
        self.tries = tries;
        self
    }

    /// What went wrong.
    pub fn fault(&self) -> &FetchFault {
        &self.fault
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.address, self.fault)?;
        if self.tries > 1 { write!(f, " ({} tries)", self.tries) } else { Ok(()) }
    }
}

impl Error for FetchError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

/// An address as it may be shown: without user name, password, query and fragment, which may hold secrets.
pub fn shown(address: &str) -> String {
    let plain = address.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = plain.split_once("://") else { return plain.to_owned() };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}{path}")
}

/// The file name in an address: its last part that is not empty, or the host.
pub(crate) fn file_name(address: &str) -> String {
    shown(address).rsplit('/').find(|part| !part.is_empty()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_without_secrets() {
        for (address, expected, name) in [
            ("https://a.example/x/SDN.CSV", "https://a.example/x/SDN.CSV", "SDN.CSV"),
            ("https://a.example/x/content?token=s3cret", "https://a.example/x/content", "content"),
            ("https://user:s3cret@a.example:8/x.xml#s3cret", "https://a.example:8/x.xml", "x.xml"),
            ("https://u:s3c@ret@a.example/", "https://a.example/", "a.example"),
            ("https://user:s3cret@a.example?x=s3cret", "https://a.example", "a.example"),
            ("https://a.example/@x/y", "https://a.example/@x/y", "y"),
            ("not an address", "not an address", "not an address"),
            ("", "", ""),
        ] {
            assert_eq!((shown(address).as_str(), file_name(address).as_str()), (expected, name), "{address}");
        }
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        for (fault, passing) in [
            (FetchFault::Status(500), true),
            (FetchFault::Status(503), true),
            (FetchFault::Status(404), false),
            (FetchFault::Status(429), false),
            (FetchFault::TimedOut("connecting", Duration::from_secs(1)), true),
            (FetchFault::CutOff(3), true),
            (FetchFault::TooLarge(3), false),
            (FetchFault::Redirects(10), false),
        ] {
            assert_eq!(fault.is_passing(), passing, "{fault}");
        }
    }
}
