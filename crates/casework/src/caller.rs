//! Who asks and what they may do.

use crate::key::KeyId;
use crate::scope::{Scope, Scopes};
use crate::secret::same;
use crate::session::CsrfToken;
use crate::user::{UserId, UserName};
use std::fmt;
use std::num::NonZeroU32;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// Nobody known.
    Nobody,
    /// Whoever sits at the machine: the command line, and a server told to ask for no key.
    Local,
    /// Cordon itself, on a schedule.
    System,
    /// A user who logged in.
    User(UserId, UserName),
    /// A program with a key.
    Key(KeyId),
}

/// As records name it: `nobody`, `local`, `system`, `user:ana`, `key:1f9a03c2`.
impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("nobody"),
            Self::Local => f.write_str("local"),
            Self::System => f.write_str("system"),
            Self::User(_, name) => write!(f, "user:{name}"),
            Self::Key(id) => write!(f, "key:{id}"),
        }
    }
}

/// Who asks, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub principal: Principal,
    /// What they may do.
    pub scopes: Scopes,
    /// The token that forms and scripts of a session must send with every change; `None` where no cookie was used, so
    /// that no other site can borrow it.
    pub csrf: Option<CsrfToken>,
    /// Most requests a second, if limited.
    pub rate_limit: Option<NonZeroU32>,
}

impl Caller {
    fn of(principal: Principal, scopes: Scopes) -> Self {
        Self { principal, scopes, csrf: None, rate_limit: None }
    }

    /// Nobody known, who may do nothing.
    pub fn nobody() -> Self {
        Self::of(Principal::Nobody, Scopes::default())
    }

    /// Whoever sits at the machine, who may do everything.
    pub fn local() -> Self {
        Self::of(Principal::Local, Scopes::all())
    }

    /// Cordon itself.
    pub fn system() -> Self {
        Self::of(Principal::System, Scopes::all())
    }

    /// A user in a session.
    pub(crate) fn user(id: UserId, name: UserName, scopes: Scopes, csrf: CsrfToken) -> Self {
        Self { csrf: Some(csrf), ..Self::of(Principal::User(id, name), scopes) }
    }

    /// A program with a key.
    pub(crate) fn key(id: KeyId, scopes: Scopes, rate_limit: Option<NonZeroU32>) -> Self {
        Self { rate_limit, ..Self::of(Principal::Key(id), scopes) }
    }

    /// Whether they may.
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.has(scope)
    }

    /// Nothing if they may, else which scope is missing.
    pub fn need(&self, scope: Scope) -> Result<(), Denied> {
        match (&self.principal, self.may(scope)) {
            (_, true) => Ok(()),
            (Principal::Nobody, false) => Err(Denied::Unknown),
            (_, false) => Err(Denied::Missing(scope)),
        }
    }

    /// Nothing if the token sent with a change is the session's, or if no session is used.
    pub fn check_csrf(&self, sent: Option<&str>) -> Result<(), Denied> {
        match &self.csrf {
            Some(token) if !sent.is_some_and(|sent| same(sent, token.as_str())) => Err(Denied::Csrf),
            _ => Ok(()),
        }
    }
}

/// Why someone may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// Nobody knows who asks.
    Unknown,
    /// They lack a scope.
    Missing(Scope),
    /// A change came with a session's cookie but without its token.
    Csrf,
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("log in or send an API key"),
            Self::Missing(scope) => {
                write!(f, "this needs the scope `{scope}`, which the caller does not have")
            }
            Self::Csrf => {
                f.write_str("the form's token is missing or not this session's: load the page again")
            }
        }
    }
}

impl std::error::Error for Denied {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scope::Role;
    use crate::session::SessionToken;

    #[test]
    fn callers_may_what_their_scopes_say() {
        assert_eq!(Caller::nobody().need(Scope::Read), Err(Denied::Unknown));
        assert_eq!(Caller::local().need(Scope::Users), Ok(()));
        let key = Caller::key(KeyId::of(&[7; 16]), Role::Analyst.scopes(), None);
        assert_eq!(key.need(Scope::Screen), Ok(()));
        assert_eq!(key.need(Scope::Keys), Err(Denied::Missing(Scope::Keys)));
    }

    #[test]
    fn only_sessions_need_a_token_and_only_their_own_will_do() {
        let [mine, other] = [1, 2].map(|byte| SessionToken::of([byte; 32]).csrf());
        let caller = Caller::user(
            UserId::of(&[1; 16]),
            UserName::parse("ana").unwrap(),
            Role::Viewer.scopes(),
            mine.clone(),
        );
        assert_eq!(caller.check_csrf(Some(mine.as_str())), Ok(()));
        for wrong in [None, Some(""), Some(other.as_str()), Some(&mine.as_str()[1..])] {
            assert_eq!(caller.check_csrf(wrong), Err(Denied::Csrf), "{wrong:?}");
        }
        assert_eq!(Caller::local().check_csrf(None), Ok(()));
    }
}
