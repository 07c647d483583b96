"""Each function's role, as deployed: only what it uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from infra.emulated.permissions import statements
from infra.emulated.stack import Stack


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
        # A log group's streams are named by its ARN and a star.
        assert "*" not in grant.resource.removesuffix(":*" if grant.action.startswith("logs:") else ""), grant


def test_the_api_invokes_functions_of_its_stack_and_does_nothing_else(stack: Stack, grants: list[Grant]) -> None:
    granted = [grant for grant in grants if grant.role == stack.physical_id("InvokeRole")]
    assert [(grant.action, grant.resource.split(":function:")[1]) for grant in granted] == [
        ("lambda:InvokeFunction", f"{stack.name}-*")
    ]


def test_nothing_scans(grants: list[Grant]) -> None:
    assert [grant for grant in grants if grant.action in {"dynamodb:Scan", "dynamodb:PartiQLSelect"}] == []


@pytest.mark.parametrize(
    ("secret", "readers"),
    [
        ("TokenSecret", {"login", "refresh", "setup"}),
        ("VaultSecret", {"createAccount", "syncAccount", "createRule", "sendNotification"}),
        ("SetupSecret", {"setup"}),
    ],
)
def test_a_secret_has_only_its_readers(stack: Stack, grants: list[Grant], secret: str, readers: set[str]) -> None:
    secrets = stack.emulator.client("secretsmanager")
    arn = secrets.describe_secret(SecretId=stack.physical_id(secret))["ARN"]
    reading = {grant.role for grant in grants if grant.resource == arn}
    assert reading == _roles(stack, *readers)


def test_only_its_consumer_receives_from_a_queue(stack: Stack, grants: list[Grant]) -> None:
    consumers = {grant.role for grant in grants if grant.action == "sqs:ReceiveMessage"}
    assert consumers == _roles(stack, "syncAccount", "evaluateAccount", "sendNotification")


def test_only_the_sender_sends_email(stack: Stack, grants: list[Grant]) -> None:
    senders = {grant.role for grant in grants if grant.action.startswith("ses:")}
    assert senders == _roles(stack, "sendNotification")
