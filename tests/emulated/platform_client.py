"""The platform as an API client sees it: through API Gateway, with a token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

EMAIL = "owner@hq.example"
PASSWORD = "a long enough passphrase for the owner"


@dataclass
class Client:
    """Calls the API; with `access_token`, as whom it was given to."""

    base_url: str
    access_token: str | None = None

    def send(self, method: str, path: str, **options: Any) -> requests.Response:
        """The answer, whatever its status."""
        headers = {"authorization": f"Bearer {self.access_token}"} if self.access_token else {}
        headers |= options.pop("headers", {})
        return requests.request(method, self.base_url + path, headers=headers, timeout=60, **options)

    def get(self, path: str, **query: str) -> Any:
        """The body of an answer that must be a success."""
        return _body(self.send("GET", path, params=query))

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The body of an answer that must be a success."""
        return _body(self.send("POST", path, json=body if body is not None else {}))

    def delete(self, path: str) -> None:
        """Must be a success."""
        _body(self.send("DELETE", path))

    def log_in(self) -> Client:
        """The owner's client."""
        answer = self.post("/api/auth/login", {"email": EMAIL, "password": PASSWORD})
        return Client(self.base_url, answer["accessToken"])


def _body(answer: requests.Response) -> Any:
    assert answer.ok, f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text}"
    return answer.json() if answer.content else None
