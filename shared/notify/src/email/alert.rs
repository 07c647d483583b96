//! What an email about an alert says. The wording is here, the layout in `templates/`.

use askama::Template;
use platform_core::alert::{Alert, AlertEvent};
use platform_core::finding::Affected;
use platform_core::rule::Severity;
use platform_core::text;

use super::name::unlinked;
use super::{Content, is_direction_mark, single_line};
use crate::notice::{Notice, shorten};

// Budgets in bytes as mail encodes them, see `encoded_length`. Both parts with 20 peers stay below
// `MAX_MESSAGE_BYTES`.
const NAME: usize = 100;
const TITLE: usize = 200;
const TEXT: usize = 1_000;
const PEER: usize = 70;
const GROUPS: usize = 5;

/// What both templates show.
struct View {
    subject: String,
    /// In a few words, what kind of message this is.
    label: String,
    /// Background of the label, dark enough for white text.
    color: &'static str,
    title: String,
    /// When it happened, and how long it took.
    lead: String,
    /// What is wrong, or what was said when it was acknowledged or resolved.
    message: Option<String>,
    /// What the rule's author wants to be done about it.
    advice: Option<String>,
    facts: Vec<(&'static str, String)>,
    peers_heading: &'static str,
    peers: Vec<PeerRow>,
    more_peers: bool,
    url: String,
}

struct PeerRow {
    name: String,
    since: String,
}

#[derive(Template)]
#[template(path = "alert.txt")]
struct TextPart<'a> {
    view: &'a View,
}

#[derive(Template)]
#[template(path = "alert.html")]
struct HtmlPart<'a> {
    view: &'a View,
}

/// Renders the message about one step of an alert.
pub fn render(notice: Notice<'_>) -> Content {
    let view = View::from(notice);
    let text = TextPart { view: &view }.render().expect("a string takes everything");
    let html = HtmlPart { view: &view }.render().expect("a string takes everything");
    Content { subject: view.subject, text, html }
}

impl From<Notice<'_>> for View {
    fn from(notice: Notice<'_>) -> Self {
        let alert = notice.alert;
        let is_over = notice.event == AlertEvent::Resolved;
        let title = line(if is_over { alert.title_now() } else { &alert.title }, TITLE);
        let account = line(&alert.account_name, NAME);
        let severity = severity_name(alert.severity);
        let (tag, label, color) = match notice.event {
            AlertEvent::Fired => (severity.to_owned(), format!("{severity} severity"), severity_color(alert.severity)),
            AlertEvent::Repeated => (
                format!("{severity}, still open"),
                format!("{severity} severity, still open"),
                severity_color(alert.severity),
            ),
            AlertEvent::Grew => (
                format!("{severity}, more"),
                format!("{severity} severity, more than before"),
                severity_color(alert.severity),
            ),
            AlertEvent::Reopened => (
                format!("{severity}, again"),
                format!("{severity} severity, no longer suppressed"),
                severity_color(alert.severity),
            ),
            AlertEvent::Acknowledged => ("Acknowledged".into(), "Acknowledged".into(), "#4b5563"),
            AlertEvent::Suppressed => ("Suppressed".into(), "Suppressed".into(), "#4b5563"),
            AlertEvent::Resolved => {
                let how = ending(alert);
                (how.clone(), how, "#15803d")
            }
        };
        let mut facts = vec![
            ("Severity", severity.to_owned()),
            ("Account", account.clone()),
            ("Rule", line(&alert.rule_name, NAME)),
        ];
        if !alert.affected.groups.is_empty() {
            let groups: Vec<String> = alert.affected.groups.iter().map(|group| line(group, NAME)).collect();
            facts.push(("Groups", text::names(groups.iter().map(String::as_str), GROUPS)));
        }
        facts.push(("Since", text::moment(alert.began_at)));
        // What ended an alert replaces what it said while it was open, which is no longer so.
        let (message, peers_heading) = match notice.event {
            AlertEvent::Acknowledged => (alert.acknowledged_message.as_ref(), "Peers"),
            AlertEvent::Fired
            | AlertEvent::Repeated
            | AlertEvent::Grew
            | AlertEvent::Reopened
            | AlertEvent::Suppressed => (Some(&alert.message), "Peers"),
            AlertEvent::Resolved => (alert.resolved_message.as_ref(), "Peers it was about"),
        };
        let peers: Vec<PeerRow> = alert
            .affected
            .peers
            .iter()
            .take(Affected::NAMED)
            .map(|peer| PeerRow { name: line(&peer.name, PEER), since: text::moment(peer.since) })
            .collect();
        Self {
            subject: format!("[{tag}] {title} — {account}"),
            label,
            color,
            lead: lead(notice),
            message: message.map(|text| paragraph(text)).filter(|text| !text.is_empty()),
            advice: Some(paragraph(&alert.rule_description)).filter(|text| !is_over && !text.is_empty()),
            facts,
            peers_heading,
            more_peers: peers.len() == Affected::NAMED && alert.affected.total as usize > Affected::NAMED,
            peers,
            url: notice.alert_url().into(),
            title,
        }
    }
}

/// How an alert ended: what the title says is so only if the condition ended.
fn ending(alert: &Alert) -> String {
    match &alert.resolved_by {
        Some(person) => format!("Resolved by {}", line(&person.name, NAME)),
        None if alert.recovery.is_some() => "Resolved".to_owned(),
        None => "No longer watched".to_owned(),
    }
}

/// When it happened, by whom, and how long it took.
fn lead(Notice { alert, event, at, .. }: Notice<'_>) -> String {
    let moment = text::moment(at);
    let lasted = text::duration(at.duration_since(alert.triggered_at));
    let by = |person: &Option<platform_core::alert::Person>| match person {
        Some(person) => format!(" by {}", line(&person.name, NAME)),
        None => String::new(),
    };
    match event {
        AlertEvent::Fired => format!("Fired on {moment}."),
        AlertEvent::Repeated => format!("Still open after {lasted}."),
        AlertEvent::Grew => format!("More since {moment}, {lasted} after it fired."),
        AlertEvent::Suppressed => format!("Suppressed on {moment}."),
        AlertEvent::Reopened => format!("No longer suppressed since {moment}, and still so, {lasted} after it fired."),
        AlertEvent::Acknowledged => format!("Acknowledged{} on {moment}.", by(&alert.acknowledged_by)),
        AlertEvent::Resolved if alert.recovery.is_none() && alert.resolved_by.is_none() => {
            format!("Closed on {moment}, after {lasted}.")
        }
        AlertEvent::Resolved => format!("Resolved{} on {moment}, after {lasted}.", by(&alert.resolved_by)),
    }
}

const fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "Low",
        Severity::Medium => "Medium",
        Severity::High => "High",
        Severity::Critical => "Critical",
    }
}

const fn severity_color(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "#1d4ed8",
        Severity::Medium => "#a16207",
        Severity::High => "#c2410c",
        Severity::Critical => "#b91c1c",
    }
}

/// A name or title: on one line, and short. A peer's owner chose its name, and must not be able to write more.
pub(super) fn line(text: &str, budget: usize) -> String {
    shorten(&unlinked(&single_line(text)), budget, encoded_length).into_owned()
}

/// A longer text, which may have line breaks.
fn paragraph(text: &str) -> String {
    let kept: String = text.chars().filter(|c| *c == '\n' || !(c.is_control() || is_direction_mark(*c))).collect();
    shorten(unlinked(&kept).trim(), TEXT, encoded_length).into_owned()
}

/// At most how many bytes a character takes, escaped for HTML and then encoded for mail.
const fn encoded_length(character: char) -> usize {
    match character {
        '"' | '&' | '\'' | '<' | '>' => 5,
        '=' | '\n' => 3,
        ' '..='~' => 1,
        _ => 2 * character.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use platform_core::alert::Person;
    use platform_core::finding::AffectedPeer;
    use platform_core::ids::UserId;

    use super::*;
    use crate::notice::tests::{public_url, servers_back, servers_offline};

    fn content(alert: &Alert, event: AlertEvent) -> Content {
        let at = match event {
            AlertEvent::Fired => alert.triggered_at,
            AlertEvent::Repeated | AlertEvent::Grew | AlertEvent::Suppressed | AlertEvent::Reopened => {
                alert.triggered_at + SignedDuration::from_hours(4)
            }
            AlertEvent::Acknowledged => alert.acknowledged_at.unwrap(),
            AlertEvent::Resolved => alert.resolved_at.unwrap(),
        };
        render(Notice { alert, event, at, public_url: &public_url() })
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
