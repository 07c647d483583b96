//! What there is to tell: one step of one alert, before it becomes an email or a webhook.

use std::borrow::Cow;

use jiff::Timestamp;
use platform_core::alert::{Alert, AlertEvent};
use platform_core::ids::TenantId;
use url::Url;

/// No message is larger than this, in bytes, however many peers an alert is about and however long their names are.
pub const MAX_MESSAGE_BYTES: usize = 20_000;

/// One step of an alert, as it is told on every channel.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    /// The alert, as it stands when the message is made.
    pub alert: &'a Alert,
    /// What happened to it.
    pub event: AlertEvent,
    /// When that happened, which is earlier than the message if sending was retried.
    pub at: Timestamp,
    /// Which step of its rule's escalation that was, if it escalated.
    pub step: Option<u32>,
    /// Where whoever is told may take it on without signing in, if they may.
    pub acknowledge: Option<&'a Url>,
    /// Where the platform's pages are.
    pub public_url: &'a Url,
}

impl Notice<'_> {
    /// The alert's page.
    pub fn alert_url(&self) -> Url {
        tenant_page(self.public_url, self.alert.tenant, &["alerts", &self.alert.id.to_string()])
    }
}

/// A page of a tenant. Its address names the tenant, as whoever follows it may be a member of several.
pub(crate) fn tenant_page(public_url: &Url, tenant: TenantId, page: &[&str]) -> Url {
    let mut url = public_url.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(["t", &tenant.to_string()]).extend(page);
    }
    url
}

/// Shortens a text to what costs at most `budget`, with an ellipsis where it was cut. `cost` is what a character takes
/// once it is encoded.
pub(crate) fn shorten(text: &str, budget: usize, cost: impl Fn(char) -> usize) -> Cow<'_, str> {
    const ELLIPSIS: char = '…';
    let room = budget.saturating_sub(ELLIPSIS.len_utf8());
    let mut spent = 0;
    let mut cut = 0;
    for (start, character) in text.char_indices() {
        spent += cost(character);
        if spent <= room {
            cut = start + character.len_utf8();
        } else if spent > budget {
            return Cow::Owned(format!("{}{ELLIPSIS}", &text[..cut]));
        }
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
pub(crate) mod tests {
    use platform_core::finding::{Affected, AffectedPeer, Recovery};
    use platform_core::testing;
    use proptest::prelude::*;

    use super::*;

    pub(crate) fn public_url() -> Url {
        Url::parse("https://netbird-platform.example/").expect("a constant")
    }

    /// As long as a link with a token is.
    pub(crate) fn link() -> Url {
        let token = "t".repeat(43);
        Url::parse(&format!("https://netbird-platform.example/acknowledge#token={token}")).expect("a constant")
    }

    /// Three servers of a network called HQ went offline five minutes before noon.
    pub(crate) fn servers_offline() -> Alert {
        let id = |digit: char| format!("01980000-0000-7000-8000-00000000000{digit}");
        let since = |minute: u32| format!("2026-07-01T11:{minute}:07Z").parse().expect("a constant");
        let peer =
            |minute, name: &str| AffectedPeer { id: format!("ch{name}"), name: name.into(), since: since(minute) };
        Alert {
            id: id('1').parse().expect("a constant"),
            tenant: id('2').parse().expect("a constant"),
            rule: id('3').parse().expect("a constant"),
            rule_name: "Servers down".into(),
            account: id('4').parse().expect("a constant"),
            title: "3 of 10 peers of servers are offline".into(),
            message: "srv-01, srv-02 and srv-03 have been offline for more than 5 min.".into(),
            affected: Affected {
                total: 3,
                of: 10,
                groups: vec!["servers".into()],
                peers: vec![peer(53, "srv-01"), peer(54, "srv-02"), peer(55, "srv-03")],
            },
            began_at: since(53),
            triggered_at: "2026-07-01T12:00:02Z".parse().expect("a constant"),
            history: 1,
            ..testing::alert()
        }
    }

    /// The same alert after it ended by itself.
    pub(crate) fn servers_back() -> Alert {
        let mut alert = servers_offline();
        let at = "2026-07-01T13:05:00Z".parse().expect("a constant");
        let recovery = Recovery {
            title: "All 10 peers of servers are online".into(),
            message: "In HQ, no peer that the rule looks at is offline.".into(),
            total: 0,
            of: 10,
        };
        alert.recover(recovery, at).expect("it was open");
        alert
    }

    /// An alert whose every text was written to burst the message.
    pub(crate) fn hostile_alert() -> impl Strategy<Value = Alert> {
        const FILLING: [&str; 8] = ["\"", "\\", "\0", "\r\nBcc: x", "<&>'", "=", "é\u{202e}", "😀"];
        let filled = (prop::sample::select(&FILLING), 0..4_000_usize).prop_map(|(part, times)| part.repeat(times));
        let text = || prop_oneof!["\\PC{0,60}", filled.clone()];
        let peers = prop::collection::vec((text(), text()), 0..40);
        let groups = prop::collection::vec(text(), 0..40);
        (text(), text(), text(), text(), text(), peers, groups).prop_map(
            |(rule_name, account_name, title, message, resolution, peers, groups)| {
                let mut alert = Alert { rule_name, account_name, ..servers_back() };
                alert.resolved_message = Some(resolution);
                alert.recovery = Some(Recovery { title, message, total: u32::MAX, of: u32::MAX });
                alert.affected.groups = groups;
                alert.affected.total = u32::MAX;
                alert.affected.peers =
                    peers.into_iter().map(|(id, name)| AffectedPeer { id, name, since: alert.began_at }).collect();
                alert
            },
        )
    }

    #[test]
    fn alert_url_names_the_tenant_and_keeps_the_path_of_the_public_url() {
        let alert = servers_offline();
        let page = "t/01980000-0000-7000-8000-000000000002/alerts/01980000-0000-7000-8000-000000000001";
        for (base, root) in [
            ("https://example.com", "https://example.com/"),
            ("https://example.com/netbird", "https://example.com/netbird/"),
            ("https://example.com/netbird/", "https://example.com/netbird/"),
        ] {
            let public_url = Url::parse(base).unwrap();
            let notice = Notice {
                alert: &alert,
                event: AlertEvent::Fired,
                at: alert.triggered_at,
                step: None,
                acknowledge: None,
                public_url: &public_url,
            };
            assert_eq!(notice.alert_url().as_str(), format!("{root}{page}"));
        }
    }

    #[test]
    fn shortens_at_the_budget() {
        assert_eq!(shorten("peer", 4, char::len_utf8), "peer");
        assert_eq!(shorten("peers", 4, char::len_utf8), "p…");
        assert_eq!(shorten("ééé", 6, char::len_utf8), "ééé");
        assert_eq!(shorten("éééé", 6, char::len_utf8), "é…");
    }
}
