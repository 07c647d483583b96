"""The functions that are deployed: as tests build them, or as Lambda runs them."""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BUILT = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()


def target() -> Path:
    """The folder under which the templates find ``lambda/<area>/bootstrap.zip``.

    With ``FUNCTIONS=artifacts`` those of ``make artifacts``. Otherwise those that ``make test-emulated`` builds from what
    the Rust tests have compiled already: to compile all dependencies for Lambda as well takes longer than the tests.
    """
    if os.environ.get("FUNCTIONS") == "artifacts":
        return _BUILT
    directory = _BUILT / "emulated"
    for source in (ROOT / "infra/lambda/src/bin").glob("*.rs"):
        _pack(_BUILT / "debug" / source.stem, directory / "lambda" / source.stem / "bootstrap.zip")
    return directory


def _pack(binary: Path, archive: Path) -> None:
    """As cargo-lambda packs: one executable called ``bootstrap``. Without symbols, which would be most of it."""
    if archive.exists() and archive.stat().st_mtime > binary.stat().st_mtime:
        return
    archive.parent.mkdir(parents=True, exist_ok=True)
    stripped = archive.with_name("bootstrap")
    subprocess.run(["strip", "-o", stripped, binary], check=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.write(stripped, "bootstrap")
    stripped.unlink()
