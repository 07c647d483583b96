"""The audit trail as a file: written by a job into a bucket, read by a link, removed with its export."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import requests
from infra.emulated.stack import Stack
from people import sign_up
from platform_client import Client
from waiting import eventually


ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def owner(stack: Stack) -> Client:
    return sign_up(stack, "owner@exports.example", "Exports").sign_in()


def objects(stack: Stack) -> list[str]:
    pages = stack.emulator.client("s3").get_paginator("list_objects_v2").paginate(Bucket=stack.physical_id("FilesBucket"))
    return [found["Key"] for page in pages for found in page.get("Contents", [])]


def ready(owner: Client, export: dict[str, Any]) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        found: dict[str, Any] = owner.get(f"/api/audit/exports/{export['id']}")
        return found if found["state"] == "ready" else None

    return eventually("the file is written", look)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_trail_is_written_read_and_removed(stack: Stack, owner: Client, kind: str) -> None:
    for nth in range(5):
        owner.put("/api/tenant", {"name": f"Exports {nth}"})
    export = owner.post("/api/audit/exports", {"format": kind, "filter": {"action": "tenant"}})
    assert export["state"] in ("queued", "running")
    written = ready(owner, export)
    file = requests.get(written["downloadUrl"], timeout=60)
    assert file.status_code == 200, file.text
    assert file.headers["content-disposition"] == f'attachment; filename="{written["fileName"]}"'
    assert (len(file.content), hashlib.sha256(file.content).hexdigest()) == (written["bytes"], written["sha256"])
    parts = owner.send("GET", "/api/audit/export", params={"format": kind, "action": "tenant", "to": export["createdAt"]})
    assert file.content == parts.content
    assert [key for key in objects(stack) if export["id"] in key] == [
        f"tenants/{owner.get('/api/auth/profile')['tenantId']}/audit/{export['id']}.{kind}"
    ]
    owner.delete(f"/api/audit/exports/{export['id']}")
    assert not [key for key in objects(stack) if export["id"] in key]
    assert requests.get(written["downloadUrl"], timeout=60).status_code == 404


def test_the_bucket_is_for_nobody_else(stack: Stack) -> None:
    s3, bucket = stack.emulator.client("s3"), stack.physical_id("FilesBucket")
    encryption = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert encryption["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    assert all(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values())
    # The emulator knows neither TLS nor lifecycles of templates.
    template = (ROOT / "template.yaml").read_text()
    for part in ('aws:SecureTransport: "false"', "ExpirationInDays: 7", "DaysAfterInitiation: 1"):
        assert part in template
