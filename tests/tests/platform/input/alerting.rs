//! What is wrong with rules, silences and channels.

use super::*;

#[tokio::test]
async fn a_rule_says_which_field_is_wrong() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    owner.post("/api/alerts/rules", rule()).await.expect(201);
    let recipients = |number: usize| json!((0..number).map(|n| format!("ops{n}@acme.example")).collect::<Vec<_>>());
    let headers = |number: usize| {
        json!((0..number).map(|n| (format!("x-{n}"), "v")).collect::<std::collections::BTreeMap<_, _>>())
    };
    let nothing = || None;
    for (pointer, to) in [
        ("/name", nothing()),
        ("/name", Some(json!(""))),
        ("/name", Some(json!("   "))),
        ("/name", Some(json!("n".repeat(101)))),
        ("/name", Some(json!(7))),
        ("/name", Some(json!(null))),
        ("/description", Some(json!("d".repeat(1001)))),
        ("/conditionType", nothing()),
        ("/conditionType", Some(json!("account_unreachable"))),
        ("/conditionConfig", nothing()),
        ("/conditionConfig", Some(json!("often"))),
        ("/conditionConfig/duration", nothing()),
        ("/conditionConfig/duration", Some(json!(-1))),
        ("/conditionConfig/duration", Some(json!(10081))),
        ("/conditionConfig/threshold", Some(json!(0))),
        ("/conditionConfig/threshold", Some(json!("many"))),
        ("/conditionConfig/threshold", Some(json!(1.5))),
        ("/conditionConfig/operator", Some(json!("less_than"))),
        ("/conditionConfig/operator", Some(json!("about"))),
        ("/conditionConfig/since", Some(json!(1))),
        ("/severity", nothing()),
        ("/severity", Some(json!("terrible"))),
        ("/enabled", Some(json!("yes"))),
        ("/accountId", Some(json!("HQ"))),
        ("/accountId", Some(json!("00000000-0000-7000-8000-000000000000"))),
        ("/forMinutes", Some(json!(1441))),
        ("/keepFiringMinutes", Some(json!(1441))),
        ("/owner", Some(json!("eve"))),
        ("/notificationConfig", nothing()),
        ("/notificationConfig/pager", Some(json!({}))),
        ("/notificationConfig/email/recipients", Some(json!([]))),
        ("/notificationConfig/email/recipients", Some(recipients(21))),
        ("/notificationConfig/webhook/url", Some(json!("hooks.example.com"))),
        ("/notificationConfig/webhook/url", Some(json!("file:///etc/passwd"))),
        ("/notificationConfig/webhook/url", Some(json!("https://user:secret@hooks.example.com/"))),
        ("/notificationConfig/webhook/url", Some(json!(format!("https://hooks.example.com/{}", "x".repeat(2000))))),
        ("/notificationConfig/webhook/secret", Some(json!("whsec_short"))),
        ("/notificationConfig/webhook/headers", Some(json!({ "webhook-id": "mine" }))),
        ("/notificationConfig/webhook/headers", Some(json!({ "x": "a\r\nb: c" }))),
        ("/notificationConfig/webhook/headers", Some(headers(21))),
    ] {
        let body = with(&rule(), pointer, to.clone());
        assert_eq!(complaints(&owner, "/api/alerts/rules", body).await, [pointer], "{to:?}");
    }
    let nested = with(
        &rule(),
        "/notificationConfig/email/recipients",
        Some(json!(["ops@acme.example", "nobody", "ops@acme.example"])),
    );
    let pointers = complaints(&owner, "/api/alerts/rules", nested).await;
    assert_eq!(pointers, ["/notificationConfig/email/recipients/1", "/notificationConfig/email/recipients/2"]);
    let several = with(&with(&rule(), "/name", Some(json!(""))), "/forMinutes", Some(json!(9999)));
    assert_eq!(complaints(&owner, "/api/alerts/rules", several).await, ["/name", "/forMinutes"], "all at once");

    let mut count = with(&rule(), "/conditionType", Some(json!("peer_count")));
    count["conditionConfig"] = json!({ "duration": 5 });
    let pointers = complaints(&owner, "/api/alerts/rules", count.clone()).await;
    assert_eq!(pointers, ["/conditionConfig/operator", "/conditionConfig/threshold", "/conditionConfig/duration"]);
    count["conditionConfig"] = json!({ "operator": "less_than", "threshold": 0 });
    assert_eq!(complaints(&owner, "/api/alerts/rules", count).await, ["/conditionConfig/threshold"]);
    assert_eq!(owner.get("/api/alerts/rules").await.expect(200).as_array().unwrap().len(), 1, "nothing was kept");
}

#[tokio::test]
async fn a_silence_says_which_field_is_wrong() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let recurrence = json!({ "days": ["friday"], "from": "22:00", "minutes": 60, "timeZone": "Europe/Berlin" });
    let ends_at = app.now() + SignedDuration::from_hours(1);
    let silence = json!({
        "name": "Move", "matchers": { "severities": ["high"] }, "endsAt": ends_at, "recurrence": recurrence,
    });
    owner.post("/api/alerts/silences", silence.clone()).await.expect(201);
    let nobodys = json!(["00000000-0000-7000-8000-000000000000"]);
    for (pointer, to, told) in [
        ("/name", Some(json!("")), "/name"),
        ("/name", None, "/name"),
        ("/comment", Some(json!("c".repeat(1001))), "/comment"),
        ("/endsAt", None, "/endsAt"),
        ("/endsAt", Some(json!(null)), "/endsAt"),
        ("/endsAt", Some(json!("tomorrow")), "/endsAt"),
        ("/endsAt", Some(json!(app.now())), "/endsAt"),
        ("/endsAt", Some(json!(app.now() + SignedDuration::from_hours(367 * 24))), "/endsAt"),
        ("/startsAt", Some(json!(ends_at)), "/endsAt"),
        ("/matchers", None, "/matchers"),
        ("/matchers", Some(json!({})), "/matchers"),
        ("/matchers/severities", Some(json!([])), "/matchers"),
        ("/matchers/severities", Some(json!(["loud"])), "/matchers/severities/0"),
        ("/matchers/everything", Some(json!(true)), "/matchers/everything"),
        ("/matchers/ruleIds", Some(nobodys.clone()), "/matchers/ruleIds/0"),
        ("/matchers/accountIds", Some(nobodys), "/matchers/accountIds/0"),
        ("/matchers/peers", Some(json!(["a"])), "/matchers/peers"),
        ("/recurrence/days", Some(json!([])), "/recurrence/days"),
        ("/recurrence/days", Some(json!(["someday"])), "/recurrence/days/0"),
        ("/recurrence/from", Some(json!("25:00")), "/recurrence/from"),
        ("/recurrence/minutes", Some(json!(1441)), "/recurrence/minutes"),
        ("/recurrence/timeZone", Some(json!("Europe/Atlantis")), "/recurrence/timeZone"),
    ] {
        let body = with(&silence, pointer, to.clone());
        assert_eq!(complaints(&owner, "/api/alerts/silences", body).await, [told], "{pointer} {to:?}");
    }
    assert_eq!(owner.get("/api/alerts/silences").await.total(), Some(1), "nothing was kept");
}

#[tokio::test]
async fn a_channel_says_which_field_is_wrong() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let channel = json!({
        "name": "Ops", "severities": ["high"], "config": { "type": "slack", "webhook": "https://hooks.example.com/x" },
    });
    owner.post("/api/alerts/channels", channel.clone()).await.expect(201);
    for (pointer, to, told) in [
        ("/name", Some(json!("")), "/name"),
        ("/name", Some(json!("c".repeat(101))), "/name"),
        ("/name", Some(json!(" ops ")), "/name"),
        ("/enabled", Some(json!("yes")), "/enabled"),
        ("/severities", Some(json!(["loud"])), "/severities/0"),
        ("/owner", Some(json!("eve")), "/owner"),
        ("/config", None, "/config"),
        ("/config/webhook", None, "/config/webhook"),
        ("/config/webhook", Some(json!("hooks.slack.com")), "/config/webhook"),
        ("/config/webhook", Some(json!("http://169.254.169.254/latest")), "/config/webhook"),
        ("/config/channel", Some(json!("x".repeat(81))), "/config/channel"),
        ("/config/type", Some(json!("pigeon")), "/config/type"),
        ("/config/secret", Some(json!("whsec_x")), "/config/secret"),
    ] {
        let mut body = with(&channel, pointer, to.clone());
        if told != "/name" {
            body["name"] = json!("Other");
        }
        assert_eq!(complaints(&owner, "/api/alerts/channels", body).await, [told], "{pointer} {to:?}");
    }
    let key = "0123456789abcdef0123456789abcdef";
    let webhook = |config: Value| json!({ "name": "Hook", "config": config });
    for (config, told) in [
        (json!({ "type": "webhook" }), "/config/url"),
        (json!({ "type": "webhook", "url": "https://a.example/", "secret": "short" }), "/config/secret"),
        (json!({ "type": "webhook", "url": "https://a.example/", "headers": { "host": "b" } }), "/config/headers"),
        (json!({ "type": "webhook", "url": "https://a.example/", "headers": { "x": null } }), "/config/headers"),
        (json!({ "type": "pagerduty" }), "/config/routingKey"),
        (json!({ "type": "pagerduty", "routingKey": "a key" }), "/config/routingKey"),
        (json!({ "type": "pagerduty", "routingKey": key, "region": "moon" }), "/config"),
        (json!({ "type": "pagerduty", "routingKey": key, "server": "https://evil.example" }), "/config/server"),
        (json!({ "type": "opsgenie", "apiKey": "k".repeat(201) }), "/config/apiKey"),
        (json!({ "type": "opsgenie", "apiKey": "" }), "/config/apiKey"),
        (json!({ "type": "telegram", "token": "123:abc" }), "/config/chatId"),
        (json!({ "type": "telegram", "chatId": "-1" }), "/config/token"),
        (json!({ "type": "telegram", "token": "123:abc", "chatId": "ops" }), "/config/chatId"),
        (json!({ "type": "telegram", "token": "1:a/../../x", "chatId": "-1" }), "/config/token"),
        (json!({ "type": "telegram", "token": "1:a?x=1", "chatId": "-1" }), "/config/token"),
        (json!({ "type": "ntfy" }), "/config/topic"),
        (json!({ "type": "ntfy", "topic": "a/b" }), "/config/topic"),
        (json!({ "type": "ntfy", "topic": "t".repeat(65) }), "/config/topic"),
        (json!({ "type": "ntfy", "topic": "ops", "server": "https://ntfy.sh/ops" }), "/config/server"),
        (json!({ "type": "ntfy", "topic": "ops", "server": "http://169.254.169.254" }), "/config/server"),
        (json!({ "type": "ntfy", "topic": "ops", "token": "two words" }), "/config/token"),
    ] {
        assert_eq!(complaints(&owner, "/api/alerts/channels", webhook(config.clone())).await, [told], "{config}");
    }
    assert_eq!(owner.get("/api/alerts/channels").await.total(), Some(1), "nothing was kept");
}

#[tokio::test]
async fn quiet_hours_say_which_field_is_wrong() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let channel = json!({
        "name": "Ops", "config": { "type": "slack", "webhook": "https://hooks.example.com/x" },
        "quietHours": {
            "timeZone": "Europe/Berlin", "windows": [{ "weekdays": ["monday"], "from": "22:00", "to": "07:00" }],
        },
    });
    let made = owner.post("/api/alerts/channels", channel.clone()).await.expect(201);
    assert_eq!(made["quietHours"]["exceptSeverities"], json!(["critical"]));
    let week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let always = json!([{ "weekdays": week, "from": "08:00", "to": "20:00" }, { "weekdays": week, "from": "20:00", "to": "08:00" }]);
    let many = vec![json!({ "weekdays": ["monday"], "from": "22:00", "to": "07:00" }); 11];
    for (pointer, to, told) in [
        ("/quietHours/timeZone", Some(json!("Mars/Olympus")), "/quietHours/timeZone"),
        ("/quietHours/timeZone", None, "/quietHours/timeZone"),
        ("/quietHours/windows", None, "/quietHours/windows"),
        ("/quietHours/windows", Some(json!([])), "/quietHours/windows"),
        ("/quietHours/windows", Some(json!(many)), "/quietHours/windows"),
        ("/quietHours/windows", Some(always), "/quietHours/windows"),
        ("/quietHours/windows/0/weekdays", Some(json!([])), "/quietHours/windows/0/weekdays"),
        ("/quietHours/windows/0/weekdays", Some(json!(["mo"])), "/quietHours/windows/0/weekdays/0"),
        ("/quietHours/windows/0/from", Some(json!("7:00")), "/quietHours/windows/0/from"),
        ("/quietHours/windows/0/to", Some(json!("24:00")), "/quietHours/windows/0/to"),
        ("/quietHours/windows/0/until", Some(json!("07:00")), "/quietHours/windows/0/until"),
        ("/quietHours/exceptSeverities", Some(json!(["loud"])), "/quietHours/exceptSeverities/0"),
    ] {
        let mut body = with(&channel, pointer, to.clone());
        body["name"] = json!("Other");
        assert_eq!(complaints(&owner, "/api/alerts/channels", body).await, [told], "{pointer} {to:?}");
    }
    assert_eq!(owner.get("/api/alerts/channels").await.total(), Some(1), "nothing was kept");
}

#[tokio::test]
async fn a_route_says_which_field_is_wrong() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    app.pass(1).await;
    let group = owner.get("/api/netbird/groups?limit=1").await.expect(200)[0]["id"].clone();
    let channel = json!({ "name": "Ops", "config": { "type": "teams", "webhook": "https://teams.example/x" } });
    let channel = owner.post("/api/alerts/channels", channel).await.expect(201)["id"].clone();
    let nobody = json!("00000000-0000-7000-8000-000000000000");
    let route = json!({
        "name": "Critical", "matchers": { "severities": ["critical"], "accountIds": [account], "groupIds": [group] },
        "channelIds": [channel],
    });
    owner.post("/api/alerts/routes", route.clone()).await.expect(201);
    for (pointer, to, told) in [
        ("/name", Some(json!("")), "/name"),
        ("/name", Some(json!("n".repeat(101))), "/name"),
        ("/name", Some(json!(" critical")), "/name"),
        ("/enabled", Some(json!("yes")), "/enabled"),
        ("/matchers", None, "/matchers"),
        ("/matchers/severities", Some(json!(["loud"])), "/matchers/severities/0"),
        ("/matchers/ruleIds", Some(json!([nobody])), "/matchers/ruleIds/0"),
        ("/matchers/accountIds", Some(json!([])), "/matchers/groupIds"),
        ("/matchers/groupIds", Some(json!(["nobody's"])), "/matchers/groupIds"),
        ("/matchers/everything", Some(json!(true)), "/matchers/everything"),
        ("/channelIds", None, "/channelIds"),
        ("/channelIds", Some(json!([])), "/channelIds"),
        ("/channelIds", Some(json!([nobody])), "/channelIds/0"),
        ("/channelIds", Some(json!([channel, channel])), "/channelIds/1"),
        ("/channelIds", Some(json!(vec![nobody.clone(); 1000])), "/channelIds"),
        ("/channel", Some(channel.clone()), "/channel"),
    ] {
        let mut body = with(&route, pointer, to.clone());
        if pointer != "/name" {
            body["name"] = json!("Other");
        }
        let complaints = complaints(&owner, "/api/alerts/routes", body).await;
        assert!(complaints.iter().any(|complaint| complaint == told), "{pointer} {to:?}: {complaints:?}");
    }
    assert_eq!(owner.get("/api/alerts/routes").await.total(), Some(1), "nothing was kept");
}

#[tokio::test]
async fn a_rota_says_which_field_is_wrong() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (from, to) = (app.now(), app.now() + SignedDuration::from_hours(1));
    let rota = json!({
        "name": "Nights", "timeZone": "Europe/Berlin", "handover": { "time": "09:00", "weekday": "monday" }, "every": "week",
        "startsOn": "2026-11-02", "people": [owner.user],
        "overrides": [{ "userId": owner.user, "from": from, "to": to }],
    });
    owner.post("/api/alerts/rotas", rota.clone()).await.expect(201);
    let nobody = json!("00000000-0000-7000-8000-000000000000");
    for (pointer, to, told) in [
        ("/name", Some(json!("")), "/name"),
        ("/name", Some(json!("n".repeat(101))), "/name"),
        ("/name", Some(json!(" nights")), "/name"),
        ("/timeZone", Some(json!("Mars/Olympus")), "/timeZone"),
        ("/timeZone", None, "/timeZone"),
        ("/handover", None, "/handover"),
        ("/handover/time", Some(json!("9:00")), "/handover/time"),
        ("/handover/weekday", Some(json!("mo")), "/handover/weekday"),
        ("/handover/day", Some(json!("monday")), "/handover/day"),
        ("/every", Some(json!("month")), "/every"),
        ("/every", Some(json!("day")), "/handover/weekday"),
        ("/startsOn", Some(json!("tomorrow")), "/startsOn"),
        ("/startsOn", Some(json!("2040-01-01")), "/startsOn"),
        ("/people", Some(json!([])), "/people"),
        ("/people", Some(json!([nobody])), "/people/0"),
        ("/people", Some(json!([owner.user, owner.user])), "/people/1"),
        ("/overrides/0/userId", Some(nobody.clone()), "/overrides/0/userId"),
        ("/overrides/0/id", Some(nobody.clone()), "/overrides/0/id"),
        ("/overrides/0/to", Some(json!(from)), "/overrides/0/to"),
        ("/overrides/0/to", Some(json!(from + SignedDuration::from_hours(91 * 24))), "/overrides/0/to"),
        ("/overrides/0/reason", Some(json!("holiday")), "/overrides/0/reason"),
        ("/onCall", Some(json!(owner.user)), "/onCall"),
    ] {
        let mut body = with(&rota, pointer, to.clone());
        if pointer != "/name" {
            body["name"] = json!("Other");
        }
        assert_eq!(complaints(&owner, "/api/alerts/rotas", body).await, [told], "{pointer} {to:?}");
    }
    assert_eq!(owner.get("/api/alerts/rotas").await.total(), Some(1), "nothing was kept");
}
