//! Accounts and what NetBird says of them.

use jiff::SignedDuration;
use serde_json::json;

use super::{UNKNOWN, alone, foreign};
use crate::isolation::world::{Case, Foreign, Side, World, delete, get, post, put};

impl World {
    pub(super) async fn network_case(&self, operation: &str) -> Option<Case> {
        let (ours, theirs) = (&self.ours, &self.theirs);
        Some(match operation {
            "getAccount" => {
                let shot = |id: &str| get(format!("/api/netbird/account?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "createAccount" => {
                let mut body = self.connection();
                body["name"] = json!("Branch");
                alone(post("/api/netbird/accounts", body), 201)
            }
            "testAccount" => alone(post("/api/netbird/accounts/test", self.connection()), 200),
            "updateAccount" => {
                let shot = |id: &str| put(format!("/api/netbird/accounts/{id}"), json!({ "name": "Renamed" }));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "deleteAccount" => {
                let fresh = self.app.connect_account_at(&ours.owner, "Short-lived", &self.app.netbird).await;
                let shot = |id: &str| delete(format!("/api/netbird/accounts/{id}"));
                Case { own: shot(&fresh), status: 204, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "pauseAccount" | "resumeAccount" => {
                let what = if operation == "pauseAccount" { "pause" } else { "resume" };
                let shot = |id: &str| post(format!("/api/netbird/accounts/{id}/{what}"), json!({}));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "syncAccountNow" => {
                let shot = |id: &str| post(format!("/api/netbird/accounts/{id}/sync"), json!({}));
                // Once a moment is often enough.
                self.app.skip(SignedDuration::from_secs(10));
                Case { own: shot(&ours.account), status: 202, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "listSyncs" => {
                let shot = |id: &str| get(format!("/api/netbird/accounts/{id}/syncs"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "listPeers" => self.list(0, &[("accountId", &theirs.account)], 404),
            "getPeer" | "getPeerHistory" => {
                let tail = if operation == "getPeer" { "" } else { "/history" };
                one_of_netbird(ours, theirs, "peers", tail).await
            }
            "getGroup" => one_of_netbird(ours, theirs, "groups", "").await,
            "getNetbirdUser" => one_of_netbird(ours, theirs, "users", "").await,
            "getPolicy" => one_of_netbird(ours, theirs, "policies", "").await,
            "getNetwork" => one_of_netbird(ours, theirs, "networks", "").await,
            "getRoute" => one_of_netbird(ours, theirs, "routes", "").await,
            "getPostureCheck" => one_of_netbird(ours, theirs, "posture-checks", "").await,
            "getNameserverGroup" => one_of_netbird(ours, theirs, "nameservers", "").await,
            "getSetupKey" => one_of_netbird(ours, theirs, "setup-keys", "").await,
            "listGroups" => self.list(5, &[("accountId", &theirs.account)], 404),
            "listNetbirdUsers" => self.list(6, &[("accountId", &theirs.account)], 404),
            "listPolicies" => self.list(7, &[("accountId", &theirs.account)], 404),
            "listNetworks" => self.list(8, &[("accountId", &theirs.account)], 404),
            "listRoutes" => self.list(9, &[("accountId", &theirs.account)], 404),
            "listPostureChecks" => self.list(10, &[("accountId", &theirs.account)], 404),
            "listNameservers" => self.list(11, &[("accountId", &theirs.account)], 404),
            "listSetupKeys" => self.list(12, &[("accountId", &theirs.account)], 404),
            "getNetbirdSettings" => {
                let of = |id: &str| get(format!("/api/netbird/settings?accountId={id}"));
                Case { own: of(&ours.account), status: 200, foreign: vec![foreign(&of, &theirs.account, 404)] }
            }
            "listChanges" => self.list(13, &[("accountId", &theirs.account)], 404),
            "getChange" => {
                let change_of = async |side: &Side| {
                    let changes = side.owner.get("/api/netbird/changes").await.expect(200);
                    changes[0]["id"].as_str().unwrap_or_default().to_owned()
                };
                let shot = |id: &str| get(format!("/api/netbird/changes/{id}"));
                let theirs_id = change_of(theirs).await;
                Case { own: shot(&change_of(ours).await), status: 200, foreign: vec![foreign(&shot, &theirs_id, 404)] }
            }
            "listEvents" => self.list(1, &[("accountId", &theirs.account)], 404),
            _ => return None,
        })
    }
}

/// One thing of a list of NetBird's: by whose id, and in whose account.
async fn one_of_netbird(ours: &Side, theirs: &Side, list: &str, tail: &str) -> Case {
    let marked = if list == "peers" { "?search=-vault" } else { "" };
    let first_of = async |side: &Side| {
        let all = side.owner.get(&format!("/api/netbird/{list}{marked}")).await.expect(200);
        all[0]["id"].as_str().unwrap_or_default().to_owned()
    };
    let (own, theirs_id) = (first_of(ours).await, first_of(theirs).await);
    let by_path = |id: &str| get(format!("/api/netbird/{list}/{id}{tail}"));
    let by_query = |id: &str| get(format!("/api/netbird/{list}/{own}{tail}?accountId={id}"));
    let unknown = UNKNOWN.to_string();
    let foreign = vec![
        Foreign { theirs: by_path(&theirs_id), nobodys: by_path(&unknown), status: 404 },
        Foreign { theirs: by_query(&theirs.account), nobodys: by_query(&unknown), status: 404 },
    ];
    Case { own: by_path(&own), status: 200, foreign }
}
