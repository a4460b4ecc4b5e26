//! Who may do what, and the record of what was done: values, rules and ports; no I/O, no clock, no chance.
//!
//! How a server calls it, with `store: Arc<dyn Store>` opened by `cordon-database` (or [`Memory`] in tests):
//! ```text
//! let accounts = Accounts::new(store.clone(), passwords, Rules::default());    let audit = AuditLog::new(store);
//! // each request is an occasion: who, when, from where, and 64 bytes of chance
//! let nobody = Occasion::new(now, random, Caller::nobody(), Some(address));
//! if let Some(link) = accounts.first_start(&nobody).await? { print(link.reveal()) }    // makes the admin, once
//! let LoginOutcome::In(new) = accounts.log_in(&nobody, name, password).await? else { … };   // Wrong, Locked { until }
//! response.set("set-cookie", new.token.set_cookie(secure, &rules));
//! let caller = accounts.caller_of_cookie(now, header).await?;                  // or caller_of_key(now, bearer)
//! caller.check_csrf(form_or_header)?;  caller.need(Scope::Screen)?;            // Denied says which scope is missing
//! let receipt = audit.append(NewRecord::new(&occasion, Kind::SCREENING).asked(json).answer(&bytes, outcome)
//!     .resting_on(lists, policy_id, engine)).await?;   // returns once it is on disk; then, and only then, answer
//! response.set("x-cordon-audit", receipt.sequence);
//! ```
//! Changes of state go through [`AuditStore::commit`] with their record, so that one transaction holds both.
//! Deliberately absent: a runtime (futures are made here and driven above), SQL, HTTP.

mod accounts;
pub mod audit;
mod caller;
mod error;
mod key;
mod login;
mod memory;
mod occasion;
mod password;
mod ports;
mod scope;
mod secret;
mod session;
mod user;

pub use accounts::{Accounts, NewKey, NewSession, Rules};
pub use audit::{AuditLog, AuditRecord, Kind, ListSnapshot, NewRecord, Receipt, RecordQuery};
pub use caller::{Caller, Denied, Principal};
pub use error::{CommandError, StoreError};
pub use key::{ApiKey, KeyId, PresentedKey};
pub use login::{Attempts, LockOut, LoginOutcome};
pub use memory::Memory;
pub use occasion::{Occasion, Random};
pub use password::{InPlace, Password, PasswordError, PasswordHash, Passwords};
pub use ports::{AccountStore, AuditStore, Boxed, Change, Store, Stored};
pub use scope::{Role, Scope, Scopes};
pub use session::{CsrfToken, Session, SessionRules, SessionToken};
pub use user::{Invite, LinkToken, User, UserId, UserName, UserNameError};
