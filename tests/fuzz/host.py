"""The local host as a process, in a folder of its own, with one owner in it."""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

ROOT = Path(__file__).resolve().parents[2]
EMAIL = "owner@fuzz.example"
PASSWORD = "a passphrase that nobody guesses"
_STARTS_WITHIN = 60
_PORTS_TRIED = 5

# Guesses and requests are counted by the address that they come from. Whoever signs in has one; each of the fuzzer's
# requests has another, so that what it is answered does not depend on how many came before it, and how quickly.
OWNER_ADDRESS = "127.0.0.3"
_addresses = (f"127.{second}.{third}.{fourth}" for second, third, fourth in itertools.product(*[range(1, 255)] * 3))


class From(HTTPAdapter):
    """Connects from one of this machine's loopback addresses."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *sizes: Any, **options: Any) -> None:
        super().init_poolmanager(*sizes, source_address=(self._address, 0), **options)


@contextmanager
def client(address: str) -> Iterator[requests.Session]:
    """Asks from `address`."""
    with requests.Session() as session:
        session.mount("http://", From(address))
        yield session


def new_address() -> str:
    """An address that nobody asked from."""
    return next(_addresses)


class Host:
    """The platform, until stopped."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "host.log"
        # Somebody may take a port between finding it free and listening on it.
        for _ in range(_PORTS_TRIED):
            if self._starts(folder, _free_port()):
                return
        raise AssertionError(f"the local host did not start:\n{self.log.read_text()}")

    def _starts(self, folder: Path, port: int) -> bool:
        """Whether it listens on this port, and not somebody else."""
        self.url = f"http://127.0.0.1:{port}"
        settings = {
            "PORT": port,
            "DATA_DIR": folder / "data",
            "DEMO": 0,
            "ADMIN_EMAIL": EMAIL,
            "ADMIN_PASSWORD": PASSWORD,
            "TICK_SECONDS": 3600,
            "REQUESTS_PER_SECOND": 1_000_000,
            "PATH": os.environ.get("PATH", os.defpath),
        }
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [ROOT / "target/debug/netbird-platform"],
                cwd=ROOT,
                env={name: str(value) for name, value in settings.items()},
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + _STARTS_WITHIN
        while True:
            ended = self._process.poll() is not None
            if ended and "cannot listen" in self.log.read_text():
                return False
            if ended or time.monotonic() > deadline:
                self._process.kill()
                raise AssertionError(f"the local host did not start:\n{self.log.read_text()}")
            if self.is_up():
                return True
            time.sleep(0.1)

    def is_up(self) -> bool:
        """Whether it runs and answers."""
        if self._process.poll() is not None:
            return False
        try:
            with client(OWNER_ADDRESS) as owner:
                return owner.get(f"{self.url}/api/health", timeout=10).ok
        except requests.RequestException:
            return False

    def sign_in(self) -> str:
        """A new session of the owner."""
        return self._post("/api/auth/login", {"email": EMAIL, "password": PASSWORD})["accessToken"]

    def make_token(self, session: str) -> str:
        """An API token that may do all that the owner may."""
        headers = {"authorization": f"Bearer {session}"}
        with client(OWNER_ADDRESS) as owner:
            profile = owner.get(f"{self.url}/api/auth/profile", headers=headers, timeout=120).json()
        wanted = {"name": "Fuzzer", "scopes": profile["permissions"], "expiresInDays": 1}
        return self._post("/api/tokens", wanted, headers)["token"]

    def stop(self) -> None:
        """Ends it."""
        self._process.terminate()
        self._process.wait(timeout=120)

    def _post(self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> dict[str, Any]:
        with client(OWNER_ADDRESS) as owner:
            answer = owner.post(self.url + path, json=body, headers=headers, timeout=120)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
