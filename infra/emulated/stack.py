"""Deploys template.yaml with its functions by the SAM CLI, with README's own command."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .emulator import REGION, YAML_IN_C, Emulator
from .functions import ROOT, target
from .permissions import bridge
from .sockets import lead_here

STACK_NAME = "netbird-platform"
SENDER_ADDRESS = "alerts@platform.example"
ALARM_ADDRESS = "operators@platform.example"

# What the operator answers; other questions are answered by their default. Functions here reach a NetBird and webhook
# receivers on this machine, and the emulator has no conditions on the region, which the firewall has.
_ANSWERS = {
    "SenderAddress": SENDER_ADDRESS,
    "AlarmEmail": ALARM_ADDRESS,
    "OpenSignUp": "true",
    "Firewall": "false",
    "AllowPrivateAddresses": "true",
}


@dataclass(frozen=True)
class Invocation:
    """What a function answered: its payload, or the error that it reported."""

    payload: Any
    error: str | None


class Stack:
    """The deployed template, and those nested in it. Logical ids are looked up in the root first."""

    def __init__(self, emulator: Emulator, name: str = STACK_NAME) -> None:
        self.emulator = emulator
        self.name = name
        self.resources = _resources(emulator, name)
        self._physical_ids = {
            resource["LogicalResourceId"]: resource.get("PhysicalResourceId", "")
            for resources in reversed(self.resources.values())
            for resource in resources
        }
        described = emulator.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
        self.outputs: dict[str, str] = {o["OutputKey"]: o["OutputValue"] for o in described.get("Outputs", [])}

    def physical_id(self, logical_id: str) -> str:
        """The id that a resource got: a function's name, a queue's URL, a secret's ARN."""
        return self._physical_ids[logical_id]

    def function_name(self, operation: str) -> str:
        """The function of an operation, named as in the code (``syncDispatch``)."""
        return self.physical_id(f"{operation[0].upper()}{operation[1:]}Function")

    def operations(self) -> set[str]:
        """The names of all deployed operations."""
        names = (key.removesuffix("Function") for key in self._physical_ids if key.endswith("Function"))
        return {f"{name[0].lower()}{name[1:]}" for name in names}

    def invoke(self, operation: str, event: Any) -> Invocation:
        """Runs a function once with `event`, as its event source would."""
        answer = self.emulator.client("lambda").invoke(
            FunctionName=self.function_name(operation), Payload=json.dumps(event).encode()
        )
        payload = json.loads(answer["Payload"].read() or b"null")
        return Invocation(payload, json.dumps(payload) if answer.get("FunctionError") else None)

    def secret(self, logical_id: str) -> str:
        """The value of one of the stack's secrets."""
        client = self.emulator.client("secretsmanager")
        return str(client.get_secret_value(SecretId=self.physical_id(logical_id))["SecretString"])

    def queue_depth(self, logical_id: str) -> int:
        """How many messages wait in a queue, visible or in flight."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        attributes = self.emulator.client("sqs").get_queue_attributes(
            QueueUrl=self.physical_id(logical_id), AttributeNames=names
        )["Attributes"]
        return sum(int(attributes[name]) for name in names)

    def logs(self, operation: str, limit: int = 50) -> list[str]:
        """The last lines that an operation's function logged."""
        client = self.emulator.client("logs")
        group = self.physical_id(f"{operation[0].upper()}{operation[1:]}Logs")
        events = client.filter_log_events(logGroupName=group)["events"]
        return [event["message"].rstrip("\n") for event in events[-limit:]]

    def complaints(self, operation: str) -> list[str]:
        """What an operation's function logged that is not everyday: warnings, errors, and what is no log line at all."""
        everyday = ("START ", "END ", "REPORT ", "INIT_START ")
        levels = ('"level":"INFO"', '"level":"DEBUG"')
        return [
            line
            for line in self.logs(operation)
            if line and not line.startswith(everyday) and not any(level in line for level in levels)
        ]

    @property
    def api_url(self) -> str:
        """Where the emulator serves the stack's HTTP API, without a trailing slash."""
        return f"{self.emulator.url}/_aws/execute-api/{self.physical_id('Api')}/$default"


def project(directory: Path) -> Path:
    """Copies what is deployed into `directory`: the SAM CLI writes its answers beside the template."""
    directory.mkdir(parents=True)
    for name in ("template.yaml", "samconfig.toml"):
        shutil.copy(ROOT / name, directory)
    shutil.copytree(ROOT / "infra", directory / "infra", ignore=shutil.ignore_patterns("local", "lambda", "__pycache__"))
    (directory / "target").symlink_to(target())
    return directory


def sam(emulator: Emulator, directory: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Runs the pinned SAM CLI in `directory`, somebody typing these answers."""
    command = [str(ROOT / ".venv-sam/bin/sam"), *arguments]
    environment = emulator.cli_environment() | {
        "AWS_REGION": REGION,
        "SAM_CLI_TELEMETRY": "0",
        "PYTHONPATH": str(YAML_IN_C),
    }
    return subprocess.run(command, env=environment, cwd=directory, input=typed, capture_output=True, text=True)


def answers(template: Path, given: dict[str, str], name: str = STACK_NAME) -> str:
    """What somebody types at ``sam deploy --guided``, question by question; an empty line takes the default."""
    parameters = yaml.compose(template.read_text())
    (questions,) = [value for key, value in parameters.value if key.value == "Parameters"]
    asked = [key.value for key, _ in questions.value]
    unknown = set(given) - set(asked)
    assert not unknown, f"{template} asks for no {unknown}"
    # Then: confirm the changes, let it make roles, roll back, save the answers, where, as what, and: deploy.
    return "\n".join([name, REGION, *(given.get(question, "") for question in asked), "y", "y", "n", "y", "", "", "y", ""])


def deploy(emulator: Emulator, directory: Path | None = None, name: str = STACK_NAME) -> Stack:
    """Brings the stack up as README says: ``sam deploy --guided``.

    Raises ``RuntimeError`` that names the resources which failed, if it does not come up.
    """
    directory = directory or project(emulator.directory / "project")
    done = sam(emulator, directory, "deploy", "--guided", typed=answers(directory / "template.yaml", _ANSWERS, name))
    if done.returncode:
        failures = _failures(emulator.client("cloudformation"))
        raise RuntimeError(f"the stack did not come up:\n{failures}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    bridge(emulator)
    stack = Stack(emulator, name)
    lead_here(emulator, stack.physical_id("LiveApi"))
    return stack


def _resources(emulator: Emulator, name: str) -> dict[str, list[dict[str, Any]]]:
    """A stack's resources under an empty key, and those of each stack nested in it under its logical id."""
    pages = emulator.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=name)
    own = [resource for page in pages for resource in page["StackResourceSummaries"]]
    found = {"": own}
    for resource in own:
        if resource["ResourceType"] == "AWS::CloudFormation::Stack":
            nested = _resources(emulator, resource["PhysicalResourceId"])
            found |= {resource["LogicalResourceId"] + under: resources for under, resources in nested.items()}
    return found


def _failures(client: Any) -> str:
    lines = [
        f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}"
        for stack in client.describe_stacks()["Stacks"]
        for event in client.describe_stack_events(StackName=stack["StackName"])["StackEvents"]
        if event["ResourceStatus"].endswith("FAILED")
    ]
    return "\n".join(lines)
