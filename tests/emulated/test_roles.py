"""Each function's role, as deployed: only what it uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from infra.emulated.permissions import statements
from infra.emulated.stack import SENDER_ADDRESS, Stack


@dataclass(frozen=True)
class Grant:
    """An action that a role may take on a resource."""

    role: str
    action: str
    resource: str


@pytest.fixture(scope="module")
def grants(stack: Stack) -> list[Grant]:
    return [
        Grant(role, action, resource)
        for role, statement in statements(stack.emulator)
        if statement["Effect"] == "Allow"
        for action in _list(statement["Action"])
        for resource in _list(statement["Resource"])
    ]


def _list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _roles(stack: Stack, *operations: str) -> set[str]:
    return {stack.physical_id(f"{operation[0].upper()}{operation[1:]}Role") for operation in operations}


def test_every_function_has_a_role_of_its_own(stack: Stack) -> None:
    functions = stack.emulator.client("lambda").get_paginator("list_functions").paginate()
    roles = {
        function["FunctionName"]: function["Role"].rsplit("/", 1)[-1] for page in functions for function in page["Functions"]
    }
    assert roles == {
        stack.function_name(operation): next(iter(_roles(stack, operation))) for operation in stack.operations()
    }


def test_no_role_takes_a_managed_policy(stack: Stack) -> None:
    iam = stack.emulator.client("iam")
    for role in iam.list_roles()["Roles"]:
        assert iam.list_attached_role_policies(RoleName=role["RoleName"])["AttachedPolicies"] == []


def test_no_role_reaches_every_resource_or_action(stack: Stack, grants: list[Grant]) -> None:
    assert grants
    for grant in grants:
        assert "*" not in grant.action, grant
        if grant.role == stack.physical_id("InvokeRole"):
            continue
        # A log group's streams are named by its ARN and a star; mail goes to anybody, from one address alone; frames go to
        # whichever socket of the one API; files belong to tenants.
        free = {"logs:": ":*", "ses:S": ":identity/*", "execu": "/@connections/*"}.get(grant.action[:5], "")
        if grant.action.startswith("s3:"):
            free = "/tenants/*"
        assert "*" not in grant.resource.removesuffix(free), grant


def test_mail_leaves_from_the_senders_address_alone(stack: Stack) -> None:
    """And to any identity of the account: SES checks the recipients' too while it keeps an account in its sandbox."""
    sending = [statement for _, statement in statements(stack.emulator) if "ses:SendRawEmail" in _list(statement["Action"])]
    assert len(sending) == 2
    for statement in sending:
        assert statement["Resource"].endswith(":identity/*")
        assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": SENDER_ADDRESS}}


def test_the_api_invokes_functions_of_its_stack_and_does_nothing_else(stack: Stack, grants: list[Grant]) -> None:
    granted = [grant for grant in grants if grant.role == stack.physical_id("InvokeRole")]
    assert [(grant.action, grant.resource.split(":function:")[1]) for grant in granted] == [
        ("lambda:InvokeFunction", f"{stack.name}-*")
    ]


def test_nothing_scans(grants: list[Grant]) -> None:
    assert [grant for grant in grants if grant.action in {"dynamodb:Scan", "dynamodb:PartiQLSelect"}] == []


READERS = {
    "TokenSecret": {"login", "refresh", "setup", "switchTenant", "finishSso"},
    "SecondFactorSecret": {
        "login",
        "changePassword",
        "changeEmail",
        "beginSecondFactor",
        "enableSecondFactor",
        "renewRecoveryCodes",
        "disableSecondFactor",
        "acceptInvitation",
        "deleteTenant",
        "transferOwnership",
        "inviteUser",
        "updateUser",
        "leaveTenant",
    },
    "VaultSecret": {
        "createAccount",
        "updateAccount",
        "syncAccount",
        "createRule",
        "updateRule",
        "importRules",
        "sendTest",
        "rotateRuleSecret",
        "createChannel",
        "updateChannel",
        "sendChannelTest",
        "rotateChannelSecret",
        "sendWebhook",
        "putSso",
        "finishSso",
    },
    "SetupSecret": {"setup"},
}


@pytest.mark.parametrize(("secret", "readers"), READERS.items())
def test_a_secret_has_only_its_readers(stack: Stack, grants: list[Grant], secret: str, readers: set[str]) -> None:
    secrets = stack.emulator.client("secretsmanager")
    arn = secrets.describe_secret(SecretId=stack.physical_id(secret))["ARN"]
    reading = {grant.role for grant in grants if grant.resource == arn}
    assert reading == _roles(stack, *readers)


@pytest.mark.parametrize(("secret", "readers"), READERS.items())
def test_only_its_readers_know_where_a_secret_is(stack: Stack, secret: str, readers: set[str]) -> None:
    name = stack.physical_id(secret)
    client = stack.emulator.client("lambda")
    told = {
        operation
        for operation in stack.operations()
        for value in client.get_function_configuration(FunctionName=stack.function_name(operation))["Environment"][
            "Variables"
        ].values()
        if name in value or stack.secret(secret) in value
    }
    assert told == readers


def test_who_touches_the_table_says_which_partitions(stack: Stack) -> None:
    table = stack.emulator.client("dynamodb").describe_table(TableName=stack.physical_id("Table"))["Table"]["TableArn"]
    about_it = [
        statement
        for _, statement in statements(stack.emulator)
        if table in _list(statement["Resource"]) and statement["Effect"] == "Allow"
    ]
    assert about_it
    for statement in about_it:
        partitions = statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
        assert partitions and "*" not in _list(partitions), statement


ERASING = {"dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"}


def test_what_is_in_an_audit_trail_stays(stack: Stack) -> None:
    """Whoever may change or remove items of tenants may not do so in their trails, but for the job that removes tenants."""
    allowed: dict[str, set[str]] = {}
    denied: dict[str, set[str]] = {}
    for role, statement in statements(stack.emulator):
        actions = ERASING & set(_list(statement["Action"]))
        if not actions or "TENANT#*" not in str(statement.get("Condition")):
            continue
        if statement["Effect"] == "Allow":
            allowed.setdefault(role, set()).update(actions)
        else:
            assert statement["Condition"] == {"ForAnyValue:StringLike": {"dynamodb:LeadingKeys": ["TENANT#*#AUDIT#*"]}}
            denied.setdefault(role, set()).update(actions)
    assert len(allowed) > 20
    assert {role: actions for role, actions in allowed.items() if denied.get(role) != actions} == {
        stack.physical_id("PurgeTenantsRole"): ERASING
    }


def test_a_token_is_only_made_and_taken_where_tokens_are(stack: Stack) -> None:
    """Every other function only counts its use."""
    changing = {
        role
        for role, statement in statements(stack.emulator)
        for action in _list(statement["Action"])
        if "TOKEN#*" in str(statement.get("Condition")) and action not in ("dynamodb:UpdateItem", "dynamodb:BatchGetItem")
    }
    assert changing == _roles(stack, "createToken", "revokeToken", "deleteUser", "leaveTenant", "purgeTenants")


def test_only_its_consumer_receives_from_a_queue(stack: Stack, grants: list[Grant]) -> None:
    consumers = {grant.role for grant in grants if grant.action == "sqs:ReceiveMessage"}
    assert consumers == _roles(
        stack, "syncAccount", "evaluateAccount", "sendWebhook", "sendAlertMail", "sendMail", "pushLive", "writeAuditExport"
    )


def test_only_the_senders_send_email(stack: Stack, grants: list[Grant]) -> None:
    senders = {grant.role for grant in grants if grant.action.startswith("ses:")}
    assert senders == _roles(stack, "sendAlertMail", "sendMail")


SENDERS = {
    "SyncQueue": {"syncDispatch", "createAccount", "updateAccount", "resumeAccount", "syncAccountNow"},
    "EvaluateQueue": {
        "syncAccount",
        "evaluateDispatch",
        "createRule",
        "updateRule",
        "deleteRule",
        "enableRule",
        "disableRule",
        "applyRuleTemplates",
        "importRules",
        "updateSilence",
        "endSilence",
        "pauseAccount",
        "deleteSilence",
    },
    "WebhookQueue": {"relayOutbox", "sweepOutbox", "sendWebhook", "sendAgain"},
    "AlertMailQueue": {"relayOutbox", "sweepOutbox", "sendAlertMail", "sendAgain"},
    "MailQueue": {"relayOutbox", "sweepOutbox"},
    "LiveQueue": {"relayOutbox", "syncAccount", "liveConnect", "liveMessage", "pushLive", "tendLive"},
    "ExportQueue": {"relayOutbox", "sweepOutbox", "writeAuditExport"},
}


@pytest.mark.parametrize(("queue", "senders"), SENDERS.items())
def test_a_queue_has_only_its_senders(stack: Stack, grants: list[Grant], queue: str, senders: set[str]) -> None:
    attributes = stack.emulator.client("sqs").get_queue_attributes(
        QueueUrl=stack.physical_id(queue), AttributeNames=["QueueArn"]
    )["Attributes"]
    sending = {
        grant.role for grant in grants if grant.action == "sqs:SendMessage" and grant.resource == attributes["QueueArn"]
    }
    assert sending == _roles(stack, *senders)


def test_frames_leave_by_those_who_tell_open_pages(stack: Stack, grants: list[Grant]) -> None:
    managing = [grant for grant in grants if grant.action.startswith("execute-api:")]
    assert {grant.role for grant in managing} == _roles(stack, "liveMessage", "pushLive")
    api = stack.physical_id("LiveApi")
    assert {(grant.action, grant.resource.split(f":{api}/")[1]) for grant in managing} == {
        ("execute-api:ManageConnections", f"ws/{method}/@connections/*") for method in ("POST", "DELETE")
    }


FILE_RIGHTS = {
    "s3:PutObject": {"writeAuditExport"},
    "s3:GetObject": {"getAuditExport"},
    "s3:DeleteObject": {"deleteAuditExport", "purgeTenants"},
    "s3:AbortMultipartUpload": {"writeAuditExport", "deleteAuditExport", "purgeTenants"},
    "s3:ListBucket": {"purgeTenants"},
}


def test_who_writes_files_does_not_read_them(stack: Stack, grants: list[Grant]) -> None:
    about_files = [grant for grant in grants if grant.action.startswith("s3:")]
    assert {grant.action for grant in about_files} == set(FILE_RIGHTS)
    bucket = f"arn:aws:s3:::{stack.physical_id('FilesBucket')}"
    for action, operations in FILE_RIGHTS.items():
        granted = [grant for grant in about_files if grant.action == action]
        assert {grant.role for grant in granted} == _roles(stack, *operations)
        assert {grant.resource for grant in granted} == {bucket if action == "s3:ListBucket" else f"{bucket}/tenants/*"}


def test_whoever_answers_by_a_link_writes_to_nobody_and_knows_no_user(stack: Stack) -> None:
    """The links of mails and messages are in the hands of strangers."""
    public = _roles(stack, "showRecipientRequest", "answerRecipientRequest", "showAcknowledgement", "acknowledgeByLink")
    touched = {
        partition
        for role, statement in statements(stack.emulator)
        if role in public and "Condition" in statement and statement["Effect"] == "Allow"
        for partition in _list(statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"])
    }
    assert touched == {"THROTTLE#*", "LINK#*", "TENANT#*"}
