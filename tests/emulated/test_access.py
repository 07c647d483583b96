"""Who may call what: every endpoint of the deployed stack, by every role, by API tokens, by strangers.

What each role may do is read from the API itself (its document names the permission of each endpoint, ``/api/roles`` the
permissions of each role), so that an endpoint that is new here is tested, and one that names ids of a tenant's things
fails until this file says which.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from fake_netbird import FakeNetBird
from infra.emulated.stack import Stack
from people import Person, invite, sign_up
from platform_client import Client
from steps import alerts_of, connect, first, ticking
from test_template import sample_events
from waiting import eventually

EVENTS = {name: event for name, event in sample_events().items() if "routeKey" in event}
ROLES = ("owner", "admin", "network_admin", "viewer")

# Where endpoints name things of a tenant: in the path, in the query, in the body.
IN_PATH = {
    "updateAccount": "account",
    "deleteAccount": "account",
    "pauseAccount": "account",
    "listSyncs": "account",
    "resumeAccount": "account",
    "syncAccountNow": "account",
    "getRule": "rule",
    "updateRule": "rule",
    "disableRule": "rule",
    "enableRule": "rule",
    "sendTest": "rule",
    "rotateRuleSecret": "rule",
    "deleteRule": "rule",
    "getSilence": "silence",
    "updateSilence": "silence",
    "endSilence": "silence",
    "deleteSilence": "silence",
    "getProposal": "proposal",
    "updateProposal": "proposal",
    "commentProposal": "proposal",
    "decideProposal": "proposal",
    "deleteProposal": "proposal",
    "getRota": "rota",
    "updateRota": "rota",
    "deleteRota": "rota",
    "getAlertRoute": "alert route",
    "updateAlertRoute": "alert route",
    "deleteAlertRoute": "alert route",
    "getAccessReview": "review",
    "listAccessReviewRows": "review",
    "exportAccessReview": "review",
    "updateAccessReview": "review",
    "signAccessReview": "review",
    "deleteAccessReview": "review",
    "getAuditExport": "export",
    "deleteAuditExport": "export",
    "getChannel": "channel",
    "updateChannel": "channel",
    "sendChannelTest": "channel",
    "rotateChannelSecret": "channel",
    "deleteChannel": "channel",
    "getDelivery": "delivery",
    "sendAgain": "delivery",
    "getAlert": "alert",
    "listAlertPeers": "alert",
    "listAlertHistory": "alert",
    "acknowledgeAlert": "alert",
    "suppressAlert": "alert",
    "reopenAlert": "alert",
    "resolveAlert": "alert",
    "commentAlert": "alert",
    "resendRecipientConfirmation": "recipient",
    "getGroup": "group",
    "getNetbirdUser": "netbird user",
    "getPolicy": "policy",
    "getNetwork": "network",
    "getRoute": "route",
    "getNameserverGroup": "nameservers",
    "getPostureCheck": "posture check",
    "getSetupKey": "setup key",
    "getPeer": "peer",
    "getPeerHistory": "peer",
    "getChange": "change",
    "updateUser": "user",
    "resendInvitation": "invitation",
    "deleteOwnMetric": "metric",
    "revokeToken": "token",
    "revokeSession": "session",
    "deleteUser": "user",
}
IN_QUERY = {
    ("getAccount", "accountId"): "account",
    ("listPeers", "accountId"): "account",
    ("getGroup", "accountId"): "account",
    ("getNetbirdUser", "accountId"): "account",
    ("getPolicy", "accountId"): "account",
    ("getNetwork", "accountId"): "account",
    ("getRoute", "accountId"): "account",
    ("getNameserverGroup", "accountId"): "account",
    ("getPostureCheck", "accountId"): "account",
    ("getSetupKey", "accountId"): "account",
    ("getPeer", "accountId"): "account",
    ("getPeerHistory", "accountId"): "account",
    ("listGroups", "accountId"): "account",
    ("listNetbirdUsers", "accountId"): "account",
    ("listPolicies", "accountId"): "account",
    ("listNetworks", "accountId"): "account",
    ("listRoutes", "accountId"): "account",
    ("listPostureChecks", "accountId"): "account",
    ("listNameservers", "accountId"): "account",
    ("listSetupKeys", "accountId"): "account",
    ("getNetbirdSettings", "accountId"): "account",
    ("listEvents", "accountId"): "account",
    ("listChanges", "accountId"): "account",
    ("listAlerts", "accountId"): "account",
    ("overview", "accountId"): "account",
    ("getMetrics", "accountId"): "account",
    ("getTrends", "accountId"): "account",
    ("listOwnMetrics", "accountId"): "account",
    ("checkAccess", "accountId"): "account",
    ("getAccessMatrix", "accountId"): "account",
    ("getTopology", "accountId"): "account",
    ("listFindings", "accountId"): "account",
    ("listProposals", "accountId"): "account",
    ("listAccessReviews", "accountId"): "account",
    ("getAccessSince", "accountId"): "account",
    ("listAlerts", "ruleId"): "rule",
    ("listDeliveries", "ruleId"): "rule",
    ("listDeliveries", "alertId"): "alert",
    ("listDeliveries", "channelId"): "channel",
    ("listAuditLogs", "user"): "user",
    ("summarizeAuditLogs", "user"): "user",
    ("exportAuditLogs", "user"): "user",
    ("listAuditLogs", "session"): "session",
    ("summarizeAuditLogs", "session"): "session",
    ("exportAuditLogs", "session"): "session",
}
# Lists of NetBird's of whose things there are endpoints.
OF_NETBIRD = {
    "peer": "peers",
    "group": "groups",
    "netbird user": "users",
    "policy": "policies",
    "network": "networks",
    "route": "routes",
    "nameservers": "nameservers",
    "posture check": "posture-checks",
    "setup key": "setup-keys",
}
IN_BODY = {
    ("applyRuleTemplates", "accountId"): "account",
    ("applyRuleTemplates", "channelIds"): "channel",
    ("acknowledgeAlerts", "alertIds"): "alert",
    ("suppressAlerts", "alertIds"): "alert",
    ("reopenAlerts", "alertIds"): "alert",
    ("resolveAlerts", "alertIds"): "alert",
    ("createRule", "accountId"): "account",
    ("createRule", "channelIds"): "channel",
    ("updateRule", "accountId"): "account",
    ("updateRule", "channelIds"): "channel",
    ("testRule", "accountId"): "account",
    ("testRuleHistory", "accountId"): "account",
    ("queryMetrics", "accountId"): "account",
    ("compareAccess", "accountId"): "account",
    ("createProposal", "accountId"): "account",
    ("createAccessReview", "accountId"): "account",
    ("updateProposal", "accountId"): "account",
    ("queryTrends", "accountId"): "account",
    ("createRota", "people"): "user",
    ("updateRota", "people"): "user",
    ("createAlertRoute", "channelIds"): "channel",
    ("updateAlertRoute", "channelIds"): "channel",
    ("switchTenant", "tenantId"): "tenant",
    ("transferOwnership", "userId"): "user",
}
# What of a sample's query an endpoint cannot do without.
BESIDE = {
    "checkAccess": {"from": "group:everybody", "to": "group:everybody"},
    "getAccessSince": {"since": "2026-11-01T00:00:00Z"},
}
# A list that is filtered by somebody else's thing is empty, which says as little as that there is no such thing.
EMPTY_FOR_STRANGERS = {
    "listAlerts",
    "listDeliveries",
    "listProposals",
    "listAccessReviews",
    "listAuditLogs",
    "summarizeAuditLogs",
    "exportAuditLogs",
}
# They answer for each thing by itself, whether there is such a thing or not.
ONE_BY_ONE = {"acknowledgeAlerts", "suppressAlerts", "reopenAlerts", "resolveAlerts"}
# In this order each does its work, the last ones for good.
OWN = {
    # Before the account is resumed, which counts as a sync.
    "syncAccountNow": 202,
    "pauseAccount": 200,
    "listSyncs": 200,
    "resumeAccount": 200,
    "updateAccount": 200,
    "getRule": 200,
    "getSilence": 200,
    "updateSilence": 200,
    "endSilence": 200,
    "deleteSilence": 204,
    "getProposal": 200,
    "updateProposal": 422,  # the sample is about another account, and a proposal stays where it is
    "commentProposal": 201,
    "decideProposal": 200,
    "deleteProposal": 204,
    "getRota": 200,
    "updateRota": 422,  # the sample names nobody of this tenant
    "deleteRota": 204,
    "getAlertRoute": 200,
    "updateAlertRoute": 422,  # the sample names no channel of this tenant
    "deleteAlertRoute": 204,
    "getAccessReview": 200,
    "listAccessReviewRows": 200,
    "exportAccessReview": 200,
    "updateAccessReview": 200,
    "signAccessReview": 200,
    "deleteAccessReview": 204,
    "getAuditExport": 200,
    "deleteAuditExport": 204,
    "getChannel": 200,
    "updateChannel": 200,
    "sendChannelTest": 200,
    "rotateChannelSecret": 409,  # the channel is a chat
    "deleteChannel": 204,
    "getDelivery": 200,
    "sendAgain": 409,  # its recipients have not answered yet, so that it is under way
    "getAlert": 200,
    "listAlertPeers": 200,
    "listAlertHistory": 200,
    "acknowledgeAlert": 200,
    "suppressAlert": 200,
    "reopenAlert": 200,
    "resolveAlert": 200,
    "commentAlert": 201,
    "getGroup": 200,
    "getNetbirdUser": 200,
    "getPolicy": 200,
    "getNetwork": 200,
    "getRoute": 200,
    "getNameserverGroup": 200,
    "getPostureCheck": 200,
    "getSetupKey": 200,
    "getPeer": 200,
    "getPeerHistory": 200,
    "getChange": 200,
    "updateRule": 200,
    "disableRule": 200,
    "enableRule": 200,
    "rotateRuleSecret": 409,  # the rule tells by mail alone
    "sendTest": 422,  # the rule tells by mail alone; the one of the story tells a chat
    "resendRecipientConfirmation": 429,  # the rule that names them has just asked them
    "updateUser": 200,
    "resendInvitation": 200,
    "deleteOwnMetric": 204,
    "revokeToken": 204,
    "revokeSession": 204,
    "deleteUser": 204,
    "deleteRule": 204,
    "deleteAccount": 204,
}
# They end sessions: each of these calls has one of its own.
ENDS_SESSIONS = {"logout", "revokeOtherSessions"}


def is_empty(operation: str, answer: requests.Response) -> bool:
    match operation:
        case "listDeliveries":
            return answer.json() == {"deliveries": []}
        case "summarizeAuditLogs":
            return answer.json()["total"] == 0
        case "exportAuditLogs":
            return answer.content == b""
        case _:
            return answer.json() == []


@dataclass
class World:
    """A tenant with a member of each role and one of each thing, and another tenant."""

    stack: Stack
    people: dict[str, Person]
    clients: dict[str, Client]
    document: dict[str, Any]
    permissions: dict[str, set[str]]
    things: dict[str, str] = field(default_factory=dict)

    def rule_of(self, operation: str) -> tuple[str | None, bool, bool]:
        """The permission that an endpoint asks for, whether it is for people only, whether it is for everybody."""
        method, path = EVENTS[operation]["routeKey"].split(" ")
        described = self.document["paths"][path][method.lower()]
        description = described.get("description", "")
        named = [part.split("`")[1] for part in description.split("\n\n") if part.startswith("Needs the permission `")]
        return (named[0] if named else None), "For people only" in description, not described.get("security")

    def snapshot(self) -> dict[str, Any]:
        """What the tenant has, as its owner sees it."""
        owner = self.clients["owner"]
        lists = {
            "accounts": owner.get("/api/netbird/accounts"),
            "alerts": owner.get("/api/alerts"),
            "users": owner.get("/api/users"),
            "tokens": owner.get("/api/tokens", all="true"),
            "sessions": owner.get("/api/auth/sessions"),
            "recipients": owner.get("/api/alerts/recipients"),
        }
        seen = ("id", "status", "role", "expiresAt")
        return {name: sorted(str([item.get(key) for key in seen]) for item in items) for name, items in lists.items()}

    def nothing_changed_since(self, before: dict[str, Any]) -> None:
        """Nothing has changed since. The owner may have signed in once more: on a slow machine their token is over meanwhile."""
        now = self.snapshot()
        assert set(before["sessions"]) <= set(now["sessions"])
        assert now | {"sessions": []} == before | {"sessions": []}


@pytest.fixture(scope="module")
def world(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    people = {"owner": sign_up(stack, "owner@matrix.example", "Matrix")}
    owner = people["owner"].sign_in()
    for role in ROLES[1:]:
        people[role] = invite(stack, owner, f"{role.replace('_', '-')}@matrix.example", role)
    people["foreign owner"] = sign_up(stack, "owner@elsewhere.example", "Elsewhere")
    clients = {"owner": owner} | {role: person.sign_in() for role, person in people.items() if role != "owner"}
    permissions = {
        role["name"]: {permission["name"] for permission in role["permissions"]} for role in owner.get("/api/roles")
    }
    for name, maker, role in (
        ("token", "owner", "owner"),
        ("small token", "owner", "viewer"),
        ("foreign token", "foreign owner", "owner"),
    ):
        wanted = {"name": name, "scopes": sorted(permissions[role]), "expiresInDays": 1}
        clients[name] = clients[maker].with_token(clients[maker].post("/api/tokens", wanted)["token"])
    world = World(stack, people, clients, owner.get("/api/openapi.json"), permissions)
    netbird = FakeNetBird(tmp_path_factory.mktemp("matrix") / "fake-netbird.log")
    furnish(world, netbird)
    yield world
    netbird.stop()


def furnish(world: World, netbird: FakeNetBird) -> None:
    """Makes one of each thing that an endpoint can name."""
    owner = world.clients["owner"]
    account = connect(owner, netbird)["id"]
    rule = {
        "name": "Any peer",
        "accountId": account,
        "conditionType": "peer_count",
        "conditionConfig": {"operator": "greater_than", "threshold": 0},
        "severity": "low",
        "notificationConfig": {"email": {"enabled": True, "recipients": ["team@matrix.example"]}},
    }
    rule_id = owner.post("/api/alerts/rules", rule)["id"]
    alert = eventually("the rule fires", ticking(world.stack, lambda: first(alerts_of(owner, rule_id))))
    netbird.switch_policy(owner.get("/api/netbird/policies")[0]["name"])
    changes = ticking(world.stack, lambda: first(owner.get("/api/netbird/changes")))
    change = eventually("the change is seen", changes)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    owner.post("/api/metrics", {"metrics": [{"name": "spare", "value": 1, "accountId": account}]})
    silence = {"name": "Matrix", "matchers": {"severities": ["critical"]}, "endsAt": tomorrow}
    channel = {"name": "Matrix", "config": {"type": "slack", "webhook": "https://hooks.example.com/matrix"}}
    policy = owner.get("/api/netbird/policies")[0]["id"]
    rota = {
        "name": "Matrix",
        "timeZone": "UTC",
        "handover": {"time": "09:00"},
        "every": "day",
        "startsOn": "2026-11-02",
        "people": [owner.get("/api/users")[0]["id"]],
    }
    close = {"type": "policy_switch", "id": policy, "enabled": False}
    proposal = {"accountId": account, "title": "Matrix", "changes": [close]}
    group = owner.get("/api/netbird/groups")[0]["id"]
    review = {"accountId": account, "name": "Matrix", "groupIds": [group]}
    channel_id = owner.post("/api/alerts/channels", channel)["id"]
    route = {"name": "Matrix", "matchers": {"severities": ["critical"]}, "channelIds": [channel_id]}
    world.things = {
        "tenant": owner.get("/api/auth/profile")["tenantId"],
        "account": account,
        "rule": rule_id,
        "silence": owner.post("/api/alerts/silences", silence)["id"],
        "rota": owner.post("/api/alerts/rotas", rota)["id"],
        "channel": channel_id,
        "alert route": owner.post("/api/alerts/routes", route)["id"],
        "proposal": owner.post("/api/access/proposals", proposal)["id"],
        "review": owner.post("/api/access/reviews", review)["id"],
        "export": owner.post("/api/audit/exports", {"format": "csv"})["id"],
        "alert": alert["id"],
        "delivery": owner.get("/api/alerts/deliveries")["deliveries"][0]["id"],
        **{what: owner.get(f"/api/netbird/{path}")[0]["id"] for what, path in OF_NETBIRD.items()},
        "change": change["id"],
        "metric": owner.get("/api/metrics")[0]["id"],
        "invitation": owner.post("/api/users", {"email": "late@matrix.example", "role": "viewer"})["id"],
        "token": owner.post("/api/tokens", {"name": "Spare", "scopes": ["alerts:read"], "expiresInDays": 1})["id"],
        "recipient": owner.get("/api/alerts/recipients")[0]["id"],
        "user": next(user["id"] for user in owner.get("/api/users") if user["email"] == "viewer@matrix.example"),
    }
    begin_spare_session(world)


def begin_spare_session(world: World) -> None:
    """Makes a session of the owner that nobody uses."""
    spare = world.people["owner"].sign_in()
    world.things["session"] = next(session["id"] for session in spare.get("/api/auth/sessions") if session["current"])


def call(client: Client, operation: str, thing: str | None = None, **changes: Any) -> requests.Response:
    """The endpoint's sample, by somebody, about `thing` (by default one that nobody has)."""
    event = EVENTS[operation]
    method, path = event["routeKey"].split(" ")
    options: dict[str, Any] = {"params": BESIDE.get(operation, {}) | changes.get("query", {})}
    if "if-match" in event["headers"]:
        options["headers"] = {"if-match": event["headers"]["if-match"]}
    if "body" in event:
        options["json"] = json.loads(event["body"]) | changes.get("body", {})
    return client.send(method, path.replace("{id}", thing or str(uuid.uuid4())), **options)


def test_the_tables_above_name_every_id(world: World) -> None:
    assert list(IN_PATH) and set(OWN) == set(IN_PATH) == {name for name, event in EVENTS.items() if "{" in event["routeKey"]}
    queries, bodies = set(), set()
    for name, event in EVENTS.items():
        method, path = event["routeKey"].split(" ")
        described = world.document["paths"][path][method.lower()]
        for parameter in described.get("parameters", []):
            if parameter["in"] == "query" and "uuid" in str(parameter["schema"]):
                queries.add((name, parameter["name"]))
        if described.get("security"):
            body = described.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            fields = world.document["components"]["schemas"].get(body.get("$ref", "").split("/")[-1], {})
            bodies |= {(name, key) for key, schema in fields.get("properties", {}).items() if "uuid" in str(schema)}
    assert queries == set(IN_QUERY)
    assert bodies == set(IN_BODY)


@pytest.mark.parametrize("operation", EVENTS)
def test_each_role_and_each_token_may_do_what_it_may(world: World, operation: str) -> None:
    permission, for_people, for_everybody = world.rule_of(operation)
    if for_everybody:
        assert "authorization" not in EVENTS[operation]["headers"]
        return
    assert call(Client.of(world.stack), operation).status_code in ((204, 401) if operation == "logout" else (401,))
    for who, role in [*((role, role) for role in ROLES), ("token", "owner"), ("small token", "viewer")]:
        may = permission is None or permission in world.permissions[role]
        client = world.clients[who]
        if operation in ENDS_SESSIONS and "token" not in who:
            client = world.people[who].sign_in()
        answer = call(client, operation)
        told = f"{operation} by {who}: {answer.status_code} {answer.text[:300]}"
        if for_people and "token" in who:
            assert answer.status_code == 403 and answer.json()["type"].endswith("/session-required"), told
        elif may:
            assert answer.status_code < 500 and answer.status_code not in (401, 403, 429), told
        else:
            assert (answer.status_code, answer.json()["permission"]) == (403, permission), told
        if operation == "revokeOtherSessions" and "token" not in who:
            world.clients[who] = client
    if operation == "revokeOtherSessions":
        begin_spare_session(world)


@pytest.mark.parametrize("operation", EVENTS)
def test_strangers_find_nothing(world: World, operation: str) -> None:
    _, for_people, for_everybody = world.rule_of(operation)
    if for_everybody or operation in ENDS_SESSIONS:
        return
    before = world.snapshot()
    for who in ("foreign owner", "foreign token"):
        if for_people and who == "foreign token":
            continue
        client = world.clients[who]
        if operation in IN_PATH:
            real = call(client, operation, world.things[IN_PATH[operation]])
            made_up = call(client, operation)
            assert (real.status_code, made_up.status_code) == (404, 404), f"{operation} by {who}: {real.text}"
            assert real.json()["detail"] == made_up.json()["detail"]
        for (_, name), thing in ((key, thing) for key, thing in IN_QUERY.items() if key[0] == operation):
            answer = call(client, operation, query={name: world.things[thing]})
            if operation in EMPTY_FOR_STRANGERS:
                assert answer.status_code == 200 and is_empty(operation, answer), answer.text
            else:
                assert answer.status_code == 404, answer.text
        for (_, name), thing in ((key, thing) for key, thing in IN_BODY.items() if key[0] == operation):
            ids = (world.things[thing], str(uuid.uuid4()))
            is_list = name.endswith("Ids") or name == "people"
            answers = [call(client, operation, body={name: [id] if is_list else id}) for id in ids]
            if operation in ONE_BY_ONE:
                failed = [[one["status"] for one in answer.json()["failed"]] for answer in answers]
                assert failed == [[404], [404]], [answer.text for answer in answers]
                continue
            assert {answer.status_code for answer in answers} <= {404, 422}, [answer.text for answer in answers]
            assert answers[0].status_code == answers[1].status_code
        if operation not in IN_PATH and EVENTS[operation]["routeKey"].startswith("GET "):
            answer = call(client, operation)
            assert [thing for thing, id in world.things.items() if id in answer.text] == [], answer.text
    world.nothing_changed_since(before)


@pytest.mark.parametrize("operation", OWN)
def test_the_owner_reaches_what_strangers_do_not(world: World, operation: str) -> None:
    answer = call(world.clients["owner"], operation, world.things[IN_PATH[operation]])
    assert answer.status_code == OWN[operation], answer.text
