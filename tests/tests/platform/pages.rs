//! Lists, page by page: every item exactly once, in the order of the whole list, with the right count.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;

use jiff::SignedDuration;
use platform_netbird::fake::Initiator;
use platform_tests::{Member, Options, TestApp};
use serde_json::{Value, json};

/// Follows the `Link`s from a path. Returns every item, and how many pages there were.
async fn walk(member: &Member, path: &str) -> (Vec<Value>, usize) {
    let (mut items, mut pages, mut next, mut total) = (Vec::new(), 0, Some(path.to_owned()), None);
    while let Some(page) = next {
        let answer = member.get(&page).await;
        next = answer.next();
        let count = answer.total().expect("every page tells the number of all items");
        assert_eq!(*total.get_or_insert(count), count, "{page}");
        items.extend(answer.expect(200).as_array().unwrap().clone());
        pages += 1;
        assert!(pages < 1000, "{path} goes on for ever");
    }
    assert_eq!(total, Some(items.len()), "{path}");
    (items, pages)
}

fn ids(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["id"].as_str().unwrap()).collect()
}

/// Walks a list in pages of several sizes and holds each walk against the whole list.
async fn check(member: &Member, path: &str, expected: usize) -> Vec<Value> {
    let and = if path.contains('?') { '&' } else { '?' };
    let (whole, pages) = walk(member, &format!("{path}{and}limit=1000")).await;
    assert_eq!((whole.len(), pages), (expected, 1), "{path}");
    assert_eq!(ids(&whole).into_iter().collect::<BTreeSet<_>>().len(), expected, "{path} has items twice");
    for limit in [1, 4, expected.max(2) - 1, expected.max(1)] {
        let (items, pages) = walk(member, &format!("{path}{and}limit={limit}")).await;
        assert_eq!(ids(&items), ids(&whole), "{path} in pages of {limit}");
        assert_eq!(pages, expected.div_ceil(limit).max(1), "{path} in pages of {limit}");
    }
    whole
}

async fn connected(peers: usize) -> (TestApp, Member, String) {
    let app = TestApp::start_with(Options { peers, ..Options::default() }).await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    (app, owner, account)
}

#[tokio::test]
async fn peers_in_every_order() {
    let (app, owner, account) = connected(23).await;
    let peers = app.peers();
    for group in peers.chunks(3).take(4) {
        app.skip(SignedDuration::from_secs(7));
        app.disconnect(group);
    }
    app.pass(1).await;
    for sort in ["name", "status", "lastSeen", "ip", "os", "version"] {
        let mut ascending = check(&owner, &format!("/api/netbird/peers?sort={sort}"), 23).await;
        let descending = check(&owner, &format!("/api/netbird/peers?sort=-{sort}"), 23).await;
        ascending.reverse();
        assert_eq!(ids(&ascending), ids(&descending), "{sort}");
    }
    let names = check(&owner, "/api/netbird/peers", 23).await;
    assert!(
        names.is_sorted_by_key(|peer| peer["name"].as_str().unwrap().to_lowercase()),
        "by name unless asked otherwise"
    );
    let seen = check(&owner, "/api/netbird/peers?sort=-lastSeen", 23).await;
    assert!(seen.is_sorted_by(|a, b| a["lastSeen"].as_str() >= b["lastSeen"].as_str()));
    let offline = check(&owner, "/api/netbird/peers?status=offline", 12).await;
    assert!(offline.iter().all(|peer| peer["status"] == "offline"));
    check(&owner, "/api/netbird/peers?status=online,unconfirmed", 11).await;
    check(&owner, &format!("/api/netbird/peers?accountId={account}&sort=-ip"), 23).await;
    check(&owner, &format!("/api/netbird/peers?search={}", peers[0].to_uppercase()), 1).await;
    check(&owner, "/api/netbird/peers?search=no%20such%20peer", 0).await;
    check(&owner, "/api/netbird/peers?group=no%20such%20group", 0).await;
    // Every further filter parts the peers into those that are so and the others.
    let all = check(&owner, "/api/netbird/peers", 23).await;
    let count = |wanted: &dyn Fn(&Value) -> bool| all.iter().filter(|peer| wanted(peer)).count();
    let (version, country) = (all[0]["version"].as_str().unwrap(), all[0]["location"]["country"].as_str().unwrap());
    let moment = seen[11]["lastSeen"].as_str().unwrap();
    for (query, expected) in [
        (format!("version={version}"), count(&|peer| peer["version"] == version)),
        (format!("country={}", country.to_lowercase()), count(&|peer| peer["location"]["country"] == country)),
        ("country=XX,YY".to_owned(), 0),
        ("userId=".to_owned(), count(&|peer| peer["userId"] == "")),
        ("userId=nobody".to_owned(), 0),
        ("loginExpired=false".to_owned(), count(&|peer| peer["loginExpired"] == false)),
        ("approvalRequired=true".to_owned(), 0),
        (format!("lastSeenAfter={moment}"), count(&|peer| peer["lastSeen"].as_str() >= Some(moment))),
        (format!("lastSeenBefore={moment}"), count(&|peer| peer["lastSeen"].as_str() < Some(moment))),
    ] {
        check(&owner, &format!("/api/netbird/peers?{query}"), expected).await;
    }
}

#[tokio::test]
async fn events_by_text_code_who_and_time() {
    let (_app, owner, _) = connected(23).await;
    let all = owner.get("/api/netbird/events?limit=1000").await.expect(200);
    let all = all.as_array().unwrap();
    let one = all.iter().find(|event| event["activityCode"] == "peer.setupkey.add").unwrap();
    let (who, target, name) = (&one["initiatorId"], &one["targetId"], &one["meta"]["name"]);
    let at = one["timestamp"].as_str().unwrap();
    let by = |wanted: &dyn Fn(&Value) -> bool| all.iter().filter(|event| wanted(event)).cloned().collect::<Vec<_>>();
    let code = |event: &Value| event["activityCode"].as_str().unwrap().to_owned();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    for (query, expected) in [
        ("activityCode=peer.setupkey.add".to_owned(), by(&|event| code(event) == "peer.setupkey.add")),
        ("activityCode=policy,peer.setupkey".to_owned(), by(&|event| code(event).starts_with("peer.setupkey."))),
        ("activityCode=peer.setup".to_owned(), Vec::new()),
        (format!("initiatorId={}", text(who)), by(&|event| event["initiatorId"] == *who)),
        (format!("targetId={}", text(target)), by(&|event| event["targetId"] == *target)),
        (format!("search={}", text(name).to_uppercase()), by(&|event| event["meta"]["name"] == *name)),
        (format!("from={at}"), by(&|event| event["timestamp"].as_str() >= Some(at))),
        (format!("to={at}"), by(&|event| event["timestamp"].as_str() < Some(at))),
        (format!("from={at}&to={at}"), Vec::new()),
    ] {
        for limit in [1, 7, 1000] {
            let (mut found, mut next) = (Vec::new(), Some(format!("/api/netbird/events?{query}&limit={limit}")));
            while let Some(path) = next {
                let answer = owner.get(&path).await;
                assert_eq!(answer.total(), None, "{query}");
                next = answer.next();
                found.extend(answer.expect(200).as_array().unwrap().clone());
            }
            assert_eq!(found, expected, "{query}");
        }
        let is_telling = !expected.is_empty() || query.contains("&to=") || query.ends_with("setup");
        assert!(is_telling, "{query} finds nothing that it could");
    }
}

#[tokio::test]
async fn groups_by_name_and_by_size() {
    let (app, owner, account) = connected(23).await;
    let all = owner.get("/api/netbird/groups").await.total().unwrap();
    let names = check(&owner, "/api/netbird/groups", all).await;
    assert!(
        names.is_sorted_by_key(|group| group["name"].as_str().unwrap().to_lowercase()),
        "by name unless asked otherwise"
    );
    let largest = check(&owner, "/api/netbird/groups?sort=-peersCount", all).await;
    assert!(largest.is_sorted_by(|a, b| a["peersCount"].as_u64() >= b["peersCount"].as_u64()));
    let first = &largest[0];
    assert_eq!(
        (&first["name"], &first["peersCount"], &first["accountId"], &first["accountName"]),
        (&"All".into(), &23.into(), &account.as_str().into(), &"HQ".into())
    );
    for group in &names {
        let name = group["name"].as_str().unwrap();
        let peers = owner.get(&format!("/api/netbird/peers?limit=1&group={name}")).await.total();
        assert_eq!(peers.map(|peers| peers as u64), group["peersCount"].as_u64(), "{name}");
    }
    // In any of several, once each; by name or by id.
    let (some, other) = (&names[1], &names[2]);
    let of = async |groups: String| {
        let peers = owner.get(&format!("/api/netbird/peers?limit=1000&groups={groups}")).await.expect(200);
        peers.as_array().unwrap().iter().map(|peer| peer["id"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>()
    };
    let (name, other_name) = (some["name"].as_str().unwrap(), other["name"].as_str().unwrap());
    let (one, two) = (of(name.to_owned()).await, of(other_name.to_owned()).await);
    assert!(!one.is_empty() && one.len() < 23, "{name}");
    assert_eq!(of(format!("{name},{other_name}")).await, one.union(&two).cloned().collect());
    assert_eq!(of(format!("{},no-such-group", some["id"].as_str().unwrap())).await, one);
    check(&owner, "/api/netbird/groups?search=SERV", 1).await;
    check(&owner, "/api/netbird/groups?search=no%20such%20group", 0).await;
    // Another account's groups are beside them, those of the same name too.
    let elsewhere = app.another_netbird(5, 2).await;
    app.connect_account_at(&owner, "Branch", &elsewhere).await;
    assert_eq!(check(&owner, "/api/netbird/groups?search=servers", 2).await.len(), 2);
    check(&owner, &format!("/api/netbird/groups?accountId={account}"), all).await;
}

#[tokio::test]
async fn users_of_a_network() {
    let (_app, owner, account) = connected(23).await;
    let all = owner.get("/api/netbird/users").await.total().unwrap();
    let named = check(&owner, "/api/netbird/users", all).await;
    assert!(named.is_sorted_by_key(|user| user["name"].as_str().unwrap().to_lowercase()));
    assert!(named.iter().all(|user| user["accountId"] == account.as_str() && user["accountName"] == "HQ"));
    let of = |wanted: &dyn Fn(&Value) -> bool| named.iter().filter(|user| wanted(user)).count();
    let services = of(&|user| user["isServiceUser"] == true);
    assert!(services > 0 && services < all, "people and service users");
    check(&owner, "/api/netbird/users?isServiceUser=true", services).await;
    check(&owner, "/api/netbird/users?isServiceUser=false", all - services).await;
    for (parameter, field) in [("role", "role"), ("status", "status")] {
        let value = named[0][field].as_str().unwrap();
        let path = format!("/api/netbird/users?{parameter}={value}");
        check(&owner, &path, of(&|user| user[field] == value)).await;
    }
    let email = named.iter().find_map(|user| user["email"].as_str().filter(|email| !email.is_empty())).unwrap();
    check(&owner, &format!("/api/netbird/users?search={}", email.to_uppercase()), 1).await;
    let last = check(&owner, "/api/netbird/users?sort=-lastLogin", all).await;
    assert!(last.is_sorted_by(|a, b| a["lastLogin"].as_str() >= b["lastLogin"].as_str()), "who never did comes last");
}

#[tokio::test]
async fn policies_in_words() {
    let (_app, owner, _) = connected(23).await;
    let all = owner.get("/api/netbird/policies").await.total().unwrap();
    let policies = check(&owner, "/api/netbird/policies", all).await;
    let named = |name: &str| policies.iter().find(|policy| policy["name"] == name).unwrap();
    let laptops = named("Laptops to servers");
    assert_eq!(laptops["rules"][0]["sentence"], "laptops may reach servers on TCP 22, 443 if min-version holds");
    assert_eq!(laptops["rules"][0]["ports"], json!(["22", "443"]));
    assert_eq!(laptops["sourcePostureChecks"].as_array().unwrap().len(), 1);
    assert_eq!(named("Default")["rules"][0]["sentence"], "Peers of All may reach each other");
    assert_eq!(named("Contractors to wiki")["rules"][0]["destinationResource"]["type"], "domain");
    let off = policies.iter().filter(|policy| policy["enabled"] == false).count();
    check(&owner, "/api/netbird/policies?enabled=false", off).await;
    let about = policies.iter().filter(|policy| policy["rules"].to_string().contains("\"servers\"")).count();
    check(&owner, "/api/netbird/policies?group=servers", about).await;
    check(&owner, "/api/netbird/policies?search=PING", 1).await;
    let off_first = check(&owner, "/api/netbird/policies?sort=enabled", all).await;
    assert!(off_first.is_sorted_by_key(|policy| policy["enabled"] == true));
}

/// Peers that come and go between two pages shift nothing: who was there all the while is seen exactly once.
#[tokio::test]
async fn a_walk_survives_changes() {
    let (app, owner, _) = connected(20).await;
    let before: BTreeSet<String> = app.peers().into_iter().collect();
    let mut next = Some("/api/netbird/peers?limit=3".to_owned());
    let (mut seen, mut page) = (Vec::new(), 0);
    while let Some(path) = next {
        let answer = owner.get(&path).await;
        next = answer.next();
        seen.extend(
            answer.expect(200).as_array().unwrap().iter().map(|peer| peer["name"].as_str().unwrap().to_owned()),
        );
        page += 1;
        app.network().change(|network, now| {
            assert!(network.add_peer(&format!("a-new-{page}"), "All", now));
            assert!(network.add_peer(&format!("zz-new-{page}"), "All", now));
            if page == 2 {
                network.remove_peer(&seen[0], 0, now);
            }
        });
        app.pass(1).await;
    }
    let old: Vec<&String> = seen.iter().filter(|name| before.contains(*name)).collect();
    assert_eq!(old.len(), 20);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "nobody twice");
}

#[tokio::test]
async fn alerts_newest_first() {
    let (app, owner, account) = connected(3).await;
    let planted = app.plant_alerts(&owner, &account, 33, 9).await;
    let all = check(&owner, "/api/alerts", 33).await;
    let newest_first: Vec<String> = planted.iter().rev().map(ToString::to_string).collect();
    assert_eq!(ids(&all), newest_first);
    assert_eq!(ids(&check(&owner, "/api/alerts?status=open,acknowledged", 9).await), newest_first[..9]);
    assert_eq!(ids(&check(&owner, "/api/alerts?status=resolved", 24).await), newest_first[9..]);
    let critical = check(&owner, "/api/alerts?severity=critical", 8).await;
    assert!(critical.iter().all(|alert| alert["severity"] == "critical"));
    check(&owner, "/api/alerts?severity=low,critical&status=open", 5).await;
    check(&owner, &format!("/api/alerts?accountId={account}"), 33).await;
    let rule = all[3]["ruleId"].as_str().unwrap();
    check(&owner, &format!("/api/alerts?ruleId={rule}"), 1).await;
}

#[tokio::test]
async fn events_newest_first() {
    let (app, owner, account) = connected(5).await;
    let before = owner.get("/api/netbird/events?source=netbird&limit=1").await.total().unwrap();
    for number in 0..30 {
        // Three in the same second, as a script makes them.
        app.skip(SignedDuration::from_secs(if number % 3 == 0 { 1 } else { 0 }));
        app.network().change(|network, now| {
            let meta = [("number".to_owned(), number.to_string())].into();
            network.log(Initiator::User(0), "Group updated", "group.update", "g1", meta, now);
        });
    }
    app.pass(1).await;
    let events = check(&owner, "/api/netbird/events?source=netbird", before + 30).await;
    let numbers: Vec<&str> = events.iter().filter_map(|event| event["meta"]["number"].as_str()).collect();
    assert_eq!(numbers, (0..30).rev().map(|number| number.to_string()).collect::<Vec<_>>());
    check(&owner, &format!("/api/netbird/events?source=netbird&accountId={account}"), before + 30).await;
    app.pass(5).await;
    assert_eq!(
        owner.get("/api/netbird/events?source=netbird").await.total(),
        Some(before + 30),
        "events that are read again are not new"
    );
}

#[tokio::test]
async fn a_page_has_fifty_items_unless_asked_otherwise() {
    let (app, owner, account) = connected(60).await;
    app.plant_alerts(&owner, &account, 51, 51).await;
    for path in ["/api/netbird/peers", "/api/alerts"] {
        let answer = owner.get(path).await;
        assert!(answer.next().is_some_and(|next| next.contains("limit=50")), "{path}");
        assert_eq!(answer.expect(200).as_array().unwrap().len(), 50, "{path}");
    }
}
