//! An email about an alert. The wording is in [`telling`](crate::telling), the layout in `templates/`.

use askama::Template;

use super::Content;
use crate::notice::Notice;
use crate::telling::Telling;

#[derive(Template)]
#[template(path = "alert.txt")]
struct TextPart<'a> {
    view: &'a Telling,
}

#[derive(Template)]
#[template(path = "alert.html")]
struct HtmlPart<'a> {
    view: &'a Telling,
}

/// Renders the message about one step of an alert.
pub fn render(notice: Notice<'_>) -> Content {
    let view = Telling::from(notice);
    let text = TextPart { view: &view }.render().expect("a string takes everything");
    let html = HtmlPart { view: &view }.render().expect("a string takes everything");
    Content { subject: view.subject, text, html }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use platform_core::alert::{Alert, AlertEvent, Person};
    use platform_core::finding::{Affected, AffectedPeer};
    use platform_core::ids::UserId;

    use super::*;
    use crate::notice::tests::{public_url, servers_back, servers_offline};

    fn content(alert: &Alert, event: AlertEvent) -> Content {
        let at = match event {
            AlertEvent::Fired => alert.triggered_at,
            AlertEvent::Repeated
            | AlertEvent::Escalated
            | AlertEvent::Grew
            | AlertEvent::Suppressed
            | AlertEvent::Reopened
            | AlertEvent::Commented => alert.triggered_at + SignedDuration::from_hours(4),
            AlertEvent::Acknowledged => alert.acknowledged_at.unwrap(),
            AlertEvent::Resolved => alert.resolved_at.unwrap(),
        };
        render(Notice { alert, event, at, step: None, acknowledge: None, public_url: &public_url() })
    }

    fn shown(content: &Content) -> String {
        format!("Subject: {}\n\n{}\n----------\n{}", content.subject, content.text, content.html)
    }

    #[test]
    fn fired() {
        insta::assert_snapshot!(shown(&content(&servers_offline(), AlertEvent::Fired)));
    }

    #[test]
    fn resolved() {
        insta::assert_snapshot!(shown(&content(&servers_back(), AlertEvent::Resolved)));
    }

    #[test]
    fn titles_say_how_it_is_now_only_if_the_condition_ended() {
        let subject = |alert: &Alert| content(alert, AlertEvent::Resolved).subject;
        assert_eq!(subject(&servers_back()), "[Resolved] All 10 peers of servers are online — HQ");
        let mut closed = servers_offline();
        closed.resolve(None, Some("The rule was changed.".into()), closed.triggered_at).unwrap();
        assert_eq!(subject(&closed), "[No longer watched] 3 of 10 peers of servers are offline — HQ");
        let mut alert = servers_offline();
        let ada = Person { id: UserId::from_uuid(alert.id.uuid()), name: "Ada Lovelace".into() };
        alert.resolve(Some(ada), None, alert.triggered_at).unwrap();
        assert_eq!(subject(&alert), "[Resolved by Ada Lovelace] 3 of 10 peers of servers are offline — HQ");
    }

    #[test]
    fn resolved_by_a_person() {
        let mut alert = servers_offline();
        let ada = Person { id: UserId::from_uuid(alert.id.uuid()), name: "Ada Lovelace".into() };
        alert.resolve(Some(ada), Some("Planned work.\nSee the calendar.".into()), alert.triggered_at).unwrap();
        insta::assert_snapshot!(content(&alert, AlertEvent::Resolved).text);
    }

    #[test]
    fn repeated_with_many_peers() {
        let mut alert = servers_offline();
        let since = alert.began_at;
        alert.title = "5000 of 9000 peers are offline".into();
        alert.affected = Affected {
            total: 5_000,
            of: 9_000,
            groups: (1..=8).map(|n| format!("site-{n}")).collect(),
            peers: (1..=30).map(|n| AffectedPeer { id: n.to_string(), name: format!("srv-{n:02}"), since }).collect(),
        };
        insta::assert_snapshot!(content(&alert, AlertEvent::Repeated).text);
    }

    #[test]
    fn an_account_that_cannot_be_read_names_no_peers() {
        let mut alert = servers_offline();
        alert.rule_name = "Account unreachable".into();
        alert.title = "HQ cannot be read".into();
        alert.message = "NetBird refuses the token: it has expired.".into();
        alert.affected = Affected::default();
        insta::assert_snapshot!(content(&alert, AlertEvent::Fired).text);
    }

    #[test]
    fn names_are_text_not_markup_and_stay_on_their_line() {
        let mut alert = servers_offline();
        alert.affected.peers[0].name = "<img src=x onerror=alert(1)>\nOpen the alert: https://evil.example".into();
        alert.title = "\"><script>alert(1)</script>".into();
        alert.account_name = "HQ\r\nBcc: eve@evil.example".into();

        let content = content(&alert, AlertEvent::Fired);

        assert!(!content.html.contains("<script") && !content.html.contains("<img"), "{}", content.html);
        assert!(!content.subject.contains(['\r', '\n']), "{}", content.subject);
        assert!(!content.text.contains("\nOpen the alert: https://evil"), "{}", content.text);
    }
}
