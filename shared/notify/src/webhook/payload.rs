//! The body of a webhook.

use std::borrow::Cow;

use jiff::Timestamp;
use platform_core::alert::AlertStatus;
use platform_core::finding::Affected;
use platform_core::ids::{AlertId, RuleId, TenantId};
use platform_core::rule::Severity;
use serde::Serialize;
use url::Url;

use crate::notice::{Notice, shorten};

// Budgets in bytes of JSON. With 20 peers and 20 groups they add up to less than `MAX_MESSAGE_BYTES`.
const NAME: usize = 256;
const TITLE: usize = 512;
const TEXT: usize = 2_048;
const PEER_ID: usize = 64;
const GROUP: usize = 128;
const GROUPS: usize = 20;

/// What a receiver gets: the event, when it happened, and the alert.
#[derive(Debug, Serialize)]
pub struct Payload<'a> {
    /// `alert.fired`, `alert.repeated`, `alert.escalated`, `alert.grew`, `alert.reopened` or `alert.resolved`.
    pub r#type: String,
    /// When the event happened.
    pub timestamp: Timestamp,
    /// The alert.
    pub data: AlertData<'a>,
}

/// The alert, as it stands when the message is made.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertData<'a> {
    /// Id of the alert, the same in every event about it.
    pub alert_id: AlertId,
    /// Id of the rule that fired.
    pub rule_id: RuleId,
    /// The rule's name.
    pub rule_name: Cow<'a, str>,
    /// What the rule's author wrote about it, such as what to do.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub rule_description: Cow<'a, str>,
    /// The NetBird account's name.
    pub account_name: Cow<'a, str>,
    /// The tenant.
    pub tenant_id: TenantId,
    /// How bad it is.
    pub severity: Severity,
    /// Where the alert stands.
    pub status: AlertStatus,
    /// How things stand, in a sentence: what is wrong, or how it is since the condition ended.
    pub title: Cow<'a, str>,
    /// How things stand, in a paragraph.
    pub message: Cow<'a, str>,
    /// When the condition began to hold.
    pub began_at: Timestamp,
    /// When the alert fired.
    pub triggered_at: Timestamp,
    /// When it ended, if it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<Timestamp>,
    /// Why it ended, or what the person who ended it said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved_message: Option<Cow<'a, str>>,
    /// What the alert is about.
    pub affected: AffectedData<'a>,
    /// Which step of its rule's escalation this is, if it escalated: the first is 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
    /// The alert's page.
    pub url: Url,
    /// Whether a text or the list of groups was shortened to keep the message small. A shortened text ends in `…`.
    pub truncated: bool,
}

/// What the alert is about: how many peers, networks, setup keys or events, and the first twenty peers. Once the condition has ended, the numbers say how it is
/// now, and the peers are those it was about.
#[derive(Debug, Serialize)]
pub struct AffectedData<'a> {
    /// How many are as the rule counts them.
    pub total: u32,
    /// Out of how many.
    pub of: u32,
    /// The groups the rule looks at; empty for the whole network.
    pub groups: Vec<Cow<'a, str>>,
    /// The peers.
    pub peers: Vec<PeerData<'a>>,
}

/// An affected peer.
#[derive(Debug, Serialize)]
pub struct PeerData<'a> {
    /// NetBird's id.
    pub id: Cow<'a, str>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// Since when it has been as the rule says.
    pub since: Timestamp,
}

impl<'a> From<Notice<'a>> for Payload<'a> {
    fn from(notice: Notice<'a>) -> Self {
        let alert = notice.alert;
        let mut truncated = alert.affected.groups.len() > GROUPS;
        let mut fit = |text: &'a str, budget| {
            let fitting = shorten(text, budget, json_length);
            truncated |= fitting.len() != text.len();
            fitting
        };
        let (total, of) = alert.numbers_now();
        let affected = AffectedData {
            total,
            of,
            groups: alert.affected.groups.iter().take(GROUPS).map(|group| fit(group, GROUP)).collect(),
            peers: alert
                .affected
                .peers
                .iter()
                .take(Affected::NAMED)
                .map(|peer| PeerData { id: fit(&peer.id, PEER_ID), name: fit(&peer.name, NAME), since: peer.since })
                .collect(),
        };
        let rule_name = fit(&alert.rule_name, NAME);
        let rule_description = fit(&alert.rule_description, TEXT);
        let account_name = fit(&alert.account_name, NAME);
        let title = fit(alert.title_now(), TITLE);
        let message = fit(alert.message_now(), TEXT);
        let resolved_message = alert.resolved_message.as_deref().map(|text| fit(text, TEXT));
        Self {
            r#type: format!("alert.{}", notice.event.name()),
            timestamp: notice.at,
            data: AlertData {
                alert_id: alert.id,
                rule_id: alert.rule,
                rule_name,
                rule_description,
                account_name,
                tenant_id: alert.tenant,
                severity: alert.severity,
                status: alert.status,
                title,
                message,
                began_at: alert.began_at,
                triggered_at: alert.triggered_at,
                resolved_at: alert.resolved_at,
                resolved_message,
                affected,
                step: notice.step,
                url: notice.alert_url(),
                truncated,
            },
        }
    }
}

impl Payload<'_> {
    /// The bytes to sign and send.
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("structs of texts, numbers and times are JSON")
    }
}

/// How many bytes `serde_json` writes for a character.
const fn json_length(character: char) -> usize {
    match character {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..='\u{1f}' => 6,
        _ => character.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use platform_core::alert::{Alert, AlertEvent};
    use proptest::prelude::*;

    use super::*;
    use crate::notice::MAX_MESSAGE_BYTES;
    use crate::notice::tests::{hostile_alert, public_url, servers_back, servers_offline};

    fn body(alert: &Alert, event: AlertEvent, at: Timestamp) -> serde_json::Value {
        let json = Payload::from(Notice { alert, event, at, step: None, acknowledge: None, public_url: &public_url() })
            .to_json();
        serde_json::from_slice(&json).unwrap()
    }

    #[test]
    fn fired() {
        let alert = servers_offline();
        insta::assert_json_snapshot!(body(&alert, AlertEvent::Fired, alert.triggered_at));
    }

    #[test]
    fn resolved() {
        let alert = servers_back();
        insta::assert_json_snapshot!(body(&alert, AlertEvent::Resolved, alert.resolved_at.unwrap()));
    }

    #[test]
    fn names_twenty_peers_of_many() {
        let mut alert = servers_offline();
        alert.affected.total = 5_000;
        alert.affected.peers = vec![alert.affected.peers[0].clone(); 5_000];

        let body = body(&alert, AlertEvent::Repeated, alert.triggered_at);

        assert_eq!(body["type"], "alert.repeated");
        assert_eq!(body["data"]["affected"]["total"], 5_000);
        assert_eq!(body["data"]["affected"]["peers"].as_array().unwrap().len(), 20);
    }

    #[test]
    fn the_budgets_add_up() {
        let mut alert = servers_back();
        let endless = "x".repeat(100_000);
        let recovery = alert.recovery.as_mut().unwrap();
        for text in [&mut alert.rule_name, &mut alert.account_name, &mut recovery.title, &mut recovery.message] {
            text.clone_from(&endless);
        }
        alert.resolved_message = Some(endless.clone());
        alert.affected.groups = vec![endless.clone(); 100];
        alert.affected.peers[0].id.clone_from(&endless);
        alert.affected.peers[0].name.clone_from(&endless);
        alert.affected.peers = vec![alert.affected.peers[0].clone(); 100];
        let notice = Notice {
            alert: &alert,
            event: AlertEvent::Resolved,
            at: alert.began_at,
            step: None,
            acknowledge: None,
            public_url: &public_url(),
        };

        let payload = Payload::from(notice);

        assert!(payload.data.truncated);
        assert!(payload.to_json().len() < MAX_MESSAGE_BYTES, "{}", payload.to_json().len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn never_larger_than_the_limit(alert in hostile_alert()) {
            let notice =
                Notice { alert: &alert, event: AlertEvent::Resolved, at: alert.began_at, step: None, acknowledge: None, public_url: &public_url() };

            let payload = Payload::from(notice);

            prop_assert!(payload.to_json().len() <= MAX_MESSAGE_BYTES);
            let whole = payload.data.title == alert.title_now() && payload.data.message == alert.message_now();
            prop_assert!(whole || payload.data.truncated);
        }
    }
}
