"""What the roles of the stack may do, and where the emulator checks it otherwise than AWS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .emulator import Emulator

_BRIDGE_POLICY = "EmulatorBridge"


def statements(emulator: Emulator) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every statement of the template's policies, with the role that has it."""
    iam = emulator.client("iam")
    for role in iam.list_roles()["Roles"]:
        name = role["RoleName"]
        for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
            if policy == _BRIDGE_POLICY:
                continue
            document = iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
            for statement in document["Statement"]:
                yield name, statement


def bridge(emulator: Emulator) -> None:
    """Grants what the emulator asks for beyond AWS, to the roles that have AWS's own permission for it.

    SendMessageBatch is the action ``sqs:SendMessage`` in AWS, and SendRawEmail is checked on the sender's identity; the
    emulator has an action for the one and knows no identity for the other.
    """
    extra: dict[str, list[dict[str, Any]]] = {}
    for role, statement in statements(emulator):
        if statement["Action"] == "sqs:SendMessage":
            granted = {"Effect": "Allow", "Action": "sqs:SendMessageBatch", "Resource": statement["Resource"]}
        elif statement["Action"] == "ses:SendRawEmail":
            granted = {"Effect": "Allow", "Action": "ses:SendRawEmail", "Resource": "*"}
        else:
            continue
        extra.setdefault(role, []).append(granted)
    for role, granted_statements in extra.items():
        document = {"Version": "2012-10-17", "Statement": granted_statements}
        emulator.client("iam").put_role_policy(
            RoleName=role, PolicyName=_BRIDGE_POLICY, PolicyDocument=json.dumps(document)
        )
    _let_in_without_tls(emulator)


def _let_in_without_tls(emulator: Emulator) -> None:
    """Buckets refuse what is not encrypted on its way; the emulator knows no TLS."""
    s3 = emulator.client("s3")
    for bucket in s3.list_buckets()["Buckets"]:
        name = bucket["Name"]
        try:
            policy = json.loads(s3.get_bucket_policy(Bucket=name)["Policy"])
        except s3.exceptions.ClientError:
            continue
        kept = [statement for statement in policy["Statement"] if "aws:SecureTransport" not in str(statement)]
        if not kept:
            s3.delete_bucket_policy(Bucket=name)
        elif len(kept) < len(policy["Statement"]):
            s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy | {"Statement": kept}))
