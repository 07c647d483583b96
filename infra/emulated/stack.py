"""Packages template.yaml with its artifacts, as the AWS command line does for a real account, and deploys it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import WaiterError

from .emulator import Emulator
from .nested import expanded
from .permissions import bridge

ROOT = Path(__file__).resolve().parents[2]
STACK_NAME = "netbird-platform"
SENDER_ADDRESS = "alerts@platform.example"
_ARTIFACT_BUCKET = "artifacts"

# The emulated functions reach a NetBird and webhook receivers on this machine, and the table must go with the stack.
_PARAMETERS = {
    "Stage": "emulated",
    "SenderAddress": SENDER_ADDRESS,
    "AllowPrivateAddresses": "true",
    "DeletionProtection": "false",
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


def deploy(emulator: Emulator, template: Path = ROOT / "template.yaml", name: str = STACK_NAME) -> Stack:
    """Uploads the artifacts that `template` names and brings the stack up.

    Raises ``RuntimeError`` that names the resources which failed, if it does not come up.
    """
    storage = emulator.client("s3")
    storage.create_bucket(Bucket=_ARTIFACT_BUCKET)
    template = expanded(template, emulator.directory / "template")
    packaged = emulator.directory / "packaged.yaml"
    command = [
        sys.executable, "-m", "awscli", "cloudformation", "package", "--template-file", str(template),
        "--s3-bucket", _ARTIFACT_BUCKET, "--output-template-file", str(packaged),
    ]  # fmt: skip
    done = subprocess.run(command, env=emulator.cli_environment(), cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the template could not be packaged:\n{done.stderr}")
    storage.upload_file(str(packaged), _ARTIFACT_BUCKET, packaged.name)
    client = emulator.client("cloudformation")
    client.create_stack(
        StackName=name,
        TemplateURL=f"{emulator.url}/{_ARTIFACT_BUCKET}/{packaged.name}",
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in _PARAMETERS.items()],
    )
    try:
        client.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    except WaiterError as error:
        raise RuntimeError(f"the stack did not come up:\n{_failures(client)}") from error
    bridge(emulator)
    return Stack(emulator, name)


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
