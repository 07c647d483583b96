"""What the fuzzer sends follows from a seed: the same one, unless FUZZ_SEED says another."""

from __future__ import annotations

import os
from typing import Any

SEED = int(os.environ.get("FUZZ_SEED", "8"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says how to send the same again."""
    terminalreporter.write_line(f"FUZZ_SEED={SEED}")
