//! What a service does by itself from time to time: forgets ended sessions, signs the end of the record, and removes
//! records that are older than they must be kept.

use crate::fault::{Fault, Outcome};
use crate::state::{self, occasion};
use crate::wiring::World;
use cordon_casework::audit::Signer;
use cordon_casework::{Accounts, AuditLog, Caller};
use jiff::Timestamp;
use std::time::Duration;

/// Time between two rounds.
const EVERY: Duration = Duration::from_hours(1);

/// Rounds between two signatures: a day's.
const ROUNDS_TO_SIGN: u64 = 24;

/// What is kept in order.
pub(super) struct Upkeep {
    accounts: Option<Accounts>,
    audit: AuditLog,
    signer: Signer,
    /// Years for which records are kept.
    years: u16,
}

impl Upkeep {
    pub(super) fn new(
        world: &World,
        accounts: Option<Accounts>,
        audit: AuditLog,
        years: u16,
    ) -> Outcome<Self> {
        Ok(Self { accounts, audit, signer: state::signer(world.folder())?, years })
    }

    /// Goes round until it is dropped. What fails is logged and tried again the next time.
    pub(super) async fn run(self) {
        for round in 0_u64.. {
            if let Err(fault) = self.round(round.is_multiple_of(ROUNDS_TO_SIGN)).await {
                tracing::warn!(
                    error = fault.line(),
                    "upkeep of the database failed; it is tried again in an hour"
                );
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    async fn round(&self, sign: bool) -> Outcome<()> {
        let now = Timestamp::now();
        if let Some(accounts) = &self.accounts {
            accounts.sweep(now).await.map_err(|error| Fault::of(&error))?;
        }
        if sign {
            let by = |now| occasion(now, Caller::system());
            let pruned = self.audit.prune(&by(now)?, self.years, &self.signer).await;
            let removed = pruned.map_err(|error| Fault::of(&error))?;
            self.audit.checkpoint(&by(now)?, &self.signer).await.map_err(|error| Fault::of(&error))?;
            tracing::info!(removed, "the end of the record is signed");
        }
        Ok(())
    }
}
