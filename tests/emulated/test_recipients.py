"""Whom alerts are mailed to: members, and whoever agreed to it. And what a webhook that hangs keeps waiting: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fake_netbird import FakeNetBird
from infra.emulated.mail import Mail, inbox
from infra.emulated.stack import Stack
from people import Person, link_in_mail, sign_up
from platform_client import Client
from receiver import Receiver
from steps import alert_mails, alerts_of, connect, disconnect, first, ticking, watch_for
from waiting import eventually

STRANGER = "stranger@recipients.example"


@pytest.fixture(scope="module")
def founder(stack: Stack) -> Person:
    return sign_up(stack, "owner@recipients.example", "Recipients")


@pytest.fixture(scope="module")
def owner(founder: Person) -> Client:
    return founder.sign_in()


@pytest.fixture
def account(owner: Client, netbird: FakeNetBird) -> Iterator[str]:
    """An account that rules are about."""
    account = connect(owner, netbird)["id"]
    yield account
    disconnect(owner, account)


def fires(stack: Stack, owner: Client, account: str, name: str, recipients: list[str], **more: Any) -> None:
    """Makes a rule of this name, and waits until there is something to tell."""
    rule = watch_for(owner, name, recipients, accountId=account, **more)
    eventually("the rule fires", ticking(stack, lambda: first(alerts_of(owner, rule))))


def told_of(stack: Stack, email: str, name: str) -> list[Mail]:
    """What somebody was told of the rule of this name."""
    return [mail for mail in alert_mails(stack, email) if name in mail.subject + mail.text]


def nothing_waits(stack: Stack) -> bool:
    return all(stack.queue_depth(queue) == 0 for queue in ("EvaluateQueue", "AlertMailQueue", "MailQueue"))


def test_a_stranger_is_asked_once_and_told_when_they_agreed(
    stack: Stack, founder: Person, owner: Client, account: str
) -> None:
    both = [founder.email, STRANGER]
    fires(stack, owner, account, "Before the answer", both)
    token = link_in_mail(stack, STRANGER, "/confirm-recipient")
    eventually("the owner is told", lambda: told_of(stack, founder.email, "Before the answer"))
    eventually("the queues are empty", lambda: nothing_waits(stack))
    assert alert_mails(stack, STRANGER) == []

    somebody = Client.of(stack)
    shown = {"email": STRANGER, "tenantName": "Recipients", "status": "pending"}
    assert somebody.post("/api/recipients/show", {"token": token}) == shown
    somebody.post("/api/recipients/answer", {"token": token, "accept": True})
    assert somebody.post("/api/recipients/show", {"token": token}) == {**shown, "status": "confirmed"}
    fires(stack, owner, account, "After a yes", both)
    eventually("the stranger is told", lambda: told_of(stack, STRANGER, "After a yes"))

    # The link stays good: whoever has enough of it says so.
    somebody.post("/api/recipients/answer", {"token": token, "accept": False})
    fires(stack, owner, account, "After a no", both)
    eventually("the owner is told", lambda: told_of(stack, founder.email, "After a no"))
    eventually("the queues are empty", lambda: nothing_waits(stack))
    assert told_of(stack, STRANGER, "After a no") == []
    # Three rules named them, and they were asked once.
    assert len([mail for mail in inbox(stack.emulator, STRANGER) if "/confirm-recipient#token=" in mail.text]) == 1


def test_nobody_is_asked_at_will(stack: Stack, owner: Client) -> None:
    asked = "asked@recipients.example"
    watch_for(owner, "Asks", [asked], enabled=False)
    token = link_in_mail(stack, asked, "/confirm-recipient")
    (known,) = [known for known in owner.get("/api/alerts/recipients") if known["email"] == asked]
    assert known["status"] == "pending"
    path = f"/api/alerts/recipients/{known['id']}/confirmation"
    refused = owner.send("POST", path)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 11 * 3600
    Client.of(stack).post("/api/recipients/answer", {"token": token, "accept": False})
    assert owner.send("POST", path).status_code == 409
    eventually("the queues are empty", lambda: nothing_waits(stack))
    assert len(inbox(stack.emulator, asked)) == 1


@pytest.mark.parametrize("token", ["", "made-up", "bm90LWEtbGluay1ub3QtYS1saW5rLW5vdC1hLWxpbms"])
def test_a_made_up_link_is_good_for_nothing(stack: Stack, token: str) -> None:
    somebody = Client.of(stack)
    for path, body in (("show", {}), ("answer", {"accept": True})):
        answer = somebody.send("POST", f"/api/recipients/{path}", json={"token": token, **body})
        assert answer.status_code in (410, 422), answer.text


def test_a_link_of_another_kind_is_no_answer(stack: Stack) -> None:
    somebody = Client.of(stack)
    person = sign_up(stack, "forgetful@recipients.example", "Forgotten")
    somebody.post("/api/auth/password/forgot", {"email": person.email})
    token = link_in_mail(stack, person.email, "/reset-password")
    for path, body in (("show", {}), ("answer", {"accept": True})):
        assert somebody.send("POST", f"/api/recipients/{path}", json={"token": token, **body}).status_code == 410
    # And is not used up by it.
    chosen = {"token": token, "password": "another long enough passphrase"}
    assert somebody.send("POST", "/api/auth/password/reset", json=chosen).status_code == 204


def test_mail_does_not_wait_for_a_webhook(
    stack: Stack, founder: Person, owner: Client, account: str, receiver: Receiver
) -> None:
    receiver.hold()
    told = {
        "email": {"enabled": True, "recipients": [founder.email]},
        "webhook": {"enabled": True, "url": receiver.url, "secret": receiver.secret},
    }
    fires(stack, owner, account, "Tells both", [], notificationConfig=told)
    eventually("the webhook is called", lambda: receiver.held)
    eventually("the mail is sent", lambda: told_of(stack, founder.email, "Tells both"))
    # Nor does a mail about an account.
    Client.of(stack).post("/api/auth/password/forgot", {"email": founder.email})
    link_in_mail(stack, founder.email, "/reset-password")
    assert receiver.deliveries("alert.fired") == []
    receiver.let_go()
    delivered = eventually("the webhook is told after all", lambda: first(receiver.deliveries("alert.fired")))
    assert delivered.is_signed_with(receiver.secret)
