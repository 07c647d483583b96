//! What each endpoint is asked. What is only read, whole and without parameters, follows from its row.

mod access;
mod alerting;
mod identity;
mod network;
mod overview;

use platform_core::ids::AlertId;
use platform_http::utoipa::openapi::path::HttpMethod;
use platform_netbird::fake::Tokens;
use platform_tests::Member;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::isolation::world::{Case, Foreign, LISTS, Shot, World, get};

/// What nobody has.
const UNKNOWN: Uuid = Uuid::from_u128(7);

/// What somebody else's is asked for by, which must answer as what nobody has.
fn foreign(shot: &dyn Fn(&str) -> Shot, id: &str, status: u16) -> Foreign {
    Foreign { theirs: shot(id), nobodys: shot(&UNKNOWN.to_string()), status }
}

/// Where nothing of another tenant can be named.
fn alone(own: Shot, status: u16) -> Case {
    Case { own, status, foreign: Vec::new() }
}

/// The path of an endpoint that only reads, and takes nothing.
fn plain(operation: &str) -> Option<String> {
    let row = platform_local::endpoints().into_iter().find(|row| row.operation_id == operation)?;
    let takes_nothing = row.operation.parameters.is_none_or(|parameters| parameters.is_empty());
    (row.method == HttpMethod::Get && takes_nothing && !row.path.contains('{')).then_some(row.path)
}

impl World {
    /// What an endpoint is asked, with things of its own where it uses them up.
    pub(super) async fn case(&self, operation: &str, caller: Option<&Member>) -> Option<Case> {
        if let Some(case) = self.identity_case(operation, caller).await {
            return Some(case);
        }
        if let Some(case) = self.alerting_case(operation).await {
            return Some(case);
        }
        if let Some(case) = self.access_case(operation).await {
            return Some(case);
        }
        if let Some(case) = self.network_case(operation).await {
            return Some(case);
        }
        if let Some(case) = self.overview_case(operation).await {
            return Some(case);
        }
        Some(alone(get(plain(operation)?), 200))
    }

    /// A list of both tenants, narrowed by what is the other's, and gone on with from its page.
    fn list(&self, index: usize, filters: &[(&str, &str)], status: u16) -> Case {
        let path = LISTS[index];
        let mut all: Vec<Foreign> =
            filters.iter().map(|(name, id)| foreign(&|id| get(format!("{path}?{name}={id}")), id, status)).collect();
        let with = |cursor: &str| get(format!("{path}?limit=2&cursor={cursor}"));
        all.push(Foreign { theirs: with(&self.theirs.cursors[index]), nobodys: with("AAAAAAAAAAAAAAAA"), status: 422 });
        Case { own: get(format!("{path}?limit=1000")), status: 200, foreign: all }
    }

    async fn fresh_alert(&self) -> AlertId {
        self.app.plant_alerts(&self.ours.owner, &self.ours.account, 1, 1).await[0]
    }

    fn connection(&self) -> Value {
        json!({ "baseUrl": self.app.netbird.url(), "apiToken": Tokens::GOOD })
    }
}
