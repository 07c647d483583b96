"""What people do about accounts and alerts, and what happens to accounts that nobody can read."""

from __future__ import annotations

from typing import Any

from fake_netbird import FakeNetBird
from infra.emulated.mail import Mail, inbox
from infra.emulated.stack import Stack
from platform_client import EMAIL, Client
from steps import account_in, agree, alert_mails, alerts_of, connect, disconnect, first, ticking
from waiting import eventually

TEAM = "team@hq.example"


def test_alerts_end_by_hand_and_with_their_account(stack: Stack, owner: Client, netbird: FakeNetBird) -> None:
    account = connect(owner, netbird)
    agree(stack, owner, TEAM)
    rules = [watch_for_any_peer(owner, account["id"], name) for name in ("One", "Other")]
    alerts = [eventually("the rule fires", ticking(stack, lambda rule=rule: first(alerts_of(owner, rule)))) for rule in rules]

    owner.post(f"/api/alerts/{alerts[0]['id']}/resolve", {"message": "As it should be"})
    resolved = alert(owner, alerts[0])
    assert (resolved["status"], resolved["resolvedBy"]["name"]) == ("resolved", "Olive Owner")
    eventually("the team is told that both fired and one is over", lambda: len(alert_mails(stack, TEAM)) == 3)

    assert owner.get("/api/dashboard/overview")["openAlerts"]["total"] >= 1
    disconnect(owner, account["id"])
    assert alert(owner, alerts[1])["status"] == "resolved"


def test_an_account_whose_token_expired_waits_for_somebody(stack: Stack, owner: Client, netbird: FakeNetBird) -> None:
    account = connect(owner, netbird)
    assert owner.get("/api/netbird/events", accountId=account["id"])
    before = len(about_unreadable(stack))
    netbird.set_token("expired")
    paused = eventually("the account is paused", ticking(stack, lambda: account_in(owner, account["id"], "paused")))
    assert paused["statusReason"]["code"] == "token_rejected"
    eventually("the owner is told", lambda: len(about_unreadable(stack)) == before + 1)

    netbird.set_token("good")
    owner.post(f"/api/netbird/accounts/{account['id']}/sync")
    eventually("the account is read again", lambda: account_in(owner, account["id"], "healthy"))
    eventually("the owner is told", lambda: len(about_unreadable(stack)) == before + 2)
    disconnect(owner, account["id"])


def watch_for_any_peer(owner: Client, account: str, name: str) -> str:
    """Makes a rule that fires as soon as it is evaluated, and returns its id."""
    rule = {
        "name": name,
        "accountId": account,
        "conditionType": "peer_count",
        "conditionConfig": {"operator": "greater_than", "threshold": 0},
        "severity": "low",
        "notificationConfig": {"email": {"enabled": True, "recipients": [TEAM]}},
    }
    return str(owner.post("/api/alerts/rules", rule)["id"])


def alert(owner: Client, known: dict[str, Any]) -> dict[str, Any]:
    """An alert as it is now."""
    return next(alert for alert in alerts_of(owner, known["ruleId"]) if alert["id"] == known["id"])


def about_unreadable(stack: Stack) -> list[Mail]:
    """What the owner was told about accounts that cannot be read, and can be again."""
    told = ("cannot be read", "can be read again")
    return [mail for mail in inbox(stack.emulator, EMAIL) if any(words in mail.subject for words in told)]
