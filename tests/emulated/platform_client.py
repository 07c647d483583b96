"""The platform as an API client sees it: through API Gateway, with a token."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import requests
from infra.emulated.stack import Stack

EMAIL = "owner@hq.example"
PASSWORD = "a long enough passphrase for the owner"

# Everybody here has an address of their own, as behind CloudFront: guesses and sign-ups are counted by it.
_addresses = (f"198.51.{third}.{fourth}" for third, fourth in itertools.product(range(256), range(1, 255)))


def new_address() -> str:
    """An address that nobody else has."""
    return next(_addresses)


@dataclass
class Client:
    """Calls the API; with `access_token`, as whom it was given to."""

    base_url: str
    access_token: str | None = None
    origin: dict[str, str] = field(default_factory=dict)
    # Signs in again. On a slow machine a token's minutes may be over between two tests.
    renew: Callable[[], str] | None = None

    @classmethod
    def of(cls, stack: Stack) -> Client:
        """Nobody, from an address that nobody else has."""
        origin = {"x-origin-secret": stack.secret("OriginSecret"), "x-viewer-address": new_address()}
        return cls(stack.api_url, origin=origin)

    def with_token(self, access_token: str | None) -> Client:
        """From the same address, as somebody else."""
        return replace(self, access_token=access_token, renew=None)

    def send(self, method: str, path: str, **options: Any) -> requests.Response:
        """The answer, whatever its status."""
        headers = self.origin | options.pop("headers", {})
        answer = self._send(method, path, headers, options)
        if self.renew and answer.status_code == 401 and "has expired" in answer.text:
            self.access_token = self.renew()
            answer = self._send(method, path, headers, options)
        return answer

    def _send(self, method: str, path: str, headers: dict[str, str], options: dict[str, Any]) -> requests.Response:
        who = {"authorization": f"Bearer {self.access_token}"} if self.access_token else {}
        return requests.request(method, self.base_url + path, headers=who | headers, timeout=300, **options)

    def get(self, path: str, **query: str) -> Any:
        """The body of an answer that must be a success."""
        return _body(self.send("GET", path, params=query))

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The body of an answer that must be a success."""
        return _body(self.send("POST", path, json=body if body is not None else {}))

    def put(self, path: str, body: dict[str, Any]) -> Any:
        """The body of an answer that must be a success."""
        return _body(self.send("PUT", path, json=body))

    def delete(self, path: str) -> None:
        """Must be a success."""
        _body(self.send("DELETE", path))

    def signed_in(self, email: str, password: str, **more: Any) -> Client:
        """As somebody from the same address, in a new session, and in another one when its token is over."""

        def sign_in() -> str:
            credentials = {"email": email, "password": password, **more}
            return str(self.with_token(None).post("/api/auth/login", credentials)["accessToken"])

        return replace(self, access_token=sign_in(), renew=sign_in)

    def log_in(self) -> Client:
        """The owner's client."""
        return self.signed_in(EMAIL, PASSWORD)


def _body(answer: requests.Response) -> Any:
    assert answer.ok, f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text}"
    return answer.json() if answer.content else None
