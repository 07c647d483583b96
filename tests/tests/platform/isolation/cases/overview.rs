//! Numbers, the trail, and what is open live.

use serde_json::json;

use super::{alone, foreign};
use crate::isolation::world::{Case, World, delete, get, metric_of, post};

impl World {
    pub(super) async fn overview_case(&self, operation: &str) -> Option<Case> {
        let (ours, theirs) = (&self.ours, &self.theirs);
        Some(match operation {
            "overview" => {
                let shot = |id: &str| get(format!("/api/dashboard/overview?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "getMetrics" | "getTrends" => {
                let what = operation.trim_start_matches("get").to_lowercase();
                let shot = |id: &str| get(format!("/api/dashboard/{what}?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "queryMetrics" | "queryTrends" => {
                let what = operation.trim_start_matches("query").to_lowercase();
                let shot = |id: &str| post(format!("/api/dashboard/{what}"), json!({ "accountId": id }));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "pushMetrics" => {
                let shot = |id: &str| {
                    post("/api/metrics", json!({ "metrics": [{ "name": "queue", "value": 1, "accountId": id }] }))
                };
                Case { own: shot(&ours.account), status: 201, foreign: vec![foreign(&shot, &theirs.account, 422)] }
            }
            "listOwnMetrics" => {
                let shot = |id: &str| get(format!("/api/metrics?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "deleteOwnMetric" => {
                let shot = |id: &str| delete(format!("/api/metrics/{id}"));
                let name = format!("fresh{}", self.requests);
                let one = json!({ "name": name, "value": 1, "accountId": ours.account });
                ours.owner.post("/api/metrics", json!({ "metrics": [one] })).await.expect(201);
                let own = metric_of(&ours.owner, &name).await;
                Case { own: shot(&own), status: 204, foreign: vec![foreign(&shot, &theirs.metric, 404)] }
            }
            "listAuditLogs" => self.list(4, &[], 200),
            "summarizeAuditLogs" => alone(get(format!("/api/audit/summary?user={}", theirs.owner.user)), 200),
            // Nothing of a tenant can be named: in the answer to a stranger is a month of their own trail.
            "verifyAuditLogs" => alone(get("/api/audit/verify".to_owned()), 200),
            "exportAuditSeals" => alone(get("/api/audit/seals".to_owned()), 200),
            "exportAuditLogs" => alone(get(format!("/api/audit/export?user={}", theirs.owner.user)), 200),
            "listAuditExports" => alone(get("/api/audit/exports"), 200),
            "createAuditExport" => {
                self.app.settle().await;
                // What it was asked for is told again: somebody else's id would be no leak. The direct export is asked for theirs.
                let body = json!({ "format": "csv", "filter": { "user": ours.owner.user } });
                alone(post("/api/audit/exports", body), 202)
            }
            "getAuditExport" | "deleteAuditExport" => {
                let is_read = operation == "getAuditExport";
                let shot = |id: &str| match is_read {
                    true => get(format!("/api/audit/exports/{id}")),
                    false => delete(format!("/api/audit/exports/{id}")),
                };
                let body = json!({ "format": "jsonl" });
                let fresh = ours.owner.post("/api/audit/exports", body).await.expect(202);
                // Only so many may wait.
                self.app.settle().await;
                let own = shot(fresh["id"].as_str().unwrap_or_default());
                Case {
                    own,
                    status: if is_read { 200 } else { 204 },
                    foreign: vec![foreign(&shot, &theirs.export, 404)],
                }
            }
            _ => return None,
        })
    }
}
