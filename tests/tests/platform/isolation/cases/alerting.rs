//! Rules, alerts, and whom they are told.

use std::sync::atomic::{AtomicU32, Ordering};

use jiff::SignedDuration;
use platform_core::channel::Channel;
use platform_core::link::LinkPurpose;
use platform_store::recipients::recipient_id;
use serde_json::{Value, json};

use super::{alone, foreign};
use crate::isolation::world::{Case, Foreign, Shot, World, delete, get, post, put};

/// A channel, whose name no other has.
fn fresh_channel() -> Value {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let name = format!("Fresh {}", MADE.fetch_add(1, Ordering::Relaxed));
    json!({ "name": name, "config": { "type": "teams", "webhook": "https://teams.example/x" } })
}

/// A route of alerts to a channel, whose name no other has.
fn fresh_route(channel: &str, matchers: &Value) -> Value {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let name = format!("Fresh {}", MADE.fetch_add(1, Ordering::Relaxed));
    json!({ "name": name, "matchers": matchers, "channelIds": [channel] })
}

/// A rota, whose name no other has.
fn fresh_rota(user: &str) -> Value {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let name = format!("Fresh {}", MADE.fetch_add(1, Ordering::Relaxed));
    json!({
        "name": name, "timeZone": "Europe/Berlin", "handover": { "time": "09:00", "weekday": "monday" }, "every": "week",
        "startsOn": "2026-11-02", "people": [user],
    })
}

impl World {
    pub(super) async fn alerting_case(&self, operation: &str) -> Option<Case> {
        let (ours, theirs) = (&self.ours, &self.theirs);
        Some(match operation {
            "listAlerts" => self.list(2, &[("accountId", &theirs.account), ("ruleId", &theirs.rule)], 200),
            "listDeliveries" => {
                let path = "/api/alerts/deliveries";
                let of_rule = |id: &str| get(format!("{path}?ruleId={id}"));
                let of_alert = |id: &str| get(format!("{path}?alertId={id}"));
                let page = theirs.owner.get(&format!("{path}?limit=1")).await.expect(200);
                let with = |cursor: &str| get(format!("{path}?cursor={cursor}"));
                let cursors = Foreign {
                    theirs: with(page["nextCursor"].as_str().unwrap()),
                    nobodys: with("AAAAAAAAAAAAAAAA"),
                    status: 422,
                };
                let of_channel = |id: &str| get(format!("{path}?channelId={id}"));
                let foreign = vec![
                    foreign(&of_rule, &theirs.rule, 200),
                    foreign(&of_alert, &theirs.alert, 200),
                    foreign(&of_channel, &theirs.channel, 200),
                    cursors,
                ];
                Case { own: get(path), status: 200, foreign }
            }
            "getDelivery" => {
                let shot = |id: &str| get(format!("/api/alerts/deliveries/{id}"));
                Case { own: shot(&ours.delivery), status: 200, foreign: vec![foreign(&shot, &theirs.delivery, 404)] }
            }
            "sendAgain" => {
                let shot = |id: &str| post(format!("/api/alerts/deliveries/{id}/send-again"), json!({}));
                let own = self.app.plant_given_up(ours.owner.tenant, self.fresh_alert().await).await;
                Case { own: shot(&own), status: 200, foreign: vec![foreign(&shot, &theirs.delivery, 404)] }
            }
            "createRule" => {
                let body = |account: &str| {
                    json!({
                        "name": "R", "conditionType": "peer_offline", "conditionConfig": { "duration": 5 },
                        "severity": "low", "accountId": account, "notificationConfig": {},
                    })
                };
                let shot = |id: &str| post("/api/alerts/rules", body(id));
                let told = |id: &str| {
                    let mut body = body(&ours.account);
                    body["channelIds"] = json!([id]);
                    post("/api/alerts/rules", body)
                };
                let foreign = vec![foreign(&shot, &theirs.account, 422), foreign(&told, &theirs.channel, 422)];
                Case { own: shot(&ours.account), status: 201, foreign }
            }
            "applyRuleTemplates" => {
                let body = |account: &str, channel: Option<&str>| {
                    let channels: Vec<&str> = channel.into_iter().collect();
                    json!({ "templateIds": ["peer-inactive"], "accountId": account, "channelIds": channels })
                };
                let at = "/api/alerts/rule-templates/apply";
                let watched = |id: &str| post(at, body(id, None));
                let told = |id: &str| post(at, body(&ours.account, Some(id)));
                let own = watched(&ours.account);
                // Who has the rule already gets no other.
                let rules = ours.owner.get("/api/alerts/rules").await.expect(200);
                for rule in
                    rules.as_array().unwrap().iter().filter(|rule| rule["name"] == "Nobody uses a device any more")
                {
                    let path = format!("/api/alerts/rules/{}", rule["id"].as_str().unwrap());
                    ours.owner.delete(&path).await.expect(204);
                }
                let foreign = vec![foreign(&watched, &theirs.account, 422), foreign(&told, &theirs.channel, 422)];
                Case { own, status: 201, foreign }
            }
            "importRules" => {
                // By id, as by name: what is somebody else's is not there.
                let body = |account: &str| {
                    let rule = json!({
                        "name": "Imported", "conditionType": "peer_offline", "conditionConfig": { "duration": 5 },
                        "severity": "low", "account": account,
                    });
                    json!({ "version": 1, "rules": [rule] })
                };
                let shot = |id: &str| post("/api/alerts/rules/import", body(id));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 422)] }
            }
            "getRule" => {
                let shot = |id: &str| get(format!("/api/alerts/rules/{id}"));
                Case { own: shot(&ours.rule), status: 200, foreign: vec![foreign(&shot, &theirs.rule, 404)] }
            }
            "updateRule" => {
                let body = |account: Option<&str>| {
                    json!({
                        "name": "R", "conditionType": "peer_offline", "conditionConfig": { "duration": 5 },
                        "severity": "low", "accountId": account, "notificationConfig": {},
                    })
                };
                let shot = |id: &str| put(format!("/api/alerts/rules/{id}"), body(None));
                let moved = |account: &str| put(format!("/api/alerts/rules/{}", ours.rule), body(Some(account)));
                let told = |id: &str| {
                    let mut body = body(None);
                    body["channelIds"] = json!([id]);
                    put(format!("/api/alerts/rules/{}", ours.rule), body)
                };
                let foreign = vec![
                    foreign(&shot, &theirs.rule, 404),
                    foreign(&moved, &theirs.account, 422),
                    foreign(&told, &theirs.channel, 422),
                ];
                Case { own: shot(&ours.rule), status: 200, foreign }
            }
            "getChannel" | "updateChannel" | "sendChannelTest" => {
                let shot = |id: &str| {
                    let path = format!("/api/alerts/channels/{id}");
                    match operation {
                        "getChannel" => get(path),
                        "updateChannel" => put(path, json!({ "name": "C", "config": { "type": "slack" } })),
                        _ => post(format!("{path}/send-test"), json!({})),
                    }
                };
                Case { own: shot(&ours.channel), status: 200, foreign: vec![foreign(&shot, &theirs.channel, 404)] }
            }
            "rotateChannelSecret" | "rotateRuleSecret" => {
                let (kind, theirs, fresh) = match operation {
                    "rotateChannelSecret" => {
                        let config = json!({ "type": "webhook", "url": self.app.receiver.url() });
                        let mut body = fresh_channel();
                        body["config"] = config;
                        let fresh = ours.owner.post("/api/alerts/channels", body).await.expect(201);
                        ("channels", &theirs.channel, fresh)
                    }
                    _ => ("rules", &theirs.rule, self.app.make_rule(&ours.owner, json!({ "name": "Signed" })).await),
                };
                let shot = |id: &str| post(format!("/api/alerts/{kind}/{id}/signing-secret"), json!({}));
                let own = shot(fresh["id"].as_str().unwrap_or_default());
                Case { own, status: 200, foreign: vec![foreign(&shot, theirs, 404)] }
            }
            "createChannel" => alone(post("/api/alerts/channels", fresh_channel()), 201),
            "deleteChannel" => {
                let fresh = ours.owner.post("/api/alerts/channels", fresh_channel()).await.expect(201);
                let shot = |id: &str| delete(format!("/api/alerts/channels/{id}"));
                let own = shot(fresh["id"].as_str().unwrap_or_default());
                Case { own, status: 204, foreign: vec![foreign(&shot, &theirs.channel, 404)] }
            }
            "enableRule" | "disableRule" => {
                let what = operation.trim_end_matches("Rule");
                let shot = |id: &str| post(format!("/api/alerts/rules/{id}/{what}"), json!({}));
                Case { own: shot(&ours.rule), status: 200, foreign: vec![foreign(&shot, &theirs.rule, 404)] }
            }
            "createRota" | "updateRota" => {
                let body = |user: &str| fresh_rota(user);
                let (ours_user, theirs_user) = (ours.owner.user.to_string(), theirs.owner.user.to_string());
                if operation == "createRota" {
                    let shot = |user: &str| post("/api/alerts/rotas", body(user));
                    Case { own: shot(&ours_user), status: 201, foreign: vec![foreign(&shot, &theirs_user, 422)] }
                } else {
                    let shot = |id: &str| put(format!("/api/alerts/rotas/{id}"), body(&ours_user));
                    let named = |user: &str| put(format!("/api/alerts/rotas/{}", ours.rota), body(user));
                    let foreign = vec![foreign(&shot, &theirs.rota, 404), foreign(&named, &theirs_user, 422)];
                    Case { own: shot(&ours.rota), status: 200, foreign }
                }
            }
            "getRota" => {
                let shot = |id: &str| get(format!("/api/alerts/rotas/{id}"));
                Case { own: shot(&ours.rota), status: 200, foreign: vec![foreign(&shot, &theirs.rota, 404)] }
            }
            "deleteRota" => {
                let body = fresh_rota(&ours.owner.user.to_string());
                let fresh = ours.owner.post("/api/alerts/rotas", body).await.expect(201);
                let shot = |id: &str| delete(format!("/api/alerts/rotas/{id}"));
                let own = shot(fresh["id"].as_str().unwrap_or_default());
                Case { own, status: 204, foreign: vec![foreign(&shot, &theirs.rota, 404)] }
            }
            "createAlertRoute" | "updateAlertRoute" => {
                let path = format!("/api/alerts/routes/{}", ours.route);
                let shot = |body: Value| match operation {
                    "createAlertRoute" => post("/api/alerts/routes", body),
                    _ => put(path.clone(), body),
                };
                let to = |channel: &str| shot(fresh_route(channel, &json!({})));
                let of = |what: &str, id: &str| shot(fresh_route(&ours.channel, &json!({ what: [id] })));
                let (rule, account) = (|id: &str| of("ruleIds", id), |id: &str| of("accountIds", id));
                let mut all = vec![
                    foreign(&to, &theirs.channel, 422),
                    foreign(&rule, &theirs.rule, 422),
                    foreign(&account, &theirs.account, 422),
                ];
                let status = if operation == "createAlertRoute" { 201 } else { 200 };
                if operation == "updateAlertRoute" {
                    let body = fresh_route(&ours.channel, &json!({}));
                    let other = |id: &str| put(format!("/api/alerts/routes/{id}"), body.clone());
                    all.push(foreign(&other, &theirs.route, 404));
                }
                Case { own: rule(&ours.rule), status, foreign: all }
            }
            "getAlertRoute" => {
                let shot = |id: &str| get(format!("/api/alerts/routes/{id}"));
                Case { own: shot(&ours.route), status: 200, foreign: vec![foreign(&shot, &theirs.route, 404)] }
            }
            "deleteAlertRoute" => {
                let body = fresh_route(&ours.channel, &json!({}));
                let fresh = ours.owner.post("/api/alerts/routes", body).await.expect(201);
                let shot = |id: &str| delete(format!("/api/alerts/routes/{id}"));
                let own = shot(fresh["id"].as_str().unwrap_or_default());
                Case { own, status: 204, foreign: vec![foreign(&shot, &theirs.route, 404)] }
            }
            "createSilence" | "previewSilence" => {
                let of = |matchers| {
                    let ends_at = self.app.now() + SignedDuration::from_hours(1);
                    match operation {
                        "createSilence" => {
                            let body = json!({ "name": "S", "matchers": matchers, "endsAt": ends_at });
                            post("/api/alerts/silences", body)
                        }
                        _ => post("/api/alerts/silences/preview", json!({ "matchers": matchers, "endsAt": ends_at })),
                    }
                };
                let (rule, account) =
                    (|id: &str| of(json!({ "ruleIds": [id] })), |id: &str| of(json!({ "accountIds": [id] })));
                let foreign = vec![foreign(&rule, &theirs.rule, 422), foreign(&account, &theirs.account, 422)];
                let status = if operation == "createSilence" { 201 } else { 200 };
                Case { own: rule(&ours.rule), status, foreign }
            }
            "getSilence" => {
                let shot = |id: &str| get(format!("/api/alerts/silences/{id}"));
                Case { own: shot(&ours.silence), status: 200, foreign: vec![foreign(&shot, &theirs.silence, 404)] }
            }
            "updateSilence" => {
                let ends_at = self.app.now() + SignedDuration::from_hours(1);
                let body =
                    |account: &str| json!({ "name": "S", "matchers": { "accountIds": [account] }, "endsAt": ends_at });
                let shot = |id: &str| put(format!("/api/alerts/silences/{id}"), body(&ours.account));
                let moved = |account: &str| put(format!("/api/alerts/silences/{}", ours.silence), body(account));
                let foreign = vec![foreign(&shot, &theirs.silence, 404), foreign(&moved, &theirs.account, 422)];
                Case { own: shot(&ours.silence), status: 200, foreign }
            }
            "endSilence" | "deleteSilence" => {
                let ends_at = self.app.now() + SignedDuration::from_hours(1);
                let body = json!({ "name": "Short", "matchers": { "everything": true }, "endsAt": ends_at });
                let fresh = ours.owner.post("/api/alerts/silences", body).await.expect(201);
                let own = fresh["id"].as_str().unwrap();
                let (shot, status): (&dyn Fn(&str) -> Shot, _) = match operation {
                    "endSilence" => (&|id| post(format!("/api/alerts/silences/{id}/end"), json!({})), 200),
                    _ => (&|id| delete(format!("/api/alerts/silences/{id}")), 204),
                };
                Case { own: shot(own), status, foreign: vec![foreign(shot, &theirs.silence, 404)] }
            }
            "sendTest" => {
                let shot =
                    |id: &str| post(format!("/api/alerts/rules/{id}/send-test"), json!({ "channel": "webhook" }));
                let fresh = self.app.make_rule(&ours.owner, json!({ "name": "Tested" })).await;
                let own = shot(fresh["id"].as_str().unwrap());
                Case { own, status: 200, foreign: vec![foreign(&shot, &theirs.rule, 404)] }
            }
            "deleteRule" => {
                let shot = |id: &str| delete(format!("/api/alerts/rules/{id}"));
                let fresh = self.app.make_rule(&ours.owner, json!({ "name": "Short-lived" })).await;
                let own = shot(fresh["id"].as_str().unwrap());
                Case { own, status: 204, foreign: vec![foreign(&shot, &theirs.rule, 404)] }
            }
            "resendRecipientConfirmation" => {
                let shot = |id: &str| post(format!("/api/alerts/recipients/{id}/confirmation"), json!({}));
                let ours = self.app.plant_recipient(ours.owner.tenant, &self.fresh_address()).await;
                let theirs = self.app.plant_recipient(theirs.owner.tenant, &self.fresh_address()).await;
                let foreign = vec![foreign(&shot, &recipient_id(&theirs.email), 404)];
                Case { own: shot(&recipient_id(&ours.email)), status: 202, foreign }
            }
            "showRecipientRequest" | "answerRecipientRequest" => {
                let ours = self.app.plant_recipient(ours.owner.tenant, &self.fresh_address()).await;
                let purpose = LinkPurpose::ConfirmRecipient { tenant: ours.tenant, email: ours.email };
                match operation {
                    "showRecipientRequest" => {
                        alone(self.with_link("/api/recipients/show", purpose, json!({})).await, 200)
                    }
                    _ => {
                        let body = json!({ "accept": true });
                        alone(self.with_link("/api/recipients/answer", purpose, body).await, 204)
                    }
                }
            }
            "showAcknowledgement" | "acknowledgeByLink" => {
                let alert = self.fresh_alert().await;
                let purpose = LinkPurpose::AcknowledgeAlert {
                    tenant: ours.owner.tenant,
                    alert,
                    route: Channel::Email.into(),
                    target: "ops@acme.example".into(),
                    sent_at: self.app.now(),
                };
                let path = match operation {
                    "showAcknowledgement" => "/api/alerts/acknowledgement/show",
                    _ => "/api/alerts/acknowledgement",
                };
                alone(self.with_link(path, purpose, json!({})).await, 200)
            }
            "getAlert" => {
                let shot = |id: &str| get(format!("/api/alerts/{id}"));
                Case { own: shot(&ours.alert), status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "acknowledgeAlert" => {
                let shot = |id: &str| post(format!("/api/alerts/{id}/acknowledge"), json!({ "message": "mine" }));
                let own = shot(&self.fresh_alert().await.to_string());
                Case { own, status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "testRuleHistory" => {
                let shot = |id: &str| {
                    let config = json!({ "duration": 5 });
                    let body = json!({ "conditionType": "peer_offline", "conditionConfig": config, "accountId": id, "days": 1 });
                    post("/api/alerts/rules/test/history", body)
                };
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 422)] }
            }
            "testRule" => {
                let shot = |id: &str| {
                    let config = json!({ "duration": 5 });
                    let body = json!({ "conditionType": "peer_offline", "conditionConfig": config, "accountId": id });
                    post("/api/alerts/rules/test", body)
                };
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 422)] }
            }
            "listAlertPeers" | "listAlertHistory" => {
                let what = if operation == "listAlertPeers" { "peers" } else { "history" };
                let shot = |id: &str| get(format!("/api/alerts/{id}/{what}"));
                Case { own: shot(&ours.alert), status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "suppressAlert" => {
                let body = json!({ "until": self.app.now() + SignedDuration::from_hours(1), "message": "mine" });
                let shot = |id: &str| post(format!("/api/alerts/{id}/suppress"), body.clone());
                let own = shot(&self.fresh_alert().await.to_string());
                Case { own, status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "reopenAlert" => {
                let shot = |id: &str| post(format!("/api/alerts/{id}/reopen"), json!({ "message": "mine" }));
                let own = self.fresh_alert().await.to_string();
                let until = json!({ "until": self.app.now() + SignedDuration::from_hours(1) });
                ours.owner.post(&format!("/api/alerts/{own}/suppress"), until).await.expect(200);
                Case { own: shot(&own), status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "resolveAlert" => {
                let shot = |id: &str| post(format!("/api/alerts/{id}/resolve"), json!({ "message": "mine" }));
                let own = shot(&self.fresh_alert().await.to_string());
                Case { own, status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "acknowledgeAlerts" | "suppressAlerts" | "reopenAlerts" | "resolveAlerts" => {
                let shot = |id: &str| {
                    let what = operation.trim_end_matches("Alerts");
                    let mut body = json!({ "alertIds": [id], "message": "mine" });
                    if what == "suppress" {
                        body["until"] = json!(self.app.now() + SignedDuration::from_hours(1));
                    }
                    post(format!("/api/alerts/{what}"), body)
                };
                let own = shot(&self.fresh_alert().await.to_string());
                Case { own, status: 200, foreign: vec![foreign(&shot, &theirs.alert, 200)] }
            }
            "commentAlert" => {
                let shot = |id: &str| post(format!("/api/alerts/{id}/comments"), json!({ "message": "mine" }));
                let own = shot(&self.fresh_alert().await.to_string());
                Case { own, status: 201, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            _ => return None,
        })
    }
}
