"""Waits for what another process will do, never longer than it takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


# Much longer than anything takes, so that a machine that is busy with something else fails no test.
PATIENCE = 600


def eventually(what: str, look: Callable[[], T], seconds: float = PATIENCE) -> T:
    """Returns the first truthy answer of `look`; fails, naming `what`, once `seconds` are over."""
    deadline = time.monotonic() + seconds
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:.0f} s; last seen: {seen!r}")
        time.sleep(0.1)
