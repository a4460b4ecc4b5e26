//! Sessions of users: what the browser holds, what is kept, how long it lasts.

use crate::secret::{digest, hex, unhex};
use crate::user::UserId;
use cordon_model::Digest;
use jiff::{SignedDuration, Timestamp};
use std::fmt;

/// Name of the cookie over HTTPS; the prefix makes browsers refuse it from anyone but this host over HTTPS.
const SECURE_COOKIE: &str = "__Host-cordon";
/// Name of the cookie over plain HTTP, which is for loopback.
const PLAIN_COOKIE: &str = "cordon";

/// 256 random bits that a browser shows to be recognised. Kept as a digest.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    pub(crate) fn of(random: [u8; 32]) -> Self {
        Self(hex(&random))
    }

    /// The token in a `Cookie` header, if it holds one.
    pub fn in_cookies(header: &str) -> Option<Self> {
        let pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
        let mut ours = pairs.filter(|(name, _)| [SECURE_COOKIE, PLAIN_COOKIE].contains(name));
        let value = ours.next()?.1;
        unhex::<32>(value).map(|_| Self(value.to_owned()))
    }

    /// The value of the `Set-Cookie` header that gives the token to a browser; `secure` where it came over HTTPS.
    pub fn set_cookie(&self, secure: bool, rules: &SessionRules) -> String {
        cookie(&self.0, secure, rules.absolute.as_secs())
    }

    /// The value of the `Set-Cookie` header that takes it away.
    pub fn clear_cookie(secure: bool) -> String {
        cookie("", secure, 0)
    }

    /// The token that must come with every change made in this session. It follows from the session's token, which other
    /// sites cannot read, and does not give it away.
    pub fn csrf(&self) -> CsrfToken {
        CsrfToken(digest("csrf", &self.0).to_string())
    }

    /// What is kept of it.
    pub fn digest(&self) -> Digest {
        digest("session", &self.0)
    }
}

fn cookie(value: &str, secure: bool, seconds: i64) -> String {
    let (name, more) = if secure { (SECURE_COOKIE, "; Secure") } else { (PLAIN_COOKIE, "") };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{more}")
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// What forms and scripts of a session send with every change.
#[derive(Clone, PartialEq, Eq)]
pub struct CsrfToken(String);

impl CsrfToken {
    /// The text to put into forms and headers.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CsrfToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CsrfToken(…)")
    }
}

/// How long sessions last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionRules {
    /// Longest time without a request.
    pub idle: SignedDuration,
    /// Longest time at all.
    pub absolute: SignedDuration,
}

/// A working day, and a lunch break.
impl Default for SessionRules {
    fn default() -> Self {
        Self { idle: SignedDuration::from_mins(60), absolute: SignedDuration::from_hours(12) }
    }
}

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Digest of its token.
    pub token: Digest,
    /// Whose it is.
    pub user: UserId,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used, to the minute or so.
    pub seen: Timestamp,
}

impl Session {
    /// Steps in which use is written down.
    const STEP: SignedDuration = SignedDuration::from_mins(1);

    /// A session that begins.
    pub(crate) fn begun(token: &SessionToken, user: UserId, now: Timestamp) -> Self {
        Self { token: token.digest(), user, created: now, seen: now }
    }

    /// Whether it still lasts.
    pub fn is_live(&self, now: Timestamp, rules: &SessionRules) -> bool {
        now.duration_since(self.created) < rules.absolute && now.duration_since(self.seen) < rules.idle
    }

    /// Whether its use is worth writing down again.
    pub fn is_worth_touching(&self, now: Timestamp) -> bool {
        now.duration_since(self.seen) >= Self::STEP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_there_and_back() {
        let token = SessionToken::of([171; 32]);
        let rules = SessionRules::default();
        for secure in [false, true] {
            let set = token.set_cookie(secure, &rules);
            assert_eq!(set.contains("; Secure"), secure);
            assert!(set.contains("; HttpOnly; SameSite=Lax"), "{set}");
            let sent = format!("theme=dark; {}; x=y", set.split(';').next().unwrap());
            assert_eq!(SessionToken::in_cookies(&sent), Some(token.clone()));
            let cleared = SessionToken::clear_cookie(secure);
            assert!(cleared.contains("=; Path=/; Max-Age=0"), "{cleared}");
        }
        for bad in ["", "cordon", "cordon=", "cordon=zz", "other=00", "cordon=\u{e4}"] {
            assert_eq!(SessionToken::in_cookies(bad), None, "{bad}");
        }
        assert_ne!(token.csrf().as_str(), token.digest().as_str());
    }

    #[test]
    fn sessions_end_when_idle_and_at_last() {
        let rules = SessionRules::default();
        let minute = |minute: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute);
        for (seen, now, live) in
            [(0, 0, true), (0, 59, true), (0, 60, false), (700, 719, true), (719, 720, false)]
        {
            let session = Session {
                token: Digest::of(b""),
                user: UserId::of(&[0; 16]),
                created: minute(0),
                seen: minute(seen),
            };
            assert_eq!(session.is_live(minute(now), &rules), live, "{seen} {now}");
        }
    }
}
