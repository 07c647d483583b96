"""Sessions as API Gateway carries them: tokens in bodies for programs, in cookies for browsers."""

from __future__ import annotations

from typing import Any

import pytest
from infra.emulated.stack import Stack
from platform_client import EMAIL, PASSWORD, Client

COOKIE = "__Host-refresh"


def test_a_program_refreshes_and_signs_out(owner: Client, anonymous: Client) -> None:
    signed_in = anonymous.post("/api/auth/login", {"email": EMAIL, "password": PASSWORD})
    refreshed = anonymous.post("/api/auth/refresh", {"refreshToken": signed_in["refreshToken"]})
    assert refreshed["refreshToken"] != signed_in["refreshToken"]
    client = Client(anonymous.base_url, refreshed["accessToken"])
    assert client.get("/api/auth/profile")["email"] == EMAIL

    assert client.send("POST", "/api/auth/logout").status_code == 204
    assert client.send("GET", "/api/auth/profile").status_code == 401
    ended = anonymous.send("POST", "/api/auth/refresh", json={"refreshToken": refreshed["refreshToken"]})
    assert ended.status_code == 401


@pytest.fixture
def browser(stack: Stack, owner: Client, anonymous: Client) -> dict[str, Any]:
    """Headers of the web app, signed in."""
    headers = {"x-client": "web", "origin": stack.outputs["Url"], "sec-fetch-site": "same-origin"}
    answer = anonymous.send("POST", "/api/auth/login", json={"email": EMAIL, "password": PASSWORD}, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["refreshToken"] is None
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=") and cookie.endswith("; Path=/; Secure; HttpOnly; SameSite=Strict")
    return {**headers, "cookie": cookie.split(";")[0]}


def test_a_browser_refreshes_by_its_cookie(anonymous: Client, browser: dict[str, Any]) -> None:
    answer = anonymous.send("POST", "/api/auth/refresh", json={}, headers=browser)
    assert answer.status_code == 200, answer.text
    assert answer.json()["refreshToken"] is None
    assert answer.headers["set-cookie"].startswith(f"{COOKIE}=")


@pytest.mark.parametrize("foreign", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_another_site_cannot_use_the_cookie(anonymous: Client, browser: dict[str, Any], foreign: dict[str, str]) -> None:
    answer = anonymous.send("POST", "/api/auth/refresh", json={}, headers={**browser, **foreign})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
