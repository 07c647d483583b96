//! A message that only shows that messages arrive where they should.

use jiff::Timestamp;
use platform_core::ids::{ChannelId, RuleId, TenantId};
use platform_core::text;
use serde::Serialize;
use url::Url;

use crate::notice::tenant_page;
use crate::telling::{Telling, Tone, line};

const NAME: usize = 256;

/// A test of where messages go.
#[derive(Debug, Clone, Copy)]
pub struct Trial<'a> {
    /// Whose.
    pub tenant: TenantId,
    /// Of what.
    pub of: Tested,
    /// What that is called.
    pub name: &'a str,
    /// When it is sent.
    pub at: Timestamp,
    /// Where the platform's pages are.
    pub public_url: &'a Url,
}

/// What is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tested {
    /// A channel of one rule's own.
    Rule(RuleId),
    /// A channel of the tenant.
    Channel(ChannelId),
}

impl Tested {
    const fn noun(self) -> &'static str {
        match self {
            Tested::Rule(_) => "rule",
            Tested::Channel(_) => "channel",
        }
    }
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
    #[serde(flatten)]
    of: TestedData,
    message: String,
    url: Url,
}

#[derive(Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
enum TestedData {
    Rule { rule_id: RuleId, rule_name: String },
    Channel { channel_id: ChannelId, channel_name: String },
}

impl Trial<'_> {
    fn url(&self) -> Url {
        match self.of {
            Tested::Rule(id) => tenant_page(self.public_url, self.tenant, &["rules", &id.to_string()]),
            Tested::Channel(id) => tenant_page(self.public_url, self.tenant, &["channels", &id.to_string()]),
        }
    }

    fn message(&self) -> String {
        format!("Somebody tests where the messages of this {} go. Nothing has happened.", self.of.noun())
    }

    /// The bytes of a webhook to sign and send.
    pub fn to_json(&self) -> Vec<u8> {
        let name = line(self.name, NAME);
        let of = match self.of {
            Tested::Rule(rule_id) => TestedData::Rule { rule_id, rule_name: name },
            Tested::Channel(channel_id) => TestedData::Channel { channel_id, channel_name: name },
        };
        let payload = TrialPayload {
            r#type: "test",
            timestamp: self.at,
            data: TrialData { tenant_id: self.tenant, of, message: self.message(), url: self.url() },
        };
        serde_json::to_vec(&payload).expect("a struct of texts is JSON")
    }
}

impl From<Trial<'_>> for Telling {
    fn from(trial: Trial<'_>) -> Self {
        let name = line(trial.name, NAME);
        let title = format!("Test of {name}");
        let (fact, open) = match trial.of {
            Tested::Rule(_) => ("Rule", "Open the rule"),
            Tested::Channel(_) => ("Channel", "Open the channel"),
        };
        Self {
            subject: format!("[Test] {name}"),
            label: "Test".to_owned(),
            tone: Tone::Plain,
            lead: format!("Sent on {}.", text::moment(trial.at)),
            message: Some(trial.message()),
            advice: None,
            facts: vec![(fact, name)],
            peers_heading: "Peers",
            peers: Vec::new(),
            more_peers: false,
            open,
            url: trial.url().into(),
            acknowledge: None,
            title,
        }
    }
}
