"""Sessions as API Gateway carries them: tokens in bodies for programs, in cookies for browsers."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from infra.emulated.stack import Stack
from people import sign_up
from platform_client import EMAIL, PASSWORD, Client

COOKIE = "__Host-refresh"
DEVICE = "__Host-device"


def cookies_in(answer: requests.Response) -> dict[str, str]:
    """Each cookie that an answer sets, with its attributes."""
    return {cookie.split("=")[0]: cookie for cookie in answer.raw.headers.getlist("set-cookie")}


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
    cookies = cookies_in(answer)
    assert cookies[COOKIE].endswith("; Path=/; Secure; HttpOnly; SameSite=Strict")
    assert "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=" in cookies[DEVICE]
    return {**headers, "cookie": "; ".join(cookie.split(";")[0] for cookie in cookies.values())}


def test_a_browser_refreshes_by_its_cookie(anonymous: Client, browser: dict[str, Any]) -> None:
    answer = anonymous.send("POST", "/api/auth/refresh", json={}, headers=browser)
    assert answer.status_code == 200, answer.text
    assert answer.json()["refreshToken"] is None
    assert COOKIE in cookies_in(answer)


@pytest.mark.parametrize("foreign", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_another_site_cannot_use_the_cookie(anonymous: Client, browser: dict[str, Any], foreign: dict[str, str]) -> None:
    answer = anonymous.send("POST", "/api/auth/refresh", json={}, headers={**browser, **foreign})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_strangers_keep_nobody_from_a_browser_that_is_known(stack: Stack) -> None:
    person = sign_up(stack, "guessed-at@session.example", "Guessed at")
    credentials = {"email": person.email, "password": person.password}
    web = {"x-client": "web", "origin": stack.outputs["Url"], "sec-fetch-site": "same-origin"}
    device = cookies_in(Client.of(stack).send("POST", "/api/auth/login", json=credentials, headers=web))[DEVICE]
    for number in range(10):
        answer = Client.of(stack).send("POST", "/api/auth/login", json={**credentials, "password": f"guess {number}"})
        assert answer.status_code == 401
    assert Client.of(stack).send("POST", "/api/auth/login", json=credentials).status_code == 429
    known = {**web, "cookie": device.split(";")[0]}
    assert Client.of(stack).send("POST", "/api/auth/login", json=credentials, headers=known).status_code == 200
