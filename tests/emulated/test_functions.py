"""Every function answers its sample event."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from infra.emulated.stack import Stack
from platform_client import Client
from test_template import sample_events

# What an endpoint answers to its sample, sent by the owner of the first tenant: ids are of nobody's
# things, the NetBird server is not there, the set-up code is wrong.
STATUS = {
    "login": 401,
    "logout": 204,
    "refresh": 401,
    "profile": 200,
    "setupStatus": 200,
    "setup": 401,
    "getAccount": (200, 404),
    "listAccounts": 200,
    "createAccount": 422,
    "testAccount": 422,
    "deleteAccount": 404,
    "syncAccountNow": 404,
    "listPeers": 200,
    "listEvents": 200,
    "listRules": 200,
    "createRule": 201,
    "listAlerts": 200,
    "acknowledgeAlert": 404,
    "resolveAlert": 404,
    "overview": 200,
    "health": 200,
    "openapi": 200,
    "docs": 200,
}
EVENTS = sample_events()
ENDPOINTS = {operation: event for operation, event in EVENTS.items() if "routeKey" in event}
JOBS = {operation: event for operation, event in EVENTS.items() if "routeKey" not in event}


def _with_token(event: dict[str, Any], token: str) -> dict[str, Any]:
    event = copy.deepcopy(event)
    if "authorization" in event["headers"]:
        event["headers"]["authorization"] = f"Bearer {token}"
    return event


@pytest.mark.parametrize("operation", ENDPOINTS)
def test_an_endpoint_answers_its_sample(stack: Stack, owner: Client, operation: str) -> None:
    # A session of its own, so that the sample of logout ends no other test's.
    token = owner.log_in().access_token or ""
    answer = stack.invoke(operation, _with_token(ENDPOINTS[operation], token))
    assert answer.error is None
    assert isinstance(answer.payload, dict)
    expected = STATUS[operation]
    assert answer.payload["statusCode"] in (expected if isinstance(expected, tuple) else (expected,)), answer.payload
    if answer.payload["statusCode"] >= 400:
        assert answer.payload["headers"]["content-type"].startswith("application/problem+json")
        assert json.loads(answer.payload["body"])["requestId"]


@pytest.mark.parametrize(
    "operation", [operation for operation, event in ENDPOINTS.items() if "authorization" in event["headers"]]
)
def test_a_forged_token_opens_nothing(stack: Stack, operation: str) -> None:
    answer = stack.invoke(operation, ENDPOINTS[operation])
    # Whoever has no session is already logged out.
    assert answer.payload["statusCode"] in ((204, 401) if operation == "logout" else (401,))


@pytest.mark.parametrize("operation", JOBS)
def test_a_job_takes_its_sample(stack: Stack, owner: Client, operation: str) -> None:
    """The samples name a tenant that is gone, which is a job's everyday case: nothing to do, nothing to repeat."""
    answer = stack.invoke(operation, JOBS[operation])
    assert answer.error is None
    if "Records" in JOBS[operation]:
        assert answer.payload["batchItemFailures"] == []
