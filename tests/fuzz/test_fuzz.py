"""Whatever is sent, every endpoint answers with a status and a body that the API document knows, and never fails."""

from __future__ import annotations

import itertools
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
import schemathesis
from host import ROOT, Host, client, new_address
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from seed import SEED

# For each operation, half of them with a session and half with a token. More: make soak.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "8"))
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
# A token may ask 600 times a minute: one that asks less often in its whole life is never refused, however quick it is.
TOKEN_LASTS = 400
# An access token is good for ten minutes.
SESSION_LASTS_SECONDS = 300
# What is counted by account or tenant refuses the fuzzer whatever it does: it guesses at its owner's password and invites
# people into its owner's tenant. Nothing else may: neither how quickly it asks, nor how often from one address.
COUNTED = ("too many attempts;", "a tenant may ", "one may make at most ")

schema = schemathesis.openapi.from_path(ROOT / "docs/openapi.json", config=schemathesis.Config(seed=SEED))


class Credentials:
    """Gives each request a credential that is good."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._kinds = itertools.cycle(["session", "token"])
        self._session = ""
        self._session_ends = 0.0
        self._token = ""
        self._token_uses = 0

    def next(self) -> tuple[str, str]:
        """An access token of a session, then an API token, and so on: what it is, and it."""
        kind = next(self._kinds)
        return kind, self._of_token() if kind == "token" else self._of_session()

    def forget_session(self) -> None:
        """The next request begins another."""
        self._session = ""

    def _of_session(self) -> str:
        if not self._session or time.monotonic() > self._session_ends:
            self._session = self._host.sign_in()
            self._session_ends = time.monotonic() + SESSION_LASTS_SECONDS
        return self._session

    def _of_token(self) -> str:
        if self._token_uses % TOKEN_LASTS == 0:
            self._token = self._host.make_token(self._of_session())
        self._token_uses += 1
        return self._token


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = Host(tmp_path_factory.mktemp("fuzz"))
    yield host
    host.stop()


@pytest.fixture(scope="session")
def credentials(host: Host) -> Credentials:
    return Credentials(host)


@dataclass
class Answers:
    """What was answered so far."""

    # How often each endpoint answered a session or a token with which status.
    statuses: defaultdict[tuple[str, str], Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    # How often each endpoint said that it was asked too often, and why.
    limited: Counter[tuple[str, str]] = field(default_factory=Counter)
    # How often each endpoint did not take a credential that is good.
    turned_away: Counter[tuple[str, str]] = field(default_factory=Counter)


@pytest.fixture(scope="session")
def answers() -> Answers:
    return Answers()


@schema.hook
def map_body(context: Any, body: Any) -> Any:
    """Lets no address lead away from this machine."""
    if isinstance(body, dict):
        for name in ADDRESSES & body.keys():
            scheme = urlsplit(body[name]).scheme if isinstance(body[name], str) else ""
            body[name] = NOBODY.get(scheme, body[name])
    return body


def test_the_document_is_the_one_that_is_served(host: Host) -> None:
    with client(new_address()) as fuzzer:
        served = fuzzer.get(f"{host.url}/api/openapi.json", timeout=30).json()
    assert served == json.loads((ROOT / "docs/openapi.json").read_text())


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_documented(
    case: schemathesis.Case, host: Host, credentials: Credentials, answers: Answers
) -> None:
    credential, value = credentials.next()
    headers = {"authorization": f"Bearer {value}"}
    with client(new_address()) as fuzzer:
        answer = case.call(base_url=host.url, session=fuzzer, headers=headers, timeout=60)
    operation = case.operation.definition.raw["operationId"]
    answers.statuses[credential, operation][answer.status_code] += 1
    if answer.status_code == 429:
        answers.limited[operation, answer.json()["detail"]] += 1
    # Some cases leave the credential out, or make one up.
    is_good = answer.request.headers.get("authorization") == headers["authorization"]
    if answer.status_code == 401 and is_good and case.operation.definition.raw.get("security"):
        answers.turned_away[credential, operation] += 1
    if operation in ENDS_SESSIONS:
        credentials.forget_session()
    case.validate_response(answer, checks=CHECKS)


def test_the_fuzzer_got_in(host: Host, answers: Answers) -> None:
    """What is refused at the door finds nothing."""
    assert host.is_up(), host.log.read_text()[-4000:]
    assert answers.turned_away == {}
    assert [why for why in answers.limited if not why[1].startswith(COUNTED)] == []
    outside = {401, 403, 405, 429}
    unseen = [key for key, counts in answers.statuses.items() if key[0] == "session" and counts.keys() <= outside]
    assert answers.statuses and unseen == []
