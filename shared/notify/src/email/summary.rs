//! The mail that sums up what was held back. The wording is here, the layout in `templates/`.

use askama::Template;
use platform_core::alert::AlertEvent;
use platform_core::digest::{Digest, DigestEntry};
use platform_core::text::{count, moment};
use url::Url;

use super::Content;
use crate::notice::tenant_page;
use crate::telling::line;

const TITLE: usize = 200;
const NAME: usize = 100;

/// What both templates show.
struct View {
    title: String,
    lead: String,
    rows: Vec<Row>,
    more: Option<String>,
    url: String,
}

struct Row {
    at: String,
    what: &'static str,
    title: String,
    account: String,
}

#[derive(Template)]
#[template(path = "summary.txt")]
struct TextPart<'a> {
    view: &'a View,
}

#[derive(Template)]
#[template(path = "summary.html")]
struct HtmlPart<'a> {
    view: &'a View,
}

/// Renders a recipient's summary.
pub fn render(digest: &Digest, public_url: &Url) -> Content {
    let view = View::new(digest, public_url);
    let text = TextPart { view: &view }.render().expect("a string takes everything");
    let html = HtmlPart { view: &view }.render().expect("a string takes everything");
    Content { subject: view.title, text, html }
}

impl View {
    fn new(digest: &Digest, public_url: &Url) -> Self {
        let held = count(digest.held as usize, "message");
        let url = tenant_page(public_url, digest.tenant, &["alerts"]);
        let rest = digest.held as usize - digest.entries.len().min(digest.held as usize);
        Self {
            title: format!("{held} about alerts held back since {}", moment(digest.since)),
            lead: "So many came within an hour that a limit was reached. This message stands for them; the alerts \
                   themselves are complete on their page."
                .to_owned(),
            rows: digest.entries.iter().map(Row::new).collect(),
            more: (rest > 0).then(|| format!("And {rest} more, on the page of alerts.")),
            url: url.into(),
        }
    }
}

impl Row {
    fn new(entry: &DigestEntry) -> Self {
        Self {
            at: moment(entry.at),
            what: match entry.event {
                AlertEvent::Fired => "Fired",
                AlertEvent::Repeated => "Still open",
                AlertEvent::Escalated => "Escalated",
                AlertEvent::Grew => "More",
                AlertEvent::Suppressed => "Suppressed",
                AlertEvent::Reopened => "Open again",
                AlertEvent::Acknowledged => "Acknowledged",
                AlertEvent::Resolved => "Resolved",
                AlertEvent::Commented => "Commented",
            },
            title: line(&entry.title, TITLE),
            account: line(&entry.account, NAME),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::email::{Draft, Originator};
    use crate::notice::MAX_MESSAGE_BYTES;

    fn digest(held: u32, title: &str) -> Digest {
        let at: Timestamp = "2026-07-01T12:00:02Z".parse().unwrap();
        let mut digest = Digest::new(
            "01980000-0000-7000-8000-000000000002".parse().unwrap(),
            "ops@acme.example".parse().unwrap(),
            at,
            at,
        );
        for number in 0..held {
            let event = if number % 2 == 0 { AlertEvent::Fired } else { AlertEvent::Resolved };
            let alert = "01980000-0000-7000-8000-000000000001".parse().unwrap();
            digest.add(DigestEntry { alert, title: title.into(), account: "HQ".into(), event, at });
        }
        digest
    }

    fn rendered(digest: &Digest) -> Content {
        render(digest, &"https://platform.example".parse().unwrap())
    }

    #[test]
    fn what_it_says() {
        let Content { subject, text, html } = rendered(&digest(3, "web-fra-01 is offline"));
        insta::assert_snapshot!("summary", format!("Subject: {subject}\n\n{text}\n----------\n{html}"));
        assert!(rendered(&digest(45, "x")).text.contains("And 25 more"));
    }

    #[test]
    fn it_stays_small_and_holds_no_foreign_link() {
        let content = rendered(&digest(500, &"<https://evil.example/é>".repeat(100)));
        assert!(!content.text.contains("evil.example") && !content.html.contains("evil.example"));
        let from = Originator { name: "P".into(), address: "platform@platform.example".parse().unwrap() };
        let to = ["ops@acme.example".parse().unwrap()];
        let sent_at = "2026-07-01T12:00:00Z".parse().unwrap();
        let draft = Draft { from: &from, to: &to, content: &content, key: "k", thread: None, sent_at };
        assert!(draft.build().unwrap().to_mime().len() <= MAX_MESSAGE_BYTES);
    }
}
