"""The main job, end to end: a peer goes down, those who should know are told, it returns, they are told."""

from __future__ import annotations

from fake_netbird import FakeNetBird
from infra.emulated.stack import Stack
from platform_client import Client
from receiver import Receiver
from steps import ONE_TICK, agree, alert_mails, alerts_of, connect, disconnect, first, ticking
from waiting import eventually

ON_CALL = "on-call@hq.example"


def test_an_outage_from_the_first_sync_to_the_all_clear(
    stack: Stack, owner: Client, netbird: FakeNetBird, receiver: Receiver
) -> None:
    account = connect(owner, netbird)
    agree(stack, owner, ON_CALL)
    rule = watch_servers(owner, receiver)
    server = netbird.peers_of("servers")[0]

    receiver.refuse_next()
    netbird.disconnect(server)
    alert = eventually("the schedule finds the outage", lambda: first(alerts_of(owner, rule)), ONE_TICK)
    assert (alert["status"], alert["severity"]) == ("open", "high")
    assert [peer["name"] for peer in alert["details"]["affected"]["peers"]] == [server]

    fired = eventually("the webhook is told, at the second try", lambda: first(receiver.deliveries("alert.fired")))
    assert [refused.id for refused in receiver.refused] == [fired.id]
    assert fired.is_signed_with(receiver.secret)
    # Another secret from now on. The one before signs beside it, so that the receiver may switch when it likes.
    rotated = owner.post(f"/api/alerts/rules/{rule}/signing-secret", {})["notificationConfig"]["webhook"]
    assert not fired.is_signed_with(rotated["secret"])
    assert receiver.secret.endswith(rotated["oldSecret"]["secretHint"].removeprefix("whsec_…"))
    assert fired.headers["x-team"] == "network"
    assert fired.payload["data"]["alertId"] == alert["id"]
    mail = eventually("the email is sent", lambda: first(alert_mails(stack, ON_CALL)))
    assert server in mail.text and server in mail.html
    told = {("email", "fired"), ("webhook", "fired"), ("slack", "fired")}
    eventually("all are known as delivered", lambda: delivered(owner, alert["id"]) == told)

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
    assert resolved.is_signed_with(receiver.secret) and resolved.is_signed_with(rotated["secret"])
    assert resolved.payload["data"]["alertId"] == alert["id"]
    assert resolved.id != fired.id
    eventually("the email is sent", lambda: len(alert_mails(stack, ON_CALL)) == 2)

    nothing_is_said_twice(stack, receiver)
    the_trail_is_sealed(owner)
    disconnect(owner, account["id"])


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
                "slack": {"webhook": receiver.chat_url, "channel": "#ops"},
            },
        },
    )
    assert receiver.secret not in str(owner.get("/api/alerts/rules"))
    tested = owner.post(f"/api/alerts/rules/{rule['id']}/send-test", {"channel": "slack"})
    assert (tested["delivered"], tested["status"]) == (True, 204), tested
    assert receiver.chats()[0].payload["text"] == "[Test] A server is offline"
    return str(rule["id"])


def delivered(owner: Client, alert: str) -> set[tuple[str, str]]:
    notifications = next(a for a in owner.get("/api/alerts") if a["id"] == alert)["notifications"]
    return {(sent["channel"], sent["event"]) for sent in notifications if sent["status"] == "delivered"}


def the_trail_is_sealed(owner: Client) -> None:
    """Every entry within moments, by the table's stream; and what is sealed is what is there."""

    def verified() -> dict[str, object]:
        return dict(owner.get("/api/audit/verify"))

    eventually("every entry is sealed", lambda: verified()["waiting"] == 0)
    told = verified()
    assert (told["verdict"], told["findings"]) == ("intact", []), told
    assert told["sealed"] == told["entries"] != 0


def nothing_is_said_twice(stack: Stack, receiver: Receiver) -> None:
    """Sweeps for forgotten notifications, lets every queue run dry, and counts what was said."""
    for operation in ("syncDispatch", "evaluateDispatch", "sweepOutbox"):
        assert stack.invoke(operation, {}).error is None
    queues = ("SyncQueue", "EvaluateQueue", "WebhookQueue", "AlertMailQueue")
    eventually("the queues are empty", lambda: all(stack.queue_depth(queue) == 0 for queue in queues))
    assert len(receiver.deliveries("alert.fired")) == 1
    assert len(receiver.deliveries("alert.resolved")) == 1
    # The test, that it fired, and that it is over.
    assert [chat.payload["channel"] for chat in receiver.chats()] == ["#ops"] * 3
    mails = alert_mails(stack, ON_CALL)
    assert len({mail.subject for mail in mails}) == len(mails) == 2
