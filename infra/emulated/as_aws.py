"""Runs MiniStack with four things that it leaves out, and more patience than AWS has.

The condition key ``dynamodb:LeadingKeys``: roles say by it which partitions of the table their function may touch. Without
it every such condition would hold here, whatever it says.

That S3 tells CloudFront of a missing file that it is missing, and not forbidden, if CloudFront may list the bucket.

That a number which comes from a template's parameter is a number where an event source's concurrency is compared.

That ``{{resolve:secretsmanager:…}}`` is resolved in nested stacks too.

A function may take longer than its template says: how fast this machine is decides no test.

What an expression of DynamoDB says is found out once, not for each item that it is held against: that took a third of the
emulator's time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ministack.app import main
from ministack.core import iam_actions, iam_evaluator
from ministack.services import dynamodb, lambda_svc, s3
from ministack.services.cloudformation import engine

_KEY = "dynamodb:LeadingKeys"
_PARTITION_KEYS = ("pk", "gsi1pk")
# So many times the time of its template: here all functions share the cores of one machine.
_PATIENCE = 10
# Ours are fewer.
_EXPRESSIONS = 1000


class _ItemAction(str):
    """An action of a transaction, with the partition of the item that it is about."""

    partitions: list[str]


def _partitions(request: dict[str, Any]) -> Iterator[str]:
    """The partitions that a request names."""
    for of_table in request.get("RequestItems", {}).values():
        for wanted in of_table["Keys"] if isinstance(of_table, dict) else of_table:
            yield from _partitions(wanted.get("PutRequest") or wanted.get("DeleteRequest") or wanted)
    for item in (request, request.get("Key", {}), request.get("Item", {})):
        if isinstance(partition := item.get("pk"), dict):
            yield partition["S"]
    for name, value in re.findall(r"(\w+)\s*=\s*(:\w+)", request.get("KeyConditionExpression", "")):
        if name in _PARTITION_KEYS:
            yield request["ExpressionAttributeValues"][value]["S"]


def _with_partitions(body: bytes) -> dict[str, Any]:
    partitions = sorted(set(_partitions(json.loads(body or b"{}"))))
    return _service_context(body) | ({_KEY: partitions} if partitions else {})


def _with_items(iam_action: str, body: bytes, region: str, account_id: str) -> list[tuple[str, str]]:
    checks = _transaction_checks(iam_action, body, region, account_id)
    items = [detail for item in json.loads(body or b"{}").get("TransactItems", []) for detail in item.values()]
    found = []
    for (action, table), item in zip(checks, items, strict=True) if checks else []:
        item_action = _ItemAction(action)
        item_action.partitions = sorted(set(_partitions(item)))
        found.append((item_action, table))
    return found


def _enforce(access_key: str, action: str, *others: Any, service_context: dict[str, Any] | None = None, **named: Any) -> Any:
    if isinstance(action, _ItemAction):
        service_context = (service_context or {}) | {_KEY: action.partitions}
    return _enforced(access_key, action, *others, service_context=service_context, **named)


def _fetched(bucket: str, key: str, method: str, headers: dict[str, str], source_arn: str = "", oai_id: str = "") -> Any:
    answer = _fetch(bucket, key, method, headers, source_arn, oai_id)
    if answer[0] == 403 and key not in s3._ensure_bucket(bucket)["objects"] and _may_list(bucket, source_arn):
        return s3._error("NoSuchKey", "The specified key does not exist.", 404, f"/{bucket}/{key}")
    return answer


def _may_list(bucket: str, source_arn: str) -> bool:
    account = s3._bucket_owner_account(bucket) or s3.get_account_id()
    policy = s3._bucket_policies.get_scoped(account, None, bucket)
    context = iam_evaluator.EvalContext(
        principal_arn="*",
        principal_type="Service",
        principal_account="",
        action="s3:ListBucket",
        resource_arn=f"arn:aws:s3:::{bucket}",
        region=s3.get_region(),
        service_context={"aws:sourcearn": source_arn},
    )
    service = "cloudfront.amazonaws.com"
    return bool(policy) and iam_evaluator.evaluate_resource_policy(policy, context, service=service).decision == "Allow"


def _concurrency_of(mapping: dict[str, Any], *others: Any, **named: Any) -> int:
    scaling = mapping.get("ScalingConfig") or {}
    if isinstance(scaling.get("MaximumConcurrency"), str):
        mapping["ScalingConfig"] = {"MaximumConcurrency": int(scaling["MaximumConcurrency"])}
    return _concurrency(mapping, *others, **named)


def _with_secrets(value: Any, *others: Any, **named: Any) -> Any:
    resolved = _refs(value, *others, **named)
    return engine._resolve_dynamic_references(resolved)[0] if isinstance(resolved, dict) else resolved


def _execute_patiently(function: dict[str, Any], event: dict[str, Any], request_id: str) -> dict[str, Any]:
    config = function.get("config") or function
    patient = config | {"Timeout": _PATIENCE * config["Timeout"]}
    return _execute(function | {"config": patient}, event, request_id)


# A root stack has a reference to this of its own; nested ones look it up here.
_refs = engine._resolve_refs
engine._resolve_refs = _with_secrets
_concurrency = lambda_svc._sqs_esm_concurrency
lambda_svc._sqs_esm_concurrency = _concurrency_of
_execute = lambda_svc._execute_function_provided
lambda_svc._execute_function_provided = _execute_patiently
_fetch = s3.serve_cloudfront_origin_fetch
s3.serve_cloudfront_origin_fetch = _fetched
dynamodb._tokenize = lru_cache(_EXPRESSIONS)(dynamodb._tokenize)
dynamodb._condition_syntax_error = lru_cache(_EXPRESSIONS)(dynamodb._condition_syntax_error)
_service_context = iam_actions.dynamodb_service_context
_transaction_checks = iam_actions.dynamodb_transaction_checks
_enforced = iam_evaluator.enforce
iam_actions.dynamodb_service_context = _with_partitions
iam_actions.dynamodb_transaction_checks = _with_items
iam_evaluator.enforce = _enforce

if __name__ == "__main__":
    main()
