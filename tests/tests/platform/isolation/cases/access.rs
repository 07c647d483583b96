//! Who reaches what.

use serde_json::json;

use super::{alone, foreign};
use crate::isolation::world::{Case, Shot, Side, World, delete, get, post, put};

impl World {
    pub(super) async fn access_case(&self, operation: &str) -> Option<Case> {
        let (ours, theirs) = (&self.ours, &self.theirs);
        Some(match operation {
            "checkAccess" => {
                let group_of = async |side: &Side| {
                    let groups = side.owner.get("/api/netbird/groups").await.expect(200);
                    groups[0]["id"].as_str().unwrap_or_default().to_owned()
                };
                let peers = theirs.owner.get("/api/netbird/peers?search=-vault").await.expect(200);
                let theirs_id = format!("peer:{}", peers[0]["id"].as_str().unwrap_or_default());
                let (own, account) = (group_of(ours).await, &ours.account);
                let group = format!("group:{own}");
                let ask = |account: &str, from: &str, to: &str| {
                    get(format!("/api/access/check?accountId={account}&from={from}&to={to}"))
                };
                let by_account = |id: &str| ask(id, &group, &group);
                let as_peer = |id: &str| if id.starts_with("peer:") { id.to_owned() } else { format!("peer:{id}") };
                let by_from = |id: &str| ask(account, &as_peer(id), &group);
                let by_to = |id: &str| ask(account, &group, &as_peer(id));
                let foreign = vec![
                    foreign(&by_account, &theirs.account, 404),
                    foreign(&by_from, &theirs_id, 404),
                    foreign(&by_to, &theirs_id, 404),
                ];
                Case { own: by_account(account), status: 200, foreign }
            }
            "getTopology" => {
                let shot = |id: &str| get(format!("/api/dashboard/topology?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "getAccessMatrix" => {
                let groups = async |side: &Side| side.owner.get("/api/netbird/groups").await.expect(200);
                let (mine, others) = (groups(ours).await, groups(theirs).await);
                let is_mine = |id: &str| mine.as_array().is_some_and(|mine| mine.iter().any(|one| one["id"] == id));
                let mut ids = others.as_array().into_iter().flatten().filter_map(|one| one["id"].as_str());
                let theirs_alone = ids.find(|id| !is_mine(id)).unwrap_or_default().to_owned();
                let shot = |id: &str| get(format!("/api/access/matrix?accountId={id}"));
                let of_group = |id: &str| get(format!("/api/access/matrix?accountId={}&groups={id}", ours.account));
                let foreign = vec![foreign(&shot, &theirs.account, 404), foreign(&of_group, &theirs_alone, 404)];
                Case { own: shot(&ours.account), status: 200, foreign }
            }
            "compareAccess" => {
                let groups = ours.owner.get("/api/netbird/groups").await.expect(200);
                let group = groups[0]["id"].as_str().unwrap_or_default().to_owned();
                let peer_of = async |side: &Side| {
                    let peers = side.owner.get("/api/netbird/peers?limit=1").await.expect(200);
                    peers[0]["id"].as_str().unwrap_or_default().to_owned()
                };
                let (mine, others) = (peer_of(ours).await, peer_of(theirs).await);
                let ask = |account: &str, peer: &str| {
                    let change = json!({ "type": "group_members", "id": group, "add": [peer] });
                    post("/api/access/difference", json!({ "accountId": account, "changes": [change] }))
                };
                let by_account = |id: &str| ask(id, &mine);
                let by_peer = |id: &str| ask(&ours.account, id);
                let foreign = vec![foreign(&by_account, &theirs.account, 404), foreign(&by_peer, &others, 422)];
                Case { own: by_account(&ours.account), status: 200, foreign }
            }
            "getAccessSince" => {
                let shot = |id: &str| get(format!("/api/access/since?accountId={id}&since={}", self.app.now()));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "listProposals" => alone(get("/api/access/proposals"), 200),
            "getProposal" => {
                let shot = |id: &str| get(format!("/api/access/proposals/{id}"));
                Case { own: shot(&ours.proposal), status: 200, foreign: vec![foreign(&shot, &theirs.proposal, 404)] }
            }
            "createProposal" | "updateProposal" => {
                let policies = ours.owner.get("/api/netbird/policies?limit=1").await.expect(200);
                let policy = policies[0]["id"].as_str().unwrap_or_default().to_owned();
                let body = |account: &str| {
                    let change = json!({ "type": "policy_switch", "id": policy, "enabled": false });
                    json!({ "accountId": account, "title": "Close it", "changes": [change] })
                };
                if operation == "createProposal" {
                    let shot = |account: &str| post("/api/access/proposals", body(account));
                    Case { own: shot(&ours.account), status: 201, foreign: vec![foreign(&shot, &theirs.account, 404)] }
                } else {
                    let shot = |id: &str| put(format!("/api/access/proposals/{id}"), body(&ours.account));
                    let moved = |account: &str| put(format!("/api/access/proposals/{}", ours.proposal), body(account));
                    let foreign = vec![foreign(&shot, &theirs.proposal, 404), foreign(&moved, &theirs.account, 422)];
                    Case { own: shot(&ours.proposal), status: 200, foreign }
                }
            }
            "commentProposal" | "decideProposal" | "deleteProposal" => {
                let policies = ours.owner.get("/api/netbird/policies?limit=1").await.expect(200);
                let change = json!({ "type": "policy_switch", "id": policies[0]["id"], "enabled": false });
                let body = json!({ "accountId": ours.account, "title": "Close it", "changes": [change] });
                let fresh = ours.owner.post("/api/access/proposals", body).await.expect(201);
                let own = fresh["id"].as_str().unwrap_or_default();
                let (shot, status): (&dyn Fn(&str) -> Shot, u16) = match operation {
                    "commentProposal" => {
                        (&|id| post(format!("/api/access/proposals/{id}/comments"), json!({ "message": "Why?" })), 201)
                    }
                    "decideProposal" => (
                        &|id| post(format!("/api/access/proposals/{id}/decision"), json!({ "decision": "close" })),
                        200,
                    ),
                    _ => (&|id| delete(format!("/api/access/proposals/{id}")), 204),
                };
                Case { own: shot(own), status, foreign: vec![foreign(shot, &theirs.proposal, 404)] }
            }
            "listAccessReviews" => self.list(15, &[("accountId", &theirs.account)], 200),
            "createAccessReview" => {
                let groups = ours.owner.get("/api/netbird/groups?limit=1").await.expect(200);
                let body = |account: &str| json!({ "accountId": account, "name": "Q4", "groupIds": [groups[0]["id"]] });
                let shot = |account: &str| post("/api/access/reviews", body(account));
                Case { own: shot(&ours.account), status: 201, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "getAccessReview" | "listAccessReviewRows" | "exportAccessReview" => {
                let what = match operation {
                    "getAccessReview" => "",
                    "listAccessReviewRows" => "/rows",
                    _ => "/export",
                };
                let shot = |id: &str| get(format!("/api/access/reviews/{id}{what}"));
                Case { own: shot(&ours.review), status: 200, foreign: vec![foreign(&shot, &theirs.review, 404)] }
            }
            "updateAccessReview" | "signAccessReview" | "deleteAccessReview" => {
                let groups = ours.owner.get("/api/netbird/groups?limit=1").await.expect(200);
                let body = json!({ "accountId": ours.account, "name": "Q4", "groupIds": [groups[0]["id"]] });
                let fresh = ours.owner.post("/api/access/reviews", body).await.expect(201);
                let own = fresh["id"].as_str().unwrap_or_default();
                let (shot, status): (&dyn Fn(&str) -> Shot, u16) = match operation {
                    "updateAccessReview" => {
                        (&|id| put(format!("/api/access/reviews/{id}"), json!({ "name": "Q1" })), 200)
                    }
                    "signAccessReview" => (
                        &|id| post(format!("/api/access/reviews/{id}/sign-off"), json!({ "decision": "approved" })),
                        200,
                    ),
                    _ => (&|id| delete(format!("/api/access/reviews/{id}")), 204),
                };
                Case { own: shot(own), status, foreign: vec![foreign(shot, &theirs.review, 404)] }
            }
            "listFindings" => {
                let shot = |id: &str| get(format!("/api/access/findings?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            _ => return None,
        })
    }
}
