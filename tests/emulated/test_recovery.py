"""Mails that let people in: sign-up, invitation, a forgotten password."""

from __future__ import annotations

from infra.emulated.mail import inbox
from infra.emulated.stack import Stack
from people import PASSWORD, Person, invite, link_in_mail, sign_up
from platform_client import Client


def test_somebody_signs_up_and_invites_somebody(stack: Stack) -> None:
    founder = sign_up(stack, "founder@startup.example", "Start-up")
    owner = founder.sign_in()
    assert owner.get("/api/auth/profile")["tenantName"] == "Start-up"
    viewer = invite(stack, owner, "first@startup.example", "viewer").sign_in()
    profile = viewer.get("/api/auth/profile")
    assert (profile["tenantName"], profile["role"]) == ("Start-up", "viewer")
    assert {user["email"] for user in owner.get("/api/users")} == {founder.email, "first@startup.example"}


def test_a_forgotten_password_is_replaced_once(stack: Stack) -> None:
    person = sign_up(stack, "forgetful@startup.example", "Forgetful")
    before = person.sign_in()
    nobody = Client.of(stack)
    assert nobody.post("/api/auth/password/forgot", {"email": person.email}) == {}
    token = link_in_mail(stack, person.email, "/reset-password")
    chosen = {"token": token, "password": "another long enough passphrase"}
    assert nobody.send("POST", "/api/auth/password/reset", json=chosen).status_code == 204
    assert nobody.send("POST", "/api/auth/password/reset", json=chosen).status_code == 410
    assert before.send("GET", "/api/auth/profile").status_code == 401
    old = {"email": person.email, "password": PASSWORD}
    assert nobody.send("POST", "/api/auth/login", json=old).status_code == 401
    Person(stack, person.email, chosen["password"]).sign_in()


def test_strangers_get_the_same_answer_and_no_mail(stack: Stack) -> None:
    nobody = Client.of(stack)
    assert nobody.post("/api/auth/password/forgot", {"email": "nobody@startup.example"}) == {}
    # Once somebody else's mail is there, theirs would be too.
    person = sign_up(stack, "known@startup.example", "Known")
    nobody.post("/api/auth/password/forgot", {"email": person.email})
    link_in_mail(stack, person.email, "/reset-password")
    assert inbox(stack.emulator, "nobody@startup.example") == []
