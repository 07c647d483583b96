//! Security check 18: every endpoint × every role × {own, foreign, nobody}.
//!
//! The rows of the code decide what is called, so that a new endpoint without a case here fails. What is foreign
//! answers to the letter as what does not exist, changes nothing, and no answer holds anything of the other tenant.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod cases;
mod world;

use jiff::SignedDuration;
use platform_core::access::{Permission, Role};
use platform_http::Access;
use platform_tests::{Answer, Member};
use serde_json::{Value, json};

use world::World;

/// An answer without what names the request.
fn essence(answer: &Answer) -> (u16, Value, Option<usize>) {
    let mut body = answer.body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("requestId");
    }
    // Of many things at once each is answered for by itself: by the id that was asked for.
    for one in body.get_mut("failed").and_then(Value::as_array_mut).into_iter().flatten() {
        one["id"].take();
    }
    (answer.status.as_u16(), body, answer.total())
}

/// Two API tokens that hold one permission each: whatever an endpoint asks for, one of them does not hold it.
async fn other_scope(world: &World, owner: &Member) -> (platform_tests::Client, platform_tests::Client) {
    let rules = world.app.api_token(owner, &[Permission::RulesRead]).await;
    (rules, world.app.api_token(owner, &[Permission::AlertsRead]).await)
}

#[tokio::test]
async fn no_tenant_reaches_another() {
    let mut world = World::new().await;
    let (before, then) = (world.theirs.everything().await, world.app.now());
    for endpoint in platform_local::endpoints() {
        let operation = endpoint.operation_id.as_str();
        let missing = format!("{operation} has no case here: write one");

        let case = world.case(operation, None).await.expect(&missing);
        let stranger = world.app.anybody.from_ip([198, 51, 100, 1]);
        let answer = world.send(&stranger, &case.own).await;
        if endpoint.access == Access::Public {
            answer.expect(case.status);
        } else {
            answer.refused(401, "unauthenticated");
            let forger = stranger.with_token("eyJhbGciOiJFZERTQSJ9.e30.c2ln");
            world.send(&forger, &case.own).await.refused(401, "unauthenticated");
        }

        for (role, member) in world.members.clone() {
            // With a session of its own: some endpoints end it, or take it elsewhere.
            let member = world.app.sign_in(&member).await;
            let case = world.case(operation, Some(&member)).await.expect(&missing);
            let permission = endpoint.access.permission();
            let refusal = permission.filter(|permission| !role.may(*permission)).map(Permission::name);
            for foreign in &case.foreign {
                let theirs = world.send(&member, &foreign.theirs).await;
                let nobodys = world.send(&member, &foreign.nobodys).await;
                assert_eq!(essence(&theirs), essence(&nobodys), "{role}: {} tells that it exists", theirs.what);
                match refusal {
                    Some(permission) => assert_eq!(theirs.refused(403, "forbidden")["permission"], permission),
                    None => {
                        let (total, body) = (theirs.total(), theirs.expect(foreign.status));
                        if foreign.status == 200 {
                            let is_empty = match operation {
                                // Its pages say where they end, and nothing is counted.
                                "listDeliveries" => body == json!({ "deliveries": [] }),
                                "acknowledgeAlerts" | "suppressAlerts" | "reopenAlerts" | "resolveAlerts" => {
                                    body["done"] == json!([]) && body["failed"][0]["status"] == 404
                                }
                                _ => (&body, total) == (&json!([]), Some(0)),
                            };
                            assert!(is_empty, "{role}: {body}");
                        }
                    }
                }
            }
            let own = world.send(&member, &case.own).await;
            match refusal {
                Some(permission) => assert_eq!(own.refused(403, "forbidden")["permission"], permission),
                None => drop(own.expect(case.status)),
            }
        }
    }
    let owner = world.ours.owner.clone();
    let (all, none) = (world.app.api_token(&owner, Permission::ALL).await, other_scope(&world, &owner).await);
    for endpoint in platform_local::endpoints() {
        let case = world.case(&endpoint.operation_id, Some(&owner)).await.expect("checked above");
        if endpoint.access == Access::Public {
            continue;
        }
        world.app.skip(SignedDuration::from_millis(400));
        if !endpoint.access.takes_tokens() {
            world.send(&all, &case.own).await.refused(403, "session-required");
            continue;
        }
        for foreign in &case.foreign {
            let (theirs, nobodys) = (world.send(&all, &foreign.theirs).await, world.send(&all, &foreign.nobodys).await);
            assert_eq!(essence(&theirs), essence(&nobodys), "API token: {} tells that it exists", theirs.what);
            theirs.expect(foreign.status);
        }
        if let Some(permission) = endpoint.access.permission() {
            let client = if permission == Permission::RulesRead { &none.1 } else { &none.0 };
            let refusal = world.send(client, &case.own).await.refused(403, "forbidden");
            assert_eq!(refusal["permission"], permission.name(), "the token's scopes do not hold it");
        }
        world.send(&all, &case.own).await.expect(case.status);
    }
    // What is shown of an account says how old it is.
    world.app.clock.set(then);
    for (after, before) in world.theirs.everything().await.iter().zip(&before) {
        assert_eq!(after, before, "nothing of theirs changed");
    }
    println!("isolation: {} requests, {} leaks", world.requests, world.leaks.len());
    assert_eq!(world.leaks, [""; 0]);
}

/// Counts are data too: lists and overview of one tenant say the same whether the other exists or not.
#[tokio::test]
async fn counts_are_of_ones_own() {
    let world = World::new().await;
    let (ours, theirs) = (&world.ours.owner, &world.theirs.owner);
    for (list, own, other) in [("/api/netbird/peers", 11, 24), ("/api/alerts", 7, 7)] {
        assert_eq!(ours.get(list).await.total(), Some(own), "{list}");
        assert_eq!(theirs.get(list).await.total(), Some(other), "{list}");
    }
    let overview = ours.get("/api/dashboard/overview").await.expect(200);
    assert_eq!(
        (&overview["totalPeers"], &overview["accounts"], &overview["rules"]),
        (&json!(11), &json!(1), &json!(1))
    );
    assert_eq!(overview["openAlerts"]["total"], 3);
}

/// Even a token of the right key cannot take a session into another tenant.
#[tokio::test]
async fn a_session_acts_only_in_its_tenant() {
    let world = World::new().await;
    let (ours, theirs) = (&world.ours.owner, &world.theirs.owner);
    let store = &world.app.platform.store;
    let mut session = store.session(ours.user, ours.session).await.unwrap().unwrap();
    session.tenant = theirs.tenant;
    let token = world.app.platform.issuer.as_ref().unwrap().access_token(&session, Role::Owner, world.app.now());
    let carried = world.app.anybody.with_token(token.unwrap());
    carried.get("/api/netbird/accounts").await.refused(401, "unauthenticated");
    carried
        .post(&format!("/api/alerts/{}/resolve", world.theirs.alert), json!({}))
        .await
        .refused(401, "unauthenticated");
}
