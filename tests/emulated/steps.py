"""Steps that several stories take."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fake_netbird import GOOD_TOKEN, FakeNetBird
from infra.emulated.mail import Mail, inbox
from infra.emulated.stack import Stack
from people import link_in_mail
from platform_client import Client
from waiting import PATIENCE, eventually

# The emulator's schedule ticks once a minute, as the real one does.
ONE_TICK = 60 + PATIENCE


def connect(owner: Client, netbird: FakeNetBird) -> dict[str, Any]:
    """Connects an account and waits until its peers are there."""
    connection = {"baseUrl": netbird.url, "apiToken": GOOD_TOKEN}
    assert owner.post("/api/netbird/accounts/test", connection)["ok"] is True
    account = owner.post("/api/netbird/accounts", {"name": "HQ", **connection})
    synced = eventually("the first sync is complete", lambda: account_in(owner, account["id"], "healthy"), ONE_TICK)
    peers = owner.get("/api/netbird/peers", accountId=account["id"], limit="1000")
    assert len(peers) == synced["peers"]["total"] > 0
    assert GOOD_TOKEN not in str(owner.get("/api/netbird/accounts"))
    return synced


def disconnect(owner: Client, account: str) -> None:
    """Disconnects an account, after which nothing of its network is left."""
    owner.delete(f"/api/netbird/accounts/{account}")
    assert account not in {known["id"] for known in owner.get("/api/netbird/accounts")}
    assert owner.send("GET", "/api/netbird/peers", params={"accountId": account}).status_code == 404


def account_in(owner: Client, account: str, status: str) -> dict[str, Any] | None:
    """The account, if it is in that status."""
    return first([a for a in owner.get("/api/netbird/accounts") if a["id"] == account and a["status"] == status])


def alerts_of(owner: Client, rule: str) -> list[dict[str, Any]]:
    """A rule's alerts, newest first."""
    return owner.get("/api/alerts", ruleId=rule)


def watch_for(owner: Client, name: str, recipients: list[str], **more: Any) -> str:
    """Makes a rule that fires as soon as it is evaluated, unless `more` says otherwise, and returns its id."""
    rule = {
        "name": name,
        "conditionType": "peer_count",
        "conditionConfig": {"operator": "greater_than", "threshold": 0},
        "severity": "low",
        "notificationConfig": {"email": {"enabled": True, "recipients": recipients}},
    }
    return str(owner.post("/api/alerts/rules", rule | more)["id"])


def agree(stack: Stack, owner: Client, email: str) -> None:
    """Has somebody who is no member agree to get the tenant's alerts, by the mail that asks for it."""
    never = {"operator": "greater_than", "threshold": 1_000_000}
    watch_for(owner, f"Asks {email}", [email], conditionConfig=never)
    token = link_in_mail(stack, email, "/confirm-recipient")
    Client.of(stack).post("/api/recipients/answer", {"token": token, "accept": True})


def alert_mails(stack: Stack, email: str) -> list[Mail]:
    """What somebody was told of alerts, oldest first: all mails but those with a link of another purpose."""
    others = re.compile(r"(?<!/acknowledge)#token=")
    return [mail for mail in inbox(stack.emulator, email) if not others.search(mail.text)]


def ticking(stack: Stack, look: Callable[[], Any]) -> Callable[[], Any]:
    """Does what the schedule does, without its minute, before each look."""

    def tick_and_look() -> Any:
        for operation in ("syncDispatch", "evaluateDispatch"):
            assert stack.invoke(operation, {}).error is None
        return look()

    return tick_and_look


def first(items: list[Any]) -> Any:
    """The first item, if there is one."""
    return items[0] if items else None
