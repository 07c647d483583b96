"""The key that signs tokens is replaced without anybody noticing."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterator

import pytest
from infra.emulated.stack import Stack
from people import Person, sign_up
from platform_client import Client
from waiting import eventually

READS = ("/api/auth/profile", "/api/alerts")
ISSUERS = ("login", "refresh", "setup", "switchTenant", "finishSso")


@pytest.fixture(scope="module")
def person(stack: Stack) -> Person:
    return sign_up(stack, "owner@rotation.example", "Rotation")


def signed_by(token: str) -> str:
    """The id of the key that signed an access token."""
    header = token.split(".")[0]
    return str(json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))["kid"])


def rotate(stack: Stack, secret: str | None = None) -> None:
    """A new secret; the one before it stays as the previous one. Functions read it when they start again."""
    client = stack.emulator.client("secretsmanager")
    secret = secret or secrets.token_urlsafe(48)
    client.put_secret_value(SecretId=stack.physical_id("TokenSecret"), SecretString=secret)
    functions = stack.emulator.client("lambda")
    for operation in ISSUERS:
        name = stack.function_name(operation)
        variables = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        variables["ROTATED"] = secrets.token_hex(4)
        functions.update_function_configuration(FunctionName=name, Environment={"Variables": variables})


@pytest.fixture(scope="module", autouse=True)
def the_key_of_other_tests(stack: Stack, owner: Client, person: Person) -> Iterator[None]:
    """Comes back in the end: other tests hold tokens that it signed."""
    secret = stack.secret("TokenSecret")
    yield
    rotate(stack, secret)
    person.sign_in()
    for path in READS:
        eventually("the first key is known", lambda path=path: owner.send("GET", path).status_code == 200)


@pytest.fixture
def session(stack: Stack, person: Person) -> Iterator[dict[str, str]]:
    """Tokens of a session."""
    yield Client.of(stack).post("/api/auth/login", {"email": person.email, "password": person.password})


def test_tokens_of_the_previous_key_stay_good(stack: Stack, person: Person, session: dict[str, str]) -> None:
    client = Client.of(stack).with_token(session["accessToken"])
    assert client.get("/api/auth/profile")["email"] == person.email
    first_key = signed_by(session["accessToken"])

    rotate(stack)
    after = Client.of(stack).post("/api/auth/login", {"email": person.email, "password": person.password})
    assert signed_by(after["accessToken"]) != first_key
    # Functions that knew the old key only learn the new one, and keep the old. One that has just read the keys does so
    # again only after a while, lest made-up tokens cost reads.
    newer = client.with_token(after["accessToken"])
    eventually("the new key is known", lambda: newer.send("GET", "/api/auth/profile").status_code == 200)
    assert client.get("/api/auth/profile")["email"] == person.email
    assert client.get("/api/alerts") == []

    refreshed = Client.of(stack).post("/api/auth/refresh", {"refreshToken": session["refreshToken"]})
    assert signed_by(refreshed["accessToken"]) == signed_by(after["accessToken"])
    again = Client.of(stack).post("/api/auth/refresh", {"refreshToken": refreshed["refreshToken"]})
    assert client.with_token(again["accessToken"]).get("/api/auth/profile")["email"] == person.email


def test_a_refresh_token_outlives_one_rotation_and_not_two(stack: Stack, person: Person, session: dict[str, str]) -> None:
    rotate(stack)
    rotate(stack)
    refused = Client.of(stack).send("POST", "/api/auth/refresh", json={"refreshToken": session["refreshToken"]})
    assert refused.status_code == 401
    client = person.sign_in()
    for path in READS:
        eventually(f"{path} knows the newest key", lambda path=path: client.send("GET", path).status_code == 200)
