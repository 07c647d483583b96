"""The main job, end to end: a peer goes down, those who should know are told, it returns, they are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fake_netbird import GOOD_TOKEN, FakeNetBird
from infra.emulated.mail import Mail, inbox
from infra.emulated.stack import Stack
from platform_client import Client
from receiver import Delivery, Receiver
from waiting import eventually

ON_CALL = "on-call@hq.example"

# The emulator's schedule ticks once a minute, as the real one does.
ONE_TICK = 90


def test_an_outage_from_the_first_sync_to_the_all_clear(
    stack: Stack, owner: Client, netbird: FakeNetBird, receiver: Receiver
) -> None:
    connect(owner, netbird)
    rule = watch_servers(owner, receiver)
    server = netbird.peers_of("servers")[0]

    netbird.disconnect(server)
    alert = eventually("the schedule finds the outage", lambda: first(alerts_of(owner, rule)), ONE_TICK)
    assert (alert["status"], alert["severity"]) == ("open", "high")
    assert [peer["name"] for peer in alert["details"]["affected"]["peers"]] == [server]

    fired = eventually("the webhook is told", lambda: first(receiver.deliveries("alert.fired")))
    assert fired.is_signed_with(receiver.secret)
    assert fired.headers["x-team"] == "network"
    assert fired.payload["data"]["alertId"] == alert["id"]
    mail = eventually("the email is sent", lambda: first(inbox(stack.emulator, ON_CALL)))
    assert server in mail.text and server in mail.html
    eventually("both are known as delivered", lambda: delivered(owner, alert["id"]) == {("email", "fired"), ("webhook", "fired")})

    owner.post(f"/api/alerts/{alert['id']}/acknowledge", {"message": "On my way"})
    acknowledged = first(alerts_of(owner, rule))
    assert acknowledged["status"] == "acknowledged"
    assert acknowledged["acknowledgedBy"]["name"] == "Olive Owner"
    assert acknowledged["acknowledgedMessage"] == "On my way"

    netbird.connect(server)
    eventually(
        "the alert resolves by itself",
        ticking(stack, lambda: first(alerts_of(owner, rule))["status"] == "resolved"),
        ONE_TICK,
    )
    assert "resolvedBy" not in first(alerts_of(owner, rule))
    resolved = eventually("the webhook is told", lambda: first(receiver.deliveries("alert.resolved")))
    assert resolved.is_signed_with(receiver.secret)
    assert resolved.payload["data"]["alertId"] == alert["id"]
    assert resolved.id != fired.id
    eventually("the email is sent", lambda: len(inbox(stack.emulator, ON_CALL)) == 2)

    nothing_is_said_twice(stack, receiver)


def connect(owner: Client, netbird: FakeNetBird) -> None:
    """Connects the account and waits until its peers are there."""
    connection = {"baseUrl": netbird.url, "apiToken": GOOD_TOKEN}
    assert owner.post("/api/netbird/accounts/test", connection)["ok"] is True
    account = owner.post("/api/netbird/accounts", {"name": "HQ", **connection})
    synced = eventually(
        "the first sync is complete",
        lambda: next((a for a in owner.get("/api/netbird/accounts") if a["status"] == "healthy"), None),
        ONE_TICK,
    )
    assert synced["id"] == account["id"]
    peers = owner.get("/api/netbird/peers", limit="1000")
    assert len(peers) == synced["peers"]["total"] > 0
    assert GOOD_TOKEN not in str(owner.get("/api/netbird/accounts"))


def watch_servers(owner: Client, receiver: Receiver) -> str:
    """Makes the rule that the story is about, and returns its id."""
    rule = owner.post(
        "/api/alerts/rules",
        {
            "name": "A server is offline",
            "conditionType": "peer_offline",
            "conditionConfig": {"threshold": 1, "duration": 0, "groups": ["servers"]},
            "severity": "high",
            "notificationConfig": {
                "email": {"enabled": True, "recipients": [ON_CALL]},
                "webhook": {
                    "enabled": True,
                    "url": receiver.url,
                    "headers": {"X-Team": "network"},
                    "secret": receiver.secret,
                },
            },
        },
    )
    assert receiver.secret not in str(owner.get("/api/alerts/rules"))
    return str(rule["id"])


def alerts_of(owner: Client, rule: str) -> list[dict[str, Any]]:
    return owner.get("/api/alerts", ruleId=rule)


def delivered(owner: Client, alert: str) -> set[tuple[str, str]]:
    notifications = next(a for a in owner.get("/api/alerts") if a["id"] == alert)["notifications"]
    return {(sent["channel"], sent["event"]) for sent in notifications if sent["status"] == "delivered"}


def ticking(stack: Stack, look: Callable[[], Any]) -> Callable[[], Any]:
    """Does what the schedule does, without its minute, before each look."""

    def tick_and_look() -> Any:
        for operation in ("syncDispatch", "evaluateDispatch"):
            assert stack.invoke(operation, {}).error is None
        return look()

    return tick_and_look


def nothing_is_said_twice(stack: Stack, receiver: Receiver) -> None:
    """Sweeps for forgotten notifications, lets every queue run dry, and counts what was said."""
    for operation in ("syncDispatch", "evaluateDispatch", "sweepOutbox"):
        assert stack.invoke(operation, {}).error is None
    queues = ("SyncQueue", "EvaluateQueue", "NotifyQueue")
    eventually("the queues are empty", lambda: all(stack.queue_depth(queue) == 0 for queue in queues))
    assert kinds(receiver.deliveries("alert.fired")) == ["alert.fired"]
    assert kinds(receiver.deliveries("alert.resolved")) == ["alert.resolved"]
    mails: list[Mail] = inbox(stack.emulator, ON_CALL)
    assert len(mails) == 2
    assert len({mail.subject for mail in mails}) == 2


def kinds(deliveries: list[Delivery]) -> list[str]:
    return [delivery.payload["type"] for delivery in deliveries]


def first(items: list[Any]) -> Any:
    return items[0] if items else None
