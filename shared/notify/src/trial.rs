//! A message that only shows that messages of a rule arrive where they should.

use jiff::Timestamp;
use platform_core::ids::{RuleId, TenantId};
use platform_core::rule::Rule;
use platform_core::text;
use serde::Serialize;
use url::Url;

use crate::notice::tenant_page;
use crate::telling::{Telling, Tone, line};

const NAME: usize = 256;

/// A test of where a rule's messages go.
#[derive(Debug, Clone, Copy)]
pub struct Trial<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// When it is sent.
    pub at: Timestamp,
    /// Where the platform's pages are.
    pub public_url: &'a Url,
}

/// What a webhook gets of it. Its type is none of an alert's, so that no receiver takes it for one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TrialPayload {
    r#type: &'static str,
    timestamp: Timestamp,
    data: TrialData,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TrialData {
    tenant_id: TenantId,
    rule_id: RuleId,
    rule_name: String,
    message: &'static str,
    url: Url,
}

const MESSAGE: &str = "Somebody tests where the messages of this rule go. Nothing has happened.";

impl Trial<'_> {
    fn url(&self) -> Url {
        tenant_page(self.public_url, self.rule.tenant, &["rules", &self.rule.id.to_string()])
    }

    /// The bytes of a webhook to sign and send.
    pub fn to_json(&self) -> Vec<u8> {
        let payload = TrialPayload {
            r#type: "test",
            timestamp: self.at,
            data: TrialData {
                tenant_id: self.rule.tenant,
                rule_id: self.rule.id,
                rule_name: line(&self.rule.name, NAME),
                message: MESSAGE,
                url: self.url(),
            },
        };
        serde_json::to_vec(&payload).expect("a struct of texts is JSON")
    }
}

impl From<Trial<'_>> for Telling {
    fn from(trial: Trial<'_>) -> Self {
        let name = line(&trial.rule.name, NAME);
        let title = format!("Test of {name}");
        Self {
            subject: format!("[Test] {name}"),
            label: "Test".to_owned(),
            tone: Tone::Plain,
            lead: format!("Sent on {}.", text::moment(trial.at)),
            message: Some(MESSAGE.to_owned()),
            advice: None,
            facts: vec![("Rule", name)],
            peers_heading: "Peers",
            peers: Vec::new(),
            more_peers: false,
            open: "Open the rule",
            url: trial.url().into(),
            title,
        }
    }
}
