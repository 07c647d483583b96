use super::*;

#[test]
fn users_and_everybody_are_their_peers() {
    let mut lists = office(vec![policy("web: laptops > servers tcp 443")]);
    lists.peers[0].user_id = "ada".into();
    let (verdict, sentence) = asked(&lists, "user:ada", "group:servers", "tcp/443");
    assert_eq!((verdict, &*sentence), (Allowed, "Every peer of ada can reach servers on TCP 443."));
    let (verdict, sentence) = asked(&lists, "any", "group:servers", "tcp/443");
    assert_eq!((verdict, &*sentence), (Allowed, "2 of 5 peers can reach peers of servers on TCP 443: 4 of 8 pairs."));
    assert_eq!(asked(&lists, "any", "any", "udp/53").1, "No peer can reach any other peer on UDP 53.");
    assert_eq!(asked(&lists, "group:servers", "user:ada", "all").1, "No peer of servers can reach a peer of ada.");
    let model = Model::new(lists.inventory());
    let gone = |users| {
        Model::new(Inventory { users, ..lists.inventory() })
            .question(&End::User("bob".into()), &End::Any, Ask::ANYTHING)
            .err()
    };
    assert_eq!((gone(None), gone(Some(&[]))), (None, Some(NotThere::From)));
    let nobody = model.question(&End::User("bob".into()), &End::Any, Ask::ANYTHING).unwrap();
    assert_eq!(nobody.reasons[0].sentence, "User bob has no peers.");
}

fn asked(lists: &Lists, from: &str, to: &str, on: &str) -> (Verdict, String) {
    let answer = lists.ask(from, to, on);
    (answer.verdict, answer.sentence)
}

#[test]
fn an_address_or_a_name_is_reached_by_what_leads_there() {
    let mut lists = office(vec![policy("db: laptops > databases tcp 5432"), policy("web: laptops > servers tcp 443")]);
    lists.peers[2].ip = "100.64.0.3".into();
    lists.peers[2].ipv6 = Some("fd00::3".into());
    lists.peers[2].dns_label = "server-1.netbird.selfhosted".into();
    let of = |lists: &Lists, to: &str, on: &str| {
        let answer = lists.ask("group:laptops", to, on);
        let ways: Vec<String> = answer.ways.iter().map(|way| format!("{} {}", way.name, way.verdict.name())).collect();
        (answer.verdict, ways)
    };
    let ways = |ways: &[&str]| ways.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(of(&lists, "address:10.0.0.5", "tcp/5432"), (Allowed, ways(&["db allowed"])));
    assert_eq!(of(&lists, "address:10.0.0.0/8", "tcp/5432"), (Allowed, ways(&["db allowed"])));
    assert_eq!(of(&lists, "address:10.0.0.5", "tcp/22"), (Denied, ways(&["db denied"])));
    for to in
        ["address:100.64.0.3", "address:fd00::3", "domain:Server-1.netbird.selfhosted.", "domain:*.netbird.selfhosted"]
    {
        assert_eq!(of(&lists, to, "tcp/443"), (Allowed, ways(&["server-1 allowed"])), "{to}");
    }
    let nowhere = lists.ask("group:laptops", "address:8.8.8.8", "udp/53");
    assert_eq!((nowhere.verdict, &*nowhere.sentence), (Denied, "Nothing in this network leads to 8.8.8.8."));
    assert_eq!(nowhere.reasons[0].kind, ReasonKind::NothingLeads);
    let name = lists.ask("group:laptops", "domain:db.example", "tcp/5432");
    assert_eq!((name.verdict, name.reasons[0].kind), (Unknown, ReasonKind::NotResolved));
    lists.resources[0].address = "*.Corp.example".into();
    assert_eq!(of(&lists, "domain:db.corp.example", "tcp/5432"), (Allowed, ways(&["db allowed"])));
    assert_eq!(of(&lists, "domain:corp.example", "tcp/5432"), (Denied, vec![]));
    let unread = Inventory { resources: None, ..lists.inventory() };
    let answer = ask(&unread, "group:laptops", "address:8.8.8.8", "udp/53");
    assert_eq!((answer.verdict, answer.reasons[0].kind), (Unknown, ReasonKind::Unread));
}

#[test]
fn where_several_ways_lead_there_none_is_guessed() {
    let mut lists = office(vec![policy("db: laptops > databases tcp 5432"), policy("up: laptops > routers all")]);
    lists.routes = vec![Route {
        id: "wide".into(),
        network_id: "wide".into(),
        description: String::new(),
        enabled: true,
        network: "10.0.0.0/16".into(),
        network_type: "IPv4".into(),
        domains: Vec::new(),
        peer: "router-1".into(),
        peer_groups: Vec::new(),
        groups: vec!["laptops".into()],
        access_control_groups: vec!["lab".into()],
        metric: 100,
        masquerade: true,
        keep_route: false,
        skip_auto_apply: false,
    }];
    lists.policies.push(policy("lab: laptops > lab tcp 22"));
    let answer = lists.ask("group:laptops", "address:10.0.0.5", "tcp/5432");
    assert_eq!((answer.verdict, answer.ways.len()), (Unknown, 2));
    let sentence = "More than one way leads to 10.0.0.5: resource db, route wide. Which of them a client takes is not told by NetBird.";
    assert!(answer.reasons.iter().any(|reason| reason.sentence == sentence), "{:?}", answer.reasons);
    assert_eq!(lists.ask("group:laptops", "address:10.0.1.1", "tcp/22").verdict, Allowed, "by the route alone");
    lists.policies.push(policy("both: laptops > databases,lab tcp 80"));
    assert_eq!(lists.ask("group:laptops", "address:10.0.0.5", "tcp/80").verdict, Allowed, "by either");
}

#[test]
fn ends_are_read_as_they_are_written() {
    let read = |text: &str| text.parse::<End>().ok().map(|end| format!("{}:{}", end.kind(), end.id()));
    assert_eq!(read("any").as_deref(), Some("any:any"));
    assert_eq!(read("address:10.1.2.3/8").as_deref(), Some("address:10.0.0.0/8"));
    assert_eq!(read("address:10.1.2.3/32").as_deref(), Some("address:10.1.2.3"));
    assert_eq!(read("domain:*.Example.COM.").as_deref(), Some("domain:*.example.com"));
    for wrong in [
        "",
        "any:",
        "peer:",
        "domain:a..b",
        "domain:a b",
        "domain:*",
        "address:10.0.0",
        "address:10.0.0.0/33",
        "nowhere:x",
    ] {
        assert_eq!(read(wrong), None, "{wrong}");
    }
}

#[test]
fn what_would_have_to_change_is_said() {
    let told = |lists: &Lists, from: &str, to: &str, on: &str| -> Vec<String> {
        let (protocol, port) = on.split_once('/').map_or((on, None), |(protocol, port)| (protocol, port.parse().ok()));
        let (model, ask) = (Model::new(lists.inventory()), Ask { protocol: protocol.parse().unwrap(), port });
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        let answer = model.question(&from, &to, ask).unwrap();
        model
            .remedies(&from, &to, ask, &answer)
            .into_iter()
            .map(|one| format!("{}: {}", one.kind.name(), one.sentence))
            .collect()
    };
    let lists = office(vec![off(policy("web: laptops > servers tcp 443")), policy("ssh: laptops > servers tcp 22")]);
    assert_eq!(
        told(&lists, "group:laptops", "group:servers", "tcp/443"),
        [
            "switch-on: Switch on policy \"web\", which lets laptops reach servers on TCP 443.",
            "add-service: Let policy \"ssh\" be about it on TCP 443, too.",
            "new-policy: Make a policy that lets laptops reach servers on TCP 443.",
        ]
    );
    assert_eq!(
        told(&lists, "peer:laptop-1", "group:servers", "tcp/22"),
        [
            "switch-off: Switch off the rules of policy \"ssh\" that allow it.",
            "forbid: Make a policy that keeps laptop-1 from reaching servers on TCP 22.",
        ]
    );
    let mut lists = office(vec![dropping("no: laptops > databases tcp"), policy("db: servers > databases tcp 5432")]);
    lists.routers[0].enabled = false;
    let all = told(&lists, "peer:laptop-1", "resource:db", "tcp/5432");
    assert_eq!(
        all[0],
        "add-source: Switch off the rules of policy \"no\" that block it; and: Switch on the router of network office, which is off; \
         and: Put laptop-1 into group servers, which is among the sources of policy \"db\"."
    );
    assert_eq!(
        told(&lists, "any", "address:8.8.8.8", "all"),
        ["add-target: Make a resource of a network, or a route, that leads to 8.8.8.8."]
    );
}

#[test]
fn of_very_many_rules_few_are_tried() {
    let many = |rule: &str| {
        let one = |nth: usize| {
            let policy = policy(&format!("p{nth}: all > all {rule}"));
            Policy { rules: vec![policy.rules[0].clone(); 250], ..policy }
        };
        let policies = (0..28).map(one).collect();
        Lists { peers: ["a", "b"].map(|name| peer(name, &["all"])).into(), policies, ..Lists::default() }
    };
    // A copy of each policy for each of its rules would be more than that alone.
    let most_steps = 20_000_000;
    let ask = Ask { protocol: Protocol::Tcp, port: Some(22) };
    let told = |lists: &Lists, steps: usize| -> Vec<(&'static str, usize)> {
        let model = Model::new(lists.inventory());
        let answer = model.question(&End::Any, &End::Any, ask).unwrap();
        let told = model.remedies_within(steps, &End::Any, &End::Any, ask, &answer);
        told.iter().map(|one| (one.kind.name(), one.changes.len())).collect()
    };
    let (closed, open) = (many("udp"), many("tcp"));
    assert!(closed.inventory().is_judgeable());
    assert_eq!(told(&closed, most_steps), [("add-service", 1); 5]);
    assert_eq!(told(&closed, 0), [("none", 0)]);
    assert_eq!(told(&open, most_steps), [("switch-off", 28), ("forbid", 1)]);
}
