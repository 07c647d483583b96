"""A message that no attempt can handle ends where someone sees it, and takes nobody along."""

from __future__ import annotations

import pytest
from infra.emulated.stack import Stack
from waiting import eventually


@pytest.mark.parametrize("queue", ["Sync", "Evaluate", "Webhook", "AlertMail", "Mail", "Export"])
def test_a_poison_message_ends_in_the_dead_letters(stack: Stack, queue: str) -> None:
    sqs = stack.emulator.client("sqs")
    url = stack.physical_id(f"{queue}Queue")
    visibility = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
    before = stack.queue_depth(f"{queue}DeadLetters")
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "1"})
    try:
        sqs.send_message(QueueUrl=url, MessageBody="poison")
        eventually(
            f"the message is given up by {queue}Queue",
            lambda: stack.queue_depth(f"{queue}DeadLetters") == before + 1,
        )
        eventually("nobody waits behind it", lambda: stack.queue_depth(f"{queue}Queue") == 0)
    finally:
        sqs.set_queue_attributes(QueueUrl=url, Attributes=visibility)
