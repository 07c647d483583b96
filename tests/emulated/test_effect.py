"""What is taken from somebody is gone at their next request, whichever function serves it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from infra.emulated.stack import Stack
from people import Person, invite, sign_up
from platform_client import Client

# Functions of every area, each with a copy of the platform that has seen the caller before.
READS = (
    "/api/auth/profile",
    "/api/auth/sessions",
    "/api/alerts",
    "/api/netbird/peers",
    "/api/dashboard/overview",
    "/api/users",
    "/api/tenant",
    "/api/tokens",
    "/api/audit/logs",
)


@pytest.fixture(scope="module")
def founder(stack: Stack) -> Person:
    return sign_up(stack, "owner@effect.example", "Effect")


@pytest.fixture(scope="module")
def owner(founder: Person) -> Client:
    return founder.sign_in()


def statuses(client: Client) -> list[int]:
    """What each function answers."""
    return [client.send("GET", path).status_code for path in READS]


def user_id(owner: Client, person: Person) -> str:
    return next(user["id"] for user in owner.get("/api/users") if user["email"] == person.email)


def by_logout(owner: Client, person: Person, client: Client) -> None:
    client.post("/api/auth/logout")


def by_another_session(owner: Client, person: Person, client: Client) -> None:
    person.sign_in().delete("/api/auth/sessions")


def by_deactivation(owner: Client, person: Person, client: Client) -> None:
    owner.put(f"/api/users/{user_id(owner, person)}", {"active": False})


def by_removal(owner: Client, person: Person, client: Client) -> None:
    owner.delete(f"/api/users/{user_id(owner, person)}")


def by_leaving(owner: Client, person: Person, client: Client) -> None:
    wrong = client.send("POST", "/api/users/leave", json={"password": f"not {person.password}"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/password")
    # Nobody else is in another tenant here, so that the account goes with the place.
    assert client.post("/api/users/leave", {"password": person.password}) == {"accountDeleted": True}
    assert person.email not in {user["email"] for user in owner.get("/api/users")}
    nobody = owner.with_token(None)
    credentials = {"email": person.email, "password": person.password}
    assert nobody.send("POST", "/api/auth/login", json=credentials).status_code == 401


@pytest.mark.parametrize("ended", [by_logout, by_another_session, by_deactivation, by_removal, by_leaving])
def test_whoever_is_out_is_out_everywhere(
    stack: Stack, owner: Client, ended: Callable[[Client, Person, Client], None]
) -> None:
    person = invite(stack, owner, f"{ended.__name__.replace('_', '-')}@effect.example", "admin")
    client = person.sign_in()
    wanted = {"name": "Script", "scopes": ["alerts:read"], "expiresInDays": 1}
    token = client.with_token(client.post("/api/tokens", wanted)["token"])
    assert token.send("GET", "/api/alerts").status_code == 200
    assert statuses(client) == [200] * len(READS)

    ended(owner, person, client)
    assert statuses(client) == [401] * len(READS)
    is_member = ended in (by_logout, by_another_session)
    assert token.send("GET", "/api/alerts").status_code == (200 if is_member else 401)


def test_the_last_owner_cannot_leave(founder: Person, owner: Client) -> None:
    answer = owner.send("POST", "/api/users/leave", json={"password": founder.password})
    assert answer.status_code == 409
    assert owner.send("GET", "/api/auth/profile").status_code == 200


def test_whoever_is_switched_on_again_signs_in_anew(stack: Stack, owner: Client) -> None:
    person = invite(stack, owner, "on-and-off@effect.example", "admin")
    client = person.sign_in()
    for active in (False, True):
        owner.put(f"/api/users/{user_id(owner, person)}", {"active": active})
    assert statuses(client) == [401] * len(READS)
    assert statuses(person.sign_in()) == [200] * len(READS)


def test_an_owner_is_made_by_whoever_gives_the_password(stack: Stack, founder: Person, owner: Client) -> None:
    person = invite(stack, owner, "heir@effect.example", "admin")
    client = person.sign_in()
    path = f"/api/users/{user_id(owner, person)}"
    for password in ({}, {"password": f"not {founder.password}"}):
        answer = owner.send("PUT", path, json={"role": "owner", **password})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/password")
    assert client.get("/api/auth/profile")["role"] == "admin"
    assert owner.put(path, {"role": "owner", "password": founder.password})["role"] == "owner"
    assert client.get("/api/auth/profile")["role"] == "owner"
    owner.put(path, {"role": "viewer"})


def test_a_new_role_holds_at_once(stack: Stack, owner: Client) -> None:
    person = invite(stack, owner, "demoted@effect.example", "admin")
    client = person.sign_in()
    wanted = {"name": "Script", "scopes": ["audit:read", "alerts:read"], "expiresInDays": 1}
    token = client.with_token(client.post("/api/tokens", wanted)["token"])
    for caller in (client, token):
        assert caller.send("GET", "/api/audit/logs").status_code == 200
    assert client.send("PUT", "/api/tenant", json={"name": "Effect"}).status_code == 200

    owner.put(f"/api/users/{user_id(owner, person)}", {"role": "viewer"})
    for caller in (client, token):
        answer = caller.send("GET", "/api/audit/logs")
        assert (answer.status_code, answer.json()["permission"]) == (403, "audit:read")
        assert caller.send("GET", "/api/alerts").status_code == 200
    assert client.send("PUT", "/api/tenant", json={"name": "Effect"}).status_code == 403

    owner.put(f"/api/users/{user_id(owner, person)}", {"role": "admin"})
    assert client.send("GET", "/api/audit/logs").status_code == 200


def test_a_revoked_token_is_refused_everywhere(owner: Client) -> None:
    wanted = {"name": "Script", "scopes": owner.get("/api/auth/profile")["permissions"], "expiresInDays": 1}
    made = owner.post("/api/tokens", wanted)
    token = owner.with_token(made["token"])
    reads = [path for path in READS if path not in ("/api/auth/sessions", "/api/tokens")]
    assert [token.send("GET", path).status_code for path in reads] == [200] * len(reads)
    owner.delete(f"/api/tokens/{made['id']}")
    assert [token.send("GET", path).status_code for path in reads] == [401] * len(reads)
