"""Every function answers its sample event."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from infra.emulated.stack import Stack
from people import Person, sign_up
from platform_client import Client, new_address
from test_template import sample_events

# What an endpoint answers to its sample, sent by the owner of a tenant: ids are of nobody's things, the NetBird server and
# the identity provider are not there, links, codes and passwords are wrong.
STATUS = {
    "login": 401,
    "logout": 204,
    "refresh": 401,
    "profile": 200,
    "setupStatus": 200,
    "setup": 401,
    "updateProfile": 200,
    "switchTenant": 404,
    "signUp": 202,
    "verifySignUp": 410,
    "forgotPassword": 202,
    "resetPassword": 410,
    "showInvitation": 410,
    "acceptInvitation": 410,
    "listSessions": 200,
    "revokeSession": 404,
    "revokeOtherSessions": 204,
    "changePassword": 422,
    "changeEmail": 422,
    "confirmEmail": 410,
    "beginSecondFactor": 422,
    "enableSecondFactor": 409,
    "renewRecoveryCodes": 422,
    "disableSecondFactor": 422,
    "listUsers": 200,
    "inviteUser": 201,
    "updateUser": 404,
    "deleteUser": 404,
    "resendInvitation": 404,
    "leaveTenant": 422,
    "createTenant": 201,
    "getTenant": 200,
    "updateTenant": 200,
    "deleteTenant": 422,
    "transferOwnership": 422,
    "listRoles": 200,
    "listTokens": 200,
    "createToken": 201,
    "revokeToken": 404,
    "startSso": 404,
    "finishSso": 401,
    "getSso": 404,
    "putSso": 422,
    "deleteSso": 404,
    "listAuditLogs": 200,
    "summarizeAuditLogs": 200,
    "exportAuditLogs": 200,
    "verifyAuditLogs": 200,
    "exportAuditSeals": 200,
    "listAuditExports": 200,
    "createAuditExport": 202,
    "getAuditExport": 404,
    "deleteAuditExport": 404,
    "getAccount": (200, 404),
    "listAccounts": 200,
    "createAccount": 422,
    "testAccount": 422,
    "updateAccount": 404,
    "deleteAccount": 404,
    "pauseAccount": 404,
    "listSyncs": 404,
    "resumeAccount": 404,
    "syncAccountNow": 404,
    "listPeers": 200,
    "getGroup": 404,
    "getNetbirdUser": 404,
    "getPolicy": 404,
    "getNetwork": 404,
    "getRoute": 404,
    "getNameserverGroup": 404,
    "getPostureCheck": 404,
    "getSetupKey": 404,
    "getPeer": 404,
    "getPeerHistory": 404,
    "listGroups": 200,
    "listNetbirdUsers": 200,
    "listPolicies": 200,
    "listNetworks": 200,
    "listRoutes": 200,
    "listPostureChecks": 200,
    "listNameservers": 200,
    "listSetupKeys": 200,
    "getNetbirdSettings": 404,
    "listEvents": 200,
    "listChanges": 200,
    "getChange": 404,
    "listRules": 200,
    "createRule": 201,
    "getRule": 404,
    "updateRule": 404,
    "enableRule": 404,
    "disableRule": 404,
    "sendTest": 404,
    "rotateRuleSecret": 404,
    "deleteRule": 404,
    "listSilences": 200,
    "createSilence": 201,
    "previewSilence": 200,
    "getSilence": 404,
    "updateSilence": 404,
    "endSilence": 404,
    "deleteSilence": 404,
    "listRotas": 200,
    "createRota": 422,
    "getRota": 404,
    "updateRota": 404,
    "deleteRota": 404,
    "listAlertRoutes": 200,
    "createAlertRoute": 422,
    "getAlertRoute": 404,
    "updateAlertRoute": 404,
    "deleteAlertRoute": 404,
    "listChannels": 200,
    "createChannel": 201,
    "getChannel": 404,
    "updateChannel": 404,
    "deleteChannel": 404,
    "sendChannelTest": 404,
    "rotateChannelSecret": 404,
    "listDeliveries": 200,
    "getDelivery": 404,
    "sendAgain": 404,
    "listAlerts": 200,
    "getAlert": 404,
    "acknowledgeAlert": 404,
    "acknowledgeAlerts": 200,
    "suppressAlerts": 200,
    "reopenAlerts": 200,
    "resolveAlerts": 200,
    "commentAlert": 404,
    "listRuleTemplates": 200,
    "exportRules": 200,
    "importRules": 200,
    "applyRuleTemplates": 201,
    "listAlertPeers": 404,
    "listAlertHistory": 404,
    "testRule": 200,
    "testRuleHistory": 200,
    "suppressAlert": 404,
    "reopenAlert": 404,
    "resolveAlert": 404,
    "listRecipients": 200,
    "resendRecipientConfirmation": 404,
    "showRecipientRequest": 410,
    "answerRecipientRequest": 410,
    "showAcknowledgement": 410,
    "acknowledgeByLink": 410,
    "overview": 200,
    "getMetrics": 200,
    "queryMetrics": 200,
    "pushMetrics": 422,  # there is no account yet
    "listOwnMetrics": 200,
    "deleteOwnMetric": 404,
    "getTrends": 200,
    "queryTrends": 200,
    "checkAccess": 404,
    "getAccessMatrix": 404,
    "compareAccess": 404,
    "getTopology": 404,
    "getAccessSince": 404,
    "listProposals": 200,
    "createProposal": 404,
    "getProposal": 404,
    "updateProposal": 404,
    "commentProposal": 404,
    "decideProposal": 404,
    "deleteProposal": 404,
    "listAccessReviews": 200,
    "createAccessReview": 404,
    "getAccessReview": 404,
    "listAccessReviewRows": 404,
    "exportAccessReview": 404,
    "updateAccessReview": 404,
    "signAccessReview": 404,
    "deleteAccessReview": 404,
    "listFindings": 404,
    "health": 200,
    "openapi": 200,
    "docs": 200,
}
EVENTS = sample_events()
ENDPOINTS = {operation: event for operation, event in EVENTS.items() if "routeKey" in event}
JOBS = {operation: event for operation, event in EVENTS.items() if "routeKey" not in event}


def _with_token(event: dict[str, Any], token: str) -> dict[str, Any]:
    """The event as somebody with this token sends it, from an address that no other test guesses from."""
    event = copy.deepcopy(event)
    event["requestContext"]["http"]["sourceIp"] = new_address()
    if "authorization" in event["headers"]:
        event["headers"]["authorization"] = f"Bearer {token}"
    return event


@pytest.fixture(scope="module")
def person(stack: Stack) -> Person:
    """Somebody who owns a tenant that no other test knows."""
    return sign_up(stack, "owner@samples.example", "Samples")


@pytest.fixture(scope="module")
def client(person: Person) -> Client:
    """That person, in one session: a hundred of them, ended at once, would keep the emulator busy for minutes."""
    return person.sign_in()


@pytest.mark.parametrize("operation", ENDPOINTS)
def test_an_endpoint_answers_its_sample(stack: Stack, person: Person, client: Client, operation: str) -> None:
    # Whoever signs out has a session of their own. The others' token is renewed where it is over.
    sender = person.sign_in() if operation == "logout" else client
    sender.get("/api/auth/profile")
    answer = stack.invoke(operation, _with_token(ENDPOINTS[operation], sender.access_token or ""))
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
def test_a_job_takes_its_sample(stack: Stack, operation: str) -> None:
    """The samples name a tenant that is gone, which is a job's everyday case: nothing to do, nothing to repeat."""
    answer = stack.invoke(operation, JOBS[operation])
    assert answer.error is None
    if "Records" in JOBS[operation]:
        assert answer.payload["batchItemFailures"] == []
