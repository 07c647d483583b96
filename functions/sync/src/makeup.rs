//! What the network is made up of: written once an hour, with the minutes that have waited for it.

use jiff::{SignedDuration, Timestamp};
use platform_core::account::SyncState;
use platform_core::ids::TenantId;
use platform_core::metrics::{Happenings, Makeup, day_of, minute_of, start_of};
use platform_core::network::Peer;
use platform_core::peer_status::TransitionKind;
use platform_core::resource::Resource;
use platform_store::{Result, Store, Transaction};

/// Most items of the log of peer status that are counted for an hour.
const MOST_LOGGED: usize = 300;

/// Syncs are minutes apart: what they see first may have happened a little before.
const LEEWAY: SignedDuration = SignedDuration::from_mins(5);

/// What an hour that is over has to be written of.
pub(crate) struct HourEnd {
    /// The minute since which samples waited.
    pub(crate) since: i64,
    /// The peers of this sync's answer, if it was not the same as the one before.
    pub(crate) made: Option<Makeup>,
}

impl HourEnd {
    /// Adds it to the transaction that writes the state.
    pub(crate) async fn put(
        self,
        store: &Store,
        transaction: &mut Transaction<'_>,
        tenant: TenantId,
        sync: &SyncState,
        now: Timestamp,
    ) -> Result<()> {
        let (account, minute) = (sync.account, minute_of(now));
        let day = day_of(self.since);
        if day < day_of(minute)
            && let Some(sum) = store.makeup_of_hours(tenant, account, day).await?
        {
            transaction.put_makeup_of_day(tenant, account, day, &sum)?;
        }
        // Of an hour in which nobody could look nothing is known.
        if sync.reason.is_some() {
            return Ok(());
        }
        let made = match self.made {
            Some(made) => made,
            None => match store.snapshot::<Peer>(tenant, account, sync.snapshot(Resource::Peers)).await? {
                Some(peers) => Makeup::of(&peers, Happenings::default()),
                None => return Ok(()),
            },
        };
        let since = start_of(self.since);
        let (log, alerts) = futures::try_join!(
            store.status_log(tenant, account, since, MOST_LOGGED),
            store.count_alerts_of(tenant, account, since)
        )?;
        let count = |kinds: &[TransitionKind]| {
            let entries = log.found.iter().flat_map(|found| &found.entries);
            // What the first sync of an account finds may have been so for long.
            let is_of_it = |at: Timestamp| sync.our_time(at) >= since - LEEWAY;
            let of = entries.filter(|entry| kinds.contains(&entry.kind) && is_of_it(entry.at)).count();
            u32::try_from(of).unwrap_or(u32::MAX)
        };
        let happened = Happenings {
            flaps: count(&[TransitionKind::Reconnected]),
            departures: count(&[TransitionKind::Disconnected, TransitionKind::Unconfirmed]),
            alerts_open: alerts.0,
            alerts_triggered: alerts.1,
        };
        transaction.put_makeup(tenant, account, minute, &made.with(happened))
    }
}
