//! Test data that many tests begin with, each in one place: a new field is spelled here and nowhere else. Whoever needs
//! something particular writes it over: `Alert { severity, ..testing::alert() }`.

use jiff::Timestamp;
use uuid::Uuid;

use crate::alert::{Alert, AlertStatus, Person};
use crate::finding::Affected;
use crate::ids::{AccountId, AlertId, RuleId, SilenceId, TenantId, UserId};
use crate::network::{Peer, PeerStatus};
use crate::rule::Severity;
use crate::silence::{Matchers, Silence};
use crate::tenancy::Retention;

/// An alert that just fired at the beginning of time, and of which nothing was noted yet.
pub fn alert() -> Alert {
    let id = Uuid::from_u128;
    Alert {
        id: AlertId::from_uuid(id(1)),
        tenant: TenantId::from_uuid(id(2)),
        rule: RuleId::from_uuid(id(3)),
        rule_name: "Planted".into(),
        rule_description: String::new(),
        condition: None,
        account: AccountId::from_uuid(id(4)),
        account_name: "HQ".into(),
        group: None,
        status: AlertStatus::Open,
        severity: Severity::High,
        title: "Planted".into(),
        message: String::new(),
        affected: Affected::default(),
        began_at: Timestamp::UNIX_EPOCH,
        triggered_at: Timestamp::UNIX_EPOCH,
        acknowledged_at: None,
        acknowledged_by: None,
        acknowledged_message: None,
        resolved_at: None,
        resolved_by: None,
        resolved_message: None,
        recovery: None,
        suppressed_until: None,
        silence: None,
        history: 0,
        comments: 0,
        retention: Retention::default(),
        channels: std::collections::BTreeSet::new(),
        told_to: Vec::new(),
        routed: Vec::new(),
        expires_at: None,
        version: 1,
    }
}

/// A peer in no group, with this status since a moment, which is known by its name alone.
pub fn peer(name: &str, status: PeerStatus, since: Timestamp) -> Peer {
    Peer {
        id: name.into(),
        name: name.into(),
        hostname: name.into(),
        ip: "100.64.0.1".into(),
        ipv6: None,
        connection_ip: None,
        country_code: String::new(),
        city_name: String::new(),
        status,
        since,
        last_seen: since,
        last_login: None,
        created_at: None,
        os: "Linux".into(),
        kernel_version: String::new(),
        version: "0.76.3".into(),
        groups: Vec::new(),
        user_id: String::new(),
        dns_label: String::new(),
        login_expires: None,
        login_expired: false,
        approval_required: false,
        ephemeral: false,
        ssh_enabled: false,
        dns_enabled: None,
        firewall_enabled: None,
    }
}

/// A silence that mutes everything.
pub fn silence(starts_at: Timestamp, ends_at: Timestamp) -> Silence {
    Silence {
        id: SilenceId::from_uuid(Uuid::from_u128(5)),
        tenant: TenantId::from_uuid(Uuid::from_u128(2)),
        name: "The site moves".into(),
        comment: String::new(),
        matchers: Matchers { everything: true, ..Matchers::default() },
        starts_at,
        ends_at,
        recurrence: None,
        enabled: true,
        created_at: starts_at,
        created_by: Person { id: UserId::from_uuid(Uuid::from_u128(6)), name: "Ada".into() },
        updated_at: starts_at,
        version: 1,
    }
}

/// Bytes that are others each time, and the same ones in each run: for ids.
#[derive(Debug, Default)]
pub struct Counting(std::sync::atomic::AtomicU64);

impl crate::clock::Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let next = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_be_bytes();
        for (place, byte) in bytes.iter_mut().rev().enumerate() {
            *byte = next.iter().rev().nth(place).copied().unwrap_or(0);
        }
    }
}
