"""What the fuzzer sends follows from a seed: the same one, unless FUZZ_SEED says another."""

from __future__ import annotations

import os

SEED = int(os.environ.get("FUZZ_SEED", "8"))
