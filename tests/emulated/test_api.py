"""What API Gateway and the functions refuse."""

from __future__ import annotations

import pytest
from infra.emulated.stack import Stack
from platform_client import Client


def test_no_route(anonymous: Client) -> None:
    assert anonymous.send("GET", "/api/nothing-here").status_code == 404
    assert anonymous.send("PUT", "/api/alerts").status_code == 404


@pytest.mark.parametrize("token", [None, "not-a-token", "eyJhbGciOiJub25lIn0.e30."])
def test_no_valid_token(anonymous: Client, token: str | None) -> None:
    answer = Client(anonymous.base_url, token).send("GET", "/api/netbird/peers")
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["requestId"] == answer.headers["x-request-id"]


def test_setup_needs_the_code_and_happens_once(stack: Stack, owner: Client, anonymous: Client) -> None:
    assert anonymous.get("/api/setup")["required"] is False
    again = {"tenantName": "Other", "name": "Eve", "email": "eve@other.example", "password": "another long passphrase"}
    code = stack.secret("SetupSecret")
    assert anonymous.send("POST", "/api/setup", json={**again, "setupCode": code}).status_code == 409


def test_a_page_of_the_api_carries_its_total(owner: Client) -> None:
    answer = owner.send("GET", "/api/alerts")
    assert answer.status_code == 200
    assert int(answer.headers["x-total-count"]) == len(answer.json())
