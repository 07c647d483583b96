"""Connecting a NetBird account: what is wrong with it is said, and nothing is stored."""

from __future__ import annotations

from typing import Any

import pytest
from fake_netbird import BAD_TOKENS, GOOD_TOKEN, FakeNetBird
from platform_client import Client


@pytest.mark.parametrize(("reason", "token"), BAD_TOKENS.items())
def test_each_bad_token_has_its_reason(owner: Client, netbird: FakeNetBird, reason: str, token: str) -> None:
    assert refusal(owner, netbird.url, token)["reason"] == reason


def test_nobody_answers(owner: Client) -> None:
    assert refusal(owner, "http://127.0.0.1:9", GOOD_TOKEN)["reason"] == "unreachable"


def test_somebody_else_answers(owner: Client, stack_url: str) -> None:
    assert refusal(owner, stack_url, GOOD_TOKEN)["reason"] == "not_netbird"


def test_the_metadata_service_is_never_asked(owner: Client) -> None:
    assert refusal(owner, "http://169.254.169.254", GOOD_TOKEN)["reason"] == "address_refused"


@pytest.fixture
def stack_url(owner: Client) -> str:
    """A web server that is no NetBird."""
    return owner.base_url.split("/_aws/")[0]


def refusal(owner: Client, url: str, token: str) -> dict[str, Any]:
    before = owner.get("/api/netbird/accounts")
    answer = owner.send("POST", "/api/netbird/accounts", json={"name": "Wrong", "baseUrl": url, "apiToken": token})
    assert answer.status_code == 422, answer.text
    assert token not in answer.text
    assert owner.get("/api/netbird/accounts") == before
    return answer.json()
