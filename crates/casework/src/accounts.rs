//! Logging in, users and keys: each change is decided here and committed with its record.

use crate::audit::{Kind, NewRecord};
use crate::caller::{Caller, Principal};
use crate::error::{CommandError, StoreError};
use crate::key::{ApiKey, KeyId, PresentedKey};
use crate::login::{Attempts, LockOut, LoginOutcome};
use crate::occasion::Occasion;
use crate::password::{Password, PasswordHash, Passwords};
use crate::ports::{Change, Store};
use crate::scope::{Role, Scope, Scopes};
use crate::session::{CsrfToken, Session, SessionRules, SessionToken};
use crate::user::{Invite, LinkToken, User, UserId, UserName};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;

/// Name of the user made at the first start.
const FIRST_USER: &str = "admin";
/// How often a decision is taken again when someone else changed the same thing.
const TRIES: usize = 8;
/// Hash that no password has: looked at when there is no user, so that this takes as long.
const NO_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Rules of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// How long sessions last.
    pub sessions: SessionRules,
    /// When names are locked.
    pub lock_out: LockOut,
    /// How long a one-time link can be used.
    pub link: SignedDuration,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            sessions: SessionRules::default(),
            lock_out: LockOut::default(),
            link: SignedDuration::from_hours(24),
        }
    }
}

/// A session just begun.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// What the browser keeps.
    pub token: SessionToken,
    /// What forms of the session send.
    pub csrf: CsrfToken,
    /// Who it is.
    pub caller: Caller,
}

/// A key to be made.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// What it is for.
    pub label: String,
    /// What it may do; no more than its maker.
    pub scopes: Scopes,
    /// When it ends.
    pub expires: Option<Timestamp>,
    /// Most requests a second.
    pub rate_limit: Option<NonZeroU32>,
}

/// Users, sessions and keys.
#[derive(Clone)]
pub struct Accounts {
    store: Arc<dyn Store>,
    passwords: Arc<dyn Passwords>,
    rules: Rules,
}

impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accounts").field("rules", &self.rules).finish_non_exhaustive()
    }
}

/// What most calls give.
type Outcome<T> = Result<T, CommandError>;

impl Accounts {
    /// Accounts of a store.
    pub fn new(store: Arc<dyn Store>, passwords: Arc<dyn Passwords>, rules: Rules) -> Self {
        Self { store, passwords, rules }
    }

    /// The rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Makes an admin if there is no user at all. The link by which they set their password.
    pub async fn first_start(&self, occasion: &Occasion) -> Outcome<Option<LinkToken>> {
        if !self.store.users().await?.is_empty() {
            return Ok(None);
        }
        let user = new_user(occasion, UserName::parse(FIRST_USER)?, Role::Admin);
        let (link, invite) = self.new_link(occasion, &user.id);
        let record = NewRecord::new(occasion, Kind::USER_ADDED).asked(about(&user));
        match self.store.commit(vec![Change::AddFirstUser(user), Change::AddInvite(invite)], record).await {
            Ok(_) => Ok(Some(link)),
            // Another process starting on the same database was first.
            Err(StoreError::Conflict) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Logs a user in by name and password.
    pub async fn log_in(
        &self,
        occasion: &Occasion,
        name: &str,
        password: &Password,
    ) -> Outcome<LoginOutcome> {
        // A text that can be no name can lock no name.
        let Ok(name) = UserName::parse(name) else { return Ok(LoginOutcome::Wrong) };
        let mut checked: Option<(PasswordHash, bool)> = None;
        for _ in 0..TRIES {
            let attempts = self.store.attempts(name.clone()).await?;
            if let Some(until) = self.rules.lock_out.locked_until(&attempts, occasion.now) {
                return Ok(LoginOutcome::Locked { until });
            }
            let user = self.store.user_named(name.clone()).await?.filter(|user| !user.disabled);
            let hash = user.as_ref().and_then(|user| user.password.clone());
            let hash = hash.unwrap_or_else(|| PasswordHash::stored(NO_HASH.to_owned()));
            // Looked at once, however often others get in between.
            let right = match &checked {
                Some((looked_at, right)) if *looked_at == hash => *right,
                _ => self.passwords.check(password.clone(), hash.clone()).await,
            };
            checked = Some((hash, right));
            let done = match user.filter(|_| right) {
                Some(user) => self.begin(occasion, user, Some(&attempts)).await.map(LoginOutcome::In),
                None => self.fail(occasion, &attempts).await.map(|()| LoginOutcome::Wrong),
            };
            match done {
                Err(StoreError::Conflict) => {}
                done => return Ok(done?),
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// Logs in a user whom an identity provider vouches for; `external` is `issuer subject`. `None` if no user is tied
    /// to it.
    pub async fn log_in_external(&self, occasion: &Occasion, external: &str) -> Outcome<Option<NewSession>> {
        match self.store.user_external(external.to_owned()).await?.filter(|user| !user.disabled) {
            Some(user) => Ok(Some(self.begin(occasion, user, None).await?)),
            None => Ok(None),
        }
    }

    async fn begin(
        &self,
        occasion: &Occasion,
        user: User,
        attempts: Option<&Attempts>,
    ) -> Result<NewSession, StoreError> {
        let now = occasion.now;
        let token = SessionToken::of(occasion.random.secret());
        let session = Session::begun(&token, user.id.clone(), now);
        let mut changes = vec![Change::AddSession(session)];
        changes.extend(
            attempts
                .filter(|attempts| attempts.version > 0)
                .map(|attempts| Change::PutAttempts(LockOut::succeeded(attempts, now))),
        );
        let csrf = token.csrf();
        let caller = Caller::user(user.id, user.name, user.role.scopes(), csrf.clone());
        let as_user = Occasion { caller: caller.clone(), ..occasion.clone() };
        self.store.commit(changes, NewRecord::new(&as_user, Kind::LOGIN)).await?;
        Ok(NewSession { token, csrf, caller })
    }

    async fn fail(&self, occasion: &Occasion, attempts: &Attempts) -> Result<(), StoreError> {
        let failed = self.rules.lock_out.failed(attempts, occasion.now);
        let record = NewRecord::new(occasion, Kind::LOGIN_FAILED)
            .asked(json!({ "name": failed.name.as_str() }).to_string())
            .outcome(json!({ "failures": failed.failures }).to_string());
        self.store.commit(vec![Change::PutAttempts(failed)], record).await.map(|_| ())
    }

    /// Who sends this `Cookie` header; nobody if it holds no live session.
    pub async fn caller_of_cookie(&self, now: Timestamp, header: &str) -> Outcome<Caller> {
        let Some(token) = SessionToken::in_cookies(header) else { return Ok(Caller::nobody()) };
        let found = self.store.session(token.digest()).await?;
        let live =
            found.filter(|(session, user)| session.is_live(now, &self.rules.sessions) && !user.disabled);
        let Some((session, user)) = live else { return Ok(Caller::nobody()) };
        if session.is_worth_touching(now) {
            self.store.touch_session(session.token, now).await?;
        }
        Ok(Caller::user(user.id, user.name, user.role.scopes(), token.csrf()))
    }

    /// Who sends this key, alone or as an `Authorization` header; nobody if it opens nothing.
    pub async fn caller_of_key(&self, now: Timestamp, sent: &str) -> Outcome<Caller> {
        let found = self.store.key(PresentedKey::presented(sent).digest()).await?;
        let live = found.filter(|key| key.is_live(now));
        Ok(live.map_or_else(Caller::nobody, |key| Caller::key(key.id, key.scopes, key.rate_limit)))
    }

    /// Ends the session of this `Cookie` header.
    pub async fn log_out(&self, occasion: &Occasion, header: &str) -> Outcome<()> {
        let Some(token) = SessionToken::in_cookies(header) else { return Ok(()) };
        if self.store.session(token.digest()).await?.is_some() {
            let record = NewRecord::new(occasion, Kind::LOGOUT);
            self.store.commit(vec![Change::EndSession(token.digest())], record).await?;
        }
        Ok(())
    }

    /// Sets the password of the user of a one-time link, and ends their sessions. Their name.
    pub async fn redeem(
        &self,
        occasion: &Occasion,
        link: &LinkToken,
        password: &Password,
    ) -> Outcome<UserName> {
        let found = self.store.invite(link.digest()).await?;
        let open = |invite: &Invite| invite.used.is_none() && occasion.now < invite.expires;
        let Some((invite, user)) = found.filter(|(invite, user)| open(invite) && !user.disabled) else {
            return Err(CommandError::State(
                "this link was used, has ended or never was: ask an admin for a new one".to_owned(),
            ));
        };
        let hash = self.passwords.hash(password.clone(), occasion.random.open(0)).await;
        let (id, name) = (user.id.clone(), user.name.clone());
        let record = NewRecord::new(occasion, Kind::PASSWORD_SET).asked(about(&user));
        let changes = vec![
            Change::UseInvite(invite.token, occasion.now),
            Change::PutUser(User { password: Some(hash), ..user }),
            Change::EndSessionsOf(id.clone()),
            Change::EndInvitesOf(id, occasion.now),
        ];
        self.store.commit(changes, record).await?;
        Ok(name)
    }

    /// The name a one-time link is for, if it can still be used.
    pub async fn link_is_for(&self, now: Timestamp, link: &LinkToken) -> Outcome<Option<UserName>> {
        let found = self.store.invite(link.digest()).await?;
        let open =
            found.filter(|(invite, user)| invite.used.is_none() && now < invite.expires && !user.disabled);
        Ok(open.map(|(_, user)| user.name))
    }

    /// Lets users change their own password; all their sessions end and a new one begins. As a login, it can fail.
    pub async fn change_password(
        &self,
        occasion: &Occasion,
        old: &Password,
        new: &Password,
    ) -> Outcome<LoginOutcome> {
        let Principal::User(_, name) = &occasion.caller.principal else {
            return Err(CommandError::State("only users have passwords".to_owned()));
        };
        let session = match self.log_in(occasion, name.as_str(), old).await? {
            LoginOutcome::In(session) => session,
            other => return Ok(other),
        };
        let user = self.user(name.as_str()).await?;
        let hash = self.passwords.hash(new.clone(), occasion.random.open(0)).await;
        let record = NewRecord::new(occasion, Kind::PASSWORD_SET).asked(about(&user));
        let changes = vec![
            Change::EndSessionsOf(user.id.clone()),
            Change::AddSession(Session::begun(&session.token, user.id.clone(), occasion.now)),
            Change::PutUser(User { password: Some(hash), ..user }),
        ];
        self.store.commit(changes, record).await?;
        Ok(LoginOutcome::In(session))
    }

    /// All users, by name.
    pub async fn users(&self, occasion: &Occasion) -> Outcome<Vec<User>> {
        occasion.caller.need(Scope::Users)?;
        Ok(self.store.users().await?)
    }

    async fn user(&self, name: &str) -> Outcome<User> {
        let found = self.store.user_named(UserName::parse(name)?).await?;
        found.ok_or_else(|| CommandError::not_found("user", name))
    }

    /// Adds a user. The link by which they set their password.
    pub async fn add_user(&self, occasion: &Occasion, name: &str, role: Role) -> Outcome<LinkToken> {
        occasion.caller.need(Scope::Users)?;
        let user = new_user(occasion, UserName::parse(name)?, role);
        let (link, invite) = self.new_link(occasion, &user.id);
        let record = NewRecord::new(occasion, Kind::USER_ADDED).asked(about(&user));
        match self.store.commit(vec![Change::AddUser(user), Change::AddInvite(invite)], record).await {
            Err(StoreError::Conflict) => {
                Err(CommandError::State(format!("there is a user `{name}` already")))
            }
            other => Ok(other.map(|_| link)?),
        }
    }

    /// Makes a new one-time link for a user; older ones end.
    pub async fn new_link_for(&self, occasion: &Occasion, name: &str) -> Outcome<LinkToken> {
        occasion.caller.need(Scope::Users)?;
        let user = self.user(name).await?;
        let (link, invite) = self.new_link(occasion, &user.id);
        let record = NewRecord::new(occasion, Kind::LINK_MADE).asked(about(&user));
        let changes = vec![Change::EndInvitesOf(user.id, occasion.now), Change::AddInvite(invite)];
        self.store.commit(changes, record).await?;
        Ok(link)
    }

    /// Gives a user another role.
    pub async fn set_role(&self, occasion: &Occasion, name: &str, role: Role) -> Outcome<()> {
        self.change_user(occasion, name, |user| User { role, ..user }).await
    }

    /// Keeps a user out and ends their sessions, or lets them in again.
    pub async fn set_disabled(&self, occasion: &Occasion, name: &str, disabled: bool) -> Outcome<()> {
        self.change_user(occasion, name, |user| User { disabled, ..user }).await
    }

    /// Ties a user to who they are to an identity provider, `issuer subject`, or unties them.
    pub async fn set_external(
        &self,
        occasion: &Occasion,
        name: &str,
        external: Option<String>,
    ) -> Outcome<()> {
        self.change_user(occasion, name, |user| User { external: external.clone(), ..user }).await
    }

    /// Forgets the failed logins of a name.
    pub async fn unlock(&self, occasion: &Occasion, name: &str) -> Outcome<()> {
        occasion.caller.need(Scope::Users)?;
        let attempts = self.store.attempts(UserName::parse(name)?).await?;
        if attempts.version > 0 {
            let record = NewRecord::new(occasion, Kind::USER_CHANGED)
                .asked(json!({ "name": attempts.name.as_str(), "unlock": true }).to_string());
            let forgotten = LockOut::succeeded(&attempts, occasion.now);
            self.store.commit(vec![Change::PutAttempts(forgotten)], record).await?;
        }
        Ok(())
    }

    async fn change_user(
        &self,
        occasion: &Occasion,
        name: &str,
        change: impl Fn(User) -> User + Send,
    ) -> Outcome<()> {
        occasion.caller.need(Scope::Users)?;
        for _ in 0..TRIES {
            let users = self.store.users().await?;
            let wanted = UserName::parse(name)?;
            let Some(user) = users.iter().find(|user| user.name == wanted).cloned() else {
                return Err(CommandError::not_found("user", name));
            };
            let changed = change(user.clone());
            if changed == user {
                return Ok(());
            }
            let leads = |user: &User| user.role == Role::Admin && !user.disabled;
            let others = users.iter().any(|other| other.id != user.id && leads(other));
            if leads(&user) && !leads(&changed) && !others {
                return Err(CommandError::State(format!("`{name}` is the last admin and must stay one")));
            }
            let mut changes = vec![Change::PutUser(changed.clone())];
            if changed.disabled || changed.role < user.role {
                changes.push(Change::EndSessionsOf(user.id.clone()));
            }
            let record =
                NewRecord::new(occasion, Kind::USER_CHANGED).asked(about(&user)).outcome(about(&changed));
            match self.store.commit(changes, record).await {
                Err(StoreError::Conflict) => {}
                done => return Ok(done.map(|_| ())?),
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// All keys, the newest first.
    pub async fn keys(&self, occasion: &Occasion) -> Outcome<Vec<ApiKey>> {
        occasion.caller.need(Scope::Keys)?;
        Ok(self.store.keys().await?)
    }

    /// Makes a key. What is given back is the only time it can be seen.
    pub async fn add_key(&self, occasion: &Occasion, new: NewKey) -> Outcome<(ApiKey, PresentedKey)> {
        occasion.caller.need(Scope::Keys)?;
        let label = new.label.trim().to_owned();
        if label.is_empty() || label.chars().count() > 100 {
            return Err(CommandError::invalid("label", "say in 1 to 100 letters what the key is for"));
        }
        if new.scopes.is_empty() || !occasion.caller.scopes.covers(new.scopes) {
            return Err(CommandError::invalid(
                "scopes",
                "a key needs at least one, and none its maker lacks",
            ));
        }
        if new.expires.is_some_and(|end| end <= occasion.now) {
            return Err(CommandError::invalid("expires", "a key cannot end before it begins"));
        }
        let id = KeyId::of(&occasion.random.open(0));
        let presented = PresentedKey::of(&id, occasion.random.secret());
        let key = ApiKey {
            id,
            digest: presented.digest(),
            label,
            scopes: new.scopes,
            rate_limit: new.rate_limit,
            created: occasion.now,
            created_by: occasion.caller.principal.to_string(),
            expires: new.expires,
            revoked: None,
        };
        let asked = json!({
            "key": key.id.as_str(), "label": key.label, "scopes": key.scopes.to_string(),
            "expires": key.expires.map(|end| end.to_string()), "rate_limit": key.rate_limit,
        });
        let record = NewRecord::new(occasion, Kind::KEY_ADDED).asked(asked.to_string());
        self.store.commit(vec![Change::AddKey(key.clone())], record).await?;
        Ok((key, presented))
    }

    /// Revokes a key, at once and for good.
    pub async fn revoke_key(&self, occasion: &Occasion, id: &str) -> Outcome<()> {
        occasion.caller.need(Scope::Keys)?;
        let keys = self.store.keys().await?;
        let Some(key) = keys.into_iter().find(|key| key.id.as_str() == id) else {
            return Err(CommandError::not_found("key", id));
        };
        if key.revoked.is_some() {
            return Ok(());
        }
        let asked = json!({ "key": id, "label": key.label });
        let record = NewRecord::new(occasion, Kind::KEY_REVOKED).asked(asked.to_string());
        match self.store.commit(vec![Change::RevokeKey(key.id, occasion.now)], record).await {
            Ok(_) | Err(StoreError::Conflict) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes sessions and failures that no longer count; for once an hour or so.
    pub async fn sweep(&self, now: Timestamp) -> Outcome<()> {
        let before = |age: SignedDuration| now.saturating_sub(age).unwrap_or(Timestamp::MIN);
        Ok(self.store.sweep(before(self.rules.sessions.absolute), before(self.rules.lock_out.memory)).await?)
    }

    fn new_link(&self, occasion: &Occasion, user: &UserId) -> (LinkToken, Invite) {
        let link = LinkToken::of(occasion.random.secret());
        let expires = occasion.now.saturating_add(self.rules.link).unwrap_or(Timestamp::MAX);
        let invite =
            Invite { token: link.digest(), user: user.clone(), created: occasion.now, expires, used: None };
        (link, invite)
    }
}

fn new_user(occasion: &Occasion, name: UserName, role: Role) -> User {
    User {
        id: UserId::of(&occasion.random.open(1)),
        name,
        role,
        password: None,
        disabled: false,
        external: None,
        created: occasion.now,
        version: 1,
    }
}

/// A user as records show one: never the password's hash.
fn about(user: &User) -> String {
    let mut about =
        json!({ "user": user.id.as_str(), "name": user.name.as_str(), "role": user.role.as_str() });
    if user.disabled {
        about["disabled"] = Value::Bool(true);
    }
    if let Some(external) = &user.external {
        about["external"] = Value::String(external.clone());
    }
    about.to_string()
}
