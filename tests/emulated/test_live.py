"""Watching live through API Gateway's WebSocket API: from the handshake to what a page hears, and how a socket ends."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fake_netbird import FakeNetBird
from infra.emulated.sockets import endpoint, lead_here
from infra.emulated.stack import Stack
from people import Person, invite, sign_up
from platform_client import Client
from steps import connect as connect_account
from steps import watch_for
from waiting import PATIENCE, eventually
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect


@pytest.fixture(scope="module", autouse=True)
def frames_stay_here(stack: Stack) -> None:
    """A deployment of another test may have set the functions back."""
    lead_here(stack.emulator, stack.physical_id("LiveApi"))


@pytest.fixture(scope="module")
def founder(stack: Stack) -> Person:
    return sign_up(stack, "owner@live.example", "Live")


@pytest.fixture(scope="module")
def owner(founder: Person) -> Client:
    return founder.sign_in()


def open_socket(stack: Stack, **headers: str) -> connect:
    """As CloudFront passes it on, from a page of the app."""
    address = endpoint(stack.emulator, stack.physical_id("LiveApi")).replace("http://", "ws://")
    sent = {"x-origin-secret": stack.secret("OriginSecret"), "Origin": stack.outputs["Url"]} | headers
    return connect(address, additional_headers={name: value for name, value in sent.items() if value}, open_timeout=PATIENCE)


def say(socket: ClientConnection, **message: Any) -> None:
    socket.send(json.dumps(message))


def hear(socket: ClientConnection, kind: str, seconds: float = PATIENCE) -> dict[str, Any]:
    """The next message of a kind; others are passed over."""
    while True:
        message = json.loads(socket.recv(timeout=seconds))
        if message.get("type") == kind:
            return dict(message)


@contextmanager
def watch(stack: Stack, client: Client, **more: Any) -> Iterator[ClientConnection]:
    """A socket that says whose it is."""
    with open_socket(stack) as socket:
        say(socket, type="auth", token=client.access_token, **more)
        yield socket


@pytest.fixture
def listening(stack: Stack, owner: Client) -> Iterator[ClientConnection]:
    with watch(stack, owner) as socket:
        hear(socket, "ready")
        yield socket


def items(stack: Stack, prefix: str) -> list[str]:
    """Partition and sort keys that begin so."""
    pages = stack.emulator.client("dynamodb").get_paginator("scan").paginate(TableName=stack.physical_id("Table"))
    keys = (f"{item['pk']['S']} {item['sk']['S']}" for page in pages for item in page["Items"])
    return [key for key in keys if key.startswith(prefix)]


def test_a_page_hears_of_syncs_and_alerts(stack: Stack, owner: Client, netbird: FakeNetBird) -> None:
    with watch(stack, owner) as socket:
        place = hear(socket, "ready")["sequence"]
        say(socket, type="ping")
        hear(socket, "pong")
        rule = watch_for(owner, "Somebody is there", ["owner@live.example"])
        account = connect_account(owner, netbird)["id"]
        heard = [json.loads(socket.recv(timeout=PATIENCE))]
        while heard[-1]["type"] != "alert_triggered":
            heard.append(json.loads(socket.recv(timeout=PATIENCE)))
        alert = heard[-1]["alert"]
        assert (alert["ruleId"], alert["accountId"], alert["status"]) == (rule, account, "open")
        assert alert["id"] == owner.get("/api/alerts")[0]["id"]
        owner.post(f"/api/alerts/{alert['id']}/acknowledge", {"message": "seen"})
        updated = hear(socket, "alert_updated")
        assert (updated["alert"]["status"], updated["alert"]["id"]) == ("acknowledged", alert["id"])
        synced = hear(socket, "sync_completed")
        assert (synced["accountId"], synced["isHealthy"]) == (account, True)
        places = [message["sequence"] for message in [*heard, updated, synced]]
        assert places == sorted(set(places)) and places[0] > place

    # Somebody who comes back gets what they have missed, as it was told then.
    with watch(stack, owner, after=heard[0]["sequence"]) as again:
        assert hear(again, "ready")["sequence"] == heard[0]["sequence"]
        missed = [json.loads(again.recv(timeout=PATIENCE)) for _ in range(len(heard) - 1)]
        assert missed == heard[1:]
    with watch(stack, owner, after=1) as late:
        hear(late, "ready")
        assert hear(late, "reload")["what"] == "all"


CHANGES = 20


def test_how_soon_a_page_hears(
    stack: Stack, owner: Client, listening: ClientConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    """From when a change is committed, which is before its answer, to the socket: printed, since this machine is no AWS."""
    alert = owner.get("/api/alerts")[0]["id"]
    delays = []
    for nth in range(CHANGES):
        asked = time.monotonic()
        soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        step = ("suppress", {"until": soon}) if nth % 2 == 0 else ("reopen", {})
        owner.post(f"/api/alerts/{alert}/{step[0]}", step[1])
        answered = time.monotonic()
        while hear(listening, "alert_updated")["alert"]["id"] != alert:
            pass
        delays.append((time.monotonic() - asked, max(time.monotonic() - answered, 0.0)))
    with capsys.disabled():
        for what, of in (("request", [delay[0] for delay in delays]), ("answer", [delay[1] for delay in delays])):
            ordered = sorted(1e3 * delay for delay in of)
            p50, p99 = ordered[len(ordered) // 2], ordered[-1 - len(ordered) // 100]
            print(f"\nlive: from the {what} to the socket: p50 {p50:.0f} ms, p99 {p99:.0f} ms, {len(ordered)} changes")


@pytest.mark.parametrize(
    "headers",
    [
        {"x-origin-secret": ""},
        {"x-origin-secret": "guessed"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
    ],
)
def test_only_the_apps_own_pages_open_a_socket(stack: Stack, headers: dict[str, str]) -> None:
    with pytest.raises(InvalidStatus) as refused, open_socket(stack, **headers):
        pass
    assert refused.value.response.status_code == 403


def ended(socket: ClientConnection, code: str) -> None:
    """It is told why, and closed."""
    assert hear(socket, "error")["code"] == code
    with pytest.raises(ConnectionClosed):
        socket.recv(timeout=PATIENCE)


def test_what_is_not_understood_ends_the_socket(stack: Stack, owner: Client) -> None:
    for junk in ("junk", '{"type":"subscribe"}', "x" * 5_000):
        with open_socket(stack) as socket:
            socket.send(junk)
            ended(socket, "malformed")
    for token in ("", "forged", f"{owner.access_token}x"):
        with open_socket(stack) as socket:
            say(socket, type="auth", token=token)
            ended(socket, "unauthenticated")
    for route in ("$connect", "$disconnect"):
        with open_socket(stack) as socket:
            say(socket, type="ping", route=route)
            say(socket, type="auth", token=owner.access_token)
            hear(socket, "ready")


def test_who_does_not_say_who_they_are_is_cut_off(stack: Stack, listening: ClientConnection) -> None:
    with open_socket(stack) as silent:
        ended(silent, "too-late")
    say(listening, type="ping")
    hear(listening, "pong")


def test_a_socket_ends_with_the_session(stack: Stack, founder: Person, owner: Client) -> None:
    client, demoted = founder.sign_in(), invite(stack, owner, "demoted@live.example", "admin")
    member = demoted.sign_in()
    with watch(stack, client) as out, watch(stack, member) as down:
        hear(out, "ready")
        hear(down, "ready")
        client.post("/api/auth/logout")
        user = next(user["id"] for user in owner.get("/api/users") if user["email"] == demoted.email)
        owner.put(f"/api/users/{user}", {"role": "viewer"})
        assert stack.invoke("tendLive", {}).error is None
        ended(out, "unauthenticated")
        ended(down, "unauthenticated")


def test_nothing_is_left_of_sockets_that_are_closed(stack: Stack) -> None:
    eventually("connections are forgotten", lambda: not items(stack, "CONNECTION#"))
    assert not [key for key in items(stack, "TENANT#") if " SOCKET#" in key]
