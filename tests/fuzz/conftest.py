"""Says how to send the same again."""

from __future__ import annotations

from typing import Any

from seed import SEED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    terminalreporter.write_line(f"FUZZ_SEED={SEED}")
