//! What is said of one step of an alert to people, whatever the message looks like: by mail or in a chat.

use platform_core::alert::{Alert, AlertEvent};
use platform_core::finding::Affected;
use platform_core::rule::Severity;
use platform_core::text;

use crate::email::name::unlinked;
use crate::email::{is_direction_mark, single_line};
use crate::notice::{Notice, shorten};

// Budgets in bytes as mail encodes them, see `encoded_length`. Both parts with 20 peers stay below
// `MAX_MESSAGE_BYTES`.
const NAME: usize = 100;
const TITLE: usize = 200;
const TEXT: usize = 1_000;
const PEER: usize = 70;
const GROUPS: usize = 5;

/// What the link is called by which whoever is told takes an alert on.
pub(crate) const ACKNOWLEDGE: &str = "Acknowledge";

/// What people are told.
pub(crate) struct Telling {
    /// In a line.
    pub(crate) subject: String,
    /// In a few words, what kind of message this is.
    pub(crate) label: String,
    /// How bad it is, as a colour tells it.
    pub(crate) tone: Tone,
    pub(crate) title: String,
    /// When it happened, and how long it took.
    pub(crate) lead: String,
    /// What is wrong, or what was said when it was acknowledged or resolved.
    pub(crate) message: Option<String>,
    /// What the rule's author wants to be done about it.
    pub(crate) advice: Option<String>,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) peers_heading: &'static str,
    pub(crate) peers: Vec<PeerRow>,
    pub(crate) more_peers: bool,
    /// What a link to the page is called.
    pub(crate) open: &'static str,
    /// The page.
    pub(crate) url: String,
    /// Where whoever is told may take it on, if they may: the link is called [`ACKNOWLEDGE`].
    pub(crate) acknowledge: Option<String>,
}

/// A peer, and since when it is as the rule says.
pub(crate) struct PeerRow {
    pub(crate) name: String,
    pub(crate) since: String,
}

/// How bad a step is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Tone {
    /// As bad as the rule says.
    Bad(Severity),
    /// It is over.
    Good,
    /// Neither.
    Plain,
}

impl Tone {
    /// A colour dark enough for white text on it.
    pub(crate) const fn color(self) -> &'static str {
        match self {
            Tone::Bad(Severity::Low) => "#1d4ed8",
            Tone::Bad(Severity::Medium) => "#a16207",
            Tone::Bad(Severity::High) => "#c2410c",
            Tone::Bad(Severity::Critical) => "#b91c1c",
            Tone::Good => "#15803d",
            Tone::Plain => "#4b5563",
        }
    }
}

impl From<Notice<'_>> for Telling {
    fn from(notice: Notice<'_>) -> Self {
        let alert = notice.alert;
        let is_over = notice.event == AlertEvent::Resolved;
        let title = line(if is_over { alert.title_now() } else { &alert.title }, TITLE);
        let account = line(&alert.account_name, NAME);
        let severity = severity_name(alert.severity);
        let (tag, label, tone) = match notice.event {
            AlertEvent::Fired => (severity.to_owned(), format!("{severity} severity"), Tone::Bad(alert.severity)),
            AlertEvent::Repeated => (
                format!("{severity}, still open"),
                format!("{severity} severity, still open"),
                Tone::Bad(alert.severity),
            ),
            AlertEvent::Escalated => (
                format!("{severity}, nobody on it"),
                format!("{severity} severity, escalated as nobody acknowledged it"),
                Tone::Bad(alert.severity),
            ),
            AlertEvent::Grew => (
                format!("{severity}, more"),
                format!("{severity} severity, more than before"),
                Tone::Bad(alert.severity),
            ),
            AlertEvent::Reopened => (
                format!("{severity}, again"),
                format!("{severity} severity, no longer suppressed"),
                Tone::Bad(alert.severity),
            ),
            AlertEvent::Acknowledged => ("Acknowledged".into(), "Acknowledged".into(), Tone::Plain),
            AlertEvent::Suppressed => ("Suppressed".into(), "Suppressed".into(), Tone::Plain),
            AlertEvent::Commented => ("Commented".into(), "Commented".into(), Tone::Plain),
            AlertEvent::Resolved => {
                let how = ending(alert);
                (how.clone(), how, Tone::Good)
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
            | AlertEvent::Escalated
            | AlertEvent::Grew
            | AlertEvent::Reopened
            | AlertEvent::Suppressed
            | AlertEvent::Commented => (Some(&alert.message), "Peers"),
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
            tone,
            lead: lead(notice),
            message: message.map(|text| paragraph(text)).filter(|text| !text.is_empty()),
            advice: Some(paragraph(&alert.rule_description)).filter(|text| !is_over && !text.is_empty()),
            facts,
            peers_heading,
            more_peers: peers.len() == Affected::NAMED && alert.affected.total as usize > Affected::NAMED,
            peers,
            open: "Open the alert",
            url: notice.alert_url().into(),
            acknowledge: notice.acknowledge.filter(|_| notice.event.is_bad_news()).map(ToString::to_string),
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
fn lead(Notice { alert, event, at, step, .. }: Notice<'_>) -> String {
    let moment = text::moment(at);
    let lasted = text::duration(at.duration_since(alert.triggered_at));
    let by = |person: &Option<platform_core::alert::Person>| match person {
        Some(person) => format!(" by {}", line(&person.name, NAME)),
        None => String::new(),
    };
    match event {
        AlertEvent::Fired => format!("Fired on {moment}."),
        AlertEvent::Repeated => format!("Still open after {lasted}."),
        AlertEvent::Escalated => {
            let step = step.map(|step| format!(" (step {step} of its escalation)")).unwrap_or_default();
            format!("Nobody has acknowledged it, {lasted} after it fired{step}.")
        }
        AlertEvent::Grew => format!("More since {moment}, {lasted} after it fired."),
        AlertEvent::Suppressed => format!("Suppressed on {moment}."),
        AlertEvent::Commented => format!("Commented on {moment}."),
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

/// A name or title: on one line, and short. A peer's owner chose its name, and must not be able to write more.
pub(crate) fn line(text: &str, budget: usize) -> String {
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
