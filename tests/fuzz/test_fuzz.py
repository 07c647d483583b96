"""Whatever is sent, every endpoint answers with a status and a body that the API document knows, and never fails."""

from __future__ import annotations

import collections
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import schemathesis
from host import FUZZER_ADDRESS, ROOT, Host, client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

EXAMPLES = 12
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# What an address field of these bodies names is asked; nobody outside this machine is to be.
NOBODY = {"http": "http://127.0.0.1:9", "https": "https://127.0.0.1:9"}
ADDRESSES = {"baseUrl", "issuer"}
# After these the session that asked may be over.
ENDS_SESSIONS = {"logout", "revokeOtherSessions", "revokeSession", "resetPassword", "changePassword", "deleteTenant"}
# One token may ask so often in a minute.
TOKEN_LASTS = 400

schema = schemathesis.openapi.from_path(ROOT / "docs/openapi.json")


class Credentials:
    """Gives each request a credential that is good."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._current: dict[str, str] = {}
        self._uses = 0

    def of(self, kind: str) -> str:
        """An access token of a session, or an API token."""
        if kind == "token":
            self._uses += 1
            if self._uses % TOKEN_LASTS == 0:
                self._current.pop("token")
        if kind not in self._current:
            make = self._host.sign_in if kind == "session" else lambda: self._host.make_token(self.of("session"))
            self._current[kind] = make()
        return self._current[kind]

    def forget_session(self) -> None:
        """The next request begins another."""
        self._current.pop("session", None)


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = Host(tmp_path_factory.mktemp("fuzz"))
    yield host
    host.stop()


@pytest.fixture(scope="session")
def credentials(host: Host) -> Credentials:
    return Credentials(host)


@pytest.fixture(scope="session")
def statuses() -> collections.defaultdict[str, collections.Counter[int]]:
    """How often each endpoint answered with which status."""
    return collections.defaultdict(collections.Counter)


@schema.hook
def map_body(context: Any, body: Any) -> Any:
    """Lets no address lead away from this machine."""
    if isinstance(body, dict):
        for name in ADDRESSES & body.keys():
            scheme = urlsplit(body[name]).scheme if isinstance(body[name], str) else ""
            body[name] = NOBODY.get(scheme, body[name])
    return body


def test_the_document_is_the_one_that_is_served(host: Host) -> None:
    served = client(FUZZER_ADDRESS).get(f"{host.url}/api/openapi.json", timeout=30).json()
    assert served == json.loads((ROOT / "docs/openapi.json").read_text())


@pytest.mark.parametrize("credential", ["session", "token"])
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_documented(
    case: schemathesis.Case, credential: str, host: Host, credentials: Credentials, statuses: Any
) -> None:
    headers = {"authorization": f"Bearer {credentials.of(credential)}"}
    answer = case.call(base_url=host.url, session=client(FUZZER_ADDRESS), headers=headers)
    operation = case.operation.definition.raw["operationId"]
    statuses[credential, operation][answer.status_code] += 1
    if operation in ENDS_SESSIONS:
        credentials.forget_session()
    case.validate_response(answer, checks=CHECKS)


def test_the_fuzzer_got_in(statuses: Any, host: Host) -> None:
    """What is refused at the door finds nothing."""
    assert host.is_up(), host.log.read_text()[-4000:]
    total = sum(sum(counts.values()) for counts in statuses.values())
    refused = sum(counts[401] + counts[429] for counts in statuses.values())
    assert total > 0
    assert refused < total / 4, {key: dict(counts) for key, counts in statuses.items()}
