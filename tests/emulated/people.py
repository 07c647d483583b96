"""People who come in by mail: invited, signed up, or with a password forgotten."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from infra.emulated.mail import inbox
from infra.emulated.stack import Stack
from platform_client import Client
from waiting import eventually

PASSWORD = "a long enough passphrase for anybody"


@dataclass
class Person:
    """Somebody with an account."""

    stack: Stack
    email: str
    password: str = PASSWORD

    def sign_in(self, **more: Any) -> Client:
        """A new session, and another one when its token is over."""
        return Client.of(self.stack).signed_in(self.email, self.password, **more)


def link_in_mail(stack: Stack, email: str, page: str, number: int = 1) -> str:
    """The token of the link to `page` in the so-manieth mail to `email` that has one."""

    def look() -> str | None:
        links = [re.findall(rf"{re.escape(page)}#token=([\w-]+)", mail.text) for mail in inbox(stack.emulator, email)]
        tokens = [found[0] for found in links if found]
        return tokens[number - 1] if len(tokens) >= number else None

    return str(eventually(f"{email} gets link {number} to {page}", look))


def invite(stack: Stack, owner: Client, email: str, role: str) -> Person:
    """Has somebody join the owner's tenant."""
    invited = owner.post("/api/users", {"email": email, "role": role})
    assert (invited["status"], invited["role"]) == ("invited", role)
    token = link_in_mail(stack, email, "/invitation")
    joined = {"token": token, "name": email.split("@")[0].title(), "password": PASSWORD}
    assert Client.of(stack).post("/api/auth/invitation/accept", joined)["email"] == email
    return Person(stack, email)


def sign_up(stack: Stack, email: str, tenant: str) -> Person:
    """Has somebody make a tenant of their own."""
    wanted = {"tenantName": tenant, "name": email.split("@")[0].title(), "email": email, "password": PASSWORD}
    assert Client.of(stack).post("/api/auth/sign-up", wanted) == {}
    token = link_in_mail(stack, email, "/sign-up/verify")
    made = Client.of(stack).post("/api/auth/sign-up/verify", {"token": token, "password": PASSWORD})
    assert made == {"tenantName": tenant, "email": email}
    return Person(stack, email)
