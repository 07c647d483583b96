"""Runs MiniStack with a condition key that it leaves out: ``dynamodb:LeadingKeys``.

Roles say by it which partitions of the table their function may touch. Without it every such condition would hold here,
whatever it says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ministack.app import main
from ministack.core import iam_actions, iam_evaluator

_KEY = "dynamodb:LeadingKeys"
_PARTITION_KEYS = ("pk", "gsi1pk")


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


_service_context = iam_actions.dynamodb_service_context
_transaction_checks = iam_actions.dynamodb_transaction_checks
_enforced = iam_evaluator.enforce
iam_actions.dynamodb_service_context = _with_partitions
iam_actions.dynamodb_transaction_checks = _with_items
iam_evaluator.enforce = _enforce

if __name__ == "__main__":
    main()
